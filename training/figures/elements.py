"""Elements: pictures, plates, pointers and text. A family draws its random numbers once, when the scene is made, and returns
Elements whose `draw` only renders; so a scene looks the same at every size."""
from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Callable, Sequence

import numpy as np

from . import real, textures
from .canvas import Box, Colour, Frame, PillowPen, Line, Patch, Point, line_width, over, word, word_count, writing
from .style import SCALE_TEXTS, Style, luminance, readable

Rng = np.random.Generator
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
ALL: Box = (0.0, 0.0, 1.0, 1.0)


class Role(IntEnum):
    """What an element is for; also the order from bottom to top."""
    BACKGROUND = 0
    PANEL = 1
    DATA = 2
    SHAPE = 3
    MARK = 4
    TEXT = 5


@dataclass(frozen=True, eq=False)
class Group:
    """What elements belong to together: a line of words, a block of lines, the bars of a series, a legend, an axis, a plot. Two groups are the
    same only if they are one object, so that a helper called twice makes two."""
    kind: str


@dataclass(frozen=True)
class Element:
    """`what` names it in a caption (singular, without article; empty: not worth a mention), `words` is the text it shows.
    `bare` draws it without its plate: so it is drawn where the plate would have the colour of all that it lies on, because
    it cannot be seen then. `group` is what it belongs to, from the inside out. `parts` are finer elements that painted over
    one another look like this one (up to the smoothing where they touch): the words of a line, the bars of a chart."""
    role: Role
    draw: Callable[[Frame], Patch]
    what: str = ""
    words: str = ""
    bare: Callable[[Frame], Patch] | None = None
    group: tuple[Group, ...] = ()
    parts: tuple["Element", ...] = ()

    def leaves(self) -> list["Element"]:
        """The finest elements, from bottom to top, each with all its groups: what a person would click. An element without parts is its own leaf."""
        if not self.parts:
            return [self]
        return [replace(leaf, group=leaf.group + self.group) for part in self.parts for leaf in part.leaves()]


def grouped(kind: str, parts: Sequence[Element]) -> list[Element]:
    """The same elements as members of a new group around those that they are in."""
    group = Group(kind)
    return [replace(e, group=(*e.group, group)) for e in parts]


def vector(role: Role, paint: Callable[[PillowPen], None], what: str = "", opacity: float = 1.0, shadow: float = 0.0, blur: float = 0.0,
          shade: Callable[[int, int], np.ndarray] | None = None) -> Element:
    """An element of strokes; its colours may be replaced by a shade, its edges softened."""
    def draw(frame: Frame) -> Patch:
        pen = PillowPen(frame)
        paint(pen)
        patch = pen.patch(opacity, 0 if shade else shadow)
        if shade:
            patch = patch.shaded(shade)
        return patch.soft(frame, blur) if blur else patch
    return Element(role, draw, what)


def vector_parts(role: Role, strokes: Sequence[tuple[Group | None, Callable[[PillowPen], None]]], what: str = "", **look) -> Element:
    """An element of several drawings, painted one by one, each with the group it is in; `look` as for `vector`."""
    def paint(pen: PillowPen) -> None:
        for _, stroke in strokes:
            stroke(pen)
    parts = tuple(replace(vector(role, stroke, what, **look), group=(group,) if group else ()) for group, stroke in strokes)
    return replace(vector(role, paint, what, **look), parts=parts if len(parts) > 1 else ())


def unit(colour: Colour) -> np.ndarray:
    return np.array(colour, np.float32) / 255


def gradient(rng: Rng, first: Colour, second: Colour) -> Callable[[int, int], np.ndarray]:
    """A shade that goes from one colour to another along a random direction, or outwards."""
    angle, radial = float(rng.random() * 6.3), rng.random() < .25
    a, b = unit(first), unit(second)

    def shade(w: int, h: int) -> np.ndarray:
        x, y = np.linspace(-.5, .5, w, dtype=np.float32), np.linspace(-.5, .5, h, dtype=np.float32)[:, None]
        along = np.hypot(x, y) * 1.5 if radial else x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle)) + .5
        return a + np.clip(along, 0, 1)[..., None] * (b - a)
    return shade


