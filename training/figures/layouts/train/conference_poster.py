"""A conference poster seen whole: a band with title and marks of institutes, columns of blocks with heads, small
text, pictures and charts."""

from ...kit import MARK, PANEL, SHAPE, Board, Template, readable
from ...plots import plot


def make(rng, style):
    b = Board(rng, style)
    style, hues = b.style, b.colours(3, 80)
    band, c = b.uniform(0.11, 0.17), hues[0]
    fill = b.shade((0, 0, 1, band), c) if b.chance(0.4) else c
    with b.group("head"):
        b.draw(PANEL, lambda pen: pen.box((0, 0, 1, band), fill), "title band")
        b.text((0.5, band * 0.38), style.phrase(rng, 3, 7), band * 0.34, readable(rng, c), what="title", width=0.7)
        b.text((0.5, band * 0.74), ", ".join(b.words(3, 9)), band * 0.18, readable(rng, c), what="authors", width=0.6)
        for x in (0.07, 0.93):
            if b.chance(0.7):
                b.thing((x, band / 2), band * 0.75, "icon")
    columns, size = b.pick(2, 3, 3), b.uniform(0.016, 0.023)
    gap = 0.025
    width = (0.96 - gap * (columns - 1)) / columns
    look, head = b.pick("plain", "frame", "tint"), b.pick("band", "words", "rule")
    for k in range(columns):
        x, y = 0.02 + (width + gap) * k, band + 0.025
        while y < 0.9:
            h = min(b.uniform(0.18, 0.42), 0.97 - y)
            q, tone = (x, y, x + width, y + h), hues[b.some(0, 2)]
            with b.group("block"):
                if look != "plain":
                    b.draw(
                        PANEL,
                        lambda pen: pen.box(
                            q,
                            b.soft(tone, 0.85) if look == "tint" else None,
                            tone if look == "frame" else None,
                            b.thin,
                            0.008,
                        ),
                        "block",
                    )
                if head == "band":
                    b.draw(SHAPE, lambda pen: pen.box((x, y, x + width, y + 0.04), tone), "head of a block")
                    b.text(
                        (x + width / 2, y + 0.02),
                        b.word(),
                        0.026,
                        readable(rng, tone),
                        what="heading",
                        width=width * 0.9,
                    )
                else:
                    b.text(
                        (x + 0.01, y + 0.02),
                        b.word(),
                        0.03,
                        tone if sum(abs(p - r) for p, r in zip(tone, style.background)) > 220 else None,
                        "lm",
                        "heading",
                        width=width * 0.9,
                    )
                    if head == "rule":
                        b.draw(
                            MARK,
                            lambda pen: pen.line([(x + 0.01, y + 0.038), (x + width - 0.01, y + 0.038)], tone, b.thin),
                            "line",
                        )
                v = y + 0.052
                if b.chance(0.6) and h > 0.22:
                    art = (x + 0.012, v, x + width - 0.012, min(v + h * 0.5, y + h - 0.015))
                    if b.chance(0.5):
                        b.add(*plot(rng, style, art))
                    else:
                        b.picture(art)
                    v = art[3] + 0.012
                with b.group("block"):
                    while v < y + h - size:
                        string = style.phrase(rng, 9, 13)
                        count = max(int(width / (size * (0.52 if string.isascii() else 1.02))), 6)
                        string = string[:count].rsplit(" ", 1)[0] if " " in string[:count] else string[:count]
                        b.text((x + 0.012, v + size * 0.6), string, size, anchor="lm", what="", width=width - 0.024)
                        v += size * 1.35
            y += h + 0.02
    return "A conference poster", b.parts


TEMPLATES = (Template("poster", "conference poster", 1.0, make),)
