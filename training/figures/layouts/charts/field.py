"""A field of two variables: filled or drawn contours, arrows, or a surface as a mesh."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import PillowPen, Line, Point
from ...elements import Rng, Role
from ...style import Style, readable
from ...templates import Parts, Template
from .pieces import axis_numbers, begun, colour_bar, colour_map, draw_mark, drawn_axes, laid, mapped


def _isolines(field: np.ndarray, level: float) -> list[tuple[Point, Point]]:
    """Where a field on a lattice crosses a level, as short pieces in units of the lattice, 0 to 1."""
    n, pieces = field.shape[0] - 1, []
    above = field > level
    mixed = above[:-1, :-1].astype(int) + above[1:, :-1] + above[:-1, 1:] + above[1:, 1:]
    for i, j in np.argwhere((mixed > 0) & (mixed < 4)):
        corners = [(i, j), (i, j + 1), (i + 1, j + 1), (i + 1, j)]
        cross = []
        for (a, b), (c, d) in zip(corners, corners[1:] + corners[:1]):
            if above[a, b] != above[c, d]:
                part = (level - field[a, b]) / (field[c, d] - field[a, b])
                cross.append(((b + (d - b) * part) / n, (a + (c - a) * part) / n))
        pieces += [(cross[k], cross[k + 1]) for k in range(0, len(cross) - 1, 2)]
    return pieces


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    style, ramp = look.style, colour_map(rng, look.style)
    bumps = [(rng.random(2), rng.uniform(.1, .35), rng.choice([-1, 1])) for _ in range(int(rng.integers(2, 6)))]
    wave = rng.uniform(0, 9, 2) * (rng.random() < .4)
    raw = lambda x, y: sum(s * np.exp(-((x - c[0]) ** 2 + (y - c[1]) ** 2) / (2 * r * r)) for c, r, s in bumps) + .3 * np.sin(wave[0] * x + wave[1] * y)
    g = np.linspace(0, 1, 31)
    sample = raw(g[None], g[:, None])
    low, span = float(sample.min()), max(float(np.ptp(sample)), 1e-6)
    value = lambda x, y: (raw(x, y) - low) / span
    field, kind = (sample - low) / span, str(rng.choice(["filled", "lines", "arrows", "surface"], p=[.35, .22, .23, .2]))
    bar = kind != "lines" and rng.random() < .7

    if kind == "surface":
        inner, more = laid(rng, look, 1, .6, .15 if bar else .02, named=0)
        (x0, y0, x1, y1), n = inner, int(rng.integers(9, 19))
        t = np.linspace(0, 1, n)
        z = value(t[None], t[:, None])
        tilt, rise = float(rng.uniform(.2, .3)), float(rng.uniform(.25, .42))
        project = lambda u, v, h: (x0 + (x1 - x0) * (.5 + (u - v) * .48), y1 - (y1 - y0) * (tilt * (2 - u - v) + h * rise + .06) * .95)
        edge = None if rng.random() < .2 else style.foreground if rng.random() < .6 else style.background
        faces = [([project(t[j], t[i], z[i, j]), project(t[j + 1], t[i], z[i, j + 1]), project(t[j + 1], t[i + 1], z[i + 1, j + 1]),
                   project(t[j], t[i + 1], z[i + 1, j])],
                  mapped(ramp, float(z[i:i + 2, j:j + 2].mean()))) for s in range(2 * n - 3) for i in range(n - 1) for j in (s - i,) if 0 <= j < n - 1]
        grey = el.mixed(style.background, style.foreground, .35)

        def cage(pen: PillowPen) -> None:
            for k in range(5):
                u = k / 4
                pen.line([project(0, u, 0), project(0, u, 1.1)], grey, look.thin)
                pen.line([project(u, 0, 0), project(u, 0, 1.1)], grey, look.thin)
                pen.line([project(1, 0, u * 1.1), project(0, 0, u * 1.1), project(0, 1, u * 1.1)], grey, look.thin)
            pen.line([project(0, 1, 0), project(1, 1, 0), project(1, 0, 0)], style.foreground, look.thin)

        def mesh(pen: PillowPen) -> None:
            for points, tone in faces:
                pen.polygon(points, tone, edge, min(look.thin, .003))
        parts += [el.vector(Role.PANEL, cage), *more, el.vector(Role.DATA, mesh, "surface plot")]
        items = [Line((project(1, u, 0)[0] + .012, project(1, u, 0)[1] + .012), s, style.font, look.size * .85, style.foreground, "lt") for u,
                 s in axis_numbers(rng, 3) if "^" not in s]
        parts += [el.lines(style, items)] if items else []
        if bar:
            parts += colour_bar(rng, look, (x1 + .04, y0 + (y1 - y0) * .2, x1 + .07, y1 - (y1 - y0) * .2), ramp)
        return "A surface", parts

    xs, ys = axis_numbers(rng, int(rng.integers(2, 6)), rng.random() < .5), axis_numbers(rng, int(rng.integers(2, 6)), rng.random() < .5)
    inner, more = laid(rng, look, right=.16 if bar else .02)
    x0, y0, x1, y1 = inner
    levels, smooth = int(rng.integers(4, 11)), kind == "arrows" or rng.random() < .2
    cut = (lambda v: v) if smooth else (lambda v: (np.floor(np.clip(v, 0, .999) * levels) + .5) / levels)
    picture = el.picture(Role.PANEL, inner, lambda w, h: ramp(cut(value(np.linspace(0, 1, w)[None], np.linspace(0, 1, h)[:, None]))),
                         "filled contours" if not smooth else "colour field")
    filled = kind == "filled" or kind == "arrows" and bar
    parts += drawn_axes(rng, replace(look, frame="box" if filled or rng.random() < .7 else look.frame), inner, xs, ys, picture if filled else None,
                   mirrored=rng.random() < .2) + more
    place = lambda p: (x0 + (x1 - x0) * p[0], y0 + (y1 - y0) * p[1])
    mean = mapped(ramp, float(cut(field).mean()))
    colour = (style.foreground if rng.random() < .5 or not filled else readable(rng,
                                                                         mean)) if rng.random() < .7 or filled else el.mixed(style.strong(rng),
                                                                                 style.foreground, .2)
    if kind in ("filled", "lines") and (kind == "lines" or rng.random() < .6):
        marks = (np.arange(1, levels)) / levels
        pieces = [(lv, _isolines(field, lv)) for lv in marks]
        own = kind == "lines" and rng.random() < .5
        broken = kind == "lines" and rng.random() < .3
        width = min(look.thick, .007)

        def draw(pen: PillowPen) -> None:
            for lv, each in pieces:
                c = el.mixed(mapped(ramp, lv), style.foreground, .25) if own else colour
                for k, (a, b) in enumerate(each):
                    if not broken or lv > .5 or k % 3:
                        pen.line([place(a), place(b)], c, width)
        parts.append(el.vector(Role.DATA, draw, "contour line"))
        if rng.random() < .5:
            spots = [(place(each[len(each) // 2][0]), f"{lv * 10:.0f}" if levels < 8 else f"{lv:.1f}") for lv, each in pieces if len(each) > 9]
            halo = mean if filled else look.background
            parts.append(el.lines(style, [Line(at, s, style.font, look.size * .75, readable(rng, halo), halo=.006, halo_colour=halo) for at,
                                          s in spots])) if spots else None
    if kind == "arrows":
        n = int(rng.integers(7, 15))
        c = (np.arange(n) + .5) / n
        fx, fy = np.gradient(raw(c[None], c[:, None]))[::-1]
        if rng.random() < .5:
            fx, fy = -fy, fx
        norm = np.hypot(fx, fy)
        length = np.sqrt(norm / max(float(norm.max()), 1e-9)) * .9 / n if rng.random() < .6 else np.full_like(norm, .8 / n)
        own, width = not filled and rng.random() < .5, float(np.clip(look.thick, .003, .007))

        def arrows(pen: PillowPen) -> None:
            for i in range(n):
                for j in range(n):
                    s = length[i, j] / max(norm[i, j], 1e-9) / 2
                    a, b = place((c[j] - fx[i, j] * s, c[i] - fy[i, j] * s)), place((c[j] + fx[i, j] * s, c[i] + fy[i, j] * s))
                    pen.arrow(a, b, el.mixed(mapped(ramp, length[i, j] * n), style.foreground, .25) if own else colour, width,
                              min(width * 3.2, length[i, j] * .4 + .004))
        parts.append(el.vector(Role.DATA, arrows, "vector field"))
    elif rng.random() < .35:
        dots, r, fill = rng.uniform(.05, .95, (int(rng.integers(4, 40)), 2)), float(rng.uniform(.006, .012)), style.strong(rng)
        edge = readable(np.random.default_rng(len(dots)), fill)   # of its own, so that all other numbers of a seed stay as they were
        parts.append(el.vector(Role.DATA, lambda foreground: [draw_mark(foreground, 0, place(p), r, edge, fill) for p in dots], "sampling points"))
    if bar:
        parts += colour_bar(rng, look, (x1 + .03, y0, x1 + .03 + float(rng.uniform(.02, .04)), y1), ramp, 0 if smooth else levels)
    return {"filled": "A filled contour plot", "lines": "A contour plot", "arrows": "A vector field"}[kind], parts


TEMPLATES = (Template("plot", "field chart", 1.2, make),)
