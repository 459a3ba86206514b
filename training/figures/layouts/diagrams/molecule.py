"""Skeletal formulae of rings and chains, or balls on sticks; one or more, sometimes with a reaction arrow."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import PillowPen, Point
from ...elements import WHITE, Element, Rng, Role, mixed
from ...style import Style
from ...templates import Parts, Template, cells, middle
from .pieces import TAU, background, bent_line, draw_line, drawing_area, line_width, text_size, vivid


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    count = int(rng.choice([1, 1, 2, 2, 3, 4]))
    boxes = cells(2 if count == 4 else 1, 2 if count == 4 else count, area, .09 if count < 4 else .06)
    balls, width = rng.random() < .45, line_width(rng, .003, .012)
    palette = [vivid(rng, style) for _ in range(3)] + [style.foreground]
    line = style.foreground if rng.random() < .75 else vivid(rng, style)
    glossy, coloured = rng.random() < .6, rng.random() < .5
    for box in boxes:
        atoms, bonds = _atoms(rng)
        p = np.array(atoms)
        lo, hi = p.min(0), p.max(0)
        fit = min(.92 * (box[2] - box[0]) / max(hi[0] - lo[0], 1.5), .8 * (box[3] - box[1]) / max(hi[1] - lo[1], 1.5), .16)
        fit = float(fit)
        centre = middle(box)
        off = (p - (lo + hi) / 2).tolist()
        kinds = [int(rng.choice(4, p=[.12, .1, .08, .7])) for _ in atoms]
        double = [rng.random() < .3 for _ in bonds]
        radii = [float(fit * rng.uniform(.2, .36)) for _ in range(4)]
        degree = np.bincount(np.array(bonds).ravel(), minlength=len(atoms))
        hetero = [k < 3 and degree[i] < 3 and not balls for i, k in enumerate(kinds)]
        stick = max(width, .012) if balls and rng.random() < .6 else width
        grey = mixed(style.foreground, style.background, .3) if balls else line

        def sticks(pen: PillowPen, off=off, bonds=bonds, double=double, hetero=hetero, fit=fit, centre=centre, stick=stick, grey=grey) -> None:
            for (i, j), two in zip(bonds, double):
                a, b = np.array(off[i]), np.array(off[j])
                d = (b - a) / max(float(np.hypot(*(b - a))), 1e-6)
                a, b = a + d * .3 * hetero[i], b - d * .3 * hetero[j]
                n = np.array([-d[1], d[0]]) * (.09 if not balls else .08)
                for k in ((-1, 1) if two else (0,)):
                    pen.line(pen.round(centre, fit, [tuple(a + n * k), tuple(b + n * k)]), grey, stick * (.7 if two else 1))
        parts.append(el.vector(Role.DATA if balls else Role.MARK, sticks, "set of bonds" if balls else "skeletal formula"))
        for i, (q, k) in enumerate(zip(off, kinds)):
            if balls:
                def ball(pen: PillowPen, q=q, r=radii[k], c=palette[k], centre=centre, fit=fit) -> None:
                    at = pen.round(centre, fit, [q])[0]
                    pen.dot(at, r, mixed(c, (0, 0, 0), .35 if glossy else 0))
                    if glossy:
                        for s in (.86, .62, .36, .16):
                            pen.dot(pen.round(at, r * (1 - s), [(-.4, -.4)])[0], r * s, mixed(c, WHITE, .75 * (1 - s)))
                parts.append(el.vector(Role.SHAPE, ball, f"{el.colour_name(palette[k])} ball", shadow=.006 if rng.random() < .05 else 0))
            elif hetero[i]:
                letter, tone = "ONS"[k], palette[k] if coloured else line

                def write(frame, q=q, fit=fit, centre=centre, letter=letter, tone=tone):
                    at = PillowPen(frame).round(centre, fit, [q])[0]
                    return el.text(style, at, letter, fit * .5, tone).draw(frame)
                parts.append(Element(Role.TEXT, write, "", letter))
        if rng.random() < .5:
            parts.append(el.text(style, (centre[0], min(box[3] + .0, .965)), style.word(rng), text_size(rng), style.foreground, width=box[2] - box[0],
                                 anchor="mm"))
        if rng.random() < .1:
            parts.append(el.vector(Role.PANEL, lambda pen, q=box, c=mixed(style.background, palette[0], .26): pen.box(q, c, radius=.03), "tinted panel"))
    if count in (2, 3):
        plus, bent = rng.random() < .25, rng.random() < .3
        for a, b in zip(boxes, boxes[1:]):
            y = middle(a)[1]
            if plus:
                parts.append(el.text(style, ((a[2] + b[0]) / 2, y), "+", .09, style.foreground, what=""))
            else:
                p, q = (a[2] + .005, y), (b[0] - .005, y)
                parts.append(el.vector(Role.MARK, lambda foreground, p=p,
                                      q=q: draw_line(foreground, bent_line(p, q, -.12) if bent else [p, q], style.foreground, max(width, .004), 0, "fill", "",
                                                 .022), "reaction arrow"))
                if rng.random() < .6:
                    parts.append(el.text(style, ((p[0] + q[0]) / 2, y - .04), style.word(rng), .03, style.foreground, width=.11))
    return "Ball-and-stick molecules" if balls else "Chemical structures", parts + extra


def _atoms(rng: Rng) -> tuple[list[Point], list[tuple[int, int]]]:
    """A molecule in the plane with bonds about one long: rings side by side, with zigzag chains."""
    atoms: list[Point] = []
    bonds: list[tuple[int, int]] = []

    def put(x: float, y: float) -> int:
        for k, (u, v) in enumerate(atoms):
            if (u - x) ** 2 + (v - y) ** 2 < .2:
                return k
        atoms.append((float(x), float(y)))
        return len(atoms) - 1

    def join(i: int, j: int) -> None:
        if i != j and (min(i, j), max(i, j)) not in bonds:
            bonds.append((min(i, j), max(i, j)))
    root3 = 3 ** .5
    hexes = [(0, 0)] + [((k % 3) * 1, k // 3) for k in range(1, int(rng.integers(1, 4)))] if rng.random() < .8 else []
    for u, v in hexes:
        cx, cy = root3 * (u + v / 2), 1.5 * v
        ring = [put(cx + np.cos(t), cy + np.sin(t)) for t in np.pi / 6 + np.arange(6) * np.pi / 3]
        for i, j in zip(ring, ring[1:] + ring[:1]):
            join(i, j)
    if not atoms:
        atoms.append((0.0, 0.0))
    for _ in range(int(rng.integers(1, 4))):
        i = int(rng.integers(len(atoms)))
        c = np.mean(atoms, 0)
        d = np.array(atoms[i]) - c
        base = float(np.arctan2(d[1], d[0])) if np.hypot(*d) > .1 else float(rng.random() * TAU)
        base = round((base - np.pi / 6) / (np.pi / 3)) * np.pi / 3 + np.pi / 6
        for k in range(int(rng.integers(1, 5)) + (0 if hexes else 2)):
            t = base + (np.pi / 3 if k % 2 else 0)
            x, y = atoms[i]
            j = put(x + np.cos(t), y + np.sin(t))
            join(i, j)
            i = j
    if not bonds:
        join(0, put(1, .3))
    return atoms, bonds


TEMPLATES = (Template("shapes", "molecule", 1, make),)
