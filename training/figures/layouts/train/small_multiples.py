"""Many tiny charts in a grid with very small names and shared axes: lines, bars, dots, shaded cells."""

import numpy as np

from ...kit import DATA, MARK, PANEL, Board, Template, cells, mixed


def make(rng, style):
    b = Board(rng, style)
    style = b.style
    rows, columns = b.pick((3, 3), (3, 4), (4, 4), (4, 5), (5, 4), (2, 4))
    boxes = cells(rows, columns, (0.08, 0.1, 0.98, 0.93), b.uniform(0.015, 0.035))
    kind, size, hues = b.pick("line", "area", "bars", "dots", "mixed"), b.uniform(0.02, 0.03), b.colours(3)
    head, frame, n = b.pick("over", "inside", "plate"), b.pick("box", "L", "none", "plate"), b.some(8, 40)
    one = b.chance(0.6)
    if b.chance(0.6):
        b.text((0.08, 0.045), style.phrase(rng, 2, 5), size * 1.7, anchor="lm", what="title", width=0.9)
    for k, q in enumerate(boxes):
        inner = (q[0], q[1] + (size * 1.3 if head != "inside" else 0), q[2], q[3])
        own = b.pick("line", "area", "bars", "dots") if kind == "mixed" else kind
        c = hues[0] if one else hues[k % 3]
        with b.group("plot"):
            plate = mixed(style.background, style.foreground, 0.07) if frame == "plate" else None

            def axes(pen):
                if plate:
                    pen.box(inner, plate)
                if frame == "box":
                    pen.box(inner, None, style.foreground, b.thin * 0.7)
                elif frame == "L":
                    pen.line(
                        [(inner[0], inner[1]), (inner[0], inner[3]), (inner[2], inner[3])],
                        style.foreground,
                        b.thin * 0.7,
                        join="miter",
                    )
                else:
                    pen.line(
                        [(inner[0], inner[3]), (inner[2], inner[3])], mixed(style.foreground, style.background, 0.5), b.thin * 0.7
                    )
                if head == "plate":
                    pen.box((q[0], q[1], q[2], inner[1]), mixed(style.background, style.foreground, 0.16))

            b.draw(PANEL, axes, "axes")
            b.text(
                ((q[0] + q[2]) / 2, q[1] + size * 0.65) if head != "inside" else (q[0] + 0.008, q[1] + 0.006),
                b.word(10),
                size,
                anchor="mm" if head != "inside" else "lt",
                what="name",
                width=q[2] - q[0],
            )
            v = np.clip(b.uniform(0.2, 0.7) + rng.normal(0, 0.6 / np.sqrt(n), n).cumsum(), 0.04, 0.96)
            X = np.linspace(inner[0] + 0.004, inner[2] - 0.004, n)
            Y = inner[3] - (inner[3] - inner[1]) * v * 0.92
            p = list(zip(X, Y))
            with b.group("series"):
                if own == "area":
                    b.draw(
                        DATA,
                        lambda pen: pen.polygon(
                            [(X[0], inner[3]), *p, (X[-1], inner[3])], c, alpha=0.7 if b.thin > 0.004 else 1
                        ),
                        "area plot",
                    )
                elif own == "bars":
                    w = (X[1] - X[0]) * 0.8
                    b.draw(
                        DATA, lambda pen: [pen.box((x - w / 2, y, x + w / 2, inner[3]), c) for x, y in p], "bar chart"
                    )
                elif own == "dots":
                    b.draw(DATA, lambda pen: [pen.disc(u, 0.004, c) for u in p], "scatter plot")
                else:
                    b.draw(DATA, lambda pen: pen.line(p, c, b.thin * 1.2), "line plot")
                if b.chance(0.25):
                    j = int(rng.integers(n))
                    b.draw(MARK, lambda pen: pen.disc(p[j], 0.007, (220, 50, 40)), "mark")
            if k % columns == 0:
                for u in (0, 1):
                    b.text(
                        (q[0] - 0.008, inner[3] - (inner[3] - inner[1]) * u * 0.9),
                        str(u * b.pick(1, 1, 10, 50)),
                        size * 0.9,
                        anchor="rm",
                        what="",
                    )
            if k >= len(boxes) - columns:
                b.text(
                    ((q[0] + q[2]) / 2, q[3] + 0.006), b.word(6), size * 0.9, anchor="mt", what="", width=q[2] - q[0]
                )
    return f"{len(boxes)} small charts", b.parts


TEMPLATES = (Template("plot", "small multiples", 1.0, make),)
