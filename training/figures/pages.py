"""Training templates of composed pages, annotated pictures and loose arrangements: tables, printed pages, windows, covers, comics,
maps, emblems, overlays on pictures, scattered prints, patterns and cut-outs."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

import numpy as np
from PIL import Image

from . import elements as el
from . import textures
from .canvas import Box, Colour, Frame, Ink, Patch, Point
from .elements import ALL, BLACK, WHITE, Element, Rng, Role
from .icons import icon
from .style import Style, luminance, readable
from .templates import Parts, Template, cells, divided, inside, labels, middle, panel, pointers, shrink, sub_box, titled

# ---- pieces ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Page:
    """The ground of a page, the style of what lies on it, a colour for its text and its mean colour."""
    ground: Element
    style: Style
    ink: Colour
    tone: Colour


def _page(rng: Rng, style: Style, kinds: str = "tint tint gradient gradient texture photo", plain: float = .58) -> _Page:
    solid = rng.random() < plain
    ground = el.background(rng, style, "solid" if solid else kinds)
    if solid:
        return _Page(ground, style, style.ink, style.paper)
    on = el.on(style, ground)
    return _Page(ground, on, readable(rng, on.ground), on.ground)


def _apart(rng: Rng, style: Style, beneath: Colour, least: int = 150) -> Colour:
    """A colour of the palette that is seen on another."""
    for _ in range(6):
        colour = style.colour(rng)
        if sum(abs(a - b) for a, b in zip(colour, beneath)) > least:
            return colour
    return el.mixed(beneath, BLACK if luminance(beneath) > .45 else WHITE, float(rng.uniform(.35, .85)))


def _between(rng: Rng, low: float, high: float) -> float:
    """Between two sizes, as often twice the one as half the other."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def _picture(rng: Rng, style: Style, micrographs: float = .5) -> tuple[textures.Painter, str]:
    return (el.micrograph_painter if rng.random() < micrographs else el.photo_painter)(rng, style)


def _tilted(what: Element, angle: float) -> Element:
    def draw(frame: Frame) -> Patch:
        patch = what.draw(frame)
        return patch.turned(angle) if patch.rgba.size and angle else patch
    return replace(what, draw=draw, bare=None)


def _tilted_text(style: Style, at: Point, offset: Point, angle: float, string: str, size: float, colour: Colour, what: str = "label",
                 width: float = 1) -> Element:
    """Text at an offset, in shorter sides, from a place about which all is turned."""
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))

    def draw(frame: Frame) -> Patch:
        x, y = (offset[0] * c + offset[1] * s) * frame.unit / frame.width, (offset[1] * c - offset[0] * s) * frame.unit / frame.height
        patch = el.text(style, (at[0] + x, at[1] + y), string, size, colour, width=width).draw(frame)
        return patch.turned(angle) if patch.rgba.size and angle else patch
    return Element(Role.TEXT, draw, what, string)


def _slab(w: float, h: float) -> list[Point]:
    """Corners of a box about the middle, in units of a radius."""
    return [(-w, -h), (w, -h), (w, h), (-w, h)]


def _star(points: int, deep: float) -> list[Point]:
    t = np.arange(points * 2) * np.pi / points - np.pi / 2
    r = np.where(np.arange(points * 2) % 2 == 0, 1, deep)
    return list(zip((r * np.cos(t)).tolist(), (r * np.sin(t)).tolist()))


def _blob(rng: Rng, at: Point, rx: float, ry: float, rough: float = .12) -> list[Point]:
    """A smooth closed contour."""
    t = np.linspace(0, 2 * np.pi, 37)[:-1]
    r = 1 + sum(rng.normal(0, rough / k) * np.cos(k * t + rng.random() * 6.3) for k in range(2, 6))
    return list(zip((at[0] + rx * r * np.cos(t)).tolist(), (at[1] + ry * r * np.sin(t)).tolist()))


def _contour(points: Sequence[Point], colour: Colour, width: float, broken: float = 0.0, what: str = "outline") -> Element:
    closed = [*points, points[0], points[1]]
    return el.inked(Role.MARK, lambda ink: ink.dashes(closed[:-1], colour, width, broken, broken * .8) if broken else ink.line(closed, colour,
        width), what)


def _region(box: Box, fill: Colour, role: Role = Role.SHAPE, what: str = "box", edge: Colour | None = None, width: float = .005,
            radius: float = 0.0,
            opacity: float = 1.0, shadow: float = 0.0) -> Element:
    return el.inked(role, lambda ink: ink.box(box, fill, edge, width, radius), f"{el.colour_name(fill)} {what}" if what else "", opacity, shadow)


def _numbered(rng: Rng, style: Style, at: Point, radius: float, string: str, fill: Colour, edge: Colour | None = None) -> Parts:
    """A number on a disc."""
    width = radius * .14

    def paint(ink: Ink) -> None:
        if edge:
            ink.dot(at, radius + width, edge)
        ink.dot(at, radius, fill)
    return [el.inked(Role.SHAPE, paint, "numbered disc"), el.text(style, at, string, radius * 1.25, readable(rng, fill), what="")]


def _balloon(rng: Rng, style: Style, box: Box, tip: Point, fill: Colour, edge: Colour | None, words: bool = True) -> Parts:
    """A speech balloon with its words."""
    round_, width, radius = rng.random() < .5, float(rng.uniform(.004, .011)), float(rng.uniform(.02, .07))
    shadow = float(rng.uniform(.006, .015)) if rng.random() < .2 or not edge else 0.0
    (cx, cy), part = middle(box), float(rng.uniform(.1, .2)) * (box[2] - box[0])
    sideways = abs(tip[0] - cx) * (box[3] - box[1]) > abs(tip[1] - cy) * (box[2] - box[0])
    foot = [(cx, cy - part * .7), (cx, cy + part * .7)] if sideways else [(cx - part, cy), (cx + part, cy)]

    def paint(ink: Ink) -> None:
        shape = (lambda b, e: ink.ellipse(b, fill, e, width)) if round_ else (lambda b, e: ink.box(b, fill, e, width, radius))
        shape(box, edge)
        ink.polygon([foot[0], tip, foot[1]], fill, edge, width)
        if edge:
            dx, dy = width * ink.frame.unit / ink.frame.width, width * ink.frame.unit / ink.frame.height
            shape((box[0] + dx, box[1] + dy, box[2] - dx, box[3] - dy), None)
    parts = [el.inked(Role.SHAPE, paint, "speech balloon", shadow=shadow)]
    if words:
        room, count = (box[2] - box[0]) * (.62 if round_ else .78), int(rng.integers(1, 4))
        size = min(float(rng.uniform(.034, .07)), (box[3] - box[1]) / (count + .8) * .75)
        for k in range(count):
            parts.append(el.text(style, (cx, cy + (k - (count - 1) / 2) * size * 1.25), style.word(rng) if room < .2 else style.phrase(rng, 1, 3),
                                 size, readable(rng, fill), width=room))
    return parts


