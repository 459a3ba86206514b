"""Nodes in lanes, in nested groups or as boxes with compartments, joined by right-angled or curved connectors."""
from __future__ import annotations

from dataclasses import replace

from ... import elements as el
from ...canvas import PillowPen
from ...elements import Rng, Role, mixed
from ...icons import icon
from ...style import Style, readable
from ...templates import Parts, Template, cells, middle, shrink
from .pieces import (
    Look, Node, arrow_head, background, bent_line, connections, drawing_area, elbow, line_width, painted, pick_look, spread, text_size,
    vivid)


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    x0, y0, x1, y1 = area
    kind = str(rng.choice(["lanes", "groups", "entities"]))
    size, width, line = text_size(rng, .028, .042), line_width(rng, .002, .009), style.foreground if rng.random() < .65 else vivid(rng, style)
    head, look = arrow_head(rng, .85), pick_look(rng, style)
    broken = .012 if rng.random() < .12 else 0.0
    nodes: list[Node] = []
    if kind == "entities":
        rows, columns = ((1, 2), (2, 2), (2, 2), (1, 3), (2, 3))[rng.integers(5)]
        boxes = [b for b in cells(rows, columns, area, float(rng.uniform(.1, .16)))]
        heads, radius = rng.random() < .6, float(rng.choice([0, 0, .015]))
        pale = mixed(style.background, vivid(rng, style), float(rng.uniform(0, .2))) if rng.random() < .5 else style.background
        one = vivid(rng, style) if rng.random() < .6 else None
        for b in boxes:
            b = (b[0], b[1] + (b[3] - b[1]) * float(rng.uniform(0, .2)), b[2], b[3] - (b[3] - b[1]) * float(rng.uniform(0, .2)))
            pitch = size * 1.5
            count = max(1, min(int((b[3] - b[1] - size * 2) / pitch), int(rng.integers(2, 9))))
            b = (b[0], b[1], b[2], b[1] + size * 2 + count * pitch + .012)
            cut, c = int(rng.integers(1, count + 1)) if count > 2 and rng.random() < .6 else 0, one or vivid(rng, style)
            edge = style.foreground if rng.random() < .7 else c

            def entity(pen: PillowPen, b=b, cut=cut, c=c, edge=edge, pitch=pitch) -> None:
                pen.box(b, pale, radius=radius)
                top = b[1] + size * 2
                if heads:
                    pen.box((b[0], b[1], b[2], top), c, radius=radius)
                pen.box(b, None, edge, max(width, .003), radius)
                for y in [top] + ([top + cut * pitch + .006] if cut else []):
                    pen.line([(b[0], y), (b[2], y)], edge, max(width, .003))
            parts.append(el.vector(Role.SHAPE, entity, "box with compartments", shadow=.008 if rng.random() < .1 else 0))
            parts.append(el.text(style, (middle(b)[0], b[1] + size), style.word(rng), size * 1.05, readable(rng, c if heads else pale),
                                 width=(b[2] - b[0]) * .9))
            for k in range(count):
                word = style.word(rng) if rng.random() < .3 else style.phrase(rng, 1, 2)
                if word.isascii() and rng.random() < .3:   # fonts of other scripts may lack the sign
                    word = f"{rng.choice(list('+-#'))} {word}"
                parts.append(el.text(style, (b[0] + .014, b[1] + size * 2 + (k + .55) * pitch), word, size * .88, readable(rng, pale), "lm",
                                     width=(b[2] - b[0]) * .88))
            nodes.append(Node(middle(b), (b[2] - b[0]) / 2, (b[3] - b[1]) / 2, "box", False))
        links = [(i, j) for i in range(len(nodes)) for j in range(i + 1,
                len(nodes)) if (j == i + 1 and i // columns == j // columns) or j == i + columns]
    elif kind == "lanes":
        lanes, upright, filled = int(rng.integers(2, 6)), rng.random() < .35, rng.random() < .6
        boxes = cells(1 if upright else lanes, lanes if upright else 1, area, float(rng.choice([0, 0, .012])))
        headed = float(rng.uniform(.07, .12))
        tones = [vivid(rng, style) for _ in range(lanes)] if rng.random() < .6 else [vivid(rng, style)] * lanes
        for k, b in enumerate(boxes):
            fill = mixed(style.background, tones[k], float(rng.uniform(.2, .4))) if filled else None
            cap = (b[0], b[1], b[2], b[1] + headed) if upright else (b[0], b[1], b[0] + headed, b[3])
            full = rng.random() < .7
            parts.append(el.vector(Role.PANEL, lambda pen, b=b, f=fill, cap=cap, c=tones[k],
                                  full=full: (pen.box(b, f, style.foreground if not f or full else None, max(width, .003)),
                         pen.box(cap, c)), "lane"))
            parts.append(el.text(style, middle(cap), style.word(rng), size, readable(rng, tones[k]), turned=not upright,
                                 width=(b[2] - b[0] if upright else b[3] - b[1]) * .85))
        count = int(rng.integers(3, 8))
        for k in range(count):
            b = boxes[int(rng.integers(lanes))]
            v = headed + .02 + (1 - headed - .02) * (k + .5) / count
            at = (middle(b)[0], y0 + (y1 - y0) * v) if upright else (x0 + (x1 - x0) * v, middle(b)[1])
            rx, ry = ((b[2] - b[0]) * .34, .34 * (y1 - y0) * .85 / count) if upright else (.36 * (x1 - x0) * .88 / count, (b[3] - b[1]) * .3)
            nodes.append(Node(at, rx, min(ry, .07), str(rng.choice(["rounded box", "box", "diamond", "pill", "ellipse", "slanted box"])), False))
        links = [(k, k + 1) for k in range(count - 1)]
    else:
        count, depth = int(rng.integers(2, 5)), rng.random() < .4
        if depth:
            outer = Node(middle(area), (x1 - x0) / 2, (y1 - y0) / 2, "rounded box", False)
            parts.append(painted(rng, style, replace(pick_look(rng, style), filled="pale", edge=max(width, .003), opacity=1.0), outer, None,
                                  Role.PANEL)[0])
        rows, columns = (1, 2) if count == 2 else (2, 2) if count > 2 else (1, 1)
        boxes = cells(rows, columns, shrink(area, *(.05,) * 4) if depth else area, float(rng.uniform(.03, .08)))[:count]
        shape, dotted = str(rng.choice(["rounded box", "box", "ellipse"])), rng.random() < .35
        group = Look("none" if dotted else "pale", None, max(width, .003) if dotted or rng.random() < .6 else 0.0, False,
                      .014 if dotted else 0.0, False, 0.0, float(rng.uniform(.5, 1)))
        form = str(rng.choice(["rounded box", "ellipse", "box", "pill", "hexagon"]))
        links = []
        for b in boxes:
            tone = vivid(rng, style)
            panel = replace(group, edge=max(group.edge, .003)) if depth else group if group.edge else replace(group, opacity=1.0)
            parts.append(painted(rng, style, panel, Node(middle(b), (b[2] - b[0]) / 2, (b[3] - b[1]) / 2, shape, False), tone, Role.PANEL)[0])
            if rng.random() < .75:
                parts.append(el.text(style, (middle(b)[0], b[1] + size * (1 if shape != "ellipse" else 1.6)), style.word(rng), size,
                                     style.foreground, width=(b[2] - b[0]) * (.8 if shape != "ellipse" else .4)))
            own = int(rng.integers(2, 5))
            spots = spread(rng, shrink(b, .22, .25, .22, .18), own)
            first = len(nodes)
            if rng.random() < .15:
                parts.append(el.micrograph(rng, style, (middle(b)[0] - .06, b[3] - .13, middle(b)[0] + .06, b[3] - .02)))
            nodes += [Node(q, min(.075, (b[2] - b[0]) * .16), min(.034, (b[3] - b[1]) * .09), form, False) for q in spots]
            links += [(first + k, first + k + 1) for k in range(own - 1)] + ([(first - 1, first)] if first else [])
    bent = str(rng.choice(["elbow", "straight", "bent"], p=[.5, .3, .2])) if kind == "groups" else "elbow"
    rows_ = []
    for i, j in links:
        a, b = nodes[i].at, nodes[j].at
        tall = abs(a[1] - b[1]) > abs(a[0] - b[0])
        points = [a, b] if bent == "straight" else bent_line(a, b, .2) if bent == "bent" else elbow(a, b, tall)
        if kind == "lanes" and bent == "elbow":
            points = [a, (b[0], a[1]), b] if abs(a[0] - b[0]) > .02 and abs(a[1] - b[1]) > .02 else [a, b]
        rows_.append((points, nodes[i], nodes[j], line))
        if kind == "entities" and rng.random() < .5:
            q = middle((*a, *b))
            parts.append(el.text(style, (q[0] + .02, q[1] - .025), str(rng.choice(["1", "0..1", "*", "1..*", "n"])), size * .85, style.foreground, what=""))
    if kind == "entities" and head and rng.random() < .5:
        head = str(rng.choice(["hollow", "diamond", "open"]))
    parts.append(connections(style, rows_, width, broken, head, max(width * 3, .016), "set of connectors"))
    if kind != "entities":
        if look.filled == "none" and kind == "groups":
            look = replace(look, filled="full", edge=0.0)
        for node in nodes:
            made, pen = painted(rng, style, replace(look, double=False), node)
            if kind == "groups" and rng.random() < .08:
                made = icon(rng, style, node.at, .045)
                parts.append(made)
                continue
            parts += [made, el.text(style, node.at, style.word(rng), min(size, node.ry * 1.3), pen,
                                    width=node.rx * (1.2 if node.shape in ("diamond", "ellipse") else 1.7))]
    return {"lanes": "A chart of lanes", "groups": "A pathway of grouped parts",
            "entities": "A diagram of boxes with compartments"}[kind], parts + extra


TEMPLATES = (Template("diagram", "compartments", 1.1, make),)
