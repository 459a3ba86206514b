"""Drawing by cairo: anti-aliased paths, gradients, dashes, joins, arrows of many kinds, and text without hinting.

A `Pen` draws one element on a transparent canvas of the figure's own size. Coordinates and lengths are fractions, as in `canvas`.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import CellType, FunctionType
from typing import Callable, Sequence

import cairocffi as cairo
import numpy as np
from PIL import ImageFont

from ..canvas import EMPTY, Box, Colour, Frame, Patch, Point, word_count
from ..elements import Element, Role, grouped, shadow_of


@dataclass(frozen=True)
class Shade:
    """A gradient: colours at equal distances from one point to another, or outwards."""

    colours: tuple[Colour, ...]
    start: Point
    end: Point
    radial: bool = False


Fill = Colour | Shade


class Pen:
    def __init__(self, frame: Frame, crisp: bool = False) -> None:
        """`crisp`: level and upright strokes lie on whole pixels."""
        self.frame, self.crisp = frame, crisp
        self.surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, frame.width, frame.height)
        self.c = cairo.Context(self.surface)

    def at(self, p: Point) -> Point:
        return p[0] * self.frame.width, p[1] * self.frame.height

    def length(self, fraction: float) -> float:
        return max(fraction * self.frame.unit, 0.3)

    def round(self, at: Point, radius: float, points: Sequence[Point], turn: float = 0.0) -> list[Point]:
        """Points about `at` in units of a radius, which is a fraction of the shorter side, as fractions of the figure."""
        c, s, f = np.cos(turn), np.sin(turn), self.frame
        return [
            (at[0] + (x * c - y * s) * radius * f.unit / f.width, at[1] + (x * s + y * c) * radius * f.unit / f.height)
            for x, y in points
        ]

    # -- paths, and their painting

    def paint(
        self,
        fill: Fill | None = None,
        edge: Fill | None = None,
        width: float = 0,
        dash: Sequence[float] = (),
        cap: str = "butt",
        join: str = "miter",
        alpha: float = 1.0,
    ) -> None:
        if fill is not None:
            self._source(fill, alpha)
            self.c.fill_preserve()
        if edge is not None and width:
            w = self.length(width)
            self._source(edge, alpha)
            self.c.set_line_width(max(round(w), 1) if self.crisp and w > 0.6 else w)
            self.c.set_dash([self.length(d) for d in dash])
            self.c.set_line_cap(
                {"butt": cairo.LINE_CAP_BUTT, "round": cairo.LINE_CAP_ROUND, "square": cairo.LINE_CAP_SQUARE}[cap]
            )
            self.c.set_line_join(
                {"miter": cairo.LINE_JOIN_MITER, "round": cairo.LINE_JOIN_ROUND, "bevel": cairo.LINE_JOIN_BEVEL}[join]
            )
            self.c.stroke_preserve()
        self.c.new_path()

    def _source(self, fill: Fill, alpha: float) -> None:
        if isinstance(fill, Shade):
            (x0, y0), (x1, y1) = self.at(fill.start), self.at(fill.end)
            g = (
                cairo.RadialGradient(x0, y0, 0, x0, y0, max(np.hypot(x1 - x0, y1 - y0), 1))
                if fill.radial
                else cairo.LinearGradient(x0, y0, x1, y1)
            )
            for k, colour in enumerate(fill.colours):
                g.add_color_stop_rgba(k / max(len(fill.colours) - 1, 1), *(v / 255 for v in colour), alpha)
            self.c.set_source(g)
        else:
            self.c.set_source_rgba(*(v / 255 for v in fill), alpha)

    def line(
        self,
        points: Sequence[Point],
        colour: Fill,
        width: float,
        dash: Sequence[float] = (),
        cap: str = "butt",
        join: str = "round",
        closed: bool = False,
        alpha: float = 1.0,
    ) -> None:
        p = [self.at(q) for q in points]
        if self.crisp and all(abs(a[0] - b[0]) < 0.3 or abs(a[1] - b[1]) < 0.3 for a, b in zip(p, p[1:])):
            half = max(round(self.length(width)), 1) % 2 / 2
            p = [(round(x - half) + half, round(y - half) + half) for x, y in p]
        self.c.move_to(*p[0])
        for q in p[1:]:
            self.c.line_to(*q)
        if closed:
            self.c.close_path()
        self.paint(None, colour, width, dash, cap, join, alpha)

    def curve(
        self,
        points: Sequence[Point],
        colour: Fill | None = None,
        width: float = 0,
        dash: Sequence[float] = (),
        fill: Fill | None = None,
        closed: bool = False,
        alpha: float = 1.0,
    ) -> None:
        """A smooth curve through points."""
        p = np.array([self.at(q) for q in points])
        wide = np.concatenate(
            [
                p[-2:-1] if closed and np.allclose(p[0], p[-1]) else p[-1:] if closed else p[:1],
                p,
                p[1:2] if closed and np.allclose(p[0], p[-1]) else p[:2] if closed else p[-1:],
            ]
        )
        self.c.move_to(*wide[1])
        for a, b, c, d in zip(wide, wide[1:], wide[2:], wide[3:]):
            self.c.curve_to(*(b + (c - a) / 6), *(c - (d - b) / 6), *c)
        if closed:
            self.c.close_path()
        self.paint(fill, colour, width, dash, "round", "round", alpha)

    def polygon(
        self,
        points: Sequence[Point],
        fill: Fill | None,
        edge: Fill | None = None,
        width: float = 0,
        dash: Sequence[float] = (),
        alpha: float = 1.0,
        join: str = "miter",
    ) -> None:
        for k, q in enumerate(points):
            (self.c.line_to if k else self.c.move_to)(*self.at(q))
        self.c.close_path()
        self.paint(fill, edge, width, dash, "butt", join, alpha)

    def box(
        self,
        box: Box,
        fill: Fill | None,
        edge: Fill | None = None,
        width: float = 0,
        radius: float = 0,
        dash: Sequence[float] = (),
        alpha: float = 1.0,
    ) -> None:
        (x0, y0), (x1, y1) = self.at(box[:2]), self.at(box[2:])
        if self.crisp:
            half = max(round(self.length(width)), 1) % 2 / 2 if edge is not None else 0
            x0, y0, x1, y1 = (round(v - half) + half for v in (x0, y0, x1, y1))
        r = min(self.length(radius), (x1 - x0) / 2, (y1 - y0) / 2) if radius else 0
        if r > 0:
            for k, (x, y) in enumerate(((x1 - r, y0 + r), (x1 - r, y1 - r), (x0 + r, y1 - r), (x0 + r, y0 + r))):
                self.c.arc(x, y, r, (k - 1) * np.pi / 2, k * np.pi / 2)
            self.c.close_path()
        else:
            self.c.rectangle(x0, y0, max(x1 - x0, 0.5), max(y1 - y0, 0.5))
        self.paint(fill, edge, width, dash, alpha=alpha)

    def ellipse(
        self,
        box: Box,
        fill: Fill | None,
        edge: Fill | None = None,
        width: float = 0,
        dash: Sequence[float] = (),
        alpha: float = 1.0,
    ) -> None:
        (x0, y0), (x1, y1) = self.at(box[:2]), self.at(box[2:])
        self.c.save()
        self.c.translate((x0 + x1) / 2, (y0 + y1) / 2)
        self.c.scale(max((x1 - x0) / 2, 0.3), max((y1 - y0) / 2, 0.3))
        self.c.arc(0, 0, 1, 0, 2 * np.pi)
        self.c.restore()
        self.paint(fill, edge, width, dash, alpha=alpha)

    def disc(
        self,
        at: Point,
        radius: float,
        fill: Fill | None,
        edge: Fill | None = None,
        width: float = 0,
        alpha: float = 1.0,
        dash: Sequence[float] = (),
    ) -> None:
        self.c.new_sub_path()
        self.c.arc(*self.at(at), self.length(radius), 0, 2 * np.pi)
        self.paint(fill, edge, width, dash, alpha=alpha)

    def sector(
        self,
        at: Point,
        inner: float,
        outer: float,
        start: float,
        stop: float,
        fill: Fill | None,
        edge: Fill | None = None,
        width: float = 0,
    ) -> None:
        """A slice of a ring; radians clockwise from three o'clock."""
        x, y = self.at(at)
        self.c.new_sub_path()
        self.c.arc(x, y, self.length(outer), start, stop)
        if inner:
            self.c.arc_negative(x, y, self.length(inner), stop, start)
        else:
            self.c.line_to(x, y)
        self.c.close_path()
        self.paint(fill, edge, width)

    def arc(
        self,
        at: Point,
        radius: float,
        start: float,
        stop: float,
        colour: Fill,
        width: float,
        dash: Sequence[float] = (),
        cap: str = "butt",
    ) -> None:
        self.c.new_sub_path()
        self.c.arc(*self.at(at), self.length(radius), start, stop)
        self.paint(None, colour, width, dash, cap)

    def arrow(
        self,
        points: Sequence[Point],
        colour: Fill,
        width: float,
        head: float,
        kind: str = "triangle",
        both: bool = False,
        smooth: bool = False,
        dash: Sequence[float] = (),
    ) -> None:
        """An arrow along points. Kinds of heads: triangle, stealth, open, bar (inhibition), dot, none."""
        p = np.array([self.at(q) for q in points], float)
        if smooth and len(p) == 3:
            t = np.linspace(0, 1, 16)[:, None]
            p = (1 - t) ** 2 * p[0] + 2 * t * (1 - t) * p[1] + t * t * p[2]
        size = self.length(head)
        ends = [(p[-1], p[-2])] + ([(p[0], p[1])] if both else [])
        back = {
            "triangle": size * 0.9,
            "stealth": size * 0.65,
            "open": self.length(width) * 0.6,
            "bar": self.length(width) * 0.5,
            "dot": size * 0.3,
            "none": 0,
        }[kind]
        shaft = p.copy()
        for k, (tip, before) in zip((-1, 0), ends):
            d = (tip - before) / max(np.hypot(*(tip - before)), 1e-6)
            shaft[k] = tip - d * min(back, np.hypot(*(tip - before)))
        self.c.move_to(*shaft[0])
        for q in shaft[1:]:
            self.c.line_to(*q)
        self.paint(None, colour, width, dash, "butt", "round")
        for tip, before in ends:
            d = (tip - before) / max(np.hypot(*(tip - before)), 1e-6)
            n = np.array([-d[1], d[0]])
            if kind in ("triangle", "stealth"):
                points_ = (
                    [tip, tip - d * size + n * size * 0.42]
                    + ([tip - d * size * 0.68] if kind == "stealth" else [])
                    + [tip - d * size - n * size * 0.42]
                )
                self.c.move_to(*points_[0])
                for q in points_[1:]:
                    self.c.line_to(*q)
                self.c.close_path()
                self.paint(colour)
            elif kind == "open":
                self.c.move_to(*(tip - d * size + n * size * 0.5))
                self.c.line_to(*tip)
                self.c.line_to(*(tip - d * size - n * size * 0.5))
                self.paint(None, colour, width, (), "round", "miter")
            elif kind == "bar":
                self.c.move_to(*(tip + n * size * 0.6))
                self.c.line_to(*(tip - n * size * 0.6))
                self.paint(None, colour, width)
            elif kind == "dot":
                self.c.new_sub_path()
                self.c.arc(*tip, size * 0.35, 0, 2 * np.pi)
                self.paint(colour)

    def block_arrow(
        self, tail: Point, tip: Point, width: float, head: float, fill: Fill, edge: Fill | None = None, line: float = 0
    ) -> None:
        """A fat arrow with an outline of its own."""
        a, b = np.array(self.at(tail)), np.array(self.at(tip))
        long = max(np.hypot(*(b - a)), 1e-6)
        d = (b - a) / long
        n, w, h = np.array([-d[1], d[0]]), self.length(width) / 2, min(self.length(head), long * 0.6)
        for k, q in enumerate(
            (
                a + n * w,
                b - d * h + n * w,
                b - d * h + n * w * 2,
                b,
                b - d * h - n * w * 2,
                b - d * h - n * w,
                a - n * w,
            )
        ):
            (self.c.line_to if k else self.c.move_to)(*q)
        self.c.close_path()
        self.paint(fill, edge, line)

    def write(
        self,
        at: Point,
        string: str,
        font: Path,
        size: float,
        colour: Colour,
        anchor: str = "mm",
        turn: float = 0.0,
        index: int | None = None,
    ) -> None:
        """A line of text, or the word `index` of it, without hinting."""
        family, slant, weight = _toy(font)
        self.c.select_font_face(family, slant, weight)
        self.c.set_font_size(max(self.length(size), 4))
        options = cairo.FontOptions(
            antialias=cairo.ANTIALIAS_GRAY, hint_style=cairo.HINT_STYLE_NONE, hint_metrics=cairo.HINT_METRICS_OFF
        )
        self.c.set_font_options(options)
        ascent, descent = self.c.font_extents()[:2]
        wide = self.c.text_extents(string)[4]
        dx = {"l": 0.0, "m": -wide / 2, "r": -wide}[anchor[0]]
        dy = {"t": ascent, "m": (ascent - descent) / 2, "b": -descent, "s": 0.0, "a": ascent}[anchor[1]]
        if index is not None and word_count(string) > 1:
            words = string.split(" ")
            dx += self.c.text_extents(" ".join(words[:index]) + " ")[4] if index else 0
            string = words[index]
        self.c.save()
        self.c.translate(*self.at(at))
        self.c.rotate(turn)
        self.c.move_to(dx, dy)
        self._source(colour, 1.0)
        self.c.show_text(string)
        self.c.restore()
        self.c.new_path()

    def patch(self, opacity: float = 1.0, shadow: float = 0.0, blur: float = 0.0) -> Patch:
        self.surface.flush()
        a = np.ndarray(
            (self.frame.height, self.frame.width, 4),
            np.uint8,
            self.surface.get_data(),
            strides=(self.surface.get_stride(), 4, 1),
        )
        rows, columns = a[..., 3].any(1).nonzero()[0], a[..., 3].any(0).nonzero()[0]
        if not len(rows):
            return EMPTY
        x, y = int(columns[0]), int(rows[0])
        rgba = a[y : rows[-1] + 1, x : columns[-1] + 1][..., [2, 1, 0, 3]].astype(np.float32) * np.float32(
            opacity / 255
        )
        patch = Patch(x, y, rgba)
        if shadow:
            patch = patch.grown(self.frame, int(shadow * self.frame.unit * 4) + 1)
            patch.rgba[..., 3] += shadow_of(patch.rgba[..., 3], shadow * self.frame.unit) * (1 - patch.rgba[..., 3])
        return patch.soft(self.frame, blur) if blur else patch


