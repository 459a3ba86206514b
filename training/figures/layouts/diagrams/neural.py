"""Columns of units with all their connections, or rows of solid blocks and slabs with arrows between."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import WHITE, Rng, Role, mixed
from ...style import Style
from ...templates import Parts, Template, shrink
from .pieces import Node, background, connections, drawing_area, line_width, painted, pick_look, text_size, vivid


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    x0, y0, x1, y1 = shrink(area, .04, .1, .04, .12)
    count, upright = int(rng.integers(3, 7)), rng.random() < .2
    if rng.random() < .5:
        sizes = [int(rng.integers(1, 8)) for _ in range(count)]
        r = min(.4 * (y1 - y0) / max(sizes), .32 / count, float(rng.uniform(.015, .07)))
        look, width = replace(pick_look(rng, style), broken=0.0), line_width(rng, .0015, .006)
        place = lambda c, k: (x0 + (x1 - x0) * c / (count - 1), (y0 + y1) / 2 + (k - (sizes[c] - 1) / 2) * (y1 - y0) / max(sizes))
        if upright:
            flat = place
            place = lambda c, k: (flat(c, k)[1], 1 - flat(c, k)[0])
        columns = [[Node(place(c, k), r, r) for k in range(sizes[c])] for c in range(count)]
        line = mixed(style.background, style.foreground, float(rng.uniform(.4, 1)))
        weights, share = rng.random() < .25, float(rng.choice([1, 1, .6]))
        rows = [([a.at, b.at], a, b, vivid(rng, style) if weights else line) for p,
                q in zip(columns, columns[1:]) for a in p for b in q if rng.random() < share]
        parts.append(connections(style, rows, width, 0, "fill" if rng.random() < .25 else "", max(width * 3, .012), "web of lines"))
        if rng.random() < .3:
            fill, opacity = vivid(rng, style), float(rng.uniform(.24, .45))
            for c, own in enumerate(columns):
                a, b = own[0].at, own[-1].at
                box = (min(a[0], b[0]) - r * 1.5, min(a[1], b[1]) - r * 1.5, max(a[0], b[0]) + r * 1.5, max(a[1], b[1]) + r * 1.5)
                parts.append(el.vector(Role.PANEL, lambda pen, q=box: pen.box(q, fill, radius=.02), "translucent panel", opacity))
        size, inner = text_size(rng), rng.random() < .3
        for c, own in enumerate(columns):
            colour = look.one or vivid(rng, style)
            for k, node in enumerate(own):
                made, pen = painted(rng, style, look, node, colour)
                parts.append(made)
                if inner and r > .025:
                    parts.append(el.text(style, node.at, str(rng.choice(list("xhywfz"))), r * .95, pen, width=r * 1.5))
            if rng.random() < .8 and not upright:
                parts.append(el.text(style, (own[0].at[0], min(y1 + .06, .96)), style.word(rng), size, style.foreground, width=.85 / count))
        return "A neural network of units", parts + extra
    slanted = (float(rng.uniform(.01, .03)), float(rng.uniform(.02, .05)))
    width, edged = line_width(rng, .002, .008), rng.random() < .75
    palette = [vivid(rng, style) for _ in range(int(rng.integers(1, 4)))]
    shades, stack = rng.random() < .7, rng.random() < .45
    pitch, y = (x1 - x0) / count, (y0 + y1) / 2
    opacity = float(rng.uniform(.5, .9)) if rng.random() < .25 else 1.0
    arrow_ = vivid(rng, style) if rng.random() < .4 else style.foreground
    heights = np.sort(rng.uniform(.12, .42, count))[::-1] if rng.random() < .5 else rng.uniform(.12, .42, count)
    if rng.random() < .3:
        heights = np.abs(np.linspace(-1, 1, count)) * .25 + .14
    ends = []
    for c in range(count):
        half = float(heights[c]) * (y1 - y0) * .75
        slabs = int(rng.integers(2, 5)) if stack else 1
        w, left = pitch * float(rng.uniform(.12, .3)) / (1.6 if stack else 1), x0 + pitch * c + pitch * .1
        colour = palette[c % len(palette)]
        edge = mixed(colour, style.foreground, .7) if edged else None
        for s in range(slabs):
            dx, dy = min(slanted[0] + half * .12, .05), slanted[1] + half * .12
            a, t = left + s * w * .9, y - half + s * .012 * stack

            def paint(pen: PillowPen, a=a, t=t, w=w, b=y + half + s * .012 * stack, dx=dx, dy=dy, colour=colour, edge=edge) -> None:
                pen.polygon([(a, t), (a + dx, t - dy), (a + w + dx, t - dy), (a + w, t)], mixed(colour, WHITE, .35 * shades), edge, width)
                pen.polygon([(a + w, t), (a + w + dx, t - dy), (a + w + dx, b - dy), (a + w, b)], mixed(colour, (0, 0, 0), .3 * shades), edge, width)
                pen.polygon([(a, t), (a + w, t), (a + w, b), (a, b)], colour, edge, width)
            parts.append(el.vector(Role.SHAPE, paint, f"{el.colour_name(colour)} block", opacity))
        ends.append((left, left + slabs * w + .05))
        if rng.random() < .75:
            parts.append(el.text(style, (left + w / 2, y + half + .05),
                                 str(rng.choice(["3", "16", "32", "64", "128", "256", "1×1", "512"])), text_size(rng, .028, .04), style.foreground))
        if rng.random() < .35:
            parts.append(el.text(style, (left + w / 2, max(y - half - dy - .035, .03)), style.word(rng), text_size(rng, .028, .04), style.foreground,
                                 width=pitch * .95))
    head = max(width * 3, .018)
    rows = [([(b[1], y), (a[0] - .005, y)], None, None, arrow_) for b, a in zip(ends, ends[1:]) if a[0] - b[1] > .012]
    if rows:
        parts.append(connections(style, rows, width, 0, "fill", head, "row of arrows"))
    if rng.random() < .35 and count > 3:   # a skip connection
        i, j = ends[0][0] + .01, ends[-1][0] + .01
        skips = [([(i, y1), (i, y1 + .045), (j, y1 + .045), (j, y1)], None, None, arrow_)]
        parts.append(connections(style, skips, width, .012 if rng.random() < .4 else 0, "fill", head, "skip connection"))
    if rng.random() < .3:
        kind = rng.random() < .5
        box = (max(x0 - .03, .01), y - .09, x0 + .09 * .9, y + .09)
        parts.append((el.photo if kind else el.micrograph)(rng, style, box))
    return "A network of blocks", parts + extra


TEMPLATES = (Template("diagram", "neural network", 1, make),)
