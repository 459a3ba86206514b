"""A long series in time with coloured spans of events, names in flags, a brushed part and that part enlarged in a
second chart joined by lines; bars of a second quantity below, or a river of points."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, mixed, readable


def walk(rng, n):
    t = np.linspace(0, 1, n)
    y = rng.normal(0, 1, n).cumsum() / n**0.5 * rng.uniform(0.3, 1) + np.sin(t * rng.uniform(5, 60)) * rng.uniform(
        0, 0.4
    )
    y = y - y.min()
    return t, y / max(float(y.max()), 1e-6) * 0.85 + 0.07


def make(rng, style):
    b = Board(rng, style)
    style, count = b.style, b.pick(1, 1, 2, 3)
    two, flip = b.chance(0.6), b.chance(0.3)
    left, right, cut = b.size * 3 + 0.03, b.uniform(0.92, 0.98), b.uniform(0.5, 0.62)
    top, low = (left, b.uniform(0.1, 0.16), right, cut if two else 0.86), (
        left,
        cut + b.uniform(0.12, 0.17),
        right,
        0.9,
    )
    if two and flip:
        tall = low[3] - low[1]
        low, top = (left, 0.08, right, 0.08 + tall), (left, 0.08 + tall + b.uniform(0.12, 0.17), right, 0.88)
    hues, width, n = b.colours(count), b.uniform(0.002, 0.007), b.some(60, 420)
    series = [walk(rng, n) for _ in range(count)]
    at = lambda box, u, v, a=0.0, z=1.0: (
        box[0] + (box[2] - box[0]) * (u - a) / (z - a),
        box[3] - (box[3] - box[1]) * v,
    )
    style_of = b.pick("line", "line", "area", "points", "line")
    a = b.uniform(0.1, 0.6)
    z = a + b.uniform(0.1, 0.3)
    spans = np.sort(rng.uniform(0.02, 0.98, 2 * b.pick(0, 1, 2, 4))).reshape(-1, 2)
    tints = [style.colour(rng) for _ in spans] if b.chance(0.5) else [style.strong(rng)] * len(spans)
    fade = b.uniform(0.12, 0.4)

    def chart(box, a, z, wide):
        with b.group("plot"):
            b.axes(box, b.ticks(b.some(3, 6), b.pick("year", "")), b.ticks(b.some(2, 4)), tick=b.pick(0, 0.008))
            for (u, v), c in zip(spans, tints):
                u, v = max(u, a), min(v, z)
                if v > u:
                    span = (at(box, u, 0, a, z)[0], box[1], at(box, v, 0, a, z)[0], box[3])
                    b.draw(PANEL, lambda pen: pen.box(span, c), "span of an event", fade)
            for (t, y), c in zip(series, hues):
                keep = (t >= a) & (t <= z)
                points = [at(box, u, v, a, z) for u, v in zip(t[keep], y[keep])]
                if len(points) < 2:
                    continue
                with b.group("series"):
                    if style_of == "area":
                        under = [(points[0][0], box[3]), *points, (points[-1][0], box[3])]
                        b.draw(DATA, lambda pen: pen.polygon(under, c), "", b.pick(0.3, 0.6))
                    if style_of == "points":
                        some = points[:: max(len(points) // 90, 1)]
                        b.draw(DATA, lambda pen: [pen.disc(p, wide * 1.2, c) for p in some], "points over time")
                    else:
                        b.draw(DATA, lambda pen: pen.line(points, c, wide, join="bevel"), "series over time")

    chart(top, 0, 1, width)
    for k, (u, v) in enumerate(spans):
        if b.chance(0.6):
            p = at(top, (u + v) / 2, 1)
            c = tints[k]
            with b.group("flag"):
                if b.chance(0.4):
                    s = b.size
                    flag = (p[0] - 0.06, p[1] - 0.012 - s * 1.3, p[0] + 0.06, p[1] - 0.012)
                    radius = b.pick(0, 0.008)
                    b.draw(SHAPE, lambda pen: pen.box(flag, c, None, 0, radius), "flag")
                    b.draw(MARK, lambda pen: pen.line([(p[0], p[1] - 0.012), (p[0], p[1] + 0.03)], c, b.thin))
                    b.text((p[0], p[1] - 0.012 - s * 0.65), b.word(7), s * 0.9, readable(rng, c), width=0.11)
                else:
                    b.text((p[0], p[1] - 0.01), b.word(8), b.size * 0.9, anchor="mb", width=max((v - u), 0.1))
    if two:
        c, dash = b.pick(style.foreground, style.strong(rng), mixed(style.foreground, style.background, 0.4)), b.pick((), (0.01, 0.008))
        (x0, _), (x1, _) = at(top, a, 0), at(top, z, 0)
        brush, filled = (x0, top[1], x1, top[3]), b.chance(0.4)
        if filled:
            b.draw(SHAPE, lambda pen: pen.box(brush, c), "brush", 0.2)
        b.draw(MARK, lambda pen: pen.box(brush, None, c, b.thin * 1.3, dash=dash), "frame")
        y, to = (top[1], low[3]) if flip else (top[3], low[1])
        b.draw(
            MARK,
            lambda pen: [pen.line([(p, y), (q, to)], c, b.thin, dash) for p, q in ((x0, low[0]), (x1, low[2]))],
            "lines",
        )
        chart(low, a, z, width * 1.4)
    else:
        bars, base = rng.random(b.some(12, 60)) ** 2, top[3] - 0.002
        if b.chance(0.5):
            c, step = b.soft(b.pick(*hues), 0.5), (right - left) / len(bars)
            for k, v in enumerate(bars):
                bar = (left + step * (k + 0.15), base - v * 0.16, left + step * (k + 0.85), base)
                b.draw(DATA, lambda pen: pen.box(bar, c), "bar" if k == 0 else "")
    for _ in range(b.some(0, 3)):
        t, y = series[0]
        j = b.some(5, n - 6)
        p = at(top, t[j], y[j])
        up = -1 if y[j] < 0.6 else 1
        q = (p[0] + b.uniform(-0.08, 0.08), p[1] + up * b.uniform(0.06, 0.13))
        with b.group("note"):
            if b.chance(0.6):
                b.arrow([q, (p[0], p[1] + up * 0.012)], style.foreground, width=b.thin * 1.2, head=0.016)
            else:
                b.draw(
                    MARK, lambda pen: (pen.disc(p, 0.012, None, style.foreground, b.thin), pen.line([p, q], style.foreground, b.thin))
                )
            b.text(
                (q[0], q[1] + up * 0.006),
                b.word(),
                b.size,
                anchor="mb" if up < 0 else "mt",
                what="note",
                halo=style.background if b.chance(0.4) else None,
            )
    if count > 1:
        b.legend((left + 0.02, top[1] + 0.01), b.words(count, 9), hues, "line", b.chance(0.5))
    return "A series over time with events", b.parts


TEMPLATES = (Template("plot", "event series", 1.1, make),)
