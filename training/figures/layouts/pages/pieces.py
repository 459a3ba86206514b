"""What the pages have in common: their backgrounds, and pieces that several of them use."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ... import elements as el, textures
from ...canvas import Box, Colour, Frame, PillowPen, Patch, Point
from ...elements import BLACK, WHITE, Element, Rng, Role
from ...icons import icon
from ...style import Style, luminance, readable
from ...templates import Parts, middle


@dataclass(frozen=True)
class Page:
    """The background of a page, the style of what lies on it, a colour for its text and its mean colour."""
    background: Element
    style: Style
    foreground: Colour
    tone: Colour


def new_page(rng: Rng, style: Style, kinds: str = "tint tint gradient gradient texture photo", plain: float = .58) -> Page:
    solid = rng.random() < plain
    background = el.background(rng, style, "solid" if solid else kinds)
    if solid:
        return Page(background, style, style.foreground, style.background)
    on = el.on(style, background)
    return Page(background, on, readable(rng, on.backdrop), on.backdrop)


def apart(rng: Rng, style: Style, beneath: Colour, least: int = 150) -> Colour:
    """A colour of the palette that is seen on another."""
    for _ in range(6):
        colour = style.colour(rng)
        if sum(abs(a - b) for a, b in zip(colour, beneath)) > least:
            return colour
    return el.mixed(beneath, BLACK if luminance(beneath) > .45 else WHITE, float(rng.uniform(.35, .85)))


def between(rng: Rng, low: float, high: float) -> float:
    """Between two sizes, as often twice the one as half the other."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def any_picture(rng: Rng, style: Style, micrographs: float = .5) -> tuple[textures.Painter, str]:
    return (el.micrograph_painter if rng.random() < micrographs else el.photo_painter)(rng, style)


def tilted_text(style: Style, at: Point, offset: Point, angle: float, string: str, size: float, colour: Colour, what: str = "label",
                 width: float = 1) -> Element:
    """Text at an offset, in shorter sides, from a place about which all is turned."""
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))

    def draw(frame: Frame) -> Patch:
        x, y = (offset[0] * c + offset[1] * s) * frame.unit / frame.width, (offset[1] * c - offset[0] * s) * frame.unit / frame.height
        patch = el.text(style, (at[0] + x, at[1] + y), string, size, colour, width=width).draw(frame)
        return patch.turned(angle) if patch.rgba.size and angle else patch
    return Element(Role.TEXT, draw, what, string)


def slab(w: float, h: float) -> list[Point]:
    """Corners of a box about the middle, in units of a radius."""
    return [(-w, -h), (w, -h), (w, h), (-w, h)]


def star(points: int, deep: float) -> list[Point]:
    t = np.arange(points * 2) * np.pi / points - np.pi / 2
    r = np.where(np.arange(points * 2) % 2 == 0, 1, deep)
    return list(zip((r * np.cos(t)).tolist(), (r * np.sin(t)).tolist()))


def blob(rng: Rng, at: Point, rx: float, ry: float, rough: float = .12) -> list[Point]:
    """A smooth closed contour."""
    t = np.linspace(0, 2 * np.pi, 37)[:-1]
    r = 1 + sum(rng.normal(0, rough / k) * np.cos(k * t + rng.random() * 6.3) for k in range(2, 6))
    return list(zip((at[0] + rx * r * np.cos(t)).tolist(), (at[1] + ry * r * np.sin(t)).tolist()))


def filled_box(box: Box, fill: Colour, role: Role = Role.SHAPE, what: str = "box", edge: Colour | None = None, width: float = .005,
            radius: float = 0.0,
            opacity: float = 1.0, shadow: float = 0.0) -> Element:
    return el.vector(role, lambda pen: pen.box(box, fill, edge, width, radius), f"{el.colour_name(fill)} {what}" if what else "", opacity, shadow)