def mixed(a: Colour, b: Colour, part: float) -> Colour:
    return tuple(int(round(p + (q - p) * part)) for p, q in zip(a, b))


def colour_name(colour: Colour) -> str:
    r, g, b = (c / 255 for c in colour)
    high, low = max(r, g, b), min(r, g, b)
    if high - low < .12:
        return "black" if high < .2 else "dark grey" if high < .45 else "grey" if high < .8 else "white"
    hue = (((g - b) / (high - low)) % 6 if high == r else (b - r) / (high - low) + 2 if high == g else (r - g) / (high - low) + 4) * 60
    name = next(n for limit, n in ((18, "red"), (42, "orange"), (68, "yellow"), (160, "green"), (195, "turquoise"), (255, "blue"), (290, "violet"),
                                   (335, "pink"), (361, "red")) if hue < limit)
    return ("dark " if high < .4 else "pale " if low > .7 else "") + name


# ---- pictures that fill a box ---------------------------------------------------------------------------------------

def picture(role: Role, box: Box, painter: textures.Painter, what: str = "") -> Element:
    return Element(role, lambda frame: Patch.opaque(frame, box, painter), what)


def framed_picture(rng: Rng, style: Style, box: Box, painter: textures.Painter, what: str, role: Role = Role.PANEL) -> Element:
    """A picture with round corners, an edge or a shadow, or turned a little; mostly plain."""
    kind = rng.choice(["plain", "round", "edge", "shadow", "oval"], p=[.62, .12, .1, .1, .06])
    if kind == "plain":
        return picture(role, box, painter, what)
    edge, width, radius = style.foreground, float(rng.uniform(.006, .015)), float(rng.uniform(.02, .07))
    shadow = float(rng.uniform(.008, .02)) if kind == "shadow" else 0.0

    def draw(frame: Frame) -> Patch:
        pen = PillowPen(frame)
        if kind == "oval":
            pen.ellipse(box, BLACK)
        else:
            pen.box(box, BLACK, radius=radius if kind == "round" else 0)
        patch = pen.patch()
        h, w = patch.rgba.shape[:2]
        patch = patch.shaded(painter) if w > 1 and h > 1 else patch
        if shadow:
            wide = patch.grown(frame, int(shadow * frame.unit * 4) + 1)
            wide.rgba[..., 3] += shadow_of(wide.rgba[..., 3], shadow * frame.unit) * (1 - wide.rgba[..., 3])
            return wide
        if kind == "edge":
            rim = PillowPen(frame)
            rim.box(box, None, edge, width)
            layer = patch.grown(frame, 1)
            line = rim.patch()
            over(layer.rgba, Patch(line.x - layer.x, line.y - layer.y, line.rgba))
            return layer
        return patch
    return Element(role, draw, what)


def shadow_of(alpha: np.ndarray, blur: float) -> np.ndarray:
    offset = max(1, round(blur))
    dark = np.zeros_like(alpha)
    dark[offset:, offset:] = alpha[:-offset, :-offset]
    return textures.blurred(dark, blur) * np.float32(.55)


def micrograph_painter(rng: Rng, style: Style, kind: str | None = None) -> tuple[textures.Painter, str]:
    """A drawn micrograph, or one made of a part of a photograph."""
    if style.real and kind is None and rng.random() < style.real * .7:
        return real.micrograph(rng, style.split)
    return textures.micrograph(rng, style.split, kind)


def photo_painter(rng: Rng, style: Style, kind: str | None = None) -> tuple[textures.Painter, str]:
    """A drawn scene, or a photograph."""
    if style.real and kind is None and rng.random() < style.real:
        return real.photo(rng, style.split)
    return textures.photo(rng, style.split, kind)


def micrograph(rng: Rng, style: Style, box: Box, role: Role = Role.PANEL, kind: str | None = None) -> Element:
    painter, what = micrograph_painter(rng, style, kind)
    return picture(role, box, painter, what) if role == Role.BACKGROUND else framed_picture(rng, style, box, painter, what)


def photo(rng: Rng, style: Style, box: Box, role: Role = Role.PANEL, kind: str | None = None) -> Element:
    painter, what = photo_painter(rng, style, kind)
    return picture(role, box, painter, what) if role == Role.BACKGROUND else framed_picture(rng, style, box, painter, what)


