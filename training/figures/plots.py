"""Plots: plate and axes, data, error bars, legends, colour bars, tick labels, titles."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from . import elements as el
from .canvas import Box, Colour, Frame, PillowPen, Line, Patch, Point, writing
from .elements import Element, Group, Rng, Role
from .style import Style

KINDS = ("lines", "bars", "stacked bars", "scatter", "area", "steps", "box plot", "histogram", "points with error bars")
_NAMES = {"lines": "line plot", "bars": "bar chart", "stacked bars": "stacked bar chart", "scatter": "scatter plot", "area": "area plot",
          "steps": "step plot", "points with error bars": "plot of points with error bars"}


def _series_colours(rng: Rng, style: Style, count: int) -> list[Colour]:
    order = [c for c in style.colours if sum(abs(a - b) for a, b in zip(c, style.background)) > 120] or [style.foreground]
    start = int(rng.integers(len(order)))
    return [order[(start + k) % len(order)] for k in range(count)]


def axes(rng: Rng, style: Style, box: Box, nx: int, ny: int, line: float) -> Element:
    """The plate, frame, grid and ticks of a plot."""
    x0, y0, x1, y1 = box
    grid, frame = str(rng.choice(["none", "y", "both"], p=[.5, .2, .3])), str(rng.choice(["left", "full", "none"], p=[.5, .38, .12]))
    plate, inward, broken = rng.random() < .7, rng.random() < .25, rng.random() < .3
    fill = style.background if rng.random() < .7 else el.mixed(style.background, style.colour(rng), .12)
    grey = el.mixed(fill, style.foreground, float(rng.uniform(.12, .3)))
    tick = float(rng.uniform(.008, .016)) * (-1 if inward else 1)

    def paint(pen: PillowPen, plate: bool = plate) -> None:
        if plate:
            pen.box(box, fill)
        for k in range(nx + 1):
            x = x0 + (x1 - x0) * k / nx
            if grid == "both" and 0 < k < nx:
                pen.dashes([(x, y0), (x, y1)], grey, line * .6, .008, .008) if broken else pen.line([(x, y0), (x, y1)], grey, line * .6)
        for k in range(ny + 1):
            y = y0 + (y1 - y0) * k / ny
            if grid != "none" and 0 < k < ny:
                pen.dashes([(x0, y), (x1, y)], grey, line * .6, .008, .008) if broken else pen.line([(x0, y), (x1, y)], grey, line * .6)
        if frame != "none":
            for k in range(nx + 1):
                x = x0 + (x1 - x0) * k / nx
                pen.line([(x, y1), (x, y1 + tick)], style.foreground, line)
            for k in range(ny + 1):
                y = y0 + (y1 - y0) * k / ny
                pen.line([(x0 - tick, y), (x0, y)], style.foreground, line)
            pen.line([(x0, y0), (x0, y1), (x1, y1)] + ([(x1, y0), (x0, y0)] if frame == "full" else []), style.foreground, line)
    lines = lambda foreground: paint(foreground, False)
    # The evaluation set was made before, and keeps its plates.
    return replace(el.vector(Role.PANEL, paint), bare=el.vector(Role.PANEL, lines).draw if plate and style.split == "train" else None)


def _marker(pen: PillowPen, kind: int, at: Point, r: float, colour: Colour) -> None:
    if kind == 0:
        pen.dot(at, r, colour)
    elif kind == 1:
        pen.polygon(pen.round(at, r, [(-.85, -.85), (.85, -.85), (.85, .85), (-.85, .85)]), colour)
    elif kind == 2:
        pen.polygon(pen.round(at, r * 1.1, [(0, -1), (.9, .7), (-.9, .7)]), colour)
    elif kind == 3:
        pen.polygon(pen.round(at, r * 1.2, [(0, -1), (.8, 0), (0, 1), (-.8, 0)]), colour)
    else:
        for a, b in (((-1, -1), (1, 1)), ((-1, 1), (1, -1))):
            pen.line(pen.round(at, r * .9, [a, b]), colour, r * .5)


def _error(pen: PillowPen, x: float, y: float, half: float, colour: Colour, line: float) -> None:
    cap = line * 2.2
    pen.line([(x, y - half), (x, y + half)], colour, line)
    pen.line([(x - cap, y - half), (x + cap, y - half)], colour, line)
    pen.line([(x - cap, y + half), (x + cap, y + half)], colour, line)


def data(rng: Rng, style: Style, box: Box, kind: str, colours: list[Colour], line: float) -> list[Element]:
    """The drawn data; translucent areas come one by one, so that they show through one another."""
    x0, y0, x1, y1 = box
    inset = .03 * (x1 - x0)
    x0, x1, y0 = x0 + inset, x1 - inset, y0 + .04 * (y1 - y0)
    series, marker = len(colours), int(rng.integers(5))
    width, errors = line * float(rng.uniform(1.2, 2.6)), rng.random() < .45
    name = _NAMES.get(kind, kind)
    place = lambda px, v: (x0 + (x1 - x0) * px, y1 - (y1 - y0) * v)

    if kind in ("lines", "area", "steps", "points with error bars"):
        count = int(rng.integers(5, 40)) if kind != "points with error bars" else int(rng.integers(4, 9))
        t = np.linspace(0, 1, count)
        shape = rng.integers(4, size=series)
        values = np.stack([(.5 + .35 * np.sin(t * rng.uniform(4, 14) + rng.random() * 6), .12 + .75 / (1 + np.exp(-(t - rng.uniform(.3, .7)) * rng.uniform(6, 14))),
                            .85 * np.exp(-t * rng.uniform(1, 4)) + .06, .5 + rng.normal(0, .5 / np.sqrt(count), count).cumsum())[s] for s in shape])
        values = np.clip(values * rng.uniform(.6, 1, (series, 1)) + rng.normal(0, rng.choice([0, .02]), values.shape), .03, .97)
        dotted, marks = rng.random(series) < .2, rng.random() < .4 and count < 20
        spread = rng.uniform(.03, .09, (series, count))
        opacity = float(rng.uniform(.35, .85)) if kind == "area" else 1.0
        band = kind == "lines" and rng.random() < .25
        parts = []
        for s, colour in enumerate(colours):
            series_group, first = Group("series"), len(parts)
            points = [place(a, b) for a, b in zip(t, values[s])]
            if kind == "area" or band:
                low = [place(a, b - e if band else 0) for a, b, e in zip(t, values[s], spread[s])]
                high = [place(a, min(b + e, .99)) for a, b, e in zip(t, values[s], spread[s])] if band else points
                parts.append(el.vector(Role.DATA, lambda pen, q=high + low[::-1], c=colour: pen.polygon(q, c), opacity=.25 if band else opacity))

            def paint(pen: PillowPen, s: int = s, colour: Colour = colour, points: list[Point] = points) -> None:
                if kind == "area":
                    pen.line(points, colour, line)
                elif kind == "steps":
                    pen.line([q for a, b in zip(points, points[1:]) for q in (a, (b[0], a[1]))] + [points[-1]], colour, width)
                elif kind == "lines":
                    pen.dashes(points, colour, width, .02, .014) if dotted[s] else pen.line(points, colour, width)
                if kind == "points with error bars" or (errors and kind == "lines" and marks):
                    for (px, py), e in zip(points, spread[s]):
                        _error(pen, px, py, e * (y1 - y0), colour, line)
                if marks or kind == "points with error bars":
                    for point in points:
                        _marker(pen, (marker + s) % 5, point, width * 1.4, colour)
            parts.append(el.vector(Role.DATA, paint, name if s == 0 else ""))
            parts[first:] = [replace(e, group=(series_group,)) for e in parts[first:]]
        return parts

    if kind in ("bars", "stacked bars", "histogram", "box plot"):
        count = int(rng.integers(3, 8)) if kind != "histogram" else int(rng.integers(8, 20))
        gap = float(rng.uniform(.15, .5)) if kind != "histogram" else 0.0
        values = rng.uniform(.1, .9, (series, count))
        if kind == "histogram":
            t = np.linspace(-2.2, 2.2, count)
            values = np.stack([np.exp(-((t - rng.normal(0, .7)) / rng.uniform(.5, 1)) ** 2) * rng.uniform(.6, .9) + rng.random(count) * .05 for _ in colours])
        if kind == "stacked bars":
            values = values / max(series, 1) * .95
        half = rng.uniform(.02, .08, (series, count))
        across = rng.random() < .15 and kind == "bars"
        edge = style.foreground if rng.random() < .3 else None

        slot, lanes = (x1 - x0) / count, 1 if kind in ("stacked bars", "histogram") else series
        floors = np.cumsum(np.concatenate([np.zeros((1, count)), values]), 0) if kind == "stacked bars" else np.zeros((series + 1, count))

        def bar(pen: PillowPen, s: int, k: int) -> None:
            colour = colours[s]
            left = x0 + slot * (k + gap / 2 + (1 - gap) * (s if lanes > 1 else 0) / lanes)
            right = left + slot * (1 - gap) / lanes * (.92 if lanes > 1 else 1)
            v, middle = values[s, k], (left + right) / 2
            if kind == "box plot":
                q = [place(0, u)[1] for u in (v * .8 + .1 - half[s, k] * 1.8, v * .8 + .1 - half[s, k], v * .8 + .1, v * .8 + .1 + half[s, k], v * .8 + .1 + half[s, k] * 2)]
                pen.line([(middle, q[0]), (middle, q[4])], style.foreground, line)
                pen.box((left, q[3], right, q[1]), colour, style.foreground, line)
                pen.line([(left, q[2]), (right, q[2])], style.foreground, line * 1.4)
                return
            top, bottom = place(0, floors[s, k] + v)[1], place(0, floors[s, k])[1]
            if across:
                ya, yb = y0 + (left - x0) / (x1 - x0) * (y1 - y0), y0 + (right - x0) / (x1 - x0) * (y1 - y0)
                pen.box((x0, ya, x0 + (x1 - x0) * v, yb), colour, edge, line)
            else:
                pen.box((left, top, right, bottom), colour, edge, line)
                if errors and kind == "bars":
                    _error(pen, middle, top, half[s, k] * (y1 - y0), style.foreground, line)
        groups = [Group("series") for _ in colours]
        if kind == "histogram":   # its bars touch: one thing
            strokes = [(groups[s], lambda foreground, s=s: [bar(foreground, s, k) for k in range(count)]) for s in range(series)]
        else:
            strokes = [(groups[s], lambda foreground, s=s, k=k: bar(foreground, s, k)) for s in range(series) for k in range(count)]
        translucent = kind == "histogram" and series > 1
        return [el.vector_parts(Role.DATA, strokes, name, opacity=.65 if translucent else 1.0)]

    count = int(rng.integers(12, 70))   # scatter
    clouds = rng.normal(size=(series, count, 2)) * rng.uniform(.05, .16, (series, 1, 2)) + rng.uniform(.25, .75, (series, 1, 2))
    if rng.random() < .5:
        clouds[..., 1] = clouds[..., 0] * rng.uniform(.5, .9) + rng.normal(0, .07, clouds.shape[:2]) + .1
    clouds, r = np.clip(clouds, .02, .97), float(rng.uniform(.006, .016))
    opacity, fit = float(rng.choice([1, 1, .6])), rng.random() < .3

    def paint_points(pen: PillowPen, s: int) -> None:
        for a, b in clouds[s]:
            _marker(pen, (marker + s) % 4, place(a, b), r, colours[s])
    strokes = [(Group("series"), lambda foreground, s=s: paint_points(foreground, s)) for s in range(series)]
    parts = [el.vector_parts(Role.DATA, strokes, name, opacity=opacity)]
    if fit:
        parts.append(el.vector(Role.DATA, lambda pen: pen.line([place(.05, .2), place(.95, .85)], style.foreground, line), "trend line"))
    return parts


def _ticks(rng: Rng, style: Style, box: Box, nx: int, ny: int, size: float, names: bool) -> Element:
    """Numbers below and beside; or names below."""
    x0, y0, x1, y1 = box
    step_x, step_y = (float(rng.choice([.1, .2, .5, 1, 2, 5, 10, 25, 100])) for _ in range(2))
    items = []
    for k in range(nx if names else nx + 1):
        string = style.word(rng)[:7] if names else f"{k * step_x:g}"
        items.append(Line((x0 + (x1 - x0) * (k + (.5 if names else 0)) / nx, y1 + .018 + size * .1), string, style.face(string), size, style.foreground, "mt"))
    for k in range(ny + 1):
        items.append(Line((x0 - .02, y1 - (y1 - y0) * k / ny), f"{k * step_y:g}", style.font, size, style.foreground, "rm"))
    below, beside = Group("axis"), Group("axis")
    return el.lines(style, items, groups=[below] * (len(items) - ny - 1) + [beside] * (ny + 1))


def _legend(rng: Rng, style: Style, box: Box, colours: list[Colour], size: float) -> list[Element]:
    """Swatches and names in a corner of the plot, at times on a plate."""
    x0, y0, x1, y1 = box
    names = [style.word(rng) for _ in colours]
    width, pitch = size * (1.9 + .55 * max(len(n) for n in names)), size * 1.45
    left = x0 + .02 if rng.random() < .4 else max(x1 - width - .02, x0)
    top = y0 + .02
    area = (left, top, left + width, top + pitch * len(names) + size * .4)
    items = [Line((left + size * 1.5, top + pitch * (k + .62)), n, style.face(n), size, style.foreground, "lm") for k, n in enumerate(names)]
    plate, square = rng.random() < .5, rng.random() < .6

    def paint(pen: PillowPen, k: int) -> None:
        y = top + pitch * (k + .62)
        if square:
            pen.box((left + size * .3, y - size * .35, left + size * 1.15, y + size * .35), colours[k])
        else:
            pen.line([(left + size * .2, y), (left + size * 1.25, y)], colours[k], size * .22)
    entries = [Group("entry") for _ in colours]
    swatches = [(entry, lambda foreground, k=k: paint(foreground, k)) for k, entry in enumerate(entries)]
    parts = [el.vector_parts(Role.MARK, swatches, "legend"), el.lines(style, items, words=names[0], groups=entries)]
    if plate:
        parts.append(el.vector(Role.SHAPE, lambda pen: pen.box(area, style.background, style.foreground if size > .03 else None, .004), "", float(rng.choice([1, .85]))))
    return el.grouped("legend", parts)


def _pie(rng: Rng, style: Style, box: Box, size: float) -> list[Element]:
    x0, y0, x1, y1 = box
    shares = rng.dirichlet(np.full(int(rng.integers(3, 6)), 2.5))
    colours = _series_colours(rng, style, len(shares))
    if len(set(colours)) < len(colours):
        colours = [el.mixed(c, style.foreground, .25 * (k // max(len(set(colours)), 1))) for k, c in enumerate(colours)]
    at, radius = ((x0 + x1) / 2, (y0 + y1) / 2), min(x1 - x0, y1 - y0) * .42
    edges, hole = np.concatenate([[0], np.cumsum(shares)]) * 360 - 90, rng.random() < .4

    series = Group("series")
    slices = [(series, lambda pen, a=a, b=b, c=c: pen.sector(at, radius, a, b, c, radius * .45 if hole else 0.0))
              for a, b, c in zip(edges, edges[1:], colours)]
    parts = [el.vector_parts(Role.DATA, slices, "ring chart" if hole else "pie chart", shadow=.012 if rng.random() < .15 else 0.0)]
    if rng.random() < .6:
        items = []
        for a, b, share, colour in zip(edges, edges[1:], shares, colours):
            if share > .08:
                t, r = np.radians((a + b) / 2), radius * (.78 if hole else .62)
                foreground = (20, 20, 20) if sum(colour) > 380 else (245, 245, 245)
                items.append((t, r, f"{share * 100:.0f}%", foreground))

        def draw(frame: Frame) -> Patch:
            fx, fy = frame.unit / frame.width, frame.unit / frame.height
            return writing(frame, [Line((at[0] + r * np.cos(t) * fx, at[1] + r * np.sin(t) * fy), s, style.font, size, foreground) for t, r, s, foreground in items])
        parts.append(Element(Role.TEXT, draw))
    return parts


def plot(rng: Rng, style: Style, box: Box, kind: str | None = None, title: bool | None = None) -> list[Element]:
    """A plot as a group; see `_plot`."""
    return el.grouped("plot", _plot(rng, style, box, kind, title))


def _plot(rng: Rng, style: Style, box: Box, kind: str | None, title: bool | None) -> list[Element]:
    """A plot with all that belongs to it inside of a box; the smaller the box, the less there is."""
    x0, y0, x1, y1 = box
    side = min(x1 - x0, y1 - y0)
    size = float(np.clip(side * rng.uniform(.065, .095), .022, .06))
    line = float(np.clip(side * rng.uniform(.008, .018), .004, .01))
    large = side > .42
    kind = kind or str(rng.choice([*KINDS, "heat map", "pie"], p=[.19, .14, .07, .14, .08, .05, .06, .06, .05, .1, .06]))
    title = rng.random() < (.5 if large else .2) if title is None else title
    numbers, names = rng.random() < (.9 if side > .28 else .55), rng.random() < (.55 if large else .15)
    left = (size * 3.2 if numbers else .03) + (size * 1.3 if names else 0)
    below = (size * 1.7 if numbers else .03) + (size * 1.3 if names else 0)
    above = size * 2 if title else .02
    inner = (x0 + left, y0 + above, x1 - .02, y1 - below)
    parts: list[Element] = []
    if title:
        parts.append(el.text(style, ((inner[0] + inner[2]) / 2, y0 + size * .9), style.phrase(rng, 1, 3), size * 1.2, width=x1 - x0, what="plot title"))
    if kind == "pie":
        return parts + _pie(rng, style, (x0, y0 + above, x1, y1), size)
    nx, ny = int(rng.integers(2, 6)), int(rng.integers(2, 6))
    if kind == "heat map":
        bar = rng.random() < .6
        inner = (inner[0], inner[1], inner[2] - (size * 3.4 if bar else 0), inner[3])
        field, through = el.matrix(rng, style, inner)
        parts.append(field)
        if bar:
            strip = (inner[2] + size * .5, inner[1], inner[2] + size * 1.3, inner[3])
            parts.append(el.picture(Role.PANEL, strip, lambda w, h: np.broadcast_to(through(np.linspace(1, 0, h))[:, None], (h, w, 3)), "colour bar"))
            top = float(rng.choice([1, 5, 10, 50]))
            items = [Line((strip[2] + .01, strip[3] - (strip[3] - strip[1]) * k / 2), f"{top * k / 2:g}", style.font, size * .9, style.foreground, "lm") for k in range(3)]
            parts.append(el.lines(style, items))
        if numbers:
            parts.append(_ticks(rng, style, inner, nx, ny, size, False))
    else:
        colours = _series_colours(rng, style, int(rng.integers(1, 4)))
        parts.append(axes(rng, style, inner, nx, ny, line))
        parts += data(rng, style, inner, kind, colours, line)
        if numbers:
            parts.append(_ticks(rng, style, inner, nx, ny, size, kind in ("bars", "box plot", "stacked bars") and rng.random() < .4 and nx < 4))
        if large and len(colours) > 1 and rng.random() < .65:
            parts += _legend(rng, style, inner, colours, size)
        if kind in ("bars", "box plot") and rng.random() < .35:
            a, b = sorted(rng.uniform(.15, .85, 2))
            at = inner[1] + (inner[3] - inner[1]) * .05
            ax, bx = inner[0] + (inner[2] - inner[0]) * a, inner[0] + (inner[2] - inner[0]) * max(b, a + .15)
            parts += [el.bracket(rng, style, ax, bx, at), el.text(style, ((ax + bx) / 2, at - .005), str(rng.choice(["*", "**", "***", "ns"])), size, anchor="mb", what="")]
    if names:
        parts.append(el.text(style, ((inner[0] + inner[2]) / 2, y1 - size * .6), style.word(rng), size, what="", width=inner[2] - inner[0]))
        parts.append(el.text(style, (x0 + size * .6, (inner[1] + inner[3]) / 2), style.word(rng), size, turned=True, what="", width=inner[3] - inner[1]))
    return parts
