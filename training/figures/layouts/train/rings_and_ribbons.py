"""A circle of arcs with ribbons across, tracks of bars and points around, and names outside; as genomes and flows
are shown."""

import numpy as np

from ...kit import DATA, PANEL, SHAPE, Board, Template, mixed


def make(rng, style):
    b = Board(rng, style)
    style, n = b.style, b.some(4, 14)
    hues = b.colours(n, 60)
    shares = rng.dirichlet(np.full(n, 3)) * (2 * np.pi - n * (gap := b.uniform(0.02, 0.06)))
    starts = np.concatenate([[0], (shares + gap).cumsum()[:-1]]) - np.pi / 2
    outer, thick, c = b.uniform(0.3, 0.37), b.uniform(0.02, 0.05), (0.5, 0.5)
    inner, tracks = outer - thick, b.some(0, 2)
    with b.group("ring"):
        for k in range(n):
            b.draw(
                SHAPE,
                lambda pen, k=k: pen.sector(
                    c,
                    inner,
                    outer,
                    starts[k],
                    starts[k] + shares[k],
                    hues[k],
                    style.foreground if b.thin > 0.005 else None,
                    b.thin,
                ),
                "arc",
            )
    radius = inner - 0.012
    for t in range(tracks):
        kind, deep = b.pick("bars", "points", "line"), b.uniform(0.04, 0.07)
        tone = style.strong(rng)
        with b.group("track"):
            b.draw(
                PANEL,
                lambda pen, r=radius: pen.disc(c, r, None, mixed(style.background, style.foreground, 0.2), b.thin * 0.7),
                "circle",
            )
            for k in range(n):
                m = max(int(shares[k] * 12), 2)
                v = rng.uniform(0.1, 1, m)
                angles = starts[k] + shares[k] * (np.arange(m) + 0.5) / m

                def paint(pen, v=v, a=angles, r=radius, kind=kind, hue=tone if b.chance(0.5) else hues[k]):
                    ring = lambda q, a: pen.round(c, q, [(np.cos(a), np.sin(a))])[0]
                    if kind == "bars":
                        for u, w in zip(v, a):
                            pen.line([ring(r - deep, w), ring(r - deep + deep * u, w)], hue, 0.005)
                    elif kind == "points":
                        for u, w in zip(v, a):
                            pen.disc(ring(r - deep + deep * u, w), 0.005, hue)
                    else:
                        pen.line([ring(r - deep + deep * u, w) for u, w in zip(v, a)], hue, b.thin)

                b.draw(DATA, paint, "track" if k == 0 else "")
        radius -= deep + 0.01
    if b.chance(0.8):
        opacity = b.uniform(0.35, 0.9)
        for _ in range(b.some(2, 9)):
            i, j = rng.choice(n, 2, replace=False)
            a0, a1 = starts[i] + shares[i] * np.sort(rng.random(2))
            z0, z1 = starts[j] + shares[j] * np.sort(rng.random(2))

            def ribbon(pen, a0=a0, a1=a1, z0=z0, z1=z1, hue=hues[i]):
                r = radius - 0.006
                (x, y), unit = pen.at(c), pen.frame.unit
                point = lambda a: (x + r * unit * np.cos(a), y + r * unit * np.sin(a))
                pen.c.new_sub_path()
                pen.c.arc(x, y, r * unit, a0, a1)
                pen.c.curve_to(x, y, x, y, *point(z0))
                pen.c.arc(x, y, r * unit, z0, z1)
                pen.c.curve_to(x, y, x, y, *point(a0))
                pen.c.close_path()
                pen.paint(hue)

            b.draw(DATA, ribbon, "ribbon", opacity=opacity)
    elif b.chance(0.7):
        b.text(c, b.word(), b.size * 1.5, what="name in the middle", width=radius * 1.6)
    with b.group("axis"):
        for k, name in enumerate(b.words(n, 7)):
            a = starts[k] + shares[k] / 2
            right = np.cos(a) > 0
            p = (0.5 + (outer + 0.02) * np.cos(a), 0.5 + (outer + 0.02) * np.sin(a))
            b.text(
                p,
                name,
                min(b.size, 0.036),
                anchor="lm" if right else "rm",
                turn=(a if right else a + np.pi) if b.chance(0.5) else 0,
                what="name",
            )
    return "A circle of arcs", b.parts


TEMPLATES = (Template("diagram", "rings and ribbons", 0.9, make),)
