"""A page of a paper: two columns of very small text, a figure with caption, formulae, headings, a marked passage, a
note at the margin."""

import numpy as np

from ...kit import MARK, PANEL, Board, Template
from ...plots import plot


def make(rng, style):
    from dataclasses import replace

    b = Board(rng, replace(style, dark=False), "white")
    style = b.style
    columns, size = b.pick(1, 2, 2), b.uniform(0.0175, 0.027)
    pitch, foreground = size * b.uniform(1.25, 1.5), (20, 20, 20)
    y0 = 0.06
    if b.chance(0.6):
        b.text((0.5, 0.07), style.phrase(rng, 4, 8), size * 2, foreground, what="title", width=0.86)
        b.text((0.5, 0.115), ", ".join(b.words(3, 9)), size * 1.1, foreground, what="authors", width=0.7)
        y0 = 0.16
    width = (0.88 - 0.04 * (columns - 1)) / columns
    for c in range(columns):
        x = 0.06 + (width + 0.04) * c
        y = y0
        figure = b.uniform(0.25, 0.7) if b.chance(0.55) else 2
        while y < 0.95:
            if figure < y < figure + 0.1 and y + 0.34 < 0.97:
                figure = 2
                box = (x, y, x + width, y + 0.24)
                with b.group("figure"):
                    if b.chance(0.5):
                        b.picture(box)
                    else:
                        b.add(*plot(rng, style, box))
                    for k in range(2):
                        b.text(
                            (x, y + 0.255 + k * pitch),
                            style.phrase(rng, 5, 9),
                            size * 0.9,
                            foreground,
                            "lm",
                            "caption",
                            width=width,
                        )
                y += 0.27 + pitch * 1.6
                continue
            if b.chance(0.1):
                b.text((x, y + size), style.phrase(rng, 1, 3), size * 1.3, foreground, "lm", "heading", width=width)
                y += pitch * 1.7
                continue
            if b.chance(0.07):
                b.text(
                    (x + width / 2, y + size),
                    (
                        b.pick("y = ax + b", "E = mc²", "p(x) = ∫ f dx", "σ² = Σ (x - µ)² / n")
                        if style.script == "latin" and "Noto" not in style.font.name
                        else "y = ax + b"
                    ),
                    size * 1.25,
                    foreground,
                    what="formula",
                )
                y += pitch * 1.8
                continue
            with b.group("block"):
                for k in range(b.some(3, 9)):
                    if y > 0.95:
                        break
                    last = b.chance(0.12)
                    string = style.phrase(rng, 14, 18)
                    count = max(int(width / (size * (0.5 if string.isascii() else 1))), 8)
                    string = string[:count].rsplit(" ", 1)[0] if " " in string[:count] else string[:count]
                    if last:
                        string = string[: max(len(string) // 2, 3)] + "."
                    if b.chance(0.03):
                        q, hue = (x, y, x + width * 0.97, y + pitch), b.pick(
                            (255, 240, 90), (160, 230, 160), (255, 190, 210)
                        )
                        b.draw(PANEL, lambda pen, q=q, h=hue: pen.box(q, h), "marked passage")
                    b.text((x + (size if k == 0 else 0), y + pitch / 2), string, size, foreground, "lm", "", width=width)
                    y += pitch
                    if last:
                        break
            y += pitch * b.pick(0.2, 0.6)
    if b.chance(0.3):
        c = b.pick((210, 30, 40), (30, 80, 200))
        q = (b.uniform(0.05, 0.5), b.uniform(0.2, 0.7))
        b.draw(
            MARK,
            lambda pen: pen.curve(
                [(q[0] + 0.2 + 0.22 * np.cos(a), q[1] + 0.05 * np.sin(a)) for a in np.linspace(0, 6.4, 20)], c, 0.006
            ),
            "circle by hand",
        )
    return "A printed page", b.parts


TEMPLATES = (Template("slide", "page of a paper", 0.9, make),)
