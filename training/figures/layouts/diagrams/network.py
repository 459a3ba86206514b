"""Nodes anywhere, on a ring, in columns or on a line, with any kind of edges; sometimes states with loops, or regions behind."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import Rng, Role, mixed
from ...icons import icon
from ...style import Style
from ...templates import Parts, Template, middle, shrink
from .pieces import (
    TAU, Node, arrow_head, background, bent_line, blob, connections, draw_closed, draw_line, drawing_area, eased, elbow, legend,
    line_width, painted, pick_look, spread, text_size, vivid)


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    states = rng.random() < .3
    layout = str(rng.choice(["ring", "free", "columns", "hub", "line"], p=[.22, .34, .18, .14, .12]))
    count = int(rng.integers(3, 8)) if states or layout == "line" else int(rng.integers(4, 12)) if rng.random() < .7 else int(rng.integers(12, 36))
    x0, y0, x1, y1 = core = shrink(area, *rng.uniform(.06, .14, 4))
    (cx, cy), w, h = middle(core), x1 - x0, y1 - y0
    if layout in ("ring", "hub"):
        t = rng.random() * TAU + np.arange(count) * TAU / count
        places = [(float(cx + w / 2 * np.cos(v)), float(cy + h / 2 * np.sin(v))) for v in t]
        if layout == "hub":
            places[0] = (cx, cy)
    elif layout == "columns":
        columns = int(rng.integers(2, 5))
        split = [len(s) for s in np.array_split(np.arange(max(count, columns)), columns)]
        places = [(x0 + w * c / (columns - 1), y0 + h * (k + .5) / n) for c, n in enumerate(split) for k in range(n)]
    elif layout == "line":
        places = [(x0 + w * k / (count - 1), cy + h * .2 * float(rng.uniform(-1, 1)) * (rng.random() < .3)) for k in range(count)]
    else:
        places = spread(rng, core, count)
    count = len(places)
    p = np.array(places)
    far = np.hypot(*(p[:, None] - p[None]).transpose(2, 0, 1)) + np.eye(count) * 9
    r = min(float(far.min()) * float(rng.uniform(.24, .4)), .13) if rng.random() < .7 else float(rng.uniform(.008, .02))
    look, shape = pick_look(rng, style), str(rng.choice(["ellipse", "ellipse", "ellipse", "box", "rounded box", "hexagon", "diamond",
                                                     "triangle", "pill"]))
    mixed_shapes, varied = rng.random() < .12, rng.random() < .3
    wide = float(rng.uniform(1, 1.5)) if shape in ("box", "rounded box", "pill") else 1.0
    nodes = [Node(q, r * wide * (s := float(rng.uniform(.55, 1)) if varied else 1.0), r * s / (wide if wide > 1.2 else 1),
                   str(rng.choice(["ellipse", "box", "triangle", "diamond", "hexagon"])) if mixed_shapes else shape) for q in places]
    pairs = {(int(i), int(j)) for i in range(count) for j in np.argsort(far[i])[:int(rng.integers(1, 3))]}
    pairs |= {(i, i + 1) for i in range(count - 1)} if layout in ("line", "ring") and not (layout == "ring" and count > 20) else set()
    pairs |= {(0, j) for j in range(1, count)} if layout == "hub" else set()
    pairs |= {(int(i), int(j)) for i, j in rng.integers(count, size=(int(rng.integers(0, count)), 2)) if i != j}
    edges = sorted(pairs)
    if not states:
        edges = sorted({(min(e), max(e)) for e in edges})
    kind = "bent" if states or layout == "line" else str(rng.choice(["straight", "bent", "eased", "elbow"], p=[.5, .26, .12, .12]))
    bend, width = float(rng.uniform(.08, .25)), line_width(rng)
    line = style.foreground if rng.random() < .5 else mixed(style.background, style.foreground, .55) if rng.random() < .4 else vivid(rng, style)
    many, head = rng.random() < .15, arrow_head(rng, 1 if states else .5)
    rows = []
    for i, j in edges:
        a, b = places[i], places[j]
        sign = bend if not states and layout != "line" else bend * (1 if j == i + 1 or layout != "line" else 2.0)
        points = {"straight": [a, b], "bent": bent_line(a, b, sign), "eased": eased(a, b, abs(a[0] - b[0]) < abs(a[1] - b[1])),
                  "elbow": elbow(a, b, abs(a[0] - b[0]) < abs(a[1] - b[1]))}[kind]
        rows.append((np.clip(points, .01, .99).tolist(), nodes[i], nodes[j], vivid(rng, style) if many else line))
    broken = float(rng.uniform(.006, .02)) if rng.random() < .18 else 0.0
    parts.append(connections(style, rows, width, broken, head, max(width * 3, .016), "web of arrows" if head else "web of lines"))
    if rng.random() < .12:   # a second kind of edges
        more = [([places[i], places[j]], nodes[i], nodes[j], vivid(rng, style)) for i, j in rng.integers(count, size=(4, 2)) if i != j]
        parts.append(connections(style, more, width, .012, "", .02, ""))
    if rng.random() < .35:   # regions behind
        groups, opacity, bare = int(rng.integers(1, 4)), float(rng.uniform(.24, .6)), rng.random() < .25
        owner = np.argmin([np.hypot(*(p - p[c]).T) for c in rng.integers(count, size=groups)], 0)
        for g in np.unique(owner):
            own = p[owner == g]
            lo, hi = own.min(0) - r * 1.6 - .015, own.max(0) + r * 1.6 + .015
            lo, hi = np.maximum(lo, .01), np.minimum(hi, .99)
            fill = vivid(rng, style)
            middle_, half = ((lo + hi) / 2).tolist(), ((hi - lo) / 2).tolist()
            region = blob(rng, tuple(middle_), half[0], half[1], .05) if rng.random() < .5 else Node(tuple(middle_), half[0], half[1],
                    "rounded box", False)
            parts.append(el.vector(Role.PANEL, lambda pen, q=region, c=fill: (lambda s: draw_closed(pen, s, c, .004, .014) if bare else pen.polygon(s, c))(
                q.rim(pen) if isinstance(q, Node) else q), f"{'dashed' if bare else 'translucent'} {el.colour_name(fill)} region",
                1 if bare else opacity))
    words = str(rng.choice(["inside", "inside", "beside", "below", "none"])) if count < 16 else str(rng.choice(["none", "beside"]))
    if words == "inside" and r < .045:
        words = "below"
    palette = [vivid(rng, style) for _ in range(int(rng.integers(1, 5)))]
    number, size = rng.random() < .3, text_size(rng, .028, .05)
    hubs = rng.random() < .12
    for k, node in enumerate(nodes):
        colour = look.one or palette[k % len(palette)]
        if hubs and r > .05 and rng.random() < .6:
            parts.append(icon(rng, style, node.at, r * .95))
            pen = style.foreground
        else:
            own = replace(look, double=bool(look.edge)) if states and k == count - 1 else look
            shape_, pen = painted(rng, style, own, node, colour)
            parts.append(shape_)
        word = (f"q{k}" if states else str(k + 1)) if number else style.word(rng)
        if words == "inside":
            parts.append(el.text(style, node.at, word, min(size, r * 1.1), pen if not hubs else style.foreground, width=r * 1.5))
        elif words != "none" and (count < 16 or k % 3 == 0):
            left = node.at[0] > .7
            at = (node.at[0] + (-1 if left else 1) * (node.rx + .012), node.at[1]) if words == "beside" else (node.at[0],
                    min(node.at[1] + node.ry + size * .75, .97))
            parts.append(el.text(style, at, word, size, style.foreground, ("rm" if left else "lm") if words == "beside" else "mm", width=.22,
                                 halo=.006 if rng.random() < .3 else 0, halo_colour=style.background))
    if states or rng.random() < .15:
        for points, a, b, _ in rows:
            if rng.random() < .6 and len(rows) < 16:
                q = points[len(points) // 2] if len(points) > 2 else middle((*points[0], *points[1]))
                parts.append(el.text(style, (float(q[0]), float(q[1])),
                                     style.word(rng) if not states or rng.random() < .5 else str(rng.choice(list("abxy01"))),
                                     text_size(rng, .028, .036), style.foreground, halo=.01, halo_colour=style.background, width=.16))
    if states:
        chosen = [n for n in nodes if rng.random() < .4]

        def loops(pen: PillowPen) -> None:
            for n in chosen:
                hx, hy = n.half(pen)
                t = np.linspace(np.pi * .78, np.pi * 2.22, 30)
                up = 1 if n.at[1] > .2 else -1
                pts = [(n.at[0] + hx * .6 * np.cos(v), n.at[1] + up * (hy * .65 * np.sin(v) - hy * 1.15)) for v in t]
                draw_line(pen, pts, line, width, 0, head, "", max(width * 2.6, .014), style.background)
            n = nodes[0]
            x = n.at[0] - n.half(pen)[0]
            draw_line(pen, [(max(x - .09, .005), n.at[1]), (x - .004, n.at[1])], line, width, 0, head, "", max(width * 3, .016), style.background)
        parts.append(el.vector(Role.MARK, loops, "set of loops"))
    if not states and len(palette) > 1 and not look.one and rng.random() < .2 and layout != "columns":
        parts += legend(rng, style, (.8, .06), palette, "dot")
    return "A state machine" if states else "A network diagram", parts + extra


TEMPLATES = (Template("diagram", "network", 1.2, make),)
