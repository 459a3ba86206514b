"""Panels with strips above, that share their axes."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import Rng, Role
from ...style import Style, readable
from ...templates import Parts, Template, cells
from .pieces import axis_numbers, begun, chart_legend, draw_mark, drawn_axes, laid, palette, short_names, smooth_curve


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    if rng.random() < .6 and not look.panel:
        look = replace(look, panel=el.mixed(look.style.background, look.style.foreground, float(rng.uniform(.08, .14))), grid="both", frame="none")
    style = look.style
    rows, columns = ((1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (1, 4), (3, 3), (2, 1))[rng.integers(8)]
    legend = rng.random() < .4
    inner, more = laid(rng, look, right=.2 if legend else .02)
    parts += more
    boxes = cells(rows, columns, inner, float(rng.uniform(.012, .03)))
    strip, side = str(rng.choice(["plate", "words", "none"], p=[.6, .25, .15])), min(look.size * 1.5, .06)
    series, kind = int(rng.integers(1, 4)), str(rng.choice(["points", "lines", "bars", "steps", "boxes"]))
    series = 1 if kind in ("boxes", "bars") and columns > 2 else series
    colours, names = palette(rng, look, series), short_names(rng, style, series, 7)
    xs, ys = axis_numbers(rng, 3 if columns < 3 else 2), axis_numbers(rng, 3)
    tone = el.mixed(style.background, style.foreground, float(rng.uniform(.2, .3))) if rng.random() < .7 else style.colour(rng)
    edge = style.foreground if look.frame == "box" or sum(abs(a - b) for a, b in zip(tone, style.background)) < 60 else None
    heads, width, r = short_names(rng, style, len(boxes), 8), float(np.clip(look.thick, .003, .009)), float(rng.uniform(.005, .01))
    small, hollow, marker = replace(look, size=look.size * .85), look.background if rng.random() < .3 else None, int(rng.integers(4))
    for n, box in enumerate(boxes):
        head = (box[0], box[1], box[2], box[1] + side)
        plot = (box[0], box[1] + (side if strip != "none" else 0), box[2], box[3])
        if strip == "plate":
            parts.append(el.vector(Role.PANEL, lambda pen, b=head: pen.box((b[0], b[1], b[2], b[3] - .002), tone, edge, look.thin)))
        if strip != "none":
            parts.append(el.text(style, ((box[0] + box[2]) / 2, box[1] + side / 2), heads[n], side * .62,
                                 readable(rng, tone) if strip == "plate" else style.foreground, width=(box[2] - box[0]) * .92))
        x0, y0, x1, y1 = plot
        parts += drawn_axes(rng, small, plot, [(t, w if t < 1 or n % columns == columns - 1 else "") for t,
                                          w in xs] if n // columns == rows - 1 else [(t, "") for t, _ in xs],
                                          ys if n % columns == 0 else [(t, "") for t, _ in ys])
        place = lambda u, v, p=plot: (p[0] + (p[2] - p[0]) * float(np.clip(u, .03, .97)), p[3] - (p[3] - p[1]) * float(np.clip(v, .02, .96)))
        marks = []
        for s, colour in enumerate(colours):
            if kind == "points":
                c = rng.normal(size=(int(rng.integers(6, 26)), 2)) * rng.uniform(.06, .16) + rng.uniform(.3, .7, 2)
                marks.append((colour, [place(u, v) for u, v in c]))
            elif kind in ("bars", "boxes"):
                marks.append((colour, [place((j + (s + .5) / series * .8 + .1) / 4, float(rng.uniform(.2, .9))) for j in range(4)]))
            else:
                t = np.linspace(0, 1, 30 if kind == "lines" else 9)
                marks.append((colour, [place(u, v) for u, v in zip(t, smooth_curve(rng, t))]))
        bar = (x1 - x0) / 4 * .36 / series

        def paint(pen: PillowPen, marks: list = marks, base: float = y1, bar: float = bar, unit: float = (y1 - y0) * .09) -> None:
            for s, (colour, points) in enumerate(marks):
                if kind == "points":
                    for p in points:
                        draw_mark(pen, (marker + s) % 4, p, r, colour, hollow)
                elif kind == "bars":
                    for px, py in points:
                        pen.box((px - bar, py, px + bar, base), colour)
                elif kind == "boxes":
                    for px, py in points:
                        m = min(max(py, base - unit * 8), base - unit * 2)
                        pen.line([(px, m - unit * 1.6), (px, m + unit * 1.6)], style.foreground, look.thin)
                        pen.box((px - bar, m - unit, px + bar, m + unit), colour, style.foreground, look.thin)
                else:
                    pen.line(points if kind == "lines" else [q for a, b in zip(points, points[1:]) for q in (a, (b[0], a[1]))], colour, width)
        parts.append(el.vector(Role.DATA, paint, {"points": "scatter plot", "lines": "line plot", "bars": "bar chart", "steps": "step plot",
                                                 "boxes": "box plot"}[kind]))
    if legend:
        parts += chart_legend(rng, look, (inner[2] + .005, inner[1], .995, inner[3]), colours, names,
                         "line" if kind in ("lines", "steps") else "dot" if kind == "points" else "box", (0, float(rng.choice([0, .5]))))
    return f"{len(boxes)} facets that share their axes", parts


TEMPLATES = (Template("plot", "facets", 1.1, make),)
