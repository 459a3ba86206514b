"""A dendrogram or phylogeny, square, slanted, curved or round, or a tree of boxes; leaves named, clades shaded."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import Colour, Point
from ...elements import Rng, Role, mixed
from ...style import Style
from ...templates import Parts, Template
from .pieces import TAU, Node, background, draw_line, drawing_area, eased, line_width, painted, pick_look, text_size, vivid


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    leaves = int(rng.integers(4, 20))
    groups: list[tuple[float, float, list]] = [(float(k), 0.0, []) for k in range(leaves)]   # place, height, children
    ragged, level = rng.random() < .4, 0.0
    if ragged:
        groups = [(x, float(rng.uniform(0, .35)) * leaves, []) for x, _, _ in groups]
    while len(groups) > 1:
        k = int(rng.integers(len(groups) - 1))
        n = min(2 if rng.random() < .85 else 3, len(groups) - k)
        own = groups[k:k + n]
        low = max(g[1] for g in own)
        level = max(level, low) + float(rng.uniform(.3, 1.2)) if rng.random() < .5 else low + float(rng.uniform(.4, 1.5))
        groups[k:k + n] = [(float(np.mean([g[0] for g in own])), level, own)]
    root = groups[0]
    top = max(root[1], 1e-3)
    form = str(rng.choice(["square", "slanted", "eased", "round"], p=[.46, .18, .14, .22]))
    side = str(rng.choice(["right", "down", "up"], p=[.6, .28, .12])) if form != "round" else "round"
    names, size = rng.random() < .8, min(text_size(rng, .028, .045), .75 / leaves)
    named = .78 if names else .97
    x0, y0, x1, y1 = area
    sweep, turn = float(rng.uniform(4, 6.1)), float(rng.random() * TAU)
    reach = .35 if names else .45

    def at(place: float, height: float) -> Point:
        u, v = (place + .5) / leaves, 1 - height / top
        if side == "round":
            t = turn + u * sweep
            return .5 + reach * v * float(np.cos(t)), (y0 + y1) / 2 + reach * (y1 - y0) * v * float(np.sin(t))
        if side == "right":
            return x0 + .02 + (x1 - x0 - .02) * named * v, y0 + (y1 - y0) * u
        y = y0 + (y1 - y0) * (.03 + (named - .05) * v)
        return x0 + (x1 - x0) * u, y if side == "down" else y0 + y1 - y
    width, foreground = line_width(rng, .002, .012), style.foreground if rng.random() < .6 else vivid(rng, style)
    clades = [g for g in root[2]]
    coloured = rng.random() < .4
    joints: list[Point] = []
    rows: list[tuple[list[Point], Colour]] = []
    tips: list[tuple[float, float, Colour]] = []

    def grow(node: tuple, colour: Colour) -> None:
        place, height, children = node
        if not children:
            tips.append((place, height, colour))
            return
        joints.append(at(place, height))
        for child in children:
            own = colour
            if coloured and any(child is c for c in clades):
                own = vivid(rng, style, step=.3)
            a, b = at(place, height), at(child[0], child[1])
            if form == "square":
                rows.append(([a, at(child[0], height), b], own))
            elif form == "round":
                rows.append(([*(at(v, height) for v in np.linspace(place, child[0], 10)), b], own))
            else:
                rows.append(([a, b] if form == "slanted" else eased(a, b, side != "right"), own))
            grow(child, own)
    grow(root, foreground)
    broken = .012 if rng.random() < .08 else 0.0
    parts.append(el.vector(Role.DATA if rng.random() < .3 else Role.MARK, lambda foreground: [draw_line(foreground, pts, c, width, broken) for pts, c in rows],
                          "branching tree"))
    if rng.random() < .4 and side in ("right", "down"):   # shaded clades
        for g in clades[:3]:
            spans = [t for t in tips if _within(t[0], g)]
            lo, hi = min(t[0] for t in spans) - .42, max(t[0] for t in spans) + .42
            a, b = at(lo, g[1] * .98), at(hi, 0)
            box = (a[0] - .01, a[1], min(x1, .99), b[1]) if side == "right" else (a[0], a[1] - .01, b[0], min(y1, .99))
            fill = vivid(rng, style)
            parts.append(el.vector(Role.PANEL, lambda pen, q=box,
                                  c=mixed(style.background, fill, float(rng.uniform(.22, .45))): pen.box(q, c, radius=.012),
                                  f"{el.colour_name(fill)} clade"))
    dots = str(rng.choice(["none", "tips", "joints", "boxes"], p=[.4, .25, .2, .15]))
    look = pick_look(rng, style)
    if dots != "none":
        where = joints if dots == "joints" else [at(t[0], t[1]) for t in tips]
        r, shape = float(rng.uniform(.008, .02)) if dots != "boxes" else min(.028, .36 / leaves), "box" if dots == "boxes" else "ellipse"
        for q in where:
            parts.append(painted(rng, style, replace(look, double=False, broken=0), Node(q, r, r, shape))[0])
    if names:
        gap = .03 if dots in ("tips", "boxes") else .015
        aligned = rng.random() < .3
        for place, height, colour in tips:
            a = at(place, 0 if aligned else height)
            c = colour if coloured and rng.random() < .8 else style.foreground
            word = style.phrase(rng, 1, 2) if side == "right" and rng.random() < .6 else style.word(rng)
            if side == "right":
                parts.append(el.text(style, (a[0] + gap, a[1]), word, size, c, "lm", width=max(.99 - a[0] - gap, .05)))
            elif side == "round":
                d = np.array(a) - (.5, (y0 + y1) / 2)
                q = np.array(a) + d / max(float(np.hypot(*d)), 1e-6) * .03
                parts.append(el.text(style, (float(q[0]), float(q[1])), word, min(size, .034), c, "lm" if d[0] > 0 else "rm",
                                     width=float(np.clip((1 - q[0] if d[0] > 0 else q[0]) - .01, .03, .14))))
            else:
                q = (a[0], min(a[1] + gap + .075, .92)) if side == "down" else (a[0], max(a[1] - gap - .075, .08))
                parts.append(el.text(style, q, word, size, c, turned=True, width=.14))
    if rng.random() < .3 and side == "right":
        y = min(y1 + .012, .985)
        parts.append(el.vector(Role.MARK, lambda pen: pen.line([(x0 + .03, y), (x0 + .16, y)], style.foreground, max(width, .004)), "scale bar"))
    return "A tree of groups" if form != "round" else "A round tree", parts + extra


def _within(place: float, group: tuple) -> bool:
    return group[0] == place if not group[2] else any(_within(place, g) for g in group[2])


TEMPLATES = (Template("diagram", "tree", 1, make),)