def background(rng: Rng, style: Style, kinds: str = "solid tint gradient texture") -> Element:
    """The bottom of the figure, always opaque."""
    kind = rng.choice(kinds.split())
    if kind == "micrograph":
        return micrograph(rng, style, ALL, Role.BACKGROUND)
    if kind == "photo":
        return photo(rng, style, ALL, Role.BACKGROUND)
    base, other = unit(style.background), unit(style.colour(rng))
    mix = float(rng.uniform(.08, .9 if style.dark else .6))
    shade = gradient(rng, style.background, mixed(style.background, style.colour(rng), mix))
    window = textures.Window(rng, style.split, .8)
    tone = mixed(style.background, style.colour(rng), mix)
    name = colour_name(style.background if kind == "solid" else tone)

    def paint(w: int, h: int) -> np.ndarray:
        if kind == "solid":
            return np.broadcast_to(base, (h, w, 3))
        if kind == "tint":
            return np.broadcast_to(unit(tone), (h, w, 3))
        if kind == "gradient":
            return np.broadcast_to(shade(w, h), (h, w, 3))
        along = window("cloud", w, h)[..., None]
        return base * (1 - along * mix) + other * along * mix
    what = {"solid": f"plain {name} background", "tint": f"{name} background", "gradient": f"background that fades into {name}",
            "texture": f"cloudy {name} background"}[kind]
    return picture(Role.BACKGROUND, ALL, paint, what)


def matrix(rng: Rng, style: Style, box: Box) -> tuple[Element, Callable[[np.ndarray], np.ndarray]]:
    """A matrix of cells, or a smooth field, through a colour map; and the map."""
    count = int(rng.integers(3, 6))
    stops = np.stack([unit(style.colour(rng)) for _ in range(count)])
    if rng.random() < .6:
        stops = stops[np.argsort(stops @ np.array([.3, .59, .11]))]
    stops[0] *= .4
    cells, smooth = int(rng.integers(4, 14)), rng.random() < .4
    values, window = rng.random((cells, cells)), textures.Window(rng, style.split, .6)
    if rng.random() < .5:   # some structure
        values = (values + np.linspace(0, 1.5, cells)[None] + np.linspace(0, 1.5, cells)[:, None] * rng.choice([-1, 1])) / 3.5 + .2
    mesh = rng.random() < .3

    def through(field: np.ndarray) -> np.ndarray:
        return textures._ramp(stops, np.clip(field, 0, 1))

    def paint(w: int, h: int) -> np.ndarray:
        if smooth:
            return through(window("soft", w, h))
        rows, columns = np.arange(h) * cells // h, np.arange(w) * cells // w
        rgb = through(values)[rows[:, None], columns[None]]
        if mesh:
            rgb = rgb.copy()
            rgb[1:][np.diff(rows) > 0] = 1
            rgb[:, 1:][:, np.diff(columns) > 0] = 1
        return rgb
    return picture(Role.PANEL, box, paint, "heat map"), through


# ---- shapes ---------------------------------------------------------------------------------------------------------

