"""Recordings one below the other: heart beats on ruled paper, sensors, spikes and rasters, with stimuli above, shaded
periods, marks of time, L-shaped scales and names at the left; axes are rare."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, mixed


def beat(rng, t, rate, form):
    y = np.zeros(len(t))
    for at in np.arange(rng.random() / rate, 1.1, 1 / rate):
        at += rng.normal(0, 0.006)
        for d, h, w in form:
            y += h * np.exp(-(((t - at - d / rate) * rate / w) ** 2))
    return y


def signal(rng, kind, t):
    if kind == "heart":
        return beat(
            rng,
            t,
            rng.uniform(3, 9),
            ((-0.18, 0.14, 0.04), (-0.03, -0.12, 0.012), (0, 1, 0.014), (0.03, -0.25, 0.014), (0.26, 0.28, 0.06)),
        )
    if kind == "spikes":
        y = rng.normal(0, 0.05, len(t))
        hits = rng.choice(len(t), int(rng.integers(4, 40)))
        y[hits] += rng.uniform(0.6, 1, len(hits))
        return y
    if kind == "calcium":
        return beat(rng, t, rng.uniform(2, 7), ((0, 0.7, 0.05), (0.08, 0.5, 0.1), (0.2, 0.25, 0.15))) + rng.normal(
            0, 0.03, len(t)
        )
    if kind == "breath":
        return np.sin(t * rng.uniform(15, 40) + rng.random() * 6) * (0.5 + 0.4 * np.sin(t * 6)) * 0.6
    y = rng.normal(0, 1, len(t))
    wide = int(rng.integers(1, 9))
    return np.convolve(y, np.ones(wide) / wide**0.5, "same") * 0.25


def make(rng, style):
    background = rng.random() < 0.3
    b = Board(rng, style, "white" if background else None)
    style, n = b.style, b.some(1, 9)
    left, x1, y0, y1 = b.pick(0.04, 0.14, 0.2), b.uniform(0.9, 0.98), b.uniform(0.1, 0.18), b.uniform(0.82, 0.93)
    if background:
        tone = b.pick((235, 120, 120), (120, 190, 150), (140, 160, 210), style.strong(rng))
        step, area = b.uniform(0.018, 0.03), (
            (0.0, 0.0, 1.0, 1.0) if b.chance(0.5) else (left - 0.02, y0 - 0.03, x1 + 0.02, y1 + 0.03)
        )

        def ruled(pen):
            pen.box(area, mixed(tone, style.background, 0.9))
            for j, x in enumerate(np.arange(area[0], area[2], step)):
                pen.line(
                    [(x, area[1]), (x, area[3])],
                    mixed(tone, style.background, 0.35 if j % 5 == 0 else 0.65),
                    0.004 if j % 5 == 0 else 0.0025,
                )
            for j, y in enumerate(np.arange(area[1], area[3], step)):
                pen.line(
                    [(area[0], y), (area[2], y)],
                    mixed(tone, style.background, 0.35 if j % 5 == 0 else 0.65),
                    0.004 if j % 5 == 0 else 0.0025,
                )

        b.draw(PANEL, ruled, "ruled paper")
    periods = np.sort(rng.uniform(0.05, 0.95, 2 * b.pick(0, 0, 1, 2, 3))).reshape(-1, 2)
    X = lambda u: left + (x1 - left) * u
    for k, (a, z) in enumerate(periods):
        c = b.pick(style.strong(rng), mixed(style.background, style.foreground, 0.4))
        as_bar = b.chance(0.5)
        span = (X(a), y0 - 0.045, X(z), y0 - 0.025) if as_bar else (X(a), y0 - 0.02, X(z), y1 + 0.01)
        with b.group("period"):
            b.draw(
                SHAPE if as_bar else PANEL,
                lambda pen: pen.box(span, c),
                "stimulus" if as_bar else "shaded period",
                1.0 if as_bar else b.pick(0.15, 0.3, 0.45),
            )
            b.text(
                ((X(a) + X(z)) / 2, y0 - 0.05), b.word(8), b.size, anchor="mb", what="", width=max(X(z) - X(a), 0.08)
            )
    slot, hues = (y1 - y0) / n, b.colours(n)
    one = b.pick(style.foreground, hues[0])
    many, kind = b.chance(0.6), b.pick("heart", "spikes", "calcium", "breath", "noise")
    width, tight = b.uniform(0.0018, 0.006), b.pick(0.4, 0.5, 0.75)
    t, frames = np.linspace(0, 1, b.some(150, 500)), b.chance(0.15)
    for k in range(n):
        middle = y0 + slot * (k + 0.6)
        c = hues[k] if many else one
        with b.group("recording"):
            if frames:
                box = (left, y0 + slot * k + 0.006, x1, y0 + slot * (k + 1) - 0.006)
                b.draw(PANEL, lambda pen: pen.box(box, None, style.foreground, b.thin), "frame")
            if kind == "spikes" and b.chance(0.4) and n > 1:
                ticks = rng.random(b.some(10, 60))
                b.draw(
                    DATA,
                    lambda pen: [
                        pen.line([(X(u), middle - slot * 0.28), (X(u), middle + slot * 0.2)], c, width) for u in ticks
                    ],
                    "raster",
                )
            else:
                y = signal(rng, kind if b.chance(0.7) else b.pick("heart", "calcium", "breath", "noise"), t)
                points = [(X(u), middle - v * slot * tight) for u, v in zip(t, y)]
                if b.chance(0.12):
                    b.draw(DATA, lambda pen: pen.polygon([(X(0), middle), *points, (X(1), middle)], c, alpha=0.3))
                b.draw(DATA, lambda pen: pen.line(points, c, width, join="bevel"), "recording" if k == 0 else "")
            if left > 0.1:
                b.text(
                    (left - 0.02, middle),
                    b.word(9),
                    min(b.size, slot * 0.7),
                    c if b.chance(0.3) else style.foreground,
                    "rm",
                    "name",
                    width=left - 0.03,
                )
    for _ in range(b.pick(0, 0, 1, 3)):
        x, y = X(b.uniform(0.05, 0.95)), y0 + slot * b.some(0, n - 1) + slot * 0.05
        if b.chance(0.5):
            b.arrow([(x, y - 0.05), (x, y)], b.pick(style.foreground, style.strong(rng)), width=0.005)
        else:
            b.text((x, y), b.pick("*", "**", "1"), b.size * 1.3)
    for x in [X(b.uniform(0.1, 0.9)) for _ in range(b.pick(0, 0, 1, 2))]:
        b.draw(
            MARK,
            lambda pen: pen.line([(x, y0 - 0.02), (x, y1 + 0.02)], style.foreground, b.thin, (0.01, 0.008)),
            "broken line",
        )
    if b.chance(0.7):
        x, y, w, h = X(b.pick(0.82, 0.03)), min(y1 + 0.05, 0.95), b.uniform(0.06, 0.14), b.uniform(0.03, 0.07)
        with b.group("scale bar"):
            wide_2 = b.uniform(0.003, 0.008)
            b.draw(
                MARK,
                lambda pen: pen.line([(x, y - h), (x, y), (x + w, y)], style.foreground, wide_2, join="miter"),
                "scale bars",
            )
            b.text((x + w / 2, y + 0.006), b.pick("1 s", "200 ms", "10 s", "50 ms"), b.size * 0.9, anchor="mt", what="")
            b.text((x - 0.008, y - h / 2), b.pick("1 mV", "20 µV", "50 pA", "0.5"), b.size * 0.9, anchor="rm", what="")
    if b.chance(0.3):
        b.letter((0.02, 0.02, 1, 1), b.some(0, 5), b.pick("upper", "lower", "bracket"), 0.06)
    return "Recordings", b.parts


TEMPLATES = (Template("plot", "recordings", 1.1, make),)
