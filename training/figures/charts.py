"""Charts as different plotting programs draw them: templates of matrices, fields, polar charts, distributions, facets, journal
plots, bands, survival curves, forests, volcanoes, bars with values, spectra, lanes and many more."""
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Callable, Sequence

import numpy as np

from . import elements as el
from . import textures
from .canvas import Box, Colour, Frame, Ink, Line, Patch, Point, over, writing
from .elements import ALL, Element, Rng, Role
from .plots import _marker, _series_colours
from .style import FONTS, Style, font_file, luminance, readable
from .templates import Parts, Template, cells, shrink

Ticks = Sequence[tuple[float, str]]   # where along an axis, 0 to 1, and what is written there
_SERIF = re.compile("Serif|Roman|Bookman|C059|P052|Garamond|Libertine|Gentium|Slab|STIX|cmun|Caladea")


# ---- what the charts have in common ---------------------------------------------------------------------------------

@dataclass(frozen=True)
class _Look:
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
    def ground(self) -> Colour:
        return self.panel or self.style.paper


def _begin(rng: Rng, style: Style) -> tuple[_Look, Parts]:
    """The page, mostly white, and a look."""
    base = replace(style, tint=(0, 0, 0)).paper
    kind = "dark" if style.dark else str(rng.choice(["white", "paper", "tint"], p=[.8, .06, .14]))
    page = {"white": (255, 255, 255), "paper": style.paper, "dark": el.mixed(style.paper, style.colour(rng), float(rng.choice([0, 0, .1]))),
            "tint": el.mixed(style.paper, style.colour(rng), float(rng.uniform(.06, .22)))}[kind]
    style = replace(style, tint=tuple(p - b for p, b in zip(page, base)))
    page_element = el.background(rng, style, "solid")
    if kind in ("tint", "dark") and rng.random() < .25:
        shade = el.gradient(rng, page, el.mixed(page, style.colour(rng), .16))
        page_element = el.picture(Role.BACKGROUND, ALL, lambda w, h: np.broadcast_to(shade(w, h), (h, w, 3)), "background that fades")
    thin = float(np.exp(rng.uniform(np.log(.0015), np.log(.008))))
    panel = el.mixed(style.paper, style.ink if rng.random() < .7 else style.colour(rng), float(rng.uniform(.09, .15))) if rng.random() < .2 else None
    if panel and sum(abs(a - b) for a, b in zip(panel, style.paper)) < 40:
        panel = el.mixed(style.paper, style.ink, .1)
    frame = str(rng.choice(["box", "L", "none", "bottom"], p=[.36, .4, .14, .1])) if not panel else str(rng.choice(["none", "none", "box"]))
    return _Look(style, thin, min(thin * float(rng.uniform(1, 4)), .02), float(np.exp(rng.uniform(np.log(.024), np.log(.048)))), frame,
                 str(rng.choice(["none", "y", "x", "both"], p=[.5, .2, .06, .24])) if not panel else "both",
                 float(rng.choice([0, .008, .014, -.01, -.016], p=[.2, .3, .2, .15, .15])), panel, rng.random() < .3), [page_element]


def _apart(look: _Look, colour: Colour, least: int) -> Colour:
    """A colour that stands out from the chart's ground by so much: with more ink in it if need be."""
    for part in (0, .2, .4, .6, .8):
        found = el.mixed(colour, look.style.ink, part)
        if min(sum(abs(a - b) for a, b in zip(found, g)) for g in (look.ground, look.style.paper)) > least:
            return found
    return look.style.ink


def _palette(rng: Rng, look: _Look, count: int) -> list[Colour]:
    """The style's colours, shades of one of them, greys, or ink alone."""
    return [_apart(look, c, 110) for c in _pool(rng, look, count)]


def _pool(rng: Rng, look: _Look, count: int) -> list[Colour]:
    style = look.style
    kind = rng.choice(["colours", "shades", "greys", "ink"], p=[.64, .18, .12, .06])
    if kind == "colours":
        own = _series_colours(rng, style, count)
        return [el.mixed(c, style.ink, .3) if k >= len(set(style.colours)) else c for k, c in enumerate(own)]
    if kind == "ink":
        return [style.ink] * count
    one, pale = (style.strong(rng), .3) if kind == "shades" else (style.ink, .35)
    if sum(abs(a - b) for a, b in zip(one, style.paper)) < 250:
        one = el.mixed(one, style.ink, .5)
    shades = [el.mixed(style.paper, one, float(v)) for v in np.linspace(1, pale, max(count, 2))][:count]
    return shades if rng.random() < .5 else shades[::-1]


def _ramp(rng: Rng, style: Style) -> Callable[[np.ndarray], np.ndarray]:
    """A colour map for values from 0 to 1: of one colour, of several, of two with the page between, or of greys."""
    kind = rng.choice(["one", "many", "two", "grey"], p=[.3, .35, .25, .1])
    a, b, page, ink = (el.unit(c) for c in (style.strong(rng), style.strong(rng), style.paper, style.ink))
    if kind == "one":
        stops = np.stack([page * .93 + a * .07, a, a * .55 + ink * .45])
    elif kind == "two":
        stops = np.stack([a * .6 + ink * .4, a, page * .96 + ink * .04, b if not np.allclose(a, b) else 1 - a, b * .6 + ink * .4])
    elif kind == "grey":
        stops = np.stack([page * .92 + ink * .08, page * .15 + ink * .85])
    else:
        stops = np.stack([el.unit(c) for c in style.colours])
        stops = stops[np.argsort(stops @ np.array([.3, .59, .11]))]
        stops[0] *= .6
    if rng.random() < .15:
        stops = stops[::-1]
    return lambda field: textures._ramp(stops, np.clip(np.asarray(field, np.float32), 0, 1))


def _tone(ramp: Callable[[np.ndarray], np.ndarray], value: float) -> Colour:
    return tuple(int(v) for v in np.clip(ramp(np.array([value]))[0] * 255, 0, 255))


def _together(role: Role, what: str, *parts: Element) -> Element:
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


def _short(rng: Rng, style: Style, limit: int) -> str:
    return _names(rng, style, 1, limit)[0]


def _contrast(on: Colour) -> Colour:
    return (20, 20, 20) if luminance(on) > .5 else (245, 245, 245)


def _fit(size: float, slot: float, strings: Sequence[str], least: float = .015) -> float:
    """A size at which the longest of some strings is no longer than a slot."""
    widest = max((sum(1.0 if ord(c) > 0x2e7f else .62 for c in s) for s in strings), default=1)
    return max(min(size, slot / max(widest, 1)), least)


def _names(rng: Rng, style: Style, count: int, limit: int = 8) -> list[str]:
    found = sorted((style.word(rng) or "A" for _ in range(count * 3)), key=lambda w: len(w) > limit)   # rather short words than cut ones
    unique = list(dict.fromkeys(found))
    return [w[:limit].strip() for w in (unique + found)[:count]]


def _scale(rng: Rng, count: int, signed: bool = False) -> list[tuple[float, str]]:
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


def _number(look: _Look, at: Point, string: str, anchor: str, size: float = 0, colour: Colour | None = None) -> list[Line]:
    """A number; 10^k with its power raised."""
    size, colour, style = size or look.size, colour or look.style.ink, look.style
    if "^" not in string:
        return [Line(at, string, style.face(string), size, colour, anchor)]
    low, high = string.split("^")
    x, y = at[0] + (-.5 if anchor[0] == "r" else 1.1 if anchor[0] == "l" else .25) * size, at[1] + (.55 * size if anchor[1] == "t" else 0)
    return [Line((x, y), low, style.font, size, colour, "rm"), Line((x, y - size * .38), high, style.font, size * .7, colour, "lm")]


def _axes(rng: Rng, look: _Look, box: Box, xs: Ticks = (), ys: Ticks = (), under: Element | None = None, texts: bool = True,
          mirrored: bool = False) -> Parts:
    """Plate, grid, frame and ticks as one panel, and the numbers. `under` lies beneath grid and frame."""
    (x0, y0, x1, y1), style, thin = box, look.style, look.thin
    gx, gy = look.grid in ("x", "both") and not under, look.grid in ("y", "both") and not under
    grey = style.paper if look.panel else el.mixed(style.paper, style.ink, float(rng.uniform(.1, .28)))
    minor, tick = (int(rng.choice([2, 5])) if rng.random() < .3 or mirrored else 1), look.tick or (-.012 if mirrored else 0)
    frame = "box" if mirrored else look.frame

    def paint(ink: Ink) -> None:
        if look.panel and not under:
            ink.box(box, look.panel)
        stroke = (lambda p: ink.dashes(p, grey, thin * .7, .008, .008)) if look.dashed else (lambda p: ink.line(p, grey, thin * .8))
        for t, _ in xs if gx else ():
            stroke([(x0 + (x1 - x0) * t, y0), (x0 + (x1 - x0) * t, y1)])
        for t, _ in ys if gy else ():
            stroke([(x0, y1 - (y1 - y0) * t), (x1, y1 - (y1 - y0) * t)])
        fine = lambda ticks: [(a[0] + (b[0] - a[0]) * j / minor, 1 if j == 0 else .55) for a,
                              b in zip(ticks, ticks[1:]) for j in range(minor)] + [(t, 1) for t, _ in ticks[-1:]]
        for t, part in fine(list(xs)) if tick and frame != "none" else ():
            x = x0 + (x1 - x0) * t
            ink.line([(x, y1), (x, y1 + tick * part)], style.ink, thin)
            if mirrored:
                ink.line([(x, y0), (x, y0 - tick * part)], style.ink, thin)
        for t, part in fine(list(ys)) if tick and frame in ("box", "L") else ():
            y = y1 - (y1 - y0) * t
            ink.line([(x0, y), (x0 - tick * part, y)], style.ink, thin)
            if mirrored:
                ink.line([(x1, y), (x1 + tick * part, y)], style.ink, thin)
        if frame != "none":
            ink.line({"box": [(x0, y0), (x0, y1), (x1, y1), (x1, y0), (x0, y0), (x0, y1)], "L": [(x0, y0), (x0, y1), (x1, y1)],
                      "bottom": [(x0, y1), (x1, y1)]}[frame],
                     style.ink, thin)
    plate = el.inked(Role.PANEL, paint)
    parts = [_together(Role.PANEL, under.what, under, plate) if under else plate]
    gap = .01 + max(tick, 0)
    small = _fit(look.size, (x1 - x0) / max(len(xs), 1) * 1.05, [s for _, s in xs]) if xs else look.size
    items = [i for t, s in xs for i in _number(look, (x0 + (x1 - x0) * t, y1 + gap), s, "mt", small)]
    items += [i for t, s in ys for i in _number(look, (x0 - gap, y1 - (y1 - y0) * t), s, "rm", _fit(look.size, .11, [s]))]
    return parts + ([el.lines(style, items)] if texts and items else [])


def _laid(rng: Rng, look: _Look, left: float = 3.2, below: float = 1.6, right: float = .03, box: Box = ALL, named: float = .65) -> tuple[Box, Parts]:
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
            grey = el.mixed(style.ink, style.paper, .35)
            parts.append(el.text(style, (at, y0 + size * .45), style.phrase(rng, 3, 7), size * .9, grey, anchor,
                                 width=x1 - at if flush else x1 - left_at, what=""))
            y0 += size * 1.3
        y0 += size * .5
    if rng.random() < .15:
        foot = rng.random() < .5
        parts.append(el.text(style, (x0 if foot else x1, y1 - size * .4), style.phrase(rng, 3, 8), size * .8,
                             el.mixed(style.ink, style.paper, .3), "lm" if foot else "rm", width=x1 - x0, what=""))
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


def _legend(rng: Rng, look: _Look, box: Box, colours: Sequence[Colour], names: Sequence[str], kind: str = "box", corner: Point | None = None) -> Parts:
    """Swatches and names in a corner of a box, in a box of their own or bare."""
    style, size = look.style, look.size * float(rng.uniform(.85, 1.05))
    widest = max(sum(1.0 if ord(c) > 0x2e7f else .6 for c in n) for n in names)
    size = min(size, (box[2] - box[0]) * .6 / (2 + widest), (box[3] - box[1]) * .6 / (1.5 * len(names) + .6))
    pitch, width = size * 1.45, size * (2.1 + widest)
    u, v = corner or (float(rng.choice([0, 1])), float(rng.choice([0, 0, 1])))
    left, top = box[0] + .02 + (box[2] - box[0] - width - .04) * u, box[1] + .02 + (box[3] - box[1] - pitch * len(names) - size * .4 - .04) * v
    area, boxed = (left, top, left + width, top + pitch * len(names) + size * .4), rng.random() < .45
    rows = [(top + pitch * (k + .62), c) for k, c in enumerate(colours)]

    def paint(ink: Ink) -> None:
        for y, colour in rows:
            if kind == "line":
                ink.line([(left + size * .25, y), (left + size * 1.4, y)], colour, max(look.thick, .004))
            elif kind == "dot":
                ink.dot((left + size * .8, y), size * .32, colour)
            else:
                ink.box((left + size * .35, y - size * .36, left + size * 1.3, y + size * .36), colour)
    parts = [el.inked(Role.MARK, paint, "legend"),
             el.lines(style, [Line((left + size * 1.7, y), n, style.face(n), size, style.ink, "lm") for (y, _), n in zip(rows, names)], words=names[0])]
    if boxed:
        edge, radius, shadow = el.mixed(style.paper, style.ink,
                                        float(rng.uniform(.35, 1))), float(rng.choice([0, 0, .01])), .006 if rng.random() < .12 else 0.0
        parts.append(el.inked(Role.SHAPE, lambda ink: ink.box(area, style.paper, edge, max(look.thin, .003), radius), "legend box",
                              float(rng.choice([1, 1, .85])), shadow))
    return parts


