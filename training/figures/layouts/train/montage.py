"""A microscopy montage: channels by conditions, names at the edges or in the pictures, one region enlarged in an
inset, arrows."""

import numpy as np

from ...kit import MARK, SHAPE, Board, Template, cells, el, readable

CHANNELS = {
    "train": ("DAPI", "GFP", "Actin", "Merge", "Phase", "Cy5"),
    "heldout": ("Hoechst", "RFP", "Tubulin", "Overlay", "DIC", "Cy3"),
}


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.7 else "paper")
    style = b.style
    rows, columns = b.some(1, 3), b.some(2, 4)
    left, top = (0.1 if b.chance(0.7) else 0.02), (0.1 if b.chance(0.7) else 0.02)
    boxes = cells(rows, columns, (left, top, 0.985, 0.985), b.pick(0.004, 0.008, 0.015, 0.03))
    names = list(rng.permutation(CHANNELS[style.split]))[:columns]
    hues = b.colours(columns)
    inside_names, pictures = b.chance(0.35), []
    size = min(b.size, (boxes[0][2] - boxes[0][0]) * 0.22)
    for k, box in enumerate(boxes):
        with b.group("panel"):
            pictures.append(b.picture(box, "micrograph"))
            background = b.over(pictures[-1])
            if inside_names and k < columns:
                b.text(
                    (box[0] + 0.012, box[1] + 0.012),
                    names[k],
                    size,
                    hues[k] if b.chance(0.5) else readable(rng, background.backdrop),
                    "lt",
                )
            if k == len(boxes) - 1 or b.chance(0.25):
                b.scale_bar(box, readable(rng, background.backdrop), b.chance(0.6), size)
            for _ in range(b.some(0, 2) if b.chance(0.5) else 0):
                x, y = b.uniform(box[0], box[2] - 0.03), b.uniform(box[1], box[3] - 0.03)
                at = (max(x, box[0] + 0.05), max(y, box[1] + 0.05))
                colour = el.pointer_colour(rng, background)
                if b.chance(0.5):
                    turn = b.uniform(0, 6.3)
                    b.arrow(
                        [(at[0] + 0.05 * np.cos(turn), at[1] + 0.05 * np.sin(turn)), at],
                        colour,
                        width=b.uniform(0.004, 0.01),
                    )
                else:
                    b.add(el.arrow_head(rng, background, at))
    if not inside_names and top > 0.05:
        for c in range(columns):
            b.text(
                ((boxes[c][0] + boxes[c][2]) / 2, top / 2),
                names[c],
                size,
                hues[c] if b.chance(0.3) else None,
                width=boxes[c][2] - boxes[c][0],
            )
    if left > 0.05:
        for r in range(rows):
            b.text(
                (left / 2, (boxes[r * columns][1] + boxes[r * columns][3]) / 2),
                b.word(),
                size,
                turned=b.chance(0.7) or columns > 2,
                width=0.09,
            )
    if b.chance(0.6):
        k = b.some(0, len(boxes) - 1)
        box, colour = boxes[k], b.pointer(pictures[k])
        w, h = (box[2] - box[0]), (box[3] - box[1])
        source = (box[0] + w * b.uniform(0.05, 0.3), box[1] + h * b.uniform(0.05, 0.3))
        source = (*source, source[0] + w * 0.2, source[1] + h * 0.2)
        target = (box[0] + w * 0.55, box[1] + h * 0.52, box[2] - w * 0.02, box[3] - h * 0.02)
        dash = (0.012, 0.008) if b.chance(0.5) else ()
        painter = el.micrograph_painter(rng, style)[0]
        with b.group("inset"):
            b.add(el.picture(SHAPE, target, painter, "inset"))
            b.draw(MARK, lambda pen: pen.box(source, None, colour, b.thin, dash=dash), "frame")
            b.draw(MARK, lambda pen: pen.box(target, None, colour, b.thin), "frame")
            if b.chance(0.5):
                b.draw(
                    MARK,
                    lambda pen: (
                        pen.line([(source[2], source[1]), (target[2], target[1])], colour, b.thin * 0.8, dash),
                        pen.line([(source[0], source[3]), (target[0], target[3])], colour, b.thin * 0.8, dash),
                    ),
                    "line",
                )
    return f"A montage of {len(boxes)} micrographs", b.parts


TEMPLATES = (Template("panels", "montage", 1.4, make),)
