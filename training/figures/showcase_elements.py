"""The elements of the bundled sample, frozen: its committed picture can be drawn again to the last bit. The families that training
uses are in `elements`, `plots`, `icons` and `textures`."""
from __future__ import annotations

from typing import Callable

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter, zoom

from .canvas import Box, Colour, Frame, PillowPen, Patch, Point
from .elements import Element, Role
from .style import Style

Rng = np.random.Generator


def _vector(role: Role, paint: Callable[[PillowPen], None], opacity: float = 1.0, shadow: float = 0.0) -> Element:
    def draw(frame: Frame) -> Patch:
        pen = PillowPen(frame)
        paint(pen)
        return pen.patch(opacity, shadow)
    return Element(role, draw)


def _smooth(rng: Rng, cells: int, width: int, height: int) -> np.ndarray:
    """A smooth random field in [0,1], the same at every size: a small random grid, cubically enlarged."""
    grid = rng.random((cells, cells))
    field = zoom(grid, (max(height, cells) / cells, max(width, cells) / cells), order=3, mode="nearest")
    field = np.asarray(Image.fromarray(field.astype(np.float32)).resize((width, height), Image.BILINEAR))
    return np.clip((field - .1) / .8, 0, 1)


def _unit(colour: Colour) -> np.ndarray:
    return np.array(colour, np.float32) / 255


# ---- pictures that fill a box ---------------------------------------------------------------------------------------

def micrograph_painter(rng: Rng, style: Style, kind: str | None = None) -> Callable[[int, int], np.ndarray]:
    """A synthetic micrograph: nuclei, filaments, spots, both, or a bright field; blurred by a PSF, then noise."""
    kind = kind or rng.choice(["nuclei", "filaments", "spots", "cells", "bright"])
    seed = int(rng.integers(2**32))
    tint = _unit(style.colour(rng)) if rng.random() < .7 else np.ones(3, np.float32)
    second = _unit(style.colour(rng))
    noise = float(rng.uniform(.004, .035))
    density = float(rng.uniform(.5, 1.5))

    def channel(r: Rng, what: str, w: int, h: int) -> np.ndarray:
        image = Image.new("L", (w * 2, h * 2))
        pen = ImageDraw.Draw(image)
        size = 2 * min(w, h)
        if what in ("nuclei", "cells", "bright"):
            for _ in range(int(14 * density) + 2):
                cx, cy, a, b = r.random() * w * 2, r.random() * h * 2, *(size * r.uniform(.04, .11, 2))
                pen.ellipse((cx - a, cy - b, cx + a, cy + b), fill=int(r.integers(110, 256)))
            blur = .012
        elif what == "spots":
            for _ in range(int(60 * density) + 5):
                cx, cy, a = r.random() * w * 2, r.random() * h * 2, size * r.uniform(.006, .022)
                pen.ellipse((cx - a, cy - a, cx + a, cy + a), fill=int(r.integers(120, 256)))
            blur = .006
        else:
            for _ in range(int(16 * density) + 4):
                turn = r.normal(0, .25, 24).cumsum() + r.random() * 6.3
                steps = np.stack([np.cos(turn), np.sin(turn)], 1).cumsum(0) * size * .04 + r.random(2) * (w * 2, h * 2)
                pen.line([tuple(p) for p in steps], fill=int(r.integers(100, 240)), width=max(1, round(size * .012)))
            blur = .006
        field = np.asarray(image, np.float32).reshape(h, 2, w, 2).mean((1, 3)) / 255
        return gaussian_filter(field, max(.4, blur * min(w, h)))

    def paint(w: int, h: int) -> np.ndarray:
        r = np.random.default_rng(seed)
        haze = _smooth(r, 5, w, h)[..., None]
        first = channel(r, kind, w, h)[..., None]
        if kind == "bright":   # absorbing objects on a light field
            rgb = (.93 - .1 * haze) - first * (1 - tint * .8) * .6
        else:
            rgb = .04 + .08 * haze * tint + first * tint
            if kind == "cells":
                rgb = rgb + channel(r, "filaments", w, h)[..., None] * second * .8
        return rgb + np.random.default_rng(seed + 1).normal(0, noise, (h, w, 1)) * (.5 + rgb)
    return paint


