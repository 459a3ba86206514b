"""Two or three values a row: discs joined by a bar or a line, lollipops, ranges with ticks, on stripes or a hairline
grid; or lines between posts (slopes), one or two of them strong and the others pale."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, mixed, readable


def slopes(b):
    style, n, posts = b.style, b.some(4, 12), b.some(2, 4)
    xs = np.linspace(b.uniform(0.2, 0.3), b.uniform(0.7, 0.8), posts)
    y0, y1 = b.uniform(0.14, 0.24), b.uniform(0.88, 0.95)
    v = np.clip(b.rng.random((n, 1)) * 0.9 + b.rng.normal(0, 0.12, (n, posts)), 0, 1)
    hues, strong = b.colours(n), b.rng.random(n) < b.pick(0.25, 1.0)
    strong[0] = True
    pale, r, wide = (
        mixed(style.background, style.foreground, b.uniform(0.15, 0.35)),
        b.uniform(0.004, 0.016),
        b.uniform(0.002, 0.009),
    )
    plates = b.chance(0.25)
    for x in xs:
        if plates:
            box = (x - 0.035, y0 - 0.03, x + 0.035, y1 + 0.02)
            b.draw(PANEL, lambda pen: pen.box(box, mixed(style.background, style.foreground, 0.08), None, 0, 0.02), "post")
        else:
            b.draw(PANEL, lambda pen: pen.line([(x, y0 - 0.02), (x, y1 + 0.01)], style.foreground, b.thin), "axis")
        b.text((x, y0 - 0.045), b.word(), b.size * 1.15, anchor="mb", width=0.25)
    for k in np.argsort(strong):
        c = hues[k] if strong[k] else pale
        points = [(x, y1 + (y0 - y1) * u) for x, u in zip(xs, v[k])]
        bare = b.chance(0.3)
        with b.group("series"):

            def paint(pen):
                pen.line(points, c, wide if strong[k] else wide * 0.6)
                for p in () if bare else points:
                    pen.disc(p, r, c)

            b.draw(DATA, paint, "slope" if k == 0 else "")
        if strong[k]:
            b.text((xs[0] - 0.045, points[0][1]), f"{b.word(9)} {v[k][0] * 100:.0f}", b.size, c, "rm", "", width=0.17)
            b.text((xs[-1] + 0.045, points[-1][1]), f"{v[k][-1] * 100:.0f}", b.size, c, "lm", "")
    return "A chart of slopes", b.parts


def make(rng, style):
    b = Board(rng, style)
    style = b.style
    if b.chance(0.25):
        return slopes(b)
    n, dots = b.some(4, 15), b.pick(1, 2, 2, 2, 3)
    left, top, right, low = b.uniform(0.18, 0.34), b.uniform(0.1, 0.2), b.uniform(0.86, 0.95), b.uniform(0.84, 0.9)
    hues, pitch = b.colours(dots), (low - top) / n
    size, r = min(b.size, pitch * 0.7), min(b.uniform(0.007, 0.022), pitch * 0.42)
    stripes, grid, look = b.chance(0.35), b.pick("none", "x", "both"), b.pick("bar", "line", "dash", "arrow", "none")
    look = "line" if dots == 1 else look
    if b.chance(0.25):
        with b.group("plate"):
            plate = (0.02, top - 0.05, 0.98, low + 0.09)
            chosen = b.pick(*hues)
            b.draw(PANEL, lambda pen: pen.box(plate, b.soft(chosen, 0.86), None, 0, 0.02), "plate")
    for k in range(0, n if stripes else 0, 2):
        row = (0.04, top + pitch * k, right + 0.02, top + pitch * (k + 1))
        b.draw(PANEL, lambda pen: pen.box(row, mixed(style.background, style.foreground, 0.07)), "stripe")
    with b.group("plot"):
        ticks = b.ticks(b.some(3, 6))
        b.axes(
            (left, top, right, low),
            ticks,
            [((k + 0.5) / n, "") for k in range(n)],
            b.pick("bottom", "none", "box"),
            grid,
            x_name=b.word() if b.chance(0.4) else "",
        )
        values = (
            np.sort(rng.random((n, dots)) * 0.96 + 0.02, 1) if b.chance(0.5) else rng.random((n, dots)) * 0.96 + 0.02
        )
        if b.chance(0.5):
            values = values[np.argsort(values[:, -1])]
        kind, hollow, say = b.some(0, 3), b.chance(0.25), b.chance(0.35)
        for k in range(n):
            y, xs = top + pitch * (k + 0.5), left + (right - left) * values[k]
            a, z = (left if dots == 1 else float(xs.min())), float(xs.max())
            tone = hues[0] if dots == 1 and b.chance(0.7) else mixed(style.background, style.foreground, 0.35)
            with b.group("row"):
                if look == "arrow":
                    b.arrow([(xs[0], y), (xs[-1], y)], hues[0], DATA, b.thin * 1.5, head=r * 1.8, what="")
                elif look != "none":
                    wide = r * 1.1 if look == "bar" else b.thin
                    dash = (0.008, 0.008) if look == "dash" else ()
                    b.draw(DATA, lambda pen: pen.line([(a, y), (z, y)], tone, wide, dash), "")
                for j, x in enumerate(xs):
                    fill = (style.background, hues[j], b.thin * 1.5) if hollow and j == 0 else (hues[j], None, 0)
                    b.draw(DATA, lambda pen: b.marker(pen, kind, (x, y), r, *fill), "value" if k == j == 0 else "")
                name = f"{b.word(7)} {b.some(1, 99)}" if b.chance(0.3) else b.word(14)
                b.text((left - 0.02, y), name, size, anchor="rm", what="row name", width=left - 0.05)
                if say:
                    b.text((z + r + 0.012, y), f"{values[k].max() * 100:.0f}", size * 0.9, anchor="lm", what="")
    if b.chance(0.3):
        x = left + (right - left) * b.uniform(0.2, 0.8)
        b.draw(
            MARK,
            lambda pen: pen.line([(x, top - 0.015), (x, low)], style.foreground, b.thin, (0.012, 0.008)),
            "reference line",
        )
        b.text((x, top - 0.02), b.word(), size, anchor="mb", what="")
    if b.chance(0.6):
        names = b.words(dots, 9)
        b.legend(
            (b.uniform(0.05, 0.4), 0.025 if b.chance(0.7) else 0.955 - b.size),
            names,
            hues,
            "dot",
            size=b.size,
            across=True,
        )
    if b.chance(0.2):
        best = b.some(0, n - 1)
        c, y = style.strong(rng), top + pitch * (best + 0.5)
        tag = (right - 0.1, y - pitch * 0.4, right + 0.02, y + pitch * 0.4)
        b.draw(SHAPE, lambda pen: pen.box(tag, c, None, 0, 0.01), "tag", opacity=b.pick(1.0, 0.8))
        b.text((right - 0.04, y), b.word(6), size * 0.9, readable(rng, c), width=0.11)
    return "A chart of values in rows", b.parts


TEMPLATES = (Template("plot", "dumbbells", 1.0, make),)
