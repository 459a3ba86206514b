"""Rows of ranges and dots: dumbbells, lollipops, estimates with intervals about a line; names at the left, figures
at the right."""

import numpy as np

from ...kit import DATA, MARK, PANEL, Board, Template, mixed


def make(rng, style):
    b = Board(rng, style)
    style, n = b.style, b.some(4, 14)
    left, right = b.uniform(0.2, 0.3), b.uniform(0.74, 0.95)
    box = (left, 0.1, right, 0.88)
    tall = (box[3] - box[1]) / n
    size, kind, hues = min(b.size, tall * 0.75), b.pick("dumbbell", "lollipop", "interval"), b.colours(2)
    X = lambda v: box[0] + (box[2] - box[0]) * v
    with b.group("plot"):
        if b.chance(0.35):
            b.draw(
                PANEL,
                lambda pen: [
                    pen.box(
                        (0.02, box[1] + tall * k, 0.98, box[1] + tall * (k + 1)), mixed(style.background, style.foreground, 0.06)
                    )
                    for k in range(0, n, 2)
                ],
                "stripes",
            )
        b.axes(
            box,
            b.ticks(4),
            [],
            b.pick("bottom", "box", "none"),
            b.pick("none", "x"),
            x_name=b.word() if b.chance(0.6) else "",
        )
        if kind == "interval" or b.chance(0.2):
            v, dash = b.uniform(0.3, 0.6), (0.012, 0.008) if b.chance(0.6) else ()
            b.draw(MARK, lambda pen: pen.line([(X(v), box[1]), (X(v), box[3])], style.foreground, b.thin, dash), "line")
        mark, r = b.some(0, 3), min(tall * 0.3, b.uniform(0.008, 0.017))
        for k, name in enumerate(b.words(n)):
            y = box[1] + tall * (k + 0.5)
            a, z = np.sort(rng.uniform(0.06, 0.94, 2))
            with b.group("row"):
                if kind == "lollipop":
                    b.draw(
                        DATA,
                        lambda pen, y=y, z=z: (
                            pen.line([(X(0), y), (X(z), y)], mixed(style.foreground, style.background, 0.4), b.thin * 1.3),
                            b.marker(pen, mark, (X(z), y), r, hues[0]),
                        ),
                        "lollipop chart" if k == 0 else "",
                    )
                elif kind == "dumbbell":
                    b.draw(
                        DATA,
                        lambda pen, y=y, a=a, z=z: pen.line(
                            [(X(a), y), (X(z), y)], mixed(style.foreground, style.background, 0.6), r * 0.6
                        ),
                        "range" if k == 0 else "",
                    )
                    for v, c in ((a, hues[0]), (z, hues[1])):
                        b.draw(DATA, lambda pen, y=y, v=v, c=c: b.marker(pen, mark, (X(v), y), r, c), "")
                else:
                    m = (a + z) / 2
                    b.draw(
                        DATA,
                        lambda pen, y=y, a=a, z=z, m=m: (
                            pen.line([(X(a), y), (X(z), y)], style.foreground, b.thin * 1.2),
                            pen.line([(X(a), y - r * 0.6), (X(a), y + r * 0.6)], style.foreground, b.thin),
                            pen.line([(X(z), y - r * 0.6), (X(z), y + r * 0.6)], style.foreground, b.thin),
                            b.marker(pen, 1, (X(m), y), r, hues[0]),
                        ),
                        "interval" if k == 0 else "",
                    )
                b.text((left - 0.02, y), name, size, anchor="rm", what="name", width=left - 0.04)
                if right < 0.85:
                    b.text(
                        (right + 0.02, y),
                        f"{a:.2f} ({a * .8:.2f}, {z:.2f})" if kind == "interval" else f"{z * 100:.0f}%",
                        size * 0.9,
                        anchor="lm",
                        what="figure",
                        width=0.96 - right,
                    )
        if kind == "dumbbell":
            b.legend((left, 0.03), b.words(2, 8), hues, "dot", False, b.size * 0.95, True)
    return "A chart of ranges", b.parts


TEMPLATES = (Template("plot", "ranges", 1.0, make),)
