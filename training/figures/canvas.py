"""Painting: every element on its own transparent canvas, composited in float, quantised once.

Positions are fractions of the figure's width and height, lengths fractions of its shorter side, so one scene
renders at any size. Vector drawing happens on a canvas three times larger and is area-averaged: alpha is coverage.
"""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy.ndimage import gaussian_filter

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
        rgb = np.clip(paint(x1 - x0, y1 - y0), 0, 1)
        return Patch(x0, y0, np.concatenate([rgb, np.ones_like(rgb[..., :1])], -1).astype(np.float32))


EMPTY = Patch(0, 0, np.zeros((0, 0, 4), np.float32))


class Ink:
    """Vector drawing with fractional coordinates."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.image = Image.new("RGBA", (frame.width * OVERSAMPLING, frame.height * OVERSAMPLING))
        self.draw = ImageDraw.Draw(self.image)
        self.draw.fontmode = "1"

    def xy(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.image.width, y * self.image.height) for x, y in points]

    def length(self, fraction: float) -> int:
        return max(1, round(fraction * self.frame.unit * OVERSAMPLING))

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        self.draw.line(self.xy(points), fill=(*colour, 255), width=self.length(width), joint="curve")

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        self.draw.polygon(self.xy(points), fill=(*fill, 255))

    def box(self, box: Box, fill: Colour | None, edge: Colour | None = None, width: float = 0, radius: float = 0) -> None:
        (x0, y0), (x1, y1) = self.xy([box[:2], box[2:]])
        self.draw.rounded_rectangle((x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)), radius=self.length(radius) if radius else 0,
                                    **self._paint(fill, edge, width))

    def ellipse(self, box: Box, fill: Colour | None, edge: Colour | None = None, width: float = 0) -> None:
        (x0, y0), (x1, y1) = self.xy([box[:2], box[2:]])
        self.draw.ellipse((x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)), **self._paint(fill, edge, width))

    def dot(self, at: Point, radius: float, fill: Colour) -> None:
        (x, y), r = self.xy([at])[0], self.length(radius)
        self.draw.ellipse((x - r, y - r, x + r, y + r), fill=(*fill, 255))

    def arrow(self, tail: Point, tip: Point, colour: Colour, width: float, head: float) -> None:
        (x0, y0), (x1, y1) = self.xy([tail, tip])
        size, norm = self.length(head), max(np.hypot(x1 - x0, y1 - y0), 1e-6)
        dx, dy = (x1 - x0) / norm, (y1 - y0) / norm
        bx, by = x1 - dx * size, y1 - dy * size
        self.draw.line([(x0, y0), (bx, by)], fill=(*colour, 255), width=self.length(width))
        self.draw.polygon([(x1, y1), (bx - dy * size * .6, by + dx * size * .6), (bx + dy * size * .6, by - dx * size * .6)],
                          fill=(*colour, 255))

    def text(self, at: Point, string: str, font: Path, size: float, colour: Colour, anchor: str = "mm") -> None:
        face = ImageFont.truetype(str(font), max(6, self.length(size)))
        self.draw.text(self.xy([at])[0], string, font=face, fill=(*colour, 255), anchor=anchor)

    def _paint(self, fill: Colour | None, edge: Colour | None, width: float) -> dict:
        return {"fill": (*fill, 255) if fill else None, "outline": (*edge, 255) if edge else None,
                "width": self.length(width) if edge else 0}

    def patch(self, opacity: float = 1.0, shadow: float = 0.0) -> Patch:
        """What was drawn, area-averaged; `shadow` > 0 puts a soft black shadow of that blur radius under it."""
        bounds = self.image.getbbox()
        if bounds is None:
            return EMPTY
        margin = int(np.ceil(shadow * self.frame.unit * 4)) + 1
        x0, y0 = (max(v // OVERSAMPLING - margin, 0) for v in bounds[:2])
        x1 = min(-(-bounds[2] // OVERSAMPLING) + margin, self.frame.width)
        y1 = min(-(-bounds[3] // OVERSAMPLING) + margin, self.frame.height)
        area = self.image.crop(tuple(v * OVERSAMPLING for v in (x0, y0, x1, y1)))
        a = np.asarray(area, np.float32) / 255
        a[..., :3] *= a[..., 3:]
        rgba = a.reshape(y1 - y0, OVERSAMPLING, x1 - x0, OVERSAMPLING, 4).mean((1, 3)) * np.float32(opacity)
        if shadow:
            blur = shadow * self.frame.unit
            offset = max(1, round(blur))
            dark = np.zeros_like(rgba[..., 3])
            dark[offset:, offset:] = rgba[:-offset, :-offset, 3]
            dark = gaussian_filter(dark, blur) * np.float32(.6)
            rgba[..., 3] += dark * (1 - rgba[..., 3])
        return Patch(x0, y0, rgba)


def over(layer: np.ndarray, patch: Patch) -> None:
    """Porter-Duff over, premultiplied, in place."""
    h, w = patch.rgba.shape[:2]
    part = layer[patch.y:patch.y + h, patch.x:patch.x + w]
    part *= 1 - patch.rgba[..., 3:]
    part += patch.rgba


def straight(layer: np.ndarray) -> np.ndarray:
    """Straight alpha; colour under alpha 0 flows in from the visible parts, coarse to fine (push-pull)."""
    return np.concatenate([_push_pull(layer), layer[..., 3:]], -1)


def _push_pull(layer: np.ndarray) -> np.ndarray:
    h, w = layer.shape[:2]
    if h * w == 1 or layer[..., 3].min() > .99:
        alpha = layer[..., 3:]
        return np.where(alpha > 1e-4, layer[..., :3] / np.maximum(alpha, 1e-4), .5).astype(np.float32)
    padded = np.pad(layer, ((0, h % 2), (0, w % 2), (0, 0)), mode="edge")
    half = padded.reshape((h + 1) // 2, 2, (w + 1) // 2, 2, 4).mean((1, 3))
    below = _push_pull(half).repeat(2, 0).repeat(2, 1)[:h, :w]
    weight = np.minimum(layer[..., 3:] * 16, 1)
    own = layer[..., :3] / np.maximum(layer[..., 3:], 1e-4)
    return own * weight + below * (1 - weight)


def quantise(layer: np.ndarray) -> np.ndarray:
    """[0,1] to 8 bit, half to even."""
    return np.rint(np.clip(layer, 0, 1) * 255).astype(np.uint8)
