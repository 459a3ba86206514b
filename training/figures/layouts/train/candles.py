"""Prices: candles or bars of a day with wicks, curves of means and bands, volumes below, levels with tags at the
right, lines of a trend, zones; on dark screens, paper or salmon; or returns as bars about nought."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.4 else None)
    style, n = b.style, b.some(18, 64)
    x0, x1, y0 = b.pick(0.03, b.size * 3 + 0.02), b.uniform(0.86, 0.97), b.uniform(0.1, 0.16)
    below = b.chance(0.65)
    y1, low = (b.uniform(0.62, 0.7), 0.92) if below else (0.9, 0.9)
    up, down = b.pick(
        ((38, 166, 91), (231, 76, 60)),
        ((240, 240, 240), (30, 30, 30)),
        (style.strong(rng), style.foreground),
        ((0, 150, 136), (255, 82, 82)),
    )
    walk = rng.normal(0, 1, n + 1).cumsum()
    span = rng.gamma(2, 0.25, (n, 2))
    high, deep = np.maximum(walk[1:], walk[:-1]) + span[:, 0], np.minimum(walk[1:], walk[:-1]) - span[:, 1]
    lowest, most = deep.min(), high.max()
    Y = lambda v: y1 - (y1 - y0) * (0.04 + 0.92 * (v - lowest) / (most - lowest))
    step = (x1 - x0) / n
    X = lambda k: x0 + step * (k + 0.5)
    kind, hollow, thin = b.pick("candle", "candle", "candle", "tick", "line"), b.chance(0.25), b.uniform(0.0018, 0.004)
    grey, grid = mixed(style.background, style.foreground, b.uniform(0.1, 0.3)), b.pick("both", "y", "none")
    right = x0 < 0.05

    def frame(pen):
        for v in np.linspace(y0, y1, 6)[1:-1] if grid != "none" else ():
            pen.line([(x0, v), (x1, v)], grey, thin, (0.004, 0.006) if hollow else ())
        for v in np.linspace(x0, x1, 7)[1:-1] if grid == "both" else ():
            pen.line([(v, y0), (v, low)], grey, thin)
        pen.box((x0, y0, x1, y1), None, style.foreground if b.thin > 0.004 else grey, b.thin)
        if below:
            pen.box((x0, y1 + 0.03, x1, low), None, style.foreground if b.thin > 0.004 else grey, b.thin)

    b.draw(PANEL, frame, "axes")
    with b.group("axis"):
        for v in np.linspace(0, 1, 6)[1:-1]:
            p = (x1 + 0.01, y1 - (y1 - y0) * v) if right else (x0 - 0.01, y1 - (y1 - y0) * v)
            b.text(p, f"{80 + 40 * v:.0f}", b.size * 0.9, anchor="lm" if right else "rm", what="")
        for k in range(0, n, max(n // 5, 1)):
            b.text((X(k), low + 0.012), f"{1 + k % 28}.{1 + k // 28}", b.size * 0.85, anchor="mt", what="")
    if b.chance(0.25):
        a = b.some(0, n - 8)
        zone, c = (X(a), y0, X(a + b.some(4, 8)), y1), style.colour(rng)
        b.draw(PANEL, lambda pen: pen.box(zone, c), "zone", b.pick(0.15, 0.3))
    means = np.convolve(np.pad(walk[1:], (8, 0), "edge"), np.ones(9) / 9, "valid")
    if b.chance(0.3):
        wide, c = walk.std() * 0.35, style.strong(rng)
        band = [(X(k), Y(v + wide)) for k, v in enumerate(means)] + [(X(k), Y(v - wide)) for k, v in enumerate(means)][
            ::-1
        ]
        band = [(x, min(max(y, y0), y1)) for x, y in band]
        b.draw(DATA, lambda pen: pen.polygon(band, c), "band", 0.2)
    with b.group("series"):
        if kind == "line":
            points = [(X(k), Y(v)) for k, v in enumerate(walk[1:])]
            if b.chance(0.6):
                b.draw(
                    DATA,
                    lambda pen: pen.polygon(
                        [(X(0), y1), *points, (X(n - 1), y1)], b.shade((x0, y0, x1, y1), up, style.background)
                    ),
                    "area",
                    b.pick(0.5, 0.9),
                )
            b.draw(DATA, lambda pen: pen.line(points, up, thin * 2), "price")
        else:
            for k in range(n):
                o, e = walk[k], walk[k + 1]
                c = up if e >= o else down
                edge = c if sum(abs(p - q) for p, q in zip(c, style.background)) > 120 else style.foreground

                def candle(pen):
                    x = X(k)
                    pen.line([(x, Y(high[k])), (x, Y(deep[k]))], edge, thin)
                    if kind == "tick":
                        pen.line([(x - step * 0.35, Y(o)), (x, Y(o))], edge, thin), pen.line(
                            [(x, Y(e)), (x + step * 0.35, Y(e))], edge, thin
                        )
                    else:
                        open_ = hollow and e >= o
                        pen.box(
                            (x - step * 0.34, Y(max(o, e)), x + step * 0.34, max(Y(min(o, e)), Y(max(o, e)) + 0.002)),
                            style.background if open_ else c,
                            edge,
                            thin,
                        )

                b.draw(DATA, candle, "candle" if k == 0 else "")
    for c in b.colours(b.pick(0, 1, 2)) if kind != "line" else []:
        wide = b.some(3, 9)
        m = np.convolve(np.pad(walk[1:], (wide - 1, 0), "edge"), np.ones(wide) / wide, "valid")
        b.draw(DATA, lambda pen: pen.line([(X(k), Y(v)) for k, v in enumerate(m)], c, thin * 1.6), "mean")
    if below:
        volume, one = rng.gamma(2, 0.2, n), b.chance(0.5)
        with b.group("series"):
            for k, v in enumerate(np.minimum(volume, 1)):
                c = mixed(up if one or walk[k + 1] >= walk[k] else down, style.background, 0.3)
                bar = (X(k) - step * 0.36, low - (low - y1 - 0.04) * v, X(k) + step * 0.36, low)
                b.draw(DATA, lambda pen: pen.box(bar, c), "volume" if k == 0 else "")
    for _ in range(b.some(0, 3)):
        c, own = b.pick(style.strong(rng), style.foreground, up), b.pick("level", "level", "trend", "arrow", "ring")
        k = b.some(2, n - 3)
        if own == "level":
            y = b.uniform(y0 + 0.05, y1 - 0.05)
            b.draw(MARK, lambda pen: pen.line([(x0, y), (x1, y)], c, thin * 1.4, (0.012, 0.008)), "level")
            tag = (x1 - 0.09, y - b.size * 0.7, x1 + 0.005, y + b.size * 0.7)
            with b.group("tag"):
                radius = b.pick(0, 0.006)
                b.draw(SHAPE, lambda pen: pen.box(tag, c, None, 0, radius), "tag")
                b.text((x1 - 0.043, y), f"{rng.uniform(80, 120):.1f}", b.size * 0.9, readable(rng, c), width=0.085)
        elif own == "trend":
            j = min(k + b.some(6, 20), n - 1)
            b.draw(
                MARK, lambda pen: pen.line([(X(k), Y(deep[k])), (X(j), Y(deep[j]))], c, thin * 1.6), "line of a trend"
            )
        elif own == "arrow":
            b.arrow([(X(k), Y(high[k]) - 0.08), (X(k), Y(high[k]) - 0.012)], c, width=0.005)
            b.text((X(k), Y(high[k]) - 0.085), b.word(7), b.size, anchor="mb")
        else:
            b.draw(MARK, lambda pen: pen.disc((X(k), Y(walk[k])), 0.03, None, c, thin * 1.6), "circle")
    b.text((0.03, 0.05), f"{b.word(8)} {rng.uniform(10, 900):.2f}", b.size * 1.5, anchor="lm", what="title", width=0.6)
    return "Prices in time", b.parts


TEMPLATES = (Template("plot", "candles", 1.0, make),)