def plate(rng: Rng, style: Style, box: Box, role: Role = Role.SHAPE, colour: Colour | None = None, kind: str | None = None,
          plain: bool = False) -> Element:
    """A filled box, ellipse or polygon; plain, edged, translucent, graded, soft or with a shadow."""
    fill = colour or style.colour(rng)
    kind = kind or str(rng.choice(["box", "rounded box", "ellipse", "diamond", "polygon", "blob"], p=[.34, .24, .2, .06, .08, .08]))
    edge = style.foreground if rng.random() < .25 else None
    radius, width = float(rng.uniform(.015, .08)), float(rng.uniform(.006, .018))
    look = "plain" if plain else str(rng.choice(["plain", "translucent", "shadow", "graded", "soft"], p=[.34, .26, .2, .14, .06]))
    opacity = float(rng.uniform(.3, .8)) if look == "translucent" else 1.0
    shadow = float(rng.uniform(.008, .03)) if look == "shadow" else 0.0
    shade = gradient(rng, fill, mixed(fill, style.colour(rng), float(rng.uniform(.4, 1)))) if look == "graded" else None
    corners, turn = int(rng.integers(3, 8)), float(rng.random() * 6.3)
    wobble = rng.normal(0, .13, 40)
    wobble = np.real(np.fft.ifft(np.fft.fft(wobble) * (np.abs(np.fft.fftfreq(40)) < .12))) * 2.2

    def paint(pen: PillowPen) -> None:
        x0, y0, x1, y1 = box
        cx, cy, rx, ry = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2
        if kind == "ellipse":
            pen.ellipse(box, fill, edge, width)
        elif kind in ("box", "rounded box"):
            pen.box(box, fill, edge, width, radius if kind != "box" else 0)
        else:
            if kind == "diamond":
                points = [(cx, y0), (x1, cy), (cx, y1), (x0, cy)]
            elif kind == "polygon":
                points = [(cx + rx * np.cos(turn + k * 6.2832 / corners), cy + ry * np.sin(turn + k * 6.2832 / corners)) for k in range(corners)]
            else:
                points = [(cx + rx * (.85 + v) * np.cos(k * .15708), cy + ry * (.85 + v) * np.sin(k * .15708)) for k, v in enumerate(wobble)]
            pen.polygon(points, fill, edge, width)
    what = f"{'translucent ' if look == 'translucent' else ''}{colour_name(fill)} {kind}"
    return vector(Role(role), paint, what, opacity, shadow, float(rng.uniform(.006, .03)) if look == "soft" else 0.0, shade)


def bar(rng: Rng, style: Style, box: Box, colour: Colour | None = None, role: Role = Role.SHAPE) -> Element:
    """A plain or graded bar, as under titles."""
    fill = colour or style.colour(rng)
    shade = gradient(rng, fill, mixed(fill, style.colour(rng), .6)) if rng.random() < .25 else None
    return vector(role, lambda pen: pen.box(box, fill), f"{colour_name(fill)} bar", shade=shade)


def thing(rng: Rng, style: Style, at: Point, size: float, role: Role = Role.SHAPE, kind: str | None = None) -> Element:
    """A cut-out, or an icon out of a file; `size` is that of its longer side."""
    kind = kind or str(rng.choice(["cutout", "icon"], p=[.65, .35]))
    turn = float(rng.normal(0, 12)) if rng.random() < .25 else 0.0
    return Element(role, real.thing(rng, style.split, at, size, kind, turn), "cut-out" if kind == "cutout" else "picture icon")


# ---- marks ----------------------------------------------------------------------------------------------------------

def on(style: Style, what: Element) -> Style:
    """The style of what is put on an element: pointers and words keep clear of its mean colour."""
    patch = what.draw(Frame(24, 24)).rgba
    mean = patch[..., :3].sum((0, 1)) / max(float(patch[..., 3].sum()), 1e-6) * 255
    return replace(style, backdrop=tuple(int(v) for v in mean))


def pointer_colour(rng: Rng, style: Style) -> Colour:
    """The palette's colours on a page; on a picture mostly white or yellow, and never its own colour."""
    if style.backdrop is None:
        return style.strong(rng) if rng.random() < .75 else style.foreground
    for _ in range(6):
        kind = rng.random()
        colour = WHITE if kind < .38 else (255, 220, 0) if kind < .52 else BLACK if kind < .64 else style.colour(rng)
        if sum(abs(c - g) for c, g in zip(colour, style.backdrop)) > 240:
            return colour
    return WHITE if luminance(style.backdrop) < .55 else BLACK


def outline(rng: Rng, style: Style, box: Box, colour: Colour | None = None) -> Element:
    """An open box or ellipse, drawn through or broken, that points something out."""
    colour = colour or pointer_colour(rng, style)
    width, round_ = float(rng.uniform(.006, .022)), rng.random() < .45
    broken = float(rng.uniform(.02, .05)) if rng.random() < .25 else 0.0
    x0, y0, x1, y1 = box

    def paint(pen: PillowPen) -> None:
        if not broken:
            (pen.ellipse if round_ else pen.box)(box, None, colour, width)
            return
        if round_:
            t = np.linspace(0, 2 * np.pi, 60)
            points = list(zip((x0 + x1) / 2 + (x1 - x0) / 2 * np.cos(t), (y0 + y1) / 2 + (y1 - y0) / 2 * np.sin(t)))
        else:
            points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
        pen.dashes(points, colour, width, broken, broken * .8)
    return vector(Role.MARK, paint, f"{'dashed ' if broken else ''}{'circle' if round_ else 'frame'}")


