"""Painting: every element on its own transparent canvas, composited in float, quantised once.

Positions are fractions of the figure's width and height, lengths fractions of its shorter side, so one scene
renders at any size. Vector drawing happens three times larger and is area-averaged: alpha is coverage. A canvas is only as
large as what is drawn on it.
"""
from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import gaussian_filter, gaussian_filter1d

OVERSAMPLING = 3
Colour = tuple[int, int, int]
Point = tuple[float, float]
Box = tuple[float, float, float, float]   # left, top, right, bottom as fractions


@dataclass(frozen=True)
class Frame:
    """The size in pixels at which a scene is rendered."""
    width: int
    height: int

    @property
    def unit(self) -> int:
        return min(self.width, self.height)

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """The whole-pixel box inside the frame, at least two pixels wide and high."""
        x0, x1 = (min(max(round(v * self.width), 0), self.width) for v in (box[0], box[2]))
        y0, y1 = (min(max(round(v * self.height), 0), self.height) for v in (box[1], box[3]))
        x0, y0 = min(x0, self.width - 2), min(y0, self.height - 2)
        return x0, y0, max(x1, x0 + 2), max(y1, y0 + 2)


@dataclass(frozen=True)
class Patch:
    """A part of a layer: premultiplied RGBA in [0,1], (h,w,4) f32, and where its top-left pixel lies."""
    x: int
    y: int
    rgba: np.ndarray

    @staticmethod
    def opaque(frame: Frame, box: Box, paint: Callable[[int, int], np.ndarray]) -> "Patch":
        """A picture `paint(width, height)` -> (h,w,3) in [0,1] that fills the box."""
        x0, y0, x1, y1 = frame.pixels(box)
        rgba = np.ones((y1 - y0, x1 - x0, 4), np.float32)
        np.clip(paint(x1 - x0, y1 - y0), 0, 1, out=rgba[..., :3])
        return Patch(x0, y0, rgba)

    def shaded(self, shade: Callable[[int, int], np.ndarray]) -> "Patch":
        """The same coverage in other colours: `shade(width, height)` -> (h,w,3) or (1,1,3) in [0,1]."""
        h, w = self.rgba.shape[:2]
        if h == 0:
            return self
        rgba = self.rgba.copy()
        rgba[..., :3] = np.clip(shade(w, h), 0, 1) * rgba[..., 3:]
        return replace(self, rgba=rgba)

    def grown(self, frame: Frame, margin: int) -> "Patch":
        """The same with a transparent rim, as far as the frame goes."""
        h, w = self.rgba.shape[:2]
        left, top = min(margin, self.x), min(margin, self.y)
        right, bottom = min(margin, frame.width - self.x - w), min(margin, frame.height - self.y - h)
        return Patch(self.x - left, self.y - top, np.pad(self.rgba, ((top, bottom), (left, right), (0, 0))))

    def soft(self, frame: Frame, blur: float) -> "Patch":
        """Out of focus by `blur`, a fraction of the shorter side."""
        sigma = blur * frame.unit
        if sigma < .3 or not self.rgba.size:
            return self
        wide = self.grown(frame, int(sigma * 2.5) + 1)
        rgba = wide.rgba
        for axis in (0, 1):
            rgba = gaussian_filter1d(rgba, sigma, axis, mode="constant", truncate=2.5)
        return replace(wide, rgba=rgba)

    def turned(self, angle: float) -> "Patch":
        """Turned about its middle by an angle in degrees, counter-clockwise; the rim is cut by the patch's old box no more."""
        bands = [Image.fromarray(np.ascontiguousarray(self.rgba[..., k])).rotate(angle, Image.BILINEAR, expand=True) for k in range(4)]
        rgba = np.stack([np.asarray(b) for b in bands], -1)
        h, w = self.rgba.shape[:2]
        return Patch(self.x + (w - rgba.shape[1]) // 2, self.y + (h - rgba.shape[0]) // 2, rgba)


EMPTY = Patch(0, 0, np.zeros((0, 0, 4), np.float32))


class PillowPen:
    """Vector drawing with fractional coordinates. Strokes are noted first and painted when the patch is asked for, on a canvas
    that just holds them."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.width, self.height = frame.width * OVERSAMPLING, frame.height * OVERSAMPLING
        self._strokes: list[Callable[[ImageDraw.ImageDraw, float, float], None]] = []
        self._bounds = [1e9, 1e9, -1e9, -1e9]

    def xy(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.width, y * self.height) for x, y in points]

    def length(self, fraction: float) -> int:
        return max(1, round(fraction * self.frame.unit * OVERSAMPLING))

    def round(self, at: Point, radius: float, points: Sequence[Point], turn: float = 0.0) -> list[Point]:
        """Points about `at`, in units of a radius that is a fraction of the shorter side, as fractions of the figure."""
        c, s = np.cos(turn), np.sin(turn)
        rx, ry = radius * self.frame.unit / self.frame.width, radius * self.frame.unit / self.frame.height
        return [(at[0] + (x * c - y * s) * rx, at[1] + (x * s + y * c) * ry) for x, y in points]

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        p, w = self.xy(points), self.length(width)
        self._note(p, w, lambda d, x, y: d.line(_moved(p, x, y), fill=(*colour, 255), width=w, joint="curve"))

    def dashes(self, points: Sequence[Point], colour: Colour, width: float, on: float, off: float) -> None:
        """A broken line; `on` and `off` are lengths along it."""
        p, w, period = np.array(self.xy(points)), self.length(width), self.length(on) + self.length(off)
        steps = np.hypot(*np.diff(p, axis=0).T)
        along = np.concatenate([[0], np.cumsum(steps)])
        for start in np.arange(0, along[-1], period):
            stop = min(start + self.length(on), along[-1])
            at = np.unique(np.concatenate([[start], along[(along > start) & (along < stop)], [stop]]))
            piece = list(zip(np.interp(at, along, p[:, 0]).tolist(), np.interp(at, along, p[:, 1]).tolist()))
            self._note(piece, w, lambda d, x, y, q=piece: d.line(_moved(q, x, y), fill=(*colour, 255), width=w))

    def polygon(self, points: Sequence[Point], fill: Colour, edge: Colour | None = None, width: float = 0) -> None:
        p = self.xy(points)
        self._note(p, 1, lambda d, x, y: d.polygon(_moved(p, x, y), fill=(*fill, 255)))
        if edge:
            self.line([*points, points[0], points[1]], edge, width)

    def box(self, box: Box, fill: Colour | None, edge: Colour | None = None, width: float = 0, radius: float = 0) -> None:
        (x0, y0), (x1, y1) = self.xy([box[:2], box[2:]])
        x1, y1 = max(x1, x0 + 1), max(y1, y0 + 1)
        r, paint = self.length(radius) if radius else 0, self._paint(fill, edge, width)
        self._note([(x0, y0), (x1, y1)], 1, lambda d, x, y: d.rounded_rectangle((x0 - x, y0 - y, x1 - x, y1 - y), radius=r, **paint))

    def ellipse(self, box: Box, fill: Colour | None, edge: Colour | None = None, width: float = 0) -> None:
        (x0, y0), (x1, y1) = self.xy([box[:2], box[2:]])
        x1, y1, paint = max(x1, x0 + 1), max(y1, y0 + 1), self._paint(fill, edge, width)
        self._note([(x0, y0), (x1, y1)], 1, lambda d, x, y: d.ellipse((x0 - x, y0 - y, x1 - x, y1 - y), **paint))

    def dot(self, at: Point, radius: float, fill: Colour) -> None:
        (cx, cy), r = self.xy([at])[0], self.length(radius)
        self._note([(cx, cy)], r + 1, lambda d, x, y: d.ellipse((cx - r - x, cy - r - y, cx + r - x, cy + r - y), fill=(*fill, 255)))

    def sector(self, at: Point, radius: float, start: float, stop: float, fill: Colour, thick: float = 0.0) -> None:
        """A slice of a pie, or with `thick` a piece of a ring; degrees clockwise from three o'clock."""
        (cx, cy), r = self.xy([at])[0], self.length(radius)
        box = lambda x, y: (cx - r - x, cy - r - y, cx + r - x, cy + r - y)
        if thick:
            self._note([(cx, cy)], r + 1, lambda d, x, y: d.arc(box(x, y), start, stop, fill=(*fill, 255), width=self.length(thick)))
        else:
            self._note([(cx, cy)], r + 1, lambda d, x, y: d.pieslice(box(x, y), start, stop, fill=(*fill, 255)))

    def arrow(self, tail: Point, tip: Point, colour: Colour, width: float, head: float) -> None:
        (x0, y0), (x1, y1) = self.xy([tail, tip])
        size, norm = self.length(head), max(np.hypot(x1 - x0, y1 - y0), 1e-6)
        dx, dy = (x1 - x0) / norm, (y1 - y0) / norm
        bx, by = x1 - dx * size, y1 - dy * size
        shaft, w = [(x0, y0), (bx, by)], self.length(width)
        tip_ = [(x1, y1), (bx - dy * size * .6, by + dx * size * .6), (bx + dy * size * .6, by - dx * size * .6)]
        self._note(shaft, w, lambda d, x, y: d.line(_moved(shaft, x, y), fill=(*colour, 255), width=w))
        self._note(tip_, 1, lambda d, x, y: d.polygon(_moved(tip_, x, y), fill=(*colour, 255)))

    def text(self, at: Point, string: str, font: Path, size: float, colour: Colour, anchor: str = "mm") -> None:
        """Text drawn like a shape, three times larger; `writing` is for text that stands by itself."""
        face, (cx, cy) = typeface(str(font), max(6, self.length(size)), True), self.xy([at])[0]
        box = face.getbbox(string, anchor=anchor)
        self._note([(cx + box[0], cy + box[1]), (cx + box[2], cy + box[3])], 2,
                   lambda d, x, y: d.text((cx - x, cy - y), string, font=face, fill=(*colour, 255), anchor=anchor))

    def _paint(self, fill: Colour | None, edge: Colour | None, width: float) -> dict:
        return {"fill": (*fill, 255) if fill else None, "outline": (*edge, 255) if edge else None,
                "width": self.length(width) if edge else 0}

    def _note(self, points: Sequence[Point], margin: float, stroke: Callable[[ImageDraw.ImageDraw, float, float], None]) -> None:
        b, xs, ys = self._bounds, [p[0] for p in points], [p[1] for p in points]
        self._bounds = [min(b[0], min(xs) - margin), min(b[1], min(ys) - margin), max(b[2], max(xs) + margin), max(b[3], max(ys) + margin)]
        self._strokes.append(stroke)

    def patch(self, opacity: float = 1.0, shadow: float = 0.0) -> Patch:
        """What was drawn, area-averaged; `shadow` > 0 puts a soft black shadow of that blur radius under it."""
        margin = int(np.ceil(shadow * self.frame.unit * 4)) + 1
        x0, y0 = (max(int(v) // OVERSAMPLING - margin, 0) if v > 0 else 0 for v in self._bounds[:2])
        x1 = min(-(-int(self._bounds[2] + 2) // OVERSAMPLING) + margin, self.frame.width)
        y1 = min(-(-int(self._bounds[3] + 2) // OVERSAMPLING) + margin, self.frame.height)
        if not self._strokes or x1 <= x0 or y1 <= y0:
            return EMPTY
        image = Image.new("RGBA", ((x1 - x0) * OVERSAMPLING, (y1 - y0) * OVERSAMPLING))
        draw = ImageDraw.Draw(image)
        draw.fontmode = "1"
        for stroke in self._strokes:
            stroke(draw, x0 * OVERSAMPLING, y0 * OVERSAMPLING)
        # Hard edges: alpha is 0 or 255 and colour under alpha 0 is black, so plain sums are premultiplied.
        a = np.asarray(image)
        rows = a[0::3].astype(np.uint16) + a[1::3] + a[2::3]
        sums = rows[:, 0::3] + rows[:, 1::3] + rows[:, 2::3]
        rgba = sums.astype(np.float32)
        rgba *= np.float32(opacity / (255 * OVERSAMPLING ** 2))
        if shadow:
            blur = shadow * self.frame.unit
            offset = max(1, round(blur))
            dark = np.zeros_like(rgba[..., 3])
            dark[offset:, offset:] = rgba[:-offset, :-offset, 3]
            dark = gaussian_filter(dark, blur) * np.float32(.6)
            rgba[..., 3] += dark * (1 - rgba[..., 3])
        return Patch(x0, y0, rgba)


def _moved(points: Sequence[Point], x: float, y: float) -> list[Point]:
    return [(px - x, py - y) for px, py in points]


# ---- text -----------------------------------------------------------------------------------------------------------

@lru_cache(4096)
def typeface(font: str, size: float, shaped: bool) -> ImageFont.FreeTypeFont:
    """`shaped`: scripts whose letters join or reorder go through raqm."""
    return ImageFont.truetype(font, size, layout_engine=ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC)


@dataclass(frozen=True)
class Line:
    """A line of text: where its anchor lies, how tall its font is (fraction of the shorter side); `turned` by 90°, with a rim of
    `halo` in `halo_colour` around it if wanted."""
    at: Point
    string: str
    font: Path
    size: float
    colour: Colour
    anchor: str = "mm"
    turned: bool = False
    halo: float = 0.0
    halo_colour: Colour = (255, 255, 255)


def line_width(frame: Frame, line: Line) -> float:
    """How long a line becomes, as a fraction of the figure's width (of its height if it is turned)."""
    box = _face_of(frame, line).getbbox(line.string)
    return (box[2] - box[0]) / (frame.height if line.turned else frame.width)


def _face_of(frame: Frame, line: Line) -> ImageFont.FreeTypeFont:
    size = max(4.0, round(line.size * frame.unit * 2) / 2)
    return typeface(str(line.font), size, any("\u0590" <= c <= "\u0dff" for c in line.string))


def word_count(string: str) -> int:
    """Into how many words `word` parts a line. Scripts that are written from right to left stay whole."""
    return 1 if any("\u0590" <= c <= "\u08ff" for c in string) else max(len(string.split(" ")), 1)


def word(frame: Frame, line: Line, index: int) -> Patch:
    """One word of a line as it looks in it: the line, cut amid the spaces."""
    whole, count = writing(frame, [line]), word_count(line.string)
    if count == 1:
        return whole
    words, face = line.string.split(" "), _face_of(frame, line)
    start = (line.at[1] * frame.height if line.turned else line.at[0] * frame.width)
    along = {"l": 0.0, "m": face.getlength(line.string) / 2, "r": face.getlength(line.string)}[line.anchor[0]]
    ends = [round(face.getlength(" ".join(words[:k])) + face.getlength(" ") / 2 - along) for k in range(1, count)]
    low, high = ([-10**6, *ends][index], [*ends, 10**6][index])
    if line.turned:   # reading upwards
        y0, y1 = (int(np.clip(round(start) - v - whole.y, 0, whole.rgba.shape[0])) for v in (high, low))
        return Patch(whole.x, whole.y + y0, whole.rgba[y0:y1])
    x0, x1 = (int(np.clip(round(start) + v - whole.x, 0, whole.rgba.shape[1])) for v in (low, high))
    return Patch(whole.x + x0, whole.y, whole.rgba[:, x0:x1])


def between_gaps(line: Patch, count: int, index: int) -> Patch:
    """One of `count` words of a level line that another program drew: cut in the middle of its widest gaps."""
    filled = np.concatenate([[True], (line.rgba[..., 3] > .1).any(0), [True]]) if line.rgba.size else np.array([True, True])
    edges = np.flatnonzero(np.diff(filled.astype(np.int8)))
    gaps = sorted(sorted(zip(edges[::2], edges[1::2]), key=lambda g: g[0] - g[1])[:count - 1])
    cuts = [0, *((a + b) // 2 for a, b in gaps), line.rgba.shape[1]]
    if index >= len(cuts) - 1:
        return EMPTY
    return Patch(line.x + int(cuts[index]), line.y, line.rgba[:, cuts[index]:cuts[index + 1]])


def writing(frame: Frame, lines: Sequence[Line]) -> Patch:
    """Lines over one another as one patch, drawn at the figure's own size with the font's own smoothing, as programs do."""
    masks: list[tuple[int, int, np.ndarray, Colour]] = []
    for line in lines:
        face = _face_of(frame, line)
        x, y = line.at[0] * frame.width, line.at[1] * frame.height
        if line.turned:
            x, y = y, x
        ring = max(1, round(line.halo * frame.unit)) if line.halo else 0
        box = face.getbbox(line.string, anchor=line.anchor, stroke_width=ring)
        w, h = int(box[2] - box[0]) + 3, int(box[3] - box[1]) + 3
        left, top = int(np.floor(x + box[0])) - 1, int(np.floor(y + box[1])) - 1
        if w > 4 * frame.width + 99 or w < 4 or h < 4:
            continue
        for stroke, colour in ([(ring, line.halo_colour)] if ring else []) + [(0, line.colour)]:
            image = Image.new("L", (w, h))
            ImageDraw.Draw(image).text((x - left, y - top), line.string, font=face, fill=255, anchor=line.anchor, stroke_width=stroke)
            mask, at = np.asarray(image), (left, top)
            if line.turned:   # reading upwards, the middle of the line at the anchor
                mask = mask[:, ::-1].T
                at = (top, round(2 * x - left - w))
            masks.append((*at, mask, colour))
    x0, y0 = max(0, min((m[0] for m in masks), default=0)), max(0, min((m[1] for m in masks), default=0))
    x1 = min(frame.width, max((m[0] + m[2].shape[1] for m in masks), default=0))
    y1 = min(frame.height, max((m[1] + m[2].shape[0] for m in masks), default=0))
    if x1 <= x0 or y1 <= y0:
        return EMPTY
    rgba = np.zeros((y1 - y0, x1 - x0, 4), np.float32)
    for x, y, mask, colour in masks:
        u0, v0, u1, v1 = max(x, x0), max(y, y0), min(x + mask.shape[1], x1), min(y + mask.shape[0], y1)
        if u1 <= u0 or v1 <= v0:
            continue
        cover = (mask[v0 - y:v1 - y, u0 - x:u1 - x, None] / np.float32(255))
        part = rgba[v0 - y0:v1 - y0, u0 - x0:u1 - x0]
        part *= 1 - cover
        part += cover * np.array([*colour, 255], np.float32) / np.float32(255)
    return Patch(x0, y0, rgba)


# ---- layers ---------------------------------------------------------------------------------------------------------

def over(layer: np.ndarray, patch: Patch) -> None:
    """Porter-Duff over, premultiplied, in place; what lies outside of the layer is cut off."""
    h, w = patch.rgba.shape[:2]
    x0, y0, x1, y1 = max(patch.x, 0), max(patch.y, 0), min(patch.x + w, layer.shape[1]), min(patch.y + h, layer.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    source = patch.rgba[y0 - patch.y:y1 - patch.y, x0 - patch.x:x1 - patch.x]
    part = layer[y0:y1, x0:x1]
    part *= 1 - source[..., 3:]
    part += source


def straight(layer: np.ndarray) -> np.ndarray:
    """Straight alpha; colour under alpha 0 flows in from the visible parts, coarse to fine (push-pull)."""
    return np.concatenate([_push_pull(layer), layer[..., 3:]], -1)


def _push_pull(layer: np.ndarray) -> np.ndarray:
    h, w = layer.shape[:2]
    alpha = layer[..., 3:]
    if h * w == 1 or alpha.min() > .99:
        return np.where(alpha > 1e-4, layer[..., :3] / np.maximum(alpha, 1e-4), .5).astype(np.float32)
    padded = np.pad(layer, ((0, h % 2), (0, w % 2), (0, 0)), mode="edge") if h % 2 or w % 2 else layer
    half = padded[0::2] + padded[1::2]
    half = (half[:, 0::2] + half[:, 1::2]) * np.float32(.25)
    below = _push_pull(half).repeat(2, 0).repeat(2, 1)[:h, :w]
    own = layer[..., :3] / np.maximum(alpha, 1e-4)
    own -= below
    own *= np.minimum(alpha * 128, 1)
    own += below
    return own


def quantise(layer: np.ndarray) -> np.ndarray:
    """[0,1] to 8 bit, half to even."""
    scaled = layer * np.float32(255)
    np.rint(scaled, out=scaled)
    return np.clip(scaled, 0, 255, out=scaled).astype(np.uint8)
