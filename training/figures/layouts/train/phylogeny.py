"""A phylogeny: a rooted tree with square or slanted branches, names and small pictures at the tips, supports at the
forks, coloured clades, a bar of substitutions."""

from ...kit import DATA, MARK, PANEL, Board, Template, mixed


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.7 else None)
    style, tips = b.style, b.some(5, 14)
    left, right, top, low = 0.05, b.uniform(0.55, 0.72), 0.05, 0.9
    slanted, width, hues = b.chance(0.25), b.thin * 1.3, b.colours(3)
    y_of = lambda k: top + (low - top) * (k + 0.5) / tips
    ragged, segments, forks = b.chance(0.5), [], []
    nodes = [(b.uniform(right - 0.15, right) if ragged else right, y_of(k), k, k) for k in range(tips)]
    ends = {a: x for x, _, a, _ in nodes}
    while len(nodes) > 1:
        k = int(rng.integers(len(nodes) - 1))
        p, q = nodes[k], nodes[k + 1]
        x = max(min(p[0], q[0]) - b.uniform(0.02, (right - left) / (tips * 0.45)), left)
        y = (p[1] + q[1]) / 2
        segments += [
            [(x, y), (p[0], p[1])] if slanted else [(x, y), (x, p[1]), (p[0], p[1])],
            [(x, y), (q[0], q[1])] if slanted else [(x, y), (x, q[1]), (q[0], q[1])],
        ]
        forks.append((x, y, p[2], q[3]))
        nodes[k : k + 2] = [(x, y, p[2], q[3])]
    clades = [f for f in forks if 2 <= f[3] - f[2] + 1 <= tips // 2 + 1][: b.some(0, 2)]
    size = min(b.size, (low - top) / tips * 0.85)
    for (x, y, a, z), c in zip(clades, hues):
        box = (x - 0.012, y_of(a) - (low - top) / tips * 0.45, 0.985, y_of(z) + (low - top) / tips * 0.45)
        b.draw(PANEL, lambda pen, q=box, c=c: pen.box(q, mixed(style.background, c, 0.25), None, 0, 0.012), "coloured clade")
    own = b.chance(0.4)
    with b.group("tree"):

        def colour(p):
            return (
                next(
                    (
                        c
                        for (x, y, a, z), c in zip(clades, hues)
                        if p[0][0] >= x - 1e-6 and y_of(a) - 0.001 <= p[-1][1] <= y_of(z) + 0.001
                    ),
                    style.foreground,
                )
                if own
                else style.foreground
            )

        b.draw(
            DATA,
            lambda pen: [pen.line(p, colour(p), width, cap="square", join="miter") for p in segments]
            and pen.line([(left - 0.03, nodes[0][1]), (nodes[0][0], nodes[0][1])], style.foreground, width),
            "tree",
        )
        if b.chance(0.5):
            for x, y, _, _ in forks[1:]:
                if b.chance(0.6):
                    b.text(
                        (x - 0.006, y - 0.004),
                        str(b.some(45, 100)),
                        size * 0.8,
                        mixed(style.foreground, style.background, 0.2),
                        "rb",
                        "support",
                    )
        elif b.chance(0.5):
            b.draw(MARK, lambda pen: [pen.disc((x, y), 0.008, hues[0]) for x, y, _, _ in forks], "fork")
    pictured = b.chance(0.3)
    for k in range(tips):
        with b.group("tip"):
            x = (ends[k] if ragged and not b.thin > 0.006 else right) + 0.015
            if b.chance(0.15) or tips < 8 and b.chance(0.3):
                b.draw(
                    MARK,
                    lambda pen, q=(x + 0.008, y_of(k)), j=k: b.marker(pen, j % 4, q, size * 0.33, hues[j % 3]),
                    "tip mark",
                )
                x += 0.025
            b.text(
                (x, y_of(k)),
                b.word(12),
                size,
                anchor="lm",
                what="name of a tip",
                width=0.97 - x - (0.07 if pictured else 0),
            )
            if pictured:
                b.thing((0.955, y_of(k)), min((low - top) / tips * 1.0, 0.08))
    if b.chance(0.6):
        w = b.uniform(0.08, 0.15)
        with b.group("scale bar"):
            b.draw(MARK, lambda pen: pen.line([(left, 0.95), (left + w, 0.95)], style.foreground, width), "scale bar")
            b.text((left + w / 2, 0.958), b.pick("0.1", "0.05", "10 Ma", "0.02"), size, anchor="mt", what="")
    return "A phylogeny", b.parts


TEMPLATES = (Template("diagram", "phylogeny", 1.0, make),)
