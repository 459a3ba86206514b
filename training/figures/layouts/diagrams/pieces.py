"""What the diagrams have in common: backgrounds, nodes and how they are painted, lines between them."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

import numpy as np

from ... import elements as el
from ...canvas import Box, Colour, PillowPen, Point
from ...elements import ALL, WHITE, Element, Rng, Role, mixed
from ...style import Style, luminance, readable
from ...templates import Parts, inside, shrink, titled

TAU = 2 * np.pi


def on_background(style: Style, tone: Colour) -> Style:
    """The style on a background of this colour, so that its foreground and strong colours fit it."""
    dark = luminance(tone) < .5
    base = (22, 24, 30) if dark else (252, 252, 250)
    return replace(style, dark=dark, tint=tuple(p - b for p, b in zip(tone, base)))


def background(rng: Rng, style: Style) -> tuple[Style, Parts]:
    """A background, mostly white, and the style for what is on it."""
    kind = rng.random()
    if kind < .6:
        tone = WHITE if rng.random() < .7 else (252, 252, 250)
    elif kind < .8:
        tone = mixed(WHITE, style.colour(rng), float(rng.uniform(.05, .4)))
    elif kind < .9:
        tone = mixed((14, 16, 22), style.colour(rng), float(rng.uniform(0, .3)))
    else:
        tone = style.colour(rng)
        tone = mixed(tone, WHITE if luminance(tone) > .5 else (0, 0, 0), float(rng.uniform(.1, .5)))
    style = on_background(style, tone)
    flat = el.unit(tone)
    shade = el.gradient(rng, tone, mixed(tone, style.colour(rng), float(rng.uniform(.1, .3))))
    if rng.random() < .08:
        return style, [el.picture(Role.BACKGROUND, ALL, lambda w, h: np.broadcast_to(shade(w, h), (h, w, 3)),
                                  f"{el.colour_name(tone)} background that fades")]
    return style, [el.picture(Role.BACKGROUND, ALL, lambda w, h: np.broadcast_to(flat, (h, w, 3)), f"plain {el.colour_name(tone)} background")]


def vivid(rng: Rng, style: Style, away: Colour | None = None, step: float = .1) -> Colour:
    """A colour of the palette that is seen on the background (and on `away`), or the foreground colour; words need a larger step in brightness."""
    for _ in range(6):
        colour = style.colour(rng)
        if all(sum(abs(c - p) for c, p in zip(colour, o)) > 140 and abs(luminance(colour) - luminance(o)) > step for o in (style.background,
                away or style.background)):
            return colour
    return style.foreground if away is None else readable(rng, away)


def line_width(rng: Rng, low: float = .0018, high: float = .012) -> float:
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def text_size(rng: Rng, low: float = .03, high: float = .055) -> float:
    return float(rng.uniform(low, high))


def drawing_area(rng: Rng, style: Style) -> tuple[Box, Parts]:
    """What is left of the page under a title and over a caption, if there are any."""
    box, parts = list(shrink(ALL, *rng.uniform(.025, .1, 4))), []
    if rng.random() < .28:
        size, left = float(rng.uniform(.045, .075)), rng.random() < .35
        parts.append(titled(rng, style, (.04 if left else .5, .03 + size * .6), size, .92, "lm" if left else "mm",
                            style.foreground if rng.random() < .7 else vivid(rng, style, step=.4))[1])
        box[1] = .05 + size * 1.4
    elif rng.random() < .1:
        parts.append(el.text(style, (.015, .015), str(rng.choice(list("abcdABCD"))), float(rng.uniform(.06, .09)), style.foreground, "lt",
                             what="panel letter"))
    if rng.random() < .16:
        parts.append(el.text(style, (.5, .96), style.phrase(rng, 4, 8), text_size(rng, .028, .038), style.foreground, width=.9, what="caption"))
        box[3] = .91
    return tuple(float(v) for v in box), parts


def legend(rng: Rng, style: Style, at: Point, colours: Sequence[Colour], mark: str = "box") -> Parts:
    size = text_size(rng, .028, .036)
    parts: Parts = []
    for k, colour in enumerate(colours):
        y = at[1] + k * size * 1.5
        parts.append(el.vector(Role.MARK, lambda pen, y=y, c=colour: pen.polygon(pen.round((at[0], y), size * .42,
                outline("ellipse" if mark == "dot" else "box")), c), ""))
        parts.append(el.text(style, (at[0] + size, y), style.word(rng), size, style.foreground, "lm", width=.18))
    return parts


def outline(shape: str, w: float = 1.0, h: float = 1.0) -> list[Point]:
    """The outline of a shape within -1..1; `w` and `h` are its proportions."""
    if shape == "ellipse":
        return [(float(np.cos(t)), float(np.sin(t))) for t in np.arange(40) * TAU / 40]
    if shape in ("rounded box", "pill"):
        r = min(w, h) * (1 if shape == "pill" else .4)
        return [(float((sx * (w - r) + r * np.cos(t)) / w), float((sy * (h - r) + r * np.sin(t)) / h))
                for k, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))) for t in (k + np.arange(7) / 6) * np.pi / 2]
    if shape == "slanted box":
        return [(-.7, -1), (1, -1), (.7, 1), (-1, 1)]
    if shape == "tab":
        return [(-1, -1), (.72, -1), (1, 0), (.72, 1), (-1, 1)]
    corners = {"triangle": 3, "diamond": 4, "pentagon": 5, "hexagon": 6, "octagon": 8}.get(shape)
    if corners:
        turn = -np.pi / 2 if corners < 6 else np.pi / corners if corners == 8 else 0
        return [(float(np.cos(turn + k * TAU / corners)), float(np.sin(turn + k * TAU / corners))) for k in range(corners)]
    return [(-1, -1), (1, -1), (1, 1), (-1, 1)]


@dataclass(frozen=True)
class Node:
    """A place with an outline; half sizes are fractions of the shorter side if `real`, otherwise of the figure's sides."""
    at: Point
    rx: float
    ry: float
    shape: str = "ellipse"
    real: bool = True

    def half(self, pen: PillowPen) -> tuple[float, float]:
        unit = pen.frame.unit
        return (self.rx * unit / pen.frame.width, self.ry * unit / pen.frame.height) if self.real else (self.rx, self.ry)

    def rim(self, pen: PillowPen, scale: float = 1.0) -> list[Point]:
        hx, hy = self.half(pen)
        return [(self.at[0] + x * hx * scale, self.at[1] + y * hy * scale) for x, y in outline(self.shape, hx * pen.width, hy * pen.height)]

    def holds(self, pen: PillowPen, p: np.ndarray, gap: float) -> np.ndarray:
        hx, hy = self.half(pen)
        x = np.abs(p[:, 0] - self.at[0]) / (hx + gap * pen.frame.unit / pen.frame.width)
        y = np.abs(p[:, 1] - self.at[1]) / (hy + gap * pen.frame.unit / pen.frame.height)
        return np.maximum(x, y) < 1 if "box" in self.shape or self.shape in ("pill",
                "tab") else x + y < 1 if self.shape == "diamond" else x * x + y * y < 1