def _bar(rng: Rng, look: _Look, strip: Box, ramp: Callable[[np.ndarray], np.ndarray], levels: int = 0) -> Parts:
    """A colour bar, upright or lying, with a few numbers."""
    style, (x0, y0, x1, y1) = look.style, strip
    upright, count, edged = y1 - y0 > x1 - x0, int(rng.integers(2, 5)), rng.random() < .6
    cut = (lambda t: (np.floor(t * levels) + .5) / levels) if levels else (lambda t: t)

    def paint(w: int, h: int) -> np.ndarray:
        along = ramp(cut(np.linspace(.999, 0, h)))[:, None] if upright else ramp(cut(np.linspace(0, .999, w)))[None]
        return np.broadcast_to(along, (h, w, 3))
    bar = el.picture(Role.PANEL, strip, paint, "colour bar")
    if edged:
        bar = _together(Role.PANEL, "colour bar", bar, el.inked(Role.PANEL, lambda ink: ink.box(strip, None, style.ink, look.thin)))
    items = [i for t, s in _scale(rng, count, rng.random() < .3) for i in _number(
        look, (x1 + .01, y1 - (y1 - y0) * t) if upright else (x0 + (x1 - x0) * t, y1 + .01), s, "lm" if upright else "mt",
        _fit(look.size * .9, .085, [s]))]
    return [bar, el.lines(style, items)]


def _mark(ink: Ink, kind: int, at: Point, r: float, colour: Colour, hollow: Colour | None = None) -> None:
    _marker(ink, kind, at, r, colour)
    if hollow and kind < 4:
        _marker(ink, kind, at, r * .56, hollow)


def _noted(rng: Rng, look: _Look, box: Box, share: float = .3) -> Parts:
    """Now and then a word in the chart, with an arrow or a line to a place."""
    if rng.random() > share:
        return []
    style, w, h = look.style, box[2] - box[0], box[3] - box[1]
    at = (box[0] + w * float(rng.uniform(.25, .75)), box[1] + h * float(rng.uniform(.06, .3)))
    to = (at[0] + w * float(rng.uniform(-.2, .2)), at[1] + h * float(rng.uniform(.15, .4)))
    colour = style.ink if rng.random() < .6 else _apart(look, style.strong(rng), 300)
    tail = (at[0] + (to[0] - at[0]) * .1, at[1] + look.size * .75)
    width = float(rng.uniform(.003, .009))
    mark = el.arrow(rng, style, tail, to, colour, width) if rng.random() < .7 else el.rule(rng, style, tail, to, colour, width)
    return [mark, el.text(style, at, style.word(rng), look.size * float(rng.uniform(.9, 1.4)), colour, width=w * .45)]


def _around(look: _Look, at: Point, items: Sequence[tuple[float, float, str, float, Colour]]) -> Element:
    """Words about a centre: angle, radius in shorter sides, word, size, colour."""
    def draw(frame: Frame) -> Patch:
        fx, fy = frame.unit / frame.width, frame.unit / frame.height
        return writing(frame, [Line((float(at[0] + r * np.cos(a) * fx), float(at[1] + r * np.sin(a) * fy)), s, look.style.face(s), size, c,
                                    "lm" if np.cos(a) > .3 and size < r / 4 else "rm" if np.cos(a) < -.3 and size < r / 4 else "mm") for a, r, s,
                                    size, c in items])
    return Element(Role.TEXT, draw, "", items[0][2] if items else "")


def _smooth(rng: Rng, t: np.ndarray) -> np.ndarray:
    """A curve from 0 to 1 of some natural shape."""
    kind = int(rng.integers(6))
    a, b = rng.uniform(.25, .75), rng.uniform(.08, .3)
    y = (1 / (1 + np.exp(-(t - a) / b * 2)), np.exp(-t / b / 2), t ** rng.uniform(.4, 2.5), np.exp(-((t - a) / b) ** 2) + .3 * t,
         .5 + .4 * np.sin(t * rng.uniform(4, 16) + a * 9) * np.exp(-t),
         rng.normal(0, 1, len(t)).cumsum() / np.sqrt(len(t)) * .5 + .5)[kind]
    y = (y - y.min()) / max(float(np.ptp(y)), 1e-6)
    return (y if rng.random() < .75 else 1 - y) * rng.uniform(.45, .9) + .04


def _hatch(ink: Ink, box: Box, kind: int, colour: Colour, width: float) -> None:
    """Slanted, crossed or straight lines, or dots, within a box."""
    x0, y0, x1, y1 = box
    step = .026
    if kind == 2:
        for x in np.arange(x0 + step / 2, x1 - .004, step * .8):
            for y in np.arange(y0 + step / 2, y1 - .004, step * .8):
                ink.dot((float(x), float(y)), width * 1.2, colour)
        return
    if kind == 3:
        for x in np.arange(x0 + step / 2, x1, step * .7):
            ink.line([(float(x), y0), (float(x), y1)], colour, width)
        return
    for sign in (1, -1) if kind == 1 else (1,):
        for c in np.arange(-(y1 - y0), x1 - x0, step):   # x - x0 = c + (y - y0), clipped to the box
            a, b = max(0.0, -c), min(y1 - y0, x1 - x0 - c)
            if b > a:
                ink.line([(float(x0 + c + v), float(y0 + v if sign > 0 else y1 - v)) for v in (a, b)], colour, width)


# ---- matrices and fields --------------------------------------------------------------------------------------------

