"""Atoms on a lattice: cells in oblique view with balls and sticks, broken edges behind, planes, axes and angles; or
a flat lattice of two kinds with bonds, a marked cell, a defect, a substrate below."""

import numpy as np

from ...kit import BLACK, MARK, SHAPE, WHITE, Board, Shade, Template, mixed, readable


def ball(b, p, r, c, lit, edge):
    fill = (
        Shade(
            (mixed(c, WHITE, 0.75), c, mixed(c, BLACK, 0.45)),
            (p[0] - r * 0.3, p[1] - r * 0.35),
            (p[0] + r, p[1] + r * 0.8),
            True,
        )
        if lit
        else c
    )
    b.draw(SHAPE, lambda pen: pen.disc(p, r, fill, edge, b.thin * 0.7), "atom")


def make(rng, style):
    b = Board(rng, style)
    style, flat = b.style, b.chance(0.4)
    hues, lit = b.colours(3), b.chance(0.6)
    edge = None if lit and b.chance(0.7) else b.pick(style.foreground, None)
    line, width = b.pick(style.foreground, mixed(style.foreground, style.background, 0.5)), b.uniform(0.002, 0.008)
    bond, bond_hue = b.pick(0.0, b.uniform(0.004, 0.014)), b.pick((150, 150, 150), style.foreground, hues[2])
    if flat:
        kind, nx = b.pick("square", "comb", "close"), b.some(4, 11)
        step = 0.92 / nx
        ny = int(0.8 / step / {"square": 1, "comb": 1.3, "close": 0.87}[kind])
        spots = []
        for j in range(ny):
            for i in range(nx):
                if kind == "comb":
                    x = (i + 0.5 * (j % 2)) * step
                    y = j * step * 0.866
                    spots += [(x, y, 0), (x, y + step * 0.577, 1)]
                else:
                    x, y = (i + (0.5 * (j % 2) if kind == "close" else 0)) * step, j * step * (
                        0.87 if kind == "close" else 1
                    )
                    spots.append((x, y, (i + j) % 2 if kind == "square" else b.pick(0, 0, 0, 1)))
        spots = [(x + 0.06, y + 0.08, k) for x, y, k in spots if y < 0.82 and x < 0.92]
        spots = (
            [(x + rng.normal(0, 0.004), y + rng.normal(0, 0.004), k) for x, y, k in spots] if b.chance(0.3) else spots
        )
        gone = set(rng.choice(len(spots), b.pick(0, 0, 1, 2), replace=False).tolist())
        r = [step * b.uniform(0.16, 0.46), step * b.uniform(0.1, 0.3)]
        reach = step * (0.62 if kind == "comb" else 1.08)
        if bond:
            pairs = [
                (p, q)
                for k, p in enumerate(spots)
                for q in spots[k + 1 :]
                if np.hypot(p[0] - q[0], p[1] - q[1]) < reach
            ]
            b.draw(SHAPE, lambda pen: [pen.line([p[:2], q[:2]], bond_hue, bond) for p, q in pairs], "bonds")
        for k, (x, y, s) in enumerate(spots):
            if k in gone:
                b.draw(MARK, lambda pen: pen.disc((x, y), r[s], None, line, width, dash=(0.008, 0.006)), "vacancy")
            else:
                ball(b, (x, y), r[s], hues[2] if b.chance(0.02) else hues[s], lit, edge)
        if b.chance(0.6):
            o, c = spots[len(spots) // 2 + b.some(-2, 2)], style.strong(rng)
            dx, dy = (step, 0), ((0, step) if kind == "square" else (step / 2, step * 0.866))
            m = b.pick(1, 2)
            cell = [
                o[:2],
                (o[0] + dx[0] * m, o[1]),
                (o[0] + (dx[0] + dy[0]) * m, o[1] + dy[1] * m),
                (o[0] + dy[0] * m, o[1] + dy[1] * m),
            ]
            b.draw(MARK, lambda pen: pen.polygon(cell, None, c, width * 1.5, (0.012, 0.008)), "cell")
            b.text((cell[1][0] + 0.01, cell[1][1] - 0.01), b.pick("a", "b", "1×1"), b.size * 1.2, c, "lb")
    else:
        kind, n = b.pick("simple", "body", "face", "rock"), b.pick(1, 1, 1, 2)
        s, o = 0.52 / n, (b.uniform(0.16, 0.26), b.uniform(0.74, 0.82))
        a, skew = np.array([s, b.uniform(-0.05, 0.05)]), np.array([s * b.uniform(0.3, 0.5), -s * b.uniform(0.2, 0.35)])
        up = np.array([b.uniform(-0.04, 0.04), -s * b.uniform(0.8, 1.1)])
        P = lambda i, j, k: tuple(np.array(o) + a * i + skew * j + up * k)
        shift = {
            "simple": [],
            "body": [(0.5, 0.5, 0.5)],
            "face": [(0.5, 0.5, 0), (0.5, 0, 0.5), (0, 0.5, 0.5)],
            "rock": [(0.5, 0, 0), (0, 0.5, 0), (0, 0, 0.5), (0.5, 0.5, 0.5)],
        }[kind]
        atoms = {(i, j, k): 0 for i in range(n + 1) for j in range(n + 1) for k in range(n + 1)}
        for i in range(n + 1):
            for j in range(n + 1):
                for k in range(n + 1):
                    for d in shift:
                        q = (i + d[0], j + d[1], k + d[2])
                        if max(q) <= n:
                            atoms[q] = 1
        if b.chance(0.3):
            plane, c = (
                [P(n, 0, 0), P(0, n, 0), P(0, 0, n)]
                if b.chance(0.5)
                else [P(0, 0, n), P(n, 0, n), P(n, n, 0), P(0, n, 0)]
            ), style.strong(rng)
            b.draw(SHAPE, lambda pen: pen.polygon(plane, c, c, width), "plane", b.uniform(0.3, 0.6))
        edges = []
        for i in range(n + 1):
            for j in range(n + 1):
                edges += [((0, i, j), (n, i, j)), ((i, 0, j), (i, n, j)), ((i, j, 0), (i, j, n))]
        hidden = [e for e in edges if e in (((0, n, 0), (n, n, 0)), ((0, 0, 0), (0, n, 0)), ((0, n, 0), (0, n, n)))]
        role = MARK if b.chance(0.15) else SHAPE
        for p, q in edges:
            dash = (0.012, 0.008) if (p, q) in hidden else ()
            b.draw(role, lambda pen: pen.line([P(*p), P(*q)], line, width, dash), "edge of a cell")
        r, order = [s * b.uniform(0.05, 0.17), s * b.uniform(0.04, 0.13)], sorted(
            atoms, key=lambda q: (-q[1], q[2], q[0])
        )
        if bond and kind == "body":
            for q in [q for q in order if atoms[q]]:
                b.draw(
                    SHAPE,
                    lambda pen: [
                        pen.line([P(*q), P(*(np.array(q) + d))], bond_hue, bond)
                        for d in ((0.5, 0.5, 0.5), (-0.5, -0.5, -0.5), (0.5, -0.5, 0.5))
                    ],
                    "bonds",
                )
        for q in order:
            ball(b, P(*q), r[atoms[q]], hues[atoms[q]], lit, edge)
        if b.chance(0.6):
            base = (b.uniform(0.06, 0.1), 0.94)
            with b.group("axes"):
                for d, name in ((a, "a"), (skew, "b"), (up, "c")):
                    d = d / np.hypot(*d) * 0.1
                    b.arrow(
                        [base, (base[0] + d[0], base[1] + d[1])], style.foreground, width=b.thin * 1.5, what="axis", head=0.02
                    )
                    b.text((base[0] + d[0] * 1.3, base[1] + d[1] * 1.3), name, b.size, what="")
        if b.chance(0.4):
            p, q = P(0, 0, 0), P(n, 0, 0)
            b.arrow([(p[0], p[1] + 0.07), (q[0], q[1] + 0.07)], style.foreground, width=b.thin, both=True, what="measure")
            b.text(((p[0] + q[0]) / 2, p[1] + 0.11), f"{rng.uniform(2, 9):.2f} Å", b.size, what="measure")
    if b.chance(0.6):
        b.legend(
            (0.8, 0.05) if not flat else (0.05, 0.93),
            b.words(2, 6),
            hues,
            "dot",
            b.chance(0.3),
            b.size * 1.1,
            across=flat,
        )
    if b.chance(0.3):
        p = (b.uniform(0.3, 0.7), b.uniform(0.2, 0.4))
        q = (p[0] + b.pick(-0.18, 0.18), p[1] - 0.12)
        b.arrow([q, p], style.foreground, width=b.thin * 1.3)
        b.text((q[0], q[1] - 0.006), b.word(), b.size, readable(rng, style.background), "mb")
    return "Atoms of a crystal", b.parts


TEMPLATES = (Template("diagram", "lattice", 1.0, make),)