@dataclass(frozen=True)
class Look:
    """How the nodes of one diagram are painted."""
    filled: str   # none, paper, pale or full
    one: Colour | None
    edge: float
    vector: bool
    broken: float
    double: bool
    shadow: float
    opacity: float


def pick_look(rng: Rng, style: Style) -> Look:
    filled = str(rng.choice(["none", "paper", "pale", "full"], p=[.24, .12, .26, .38]))
    edge = line_width(rng, .002, .014) if filled != "full" or rng.random() < .4 else 0.0
    return Look(filled, vivid(rng, style) if rng.random() < .5 else None, edge, rng.random() < .5,
                 float(rng.uniform(.01, .022)) if edge and rng.random() < .12 else 0.0, bool(edge) and rng.random() < .1,
                 float(rng.uniform(.005, .015)) if filled != "none" and rng.random() < .12 else 0.0,
                 float(rng.uniform(.45, .85)) if filled in ("pale", "full") and rng.random() < .15 else 1.0)


def painted(rng: Rng, style: Style, look: Look, node: Node, colour: Colour | None = None, role: Role = Role.SHAPE) -> tuple[Element, Colour]:
    """A node, and the colour in which text can be read on it."""
    colour = colour or look.one or vivid(rng, style)
    fill = {"none": None, "paper": style.background, "pale": mixed(style.background, colour, .28), "full": colour}[look.filled]
    edge = (style.foreground if look.vector else colour if look.filled != "full" else mixed(colour, style.foreground, .5)) if look.edge else None

    def paint(pen: PillowPen) -> None:
        rim = node.rim(pen)
        if fill:
            pen.polygon(rim, fill)
        if edge:
            ring = [*rim, *rim[:2]]
            pen.dashes([*rim, rim[0]], edge, look.edge, look.broken, look.broken * .8) if look.broken else pen.line(ring, edge, look.edge)
            if look.double:
                small = node.rim(pen, .8)
                pen.line([*small, *small[:2]], edge, look.edge)
    name = f"{el.colour_name(fill)} {node.shape}" if fill else f"open {node.shape}"
    below = fill or style.background
    return el.vector(role, paint, name, look.opacity, look.shadow), readable(rng, mixed(style.background, below, look.opacity))


def bent_line(a: Point, b: Point, bend: float, n: int = 36) -> list[Point]:
    """A curve from a to b that bulges to one side."""
    t = np.linspace(0, 1, n)[:, None]
    p, q = np.array(a), np.array(b)
    m = (p + q) / 2 + np.array([p[1] - q[1], q[0] - p[0]]) * bend * 2
    return [tuple(v) for v in ((1 - t) ** 2 * p + 2 * t * (1 - t) * m + t * t * q).tolist()]


def eased(a: Point, b: Point, upright: bool = False, n: int = 24) -> list[Point]:
    """A curve that leaves a and meets b along one axis."""
    t = np.linspace(0, 1, n)
    s = t * t * (3 - 2 * t)
    u, v = (s, t) if upright else (t, s)
    return list(zip((a[0] + (b[0] - a[0]) * u).tolist(), (a[1] + (b[1] - a[1]) * v).tolist()))