def heat_map_painter(rng: Rng, style: Style) -> Callable[[int, int], np.ndarray]:
    """A matrix of cells, or a smooth field, through a three-colour map."""
    stops = np.stack([_unit(style.colour(rng)) for _ in range(3)])
    stops[0] *= .35
    cells = int(rng.integers(4, 10))
    values = rng.random((cells, cells))
    seed, smooth = int(rng.integers(2**32)), rng.random() < .4

    def paint(w: int, h: int) -> np.ndarray:
        if smooth:
            field = _smooth(np.random.default_rng(seed), 6, w, h)
        else:
            field = values[(np.arange(h) * cells // h)[:, None], (np.arange(w) * cells // w)[None]]
        at = np.clip(field, 0, 1) * 2
        low = np.minimum(at.astype(int), 1)
        part = (at - low)[..., None]
        return stops[low] * (1 - part) + stops[low + 1] * part
    return paint


def picture(role: Role, box: Box, painter: Callable[[int, int], np.ndarray]) -> Element:
    return Element(role, lambda frame: Patch.opaque(frame, box, painter))


def background(rng: Rng, style: Style, kinds: str = "solid tint gradient texture micrograph") -> Element:
    """The bottom of the figure, always opaque."""
    kind = rng.choice(kinds.split())
    seed = int(rng.integers(2**32))
    base = _unit(style.background)
    other = _unit(style.colour(rng))
    mix = float(rng.uniform(.1, .9 if style.dark else .6))
    angle = float(rng.random() * 6.3)
    if kind == "micrograph":
        return picture(Role.BACKGROUND, (0, 0, 1, 1), micrograph_painter(rng, style))

    def paint(w: int, h: int) -> np.ndarray:
        if kind in ("solid", "tint"):
            colour = base if kind == "solid" else base * (1 - mix) + other * mix
            return np.broadcast_to(colour, (h, w, 3))
        if kind == "gradient":
            y, x = np.mgrid[0:h, 0:w]
            along = (x / w - .5) * np.cos(angle) + (y / h - .5) * np.sin(angle) + .5
        else:
            r = np.random.default_rng(seed)
            along = (_smooth(r, 4, w, h) + _smooth(r, 9, w, h) * .5 + _smooth(r, 24, w, h) * .3) / 1.8
        along = np.clip(along, 0, 1)[..., None]
        return base * (1 - along * mix) + other * along * mix
    return picture(Role.BACKGROUND, (0, 0, 1, 1), paint)


# ---- plots ----------------------------------------------------------------------------------------------------------

def axes(rng: Rng, style: Style, box: Box) -> Element:
    """The plate, frame, ticks and grid of a plot."""
    x0, y0, x1, y1 = box
    grid, full, plate = rng.random() < .4, rng.random() < .5, rng.random() < .8
    width = float(rng.uniform(.005, .012))
    grey = tuple(int(p + (i - p) * .2) for p, i in zip(style.background, style.foreground))
    count = int(rng.integers(3, 6))

    def paint(pen: PillowPen) -> None:
        if plate:
            pen.box(box, style.background)
        for k in range(1, count):
            tx, ty = x0 + (x1 - x0) * k / count, y0 + (y1 - y0) * k / count
            if grid:
                pen.line([(tx, y0), (tx, y1)], grey, width * .6)
                pen.line([(x0, ty), (x1, ty)], grey, width * .6)
            pen.line([(tx, y1), (tx, y1 + .015)], style.foreground, width)
            pen.line([(x0 - .012, ty), (x0, ty)], style.foreground, width)
        pen.line([(x0, y0), (x0, y1), (x1, y1)] + ([(x1, y0), (x0, y0)] if full else []), style.foreground, width)
    return _vector(Role.PANEL, paint)


def data(rng: Rng, style: Style, box: Box, kinds: str = "bars lines scatter area") -> Element:
    """The drawn data of a plot."""
    kind = rng.choice(kinds.split())
    inset = .04
    x0, y0, x1, y1 = (box[0] + (box[2] - box[0]) * inset, box[1] + (box[3] - box[1]) * inset,
                      box[2] - (box[2] - box[0]) * inset, box[3])
    colours = list(style.colours[:3]) if style.colours[0] != style.colours[1] else [style.foreground]
    series = int(rng.integers(1, 4))
    count = int(rng.integers(3, 7)) if kind == "bars" else int(rng.integers(6, 24))
    base = rng.uniform(.2, .9, (series, 1)) + rng.normal(0, .12, (series, count)).cumsum(1) * .8
    values = np.clip(base if kind != "bars" else rng.uniform(.1, .95, (series, count)), .03, .97)
    spread = rng.random((series, count))
    width, gap = float(rng.uniform(.01, .022)), float(rng.uniform(.1, .5))
    errors = rng.random() < .5

    def paint(pen: PillowPen) -> None:
        for s in range(series):
            colour = colours[s % len(colours)]
            points = [(x0 + (x1 - x0) * (k + .5) / count, y1 - (y1 - y0) * v) for k, v in enumerate(values[s])]
            if kind == "bars":
                slot = (x1 - x0) / count
                for k, (_, top) in enumerate(points):
                    left = x0 + slot * (k + gap / 2 + (1 - gap) * s / series)
                    pen.box((left, top, left + slot * (1 - gap) / series, y1), colour)
                    if errors:
                        middle = left + slot * (1 - gap) / series / 2
                        pen.line([(middle, top - .03), (middle, top + .03)], style.foreground, width * .5)
            elif kind == "scatter":
                for (px, py), jitter in zip(points, spread[s]):
                    pen.dot((px, py + (jitter - .5) * .2 * (y1 - y0)), width * .9, colour)
            elif kind == "area":
                pen.polygon([(points[0][0], y1), *points, (points[-1][0], y1)], colour)
            else:
                pen.line(points, colour, width)
                if errors:
                    for point in points:
                        pen.dot(point, width, colour)
    return _vector(Role.DATA, paint, opacity=float(rng.uniform(.5, .9)) if kind == "area" else 1.0)


# ---- shapes ---------------------------------------------------------------------------------------------------------

def plate(rng: Rng, style: Style, box: Box, role: Role = Role.SHAPE, colour: Colour | None = None) -> Element:
    """A filled box or ellipse, sometimes translucent, edged or with a shadow."""
    fill = colour or style.colour(rng)
    round_, edge = rng.random() < .3, style.foreground if rng.random() < .3 else None
    radius, width = float(rng.uniform(0, .05)), float(rng.uniform(.008, .02))
    opacity = float(rng.uniform(.35, .8)) if rng.random() < .4 else 1.0
    shadow = float(rng.uniform(.01, .03)) if opacity == 1 and rng.random() < .35 else 0.0

    def paint(pen: PillowPen) -> None:
        if round_:
            pen.ellipse(box, fill, edge, width)
        else:
            pen.box(box, fill, edge, width, radius)
    return _vector(Role(role), paint, opacity, shadow)


def outline(rng: Rng, style: Style, box: Box) -> Element:
    """An open box or ellipse that points something out."""
    colour, width, round_ = style.colour(rng), float(rng.uniform(.01, .03)), rng.random() < .5

    def paint(pen: PillowPen) -> None:
        (pen.ellipse if round_ else pen.box)(box, None, colour, width)
    return _vector(Role.SHAPE, paint)


def arrow(rng: Rng, style: Style, tail: Point, tip: Point) -> Element:
    colour = style.colour(rng) if rng.random() < .7 else style.foreground
    width = float(rng.uniform(.012, .035))
    head = width * float(rng.uniform(2.5, 4))
    return _vector(Role.SHAPE, lambda pen: pen.arrow(tail, tip, colour, width, head))


# ---- marks ----------------------------------------------------------------------------------------------------------

def label(rng: Rng, style: Style, at: Point, size: tuple[float, float] = (.045, .13), string: str | None = None,
          colour: Colour | None = None, anchor: str = "mm") -> Element:
    words = string or style.word(rng)
    height = float(np.exp(rng.uniform(*np.log(size))))
    foreground = colour or (style.foreground if rng.random() < .7 else style.colour(rng))
    return _vector(Role.MARK, lambda pen: pen.text(at, words, style.font, height, foreground, anchor))


def tick_labels(rng: Rng, style: Style, box: Box) -> Element:
    x0, y0, x1, y1 = box
    count, height = int(rng.integers(3, 5)), float(rng.uniform(.035, .055))
    step = int(rng.choice([1, 2, 5, 10, 25]))

    def paint(pen: PillowPen) -> None:
        for k in range(count + 1):
            pen.text((x0 + (x1 - x0) * k / count, y1 + .02), str(k * step), style.font, height, style.foreground, "mt")
            pen.text((x0 - .015, y1 - (y1 - y0) * k / count), str(k * step), style.font, height, style.foreground, "rm")
    return _vector(Role.MARK, paint)


def scale_bar(rng: Rng, style: Style, box: Box, colour: Colour) -> Element:
    """A bar near the lower right corner of a picture, with its length above it."""
    x0, y0, x1, y1 = box
    length, thick = (x1 - x0) * float(rng.uniform(.2, .35)), float(rng.uniform(.012, .025))
    right, bottom = x1 - (x1 - x0) * .06, y1 - (y1 - y0) * .07
    text = ("10 \u00b5m" if style.split == "train" else "25 \u00b5m") if rng.random() < .6 else None
    height = float(rng.uniform(.04, .06))

    def paint(pen: PillowPen) -> None:
        pen.line([(right - length, bottom), (right, bottom)], colour, thick)
        if text:
            pen.text((right - length / 2, bottom - thick), text, style.font, height, colour, "mb")
    return _vector(Role.MARK, paint)