@lru_cache(None)
def _toy(font: Path) -> tuple[str, int, int] | None:
    """Family, slant and weight under which cairo finds a font file; nothing if it would take another."""
    family, style = ImageFont.truetype(str(font), 20).getname()
    bold, italic = "Bold" in style or "Demi" in style, "Italic" in style or "Oblique" in style
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", f"{family}:weight={200 if bold else 80}:slant={100 if italic else 0}"],
        capture_output=True,
        text=True,
    ).stdout
    return (
        (
            family,
            cairo.FONT_SLANT_ITALIC if italic else cairo.FONT_SLANT_NORMAL,
            cairo.FONT_WEIGHT_BOLD if bold else cairo.FONT_WEIGHT_NORMAL,
        )
        if found == str(font)
        else None
    )


def can_write(font: Path, string: str) -> bool:
    return _toy(font) is not None and all(c < "\u0590" for c in string)


def frozen(function: Callable, seen: dict | None = None) -> Callable:
    """The function with the values that its free variables have now: a loop goes on, a name is used again, and what was meant to be drawn must not change with it."""
    seen = {} if seen is None else seen
    if not isinstance(function, FunctionType) or not function.__closure__:
        return function
    if function not in seen:
        seen[function] = function  # one that calls itself stays
        cells = []
        for cell in function.__closure__:
            try:
                cells.append(CellType(frozen(cell.cell_contents, seen)))
            except ValueError:  # not bound yet
                cells.append(cell)
        seen[function] = FunctionType(
            function.__code__, function.__globals__, function.__name__, function.__defaults__, tuple(cells)
        )
        seen[function].__kwdefaults__ = function.__kwdefaults__
    return seen[function]