def elbow(a: Point, b: Point, upright: bool, part: float = .5) -> list[Point]:
    if upright:
        y = a[1] + (b[1] - a[1]) * part
        return [a, (a[0], y), (b[0], y), b]
    x = a[0] + (b[0] - a[0]) * part
    return [a, (x, a[1]), (x, b[1]), b]


def dense(points: Sequence[Point], n: int = 40) -> np.ndarray:
    """Points at even steps along a line, its corners among them."""
    p = np.array(points, float)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(p, axis=0).T))])
    at = np.union1d(np.linspace(0, along[-1], n), along)
    return np.stack([np.interp(at, along, p[:, 0]), np.interp(at, along, p[:, 1])], 1)


def trimmed(pen: PillowPen, points: Sequence[Point], a: Node | None, b: Node | None, gap: float) -> list[Point]:
    """The part of a line between two nodes."""
    p = dense(points)
    first, last = 0, len(p) - 1
    if a is not None:
        first = int(np.argmin(a.holds(pen, p, gap)))
    if b is not None:
        last = len(p) - 1 - int(np.argmin(b.holds(pen, p, gap)[::-1]))
    return [tuple(v) for v in p[first:last + 1].tolist()] if last > first else []


def draw_line(pen: PillowPen, points: Sequence[Point], colour: Colour, width: float, broken: float = 0.0, head: str = "", tail: str = "", size: float = .02,
          background: Colour = WHITE) -> None:
    """A line, drawn through or broken, with heads of some kind."""
    if len(points) < 2:
        return
    p, scale = np.array(pen.xy(points)), np.array([pen.width, pen.height])
    tips = []
    for kind in (tail, head):
        p = p[::-1]
        if not kind:
            continue
        far, s = np.hypot(*(p - p[-1]).T), pen.length(size)
        before = np.nonzero(far > s * .9)[0]
        tip, back = p[-1], p[before[-1] if len(before) else 0]
        d = (tip - back) / max(float(np.hypot(*(tip - back))), 1e-6)
        n = np.array([-d[1], d[0]])
        tips.append([tuple(((tip + d * x * s + n * y * s) / scale).tolist()) for x, y in {
            "bar": ((0, -.7), (0, .7)), "diamond": ((0, 0), (-.7, .4), (-1.4, 0), (-.7, -.4)),
            "stealth": ((0, 0), (-1.2, .55), (-.85, 0), (-1.2, -.55)),
            "open": ((-1, .6), (0, 0), (-1, -.6))}.get(kind, ((0, 0), (-1, .55), (-1, -.55)))])
        if kind not in ("bar", "open", "dot") and len(before):
            p = np.concatenate([p[:before[-1] + 1], [tip - d * s * .85]])
    line = [tuple(v) for v in (p / scale).tolist()]
    if broken:
        pen.dashes(line, colour, width, broken, max(broken * .9, width * 1.5))
    else:
        pen.line(line, colour, width)
    for kind, points_ in zip([k for k in (tail, head) if k], tips):
        if kind in ("bar", "open"):
            pen.line(points_, colour, max(width, .003))
        elif kind == "dot":
            pen.dot(points_[0], size * .4, colour)
        elif kind == "hollow":
            pen.polygon(points_, background, colour, max(width * .7, .0025))
        else:
            pen.polygon(points_, colour)


def connections(style: Style, rows: Sequence[tuple], width: float, broken: float, head: str, size: float, what: str) -> Element:
    """Lines between nodes as one element; each row is (points, node, node, colour)."""
    rows = tuple(rows)

    def paint(pen: PillowPen) -> None:
        for points, a, b, colour in rows:
            draw_line(pen, trimmed(pen, points, a, b, width * .6 + .002), colour, width, broken, head, "", size, style.background)
    return el.vector(Role.MARK, paint, what)


def arrow_head(rng: Rng, share: float = .7) -> str:
    return str(rng.choice(["fill", "fill", "open", "stealth", "bar", "dot", "hollow"])) if rng.random() < share else ""


def blob(rng: Rng, at: Point, rx: float, ry: float, rough: float = .08, n: int = 56) -> list[Point]:
    """A closed wavy line."""
    t = np.arange(n) * TAU / n
    r = 1 + sum(rng.normal(0, rough / k) * np.cos(k * t + rng.random() * TAU) for k in (1, 2, 3, 4, 5))
    r = np.clip(r, .6, 1.25)
    return list(zip((at[0] + rx * r * np.cos(t)).tolist(), (at[1] + ry * r * np.sin(t)).tolist()))


def spread(rng: Rng, area: Box, count: int) -> list[Point]:
    """Places that keep clear of one another."""
    places = [inside(rng, area, 0)]
    while len(places) < count:
        tries = [inside(rng, area, 0) for _ in range(14)]
        places.append(max(tries, key=lambda p: min((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 for q in places)))
    return places


def draw_closed(pen: PillowPen, points: list[Point], colour: Colour, width: float, broken: float = 0.0) -> None:
    pen.dashes([*points, points[0]], colour, width, broken, broken) if broken else pen.line([*points, *points[:2]], colour, width)
