"""Source text and what it gives: an editor or notebook with line numbers, coloured words, a marked line, cells with
a bar at their side, a plot or picture as output, tabs, a terminal below; dark and light themes."""

from dataclasses import replace

import numpy as np

from ...kit import BACKGROUND, MARK, PANEL, SHAPE, Board, Template, el, mixed, readable
from ...plots import plot

WORDS = (
    "data model image = load ( path ) for k in range def fit return plot x y import as mean layer . size "
    "if None True + mask open read print"
).split()


def make(rng, style):
    b = Board(rng, style, "none")
    dark = style.dark or b.chance(0.45)
    background = (
        b.pick((30, 30, 30), (40, 44, 52), (0, 43, 54), (18, 18, 28))
        if dark
        else b.pick((255, 255, 255), (253, 246, 227), (248, 248, 248))
    )
    foreground = (220, 220, 215) if dark else (45, 45, 50)
    hues = [
        c if abs(sum(c) - sum(background)) > 170 else mixed(c, foreground, 0.6)
        for c in (*style.colours, (206, 145, 120), (86, 156, 214))
    ][:5]
    b.add(
        el.picture(
            BACKGROUND, (0, 0, 1, 1), lambda w, h: np.broadcast_to(el.unit(background), (h, w, 3)), "plain background"
        )
    )
    soft = mixed(background, foreground, b.uniform(0.05, 0.14))
    size, top, left = b.uniform(0.024, 0.04), 0.03, 0.03
    if b.chance(0.7):
        top = b.uniform(0.07, 0.1)
        bar = (0, 0, 1, top - 0.015)
        b.draw_pillow(PANEL, lambda pen: pen.box(bar, soft), "tab bar")
        for k in range(b.some(1, 4)):
            tab, front = (0.02 + 0.22 * k, 0.008, 0.22 + 0.22 * k, bar[3]), k == 0
            b.draw_pillow(
                SHAPE,
                lambda pen: pen.box(
                    tab, background if front else mixed(soft, foreground, 0.1), hues[0] if front and b.thin > 0.005 else None, 0.004
                ),
                "tab",
            )
            b.text(((tab[0] + tab[2]) / 2, (tab[1] + tab[3]) / 2), f"{b.word(7)}.py", size * 0.85, foreground, width=0.16)
    if b.chance(0.3):
        side = (0, top - 0.015, b.uniform(0.16, 0.24), 1)
        b.draw_pillow(PANEL, lambda pen: pen.box(side, soft), "side bar")
        for k in range(b.some(4, 10)):
            y = top + 0.03 + k * size * 1.7
            b.text(
                (0.025 + 0.02 * (k % 3 > 0), y),
                b.word(9),
                size * 0.9,
                mixed(foreground, background, 0.2),
                "lm",
                width=side[2] - 0.05,
            )
        left = side[2] + 0.02
    cells, pitch = b.chance(0.55), size * b.uniform(1.35, 1.6)
    numbers, y, line = b.chance(0.7), top + 0.02, 1
    indent_0 = left + (size * 1.8 if numbers or cells else 0)

    def source(y, lines):
        nonlocal line
        indent = 0
        for k in range(lines):
            if numbers and not cells:
                b.text((left + size, y + pitch / 2), str(line), size * 0.85, mixed(foreground, background, 0.5), "rm", "")
            x, count = indent_0 + indent * size * 2, b.some(2, 7)
            note = b.chance(0.12)
            with b.group("line"):
                if note:
                    b.text(
                        (x, y + pitch / 2),
                        "# " + style.phrase(rng, 2, 5),
                        size,
                        mixed(hues[3], background, 0.3),
                        "lm",
                        "source",
                        width=0.95 - x,
                    )
                else:
                    for _ in range(count):
                        w = WORDS[rng.integers(len(WORDS))]
                        long = (len(w) * 0.6 + 0.5) * size
                        if x + long > 0.94:
                            break
                        b.text((x, y + pitch / 2), w, size, b.pick(foreground, foreground, *hues), "lm", "source", width=long)
                        x += long * 1.02
            indent = max(0, min(indent + b.pick(-1, 0, 0, 1), 3))
            y, line = y + pitch, line + 1
        return y

    while y < 0.86:
        lines = b.some(2, 5) if cells else b.some(5, 11)
        lines = min(lines, int((0.97 - y) / pitch))
        if lines < 1:
            break
        if cells:
            box = (indent_0 - 0.012, y - 0.006, 0.97, y + pitch * lines + 0.006)
            edged = b.thin > 0.004
            b.draw(
                PANEL, lambda pen: pen.box(box, soft, mixed(soft, foreground, 0.2) if edged else None, 0.003, 0.004), "cell"
            )
            if b.chance(0.4):
                b.draw(
                    MARK,
                    lambda pen: pen.line([(box[0] - 0.006, box[1]), (box[0] - 0.006, box[3])], hues[0], 0.008),
                    "bar beside",
                )
            b.text((left, y + pitch / 2), f"[{line}]", size * 0.85, hues[1], "lm", "", width=indent_0 - left)
        elif b.chance(0.6):
            k = b.some(0, lines - 1)
            row = (left, y + pitch * k, 0.985, y + pitch * (k + 1))
            b.draw(PANEL, lambda pen: pen.box(row, soft), "marked line")
        if b.chance(0.3):
            k, x = b.some(0, lines - 1), indent_0 + size * b.uniform(0, 6)
            mark, c = (x, y + pitch * k, x + size * b.uniform(2, 7), y + pitch * (k + 1)), b.pick(
                (255, 220, 80), hues[0]
            )
            b.draw(SHAPE, lambda pen: pen.box(mark, c, None, 0, 0.004), "marked words", b.pick(0.35, 0.5))
        y = source(y, lines) + 0.02
        room = 0.96 - y
        if room > 0.26 and b.chance(0.7 if cells else 0.45):
            tall = min(room, b.uniform(0.26, 0.46))
            box = (indent_0, y, b.uniform(0.62, 0.9), y + tall)
            own = b.pick("plot", "plot", "picture", "two")
            with b.group("output"):
                if own == "plot":

                    theme = replace(
                        style,
                        dark=dark,
                        tint=tuple(p - q for p, q in zip(background, replace(style, dark=dark, tint=(0, 0, 0)).background)),
                    )
                    b.add(*plot(rng, theme, box))
                else:
                    n = 2 if own == "two" else 1
                    for k in range(n):
                        w = (box[2] - box[0] - 0.03) / n
                        b.picture((box[0] + (w + 0.03) * k, box[1], box[0] + (w + 0.03) * k + w, box[3]))
            y += tall + 0.025
        elif room > 0.2 and not cells and b.chance(0.5):
            console, c = (0, y, 1, 1), b.pick((12, 12, 12), mixed(background, (0, 0, 0), 0.3))
            b.draw_pillow(PANEL, lambda pen: pen.box(console, c, mixed(c, (128, 128, 128), 0.4), 0.003), "terminal")
            for k in range(max(int((0.98 - y) / pitch) - 1, 1)):
                b.text(
                    (0.03, y + pitch * (k + 0.8)),
                    "$ " + style.phrase(rng, 2, 6),
                    size,
                    b.pick((120, 230, 130), (225, 225, 225)),
                    "lm",
                    "terminal",
                    width=0.9,
                )
            break
    if b.chance(0.3):
        w, h = b.uniform(0.25, 0.36), size * 4.6
        x, y = b.uniform(0.4, 0.96 - w), b.uniform(0.15, 0.7)
        menu, c = (x, y, x + w, y + h), mixed(background, foreground, 0.08)
        with b.group("menu"):
            b.draw(SHAPE, lambda pen: pen.box(menu, c, mixed(background, foreground, 0.4), 0.003, 0.006), "menu", shadow=0.01)
            row = (x + 0.004, y + size * 1.5, x + w - 0.004, y + size * 2.9)
            b.draw(SHAPE, lambda pen: pen.box(row, hues[0]), "chosen line")
            for k in range(3):
                b.text(
                    (x + 0.015, y + size * (0.9 + 1.4 * k)),
                    b.word(12),
                    size * 0.95,
                    readable(rng, hues[0]) if k == 1 else foreground,
                    "lm",
                    width=w - 0.03,
                )
    return "Source text in an editor", b.parts


TEMPLATES = (Template("slide", "notebook", 1.0, make),)
