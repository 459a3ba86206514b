"""What the charts have in common: looks of programs, palettes, axes, room and legends."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Sequence

import numpy as np

from ... import elements as el, textures
from ...canvas import Box, Colour, Frame, PillowPen, Line, Patch, Point, over
from ...elements import ALL, Element, Rng, Role
from ...plots import _marker, _series_colours
from ...style import Style, luminance
from ...templates import Parts, shrink

Ticks = Sequence[tuple[float, str]]   # where along an axis, 0 to 1, and what is written there


@dataclass(frozen=True)
class Look:
    """How one program draws: widths of lines, size of letters, frame, grid and ticks."""
    style: Style
    thin: float
    thick: float
    size: float
    frame: str
    grid: str
    tick: float        # length, below nought inwards
    panel: Colour | None
    dashed: bool

    @property
    def background(self) -> Colour:
        return self.panel or self.style.background


def begun(rng: Rng, style: Style) -> tuple[Look, Parts]:
    """A background, mostly white, and a look."""
    base = replace(style, tint=(0, 0, 0)).background
    kind = "dark" if style.dark else str(rng.choice(["white", "paper", "tint"], p=[.8, .06, .14]))
    colour = {"white": (255, 255, 255), "paper": style.background, "dark": el.mixed(style.background, style.colour(rng), float(rng.choice([0, 0, .1]))),
            "tint": el.mixed(style.background, style.colour(rng), float(rng.uniform(.06, .22)))}[kind]
    style = replace(style, tint=tuple(p - b for p, b in zip(colour, base)))
    element = el.background(rng, style, "solid")
    if kind in ("tint", "dark") and rng.random() < .25:
        shade = el.gradient(rng, colour, el.mixed(colour, style.colour(rng), .16))
        element = el.picture(Role.BACKGROUND, ALL, lambda w, h: np.broadcast_to(shade(w, h), (h, w, 3)), "background that fades")
    thin = float(np.exp(rng.uniform(np.log(.0015), np.log(.008))))
    panel = el.mixed(style.background, style.foreground if rng.random() < .7 else style.colour(rng), float(rng.uniform(.09, .15))) if rng.random() < .2 else None
    if panel and sum(abs(a - b) for a, b in zip(panel, style.background)) < 40:
        panel = el.mixed(style.background, style.foreground, .1)
    frame = str(rng.choice(["box", "L", "none", "bottom"], p=[.36, .4, .14, .1])) if not panel else str(rng.choice(["none", "none", "box"]))
    return Look(style, thin, min(thin * float(rng.uniform(1, 4)), .02), float(np.exp(rng.uniform(np.log(.024), np.log(.048)))), frame,
                 str(rng.choice(["none", "y", "x", "both"], p=[.5, .2, .06, .24])) if not panel else "both",
                 float(rng.choice([0, .008, .014, -.01, -.016], p=[.2, .3, .2, .15, .15])), panel, rng.random() < .3), [element]


def apart(look: Look, colour: Colour, least: int) -> Colour:
    """A colour that stands out from the chart's background by so much: with more of the foreground colour in it if need be."""
    for part in (0, .2, .4, .6, .8):
        found = el.mixed(colour, look.style.foreground, part)
        if min(sum(abs(a - b) for a, b in zip(found, g)) for g in (look.background, look.style.background)) > least:
            return found
    return look.style.foreground


def palette(rng: Rng, look: Look, count: int) -> list[Colour]:
    """The style's colours, shades of one of them, greys, or the foreground colour alone."""
    return [apart(look, c, 110) for c in colour_pool(rng, look, count)]


def colour_pool(rng: Rng, look: Look, count: int) -> list[Colour]:
    style = look.style
    kind = rng.choice(["colours", "shades", "greys", "ink"], p=[.64, .18, .12, .06])
    if kind == "colours":
        own = _series_colours(rng, style, count)
        return [el.mixed(c, style.foreground, .3) if k >= len(set(style.colours)) else c for k, c in enumerate(own)]
    if kind == "ink":
        return [style.foreground] * count
    one, pale = (style.strong(rng), .3) if kind == "shades" else (style.foreground, .35)
    if sum(abs(a - b) for a, b in zip(one, style.background)) < 250:
        one = el.mixed(one, style.foreground, .5)
    shades = [el.mixed(style.background, one, float(v)) for v in np.linspace(1, pale, max(count, 2))][:count]
    return shades if rng.random() < .5 else shades[::-1]