def _matrix(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Cells or discs by row and column, with values, names, a tree or a colour bar."""
    look, parts = _begin(rng, style)
    look = replace(look, panel=None, grid="none", tick=0.0)
    style, ramp = look.style, _ramp(rng, look.style)
    rows, columns = int(rng.integers(3, 13)), int(rng.integers(3, 13))
    square = rng.random() < .35
    columns = rows if square else columns
    bar = str(rng.choice(["right", "below", "none"], p=[.5, .2, .3]))
    inner, more = _laid(rng, look, 4, 3.4 if bar != "below" else 6.4, .14 if bar == "right" else .02, named=.3)
    tree = rng.random() < .25
    x0, y0, x1, y1 = inner
    y0 += .1 if tree else 0
    values = rng.random((rows, columns))
    if rng.random() < .6:
        values = np.clip(.25 + .6 * np.add.outer(np.linspace(0, .8, rows), np.linspace(0, .8, columns) * rng.choice([-1, 1])) % 1 * .7 + values * .3, 0, 1)
    if square:
        values = (values + values.T) / 2
        values[np.diag_indices(rows)] = 1
    half, gap, discs = square and rng.random() < .4, float(rng.choice([0, 0, .06, .14])), rng.random() < .2
    edge = style.paper if gap == 0 and rng.random() < .4 else None
    w, h = (x1 - x0) / columns, (y1 - y0) / rows
    spots = [(r, c, (x0 + (c + gap / 2) * w, y0 + (r + gap / 2) * h, x0 + (c + 1 - gap / 2) * w, y0 + (r + 1 - gap / 2) * h))
             for r in range(rows) for c in range(columns) if not half or c <= r]
    tones = {(r, c): _tone(ramp, values[r, c]) for r, c, _ in spots}

    def paint(ink: Ink) -> None:
        for r, c, box in spots:
            if discs:
                ink.dot(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), min(w, h) * (.15 + .32 * values[r, c]),
                        tones[r, c] if values[r, c] > .2 else el.mixed(tones[r, c], style.ink, .25))
            else:
                ink.box(box, tones[r, c], edge, .003)
    lattice = discs and rng.random() < .7
    grey = el.mixed(style.paper, style.ink, .3)
    if lattice:
        parts.append(el.inked(Role.PANEL, lambda ink: [ink.box((x0 + c * w, y0 + r * h, x0 + (c + 1) * w, y0 + (r + 1) * h), None, grey,
                                                               max(look.thin * .8, .002)) for r, c, _ in spots]))
    elif look.frame == "box" and not half:
        parts.append(el.inked(Role.PANEL, lambda ink: ink.box((x0 - .006, y0 - .006, x1 + .006, y1 + .006), None, style.ink, max(look.thin, .003))))
    parts += [*more, el.inked(Role.DATA, paint, "matrix of discs" if discs else "heat map")]
    size = min(w / 2.6, h * .5, .05)
    if size > .016 and not discs and rng.random() < .6:
        form = str(rng.choice([".2f", ".1f", "d", "%"]))
        write = lambda v: f"{v * 99:.0f}" if form in "d%" else f"{v:{form}}"
        size = min(size, w / (.62 * max(len(write(v)) for v in values.ravel())) * .9)
        parts.append(el.lines(style, [Line(((b[0] + b[2]) / 2, (b[1] + b[3]) / 2), write(values[r, c]), style.font, size,
                                           readable(rng, tones[r, c])) for r, c, b in spots]))
    names = _names(rng, style, rows, 7)
    small = min(_fit(look.size, .125, names), h * .8)
    if small > .014:
        parts.append(el.lines(style, [Line((x0 - .014, y0 + (r + .5) * h), n, style.face(n), small, style.ink, "rm") for r,
                                      n in enumerate(names)], words=names[0]))
    lower = names if square else _names(rng, style, columns, 7)
    turned = w < .1
    for c, n in enumerate(lower):
        if not turned or w > .025:
            parts.append(el.text(style, (x0 + (c + .5) * w, y1 + .014 + look.size * (1.5 if turned else .6)), n,
                                 min(look.size, w * .75) if turned else look.size, turned=turned, what="",
                                 width=look.size * 3 if turned else w * .95))
    if bar == "right":
        parts += _bar(rng, look, (x1 + .03, y0 + (y1 - y0) * float(rng.choice([0, .2])), x1 + .03 + float(rng.uniform(.018, .04)), y1), ramp)
    elif bar == "below":
        y = y1 + .02 + look.size * 3.6
        parts += _bar(rng, look, (x0 + (x1 - x0) * .15, y, x1 - (x1 - x0) * .15, y + look.size * .7), ramp)
    if tree:
        tips = [(x0 + (c + .5) * w, y0 - .012) for c in range(columns)]
        joints, level = [], 0.0
        while len(tips) > 1:
            k = int(rng.integers(len(tips) - 1))
            level += .08 / columns
            (xa, ya), (xb, yb) = tips[k:k + 2]
            joints.append([(xa, ya), (xa, y0 - .012 - level), (xb, y0 - .012 - level), (xb, yb)])
            tips[k:k + 2] = [((xa + xb) / 2, y0 - .012 - level)]
        parts.append(el.inked(Role.MARK, lambda ink: [ink.line(j, style.ink, max(look.thin, .002)) for j in joints], "tree"))
    if rng.random() < .12:
        r, c = int(rng.integers(rows)), int(rng.integers(columns // 2 + 1))
        parts.append(el.inked(Role.MARK, lambda ink: ink.box((x0 + c * w, y0 + r * h, x0 + (c + 1) * w, y0 + (r + 1) * h), None,
                                                             el.mixed(style.strong(rng), style.ink, .3), .009), "frame"))
    return "A correlation matrix" if square else "A matrix of values", parts


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


def _field(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A field of two variables: filled or drawn contours, arrows, or a surface as a mesh."""
    look, parts = _begin(rng, style)
    style, ramp = look.style, _ramp(rng, look.style)
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
        inner, more = _laid(rng, look, 1, .6, .15 if bar else .02, named=0)
        (x0, y0, x1, y1), n = inner, int(rng.integers(9, 19))
        t = np.linspace(0, 1, n)
        z = value(t[None], t[:, None])
        tilt, rise = float(rng.uniform(.2, .3)), float(rng.uniform(.25, .42))
        project = lambda u, v, h: (x0 + (x1 - x0) * (.5 + (u - v) * .48), y1 - (y1 - y0) * (tilt * (2 - u - v) + h * rise + .06) * .95)
        edge = None if rng.random() < .2 else style.ink if rng.random() < .6 else style.paper
        faces = [([project(t[j], t[i], z[i, j]), project(t[j + 1], t[i], z[i, j + 1]), project(t[j + 1], t[i + 1], z[i + 1, j + 1]),
                   project(t[j], t[i + 1], z[i + 1, j])],
                  _tone(ramp, float(z[i:i + 2, j:j + 2].mean()))) for s in range(2 * n - 3) for i in range(n - 1) for j in (s - i,) if 0 <= j < n - 1]
        grey = el.mixed(style.paper, style.ink, .35)

        def cage(ink: Ink) -> None:
            for k in range(5):
                u = k / 4
                ink.line([project(0, u, 0), project(0, u, 1.1)], grey, look.thin)
                ink.line([project(u, 0, 0), project(u, 0, 1.1)], grey, look.thin)
                ink.line([project(1, 0, u * 1.1), project(0, 0, u * 1.1), project(0, 1, u * 1.1)], grey, look.thin)
            ink.line([project(0, 1, 0), project(1, 1, 0), project(1, 0, 0)], style.ink, look.thin)

        def mesh(ink: Ink) -> None:
            for points, tone in faces:
                ink.polygon(points, tone, edge, min(look.thin, .003))
        parts += [el.inked(Role.PANEL, cage), *more, el.inked(Role.DATA, mesh, "surface plot")]
        items = [Line((project(1, u, 0)[0] + .012, project(1, u, 0)[1] + .012), s, style.font, look.size * .85, style.ink, "lt") for u,
                 s in _scale(rng, 3) if "^" not in s]
        parts += [el.lines(style, items)] if items else []
        if bar:
            parts += _bar(rng, look, (x1 + .04, y0 + (y1 - y0) * .2, x1 + .07, y1 - (y1 - y0) * .2), ramp)
        return "A surface", parts

    xs, ys = _scale(rng, int(rng.integers(2, 6)), rng.random() < .5), _scale(rng, int(rng.integers(2, 6)), rng.random() < .5)
    inner, more = _laid(rng, look, right=.16 if bar else .02)
    x0, y0, x1, y1 = inner
    levels, smooth = int(rng.integers(4, 11)), kind == "arrows" or rng.random() < .2
    cut = (lambda v: v) if smooth else (lambda v: (np.floor(np.clip(v, 0, .999) * levels) + .5) / levels)
    picture = el.picture(Role.PANEL, inner, lambda w, h: ramp(cut(value(np.linspace(0, 1, w)[None], np.linspace(0, 1, h)[:, None]))),
                         "filled contours" if not smooth else "colour field")
    filled = kind == "filled" or kind == "arrows" and bar
    parts += _axes(rng, replace(look, frame="box" if filled or rng.random() < .7 else look.frame), inner, xs, ys, picture if filled else None,
                   mirrored=rng.random() < .2) + more
    place = lambda p: (x0 + (x1 - x0) * p[0], y0 + (y1 - y0) * p[1])
    mean = _tone(ramp, float(cut(field).mean()))
    colour = (style.ink if rng.random() < .5 or not filled else readable(rng,
                                                                         mean)) if rng.random() < .7 or filled else el.mixed(style.strong(rng),
                                                                                 style.ink, .2)
    if kind in ("filled", "lines") and (kind == "lines" or rng.random() < .6):
        marks = (np.arange(1, levels)) / levels
        pieces = [(lv, _isolines(field, lv)) for lv in marks]
        own = kind == "lines" and rng.random() < .5
        broken = kind == "lines" and rng.random() < .3
        width = min(look.thick, .007)

        def draw(ink: Ink) -> None:
            for lv, each in pieces:
                c = el.mixed(_tone(ramp, lv), style.ink, .25) if own else colour
                for k, (a, b) in enumerate(each):
                    if not broken or lv > .5 or k % 3:
                        ink.line([place(a), place(b)], c, width)
        parts.append(el.inked(Role.DATA, draw, "contour line"))
        if rng.random() < .5:
            spots = [(place(each[len(each) // 2][0]), f"{lv * 10:.0f}" if levels < 8 else f"{lv:.1f}") for lv, each in pieces if len(each) > 9]
            halo = mean if filled else look.ground
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

        def arrows(ink: Ink) -> None:
            for i in range(n):
                for j in range(n):
                    s = length[i, j] / max(norm[i, j], 1e-9) / 2
                    a, b = place((c[j] - fx[i, j] * s, c[i] - fy[i, j] * s)), place((c[j] + fx[i, j] * s, c[i] + fy[i, j] * s))
                    ink.arrow(a, b, el.mixed(_tone(ramp, length[i, j] * n), style.ink, .25) if own else colour, width,
                              min(width * 3.2, length[i, j] * .4 + .004))
        parts.append(el.inked(Role.DATA, arrows, "vector field"))
    elif rng.random() < .35:
        dots, r, fill = rng.uniform(.05, .95, (int(rng.integers(4, 40)), 2)), float(rng.uniform(.006, .012)), style.strong(rng)
        parts.append(el.inked(Role.DATA, lambda ink: [_mark(ink, 0, place(p), r, readable(rng, fill), fill) for p in dots], "sampling points"))
    if bar:
        parts += _bar(rng, look, (x1 + .03, y0, x1 + .03 + float(rng.uniform(.02, .04)), y1), ramp, 0 if smooth else levels)
    return {"filled": "A filled contour plot", "lines": "A contour plot", "arrows": "A vector field"}[kind], parts


# ---- about a centre -------------------------------------------------------------------------------------------------

def _round(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Radar, rose, polar curve, rings, gauges."""
    look, parts = _begin(rng, style)
    style, kind = look.style, str(rng.choice(["radar", "rose", "polar", "rings", "gauges"]))
    inner, more = _laid(rng, look, .5, .5, named=0)
    parts += more
    x0, y0, x1, y1 = inner
    legend = kind in ("radar", "polar", "rings") and rng.random() < .5
    at = (x0 + (x1 - x0) * (.4 if legend else .5), (y0 + y1) / 2)
    radius = min(x1 - x0, y1 - y0) / 2 * (.68 if legend else .74)
    grey, size = el.mixed(style.paper, style.ink, float(rng.uniform(.15, .4))), look.size
    series = int(rng.integers(1, 4)) if kind != "rings" else int(rng.integers(2, 6))
    colours = _palette(rng, look, series)
    names = _names(rng, style, series)
    if kind == "gauges":
        count = int(rng.integers(1, 5))
        boxes = cells(1 if count < 3 else 2, count if count < 3 else 2, inner, .06)[:count]
        sweep, begin = ((180, 180), (270, 135), (360, -90))[rng.integers(3)]
        for box, colour in zip(boxes, _palette(rng, look, count)):
            c, r, share = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), min(box[2] - box[0], box[3] - box[1]) * .4, float(rng.uniform(.1, .95))
            thick, needle = r * float(rng.uniform(.12, .4)), sweep < 360 and rng.random() < .4
            parts.append(el.inked(Role.PANEL, lambda ink, c=c, r=r, k=thick: ink.sector(c, r, begin, begin + sweep, grey, k)))
            parts.append(el.inked(Role.DATA, lambda ink, c=c, r=r, k=thick, s=share, f=colour: ink.sector(c, r, begin, begin + sweep * s, f, k), "gauge"))
            if needle:
                a = np.radians(begin + sweep * share)
                parts.append(el.inked(Role.MARK, lambda ink, c=c, r=r,
                                      a=a: (ink.line(ink.round(c, r, [(0, 0), (.8 * np.cos(a), .8 * np.sin(a))]), style.ink, .008),
                                            ink.dot(c, r * .1, style.ink)), "needle"))
            parts.append(el.text(style, (c[0], c[1] + (r * .35 if needle else 0)), f"{share * 100:.0f}%", r * (.24 if needle else .42), what="",
                                 width=r * 1.2))
            parts.append(el.text(style, (c[0], c[1] + r * 1.12), style.word(rng), min(size, r * .4), what="", width=box[2] - box[0]))
        return "Gauges" if count > 1 else "A gauge", parts
    if kind == "rings":
        thick = radius * .75 / series * float(rng.uniform(.6, 1))
        shares, track = rng.uniform(.2, .95, series), rng.random() < .6
        nested = rng.random() < .4
        cuts = [np.concatenate([[0], np.cumsum(rng.dirichlet(np.full(int(rng.integers(2, 6)), 3)))]) * 360 - 90 for _ in range(series)]
        pool = _palette(rng, look, 6)
        if track and not nested:
            parts.append(el.inked(Role.PANEL, lambda ink: [ink.sector(at, radius - k * radius * .75 / series, 0, 360,
                                                                      el.mixed(style.paper, style.ink, .12), thick) for k in range(series)]))

        def rings(ink: Ink) -> None:
            for k in range(series):
                r = radius - k * radius * .75 / series
                if nested:
                    for j, (a, b) in enumerate(zip(cuts[k], cuts[k][1:])):
                        ink.sector(at, r, a, b - 2, pool[(j + k) % 6], thick)
                else:
                    ink.sector(at, r, -90, -90 + 360 * shares[k], colours[k], thick)
        parts.append(el.inked(Role.DATA, rings, "ring chart"))
        if rng.random() < .6:
            parts.append(el.text(style, at, f"{int(rng.integers(5, 99))}%", radius * .3, what="", width=radius * .42))
        return "Concentric rings", parts + (_legend(rng, look, inner, colours if not nested else pool[:series], names, corner=(1, .5)) if legend else [])
    spokes = int(rng.integers(4, 10)) if kind == "radar" else int(rng.choice([6, 8, 12]))
    turns = -np.pi / 2 + np.arange(spokes) * 2 * np.pi / spokes
    straight, rings_ = kind == "radar" and rng.random() < .6, int(rng.integers(2, 6))
    plate = look.panel

    def web(ink: Ink) -> None:
        ring = np.append(turns, turns[0]) if straight else np.linspace(0, 2 * np.pi, 73)
        if plate:
            ink.polygon(ink.round(at, radius, [(float(np.cos(a)), float(np.sin(a))) for a in ring]), plate)
        tone = style.paper if plate else grey
        for k in range(1, rings_ + 1):
            points = ink.round(at, radius * k / rings_, [(float(np.cos(a)), float(np.sin(a))) for a in ring])
            ink.line(points, style.ink if k == rings_ and look.frame == "box" else tone, look.thin)
        for a in turns:
            ink.line(ink.round(at, radius, [(0, 0), (float(np.cos(a)), float(np.sin(a)))]), tone, look.thin)
    parts.append(el.inked(Role.PANEL, web))
    if kind == "rose":
        bars, filled = rng.uniform(.2, 1, (series, spokes)), float(rng.uniform(.7, 1))
        bars = np.cumsum(bars, 0) / bars.sum(0).max()

        def sectors(ink: Ink) -> None:
            for s in reversed(range(series)):
                for k in range(spokes):
                    a = np.degrees(turns[k])
                    ink.sector(at, radius * float(bars[s, k]), a - 180 / spokes * filled, a + 180 / spokes * filled, colours[s])
        parts.append(el.inked(Role.DATA, sectors, "rose chart", float(rng.choice([1, 1, .75]))))
    else:
        fill, marks, width = rng.random() < .6, rng.random() < .5, max(look.thick, .004)
        for s, colour in enumerate(colours):
            if kind == "radar":
                angles, r = turns, rng.uniform(.3, 1, spokes)
            else:
                angles = np.linspace(0, 2 * np.pi, 120)
                r = np.clip(abs(np.cos(angles * float(rng.choice([.5, 1, 1.5, 2, 3])))) * .8 + .15 if rng.random() < .6 else angles / 6.3 * .9 + .05, 0, 1)
            points = [(float(q * np.cos(a)), float(q * np.sin(a))) for q, a in zip(r, angles)]
            if fill:
                parts.append(el.inked(Role.DATA, lambda ink, p=points, c=colour: ink.polygon(ink.round(at, radius, p), c), opacity=.3))
            parts.append(el.inked(Role.DATA, lambda ink, p=points,
                                  c=colour: (ink.line(ink.round(at, radius, [*p, p[0]] if kind == "radar" else p), c, width),
                                  [_mark(ink, 0, q, width * 1.6, c) for q in ink.round(at, radius, p)] if marks and kind == "radar" else None),
                                  "radar chart" if kind == "radar" and s == 0 else "polar curve" if s == 0 else ""))
    if kind == "radar":
        words = _names(rng, style, spokes, 7)
        small = _fit(size, .13, words)
        rim = [(float(a), radius + small * .8, w, small, style.ink) for a, w in zip(turns, words)]
    else:
        rim = [(float(a), radius + size * .9, f"{360 * k // spokes}", size * .9, style.ink) for k, a in enumerate(turns)]
    parts.append(_around(look, at, rim))
    if rng.random() < .4:
        parts.append(_around(look, at, [(-1.2, radius * k / rings_, str(k * 2), size * .7, style.ink) for k in range(1, rings_ + 1)]))
    return "A round chart", parts + (_legend(rng, look, inner, colours, names, "line", (1, 0)) if legend else [])


# ---- distributions --------------------------------------------------------------------------------------------------

def _density(rng: Rng, t: np.ndarray) -> np.ndarray:
    y = sum(rng.uniform(.3, 1) * np.exp(-((t - rng.uniform(.25, .75)) / rng.uniform(.06, .17)) ** 2) for _ in range(int(rng.integers(1, 4))))
    return y / float(y.max())


def _violins(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Violins, half violins, strips of points, bars of means; upright."""
    look, parts = _begin(rng, style)
    style, count = look.style, int(rng.integers(2, 7))
    names = _names(rng, style, count, 7)
    inner, more = _laid(rng, look)
    x0, y0, x1, y1 = inner
    slot = (x1 - x0) / count
    parts += _axes(rng, replace(look, grid="y" if look.grid != "none" and not look.panel else look.grid), inner,
                   [((k + .5) / count, n) for k, n in enumerate(names)], _scale(rng, int(rng.integers(2, 6)))) + more
    colours = _palette(rng, look, count)
    t = np.linspace(.04, .86, 48)
    shapes = [_density(rng, t) for _ in range(count)]
    body, inside = str(rng.choice(["violin", "half", "strip", "bar"], p=[.38, .2, .27, .15])), str(rng.choice(["box", "line", "points", "none"],
            p=[.4, .2, .25, .15]))
    edge, opacity = (style.ink if rng.random() < .5 else None), float(rng.choice([1, 1, .7, .45]))
    wide, r = slot * float(rng.uniform(.28, .46)), float(rng.uniform(.004, .011))
    hollow, marker = look.ground if rng.random() < .35 else None, int(rng.integers(4))
    at_y = lambda v: y1 - (y1 - y0) * float(v)
    cloud = [rng.choice(t, int(rng.integers(12, 45)), p=s / s.sum()) + rng.normal(0, .01, 1) for s in shapes]
    shake = [rng.uniform(-.5, .5, len(c)) * np.interp(c, t, s) for c, s in zip(cloud, shapes)]
    middle = [float(np.median(c)) for c in cloud]

    def bodies(ink: Ink) -> None:
        for k, (shape, colour) in enumerate(zip(shapes, colours)):
            cx = x0 + slot * (k + .5)
            if body == "bar":
                ink.box((cx - wide, at_y(middle[k]), cx + wide, y1), colour, edge, look.thin)
                continue
            right = [(cx + wide * float(s), at_y(v)) for s, v in zip(shape, t)]
            left = [(cx - wide * float(s), at_y(v)) for s, v in zip(shape, t)] if body == "violin" else [(cx, right[0][1]), (cx, right[-1][1])][::1]
            ink.polygon(right + left[::-1], colour, edge, max(look.thin, .002))
    if body != "strip":
        parts.append(el.inked(Role.DATA, bodies, {"violin": "violin plot", "half": "half violin plot", "bar": "bar chart"}[body], opacity))

    def insides(ink: Ink) -> None:
        for k, c in enumerate(cloud):
            cx = x0 + slot * (k + .5)
            tone = style.ink if body == "bar" else el.mixed(colours[k], style.ink, .55 if body != "strip" else 0)
            if body == "strip" or inside == "points" or body == "half":
                shift, spread = (-wide * .45, wide * .6) if body == "half" else (0, wide * 1.4)
                for v, s in zip(c, shake[k]):
                    _mark(ink, marker, (cx + shift + spread * float(s), at_y(v)), r, tone, hollow)
            if inside == "box" and body in ("violin", "half"):
                q = np.quantile(c, [.05, .25, .5, .75, .95])
                ink.line([(cx, at_y(q[0])), (cx, at_y(q[4]))], style.ink, max(look.thin, .003))
                ink.box((cx - wide * .12, at_y(q[3]), cx + wide * .12, at_y(q[1])), style.paper, style.ink, max(look.thin, .003))
                ink.dot((cx, at_y(q[2])), max(wide * .07, .004), style.ink)
            elif inside == "line" or body in ("strip", "bar"):
                ink.line([(cx - wide * .7, at_y(middle[k])), (cx + wide * .7, at_y(middle[k]))], style.ink, max(look.thick, .004))
                if body in ("strip", "bar"):
                    for e in (-.07, .07):
                        ink.line([(cx, at_y(middle[k])), (cx, at_y(middle[k] + e))], style.ink, max(look.thin, .003))
                        ink.line([(cx - wide * .35, at_y(middle[k] + e)), (cx + wide * .35, at_y(middle[k] + e))], style.ink, max(look.thin, .003))
    parts.append(el.inked(Role.DATA, insides, "strip plot" if body == "strip" else ""))
    if rng.random() < .5:
        for j in range(int(rng.integers(1, min(3, count)))):
            a, y = int(rng.integers(0, count - 1)), at_y(.9 + .05 * j)
            b = a + 1 if j == 0 else count - 1
            parts += [el.bracket(rng, style, x0 + slot * (a + .5), x0 + slot * (b + .5), y),
                      el.text(style, (x0 + slot * (a + b + 1) / 2, y + .002), str(rng.choice(["*", "**", "***", "ns", "p < .01"])),
                              look.size * .9, anchor="mb", what="")]
    return "Distributions side by side", parts


def _ridges(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Curves one above the other that overlap, filled or not; or small curves in rows with a number at their ends."""
    look, parts = _begin(rng, style)
    style, sparks = look.style, rng.random() < .35
    count = int(rng.integers(3, 9))
    names = _names(rng, style, count, 8)
    inner, more = _laid(rng, look, 5, 1.6 if not sparks else .4, .03 if not sparks else .12, named=.3)
    x0, y0, x1, y1 = inner
    pitch = (y1 - y0) / (count + (.8 if not sparks else 0))
    parts += more
    small = min(_fit(look.size, .12, names), pitch * .7)
    if not sparks:
        parts += _axes(rng, replace(look, frame=str(rng.choice(["bottom", "box", "none"])),
                                    grid="x" if look.grid != "none" and not look.panel else look.grid), inner, _scale(rng, int(rng.integers(3, 6))),
                       [((.3 + k) / (count + .8), "") for k in range(count)])
    t = np.linspace(0, 1, 70)
    colours = _palette(rng, look, count) if rng.random() < .5 else [_tone(_ramp(rng, style), .5)] * count
    if rng.random() < .3:
        ramp = _ramp(rng, style)
        colours = [_tone(ramp, k / count) for k in range(count)]
    tall, filled, opacity = pitch * (float(rng.uniform(1.1, 1.8)) if not sparks else .7), rng.random() < .8, float(rng.choice([1, .8, .6]))
    rim = style.paper if rng.random() < .25 and filled and opacity == 1 and not look.panel else style.ink if rng.random() < .6 else None
    width, items, ends, dot = float(np.clip(look.thick, .002, .009)), [], [], style.strong(rng)
    for k in range(count):
        base = y0 + pitch * (k + (1.75 if not sparks else .85))
        shape = _density(rng, np.linspace(.1, .9, 70)) if not sparks else _smooth(rng, t)
        line = [(x0 + (x1 - x0) * float(a), base - tall * float(b)) for a, b in zip(t, shape)]
        colour = colours[k]
        stroke = rim or el.mixed(colour, style.ink, .3)

        def paint(ink: Ink, line: list[Point] = line, base: float = base, colour: Colour = colour, stroke: Colour = stroke) -> None:
            if filled:
                ink.polygon([(x0, base), *line, (x1, base)], colour)
            ink.line(line, stroke, width)
            if sparks:
                ink.dot(line[-1], width * 2, dot)
        parts.append(el.inked(Role.DATA, paint, "ridge" if not sparks else "sparkline", opacity if filled else 1.0))
        items.append(Line((x0 - .014, base - small * .4), names[k], style.face(names[k]), small, style.ink, "rm"))
        number = f"{float(rng.uniform(-9, 99)):.1f}"
        ends.append(Line((x1 + .02, base - small * .6), number, style.font, _fit(small, .1, [number]),
                         el.mixed(style.ink, stroke, .4) if rim != style.paper else style.ink, "lm"))
    parts.append(el.lines(style, items + (ends if sparks else []), words=names[0]))
    if sparks and rng.random() < .6:
        grey = el.mixed(style.paper, style.ink, .3)
        parts.append(el.inked(Role.PANEL, lambda ink: [ink.line([(.03, y0 + pitch * (k + 1)), (.97, y0 + pitch * (k + 1))], grey,
                                                                max(look.thin, .002)) for k in range(count - 1)]))
    elif not sparks and rng.random() < .3:
        x = x0 + (x1 - x0) * float(rng.uniform(.3, .7))
        parts.append(el.inked(Role.MARK, lambda ink: ink.dashes([(x, y0), (x, y1)], style.ink, max(look.thin, .003), .014, .01), "dashed line"))
    return "Sparklines in rows" if sparks else "Ridge lines", parts


# ---- axes in other arrangements -------------------------------------------------------------------------------------

def _facets(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Panels with strips above, that share their axes."""
    look, parts = _begin(rng, style)
    if rng.random() < .6 and not look.panel:
        look = replace(look, panel=el.mixed(look.style.paper, look.style.ink, float(rng.uniform(.08, .14))), grid="both", frame="none")
    style = look.style
    rows, columns = ((1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (1, 4), (3, 3), (2, 1))[rng.integers(8)]
    legend = rng.random() < .4
    inner, more = _laid(rng, look, right=.2 if legend else .02)
    parts += more
    boxes = cells(rows, columns, inner, float(rng.uniform(.012, .03)))
    strip, side = str(rng.choice(["plate", "words", "none"], p=[.6, .25, .15])), min(look.size * 1.5, .06)
    series, kind = int(rng.integers(1, 4)), str(rng.choice(["points", "lines", "bars", "steps", "boxes"]))
    series = 1 if kind in ("boxes", "bars") and columns > 2 else series
    colours, names = _palette(rng, look, series), _names(rng, style, series, 7)
    xs, ys = _scale(rng, 3 if columns < 3 else 2), _scale(rng, 3)
    tone = el.mixed(style.paper, style.ink, float(rng.uniform(.2, .3))) if rng.random() < .7 else style.colour(rng)
    edge = style.ink if look.frame == "box" or sum(abs(a - b) for a, b in zip(tone, style.paper)) < 60 else None
    heads, width, r = _names(rng, style, len(boxes), 8), float(np.clip(look.thick, .003, .009)), float(rng.uniform(.005, .01))
    small, hollow, marker = replace(look, size=look.size * .85), look.ground if rng.random() < .3 else None, int(rng.integers(4))
    for n, box in enumerate(boxes):
        head = (box[0], box[1], box[2], box[1] + side)
        plot = (box[0], box[1] + (side if strip != "none" else 0), box[2], box[3])
        if strip == "plate":
            parts.append(el.inked(Role.PANEL, lambda ink, b=head: ink.box((b[0], b[1], b[2], b[3] - .002), tone, edge, look.thin)))
        if strip != "none":
            parts.append(el.text(style, ((box[0] + box[2]) / 2, box[1] + side / 2), heads[n], side * .62,
                                 readable(rng, tone) if strip == "plate" else style.ink, width=(box[2] - box[0]) * .92))
        x0, y0, x1, y1 = plot
        parts += _axes(rng, small, plot, [(t, w if t < 1 or n % columns == columns - 1 else "") for t,
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
                marks.append((colour, [place(u, v) for u, v in zip(t, _smooth(rng, t))]))
        bar = (x1 - x0) / 4 * .36 / series

        def paint(ink: Ink, marks: list = marks, base: float = y1, bar: float = bar, unit: float = (y1 - y0) * .09) -> None:
            for s, (colour, points) in enumerate(marks):
                if kind == "points":
                    for p in points:
                        _mark(ink, (marker + s) % 4, p, r, colour, hollow)
                elif kind == "bars":
                    for px, py in points:
                        ink.box((px - bar, py, px + bar, base), colour)
                elif kind == "boxes":
                    for px, py in points:
                        m = min(max(py, base - unit * 8), base - unit * 2)
                        ink.line([(px, m - unit * 1.6), (px, m + unit * 1.6)], style.ink, look.thin)
                        ink.box((px - bar, m - unit, px + bar, m + unit), colour, style.ink, look.thin)
                else:
                    ink.line(points if kind == "lines" else [q for a, b in zip(points, points[1:]) for q in (a, (b[0], a[1]))], colour, width)
        parts.append(el.inked(Role.DATA, paint, {"points": "scatter plot", "lines": "line plot", "bars": "bar chart", "steps": "step plot",
                                                 "boxes": "box plot"}[kind]))
    if legend:
        parts += _legend(rng, look, (inner[2] + .005, inner[1], .995, inner[3]), colours, names,
                         "line" if kind in ("lines", "steps") else "dot" if kind == "points" else "box", (0, float(rng.choice([0, .5]))))
    return f"{len(boxes)} facets that share their axes", parts


def _journal(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Ticks inwards on all four sides, serif letters, no grid; points with theory lines, an inset now and then."""
    serif = [n for n in FONTS[style.split]["latin"] if _SERIF.search(n)]
    if serif and rng.random() < .7:
        style = replace(style, font=font_file(serif[rng.integers(len(serif))]))
    look, parts = _begin(rng, style)
    look = replace(look, panel=None, grid="none", tick=-float(rng.uniform(.008, .02)), thin=float(rng.uniform(.002, .007)))
    style, stacked = look.style, rng.random() < .25
    inner, more = _laid(rng, look, named=.9)
    parts += more
    boxes, series = cells(2, 1, inner, 0) if stacked else [inner], int(rng.integers(1, 5))
    colours, names = _palette(rng, look, series), _names(rng, style, series)
    xs, r, hollow = _scale(rng, int(rng.integers(3, 7))), float(rng.uniform(.007, .016)), rng.random(series) < .5
    for n, box in enumerate(boxes):
        x0, y0, x1, y1 = box
        ys = _scale(rng, int(rng.integers(2, 5)))
        parts += _axes(rng, look, box, xs if n == len(boxes) - 1 else [(t, "") for t, _ in xs], ys[:-1] if n and stacked else ys, mirrored=True)
        t = np.linspace(.04, .96, int(rng.integers(6, 18)))
        fine = np.linspace(.02, .98, 50)
        theory, errors, joined = rng.random() < .65, rng.random() < .4, rng.random() < .35
        for s, colour in enumerate(colours):
            curve = _smooth(rng, fine)
            values = np.interp(t, fine, curve) + rng.normal(0, .015, len(t))
            points = [(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(np.clip(b, .03, .97))) for a, b in zip(t, values)]
            line = [(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(b)) for a, b in zip(fine, curve)]
            half, style_of = float(rng.uniform(.015, .04)), int(rng.integers(3))

            def paint(ink: Ink, s: int = s, colour: Colour = colour, points: list[Point] = points, line: list[Point] = line, half: float = half,
                      way: int = style_of) -> None:
                if theory or joined:
                    path = line if theory else points
                    ink.line(path, colour, look.thin * 1.2) if way == 0 else ink.dashes(path, colour, look.thin * 1.2, .02 if way == 1 else .006, .012)
                for px, py in points:
                    if errors:
                        ink.line([(px, py - half), (px, py + half)], colour, look.thin)
                        for e in (-half, half):
                            ink.line([(px - .008, py + e), (px + .008, py + e)], colour, look.thin)
                    _mark(ink, (s + int(hollow.sum())) % 5, (px, py), r, colour, style.paper if hollow[s] else None)
            parts.append(el.inked(Role.DATA, paint, "curve of points" if s == 0 else ""))
        if len(boxes) > 1 or rng.random() < .3:
            parts.append(el.text(style, (x0 + .03, y0 + .03 + look.size * .4), f"({'ab'[n]})", look.size * 1.1, anchor="lm", what="panel letter"))
    if series > 1 and rng.random() < .6:
        parts += _legend(rng, look, boxes[0], colours, names, "dot", (1, 0))
    if not stacked and rng.random() < .4:
        x0, y0, x1, y1 = inner
        w, h = (x1 - x0) * float(rng.uniform(.3, .42)), (y1 - y0) * float(rng.uniform(.3, .4))
        left, top = x0 + (x1 - x0 - w) * float(rng.choice([.2, .9])), y1 - h - look.size * 2.4 if rng.random() < .5 else y0 + .03
        plate, field = (left - look.size * 1.8, top - .012, left + w + .015, top + h + look.size * 1.5), (left, top, left + w, top + h)
        t = np.linspace(0, 1, 30)
        line = [(left + w * float(a), top + h - h * float(b)) for a, b in zip(t, _smooth(rng, t))]
        edge = max(look.thin, .003)
        parts.append(el.inked(Role.SHAPE, lambda ink: (ink.box(plate, style.paper), ink.box(field, None, style.ink, edge),
                                                       ink.line(line, colours[0], edge * 1.5),
                              [ink.line([(left + w * k / 4, top + h), (left + w * k / 4, top + h - .012)], style.ink, edge) for k in range(1,
                                      4)]), "inset plot"))
        parts.append(el.lines(style, [Line((left + w * k / 2, top + h + .008), str(k * 5), style.font, look.size * .75, style.ink, "mt") for k in range(3)]
                              + [Line((left - .008, top + h - h * k / 2), str(k), style.font, look.size * .75, style.ink, "rm") for k in range(3)]))
    return "A plot with ticks on all sides", parts + _noted(rng, look, inner, .2)


def _two_axes(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A second axis on the right in the colour of its curve, or an axis with a break."""
    look, parts = _begin(rng, style)
    style = look.style
    broken = rng.random() < .45
    look = replace(look, frame="L" if broken or look.frame == "none" else look.frame, tick=look.tick or .012, panel=None if broken else look.panel)
    inner, more = _laid(rng, look, right=.02 if broken else .15)
    parts += more
    x0, y0, x1, y1 = inner
    count = int(rng.integers(3, 8))
    colours = _palette(rng, look, 2)
    if colours[0] == colours[1]:
        colours[1] = el.mixed(colours[0], style.paper, .45)
    names = _names(rng, style, count, 6)
    xs = [((k + .5) / count, n) for k, n in enumerate(names)] if rng.random() < .5 else _scale(rng, int(rng.integers(3, 6)))
    slot, wide = (x1 - x0) / count, float(rng.uniform(.28, .44))
    if broken:
        cut, gap = y0 + (y1 - y0) * float(rng.uniform(.25, .45)), float(rng.uniform(.02, .035))
        low, high = (x0, cut + gap, x1, y1), (x0, y0, x1, cut)
        sign = lambda ink, y: ink.line([(x0 - .016, y + .01), (x0 + .016, y - .01)], style.ink, look.thin * 1.2)
        flat = replace(look, grid="none")
        parts += _axes(rng, flat, low, xs, _scale(rng, 3))
        top = replace(flat, frame="none")
        parts += _axes(rng, top, high, (), [(t, s) for t, s in [(.1, "200"), (.5, "300"), (.9, "400")]])
        parts.append(el.inked(Role.PANEL, lambda ink: (ink.line([(x0, y0), (x0, cut)], style.ink, look.thin),
                                                       [ink.line([(x0, high[3] - (high[3] - high[1]) * t),
                                                                  (x0 - look.tick, high[3] - (high[3] - high[1]) * t)], style.ink,
                                                                  look.thin) for t in (.1, .5, .9)],
                              sign(ink, cut), sign(ink, cut + gap))))
        values, hatched = rng.uniform(.2, .9, count), rng.random() < .3
        tall = rng.random(count) < .35
        tall[int(rng.integers(count))] = True
        points = rng.random() < .4

        def paint(ink: Ink) -> None:
            tops = []
            for k, v in enumerate(values):
                cx, colour = x0 + slot * (k + .5), colours[int(tall[k])] if len(set(colours)) > 1 else colours[0]
                y = (high[3] - (high[3] - high[1]) * v) if tall[k] else low[3] - (low[3] - low[1]) * v
                tops.append((cx, float(y)))
                if not points:
                    box = (cx - slot * wide, float(y), cx + slot * wide, y1)
                    for b in [(box[0], box[1], box[2], cut), (box[0], cut + gap, box[2], y1)] if tall[k] else [box]:
                        ink.box(b, colour, style.ink if look.frame == "box" else None, look.thin)
                        if hatched:
                            _hatch(ink, b, 0, _contrast(colour), .003)
            if points:
                ink.line(tops, colours[0], max(look.thick, .003))
                for k, p in enumerate(tops):
                    _mark(ink, k % 2, p, .014, colours[0], style.paper if tall[k] else None)
        return "A plot with a broken axis", [*parts, el.inked(Role.DATA, paint, "bar chart" if not points else "line plot"),
                                             *_noted(rng, look, inner, .15)]
    tones = [_apart(look, c, 280) for c in colours]
    ys, right = _scale(rng, int(rng.integers(3, 6))), _scale(rng, int(rng.integers(3, 6)))
    parts += _axes(rng, look, inner, xs, ys)
    second = tones[1] if rng.random() < .7 else style.ink
    parts.append(el.inked(Role.PANEL, lambda ink: (ink.line([(x1, y0), (x1, y1)], second, look.thin * 1.2),
                                                   [ink.line([(x1, y1 - (y1 - y0) * t), (x1 + abs(look.tick), y1 - (y1 - y0) * t)], second,
                                                             look.thin) for t, _ in right])))
    parts.append(el.lines(style, [i for t, s in right for i in _number(look, (x1 + abs(look.tick) + .01, y1 - (y1 - y0) * t), s, "lm",
                                                                       _fit(look.size, .085, [s]), second)]))
    parts.append(el.text(style, (min(x1 + .125 + look.size * .3, .98), (y0 + y1) / 2), style.word(rng), look.size, second, turned=True, what="",
                         width=(y1 - y0) * .8))
    bars, t = rng.random() < .6, np.linspace(.02, .98, int(rng.integers(6, 40)))
    values, first, curve = rng.uniform(.15, .85, count), _smooth(rng, t), _smooth(rng, t)
    width, marks, hollow = max(look.thick, .004), len(t) < 16, look.ground if rng.random() < .5 else None

    def left(ink: Ink) -> None:
        if bars:
            for k, v in enumerate(values):
                ink.box((x0 + slot * (k + .5 - wide), y1 - (y1 - y0) * float(v), x0 + slot * (k + .5 + wide), y1), colours[0])
        else:
            ink.line([(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(b)) for a, b in zip(t, first)], colours[0], width)

    def over_it(ink: Ink) -> None:
        points = [(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(b)) for a, b in zip(t, curve)]
        ink.line(points, tones[1], width)
        for p in points if marks else ():
            _mark(ink, 1, p, width * 2, tones[1], hollow)
    parts += [el.inked(Role.DATA, left, "bar chart" if bars else "line plot", float(rng.choice([1, .7]))), el.inked(Role.DATA, over_it, "curve")]
    return "A plot with two axes", parts + (_legend(rng, look, inner, [colours[0], tones[1]], _names(rng, style, 2),
                                                    "line" if not bars else "box") if rng.random() < .4 else [])


def _bands(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Curves in translucent bands, thresholds, shaded spans; names at the curves' ends or in a legend."""
    look, parts = _begin(rng, style)
    style, direct = look.style, rng.random() < .5
    inner, more = _laid(rng, look, right=.16 if direct else .02)
    parts += more
    x0, y0, x1, y1 = inner
    parts += _axes(rng, look, inner, _scale(rng, int(rng.integers(2, 7))), _scale(rng, int(rng.integers(2, 6)), rng.random() < .3))
    series = int(rng.integers(1, 5))
    colours, names = _palette(rng, look, series), _names(rng, style, series, 7)
    t = np.linspace(0, 1, int(rng.integers(12, 60)))
    place = lambda a, b: (x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(np.clip(b, .005, .99)))
    for _ in range(int(rng.integers(0, 3))):
        a = float(rng.uniform(.05, .7))
        b, fill, upright = a + float(rng.uniform(.06, .22)), style.strong(rng), rng.random() < .75
        span = (place(a, .99) + place(b, .005)) if upright else (place(0, b) + place(1, a))
        parts.append(el.inked(Role.DATA, lambda ink, s=span, f=fill: ink.box(s, f), "shaded span", float(rng.uniform(.15, .35))))
        if rng.random() < .5 and upright:
            parts.append(el.text(style, ((span[0] + span[2]) / 2, y0 + look.size * .8), style.word(rng), look.size * .85, what="",
                                 width=(span[2] - span[0]) * .95))
    nested, opacity, edges = rng.random() < .3, float(rng.uniform(.18, .45)), rng.random() < .2
    width, ends = max(look.thick, .003), []
    for s, colour in enumerate(colours):
        curve = _smooth(rng, t)
        spread = float(rng.uniform(.03, .09)) * (1 + t * float(rng.choice([0, 0, 2])))
        for factor in (1, .5) if nested else (1,):
            high, low = [place(a, b + e * factor) for a, b, e in zip(t, curve, spread)], [place(a, b - e * factor) for a, b, e in zip(t, curve, spread)]
            parts.append(el.inked(Role.DATA, lambda ink, h=high, l=low,
                                  c=colour: (ink.polygon(h + l[::-1], c), [ink.line(q, c, look.thin) for q in (h, l)] if edges else None),
                                  "translucent band" if factor == 1 else "", opacity))
        line, way = [place(a, b) for a, b in zip(t, curve)], int(rng.choice([0, 0, 0, 1, 2]))
        tone = el.mixed(colour, style.ink, float(rng.choice([0, .2])))
        parts.append(el.inked(Role.DATA, lambda ink, p=line, c=tone,
                              k=way: ink.line(p, c, width) if k == 0 else ink.dashes(p, c, width, .02 if k == 1 else width * 1.5, .012), "curve"))
        ends.append([line[-1][1], names[s], tone])
    if direct:
        ends.sort()
        for k, end in enumerate(ends):
            end[0] = max(end[0], ends[k - 1][0] + look.size * 1.15) if k else end[0]
        parts.append(el.lines(style, [Line((x1 + .014, y), n, style.face(n), _fit(look.size, .14, [n]), _apart(look, c, 300), "lm") for y, n,
                                      c in ends], words=names[0]))
    elif series > 1:
        parts += _legend(rng, look, inner, colours, names, "line")
    for _ in range(int(rng.integers(0, 3))):
        upright, at = rng.random() < .4, float(rng.uniform(.15, .9))
        a, b = (place(at, 0), place(at, 1)) if upright else (place(0, at), place(1, at))
        colour = style.ink if rng.random() < .6 else _apart(look, style.strong(rng), 280)
        parts.append(el.inked(Role.MARK, lambda ink, a=a, b=b, c=colour: ink.dashes([a, b], c, max(look.thin, .003), .02, .012), "dashed threshold"))
        if not upright and rng.random() < .5:
            parts.append(el.text(style, (x1 - .01, a[1] - look.size * .65), style.word(rng), look.size * .85, colour, "rm", what="", width=.3))
    return "Curves with bands of uncertainty", parts + _noted(rng, look, inner)


# ---- clinics and genes ----------------------------------------------------------------------------------------------

def _survival(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Falling steps with ticks where observation ended, and mostly a table of numbers below."""
    look, parts = _begin(rng, style)
    style, groups, table = look.style, int(rng.integers(2, 5)), rng.random() < .75
    look = replace(look, size=min(look.size, .038))
    colours, names = _palette(rng, look, groups), _names(rng, style, groups, 8)
    pitch = look.size * 1.35
    inner, more = _laid(rng, look, 5 if table else 3.4, 1.6 + (1.5 * groups + 1.6 if table else 0))
    parts += more
    x0, y0, x1, y1 = inner
    n = int(rng.integers(3, 7))
    step = int(rng.choice([1, 2, 5, 6, 10, 12]))
    xs = [(k / n, str(k * step)) for k in range(n + 1)]
    parts += _axes(rng, look, inner, xs, [(k / 4 * .96, f"{k * 25}" if look.dashed else f"{k / 4:g}") for k in range(5)])
    band, width, ticks = rng.random() < .4, float(np.clip(look.thick, .003, .012)), rng.random() < .7
    counts = []
    for s, colour in enumerate(colours):
        times = np.sort(rng.random(int(rng.integers(8, 30))))
        alive = np.maximum(.96 * np.cumprod(np.concatenate([[1], 1 - rng.uniform(.01, .13, len(times))])), .02)
        xs_, levels = np.concatenate([[0], times, [float(rng.uniform(.9, 1))]]), np.append(alive, alive[-1])
        keep = xs_ <= xs_[-1]
        xs_, levels = xs_[keep], levels[keep]
        line = [(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(v)) for (a, b), v in zip(zip(xs_, np.append(xs_[1:], xs_[-1])), levels) for a in (a, b)]
        if band:
            e = .05 * (y1 - y0)
            parts.append(el.inked(Role.DATA, lambda ink, p=line, c=colour,
                                  e=e: ink.polygon([(a, max(b - e, y0)) for a, b in p] + [(a, min(b + e, y1)) for a, b in p[::-1]], c),
                                  "translucent band", .25))
        lost = [(float(a), float(np.interp(a, [p[0] for p in line], [p[1] for p in line]))) for a in rng.uniform(x0 + .03, line[-1][0],
                6)] if ticks else []
        lost = [(a, next(p[1] for p, q in zip(line, line[1:]) if p[0] <= a <= q[0] and p[1] == q[1])) for a,
                _ in lost if any(p[0] <= a <= q[0] and p[1] == q[1] for p, q in zip(line, line[1:]))]
        way = s > 0 and rng.random() < .25
        parts.append(el.inked(Role.DATA, lambda ink, p=line, c=colour, l=lost, d=way: (ink.dashes(p, c, width, .018, .012) if d else ink.line(p, c, width),
                              [ink.line([(a, b - .013), (a, b + .013)], c, max(width * .8, .003)) for a, b in l]), "survival curve"))
        counts.append([max(int(float(np.interp(t, xs_, levels)) * rng.integers(60, 200)), 0) for t, _ in xs])
    if table:
        top = y1 + look.size * 2.9
        phrase = style.phrase(rng, 2, 3)[:22].strip()
        items = [Line((x0, top), phrase, style.face(phrase), look.size, style.ink, "lm")]
        for s, row in enumerate(counts):
            y = top + pitch * (s + 1)
            tone = _apart(look, colours[s], 300)
            items.append(Line((x0 - look.size * 1.5, y), names[s], style.face(names[s]),
                              _fit(look.size, max(x0 - look.size * 1.5 - .01, .03), [names[s]], .012), tone, "rm"))
            items += [Line((x0 + (x1 - x0) * t, y), str(v), style.font, min(look.size, (x1 - x0) / n / 2.4), style.ink) for (t, _),
                      v in zip(xs, sorted(row, reverse=True))]
        parts.append(el.lines(style, items, "table of numbers", phrase))
        if rng.random() < .3:
            parts.append(el.inked(Role.PANEL, lambda ink: ink.line([(x0 - .02, top + pitch * .45), (x1, top + pitch * .45)], style.ink,
                                                                   max(look.thin, .002))))
    if not table or rng.random() < .5:
        parts += _legend(rng, look, inner, colours, names, "line", (1, 0) if rng.random() < .6 else (0, 1))
    if rng.random() < .5:
        parts.append(el.text(style, (x0 + (x1 - x0) * .06, y1 - (y1 - y0) * (.1 if rng.random() < .6 else .2)),
                             f"p = {rng.uniform(.001, .09):.3f}", look.size, anchor="lm", what="label"))
    return "Survival curves", parts


def _forest(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Rows of names, estimates with intervals about a line of no effect, and columns of numbers."""
    look, parts = _begin(rng, style)
    style, rows = look.style, int(rng.integers(4, 12))
    look = replace(look, panel=None, grid="none", frame=str(rng.choice(["bottom", "bottom", "box", "none"])))
    inner, more = _laid(rng, look, .5, 1.6, named=0)
    parts += more
    x0, y0, x1, y1 = inner
    columns = int(rng.integers(0, 3))
    a, b = x0 + (x1 - x0) * float(rng.uniform(.24, .34)), x1 - (x1 - x0) * (.19 * columns + .02)
    pitch = (y1 - y0) / (rows + 1)
    size, head = min(look.size, pitch * .62), rng.random() < .7
    names, total = _names(rng, style, rows, 11), rng.random() < .6
    colour, one = style.strong(rng) if rng.random() < .6 else style.ink, float(rng.uniform(.35, .6))
    value, half = rng.uniform(.2, .85, rows), rng.uniform(.04, .16, rows)
    weight, marker = rng.uniform(.3, 1, rows), int(rng.choice([0, 1, 1, 3]))
    zebra, caps = rng.random() < .35, rng.random() < .4
    row_y = lambda k: y0 + pitch * (k + 1.5)
    tone = el.mixed(style.paper, style.ink if rng.random() < .6 else style.strong(rng), .13)
    if zebra and sum(abs(p - q) for p, q in zip(tone, style.paper)) > 40:
        parts.append(el.inked(Role.PANEL, lambda ink: [ink.box((x0 - .01, row_y(k) - pitch / 2, x1 + .005, row_y(k) + pitch / 2),
                                                               tone) for k in range(0, rows, 2)], "striped rows"))
    parts += _axes(rng, look, (a, y0 + (pitch * .8 if head else 0), b, y1), [(k / 4, s) for k, s in enumerate(("0.1", "0.5", "1", "2", "10"))])
    parts.append(el.inked(Role.MARK, lambda ink: (ink.line if not look.dashed else lambda p, c,
                                                  w: ink.dashes(p, c, w, .014, .01))([(a + (b - a) * one, y0 + pitch * .8),
                                                          (a + (b - a) * one, y1)], style.ink, max(look.thin, .0025)), "line of no effect"))
    width, bold = float(np.clip(look.thick, .003, .009)), float(rng.uniform(.25, .42))

    def paint(ink: Ink) -> None:
        for k in range(rows):
            x, y, e = a + (b - a) * float(value[k]), row_y(k), (b - a) * float(half[k])
            if total and k == rows - 1:
                ink.polygon([(x - e, y), (x, y - pitch * .3), (x + e, y), (x, y + pitch * .3)], colour)
                continue
            ink.line([(max(x - e, a), y), (min(x + e, b), y)], style.ink if marker == 1 else colour, width)
            for q in (x - e, x + e) if caps else ():
                ink.line([(q, y - pitch * .16), (q, y + pitch * .16)], style.ink if marker == 1 else colour, width)
            _marker(ink, marker, (x, y), pitch * bold * float(weight[k]) ** .5 * .8, colour)
    parts.append(el.inked(Role.DATA, paint, "forest plot"))
    small = _fit(size, a - x0 - .03, names)
    items = [Line((x0, row_y(k)), n, style.face(n), small, style.ink, "lm") for k, n in enumerate(names)]
    for c in range(columns):
        at = b + (x1 - b) * (c + 1) / columns
        for k in range(rows):
            s = f"{weight[k] * 30:.1f}%" if c else f"{value[k] * 2:.2f}"
            if columns == 1:
                s += f" ({max(value[k] - half[k], 0) * 2:.1f}-{(value[k] + half[k]) * 2:.1f})"
            items.append(Line((at, row_y(k)), s, style.font, _fit(size, .18, [s]), style.ink, "rm"))
    if head:
        words = [_short(rng, style, 8) for _ in range(columns + 1)]
        items += [Line((x0, y0 + pitch * .45), words[0], style.face(words[0]), _fit(size * 1.1, a - x0, words[:1]), style.ink, "lm")]
        items += [Line((b + (x1 - b) * (c + 1) / columns, y0 + pitch * .45), words[c + 1], style.face(words[c + 1]),
                       _fit(size * 1.1, .17, [words[c + 1]]), style.ink, "rm") for c in range(columns)]
        parts.append(el.inked(Role.PANEL, lambda ink: ink.line([(x0, y0 + pitch * .9), (x1, y0 + pitch * .9)], style.ink,
                                                               max(look.thin, .003)))) if rng.random() < .5 else None
    return "Estimates and intervals", [*parts, el.lines(style, items, "table of numbers", names[0])]


def _hits(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A volcano of points, or points along chromosomes, with thresholds and a few names; or a scatter plot with histograms at its rims."""
    look, parts = _begin(rng, style)
    style, kind = look.style, str(rng.choice(["volcano", "manhattan", "marginal", "bubbles"]))
    inner, more = _laid(rng, look, below=1.6)
    parts += more
    x0, y0, x1, y1 = inner
    rim = min(x1 - x0, y1 - y0) * .2
    if kind == "marginal":
        inner = x0, y0, x1, y1 = (x0, y0 + rim, x1 - rim, y1)
    place = lambda p: (x0 + (x1 - x0) * float(np.clip(p[0], .01, .99)), y1 - (y1 - y0) * float(np.clip(p[1], .01, .97)))
    r, opacity = float(rng.uniform(.004, .011)), float(rng.choice([1, 1, .6]))
    grey = el.mixed(look.ground, style.ink, float(rng.uniform(.25, .5)))
    colours = _palette(rng, look, 3)
    n = int(rng.integers(120, 320))
    cut = float(rng.uniform(.3, .6))
    if kind == "manhattan":
        groups = int(rng.integers(5, 13))
        spots = np.stack([rng.random(n * 2), np.abs(rng.normal(0, .12, n * 2))], 1)
        for peak in rng.random(int(rng.integers(1, 5))):
            spots = np.concatenate([spots, np.stack([peak + rng.normal(0, .006, 14), rng.random(14) * rng.uniform(.5, .95)], 1)])
        which = [colours[0] if int(p[0] * groups) % 2 else (colours[1] if colours[1] != colours[0] else grey) for p in spots]
        xs = [((k + .5) / groups, str(k + 1)) for k in range(groups)]
        r *= .75
    elif kind == "volcano":
        fold = rng.normal(0, .17, n)
        height = np.abs(fold) * rng.uniform(.2, 2.6, n) + np.abs(rng.normal(0, .04, n))
        spots = np.stack([.5 + fold, height], 1)
        which = [grey if h < cut or abs(f) < .1 else colours[0] if f > 0 else colours[1] for f, h in zip(fold, height)]
        xs = _scale(rng, 4, True)
    else:
        n = int(rng.integers(8, 22)) if kind == "bubbles" else n // 2
        spots = np.clip(rng.normal(size=(n, 2)) * float(rng.uniform(.14, .24)) + .5, .08, .92)
        spots[:, 1] = np.clip((spots[:, 1] - .5) * .9 + (spots[:, 0] - .5) * float(rng.uniform(-.8, .8)) + .48, .06, .94)
        group = rng.integers(3 if rng.random() < .5 else 1, size=n)
        which = [colours[g] for g in group]
        xs = _scale(rng, int(rng.integers(3, 6)))
    parts += _axes(rng, look, inner, xs, _scale(rng, int(rng.integers(2, 6))))
    radii = np.sqrt(rng.uniform(.02, 1, n)) * float(rng.uniform(.035, .075)) if kind == "bubbles" else np.full(len(spots), r)
    rimmed, hollow, marker = rng.random() < .5, look.ground if rng.random() < .2 else None, int(rng.integers(4)) if rng.random() < .4 else 0

    def paint(ink: Ink) -> None:
        for p, c, q in zip(spots, which, radii):
            if kind == "bubbles":
                at = place(p)
                if rimmed:
                    ink.dot(at, float(q) + .003, style.ink)
                ink.dot(at, float(q), c)
            else:
                _mark(ink, marker, place(p), float(q), c, hollow if c != grey else None)
    parts.append(el.inked(Role.DATA, paint, {"volcano": "volcano plot", "manhattan": "Manhattan plot", "marginal": "scatter plot",
                                             "bubbles": "bubble chart"}[kind], min(opacity, .8) if kind == "bubbles" else opacity))
    lines = []
    if kind == "volcano":
        lines = [((0, cut), (1, cut)), ((.4, 0), (.4, 1)), ((.6, 0), (.6, 1))][:int(rng.choice([1, 3, 3]))]
    elif kind == "manhattan":
        lines = [((0, v), (1, v)) for v in (.55, .42)[:int(rng.integers(1, 3))]]
    tone = style.ink if rng.random() < .5 else el.mixed(style.strong(rng), style.ink, .2)
    for a, b in lines:
        parts.append(el.inked(Role.MARK, lambda ink, a=place(a),
                              b=place(b): ink.dashes([a, b], tone, max(look.thin, .003), .016, .01) if look.frame != "box" else ink.line([a, b],
                                      tone, max(look.thin, .0025)), "threshold"))
    if kind != "marginal" and rng.random() < .7:
        best = np.argsort(-spots[:, 1] if kind != "bubbles" else -radii)[:int(rng.integers(2, 7))]
        taken: list[Point] = []
        for k in best:
            at = place(spots[k])
            if kind == "bubbles":
                w = _short(rng, style, 7)
                parts.append(el.text(style, at if radii[k] > .04 else (at[0], at[1] - float(radii[k]) - look.size * .7), w, look.size * .85,
                                     readable(rng, which[k]) if radii[k] > .04 else style.ink, width=max(float(radii[k]) * 1.8, .05)))
                continue
            if any(abs(at[0] - q[0]) < .1 and abs(at[1] - q[1]) < look.size * 1.4 for q in taken):
                continue
            taken.append(at)
            side = 1 if at[0] < (x0 + x1) / 2 or kind == "volcano" and at[0] < x0 + (x1 - x0) * .75 else -1
            to = (at[0] + side * .035, at[1] - .012)
            parts.append(el.inked(Role.MARK, lambda ink, a=at, b=to: ink.line([a, b], style.ink, max(look.thin * .8, .002))))
            parts.append(el.text(style, (to[0] + side * .006, to[1]), _short(rng, style, 8), look.size * .85, anchor="lm" if side > 0 else "rm",
                                 width=.16))
    if kind == "marginal":
        bins = int(rng.integers(8, 20))
        top, _ = np.histogram(spots[:, 0], bins, (0, 1))
        side_, _ = np.histogram(spots[:, 1], bins, (0, 1))
        gap, edge = .012, style.ink if rng.random() < .4 else None

        def rims(ink: Ink) -> None:
            for k in range(bins):
                if top[k]:
                    ink.box((x0 + (x1 - x0) * k / bins, y0 - gap - (rim - gap * 2) * top[k] / top.max(), x0 + (x1 - x0) * (k + 1) / bins,
                             y0 - gap), colours[0], edge, look.thin)
                if side_[k]:
                    ink.box((x1 + gap, y1 - (y1 - y0) * (k + 1) / bins, x1 + gap + (rim - gap * 2) * side_[k] / side_.max(),
                             y1 - (y1 - y0) * k / bins), colours[0], edge, look.thin)
        parts.append(el.inked(Role.DATA, rims, "marginal histogram", opacity))
    return "A chart of many points" if kind != "bubbles" else "Discs of many sizes", parts


def _clinical(rng: Rng, style: Style) -> tuple[str, Parts]:
    return (_survival if rng.random() < .5 else _forest)(rng, style)


# ---- bars, tiles and the rest ---------------------------------------------------------------------------------------

def _valued_bars(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Waterfall, diverging bars, grouped lying bars or lollipops, with values at the ends; hatched now and then."""
    look, parts = _begin(rng, style)
    style, kind = look.style, str(rng.choice(["waterfall", "diverging", "grouped", "lollipops"]))
    count = int(rng.integers(4, 10))
    lying = kind != "waterfall"
    names = _names(rng, style, count, 8 if lying else 6)
    inner, more = _laid(rng, look, 5 if lying else 3.2, named=.4)
    parts += more
    x0, y0, x1, y1 = inner
    series = int(rng.integers(2, 4)) if kind == "grouped" else 1
    colours = _palette(rng, look, 3)
    if len(set(colours)) < 3:
        colours = [el.mixed(c, look.ground, .25 * k) for k, c in enumerate(colours)]
    named = [((k + .5) / count, n) for k, n in enumerate(names)]
    ticks, bare = _scale(rng, int(rng.integers(3, 6)), kind == "diverging"), rng.random() < .4
    light = replace(look, frame="none" if kind == "diverging" else look.frame)
    fitted = min(_fit(look.size, .115, names), (y1 - y0) / count * .8) if lying else look.size
    xs, ys = ([(t, "" if bare else s) for t, s in ticks], [(t, "") for t, _ in named]) if lying else (named, [(t, "" if bare else s) for t, s in ticks])
    parts += _axes(rng, replace(light, grid={"y": "x", "x": "x"}.get(look.grid, look.grid) if lying else look.grid), inner, xs, ys)
    if lying:
        parts.append(el.lines(style, [Line((x0 - .012, y1 - (y1 - y0) * t), n, style.face(n), fitted, style.ink, "rm") for t, n in named], words=names[0]))
    values = rng.uniform(-.42, .42, count) if kind == "diverging" else rng.uniform(.15, .85, (count, series)) if lying else rng.uniform(-.22, .3, count)
    if lying and rng.random() < .6:
        values = np.sort(values, 0)
    fill, edge, hatched = float(rng.uniform(.5, .9)), style.ink if rng.random() < .4 else None, int(rng.integers(4)) if rng.random() < .45 else -1
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

    def paint(ink: Ink) -> None:
        for (a, b, c, d), colour, _, s in pieces:
            if kind == "lollipops":
                ink.line([(a, (b + d) / 2), (c, (b + d) / 2)], colour, max(look.thick, .003))
                _mark(ink, hatched % 4, (c, (b + d) / 2), min((d - b) * .4, .022), colour, look.ground if edge else None)
                continue
            ink.box((a, b, c, d), colour, edge, max(look.thin, .002))
            if hatched >= 0 and (series == 1 or s % 2 == 0):
                _hatch(ink, (a, b, c, d), hatched, el.mixed(colour, _contrast(colour), .75), .003)
    parts.append(el.inked(Role.DATA, paint, {"waterfall": "waterfall chart", "diverging": "diverging bar chart", "grouped": "bar chart",
                                             "lollipops": "lollipop chart"}[kind]))
    if links and rng.random() < .7:
        parts.append(el.inked(Role.MARK, lambda ink: [ink.line(l, style.ink, max(look.thin * .7, .002)) for l in links], "connecting lines"))
    if kind == "diverging":
        parts.append(el.inked(Role.MARK, lambda ink: ink.line([((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)], style.ink, max(look.thin, .003)), "zero line"))
    if bare or rng.random() < .6:
        items, factor = [], float(rng.choice([10, 100, 1000]))
        size = min(look.size * .9, slot * fill / series * .9 if lying else slot / 2.6)
        within = kind == "grouped" and rng.random() < .3
        for (a, b, c, d), colour, v, _ in pieces:
            s = f"{v * factor:+.0f}" if kind in ("waterfall", "diverging") and rng.random() < .9 else f"{v * factor:.{0 if factor > 10 else 1}f}"
            if size < .014:
                break
            if not lying:
                items.append(Line(((a + c) / 2, b - .008), s, style.font, size, style.ink, "mb"))
            elif within and c - a > size * 3:
                items.append(Line((c - .01, (b + d) / 2), s, style.font, size, readable(rng, colour), "rm", halo=.004 if hatched >= 0 else 0,
                                  halo_colour=colour))
            else:
                lolly = .026 if kind == "lollipops" else .01
                items.append(Line((a - .01, (b + d) / 2), s, style.font, size, style.ink, "rm") if v < 0 else Line((c + lolly, (b + d) / 2), s,
                        style.font, size, style.ink, "lm"))
        if items:
            parts.append(el.lines(style, items))
    if series > 1 and rng.random() < .6:
        parts += _legend(rng, look, inner, colours[:series], _names(rng, style, series, 7), corner=(1, 1))
    return "Values in a row" if kind == "waterfall" else "Values one below the other", parts


def _spectrum(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Peaks with numbers above: a trace, several traces one over the other, or sticks; or lanes of bands as on a gel."""
    look, parts = _begin(rng, style)
    style, kind = look.style, str(rng.choice(["trace", "stacked", "sticks", "lanes"], p=[.28, .22, .22, .28]))
    if kind == "lanes":
        return _lanes(rng, look, parts)
    inner, more = _laid(rng, look, 3.2 if kind != "stacked" else .5, named=.8)
    parts += more
    x0, y0, x1, y1 = inner
    xs = _scale(rng, int(rng.integers(3, 8)))
    if rng.random() < .3:
        xs = [(1 - t, s) for t, s in xs][::-1]
    parts += _axes(rng, look, inner, xs, _scale(rng, int(rng.integers(2, 5))) if kind != "stacked" else ())
    count = int(rng.integers(2, 6)) if kind == "stacked" else 1
    colours, names = _palette(rng, look, count), _names(rng, style, count, 7)
    n = int(rng.integers(4, 14)) if kind != "sticks" else int(rng.integers(10, 40))
    at, tall = np.sort(rng.uniform(.04, .96, n)), rng.uniform(.08, 1, n) ** 1.6 * .78
    sharp, t = float(rng.uniform(.004, .016)), np.linspace(0, 1, 240)
    lift, width = (.9 - .25) / max(count, 1), float(np.clip(look.thick, .002, .008))
    filled = kind == "trace" and rng.random() < .35
    for s, colour in enumerate(colours):
        heights = tall * rng.uniform(.5, 1.1, n) if s else tall
        base = .03 + lift * s if kind == "stacked" else 0.0
        scale = .45 if kind == "stacked" else 1.0
        if kind == "sticks":
            parts.append(el.inked(Role.DATA, lambda ink, c=colour: [ink.line([(x0 + (x1 - x0) * float(a), y1),
                                                                              (x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(h))], c,
                                                                              max(width, .003)) for a, h in zip(at, tall)], "stick spectrum"))
            continue
        curve = np.clip(sum(h / (1 + ((t - a) / sharp) ** 2) for a, h in zip(at, heights)) + .02 + rng.normal(0, .003, len(t)), 0, .86)
        if kind == "trace" and rng.random() < .4:
            curve = curve + .08 * np.exp(-((t - .5) / .4) ** 2)
        line = [(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(base + v * scale)) for a, v in zip(t, curve)]
        parts.append(el.inked(Role.DATA, lambda ink, p=line, c=colour: (ink.polygon([(x0, y1), *p, (x1, y1)],
                el.mixed(look.ground, c, .45)) if filled else None, ink.line(p, c, width)), "spectrum"))
        if kind == "stacked":
            parts.append(el.text(style, (x1 - .012, line[-1][1] - look.size * .75), names[s], look.size * .9, _apart(look, colour, 300), "rm",
                                 width=.25, halo=.006, halo_colour=look.ground))
    best = [k for k in np.argsort(-tall)[:int(rng.integers(2, 8))]]
    turned, taken = rng.random() < .45, []
    for k in best if kind != "stacked" and rng.random() < .85 else ():
        x, y = x0 + (x1 - x0) * float(at[k]), y1 - (y1 - y0) * float(min(tall[k] + .04, .88))
        if any(abs(x - q) < (look.size * 1.1 if turned else .11) for q in taken):
            continue
        taken.append(x)
        s = f"{rng.uniform(50, 2000):.1f}" if rng.random() < .7 else _short(rng, style, 6)
        if turned:
            parts.append(el.text(style, (x, y - look.size * 1.4), s, look.size * .8, turned=True, what="", width=look.size * 2.4))
        else:
            parts.append(el.text(style, (x, y - look.size * .5), s, look.size * .8, what="", width=.11))
        parts.append(el.inked(Role.MARK, lambda ink, a=(x, y + .012), b=(x, y - .002): ink.line([a, b], style.ink, max(look.thin * .7, .002))))
    if kind == "stacked":
        for a in at[:int(rng.integers(0, 4))]:
            x = x0 + (x1 - x0) * float(a)
            parts.append(el.inked(Role.MARK, lambda ink, x=x: ink.dashes([(x, y0), (x, y1)], el.mixed(style.paper, style.ink, .6),
                                                                         max(look.thin, .002), .01, .01), "dashed line"))
    return {"trace": "An annotated spectrum", "stacked": "Spectra one above the other",
            "sticks": "A stick spectrum"}[kind], parts + (_noted(rng, look, inner, .15) if kind == "trace" else [])


def _lanes(rng: Rng, look: _Look, parts: Parts) -> tuple[str, Parts]:
    style, count, groups = look.style, int(rng.integers(4, 12)), int(rng.integers(1, 5))
    inner, more = _laid(rng, look, 3.6, .5, .12 if rng.random() < .5 else .02, named=0)
    parts += more
    x0, y0, x1, y1 = inner
    y0 += look.size * 2.6
    blot = groups > 1
    strips = cells(groups, 1, (x0, y0, x1, y1), .025) if blot else [(x0, y0, x1, y1)]
    names, slot = _names(rng, style, count, 6), (x1 - x0) / count
    night = rng.random() < (.15 if blot else .6)
    ground, band = ((18, 18, 20), (225, 225, 228)) if night else (tuple(int(v) for v in np.full(3, rng.integers(190, 228))), (25, 25, 28))
    if rng.random() < .15:
        band = el.mixed(style.strong(rng), band, .3)
    for n, strip in enumerate(strips):
        a0, b0, a1, b1 = strip
        shade = el.gradient(rng, ground, el.mixed(ground, band, .12))
        plate = el.inked(Role.PANEL, lambda ink, s=strip: ink.box(s, ground), shade=shade)
        parts.append(_together(Role.PANEL, "blot" if blot else "gel", plate,
                               el.inked(Role.PANEL, lambda ink, s=strip: ink.box(s, None, style.ink, max(look.thin, .003)))))
        rows = [(.5, float(rng.uniform(.22, .4)))] if blot else [(float(v),
                                                                  float(rng.uniform(.01, .025))) for v in np.sort(rng.uniform(.08, .92,
                                                                          int(rng.integers(2, 5))))]
        for dark in (1.0, .5):   # strong bands and faint ones
            bands = [(a0 + slot * (k + .5), b0 + (b1 - b0) * (v + float(rng.normal(0, .006))), slot * float(rng.uniform(.3, .42)),
                      min((b1 - b0) * h, slot * .5))
                     for v, h in rows for k in range(1 if not blot else 0, count) if rng.random() < .55]
            parts.append(el.inked(Role.DATA, lambda ink, q=bands: [ink.box((x - w, y - h / 2, x + w, y + h / 2), band, radius=.006) for x, y, w,
                                                                   h in q], "bands" if dark == 1 else "", dark,
                                  blur=float(rng.choice([.002, .005, .008]))))
        if blot:
            s = _short(rng, style, 8)
            parts.append(el.text(style, (a0 - .014, (b0 + b1) / 2), s, _fit(look.size, a0 - .025, [s]), anchor="rm"))
            if a1 < .9:
                parts.append(el.text(style, (a1 + .012, (b0 + b1) / 2), str(int(rng.integers(12, 250))), _fit(look.size, .09, ["000"]),
                                     anchor="lm", what=""))
    if not blot:   # the ladder
        steps = np.sort(rng.uniform(.05, .95, int(rng.integers(4, 9))))
        parts.append(el.inked(Role.DATA, lambda ink: [ink.box((x0 + slot * .15, y0 + (y1 - y0) * float(v), x0 + slot * .85,
                                                               y0 + (y1 - y0) * float(v) + .009), band) for v in steps], "ladder"))
        shown = [v for k, v in enumerate(steps) if k == 0 or v - steps[k - 1] > .06]
        parts.append(el.lines(style, [Line((x0 - .03, y0 + (y1 - y0) * float(v)), str(int(rng.choice([10, 20, 50, 100, 250, 500, 1000]))),
                                           style.font, look.size * .8, style.ink, "rm") for v in shown]))
        parts.append(el.inked(Role.MARK, lambda ink: [ink.line([(x0 - .022, y0 + (y1 - y0) * float(v)), (x0 - .004, y0 + (y1 - y0) * float(v))],
                                                               style.ink, max(look.thin, .003)) for v in shown], "ticks"))
    way = rng.choice(["turned", "numbers", "signs"])
    if way == "turned" and slot > .03:
        parts += [el.text(style, (x0 + slot * (k + .5), y0 - .01 - look.size * 1.2), n, min(look.size, slot * .8), turned=True, what="",
                          width=look.size * 2.4) for k, n in enumerate(names)]
    else:
        rows_ = 2 if way == "signs" else 1
        parts.append(el.lines(style, [Line((x0 + slot * (k + .5), y0 - .012 - look.size * (.5 + 1.1 * j)),
                                           str(k + 1) if rows_ == 1 else str(rng.choice(["+", "–"])), style.font, min(look.size, slot * .7), style.ink)
                                      for k in range(count) for j in range(rows_)]))
    if rng.random() < .3:
        tip = (x1 - slot * .5, y0 + (y1 - y0) * float(rng.uniform(.2, .8)))
        parts.append(el.arrow_head(rng, replace(style, ground=ground), tip))
    return ("A blot" if blot else "A gel") + f" of {count} lanes", parts


def _tiles(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Treemap, mosaic, parallel coordinates, or a triangle of three shares."""
    look, parts = _begin(rng, style)
    style, kind = look.style, str(rng.choice(["treemap", "mosaic", "parallel", "ternary"]))
    inner, more = _laid(rng, look, .5 if kind != "mosaic" else 3.2, 1.6 if kind != "treemap" else .3, named=0 if kind != "mosaic" else .5)
    parts += more
    x0, y0, x1, y1 = inner
    if kind in ("treemap", "mosaic"):
        boxes: list[tuple[Box, int]] = []
        groups = int(rng.integers(3, 6))
        if kind == "treemap":
            def split(box: Box, sizes: list[float], group: int) -> None:
                if len(sizes) == 1:
                    boxes.append((box, group))
                    return
                k = max(1, len(sizes) // 2)
                share = sum(sizes[:k]) / sum(sizes)
                a, b, c, d = box
                if c - a > (d - b) * .9:
                    m = a + (c - a) * share
                    one, two = (a, b, m, d), (m, b, c, d)
                else:
                    m = b + (d - b) * share
                    one, two = (a, b, c, m), (a, m, c, d)
                split(one, sizes[:k], group if group >= 0 else -1)
                split(two, sizes[k:], group if group >= 0 else -1)
            sizes = sorted((float(v) for v in rng.dirichlet(np.full(groups, 2.0)) + .08), reverse=True)
            split(inner, sizes, -1)
            outer, boxes = [b for b, _ in boxes], []
            for g, b in enumerate(outer):
                split(b, sorted((float(v) for v in rng.dirichlet(np.full(int(rng.integers(1, 6)), 1.5)) + .06), reverse=True), g)
        else:
            edges = np.concatenate([[0], np.cumsum(rng.dirichlet(np.full(int(rng.integers(2, 6)), 4)))])
            for a, b in zip(edges, edges[1:]):
                cuts = np.concatenate([[0], np.cumsum(rng.dirichlet(np.full(groups, 3)))])
                boxes += [((x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(d), x0 + (x1 - x0) * float(b), y1 - (y1 - y0) * float(c)),
                           g) for g, (c, d) in enumerate(zip(cuts, cuts[1:]))]
            parts += [el.lines(style, [i for t, s in _scale(rng, 4) for i in _number(look, (x0 - .014, y1 - (y1 - y0) * t), s, "rm",
                    _fit(look.size, .1, [s]))])]
            heads = _names(rng, style, len(edges) - 1, 6)
            parts.append(el.lines(style, [Line((x0 + (x1 - x0) * float(a + b) / 2, y1 + .012), n, style.face(n),
                                               _fit(look.size, (x1 - x0) * float(b - a), [n], .012), style.ink, "mt") for n, a,
                                               b in zip(heads, edges, edges[1:])]))
        pool = _palette(rng, look, groups)
        gap = float(rng.choice([.003, .006, .012]))
        tones = [el.mixed(pool[g], style.paper, float(rng.uniform(0, .35)) if kind == "treemap" else 0) for _, g in boxes]
        edge, radius = style.ink if rng.random() < .25 or len(set(pool)) == 1 else None, float(rng.choice([0, 0, .008]))
        parts.append(el.inked(Role.DATA, lambda ink: [ink.box((b[0] + gap / 2, b[1] + gap / 2, b[2] - gap / 2, b[3] - gap / 2), c, edge,
                                                              max(look.thin, .002), radius) for (b, _), c in zip(boxes, tones)], kind))
        for (b, _), c in zip(boxes, tones):
            w, h = b[2] - b[0], b[3] - b[1]
            if w > .09 and h > .05 and rng.random() < .9:
                flush, s = kind == "treemap" and rng.random() < .5, style.word(rng) if kind == "treemap" else f"{h / (y1 - y0) * 100:.0f}%"
                size = min(look.size * (1 + w * 1.5 * (kind == "treemap")), h * .5)
                parts.append(el.text(style, (b[0] + .018, b[1] + .015 + size * .5) if flush else ((b[0] + b[2]) / 2, (b[1] + b[3]) / 2), s, size,
                                     readable(rng, c), "lm" if flush else "mm", width=w * .8))
        return "A map of tiles", parts
    if kind == "parallel":
        axes, lines_ = int(rng.integers(3, 7)), int(rng.integers(10, 45))
        groups = int(rng.integers(1, 4))
        colours = _palette(rng, look, groups)
        y0 += look.size
        centre = rng.uniform(.2, .8, (groups, axes))
        group = np.arange(lines_) % groups
        values = np.clip(centre[group] + rng.normal(0, .09, (lines_, axes)), .02, .98)
        x0, x1 = x0 + .05, x1 - .05
        at = [x0 + (x1 - x0) * k / (axes - 1) for k in range(axes)]
        bent, width = rng.random() < .4, float(np.clip(look.thick * .7, .002, .006))

        def curve(v: np.ndarray) -> list[Point]:
            if not bent:
                return [(a, y1 - (y1 - y0) * float(b)) for a, b in zip(at, v)]
            s = np.linspace(0, 1, 9)
            ease = s * s * (3 - 2 * s)
            return [(a + (b - a) * float(p), y1 - (y1 - y0) * float(u + (w - u) * q)) for a, b, u, w in zip(at, at[1:], v, v[1:]) for p, q in zip(s, ease)]
        paths = [(curve(v), colours[g]) for v, g in zip(values, group)]
        parts.append(el.inked(Role.DATA, lambda ink: [ink.line(p, c, width) for p, c in paths], "bundle of lines", float(rng.choice([1, .8, .55]))))
        parts.append(el.inked(Role.PANEL, lambda ink: [(ink.line([(a, y0), (a, y1)], style.ink, max(look.thin, .003)),
                                                        [ink.line([(a - .01, y1 - (y1 - y0) * k / 4), (a, y1 - (y1 - y0) * k / 4)], style.ink,
                                                                  look.thin) for k in range(5)]) for a in at]))
        heads = _names(rng, style, axes, 7)
        small = _fit(look.size, (x1 - x0) / axes, heads)
        top = rng.random() < .5
        items = [Line((a, y0 - look.size * .6 if top else y1 + .014), n, style.face(n), small, style.ink, "mb" if top else "mt") for a,
                 n in zip(at, heads)]
        items += [Line((a - .014, y1 - (y1 - y0) * k / 4), str(k * int(rng.choice([1, 5, 10]))), style.font, min(look.size * .7, .03), style.ink,
                       "rm") for a in at for k in (0, 2, 4)]
        return "Parallel coordinates", [*parts, el.lines(style, items, words=heads[0])]
    pad = look.size * 2.2   # ternary
    left, right, top, low = x0 + pad, x1 - pad, y0 + pad * .8, y1 - pad * .4
    corner = np.array([[left, low], [right, low], [(left + right) / 2, top]])
    at_of = lambda p: tuple(float(v) for v in np.asarray(p) @ corner)
    steps, grey = int(rng.choice([4, 5, 10])), el.mixed(style.paper, style.ink, float(rng.uniform(.2, .4)))

    def net(ink: Ink) -> None:
        if look.panel:
            ink.polygon([at_of(p) for p in np.eye(3)], look.panel)
        for k in range(1, steps):
            f = k / steps
            for a, b in (((f, 1 - f, 0), (f, 0, 1 - f)), ((0, f, 1 - f), (1 - f, f, 0)), ((1 - f, 0, f), (0, 1 - f, f))):
                (ink.dashes([at_of(a), at_of(b)], grey, look.thin, .008, .008) if look.dashed else ink.line([at_of(a), at_of(b)],
                        style.paper if look.panel else grey, look.thin))
        ink.line([at_of(p) for p in (*np.eye(3), *np.eye(3)[:2])], style.ink, max(look.thin, .003))
    groups = int(rng.integers(1, 4))
    colours, r, hollow = _palette(rng, look, groups), float(rng.uniform(.007, .016)), look.ground if rng.random() < .3 else None
    spots = [(g, rng.dirichlet(rng.uniform(1, 9, 3), int(rng.integers(6, 40)))) for g in range(groups)]
    path, marker = rng.random() < .3, int(rng.integers(4))
    parts += [el.inked(Role.PANEL, net), el.inked(Role.DATA, lambda ink: [_mark(ink, (marker + g) % 4, at_of(p), r, colours[g], hollow) for g,
                                                                          q in spots for p in q], "ternary plot")]
    if path:
        q = np.linspace(0, 1, 30)
        parts.append(el.inked(Role.MARK, lambda ink: ink.line([at_of((a * (1 - b), a * b, 1 - a)) for a,
                                                               b in zip(.25 + .5 * q, .2 + .5 * q ** 2)], style.ink, max(look.thick, .004)), "curve"))
    names = _names(rng, style, 3, 9)
    for p, n, d in zip(np.eye(3), names, ((0, 1), (0, 1), (0, -1))):
        a = at_of(p)
        parts.append(el.text(style, (float(np.clip(a[0], .12, .88)), a[1] + d[1] * look.size * 1.1), n, look.size * 1.1, width=.24))
    items = [Line(at_of((1 - k / steps, k / steps, 0)), f"{k * 100 // steps}", style.font, look.size * .75, style.ink, "mt") for k in range(1,
            steps, max(1, steps // 5))]
    items = [replace(i, at=(i.at[0], i.at[1] + .008)) for i in items]
    items += [Line((at_of((1 - k / steps, 0, k / steps))[0] - .012, at_of((1 - k / steps, 0, k / steps))[1]), f"{100 - k * 100 // steps}",
                   style.font, look.size * .75, style.ink, "rm") for k in range(1, steps, max(1, steps // 5))]
    return "A triangle of three shares", [*parts, el.lines(style, items)] + (_legend(rng, look, (x0, y0, x1, y1), colours,
            _names(rng, style, groups, 6), "dot", (1, 0)) if groups > 1 and rng.random() < .5 else [])


TEMPLATES: tuple[Template, ...] = (
    Template("plot", "matrix chart", 1.0, _matrix), Template("plot", "field chart", 1.2, _field), Template("plot", "round chart", 1.1, _round),
    Template("plot", "violins", 1.0, _violins), Template("plot", "ridges", .8, _ridges), Template("plot", "facets", 1.1, _facets),
    Template("plot", "journal plot", 1.1, _journal), Template("plot", "two axes", .9, _two_axes), Template("plot", "bands", 1.1, _bands),
    Template("plot", "survival and forest", 1.3, _clinical), Template("plot", "hits", 1.1, _hits),
    Template("plot", "bars with values", 1.1, _valued_bars), Template("plot", "spectrum and lanes", 1.0, _spectrum),
    Template("plot", "tiles and triangles", 1.0, _tiles))
