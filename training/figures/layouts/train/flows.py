"""Flows between columns of bars: translucent ribbons whose width is the amount, names and figures at the bars."""

import numpy as np

from ...kit import DATA, SHAPE, Board, Template, Shade


def make(rng, style):
    b = Board(rng, style)
    style, columns = b.style, b.some(2, 4)
    xs, wide = np.linspace(0.12, 0.86, columns), b.uniform(0.015, 0.04)
    counts = [b.some(2, 5) for _ in range(columns)]
    gap, top, low = b.uniform(0.015, 0.05), 0.1, 0.95
    shares = [rng.dirichlet(np.full(n, 2.5)) for n in counts]
    tall = [(low - top - gap * (n - 1)) for n in counts]
    tops = [top + np.concatenate([[0], (s * t + gap).cumsum()[:-1]]) for s, t in zip(shares, tall)]
    hues, graded, opacity = [b.colours(n, 60) for n in counts], b.chance(0.35), b.uniform(0.3, 0.75)
    for c in range(columns - 1):
        m = rng.dirichlet(np.full(counts[c + 1], 1.2), counts[c]) * shares[c][:, None]
        for _ in range(30):  # amounts that fit both columns
            m *= (shares[c + 1] / m.sum(0))[None]
            m *= (shares[c] / m.sum(1))[:, None]
        at, to = tops[c].copy(), tops[c + 1].copy()
        with b.group("flows"):
            for i in range(counts[c]):
                for j in range(counts[c + 1]):
                    if m[i, j] < 0.01:
                        continue
                    h0, h1 = m[i, j] * tall[c], m[i, j] * tall[c + 1]
                    x0, x1, y0, y1 = xs[c] + wide / 2, xs[c + 1] - wide / 2, at[i], to[j]
                    at[i] += h0
                    to[j] += h1
                    fill = Shade((hues[c][i], hues[c + 1][j]), (x0, 0), (x1, 0)) if graded else hues[c][i]

                    def ribbon(pen):
                        (u0, v0), (u1, v1), (_, v2), (_, v3) = (
                            pen.at((x0, y0)),
                            pen.at((x1, y1)),
                            pen.at((x1, y1 + h1)),
                            pen.at((x0, y0 + h0)),
                        )
                        mid = (u0 + u1) / 2
                        pen.c.move_to(u0, v0)
                        pen.c.curve_to(mid, v0, mid, v1, u1, v1)
                        pen.c.line_to(u1, v2)
                        pen.c.curve_to(mid, v2, mid, v3, u0, v3)
                        pen.c.close_path()
                        pen.paint(fill)

                    b.draw(DATA, ribbon, "ribbon", opacity=opacity)
    for c in range(columns):
        with b.group("column"):
            b.text((xs[c], 0.055), b.word(9), b.size * 1.1, what="heading", width=0.24)
            for k in range(counts[c]):
                y, h = tops[c][k], shares[c][k] * tall[c]
                b.draw(
                    SHAPE,
                    lambda pen: pen.box(
                        (xs[c] - wide / 2, y, xs[c] + wide / 2, y + h),
                        hues[c][k],
                        style.foreground if b.thin > 0.006 else None,
                        b.thin,
                    ),
                    "bar",
                )
                left = c == 0
                b.text(
                    (xs[c] + (-1 if left else 1) * (wide / 2 + 0.01), y + h / 2),
                    b.word(8) + (f" {shares[c][k] * 100:.0f}" if b.chance(0.3) else ""),
                    min(b.size, max(h, 0.03)),
                    anchor="rm" if left else "lm",
                    width=0.11 if c in (0, columns - 1) else 0.2,
                )
    return "Flows between columns", b.parts


TEMPLATES = (Template("diagram", "flows", 0.9, make),)
