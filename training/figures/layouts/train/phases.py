"""Regions of a plane that meet at curved borders, as phase diagrams and classification maps have them: tinted areas
with names, thick or broken borders, points where they meet, paths with arrows, a triangle instead of a square."""

import numpy as np

from ...kit import DATA, MARK, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.5 else None)
    style, n = b.style, b.some(3, 7)
    box = (b.size * 3.2 + 0.04, b.uniform(0.06, 0.14), b.uniform(0.74, 0.96), 1 - b.size * 3.2 - 0.04)
    x0, y0, x1, y1 = box
    P = lambda u, v: (x0 + (x1 - x0) * u, y1 - (y1 - y0) * v)
    triangle = b.chance(0.22)
    hues, flat, dash = b.colours(n, 30), b.pick(0.0, 0.35, 0.6, 0.8), b.pick((), (), (0.014, 0.01), (0.003, 0.006))
    line = b.pick(style.foreground, style.foreground, style.strong(rng), style.background)
    width, t = b.uniform(0.002, 0.009), np.linspace(0, 1, 40)
    kind = b.pick("fan", "bands", "dome")
    curves, regions, names, meet = [], [], [], []
    if triangle:
        tri = [P(0, 0), P(1, 0), P(0.5, 0.95)]
        inner = lambda w: tuple(sum(q * p[i] for q, p in zip(w, tri)) for i in (0, 1))
        m = inner(rng.dirichlet((6, 6, 6)))
        for k in range(3):
            corner = tri[k]
            sides = [inner(tuple(0.5 if j in (k, (k + d) % 3) else 0 for j in range(3))) for d in (1, 2)]
            regions.append([corner, sides[0], m, sides[1]])
            names.append(inner(tuple(0.64 if j == k else 0.18 for j in range(3))))
            curves.append([sides[0], m])
        meet, outline = [m], tri
    else:
        outline = [P(0, 0), P(1, 0), P(1, 1), P(0, 1)]
        if kind == "bands":
            edges = np.sort(rng.uniform(0.1, 0.9, n - 1))
            bend = [rng.uniform(-0.25, 0.25), rng.uniform(-0.2, 0.2)]
            rows = [np.clip(e + bend[0] * (t - 0.5) + bend[1] * (t - 0.5) ** 2 * (1 - e), 0, 1) for e in edges]
            rows = [np.zeros(40), *np.maximum.accumulate(rows), np.ones(40)]
            for k in range(n):
                regions.append(
                    [P(u, v) for u, v in zip(t, rows[k])] + [P(u, v) for u, v in zip(t[::-1], rows[k + 1][::-1])]
                )
                names.append(P(0.25 + 0.5 * (k % 2), (rows[k][20] + rows[k + 1][20]) / 2))
            curves = [[P(u, v) for u, v in zip(t, r)] for r in rows[1:-1]]
        elif kind == "dome":
            regions.append([P(0, 0), P(1, 0), P(1, 1), P(0, 1)])
            names.append(P(b.uniform(0.2, 0.8), 0.93))
            high, at = b.uniform(0.6, 0.85), b.uniform(0.35, 0.65)
            for k in range(min(n, 4) - 1):
                s = 1 - k * b.uniform(0.2, 0.3)
                w, power = 0.46 * s, b.pick(0.5, 1, 1)
                dome = [P(at + w * (2 * u - 1) * 0.9, high * s * (1 - (2 * u - 1) ** 2) ** power) for u in t]
                regions.append(dome)
                curves.append(dome)
                names.append(P(at + b.uniform(-0.04, 0.04), high * s - 0.09))
            meet = [P(at, high)]
        else:
            c = (b.uniform(0.3, 0.6), b.uniform(0.25, 0.55))
            turns = np.sort(rng.uniform(0, 6.2832, 3) * 0.4 + np.arange(3) * 2.09)
            bend = b.uniform(-0.5, 0.5)

            def ray(a):
                far = np.array([np.cos(a), np.sin(a)]) * 1.6
                p = (
                    np.array(c)
                    + far[None] * t[:, None]
                    + np.array([-far[1], far[0]])[None] * (t * t)[:, None] * bend * 0.3
                )
                keep = (p >= 0).all(1) & (p <= 1).all(1)
                return [P(*q) for q in p[keep]]

            rays = [ray(a) for a in turns]
            curves, meet = rays, [P(*c)]
            field = [outline, *[None] * 2]
            for k in (0, 1):
                a, z = rays[k], rays[k + 1]
                corners = [
                    q
                    for q in outline
                    if turns[k]
                    < np.arctan2((y1 - q[1]) / (y1 - y0) - c[1], (q[0] - x0) / (x1 - x0) - c[0]) % 6.2832
                    < turns[k + 1]
                ]
                corners.sort(
                    key=lambda q: np.arctan2((y1 - q[1]) / (y1 - y0) - c[1], (q[0] - x0) / (x1 - x0) - c[0]) % 6.2832
                )
                field[k + 1] = [*a, *corners, *z[::-1]]
            regions = field
            middles = [(turns[2] + turns[0] + 6.2832) / 2, (turns[0] + turns[1]) / 2, (turns[1] + turns[2]) / 2]
            names = [P(*np.clip(np.array(c) + 0.28 * np.array([np.cos(a), np.sin(a)]), 0.12, 0.88)) for a in middles]
    with b.group("plot"):
        if not triangle:
            b.axes(
                box,
                b.ticks(b.some(3, 5)),
                b.ticks(b.some(3, 5)),
                b.pick("box", "box", "L"),
                "none",
                b.word(),
                b.word() if b.chance(0.7) else "",
            )
        bare = b.chance(0.15)
        for k, region in enumerate([] if bare else regions):
            c = mixed(hues[k % n], style.background, flat)
            fill = b.shade((x0, y0, x1, y1), c) if b.chance(0.15) else c
            b.draw(DATA, lambda pen: pen.polygon(region, fill), "region" if k == 0 else "", b.pick(1.0, 1.0, 0.7))
        if triangle:
            b.draw(DATA, lambda pen: pen.polygon(outline, None, style.foreground, b.thin * 1.2), "triangle")
            for p, d, s in zip(outline, ((-0.01, 0.015), (0.01, 0.015), (0, -0.012)), b.words(3, 9)):
                b.text((p[0] + d[0], p[1] + d[1]), s, b.size * 1.1, anchor="mb" if d[1] < 0 else "mt")
        for c in curves:
            if len(c) > 1:
                b.draw(DATA, lambda pen: pen.line(c, line, width, dash), "border")
        for p in meet if b.chance(0.7) else []:
            form = b.some(0, 3)
            b.draw(DATA, lambda pen: b.marker(pen, form, p, 0.014, style.foreground, style.background, 0.003), "point")
    big = b.size * b.uniform(1, 1.7)
    for k, p in enumerate(names):
        background = style.background if bare else mixed(hues[k % n], style.background, flat)
        b.text(
            p,
            b.pick("I", "II", "L + S", "S") if b.chance(0.2) else b.word(9),
            big,
            readable(rng, background),
            what="region name",
            width=0.25,
        )
    if meet and b.chance(0.5):
        p = meet[0]
        q = (p[0] + b.pick(-0.14, 0.14), p[1] - b.uniform(0.06, 0.14))
        b.arrow([q, p], style.foreground, width=b.thin * 1.3, head=0.018)
        b.text((q[0], q[1] - 0.006), b.word(), b.size, anchor="mb", halo=style.background if b.chance(0.4) else None)
    if b.chance(0.35) and not triangle:
        path = [P(*q) for q in rng.uniform(0.1, 0.9, (3, 2))]
        b.arrow(
            path,
            b.pick(style.foreground, style.strong(rng)),
            width=b.uniform(0.003, 0.009),
            smooth=True,
            dash=b.pick((), (0.012, 0.008)),
        )
        b.draw(MARK, lambda pen: pen.disc(path[0], 0.012, style.background, style.foreground, b.thin), "start")
    if x1 < 0.85 and b.chance(0.7):
        b.legend(
            (x1 + 0.025, y0 + 0.03),
            b.words(min(n, len(regions)), 7),
            [mixed(h, style.background, flat) for h in hues],
            plate=b.chance(0.3),
        )
    return "A diagram of regions", b.parts


TEMPLATES = (Template("plot", "phases", 1.0, make),)
