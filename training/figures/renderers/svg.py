"""Drawing of SVG by librsvg, for the development set only: training never sees it.

A `Drawing` collects SVG fragments, each with an id; librsvg draws one of them at a time. Lengths are in user units: the shorter side has 300.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from dataclasses import dataclass, field
from functools import lru_cache
from xml.sax.saxutils import escape

import cairocffi as cairo
import numpy as np
from PIL import ImageFont

from ..canvas import EMPTY, Frame, Patch, between_gaps
from ..elements import Element, Group, Role, grouped
from ..style import Style

UNITS = 300.0


class _Rectangle(ctypes.Structure):
    _fields_ = [("x", ctypes.c_double), ("y", ctypes.c_double), ("width", ctypes.c_double), ("height", ctypes.c_double)]


@lru_cache(None)
def _library() -> ctypes.CDLL:
    name = ctypes.util.find_library("rsvg-2")
    if not name:
        raise FileNotFoundError("librsvg is not there: apt-get install librsvg2-2")
    lib = ctypes.CDLL(name)
    lib.rsvg_handle_new_from_data.restype = ctypes.c_void_p
    lib.rsvg_handle_new_from_data.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p]
    lib.rsvg_handle_render_layer.argtypes = [
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.POINTER(_Rectangle),
        ctypes.c_void_p,
    ]
    lib.rsvg_handle_render_layer.restype = ctypes.c_int
    lib.g_object_unref = ctypes.CDLL(ctypes.util.find_library("gobject-2.0")).g_object_unref
    lib.g_object_unref.argtypes = [ctypes.c_void_p]
    return lib


class _Handle:
    """A parsed document."""

    def __init__(self, text: str) -> None:
        data = text.encode()
        self.pointer = _library().rsvg_handle_new_from_data(data, len(data), None)
        if not self.pointer:
            raise ValueError("librsvg does not take this document: " + text[:400])

    def __del__(self) -> None:
        if getattr(self, "pointer", None):
            _library().g_object_unref(self.pointer)


@lru_cache(4)
def _parsed(text: str) -> _Handle:
    return _Handle(text)


@dataclass
class Drawing:
    """SVG in the making. `defs` holds gradients, filters, markers, patterns."""

    style: Style
    defs: list[str] = field(default_factory=list)
    _bodies: list[str] = field(default_factory=list)
    parts: list[Element] = field(default_factory=list)
    _groups: list[Group] = field(default_factory=list)

    def __post_init__(self) -> None:
        family, style = ImageFont.truetype(str(self.style.font), 20).getname()
        weight = 700 if "Bold" in style else 300 if "Light" in style else 600 if "Semi" in style else 400
        self.font = f'font-family="{family}" font-weight="{weight}"' + (
            ' font-style="italic"' if "Italic" in style else ""
        )

    def group(self, kind: str) -> "Drawing":
        self._groups.append(Group(kind))
        return self

    def __enter__(self) -> Group:
        return self._groups[-1]

    def __exit__(self, *_) -> None:
        self._groups.pop()

    def define(self, text: str) -> str:
        """Adds a definition whose id is ID; returns what refers to it."""
        name = f"d{len(self.defs)}"
        self.defs.append(text.replace("ID", name))
        return f"url(#{name})"

    def add(self, role: Role, body: str, what: str = "", words: str = "") -> None:
        """A fragment in fractions-free coordinates: W and H in it are not replaced; use x, y in per mille of the page by `transform`."""
        name = f"e{len(self._bodies)}"
        self._bodies.append(body)
        draw = lambda frame: self._draw(frame, name)
        parts = ()
        count = len(words.split(" "))
        if role == Role.TEXT and count > 1 and "rotate" not in body:
            parts = tuple(
                grouped(
                    "line",
                    [
                        Element(role, lambda frame, k=k: between_gaps(draw(frame), count, k), what, w)
                        for k, w in enumerate(words.split(" "))
                    ],
                )
            )
        self.parts.append(Element(role, draw, what, words, None, tuple(reversed(self._groups)), parts))

    def text(
        self,
        x: float,
        y: float,
        string: str,
        size: float,
        colour: str,
        anchor: str = "middle",
        what: str = "label",
        more: str = "",
        turn: float = 0,
    ) -> None:
        """Text with its middle at a height; x and y as in `place`."""
        rotate = f' transform="rotate({turn:.1f} {{X}} {{Y}})"' if turn else ""
        self.add(
            Role.TEXT,
            f'<text x="{{X}}" y="{{Y}}" dy=".35em" {self.font} font-size="{size:.2f}" fill="{colour}" text-anchor="{anchor}" {more}{rotate}>{escape(string)}</text>'.replace(
                "{X}", f"{{x:{x}}}"
            ).replace(
                "{Y}", f"{{y:{y}}}"
            ),
            what,
            string,
        )

    def _document(self, frame: Frame) -> str:
        """Coordinates written {x:0.5} and {y:0.5} are fractions of the page's width and height, so that it fits every frame."""
        import re

        w, h = UNITS * frame.width / frame.unit, UNITS * frame.height / frame.unit
        text = "".join(f'<g id="e{k}">{body}</g>' for k, body in enumerate(self._bodies))
        text = f"<defs>{''.join(self.defs)}</defs>{text}"
        text = re.sub(r"\{([xy]):([-0-9.e]+)\}", lambda m: f"{float(m[2]) * (w if m[1] == 'x' else h):.2f}", text)
        return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{text}</svg>'

    def _draw(self, frame: Frame, name: str) -> Patch:
        if getattr(self, "_for", None) != frame:
            self._for, self._text = frame, self._document(frame)
        handle = _parsed(self._text)
        surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, frame.width, frame.height)
        context = cairo.Context(surface)
        box = _Rectangle(0, 0, frame.width, frame.height)
        pointer = int(cairo.ffi.cast("uintptr_t", context._pointer))
        if not _library().rsvg_handle_render_layer(
            handle.pointer, pointer, f"#{name}".encode(), ctypes.byref(box), None
        ):
            raise ValueError(f"librsvg could not draw {name}")
        surface.flush()
        a = np.ndarray(
            (frame.height, frame.width, 4), np.uint8, surface.get_data(), strides=(surface.get_stride(), 4, 1)
        )
        rows, columns = a[..., 3].any(1).nonzero()[0], a[..., 3].any(0).nonzero()[0]
        if not len(rows):
            return EMPTY
        x, y = int(columns[0]), int(rows[0])
        return Patch(x, y, a[y : rows[-1] + 1, x : columns[-1] + 1][..., [2, 1, 0, 3]].astype(np.float32) / 255)
