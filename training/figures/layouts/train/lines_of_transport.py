"""A map of lines as of an underground: thick coloured lines at right and half-right angles, stops as rings and ticks,
changes, names aslant, a river and zones behind, a key of the lines."""

import numpy as np

from ...kit import MARK, PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.6 else None)
    style, n = b.style, b.some(2, 6)
    hues, wide = b.colours(n), b.uniform(0.008, 0.024)
    if b.chance(0.5):
        t, m = np.linspace(-0.05, 1.05, 9), b.uniform(0.35, 0.65)
        points = [(u, m + 0.12 * np.sin(u * b.rng.uniform(4, 6) + n)) for u in t]
        c, width = mixed(style.background, b.pick((110, 170, 220), style.colour(rng)), 0.45), b.uniform(0.03, 0.09)
        b.draw(PANEL, lambda pen: pen.curve(points, c, width), "river")
    for k in range(b.pick(0, 0, 1, 2)):
        q, c = b.uniform(0.25, 0.45) - 0.15 * k, mixed(style.background, style.foreground, 0.06 + 0.05 * k)
        zone = (0.5 - q, 0.5 - q, 0.5 + q, 0.5 + q)
        b.draw(PANEL, lambda pen: pen.box(zone, c, None, 0, 0.1), "zone")
    grid = b.uniform(0.07, 0.1)
    snap = lambda p: tuple(np.round(np.array(p) / grid) * grid)
    cased, outline = b.chance(0.2), b.pick(style.background, style.foreground)
    stops, lines = {}, []
    for k in range(n):
        flat = k % 2 == 0
        p = [b.uniform(0.08, 0.2), b.uniform(0.15, 0.85)] if flat else [b.uniform(0.15, 0.85), b.uniform(0.12, 0.2)]
        p = list(snap(p))
        path, d = [tuple(p)], (1, 0) if flat else (0, 1)
        turns = [(1, 0), (1, 1), (1, -1)] if flat else [(0, 1), (1, 1), (-1, 1)]
        for _ in range(16):
            if b.chance(0.3):
                d = turns[b.some(0, 2)]
            q = [p[0] + d[0] * grid, p[1] + d[1] * grid]
            if not (0.06 < q[0] < 0.94 and 0.1 < q[1] < 0.93):
                d = turns[0]
                q = [p[0] + d[0] * grid, p[1] + d[1] * grid]
                if not (0.06 < q[0] < 0.94 and 0.1 < q[1] < 0.93):
                    break
            p = q
            path.append(tuple(p))
        lines.append(path)
        for q in path:
            stops.setdefault(tuple(np.round(q, 3)), []).append(k)
    for k, path in enumerate(lines):
        if len(path) < 2:
            continue
        off = wide * 1.1 * ((k % 3) - 1) * 0.4
        points = [(x + off, y + off) for x, y in path]
        dash = (0.02, 0.012) if b.chance(0.1) else ()
        with b.group("line"):
            if cased:
                b.draw(SHAPE, lambda pen: pen.line(points, outline, wide * 1.5, join="round"), "")
            b.draw(
                SHAPE,
                lambda pen: pen.line(points, hues[k], wide, dash, cap="round" if not dash else "butt"),
                "line of transport",
            )
    look, size, slant = b.pick("ring", "tick", "disc", "ring"), b.size * b.uniform(0.7, 0.95), b.pick(0, 0, -0.7)
    names = b.chance(0.85)
    for p, who in stops.items():
        change = len(set(who)) > 1
        if not change and b.chance(0.35):
            continue
        r, c = wide * (1.0 if change else 0.6), hues[who[0]]
        off = wide * 1.1 * ((who[0] % 3) - 1) * 0.4
        q = (p[0] + off, p[1] + off)
        with b.group("stop"):
            if change or look == "ring":
                b.draw(
                    MARK,
                    lambda pen: pen.disc(
                        q, r, (255, 255, 255), (20, 20, 20) if change or not style.dark else c, max(wide * 0.25, 0.003)
                    ),
                    "stop",
                )
            elif look == "disc":
                b.draw(MARK, lambda pen: pen.disc(q, r, mixed(c, (255, 255, 255), 0.8)), "stop")
            else:
                b.draw(MARK, lambda pen: pen.line([q, (q[0] + wide, q[1] - wide)], c, wide * 0.6), "stop")
            if names and (change or b.chance(0.6)):
                b.text(
                    (q[0] + wide * 0.9, q[1] - wide * 0.9),
                    b.word(11),
                    size * (1.15 if change else 1),
                    anchor="lb",
                    what="stop",
                    turn=slant,
                    halo=style.background if b.chance(0.15) else None,
                )
    if b.chance(0.6):
        b.legend((0.03, 0.965 - b.size * 1.5 * n), b.words(n, 8), hues, "line", b.chance(0.6))
    if b.chance(0.3):
        p = (b.uniform(0.2, 0.8), b.uniform(0.2, 0.8))
        c = (220, 40, 40)
        b.draw(
            MARK,
            lambda pen: (
                pen.polygon(pen.round((p[0], p[1] - 0.03), 0.03, [(-0.7, -0.2), (0.7, -0.2), (0, 1)]), c),
                pen.disc((p[0], p[1] - 0.045), 0.023, c),
            ),
            "pin",
        )
    if b.chance(0.5):
        bar, c = (0, 0, 1, 0.09), b.pick(hues[0], style.foreground)
        banded = b.chance(0.5)
        if banded:
            b.draw(PANEL, lambda pen: pen.box(bar, c), "title bar")
        b.text(
            (0.03, 0.045),
            style.phrase(rng, 1, 4),
            0.05,
            readable(rng, c) if banded else style.foreground,
            "lm",
            "title",
            width=0.9,
        )
    return "A map of lines", b.parts


TEMPLATES = (Template("diagram", "lines of transport", 1.0, make),)
