"""A pyramid, a funnel, nested rings, stairs or a ring of arrows, with words on the pieces or beside them."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import Colour, PillowPen, Point
from ...elements import Element, Rng, Role, mixed
from ...icons import icon
from ...style import Style, readable
from ...templates import Parts, Template, middle
from .pieces import TAU, background, draw_closed, draw_line, drawing_area, line_width, outline, text_size, vivid


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    kind = str(rng.choice(["pyramid", "funnel", "onion", "stairs", "wheel"]))
    count = int(rng.integers(3, 7))
    one = vivid(rng, style)
    graded = rng.random() < .5
    tints = [mixed(one, style.background, .6 * k / count) if graded else vivid(rng, style) for k in range(count)]
    beside = rng.random() < .45
    x0, y0, x1, y1 = area
    if beside and kind in ("pyramid", "funnel", "onion"):
        x1 = x0 + (x1 - x0) * .62
    gap, size = float(rng.choice([0, .006, .015, .03])), text_size(rng, .032, .05)
    edge, width = (style.foreground if rng.random() < .5 else style.background) if rng.random() < .4 or not gap else None, line_width(rng, .003, .012)
    open_ = rng.random() < .14
    opacity = float(rng.uniform(.55, .85)) if rng.random() < .15 else 1.0
    cx = (x0 + x1) / 2
    text_colour = lambda c: style.foreground if open_ else readable(rng, mixed(style.background, c, opacity))

    def piece(rim: list[Point], c: Colour, what: str) -> Element:
        return el.vector(Role.SHAPE, lambda pen: draw_closed(pen, rim, c, max(width, .004)) if open_ else pen.polygon(rim, c, edge, width),
                        f"{el.colour_name(c)} {what}", opacity)

    def named(at: Point, start: Point, c: Colour, room: float, tall: float) -> None:
        """A word on a piece or, with a leader, beside it."""
        if not beside:
            parts.append(el.text(style, at, style.word(rng) if room < .25 else style.phrase(rng, 1, 2), min(size, tall * .75), text_colour(c), width=room))
            return
        end = (x1 + .04, start[1])
        parts.append(el.vector(Role.MARK, lambda foreground: draw_line(foreground, [start, end], style.foreground, .004, .012 if dashed else 0, "",
                                                           "dot" if dotted else "", .02), "leader"))
        parts.append(el.text(style, (end[0] + .012, end[1]), style.phrase(rng, 1, 3), size, style.foreground, "lm", width=.97 - end[0]))
    dashed, dotted = rng.random() < .3, rng.random() < .4
    if kind in ("pyramid", "funnel"):
        tip, base = float(rng.uniform(0, .15)), (x1 - x0) / 2
        turned = kind == "funnel"
        h = (y1 - y0) / count
        half = lambda v: base * (tip + (1 - tip) * (1 - v if turned else v))
        for k in range(count):
            u, v = k / count, (k + 1) / count
            a, b = y0 + k * h, y0 + (k + 1) * h - gap
            p, q = half(u), half(v)
            parts.append(piece([(cx - p, a), (cx + p, a), (cx + q, b), (cx - q, b)], tints[k], "tier"))
            m = (a + b) / 2
            named((cx, m + (.012 if k == 0 and not turned else 0)), (cx + (p + q) / 2 + .005, m), tints[k], max((p + q) * .8, .04), h)
    elif kind == "onion":
        r, sunk = min((x1 - x0), (y1 - y0)) / 2, rng.random() < .5
        cy = (y0 + y1) / 2
        for k in range(count):
            s = 1 - k / count
            c = (cx, cy + (r * (1 - s) if sunk else 0))
            rim = lambda pen, c=c, s=s: pen.round(c, r * s, outline("ellipse"))
            parts.append(el.vector(Role.SHAPE, lambda pen, f=rim,
                                  t=tints[k]: draw_closed(pen, f(pen), t, max(width, .004)) if open_ else pen.polygon(f(pen), t,
                                          edge or style.background, width),
                                  f"{el.colour_name(tints[k])} disc", opacity))
            top = (c[0], c[1] - r * s + r * .5 / count) if k < count - 1 else c
            named(top, (cx + .0, top[1]), tints[k], max(r * s * .9, .05), r / count)
    elif kind == "stairs":
        w, h = (area[2] - x0) / count, (y1 - y0 - .08) / count
        down, solid = rng.random() < .3, rng.random() < .5
        for k in range(count):
            top = y1 - (count - k if down else k + 1) * h
            box = (x0 + k * w, top, x0 + (k + 1) * w - gap, y1 if solid else top + h * float(.8))
            parts.append(piece([(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])], tints[k], "step"))
            parts.append(el.text(style, (middle(box)[0], box[1] + min(h * .4, .06)), style.word(rng), min(size, h * .6), text_colour(tints[k]),
                                 width=w * .85))
            if rng.random() < .3 and box[1] > .14:
                parts.append(icon(rng, style, (middle(box)[0], box[1] - .055), .04))
    else:
        (cx, cy), r = middle(area), .4 * min(area[2] - area[0], area[3] - area[1]) / .9
        thick, span = r * float(rng.uniform(.2, .5)), TAU / count
        pointed = rng.random() < .6
        for k in range(count):
            a, b = k * span - np.pi / 2 + gap / r, (k + 1) * span - np.pi / 2

            def slice_(pen: PillowPen, a=a, b=b, c=tints[k]) -> None:
                lead = span * .12 if pointed else 0
                at = lambda t, d: pen.round((cx, cy), d, [(float(np.cos(t)), float(np.sin(t)))])[0]
                t = np.linspace(a, b - lead, 20)
                rim = [at(v, r) for v in t] + ([at(b, r - thick / 2)] if pointed else []) + [at(v,
                        r - thick) for v in t[::-1]] + ([at(a + lead, r - thick / 2)] if pointed else [])
                draw_closed(pen, rim, c, max(width, .004)) if open_ else pen.polygon(rim, c, edge, width)
            parts.append(el.vector(Role.SHAPE, slice_, f"{el.colour_name(tints[k])} {'arrow' if pointed else 'piece'} of a ring", opacity))
            t, word = (a + b) / 2, style.word(rng)

            def write(frame, t=t, word=word, c=text_colour(tints[k])):
                q = PillowPen(frame).round((cx, cy), r - thick / 2, [(float(np.cos(t)), float(np.sin(t)))])[0]
                return el.text(style, q, word, min(size, thick * .6), c, width=thick * .95 * frame.unit / frame.width).draw(frame)
            parts.append(Element(Role.TEXT, write, "label", word))
        hub = rng.random()
        if hub < .35:
            parts.append(icon(rng, style, (cx, cy), (r - thick) * .6))
        elif hub < .7:
            parts.append(el.text(style, (cx, cy), style.phrase(rng, 1, 2), size * 1.2, style.foreground, width=(r - thick) * 1.5))
    name = {"pyramid": "A pyramid of tiers", "funnel": "A funnel", "onion": "Nested discs", "stairs": "A stair of steps",
            "wheel": "A wheel of stages"}[kind]
    return name, parts + extra


TEMPLATES = (Template("shapes", "stages", 1, make),)
