"""A network: nodes of several sizes and colours joined by thin edges, straight or bowed, in communities; names at
some; a key."""

import numpy as np

from ...kit import PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style)
    style, n, groups = b.style, b.some(8, 40), b.some(1, 4)
    hues, which = b.colours(groups, 90), rng.integers(0, groups, n)
    middles = rng.uniform(0.25, 0.75, (groups, 2))
    p = middles[which] + rng.normal(0, 0.13 if groups > 1 else 0.25, (n, 2))
    for _ in range(25):  # apart from one another
        d = p[:, None] - p[None]
        far = np.hypot(d[..., 0], d[..., 1]) + np.eye(n)
        p = p + (d / far[..., None] * np.maximum(0.11 - far, 0)[..., None]).sum(1) * 0.4
    p = np.clip(p, 0.06, 0.94)
    degree = np.zeros(n)
    edges = set()
    for k in range(n):
        far = np.hypot(*(p - p[k]).T) + np.eye(n)[k]
        for j in np.argsort(far)[: b.some(1, 3)]:
            edges.add((min(k, int(j)), max(k, int(j))))
    for a, z in edges:
        degree[a] += 1
        degree[z] += 1
    radius = 0.012 + 0.008 * np.sqrt(degree) if b.chance(0.7) else np.full(n, b.uniform(0.014, 0.04))
    tone, bowed, directed, weights = (
        b.pick(mixed(style.foreground, style.background, 0.6), style.foreground, mixed(style.foreground, style.background, 0.4)),
        b.chance(0.25),
        b.chance(0.2),
        b.chance(0.3),
    )
    if groups > 1 and b.chance(0.3):
        for g in range(groups):
            own = p[which == g]
            if len(own) > 2:
                box = (*(own.min(0) - 0.04), *(own.max(0) + 0.04))
                b.draw(PANEL, lambda pen, q=box, c=hues[g]: pen.ellipse(q, c, alpha=0.18), "community")
    with b.group("network"):
        for a, z in sorted(edges):
            w, c = b.uniform(0.0015, 0.008) if weights else b.thin * 0.8, (
                mixed(hues[which[a]], style.background, 0.3) if b.chance(0.15) else tone
            )
            u, v = p[a], p[z]
            d = (v - u) / max(np.hypot(*(v - u)), 1e-6)
            u, v = u + d * radius[a], v - d * (radius[z] + 0.003)
            mid = (u + v) / 2 + np.array([-d[1], d[0]]) * 0.04
            path = [tuple(u), tuple(mid), tuple(v)] if bowed else [tuple(u), tuple(v)]
            b.arrow(path, c, width=w, kind="triangle" if directed else "none", smooth=bowed, what="edge", head=0.02)
        edge, shape = b.pick(style.background, style.foreground, None), b.pick(0, 0, 0, 1, 3)
        large = np.argsort(-degree)[: b.some(0, 9)]
        for k in range(n):
            with b.group("node"):
                c, r = hues[which[k]], float(radius[k])
                fill = b.shade((p[k][0] - r, p[k][1] - r, p[k][0] + r, p[k][1] + r), c) if b.thin > 0.006 else c
                b.draw(
                    SHAPE,
                    lambda pen, q=tuple(p[k]), f=fill, r=r, c=c: b.marker(pen, shape, q, r, f, edge, b.thin),
                    "node",
                )
                if k in large:
                    inside = r > 0.035
                    b.text(
                        tuple(p[k]) if inside else (p[k][0], p[k][1] - r - 0.004),
                        b.word(8),
                        b.size * 0.85,
                        readable(rng, c) if inside else None,
                        "mm" if inside else "mb",
                        width=r * 1.9 if inside else None,
                    )
    if groups > 1 and b.chance(0.4):
        b.legend((0.02, 0.02), b.words(groups, 8), hues, "dot", b.chance(0.4))
    return "A network", b.parts


TEMPLATES = (Template("diagram", "graph of communities", 1.0, make),)
