"""A spectrum or chromatogram: a dense trace or sticks, peaks with slanted names and thin leaders, an enlarged
inset, stacked traces."""

import numpy as np

from ...kit import DATA, MARK, SHAPE, Board, Template


def trace(rng, n, peaks, noise):
    t = np.linspace(0, 1, n)
    at, high = np.sort(rng.uniform(0.05, 0.95, peaks)), rng.beta(1, 2.2, peaks) * 0.85 + 0.08
    y = sum(h / (1 + ((t - m) / w) ** 2) for m, h, w in zip(at, high, rng.uniform(0.002, 0.012, peaks)))
    return t, np.clip(y + np.abs(rng.normal(0, noise, n)) + 0.02, 0, 1.1), at, high


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.7 else None)
    style = b.style
    stack, sticks, flipped = b.pick(1, 1, 1, 2, 3), b.chance(0.25), b.chance(0.15)
    left = b.size * 3 + 0.03
    box = (left, 0.1, 0.97, 1 - b.size * 3.3 - 0.03)
    x0, y0, x1, y1 = box
    hues, width = b.colours(stack), b.uniform(0.0022, 0.006)
    with b.group("plot"):
        b.axes(
            box,
            b.ticks(b.some(4, 7)),
            b.ticks(3) if b.chance(0.6) else [],
            b.pick("L", "box", "bottom"),
            b.pick("none", "none", "y"),
            x_name=(
                b.pick("m/z", "Wavenumber", "ppm", "Time (min)", "2θ")
                if style.split == "train"
                else b.pick("Energy (eV)", "Wavelength")
            ),
            y_name=b.word() if b.chance(0.6) else "",
        )
        part = (y1 - y0) / stack
        for k in range(stack):
            t, y, at, high = trace(rng, b.some(150, 500), b.some(4, 16), b.pick(0, 0.004, 0.02))
            base, tall = y1 - part * k - 0.01, part * (0.72 if stack == 1 else 0.85)
            X, Y = lambda v: x0 + (x1 - x0) * v, lambda v: (y0 + part * 0.1 + v * tall) if flipped else base - v * tall
            c = hues[k] if b.chance(0.7) else style.foreground
            with b.group("series"):
                if sticks:
                    for m, h in zip(at, high):
                        b.draw(
                            DATA,
                            lambda pen, m=m, h=h, c=c: pen.line([(X(m), Y(0)), (X(m), Y(h))], c, width * 1.3),
                            "spectrum" if m == at[0] else "",
                        )
                else:
                    if b.chance(0.2):
                        b.draw(
                            DATA,
                            lambda pen, p=[
                                (X(0), Y(0)),
                                *((X(a), Y(v)) for a, v in zip(t, y)),
                                (X(1), Y(0)),
                            ], c=c: pen.polygon(p, c, alpha=0.3),
                        )
                    b.draw(
                        DATA, lambda pen, p=[(X(a), Y(v)) for a, v in zip(t, y)], c=c: pen.line(p, c, width), "spectrum"
                    )
            if stack > 1:
                b.text((x1 - 0.01, base - part * 0.6), b.word(), b.size, c, "rm", width=0.3)
            else:
                slant = b.pick(0, 0, -1.2, -1.57)
                last = -1.0
                for m, h in sorted(zip(at, high), key=lambda q: -q[1])[: b.some(2, 7)]:
                    if abs(m - last) < 0.05:
                        continue
                    last = m
                    lift = 0.03 if b.chance(0.4) else 0.006
                    with b.group("peak"):
                        if lift > 0.01:
                            b.draw(
                                MARK,
                                lambda pen, m=m, h=h: pen.line(
                                    [(X(m), Y(h) - 0.004), (X(m), Y(h) - lift)], style.foreground, b.thin * 0.7
                                ),
                                "leader line",
                            )
                        b.text(
                            (X(m), Y(h) - lift - 0.003),
                            f"{rng.uniform(50, 2000):.{b.some(0, 2)}f}" if b.chance(0.7) else b.word(7),
                            b.size * 0.85,
                            anchor="lm" if slant else "mb",
                            turn=slant,
                            what="peak",
                        )
        if b.chance(0.25) and stack == 1:
            inset = (x1 - (x1 - x0) * 0.42, y0 + 0.01, x1 - 0.01, y0 + (y1 - y0) * 0.42)
            t, y, _, _ = trace(rng, 120, 4, 0.01)
            with b.group("inset"):
                b.draw(SHAPE, lambda pen: pen.box(inset, style.background, style.foreground, b.thin), "inset")
                b.draw(
                    MARK,
                    lambda pen: pen.line(
                        [
                            (
                                inset[0] + (inset[2] - inset[0]) * a,
                                inset[3] - 0.01 - (inset[3] - inset[1] - 0.02) * min(v, 0.95),
                            )
                            for a, v in zip(t, y)
                        ],
                        hues[0],
                        width,
                    ),
                    "",
                )
        for _ in range(b.some(0, 2)):
            m = b.uniform(x0 + 0.05, x1 - 0.1)
            w, c = b.uniform(0.03, 0.1), style.colour(rng)
            b.draw(DATA, lambda pen, m=m, w=w, c=c: pen.box((m, y0, m + w, y1), c, alpha=0.18), "marked region")
    return "A spectrum", b.parts


TEMPLATES = (Template("plot", "spectrum", 1.0, make),)
