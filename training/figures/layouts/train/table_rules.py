"""A table: rules or stripes, a head, numbers and words, marked cells, small bars or icons in a column, a note
below."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.6 else None)
    style = b.style
    rows, columns = b.some(3, 10), b.some(3, 6)
    top = 0.14 if (titled := b.chance(0.5)) else 0.05
    box = (0.03, top, 0.97, b.uniform(0.75, 0.95))
    widths = rng.uniform(0.7, 1.3, columns)
    widths[0] *= 1.5
    xs = box[0] + np.concatenate([[0], widths.cumsum() / widths.sum()]) * (box[2] - box[0])
    tall = (box[3] - box[1]) / (rows + 1)
    size, look, hue = min(b.size, tall * 0.6), b.pick("rules", "grid", "stripes", "plain", "head"), b.colours(1)[0]
    row_of = lambda r: (box[1] + tall * r, box[1] + tall * (r + 1))
    head = look in ("head", "stripes") and b.chance(0.8)
    if titled:
        b.text((0.03, 0.08), style.phrase(rng, 2, 6), b.size * 1.4, anchor="lm", what="title", width=0.94)
    with b.group("table"):
        if head:
            b.draw(PANEL, lambda pen: pen.box((box[0], box[1], box[2], box[1] + tall), hue), "table head")
        if look == "stripes":
            b.draw(
                PANEL,
                lambda pen: [
                    pen.box((box[0], row_of(r)[0], box[2], row_of(r)[1]), mixed(style.background, hue, 0.14))
                    for r in range(2, rows + 1, 2)
                ],
                "stripes",
            )

        def rules(pen) -> None:
            tone = style.foreground if look == "rules" else mixed(style.background, style.foreground, 0.4)
            if look in ("rules", "plain"):
                for y, w in ((box[1], 1.6), (box[1] + tall, 1), (box[1] + tall * (rows + 1), 1.6)):
                    pen.line([(box[0], y), (box[2], y)], tone, b.thin * w)
            if look == "grid":
                for r in range(rows + 2):
                    pen.line([(box[0], box[1] + tall * r), (box[2], box[1] + tall * r)], tone, b.thin)
                for x in xs:
                    pen.line([(x, box[1]), (x, box[1] + tall * (rows + 1))], tone, b.thin)

        b.draw(PANEL, rules, "table")
        special = b.pick("", "bars", "icons", "marks")
        for c in range(columns):
            middle, w = (xs[c] + xs[c + 1]) / 2, xs[c + 1] - xs[c]
            with b.group("column"):
                b.text(
                    (xs[c] + 0.012, sum(row_of(0)) / 2) if c == 0 else (middle, sum(row_of(0)) / 2),
                    b.word(10),
                    size * 1.02,
                    readable(rng, hue) if head else None,
                    "lm" if c == 0 else "mm",
                    "head of a column",
                    width=w * 0.92,
                )
                kind = "words" if c == 0 else b.pick("whole", "decimal", "percent", "words")
                for r in range(1, rows + 1):
                    y = sum(row_of(r)) / 2
                    if c == columns - 1 and special:
                        if special == "bars":
                            v = b.uniform(0.1, 0.9)
                            b.draw(
                                DATA,
                                lambda pen, y=y, v=v: pen.box(
                                    (xs[c] + 0.01, y - tall * 0.25, xs[c] + 0.01 + (w - 0.02) * v, y + tall * 0.25), hue
                                ),
                                "bar in a cell",
                            )
                        elif special == "icons":
                            b.icon((middle, y), tall * 0.3, colour=hue)
                        else:
                            good = b.chance(0.5)
                            b.draw(
                                MARK,
                                lambda pen, y=y, g=good: b.marker(
                                    pen, 0 if g else 5, (middle, y), tall * 0.22, (40, 150, 70) if g else (200, 50, 50)
                                ),
                                "mark",
                            )
                        continue
                    string = {
                        "words": b.word(12),
                        "whole": str(b.some(1, 3000)),
                        "decimal": f"{rng.uniform(0, 10):.2f}",
                        "percent": f"{rng.uniform(0, 100):.1f}%",
                    }[kind]
                    if b.chance(0.07):
                        tone = style.colour(rng)
                        b.draw(
                            SHAPE,
                            lambda pen, q=(xs[c], row_of(r)[0], xs[c + 1], row_of(r)[1]), t=tone: pen.box(
                                q, t, alpha=0.45
                            ),
                            "marked cell",
                        )
                    b.text(
                        (xs[c] + 0.012, y) if c == 0 else (middle, y),
                        string,
                        size,
                        anchor="lm" if c == 0 else "mm",
                        what="",
                        width=w * 0.92,
                    )
    if b.chance(0.3):
        b.draw(
            MARK,
            lambda pen, k=b.some(1, rows), t=b.uniform(0.004, 0.008): pen.box(
                (box[0] - 0.005, row_of(k)[0], box[2] + 0.005, row_of(k)[1]), None, (220, 40, 40), t
            ),
            "frame",
        )
    if box[3] < 0.88:
        b.text(
            (0.03, box[3] + 0.05),
            style.phrase(rng, 4, 9),
            b.size * 0.85,
            mixed(style.foreground, style.background, 0.3),
            "lm",
            "note",
            width=0.94,
        )
    return "A table", b.parts


TEMPLATES = (Template("slide", "table with rules", 1.0, make),)