def balloon(rng: Rng, style: Style, box: Box, tip: Point, fill: Colour, edge: Colour | None, words: bool = True) -> Parts:
    """A speech balloon with its words."""
    round_, width, radius = rng.random() < .5, float(rng.uniform(.004, .011)), float(rng.uniform(.02, .07))
    shadow = float(rng.uniform(.006, .015)) if rng.random() < .2 or not edge else 0.0
    (cx, cy), part = middle(box), float(rng.uniform(.1, .2)) * (box[2] - box[0])
    sideways = abs(tip[0] - cx) * (box[3] - box[1]) > abs(tip[1] - cy) * (box[2] - box[0])
    foot = [(cx, cy - part * .7), (cx, cy + part * .7)] if sideways else [(cx - part, cy), (cx + part, cy)]

    def paint(pen: PillowPen) -> None:
        shape = (lambda b, e: pen.ellipse(b, fill, e, width)) if round_ else (lambda b, e: pen.box(b, fill, e, width, radius))
        shape(box, edge)
        pen.polygon([foot[0], tip, foot[1]], fill, edge, width)
        if edge:
            dx, dy = width * pen.frame.unit / pen.frame.width, width * pen.frame.unit / pen.frame.height
            shape((box[0] + dx, box[1] + dy, box[2] - dx, box[3] - dy), None)
    parts = [el.vector(Role.SHAPE, paint, "speech balloon", shadow=shadow)]
    if words:
        room, count = (box[2] - box[0]) * (.62 if round_ else .78), int(rng.integers(1, 4))
        size = min(float(rng.uniform(.034, .07)), (box[3] - box[1]) / (count + .8) * .75)
        for k in range(count):
            parts.append(el.text(style, (cx, cy + (k - (count - 1) / 2) * size * 1.25), style.word(rng) if room < .2 else style.phrase(rng, 1, 3),
                                 size, readable(rng, fill), width=room))
    return parts


