"""Ticks inwards on all four sides, serif letters, no grid; points with theory lines, an inset now and then."""
from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import Colour, PillowPen, Line, Point
from ...elements import Rng, Role
from ...style import FONTS, Style, font_file
from ...templates import Parts, Template, cells
from .pieces import axis_numbers, begun, chart_legend, draw_mark, drawn_axes, laid, noted, palette, short_names, smooth_curve

_SERIF = re.compile("Serif|Roman|Bookman|C059|P052|Garamond|Libertine|Gentium|Slab|STIX|cmun|Caladea")


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    serif = [n for n in FONTS[style.split]["latin"] if _SERIF.search(n)]
    if serif and rng.random() < .7:
        style = replace(style, font=font_file(serif[rng.integers(len(serif))]))
    look, parts = begun(rng, style)
    look = replace(look, panel=None, grid="none", tick=-float(rng.uniform(.008, .02)), thin=float(rng.uniform(.002, .007)))
    style, stacked = look.style, rng.random() < .25
    inner, more = laid(rng, look, named=.9)
    parts += more
    boxes, series = cells(2, 1, inner, 0) if stacked else [inner], int(rng.integers(1, 5))
    colours, names = palette(rng, look, series), short_names(rng, style, series)
    xs, r, hollow = axis_numbers(rng, int(rng.integers(3, 7))), float(rng.uniform(.007, .016)), rng.random(series) < .5
    for n, box in enumerate(boxes):
        x0, y0, x1, y1 = box
        ys = axis_numbers(rng, int(rng.integers(2, 5)))
        parts += drawn_axes(rng, look, box, xs if n == len(boxes) - 1 else [(t, "") for t, _ in xs], ys[:-1] if n and stacked else ys, mirrored=True)
        t = np.linspace(.04, .96, int(rng.integers(6, 18)))
        fine = np.linspace(.02, .98, 50)
        theory, errors, joined = rng.random() < .65, rng.random() < .4, rng.random() < .35
        for s, colour in enumerate(colours):
            curve = smooth_curve(rng, fine)
            values = np.interp(t, fine, curve) + rng.normal(0, .015, len(t))
            points = [(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(np.clip(b, .03, .97))) for a, b in zip(t, values)]
            line = [(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(b)) for a, b in zip(fine, curve)]
            half, style_of = float(rng.uniform(.015, .04)), int(rng.integers(3))

            def paint(pen: PillowPen, s: int = s, colour: Colour = colour, points: list[Point] = points, line: list[Point] = line, half: float = half,
                      way: int = style_of) -> None:
                if theory or joined:
                    path = line if theory else points
                    pen.line(path, colour, look.thin * 1.2) if way == 0 else pen.dashes(path, colour, look.thin * 1.2, .02 if way == 1 else .006, .012)
                for px, py in points:
                    if errors:
                        pen.line([(px, py - half), (px, py + half)], colour, look.thin)
                        for e in (-half, half):
                            pen.line([(px - .008, py + e), (px + .008, py + e)], colour, look.thin)
                    draw_mark(pen, (s + int(hollow.sum())) % 5, (px, py), r, colour, style.background if hollow[s] else None)
            parts.append(el.vector(Role.DATA, paint, "curve of points" if s == 0 else ""))
        if len(boxes) > 1 or rng.random() < .3:
            parts.append(el.text(style, (x0 + .03, y0 + .03 + look.size * .4), f"({'ab'[n]})", look.size * 1.1, anchor="lm", what="panel letter"))
    if series > 1 and rng.random() < .6:
        parts += chart_legend(rng, look, boxes[0], colours, names, "dot", (1, 0))
    if not stacked and rng.random() < .4:
        x0, y0, x1, y1 = inner
        w, h = (x1 - x0) * float(rng.uniform(.3, .42)), (y1 - y0) * float(rng.uniform(.3, .4))
        left, top = x0 + (x1 - x0 - w) * float(rng.choice([.2, .9])), y1 - h - look.size * 2.4 if rng.random() < .5 else y0 + .03
        plate, field = (left - look.size * 1.8, top - .012, left + w + .015, top + h + look.size * 1.5), (left, top, left + w, top + h)
        t = np.linspace(0, 1, 30)
        line = [(left + w * float(a), top + h - h * float(b)) for a, b in zip(t, smooth_curve(rng, t))]
        edge = max(look.thin, .003)
        parts.append(el.vector(Role.SHAPE, lambda pen: (pen.box(plate, style.background), pen.box(field, None, style.foreground, edge),
                                                       pen.line(line, colours[0], edge * 1.5),
                              [pen.line([(left + w * k / 4, top + h), (left + w * k / 4, top + h - .012)], style.foreground, edge) for k in range(1,
                                      4)]), "inset plot"))
        parts.append(el.lines(style, [Line((left + w * k / 2, top + h + .008), str(k * 5), style.font, look.size * .75, style.foreground, "mt") for k in range(3)]
                              + [Line((left - .008, top + h - h * k / 2), str(k), style.font, look.size * .75, style.foreground, "rm") for k in range(3)]))
    return "A plot with ticks on all sides", parts + noted(rng, look, inner, .2)


TEMPLATES = (Template("plot", "journal plot", 1.1, make),)