def colour_map(rng: Rng, style: Style) -> Callable[[np.ndarray], np.ndarray]:
    """A colour map for values from 0 to 1: of one colour, of several, of two with the background between, or of greys."""
    kind = rng.choice(["one", "many", "two", "grey"], p=[.3, .35, .25, .1])
    a, b, background, foreground = (el.unit(c) for c in (style.strong(rng), style.strong(rng), style.background, style.foreground))
    if kind == "one":
        stops = np.stack([background * .93 + a * .07, a, a * .55 + foreground * .45])
    elif kind == "two":
        stops = np.stack([a * .6 + foreground * .4, a, background * .96 + foreground * .04, b if not np.allclose(a, b) else 1 - a, b * .6 + foreground * .4])
    elif kind == "grey":
        stops = np.stack([background * .92 + foreground * .08, background * .15 + foreground * .85])
    else:
        stops = np.stack([el.unit(c) for c in style.colours])
        stops = stops[np.argsort(stops @ np.array([.3, .59, .11]))]
        stops[0] *= .6
    if rng.random() < .15:
        stops = stops[::-1]
    return lambda field: textures._ramp(stops, np.clip(np.asarray(field, np.float32), 0, 1))


def mapped(ramp: Callable[[np.ndarray], np.ndarray], value: float) -> Colour:
    return tuple(int(v) for v in np.clip(ramp(np.array([value]))[0] * 255, 0, 255))


def together(role: Role, what: str, *parts: Element) -> Element:
    """Elements as one, so that a frame and its picture do not become two layers."""
    def draw(frame: Frame) -> Patch:
        patches = [p for p in (e.draw(frame) for e in parts) if p.rgba.size]
        x0, y0 = min(p.x for p in patches), min(p.y for p in patches)
        x1, y1 = max(p.x + p.rgba.shape[1] for p in patches), max(p.y + p.rgba.shape[0] for p in patches)
        rgba = np.zeros((y1 - y0, x1 - x0, 4), np.float32)
        for p in patches:
            over(rgba, Patch(p.x - x0, p.y - y0, p.rgba))
        return Patch(x0, y0, rgba)
    return Element(role, draw, what, parts=tuple(replace(e, role=role) for e in parts))


def short_name(rng: Rng, style: Style, limit: int) -> str:
    return short_names(rng, style, 1, limit)[0]


def contrast(on: Colour) -> Colour:
    return (20, 20, 20) if luminance(on) > .5 else (245, 245, 245)


def fit(size: float, slot: float, strings: Sequence[str], least: float = .015) -> float:
    """A size at which the longest of some strings is no longer than a slot."""
    widest = max((sum(1.0 if ord(c) > 0x2e7f else .62 for c in s) for s in strings), default=1)
    return max(min(size, slot / max(widest, 1)), least)


def short_names(rng: Rng, style: Style, count: int, limit: int = 8) -> list[str]:
    found = sorted((style.word(rng) or "A" for _ in range(count * 3)), key=lambda w: len(w) > limit)   # rather short words than cut ones
    unique = list(dict.fromkeys(found))
    return [w[:limit].strip() for w in (unique + found)[:count]]


