"""Curves with bands, markers and broken lines; legends in every place; a marked region, a threshold, a note with an
arrow, an inset."""

import numpy as np

from ...kit import DATA, MARK, SHAPE, Board, Template, shrink


def family(rng, n, count):
    """Curves of one kind: n values in [0,1], `count` of them."""
    t = np.linspace(0, 1, n)
    kind = rng.integers(6)
    shift = rng.uniform(0.8, 1.2, count)
    if kind == 0:
        return [1 / (1 + np.exp(-(t - rng.uniform(0.25, 0.75)) * rng.uniform(8, 20))) * 0.8 * s + 0.05 for s in shift]
    if kind == 1:
        return [np.exp(-t * rng.uniform(1, 5)) * 0.8 * s + 0.07 for s in shift]
    if kind == 2:
        return [
            0.45
            + 0.3 * np.sin(t * rng.uniform(5, 15) + rng.random() * 6) * np.exp(-t * rng.uniform(0, 2))
            + 0.1 * (s - 1)
            for s in shift
        ]
    if kind == 3:
        return [np.clip(0.15 + rng.normal(0.012, 0.05, n).cumsum() / np.sqrt(n / 20), 0.02, 0.97) for _ in shift]
    if kind == 4:
        return [
            sum(
                np.exp(-(((t - m) / w) ** 2)) * h
                for m, w, h in zip(rng.random(3), rng.uniform(0.04, 0.15, 3), rng.uniform(0.2, 0.7, 3))
            )
            + 0.05
            for _ in shift
        ]
    return [0.1 + 0.7 * t ** rng.uniform(0.4, 2.5) * s for s in shift]


def make(rng, style):
    b = Board(rng, style)
    style = b.style
    series, n = b.some(1, 5), int(rng.choice([6, 9, 14, 60, 120]))
    colours, place = b.colours(series), b.pick("in", "in", "right", "top", "direct")
    left = b.size * 3.4 + 0.04
    box = (
        left,
        0.06 + (0.08 if place == "top" else 0),
        0.97 - (0.2 if place in ("right", "direct") else 0),
        1 - b.size * 3.3 - 0.03,
    )
    x0, y0, x1, y1 = box
    values = [np.clip(v, 0.02, 0.98) for v in family(rng, n, series)]
    t = np.linspace(0.02, 0.98, n)
    width, dashes = b.uniform(0.003, 0.012), [(), (0.02, 0.012), (0.006, 0.008), (0.03, 0.01, 0.006, 0.01)]
    mixed_dashes, marked, banded = b.chance(0.35), n < 20 and b.chance(0.7), b.chance(0.3)
    names = b.words(series, 9)
    with b.group("plot"):
        b.axes(
            box,
            b.ticks(b.some(3, 6), "year" if b.chance(0.15) else ""),
            b.ticks(b.some(3, 5)),
            x_name=b.word() if b.chance(0.7) else "",
            y_name=b.word() if b.chance(0.7) else "",
        )
        if b.chance(0.25):
            a = b.uniform(0.1, 0.6)
            region = (x0 + (x1 - x0) * a, y0, x0 + (x1 - x0) * (a + b.uniform(0.08, 0.3)), y1)
            tone = style.colour(rng)
            b.draw(DATA, lambda pen: pen.box(region, tone, alpha=0.25), "marked region")
        for k, (v, c) in enumerate(zip(values, colours)):
            points = [(x0 + (x1 - x0) * a, y1 - (y1 - y0) * y) for a, y in zip(t, v)]
            with b.group("series"):
                if banded:
                    e = (0.02 + 0.05 * rng.random(n)) * (y1 - y0)
                    outline = [(p[0], max(p[1] - d, y0)) for p, d in zip(points, e)] + [
                        (p[0], min(p[1] + d, y1)) for p, d in reversed(list(zip(points, e)))
                    ]
                    b.draw(DATA, lambda pen, q=outline, c=c: pen.polygon(q, c, alpha=0.25))
                dash = dashes[k % 4] if mixed_dashes else ()
                smooth = n < 20 and b.chance(0.3)

                def curve(pen, p=points, c=c, d=dash, k=k, smooth=smooth) -> None:
                    (pen.curve if smooth else pen.line)(p, c, width, d)
                    if marked:
                        for q in p:
                            b.marker(
                                pen, k % 5, q, max(width * 1.4, 0.008), c, style.background if k % 2 else None, width * 0.3
                            )

                b.draw(DATA, curve, "line plot" if k == 0 else "")
            if place == "direct":
                b.text((x1 + 0.012, points[-1][1]), names[k], b.size, c, "lm", width=0.19)
        if b.chance(0.25):
            y, c = b.uniform(y0 + 0.1, y1 - 0.1), style.foreground if b.chance(0.5) else style.strong(rng)
            b.draw(MARK, lambda pen: pen.line([(x0, y), (x1, y)], c, b.thin, (0.015, 0.01)), "threshold")
            b.text((x1 - 0.01, y - 0.006), b.word(), b.size * 0.9, c, "rb", "")
        if b.chance(0.35):
            k = b.some(0, series - 1)
            j = b.some(n // 4, 3 * n // 4)
            tip = (x0 + (x1 - x0) * t[j], y1 - (y1 - y0) * values[k][j])
            tail = (
                min(max(tip[0] + b.uniform(-0.2, 0.2), x0 + 0.1), x1 - 0.1),
                max(tip[1] - b.uniform(0.1, 0.25), y0 + 0.03),
            )
            b.arrow([tail, tip], style.foreground, width=b.thin)
            b.text((tail[0], tail[1] - 0.005), b.word(), b.size, anchor="mb")
        if series > 1 and place in ("in", "right", "top"):
            at = {
                "in": (x0 + 0.04 if b.chance(0.5) else x1 - 0.26, y0 + 0.02),
                "right": (x1 + 0.02, y0 + 0.05),
                "top": (x0, max(y0 - b.size * 2, 0.01)),
            }[place]
            b.legend(
                at,
                names,
                colours,
                b.pick("line", "line", "dot", "box"),
                place == "in" and b.chance(0.5),
                b.size * 0.95,
                place == "top" and series < 4,
            )
        if b.chance(0.2):
            inset = (x0 + (x1 - x0) * 0.55, y0 + 0.03, x1 - 0.02, y0 + (y1 - y0) * 0.42)
            with b.group("inset"):
                b.draw(SHAPE, lambda pen: pen.box(inset, style.background, style.foreground, b.thin), "inset")
                inner, own = shrink(inset, 0.08, 0.1, 0.06, 0.12), family(rng, 40, 2)
                for v, c in zip(own, colours * 2):
                    p = [
                        (inner[0] + (inner[2] - inner[0]) * a, inner[3] - (inner[3] - inner[1]) * min(max(y, 0), 1))
                        for a, y in zip(np.linspace(0, 1, 40), v)
                    ]
                    b.draw(MARK, lambda pen, p=p, c=c: pen.line(p, c, width * 0.7))
    return "A line plot", b.parts


TEMPLATES = (Template("plot", "curves", 1.4, make),)
