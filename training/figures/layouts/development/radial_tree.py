"""A tree about a middle: arcs and spokes to names round the circumference, coloured sectors, marks at the tips, a ring of
values."""

import numpy as np

from ...kit import DATA, PANEL, SHAPE, Board, Template


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.6 else None)
    style, tips = b.style, b.some(8, 26)
    outer, c, open_ = b.uniform(0.25, 0.31), (0.5, 0.5), b.uniform(0.2, 1.2)
    angle = lambda k: (2 * np.pi - open_) * (k + 0.5) / tips - np.pi / 2 + open_ / 2
    nodes, pieces = [(outer, float(k)) for k in range(tips)], []
    while len(nodes) > 1:
        k = int(rng.integers(len(nodes) - 1))
        (r0, a0), (r1, a1) = nodes[k], nodes[k + 1]
        r = max(min(r0, r1) - outer * b.uniform(0.06, 3 / tips), 0.02)
        pieces.append((r, r0, a0, r1, a1))
        nodes[k : k + 2] = [(r, (a0 + a1) / 2)]
    hues, width = b.colours(4), b.thin * 1.2
    if b.chance(0.6):
        cuts = np.sort(rng.choice(np.arange(1, tips), min(3, tips - 1), replace=False))
        for k, (a, z) in enumerate(zip([0, *cuts], [*cuts, tips])):
            b.draw(
                PANEL,
                lambda pen, k=k, a=a, z=z: pen.sector(
                    c, 0.0, outer + 0.12, angle(a - 0.5), angle(z - 0.5), b.soft(hues[k % 4], 0.75)
                ),
                "coloured sector",
            )
    with b.group("tree"):
        ring = lambda pen, r, a: pen.round(c, r, [(np.cos(a), np.sin(a))])[0]

        def tree(pen):
            for r, r0, a0, r1, a1 in pieces:
                pen.arc(c, r, angle(a0), angle(a1), style.foreground, width)
                for q, a in ((r0, a0), (r1, a1)):
                    pen.line([ring(pen, r, angle(a)), ring(pen, q, angle(a))], style.foreground, width)

        b.draw(DATA, tree, "round tree")
    if b.chance(0.5):
        with b.group("ring"):
            for k in range(tips):
                v = b.uniform(0.2, 1)
                b.draw(
                    SHAPE,
                    lambda pen, k=k, v=v: pen.sector(
                        c, outer + 0.015, outer + 0.015 + 0.045 * v, angle(k - 0.4), angle(k + 0.4), hues[k % 2]
                    ),
                    "ring of bars" if k == 0 else "",
                )
        outer += 0.06
    size = min(b.size, 2 * np.pi * outer / tips * 0.75)
    with b.group("axis"):
        for k in range(tips):
            a = angle(k)
            right = np.cos(a) > 0
            b.text(
                (0.5 + (outer + 0.012) * np.cos(a), 0.5 + (outer + 0.012) * np.sin(a)),
                b.word(8),
                size,
                anchor="lm" if right else "rm",
                turn=float(a if right else a + np.pi),
                what="name of a tip",
            )
    return "A round tree", b.parts


TEMPLATES = (Template("diagram", "round tree", 0.8, make),)