def _print(at: Point, w: float, h: float, angle: float, painter: textures.Painter, what: str, card: Colour, rim: tuple[float, float], shadow: float,
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


def _cropped(painter: textures.Painter, source: Box) -> textures.Painter:
    """What a picture shows in a part of it, enlarged; painted no larger than 1.6 times the view."""
    sw, sh = source[2] - source[0], source[3] - source[1]

    def paint(w: int, h: int) -> np.ndarray:
        scale = min(1.0, 1.6 * min(sw, sh))
        pw, ph = max(8, round(w / sw * scale)), max(8, round(h / sh * scale))
        image = Image.fromarray((np.clip(np.broadcast_to(painter(pw, ph), (ph, pw, 3)), 0, 1) * 255).astype(np.uint8))
        box = (source[0] * pw, source[1] * ph, source[2] * pw, source[3] * ph)
        return np.asarray(image.resize((w, h), Image.BICUBIC, box=box), np.float32) / 255
    return paint


def _mean(painter: textures.Painter) -> Colour:
    rgb = np.clip(np.broadcast_to(painter(16, 16), (16, 16, 3)), 0, 1).reshape(-1, 3).mean(0) * 255
    return tuple(int(v) for v in rgb)


# ---- annotated pictures ---------------------------------------------------------------------------------------------

def _segmented(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A picture with what was found in it: filled and outlined regions, numbers, lengths, angles, or a map of heat."""
    painter, what = _picture(rng, style, .65)
    on = replace(style, ground=_mean(painter))
    if rng.random() < .6:
        area, parts = ALL, [el.picture(Role.BACKGROUND, ALL, painter, what)]
    else:
        page = _page(rng, style, "tint gradient")
        area = shrink(ALL, *rng.uniform(.03, .14, 4))
        parts = [page.ground, el.picture(Role.PANEL, area, painter, what)]
    w, h = area[2] - area[0], area[3] - area[1]
    kind = str(rng.choice(["regions", "contours", "boxes", "lengths", "heat"], p=[.28, .2, .16, .18, .18]))
    width, size = float(rng.uniform(.003, .014)), float(rng.uniform(.032, .065))
    shared = el.pointer_colour(rng, on) if rng.random() < .4 else None
    if kind in ("regions", "contours"):
        opacity, edged, named, rough = float(rng.uniform(.25,
                                                         .75)), rng.random() < .6 or kind == "contours", rng.random() < .5, float(rng.uniform(.03,
                                                             .2))
        broken = float(rng.uniform(.012, .03)) if rng.random() < .3 else 0.0
        for k in range(int(rng.integers(1, 9))):
            at, r = inside(rng, area, .12), _between(rng, .05, .24)
            points = _blob(rng, at, r * w, r * h * float(rng.uniform(.6, 1.3)), rough)
            points = [(min(max(x, area[0]), area[2]), min(max(y, area[1]), area[3])) for x, y in points]
            colour = shared or el.pointer_colour(rng, on)
            if kind == "regions":
                parts.append(el.inked(Role.DATA, lambda ink, p=points, c=colour: ink.polygon(p, c), f"translucent {el.colour_name(colour)} region",
                                      opacity))
            if edged:
                parts.append(_contour(points, colour, width, broken))
            if named:
                parts.append(el.text(style, at, str(k + 1), size,
                                     WHITE if kind == "regions" and luminance(colour) < .6 else BLACK if kind == "regions" else colour, what=""))
    elif kind == "boxes":
        for _ in range(int(rng.integers(1, 6))):
            box = sub_box(rng, shrink(area, .04, .12, .04, .04), .12, .5)
            colour, words = shared or el.pointer_colour(rng, on), style.word(rng) if rng.random() < .6 else f"{rng.random():.2f}"
            parts.append(el.inked(Role.MARK, lambda ink, b=box, c=colour: ink.box(b, None, c, width), "detection frame"))
            flag = (box[0], box[1] - size * 1.3, min(box[0] + size * (1.2 + .5 * len(words)), box[2] + .1), box[1])
            parts.append(_region(flag, colour, what="tag"))
            parts.append(el.text(style, middle(flag), words, size * .9, readable(rng, colour), width=(flag[2] - flag[0]) * .85))
    elif kind == "lengths":
        for _ in range(int(rng.integers(1, 5))):
            a, b = inside(rng, area, .15), inside(rng, area, .15)
            colour, ends = shared or el.pointer_colour(rng, on), str(rng.choice(["bar", "arrow", "dot", "angle"]))
            string = f"{rng.uniform(.5, 90):.1f}" + str(rng.choice(["", " mm", " px", " nm"]))
            if ends == "angle":
                c = inside(rng, area, .1)
                string = f"{int(rng.integers(10, 175))}°"
                parts.append(el.inked(Role.MARK, lambda ink, l=[b, a, c], k=colour: ink.line(l, k, width), "angle"))
                u, v = np.array(b) - a, np.array(c) - a
                reach = min(np.hypot(*u), np.hypot(*v)) * .4
                bend = [tuple(np.array(a) + reach * (d := u * (1 - t) / max(np.hypot(*u), 1e-3) + v * t / max(np.hypot(*v),
                    1e-3)) / max(np.hypot(*d), 1e-3))
                        for t in np.linspace(0, 1, 9)]
                parts.append(el.inked(Role.MARK, lambda ink, l=bend, k=colour: ink.line(l, k, width * .8)))
            elif ends == "arrow":
                mid = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
                parts.append(el.inked(Role.MARK, lambda ink, m=mid, p=a, q=b, k=colour: (ink.arrow(m, p, k, width, width * 4),
                    ink.arrow(m, q, k, width, width * 4)), "measurement line"))
            else:
                d = np.array([-(b[1] - a[1]), b[0] - a[0]])
                d = d / max(np.hypot(*d), 1e-3) * .025

                def paint(ink: Ink, p: Point = a, q: Point = b, k: Colour = colour, d: np.ndarray = d, dots: bool = ends == "dot") -> None:
                    ink.line([p, q], k, width)
                    for e in (p, q):
                        if dots:
                            ink.dot(e, width * 2.2, k)
                        else:
                            ink.line([(e[0] - d[0], e[1] - d[1]), (e[0] + d[0], e[1] + d[1])], k, width)
                parts.append(el.inked(Role.MARK, paint, "measurement line"))
            at = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - size * .8) if ends != "angle" else (a[0] + .05, a[1] - size * .7)
            parts.append(el.text(style, (min(max(at[0], area[0] + .12), area[2] - .12), max(at[1], area[1] + size)), string, size, colour,
                                 halo=.007 if rng.random() < .4 else 0, halo_colour=readable(rng, colour), width=.3))
    else:
        stops = [el.unit(c) for c in ([(20, 30, 160), (30, 190, 190), (250, 220, 40),
                                       (220, 20, 20)] if rng.random() < .4 else [style.colour(rng) for _ in range(3)])]
        spots = [(*rng.random(2), _between(rng, .1, .35), float(rng.uniform(.5, 1))) for _ in range(int(rng.integers(1, 6)))]
        strength, whole = float(rng.uniform(.45, .9)), rng.random() < .3

        def draw(frame: Frame) -> Patch:
            x0, y0, x1, y1 = frame.pixels(area)
            x, y = np.linspace(0, 1, x1 - x0, dtype=np.float32), np.linspace(0, 1, y1 - y0, dtype=np.float32)[:, None]
            field = np.clip(sum(p * np.exp(-((x - a) ** 2 + (y - b) ** 2) / r ** 2) for a, b, r, p in spots), 0, 1).astype(np.float32)
            rgb = np.stack([np.interp(field, np.linspace(0, 1, len(stops)), [s[c] for s in stops]) for c in range(3)], -1)
            alpha = (np.full_like(field, strength * .7) if whole else strength * np.clip(field * 2.2 - .15, 0, 1))[..., None]
            return Patch(x0, y0, np.concatenate([rgb * alpha, alpha], -1).astype(np.float32))
        parts.append(Element(Role.DATA, draw, "translucent heat map"))
        parts += pointers(rng, on, area, 0, 2)
    if rng.random() < .3:
        parts += el.scale_bar(rng, style, area, readable(rng, on.ground))
    if rng.random() < .2:
        parts += el.tag(rng, style, (area[0] + w * .22, area[1] + h * .12))
    return f"A {what} with {'measurements' if kind == 'lengths' else 'an overlay'}", parts


def _compared(rng: Rng, style: Style) -> tuple[str, Parts]:
    """One picture before and after on both sides of a slider, or a picture with a watermark right across it."""
    painter, what = _picture(rng, style, .35)
    other, on = _picture(rng, style, .35)[0], replace(style, ground=_mean(painter))
    page, parts, area = _page(rng, style, "tint gradient texture"), [], ALL
    if rng.random() < .45:
        area = shrink(ALL, *rng.uniform(.03, .12, 4))
        parts = [page.ground]
    role = Role.PANEL if parts else Role.BACKGROUND
    parts.append(el.picture(role, area, painter, what))
    x0, y0, x1, y1 = area
    if rng.random() < .5:
        upright, tone = rng.random() < .75, style.colour(rng)
        at = float(rng.uniform(.3, .7))
        second = (x0 + (x1 - x0) * at, y0, x1, y1) if upright else (x0, y0 + (y1 - y0) * at, x1, y1)
        effect = str(rng.choice(["grey", "tint", "negative", "dim", "other"]))

        def paint(w: int, h: int) -> np.ndarray:
            if effect == "other":
                return other(w, h)
            pw, ph = (round(w / (1 - at)), h) if upright else (w, round(h / (1 - at)))
            rgb = np.clip(np.broadcast_to(painter(pw, ph), (ph, pw, 3)), 0, 1)[-h:, -w:]
            grey = rgb.mean(-1, keepdims=True)
            return {"grey": grey * np.ones(3), "tint": grey * (.35 + el.unit(tone)), "negative": 1 - rgb, "dim": .15 + rgb * .45}[effect]
        parts.append(el.picture(Role.PANEL, second, paint, "second picture"))
        line, width, r = WHITE if rng.random() < .6 else el.pointer_colour(rng, on), float(rng.uniform(.006, .02)), float(rng.uniform(.03, .07))
        a, b = ((second[0], y0), (second[0], y1)) if upright else ((x0, second[1]), (x1, second[1]))
        parts.append(el.inked(Role.MARK, lambda ink: ink.line([a, b], line, width), "slider line"))
        if rng.random() < .75:
            mid, dark, turn = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), readable(rng, line), 0.0 if upright else np.pi / 2

            def handle(ink: Ink) -> None:
                ink.dot(mid, r, line)
                for k in (-1, 1):
                    ink.polygon(ink.round(mid, r, [(k * .75, 0), (k * .3, -.35), (k * .3, .35)], turn), dark)
            parts.append(el.inked(Role.MARK, handle, "round handle", shadow=.01 if rng.random() < .4 else 0))
        foot = y1 - .08 if rng.random() < .5 else y0 + .08
        places = [(x0 + (second[0] - x0) / 2, foot), ((second[0] + x1) / 2, foot)] if upright else [(x0 + .15, y0 + .08), (x0 + .15, y1 - .08)]
        if rng.random() < .5:
            parts += [p for at_ in places for p in el.tag(rng, style, at_)]
        else:
            size = float(rng.uniform(.045, .08))
            parts += [el.text(style, at_, style.word(rng), size, WHITE, halo=.01, halo_colour=(20, 20, 20), width=.3) for at_ in places]
        return f"Two pictures on both sides of a slider, the first a {what}", parts
    words = style.phrase(rng, 1, 2) if rng.random() < .5 else style.word(rng)
    colour, opacity = WHITE if luminance(on.ground) < .6 else BLACK, float(rng.uniform(.28, .65))
    if rng.random() < .3:
        colour = _apart(rng, style, on.ground, 200)
    angle = float(rng.choice([0, 30, 45, 20, -30])) + float(rng.normal(0, 3))
    one = rng.random() < .55

    def faded(string: str, at: Point, size: float, width: float) -> Element:
        base = _tilted(el.text(style, at, string, size, colour, width=width), angle)

        def draw(frame: Frame) -> Patch:
            patch = base.draw(frame)
            return replace(patch, rgba=patch.rgba * np.float32(opacity))
        return replace(base, draw=draw, what="watermark")
    if one:
        parts.append(faded(words, middle(area), float(rng.uniform(.16, .4)), (x1 - x0) * .95))
    else:
        rows, columns = int(rng.integers(2, 5)), int(rng.integers(2, 4))
        parts += [faded(words, middle(b), float(rng.uniform(.05, .09)), (x1 - x0) / columns) for b in cells(rows, columns, area, 0)]
    if rng.random() < .5:
        parts.append(el.plate(rng, on, sub_box(rng, area, .15, .45)))
    return f"A watermarked {what}", parts + pointers(rng, on, area, 0, 2)


def _keyed(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A map, a picture or a heap of things with numbered discs, pins or coloured dots, and a key that says what they are."""
    kind = str(rng.choice(["map", "map", "picture", "things"]))
    parts: Parts = []
    count = int(rng.integers(3, 8))
    side = str(rng.choice(["right", "foot", "over"]))
    area = {"right": (.03, .04, .66, .96), "foot": (.03, .04, .97, .7), "over": ALL}[side]
    if rng.random() < .3 and side != "over":
        area = shrink(area, 0, .1, 0, 0)
    if side != "over" or kind == "things":
        page = _page(rng, style, "tint gradient texture", .65)
        parts.append(page.ground)
        ink, tone = page.ink, page.tone
    else:
        ink, tone = style.ink, style.paper
    x0, y0, x1, y1 = area
    w, h = x1 - x0, y1 - y0
    role = Role.PANEL if parts else Role.BACKGROUND
    if kind == "map":
        land, sea = el.mixed(style.colour(rng), WHITE, float(rng.uniform(.2, .75))), el.mixed(style.colour(rng), (150, 190, 220), .6)
        parts.append(el.picture(role, area, lambda pw, ph: np.broadcast_to(el.unit(sea), (ph, pw, 3)), "map"))
        if rng.random() < .5:   # countries, or streets about blocks
            clip = lambda points: [(min(max(x, x0), x1), min(max(y, y0), y1)) for x, y in points]
            edge = readable(rng, land) if rng.random() < .5 else None
            for _ in range(int(rng.integers(2, 6))):
                points = clip(_blob(rng, inside(rng, area, .1), w * float(rng.uniform(.15, .4)), h * float(rng.uniform(.15, .4)), .25))
                fill = el.mixed(land, style.colour(rng), float(rng.uniform(0, .6)))
                parts.append(el.inked(Role.PANEL, lambda i, p=points, f=fill, e=edge: i.polygon(p, f, e, .004), "region"))
        else:
            blocks = divided(rng, area, float(rng.uniform(.012, .035)), int(rng.integers(3, 6)))
            fills = [el.mixed(land, style.colour(rng), float(rng.uniform(0, .35))) for _ in blocks]
            parts.append(el.inked(Role.PANEL, lambda i: [i.box(b, f) for b, f in zip(blocks, fills)], "street plan"))
        if rng.random() < .6:
            way = [inside(rng, area, .05) for _ in range(int(rng.integers(3, 6)))]
            colour, broken = _apart(rng, style, land), .025 if rng.random() < .5 else 0
            parts.append(el.inked(Role.MARK, lambda i: i.dashes(way, colour, .01, broken, broken) if broken else i.line(way, colour, .012),
                                  "route"))
        ground = land
    elif kind == "picture":
        painter, what = _picture(rng, style, .4)
        parts.append(el.picture(role, area, painter, what))
        ground = _mean(painter)
    else:
        for _ in range(int(rng.integers(3, 7))):
            if rng.random() < .4:
                parts.append(icon(rng, style, inside(rng, area, .2), float(rng.uniform(.08, .2)), Role.PANEL))
            else:
                parts.append(el.plate(rng, style, sub_box(rng, area, .2, .55), Role.PANEL))
        ground = tone
    mark, radius = str(rng.choice(["number", "number", "pin", "dot"])), float(rng.uniform(.024, .048))
    single, edge = _apart(rng, style, ground, 200), WHITE if rng.random() < .5 else BLACK if rng.random() < .4 else None
    fills = [single if rng.random() < .8 and mark == "number" else _apart(rng, style, ground, 200) for _ in range(count)]

    def pin(pen: Ink, at: Point, colour: Colour, r: float) -> None:
        head = pen.round(at, r, [(0, -2)])[0]
        pen.polygon(pen.round(at, r, [(-.87, -1.5), (.87, -1.5), (0, 0)]), colour)
        pen.dot(head, r, colour)
        pen.dot(head, r * .4, WHITE if luminance(colour) < .6 else (30, 30, 30))
    kw, kh = float(rng.uniform(.3, .45)), min(.07 * count + .05, .6)
    kx, ky = float(rng.choice([.03, .97 - kw])), float(rng.choice([.03, .97 - kh]))
    for k in range(count):
        at = inside(rng, area, .1)
        while side == "over" and kx - .07 < at[0] < kx + kw + .07 and ky - .05 < at[1] < ky + kh + .12:
            at = inside(rng, area, .1)
        if mark == "number":
            parts += _numbered(rng, style, at, radius, str(k + 1), fills[k], edge)
        elif mark == "pin":
            parts.append(el.inked(Role.SHAPE, lambda i, a=at, c=fills[k]: pin(i, a, c, radius), f"{el.colour_name(fills[k])} map pin",
                                  shadow=.006 if rng.random() < .3 else 0))
        else:
            parts.append(el.inked(Role.SHAPE, lambda i, a=at, c=fills[k]: ((i.dot(a, radius * .9, edge) if edge else None),
                i.dot(a, radius * .7, c)), f"{el.colour_name(fills[k])} dot"))
    if side == "over":
        key, ink, opacity = (kx, ky, kx + kw, ky + kh), style.ink, float(rng.choice([1, .85]))
        parts.append(_region(key, style.paper, Role.SHAPE, "key", style.ink if rng.random() < .6 else None, .004, .02 if rng.random() < .4 else 0,
                             opacity, .01))
        places = cells(count, 1, shrink(key, .06, .07, .04, .07), 0)
    else:
        key = (.69, y0, .98, y1) if side == "right" else (.04, .75, .97, .96)
        places = cells(count, 1, (key[0], key[1], key[2], key[1] + min(h, .12 * count)), 0) if side == "right" else cells((count + 2) // 3, 3, key,
            .02)
    size = min(float(rng.uniform(.034, .05)), (places[0][3] - places[0][1]) * .7)
    for k, place in zip(range(count), places):
        at = (place[0] + .03, middle(place)[1])
        if mark == "number":
            parts += _numbered(rng, style, at, min(size * .62, radius), str(k + 1), fills[k], edge)
        else:
            parts.append(el.inked(Role.SHAPE, lambda i, a=at, c=fills[k]: i.dot(a, size * .4, c)))
        parts.append(el.text(style, (at[0] + .04, at[1]), style.word(rng) if rng.random() < .6 else style.phrase(rng, 1, 3), size, ink, "lm",
                             width=place[2] - at[0] - .05))
    if area[1] > .08 and side != "over":
        parts.append(titled(rng, style, (.04, .06), float(rng.uniform(.05, .075)), .9, "lm", ink)[1])
    return f"A {'map' if kind == 'map' else 'picture' if kind == 'picture' else 'display'} with a key", parts


# ---- composed pages -------------------------------------------------------------------------------------------------

def _table(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A table: ruled, striped, with a head row, a first column or cells in colours."""
    page = _page(rng, style)
    parts, rows, columns = [page.ground], int(rng.integers(2, 9)), int(rng.integers(2, 6))
    top = .16 if rng.random() < .4 else float(rng.uniform(.03, .1))
    x0, y0, x1, y1 = float(rng.uniform(.03, .14)), top, float(rng.uniform(.84, .97)), float(rng.uniform(.6, .96))
    shares = np.cumsum([0, *(lambda s: s / s.sum())(rng.uniform(.6, 1.6, columns))])
    xs, ys = x0 + (x1 - x0) * shares, np.linspace(y0, y1, rows + 2)
    xs, ys = xs.tolist(), ys.tolist()
    tone, plated = page.tone, rng.random() < (.9 if page.style.ground else .25)
    if plated:
        tone = el.mixed(style.paper, style.colour(rng), float(rng.uniform(.0, .25)))
        near = sum(abs(a - b) for a, b in zip(tone, page.tone)) < 60
        parts.append(_region((x0, y0, x1, y1), tone, Role.PANEL, "table plate", readable(rng, tone) if near or rng.random() < .4 else None, .004,
                             shadow=.014 if rng.random() < .5 else 0))
    ink = readable(rng, tone) if plated else page.ink
    head, stripe = _apart(rng, style, tone), el.mixed(tone, style.strong(rng), float(rng.uniform(.15, .35)))
    headed, striped, heat, first = rng.random() < .6, rng.random() < .4, rng.random() < .3, rng.random() < .25
    if striped and not heat:
        own = [(x0, ys[r], x1, ys[r + 1]) for r in range(2, rows + 1, 2)] or [(x0, ys[1], x1, ys[2])]
        parts.append(el.inked(Role.SHAPE, lambda pen: [pen.box(b, stripe) for b in own], "striped rows"))
    fills: dict[tuple[int, int], Colour] = {}
    if heat:
        low, high = el.mixed(tone, style.colour(rng), .15), style.strong(rng)
        some, gap = rng.random() < .4, float(rng.choice([0, .004, .008]))
        for r in range(1, rows + 1):
            for c in range(int(first or columns > 2), columns):
                if not some or rng.random() < .3:
                    fills[r, c] = el.mixed(low, high, float(rng.random()))
        parts.append(el.inked(Role.SHAPE, lambda pen: [pen.box((xs[c] + gap, ys[r] + gap, xs[c + 1] - gap, ys[r + 1] - gap), f) for (r, c),
                                                       f in fills.items()], "coloured cells"))
    if headed:
        parts.append(_region((x0, ys[0], x1, ys[1]), head, what="head row"))
    if first:
        parts.append(_region((x0, ys[1] if headed else ys[0], xs[1], y1), el.mixed(head, tone, .3), what="column",
                             opacity=float(rng.choice([1, .6]))))
    width, line = float(rng.uniform(.003, .009)), el.mixed(tone, ink, float(rng.uniform(.35, 1)))
    form = str(rng.choice(["all", "rows", "three", "frame", "none"], p=[.3, .25, .2, .1, .15]))

    def rules(pen: Ink) -> None:
        for k, y in enumerate(ys):
            if form in ("all", "rows") or form == "three" and k in (0, 1, rows + 1) or form == "frame" and k in (0, rows + 1):
                pen.line([(x0, y), (x1, y)], line, width * (1.8 if form == "three" and k != 1 else 1))
        for k, x in enumerate(xs):
            if form == "all" or form == "frame" and k in (0, columns):
                pen.line([(x, y0), (x, y1)], line, width)
    if form != "none":
        parts.append(el.inked(Role.MARK, rules, "table rules"))
    size, left = min((ys[1] - ys[0]) * .55, float(rng.uniform(.035, .065))), rng.random() < .4
    digits = int(rng.integers(0, 3))
    for r in range(rows + 1):
        for c in range(columns):
            beneath = fills.get((r, c)) or (head if headed and r == 0 else el.mixed(head, tone,
                .3) if first and c == 0 else stripe if striped and not heat and r % 2 == 0 and r else None)
            number = f"{rng.uniform(0, 99):.{digits}f}" if rng.random() < .93 else str(rng.choice(["–", "*", "ns"]))
            words = style.word(rng) if r == 0 or c == 0 else number
            cell = (xs[c], ys[r], xs[c + 1], ys[r + 1])
            at = (cell[0] + .015, middle(cell)[1]) if left else middle(cell)
            parts.append(el.text(style, at, words, size, readable(rng, beneath) if beneath else ink, "lm" if left else "mm",
                                 width=(cell[2] - cell[0]) * .84,
                                 what="label" if r == 0 else ""))
    if top > .15:
        parts.append(titled(rng, style, (x0, .085) if left else (.5, .085), float(rng.uniform(.05, .08)), .88, "lm" if left else "mm", page.ink)[1])
    if rng.random() < .2:
        parts.append(el.inked(Role.MARK, lambda pen, b=(xs[-2], ys[1], x1, y1), c=style.strong(rng): pen.box(b, None, c, .014, .02), "frame"))
    return f"A table of {rows + 1} rows", parts


def _strips(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Strips of a gel or blot over one another: lanes with bands, names above, weights at the left, what was stained at the right."""
    page = _page(rng, style, "tint gradient")
    lanes, count = int(rng.integers(3, 10)), int(rng.integers(1, 6))
    x0, x1, y0, y1 = float(rng.uniform(.14, .2)), float(rng.uniform(.74, .84)), float(rng.uniform(.18, .3)), float(rng.uniform(.82, .96))
    boxes = cells(count, 1, (x0, y0, x1, y1), float(rng.uniform(.015, .05)))
    look, parts = str(rng.choice(["light", "light", "dark", "colour"])), [page.ground]
    glow, size, width = el.unit(style.colour(rng)), float(rng.uniform(.032, .048)), float(rng.uniform(.003, .009))
    edged = rng.random() < .5 or look == "light" and luminance(page.tone) > .6
    weights = sorted(rng.choice([10, 15, 25, 35, 40, 55, 70, 100, 130, 180, 250], 6, replace=False).tolist(), reverse=True)
    unit_ = rng.random() < .3
    for k, box in enumerate(boxes):
        rows = 1 if count > 2 else int(rng.integers(1, 6))
        spots = [((lane + .5) / lanes, float(np.clip((row + .5) / rows + rng.normal(0, .03), .1, .9)),
                  float(rng.choice([0, 1, 1]) * rng.uniform(.2, 1)), float(rng.uniform(.06, .16)) / rows * 1.5)
                 for lane in range(lanes) for row in range(rows)]
        window, base, noise, smear = textures.Window(rng, style.split, .5), float(rng.uniform(.78, .93)), float(rng.uniform(.005,
            .03)), float(rng.uniform(0, .25))

        def paint(w: int, h: int, spots=spots, window=window, base=base, noise=noise, smear=smear) -> np.ndarray:
            x, y = np.linspace(0, 1, w, dtype=np.float32), np.linspace(0, 1, h, dtype=np.float32)[:, None]
            dark = np.zeros((h, w), np.float32)
            for a, b, p, s in spots:
                across = np.exp(-np.abs((x - a) * lanes / .36) ** 5)
                dark += p * across * (np.exp(-((y - b - .02 * np.cos((x - a) * lanes * 5)) / s) ** 2) + smear * .3)
            dark = np.clip(dark, 0, 1.1)
            grey = np.clip(base - .82 * dark + .1 * (window("soft", w, h) - .5) + window.noise(w, h) * noise, 0, 1)[..., None]
            return grey * np.ones(3, np.float32) if look == "light" else 1 - grey * np.ones(3,
                np.float32) if look == "dark" else (1 - grey) * (.25 + glow) + .03
        parts.append(el.picture(Role.PANEL, box, paint, "blot with bands" if count < 3 else "strip of a blot"))
        if edged:
            parts.append(el.inked(Role.MARK, lambda pen, b=box: pen.box(b, None, page.ink, width)))
        if rng.random() < .85:
            parts.append(el.text(style, (x1 + .015, middle(box)[1]), style.word(rng), size, page.ink, "lm", width=.97 - x1))
        marks = 1 if count > 2 else int(rng.integers(2, 6))
        at = [box[1] + (box[3] - box[1]) * (m + .5) / marks for m in range(marks)]
        parts.append(el.inked(Role.MARK, lambda pen, ys=at: [pen.line([(x0 - .03, y), (x0 - .006, y)], page.ink, width) for y in ys],
                              "" if k else "row of weight marks"))
        parts += [el.text(style, (x0 - .038, y), str(weights[(m + k) % 6]), size * .9, page.ink, "rm", width=.1, what="") for m, y in enumerate(at)]
    step, turned = (x1 - x0) / lanes, rng.random() < .45 or lanes > 6
    signs = rng.random() < .35
    for lane in range(lanes):
        at = x0 + step * (lane + .5)
        if signs:
            parts += [el.text(style, (at, y0 - .035 - .05 * r), str(rng.choice(["+", "-"])), size, page.ink, what="") for r in range(2)]
        else:
            parts.append(el.text(style, (at, y0 - .02 - (.05 if turned else 0)), style.word(rng) if turned else str(lane + 1), size, page.ink,
                                 "mm" if turned else "mb", turned,
                                 width=min(.13, y0 - .08) if turned else step * .9, what="label" if turned else ""))
    if signs:
        parts += [el.text(style, (x1 + .015, y0 - .035 - .05 * r), style.word(rng), size, page.ink, "lm", width=.97 - x1) for r in range(2)]
    if unit_:
        parts.append(el.text(style, (x0 - .04, y0 - .04), "kDa", size * .9, page.ink, "rm", what="", width=.1))
    if rng.random() < .5 and (signs or not turned):
        cut, y = int(rng.integers(1, lanes)), y0 - .13
        for a, b in ((0, cut), (cut, lanes)):
            u, v = x0 + step * (a + .15), x0 + step * (b - .15)
            parts.append(el.inked(Role.MARK, lambda pen, u=u, v=v: pen.line([(u, y), (v, y)], page.ink, width * 1.4), "group line"))
            parts.append(el.text(style, ((u + v) / 2, y - .035), style.word(rng), size, page.ink, width=v - u))
    if rng.random() < .35:
        parts.append(el.outline(rng, replace(style, ground=(200, 200, 200) if look == "light" else (30, 30, 30)),
                                shrink(boxes[0], *(lambda a: (a, .05, .9 - a - step, .05))(float(rng.uniform(.0, .5))))))
    return "A gel" if look == "colour" else "A blot", parts


def _film(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A series in time: frames in one row or several with the times on them, on a strip with holes or over an arrow."""
    page = _page(rng, style)
    micro, rows = rng.random() < .6, int(rng.choice([1, 1, 2, 3]))
    columns, strip = int(rng.integers(3, 7 if rows > 1 else 6)), rng.random() < .35
    half = min(.44, .9 / columns * .75 * rows * .5) if rng.random() < .7 else .36
    centre = float(rng.uniform(.42, .56))
    area = (.03, centre - half, .97, min(centre + half, .88))
    parts = [page.ground]
    gap = float(rng.choice([0.004, .012, .03]))
    boxes = cells(rows, columns, shrink(area, .01, .12 / rows, .01, .12 / rows) if strip else area, gap)
    kind = str(rng.choice(textures.MICROGRAPHS[style.split] if micro else textures.PHOTOS[style.split]))
    if strip:
        dark, holes = ((18, 18, 20) if luminance(page.tone) > .35 else (120, 118, 112)) if rng.random() < .8 else _apart(rng, style, page.tone,
            250), int(rng.integers(10, 26))
        hole = el.mixed(dark, WHITE, .85)

        def perforated(pen: Ink) -> None:
            pen.box((0, area[1], 1, area[3]), dark)
            reach = (area[3] - area[1]) * .09 / rows
            for k in range(holes):
                for y in (area[1] + reach * .3, area[3] - reach * 1.1):
                    pen.box(((k + .25) / holes, y, (k + .7) / holes, y + reach * .8), hole, radius=.004)
        parts.append(el.inked(Role.PANEL, perforated, "film strip"))
    drift = rng.random() < .6
    one, what = (el.micrograph_painter if micro else el.photo_painter)(rng, style, kind)
    size = float(rng.uniform(.03, .05)) if columns > 3 else float(rng.uniform(.035, .065))
    low, first = rng.random() < .4, _mean(one)
    step, unit_ = float(rng.choice([.5, 1, 2, 5, 10, 15, 30])), str(rng.choice(["", " s", " h", " min", "'"]))
    for k, box in enumerate(boxes):
        if drift:   # the same scene, which moves a little
            t = k / len(boxes) * .2
            painter = _cropped(one, (t, t * .5, .8 + t, .8 + t * .5))
        else:
            painter = one if k == 0 else (el.micrograph_painter if micro else el.photo_painter)(rng, style, kind)[0]
        parts.append(el.picture(Role.PANEL, box, painter, what))
        tone = first if drift else _mean(painter)
        at = (box[0] + .012, box[3] - .012) if low else (box[0] + .012, box[1] + .015)
        ink = readable(rng, tone)
        parts.append(el.text(style, at, f"{step * k:g}{unit_}", size, ink, "lb" if low else "lt",
                             halo=.006 if rng.random() < .4 or .3 < luminance(tone) < .65 else 0, halo_colour=readable(rng, ink),
                             width=(box[2] - box[0]) * .8, what=""))
    if rng.random() < .5 and area[3] < .9:
        y, colour, thick = area[3] + .05, page.ink if rng.random() < .6 else _apart(rng, style, page.tone), float(rng.uniform(.005, .016))
        parts.append(el.arrow(rng, style, (.05, y), (.96, y), colour, thick))
        if y < .9:
            parts.append(el.text(style, (.5, y + .05), style.word(rng), float(rng.uniform(.04, .055)), page.ink, width=.6))
    if rng.random() < .45 and area[1] > .1:
        parts.append(titled(rng, style, (.5, area[1] / 2), min(.07, area[1] * .6), .9, colour=page.ink)[1])
    if rng.random() < .5:
        box = boxes[int(rng.integers(len(boxes)))]
        parts += pointers(rng, replace(style, ground=first), shrink(box, .1, .1, .1, .1), 1, 1)
    return f"A series of {len(boxes)} frames", parts


def _printed(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A printed page: a book page, columns of news, a leaflet with a box, a quotation, or a certificate."""
    page = _page(rng, style, "tint tint gradient texture")
    parts, ink, kind = [page.ground], page.ink, str(rng.choice(["book", "news", "leaflet", "quote", "certificate"]))
    size = float(rng.uniform(.022, .034))
    if kind == "book":
        margin = float(rng.uniform(.06, .14))
        figure = rng.random() < .8
        y0 = float(rng.choice([.1, .3, .5]))
        y1 = y0 + float(rng.uniform(.25, .38))
        if rng.random() < .6:
            parts.append(el.text(style, (.5, .05), style.phrase(rng, 2, 4), size, ink, width=.6, what=""))
            if rng.random() < .5:
                parts.append(el.rule(rng, style, (margin, .075), (1 - margin, .075), ink, .003))
        if figure:
            wide = rng.random() < .6
            box = (margin, y0, 1 - margin, y1) if wide else (.5, y0, 1 - margin, y1)
            parts += panel(rng, style, box)
            if y0 > .2:
                parts += el.paragraph(rng, style, (margin, .1, 1 - margin, y0 - .02), size, ink)
            if not wide:
                parts += el.paragraph(rng, style, (margin, y0, .47, y1), size, ink)
            parts += el.paragraph(rng, style, (margin, y1 + .015, 1 - margin, y1 + .1), size * .85, ink, count=2)
            if y1 < .75:
                parts += el.paragraph(rng, style, (margin, y1 + .13, 1 - margin, .93), size, ink)
        else:
            words, fill = style.phrase(rng, 1, 1)[:1], _apart(rng, style, page.tone)
            parts += [_region((margin, .14, margin + .13, .14 + .13), fill, what="initial plate"),
                      el.text(style, (margin + .065, .205), words, .1, readable(rng, fill), what="")]
            parts += el.paragraph(rng, style, (margin + .15, .14, 1 - margin, .28), size, ink) + el.paragraph(rng, style,
                (margin, .29, 1 - margin, .93), size, ink)
        parts.append(el.text(style, (.5, .965), str(int(rng.integers(1, 400))), size, ink, what=""))
    elif kind == "news":
        columns, fill = int(rng.integers(2, 5)), _apart(rng, style, page.tone)
        banner = rng.random() < .5
        if banner:
            parts.append(el.bar(rng, style, (0, 0, 1, .15), fill))
        parts.append(titled(rng, style, (.5, .075), float(rng.uniform(.09, .13)), .92, colour=readable(rng, fill) if banner else ink, high=3)[1])
        parts += [el.rule(rng, style, (.04, y), (.96, y), ink, .004) for y in ((.17, .2) if rng.random() < .6 else (.18,))]
        places, photo_at = cells(1, columns, (.04, .23, .96, .97), .035), int(rng.integers(columns))
        for k, box in enumerate(places):
            y = box[1]
            if k == photo_at:
                span = places[min(k + 1, columns - 1)] if rng.random() < .4 else box
                parts.append(el.photo(rng, style, (box[0], y, span[2], y + .25)))
                covered = span is not box
            if k == photo_at or k == photo_at + 1 and covered:
                y += .28
            if rng.random() < .5:
                parts.append(el.text(style, (box[0], y + .03), style.phrase(rng, 1, 3), size * 1.6, ink, "lm", width=box[2] - box[0]))
                y += .065
            parts += el.paragraph(rng, style, (box[0], y, box[2], box[3]), size, ink)
        if rng.random() < .6:
            parts += [el.inked(Role.MARK, lambda pen, x=b[2] + .0175: pen.line([(x, .23), (x, .97)], el.mixed(page.tone, ink, .5), .003),
                               "column rule") for b in places[:-1]
                      if b is not places[photo_at]]
    elif kind == "leaflet":
        fill, side, thick = _apart(rng, style, page.tone), rng.random() < .5, float(rng.uniform(.28, .42))
        block = (0, 0, thick, 1) if side else (0, 0, 1, thick)
        parts.append(el.photo(rng, style, block, kind=None) if rng.random() < .5 else _region(block, fill, Role.PANEL, "block"))
        rest = (thick + .05, .08, .95, .95) if side else (.06, thick + .06, .94, .96)
        parts.append(titled(rng, style, (rest[0], rest[1] + .03), float(rng.uniform(.06, .09)), rest[2] - rest[0], "lm", ink)[1])
        parts += el.paragraph(rng, style, (rest[0], rest[1] + .1, rest[2], rest[1] + .3), size * 1.1, ink, bullets=rng.random() < .3)
        call, colour = shrink(rest, float(rng.uniform(0, .3)), .58, 0, 0), _apart(rng, style, page.tone)
        if rng.random() < .4:   # across the edge of the block
            call = (call[0] - .12, call[1], call[2] - .1, call[3]) if side else call
        soft = el.mixed(colour, page.tone, float(rng.choice([0, 0, .5])))
        parts.append(_region(call, soft, what="call-out box", edge=colour if rng.random() < .5 else None, width=.01,
                             radius=float(rng.choice([0, .02, .06])), shadow=float(rng.choice([0, .012]))))
        parts.append(el.text(style, (middle(call)[0], call[1] + .07), style.phrase(rng, 1, 2), .055, readable(rng, soft),
                             width=(call[2] - call[0]) * .85))
        parts += el.paragraph(rng, style, shrink(call, .08, .5, .08, .05), size, readable(rng, soft))
        if rng.random() < .5:
            parts.append(icon(rng, style, (middle(block)[0], middle(block)[1]), float(rng.uniform(.08, .12)), colour=readable(rng, fill)))
    elif kind == "quote":
        fill = _apart(rng, style, page.tone)
        card = shrink(ALL, *rng.uniform(.05, .16, 4))
        plated = rng.random() < .6
        beneath = fill if plated else page.tone
        if plated:
            parts.append(_region(card, fill, Role.PANEL, "card", radius=float(rng.choice([0, .03, .07])), shadow=float(rng.choice([0, .015]))))
        mark = el.mixed(beneath, _apart(rng, style, beneath, 220), float(rng.uniform(.5, 1)))
        big = float(rng.uniform(.3, .55))
        glyph = el.text(style, (card[0] + .18, card[1] + big * .42 + .02), str(rng.choice(["“", "\"", "”"])), big, mark, what="quotation mark")
        parts.append(replace(glyph, role=Role.SHAPE))
        count, scale = int(rng.integers(2, 5)), float(rng.uniform(.05, .08))
        mid = middle(card)
        for k in range(count):
            parts.append(el.text(style, (mid[0], mid[1] + (k - (count - 1) / 2) * scale * 1.4), style.phrase(rng, 2, 5), scale,
                                 readable(rng, beneath), width=(card[2] - card[0]) * .82))
        y = card[3] - .09
        parts.append(el.rule(rng, style, (mid[0] - .1, y - .05), (mid[0] + .1, y - .05), mark, .006))
        parts.append(el.text(style, (mid[0], y), style.phrase(rng, 1, 3), .04, readable(rng, beneath), width=.6))
        if rng.random() < .35:
            r = float(rng.uniform(.07, .11))
            parts.append(el.inked(Role.SHAPE, lambda pen: pen.dot((card[2] - .06, card[1] + .06), r, BLACK), "round portrait",
                                  shade=_picture(rng, style)[0]))
    else:
        colour, second = _apart(rng, style, page.tone), _apart(rng, style, page.tone)
        rim, rounds, knots = float(rng.uniform(.02, .06)), int(rng.integers(1, 4)), int(rng.integers(0, 3))
        width = float(rng.uniform(.004, .02))

        def frame(pen: Ink) -> None:
            for k in range(rounds):
                m = rim + k * .022
                pen.box((m, m, 1 - m, 1 - m), None, colour if k % 2 == 0 else second, width if k == 0 else width * .5, .02 * (knots == 2))
            for x, y in ((rim, rim), (1 - rim, rim), (rim, 1 - rim), (1 - rim, 1 - rim)):
                if knots == 1:
                    pen.polygon(pen.round((x, y), .055, _star(8, .7)), second)
                elif knots == 2:
                    pen.dot((x, y), .04, second)
                    pen.dot((x, y), .02, colour)
        if rng.random() < .4:
            n, r = int(rng.integers(14, 30)), float(rng.uniform(.012, .03))
            spots = [(t, e) for t in np.linspace(rim, 1 - rim, n) for e in (rim, 1 - rim)]
            parts.append(el.inked(Role.PANEL, lambda pen: [pen.dot(p, r, second) for q in spots for p in (q, q[::-1])], "ornamental border"))
        parts.append(el.inked(Role.MARK, frame, "ornamental frame"))
        parts.append(titled(rng, style, (.5, .25), float(rng.uniform(.09, .13)), .75,
                            colour=colour if rng.random() < .5 and abs(luminance(colour) - luminance(page.tone)) > .35 else ink, high=2)[1])
        parts.append(el.text(style, (.5, .37), style.phrase(rng, 3, 5), .04, ink, width=.7))
        parts.append(el.text(style, (.5, .49), style.phrase(rng, 1, 2), float(rng.uniform(.07, .1)), ink, width=.7))
        parts.append(el.rule(rng, style, (.2, .56), (.8, .56), ink, .004))
        parts.append(el.text(style, (.5, .63), style.phrase(rng, 4, 6), .036, ink, width=.7))
        for x in (.25, .75):
            parts += [el.rule(rng, style, (x - .12, .8), (x + .12, .8), ink, .004), el.text(style, (x, .84), style.word(rng), .035, ink, width=.24)]
            if rng.random() < .6:
                squiggle = [(x - .1 + .2 * t, .775 + float(v)) for t, v in zip(np.linspace(0, 1, 14), rng.normal(0, .018, 14))]
                parts.append(el.inked(Role.MARK, lambda pen, l=squiggle: pen.line(l, (30, 50, 130) if luminance(page.tone) > .4 else ink, .005),
                                      "signature"))
        if rng.random() < .7:
            seal, at, r = _apart(rng, style, page.tone), (.5, .79), float(rng.uniform(.06, .085))
            parts.append(el.inked(Role.SHAPE, lambda pen: [pen.polygon(pen.round(at, r, [(s * .1, .3), (s * .9, 1.9), (s * .45, 1.7), (s * .2, 2)]),
                el.mixed(seal, BLACK, .3)) for s in (-1, 1)], "ribbon"))
            parts.append(el.inked(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, _star(16, .86)), seal), "seal", shadow=.008))
            parts.append(icon(rng, style, at, r * .5, colour=readable(rng, seal)))
    return {"book": "A book page", "news": "A page of news", "leaflet": "A leaflet", "quote": "A quotation",
            "certificate": "A certificate"}[kind], parts


def _windows(rng: Rng, style: Style) -> tuple[str, Parts]:
    """What a screen shows: windows with a title bar, a chat, a list, a dialogue, or cards."""
    page = _page(rng, style, "tint gradient gradient texture photo photo", .4)
    parts, kind = [page.ground], str(rng.choice(["window", "window", "chat", "list", "cards"]))
    paper = el.mixed(WHITE, style.colour(rng), float(rng.uniform(0, .12))) if rng.random() < .75 else el.mixed((30, 32, 38), style.colour(rng), .12)
    ink, accent = readable(rng, paper), _apart(rng, style, paper, 200)
    radius, shadow, edge = float(rng.choice([0, .015, .03, .05])), float(rng.choice([0, .01, .02])), None
    if not shadow or sum(abs(a - b) for a, b in zip(paper, page.tone)) < 90:
        edge = el.mixed(paper, ink, float(rng.uniform(.3, .7)))
    line = el.mixed(paper, ink, .25)
    if kind == "window":
        count = int(rng.choice([1, 1, 2, 3]))
        for k in range(count):
            box = shrink(ALL, *rng.uniform(.05, .15, 4)) if count == 1 else sub_box(rng, shrink(ALL, .03, .03, .03, .03), .5, .75)
            role = Role.PANEL if k == 0 else Role.SHAPE
            x0, y0, x1, y1 = box
            bar, fill = float(rng.uniform(.06, .1)), accent if rng.random() < .5 else el.mixed(paper, ink, .15)
            dots = [(255, 95, 87), (254, 188, 46), (40, 200, 64)] if rng.random() < .5 else [readable(rng, fill)] * 3
            left, r = rng.random() < .6, bar * .16

            def paint(pen: Ink, b=box, f=fill, bar=bar, dots=dots, left=left, r=r) -> None:
                pen.box(b, paper, edge, .004, radius)
                pen.box((b[0], b[1], b[2], b[1] + bar), f, None, 0, radius)
                if radius:
                    pen.box((b[0], b[1] + bar * .5, b[2], b[1] + bar), f)
                for j, c in enumerate(dots):
                    at = (b[0] + .035 + j * .04, b[1] + bar / 2) if left else (b[2] - .035 - j * .04, b[1] + bar / 2)
                    pen.dot(at, r, c)
            parts.append(el.inked(role, paint, "window", shadow=shadow))
            if k < count - 1:
                continue
            parts.append(el.text(style, ((x0 + x1) / 2, y0 + bar / 2), style.phrase(rng, 1, 2), bar * .5, readable(rng, fill),
                                 width=(x1 - x0) * .5))
            body = shrink((x0, y0 + bar, x1, y1), .05, .06, .05, .06)
            if rng.random() < .35:
                aside = (x0 + .005, y0 + bar + .003, x0 + (x1 - x0) * .28, y1 - .01)
                parts.append(_region(aside, el.mixed(paper, accent, .25), what="side bar"))
                for j in range(int(rng.integers(3, 6))):
                    parts.append(el.text(style, (aside[0] + .02, aside[1] + .06 + j * .08), style.word(rng), .036,
                                         readable(rng, el.mixed(paper, accent, .25)), "lm", width=aside[2] - aside[0] - .03))
                body = (aside[2] + .03, body[1], body[2], body[3])
            inner = str(rng.choice(["text", "picture", "dialogue", "plot"]))
            if inner in ("picture", "plot"):
                view = shrink(body, 0, 0, 0, float(rng.choice([0, .25])))
                own = panel(rng, replace(style, dark=luminance(paper) < .5), view, "plot" if inner == "plot" else str(rng.choice(["photo",
                    "micrograph"])))
                # Above the windows, whichever of them it lies on.
                parts += [replace(e, role=Role.SHAPE if count > 1 and e.role in (Role.PANEL, Role.DATA) else e.role) for e in own]
            else:
                foot = .3 if inner == "dialogue" else 0
                if inner == "dialogue" and rng.random() < .6:
                    parts.append(icon(rng, style, (body[0] + .08, body[1] + .1), .06, colour=accent))
                    text_box = (body[0] + .18, body[1], body[2], body[1] + (body[3] - body[1]) * (1 - foot))
                else:
                    text_box = shrink(body, 0, 0, 0, foot)
                parts += el.paragraph(rng, style, text_box, float(rng.uniform(.026, .04)), ink, bullets=rng.random() < .3)
                if inner == "dialogue":
                    for j, c in enumerate((accent, el.mixed(paper, ink, .2))[:int(rng.integers(1, 3))]):
                        w = (body[2] - body[0]) * .36
                        button = (body[2] - w - j * (w + .03), body[3] - .1, body[2] - j * (w + .03), body[3])
                        parts.append(_region(button, c, what="button", radius=float(rng.choice([0, .015, .04])),
                                             shadow=float(rng.choice([0, 0, .006]))))
                        parts.append(el.text(style, middle(button), style.word(rng), .042, readable(rng, c), width=w * .8))
    elif kind == "chat":
        y, narrow = .05, rng.random() < .5
        x0, x1 = (.14, .86) if narrow else (.04, .96)
        if narrow:
            parts.append(_region((x0 - .03, .02, x1 + .03, .98), paper, Role.PANEL, "screen", edge, .005, .04, 1, shadow))
        faces = rng.random() < .5
        while y < .82:
            mine, h, w = rng.random() < .5, float(rng.uniform(.09, .2)), float(rng.uniform(.4, .7)) * (x1 - x0)
            fill = accent if mine else el.mixed(paper if narrow else page.tone, ink if narrow else page.ink, .2)
            gap = .1 if faces else .04
            box = (x1 - gap - w, y, x1 - gap, y + h) if mine else (x0 + gap, y, x0 + gap + w, y + h)
            tip = (x1 - gap + .025, y + h * .9) if mine else (x0 + gap - .025, y + h * .9)

            def bubble(pen: Ink, b=box, t=tip, f=fill, mine=mine) -> None:
                x = b[2] if mine else b[0]
                pen.polygon([(x, b[3] - .05), t, (x + (-.05 if mine else .05), b[3] - .005)], f)
                pen.box(b, f, radius=.03)
            parts.append(el.inked(Role.SHAPE, bubble, "chat bubble", shadow=shadow * .5))
            if rng.random() < .12:
                parts.append(icon(rng, style, middle(box), h * .35, colour=readable(rng, fill)))
            else:
                parts += el.paragraph(rng, style, shrink(box, .06, .1, .04, .05), .028 if h < .13 else .034, readable(rng, fill))
            if faces:
                at = (x1 - .035, y + h - .03) if mine else (x0 + .035, y + h - .03)
                parts.append(el.inked(Role.SHAPE, lambda pen, a=at: pen.dot(a, .036, BLACK), "round portrait",
                                      shade=el.photo_painter(rng, style)[0]))
            y += h + float(rng.uniform(.025, .06))
    elif kind == "list":
        rows, x0, x1 = int(rng.integers(3, 7)), float(rng.uniform(.04, .2)), float(rng.uniform(.8, .96))
        head = rng.random() < .6
        parts.append(_region((x0, .04, x1, .96), paper, Role.PANEL, "screen", edge, .005, radius, 1, shadow))
        if head:
            parts += [_region((x0, .04, x1, .15), accent, what="head bar", radius=radius),
                      el.text(style, (x0 + .04, .095), style.phrase(rng, 1, 3), .055, readable(rng, accent), "lm", width=(x1 - x0) * .8)]
        end = str(rng.choice(["switch", "button", "value", "none"]))
        carded = rng.random() < .4
        for k, box in enumerate(cells(rows, 1, (x0 + .02, .18 if head else .07, x1 - .02, .93), .02)):
            my, h = middle(box)[1], box[3] - box[1]
            if carded:
                parts.append(_region(box, el.mixed(paper, accent, .2), what="card", radius=radius * .6))
            elif k < rows - 1:
                parts.append(el.rule(rng, style, (box[0], box[3] + .01), (box[2], box[3] + .01), line, .004))
            r, thing = min(h * .36, .055), float(rng.random())
            at = (box[0] + .02 + r, my)
            if thing < .5:
                parts.append(icon(rng, style, at, r, colour=accent if not carded else None))
            else:
                parts.append(el.inked(Role.SHAPE, lambda pen, a=at, r=r: pen.dot(a, r, BLACK), "round portrait", shade=_picture(rng, style)[0]))
            beneath = el.mixed(paper, accent, .2) if carded else paper
            room = (x1 - x0) * .45
            parts.append(el.text(style, (at[0] + r + .03, my - h * .16), style.phrase(rng, 1, 3), min(.045, h * .35), readable(rng, beneath), "lm",
                                 width=room))
            parts.append(el.text(style, (at[0] + r + .03, my + h * .2), style.phrase(rng, 3, 6), min(.03, h * .25),
                                 el.mixed(beneath, readable(rng, beneath), .6), "lm", width=room, what=""))
            if end == "switch":
                on, s = rng.random() < .5, .022
                parts.append(el.inked(Role.SHAPE, lambda pen, y=my, on=on: (pen.box((box[2] - .1, y - s, box[2] - .02, y + s),
                    accent if on else line, radius=s),
                                                                         pen.dot((box[2] - (.045 if on else .075), y), s * .8, WHITE)), "switch"))
            elif end == "button":
                button = (box[2] - .15, my - .03, box[2] - .015, my + .03)
                parts += [_region(button, accent, what="button", radius=.02), el.text(style, middle(button), style.word(rng), .032,
                    readable(rng, accent), width=.11)]
            elif end == "value":
                parts.append(el.text(style, (box[2] - .02, my), str(int(rng.integers(0, 999))), .045, readable(rng, beneath), "rm", what=""))
    else:
        rows, columns = ((1, 2), (1, 3), (2, 2), (2, 1), (2, 3))[rng.integers(5)]
        tall, buttons = float(rng.uniform(.4, .6)), rng.random() < .4
        for box in cells(rows, columns, (.05, .06, .95, .94), float(rng.uniform(.03, .06))):
            parts.append(_region(box, paper, Role.PANEL, "card", edge, .004, radius, 1, shadow))
            h = box[3] - box[1]
            rim = .0 if rng.random() < .4 else .05
            view = (box[0] + .006 + rim * (box[2] - box[0]), box[1] + .006 + rim * h, box[2] - .006 - rim * (box[2] - box[0]), box[1] + h * tall)
            parts.append(el.picture(Role.PANEL, view, *_picture(rng, style)) if rng.random() < .75 else icon(rng, style, middle(view),
                min(view[2] - view[0], view[3] - view[1]) * .4, colour=accent))
            x = box[0] + (box[2] - box[0]) * .07
            room, y = (box[2] - box[0]) * .86, box[1] + h * tall + .04
            parts.append(el.text(style, (x, y), style.phrase(rng, 1, 2), .045, ink, "lm", width=room))
            if buttons and h > .35:
                button = (x, box[3] - .09, x + room * .6, box[3] - .025)
                parts += [_region(button, accent, what="button", radius=.02), el.text(style, middle(button), style.word(rng), .034,
                    readable(rng, accent), width=room * .5)]
            foot = box[3] - (.1 if buttons and h > .35 else .015)
            if foot - y > .06:
                parts += el.paragraph(rng, style, (x, y + .025, x + room, foot), .026, el.mixed(paper, ink, .75))
    return {"window": "A screen with a window", "chat": "A chat", "list": "A screen with a list", "cards": "Cards in rows"}[kind], parts


def _cover(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A cover of a book or journal: a picture or shapes, bands, big letters, and small print."""
    kind = str(rng.choice(["picture", "picture", "shapes", "framed"]))
    parts: Parts = []
    if kind == "picture":
        painter, what = _picture(rng, style, .4)
        parts.append(el.picture(Role.BACKGROUND, ALL, painter, what))
        tone = _mean(painter)
    else:
        page = _page(rng, style, "tint gradient gradient texture", .35)
        parts.append(page.ground)
        tone = page.tone
        if kind == "shapes":
            at, n, r, sides = inside(rng, ALL, .3), int(rng.integers(2, 6)), float(rng.uniform(.3, .55)), int(rng.choice([3, 4, 6, 40]))
            turn, twist = float(rng.random() * 6.3), float(rng.uniform(0, .5))
            beneath = tone
            for k in range(n):
                beneath = _apart(rng, style, beneath)
                t = np.arange(sides) * 2 * np.pi / sides
                parts.append(el.inked(Role.PANEL, lambda pen, a=at, r=r, f=beneath, s=1 - k / n, tw=turn + k * twist,
                                      t=t: pen.polygon(pen.round(a, r * s, list(zip(np.cos(t), np.sin(t))), tw), f),
                                      f"{el.colour_name(beneath)} {'disc' if sides == 40 else 'polygon'}"))
        else:
            view = shrink(ALL, *rng.uniform(.08, .2, 2), *rng.uniform(.08, .2, 2))
            parts.append(el.picture(Role.PANEL, view, *_picture(rng, style, .5)))
            if rng.random() < .5:
                line = _apart(rng, style, tone)
                parts.append(el.inked(Role.MARK, lambda pen: pen.box(shrink(view, -.03, -.03, -.03, -.03), None, line, .008), "frame"))
    bands = []
    for _ in range(int(rng.integers(1, 4))):
        fill, opacity, thick = _apart(rng, style, tone), float(rng.choice([1, .8, .6, .45])), _between(rng, .04, .3)
        form, at = str(rng.choice(["across", "across", "upright", "slanted", "block"])), float(rng.uniform(0, 1 - thick))
        if form == "slanted":
            lean = float(rng.uniform(-.4, .4))
            points = [(-.01, at), (1.01, at + lean), (1.01, at + lean + thick), (-.01, at + thick)]
        else:
            box = {"across": (0, at, 1, at + thick), "upright": (at, 0, at + thick, 1), "block": (at, at * .5, min(at + .5, .95),
                at * .5 + thick)}[form]
            points = [box[:2], (box[2], box[1]), box[2:], (box[0], box[3])]
            if form == "across" and thick > .1:
                bands.append((box, fill if opacity > .7 else el.mixed(tone, fill, opacity)))
        parts.append(el.inked(Role.SHAPE, lambda pen, p=points, f=fill: pen.polygon(p, f),
                              f"{'translucent ' if opacity < 1 else ''}{el.colour_name(fill)} band", opacity))
    upper = rng.random() < .65
    if bands and rng.random() < .7:
        (box, beneath), size = bands[-1], float(rng.uniform(.08, .2))
        place, size = (.5, (box[1] + box[3]) / 2), min(size, (box[3] - box[1]) * .7)
        halo = 0.0
    else:
        size = float(rng.uniform(.1, .3))
        place, beneath, halo = (.5, size * .55 + .03 if upper else .95 - size * .6), tone, float(rng.choice([.008, .01, .014]))
    words = style.word(rng).upper() if rng.random() < .5 else style.phrase(rng, 1, 2)
    colour = readable(rng, beneath) if rng.random() < .75 else _apart(rng, style, beneath, 330)
    parts.append(el.text(style, place, words, size, colour, width=.92, halo=halo or .008 * (kind == "picture" and beneath == tone),
                         halo_colour=readable(rng, colour), what="title"))
    rim = {"halo": .006, "halo_colour": BLACK if luminance(tone) < .5 else WHITE}
    coded = rng.random() < .3
    for y in (.05 + .9 * rng.permutation(8)[:int(rng.integers(0, 4))] / 7).tolist():
        left = rng.random() < .5 or coded and y > .7
        if abs(y - place[1]) < size * .6 + .05 or coded and y > .7 and not left:
            continue
        parts.append(el.text(style, (.06 if left else .94, y), style.phrase(rng, 1, 4), _between(rng, .03, .06), readable(rng, tone),
                             "lm" if left else "rm", width=.6, **rim))
    if coded:
        box, gaps = (.74, .84, .94, .95), rng.random(24)
        parts.append(_region(box, WHITE, what="bar code", edge=(200, 200, 200), width=.003))
        parts.append(el.inked(Role.MARK, lambda pen: [pen.box((.755 + k * .0071, .855, .757 + k * .0071 + .003 * g, .935), BLACK) for k,
                                                      g in enumerate(gaps)]))
    if rng.random() < .3:
        at, r, fill = inside(rng, (.1, .3, .9, .9), .1), float(rng.uniform(.07, .12)), _apart(rng, style, tone, 220)
        parts.append(el.inked(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, _star(14, .84)), fill), "burst", shadow=.008))
        parts.append(_tilted_text(style, at, (0, 0), float(rng.uniform(-20, 20)), style.word(rng), r * .5, readable(rng, fill), width=r * 1.4))
    return f"A cover titled “{words}”", parts


def _numbers(rng: Rng, style: Style) -> tuple[str, Parts]:
    """An infographic of big numbers with icons, rings, bars of share or rows of people, on plates or without."""
    page = _page(rng, style)
    parts, count = [page.ground], int(rng.integers(2, 7))
    headed = rng.random() < .6
    top = float(rng.uniform(.14, .2)) if headed else .04
    if headed:
        fill, banner = _apart(rng, style, page.tone), rng.random() < .4
        if banner:
            parts.append(el.bar(rng, style, (0, 0, 1, top - .02), fill))
        parts.append(titled(rng, style, (.5, top / 2 - .01), top * .5, .9, colour=readable(rng, fill) if banner else page.ink)[1])
    form = str(rng.choice(["rows", "grid", "columns"]))
    shape = {"rows": (min(count, 4), 1), "columns": (1, min(count, 4)), "grid": ((count + 1) // 2, 2)}[form]
    boxes = cells(*shape, (.05, top + .02, .95, .96), float(rng.uniform(.02, .05)))[:count]
    carrier, one, radius = str(rng.choice(["none", "plate", "plate", "stripe"])), _apart(rng, style, page.tone), float(rng.choice([0, .02, .05]))
    same, device = rng.random() < .4, str(rng.choice(["icon", "ring", "bar", "people", "mixed"]))
    shadow, opacity = float(rng.choice([0, 0, .012])), float(rng.choice([1, 1, .7]))
    for k, box in enumerate(boxes):
        fill, beneath = one if same else _apart(rng, style, page.tone), page.tone
        w, h = box[2] - box[0], box[3] - box[1]
        if carrier == "plate":
            parts.append(_region(box, fill, Role.PANEL, "plate", radius=radius, opacity=opacity, shadow=shadow if opacity == 1 else 0))
            beneath = fill if opacity == 1 else el.mixed(page.tone, fill, opacity)
        elif carrier == "stripe":
            parts.append(_region((box[0], box[1], box[0] + .018, box[3]), fill, what="stripe"))
        ink, accent = readable(rng, beneath), _apart(rng, style, beneath, 200)
        share, kind = float(rng.uniform(.1, .95)), device if device != "mixed" else str(rng.choice(["icon", "ring", "bar", "people"]))
        wide = w > h * 1.2
        spot = (box[0] + w * .2, middle(box)[1]) if wide else (middle(box)[0], box[1] + h * .24)
        area = (box[0] + w * .38, box[1], box[2], box[3]) if wide else (box[0], box[1] + h * .44, box[2], box[3])
        r = min(h * .36, w * .14) if wide else min(w * .36, h * .18)
        if kind == "icon":
            if rng.random() < .4:
                parts.append(el.inked(Role.SHAPE, lambda pen, a=spot, r=r, c=accent: pen.dot(a, r, c), f"{el.colour_name(accent)} disc"))
                parts.append(icon(rng, style, spot, r * .6, colour=readable(rng, accent)))
            else:
                parts.append(icon(rng, style, spot, r, colour=accent))
        elif kind == "ring":
            thick, rest = r * float(rng.uniform(.18, .5)), el.mixed(beneath, ink, .2)
            parts.append(el.inked(Role.SHAPE, lambda pen, a=spot, r=r, c=accent, t=thick, s=share,
                                  q=rest: (pen.sector(a, r, 0, 360, q, t), pen.sector(a, r, -90, -90 + 360 * s, c, t)), "ring of a share"))
            if thick < r * .4:
                parts.append(el.text(style, spot, f"{share * 100:.0f}%", r * .5, ink, what="", width=r * 1.1))
        elif kind == "bar":
            rest, bar = el.mixed(beneath, ink, .2), (box[0] + w * .1, box[3] - h * .2, box[2] - w * .1, box[3] - h * .2 + min(.035, h * .1))
            parts.append(el.inked(Role.SHAPE, lambda pen, b=bar, c=accent, s=share, q=rest: (pen.box(b, q, radius=.012),
                pen.box((b[0], b[1], b[0] + (b[2] - b[0]) * s, b[3]), c, radius=.012)), "bar of a share"))
            area = shrink(box, .06, .02, .06, .25)
        else:
            n, of = 5, int(round(share * 5))
            rest, s = el.mixed(beneath, ink, .3), min(r * .38, .03)
            xs = [spot[0] + (j - 2) * s * 1.9 * .9 for j in range(n)]

            def people(pen: Ink, xs=xs, y=spot[1], s=s, of=of, c=accent, q=rest) -> None:
                for j, x in enumerate(xs):
                    pen.dot((x, y - s), s * .55, c if j < of else q)
                    pen.polygon(pen.round((x, y + s * .6), s, [(-.7, -.9), (.7, -.9), (.5, .9), (-.5, .9)]), c if j < of else q)
            parts.append(el.inked(Role.SHAPE, people, "row of people"))
        string = str(rng.choice([f"{share * 100:.0f}%", str(int(rng.integers(2, 999))), f"{rng.uniform(1, 10):.1f}", f"{int(rng.integers(2, 20))}x",
                                 f"1/{int(rng.integers(2, 9))}", f"{int(rng.integers(1, 90))},{int(rng.integers(100, 999))}"]))
        size, mid = min((area[3] - area[1]) * .5, _between(rng, .08, .2)), middle(area)
        parts.append(el.text(style, (mid[0], area[1] + (area[3] - area[1]) * .38), string, size,
                             accent if rng.random() < .4 and carrier != "plate" else ink, width=(area[2] - area[0]) * .86))
        parts.append(el.text(style, (mid[0], area[1] + (area[3] - area[1]) * .38 + size * .5 + .03),
                             style.phrase(rng, 1, 4) if area[2] - area[0] > .35 else style.word(rng), float(rng.uniform(.032, .045)), ink,
                             width=(area[2] - area[0]) * .9))
    return "An infographic with big numbers", parts


def _comic(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Panels of a comic with balloons, captions and shouts, or one picture with balloons."""
    strip = rng.random() < .75
    page = _page(rng, style, "tint gradient")
    if strip:
        gap = float(rng.uniform(.012, .04))
        boxes = divided(rng, shrink(ALL, *rng.uniform(.02, .05, 4)), gap, int(rng.integers(1, 4))) if rng.random() < .6 else cells(*((1, 2), (1, 3),
            (2, 2), (3, 1), (2, 1))[rng.integers(5)], (.03, .03, .97, .97), gap)
        parts, line, width = [page.ground], page.ink, float(rng.uniform(.005, .016))
    else:
        painter, what = _picture(rng, style, .15)
        boxes, parts = [ALL], [el.picture(Role.BACKGROUND, ALL, painter, what)]
    for box in boxes:
        w, h = box[2] - box[0], box[3] - box[1]
        if strip:
            kind, base, second = str(rng.choice(["photo", "flat", "graded", "rays", "dots"])), el.mixed(style.colour(rng), WHITE,
                float(rng.uniform(0, .4))), style.colour(rng)
            if kind == "photo":
                parts.append(el.picture(Role.PANEL, box, *_picture(rng, style, .2)))
            elif kind == "graded":
                parts.append(el.picture(Role.PANEL, box, el.gradient(rng, base, second), "panel"))
            else:
                n, turn, at = int(rng.integers(8, 18)), float(rng.random()), (.5, float(rng.uniform(.4, 1)))

                def paint(pw: int, ph: int, kind=kind, base=base, second=second, n=n, turn=turn, at=at) -> np.ndarray:
                    x, y = np.linspace(0, 1, pw)[None] - at[0], np.linspace(0, 1, ph)[:, None] - at[1]
                    if kind == "flat":
                        return np.broadcast_to(el.unit(base), (ph, pw, 3))
                    if kind == "rays":
                        on = np.clip(np.sin(np.arctan2(y, x) * n + turn * 6) * 6 + .5, 0, 1)
                    else:   # raster dots that grow downwards
                        u = x * n * pw / max(pw, ph), y * n * ph / max(pw, ph)
                        on = np.clip(((y + at[1]) * .5 - np.hypot(u[0] % 1 - .5, u[1] % 1 - .5)) * 6 + .5, 0, 1)
                    return el.unit(base) + on[..., None] * (el.unit(second) - el.unit(base))
                parts.append(el.picture(Role.PANEL, box, paint, "panel"))
            parts.append(el.inked(Role.MARK, lambda pen, b=box: pen.box(b, None, line, width), ""))
        mouths = []
        for _ in range(int(rng.integers(0, 3))):
            at, r = (box[0] + w * float(rng.uniform(.2, .8)), box[1] + h * float(rng.uniform(.55, .8))), min(w, h) * float(rng.uniform(.12, .24))
            mouths.append(at)
            if rng.random() < .5:
                parts.append(icon(rng, style, at, r))
            else:   # a face
                skin, hair = _apart(rng, style, base if strip else (128, 128, 128), 100), style.colour(rng)

                def face(pen: Ink, at=at, r=r, skin=skin, hair=hair) -> None:
                    pen.dot(at, r * 1.06, BLACK)
                    pen.dot(at, r, hair)
                    pen.sector(at, r, -20, 200, skin)
                    for s in (-.36, .36):
                        pen.dot(pen.round(at, r, [(s, .0)])[0], r * .13, BLACK)
                    pen.line(pen.round(at, r, [(-.4, .4), (-.15, .55), (.15, .55), (.4, .4)]), BLACK, r * .09)
                parts.append(el.inked(Role.SHAPE, face, "cartoon face"))
        if rng.random() < .8 or not strip:
            several = 1 if strip else int(rng.integers(1, 4))
            for k in range(several):
                bw, bh = w * float(rng.uniform(.4, .75)) * (1 if strip else .75), h * float(rng.uniform(.22, .36)) / (1 if several < 3 else 1.4)
                x, y = box[0] + float(rng.uniform(.04, .96)) * (w - bw), box[1] + h * (float(rng.uniform(.04,
                    .14)) if strip else .03 + (.86 if several > 1 else .5) / several * (k + float(rng.uniform(0, .15))))
                tip = mouths[0] if mouths else inside(rng, (box[0], y + bh, box[2], box[3]), .25)
                tip = (tip[0], max(tip[1] - h * .12, y + bh + .03) if strip or several == 1 else y + bh + .06)
                fill = WHITE if rng.random() < .75 else _apart(rng, style, (128, 128, 128))
                parts += _balloon(rng, style, (x, y, x + bw, y + bh), tip, fill, BLACK if rng.random() < .8 else None)
        elif rng.random() < .6:
            at, fill = inside(rng, box, .35), _apart(rng, style, base, 200)
            r, n = min(w, h) * float(rng.uniform(.3, .42)), int(rng.integers(9, 15))
            parts.append(el.inked(Role.SHAPE, lambda pen, a=at, r=r, n=n, f=fill: (pen.polygon(pen.round(a, r * 1.1, _star(n, .6)), BLACK),
                pen.polygon(pen.round(a, r, _star(n, .6)), f)), "burst"))
            parts.append(_tilted_text(style, at, (0, 0), float(rng.uniform(-20, 20)), style.word(rng).upper() + "!", r * .6, readable(rng, fill),
                                      width=r * 1.2))
        if strip and rng.random() < .3:
            box_ = (box[0] + .015, box[3] - .085, box[0] + w * float(rng.uniform(.5, .95)), box[3] - .015)
            parts.append(_region(box_, (255, 246, 190) if rng.random() < .6 else WHITE, what="caption box", edge=BLACK, width=.005))
            parts.append(el.text(style, middle(box_), style.phrase(rng, 2, 4) if w > .35 else style.word(rng), .038, BLACK,
                                 width=(box_[2] - box_[0]) * .9))
    return f"A comic of {len(boxes)} panels" if strip else "A picture with speech balloons", parts


# ---- loose arrangements ---------------------------------------------------------------------------------------------

def _scattered(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Prints with rims and shadows thrown on a table, a fan of cards, or a stack; sometimes with pins, strips of tape and words."""
    page = _page(rng, style, "tint gradient texture texture photo photo", .45)
    parts, count = [page.ground], int(rng.integers(2, 8))
    card, lean = WHITE if rng.random() < .7 else _apart(rng, style, page.tone), float(rng.choice([0, 8, 18, 40]))
    side = float(rng.choice([0, .01, .02, .03]))
    foot = side * (1 if rng.random() < .5 else 4)
    shadow = float(rng.uniform(.006, .02)) if rng.random() < .7 or side == 0 or sum(abs(a - b) for a, b in zip(card, page.tone)) < 120 else 0.0
    form, named = str(rng.choice(["thrown", "thrown", "fan", "row"])), foot > .05 and rng.random() < .8
    base = float(rng.uniform(.26, .5)) * (1.1 - count * .07)
    names: Parts = []
    for k in range(count):
        part = (k + .5) / count
        if form == "fan":
            at, angle = (.2 + .6 * part, .5 + .16 * abs(part - .5) * 2), (.5 - part) * 2 * max(lean, 10)
        elif form == "row":
            at, angle = (.1 + .8 * part, float(.5 + rng.normal(0, .08))), float(rng.normal(0, lean * .4))
        else:
            at, angle = inside(rng, ALL, .22), float(rng.normal(0, lean * .6))
        w, h = base * float(rng.uniform(.8, 1.2)), base * float(rng.uniform(.7, 1.1))
        plain, string = rng.random() < .12, style.word(rng)
        if plain:
            fill = _apart(rng, style, card)
            painter, what = lambda pw, ph, f=fill: np.broadcast_to(el.unit(f), (ph, pw, 3)), f"{el.colour_name(fill)} card"
        else:
            painter, what = _picture(rng, style, .35)
        parts.append(_print(at, w, h, angle, painter, what, card, (side, foot), shadow))
        if named and (form != "thrown" or count < 4):   # prints that lie over one another would hide the words
            names.append(_tilted_text(style, at, (0, h / 2 + (foot - side) / 2 * .15), angle, string, foot * .55, readable(rng, card),
                                      width=w * .8))
        if rng.random() < .2:
            top, tape = (0.0, -h / 2 - side), el.mixed((240, 225, 170), style.colour(rng), float(rng.uniform(0, .6)))
            turn = -np.radians(angle)
            if rng.random() < .5:
                parts.append(el.inked(Role.SHAPE, lambda pen, a=at, t=top, r=turn, c=tape, q=float(rng.normal(0, .15)):
                                      pen.polygon(pen.round(pen.round(a, 1, [t], r)[0], .06, _slab(1, .35), r + q), c), "strip of tape", .75))
            else:
                parts.append(el.inked(Role.SHAPE, lambda pen, a=at, t=top, r=turn, c=_apart(rng, style, card, 220):
                                      (pen.dot(pen.round(a, 1, [(t[0], t[1] + .02)], r)[0], .02, c),
                                       pen.dot(pen.round(a, 1, [(t[0] - .005, t[1] + .014)], r)[0], .007, WHITE)), "pin", shadow=.006))
    if rng.random() < .3:
        parts += el.tag(rng, style, (.5, float(rng.choice([.07, .93]))))
    elif rng.random() < .3:
        parts.append(el.text(style, (.5, float(rng.choice([.07, .93]))), style.phrase(rng, 1, 3), float(rng.uniform(.06, .1)), page.ink, width=.9,
                             halo=.01, halo_colour=readable(rng, page.ink)))
    return f"{'Cards' if form == 'fan' else 'Prints'} that lie on a page", parts + names + (pointers(rng, page.style, ALL, 1,
        2) if rng.random() < .2 else [])


def _pattern(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Discs, polygons, stars, rings, turned boxes, ribbons or confetti that overlap; one kind or all of them."""
    page = _page(rng, style)
    parts, kinds = [page.ground], ["disc", "polygon", "star", "slab", "ring", "ribbon", "confetti", "cards", "wedge"]
    kind = str(rng.choice([*kinds, "mixed", "mixed"]))
    order = str(rng.choice(["free", "free", "ring", "diagonal", "grid"]))
    count = {"confetti": int(rng.integers(20, 70)), "ribbon": int(rng.integers(2, 6))}.get(kind, int(rng.integers(3, 12)))
    clear, shadowed, edged = rng.random() < .5, rng.random() < .25, rng.random() < .3
    opacity, big = float(rng.uniform(.35, .8)), float(rng.uniform(.1, .26)) if count < 7 else float(rng.uniform(.06, .15))
    if kind == "confetti":
        groups = int(rng.integers(2, 4))
        for _ in range(groups):
            bits = [(inside(rng, ALL, .02), _between(rng, .006, .03), float(rng.random() * 6.3), _apart(rng, style, page.tone),
                     int(rng.integers(3)), float(rng.uniform(.3, 1))) for _ in range(count // groups)]

            def throw(pen: Ink, bits=bits) -> None:
                for at, r, turn, c, form, flat in bits:
                    pen.dot(at, r, c) if form == 0 else pen.polygon(pen.round(at, r, _star(5, .45) if form == 1 else _slab(1, flat), turn),
                                                                    c)
            parts.append(el.inked(Role.SHAPE, throw, "scatter of confetti"))
    side = int(np.ceil(np.sqrt(count)))
    for k in range(count if kind != "confetti" else 0):
        own = kind if kind != "mixed" else str(rng.choice([x for x in kinds if x != "confetti"]))
        at = {"free": lambda: inside(rng, ALL, .12), "ring": lambda: (float(.5 + .27 * np.cos(k * 6.283 / count)),
                                                                      float(.5 + .27 * np.sin(k * 6.283 / count))),
              "diagonal": lambda: (.15 + .7 * (k + .5) / count, .15 + .7 * (k + .5) / count),
              "grid": lambda: ((k % side + .5) / side, (k // side + .5) / side)}[order]()
        r, turn, fill = big * float(rng.uniform(.75, 1.3)), float(rng.random() * 6.3), _apart(rng, style, page.tone)
        edge, width = (readable(rng, fill) if rng.random() < .6 else _apart(rng, style, fill)) if edged else None, _between(rng, .003, .018)
        sides, flat, deep = int(rng.integers(3, 9)), float(rng.uniform(.15, .9)), float(rng.uniform(.35, .8))
        if own == "ribbon":
            y, swing, waves, thick = float(rng.uniform(.15, .85)), float(rng.uniform(.03, .2)), float(rng.uniform(.5, 2.5)), _between(rng, .02, .14)
            upright = rng.random() < .25
            line = [(x, y + swing * float(np.sin(x * waves * 6.283 + turn))) for x in np.linspace(-.05, 1.05, 40)]
            line = [(b, a) for a, b in line] if upright else line
            paint = lambda pen, l=line, c=fill, t=thick: pen.line(l, c, t)
        elif own == "ring":
            paint = lambda pen, a=at, r=r, c=fill, t=r * flat * .5: pen.sector(a, r, 0, 360, c, t)
        elif own == "wedge":
            paint = lambda pen, a=at, r=r * 1.3, c=fill, s=turn * 57, e=turn * 57 + 60 + 220 * flat: pen.sector(a, r, s, e, c)
        elif own == "disc":
            def paint(pen: Ink, a=at, r=r, c=fill, e=edge, w=width) -> None:
                if e:
                    pen.dot(a, r + w, e)
                pen.dot(a, r, c)
        else:
            t = np.arange(sides) * 6.2832 / sides
            points = {"polygon": list(zip(np.cos(t), np.sin(t))), "star": _star(sides + 1, deep), "slab": _slab(1.3, flat),
                      "cards": _slab(.8, 1.1)}[own]
            if own == "cards":
                turn, r = float(rng.normal(0, .35)), r * 1.15
            paint = lambda pen, a=at, r=r, p=points, t=turn, c=fill, e=edge, w=width: pen.polygon(pen.round(a, r, p, t), c, e, w)
        shade = el.gradient(rng, fill, style.colour(rng)) if rng.random() < .12 and not edge else None
        name = {"slab": "turned box", "cards": "turned card", "wedge": "slice"}.get(own, own)
        soft = float(rng.uniform(.008, .03)) if rng.random() < .06 else 0.0
        parts.append(el.inked(Role.SHAPE, paint, f"{'translucent ' if clear else ''}{el.colour_name(fill)} {name}",
                              opacity if clear and not edge else 1.0,
                              float(rng.uniform(.008, .02)) if shadowed or own == "cards" else 0.0, soft, shade))
    if rng.random() < .35:
        fill = _apart(rng, style, page.tone)
        at, words = (.5, float(rng.uniform(.35, .65))), style.phrase(rng, 1, 2)
        if rng.random() < .5:
            parts.append(el.inked(Role.SHAPE, lambda pen: pen.box((.14, at[1] - .1, .86, at[1] + .1), fill), f"{el.colour_name(fill)} plate",
                                  float(rng.choice([1, .85]))))
            parts.append(el.text(style, at, words, float(rng.uniform(.06, .11)), readable(rng, fill), width=.66))
        else:
            ink = readable(rng, page.tone)
            parts.append(el.text(style, at, words, float(rng.uniform(.09, .2)), ink, width=.9, halo=.012, halo_colour=readable(rng, ink)))
    return "A pattern of shapes", parts


def _badge(rng: Rng, style: Style, at: Point, r: float, beneath: Colour | None) -> Parts:
    """An emblem: a ground shape, rings and inner shapes, an icon or letters, a ribbon across with words, small stars."""
    outer = _apart(rng, style, beneath) if beneath else style.colour(rng)
    inner, form = _apart(rng, style, outer), str(rng.choice(["disc", "disc", "shield", "burst", "hexagon", "square", "diamond", "blob"]))
    t = np.arange(48) * 2 * np.pi / 48
    low = np.linspace(0, 1, 14)
    shield = [(-.85, -.9), (.85, -.9)] + [(float(.85 * np.cos(v * np.pi / 2) ** .7),
                                           float(-.1 + 1.1 * np.sin(v * np.pi / 2))) for v in low] + [(-float(.85 * np.cos(v * np.pi / 2) ** .7),
                                               float(-.1 + 1.1 * np.sin(v * np.pi / 2))) for v in low[::-1]]
    wobble = 1 + .08 * np.sin(3 * t + rng.random() * 6) + .06 * np.sin(5 * t + rng.random() * 6)
    points = {"disc": list(zip(np.cos(t), np.sin(t))), "shield": shield, "burst": _star(int(rng.integers(10, 24)), float(rng.uniform(.75, .9))),
              "square": _slab(.85, .85),
              "hexagon": [(float(np.cos(v)), float(np.sin(v))) for v in np.arange(6) * np.pi / 3 + .5236],
              "diamond": [(0, -1), (1, 0), (0, 1), (-1, 0)], "blob": list(zip(wobble * np.cos(t), wobble * np.sin(t)))}[form]
    turn = float(rng.normal(0, .2)) if form in ("square", "burst", "blob") and rng.random() < .4 else 0.0
    shadow = float(rng.uniform(.008, .02)) if rng.random() < .35 else 0.0
    shade = el.gradient(rng, outer, el.mixed(outer, style.colour(rng), .7)) if rng.random() < .2 and not shadow else None
    parts = [el.inked(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, points, turn), outer), f"{el.colour_name(outer)} {form}", shadow=shadow,
                      shade=shade)]
    top = outer
    if rng.random() < .7:
        size, same = float(rng.uniform(.66, .88)), rng.random() < .6
        parts.append(el.inked(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r * size, points, turn), inner) if same else pen.dot(at,
            r * size * .8, inner), f"{el.colour_name(inner)} {form if same else 'disc'}"))
        top = inner
    if rng.random() < .4:
        width, line = float(rng.uniform(.003, .012)), readable(rng, top)
        parts.append(el.inked(Role.MARK, lambda pen: pen.line(pen.round(at, r * .6, [*points, points[0], points[1]], turn), line, width),
                              "inner line"))
    ink, middle_ = readable(rng, top) if rng.random() < .7 else _apart(rng, style, top, 300), str(rng.choice(["letters", "letters", "icon", "both",
        "picture"]))
    if middle_ == "picture":
        parts.append(el.inked(Role.SHAPE, lambda pen: pen.dot(at, r * .5, BLACK), "round picture", shade=_picture(rng, style)[0]))
    if middle_ in ("icon", "both"):
        spot = (at[0], at[1] - (r * .2 if middle_ == "both" else 0))
        parts.append(icon(rng, style, spot, r * (.26 if middle_ == "both" else .42), colour=ink))
    if middle_ in ("letters", "both"):
        string = style.word(rng)
        string = string[:int(rng.integers(1, 4))].strip() if rng.random() < .6 else string
        parts.append(el.text(style, (at[0], at[1] + (r * .25 if middle_ == "both" else 0)), string, r * (.3 if middle_ == "both" else .62), ink,
                             width=r * 1.05))
    if rng.random() < .4:
        fill, long, half, y = _apart(rng, style, top), float(rng.uniform(1.0, 1.3)), float(rng.uniform(.14, .2)), float(rng.uniform(.45, .7))
        notch = rng.random() < .6
        tail = [(-long, y - half), (long, y - half), (long - half * notch, y), (long, y + half), (-long, y + half), (-long + half * notch, y)]
        parts.append(el.inked(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, tail), fill), f"{el.colour_name(fill)} ribbon",
                              shadow=.008 if rng.random() < .5 else 0))
        parts.append(_tilted_text(style, at, (0, y * r), 0, style.phrase(rng, 1, 2), r * half * 1.3, readable(rng, fill), width=r * long * 1.4))
    if rng.random() < .3:
        n, ring = int(rng.integers(3, 12)), readable(rng, outer)
        parts.append(el.inked(Role.MARK, lambda pen: [pen.polygon(pen.round(pen.round(at, r * .78, [(np.cos(v), np.sin(v))])[0], r * .07,
            _star(5, .45)), ring) for v in np.linspace(np.pi * 1.1, np.pi * 1.9, n)], "row of stars"))
    return parts


def _emblem(rng: Rng, style: Style) -> tuple[str, Parts]:
    """One emblem with a name, or several side by side."""
    page = _page(rng, style)
    parts, count = [page.ground], int(rng.choice([1, 1, 1, 2, 3, 4]))
    if count == 1:
        beside, r = rng.random() < .3, float(rng.uniform(.2, .36))
        at = (.06 + r * .75, .5) if beside else (.5, .5 if rng.random() < .5 else .42)
        r = min(r, .22) if beside else r
        parts += _badge(rng, style, at, r, page.tone)
        size = float(rng.uniform(.07, .13))
        if beside:
            parts.append(el.text(style, (at[0] + r * 1.35, .47), style.phrase(rng, 1, 2), size, page.ink, "lm", width=.93 - at[0] - r * 1.35))
            parts.append(el.text(style, (at[0] + r * 1.35, .47 + size * .9), style.phrase(rng, 2, 4), size * .42, page.ink, "lm",
                                 width=.93 - at[0] - r * 1.35))
        elif at[1] < .5:
            parts.append(el.text(style, (.5, .91), style.phrase(rng, 1, 2), min(size, .1), page.ink, width=.9))
    else:
        boxes = cells(1, count, (.03, .1, .97, .9), .02) if count < 4 else cells(2, 2, (.05, .05, .95, .95), .03)
        for box in boxes:
            parts += _badge(rng, style, middle(box), (r := min(box[2] - box[0], box[3] - box[1]) * float(rng.uniform(.34, .42))), page.tone)
            if rng.random() < .4 and count < 4:
                parts.append(el.text(style, (middle(box)[0], .58 + r * 1.2), style.word(rng), .055, page.ink, width=box[2] - box[0]))
    return "An emblem" if count == 1 else f"{count} emblems", parts


def _cut_out(rng: Rng, style: Style) -> tuple[str, Parts]:
    """On a transparent page: a labelled object, a group with shadows, badges, prints, a lone piece of diagram or a note."""
    kind, parts = str(rng.choice(["object", "group", "badge", "prints", "diagram", "balloon", "stack"])), []
    ink = style.strong(rng) if rng.random() < .5 else style.ink
    if kind == "object":
        at, r = (float(rng.uniform(.4, .6)), float(rng.uniform(.42, .58))), float(rng.uniform(.2, .33))
        painter, width = _picture(rng, style)[0], float(rng.uniform(.004, .012))
        rough, form = _blob(rng, (0, 0), 1, 1, .1), int(rng.integers(3))
        if form == 0:
            parts.append(icon(rng, style, at, r))
        elif form == 1:
            parts.append(el.inked(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, rough), BLACK), "picture that was cut out", shade=painter))
        else:
            fill = style.colour(rng)
            parts.append(el.inked(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, rough), fill, el.mixed(fill, BLACK, .4), .012),
                                  f"{el.colour_name(fill)} cell"))
            for _ in range(int(rng.integers(2, 6))):
                spot, s = (at[0] + float(rng.normal(0, r * .33)), at[1] + float(rng.normal(0, r * .33))), r * float(rng.uniform(.08, .3))
                parts.append(el.inked(Role.SHAPE, lambda pen, a=spot, s=s, c=_apart(rng, style, fill, 100): pen.dot(a, s, c), "disc"))
        n = int(rng.integers(2, 6))
        turns = rng.random() * 6.3 + np.arange(n) * 6.283 / n
        for t in turns:
            a, b = (at[0] + r * .7 * np.cos(t), at[1] + r * .7 * np.sin(t)), (float(np.clip(at[0] + .4 * np.cos(t), .1, .9)),
                float(np.clip(at[1] + .42 * np.sin(t), .06, .94)))
            parts.append(el.inked(Role.MARK, lambda pen, a=a, b=b: (pen.line([a, b], ink, width), pen.dot(a, width * 1.8, ink)), "leader line"))
            parts.append(el.text(style, (b[0], b[1] + (.035 if np.sin(t) > 0 else -.035)), style.word(rng), float(rng.uniform(.04, .06)), ink,
                                 width=.25))
    elif kind in ("group", "stack"):
        shadow, stack = float(rng.uniform(.01, .03)), kind == "stack"
        n = int(rng.integers(2, 7))
        places = [(.3 + .4 * k / n, .3 + .4 * k / n) if stack else inside(rng, ALL, .25) for k in range(n)]
        beneath = WHITE
        for at in places:
            beneath = _apart(rng, style, beneath)
            r, t, sides, turn = float(rng.uniform(.1, .24)), float(rng.uniform(.5, 1.2)), int(rng.choice([3, 4, 5, 6,
                40])), float(rng.random() * 6.3)
            v = np.arange(sides) * 6.2832 / sides
            points = _slab(1.3, .9) if stack else list(zip(np.cos(v), np.sin(v) * t))
            if not stack and rng.random() < .25:
                parts.append(icon(rng, style, at, r))
                continue
            turn = float(rng.normal(0, .12)) if stack else turn
            parts.append(el.inked(Role.SHAPE, lambda pen, a=at, r=.22 if stack else r, p=points, q=turn,
                                  c=beneath: pen.polygon(pen.round(a, r, p, q), c), f"{el.colour_name(beneath)} {'card' if stack else 'shape'}",
                                  shadow=shadow))
        if rng.random() < .5 and stack:
            parts.append(el.text(style, places[-1], style.phrase(rng, 1, 2), .07, readable(rng, beneath), width=.4))
        elif rng.random() < .5:
            parts += labels(rng, style, shrink(ALL, .1, .1, .1, .1), 1, 2)
    elif kind == "badge":
        parts += _badge(rng, style, (.5, .5), float(rng.uniform(.28, .38)), None)
    elif kind == "prints":
        n = int(rng.integers(1, 4))
        for k in range(n):
            at = (float(.5 + (k - (n - 1) / 2) * .2 + rng.normal(0, .03)), float(.5 + rng.normal(0, .06)))
            parts.append(_print(at, float(rng.uniform(.3, .5)), float(rng.uniform(.28, .5)), float(rng.normal(0, 12)), *_picture(rng, style),
                                WHITE if rng.random() < .6 else style.colour(rng), (.02, .02 if rng.random() < .5 else .07),
                                float(rng.choice([0, .012, .02]))))
        parts += pointers(rng, replace(style, ground=(120, 120, 120)), (.25, .25, .75, .75), 1, 2) if rng.random() < .6 else labels(rng,
            replace(style, ground=(120, 120, 120)), (.2, .3, .8, .7), 1, 1)
    elif kind == "diagram":
        boxes = cells(*((1, 2), (2, 1), (1, 3), (2, 2))[rng.integers(4)], shrink(ALL, .08, .18, .08, .18), float(rng.uniform(.12, .2)))
        width, form, one = float(rng.uniform(.006,
                                             .02)), str(rng.choice(["box", "rounded box",
                                                                    "ellipse"])), style.colour(rng) if rng.random() < .5 else None
        for a, b in zip(boxes, boxes[1:]):
            p, q = middle(a), middle(b)
            d = (q[0] - p[0], q[1] - p[1])
            wide, high = (a[2] - a[0]) / 2, (a[3] - a[1]) / 2
            s = min(wide / max(abs(d[0]), 1e-6), high / max(abs(d[1]), 1e-6)) + .04
            parts.append(el.arrow(rng, style, (p[0] + d[0] * s, p[1] + d[1] * s), (q[0] - d[0] * s, q[1] - d[1] * s), ink, width))
        for box in boxes:
            fill = one or style.colour(rng)
            parts.append(el.plate(rng, style, box, colour=fill, kind=form))
            parts.append(el.text(style, middle(box), style.word(rng), float(rng.uniform(.045, .08)), readable(rng, fill),
                                 width=(box[2] - box[0]) * .7))
    else:
        for k in range(int(rng.integers(1, 3))):
            box = (.08 + .2 * k, .08 + .46 * k, .72 + .2 * k, .08 + .46 * k + float(rng.uniform(.26, .36)))
            fill = style.colour(rng) if rng.random() < .6 else WHITE
            parts += _balloon(rng, style, box, (float(rng.uniform(.2, .8)), box[3] + .1), fill, readable(rng, fill) if rng.random() < .6 else None)
    return "A cut-out on a transparent page", parts


TEMPLATES: tuple[Template, ...] = (
    Template("micrograph", "segmented picture", 1.2, _segmented),
    Template("photo", "slider or watermark", .9, _compared), Template("photo", "keyed map or picture", 1.0, _keyed),
    Template("slide", "table", 1.0, _table), Template("micrograph", "blot strips", .8, _strips),
    Template("panels", "film", .9, _film), Template("slide", "printed page", 1.1, _printed),
    Template("slide", "windows", 1.1, _windows), Template("poster", "cover", 1.0, _cover),
    Template("icons", "big numbers", 1.0, _numbers), Template("panels", "comic", .9, _comic),
    Template("photo", "scattered prints", 1.0, _scattered), Template("shapes", "pattern", 1.3, _pattern),
    Template("icons", "emblem", 1.0, _emblem), Template("cut-out", "lone piece", 1.1, _cut_out))