def arrow(rng: Rng, style: Style, tail: Point, tip: Point, colour: Colour | None = None, width: float | None = None) -> Element:
    colour = colour or pointer_colour(rng, style)
    width = width or float(rng.uniform(.007, .03))
    head = width * float(rng.uniform(2.6, 4.5))
    return vector(Role.MARK, lambda pen: pen.arrow(tail, tip, colour, width, head), "arrow",
                 shadow=float(rng.uniform(.004, .01)) if rng.random() < .1 else 0.0)


def arrow_head(rng: Rng, style: Style, at: Point) -> Element:
    """A filled triangle without a shaft, as in micrographs."""
    colour, size, turn = pointer_colour(rng, style), float(rng.uniform(.02, .045)), float(rng.random() * 6.3)
    return vector(Role.MARK, lambda pen: pen.polygon(pen.round(at, size, [(1, 0), (-.8, .6), (-.8, -.6)], turn), colour), "arrow head")


def rule(rng: Rng, style: Style, a: Point, b: Point, colour: Colour | None = None, width: float | None = None) -> Element:
    """A straight line, drawn through or broken."""
    colour, width = colour or style.foreground, width or float(rng.uniform(.004, .014))
    broken = float(rng.uniform(.015, .04)) if rng.random() < .3 else 0.0
    return vector(Role.MARK, lambda pen: pen.dashes([a, b], colour, width, broken, broken * .8) if broken else pen.line([a, b], colour, width), "line")


def bracket(rng: Rng, style: Style, x0: float, x1: float, y: float) -> Element:
    """The bracket of a significance test."""
    width, tick = float(rng.uniform(.004, .01)), float(rng.uniform(.012, .025))
    return vector(Role.MARK, lambda pen: pen.line([(x0, y + tick), (x0, y), (x1, y), (x1, y + tick)], style.foreground, width), "bracket")


def scale_bar(rng: Rng, style: Style, box: Box, colour: Colour) -> list[Element]:
    """A bar near a lower corner of a picture, mostly with its length above it."""
    x0, y0, x1, y1 = box
    length, thick = (x1 - x0) * float(rng.uniform(.16, .34)), float(rng.uniform(.008, .022))
    bottom = y1 - (y1 - y0) * .07
    right = x1 - (x1 - x0) * .06 if rng.random() < .75 else x0 + (x1 - x0) * .06 + length
    parts = [vector(Role.MARK, lambda pen: pen.line([(right - length, bottom), (right, bottom)], colour, thick), "scale bar")]
    if rng.random() < .65:
        texts = SCALE_TEXTS[style.split]
        parts.append(text(style, (right - length / 2, bottom - thick), texts[rng.integers(len(texts))], float(rng.uniform(.035, .06)), colour, "mb", what=""))
    return grouped("scale bar", parts)


# ---- text -----------------------------------------------------------------------------------------------------------

def text(style: Style, at: Point, string: str, size: float, colour: Colour | None = None, anchor: str = "mm", turned: bool = False,
         halo: float = 0.0, halo_colour: Colour = WHITE, what: str = "label", width: float | None = None) -> Element:
    """One line of text; with `width` it shrinks until it is no longer than that."""
    line = Line(at, string, style.face(string), size, colour or style.foreground, anchor, turned, halo, halo_colour)

    def fitted(frame: Frame) -> Line:
        if width and (have := line_width(frame, line)) > width:
            return Line(at, string, line.font, size * width / have, line.colour, anchor, turned, halo, halo_colour)
        return line
    return _written(fitted, string, what)


def _written(line: Callable[[Frame], Line], string: str, what: str = "", group: tuple[Group, ...] = ()) -> Element:
    """A line of text, with its words as parts."""
    count = word_count(string)
    parts = [Element(Role.TEXT, lambda frame, k=k: word(frame, line(frame), k), what, string.split(" ")[k]) for k in range(count)]
    return Element(Role.TEXT, lambda frame: writing(frame, [line(frame)]), what, string, None, group, tuple(grouped("line", parts)) if count > 1 else ())


