"""Tracks along one axis: genes with exons and arrows, filled signals, arcs of contacts, sticks of variants with heads,
domains of a protein, a chromosome with bands; names at the left, marked columns through all of them."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.6 else None)
    style, n = b.style, b.some(3, 8)
    x0, x1, y0, y1 = b.uniform(0.12, 0.2), b.uniform(0.93, 0.98), b.uniform(0.1, 0.16), b.uniform(0.88, 0.95)
    slot, hues, X = (y1 - y0) / n, b.colours(6), lambda u: x0 + (x1 - x0) * u
    for _ in range(b.pick(0, 1, 1, 2)):
        u, w, c = (
            b.uniform(0.05, 0.85),
            b.uniform(0.01, 0.12),
            b.pick((255, 225, 90), style.colour(rng), mixed(style.foreground, style.background, 0.5)),
        )
        column, edged = (X(u), y0 - 0.01, X(u + w), y1 + 0.01), b.chance(0.3)
        b.draw(
            PANEL,
            lambda pen: pen.box(column, c, style.foreground if edged else None, b.thin),
            "marked column",
            b.pick(0.2, 0.35, 0.5),
        )
    top, gap, rules = b.pick("ruler", "chromosome", "none"), slot * b.uniform(0.08, 0.25), b.chance(0.3)
    kinds = [
        b.pick("genes", "genes", "signal", "signal", "arcs", "sticks", "domains", "reads", "heat") for _ in range(n)
    ]
    if top == "ruler":
        marks = np.linspace(0, 1, b.some(4, 8))
        b.draw(
            PANEL,
            lambda pen: (
                pen.line([(x0, y0 - 0.02), (x1, y0 - 0.02)], style.foreground, b.thin),
                [pen.line([(X(u), y0 - 0.03), (X(u), y0 - 0.02)], style.foreground, b.thin) for u in marks],
            ),
            "ruler",
        )
        with b.group("axis"):
            for u in marks[:-1] if len(marks) > 5 else marks:
                b.text((X(u), y0 - 0.034), f"{100 + u * 40:.0f} kb", b.size * 0.8, anchor="mb", what="")
    elif top == "chromosome":
        edges, waist = np.sort(np.concatenate([[0, 1], rng.random(b.some(6, 16))])), b.uniform(0.3, 0.7)
        greys = [mixed(style.background, style.foreground, v) for v in rng.choice([0.05, 0.25, 0.5, 0.85], len(edges))]
        y, tall = 0.045, b.uniform(0.025, 0.04)
        with b.group("chromosome"):
            for k, (a, z) in enumerate(zip(edges, edges[1:])):
                band = (X(a), y, X(z), y + tall)
                b.draw(SHAPE, lambda pen: pen.box(band, greys[k]), "chromosome" if k == 0 else "")
            whole, here = (x0, y, x1, y + tall), (X(waist), y - 0.008, X(waist) + 0.02, y + tall + 0.008)
            b.draw(MARK, lambda pen: pen.box(whole, None, style.foreground, b.thin, tall / 2), "outline")
            b.draw(MARK, lambda pen: pen.box(here, None, (220, 30, 30), 0.006), "frame")
    for k, kind in enumerate(kinds):
        a, z = y0 + slot * k + gap / 2, y0 + slot * (k + 1) - gap / 2
        m, c, tall = (a + z) / 2, hues[k % 6], z - a
        if rules and k:
            b.draw(
                PANEL,
                lambda pen: pen.line(
                    [(0.03, a - gap / 2), (x1, a - gap / 2)], mixed(style.background, style.foreground, 0.3), b.thin * 0.7
                ),
                "rule",
            )
        with b.group("track"):
            b.text(
                (x0 - 0.015, m),
                b.word(9),
                min(b.size, tall * 0.6),
                c if b.chance(0.2) else style.foreground,
                "rm",
                "name",
                width=x0 - 0.03,
            )
            if kind == "signal":
                t, y = np.linspace(0, 1, 120), np.abs(rng.normal(0, 0.06, 120))
                for _ in range(b.some(2, 9)):
                    y += rng.random() * np.exp(-(((t - rng.random()) / rng.uniform(0.006, 0.05)) ** 2))
                y = np.minimum(y, 1)
                outline = [(x0, z), *((X(u), z - v * tall * 0.95) for u, v in zip(t, y)), (x1, z)]
                if b.chance(0.7):
                    b.draw(DATA, lambda pen: pen.polygon(outline, c), "signal")
                else:
                    b.draw(DATA, lambda pen: pen.line(outline[1:-1], c, b.thin), "signal")
            elif kind == "genes":
                at, thick = b.uniform(0, 0.08), tall * b.uniform(0.3, 0.6)
                while at < 0.85:
                    long = min(b.uniform(0.1, 0.4), 1 - at)
                    parts = np.sort(rng.uniform(at, at + long, 2 * b.some(2, 5))).reshape(-1, 2)
                    s, line = b.pick(-1, 1), b.thin

                    def gene(pen):
                        pen.line([(X(at), m), (X(at + long), m)], c, line)
                        for u in np.arange(at + 0.02, at + long - 0.01, 0.03):
                            pen.line([(X(u), m - 0.006), (X(u + 0.008 * s), m), (X(u), m + 0.006)], c, line)
                        for u, v in parts:
                            pen.box((X(u), m - thick / 2, X(v) + 0.003, m + thick / 2), c)

                    with b.group("gene"):
                        b.draw(DATA, gene, "gene")
                        if tall > 0.06 and b.chance(0.7):
                            b.text(
                                (X(at + long / 2), m + thick / 2 + 0.003),
                                b.word(7),
                                b.size * 0.8,
                                anchor="mt",
                                width=long * (x1 - x0),
                            )
                    at += long + b.uniform(0.04, 0.2)
            elif kind == "arcs":
                for _ in range(b.some(3, 12)):
                    u, v = np.sort(rng.random(2))
                    high = min(tall, 0.02 + (v - u) * tall * 1.6)
                    t, width = np.linspace(0, np.pi, 16), b.uniform(0.002, 0.006)
                    arc = [(X((u + v) / 2 - (v - u) / 2 * np.cos(q)), z - high * np.sin(q)) for q in t]
                    b.draw(DATA, lambda pen: pen.curve(arc, c, width), "arc", b.pick(1.0, 0.6))
            elif kind == "sticks":
                b.draw(DATA, lambda pen: pen.box((x0, z - tall * 0.14, x1, z), mixed(c, style.background, 0.5)), "bar")
                for _ in range(b.some(4, 16)):
                    u, v, h = rng.random(), b.uniform(0.25, 0.9), hues[b.some(0, 5)]
                    p, r = (X(u), z - tall * v), min(b.uniform(0.007, 0.014), tall * 0.2)
                    b.draw(
                        DATA,
                        lambda pen: (
                            pen.line([(p[0], z - tall * 0.14), p], mixed(style.foreground, style.background, 0.4), b.thin),
                            pen.disc(p, r, h),
                        ),
                        "variant",
                    )
            elif kind == "domains":
                b.draw(
                    DATA,
                    lambda pen: pen.line([(x0, m), (x1, m)], mixed(style.foreground, style.background, 0.5), tall * 0.12),
                    "chain",
                )
                at, radius = b.uniform(0.02, 0.1), b.pick(0, 0.008, 0.03)
                while at < 0.85:
                    long, h = b.uniform(0.06, 0.22), hues[b.some(0, 5)]
                    box = (X(at), m - tall * 0.4, X(min(at + long, 1)), m + tall * 0.4)
                    fill = b.shade(box, h) if b.chance(0.25) else h
                    b.draw(DATA, lambda pen: pen.box(box, fill, style.foreground if rules else None, b.thin, radius), "domain")
                    b.text(
                        ((box[0] + box[2]) / 2, m),
                        b.word(6),
                        min(b.size * 0.9, tall * 0.5),
                        readable(rng, h),
                        width=(box[2] - box[0]) * 0.85,
                    )
                    at += long + b.uniform(0.02, 0.15)
            elif kind == "reads":
                rows = max(int(tall / 0.014), 2)
                reads = [
                    (r, u, u + b.uniform(0.05, 0.16))
                    for r in range(rows)
                    for u in np.arange(b.uniform(0, 0.1), 0.85, b.uniform(0.14, 0.3))
                ]
                tone = mixed(c, style.background, 0.4)
                b.draw(
                    DATA,
                    lambda pen: [
                        pen.box((X(u), a + tall * r / rows, X(v), a + tall * (r + 0.7) / rows), tone)
                        for r, u, v in reads
                    ],
                    "reads",
                )
            else:
                values = rng.random(b.some(20, 60))
                b.draw(
                    DATA,
                    lambda pen: [
                        pen.box((X(j / len(values)), a, X((j + 1) / len(values)), z), mixed(style.background, c, v))
                        for j, v in enumerate(values)
                    ],
                    "shaded strip",
                )
    return "Tracks along a genome", b.parts


TEMPLATES = (Template("plot", "tracks", 1.0, make),)
