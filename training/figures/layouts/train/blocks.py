"""Solid blocks seen from above and aside: bars on a plane in rows, steps, stacks of cubes, towers with pictures or
words on their faces; with a ground, hairline edges, shadows, numbers above."""

import numpy as np

from ...kit import BLACK, DATA, MARK, PANEL, SHAPE, WHITE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style)
    style, kind = b.style, b.pick("bars", "bars", "cubes", "stairs", "towers")
    true = b.chance(0.5)  # equal angles, or a front that stays upright
    unit = {"bars": 0.085, "cubes": 0.1, "stairs": 0.14, "towers": 0.17}[kind] * b.uniform(0.8, 1.15)
    ax = np.array([0.866, 0.5]) * unit if true else np.array([1.0, 0.0]) * unit * 1.2
    ay = np.array([-0.866, 0.5]) * unit if true else np.array([-0.45, 0.4]) * unit
    nx, ny = (b.some(3, 6), b.some(1, 4)) if kind != "stairs" else (b.some(3, 5), 1)
    fit = min(1.0, 0.86 / (abs(ax[0]) * nx + abs(ay[0]) * ny))
    unit, ax, ay = unit * fit, ax * fit, ay * fit
    middle = np.array([0.5, b.uniform(0.6, 0.7)]) - (ax * nx + ay * ny) / 2
    P = lambda u, v, z=0.0: tuple(middle + ax * u + ay * v - np.array([0, z]))
    role = DATA if kind == "bars" else SHAPE
    hues, edge = b.colours(max(nx, ny), 60), b.pick(None, None, style.foreground, WHITE, "darker")
    by_row, width, gap = b.chance(0.5), b.uniform(0.0018, 0.006), b.pick(0.0, 0.12, 0.3)
    opacity, pillow = b.pick(1.0, 1.0, 1.0, 0.75), b.chance(0.5)
    if b.chance(0.6):
        m, tone = b.uniform(0.1, 0.5), mixed(style.background, style.foreground, b.uniform(0.05, 0.15))
        background = [P(-m, -m), P(nx + m, -m), P(nx + m, ny + m), P(-m, ny + m)]
        mesh = b.chance(0.5)

        def plane(pen):
            pen.polygon(background, tone, mixed(tone, style.foreground, 0.3), b.thin)
            for k in range(nx + 1) if mesh else ():
                pen.line([P(k, -m), P(k, ny + m)], mixed(tone, style.foreground, 0.2), b.thin * 0.7)
            for k in range(ny + 1) if mesh else ():
                pen.line([P(-m, k), P(nx + m, k)], mixed(tone, style.foreground, 0.2), b.thin * 0.7)

        b.draw(PANEL, plane, "ground")
    if kind == "bars" and b.chance(0.35):
        wall, tone = [P(0, 0), P(nx, 0), P(nx, 0, 0.42), P(0, 0, 0.42)], mixed(style.background, style.foreground, 0.07)
        levels = [[P(0, 0, z), P(nx, 0, z)] for z in (0.1, 0.2, 0.3, 0.4)]
        b.draw(
            PANEL,
            lambda pen: (pen.polygon(wall, tone), [pen.line(q, mixed(tone, style.foreground, 0.25), b.thin) for q in levels]),
            "wall",
        )

    def block(u0, v0, u1, v1, z0, z1, c, what):
        faces = [
            ([P(u0, v1, z0), P(u1, v1, z0), P(u1, v1, z1), P(u0, v1, z1)], mixed(c, BLACK, 0.12)),
            ([P(u1, v0, z0), P(u1, v1, z0), P(u1, v1, z1), P(u1, v0, z1)], mixed(c, BLACK, 0.35)),
            ([P(u0, v0, z1), P(u1, v0, z1), P(u1, v1, z1), P(u0, v1, z1)], mixed(c, WHITE, 0.3)),
        ]
        rim = mixed(c, BLACK, 0.6) if edge == "darker" else edge
        if pillow:
            b.draw_pillow(role, lambda pen: [pen.polygon(q, f, rim, width) for q, f in faces], what, opacity=opacity)
        else:
            b.draw(role, lambda pen: [pen.polygon(q, f, rim, width, join="round") for q, f in faces], what, opacity)

    names = b.chance(0.5)
    with b.group("series"):
        for v in range(ny):
            for u in range(nx):
                c = hues[v if by_row else u] if kind != "cubes" else hues[b.some(0, len(hues) - 1)]
                g = gap / 2
                if kind == "bars":
                    z = b.uniform(0.03, 0.42)
                    block(u + g, v + g, u + 1 - g, v + 1 - g, 0, z, c, "bar")
                    if names and ny == 1:
                        b.text(P(u + 0.5, v + 0.5, z + 0.03), f"{z * 100:.0f}", b.size, what="value")
                elif kind == "cubes":
                    for k in range(b.pick(0, 1, 1, 2, 3, 4)):
                        block(
                            u + g,
                            v + g,
                            u + 1 - g,
                            v + 1 - g,
                            unit * k,
                            unit * (k + 1) - unit * g,
                            c if b.chance(0.7) else hues[0],
                            "cube",
                        )
                elif kind == "stairs":
                    z = 0.07 * (u + 1)
                    block(u, 0, u + 1, 1, 0, z, c, "step")
                    if not true or names:
                        p = P(u + 0.5, 1, z / 2)
                        b.text(
                            p,
                            str(u + 1) if b.chance(0.5) else b.word(5),
                            min(b.size * 1.2, z * 0.6),
                            readable(rng, mixed(c, BLACK, 0.12)),
                            width=unit * 0.7,
                        )
                    if b.chance(0.5):
                        q = P(u + 0.5, 0.5, z + 0.05)
                        b.icon(q, 0.04) if b.chance(0.6) else b.thing(q, 0.09)
                elif b.chance(0.8):
                    z = b.uniform(0.08, 0.3)
                    block(u + 0.15, v + 0.15, u + 0.85, v + 0.85, 0, z, c, "block")
                    p = P(u + 0.5, v + 0.85, z * 0.6)
                    if b.chance(0.6):
                        b.text(p, b.word(6), b.size, readable(rng, mixed(c, BLACK, 0.12)), width=unit * 0.55)
                    top = P(u + 0.5, v + 0.5, z + 0.06)
                    if b.chance(0.3):
                        b.icon(top, 0.04)
    if kind in ("bars", "towers"):
        with b.group("axis"):
            for u in range(nx):
                p = P(u + 0.5, ny, -0.035)
                b.text(
                    (p[0] - 0.01, p[1]),
                    b.word(6),
                    b.size * 0.9,
                    anchor="rm" if true else "mt",
                    what="",
                    turn=-0.4 if true and b.chance(0.3) else 0,
                )
        if ny > 1 and kind == "bars" and b.chance(0.6):
            b.legend((0.05, 0.06), b.words(ny, 7), hues if by_row else [style.foreground] * ny, plate=b.chance(0.4))
    for _ in range(b.pick(0, 1, 1, 2) if kind in ("towers", "stairs", "cubes") else 0):
        p = P(b.uniform(0, nx), b.uniform(0, ny), b.uniform(0.1, 0.35))
        q = (min(max(p[0] + b.pick(-0.22, 0.22), 0.1), 0.9), max(p[1] - b.uniform(0.05, 0.15), 0.1))
        with b.group("call-out"):
            b.draw(
                MARK, lambda pen: (pen.line([p, q], style.foreground, b.thin), pen.disc(p, 0.008, style.foreground)), "leader line"
            )
            b.text((q[0], q[1] - 0.006), b.word(), b.size, anchor="mb")
    if b.chance(0.4):
        b.text((0.5, 0.05), style.phrase(rng, 2, 4), b.size * 1.5, what="title", width=0.9)
    return "Blocks in perspective", b.parts


TEMPLATES = (Template("shapes", "blocks", 1.0, make),)
