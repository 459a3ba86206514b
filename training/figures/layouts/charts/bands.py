"""Curves in translucent bands, thresholds, shaded spans; names at the curves' ends or in a legend."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import Line
from ...elements import Rng, Role
from ...style import Style
from ...templates import Parts, Template
from .pieces import apart, axis_numbers, begun, chart_legend, drawn_axes, fit, laid, noted, palette, short_names, smooth_curve


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    style, direct = look.style, rng.random() < .5
    inner, more = laid(rng, look, right=.16 if direct else .02)
    parts += more
    x0, y0, x1, y1 = inner
    parts += drawn_axes(rng, look, inner, axis_numbers(rng, int(rng.integers(2, 7))), axis_numbers(rng, int(rng.integers(2, 6)), rng.random() < .3))
    series = int(rng.integers(1, 5))
    colours, names = palette(rng, look, series), short_names(rng, style, series, 7)
    t = np.linspace(0, 1, int(rng.integers(12, 60)))
    place = lambda a, b: (x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(np.clip(b, .005, .99)))
    for _ in range(int(rng.integers(0, 3))):
        a = float(rng.uniform(.05, .7))
        b, fill, upright = a + float(rng.uniform(.06, .22)), style.strong(rng), rng.random() < .75
        span = (place(a, .99) + place(b, .005)) if upright else (place(0, b) + place(1, a))
        parts.append(el.vector(Role.DATA, lambda pen, s=span, f=fill: pen.box(s, f), "shaded span", float(rng.uniform(.15, .35))))
        if rng.random() < .5 and upright:
            parts.append(el.text(style, ((span[0] + span[2]) / 2, y0 + look.size * .8), style.word(rng), look.size * .85, what="",
                                 width=(span[2] - span[0]) * .95))
    nested, opacity, edges = rng.random() < .3, float(rng.uniform(.18, .45)), rng.random() < .2
    width, ends = max(look.thick, .003), []
    for s, colour in enumerate(colours):
        curve = smooth_curve(rng, t)
        spread = float(rng.uniform(.03, .09)) * (1 + t * float(rng.choice([0, 0, 2])))
        for factor in (1, .5) if nested else (1,):
            high, low = [place(a, b + e * factor) for a, b, e in zip(t, curve, spread)], [place(a, b - e * factor) for a, b, e in zip(t, curve, spread)]
            parts.append(el.vector(Role.DATA, lambda pen, h=high, l=low,
                                  c=colour: (pen.polygon(h + l[::-1], c), [pen.line(q, c, look.thin) for q in (h, l)] if edges else None),
                                  "translucent band" if factor == 1 else "", opacity))
        line, way = [place(a, b) for a, b in zip(t, curve)], int(rng.choice([0, 0, 0, 1, 2]))
        tone = el.mixed(colour, style.foreground, float(rng.choice([0, .2])))
        parts.append(el.vector(Role.DATA, lambda pen, p=line, c=tone,
                              k=way: pen.line(p, c, width) if k == 0 else pen.dashes(p, c, width, .02 if k == 1 else width * 1.5, .012), "curve"))
        ends.append([line[-1][1], names[s], tone])
    if direct:
        ends.sort()
        for k, end in enumerate(ends):
            end[0] = max(end[0], ends[k - 1][0] + look.size * 1.15) if k else end[0]
        parts.append(el.lines(style, [Line((x1 + .014, y), n, style.face(n), fit(look.size, .14, [n]), apart(look, c, 300), "lm") for y, n,
                                      c in ends], words=names[0]))
    elif series > 1:
        parts += chart_legend(rng, look, inner, colours, names, "line")
    for _ in range(int(rng.integers(0, 3))):
        upright, at = rng.random() < .4, float(rng.uniform(.15, .9))
        a, b = (place(at, 0), place(at, 1)) if upright else (place(0, at), place(1, at))
        colour = style.foreground if rng.random() < .6 else apart(look, style.strong(rng), 280)
        parts.append(el.vector(Role.MARK, lambda pen, a=a, b=b, c=colour: pen.dashes([a, b], c, max(look.thin, .003), .02, .012), "dashed threshold"))
        if not upright and rng.random() < .5:
            parts.append(el.text(style, (x1 - .01, a[1] - look.size * .65), style.word(rng), look.size * .85, colour, "rm", what="", width=.3))
    return "Curves with bands of uncertainty", parts + noted(rng, look, inner)


TEMPLATES = (Template("plot", "bands", 1.1, make),)
