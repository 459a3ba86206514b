"""Photographs as they are written on in the field: rings and ticks by hand, measures, plates with words, cut-outs
on them; one large, or a large one with two small ones."""

import numpy as np

from ...kit import ALL, BACKGROUND, MARK, PANEL, SHAPE, Board, Template, el, readable


def make(rng, style):
    alone = rng.random() < 0.6
    b = Board(rng, style, "none" if alone else None)
    boxes = [ALL] if alone else [(0.03, 0.04, 0.66, 0.96), (0.69, 0.04, 0.97, 0.48), (0.69, 0.52, 0.97, 0.96)]
    for k, box in enumerate(boxes):
        with b.group("picture"):
            painter, what = (el.photo_painter if b.chance(0.6) else el.micrograph_painter)(rng, b.style)
            over = b.over(b.add(el.picture(BACKGROUND if alone else PANEL, box, painter, what)))
            w, h = box[2] - box[0], box[3] - box[1]
            for _ in range(b.some(1, 5) if k == 0 else b.some(0, 2)):
                c, kind, p = (
                    el.pointer_colour(rng, over),
                    b.pick("ring", "tick", "measure", "plate", "cut-out", "cut-out", "word", "scribble"),
                    (box[0] + w * b.uniform(0.15, 0.85), box[1] + h * b.uniform(0.15, 0.85)),
                )
                with b.group("note"):
                    if kind == "ring":
                        r = min(w, h) * b.uniform(0.06, 0.16)
                        points = [
                            (p[0] + r * (1 + e) * np.cos(a), p[1] + r * 0.8 * (1 + e) * np.sin(a))
                            for a, e in zip(np.linspace(0, 6.6, 22), rng.normal(0, 0.05, 22))
                        ]
                        b.draw(MARK, lambda pen: pen.curve(points, c, b.thin * 1.6), "ring by hand")
                    elif kind == "tick":
                        b.draw(
                            MARK,
                            lambda pen: pen.line(
                                [(p[0] - 0.02, p[1]), (p[0] - 0.005, p[1] + 0.02), (p[0] + 0.03, p[1] - 0.03)],
                                c,
                                0.008,
                                join="miter",
                            ),
                            "tick",
                        )
                    elif kind == "measure":
                        q = (min(p[0] + w * b.uniform(0.1, 0.3), box[2]), p[1])
                        b.draw(
                            MARK,
                            lambda pen: (
                                pen.line([p, q], c, b.thin),
                                pen.line([(p[0], p[1] - 0.012), (p[0], p[1] + 0.012)], c, b.thin),
                                pen.line([(q[0], q[1] - 0.012), (q[0], q[1] + 0.012)], c, b.thin),
                            ),
                            "measured line",
                        )
                        b.text(
                            ((p[0] + q[0]) / 2, p[1] - 0.008),
                            f"{rng.uniform(.1, 20):.1f} cm",
                            b.size * 0.9,
                            c,
                            "mb",
                            "measure",
                        )
                    elif kind == "plate":
                        tone, words = b.style.colour(rng), b.word(10)
                        half = len(words) * b.size * (0.3 if words.isascii() else 0.55) + 0.015
                        opacity = b.pick(1.0, 0.8, 0.6)
                        b.draw(
                            SHAPE,
                            lambda pen: pen.box(
                                (p[0] - half, p[1] - b.size, p[0] + half, p[1] + b.size), tone, None, 0, 0.008
                            ),
                            "plate",
                            opacity=opacity,
                        )
                        b.text(p, words, b.size, readable(rng, tone), width=half * 1.9)
                    elif kind == "cut-out":
                        b.thing(p, min(w, h) * b.uniform(0.25, 0.65), "cutout")
                    elif kind == "word":
                        b.text(
                            p,
                            b.word(),
                            b.size * b.uniform(1, 1.8),
                            c,
                            turn=b.uniform(-0.2, 0.2) if b.chance(0.4) else 0,
                        )
                    else:
                        points = [(p[0] + 0.02 * k_, p[1] + float(e)) for k_, e in enumerate(rng.normal(0, 0.012, 8))]
                        b.draw(MARK, lambda pen: pen.curve(points, c, b.thin * 1.4), "scribble")
            if b.chance(0.4):
                b.scale_bar(box, readable(rng, over.backdrop), b.chance(0.6))
    return "A photograph with notes", b.parts


TEMPLATES = (Template("photo", "field notes", 3.0, make),)