def lines(style: Style, items: Sequence[Line], what: str = "", words: str = "", groups: Sequence[Group] = ()) -> Element:
    """Several lines as one element; `groups`, one a line, say what each belongs to."""
    items = tuple(items)
    parts = tuple(_written(lambda frame, i=item: i, item.string, what, (group,) if group else ())
                  for item, group in zip(items, groups or [None] * len(items)))
    return Element(Role.TEXT, lambda frame: writing(frame, items), what, words, parts=parts)


def label(rng: Rng, style: Style, at: Point, size: tuple[float, float] = (.04, .11), string: str | None = None,
          colour: Colour | None = None, anchor: str = "mm", width: float | None = None) -> Element:
    """A word; on pictures sometimes with a rim so that it can be read."""
    words = string or style.word(rng)
    height = float(np.exp(rng.uniform(*np.log(size))))
    foreground = colour or (pointer_colour(rng, style) if style.backdrop else style.foreground if rng.random() < .7 else style.strong(rng))
    halo = float(rng.uniform(.006, .012)) if style.backdrop and rng.random() < .15 else 0.0
    return text(style, at, words, height, foreground, anchor, halo=halo, halo_colour=readable(rng, foreground), width=width)


def tag(rng: Rng, style: Style, at: Point, string: str | None = None) -> list[Element]:
    """A word on a little plate of its own."""
    words, size, fill = string or style.word(rng), float(rng.uniform(.04, .065)), style.colour(rng)
    line = Line(at, words, style.face(words), size, readable(rng, fill))
    radius, opacity = float(rng.choice([0, .01, .03])), float(rng.choice([1, 1, .7]))

    def draw(frame: Frame) -> Patch:
        half_w, half_h = line_width(frame, line) / 2 + .025 * frame.unit / frame.width, size * .8 * frame.unit / frame.height
        pen = PillowPen(frame)
        pen.box((at[0] - half_w, at[1] - half_h, at[0] + half_w, at[1] + half_h), fill, radius=radius)
        return pen.patch(opacity)
    return grouped("tag", [Element(Role.SHAPE, draw, f"{colour_name(fill)} tag"), _written(lambda frame: line, words, "label")])


def paragraph(rng: Rng, style: Style, box: Box, size: float, colour: Colour | None = None, bullets: bool = False, count: int | None = None) -> list[Element]:
    """Lines of prose that fill a box from the top; with bullets each line is a point of its own."""
    x0, y0, x1, y1 = box
    pitch = size * float(rng.uniform(1.35, 1.7)) * (1.25 if bullets else 1)
    count = count or max(1, int((y1 - y0) / pitch))
    letters = max(6, int((x1 - x0) / (size * .58)))
    items, foreground = [], colour or style.foreground
    for k in range(count):
        words = style.phrase(rng, 2, 5) if bullets else style.phrase(rng, 12, 14)
        if not bullets and k:
            words = words.lower()
        limit = letters if words.isascii() else letters // 2 + 2
        if len(words) > limit:
            words = words[:limit].rsplit(" ", 1)[0] if " " in words[:limit] else words[:limit]
        if not bullets and k == count - 1 and count > 1:
            words = words[:max(4, len(words) * 2 // 3)].rstrip() + ("." if words.isascii() else "")
        items.append(Line((x0 + (size * .9 if bullets else 0), y0 + (k + .5) * pitch), words, style.face(words), size, foreground, "lm"))
    parts = [lines(style, items, "list of points" if bullets else "paragraph of text" if count > 1 else "line of text", items[0].string)]
    if bullets:
        dot, square = style.strong(rng), rng.random() < .4

        def paint(pen: PillowPen) -> None:
            for item in items:
                at = (x0 + size * .25, item.at[1])
                if square:
                    pen.polygon(pen.round(at, size * .22, [(-1, -1), (1, -1), (1, 1), (-1, 1)]), dot)
                else:
                    pen.dot(at, size * .2, dot)
        parts.append(vector(Role.MARK, paint, ""))
    return grouped("block", parts)
