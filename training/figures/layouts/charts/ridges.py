"""Curves one above the other that overlap, filled or not; or small curves in rows with a number at their ends."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import Colour, PillowPen, Line, Point
from ...elements import Rng, Role
from ...style import Style
from ...templates import Parts, Template
from .pieces import axis_numbers, begun, colour_map, density, drawn_axes, fit, laid, mapped, palette, short_names, smooth_curve


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    style, sparks = look.style, rng.random() < .35
    count = int(rng.integers(3, 9))
    names = short_names(rng, style, count, 8)
    inner, more = laid(rng, look, 5, 1.6 if not sparks else .4, .03 if not sparks else .12, named=.3)
    x0, y0, x1, y1 = inner
    pitch = (y1 - y0) / (count + (.8 if not sparks else 0))
    parts += more
    small = min(fit(look.size, .12, names), pitch * .7)
    if not sparks:
        parts += drawn_axes(rng, replace(look, frame=str(rng.choice(["bottom", "box", "none"])),
                                    grid="x" if look.grid != "none" and not look.panel else look.grid), inner, axis_numbers(rng, int(rng.integers(3, 6))),
                       [((.3 + k) / (count + .8), "") for k in range(count)])
    t = np.linspace(0, 1, 70)
    colours = palette(rng, look, count) if rng.random() < .5 else [mapped(colour_map(rng, style), .5)] * count
    if rng.random() < .3:
        ramp = colour_map(rng, style)
        colours = [mapped(ramp, k / count) for k in range(count)]
    tall, filled, opacity = pitch * (float(rng.uniform(1.1, 1.8)) if not sparks else .7), rng.random() < .8, float(rng.choice([1, .8, .6]))
    rim = style.background if rng.random() < .25 and filled and opacity == 1 and not look.panel else style.foreground if rng.random() < .6 else None
    width, items, ends, dot = float(np.clip(look.thick, .002, .009)), [], [], style.strong(rng)
    for k in range(count):
        base = y0 + pitch * (k + (1.75 if not sparks else .85))
        shape = density(rng, np.linspace(.1, .9, 70)) if not sparks else smooth_curve(rng, t)
        line = [(x0 + (x1 - x0) * float(a), base - tall * float(b)) for a, b in zip(t, shape)]
        colour = colours[k]
        stroke = rim or el.mixed(colour, style.foreground, .3)

        def paint(pen: PillowPen, line: list[Point] = line, base: float = base, colour: Colour = colour, stroke: Colour = stroke) -> None:
            if filled:
                pen.polygon([(x0, base), *line, (x1, base)], colour)
            pen.line(line, stroke, width)
            if sparks:
                pen.dot(line[-1], width * 2, dot)
        parts.append(el.vector(Role.DATA, paint, "ridge" if not sparks else "sparkline", opacity if filled else 1.0))
        items.append(Line((x0 - .014, base - small * .4), names[k], style.face(names[k]), small, style.foreground, "rm"))
        number = f"{float(rng.uniform(-9, 99)):.1f}"
        ends.append(Line((x1 + .02, base - small * .6), number, style.font, fit(small, .1, [number]),
                         el.mixed(style.foreground, stroke, .4) if rim != style.background else style.foreground, "lm"))
    parts.append(el.lines(style, items + (ends if sparks else []), words=names[0]))
    if sparks and rng.random() < .6:
        grey = el.mixed(style.background, style.foreground, .3)
        parts.append(el.vector(Role.PANEL, lambda pen: [pen.line([(.03, y0 + pitch * (k + 1)), (.97, y0 + pitch * (k + 1))], grey,
                                                                max(look.thin, .002)) for k in range(count - 1)]))
    elif not sparks and rng.random() < .3:
        x = x0 + (x1 - x0) * float(rng.uniform(.3, .7))
        parts.append(el.vector(Role.MARK, lambda pen: pen.dashes([(x, y0), (x, y1)], style.foreground, max(look.thin, .003), .014, .01), "dashed line"))
    return "Sparklines in rows" if sparks else "Ridge lines", parts


TEMPLATES = (Template("plot", "ridges", .8, make),)
