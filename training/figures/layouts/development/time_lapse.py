"""Frames of a film in a row with times on them, an outline that moves, and a trace or kymograph below."""

import numpy as np

from ...kit import DATA, MARK, PANEL, Board, Template, cells, el, readable
from ...textures import Window


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.5 else "paper")
    n, below = b.some(3, 6), b.chance(0.6)
    boxes = cells(1, n, (0.03, 0.08, 0.97, 0.55 if below else 0.9), b.pick(0.0, 0.006, 0.012))
    painter, what = el.micrograph_painter(rng, b.style)
    start, step, unit = b.some(0, 5), b.pick(1, 2, 5, 10, 30), b.pick("min", "s", "h")
    p, drift = rng.uniform(0.3, 0.7, 2), rng.normal(0, 0.06, 2)
    colour = None
    for k, box in enumerate(boxes):
        with b.group("frame"):
            background = b.add(el.picture(PANEL, box, painter, what))
            over = b.over(background)
            colour = colour or el.pointer_colour(rng, over)
            b.text(
                (box[0] + 0.008, box[1] + 0.008),
                f"{start + step * k} {unit}",
                min(b.size, (box[2] - box[0]) * 0.24),
                readable(rng, over.backdrop),
                "lt",
                "time",
            )
            p = np.clip(p + drift, 0.15, 0.85)
            at = (box[0] + (box[2] - box[0]) * p[0], box[1] + (box[3] - box[1]) * p[1])
            r = (box[2] - box[0]) * 0.16
            if b.chance(0.75):
                points = [
                    (at[0] + r * (1 + e) * np.cos(a), at[1] + r * (1 + e) * np.sin(a))
                    for a, e in zip(np.linspace(0, 6.28, 13)[:-1], rng.normal(0, 0.12, 12))
                ]
                dash = (0.008, 0.006) if b.thin < 0.004 else ()
                b.draw(MARK, lambda pen, q=points, d=dash: pen.curve(q, colour, b.thin, d, closed=True), "outline")
            elif b.chance(0.5):
                b.add(el.arrow_head(rng, over, at))
    b.scale_bar(boxes[-1], readable(rng, over.backdrop), b.chance(0.5), min(b.size, 0.035))
    if below:
        box = (0.12, 0.64, 0.95, 0.9)
        with b.group("plot"):
            if b.chance(0.5):
                window = Window(rng, b.style.split, 0.7)
                b.add(
                    el.picture(
                        PANEL,
                        box,
                        lambda w, h: np.repeat(np.clip(window("rough", w, h, 4)[..., None] * 1.4 - 0.3, 0, 1), 3, -1),
                        "kymograph",
                    )
                )
                b.text((0.06, 0.77), b.word(8), b.size, turned=True)
            else:
                b.axes(box, b.ticks(4), b.ticks(2), y_name=b.word(8))
                for c in b.colours(b.some(1, 3)):
                    v = np.clip(0.4 + rng.normal(0, 0.09, 40).cumsum() * 0.4, 0.03, 0.97)
                    with b.group("series"):
                        b.draw(
                            DATA,
                            lambda pen, v=v, c=c: pen.line(
                                [
                                    (box[0] + (box[2] - box[0]) * k / 39, box[3] - (box[3] - box[1]) * float(u))
                                    for k, u in enumerate(v)
                                ],
                                c,
                                b.thin * 1.4,
                            ),
                            "line plot",
                        )
    return f"{n} frames of a film", b.parts


TEMPLATES = (Template("panels", "time lapse", 1.0, make),)
