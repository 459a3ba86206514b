"""A cloud of many small points in groups (an embedding), names on the groups or in a key, outlines round them, no
or short axes, arrows of directions."""

import numpy as np

from ...kit import DATA, Board, Template, mixed


def make(rng, style):
    b = Board(rng, style)
    style, groups = b.style, b.some(2, 9)
    hues = b.colours(groups, 70)
    keyed = b.chance(0.4)
    box = (0.08, 0.07, 0.76 if keyed else 0.95, 0.9)
    X, Y = lambda v: box[0] + (box[2] - box[0]) * v, lambda v: box[3] - (box[3] - box[1]) * v
    r, opacity = b.uniform(0.003, 0.011), b.pick(1.0, 1.0, 0.7, 0.45)
    names, kinds = b.words(groups, 9), b.some(0, 4)
    frame = b.pick("none", "box", "corner", "L")
    with b.group("plot"):
        if frame == "box" or frame == "L":
            b.axes(box, b.ticks(4) if b.chance(0.5) else [], b.ticks(4) if b.chance(0.5) else [], frame, "none")
        elif frame == "corner":
            b.arrow([(box[0], box[3] + 0.03), (box[0] + 0.14, box[3] + 0.03)], style.foreground, width=b.thin, head=0.02)
            b.arrow([(box[0], box[3] + 0.03), (box[0], box[3] - 0.11)], style.foreground, width=b.thin, head=0.02)
            b.text(
                (box[0] + 0.07, box[3] + 0.04),
                b.pick("UMAP 1", "tSNE1", "PC1") if style.split == "train" else "Axis 1",
                b.size * 0.85,
                anchor="mt",
            )
            b.text(
                (box[0] - 0.02, box[3] - 0.04),
                b.pick("UMAP 2", "tSNE2", "PC2") if style.split == "train" else "Axis 2",
                b.size * 0.85,
                turned=True,
            )
        middles = rng.uniform(0.12, 0.88, (groups, 2))
        outlines = b.chance(0.25)
        for k in range(groups):
            n, turn = b.some(20, 160), b.uniform(0, 3.2)
            p = rng.normal(0, 1, (n, 2)) * rng.uniform(0.02, 0.09, 2)
            if b.chance(0.3):
                p[:, 1] += p[:, 0] ** 2 * b.uniform(-6, 6)
            c, s = np.cos(turn), np.sin(turn)
            p = np.clip(p @ np.array([[c, s], [-s, c]]) + middles[k], 0.01, 0.99)
            with b.group("series"):
                if outlines:
                    spread = p.std(0) * 2.2
                    q = (
                        X(middles[k][0] - spread[0]),
                        Y(middles[k][1] + spread[1]),
                        X(middles[k][0] + spread[0]),
                        Y(middles[k][1] - spread[1]),
                    )
                    dash = (0.012, 0.01) if b.chance(0.5) else ()
                    b.draw(
                        DATA,
                        lambda pen, q=q, c=hues[k], d=dash: pen.ellipse(q, c, None, 0, alpha=0.15)
                        or pen.ellipse(q, None, c, b.thin, d),
                        "outline",
                    )
                b.draw(
                    DATA,
                    lambda pen, p=p, c=hues[k], k=k: [
                        b.marker(pen, kinds if kinds < 4 else k % 4, (X(u), Y(v)), r, c) for u, v in p
                    ],
                    "scatter plot" if k == 0 else "",
                    opacity,
                )
                if not keyed:
                    at = (X(middles[k][0]), Y(middles[k][1]))
                    b.text(
                        at,
                        names[k],
                        b.size * b.uniform(0.9, 1.3),
                        None if b.chance(0.6) else mixed(hues[k], style.foreground, 0.5),
                        halo=style.background if b.chance(0.4) else None,
                    )
        if keyed:
            b.legend((0.79, 0.1), names, hues, "dot", False, min(b.size, 0.036))
        if b.chance(0.3):
            a, z = middles[0], middles[1]
            mid = ((a + z) / 2 + rng.normal(0, 0.1, 2)).clip(0, 1)
            b.arrow(
                [(X(a[0]), Y(a[1])), (X(mid[0]), Y(mid[1])), (X(z[0]), Y(z[1]))],
                style.foreground,
                width=b.uniform(0.004, 0.01),
                smooth=True,
            )
    if b.chance(0.4):
        b.text(((box[0] + box[2]) / 2, 0.035), style.phrase(rng, 1, 4), b.size * 1.3, what="title", width=0.9)
    return "A scatter plot of groups", b.parts


TEMPLATES = (Template("plot", "embedding", 1.0, make),)
