"""A conference poster seen whole: a band with title and marks of institutes, columns of blocks with heads, small text, pictures and charts."""
import numpy as np

from ...kit import MARK, PANEL, SHAPE, Board, Template, mixed, readable
from ...plots import plot


def make(rng, style):
    b = Board(rng, style)
    style, hues = b.style, b.colours(3, 80)
    band, c = b.uniform(.11, .17), hues[0]
    fill = b.shade((0, 0, 1, band), c) if b.chance(.4) else c
    with b.group("head"):
        b.draw(PANEL, lambda pen: pen.box((0, 0, 1, band), fill), "title band")
        b.text((.5, band * .38), style.phrase(rng, 3, 7), band * .34, readable(rng, c), what="title", width=.7)
        b.text((.5, band * .74), ", ".join(b.words(3, 9)), band * .18, readable(rng, c), what="authors", width=.6)
        for x in (.07, .93):
            if b.chance(.7):
                b.thing((x, band / 2), band * .75, "icon")
    columns, size = b.pick(2, 3, 3), b.uniform(.016, .023)
    gap = .025
    width = (.96 - gap * (columns - 1)) / columns
    look, head = b.pick("plain", "frame", "tint"), b.pick("band", "words", "rule")
    for k in range(columns):
        x, y = .02 + (width + gap) * k, band + .025
        while y < .9:
            h = min(b.uniform(.18, .42), .97 - y)
            q, tone = (x, y, x + width, y + h), hues[b.some(0, 2)]
            with b.group("block"):
                if look != "plain":
                    b.draw(PANEL, lambda pen: pen.box(q, b.soft(tone, .85) if look == "tint" else None, tone if look == "frame" else None, b.thin, .008), "block")
                if head == "band":
                    b.draw(SHAPE, lambda pen: pen.box((x, y, x + width, y + .04), tone), "head of a block")
                    b.text((x + width / 2, y + .02), b.word(), .026, readable(rng, tone), what="heading", width=width * .9)
                else:
                    b.text((x + .01, y + .02), b.word(), .03, tone if sum(abs(p - r) for p, r in zip(tone, style.paper)) > 220 else None, "lm", "heading", width=width * .9)
                    if head == "rule":
                        b.draw(MARK, lambda pen: pen.line([(x + .01, y + .038), (x + width - .01, y + .038)], tone, b.thin), "line")
                v = y + .052
                if b.chance(.6) and h > .22:
                    art = (x + .012, v, x + width - .012, min(v + h * .5, y + h - .015))
                    if b.chance(.5):
                        b.add(*plot(rng, style, art))
                    else:
                        b.picture(art)
                    v = art[3] + .012
                with b.group("block"):
                    while v < y + h - size:
                        string = style.phrase(rng, 9, 13)
                        count = max(int(width / (size * (.52 if string.isascii() else 1.02))), 6)
                        string = string[:count].rsplit(" ", 1)[0] if " " in string[:count] else string[:count]
                        b.text((x + .012, v + size * .6), string, size, anchor="lm", what="", width=width - .024)
                        v += size * 1.35
            y += h + .02
    return "A conference poster", b.parts


TEMPLATES = (Template("poster", "conference poster", 1.0, make),)
