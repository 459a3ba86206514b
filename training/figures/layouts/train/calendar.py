"""Days: a month with coloured bars of events across days, a week with blocks in hours that overlap, or a year of small
shaded squares; numbers in corners, marked days, other colours for week-ends."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, colour_map, mixed, readable


def year(b):
    style, blocks, rows = b.style, b.pick(1, 2, 3), 7
    weeks = min(b.some(12, 30), 30 // blocks + 3)
    ramp, gap = colour_map(b.rng, style), b.pick(0.08, 0.18, 0.3)
    for block in range(blocks):
        x0, x1 = 0.1, 0.96
        side = min((x1 - x0) / weeks, 0.78 / blocks / (rows + 1.6))
        y0 = 0.14 + 0.8 / blocks * block + side
        trend = b.rng.uniform(0, 6, 2)
        with b.group("series"):
            for w in range(weeks):
                for d in range(rows):
                    v = 0.5 + 0.4 * np.sin(w * 0.4 + trend[0]) * np.cos(d * 0.5 + trend[1]) + b.rng.normal(0, 0.2)
                    if v < 0.05 and b.chance(0.5):
                        continue
                    c = tuple(int(u * 255) for u in np.clip(ramp(np.array([np.clip(v, 0, 1)]))[0], 0, 1))
                    p = (x0 + side * w, y0 + side * d)
                    cell = (*p, p[0] + side * (1 - gap), p[1] + side * (1 - gap))
                    b.draw_pillow(DATA, lambda pen: pen.box(cell, c), "square" if w == d == 0 else "")
        b.text((x0, y0 - side * 0.25), str(2015 + block + b.some(0, 4)), b.size, anchor="lb")
        for d in (1, 3, 5):
            b.text((x0 - 0.012, y0 + side * (d + 0.45)), "MTWTFSS"[d], min(b.size, side), anchor="rm", what="")
    b.text((0.1, 0.06), style.phrase(b.rng, 2, 4), b.size * 1.5, anchor="lm", what="title", width=0.8)
    return "A year in squares", b.parts


def make(rng, style):
    b = Board(rng, style)
    style, kind = b.style, b.pick("month", "month", "week", "year")
    if kind == "year":
        return year(b)
    days = b.pick(5, 7, 7)
    x0, x1, y0, y1 = (0.03 if kind == "month" else 0.1), 0.97, b.uniform(0.16, 0.24), b.uniform(0.93, 0.98)
    wide, hues = (x1 - x0) / days, b.colours(b.some(2, 5), 60)
    rows = b.pick(5, 5, 6, 4) if kind == "month" else b.some(6, 12)
    tall = (y1 - y0) / rows
    c0, bar = hues[0], b.pick("band", "none", "cells")
    line, plate = mixed(style.background, style.foreground, b.uniform(0.1, 0.5)), b.chance(0.35)
    if bar == "band":
        band = (0, 0, 1, y0 - 0.06)
        b.draw_pillow(PANEL, lambda pen: pen.box(band, c0), "head")
    at, anchor = b.pick((x0, "lm"), (0.5, "mm"))
    foreground = readable(rng, c0) if bar == "band" else style.foreground
    b.text((at, (y0 - 0.06) / 2), f"{b.word(9)} {b.some(1990, 2030)}", 0.062, foreground, anchor, "title", width=0.48)
    shade = mixed(style.background, style.foreground, 0.06)

    def grid(pen):
        if plate:
            pen.box((x0, y0, x1, y1), mixed(style.background, (255, 255, 255), 0.6))
        for d in range(days):
            if days == 7 and d > 4:
                pen.box((x0 + wide * d, y0, x0 + wide * (d + 1), y1), shade)
        for d in range(days + 1):
            pen.line([(x0 + wide * d, y0), (x0 + wide * d, y1)], line, b.thin)
        for r in range(rows + 1):
            pen.line([(x0, y0 + tall * r), (x1, y0 + tall * r)], line, b.thin)

    b.draw_pillow(PANEL, grid, "grid of days")
    for d in range(days):
        cell = (x0 + wide * d, y0 - 0.05, x0 + wide * (d + 1), y0)
        if bar == "cells":
            b.draw(PANEL, lambda pen: pen.box(cell, c0, style.background, b.thin), "")
        b.text(
            (cell[0] + wide / 2, y0 - 0.025),
            b.pick("Mo Tu We Th Fr Sa Su", "M T W T F S S").split()[d],
            b.size * 0.95,
            readable(rng, c0) if bar == "cells" else style.foreground,
            what="day",
        )
    radius, opacity, shadow = b.pick(0, 0.006, 0.02), b.pick(1.0, 1.0, 0.75, 0.5), b.pick(0.0, 0.0, 0.005)
    if kind == "month":
        first, size = b.some(-5, 0), min(b.size, tall * 0.3)
        today = b.some(0, rows * days - 1)
        for k in range(rows * days):
            number = first + k + 1
            p = (x0 + wide * (k % days) + wide * 0.08, y0 + tall * (k // days) + tall * 0.06)
            foreground = style.foreground if 1 <= number <= 31 else mixed(style.foreground, style.background, 0.6)
            if k == today and 1 <= number <= 31:
                q, r = (p[0] + size * 0.5, p[1] + size * 0.5), size * 0.85
                c = style.strong(rng)
                if b.chance(0.6):
                    b.draw(SHAPE, lambda pen: pen.disc(q, r, c), "marked day")
                    foreground = readable(rng, c)
                else:
                    b.draw(MARK, lambda pen: pen.disc(q, r, None, c, 0.006), "circle")
            b.text(p, str((number - 1) % 31 + 1), size, foreground, "lt", "")
        for _ in range(b.some(2, 10)):
            r, d, lane = b.some(0, rows - 1), b.some(0, days - 1), b.some(0, 2)
            length, c = min(b.pick(1, 1, 2, 3, 4), days - d), hues[b.some(0, len(hues) - 1)]
            y = y0 + tall * (r + 0.36 + 0.21 * lane)
            event = (x0 + wide * d + wide * 0.04, y, x0 + wide * (d + length) - wide * 0.04, y + tall * 0.19)
            with b.group("event"):
                b.draw(SHAPE, lambda pen: pen.box(event, c, None, 0, radius), "event", opacity, shadow)
                b.text(
                    (event[0] + 0.008, y + tall * 0.095),
                    b.word(10),
                    min(b.size * 0.85, tall * 0.16),
                    readable(rng, c) if opacity > 0.7 else style.foreground,
                    "lm",
                    width=event[2] - event[0] - 0.012,
                )
    else:
        start = b.some(6, 9)
        for r in range(rows):
            b.text((x0 - 0.012, y0 + tall * r), f"{start + r}:00", min(b.size, 0.03), anchor="rm", what="hour")
        for _ in range(b.some(5, 16)):
            d, a, c = b.some(0, days - 1), b.uniform(0, rows - 1.5), hues[b.some(0, len(hues) - 1)]
            a = round(a * 2) / 2 if b.chance(0.8) else a
            z, push = min(a + b.pick(0.5, 1, 1, 1.5, 2, 3), rows), b.pick(0, 0, 0.25)
            block = (
                x0 + wide * (d + push) + wide * 0.04,
                y0 + tall * a + 0.002,
                x0 + wide * (d + 1) - wide * 0.04,
                y0 + tall * z - 0.004,
            )
            stripe = b.chance(0.3)
            tint = b.soft(c, 0.6) if stripe else c
            with b.group("event"):

                def paint(pen):
                    pen.box(block, tint, None, 0, radius)
                    if stripe:
                        pen.box((block[0], block[1], block[0] + 0.01, block[3]), c)

                b.draw(SHAPE, paint, "event", opacity, shadow)
                b.text(
                    (block[0] + 0.014, block[1] + b.size * 0.7),
                    b.word(8),
                    b.size * 0.85,
                    readable(rng, tint) if opacity > 0.7 else style.foreground,
                    "lm",
                    width=wide * 0.8,
                )
        if b.chance(0.5):
            y, c = y0 + (y1 - y0) * b.uniform(0.1, 0.9), (220, 40, 40)
            b.draw(
                MARK,
                lambda pen: (pen.line([(x0, y), (x1, y)], c, b.thin), pen.disc((x0, y), 0.01, c)),
                "line of the hour",
            )
    return "A calendar", b.parts


TEMPLATES = (Template("slide", "calendar", 1.0, make),)
