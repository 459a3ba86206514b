"""The front of a measuring instrument: traces with a glow on a ruled screen, cursors, read-outs, tags of channels,
soft keys and knobs; or the screen alone."""

import numpy as np

from ...kit import BACKGROUND, DATA, MARK, PANEL, SHAPE, Board, Template, el, mixed, readable

NEON = ((255, 230, 40), (60, 240, 255), (255, 90, 200), (90, 255, 120), (255, 150, 40), (240, 240, 240))


def wave(rng, t):
    f, kind = rng.uniform(1, 12), int(rng.integers(7))
    p = t * f + rng.random()
    y = (
        np.sin(6.283 * p),
        np.sign(np.sin(6.283 * p)),
        2 * np.abs(2 * (p % 1) - 1) - 1,
        2 * (p % 1) - 1,
        np.sin(6.283 * p * 3) * np.sin(6.283 * t * 1.5),
        np.exp(-(p % 1) * 5) * 2 - 1,
        (rng.random(16)[(t * 15.99).astype(int)] > 0.5) * 2.0 - 1,
    )[kind]
    return y + rng.normal(0, rng.choice([0, 0.02, 0.08]), len(t))


def make(rng, style):
    b = Board(rng, style, "none")
    alone, old = b.chance(0.35), b.chance(0.2)
    case = b.pick(
        (58, 62, 68), (205, 208, 205), (30, 30, 34), (120, 128, 120), mixed(style.colour(rng), (90, 90, 90), 0.6)
    )
    shade = el.gradient(rng, case, mixed(case, (0, 0, 0), b.uniform(0.05, 0.4)))
    b.add(
        el.picture(
            BACKGROUND, (0, 0, 1, 1), lambda w, h: np.broadcast_to(shade(w, h), (h, w, 3)), "case of an instrument"
        )
    )
    box = (
        (0.03, 0.09, 0.97, 0.9) if alone else (0.05, b.uniform(0.1, 0.14), b.uniform(0.66, 0.78), b.uniform(0.76, 0.88))
    )
    x0, y0, x1, y1 = box
    screen = b.pick((0, 0, 0), (4, 18, 10), (10, 14, 40), (20, 22, 26), (222, 232, 226) if old else (0, 0, 0))
    pale = sum(screen) > 400
    grid, nx, ny = (
        mixed(screen, (255, 255, 255) if not pale else (0, 0, 0), b.uniform(0.15, 0.45)),
        b.pick(8, 10, 12),
        b.pick(6, 8, 10),
    )
    dash, fine = b.pick((), (0.003, 0.008), (0.006, 0.006)), b.uniform(0.0022, 0.004)
    foreground = (20, 20, 20) if pale else (235, 235, 235)

    line_width = b.uniform(0.004, 0.012)
    radius = b.pick(0, 0.01, 0.03)

    def paint(pen):
        pen.box(box, screen, mixed(case, (0, 0, 0), 0.6), line_width, radius)
        for k in range(1, nx):
            x = x0 + (x1 - x0) * k / nx
            pen.line([(x, y0), (x, y1)], grid, fine, () if k * 2 == nx else dash)
        for k in range(1, ny):
            y = y0 + (y1 - y0) * k / ny
            pen.line([(x0, y), (x1, y)], grid, fine, () if k * 2 == ny else dash)
        for k in range(nx * 5):
            x, y = x0 + (x1 - x0) * k / nx / 5, (y0 + y1) / 2
            pen.line([(x, y - 0.006), (x, y + 0.006)], grid, fine)

    b.draw(PANEL, paint, "screen")
    count, t = b.some(1, 4), np.linspace(0, 1, b.some(120, 420))
    start, glow = b.some(0, 5), b.chance(0.4)
    xy = b.chance(0.12)
    for k in range(count):
        c = NEON[(start + k) % 6] if not pale else mixed(NEON[(start + k) % 6], (0, 0, 0), 0.6)
        middle, tall = y0 + (y1 - y0) * ((k + 0.5) / count if b.chance(0.6) else b.uniform(0.3, 0.7)), b.uniform(
            0.05, 0.14
        )
        tall = min(tall * (2 if count == 1 else 1), middle - y0 - 0.01, y1 - middle - 0.01)
        points = [(x0 + (x1 - x0) * u, middle - tall * v * 0.92) for u, v in zip(t, wave(rng, t))]
        if xy:
            a = t * 6.2832
            points = [
                ((x0 + x1) / 2 + 0.24 * np.sin(a * (k + 2)), (y0 + y1) / 2 + 0.24 * np.sin(a * (k + 3) + k)) for a in a
            ]
        width = b.uniform(0.0025, 0.008)
        with b.group("series"):
            if glow:
                b.draw(DATA, lambda pen: pen.line(points, c, width * 3), "", 0.4, blur=0.012)
            b.draw(DATA, lambda pen: pen.line(points, c, width), "trace")
        if b.chance(0.7):
            with b.group("channel"):
                tag = [
                    (x0 + 0.002, middle - 0.02),
                    (x0 + 0.026, middle - 0.02),
                    (x0 + 0.038, middle),
                    (x0 + 0.026, middle + 0.02),
                    (x0 + 0.002, middle + 0.02),
                ]
                b.draw(SHAPE, lambda pen: pen.polygon(tag, c), "channel tag")
                b.text((x0 + 0.015, middle), str(k + 1), 0.03, readable(rng, c), what="")
        b.text(
            (x0 + 0.01 + (x1 - x0) * k / count, y1 + 0.012),
            f"CH{k + 1} {b.pick('1.00', '200', '50.0', '5.00')} {b.pick('V', 'mV')}",
            min(b.size, 0.036),
            c if alone or luminous(case) < 0.5 else (15, 15, 15),
            "lt",
            "read-out",
            width=(x1 - x0) / count - 0.02,
        )
    for _ in range(b.pick(0, 0, 1, 2)):
        c, up, at = b.pick((255, 255, 255), (255, 160, 0), (255, 80, 80)), b.chance(0.6), b.uniform(0.12, 0.88)
        ends = [(x0 + (x1 - x0) * at, y) for y in (y0, y1)] if up else [(x, y0 + (y1 - y0) * at) for x in (x0, x1)]
        b.draw(
            MARK,
            lambda pen: pen.line(ends, mixed(c, (0, 0, 0), 0.4) if pale else c, fine * 1.3, (0.014, 0.008)),
            "cursor",
        )
    if b.chance(0.5):
        plate = (x1 - 0.24, y0 + 0.015, x1 - 0.012, y0 + 0.02 + b.size * 3.4)
        with b.group("read-out"):
            b.draw(SHAPE, lambda pen: pen.box(plate, screen, grid, fine * 1.5), "read-out", b.pick(1.0, 0.75))
            for k, s in enumerate((f"Δt {rng.uniform(1, 99):.1f} µs", f"ΔV {rng.uniform(0.1, 9):.2f} V")):
                b.text(
                    (plate[0] + 0.012, plate[1] + b.size * (0.95 + 1.4 * k)), s, b.size * 0.9, foreground, "lm", "", width=0.2
                )
    b.text((x0, y0 - 0.015), b.pick("RUN", "STOP", "AUTO", "Trig'd", "M 5.00 ms"), 0.035, readable(rng, case), "lb")
    if alone:
        return "The screen of an oscilloscope", b.parts
    for k in range(b.some(3, 7)):
        y = y0 + 0.09 * k
        key, c = (x1 + 0.025, y, x1 + 0.12, y + 0.055), b.pick(
            mixed(case, (255, 255, 255), 0.25), (30, 32, 36), style.colour(rng)
        )
        radius_2 = b.pick(0.0, 0.008)
        b.draw(
            SHAPE,
            lambda pen: pen.box(key, c, mixed(c, (0, 0, 0), 0.5), fine, radius_2),
            "key",
            shadow=b.pick(0, 0.004),
        )
        b.text((x1 + 0.0725, y + 0.028), b.word(6), 0.026, readable(rng, c), what="", width=0.085)
    r = b.uniform(0.028, 0.045)
    spots = [(x1 + 0.19, y0 + 0.05 + 0.14 * k) for k in range(b.some(1, 5))] + [
        (0.1 + 0.13 * k, 0.94) for k in range(b.pick(0, 0, 5))
    ]
    for p in spots:
        c, turn = b.pick((40, 42, 46), (210, 210, 210), mixed(case, (0, 0, 0), 0.4)), b.uniform(0, 6.28)
        fill = b.shade((p[0] - r, p[1] - r, p[0] + r, p[1] + r), c)

        def knob(pen):
            pen.disc(p, r, fill, mixed(c, (0, 0, 0), 0.6), fine)
            pen.line(pen.round(p, r, [(0.3, 0), (0.95, 0)], turn), readable(np.random.default_rng(0), c), 0.006)

        b.draw(SHAPE, knob, "knob", shadow=0.008)
    return "An oscilloscope", b.parts


def luminous(c):
    return (0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2]) / 255


TEMPLATES = (Template("plot", "oscilloscope", 1.0, make),)