def axis_numbers(rng: Rng, count: int, signed: bool = False) -> list[tuple[float, str]]:
    """Numbers along an axis, as programs write them."""
    step, kind = float(rng.choice([.1, .2, .25, .5, 1, 2, 5, 10, 20, 50, 100, 250])), rng.random()
    start = -step * (count // 2) if signed else step * int(rng.choice([0, 0, 0, 1, 4]))
    values = [start + step * k for k in range(count + 1)]
    if kind < .12:
        return [(k / count, f"10^{k}") for k in range(count + 1)]
    if kind < .2 and not signed:
        return [(k / count, f"{100 * k / count:.0f}%") for k in range(count + 1)]
    if kind < .26 and not signed:
        first, gap = int(rng.integers(1950, 2010)), int(rng.choice([1, 2, 5, 10]))
        return [(k / count, str(first + gap * k)) for k in range(count + 1)]
    digits = 2 if step == .25 else 1 if step < 1 else 0
    return [(k / count, f"{v:.{digits}f}" if kind < .6 else f"{v:g}") for k, v in enumerate(values)]


def written_number(look: Look, at: Point, string: str, anchor: str, size: float = 0, colour: Colour | None = None) -> list[Line]:
    """A number; 10^k with its power raised."""
    size, colour, style = size or look.size, colour or look.style.foreground, look.style
    if "^" not in string:
        return [Line(at, string, style.face(string), size, colour, anchor)]
    low, high = string.split("^")
    x, y = at[0] + (-.5 if anchor[0] == "r" else 1.1 if anchor[0] == "l" else .25) * size, at[1] + (.55 * size if anchor[1] == "t" else 0)
    return [Line((x, y), low, style.font, size, colour, "rm"), Line((x, y - size * .38), high, style.font, size * .7, colour, "lm")]


def drawn_axes(rng: Rng, look: Look, box: Box, xs: Ticks = (), ys: Ticks = (), under: Element | None = None, texts: bool = True,
          mirrored: bool = False) -> Parts:
    """Plate, grid, frame and ticks as one panel, and the numbers. `under` lies beneath grid and frame."""
    (x0, y0, x1, y1), style, thin = box, look.style, look.thin
    gx, gy = look.grid in ("x", "both") and not under, look.grid in ("y", "both") and not under
    grey = style.background if look.panel else el.mixed(style.background, style.foreground, float(rng.uniform(.1, .28)))
    minor, tick = (int(rng.choice([2, 5])) if rng.random() < .3 or mirrored else 1), look.tick or (-.012 if mirrored else 0)
    frame = "box" if mirrored else look.frame

    def paint(pen: PillowPen) -> None:
        if look.panel and not under:
            pen.box(box, look.panel)
        stroke = (lambda p: pen.dashes(p, grey, thin * .7, .008, .008)) if look.dashed else (lambda p: pen.line(p, grey, thin * .8))
        for t, _ in xs if gx else ():
            stroke([(x0 + (x1 - x0) * t, y0), (x0 + (x1 - x0) * t, y1)])
        for t, _ in ys if gy else ():
            stroke([(x0, y1 - (y1 - y0) * t), (x1, y1 - (y1 - y0) * t)])
        fine = lambda ticks: [(a[0] + (b[0] - a[0]) * j / minor, 1 if j == 0 else .55) for a,
                              b in zip(ticks, ticks[1:]) for j in range(minor)] + [(t, 1) for t, _ in ticks[-1:]]
        for t, part in fine(list(xs)) if tick and frame != "none" else ():
            x = x0 + (x1 - x0) * t
            pen.line([(x, y1), (x, y1 + tick * part)], style.foreground, thin)
            if mirrored:
                pen.line([(x, y0), (x, y0 - tick * part)], style.foreground, thin)
        for t, part in fine(list(ys)) if tick and frame in ("box", "L") else ():
            y = y1 - (y1 - y0) * t
            pen.line([(x0, y), (x0 - tick * part, y)], style.foreground, thin)
            if mirrored:
                pen.line([(x1, y), (x1 + tick * part, y)], style.foreground, thin)
        if frame != "none":
            pen.line({"box": [(x0, y0), (x0, y1), (x1, y1), (x1, y0), (x0, y0), (x0, y1)], "L": [(x0, y0), (x0, y1), (x1, y1)],
                      "bottom": [(x0, y1), (x1, y1)]}[frame],
                     style.foreground, thin)
    plate = el.vector(Role.PANEL, paint)
    parts = [together(Role.PANEL, under.what, under, plate) if under else plate]
    gap = .01 + max(tick, 0)
    small = fit(look.size, (x1 - x0) / max(len(xs), 1) * 1.05, [s for _, s in xs]) if xs else look.size
    items = [i for t, s in xs for i in written_number(look, (x0 + (x1 - x0) * t, y1 + gap), s, "mt", small)]
    items += [i for t, s in ys for i in written_number(look, (x0 - gap, y1 - (y1 - y0) * t), s, "rm", fit(look.size, .11, [s]))]
    return parts + ([el.lines(style, items)] if texts and items else [])


def laid(rng: Rng, look: Look, left: float = 3.2, below: float = 1.6, right: float = .03, box: Box = ALL, named: float = .65) -> tuple[Box, Parts]:
    """Room for a chart within a box, with title, subtitle, foot line and the names of axes; `left` and `below` in sizes of letters."""
    style, size, parts = look.style, look.size, []
    x0, y0, x1, y1 = shrink(box, *rng.uniform(.012, .05, 4))
    x1 -= right
    gap = max(look.tick, 0) + .01
    beside, under = min(left * size, .13) + gap, below * size + gap
    across, along = rng.random() < named, rng.random() < named
    left_at = x0 + beside + (size * 1.5 if across else 0)
    if rng.random() < .5:
        flush, big = rng.random() < .45, float(rng.uniform(1.1, 1.7)) * size
        at, anchor = (x0 if rng.random() < .5 else left_at, "lm") if flush else ((left_at + x1) / 2, "mm")
        parts.append(el.text(style, (at, y0 + big * .6), style.phrase(rng, 1, 5), big, anchor=f"{anchor}",
                             width=x1 - at if flush else x1 - left_at, what="plot title"))
        y0 += big * 1.35
        if rng.random() < .3:
            grey = el.mixed(style.foreground, style.background, .35)
            parts.append(el.text(style, (at, y0 + size * .45), style.phrase(rng, 3, 7), size * .9, grey, anchor,
                                 width=x1 - at if flush else x1 - left_at, what=""))
            y0 += size * 1.3
        y0 += size * .5
    if rng.random() < .15:
        foot = rng.random() < .5
        parts.append(el.text(style, (x0 if foot else x1, y1 - size * .4), style.phrase(rng, 3, 8), size * .8,
                             el.mixed(style.foreground, style.background, .3), "lm" if foot else "rm", width=x1 - x0, what=""))
        y1 -= size * 1.3
    inner = (left_at, y0 + size * .5, x1, y1 - under - (size * 1.3 if along else 0))
    if along:
        ends = rng.random() < .15
        parts.append(el.text(style, (inner[2] if ends else (inner[0] + inner[2]) / 2, y1 - size * .6),
                             style.phrase(rng, 1, 2) if rng.random() < .4 else style.word(rng), size * 1.05,
                             anchor="rm" if ends else "mm", what="", width=inner[2] - inner[0]))
    if across:
        parts.append(el.text(style, (x0 + size * .55, (inner[1] + inner[3]) / 2),
                             style.phrase(rng, 1, 2) if rng.random() < .4 else style.word(rng), size * 1.05,
                             turned=True, what="", width=(inner[3] - inner[1]) * .9))
    return inner, parts


def chart_legend(rng: Rng, look: Look, box: Box, colours: Sequence[Colour], names: Sequence[str], kind: str = "box", corner: Point | None = None) -> Parts:
    """Swatches and names in a corner of a box, in a box of their own or bare."""
    style, size = look.style, look.size * float(rng.uniform(.85, 1.05))
    widest = max(sum(1.0 if ord(c) > 0x2e7f else .6 for c in n) for n in names)
    size = min(size, (box[2] - box[0]) * .6 / (2 + widest), (box[3] - box[1]) * .6 / (1.5 * len(names) + .6))
    pitch, width = size * 1.45, size * (2.1 + widest)
    u, v = corner or (float(rng.choice([0, 1])), float(rng.choice([0, 0, 1])))
    left, top = box[0] + .02 + (box[2] - box[0] - width - .04) * u, box[1] + .02 + (box[3] - box[1] - pitch * len(names) - size * .4 - .04) * v
    area, boxed = (left, top, left + width, top + pitch * len(names) + size * .4), rng.random() < .45
    rows = [(top + pitch * (k + .62), c) for k, c in enumerate(colours)]

    def paint(pen: PillowPen) -> None:
        for y, colour in rows:
            if kind == "line":
                pen.line([(left + size * .25, y), (left + size * 1.4, y)], colour, max(look.thick, .004))
            elif kind == "dot":
                pen.dot((left + size * .8, y), size * .32, colour)
            else:
                pen.box((left + size * .35, y - size * .36, left + size * 1.3, y + size * .36), colour)
    parts = [el.vector(Role.MARK, paint, "legend"),
             el.lines(style, [Line((left + size * 1.7, y), n, style.face(n), size, style.foreground, "lm") for (y, _), n in zip(rows, names)], words=names[0])]
    if boxed:
        edge, radius, shadow = el.mixed(style.background, style.foreground,
                                        float(rng.uniform(.35, 1))), float(rng.choice([0, 0, .01])), .006 if rng.random() < .12 else 0.0
        parts.append(el.vector(Role.SHAPE, lambda pen: pen.box(area, style.background, edge, max(look.thin, .003), radius), "legend box",
                              float(rng.choice([1, 1, .85])), shadow))
    return parts


def colour_bar(rng: Rng, look: Look, strip: Box, ramp: Callable[[np.ndarray], np.ndarray], levels: int = 0) -> Parts:
    """A colour bar, upright or lying, with a few numbers."""
    style, (x0, y0, x1, y1) = look.style, strip
    upright, count, edged = y1 - y0 > x1 - x0, int(rng.integers(2, 5)), rng.random() < .6
    cut = (lambda t: (np.floor(t * levels) + .5) / levels) if levels else (lambda t: t)

    def paint(w: int, h: int) -> np.ndarray:
        along = ramp(cut(np.linspace(.999, 0, h)))[:, None] if upright else ramp(cut(np.linspace(0, .999, w)))[None]
        return np.broadcast_to(along, (h, w, 3))
    bar = el.picture(Role.PANEL, strip, paint, "colour bar")
    if edged:
        bar = together(Role.PANEL, "colour bar", bar, el.vector(Role.PANEL, lambda pen: pen.box(strip, None, style.foreground, look.thin)))
    items = [i for t, s in axis_numbers(rng, count, rng.random() < .3) for i in written_number(
        look, (x1 + .01, y1 - (y1 - y0) * t) if upright else (x0 + (x1 - x0) * t, y1 + .01), s, "lm" if upright else "mt",
        fit(look.size * .9, .085, [s]))]
    return [bar, el.lines(style, items)]


def draw_mark(pen: PillowPen, kind: int, at: Point, r: float, colour: Colour, hollow: Colour | None = None) -> None:
    _marker(pen, kind, at, r, colour)
    if hollow and kind < 4:
        _marker(pen, kind, at, r * .56, hollow)


def noted(rng: Rng, look: Look, box: Box, share: float = .3) -> Parts:
    """Now and then a word in the chart, with an arrow or a line to a place."""
    if rng.random() > share:
        return []
    style, w, h = look.style, box[2] - box[0], box[3] - box[1]
    at = (box[0] + w * float(rng.uniform(.25, .75)), box[1] + h * float(rng.uniform(.06, .3)))
    to = (at[0] + w * float(rng.uniform(-.2, .2)), at[1] + h * float(rng.uniform(.15, .4)))
    colour = style.foreground if rng.random() < .6 else apart(look, style.strong(rng), 300)
    tail = (at[0] + (to[0] - at[0]) * .1, at[1] + look.size * .75)
    width = float(rng.uniform(.003, .009))
    mark = el.arrow(rng, style, tail, to, colour, width) if rng.random() < .7 else el.rule(rng, style, tail, to, colour, width)
    return [mark, el.text(style, at, style.word(rng), look.size * float(rng.uniform(.9, 1.4)), colour, width=w * .45)]


def smooth_curve(rng: Rng, t: np.ndarray) -> np.ndarray:
    """A curve from 0 to 1 of some natural shape."""
    kind = int(rng.integers(6))
    a, b = rng.uniform(.25, .75), rng.uniform(.08, .3)
    y = (1 / (1 + np.exp(-(t - a) / b * 2)), np.exp(-t / b / 2), t ** rng.uniform(.4, 2.5), np.exp(-((t - a) / b) ** 2) + .3 * t,
         .5 + .4 * np.sin(t * rng.uniform(4, 16) + a * 9) * np.exp(-t),
         rng.normal(0, 1, len(t)).cumsum() / np.sqrt(len(t)) * .5 + .5)[kind]
    y = (y - y.min()) / max(float(np.ptp(y)), 1e-6)
    return (y if rng.random() < .75 else 1 - y) * rng.uniform(.45, .9) + .04


def hatch(pen: PillowPen, box: Box, kind: int, colour: Colour, width: float) -> None:
    """Slanted, crossed or straight lines, or dots, within a box."""
    x0, y0, x1, y1 = box
    step = .026
    if kind == 2:
        for x in np.arange(x0 + step / 2, x1 - .004, step * .8):
            for y in np.arange(y0 + step / 2, y1 - .004, step * .8):
                pen.dot((float(x), float(y)), width * 1.2, colour)
        return
    if kind == 3:
        for x in np.arange(x0 + step / 2, x1, step * .7):
            pen.line([(float(x), y0), (float(x), y1)], colour, width)
        return
    for sign in (1, -1) if kind == 1 else (1,):
        for c in np.arange(-(y1 - y0), x1 - x0, step):   # x - x0 = c + (y - y0), clipped to the box
            a, b = max(0.0, -c), min(y1 - y0, x1 - x0 - c)
            if b > a:
                pen.line([(float(x0 + c + v), float(y0 + v if sign > 0 else y1 - v)) for v in (a, b)], colour, width)


def density(rng: Rng, t: np.ndarray) -> np.ndarray:
    y = sum(rng.uniform(.3, 1) * np.exp(-((t - rng.uniform(.25, .75)) / rng.uniform(.06, .17)) ** 2) for _ in range(int(rng.integers(1, 4))))
    return y / float(y.max())
