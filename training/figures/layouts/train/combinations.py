"""Counts of combinations: bars above a matrix of dots and links, set sizes at the left; or bars back to back (a
pyramid), or rows of small squares that are counted (waffle), or of signs."""

import numpy as np

from ...kit import DATA, MARK, PANEL, Board, Template, mixed, readable


def combinations(b):
    style, sets, n = b.style, b.some(3, 7), b.some(6, 18)
    x0, x1, split = b.uniform(0.28, 0.4), 0.97, b.uniform(0.5, 0.62)
    step, tall = (x1 - x0) / n, (0.95 - split) / sets
    values = np.sort(b.rng.gamma(1.2, 1, n))[::-1]
    values, hue, pale = (
        values / values.max(),
        b.pick(style.foreground, *b.colours(2)),
        mixed(style.background, style.foreground, b.uniform(0.12, 0.25)),
    )
    r, picked, special = min(step, tall) * b.uniform(0.25, 0.36), b.chance(0.4), style.strong(b.rng)
    for k in range(0, sets, 2):
        stripe = (x0 - 0.01, split + tall * k, x1, split + tall * (k + 1))
        b.draw(PANEL, lambda pen: pen.box(stripe, mixed(style.background, style.foreground, 0.06)), "stripe")
    with b.group("plot"):
        b.axes(
            (x0, 0.08, x1, split - 0.04),
            [],
            b.ticks(b.some(2, 4)),
            b.pick("L", "box"),
            y_name=b.word() if b.chance(0.5) else "",
        )
        for k, v in enumerate(values):
            c = special if picked and k in (1, 4) else hue
            x = x0 + step * (k + 0.5)
            bar = (x - step * 0.34, split - 0.04 - (split - 0.14) * v, x + step * 0.34, split - 0.04)
            b.draw(DATA, lambda pen: pen.box(bar, c), "bar" if k == 0 else "")
            if n < 13:
                b.text((x, bar[1] - 0.006), f"{v * 500:.0f}", min(b.size, step * 0.6), anchor="mb", what="")
            on = sorted(b.rng.choice(sets, b.pick(1, 1, 2, 2, 3), replace=False))
            y = lambda j: split + tall * (j + 0.5)
            with b.group("combination"):
                b.draw(DATA, lambda pen: [pen.disc((x, y(j)), r, pale) for j in range(sets) if j not in on], "")
                b.draw(
                    DATA,
                    lambda pen: (
                        pen.line([(x, y(on[0])), (x, y(on[-1]))], c, r * 0.6),
                        [pen.disc((x, y(j)), r, c) for j in on],
                    ),
                    "dots of a combination",
                )
    sizes, hues = b.rng.uniform(0.2, 1, sets), b.colours(sets)
    for j in range(sets):
        y, c = split + tall * (j + 0.5), hues[j] if picked else hue
        bar = (0.16 - 0.13 * sizes[j], y - tall * 0.3, 0.16, y + tall * 0.3)
        b.draw(DATA, lambda pen: pen.box(bar, c), "size of a set")
        b.text((0.175, y), b.word(8), min(b.size, tall * 0.7), anchor="lm", what="name", width=x0 - 0.2)
    return "Combinations of sets", b.parts


