"""A network: nodes of several sizes and colours joined by thin edges, straight or bowed, in communities; names at some; a key."""
import numpy as np

from ...kit import PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style)
    style, n, groups = b.style, b.some(8, 40), b.some(1, 4)
    hues, which = b.colours(groups, 90), rng.integers(0, groups, n)
    middles = rng.uniform(.25, .75, (groups, 2))
    p = middles[which] + rng.normal(0, .13 if groups > 1 else .25, (n, 2))
    for _ in range(25):   # apart from one another
        d = p[:, None] - p[None]
        far = np.hypot(d[..., 0], d[..., 1]) + np.eye(n)
        p = p + (d / far[..., None] * np.maximum(.11 - far, 0)[..., None]).sum(1) * .4
    p = np.clip(p, .06, .94)
    degree = np.zeros(n)
    edges = set()
    for k in range(n):
        far = np.hypot(*(p - p[k]).T) + np.eye(n)[k]
        for j in np.argsort(far)[:b.some(1, 3)]:
            edges.add((min(k, int(j)), max(k, int(j))))
    for a, z in edges:
        degree[a] += 1
        degree[z] += 1
    radius = .012 + .008 * np.sqrt(degree) if b.chance(.7) else np.full(n, b.uniform(.014, .04))
    tone, bowed, directed, weights = b.pick(mixed(style.ink, style.paper, .6), style.ink, mixed(style.ink, style.paper, .4)), b.chance(.25), b.chance(.2), b.chance(.3)
    if groups > 1 and b.chance(.3):
        for g in range(groups):
            own = p[which == g]
            if len(own) > 2:
                box = (*(own.min(0) - .04), *(own.max(0) + .04))
                b.draw(PANEL, lambda pen, q=box, c=hues[g]: pen.ellipse(q, c, alpha=.18), "community")
    with b.group("network"):
        for a, z in sorted(edges):
            w, c = b.uniform(.0015, .008) if weights else b.thin * .8, mixed(hues[which[a]], style.paper, .3) if b.chance(.15) else tone
            u, v = p[a], p[z]
            d = (v - u) / max(np.hypot(*(v - u)), 1e-6)
            u, v = u + d * radius[a], v - d * (radius[z] + .003)
            mid = (u + v) / 2 + np.array([-d[1], d[0]]) * .04
            path = [tuple(u), tuple(mid), tuple(v)] if bowed else [tuple(u), tuple(v)]
            b.arrow(path, c, width=w, kind="triangle" if directed else "none", smooth=bowed, what="edge", head=.02)
        edge, shape = b.pick(style.paper, style.ink, None), b.pick(0, 0, 0, 1, 3)
        large = np.argsort(-degree)[:b.some(0, 9)]
        for k in range(n):
            with b.group("node"):
                c, r = hues[which[k]], float(radius[k])
                fill = b.shade((p[k][0] - r, p[k][1] - r, p[k][0] + r, p[k][1] + r), c) if b.thin > .006 else c
                b.draw(SHAPE, lambda pen, q=tuple(p[k]), f=fill, r=r, c=c: b.marker(pen, shape, q, r, f, edge, b.thin), "node")
                if k in large:
                    inside = r > .035
                    b.text(tuple(p[k]) if inside else (p[k][0], p[k][1] - r - .004), b.word(8), b.size * .85, readable(rng, c) if inside else None, "mm" if inside else "mb", width=r * 1.9 if inside else None)
    if groups > 1 and b.chance(.4):
        b.legend((.02, .02), b.words(groups, 8), hues, "dot", b.chance(.4))
    return "A network", b.parts


TEMPLATES = (Template("diagram", "graph of communities", 1.0, make),)
