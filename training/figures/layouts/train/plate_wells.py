"""A plate of wells seen from above: rows of letters, columns of numbers, wells in shades or groups, some marked; a
key beside."""

import numpy as np

from ...kit import DATA, MARK, PANEL, Board, Template, colour_map, el, mixed


def make(rng, style):
    b = Board(rng, style)
    style = b.style
    rows, columns = b.pick((4, 6), (6, 8), (8, 12), (3, 4))
    box = (0.07, 0.14, 0.8 if (keyed := b.chance(0.5)) else 0.96, 0.94)
    pitch_x, pitch_y = (box[2] - box[0]) / columns, (box[3] - box[1]) / rows
    r = min(pitch_x, pitch_y) * b.uniform(0.3, 0.44)
    ramp, groups, graded = colour_map(rng, style), b.colours(4, 40), b.chance(0.5)
    square, rim = b.chance(0.15), mixed(style.background, style.foreground, b.uniform(0.3, 0.8))
    b.draw(
        PANEL,
        lambda pen: pen.polygon(
            [
                (box[0] - 0.02, box[1] - 0.015),
                (box[2] - 0.01, box[1] - 0.015),
                (box[2] + 0.015, box[1] + 0.03),
                (box[2] + 0.015, box[3] + 0.015),
                (box[0] - 0.02, box[3] + 0.015),
            ],
            mixed(style.background, style.foreground, 0.06),
            rim,
            b.thin,
        ),
        "plate",
        shadow=0.008 if b.thin > 0.005 else 0,
    )
    values = np.clip(np.linspace(0, 1, columns)[None] * b.uniform(0.3, 1) + rng.normal(0, 0.15, (rows, columns)), 0, 1)
    kinds = rng.integers(0, 4, (1, columns)) if b.chance(0.5) else rng.integers(0, 4, (rows, columns))
    kinds = np.broadcast_to(kinds, (rows, columns))
    with b.group("wells"):
        for i in range(rows):
            for j in range(columns):
                p = (box[0] + pitch_x * (j + 0.5), box[1] + pitch_y * (i + 0.5))
                c = (
                    tuple(int(v) for v in np.clip(ramp(values[i, j : j + 1])[0] * 255, 0, 255))
                    if graded
                    else groups[kinds[i, j]]
                )
                b.draw(
                    DATA,
                    (
                        (
                            lambda pen, p=p, c=c: pen.box(
                                (
                                    p[0] - pitch_x * 0.42,
                                    p[1] - pitch_y * 0.42,
                                    p[0] + pitch_x * 0.42,
                                    p[1] + pitch_y * 0.42,
                                ),
                                c,
                                rim,
                                b.thin * 0.7,
                            )
                        )
                        if square
                        else (lambda pen, p=p, c=c: pen.disc(p, r, c, rim, b.thin * 0.7))
                    ),
                    "wells" if i + j == 0 else "",
                )
    size = min(b.size, pitch_y * 0.6, pitch_x * 0.5)
    with b.group("axis"):
        for i in range(rows):
            b.text((box[0] - 0.045, box[1] + pitch_y * (i + 0.5)), "ABCDEFGH"[i], size, what="")
    with b.group("axis"):
        for j in range(columns):
            b.text((box[0] + pitch_x * (j + 0.5), box[1] - 0.045), str(j + 1), size, what="")
    for _ in range(b.some(0, 3)):
        j, i = b.some(0, columns - 2), b.some(0, rows - 2)
        q = (
            box[0] + pitch_x * j,
            box[1] + pitch_y * i,
            box[0] + pitch_x * min(j + b.some(1, 4), columns),
            box[1] + pitch_y * min(i + b.some(1, 3), rows),
        )
        c, dash = b.pick((220, 30, 40), style.foreground, style.strong(rng)), (0.012, 0.008) if b.chance(0.4) else ()
        b.draw(MARK, lambda pen, q=q, c=c, d=dash: pen.box(q, None, c, b.thin * 1.5, 0.01, dash=d), "frame")
        b.text(((q[0] + q[2]) / 2, (q[1] + q[3]) / 2), b.word(6), size, c, width=q[2] - q[0])
    if keyed:
        if graded:
            with b.group("colour bar"):
                b.add(
                    el.picture(
                        PANEL,
                        (0.86, 0.25, 0.89, 0.75),
                        lambda W, H: np.broadcast_to(ramp(np.linspace(1, 0, H))[:, None], (H, W, 3)),
                        "colour bar",
                    )
                )
                for k in range(3):
                    b.text((0.9, 0.75 - 0.25 * k), f"{k * .5:g}", b.size * 0.85, anchor="lm", what="")
        else:
            b.legend((0.83, 0.3), b.words(4, 6), groups, "dot", False, min(b.size, 0.032))
    if b.chance(0.4):
        b.text((0.45, 0.04), style.phrase(rng, 1, 4), b.size * 1.3, what="title", width=0.9)
    return f"A plate of {rows * columns} wells", b.parts


TEMPLATES = (Template("diagram", "wells", 0.8, make),)