def pyramid(b):
    style, n = b.style, b.some(5, 16)
    y0, y1, gap = b.uniform(0.14, 0.2), b.uniform(0.85, 0.92), b.pick(0.0, 0.06, 0.08)
    tall, (c, d) = (y1 - y0) / n, b.colours(2)
    t, outline, lying, thin = np.linspace(0, 1, n), b.chance(0.3), b.chance(0.3), b.pick(0.05, 0.2, 0.4)
    for side, hue in ((-1, c), (1, d)):
        v = np.clip(
            0.25 + 0.6 * np.exp(-(((t - b.uniform(0.3, 0.8)) / 0.4) ** 2)) + b.rng.normal(0, 0.05, n), 0.05, 0.98
        )
        with b.group("series"):
            for k in range(n):
                a = 0.5 + side * gap
                z = a + side * v[k] * 0.36
                bar = (min(a, z), y0 + tall * (k + thin / 2), max(a, z), y0 + tall * (k + 1 - thin / 2))
                fill = b.shade(bar, hue) if lying else hue
                b.draw(
                    DATA,
                    lambda pen: pen.box(bar, fill, style.foreground if outline else None, b.thin),
                    "bar" if k == 0 else "",
                )
                if n < 9:
                    b.text(
                        (z + side * 0.008, y0 + tall * (k + 0.5)),
                        f"{v[k] * 50:.0f}",
                        b.size * 0.9,
                        anchor="lm" if side > 0 else "rm",
                        what="",
                    )
        b.text((0.5 + side * 0.22, y0 - 0.03), b.word(), b.size * 1.2, hue if b.chance(0.4) else style.foreground, what="name")
    for k in range(n) if gap else ():
        b.text((0.5, y0 + tall * (k + 0.5)), f"{k * 5}-{k * 5 + 4}", min(b.size, tall * 0.8), what="", width=gap * 1.9)
    ends = (0.5 - gap - 0.37, 0.5 - gap, 0.5 + gap, 0.5 + gap + 0.37)
    b.draw(
        PANEL,
        lambda pen: (
            pen.line([(ends[0], y1), (ends[1], y1)], style.foreground, b.thin),
            pen.line([(ends[2], y1), (ends[3], y1)], style.foreground, b.thin),
        ),
        "axis",
    )
    if b.chance(0.3):
        y = y0 + (y1 - y0) * b.uniform(0.2, 0.8)
        b.draw(MARK, lambda pen: pen.line([(ends[0], y), (ends[3], y)], style.foreground, b.thin, (0.012, 0.008)), "line")
    return "Bars back to back", b.parts


def make(rng, style):
    b = Board(rng, style)
    kind = b.pick("combinations", "combinations", "pyramid", "waffle")
    if kind != "waffle":
        return (combinations if kind == "combinations" else pyramid)(b)
    style, fields = b.style, b.pick(1, 2, 2, 3)
    n, hues, look = (
        b.pick(6, 8, 10) if fields == 1 else b.pick(5, 6, 8),
        b.colours(4),
        b.pick("square", "disc", "icon", "ring"),
    )
    side = min(0.9 / fields, 0.66) * 0.92
    for f in range(fields):
        x0, y0 = 0.5 + (f - fields / 2) * 0.94 / fields + (0.94 / fields - side) / 2, 0.17
        step, rest = side / n, mixed(style.background, style.foreground, b.uniform(0.08, 0.25))
        cuts = np.sort(rng.random(b.some(1, 3))) * n * n
        if b.chance(0.2):
            plate = (x0 - 0.02, y0 - 0.02, x0 + side + 0.02, y0 + side + 0.02)
            b.draw(PANEL, lambda pen: pen.box(plate, b.soft(hues[0], 0.88), None, 0, 0.01), "plate")
        with b.group("series"):
            for k in range(n * n):
                j = int((k >= cuts).sum())
                c = hues[j] if j < len(cuts) else rest
                p = (x0 + step * (k % n + 0.5), y0 + step * (k // n + 0.5))
                box = (p[0] - step * 0.42, p[1] - step * 0.42, p[0] + step * 0.42, p[1] + step * 0.42)
                if look == "square":
                    b.draw_pillow(DATA, lambda pen: pen.box(box, c), "square" if k == 0 else "")
                else:
                    b.draw(
                        DATA,
                        lambda pen: pen.disc(
                            p, step * 0.36, c if look != "ring" else None, c, step * 0.12 if look == "ring" else 0
                        ),
                        "disc" if k == 0 else "",
                    )
        big = f"{100 * cuts[0] / n / n:.0f}%"
        b.text((x0, y0 + side + 0.06), big, 0.075, hues[0] if b.chance(0.7) else style.foreground, "lm", "number")
        b.text((x0 + 0.14, y0 + side + 0.06), b.word(10), b.size, anchor="lm", width=max(side - 0.14, 0.08))
    b.text((0.04, 0.07), style.phrase(rng, 2, 5), b.size * 1.6, readable(rng, style.background), "lm", "title", width=0.9)
    return "Shares in squares", b.parts


TEMPLATES = (Template("plot", "combinations", 1.0, make),)
