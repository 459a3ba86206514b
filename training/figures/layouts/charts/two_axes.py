"""A second axis on the right in the colour of its curve, or an axis with a break."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import Rng, Role
from ...style import Style
from ...templates import Parts, Template
from .pieces import (
    apart, axis_numbers, begun, chart_legend, contrast, draw_mark, drawn_axes, fit, hatch, laid, noted, palette, short_names, smooth_curve,
    written_number)


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    style = look.style
    broken = rng.random() < .45
    look = replace(look, frame="L" if broken or look.frame == "none" else look.frame, tick=look.tick or .012, panel=None if broken else look.panel)
    inner, more = laid(rng, look, right=.02 if broken else .15)
    parts += more
    x0, y0, x1, y1 = inner
    count = int(rng.integers(3, 8))
    colours = palette(rng, look, 2)
    if colours[0] == colours[1]:
        colours[1] = el.mixed(colours[0], style.background, .45)
    names = short_names(rng, style, count, 6)
    xs = [((k + .5) / count, n) for k, n in enumerate(names)] if rng.random() < .5 else axis_numbers(rng, int(rng.integers(3, 6)))
    slot, wide = (x1 - x0) / count, float(rng.uniform(.28, .44))
    if broken:
        cut, gap = y0 + (y1 - y0) * float(rng.uniform(.25, .45)), float(rng.uniform(.02, .035))
        low, high = (x0, cut + gap, x1, y1), (x0, y0, x1, cut)
        sign = lambda pen, y: pen.line([(x0 - .016, y + .01), (x0 + .016, y - .01)], style.foreground, look.thin * 1.2)
        flat = replace(look, grid="none")
        parts += drawn_axes(rng, flat, low, xs, axis_numbers(rng, 3))
        top = replace(flat, frame="none")
        parts += drawn_axes(rng, top, high, (), [(t, s) for t, s in [(.1, "200"), (.5, "300"), (.9, "400")]])
        parts.append(el.vector(Role.PANEL, lambda pen: (pen.line([(x0, y0), (x0, cut)], style.foreground, look.thin),
                                                       [pen.line([(x0, high[3] - (high[3] - high[1]) * t),
                                                                  (x0 - look.tick, high[3] - (high[3] - high[1]) * t)], style.foreground,
                                                                  look.thin) for t in (.1, .5, .9)],
                              sign(pen, cut), sign(pen, cut + gap))))
        values, hatched = rng.uniform(.2, .9, count), rng.random() < .3
        tall = rng.random(count) < .35
        tall[int(rng.integers(count))] = True
        points = rng.random() < .4

        def paint(pen: PillowPen) -> None:
            tops = []
            for k, v in enumerate(values):
                cx, colour = x0 + slot * (k + .5), colours[int(tall[k])] if len(set(colours)) > 1 else colours[0]
                y = (high[3] - (high[3] - high[1]) * v) if tall[k] else low[3] - (low[3] - low[1]) * v
                tops.append((cx, float(y)))
                if not points:
                    box = (cx - slot * wide, float(y), cx + slot * wide, y1)
                    for b in [(box[0], box[1], box[2], cut), (box[0], cut + gap, box[2], y1)] if tall[k] else [box]:
                        pen.box(b, colour, style.foreground if look.frame == "box" else None, look.thin)
                        if hatched:
                            hatch(pen, b, 0, contrast(colour), .003)
            if points:
                pen.line(tops, colours[0], max(look.thick, .003))
                for k, p in enumerate(tops):
                    draw_mark(pen, k % 2, p, .014, colours[0], style.background if tall[k] else None)
        return "A plot with a broken axis", [*parts, el.vector(Role.DATA, paint, "bar chart" if not points else "line plot"),
                                             *noted(rng, look, inner, .15)]
    tones = [apart(look, c, 280) for c in colours]
    ys, right = axis_numbers(rng, int(rng.integers(3, 6))), axis_numbers(rng, int(rng.integers(3, 6)))
    parts += drawn_axes(rng, look, inner, xs, ys)
    second = tones[1] if rng.random() < .7 else style.foreground
    parts.append(el.vector(Role.PANEL, lambda pen: (pen.line([(x1, y0), (x1, y1)], second, look.thin * 1.2),
                                                   [pen.line([(x1, y1 - (y1 - y0) * t), (x1 + abs(look.tick), y1 - (y1 - y0) * t)], second,
                                                             look.thin) for t, _ in right])))
    parts.append(el.lines(style, [i for t, s in right for i in written_number(look, (x1 + abs(look.tick) + .01, y1 - (y1 - y0) * t), s, "lm",
                                                                       fit(look.size, .085, [s]), second)]))
    parts.append(el.text(style, (min(x1 + .125 + look.size * .3, .98), (y0 + y1) / 2), style.word(rng), look.size, second, turned=True, what="",
                         width=(y1 - y0) * .8))
    bars, t = rng.random() < .6, np.linspace(.02, .98, int(rng.integers(6, 40)))
    values, first, curve = rng.uniform(.15, .85, count), smooth_curve(rng, t), smooth_curve(rng, t)
    width, marks, hollow = max(look.thick, .004), len(t) < 16, look.background if rng.random() < .5 else None

    def left(pen: PillowPen) -> None:
        if bars:
            for k, v in enumerate(values):
                pen.box((x0 + slot * (k + .5 - wide), y1 - (y1 - y0) * float(v), x0 + slot * (k + .5 + wide), y1), colours[0])
        else:
            pen.line([(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(b)) for a, b in zip(t, first)], colours[0], width)

    def over_it(pen: PillowPen) -> None:
        points = [(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(b)) for a, b in zip(t, curve)]
        pen.line(points, tones[1], width)
        for p in points if marks else ():
            draw_mark(pen, 1, p, width * 2, tones[1], hollow)
    parts += [el.vector(Role.DATA, left, "bar chart" if bars else "line plot", float(rng.choice([1, .7]))), el.vector(Role.DATA, over_it, "curve")]
    return "A plot with two axes", parts + (chart_legend(rng, look, inner, [colours[0], tones[1]], short_names(rng, style, 2),
                                                    "line" if not bars else "box") if rng.random() < .4 else [])


TEMPLATES = (Template("plot", "two axes", .9, make),)
