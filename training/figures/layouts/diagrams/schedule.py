"""A time line with events on both sides of it, across or upright, or the bars of a plan under weeks."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...elements import Rng, Role, mixed
from ...icons import icon
from ...style import Style, readable
from ...templates import Parts, Template, middle
from .pieces import Node, background, connections, draw_line, drawing_area, line_width, outline, painted, pick_look, text_size, vivid


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    x0, y0, x1, y1 = area
    size, width = text_size(rng, .03, .042), line_width(rng, .002, .008)
    if rng.random() < .45:   # bars
        rows, weeks = int(rng.integers(3, 11)), int(rng.integers(4, 13))
        left, top = x0 + float(rng.uniform(.14, .26)), y0 + float(rng.uniform(.05, .1))
        pitch, step = (y1 - top) / rows, (x1 - left) / weeks
        banded, grid, thick = rng.random() < .35, rng.random() < .6, float(rng.uniform(.3, .8))
        pale = mixed(style.background, style.foreground if rng.random() < .5 else vivid(rng, style), float(rng.uniform(.12, .25)))
        if banded:
            parts.append(el.vector(Role.PANEL, lambda pen: [pen.box((x0, top + k * pitch, x1, top + (k + 1) * pitch), pale) for k in range(0,
                    rows, 2)], "set of stripes"))
        if rng.random() < .35:
            head = vivid(rng, style)
            parts.append(el.vector(Role.PANEL, lambda pen: pen.box((x0, y0, x1, top), head), f"{el.colour_name(head)} head row"))
        else:
            head = style.background
        if grid:
            mesh, broken = mixed(style.background, style.foreground, float(rng.uniform(.2, .5))), .01 if rng.random() < .4 else 0.0
            parts.append(el.vector(Role.PANEL if rng.random() < .5 else Role.DATA,
                                  lambda foreground: [draw_line(foreground, [(left + k * step, top), (left + k * step, y1)], mesh, width, broken)
                                                                                               for k in range(weeks + 1)], "grid of weeks"))
        for k in range(0, weeks, 1 if weeks < 8 else 2):
            parts.append(el.text(style, (left + (k + .5) * step, (y0 + top) / 2), f"{k + 1}", size * .9, readable(rng, head), what=""))
        one, ends, round_ = vivid(rng, style) if rng.random() < .4 else None, [], float(rng.choice([0, 0, .01, .03]))
        at = 0.0
        for k in range(rows):
            at = float(np.clip(at + rng.uniform(-.6, 1.6) * weeks / rows, 0, weeks - 1.2))
            stop = float(min(at + rng.uniform(1, weeks * .5), weeks))
            y = top + (k + .5) * pitch
            fill, box = one or vivid(rng, style, pale if banded else None), (left + at * step, y - pitch * thick / 2, left + stop * step,
                    y + pitch * thick / 2)
            if rng.random() < .1:
                parts.append(el.vector(Role.SHAPE, lambda pen, q=(box[0], y), c=fill: pen.polygon(pen.round(q, .022, outline("diamond")), c),
                                      "milestone"))
                box = (box[0] - .02, box[1], box[0] + .02, box[3])
            else:
                done = float(rng.uniform(.2, .9)) if rng.random() < .25 else 0.0
                parts.append(el.vector(Role.SHAPE, lambda pen, q=box, c=fill,
                                      d=done: (pen.box(q, mixed(style.background, c, .55) if d else c, radius=round_),
                             d and pen.box((q[0], q[1], q[0] + (q[2] - q[0]) * d, q[3]), c, radius=round_)), f"{el.colour_name(fill)} bar",
                             shadow=.006 if rng.random() < .04 else 0))
                if rng.random() < .3 and pitch * thick > size:
                    parts.append(el.text(style, middle(box), style.word(rng), size * .85,
                                         readable(rng, mixed(style.background, fill, .55) if done else fill), width=(box[2] - box[0]) * .85))
            parts.append(el.text(style, (x0 + .01, y), style.phrase(rng, 1, 2), min(size, pitch * .8),
                                 readable(rng, pale) if banded and k % 2 == 0 else style.foreground, "lm", width=left - x0 - .025))
            ends.append(box)
        if rng.random() < .45:
            c = style.foreground if rng.random() < .6 else vivid(rng, style)
            rows_ = [([(a[2], (a[1] + a[3]) / 2), (a[2] + .012, (a[1] + a[3]) / 2), (a[2] + .012, (b[1] + b[3]) / 2),
                       (b[0], (b[1] + b[3]) / 2)], None, None, c)
                     for a, b in zip(ends, ends[1:]) if b[0] > a[2] + .012]
            if rows_:
                parts.append(connections(style, rows_, max(width, .003), 0, "fill", .014, "set of dependencies"))
        if rng.random() < .3:
            now = left + (x1 - left) * float(rng.uniform(.2, .8))
            parts.append(el.vector(Role.MARK, lambda foreground, c=vivid(rng, style): draw_line(foreground, [(now, top - .02), (now, y1)], c,
                    max(width, .005), .02 if width < .004 else 0), "line of today"))
        return "A plan with bars over weeks", parts + extra
    count, upright = int(rng.integers(3, 9)), rng.random() < .35
    kind, shape = str(rng.choice(["line", "bar", "arrow", "chevrons"])), str(rng.choice(["ellipse", "ellipse", "diamond", "box", "hexagon"]))
    look, r = replace(pick_look(rng, style), opacity=1.0), float(rng.uniform(.012, .035))
    if look.filled == "none":
        look = replace(look, filled="paper")
    rail, thick = style.foreground if rng.random() < .5 else vivid(rng, style), float(rng.uniform(.004, .02))
    cross = float(rng.uniform(.3, .7)) if not upright else float(rng.choice([.2, .5, .5]))
    place = (lambda v, d=0.0: (cross + d, y0 + (y1 - y0) * v)) if upright else (lambda v, d=0.0: (x0 + (x1 - x0) * v, y0 + (y1 - y0) * cross + d))
    at = (np.arange(count) + .5) / count + (rng.uniform(-.25, .25, count) / count if rng.random() < .4 else 0)
    tints = [vivid(rng, style) for _ in range(count)] if rng.random() < .6 else [vivid(rng, style)] * count
    if kind == "chevrons" and not upright:
        h, notch = float(rng.uniform(.03, .06)), .02
        for k in range(count):
            a, b, y = x0 + (x1 - x0) * k / count, x0 + (x1 - x0) * (k + 1) / count - .006, place(0)[1]
            rim = [(a, y - h), (b - notch, y - h), (b, y), (b - notch, y + h), (a, y + h), (a + notch, y)]
            tone = tints[k] if len(set(tints)) > 1 else mixed(tints[0], style.background, .5 * k / count)
            parts.append(el.vector(Role.SHAPE, lambda pen, q=rim, c=tone: pen.polygon(q, c), f"{el.colour_name(tone)} chevron"))
            parts.append(el.text(style, ((a + b) / 2 + .004, y),
                                 str(1990 + int(rng.integers(40))) if rng.random() < .5 else style.word(rng), min(size, h),
                                 readable(rng, tone), width=(b - a) * .6))
        at, r = (np.arange(count) + .5) / count, h
    else:
        rail_ = [place(0), place(1)]
        parts.append(el.vector(Role.DATA, lambda foreground: draw_line(foreground, rail_, rail, thick * (2 if kind == "bar" else 1), 0,
                                                           "fill" if kind == "arrow" else "", "", max(thick * 3, .025)), "time line"))
        for k, v in enumerate(at.tolist()):
            parts.append(painted(rng, style, look, Node(place(v), r, r, shape), tints[k])[0])
    cards, alternate, iconic, dates = rng.random() < .4, rng.random() < .65, rng.random() < .25, rng.random() < .5
    room = (x1 - x0) / count * (1.6 if alternate else .92)
    fill = mixed(style.background, tints[0], float(rng.uniform(.12, .5)))
    for k, v in enumerate(at.tolist()):
        side = -1 if alternate and k % 2 == 0 else 1
        if upright and cross < .3:
            side = 1
        reach = float(rng.uniform(.07, .15)) if not upright else .06
        a, q = place(v, 0), place(v, 0)
        if upright:
            end = (q[0] + side * (r + reach), q[1])
            box = (end[0], q[1] - .3 / count, min(end[0] + .3, .98), q[1] + .3 / count) if side > 0 else (max(end[0] - .3, .02),
                    q[1] - .3 / count, end[0], q[1] + .3 / count)
        else:
            end = (q[0], q[1] + side * (r + reach))
            half = min(room / 2, .16, q[0] - .01, .99 - q[0])
            box = (q[0] - half, end[1], q[0] + half, min(end[1] + .1, .985)) if side > 0 else (q[0] - half, max(end[1] - .1, .015),
                    q[0] + half, end[1])
        tone = tints[k] if rng.random() < .5 else style.foreground
        node = Node(a, r, r, shape)
        parts.append(connections(style, [([a, end], node, None, tone)], max(width, .003), .012 if k % 5 == 4 else 0, "", .02, "leader"))
        m = middle(box)
        if cards:
            parts.append(el.vector(Role.SHAPE, lambda pen, q=box, c=tints[k]: pen.box(q, fill, c, max(width, .003), .012), "card"))
        if iconic:
            parts.append(icon(rng, style, m, min(.04, (box[3] - box[1]) * .45)))
        else:
            words = style.phrase(rng, 1, 3)
            parts.append(el.text(style, m, words, size, readable(rng, fill) if cards else style.foreground, width=(box[2] - box[0]) * .9))
            if rng.random() < .4 and box[3] - box[1] > size * 2.6 and not cards:
                parts.append(el.text(style, (m[0], m[1] + size * 1.2), style.phrase(rng, 1, 3), size * .8,
                                     mixed(style.background, style.foreground, .75), width=(box[2] - box[0]) * .9))
        if dates and kind != "chevrons":
            d = place(v, -side * (r + size * .8)) if not upright else (q[0] - side * (r + .02), q[1])
            parts.append(el.text(style, d, str(1990 + int(rng.integers(40))), size * .85, style.foreground,
                                 "mm" if not upright else "rm" if side > 0 else "lm", width=.15))
    return "A time line", parts + extra


TEMPLATES = (Template("diagram", "schedule", 1, make),)
