"""Layers in section: bands with wavy borders, hatched, dotted and plain, names beside with braces, depth scale,
arrows of flow, things on top."""

import numpy as np

from ...kit import DATA, MARK, PANEL, Board, Template, mixed


def make(rng, style):
    b = Board(rng, style)
    style, n = b.style, b.some(3, 7)
    x0, x1 = b.uniform(0.08, 0.16), b.uniform(0.62, 0.78)
    edges = np.concatenate([[0.0], rng.uniform(0.5, 1.5, n).cumsum()])
    top = b.uniform(0.12, 0.3)
    edges = top + (0.93 - top) * edges / edges[-1]
    wavy, hues, turn = b.chance(0.6), b.colours(n, 30), b.uniform(4, 14)
    xs = np.linspace(x0, x1, 24)
    lines = [
        np.full(24, e)
        + (
            np.sin(xs * turn + k) * b.uniform(0.004, 0.02) + 0.01 * np.cos(xs * turn * 2.3 + k * 2)
            if wavy and 0 < k < n
            else 0
        )
        for k, e in enumerate(edges)
    ]
    names = b.words(n)
    for k in range(n):
        outline = [(x, y) for x, y in zip(xs, lines[k])] + [(x, y) for x, y in zip(xs[::-1], lines[k + 1][::-1])]
        kind, c = b.pick("plain", "plain", "hatch", "dots", "bricks", "graded"), hues[k]
        with b.group("layer"):
            fill = (
                b.shade((x0, edges[k], x1, edges[k + 1]), c)
                if kind == "graded"
                else c if kind == "plain" else mixed(c, style.background, 0.6)
            )
            b.draw(PANEL, lambda pen, q=outline, f=fill: pen.polygon(q, f, style.foreground, b.thin), "layer in section")
            low, high = float(lines[k].max()) + 0.008, float(lines[k + 1].min()) - 0.008
            if kind in ("hatch", "dots", "bricks") and high > low + 0.01:
                marks = rng.random((int((high - low) * 900), 2))

                def texture(pen, kind=kind, c=c, low=low, high=high, marks=marks):
                    if kind == "hatch":
                        for x in np.arange(x0 - (high - low), x1, 0.022):
                            a, z = max(x, x0), min(x + (high - low), x1)
                            if z > a:
                                pen.line([(a, high - (a - x)), (z, high - (z - x))], c, 0.004)
                    elif kind == "dots":
                        for u, v in marks:
                            pen.disc((x0 + 0.01 + (x1 - x0 - 0.02) * u, low + (high - low) * v), 0.004, c)
                    else:
                        for i, y in enumerate(np.arange(low, high, 0.03)):
                            pen.line([(x0, y), (x1, y)], c, 0.003)
                            for x in np.arange(x0 + 0.03 * (i % 2), x1, 0.06):
                                pen.line([(x, y), (x, min(y + 0.03, high))], c, 0.003)

                b.draw(DATA, texture, "texture")
            m = (edges[k] + edges[k + 1]) / 2
            if b.chance(0.6):

                def brace(pen, k=k):
                    pen.line(
                        [
                            (x1 + 0.012, edges[k] + 0.008),
                            (x1 + 0.024, edges[k] + 0.008),
                            (x1 + 0.024, edges[k + 1] - 0.008),
                            (x1 + 0.012, edges[k + 1] - 0.008),
                        ],
                        style.foreground,
                        b.thin,
                    )

                b.draw(MARK, brace, "bracket")
            b.text((x1 + 0.035, m), names[k], b.size, anchor="lm", width=0.96 - x1)
    with b.group("axis"):
        for k, e in enumerate(edges):
            b.draw(MARK, lambda pen, e=e: pen.line([(x0 - 0.014, e), (x0, e)], style.foreground, b.thin), "tick")
            b.text((x0 - 0.02, e), f"{k * 5}", b.size * 0.9, anchor="rm", what="")
    for _ in range(b.some(0, 4)):
        x, k = b.uniform(x0 + 0.05, x1 - 0.05), b.some(0, n - 1)
        up = b.chance(0.5)
        a, z = (edges[k] + 0.02, edges[min(k + 1, n)] + 0.03)
        b.arrow(
            [(x, a), (x + b.uniform(-0.05, 0.05), z)][:: -1 if up else 1],
            b.pick(style.foreground, style.strong(rng)),
            width=b.uniform(0.004, 0.012),
        )
    for _ in range(b.some(0, 3)):
        b.thing((b.uniform(x0 + 0.06, x1 - 0.06), top - 0.06), b.uniform(0.08, 0.16))
    return "Layers in section", b.parts


TEMPLATES = (Template("shapes", "strata", 0.9, make),)
