"""A clustered heat map: matrix with dendrograms on two sides, annotation strips, names at every row, a colour bar."""

import numpy as np

from ...kit import DATA, PANEL, SHAPE, Board, Template, colour_map, el


def dendrogram(rng, n):
    """Joints of a random tree over n leaves: (left, right, their heights, own height), in places 0 to n."""
    nodes, joints = [(k + 0.5, 0.0) for k in range(n)], []
    for k in range(n - 1):
        j = int(rng.integers(len(nodes) - 1))
        (a, ha), (z, hz) = nodes[j], nodes[j + 1]
        h = max(ha, hz) + float(rng.uniform(0.2, 1))
        joints.append((a, z, ha, hz, h))
        nodes[j : j + 2] = [((a + z) / 2, h)]
    top = joints[-1][4]
    return [(a, z, ha / top, hz / top, h / top) for a, z, ha, hz, h in joints]


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.75 else None)
    style, rows, columns = b.style, b.some(5, 18), b.some(3, 14)
    left, top = (0.15 if (beside := b.chance(0.7)) else 0.04), (0.15 if (above := b.chance(0.6)) else 0.06)
    right, low = b.uniform(0.68, 0.8), b.uniform(0.8, 0.9)
    tall, wide = (low - top) / rows, (right - left) / columns
    ramp = colour_map(rng, style)
    values = rng.random((rows, columns)) * 0.5 + 0.5 * (rng.random((rows, 1)) > 0.5) * (rng.random((1, columns)) > 0.4)
    gap = b.pick(0, 0, 0.003)
    size = min(b.size, tall * 0.85)
    tones = np.clip(ramp(values.clip(0, 1)) * 255, 0, 255).astype(int)
    with b.group("heat map"):

        def matrix(pen) -> None:
            pen.crisp = True
            for r in range(rows):
                for c in range(columns):
                    pen.box(
                        (left + wide * c, top + tall * r, left + wide * (c + 1) - gap, top + tall * (r + 1) - gap),
                        tuple(int(v) for v in tones[r, c]),
                    )

        b.draw(PANEL, matrix, "heat map")
        if b.chance(0.2) and rows * columns < 60:
            for r in range(rows):
                for c in range(columns):
                    t = tuple(int(v) for v in tones[r, c])
                    b.text(
                        (left + wide * (c + 0.5), top + tall * (r + 0.5)),
                        f"{values[r, c]:.1f}",
                        min(size * 0.8, wide * 0.4),
                        (20, 20, 20) if sum(t) > 380 else (245, 245, 245),
                        what="",
                    )
    strip = 0
    if b.chance(0.4):
        strip, hues = 0.03, b.colours(4, 40)
        kinds = rng.integers(0, 3, columns)
        with b.group("annotation"):
            for c in range(columns):
                b.draw(
                    SHAPE,
                    lambda pen, c=c, h=hues[kinds[c]]: pen.box(
                        (left + wide * c, top - 0.028, left + wide * (c + 1) - gap, top - 0.006), h
                    ),
                    "annotation strip" if c == 0 else "",
                )
    with b.group("tree"):
        width = b.thin * 0.9
        if beside:
            deep = left - 0.02
            (
                b.draw(
                    DATA,
                    lambda pen: [
                        pen.line(
                            [
                                (left - 0.01 - deep * ha, top + tall * a),
                                (left - 0.01 - deep * h, top + tall * a),
                                (left - 0.01 - deep * h, top + tall * z),
                                (left - 0.01 - deep * hz, top + tall * z),
                            ],
                            style.foreground,
                            width,
                            join="miter",
                        )
                        for a, z, ha, hz, h in dendro_rows
                    ],
                    "dendrogram",
                )
                if (dendro_rows := dendrogram(rng, rows))
                else None
            )
        if above:
            deep = top - 0.03 - strip
            base = top - 0.006 - strip
            (
                b.draw(
                    DATA,
                    lambda pen: [
                        pen.line(
                            [
                                (left + wide * a, base - deep * ha),
                                (left + wide * a, base - deep * h),
                                (left + wide * z, base - deep * h),
                                (left + wide * z, base - deep * hz),
                            ],
                            style.foreground,
                            width,
                            join="miter",
                        )
                        for a, z, ha, hz, h in dendro_columns
                    ],
                    "dendrogram",
                )
                if (dendro_columns := dendrogram(rng, columns))
                else None
            )
    with b.group("axis"):
        for r in range(rows):
            b.text(
                (right + 0.01, top + tall * (r + 0.5)),
                b.word(9),
                size,
                anchor="lm",
                what="row name",
                width=0.97 - right if not b.thin > 0.007 else 0.14,
            )
    with b.group("axis"):
        for c in range(columns):
            if wide > size * 0.9:
                b.text(
                    (left + wide * (c + 0.5), low + 0.01),
                    b.word(6),
                    min(size, wide * 0.8),
                    anchor="rm" if b.thin < 0.004 else "lm",
                    turn=-1.57 if b.thin < 0.004 else 1.57,
                    what="column name",
                )
    if b.chance(0.7):
        x, y = (0.03, 0.95) if not beside else (0.02, 0.955)
        w = 0.2
        with b.group("colour bar"):
            b.add(
                el.picture(
                    PANEL,
                    (x, y - 0.012, x + w, y + 0.012),
                    lambda W, H: np.broadcast_to(ramp(np.linspace(0, 1, W))[None], (H, W, 3)),
                    "colour bar",
                )
            )
            b.text((x + w + 0.01, y), b.pick("2", "1.0", "max"), b.size * 0.8, anchor="lm", what="")
    return "A clustered heat map", b.parts


TEMPLATES = (Template("plot", "clustered", 1.0, make),)
