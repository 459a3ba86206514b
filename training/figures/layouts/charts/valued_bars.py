"""Waterfall, diverging bars, grouped lying bars or lollipops, with values at the ends; hatched now and then."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import Box, Colour, PillowPen, Line, Point
from ...elements import Rng, Role
from ...style import Style, readable
from ...templates import Parts, Template
from .pieces import axis_numbers, begun, chart_legend, contrast, draw_mark, drawn_axes, fit, hatch, laid, palette, short_names


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    style, kind = look.style, str(rng.choice(["waterfall", "diverging", "grouped", "lollipops"]))
    count = int(rng.integers(4, 10))
    lying = kind != "waterfall"
    names = short_names(rng, style, count, 8 if lying else 6)
    inner, more = laid(rng, look, 5 if lying else 3.2, named=.4)
    parts += more
    x0, y0, x1, y1 = inner
    series = int(rng.integers(2, 4)) if kind == "grouped" else 1
    colours = palette(rng, look, 3)
    if len(set(colours)) < 3:
        colours = [el.mixed(c, look.background, .25 * k) for k, c in enumerate(colours)]
    named = [((k + .5) / count, n) for k, n in enumerate(names)]
    ticks, bare = axis_numbers(rng, int(rng.integers(3, 6)), kind == "diverging"), rng.random() < .4
    light = replace(look, frame="none" if kind == "diverging" else look.frame)
    fitted = min(fit(look.size, .115, names), (y1 - y0) / count * .8) if lying else look.size
    xs, ys = ([(t, "" if bare else s) for t, s in ticks], [(t, "") for t, _ in named]) if lying else (named, [(t, "" if bare else s) for t, s in ticks])
    parts += drawn_axes(rng, replace(light, grid={"y": "x", "x": "x"}.get(look.grid, look.grid) if lying else look.grid), inner, xs, ys)
    if lying:
        parts.append(el.lines(style, [Line((x0 - .012, y1 - (y1 - y0) * t), n, style.face(n), fitted, style.foreground, "rm") for t, n in named], words=names[0]))
    values = rng.uniform(-.42, .42, count) if kind == "diverging" else rng.uniform(.15, .85, (count, series)) if lying else rng.uniform(-.22, .3, count)
    if lying and rng.random() < .6:
        values = np.sort(values, 0)
    fill, edge, hatched = float(rng.uniform(.5, .9)), style.foreground if rng.random() < .4 else None, int(rng.integers(4)) if rng.random() < .45 else -1
    slot = (y1 - y0) / count if lying else (x1 - x0) / count
    pieces: list[tuple[Box, Colour, float, int]] = []
    links: list[list[Point]] = []
    if kind == "waterfall":
        level = 0.0
        for k, v in enumerate(values):
            v = float(rng.uniform(.3, .7)) if k == 0 else float(v if .08 < level + v < .88 and abs(v) > .03 else np.sign(.5 - level) * rng.uniform(.06, .25))
            whole = k in (0, count - 1)
            a, b = (0.0, v if k == 0 else level) if whole else (level, level + v)
            level = b
            left = x0 + slot * (k + (1 - fill) / 2)
            top, bottom = y1 - (y1 - y0) * max(a, b), y1 - (y1 - y0) * min(a, b)
            pieces.append(((left, top, left + slot * fill, max(bottom, top + .004)),
                           colours[0] if whole else colours[1] if b >= a else colours[2], b - a, 0))
            if k < count - 1:
                links.append([(left, y1 - (y1 - y0) * b), (left + slot * (1 + fill), y1 - (y1 - y0) * b)])
    else:
        middle = x0 + (x1 - x0) * .5
        for k in range(count):
            for s in range(series):
                lane = slot * fill / series
                top = y1 - slot * (k + 1 - (1 - fill) / 2) + lane * s
                v = float(values[k]) if kind == "diverging" else float(values[k, s])
                a, b = (middle, middle + (x1 - x0) * v) if kind == "diverging" else (x0, x0 + (x1 - x0) * v)
                pieces.append(((min(a, b), top, max(max(a, b), min(a, b) + .004), top + lane * .94), colours[s if series > 1 else int(v < 0)], v, s))

    def paint(pen: PillowPen) -> None:
        for (a, b, c, d), colour, _, s in pieces:
            if kind == "lollipops":
                pen.line([(a, (b + d) / 2), (c, (b + d) / 2)], colour, max(look.thick, .003))
                draw_mark(pen, hatched % 4, (c, (b + d) / 2), min((d - b) * .4, .022), colour, look.background if edge else None)
                continue
            pen.box((a, b, c, d), colour, edge, max(look.thin, .002))
            if hatched >= 0 and (series == 1 or s % 2 == 0):
                hatch(pen, (a, b, c, d), hatched, el.mixed(colour, contrast(colour), .75), .003)
    parts.append(el.vector(Role.DATA, paint, {"waterfall": "waterfall chart", "diverging": "diverging bar chart", "grouped": "bar chart",
                                             "lollipops": "lollipop chart"}[kind]))
    if links and rng.random() < .7:
        parts.append(el.vector(Role.MARK, lambda pen: [pen.line(l, style.foreground, max(look.thin * .7, .002)) for l in links], "connecting lines"))
    if kind == "diverging":
        parts.append(el.vector(Role.MARK, lambda pen: pen.line([((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)], style.foreground, max(look.thin, .003)), "zero line"))
    if bare or rng.random() < .6:
        items, factor = [], float(rng.choice([10, 100, 1000]))
        size = min(look.size * .9, slot * fill / series * .9 if lying else slot / 2.6)
        within = kind == "grouped" and rng.random() < .3
        for (a, b, c, d), colour, v, _ in pieces:
            s = f"{v * factor:+.0f}" if kind in ("waterfall", "diverging") and rng.random() < .9 else f"{v * factor:.{0 if factor > 10 else 1}f}"
            if size < .014:
                break
            if not lying:
                items.append(Line(((a + c) / 2, b - .008), s, style.font, size, style.foreground, "mb"))
            elif within and c - a > size * 3:
                items.append(Line((c - .01, (b + d) / 2), s, style.font, size, readable(rng, colour), "rm", halo=.004 if hatched >= 0 else 0,
                                  halo_colour=colour))
            else:
                lolly = .026 if kind == "lollipops" else .01
                items.append(Line((a - .01, (b + d) / 2), s, style.font, size, style.foreground, "rm") if v < 0 else Line((c + lolly, (b + d) / 2), s,
                        style.font, size, style.foreground, "lm"))
        if items:
            parts.append(el.lines(style, items))
    if series > 1 and rng.random() < .6:
        parts += chart_legend(rng, look, inner, colours[:series], short_names(rng, style, series, 7), corner=(1, 1))
    return "Values in a row" if kind == "waterfall" else "Values one below the other", parts


TEMPLATES = (Template("plot", "bars with values", 1.1, make),)
