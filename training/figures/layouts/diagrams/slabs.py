"""Layers of something drawn apart in oblique projection, plain, meshed, dotted or with thick borders, joined by broken lines."""
from __future__ import annotations

from ... import elements as el
from ...canvas import PillowPen
from ...elements import WHITE, Rng, Role, mixed
from ...style import Style, luminance
from ...templates import Parts, Template, shrink
from .pieces import background, blob, draw_line, drawing_area, line_width, text_size, vivid


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    count, named = int(rng.integers(2, 7)), rng.random() < .75
    x0, y0, x1, y1 = shrink(area, .03, .04, .26 if named else .03, .04)
    lean, rise = float(rng.uniform(.12, .38)) * (x1 - x0), float(rng.uniform(.5, 1.5)) * (y1 - y0) / (count + .8)
    rise = min(rise, (y1 - y0) * .45)
    thick = float(rng.choice([0, 0, .012, .03, .05]))
    step = (y1 - y0 - rise - thick) / max(count - 1, 1)
    rhomb = rng.random() < .3
    opacity = float(rng.uniform(.45, .85)) if rng.random() < .4 else 1.0
    edge, width = rng.random() < .7, line_width(rng, .002, .008)
    one = vivid(rng, style) if rng.random() < .3 else None
    at_top = lambda u, v, y: ((x0 + (x1 - x0) * (.5 + (u - v) / 2),
                               y + rise * (u + v) / 2) if rhomb else (x0 + (x1 - x0 - lean) * u + lean * (1 - v), y + rise * v))
    line, tops, size = style.foreground if rng.random() < .6 else vivid(rng, style), [], text_size(rng, .03, .048)
    guides, broken = rng.random() < .5, float(rng.choice([0, .012, .02]))
    for k in range(count)[::-1]:
        y = y0 + k * step
        tone = one or vivid(rng, style)
        side = mixed(tone, (0, 0, 0), .35)
        look, n = str(rng.choice(["plain", "plain", "mesh", "dots", "cells", "blobs"])), int(rng.integers(3, 8))
        values, mark = rng.random((n, n)), mixed(tone, WHITE if luminance(tone) < .6 else (0, 0, 0), .6)
        rim_colour = mixed(tone, style.foreground, .6) if edge or sum(abs(a - b) for a, b in zip(tone, style.background)) < 120 else None
        spot = blob(rng, (.5, .5), .3, .3, .12)

        def slab(pen: PillowPen, y=y, tone=tone, side=side, look=look, n=n, values=values, mark=mark, edge_=rim_colour, spot=spot) -> None:
            p = lambda u, v: at_top(u, v, y)
            if thick:
                down = lambda q: (q[0], q[1] + thick)
                walls = [(p(0, 1), p(1, 1)), (p(1, 0), p(1, 1))]
                for (a, b), shade in zip(walls, (side, mixed(side, (0, 0, 0), .3))):
                    pen.polygon([a, b, down(b), down(a)], shade, edge_, width)
            pen.polygon([p(0, 0), p(1, 0), p(1, 1), p(0, 1)], tone, edge_, width)
            if look == "mesh":
                for i in range(1, n):
                    pen.line([p(i / n, 0), p(i / n, 1)], mark, width)
                    pen.line([p(0, i / n), p(1, i / n)], mark, width)
            elif look == "cells":
                for i in range(n):
                    for j in range(n):
                        if values[i, j] > .5:
                            pen.polygon([p(i / n, j / n), p((i + 1) / n, j / n), p((i + 1) / n, (j + 1) / n), p(i / n, (j + 1) / n)],
                                        mixed(tone, mark, float(values[i, j])))
            elif look == "dots":
                for i in range(n):
                    for j in range(n):
                        pen.dot(p((i + .5) / n, (j + .5) / n), .008, mark)
            elif look == "blobs":
                pen.polygon([p(u, v) for u, v in spot], mark)
        parts.append(el.vector(Role.SHAPE, slab, f"{el.colour_name(tone)} slab", opacity, .012 if rng.random() < .1 else 0))
        right = at_top(1, .5, y) if not rhomb else at_top(1, 0, y)
        tops.append(y)
        if named:
            start, end = (right[0] + .005, right[1]), (min(x1 + .035, .8), right[1])
            if rng.random() < .6 and end[0] > start[0] + .01:
                parts.append(el.vector(Role.MARK, lambda foreground, a=start, b=end: draw_line(foreground, [a, b], style.foreground, max(width, .003)), "leader"))
            parts.append(el.text(style, (x1 + .045, right[1]), style.phrase(rng, 1, 2), size, style.foreground, "lm", width=.98 - x1 - .045))
    if guides and step > rise * .3:
        shown = [(0, 1), (1, 1)]

        def guide(pen: PillowPen) -> None:
            for a, b in zip(tops[1:], tops):   # from an upper slab's near corners down to the next
                for u, v in shown:
                    p, q = at_top(u, v, a), at_top(u, v, b)
                    draw_line(pen, [(p[0], p[1] + thick), q], line, max(width, .003), broken)
        parts.append(el.vector(Role.MARK, guide, "set of guide lines"))
    elif rng.random() < .4:
        parts.append(el.vector(Role.MARK, lambda foreground: draw_line(foreground, [(x0 - .015, y1), (x0 - .015, y0)], line, max(width, .005), 0, "fill",
                                                           "fill", .024), "arrow"))
    return "Layers drawn apart", parts + extra


TEMPLATES = (Template("shapes", "slabs", 1, make),)
