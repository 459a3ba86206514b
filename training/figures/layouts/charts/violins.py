"""Violins, half violins, strips of points, bars of means; upright."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import Rng, Role
from ...style import Style
from ...templates import Parts, Template
from .pieces import axis_numbers, begun, density, draw_mark, drawn_axes, laid, palette, short_names


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    style, count = look.style, int(rng.integers(2, 7))
    names = short_names(rng, style, count, 7)
    inner, more = laid(rng, look)
    x0, y0, x1, y1 = inner
    slot = (x1 - x0) / count
    parts += drawn_axes(rng, replace(look, grid="y" if look.grid != "none" and not look.panel else look.grid), inner,
                   [((k + .5) / count, n) for k, n in enumerate(names)], axis_numbers(rng, int(rng.integers(2, 6)))) + more
    colours = palette(rng, look, count)
    t = np.linspace(.04, .86, 48)
    shapes = [density(rng, t) for _ in range(count)]
    body, inside = str(rng.choice(["violin", "half", "strip", "bar"], p=[.38, .2, .27, .15])), str(rng.choice(["box", "line", "points", "none"],
            p=[.4, .2, .25, .15]))
    edge, opacity = (style.foreground if rng.random() < .5 else None), float(rng.choice([1, 1, .7, .45]))
    wide, r = slot * float(rng.uniform(.28, .46)), float(rng.uniform(.004, .011))
    hollow, marker = look.background if rng.random() < .35 else None, int(rng.integers(4))
    at_y = lambda v: y1 - (y1 - y0) * float(v)
    cloud = [rng.choice(t, int(rng.integers(12, 45)), p=s / s.sum()) + rng.normal(0, .01, 1) for s in shapes]
    shake = [rng.uniform(-.5, .5, len(c)) * np.interp(c, t, s) for c, s in zip(cloud, shapes)]
    middle = [float(np.median(c)) for c in cloud]

    def bodies(pen: PillowPen) -> None:
        for k, (shape, colour) in enumerate(zip(shapes, colours)):
            cx = x0 + slot * (k + .5)
            if body == "bar":
                pen.box((cx - wide, at_y(middle[k]), cx + wide, y1), colour, edge, look.thin)
                continue
            right = [(cx + wide * float(s), at_y(v)) for s, v in zip(shape, t)]
            left = [(cx - wide * float(s), at_y(v)) for s, v in zip(shape, t)] if body == "violin" else [(cx, right[0][1]), (cx, right[-1][1])][::1]
            pen.polygon(right + left[::-1], colour, edge, max(look.thin, .002))
    if body != "strip":
        parts.append(el.vector(Role.DATA, bodies, {"violin": "violin plot", "half": "half violin plot", "bar": "bar chart"}[body], opacity))

    def insides(pen: PillowPen) -> None:
        for k, c in enumerate(cloud):
            cx = x0 + slot * (k + .5)
            tone = style.foreground if body == "bar" else el.mixed(colours[k], style.foreground, .55 if body != "strip" else 0)
            if body == "strip" or inside == "points" or body == "half":
                shift, spread = (-wide * .45, wide * .6) if body == "half" else (0, wide * 1.4)
                for v, s in zip(c, shake[k]):
                    draw_mark(pen, marker, (cx + shift + spread * float(s), at_y(v)), r, tone, hollow)
            if inside == "box" and body in ("violin", "half"):
                q = np.quantile(c, [.05, .25, .5, .75, .95])
                pen.line([(cx, at_y(q[0])), (cx, at_y(q[4]))], style.foreground, max(look.thin, .003))
                pen.box((cx - wide * .12, at_y(q[3]), cx + wide * .12, at_y(q[1])), style.background, style.foreground, max(look.thin, .003))
                pen.dot((cx, at_y(q[2])), max(wide * .07, .004), style.foreground)
            elif inside == "line" or body in ("strip", "bar"):
                pen.line([(cx - wide * .7, at_y(middle[k])), (cx + wide * .7, at_y(middle[k]))], style.foreground, max(look.thick, .004))
                if body in ("strip", "bar"):
                    for e in (-.07, .07):
                        pen.line([(cx, at_y(middle[k])), (cx, at_y(middle[k] + e))], style.foreground, max(look.thin, .003))
                        pen.line([(cx - wide * .35, at_y(middle[k] + e)), (cx + wide * .35, at_y(middle[k] + e))], style.foreground, max(look.thin, .003))
    parts.append(el.vector(Role.DATA, insides, "strip plot" if body == "strip" else ""))
    if rng.random() < .5:
        for j in range(int(rng.integers(1, min(3, count)))):
            a, y = int(rng.integers(0, count - 1)), at_y(.9 + .05 * j)
            b = a + 1 if j == 0 else count - 1
            parts += [el.bracket(rng, style, x0 + slot * (a + .5), x0 + slot * (b + .5), y),
                      el.text(style, (x0 + slot * (a + b + 1) / 2, y + .002), str(rng.choice(["*", "**", "***", "ns", "p < .01"])),
                              look.size * .9, anchor="mb", what="")]
    return "Distributions side by side", parts


TEMPLATES = (Template("plot", "violins", 1.0, make),)