def picture_card(at: Point, w: float, h: float, angle: float, painter: textures.Painter, what: str, card: Colour, rim: tuple[float, float], shadow: float,
           role: Role = Role.PANEL) -> Element:
    """A picture on a card, turned about its middle; its sizes in shorter sides, `rim` at the sides and at the foot."""
    def draw(frame: Frame) -> Patch:
        u = frame.unit
        pw, ph = max(4, round(w * u)), max(4, round(h * u))
        side, foot, margin = round(rim[0] * u), round(rim[1] * u), int(shadow * u * 3) + 2
        rgba = np.zeros((ph + side + foot + 2 * margin, pw + 2 * side + 2 * margin, 4), np.float32)
        rgba[margin:-margin, margin:-margin] = (*el.unit(card), 1)
        rgba[margin + side:margin + side + ph, margin + side:margin + side + pw, :3] = np.clip(painter(pw, ph), 0, 1)
        if shadow:
            rgba[..., 3] += el.shadow_of(rgba[..., 3], shadow * u) * (1 - rgba[..., 3])
        patch = Patch(round(at[0] * frame.width) - rgba.shape[1] // 2, round(at[1] * frame.height) - rgba.shape[0] // 2, rgba)
        return patch.turned(angle) if angle else patch
    return Element(role, draw, what)


def mean_colour(painter: textures.Painter) -> Colour:
    rgb = np.clip(np.broadcast_to(painter(16, 16), (16, 16, 3)), 0, 1).reshape(-1, 3).mean(0) * 255
    return tuple(int(v) for v in rgb)


def badge(rng: Rng, style: Style, at: Point, r: float, beneath: Colour | None) -> Parts:
    """An emblem: a background shape, rings and inner shapes, an icon or letters, a ribbon across with words, small stars."""
    outer = apart(rng, style, beneath) if beneath else style.colour(rng)
    inner, form = apart(rng, style, outer), str(rng.choice(["disc", "disc", "shield", "burst", "hexagon", "square", "diamond", "blob"]))
    t = np.arange(48) * 2 * np.pi / 48
    low = np.linspace(0, 1, 14)
    shield = [(-.85, -.9), (.85, -.9)] + [(float(.85 * np.cos(v * np.pi / 2) ** .7),
                                           float(-.1 + 1.1 * np.sin(v * np.pi / 2))) for v in low] + [(-float(.85 * np.cos(v * np.pi / 2) ** .7),
                                               float(-.1 + 1.1 * np.sin(v * np.pi / 2))) for v in low[::-1]]
    wobble = 1 + .08 * np.sin(3 * t + rng.random() * 6) + .06 * np.sin(5 * t + rng.random() * 6)
    points = {"disc": list(zip(np.cos(t), np.sin(t))), "shield": shield, "burst": star(int(rng.integers(10, 24)), float(rng.uniform(.75, .9))),
              "square": slab(.85, .85),
              "hexagon": [(float(np.cos(v)), float(np.sin(v))) for v in np.arange(6) * np.pi / 3 + .5236],
              "diamond": [(0, -1), (1, 0), (0, 1), (-1, 0)], "blob": list(zip(wobble * np.cos(t), wobble * np.sin(t)))}[form]
    turn = float(rng.normal(0, .2)) if form in ("square", "burst", "blob") and rng.random() < .4 else 0.0
    shadow = float(rng.uniform(.008, .02)) if rng.random() < .35 else 0.0
    shade = el.gradient(rng, outer, el.mixed(outer, style.colour(rng), .7)) if rng.random() < .2 and not shadow else None
    parts = [el.vector(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, points, turn), outer), f"{el.colour_name(outer)} {form}", shadow=shadow,
                      shade=shade)]
    top = outer
    if rng.random() < .7:
        size, same = float(rng.uniform(.66, .88)), rng.random() < .6
        parts.append(el.vector(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r * size, points, turn), inner) if same else pen.dot(at,
            r * size * .8, inner), f"{el.colour_name(inner)} {form if same else 'disc'}"))
        top = inner
    if rng.random() < .4:
        width, line = float(rng.uniform(.003, .012)), readable(rng, top)
        parts.append(el.vector(Role.MARK, lambda pen: pen.line(pen.round(at, r * .6, [*points, points[0], points[1]], turn), line, width),
                              "inner line"))
    foreground, middle_ = readable(rng, top) if rng.random() < .7 else apart(rng, style, top, 300), str(rng.choice(["letters", "letters", "icon", "both",
        "picture"]))
    if middle_ == "picture":
        parts.append(el.vector(Role.SHAPE, lambda pen: pen.dot(at, r * .5, BLACK), "round picture", shade=any_picture(rng, style)[0]))
    if middle_ in ("icon", "both"):
        spot = (at[0], at[1] - (r * .2 if middle_ == "both" else 0))
        parts.append(icon(rng, style, spot, r * (.26 if middle_ == "both" else .42), colour=foreground))
    if middle_ in ("letters", "both"):
        string = style.word(rng)
        string = string[:int(rng.integers(1, 4))].strip() if rng.random() < .6 else string
        parts.append(el.text(style, (at[0], at[1] + (r * .25 if middle_ == "both" else 0)), string, r * (.3 if middle_ == "both" else .62), foreground,
                             width=r * 1.05))
    if rng.random() < .4:
        fill, long, half, y = apart(rng, style, top), float(rng.uniform(1.0, 1.3)), float(rng.uniform(.14, .2)), float(rng.uniform(.45, .7))
        notch = rng.random() < .6
        tail = [(-long, y - half), (long, y - half), (long - half * notch, y), (long, y + half), (-long, y + half), (-long + half * notch, y)]
        parts.append(el.vector(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, tail), fill), f"{el.colour_name(fill)} ribbon",
                              shadow=.008 if rng.random() < .5 else 0))
        parts.append(tilted_text(style, at, (0, y * r), 0, style.phrase(rng, 1, 2), r * half * 1.3, readable(rng, fill), width=r * long * 1.4))
    if rng.random() < .3:
        n, ring = int(rng.integers(3, 12)), readable(rng, outer)
        parts.append(el.vector(Role.MARK, lambda pen: [pen.polygon(pen.round(pen.round(at, r * .78, [(np.cos(v), np.sin(v))])[0], r * .07,
            star(5, .45)), ring) for v in np.linspace(np.pi * 1.1, np.pi * 1.9, n)], "row of stars"))
    return parts
