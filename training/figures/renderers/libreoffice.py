"""Drawing by LibreOffice Draw: slides, flow charts and shapes as office programs draw them.

LibreOffice starts slowly, so its figures are drawn beforehand, into the cache folder of `real`: python -m figures.renderers.libreoffice --count 300. Every object of a figure is alone on a page
of one document, which LibreOffice writes as PDF and poppler paints with a transparent background, in three shapes of page; a figure takes the one nearest to its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from PIL import Image

from .. import real
from ..canvas import EMPTY, Frame, Patch, between_gaps
from ..elements import Element, Group, Role, grouped, mixed
from ..style import Style, pick_style, readable
from .cairo import _toy

SHAPES = (1.4, 1.0, 0.72)  # of pages, width to height
SIDE = 480  # pixels of a page's shorter side
_MARGIN = 6
_CM = 10.0
BOXES = (
    "rectangle",
    "round-rectangle",
    "ellipse",
    "diamond",
    "parallelogram",
    "hexagon",
    "octagon",
    "cube",
    "can",
    "flowchart-document",
    "flowchart-terminator",
    "flowchart-data",
    "flowchart-preparation",
    "flowchart-predefined-process",
    "flowchart-multidocument",
    "flowchart-magnetic-disk",
)
SIGNS = (
    "cloud",
    "heart",
    "star5",
    "star4",
    "star8",
    "sun",
    "moon",
    "smiley",
    "lightning",
    "cross",
    "ring",
    "block-arc",
    "quad-arrow",
    "isosceles-triangle",
    "trapezoid",
    "right-triangle",
    "octagon",
    "paper",
    "puzzle",
    "frame",
    "flower",
    "bang",
    "forbidden",
)
ARROWS = ("right-arrow", "left-right-arrow", "notched-right-arrow", "pentagon-right", "chevron", "striped-right-arrow")
CALLOUTS = ("rectangular-callout", "round-rectangular-callout", "round-callout", "cloud-callout")


def _hex(c) -> str:
    return "#%02x%02x%02x" % tuple(int(v) for v in c)


@dataclass
class Slide:
    """Objects in painting order. Coordinates are fractions; `{x:..}`, `{y:..}` in an object become centimetres of the page."""

    rng: np.random.Generator
    style: Style
    styles: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    facts: list[dict] = field(default_factory=list)
    groups: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        toy = _toy(self.style.font)
        self.family, self.bold, self.italic = (
            (toy[0], bool(toy[2]), bool(toy[1]))
            if toy
            else ("Liberation Sans" if self.style.split == "train" else "Carlito", False, False)
        )
        self._count = 0

    def group(self, kind: str) -> "Slide":
        self._count += 1
        self.groups.append((self._count, kind))
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_) -> None:
        self.groups.pop()

    def add(self, role: Role, body: str, graphic: str, what: str = "", words: str = "", text: str = "") -> None:
        name = f"s{len(self.styles)}"
        self.styles.append(
            f'<style:style style:name="NAME{name}" style:family="graphic"><style:graphic-properties {graphic}/>{text}</style:style>'
        )
        self.bodies.append(body.replace("STYLE", f'draw:style-name="NAME{name}"'))
        self.facts.append({"role": role.name, "what": what, "words": words, "groups": list(reversed(self.groups))})

    def look(
        self,
        fill,
        edge=None,
        width: float = 0.0,
        opacity: float = 1.0,
        shadow: bool = False,
        dash: str = "",
        more: str = "",
    ) -> str:
        """Properties of a graphic; `fill` a colour, a name of a gradient or hatch (with its kind), or nothing."""
        if fill is None:
            out = 'draw:fill="none"'
        elif isinstance(fill, tuple) and isinstance(fill[0], str):
            out = f'draw:fill="{fill[0]}" draw:fill-{fill[0]}-name="{fill[1]}"' + (
                f' draw:fill-color="{fill[2]}" draw:fill-hatch-solid="true"' if fill[0] == "hatch" else ""
            )
        else:
            out = f'draw:fill="solid" draw:fill-color="{_hex(fill)}"'
        if opacity < 1:
            out += f' draw:opacity="{opacity * 100:.0f}%"'
        out += (
            f' draw:stroke="{"dash" if dash else "solid"}" svg:stroke-color="{_hex(edge)}" svg:stroke-width="{width:.3f}cm"'
            + (f' draw:stroke-dash="{dash}"' if dash else "")
            if edge is not None
            else ' draw:stroke="none"'
        )
        if shadow:
            out += f' draw:shadow="visible" draw:shadow-offset-x="{self.rng.uniform(.05, .2):.2f}cm" draw:shadow-offset-y="{self.rng.uniform(.05, .2):.2f}cm" draw:shadow-color="#000000" draw:shadow-opacity="{self.rng.uniform(30, 70):.0f}%"'
            if self.rng.random() < 0.6:
                out += f' loext:shadow-blur="{self.rng.uniform(.05, .2):.2f}cm"'
        return out + " " + more

    def shape(self, role: Role, kind: str, box, graphic: str, what: str, turn: float = 0.0) -> None:
        x0, y0, x1, y1 = box
        place = f'svg:width="{{x:{x1 - x0:.4f}}}" svg:height="{{y:{y1 - y0:.4f}}}" svg:x="{{x:{x0:.4f}}}" svg:y="{{y:{y0:.4f}}}"'
        self.add(
            role,
            f'<draw:custom-shape STYLE {place}><draw:enhanced-geometry draw:type="{kind}"/></draw:custom-shape>',
            graphic,
            what,
        )

    def line(
        self,
        role: Role,
        a,
        b,
        colour,
        width: float,
        head: str = "",
        dash: str = "",
        what: str = "connector",
        curve: str = "",
    ) -> None:
        graphic = (
            f'draw:fill="none" draw:stroke="{"dash" if dash else "solid"}" svg:stroke-color="{_hex(colour)}" svg:stroke-width="{width:.3f}cm"'
            + (f' draw:stroke-dash="{dash}"' if dash else "")
        )
        if head:
            graphic += f' draw:marker-end="{head}" draw:marker-end-width="{max(width * self.rng.uniform(3, 5), .18):.3f}cm" draw:marker-end-center="false"'
        ends = (
            f'svg:x1="{{x:{a[0]:.4f}}}" svg:y1="{{y:{a[1]:.4f}}}" svg:x2="{{x:{b[0]:.4f}}}" svg:y2="{{y:{b[1]:.4f}}}"'
        )
        body = f'<draw:connector STYLE draw:type="{curve}" {ends}/>' if curve else f"<draw:line STYLE {ends}/>"
        self.add(role, body, graphic, what)

    def text(self, box, string: str, size: float, colour, anchor: str = "center", what: str = "label") -> None:
        """A line of text in the middle of a box; `size` in centimetres."""
        points = size * 72 / 2.54
        look = (
            f'<style:paragraph-properties fo:text-align="{anchor}"/><style:text-properties fo:font-family="{escape(self.family)}" style:font-family-asian="{escape(self.family)}" fo:font-size="{points:.1f}pt" '
            f'fo:color="{_hex(colour)}"'
            + (' fo:font-weight="bold"' if self.bold else "")
            + (' fo:font-style="italic"' if self.italic else "")
            + "/>"
        )
        x0, y0, x1, y1 = box  # wider, or the line breaks
        x0, x1 = x0 - (0.6 if anchor == "end" else 0 if anchor == "start" else 0.3), x1 + (
            0.6 if anchor == "start" else 0 if anchor == "end" else 0.3
        )
        place = f'svg:width="{{x:{x1 - x0:.4f}}}" svg:height="{{y:{y1 - y0:.4f}}}" svg:x="{{x:{x0:.4f}}}" svg:y="{{y:{y0:.4f}}}"'
        graphic = 'draw:fill="none" draw:stroke="none" draw:textarea-vertical-align="middle" draw:auto-grow-height="false" draw:auto-grow-width="false" fo:padding="0cm" fo:wrap-option="no-wrap"'
        self.add(
            Role.TEXT,
            f'<draw:frame STYLE {place}><draw:text-box><text:p text:style-name="NAMEP{len(self.styles)}">{escape(string)}</text:p></draw:text-box></draw:frame>',
            graphic,
            what,
            string,
        )
        self.styles.append(
            f'<style:style style:name="NAMEP{len(self.styles) - 1}" style:family="paragraph">{look}</style:style>'
        )


def _width(slide: Slide) -> float:
    return float(np.exp(slide.rng.uniform(np.log(0.012), np.log(0.09))))


def _fill(slide: Slide, colour):
    k = slide.rng.random()
    if k < 0.68:
        return colour
    return (
        ("gradient", f"G{slide.rng.integers(40)}")
        if k < 0.92
        else ("hatch", f"H{slide.rng.integers(12)}", _hex(mixed(colour, (255, 255, 255), 0.6)))
    )


def _flow(s: Slide) -> None:
    rng, style = s.rng, s.style
    rows, columns = int(rng.integers(2, 5)), int(rng.integers(1, 4))
    kind, one, width, shadow = str(rng.choice(BOXES)), style.strong(rng), _width(s), rng.random() < 0.2
    size, kinds, graded = float(rng.uniform(0.26, 0.4)), rng.random() < 0.5, _fill(s, one)
    head, dash, curve = (
        str(rng.choice(["A0", "A1", "A2"])),
        str(rng.choice(["", "", "", "D0", "D1"])),
        str(rng.choice(["", "standard", "curve"])),
    )
    w, h = 0.72 / columns, 0.5 / rows
    at = {
        (r, c): ((c + 0.5) / columns, 0.14 + 0.84 * (r + 0.5) / rows)
        for r in range(rows)
        for c in range(columns)
        if rng.random() < 0.85 or not r + c
    }
    for (r, c), (x, y) in at.items():
        for q in ((r + 1, c), (r, c + 1)):
            if q in at and rng.random() < 0.75:
                u, v = at[q]
                a, b = ((x, y + h / 2), (u, v - h / 2)) if q[0] > r else ((x + w / 2, y), (u - w / 2, v))
                s.line(Role.MARK, a, b, style.foreground, width, head, dash, curve=curve)
    for (r, c), (x, y) in at.items():
        tone = one if rng.random() < 0.6 else style.colour(rng)
        with s.group("node"):
            own = str(rng.choice(BOXES)) if kinds else kind
            edge = mixed(tone, style.foreground, 0.6) if rng.random() < 0.6 else None
            s.shape(
                Role.SHAPE,
                own,
                (x - w / 2, y - h / 2, x + w / 2, y + h / 2),
                s.look(graded if rng.random() < 0.7 and tone == one else tone, edge, width, shadow=shadow),
                own.replace("-", " "),
            )
            s.text((x - w / 2, y - h / 2, x + w / 2, y + h / 2), style.word(rng)[:10], size, readable(rng, tone))
    s.text((0.05, 0.02, 0.95, 0.12), style.phrase(rng, 1, 4), size * 1.5, style.foreground, what="title")


def _process(s: Slide) -> None:
    rng, style = s.rng, s.style
    n, kind, _ = int(rng.integers(3, 6)), str(rng.choice(ARROWS)), rng.random()
    y, h, size = float(rng.uniform(0.3, 0.5)), float(rng.uniform(0.16, 0.28)), float(rng.uniform(0.24, 0.36))
    for k in range(n):
        tone = style.colours[k % len(style.colours)] if rng.random() < 0.8 else style.colours[0]
        box = (0.03 + 0.94 * k / n, y, 0.03 + 0.94 * (k + 1) / n - 0.008, y + h)
        with s.group("step"):
            s.shape(
                Role.SHAPE,
                kind,
                box,
                s.look(_fill(s, tone), style.background if rng.random() < 0.3 else None, 0.03, shadow=rng.random() < 0.1),
                "block arrow",
            )
            s.text((box[0] + 0.02, box[1], box[2], box[3]), style.word(rng)[:8], size, readable(rng, tone))
            if rng.random() < 0.6:
                s.text(
                    (box[0], box[3] + 0.02, box[2], box[3] + 0.1),
                    style.word(rng)[:10],
                    size * 0.85,
                    style.foreground,
                    what="caption",
                )
            if rng.random() < 0.5:
                cx = (box[0] + box[2]) / 2
                s.shape(
                    Role.SHAPE,
                    str(rng.choice(SIGNS)),
                    (cx - 0.05, y - 0.17, cx + 0.05, y - 0.05),
                    s.look(_fill(s, tone), style.foreground if rng.random() < 0.3 else None, 0.02),
                    "sign",
                )
    s.text((0.05, 0.03, 0.95, 0.13), style.phrase(rng, 1, 4), size * 1.6, style.foreground, what="title")


def _slide(s: Slide) -> None:
    rng, style = s.rng, s.style
    tone, size = style.strong(rng), float(rng.uniform(0.28, 0.42))
    band = (0, 0, 1, float(rng.uniform(0.13, 0.2)))
    dark = rng.random() < 0.6
    if dark:
        s.shape(Role.PANEL, "rectangle", band, s.look(_fill(s, tone)), "title band")
    s.text(
        (0.04, band[1], 0.96, band[3]),
        style.phrase(rng, 2, 4),
        size * 1.5,
        readable(rng, tone) if dark else style.foreground,
        str(rng.choice(["start", "center"])),
        "title",
    )
    with s.group("block"):
        for k in range(int(rng.integers(3, 7))):
            y = 0.26 + 0.1 * k
            with s.group("line"):
                if rng.random() < 0.8:
                    s.shape(
                        Role.MARK,
                        str(rng.choice(["ellipse", "rectangle", "right-arrow", "diamond"])) if k == 0 else "ellipse",
                        (0.05, y + 0.02, 0.075, y + 0.05),
                        s.look(tone),
                        "bullet",
                    )
                s.text((0.1, y, 0.55, y + 0.07), style.phrase(rng, 2, 4)[:26], size, style.foreground, "start", "")
    for k in range(int(rng.integers(1, 4))):
        c = style.colour(rng)
        x, y, w, h = rng.uniform(0.58, 0.7), rng.uniform(0.22, 0.6), rng.uniform(0.15, 0.28), rng.uniform(0.14, 0.3)
        kind = str(rng.choice(SIGNS + CALLOUTS + ("cube", "can")))
        with s.group("node"):
            s.shape(
                Role.SHAPE,
                kind,
                (x, y, x + w, y + h),
                s.look(
                    _fill(s, c),
                    style.foreground if rng.random() < 0.4 else None,
                    _width(s),
                    float(rng.choice([1, 1, 0.6])),
                    rng.random() < 0.3,
                ),
                kind.replace("-", " "),
            )
            if kind in CALLOUTS:
                s.text((x, y, x + w, y + h), style.word(rng)[:8], size, readable(rng, c))
    if rng.random() < 0.5:
        s.line(Role.MARK, (0.04, 0.93), (0.96, 0.93), tone, _width(s), what="line")
        s.text(
            (0.6, 0.935, 0.96, 0.99), style.phrase(rng, 1, 3), size * 0.7, mixed(style.foreground, style.background, 0.4), "end", ""
        )


def _scatter(s: Slide) -> None:
    rng, style = s.rng, s.style
    for _ in range(int(rng.integers(4, 10))):
        kind, c = str(rng.choice(BOXES + SIGNS + ARROWS + CALLOUTS)), style.colour(rng)
        x, y, w = rng.uniform(0.03, 0.7), rng.uniform(0.03, 0.7), rng.uniform(0.1, 0.4)
        h = w * rng.uniform(0.5, 1.2)
        with s.group("node"):
            s.shape(
                Role.SHAPE,
                kind,
                (x, y, x + w, min(y + h, 0.98)),
                s.look(
                    _fill(s, c),
                    mixed(c, style.foreground, 0.7) if rng.random() < 0.5 else None,
                    _width(s),
                    float(rng.choice([1, 1, 0.7, 0.45])),
                    rng.random() < 0.25,
                    str(rng.choice(["", "", "D0"])),
                ),
                kind.replace("-", " "),
            )
            if rng.random() < 0.5:
                s.text(
                    (x, y, x + w, y + h),
                    style.word(rng)[:9],
                    float(np.exp(rng.uniform(np.log(0.22), np.log(0.7)))),
                    readable(rng, c),
                )
    for _ in range(int(rng.integers(0, 4))):
        a, b = rng.uniform(0.08, 0.92, 2), rng.uniform(0.08, 0.92, 2)
        s.line(
            Role.MARK,
            a,
            b,
            style.foreground if rng.random() < 0.6 else style.strong(rng),
            _width(s),
            str(rng.choice(["A0", "A1", "A2", ""])),
            str(rng.choice(["", "", "D0", "D1"])),
            "arrow",
            str(rng.choice(["", "", "curve"])),
        )


def _tree(s: Slide) -> None:
    rng, style = s.rng, s.style
    tone, size, width = style.strong(rng), float(rng.uniform(0.24, 0.34)), _width(s)
    levels = [1, int(rng.integers(2, 4)), int(rng.integers(3, 6))][: int(rng.integers(2, 4))]
    rows = [[((k + 0.5) / n, 0.12 + 0.8 * (r + 0.5) / len(levels)) for k in range(n)] for r, n in enumerate(levels)]
    kind, h = str(rng.choice(["rectangle", "round-rectangle", "ellipse", "flowchart-terminator"])), 0.42 / len(levels)
    shadow = rng.random() < 0.25
    for upper, lower in zip(rows, rows[1:]):
        for k, (x, y) in enumerate(lower):
            a = upper[k * len(upper) // len(lower)]
            s.line(Role.MARK, (a[0], a[1] + h / 2), (x, y - h / 2), style.foreground, width, "", curve="standard")
    for r, row in enumerate(rows):
        c, w = mixed(tone, style.background, 0.28 * r), min(0.8 / len(row), 0.36)
        for x, y in row:
            with s.group("node"):
                s.shape(
                    Role.SHAPE,
                    kind,
                    (x - w / 2, y - h / 2, x + w / 2, y + h / 2),
                    s.look(_fill(s, c) if r == 0 else c, style.foreground if width > 0.03 else None, width, shadow=shadow),
                    "box",
                )
                s.text(
                    (x - w / 2, y - h / 2, x + w / 2, y + h / 2),
                    style.word(rng)[:9],
                    min(size, w * _CM * 0.13),
                    readable(rng, c),
                )
    s.text((0.05, 0.01, 0.95, 0.11), style.phrase(rng, 1, 4), size * 1.5, style.foreground, what="title")


LAYOUTS = {"flow chart": _flow, "process": _process, "slide": _slide, "shapes": _scatter, "tree": _tree}


def _shared(rng: np.random.Generator, colours) -> str:
    """Gradients, hatches, dashes and arrow heads of a document."""
    out = []
    for k in range(40):
        a, b = rng.choice(len(colours), 2)
        first, second = colours[a], mixed(colours[a], (255, 255, 255), 0.6) if rng.random() < 0.5 else colours[b]
        kind = str(rng.choice(["linear", "linear", "axial", "radial", "rectangular"]))
        out.append(
            f'<draw:gradient draw:name="G{k}" draw:style="{kind}" draw:cx="50%" draw:cy="50%" draw:start-color="{_hex(first)}" draw:end-color="{_hex(second)}" draw:start-intensity="100%" draw:end-intensity="100%" draw:angle="{rng.integers(0, 360)}deg" draw:border="0%"/>'
        )
    for k in range(12):
        out.append(
            f'<draw:hatch draw:name="H{k}" draw:style="{rng.choice(["single", "double"])}" draw:color="{_hex(colours[k % len(colours)])}" draw:distance="{rng.uniform(.06, .2):.2f}cm" draw:rotation="{rng.choice([0, 450, 900, 1350])}"/>'
        )
    out.append(
        '<draw:stroke-dash draw:name="D0" draw:style="rect" draw:dots1="1" draw:dots1-length="0.2cm" draw:distance="0.12cm"/><draw:stroke-dash draw:name="D1" draw:style="round" draw:dots1="1" draw:dots1-length="0.04cm" draw:dots2="1" draw:dots2-length="0.25cm" draw:distance="0.12cm"/>'
    )
    out.append(
        '<draw:marker draw:name="A0" svg:viewBox="0 0 20 30" svg:d="M10 0l-10 30h20z"/><draw:marker draw:name="A1" svg:viewBox="0 0 1131 1580" svg:d="M1013 1491l118 89-567-1580-564 1580 114-85 136-68 148-46 161-17 161 13 153 46z"/>'
        '<draw:marker draw:name="A2" svg:viewBox="0 0 20 20" svg:d="M10 0c5.5 0 10 4.5 10 10s-4.5 10-10 10-10-4.5-10-10 4.5-10 10-10z"/>'
    )
    return "".join(out)


def _document(slides: list[Slide], shape: float, rng: np.random.Generator) -> str:
    import re

    w, h = (_CM * shape, _CM) if shape >= 1 else (_CM, _CM / shape)
    styles, pages = [], []
    for k, s in enumerate(slides):
        styles += [t.replace("NAME", f"f{k}") for t in s.styles]
        for body in s.bodies:
            body = re.sub(
                r"\{([xy]):([-0-9.]+)\}",
                lambda m: f"{float(m[2]) * (w if m[1] == 'x' else h):.3f}cm",
                body.replace("NAME", f"f{k}"),
            )
            pages.append(f'<draw:page draw:master-page-name="M" draw:style-name="page">{body}</draw:page>')
    colours = [c for s in slides for c in s.style.colours]
    names = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"'
        for n, u in (
            ("office", "office"),
            ("style", "style"),
            ("text", "text"),
            ("draw", "drawing"),
            ("fo", "xsl-fo-compatible"),
            ("svg", "svg-compatible"),
        )
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.graphics"><office:styles>{_shared(rng, colours)}</office:styles>'
        f'<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:margin="0cm" fo:page-width="{w:.3f}cm" fo:page-height="{h:.3f}cm"/></style:page-layout><style:style style:name="page" style:family="drawing-page"><style:drawing-page-properties draw:fill="none" draw:background-size="border"/></style:style>{"".join(styles)}</office:automatic-styles>'
        f'<office:master-styles><style:master-page style:name="M" style:page-layout-name="L" draw:style-name="page"/></office:master-styles><office:body><office:drawing>{"".join(pages)}</office:drawing></office:body></office:document>'
    )


def _without_pages(path: Path) -> None:
    """Takes the white background of every page out of a PDF of LibreOffice: the first thing that a page fills."""
    import re

    import pikepdf

    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            content = page.Contents.read_bytes()
            bare = re.sub(rb"1 1 1 rg\n0 [-\d. ml\n]+h\nf\*\n", b"", content, count=1)
            if bare == content:
                raise ValueError("LibreOffice wrote a page without the background that was looked for")
            page.Contents = pdf.make_stream(bare)
        pdf.save(path)


def folder() -> Path:
    return real.cache() / "libreoffice"


def prepare(count: int, batch: int = 20) -> None:
    """Draws figures 0 to count into the cache; those that are there stay."""
    folder().mkdir(parents=True, exist_ok=True)
    for first in range(0, count, batch):
        wanted = [k for k in range(first, min(first + batch, count)) if not (folder() / f"{k:05d}.npz").exists()]
        if not wanted:
            continue
        slides, layouts = [], []
        for k in wanted:
            rng = np.random.default_rng([41, k])
            style = pick_style(rng, "train")
            slides.append(Slide(rng, style))
            layouts.append(str(rng.choice(list(LAYOUTS))))
            LAYOUTS[layouts[-1]](slides[-1])
        drawn: list[dict[str, np.ndarray]] = [{} for _ in slides]
        for j, shape in enumerate(SHAPES):
            with tempfile.TemporaryDirectory() as temporary:
                source = Path(temporary) / "figures.fodg"
                source.write_text(_document(slides, shape, np.random.default_rng([42, first])))
                subprocess.run(
                    [
                        "soffice",
                        f"-env:UserInstallation=file://{temporary}/profile",
                        "--headless",
                        "--convert-to",
                        "pdf",
                        "--outdir",
                        temporary,
                        str(source),
                    ],
                    check=True,
                    capture_output=True,
                    timeout=300,
                )
                _without_pages(Path(temporary) / "figures.pdf")
                subprocess.run(
                    [
                        "pdftocairo",
                        "-tiff",
                        "-tiffcompression",
                        "none",
                        "-transp",
                        "-r",
                        f"{SIDE / _CM * 2.54:.3f}",
                        f"{temporary}/figures.pdf",
                        f"{temporary}/p",
                    ],
                    check=True,
                    timeout=600,
                )
                pages = sorted(Path(temporary).glob("p-*.tif"))
                if len(pages) != sum(len(s.bodies) for s in slides):
                    raise ValueError(
                        f"LibreOffice wrote {len(pages)} pages instead of {sum(len(s.bodies) for s in slides)}"
                    )
                page = 0
                for s, arrays in zip(slides, drawn):
                    for e in range(len(s.bodies)):
                        a = np.asarray(Image.open(pages[page]).convert("RGBA"))
                        page += 1
                        arrays[f"size {j}"] = np.array(a.shape[1::-1])
                        y, x = np.nonzero(a[..., 3])
                        if len(y):
                            box = (x.min(), y.min(), x.max() + 1, y.max() + 1)
                            arrays[f"{j} {e}"], arrays[f"at {j} {e}"] = a[box[1] : box[3], box[0] : box[2]], np.array(
                                box[:2]
                            )
        for k, s, layout, arrays in zip(wanted, slides, layouts, drawn):
            facts = {"layout": layout, "elements": s.facts, "paper": list(map(int, s.style.background))}
            with tempfile.NamedTemporaryFile(dir=folder(), suffix=".tmp.npz", delete=False) as out:
                np.savez_compressed(out, facts=json.dumps(facts), **arrays)
            Path(out.name).rename(folder() / f"{k:05d}.npz")
        print(f"{first + len(wanted)} figures", flush=True)


@lru_cache(24)
def _loaded(path: Path) -> dict:
    with np.load(path) as f:
        found = {k: f[k] for k in f.files}
    found["facts"] = json.loads(str(found["facts"]))
    return found


@lru_cache(1)
def figures() -> tuple[Path, ...]:
    found = tuple(sorted(folder().glob("[0-9]*.npz")))
    if not found:
        raise FileNotFoundError("no figures by LibreOffice: run python -m figures.renderers.libreoffice --count 300")
    return found


def _draw(path: Path, e: int, frame: Frame) -> Patch:
    j = int(np.argmin([abs(np.log(frame.width / frame.height / s)) for s in SHAPES]))
    f = _loaded(path)
    if f"{j} {e}" not in f:
        return EMPTY
    w, h = (int(v) for v in f[f"size {j}"])
    a, (x, y) = f[f"{j} {e}"], (int(v) for v in f[f"at {j} {e}"])
    sx, sy = frame.width / w, frame.height / h
    u0, v0 = max(int(np.floor(x * sx)) - 1, 0), max(int(np.floor(y * sy)) - 1, 0)
    u1, v1 = min(int(np.ceil((x + a.shape[1]) * sx)) + 1, frame.width), min(
        int(np.ceil((y + a.shape[0]) * sy)) + 1, frame.height
    )
    if u1 <= u0 or v1 <= v0:
        return EMPTY
    box = (u0 / sx - x, v0 / sy - y, u1 / sx - x, v1 / sy - y)
    pad = int(max(-min(box[:2]), box[2] - a.shape[1], box[3] - a.shape[0], 0)) + 2
    rgba = np.pad(a, ((pad, pad), (pad, pad), (0, 0))).astype(np.float32) / 255
    rgba[..., :3] *= rgba[..., 3:]
    box = tuple(v + pad for v in box)
    planes = [
        np.asarray(
            Image.fromarray(np.ascontiguousarray(rgba[..., c])).resize(
                (u1 - u0, v1 - v0), Image.BOX if sx < 0.6 else Image.BILINEAR, box=box
            )
        )
        for c in range(4)
    ]
    out = np.clip(np.stack(planes, -1), 0, 1)
    out[..., :3] = np.minimum(out[..., :3], out[..., 3:])
    return Patch(u0, v0, out)


def elements(path: Path) -> tuple[str, tuple[int, int, int], list[Element]]:
    """The layout of a drawn figure, the colour of its page, its elements."""
    facts, groups, parts = _loaded(path)["facts"], {}, []
    for e, fact in enumerate(facts["elements"]):
        group = tuple(groups.setdefault(n, Group(kind)) for n, kind in fact["groups"])
        draw = lambda frame, e=e: _draw(path, e, frame)
        role, words = Role[fact["role"]], fact["words"].split(" ")
        own = (
            tuple(
                grouped(
                    "line",
                    [
                        Element(
                            role,
                            lambda frame, k=k, draw=draw, n=len(words): between_gaps(draw(frame), n, k),
                            fact["what"],
                            w,
                        )
                        for k, w in enumerate(words)
                    ],
                )
            )
            if len(words) > 1
            else ()
        )
        parts.append(Element(role, draw, fact["what"], fact["words"], None, group, own))
    return facts["layout"], tuple(facts["paper"]), parts


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Draws figures by LibreOffice into the cache.")
    arguments.add_argument("--count", type=int, default=300)
    prepare(arguments.parse_args().count)