def drawn(
    role: Role,
    paint: Callable[[Pen], None],
    what: str = "",
    opacity: float = 1.0,
    shadow: float = 0.0,
    blur: float = 0.0,
    crisp: bool = False,
) -> Element:
    """An element painted by cairo; `paint` is taken as it is now."""
    paint = frozen(paint)

    def draw(frame: Frame) -> Patch:
        pen = Pen(frame, crisp)
        paint(pen)
        return pen.patch(opacity, shadow, blur)

    return Element(role, draw, what)


def written(
    at: Point,
    string: str,
    font: Path,
    size: float,
    colour: Colour,
    anchor: str = "mm",
    turn: float = 0.0,
    what: str = "label",
    width: float | None = None,
) -> Element:
    """A line of text painted by cairo, with its words as parts; with `width`, a fraction of the figure's width, it shrinks until it is no longer than that."""

    def paint(pen: Pen, index: int | None) -> None:
        fitted = size
        if width:
            pen.c.select_font_face(*_toy(font))
            pen.c.set_font_size(max(pen.length(size), 4))
            have = pen.c.text_extents(string)[4] / pen.frame.width
            fitted = size * min(1, width / max(have, 1e-6))
        pen.write(at, string, font, fitted, colour, anchor, turn, index)

    whole, count = drawn(Role.TEXT, lambda pen: paint(pen, None), what), word_count(string)
    parts = (
        [
            replace(drawn(Role.TEXT, lambda pen, k=k: paint(pen, k), what), words=string.split(" ")[k])
            for k in range(count)
        ]
        if count > 1
        else []
    )
    return replace(whole, words=string, parts=tuple(grouped("line", parts)))
