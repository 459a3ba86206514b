"""Training templates for vector diagrams: networks, trees, circuits, molecules, cells, schedules, flows, maps and the like, as people draw
them with diagram programs."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

import numpy as np

from . import elements as el
from .canvas import Box, Colour, Ink, Point
from .elements import ALL, WHITE, Element, Rng, Role, mixed
from .icons import icon
from .style import Style, luminance, readable
from .templates import Parts, Template, cells, inside, middle, shrink, titled

TAU = 2 * np.pi


# ---- pieces ---------------------------------------------------------------------------------------------------------

def _on_page(style: Style, page: Colour) -> Style:
    """The style whose paper is a page colour, so that ink and strong colours fit it."""
    dark = luminance(page) < .5
    base = (22, 24, 30) if dark else (252, 252, 250)
    return replace(style, dark=dark, tint=tuple(p - b for p, b in zip(page, base)))


def _page(rng: Rng, style: Style) -> tuple[Style, Parts]:
    """A page, mostly white, and the style for what is on it."""
    kind = rng.random()
    if kind < .6:
        page = WHITE if rng.random() < .7 else (252, 252, 250)
    elif kind < .8:
        page = mixed(WHITE, style.colour(rng), float(rng.uniform(.05, .4)))
    elif kind < .9:
        page = mixed((14, 16, 22), style.colour(rng), float(rng.uniform(0, .3)))
    else:
        page = style.colour(rng)
        page = mixed(page, WHITE if luminance(page) > .5 else (0, 0, 0), float(rng.uniform(.1, .5)))
    style = _on_page(style, page)
    tone = el.unit(page)
    shade = el.gradient(rng, page, mixed(page, style.colour(rng), float(rng.uniform(.1, .3))))
    if rng.random() < .08:
        return style, [el.picture(Role.BACKGROUND, ALL, lambda w, h: np.broadcast_to(shade(w, h), (h, w, 3)),
                                  f"{el.colour_name(page)} background that fades")]
    return style, [el.picture(Role.BACKGROUND, ALL, lambda w, h: np.broadcast_to(tone, (h, w, 3)), f"plain {el.colour_name(page)} background")]


def _vivid(rng: Rng, style: Style, away: Colour | None = None, step: float = .1) -> Colour:
    """A colour of the palette that is seen on the page (and on `away`), or ink; words need a larger step in brightness."""
    for _ in range(6):
        colour = style.colour(rng)
        if all(sum(abs(c - p) for c, p in zip(colour, o)) > 140 and abs(luminance(colour) - luminance(o)) > step for o in (style.paper,
                away or style.paper)):
            return colour
    return style.ink if away is None else readable(rng, away)


def _thin(rng: Rng, low: float = .0018, high: float = .012) -> float:
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def _size(rng: Rng, low: float = .03, high: float = .055) -> float:
    return float(rng.uniform(low, high))


def _area(rng: Rng, style: Style) -> tuple[Box, Parts]:
    """What is left of the page under a title and over a caption, if there are any."""
    box, parts = list(shrink(ALL, *rng.uniform(.025, .1, 4))), []
    if rng.random() < .28:
        size, left = float(rng.uniform(.045, .075)), rng.random() < .35
        parts.append(titled(rng, style, (.04 if left else .5, .03 + size * .6), size, .92, "lm" if left else "mm",
                            style.ink if rng.random() < .7 else _vivid(rng, style, step=.4))[1])
        box[1] = .05 + size * 1.4
    elif rng.random() < .1:
        parts.append(el.text(style, (.015, .015), str(rng.choice(list("abcdABCD"))), float(rng.uniform(.06, .09)), style.ink, "lt",
                             what="panel letter"))
    if rng.random() < .16:
        parts.append(el.text(style, (.5, .96), style.phrase(rng, 4, 8), _size(rng, .028, .038), style.ink, width=.9, what="caption"))
        box[3] = .91
    return tuple(float(v) for v in box), parts


def _legend(rng: Rng, style: Style, at: Point, colours: Sequence[Colour], mark: str = "box") -> Parts:
    size = _size(rng, .028, .036)
    parts: Parts = []
    for k, colour in enumerate(colours):
        y = at[1] + k * size * 1.5
        parts.append(el.inked(Role.MARK, lambda ink, y=y, c=colour: ink.polygon(ink.round((at[0], y), size * .42,
                _rim("ellipse" if mark == "dot" else "box")), c), ""))
        parts.append(el.text(style, (at[0] + size, y), style.word(rng), size, style.ink, "lm", width=.18))
    return parts


def _rim(shape: str, w: float = 1.0, h: float = 1.0) -> list[Point]:
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
class _Node:
    """A place with an outline; half sizes are fractions of the shorter side if `real`, otherwise of the figure's sides."""
    at: Point
    rx: float
    ry: float
    shape: str = "ellipse"
    real: bool = True

    def half(self, ink: Ink) -> tuple[float, float]:
        unit = ink.frame.unit
        return (self.rx * unit / ink.frame.width, self.ry * unit / ink.frame.height) if self.real else (self.rx, self.ry)

    def rim(self, ink: Ink, scale: float = 1.0) -> list[Point]:
        hx, hy = self.half(ink)
        return [(self.at[0] + x * hx * scale, self.at[1] + y * hy * scale) for x, y in _rim(self.shape, hx * ink.width, hy * ink.height)]

    def holds(self, ink: Ink, p: np.ndarray, gap: float) -> np.ndarray:
        hx, hy = self.half(ink)
        x = np.abs(p[:, 0] - self.at[0]) / (hx + gap * ink.frame.unit / ink.frame.width)
        y = np.abs(p[:, 1] - self.at[1]) / (hy + gap * ink.frame.unit / ink.frame.height)
        return np.maximum(x, y) < 1 if "box" in self.shape or self.shape in ("pill",
                "tab") else x + y < 1 if self.shape == "diamond" else x * x + y * y < 1


@dataclass(frozen=True)
class _Look:
    """How the nodes of one diagram are painted."""
    filled: str   # none, paper, pale or full
    one: Colour | None
    edge: float
    inked: bool
    broken: float
    double: bool
    shadow: float
    opacity: float


def _look(rng: Rng, style: Style) -> _Look:
    filled = str(rng.choice(["none", "paper", "pale", "full"], p=[.24, .12, .26, .38]))
    edge = _thin(rng, .002, .014) if filled != "full" or rng.random() < .4 else 0.0
    return _Look(filled, _vivid(rng, style) if rng.random() < .5 else None, edge, rng.random() < .5,
                 float(rng.uniform(.01, .022)) if edge and rng.random() < .12 else 0.0, bool(edge) and rng.random() < .1,
                 float(rng.uniform(.005, .015)) if filled != "none" and rng.random() < .12 else 0.0,
                 float(rng.uniform(.45, .85)) if filled in ("pale", "full") and rng.random() < .15 else 1.0)


def _painted(rng: Rng, style: Style, look: _Look, node: _Node, colour: Colour | None = None, role: Role = Role.SHAPE) -> tuple[Element, Colour]:
    """A node, and the colour in which text can be read on it."""
    colour = colour or look.one or _vivid(rng, style)
    fill = {"none": None, "paper": style.paper, "pale": mixed(style.paper, colour, .28), "full": colour}[look.filled]
    edge = (style.ink if look.inked else colour if look.filled != "full" else mixed(colour, style.ink, .5)) if look.edge else None

    def paint(ink: Ink) -> None:
        rim = node.rim(ink)
        if fill:
            ink.polygon(rim, fill)
        if edge:
            ring = [*rim, *rim[:2]]
            ink.dashes([*rim, rim[0]], edge, look.edge, look.broken, look.broken * .8) if look.broken else ink.line(ring, edge, look.edge)
            if look.double:
                small = node.rim(ink, .8)
                ink.line([*small, *small[:2]], edge, look.edge)
    name = f"{el.colour_name(fill)} {node.shape}" if fill else f"open {node.shape}"
    below = fill or style.paper
    return el.inked(role, paint, name, look.opacity, look.shadow), readable(rng, mixed(style.paper, below, look.opacity))


def _bent(a: Point, b: Point, bend: float, n: int = 36) -> list[Point]:
    """A curve from a to b that bulges to one side."""
    t = np.linspace(0, 1, n)[:, None]
    p, q = np.array(a), np.array(b)
    m = (p + q) / 2 + np.array([p[1] - q[1], q[0] - p[0]]) * bend * 2
    return [tuple(v) for v in ((1 - t) ** 2 * p + 2 * t * (1 - t) * m + t * t * q).tolist()]


def _eased(a: Point, b: Point, upright: bool = False, n: int = 24) -> list[Point]:
    """A curve that leaves a and meets b along one axis."""
    t = np.linspace(0, 1, n)
    s = t * t * (3 - 2 * t)
    u, v = (s, t) if upright else (t, s)
    return list(zip((a[0] + (b[0] - a[0]) * u).tolist(), (a[1] + (b[1] - a[1]) * v).tolist()))


def _elbow(a: Point, b: Point, upright: bool, part: float = .5) -> list[Point]:
    if upright:
        y = a[1] + (b[1] - a[1]) * part
        return [a, (a[0], y), (b[0], y), b]
    x = a[0] + (b[0] - a[0]) * part
    return [a, (x, a[1]), (x, b[1]), b]


def _dense(points: Sequence[Point], n: int = 40) -> np.ndarray:
    """Points at even steps along a line, its corners among them."""
    p = np.array(points, float)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(p, axis=0).T))])
    at = np.union1d(np.linspace(0, along[-1], n), along)
    return np.stack([np.interp(at, along, p[:, 0]), np.interp(at, along, p[:, 1])], 1)


def _trimmed(ink: Ink, points: Sequence[Point], a: _Node | None, b: _Node | None, gap: float) -> list[Point]:
    """The part of a line between two nodes."""
    p = _dense(points)
    first, last = 0, len(p) - 1
    if a is not None:
        first = int(np.argmin(a.holds(ink, p, gap)))
    if b is not None:
        last = len(p) - 1 - int(np.argmin(b.holds(ink, p, gap)[::-1]))
    return [tuple(v) for v in p[first:last + 1].tolist()] if last > first else []


def _wire(ink: Ink, points: Sequence[Point], colour: Colour, width: float, broken: float = 0.0, head: str = "", tail: str = "", size: float = .02,
          paper: Colour = WHITE) -> None:
    """A line, drawn through or broken, with heads of some kind."""
    if len(points) < 2:
        return
    p, scale = np.array(ink.xy(points)), np.array([ink.width, ink.height])
    tips = []
    for kind in (tail, head):
        p = p[::-1]
        if not kind:
            continue
        far, s = np.hypot(*(p - p[-1]).T), ink.length(size)
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
        ink.dashes(line, colour, width, broken, max(broken * .9, width * 1.5))
    else:
        ink.line(line, colour, width)
    for kind, points_ in zip([k for k in (tail, head) if k], tips):
        if kind in ("bar", "open"):
            ink.line(points_, colour, max(width, .003))
        elif kind == "dot":
            ink.dot(points_[0], size * .4, colour)
        elif kind == "hollow":
            ink.polygon(points_, paper, colour, max(width * .7, .0025))
        else:
            ink.polygon(points_, colour)


def _wires(style: Style, rows: Sequence[tuple], width: float, broken: float, head: str, size: float, what: str) -> Element:
    """Lines between nodes as one element; each row is (points, node, node, colour)."""
    rows = tuple(rows)

    def paint(ink: Ink) -> None:
        for points, a, b, colour in rows:
            _wire(ink, _trimmed(ink, points, a, b, width * .6 + .002), colour, width, broken, head, "", size, style.paper)
    return el.inked(Role.MARK, paint, what)


def _heads(rng: Rng, share: float = .7) -> str:
    return str(rng.choice(["fill", "fill", "open", "stealth", "bar", "dot", "hollow"])) if rng.random() < share else ""


def _blob(rng: Rng, at: Point, rx: float, ry: float, rough: float = .08, n: int = 56) -> list[Point]:
    """A closed wavy line."""
    t = np.arange(n) * TAU / n
    r = 1 + sum(rng.normal(0, rough / k) * np.cos(k * t + rng.random() * TAU) for k in (1, 2, 3, 4, 5))
    r = np.clip(r, .6, 1.25)
    return list(zip((at[0] + rx * r * np.cos(t)).tolist(), (at[1] + ry * r * np.sin(t)).tolist()))


def _spread(rng: Rng, area: Box, count: int) -> list[Point]:
    """Places that keep clear of one another."""
    places = [inside(rng, area, 0)]
    while len(places) < count:
        tries = [inside(rng, area, 0) for _ in range(14)]
        places.append(max(tries, key=lambda p: min((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 for q in places)))
    return places


def _closed(ink: Ink, points: list[Point], colour: Colour, width: float, broken: float = 0.0) -> None:
    ink.dashes([*points, points[0]], colour, width, broken, broken) if broken else ink.line([*points, *points[:2]], colour, width)


# ---- networks -------------------------------------------------------------------------------------------------------

def _network(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Nodes anywhere, on a ring, in columns or on a line, with any kind of edges; sometimes states with loops, or regions behind."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    states = rng.random() < .3
    layout = str(rng.choice(["ring", "free", "columns", "hub", "line"], p=[.22, .34, .18, .14, .12]))
    count = int(rng.integers(3, 8)) if states or layout == "line" else int(rng.integers(4, 12)) if rng.random() < .7 else int(rng.integers(12, 36))
    x0, y0, x1, y1 = core = shrink(area, *rng.uniform(.06, .14, 4))
    (cx, cy), w, h = middle(core), x1 - x0, y1 - y0
    if layout in ("ring", "hub"):
        t = rng.random() * TAU + np.arange(count) * TAU / count
        places = [(float(cx + w / 2 * np.cos(v)), float(cy + h / 2 * np.sin(v))) for v in t]
        if layout == "hub":
            places[0] = (cx, cy)
    elif layout == "columns":
        columns = int(rng.integers(2, 5))
        split = [len(s) for s in np.array_split(np.arange(max(count, columns)), columns)]
        places = [(x0 + w * c / (columns - 1), y0 + h * (k + .5) / n) for c, n in enumerate(split) for k in range(n)]
    elif layout == "line":
        places = [(x0 + w * k / (count - 1), cy + h * .2 * float(rng.uniform(-1, 1)) * (rng.random() < .3)) for k in range(count)]
    else:
        places = _spread(rng, core, count)
    count = len(places)
    p = np.array(places)
    far = np.hypot(*(p[:, None] - p[None]).transpose(2, 0, 1)) + np.eye(count) * 9
    r = min(float(far.min()) * float(rng.uniform(.24, .4)), .13) if rng.random() < .7 else float(rng.uniform(.008, .02))
    look, shape = _look(rng, style), str(rng.choice(["ellipse", "ellipse", "ellipse", "box", "rounded box", "hexagon", "diamond",
                                                     "triangle", "pill"]))
    mixed_shapes, varied = rng.random() < .12, rng.random() < .3
    wide = float(rng.uniform(1, 1.5)) if shape in ("box", "rounded box", "pill") else 1.0
    nodes = [_Node(q, r * wide * (s := float(rng.uniform(.55, 1)) if varied else 1.0), r * s / (wide if wide > 1.2 else 1),
                   str(rng.choice(["ellipse", "box", "triangle", "diamond", "hexagon"])) if mixed_shapes else shape) for q in places]
    pairs = {(int(i), int(j)) for i in range(count) for j in np.argsort(far[i])[:int(rng.integers(1, 3))]}
    pairs |= {(i, i + 1) for i in range(count - 1)} if layout in ("line", "ring") and not (layout == "ring" and count > 20) else set()
    pairs |= {(0, j) for j in range(1, count)} if layout == "hub" else set()
    pairs |= {(int(i), int(j)) for i, j in rng.integers(count, size=(int(rng.integers(0, count)), 2)) if i != j}
    edges = sorted(pairs)
    if not states:
        edges = sorted({(min(e), max(e)) for e in edges})
    kind = "bent" if states or layout == "line" else str(rng.choice(["straight", "bent", "eased", "elbow"], p=[.5, .26, .12, .12]))
    bend, width = float(rng.uniform(.08, .25)), _thin(rng)
    line = style.ink if rng.random() < .5 else mixed(style.paper, style.ink, .55) if rng.random() < .4 else _vivid(rng, style)
    many, head = rng.random() < .15, _heads(rng, 1 if states else .5)
    rows = []
    for i, j in edges:
        a, b = places[i], places[j]
        sign = bend if not states and layout != "line" else bend * (1 if j == i + 1 or layout != "line" else 2.0)
        points = {"straight": [a, b], "bent": _bent(a, b, sign), "eased": _eased(a, b, abs(a[0] - b[0]) < abs(a[1] - b[1])),
                  "elbow": _elbow(a, b, abs(a[0] - b[0]) < abs(a[1] - b[1]))}[kind]
        rows.append((np.clip(points, .01, .99).tolist(), nodes[i], nodes[j], _vivid(rng, style) if many else line))
    broken = float(rng.uniform(.006, .02)) if rng.random() < .18 else 0.0
    parts.append(_wires(style, rows, width, broken, head, max(width * 3, .016), "web of arrows" if head else "web of lines"))
    if rng.random() < .12:   # a second kind of edges
        more = [([places[i], places[j]], nodes[i], nodes[j], _vivid(rng, style)) for i, j in rng.integers(count, size=(4, 2)) if i != j]
        parts.append(_wires(style, more, width, .012, "", .02, ""))
    if rng.random() < .35:   # regions behind
        groups, opacity, bare = int(rng.integers(1, 4)), float(rng.uniform(.24, .6)), rng.random() < .25
        owner = np.argmin([np.hypot(*(p - p[c]).T) for c in rng.integers(count, size=groups)], 0)
        for g in np.unique(owner):
            own = p[owner == g]
            lo, hi = own.min(0) - r * 1.6 - .015, own.max(0) + r * 1.6 + .015
            lo, hi = np.maximum(lo, .01), np.minimum(hi, .99)
            fill = _vivid(rng, style)
            middle_, half = ((lo + hi) / 2).tolist(), ((hi - lo) / 2).tolist()
            region = _blob(rng, tuple(middle_), half[0], half[1], .05) if rng.random() < .5 else _Node(tuple(middle_), half[0], half[1],
                    "rounded box", False)
            parts.append(el.inked(Role.PANEL, lambda ink, q=region, c=fill: (lambda s: _closed(ink, s, c, .004, .014) if bare else ink.polygon(s, c))(
                q.rim(ink) if isinstance(q, _Node) else q), f"{'dashed' if bare else 'translucent'} {el.colour_name(fill)} region",
                1 if bare else opacity))
    words = str(rng.choice(["inside", "inside", "beside", "below", "none"])) if count < 16 else str(rng.choice(["none", "beside"]))
    if words == "inside" and r < .045:
        words = "below"
    palette = [_vivid(rng, style) for _ in range(int(rng.integers(1, 5)))]
    number, size = rng.random() < .3, _size(rng, .028, .05)
    hubs = rng.random() < .12
    for k, node in enumerate(nodes):
        colour = look.one or palette[k % len(palette)]
        if hubs and r > .05 and rng.random() < .6:
            parts.append(icon(rng, style, node.at, r * .95))
            ink = style.ink
        else:
            own = replace(look, double=bool(look.edge)) if states and k == count - 1 else look
            shape_, ink = _painted(rng, style, own, node, colour)
            parts.append(shape_)
        word = (f"q{k}" if states else str(k + 1)) if number else style.word(rng)
        if words == "inside":
            parts.append(el.text(style, node.at, word, min(size, r * 1.1), ink if not hubs else style.ink, width=r * 1.5))
        elif words != "none" and (count < 16 or k % 3 == 0):
            left = node.at[0] > .7
            at = (node.at[0] + (-1 if left else 1) * (node.rx + .012), node.at[1]) if words == "beside" else (node.at[0],
                    min(node.at[1] + node.ry + size * .75, .97))
            parts.append(el.text(style, at, word, size, style.ink, ("rm" if left else "lm") if words == "beside" else "mm", width=.22,
                                 halo=.006 if rng.random() < .3 else 0, halo_colour=style.paper))
    if states or rng.random() < .15:
        for points, a, b, _ in rows:
            if rng.random() < .6 and len(rows) < 16:
                q = points[len(points) // 2] if len(points) > 2 else middle((*points[0], *points[1]))
                parts.append(el.text(style, (float(q[0]), float(q[1])),
                                     style.word(rng) if not states or rng.random() < .5 else str(rng.choice(list("abxy01"))),
                                     _size(rng, .028, .036), style.ink, halo=.01, halo_colour=style.paper, width=.16))
    if states:
        chosen = [n for n in nodes if rng.random() < .4]

        def loops(ink: Ink) -> None:
            for n in chosen:
                hx, hy = n.half(ink)
                t = np.linspace(np.pi * .78, np.pi * 2.22, 30)
                up = 1 if n.at[1] > .2 else -1
                pts = [(n.at[0] + hx * .6 * np.cos(v), n.at[1] + up * (hy * .65 * np.sin(v) - hy * 1.15)) for v in t]
                _wire(ink, pts, line, width, 0, head, "", max(width * 2.6, .014), style.paper)
            n = nodes[0]
            x = n.at[0] - n.half(ink)[0]
            _wire(ink, [(max(x - .09, .005), n.at[1]), (x - .004, n.at[1])], line, width, 0, head, "", max(width * 3, .016), style.paper)
        parts.append(el.inked(Role.MARK, loops, "set of loops"))
    if not states and len(palette) > 1 and not look.one and rng.random() < .2 and layout != "columns":
        parts += _legend(rng, style, (.8, .06), palette, "dot")
    return "A state machine" if states else "A network diagram", parts + extra


def _tree(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A dendrogram or phylogeny, square, slanted, curved or round, or a tree of boxes; leaves named, clades shaded."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    leaves = int(rng.integers(4, 20))
    groups: list[tuple[float, float, list]] = [(float(k), 0.0, []) for k in range(leaves)]   # place, height, children
    ragged, level = rng.random() < .4, 0.0
    if ragged:
        groups = [(x, float(rng.uniform(0, .35)) * leaves, []) for x, _, _ in groups]
    while len(groups) > 1:
        k = int(rng.integers(len(groups) - 1))
        n = min(2 if rng.random() < .85 else 3, len(groups) - k)
        own = groups[k:k + n]
        low = max(g[1] for g in own)
        level = max(level, low) + float(rng.uniform(.3, 1.2)) if rng.random() < .5 else low + float(rng.uniform(.4, 1.5))
        groups[k:k + n] = [(float(np.mean([g[0] for g in own])), level, own)]
    root = groups[0]
    top = max(root[1], 1e-3)
    form = str(rng.choice(["square", "slanted", "eased", "round"], p=[.46, .18, .14, .22]))
    side = str(rng.choice(["right", "down", "up"], p=[.6, .28, .12])) if form != "round" else "round"
    names, size = rng.random() < .8, min(_size(rng, .028, .045), .75 / leaves)
    named = .78 if names else .97
    x0, y0, x1, y1 = area
    sweep, turn = float(rng.uniform(4, 6.1)), float(rng.random() * TAU)
    reach = .35 if names else .45

    def at(place: float, height: float) -> Point:
        u, v = (place + .5) / leaves, 1 - height / top
        if side == "round":
            t = turn + u * sweep
            return .5 + reach * v * float(np.cos(t)), (y0 + y1) / 2 + reach * (y1 - y0) * v * float(np.sin(t))
        if side == "right":
            return x0 + .02 + (x1 - x0 - .02) * named * v, y0 + (y1 - y0) * u
        y = y0 + (y1 - y0) * (.03 + (named - .05) * v)
        return x0 + (x1 - x0) * u, y if side == "down" else y0 + y1 - y
    width, ink_ = _thin(rng, .002, .012), style.ink if rng.random() < .6 else _vivid(rng, style)
    clades = [g for g in root[2]]
    coloured = rng.random() < .4
    joints: list[Point] = []
    rows: list[tuple[list[Point], Colour]] = []
    tips: list[tuple[float, float, Colour]] = []

    def grow(node: tuple, colour: Colour) -> None:
        place, height, children = node
        if not children:
            tips.append((place, height, colour))
            return
        joints.append(at(place, height))
        for child in children:
            own = colour
            if coloured and any(child is c for c in clades):
                own = _vivid(rng, style, step=.3)
            a, b = at(place, height), at(child[0], child[1])
            if form == "square":
                rows.append(([a, at(child[0], height), b], own))
            elif form == "round":
                rows.append(([*(at(v, height) for v in np.linspace(place, child[0], 10)), b], own))
            else:
                rows.append(([a, b] if form == "slanted" else _eased(a, b, side != "right"), own))
            grow(child, own)
    grow(root, ink_)
    broken = .012 if rng.random() < .08 else 0.0
    parts.append(el.inked(Role.DATA if rng.random() < .3 else Role.MARK, lambda ink: [_wire(ink, pts, c, width, broken) for pts, c in rows],
                          "branching tree"))
    if rng.random() < .4 and side in ("right", "down"):   # shaded clades
        for g in clades[:3]:
            spans = [t for t in tips if _within(t[0], g)]
            lo, hi = min(t[0] for t in spans) - .42, max(t[0] for t in spans) + .42
            a, b = at(lo, g[1] * .98), at(hi, 0)
            box = (a[0] - .01, a[1], min(x1, .99), b[1]) if side == "right" else (a[0], a[1] - .01, b[0], min(y1, .99))
            fill = _vivid(rng, style)
            parts.append(el.inked(Role.PANEL, lambda ink, q=box,
                                  c=mixed(style.paper, fill, float(rng.uniform(.22, .45))): ink.box(q, c, radius=.012),
                                  f"{el.colour_name(fill)} clade"))
    dots = str(rng.choice(["none", "tips", "joints", "boxes"], p=[.4, .25, .2, .15]))
    look = _look(rng, style)
    if dots != "none":
        where = joints if dots == "joints" else [at(t[0], t[1]) for t in tips]
        r, shape = float(rng.uniform(.008, .02)) if dots != "boxes" else min(.028, .36 / leaves), "box" if dots == "boxes" else "ellipse"
        for q in where:
            parts.append(_painted(rng, style, replace(look, double=False, broken=0), _Node(q, r, r, shape))[0])
    if names:
        gap = .03 if dots in ("tips", "boxes") else .015
        aligned = rng.random() < .3
        for place, height, colour in tips:
            a = at(place, 0 if aligned else height)
            c = colour if coloured and rng.random() < .8 else style.ink
            word = style.phrase(rng, 1, 2) if side == "right" and rng.random() < .6 else style.word(rng)
            if side == "right":
                parts.append(el.text(style, (a[0] + gap, a[1]), word, size, c, "lm", width=max(.99 - a[0] - gap, .05)))
            elif side == "round":
                d = np.array(a) - (.5, (y0 + y1) / 2)
                q = np.array(a) + d / max(float(np.hypot(*d)), 1e-6) * .03
                parts.append(el.text(style, (float(q[0]), float(q[1])), word, min(size, .034), c, "lm" if d[0] > 0 else "rm",
                                     width=float(np.clip((1 - q[0] if d[0] > 0 else q[0]) - .01, .03, .14))))
            else:
                q = (a[0], min(a[1] + gap + .075, .92)) if side == "down" else (a[0], max(a[1] - gap - .075, .08))
                parts.append(el.text(style, q, word, size, c, turned=True, width=.14))
    if rng.random() < .3 and side == "right":
        y = min(y1 + .012, .985)
        parts.append(el.inked(Role.MARK, lambda ink: ink.line([(x0 + .03, y), (x0 + .16, y)], style.ink, max(width, .004)), "scale bar"))
    return "A tree of groups" if form != "round" else "A round tree", parts + extra


def _within(place: float, group: tuple) -> bool:
    return group[0] == place if not group[2] else any(_within(place, g) for g in group[2])


def _mind_map(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A thing in the middle and thick tapered branches that fork, each in its colour, with words at their ends or along them."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    one_sided = rng.random() < .3
    centre = (area[0] + .13, (area[1] + area[3]) / 2) if one_sided else middle(area)
    count, thick, sides = int(rng.integers(3, 6 if one_sided else 9)), float(rng.uniform(.012, .05)), rng.random() < .6
    plates, size, wavy = rng.random() < .5, _size(rng, .032, .048), rng.random() < .7
    look, shape = _look(rng, style), str(rng.choice(["pill", "rounded box", "ellipse", "box"]))
    one = _vivid(rng, style) if rng.random() < .25 else None
    branches = []
    for k in range(count):
        colour = one or _vivid(rng, style)
        if one_sided or sides:
            half = count if one_sided else (count + 1) // 2
            left = not one_sided and k >= half
            row, n = (k - half, count - half) if left else (k, half)
            y = area[1] + (area[3] - area[1]) * (row + .5) / n
            reach = .28 if one_sided else .19
            end = (centre[0] - reach if left else centre[0] + reach + .06 * one_sided, y)
        else:
            t = (k + float(rng.uniform(-.2, .2))) * TAU / count
            end = (float(centre[0] + .26 * np.cos(t)), float(centre[1] + .34 * (area[3] - area[1]) / .9 * np.sin(t)))
            left = end[0] < centre[0]
        path = _eased(centre, end) if wavy else _bent(centre, end, float(rng.uniform(-.15, .15)))
        branches.append((path, thick, thick * .35, colour))
        twigs = int(rng.integers(0, 4)) if one_sided or sides else int(rng.integers(0, 3))
        half_w = .085 if plates else .0
        if plates:
            node = _Node(end, .075, .034, shape, False)
            made, ink = _painted(rng, style, look, node, colour)
            parts += [made, el.text(style, end, style.word(rng), size, ink, width=.125)]
        else:
            parts.append(el.text(style, (end[0], end[1] - thick * .3 - size * .6), style.word(rng), size,
                                 style.ink if rng.random() < .6 or abs(luminance(colour) - luminance(style.paper)) < .35 else colour, width=.17,
                                 halo=.006, halo_colour=style.paper))
        pitch = (area[3] - area[1]) / max(count if one_sided else (count + 1) // 2, 1) / 3.6
        for m in range(twigs):
            sign = -1 if left else 1
            a = (end[0] + sign * half_w * .8, end[1])
            b = (float(np.clip(end[0] + sign * (half_w + (.05 if plates else .09)), .1, .9)),
                 float(np.clip(end[1] + (m - (twigs - 1) / 2) * pitch, .03, .97)))
            branches.append((_eased(a, b), thick * .3, thick * .14, colour))
            parts.append(el.text(style, (b[0] + sign * .008, b[1]), style.word(rng), min(size * .85, pitch * .9), style.ink, "rm" if left else "lm",
                                 width=max(.02, (b[0] if left else 1 - b[0]) - .02)))

    def paint(ink: Ink) -> None:
        for path, first, last, colour in branches:
            p = np.array(path) * (ink.width, ink.height)
            d = np.gradient(p, axis=0)
            n = np.stack([-d[:, 1], d[:, 0]], 1) / np.maximum(np.hypot(*d.T), 1e-6)[:, None]
            w = np.linspace(max(first, .003), max(last, .002), len(p))[:, None] * ink.frame.unit * 1.5
            rim = np.concatenate([p + n * w, (p - n * w)[::-1]]) / (ink.width, ink.height)
            ink.polygon([tuple(v) for v in rim.tolist()], colour)
    parts.insert(1, el.inked(Role.DATA, paint, "set of tapered branches", float(rng.choice([1, 1, 1, .7]))))
    kind, fill = rng.random(), _vivid(rng, style)
    if kind < .2:
        parts.append(icon(rng, style, centre, .11))
    else:
        rim = _blob(rng, centre, .14, .085, .06) if kind < .45 else _Node(centre, .13, .075, shape, False)
        broad = float(rng.choice([0, .006, .012]))

        def core(ink: Ink) -> None:
            points = rim.rim(ink) if isinstance(rim, _Node) else rim
            ink.polygon(points, fill, style.ink if broad else None, broad)
        parts.append(el.inked(Role.SHAPE, core, f"{el.colour_name(fill)} {'blob' if kind < .45 else shape} in the middle",
                              shadow=.012 if rng.random() < .2 else 0))
        parts.append(el.text(style, centre, style.phrase(rng, 1, 2), _size(rng, .045, .07), readable(rng, fill), width=.19, what="title"))
    return "A mind map", parts + extra


def _neural(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Columns of units with all their connections, or rows of solid blocks and slabs with arrows between."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    x0, y0, x1, y1 = shrink(area, .04, .1, .04, .12)
    count, upright = int(rng.integers(3, 7)), rng.random() < .2
    if rng.random() < .5:
        sizes = [int(rng.integers(1, 8)) for _ in range(count)]
        r = min(.4 * (y1 - y0) / max(sizes), .32 / count, float(rng.uniform(.015, .07)))
        look, width = replace(_look(rng, style), broken=0.0), _thin(rng, .0015, .006)
        place = lambda c, k: (x0 + (x1 - x0) * c / (count - 1), (y0 + y1) / 2 + (k - (sizes[c] - 1) / 2) * (y1 - y0) / max(sizes))
        if upright:
            flat = place
            place = lambda c, k: (flat(c, k)[1], 1 - flat(c, k)[0])
        columns = [[_Node(place(c, k), r, r) for k in range(sizes[c])] for c in range(count)]
        line = mixed(style.paper, style.ink, float(rng.uniform(.4, 1)))
        weights, share = rng.random() < .25, float(rng.choice([1, 1, .6]))
        rows = [([a.at, b.at], a, b, _vivid(rng, style) if weights else line) for p,
                q in zip(columns, columns[1:]) for a in p for b in q if rng.random() < share]
        parts.append(_wires(style, rows, width, 0, "fill" if rng.random() < .25 else "", max(width * 3, .012), "web of lines"))
        if rng.random() < .3:
            fill, opacity = _vivid(rng, style), float(rng.uniform(.24, .45))
            for c, own in enumerate(columns):
                a, b = own[0].at, own[-1].at
                box = (min(a[0], b[0]) - r * 1.5, min(a[1], b[1]) - r * 1.5, max(a[0], b[0]) + r * 1.5, max(a[1], b[1]) + r * 1.5)
                parts.append(el.inked(Role.PANEL, lambda ink, q=box: ink.box(q, fill, radius=.02), "translucent panel", opacity))
        size, inner = _size(rng), rng.random() < .3
        for c, own in enumerate(columns):
            colour = look.one or _vivid(rng, style)
            for k, node in enumerate(own):
                made, ink = _painted(rng, style, look, node, colour)
                parts.append(made)
                if inner and r > .025:
                    parts.append(el.text(style, node.at, str(rng.choice(list("xhywfz"))), r * .95, ink, width=r * 1.5))
            if rng.random() < .8 and not upright:
                parts.append(el.text(style, (own[0].at[0], min(y1 + .06, .96)), style.word(rng), size, style.ink, width=.85 / count))
        return "A neural network of units", parts + extra
    slanted = (float(rng.uniform(.01, .03)), float(rng.uniform(.02, .05)))
    width, edged = _thin(rng, .002, .008), rng.random() < .75
    palette = [_vivid(rng, style) for _ in range(int(rng.integers(1, 4)))]
    shades, stack = rng.random() < .7, rng.random() < .45
    pitch, y = (x1 - x0) / count, (y0 + y1) / 2
    opacity = float(rng.uniform(.5, .9)) if rng.random() < .25 else 1.0
    arrow_ = _vivid(rng, style) if rng.random() < .4 else style.ink
    heights = np.sort(rng.uniform(.12, .42, count))[::-1] if rng.random() < .5 else rng.uniform(.12, .42, count)
    if rng.random() < .3:
        heights = np.abs(np.linspace(-1, 1, count)) * .25 + .14
    ends = []
    for c in range(count):
        half = float(heights[c]) * (y1 - y0) * .75
        slabs = int(rng.integers(2, 5)) if stack else 1
        w, left = pitch * float(rng.uniform(.12, .3)) / (1.6 if stack else 1), x0 + pitch * c + pitch * .1
        colour = palette[c % len(palette)]
        edge = mixed(colour, style.ink, .7) if edged else None
        for s in range(slabs):
            dx, dy = min(slanted[0] + half * .12, .05), slanted[1] + half * .12
            a, t = left + s * w * .9, y - half + s * .012 * stack

            def paint(ink: Ink, a=a, t=t, w=w, b=y + half + s * .012 * stack, dx=dx, dy=dy, colour=colour, edge=edge) -> None:
                ink.polygon([(a, t), (a + dx, t - dy), (a + w + dx, t - dy), (a + w, t)], mixed(colour, WHITE, .35 * shades), edge, width)
                ink.polygon([(a + w, t), (a + w + dx, t - dy), (a + w + dx, b - dy), (a + w, b)], mixed(colour, (0, 0, 0), .3 * shades), edge, width)
                ink.polygon([(a, t), (a + w, t), (a + w, b), (a, b)], colour, edge, width)
            parts.append(el.inked(Role.SHAPE, paint, f"{el.colour_name(colour)} block", opacity))
        ends.append((left, left + slabs * w + .05))
        if rng.random() < .75:
            parts.append(el.text(style, (left + w / 2, y + half + .05),
                                 str(rng.choice(["3", "16", "32", "64", "128", "256", "1×1", "512"])), _size(rng, .028, .04), style.ink))
        if rng.random() < .35:
            parts.append(el.text(style, (left + w / 2, max(y - half - dy - .035, .03)), style.word(rng), _size(rng, .028, .04), style.ink,
                                 width=pitch * .95))
    head = max(width * 3, .018)
    rows = [([(b[1], y), (a[0] - .005, y)], None, None, arrow_) for b, a in zip(ends, ends[1:]) if a[0] - b[1] > .012]
    if rows:
        parts.append(_wires(style, rows, width, 0, "fill", head, "row of arrows"))
    if rng.random() < .35 and count > 3:   # a skip connection
        i, j = ends[0][0] + .01, ends[-1][0] + .01
        skips = [([(i, y1), (i, y1 + .045), (j, y1 + .045), (j, y1)], None, None, arrow_)]
        parts.append(_wires(style, skips, width, .012 if rng.random() < .4 else 0, "fill", head, "skip connection"))
    if rng.random() < .3:
        kind = rng.random() < .5
        box = (max(x0 - .03, .01), y - .09, x0 + .09 * .9, y + .09)
        parts.append((el.photo if kind else el.micrograph)(rng, style, box))
    return "A network of blocks", parts + extra


# ---- circuits, molecules, cells, apparatus --------------------------------------------------------------------------

_SYMBOLS = "zigzag box coil capacitor battery source diode switch lamp meter".split()
_FITTINGS = "valve pump tank meter filter".split()


def _circuit(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Loops of straight wires with electrical symbols, or of pipes with valves, pumps and tanks."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    x0, y0, x1, y1 = shrink(area, .08, .1, .08, .1)
    columns, rows_ = int(rng.integers(1, 4)), int(rng.integers(1, 3))
    xs, ys = np.linspace(x0, x1, columns + 1), np.linspace(y0, y1, rows_ + 1)
    pipes = rng.random() < .35
    colour, width = style.ink if rng.random() < .65 else _vivid(rng, style), _thin(rng, .0025, .01)
    fluid, thick = _vivid(rng, style, colour), float(rng.uniform(.014, .035))
    spans = [((float(xs[c]), float(y)), (float(xs[c + 1]), float(y))) for y in ys for c in range(columns)]
    spans += [((float(x), float(ys[r])), (float(x), float(ys[r + 1]))) for x in xs for r in range(rows_)]
    outer = {k for k, (a, b) in enumerate(spans) if (a[1] == b[1] and a[1] in (ys[0], ys[-1])) or (a[0] == b[0] and a[0] in (xs[0], xs[-1]))}
    spans = [s for k, s in enumerate(spans) if k in outer or rng.random() < .8]
    scale = min(float(rng.uniform(.05, .085)), .32 * min((x1 - x0) / columns, (y1 - y0) / rows_) / 1.2)
    symbols = [str(rng.choice(_FITTINGS if pipes else _SYMBOLS)) if rng.random() < .8 else "" for _ in spans]
    fill = None if rng.random() < .55 else _vivid(rng, style, colour)
    closed = {"box", "source", "lamp", "meter", "tank", "pump", "filter"}

    def frame_of(ink: Ink, a: Point, b: Point) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The middle of a span, and steps of one symbol half-length along it and across."""
        size = np.array([ink.frame.unit / ink.frame.width, ink.frame.unit / ink.frame.height]) * scale
        d = np.sign(np.array(b) - a)
        return (np.array(a) + b) / 2, d * size, np.array([-d[1], d[0]]) * size

    def wires(ink: Ink) -> None:
        for shade, w in ([(colour, thick), (fluid, max(thick - width * 2.4, thick * .5))] if pipes else [(colour, width)]):
            for (a, b), s in zip(spans, symbols):
                m, u, _ = frame_of(ink, a, b)
                for p, q in ([(a, tuple(m - u)), (tuple(m + u), b)] if s else [(a, b)]):
                    ink.line([p, q], shade, w)
                if pipes:
                    for p in (a, b):
                        ink.dot(p, w / 2, shade)
        if not pipes and dots:
            for p in {p for s in spans for p in s}:
                if sum(p in s for s in spans) > 2 or dots == 2:
                    ink.dot(p, max(width * 1.6, .007), colour)
    dots = int(rng.integers(0, 3))
    parts.append(el.inked(Role.MARK, wires, "loop of pipes" if pipes else "loop of wires"))
    size, above = _size(rng, .03, .045), rng.random() < .7
    pen = max(width, .004) if pipes else width
    for (a, b), s in zip(spans, symbols):
        if not s:
            continue

        def draw(ink: Ink, a=a, b=b, s=s) -> None:
            m, u, v = frame_of(ink, a, b)
            at = lambda *points: [tuple((m + u * x + v * y).tolist()) for x, y in points]
            circle = [(.999 * float(np.cos(t)), float(np.sin(t))) for t in np.arange(36) * TAU / 36]
            if s == "zigzag":
                ink.line(at((-1, 0), *((-.85 + k * .34, .42 * (-1) ** k) for k in range(6)), (1, 0)), colour, pen)
            elif s == "coil":
                ink.line(at(*((-1 + k / 24, -abs(.55 * float(np.sin(k * np.pi / 12)))) for k in range(49))), colour, pen)
            elif s in ("capacitor", "battery"):
                ink.line(at((-1, 0), (-.15, 0)), colour, pen)
                ink.line(at((1, 0), (.15, 0)), colour, pen)
                ink.line(at((-.15, -.7), (-.15, .7)), colour, pen * 1.4)
                k = .7 if s == "capacitor" else .35
                ink.line(at((.15, -k), (.15, k)), colour, pen * (1.4 if s == "capacitor" else 2.4))
            elif s == "diode":
                ink.line(at((-1, 0), (1, 0)), colour, pen)
                ink.polygon(at((-.45, -.5), (.45, 0), (-.45, .5)), fill or colour, colour, pen)
                ink.line(at((.45, -.5), (.45, .5)), colour, pen)
            elif s == "switch":
                ink.line(at((-1, 0), (-.6, 0), (.5, -.6)), colour, pen)
                ink.line(at((.6, 0), (1, 0)), colour, pen)
                for p in at((-.6, 0), (.6, 0)):
                    ink.dot(p, max(pen * 1.4, .007), colour)
            elif s == "valve":
                for sign in (-1, 1):
                    ink.polygon(at((0, 0), (sign, -.6), (sign, .6)), fill or style.paper, colour, pen)
                ink.line(at((0, 0), (0, -.8)), colour, pen)
                ink.line(at((-.4, -.8), (.4, -.8)), colour, pen)
            elif s in ("box", "filter"):
                rim = at((-1, -.42), (1, -.42), (1, .42), (-1, .42))
                if fill:
                    ink.polygon(rim, fill)
                _closed(ink, rim, colour, pen)
                if s == "filter":
                    for k in range(1, 5):
                        ink.line(at((-1 + k * .4, -.42), (-1 + k * .4, .42)), colour, pen)
            elif s == "tank":
                rim = at(*((x * 1.0, y * 1.1) for x, y in _rim("rounded box")))
                ink.polygon(rim, fill or mixed(style.paper, fluid, .4), colour, pen)
            else:
                rim = at(*circle)
                if fill or pipes:
                    ink.polygon(rim, fill or style.paper)
                _closed(ink, rim, colour, pen)
                mark = colour
                if s == "lamp":
                    ink.line(at((-.7, -.7), (.7, .7)), mark, pen)
                    ink.line(at((-.7, .7), (.7, -.7)), mark, pen)
                elif s == "pump":
                    ink.polygon(at((-.5, -.86), (.999, 0), (-.5, .86)), mark)
                elif s == "source":
                    ink.line(at(*((-.6 + k * .05, -.35 * float(np.sin(k * TAU / 24))) for k in range(25))), mark, pen)
                else:
                    ink.line(at((-.4, .4), (.45, -.5)), mark, pen)
        parts.append(el.inked(Role.SHAPE if s in closed or s == "valve" else Role.MARK, draw, s if s not in ("box", "zigzag") else "resistor"))
        if rng.random() < .75:
            word = f"{rng.choice(list('RCLVI'))}{int(rng.integers(1, 9))}" if not pipes and rng.random() < .6 else style.word(rng)
            flat = a[1] == b[1]
            (mx, my), off = middle((*a, *b)), scale * 1.3 + size * .4
            parts.append(el.text(style, (mx, my - off if above else my + off) if flat else (mx + scale * (-1.15 if mx > .8 else 1.15), my),
                                 word, size, style.ink,
                                 "mm" if flat else "rm" if mx > .8 else "lm", width=(x1 - x0) / columns * (.7 if flat else .3)))
    if rng.random() < .25:
        box = (x0 - .05, y0 - .07, float(xs[1]) - .04 if columns > 1 else x1 + .04, y1 + .06)
        tone = _vivid(rng, style)
        bare = rng.random() < .5
        parts.append(el.inked(Role.PANEL, lambda ink: _closed(ink, [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])],
                tone, .004, .015) if bare
                              else ink.box(box, mixed(style.paper, tone, .28), radius=.02), "group of parts"))
    if not pipes and rng.random() < .4:
        ground = (float(xs[int(rng.integers(columns + 1))]), y1)

        def earth(ink: Ink) -> None:
            unit = ink.frame.unit / ink.frame.height
            ink.line([ground, (ground[0], ground[1] + .04 * unit)], colour, width)
            for k, half in enumerate((.03, .02, .01)):
                ink.line([(ground[0] - half, ground[1] + (.04 + k * .012) * unit), (ground[0] + half, ground[1] + (.04 + k * .012) * unit)],
                         colour, width)
        parts.append(el.inked(Role.MARK, earth, "earth symbol"))
    return "A diagram of pipes" if pipes else "A circuit diagram", parts + extra


def _molecule(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Skeletal formulae of rings and chains, or balls on sticks; one or more, sometimes with a reaction arrow."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    count = int(rng.choice([1, 1, 2, 2, 3, 4]))
    boxes = cells(2 if count == 4 else 1, 2 if count == 4 else count, area, .09 if count < 4 else .06)
    balls, width = rng.random() < .45, _thin(rng, .003, .012)
    palette = [_vivid(rng, style) for _ in range(3)] + [style.ink]
    line = style.ink if rng.random() < .75 else _vivid(rng, style)
    glossy, coloured = rng.random() < .6, rng.random() < .5
    for box in boxes:
        atoms, bonds = _atoms(rng)
        p = np.array(atoms)
        lo, hi = p.min(0), p.max(0)
        fit = min(.92 * (box[2] - box[0]) / max(hi[0] - lo[0], 1.5), .8 * (box[3] - box[1]) / max(hi[1] - lo[1], 1.5), .16)
        fit = float(fit)
        centre = middle(box)
        off = (p - (lo + hi) / 2).tolist()
        kinds = [int(rng.choice(4, p=[.12, .1, .08, .7])) for _ in atoms]
        double = [rng.random() < .3 for _ in bonds]
        radii = [float(fit * rng.uniform(.2, .36)) for _ in range(4)]
        degree = np.bincount(np.array(bonds).ravel(), minlength=len(atoms))
        hetero = [k < 3 and degree[i] < 3 and not balls for i, k in enumerate(kinds)]
        stick = max(width, .012) if balls and rng.random() < .6 else width
        grey = mixed(style.ink, style.paper, .3) if balls else line

        def sticks(ink: Ink, off=off, bonds=bonds, double=double, hetero=hetero, fit=fit, centre=centre, stick=stick, grey=grey) -> None:
            for (i, j), two in zip(bonds, double):
                a, b = np.array(off[i]), np.array(off[j])
                d = (b - a) / max(float(np.hypot(*(b - a))), 1e-6)
                a, b = a + d * .3 * hetero[i], b - d * .3 * hetero[j]
                n = np.array([-d[1], d[0]]) * (.09 if not balls else .08)
                for k in ((-1, 1) if two else (0,)):
                    ink.line(ink.round(centre, fit, [tuple(a + n * k), tuple(b + n * k)]), grey, stick * (.7 if two else 1))
        parts.append(el.inked(Role.DATA if balls else Role.MARK, sticks, "set of bonds" if balls else "skeletal formula"))
        for i, (q, k) in enumerate(zip(off, kinds)):
            if balls:
                def ball(ink: Ink, q=q, r=radii[k], c=palette[k], centre=centre, fit=fit) -> None:
                    at = ink.round(centre, fit, [q])[0]
                    ink.dot(at, r, mixed(c, (0, 0, 0), .35 if glossy else 0))
                    if glossy:
                        for s in (.86, .62, .36, .16):
                            ink.dot(ink.round(at, r * (1 - s), [(-.4, -.4)])[0], r * s, mixed(c, WHITE, .75 * (1 - s)))
                parts.append(el.inked(Role.SHAPE, ball, f"{el.colour_name(palette[k])} ball", shadow=.006 if rng.random() < .05 else 0))
            elif hetero[i]:
                letter, tone = "ONS"[k], palette[k] if coloured else line

                def write(frame, q=q, fit=fit, centre=centre, letter=letter, tone=tone):
                    at = Ink(frame).round(centre, fit, [q])[0]
                    return el.text(style, at, letter, fit * .5, tone).draw(frame)
                parts.append(Element(Role.TEXT, write, "", letter))
        if rng.random() < .5:
            parts.append(el.text(style, (centre[0], min(box[3] + .0, .965)), style.word(rng), _size(rng), style.ink, width=box[2] - box[0],
                                 anchor="mm"))
        if rng.random() < .1:
            parts.append(el.inked(Role.PANEL, lambda ink, q=box, c=mixed(style.paper, palette[0], .26): ink.box(q, c, radius=.03), "tinted panel"))
    if count in (2, 3):
        plus, bent = rng.random() < .25, rng.random() < .3
        for a, b in zip(boxes, boxes[1:]):
            y = middle(a)[1]
            if plus:
                parts.append(el.text(style, ((a[2] + b[0]) / 2, y), "+", .09, style.ink, what=""))
            else:
                p, q = (a[2] + .005, y), (b[0] - .005, y)
                parts.append(el.inked(Role.MARK, lambda ink, p=p,
                                      q=q: _wire(ink, _bent(p, q, -.12) if bent else [p, q], style.ink, max(width, .004), 0, "fill", "",
                                                 .022), "reaction arrow"))
                if rng.random() < .6:
                    parts.append(el.text(style, ((p[0] + q[0]) / 2, y - .04), style.word(rng), .03, style.ink, width=.11))
    return "Ball-and-stick molecules" if balls else "Chemical structures", parts + extra


def _atoms(rng: Rng) -> tuple[list[Point], list[tuple[int, int]]]:
    """A molecule in the plane with bonds about one long: rings side by side, with zigzag chains."""
    atoms: list[Point] = []
    bonds: list[tuple[int, int]] = []

    def put(x: float, y: float) -> int:
        for k, (u, v) in enumerate(atoms):
            if (u - x) ** 2 + (v - y) ** 2 < .2:
                return k
        atoms.append((float(x), float(y)))
        return len(atoms) - 1

    def join(i: int, j: int) -> None:
        if i != j and (min(i, j), max(i, j)) not in bonds:
            bonds.append((min(i, j), max(i, j)))
    root3 = 3 ** .5
    hexes = [(0, 0)] + [((k % 3) * 1, k // 3) for k in range(1, int(rng.integers(1, 4)))] if rng.random() < .8 else []
    for u, v in hexes:
        cx, cy = root3 * (u + v / 2), 1.5 * v
        ring = [put(cx + np.cos(t), cy + np.sin(t)) for t in np.pi / 6 + np.arange(6) * np.pi / 3]
        for i, j in zip(ring, ring[1:] + ring[:1]):
            join(i, j)
    if not atoms:
        atoms.append((0.0, 0.0))
    for _ in range(int(rng.integers(1, 4))):
        i = int(rng.integers(len(atoms)))
        c = np.mean(atoms, 0)
        d = np.array(atoms[i]) - c
        base = float(np.arctan2(d[1], d[0])) if np.hypot(*d) > .1 else float(rng.random() * TAU)
        base = round((base - np.pi / 6) / (np.pi / 3)) * np.pi / 3 + np.pi / 6
        for k in range(int(rng.integers(1, 5)) + (0 if hexes else 2)):
            t = base + (np.pi / 3 if k % 2 else 0)
            x, y = atoms[i]
            j = put(x + np.cos(t), y + np.sin(t))
            join(i, j)
            i = j
    if not bonds:
        join(0, put(1, .3))
    return atoms, bonds


def _cell(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A cartoon of a cell with its organelles, or a strip of membrane with proteins in it; leaders and words."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    tones = [_vivid(rng, style) for _ in range(5)]
    pen = _thin(rng, .002, .01) if rng.random() < .7 else 0.0
    size = _size(rng, .03, .045)
    if rng.random() < .36:   # a lipid bilayer
        y, gap, r = float(rng.uniform(.4, .62)), float(rng.uniform(.035, .06)), float(rng.uniform(.009, .016))
        bow, n = float(rng.uniform(-.12, .12)) * (rng.random() < .5), int(rng.uniform(.4, .5) / r)
        course = lambda x: y + bow * np.sin(x * np.pi)
        tail_ = mixed(tones[0], style.ink, .4)
        thin = _thin(rng, .002, .005)

        def lipids(ink: Ink) -> None:
            tall = ink.frame.unit / ink.frame.height
            for k in range(n + 1):
                x = k / n
                for s in (-1, 1):
                    at = (x, float(course(x)) + s * gap * tall)
                    for dx in (-.3, .3):
                        ink.line([(x + dx * r, at[1]), (x + dx * r, at[1] - s * gap * .85 * tall)], tail_, thin)
                    ink.dot(at, r, tones[0])
        parts.append(el.inked(Role.DATA, lipids, "lipid bilayer"))
        if rng.random() < .6:
            inner = mixed(style.paper, tones[1], float(rng.uniform(.22, .45)))
            parts.append(el.inked(Role.PANEL, lambda ink: ink.polygon([*((float(x), float(course(x))) for x in np.linspace(0, 1, 24)),
                    (1, 1), (0, 1)], inner), "inside of a cell"))
        xs = (np.arange(m := int(rng.integers(2, 5))) + .5 + rng.uniform(-.2, .2, m)) / m
        for k, x in enumerate(xs.tolist()):
            at, rx, ry = (x, float(course(x))), float(rng.uniform(.03, .06)), gap * float(rng.uniform(1.5, 2.6))
            c, kind = tones[int(rng.integers(1, 5))], rng.random()
            if kind < .5:
                rim = _blob(rng, at, rx, ry, .06)
                parts.append(el.inked(Role.SHAPE, lambda ink, q=rim, c=c: ink.polygon(q, c, mixed(c, style.ink, .5) if pen else None, pen),
                                      "membrane protein"))
            elif kind < .8:   # a channel
                for s in (-1, 1):
                    rim = _blob(rng, (x + s * rx * .62, at[1]), rx * .45, ry, .04)
                    parts.append(el.inked(Role.SHAPE, lambda ink, q=rim,
                                          c=c: ink.polygon(q, c, mixed(c, style.ink, .5) if pen else None, pen), "half of a channel"))
                tip = (x, at[1] + (ry + .08))
                parts.append(el.inked(Role.MARK, lambda ink, a=(x, at[1] - ry - .08),
                                      b=tip: _wire(ink, [a, b], style.ink, .006, 0, "fill", "", .024), "arrow"))
                for _ in range(int(rng.integers(2, 6))):
                    q = (x + float(rng.uniform(-.07, .07)), at[1] - ry - float(rng.uniform(.09, .18)))
                    parts.append(el.inked(Role.SHAPE, lambda ink, q=q, c=tones[4]: ink.dot(q, .012, c), "ion"))
            else:   # a receptor
                def receptor(ink: Ink, x=x, y=at[1], ry=ry, c=c) -> None:
                    ink.line([(x, y + ry), (x, y - ry)], c, .018)
                    for s in (-1, 1):
                        ink.line([(x, y - ry * .9), (x + s * .04, y - ry * 1.7)], c, .018)
                parts.append(el.inked(Role.SHAPE, receptor, "receptor"))
            parts.append(el.text(style, (x, min(at[1] + ry + (.125 if .5 <= kind < .8 else .045), .95)), style.word(rng), size, style.ink,
                                 width=min(.9 / m, 2 * min(x, 1 - x) - .03), halo=.006 if rng.random() < .2 else 0,
                                 halo_colour=style.paper))
        if rng.random() < .6:
            parts.append(el.text(style, (.03, max(y - gap - .22, area[1] + .04)), style.phrase(rng, 1, 2), size, style.ink, "lm", width=.4))
        for _ in range(int(rng.integers(0, 3))):
            parts.append(icon(rng, style, (float(rng.uniform(.1, .9)), float(rng.uniform(.83, .9))), float(rng.uniform(.04, .07))))
        return "A membrane with proteins", parts + extra
    count = int(rng.choice([1, 1, 1, 2]))
    for box in cells(1, count, shrink(area, .05, .05, .05, .05), .08):
        (cx, cy), rx, ry = middle(box), (box[2] - box[0]) * float(rng.uniform(.3, .42)), (box[3] - box[1]) * float(rng.uniform(.32, .42))
        body, plasm = _blob(rng, (cx, cy), rx, ry, float(rng.uniform(.02, .1))), mixed(style.paper, tones[0], float(rng.uniform(.2, .75)))
        wall, twice, opacity = max(pen, .003) * float(rng.uniform(1, 4)), rng.random() < .4, float(rng.choice([1, 1, .6]))
        bare = rng.random() < .15
        skin = mixed(plasm, style.ink, .55) if rng.random() < .6 else _vivid(rng, style, plasm)

        def shell(ink: Ink, q=body, bare=bare, cx=cx, cy=cy, plasm=plasm, wall=wall, twice=twice, skin=skin) -> None:
            if not bare:
                ink.polygon(q, plasm)
            _closed(ink, q, skin, wall)
            if twice:
                _closed(ink, [(cx + (x - cx) * .94, cy + (y - cy) * .94) for x, y in q], skin, wall * .7)
        parts.append(el.inked(Role.PANEL, shell, "cell", opacity))
        ground = style.paper if bare else mixed(style.paper, plasm, opacity)
        turn = float(rng.random() * TAU)
        nx, ny = cx + rx * .25 * np.cos(turn), cy + ry * .25 * np.sin(turn)
        dark = _vivid(rng, style, ground)
        nucleus = _blob(rng, (float(nx), float(ny)), rx * float(rng.uniform(.26, .4)), ry * float(rng.uniform(.26, .4)), .03)
        parts.append(el.inked(Role.SHAPE, lambda ink, q=nucleus, c=dark: ink.polygon(q, c, mixed(c, style.ink, .5) if pen else None, pen), "nucleus"))
        spot = mixed(dark, style.ink if luminance(dark) > .3 else WHITE, .5)
        parts.append(el.inked(Role.SHAPE, lambda ink, q=(float(nx + rx * .06), float(ny - ry * .05)), c=spot: ink.dot(q, .022, c), ""))
        targets = [(float(nx), float(ny))]
        for k in range(int(rng.integers(3, 11))):
            t, d = turn + np.pi + float(rng.uniform(-2, 2)), float(rng.uniform(.45, .76))
            at = (float(cx + rx * d * np.cos(t)), float(cy + ry * d * np.sin(t)))
            c, kind, s = _vivid(rng, style, ground), str(rng.choice(["mitochondrion", "vesicle", "vesicle", "stack",
                    "dots"])), float(rng.uniform(.5, 1.1)) * min(rx, ry)
            line, lean = mixed(c, style.ink if luminance(c) > .35 else WHITE, .6), float(rng.random() * TAU)

            def organelle(ink: Ink, at=at, c=c, kind=kind, s=s, line=line, lean=lean) -> None:
                pts = lambda q: ink.round(at, s, q, lean)
                if kind == "mitochondrion":
                    ink.polygon(pts([(x * .22, y * .11) for x, y in _rim("ellipse")]), c, line, max(pen, .003))
                    ink.line(pts([(-.15 + k * .05, .06 * (-1) ** k) for k in range(7)]), line, max(pen, .003))
                elif kind == "vesicle":
                    ink.polygon(pts([(x * .09, y * .09) for x, y in _rim("ellipse")]), c, line if pen else None, pen)
                elif kind == "stack":
                    for k in range(4):
                        ink.line(pts([(x, -.1 + k * .06 + .25 * x * x) for x in np.linspace(-.2 + k * .02, .2 - k * .02, 9).tolist()]), c,
                                 max(s * .035, .005))
                else:
                    for x, y in ((0, 0), (.08, .05), (-.06, .08), (.03, -.09), (-.1, -.04)):
                        ink.dot(pts([(x, y)])[0], max(s * .022, .005), c)
            parts.append(el.inked(Role.SHAPE, organelle, "set of ribosomes" if kind == "dots" else "stack of membranes" if kind == "stack" else kind))
            targets.append(at)
        pointed = rng.random() < .7
        if pointed:
            thin = _thin(rng, .002, .005)
            for at in [targets[0], *targets[1:][:int(rng.integers(1, 4 if count == 1 else 2))]]:
                left = at[0] < cx
                end = (box[0] + .01 if left else box[2] - .01, float(np.clip(at[1] + (at[1] - cy) * .9, area[1] + .03, area[3] - .03)))
                parts.append(el.inked(Role.MARK, lambda ink, a=at, b=end: ink.line([a, b], style.ink, thin), "leader"))
                below = (end[0], end[1] + (size * .7 if end[1] > cy else -size * .7))
                parts.append(el.text(style, below, style.word(rng), size, style.ink, "lm" if left else "rm", width=.24))
        elif rng.random() < .5:
            parts.append(el.text(style, (cx, min(box[3] + .02, .96)), style.word(rng), size, style.ink, width=box[2] - box[0]))
    return "A cartoon of a cell" if count == 1 else "A cartoon of two cells", parts + extra


_VESSELS: dict[str, list[Point]] = {
    "beaker": [(-.75, -.9), (-.7, .95), (.7, .95), (.75, -.9)],
    "flask": [(-.22, -1), (-.22, -.35), (-.85, .8), (-.75, .97), (.75, .97), (.85, .8), (.22, -.35), (.22, -1)],
    "round flask": [(-.2, -1), (-.2, -.25)] + [(float(.72 * np.sin(t)), float(.35 - .66 * np.cos(t))) for t in np.linspace(-.3, -5.98,
            22)] + [(.2, -.25), (.2, -1)],
    "tube": [(-.22, -1), (-.22, .6), (-.12, .9), (.12, .9), (.22, .6), (.22, -1)],
    "cylinder": [(-.3, -1), (-.3, .9), (-.5, .97), (.5, .97), (.3, .9), (.3, -1)],
    "bottle": [(-.25, -1), (-.25, -.65), (-.6, -.4), (-.6, .97), (.6, .97), (.6, -.4), (.25, -.65), (.25, -1)],
    "column": [(-.28, -1), (-.28, .55), (-.06, .8), (-.06, 1), (.06, 1), (.06, .8), (.28, .55), (.28, -1)],
}


def _below(points: list[Point], level: float) -> list[Point]:
    """The part of a polygon under a level."""
    kept: list[Point] = []
    for a, b in zip(points, points[1:] + points[:1]):
        if a[1] >= level:
            kept.append(a)
        if (a[1] >= level) != (b[1] >= level):
            s = (level - a[1]) / (b[1] - a[1])
            kept.append((a[0] + (b[0] - a[0]) * s, level))
    return kept


def _apparatus(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Vessels with liquids joined by tubes, or a bench of lenses and mirrors along a beam."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    pen, line, size = _thin(rng, .003, .012), style.ink if rng.random() < .7 else _vivid(rng, style), _size(rng, .03, .045)
    x0, y0, x1, y1 = shrink(area, .06, .08, .06, .1)
    if rng.random() < .5:
        count = int(rng.integers(2, 6))
        r, foot = min(.4 * (x1 - x0) / count, .22), float(rng.uniform(.66, .82))
        tubes, glass = [], rng.random() < .5
        names = list(_VESSELS)
        for k in range(count):
            kind = names[int(rng.integers(len(names)))]
            at = (x0 + (x1 - x0) * (k + .5) / count, foot - r * float(rng.choice([1, 1, 1.6, 2.2])))
            at = (at[0], max(at[1], y0 + r))
            liquid, level = _vivid(rng, style), float(rng.uniform(-.3, .7))
            pts = _VESSELS[kind]
            pale = mixed(style.paper, liquid, .12) if glass else None

            def vessel(ink: Ink, at=at, pts=pts, liquid=liquid, level=level, pale=pale) -> None:
                if pale:
                    ink.polygon(ink.round(at, r, pts), pale)
                low = _below(pts, level)
                if len(low) > 2:
                    ink.polygon(ink.round(at, r, low), liquid)
                ink.line(ink.round(at, r, pts), line, pen)
            parts.append(el.inked(Role.SHAPE, vessel, kind, float(rng.choice([1, 1, 1, .8]))))
            tubes.append(at)
            if rng.random() < .7:
                parts.append(el.text(style, (at[0], min(foot + .08, .95)) if rng.random() < .7 else (at[0], at[1] + r * .45 + .0),
                                     style.word(rng), size, style.ink, halo=.006,
                                     halo_colour=style.paper, width=(x1 - x0) / count * .95))
            if rng.random() < .25 and at[1] + r < .8:   # a stand or hot plate below
                plate = (at[0] - r * .8, at[1] + r, at[0] + r * .8, min(at[1] + r + .05, .97))
                parts.append(el.inked(Role.SHAPE, lambda ink, q=plate, c=_vivid(rng, style): ink.box(q, c, line, pen, .008), "hot plate"))
        hose, bowed = _vivid(rng, style) if rng.random() < .5 else line, rng.random() < .6
        thick = pen * float(rng.uniform(.8, 2))
        head = "fill" if rng.random() < .3 else ""

        def hoses(ink: Ink) -> None:
            up = r * ink.frame.unit / ink.frame.height
            for a, b in zip(tubes, tubes[1:]):
                p, q = (a[0], a[1] - up * .6), (b[0], b[1] - up * .5)
                high = max(min(p[1], q[1]) - up * .9, .02)
                if bowed:
                    t = np.linspace(0, 1, 30)[:, None]
                    c = np.array([p, (p[0], high - .05), (q[0], high - .05), q])
                    pts = (1 - t) ** 3 * c[0] + 3 * t * (1 - t) ** 2 * c[1] + 3 * t * t * (1 - t) * c[2] + t ** 3 * c[3]
                    pts = [tuple(v) for v in np.maximum(pts, .01).tolist()]
                else:
                    pts = [p, (p[0], high), (q[0], high), q]
                _wire(ink, pts, hose, thick, 0, head, "", max(thick * 3, .018))
        parts.append(el.inked(Role.MARK, hoses, "set of tubes"))
        if rng.random() < .4:
            parts.append(el.inked(Role.PANEL, lambda ink, c=mixed(style.paper, _vivid(rng, style),
                    .45): ink.box((0, foot + .015, 1, foot + .05), c), "bench"))
        return "A sketch of an apparatus", parts + extra
    y, beam = float(rng.uniform(.45, .7)), _vivid(rng, style)
    kinds = ["laser"] + [str(rng.choice(["lens", "lens", "iris", "splitter", "cube", "sample", "lamp"])) for _ in range(int(rng.integers(2,
            6)))] + ["detector"]
    xs = np.linspace(x0 + .03, x1 - .03, len(kinds))
    wide, shaft, headed, dashed_arm = rng.random() < .4, float(rng.uniform(.005, .014)), rng.random() < .5, rng.random() < .3
    half = [float(rng.uniform(.01, .05)) for _ in kinds]
    fill_ = None if rng.random() < .25 else _vivid(rng, style)
    up = y - float(rng.uniform(.22, .34))
    if wide:
        rim = [(float(x), y - h) for x, h in zip(xs, half)] + [(float(x), y + h) for x, h in zip(xs[::-1], half[::-1])]
        parts.append(el.inked(Role.DATA, lambda ink: ink.polygon(rim, beam), "wide beam", float(rng.uniform(.3, .7))))
    else:
        parts.append(el.inked(Role.DATA, lambda ink: _wire(ink, [(float(xs[0]), y), (float(xs[-1]) - .05, y)], beam, shaft, 0,
                                                           "fill" if headed else "", "", .025), "beam"))
    for k, (kind, x) in enumerate(zip(kinds, xs.tolist())):
        c = fill_ or _vivid(rng, style)
        look = mixed(style.paper, c, .35) if kind == "lens" else c

        def optic(ink: Ink, kind=kind, x=x, c=look) -> None:
            pts = lambda q: ink.round((x, y), .1, q)
            if kind == "lens":
                t = np.linspace(-1, 1, 15)
                ink.polygon(pts([*((.22 * (1 - v * v), v) for v in t.tolist()), *((-.22 * (1 - v * v), v) for v in t[::-1].tolist())]), c, line, pen)
            elif kind == "iris":
                for s in (-1, 1):
                    ink.polygon(pts([(-.07, s * .25), (.07, s * .25), (.07, s), (-.07, s)]), c, line, pen)
            elif kind == "splitter":
                ink.line(pts([(-.45, .45), (.45, -.45)]), line if not fill_ else c, max(pen * 1.5, .008))
            elif kind == "cube":
                ink.polygon(pts([(-.45, -.45), (.45, -.45), (.45, .45), (-.45, .45)]), c, line, pen)
                ink.line(pts([(-.45, .45), (.45, -.45)]), line, pen)
            elif kind == "sample":
                ink.polygon(pts([(-.12, -.7), (.12, -.7), (.12, .7), (-.12, .7)]), c, line, pen)
            elif kind == "lamp":
                ink.polygon(pts([(.5 * float(np.cos(v)), .5 * float(np.sin(v))) for v in np.arange(30) * TAU / 30]), c, line, pen)
            else:
                s = 1 if kind == "laser" else -1
                ink.polygon(pts([(-.6, -.45), (.6, -.45), (.6, .45), (-.6, .45)]), c, line, pen)
                ink.polygon(pts([(s * .6, -.2), (s * .75, -.2), (s * .75, .2), (s * .6, .2)]), line)
        parts.append(el.inked(Role.SHAPE, optic, kind, float(rng.uniform(.6, .9)) if kind in ("lens", "cube") and rng.random() < .4 else 1.0))
        if kind in ("splitter", "cube") and rng.random() < .85:
            parts.append(el.inked(Role.DATA, lambda ink, x=x: _wire(ink, [(x, y), (x, up + .05)], beam, shaft, .015 if dashed_arm else 0),
                                  "side beam"))
            parts.append(el.inked(Role.SHAPE, lambda ink, x=x,
                                  c=c: ink.polygon(ink.round((x, up), .06, [(-1, -.7), (1, -.7), (1, .7), (-1, .7)]), c, line, pen), "detector"))
            parts.append(el.text(style, (x, up - .065), style.word(rng), size, style.ink, width=.2))
        if rng.random() < .7:
            parts.append(el.text(style, (x, y + .15 + .04 * (k % 2)), style.word(rng), size, style.ink, width=1.5 / len(kinds)))
    if rng.random() < .25:
        parts.append(el.micrograph(rng, style, (max(x1 - .3, .6), max(area[1], .04), min(x1, .97), max(area[1], .04) + .22)))
    return "An optical bench", parts + extra


# ---- schedules, flows, stages ---------------------------------------------------------------------------------------

def _schedule(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A time line with events on both sides of it, across or upright, or the bars of a plan under weeks."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    x0, y0, x1, y1 = area
    size, width = _size(rng, .03, .042), _thin(rng, .002, .008)
    if rng.random() < .45:   # bars
        rows, weeks = int(rng.integers(3, 11)), int(rng.integers(4, 13))
        left, top = x0 + float(rng.uniform(.14, .26)), y0 + float(rng.uniform(.05, .1))
        pitch, step = (y1 - top) / rows, (x1 - left) / weeks
        banded, grid, thick = rng.random() < .35, rng.random() < .6, float(rng.uniform(.3, .8))
        pale = mixed(style.paper, style.ink if rng.random() < .5 else _vivid(rng, style), float(rng.uniform(.12, .25)))
        if banded:
            parts.append(el.inked(Role.PANEL, lambda ink: [ink.box((x0, top + k * pitch, x1, top + (k + 1) * pitch), pale) for k in range(0,
                    rows, 2)], "set of stripes"))
        if rng.random() < .35:
            head = _vivid(rng, style)
            parts.append(el.inked(Role.PANEL, lambda ink: ink.box((x0, y0, x1, top), head), f"{el.colour_name(head)} head row"))
        else:
            head = style.paper
        if grid:
            mesh, broken = mixed(style.paper, style.ink, float(rng.uniform(.2, .5))), .01 if rng.random() < .4 else 0.0
            parts.append(el.inked(Role.PANEL if rng.random() < .5 else Role.DATA,
                                  lambda ink: [_wire(ink, [(left + k * step, top), (left + k * step, y1)], mesh, width, broken)
                                                                                               for k in range(weeks + 1)], "grid of weeks"))
        for k in range(0, weeks, 1 if weeks < 8 else 2):
            parts.append(el.text(style, (left + (k + .5) * step, (y0 + top) / 2), f"{k + 1}", size * .9, readable(rng, head), what=""))
        one, ends, round_ = _vivid(rng, style) if rng.random() < .4 else None, [], float(rng.choice([0, 0, .01, .03]))
        at = 0.0
        for k in range(rows):
            at = float(np.clip(at + rng.uniform(-.6, 1.6) * weeks / rows, 0, weeks - 1.2))
            stop = float(min(at + rng.uniform(1, weeks * .5), weeks))
            y = top + (k + .5) * pitch
            fill, box = one or _vivid(rng, style, pale if banded else None), (left + at * step, y - pitch * thick / 2, left + stop * step,
                    y + pitch * thick / 2)
            if rng.random() < .1:
                parts.append(el.inked(Role.SHAPE, lambda ink, q=(box[0], y), c=fill: ink.polygon(ink.round(q, .022, _rim("diamond")), c),
                                      "milestone"))
                box = (box[0] - .02, box[1], box[0] + .02, box[3])
            else:
                done = float(rng.uniform(.2, .9)) if rng.random() < .25 else 0.0
                parts.append(el.inked(Role.SHAPE, lambda ink, q=box, c=fill,
                                      d=done: (ink.box(q, mixed(style.paper, c, .55) if d else c, radius=round_),
                             d and ink.box((q[0], q[1], q[0] + (q[2] - q[0]) * d, q[3]), c, radius=round_)), f"{el.colour_name(fill)} bar",
                             shadow=.006 if rng.random() < .04 else 0))
                if rng.random() < .3 and pitch * thick > size:
                    parts.append(el.text(style, middle(box), style.word(rng), size * .85,
                                         readable(rng, mixed(style.paper, fill, .55) if done else fill), width=(box[2] - box[0]) * .85))
            parts.append(el.text(style, (x0 + .01, y), style.phrase(rng, 1, 2), min(size, pitch * .8),
                                 readable(rng, pale) if banded and k % 2 == 0 else style.ink, "lm", width=left - x0 - .025))
            ends.append(box)
        if rng.random() < .45:
            c = style.ink if rng.random() < .6 else _vivid(rng, style)
            rows_ = [([(a[2], (a[1] + a[3]) / 2), (a[2] + .012, (a[1] + a[3]) / 2), (a[2] + .012, (b[1] + b[3]) / 2),
                       (b[0], (b[1] + b[3]) / 2)], None, None, c)
                     for a, b in zip(ends, ends[1:]) if b[0] > a[2] + .012]
            if rows_:
                parts.append(_wires(style, rows_, max(width, .003), 0, "fill", .014, "set of dependencies"))
        if rng.random() < .3:
            now = left + (x1 - left) * float(rng.uniform(.2, .8))
            parts.append(el.inked(Role.MARK, lambda ink, c=_vivid(rng, style): _wire(ink, [(now, top - .02), (now, y1)], c,
                    max(width, .005), .02 if width < .004 else 0), "line of today"))
        return "A plan with bars over weeks", parts + extra
    count, upright = int(rng.integers(3, 9)), rng.random() < .35
    kind, shape = str(rng.choice(["line", "bar", "arrow", "chevrons"])), str(rng.choice(["ellipse", "ellipse", "diamond", "box", "hexagon"]))
    look, r = replace(_look(rng, style), opacity=1.0), float(rng.uniform(.012, .035))
    if look.filled == "none":
        look = replace(look, filled="paper")
    rail, thick = style.ink if rng.random() < .5 else _vivid(rng, style), float(rng.uniform(.004, .02))
    cross = float(rng.uniform(.3, .7)) if not upright else float(rng.choice([.2, .5, .5]))
    place = (lambda v, d=0.0: (cross + d, y0 + (y1 - y0) * v)) if upright else (lambda v, d=0.0: (x0 + (x1 - x0) * v, y0 + (y1 - y0) * cross + d))
    at = (np.arange(count) + .5) / count + (rng.uniform(-.25, .25, count) / count if rng.random() < .4 else 0)
    tints = [_vivid(rng, style) for _ in range(count)] if rng.random() < .6 else [_vivid(rng, style)] * count
    if kind == "chevrons" and not upright:
        h, notch = float(rng.uniform(.03, .06)), .02
        for k in range(count):
            a, b, y = x0 + (x1 - x0) * k / count, x0 + (x1 - x0) * (k + 1) / count - .006, place(0)[1]
            rim = [(a, y - h), (b - notch, y - h), (b, y), (b - notch, y + h), (a, y + h), (a + notch, y)]
            tone = tints[k] if len(set(tints)) > 1 else mixed(tints[0], style.paper, .5 * k / count)
            parts.append(el.inked(Role.SHAPE, lambda ink, q=rim, c=tone: ink.polygon(q, c), f"{el.colour_name(tone)} chevron"))
            parts.append(el.text(style, ((a + b) / 2 + .004, y),
                                 str(1990 + int(rng.integers(40))) if rng.random() < .5 else style.word(rng), min(size, h),
                                 readable(rng, tone), width=(b - a) * .6))
        at, r = (np.arange(count) + .5) / count, h
    else:
        rail_ = [place(0), place(1)]
        parts.append(el.inked(Role.DATA, lambda ink: _wire(ink, rail_, rail, thick * (2 if kind == "bar" else 1), 0,
                                                           "fill" if kind == "arrow" else "", "", max(thick * 3, .025)), "time line"))
        for k, v in enumerate(at.tolist()):
            parts.append(_painted(rng, style, look, _Node(place(v), r, r, shape), tints[k])[0])
    cards, alternate, iconic, dates = rng.random() < .4, rng.random() < .65, rng.random() < .25, rng.random() < .5
    room = (x1 - x0) / count * (1.6 if alternate else .92)
    fill = mixed(style.paper, tints[0], float(rng.uniform(.12, .5)))
    for k, v in enumerate(at.tolist()):
        side = -1 if alternate and k % 2 == 0 else 1
        if upright and cross < .3:
            side = 1
        reach = float(rng.uniform(.07, .15)) if not upright else .06
        a, q = place(v, 0), place(v, 0)
        if upright:
            end = (q[0] + side * (r + reach), q[1])
            box = (end[0], q[1] - .3 / count, min(end[0] + .3, .98), q[1] + .3 / count) if side > 0 else (max(end[0] - .3, .02),
                    q[1] - .3 / count, end[0], q[1] + .3 / count)
        else:
            end = (q[0], q[1] + side * (r + reach))
            half = min(room / 2, .16, q[0] - .01, .99 - q[0])
            box = (q[0] - half, end[1], q[0] + half, min(end[1] + .1, .985)) if side > 0 else (q[0] - half, max(end[1] - .1, .015),
                    q[0] + half, end[1])
        tone = tints[k] if rng.random() < .5 else style.ink
        node = _Node(a, r, r, shape)
        parts.append(_wires(style, [([a, end], node, None, tone)], max(width, .003), .012 if k % 5 == 4 else 0, "", .02, "leader"))
        m = middle(box)
        if cards:
            parts.append(el.inked(Role.SHAPE, lambda ink, q=box, c=tints[k]: ink.box(q, fill, c, max(width, .003), .012), "card"))
        if iconic:
            parts.append(icon(rng, style, m, min(.04, (box[3] - box[1]) * .45)))
        else:
            words = style.phrase(rng, 1, 3)
            parts.append(el.text(style, m, words, size, readable(rng, fill) if cards else style.ink, width=(box[2] - box[0]) * .9))
            if rng.random() < .4 and box[3] - box[1] > size * 2.6 and not cards:
                parts.append(el.text(style, (m[0], m[1] + size * 1.2), style.phrase(rng, 1, 3), size * .8,
                                     mixed(style.paper, style.ink, .75), width=(box[2] - box[0]) * .9))
        if dates and kind != "chevrons":
            d = place(v, -side * (r + size * .8)) if not upright else (q[0] - side * (r + .02), q[1])
            parts.append(el.text(style, d, str(1990 + int(rng.integers(40))), size * .85, style.ink,
                                 "mm" if not upright else "rm" if side > 0 else "lm", width=.15))
    return "A time line", parts + extra


def _ribbons(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Flows as ribbons between columns of bars, or between the arcs of a ring."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    x0, y0, x1, y1 = area
    opacity, size = float(rng.uniform(.3, .75)) if rng.random() < .8 else 1.0, _size(rng, .03, .045)
    if rng.random() < .7:
        columns = int(rng.integers(2, 5))
        named = rng.random() < .8
        x0, x1 = (x0 + .12, x1 - .12) if named else (x0, x1)
        width, gap = float(rng.uniform(.012, .05)), float(rng.uniform(.012, .04))
        sizes = [int(rng.integers(1 if c == 0 else 2, 7)) for c in range(columns)]
        values = [rng.uniform(.3, 1.5, n) for n in sizes]
        spans = []
        for v in values:
            h = v / v.sum() * ((y1 - y0) - gap * (len(v) - 1)) * 1
            tops = y0 + np.concatenate([[0], np.cumsum(h[:-1] + gap)])
            spans.append((tops, h))
        tints = [[_vivid(rng, style) for _ in range(n)] for n in sizes]
        grey = mixed(style.paper, style.ink, .3) if rng.random() < .3 else None
        xs = np.linspace(x0, x1 - width, columns)
        for c in range(columns - 1):
            share = rng.uniform(.05, 1, (sizes[c], sizes[c + 1])) * (rng.random((sizes[c], sizes[c + 1])) < .75)
            share[np.arange(sizes[c]), rng.integers(sizes[c + 1], size=sizes[c])] += .3
            out = share / share.sum(1, keepdims=True) * spans[c][1][:, None]
            into = share / np.maximum(share.sum(0, keepdims=True), 1e-6) * spans[c + 1][1][None]
            a0, b0 = spans[c][0].copy(), spans[c + 1][0].copy()
            for i in range(sizes[c]):
                for j in range(sizes[c + 1]):
                    if share[i, j] <= 0:
                        continue
                    xa, xb = float(xs[c]) + width, float(xs[c + 1])
                    rim = _eased((xa, float(a0[i])), (xb, float(b0[j]))) + _eased((xa, float(a0[i] + out[i, j])),
                            (xb, float(b0[j] + into[i, j])))[::-1]
                    a0[i], b0[j] = a0[i] + out[i, j], b0[j] + into[i, j]
                    tone = grey or tints[c][i]
                    parts.append(el.inked(Role.DATA, lambda ink, q=rim, t=tone: ink.polygon(q, t), f"{el.colour_name(tone)} ribbon", opacity))
        edge = style.ink if rng.random() < .3 else None
        for c in range(columns):
            for k in range(sizes[c]):
                box = (float(xs[c]), float(spans[c][0][k]), float(xs[c]) + width, float(spans[c][0][k] + spans[c][1][k]))
                tone = tints[c][k]
                parts.append(el.inked(Role.SHAPE, lambda ink, q=box, t=tone: ink.box(q, t, edge, .003), f"{el.colour_name(tone)} bar"))
                if named:
                    m = (box[1] + box[3]) / 2
                    at, anchor = ((box[0] - .012, m), "rm") if c == 0 else ((box[2] + .012, m), "lm")
                    parts.append(el.text(style, at, style.word(rng), min(size, max(box[3] - box[1], .03)), style.ink, anchor,
                                         width=.11 if c in (0, columns - 1) else .15,
                                         halo=.005 if 0 < c < columns - 1 else 0, halo_colour=style.paper))
        return "A flow diagram of ribbons", parts + extra
    (cx, cy), r = middle(area), float(rng.uniform(.3, .36))
    count, thick, gap = int(rng.integers(3, 9)), float(rng.uniform(.02, .06)), float(rng.uniform(.02, .12))
    shares = rng.uniform(.4, 1.4, count)
    spans = shares / shares.sum() * (TAU - gap * count)
    starts = np.concatenate([[0], np.cumsum(spans[:-1] + gap)]) - np.pi / 2
    tints = [_vivid(rng, style) for _ in range(count)]
    at = lambda ink, t, d: ink.round((cx, cy), r * d, [(float(np.cos(t)), float(np.sin(t)))])[0]
    inner = 1 - thick / r - .02
    for _ in range(int(rng.integers(count, count * 3))):
        i, j = int(rng.integers(count)), int(rng.integers(count))
        a, b = starts[i] + spans[i] * rng.uniform(0, .7), starts[j] + spans[j] * rng.uniform(0, .7)
        da, db = spans[i] * .22, spans[j] * .22

        def chord(ink: Ink, a=a, b=b, da=da, db=db, c=tints[i]) -> None:
            bow = lambda p, q: [tuple(((1 - t) ** 2 * np.array(p) + 2 * t * (1 - t) * np.array((cx,
                    cy)) + t * t * np.array(q)).tolist()) for t in np.linspace(0, 1, 20)]
            arc = lambda s, d: [at(ink, t, inner) for t in np.linspace(s, s + d, 6)]
            ink.polygon(arc(a, da) + bow(at(ink, a + da, inner), at(ink, b, inner)) + arc(b, db) + bow(at(ink, b + db, inner), at(ink, a, inner)), c)
        parts.append(el.inked(Role.DATA, chord, f"{el.colour_name(tints[i])} ribbon", opacity))
    for k in range(count):
        def arc_(ink: Ink, k=k) -> None:
            t = np.linspace(starts[k], starts[k] + spans[k], 24)
            ink.polygon([at(ink, v, 1) for v in t] + [at(ink, v, 1 - thick / r) for v in t[::-1]], tints[k])
        parts.append(el.inked(Role.SHAPE, arc_, f"{el.colour_name(tints[k])} arc"))
        t, word = float(starts[k] + spans[k] / 2), style.word(rng)

        def write(frame, t=t, word=word):
            q = at(Ink(frame), t, 1 + .035 / r)
            return el.text(style, q, word, size, style.ink, "lm" if np.cos(t) > .2 else "rm" if np.cos(t) < -.2 else "mb" if np.sin(t) < 0 else "mt",
                           width=max((1 - q[0] if np.cos(t) > 0 else q[0]) - .01, .03)).draw(frame)
        parts.append(Element(Role.TEXT, write, "label", word))
    return "A ring of flows", parts + extra


def _stages(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A pyramid, a funnel, nested rings, stairs or a ring of arrows, with words on the pieces or beside them."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    kind = str(rng.choice(["pyramid", "funnel", "onion", "stairs", "wheel"]))
    count = int(rng.integers(3, 7))
    one = _vivid(rng, style)
    graded = rng.random() < .5
    tints = [mixed(one, style.paper, .6 * k / count) if graded else _vivid(rng, style) for k in range(count)]
    beside = rng.random() < .45
    x0, y0, x1, y1 = area
    if beside and kind in ("pyramid", "funnel", "onion"):
        x1 = x0 + (x1 - x0) * .62
    gap, size = float(rng.choice([0, .006, .015, .03])), _size(rng, .032, .05)
    edge, width = (style.ink if rng.random() < .5 else style.paper) if rng.random() < .4 or not gap else None, _thin(rng, .003, .012)
    open_ = rng.random() < .14
    opacity = float(rng.uniform(.55, .85)) if rng.random() < .15 else 1.0
    cx = (x0 + x1) / 2
    ink_on = lambda c: style.ink if open_ else readable(rng, mixed(style.paper, c, opacity))

    def piece(rim: list[Point], c: Colour, what: str) -> Element:
        return el.inked(Role.SHAPE, lambda ink: _closed(ink, rim, c, max(width, .004)) if open_ else ink.polygon(rim, c, edge, width),
                        f"{el.colour_name(c)} {what}", opacity)

    def named(at: Point, start: Point, c: Colour, room: float, tall: float) -> None:
        """A word on a piece or, with a leader, beside it."""
        if not beside:
            parts.append(el.text(style, at, style.word(rng) if room < .25 else style.phrase(rng, 1, 2), min(size, tall * .75), ink_on(c), width=room))
            return
        end = (x1 + .04, start[1])
        parts.append(el.inked(Role.MARK, lambda ink: _wire(ink, [start, end], style.ink, .004, .012 if dashed else 0, "",
                                                           "dot" if dotted else "", .02), "leader"))
        parts.append(el.text(style, (end[0] + .012, end[1]), style.phrase(rng, 1, 3), size, style.ink, "lm", width=.97 - end[0]))
    dashed, dotted = rng.random() < .3, rng.random() < .4
    if kind in ("pyramid", "funnel"):
        tip, base = float(rng.uniform(0, .15)), (x1 - x0) / 2
        turned = kind == "funnel"
        h = (y1 - y0) / count
        half = lambda v: base * (tip + (1 - tip) * (1 - v if turned else v))
        for k in range(count):
            u, v = k / count, (k + 1) / count
            a, b = y0 + k * h, y0 + (k + 1) * h - gap
            p, q = half(u), half(v)
            parts.append(piece([(cx - p, a), (cx + p, a), (cx + q, b), (cx - q, b)], tints[k], "tier"))
            m = (a + b) / 2
            named((cx, m + (.012 if k == 0 and not turned else 0)), (cx + (p + q) / 2 + .005, m), tints[k], max((p + q) * .8, .04), h)
    elif kind == "onion":
        r, sunk = min((x1 - x0), (y1 - y0)) / 2, rng.random() < .5
        cy = (y0 + y1) / 2
        for k in range(count):
            s = 1 - k / count
            c = (cx, cy + (r * (1 - s) if sunk else 0))
            rim = lambda ink, c=c, s=s: ink.round(c, r * s, _rim("ellipse"))
            parts.append(el.inked(Role.SHAPE, lambda ink, f=rim,
                                  t=tints[k]: _closed(ink, f(ink), t, max(width, .004)) if open_ else ink.polygon(f(ink), t,
                                          edge or style.paper, width),
                                  f"{el.colour_name(tints[k])} disc", opacity))
            top = (c[0], c[1] - r * s + r * .5 / count) if k < count - 1 else c
            named(top, (cx + .0, top[1]), tints[k], max(r * s * .9, .05), r / count)
    elif kind == "stairs":
        w, h = (area[2] - x0) / count, (y1 - y0 - .08) / count
        down, solid = rng.random() < .3, rng.random() < .5
        for k in range(count):
            top = y1 - (count - k if down else k + 1) * h
            box = (x0 + k * w, top, x0 + (k + 1) * w - gap, y1 if solid else top + h * float(.8))
            parts.append(piece([(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])], tints[k], "step"))
            parts.append(el.text(style, (middle(box)[0], box[1] + min(h * .4, .06)), style.word(rng), min(size, h * .6), ink_on(tints[k]),
                                 width=w * .85))
            if rng.random() < .3 and box[1] > .14:
                parts.append(icon(rng, style, (middle(box)[0], box[1] - .055), .04))
    else:
        (cx, cy), r = middle(area), .4 * min(area[2] - area[0], area[3] - area[1]) / .9
        thick, span = r * float(rng.uniform(.2, .5)), TAU / count
        pointed = rng.random() < .6
        for k in range(count):
            a, b = k * span - np.pi / 2 + gap / r, (k + 1) * span - np.pi / 2

            def slice_(ink: Ink, a=a, b=b, c=tints[k]) -> None:
                lead = span * .12 if pointed else 0
                at = lambda t, d: ink.round((cx, cy), d, [(float(np.cos(t)), float(np.sin(t)))])[0]
                t = np.linspace(a, b - lead, 20)
                rim = [at(v, r) for v in t] + ([at(b, r - thick / 2)] if pointed else []) + [at(v,
                        r - thick) for v in t[::-1]] + ([at(a + lead, r - thick / 2)] if pointed else [])
                _closed(ink, rim, c, max(width, .004)) if open_ else ink.polygon(rim, c, edge, width)
            parts.append(el.inked(Role.SHAPE, slice_, f"{el.colour_name(tints[k])} {'arrow' if pointed else 'piece'} of a ring", opacity))
            t, word = (a + b) / 2, style.word(rng)

            def write(frame, t=t, word=word, c=ink_on(tints[k])):
                q = Ink(frame).round((cx, cy), r - thick / 2, [(float(np.cos(t)), float(np.sin(t)))])[0]
                return el.text(style, q, word, min(size, thick * .6), c, width=thick * .95 * frame.unit / frame.width).draw(frame)
            parts.append(Element(Role.TEXT, write, "label", word))
        hub = rng.random()
        if hub < .35:
            parts.append(icon(rng, style, (cx, cy), (r - thick) * .6))
        elif hub < .7:
            parts.append(el.text(style, (cx, cy), style.phrase(rng, 1, 2), size * 1.2, style.ink, width=(r - thick) * 1.5))
    name = {"pyramid": "A pyramid of tiers", "funnel": "A funnel", "onion": "Nested discs", "stairs": "A stair of steps",
            "wheel": "A wheel of stages"}[kind]
    return name, parts + extra


# ---- maps, slabs, compartments --------------------------------------------------------------------------------------

def _region_map(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A map of regions with wavy borders, filled by value or by kind, with markers, routes, names and a key."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    columns, rows = int(rng.integers(2, 6)), int(rng.integers(2, 5))
    x0, y0, x1, y1 = shrink(area, .05, .08, .05, .05)
    w, h = (x1 - x0) / columns, (y1 - y0) / rows
    corner = {(c, r): (x0 + w * (c + float(rng.uniform(-.3, .3) if 0 < c < columns else rng.uniform(-.1, .1))),
                       y0 + h * (r + float(rng.uniform(-.3, .3) if 0 < r < rows else rng.uniform(-.1,
                               .1)))) for c in range(columns + 1) for r in range(rows + 1)}
    rough = float(rng.choice([0, .1, .2, .28]))
    sides: dict[tuple, list[Point]] = {}

    def side(p: tuple[int, int], q: tuple[int, int]) -> list[Point]:
        """The border between two corners, the same from both sides."""
        if (q, p) in sides:
            return sides[q, p][::-1]
        if (p, q) not in sides:
            line = [np.array(corner[p]), np.array(corner[q])]
            for _ in range(4 if rough else 0):
                new = []
                for a, b in zip(line, line[1:]):
                    d = b - a
                    new += [a, (a + b) / 2 + np.array([-d[1], d[0]]) * rng.uniform(-rough, rough)]
                line = [*new, line[-1]]
            sides[p, q] = [tuple(v.tolist()) for v in line]
        return sides[p, q]
    regions = []
    for r in range(rows):
        for c in range(columns):
            border = (c in (0, columns - 1)) + (r in (0, rows - 1))
            if regions and (border == 2 and rng.random() < .5 or rng.random() < .06):
                continue
            a, b, d, e = (c, r), (c + 1, r), (c + 1, r + 1), (c, r + 1)
            regions.append(side(a, b)[:-1] + side(b, d)[:-1] + side(d, e)[:-1] + side(e, a)[:-1])
    fill = str(rng.choice(["values", "kinds", "one", "open"], p=[.36, .34, .2, .1]))
    one, other = _vivid(rng, style), _vivid(rng, style)
    kinds = [_vivid(rng, style) for _ in range(int(rng.integers(2, 5)))]
    if fill == "open" or rng.random() < .7:
        edge, width = style.ink if fill == "open" or rng.random() < .5 else style.paper, _thin(rng, .002, .009)
    else:
        edge, width = mixed(one, style.ink, .5), _thin(rng, .002, .006)
    if rng.random() < .2:
        sea = mixed(style.paper, other, .3)
        parts.append(el.inked(Role.PANEL, lambda ink: ink.box(area, sea, style.ink, .003), "sea"))
    tones = []
    for q in regions:
        tone = {"values": mixed(mixed(style.paper, one, .15), one, float(rng.random())), "kinds": kinds[int(rng.integers(len(kinds)))],
                "one": mixed(style.paper, one, .5), "open": style.paper}[fill]
        tones.append(tone)
        parts.append(el.inked(Role.DATA, lambda ink, q=q, t=tone: (ink.polygon(q, t) if fill != "open" else None,
                _closed(ink, q, edge, width)), "region"))
    size, names = _size(rng, .028, .042), rng.random()
    hearts = [tuple(np.mean(q, 0).tolist()) for q in regions]
    if names < .65:
        for at, tone in zip(hearts, tones):
            if rng.random() < .75:
                parts.append(el.text(style, at, style.word(rng), size, readable(rng, tone), width=w * .8))
    count, marker = int(rng.integers(2, 10)), str(rng.choice(["dot", "pin", "bubble", "icon", "none"], p=[.25, .3, .2, .1, .15]))
    spots = [inside(rng, (at[0] - w * .3, at[1] - h * .3, at[0] + w * .3, at[1] + h * .3),
                    0) for at in (hearts[int(rng.integers(len(hearts)))] for _ in range(count))]
    tone = _vivid(rng, style, tones[0])
    ring = readable(rng, tone)
    for at in spots if marker != "none" else []:
        if marker == "icon":
            parts.append(icon(rng, style, at, .04))
            continue
        s = float(rng.uniform(.02, .07)) if marker == "bubble" else .018

        def spot(ink: Ink, at=at, s=s) -> None:
            if marker == "pin":
                ink.polygon(ink.round(at, .02, [(0, 0), (-.85, -1.7), (.85, -1.7)]), tone)
                ink.dot(ink.round(at, .02, [(0, -2)])[0], .02, tone)
                ink.dot(ink.round(at, .02, [(0, -2)])[0], .008, ring)
            else:
                ink.dot(at, s, tone)
                if marker == "dot":
                    ink.dot(at, s * .5, ring)
        parts.append(el.inked(Role.SHAPE if marker == "bubble" else Role.MARK, spot,
                              {"pin": "map pin", "dot": "marker", "bubble": "bubble"}[marker], .65 if marker == "bubble" else 1.0))
    if rng.random() < .35 and count > 2:
        thin, broken, bowed, head = _thin(rng, .003, .008), .014 if rng.random() < .5 else 0.0, rng.random() < .6, "fill" if rng.random() < .5 else ""
        route = _vivid(rng, style, tones[-1])
        parts.append(el.inked(Role.MARK, lambda ink: [_wire(ink, _bent(a, b, .18) if bowed else [a, b], route, thin, broken, head, "",
                                                            .018) for a, b in zip(spots, spots[1:4])], "route"))
    if fill == "kinds" and rng.random() < .5:
        at = (.82, .08)
        parts.append(el.inked(Role.SHAPE, lambda ink: ink.box((.79, .04, .99, .08 + .05 * len(kinds)), style.paper, style.ink, .003), "key"))
        parts += _legend(rng, style, at, kinds)
    if rng.random() < .3:
        parts.append(el.inked(Role.MARK, lambda ink: (ink.polygon(ink.round((.06, .92), .035, [(0, -1.4), (.5, 1), (0, .6), (-.5, 1)]),
                style.ink)), "north arrow"))
        parts.append(el.text(style, (.06, .83), "N", .04, style.ink, what=""))
    return "A map of regions", parts + extra


def _slabs(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Layers of something drawn apart in oblique projection, plain, meshed, dotted or with thick rims, joined by broken lines."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    count, named = int(rng.integers(2, 7)), rng.random() < .75
    x0, y0, x1, y1 = shrink(area, .03, .04, .26 if named else .03, .04)
    lean, rise = float(rng.uniform(.12, .38)) * (x1 - x0), float(rng.uniform(.5, 1.5)) * (y1 - y0) / (count + .8)
    rise = min(rise, (y1 - y0) * .45)
    thick = float(rng.choice([0, 0, .012, .03, .05]))
    step = (y1 - y0 - rise - thick) / max(count - 1, 1)
    rhomb = rng.random() < .3
    opacity = float(rng.uniform(.45, .85)) if rng.random() < .4 else 1.0
    edge, width = rng.random() < .7, _thin(rng, .002, .008)
    one = _vivid(rng, style) if rng.random() < .3 else None
    at_top = lambda u, v, y: ((x0 + (x1 - x0) * (.5 + (u - v) / 2),
                               y + rise * (u + v) / 2) if rhomb else (x0 + (x1 - x0 - lean) * u + lean * (1 - v), y + rise * v))
    line, tops, size = style.ink if rng.random() < .6 else _vivid(rng, style), [], _size(rng, .03, .048)
    guides, broken = rng.random() < .5, float(rng.choice([0, .012, .02]))
    for k in range(count)[::-1]:
        y = y0 + k * step
        tone = one or _vivid(rng, style)
        side = mixed(tone, (0, 0, 0), .35)
        look, n = str(rng.choice(["plain", "plain", "mesh", "dots", "cells", "blobs"])), int(rng.integers(3, 8))
        values, mark = rng.random((n, n)), mixed(tone, WHITE if luminance(tone) < .6 else (0, 0, 0), .6)
        rim_colour = mixed(tone, style.ink, .6) if edge or sum(abs(a - b) for a, b in zip(tone, style.paper)) < 120 else None
        spot = _blob(rng, (.5, .5), .3, .3, .12)

        def slab(ink: Ink, y=y, tone=tone, side=side, look=look, n=n, values=values, mark=mark, edge_=rim_colour, spot=spot) -> None:
            p = lambda u, v: at_top(u, v, y)
            if thick:
                down = lambda q: (q[0], q[1] + thick)
                walls = [(p(0, 1), p(1, 1)), (p(1, 0), p(1, 1))]
                for (a, b), shade in zip(walls, (side, mixed(side, (0, 0, 0), .3))):
                    ink.polygon([a, b, down(b), down(a)], shade, edge_, width)
            ink.polygon([p(0, 0), p(1, 0), p(1, 1), p(0, 1)], tone, edge_, width)
            if look == "mesh":
                for i in range(1, n):
                    ink.line([p(i / n, 0), p(i / n, 1)], mark, width)
                    ink.line([p(0, i / n), p(1, i / n)], mark, width)
            elif look == "cells":
                for i in range(n):
                    for j in range(n):
                        if values[i, j] > .5:
                            ink.polygon([p(i / n, j / n), p((i + 1) / n, j / n), p((i + 1) / n, (j + 1) / n), p(i / n, (j + 1) / n)],
                                        mixed(tone, mark, float(values[i, j])))
            elif look == "dots":
                for i in range(n):
                    for j in range(n):
                        ink.dot(p((i + .5) / n, (j + .5) / n), .008, mark)
            elif look == "blobs":
                ink.polygon([p(u, v) for u, v in spot], mark)
        parts.append(el.inked(Role.SHAPE, slab, f"{el.colour_name(tone)} slab", opacity, .012 if rng.random() < .1 else 0))
        right = at_top(1, .5, y) if not rhomb else at_top(1, 0, y)
        tops.append(y)
        if named:
            start, end = (right[0] + .005, right[1]), (min(x1 + .035, .8), right[1])
            if rng.random() < .6 and end[0] > start[0] + .01:
                parts.append(el.inked(Role.MARK, lambda ink, a=start, b=end: _wire(ink, [a, b], style.ink, max(width, .003)), "leader"))
            parts.append(el.text(style, (x1 + .045, right[1]), style.phrase(rng, 1, 2), size, style.ink, "lm", width=.98 - x1 - .045))
    if guides and step > rise * .3:
        shown = [(0, 1), (1, 1)]

        def guide(ink: Ink) -> None:
            for a, b in zip(tops[1:], tops):   # from an upper slab's near corners down to the next
                for u, v in shown:
                    p, q = at_top(u, v, a), at_top(u, v, b)
                    _wire(ink, [(p[0], p[1] + thick), q], line, max(width, .003), broken)
        parts.append(el.inked(Role.MARK, guide, "set of guide lines"))
    elif rng.random() < .4:
        parts.append(el.inked(Role.MARK, lambda ink: _wire(ink, [(x0 - .015, y1), (x0 - .015, y0)], line, max(width, .005), 0, "fill",
                                                           "fill", .024), "arrow"))
    return "Layers drawn apart", parts + extra


def _compartments(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Nodes in lanes, in nested groups or as boxes with compartments, joined by right-angled or curved connectors."""
    style, parts = _page(rng, style)
    area, extra = _area(rng, style)
    x0, y0, x1, y1 = area
    kind = str(rng.choice(["lanes", "groups", "entities"]))
    size, width, line = _size(rng, .028, .042), _thin(rng, .002, .009), style.ink if rng.random() < .65 else _vivid(rng, style)
    head, look = _heads(rng, .85), _look(rng, style)
    broken = .012 if rng.random() < .12 else 0.0
    nodes: list[_Node] = []
    if kind == "entities":
        rows, columns = ((1, 2), (2, 2), (2, 2), (1, 3), (2, 3))[rng.integers(5)]
        boxes = [b for b in cells(rows, columns, area, float(rng.uniform(.1, .16)))]
        heads, radius = rng.random() < .6, float(rng.choice([0, 0, .015]))
        pale = mixed(style.paper, _vivid(rng, style), float(rng.uniform(0, .2))) if rng.random() < .5 else style.paper
        one = _vivid(rng, style) if rng.random() < .6 else None
        for b in boxes:
            b = (b[0], b[1] + (b[3] - b[1]) * float(rng.uniform(0, .2)), b[2], b[3] - (b[3] - b[1]) * float(rng.uniform(0, .2)))
            pitch = size * 1.5
            count = max(1, min(int((b[3] - b[1] - size * 2) / pitch), int(rng.integers(2, 9))))
            b = (b[0], b[1], b[2], b[1] + size * 2 + count * pitch + .012)
            cut, c = int(rng.integers(1, count + 1)) if count > 2 and rng.random() < .6 else 0, one or _vivid(rng, style)
            edge = style.ink if rng.random() < .7 else c

            def entity(ink: Ink, b=b, cut=cut, c=c, edge=edge, pitch=pitch) -> None:
                ink.box(b, pale, radius=radius)
                top = b[1] + size * 2
                if heads:
                    ink.box((b[0], b[1], b[2], top), c, radius=radius)
                ink.box(b, None, edge, max(width, .003), radius)
                for y in [top] + ([top + cut * pitch + .006] if cut else []):
                    ink.line([(b[0], y), (b[2], y)], edge, max(width, .003))
            parts.append(el.inked(Role.SHAPE, entity, "box with compartments", shadow=.008 if rng.random() < .1 else 0))
            parts.append(el.text(style, (middle(b)[0], b[1] + size), style.word(rng), size * 1.05, readable(rng, c if heads else pale),
                                 width=(b[2] - b[0]) * .9))
            for k in range(count):
                word = style.word(rng) if rng.random() < .3 else style.phrase(rng, 1, 2)
                if word.isascii() and rng.random() < .3:   # fonts of other scripts may lack the sign
                    word = f"{rng.choice(list('+-#'))} {word}"
                parts.append(el.text(style, (b[0] + .014, b[1] + size * 2 + (k + .55) * pitch), word, size * .88, readable(rng, pale), "lm",
                                     width=(b[2] - b[0]) * .88))
            nodes.append(_Node(middle(b), (b[2] - b[0]) / 2, (b[3] - b[1]) / 2, "box", False))
        links = [(i, j) for i in range(len(nodes)) for j in range(i + 1,
                len(nodes)) if (j == i + 1 and i // columns == j // columns) or j == i + columns]
    elif kind == "lanes":
        lanes, upright, filled = int(rng.integers(2, 6)), rng.random() < .35, rng.random() < .6
        boxes = cells(1 if upright else lanes, lanes if upright else 1, area, float(rng.choice([0, 0, .012])))
        headed = float(rng.uniform(.07, .12))
        tones = [_vivid(rng, style) for _ in range(lanes)] if rng.random() < .6 else [_vivid(rng, style)] * lanes
        for k, b in enumerate(boxes):
            fill = mixed(style.paper, tones[k], float(rng.uniform(.2, .4))) if filled else None
            cap = (b[0], b[1], b[2], b[1] + headed) if upright else (b[0], b[1], b[0] + headed, b[3])
            full = rng.random() < .7
            parts.append(el.inked(Role.PANEL, lambda ink, b=b, f=fill, cap=cap, c=tones[k],
                                  full=full: (ink.box(b, f, style.ink if not f or full else None, max(width, .003)),
                         ink.box(cap, c)), "lane"))
            parts.append(el.text(style, middle(cap), style.word(rng), size, readable(rng, tones[k]), turned=not upright,
                                 width=(b[2] - b[0] if upright else b[3] - b[1]) * .85))
        count = int(rng.integers(3, 8))
        for k in range(count):
            b = boxes[int(rng.integers(lanes))]
            v = headed + .02 + (1 - headed - .02) * (k + .5) / count
            at = (middle(b)[0], y0 + (y1 - y0) * v) if upright else (x0 + (x1 - x0) * v, middle(b)[1])
            rx, ry = ((b[2] - b[0]) * .34, .34 * (y1 - y0) * .85 / count) if upright else (.36 * (x1 - x0) * .88 / count, (b[3] - b[1]) * .3)
            nodes.append(_Node(at, rx, min(ry, .07), str(rng.choice(["rounded box", "box", "diamond", "pill", "ellipse", "slanted box"])), False))
        links = [(k, k + 1) for k in range(count - 1)]
    else:
        count, depth = int(rng.integers(2, 5)), rng.random() < .4
        if depth:
            outer = _Node(middle(area), (x1 - x0) / 2, (y1 - y0) / 2, "rounded box", False)
            parts.append(_painted(rng, style, replace(_look(rng, style), filled="pale", edge=max(width, .003), opacity=1.0), outer, None,
                                  Role.PANEL)[0])
        rows, columns = (1, 2) if count == 2 else (2, 2) if count > 2 else (1, 1)
        boxes = cells(rows, columns, shrink(area, *(.05,) * 4) if depth else area, float(rng.uniform(.03, .08)))[:count]
        shape, dotted = str(rng.choice(["rounded box", "box", "ellipse"])), rng.random() < .35
        group = _Look("none" if dotted else "pale", None, max(width, .003) if dotted or rng.random() < .6 else 0.0, False,
                      .014 if dotted else 0.0, False, 0.0, float(rng.uniform(.5, 1)))
        form = str(rng.choice(["rounded box", "ellipse", "box", "pill", "hexagon"]))
        links = []
        for b in boxes:
            tone = _vivid(rng, style)
            panel = replace(group, edge=max(group.edge, .003)) if depth else group if group.edge else replace(group, opacity=1.0)
            parts.append(_painted(rng, style, panel, _Node(middle(b), (b[2] - b[0]) / 2, (b[3] - b[1]) / 2, shape, False), tone, Role.PANEL)[0])
            if rng.random() < .75:
                parts.append(el.text(style, (middle(b)[0], b[1] + size * (1 if shape != "ellipse" else 1.6)), style.word(rng), size,
                                     style.ink, width=(b[2] - b[0]) * (.8 if shape != "ellipse" else .4)))
            own = int(rng.integers(2, 5))
            spots = _spread(rng, shrink(b, .22, .25, .22, .18), own)
            first = len(nodes)
            if rng.random() < .15:
                parts.append(el.micrograph(rng, style, (middle(b)[0] - .06, b[3] - .13, middle(b)[0] + .06, b[3] - .02)))
            nodes += [_Node(q, min(.075, (b[2] - b[0]) * .16), min(.034, (b[3] - b[1]) * .09), form, False) for q in spots]
            links += [(first + k, first + k + 1) for k in range(own - 1)] + ([(first - 1, first)] if first else [])
    bent = str(rng.choice(["elbow", "straight", "bent"], p=[.5, .3, .2])) if kind == "groups" else "elbow"
    rows_ = []
    for i, j in links:
        a, b = nodes[i].at, nodes[j].at
        tall = abs(a[1] - b[1]) > abs(a[0] - b[0])
        points = [a, b] if bent == "straight" else _bent(a, b, .2) if bent == "bent" else _elbow(a, b, tall)
        if kind == "lanes" and bent == "elbow":
            points = [a, (b[0], a[1]), b] if abs(a[0] - b[0]) > .02 and abs(a[1] - b[1]) > .02 else [a, b]
        rows_.append((points, nodes[i], nodes[j], line))
        if kind == "entities" and rng.random() < .5:
            q = middle((*a, *b))
            parts.append(el.text(style, (q[0] + .02, q[1] - .025), str(rng.choice(["1", "0..1", "*", "1..*", "n"])), size * .85, style.ink, what=""))
    if kind == "entities" and head and rng.random() < .5:
        head = str(rng.choice(["hollow", "diamond", "open"]))
    parts.append(_wires(style, rows_, width, broken, head, max(width * 3, .016), "set of connectors"))
    if kind != "entities":
        if look.filled == "none" and kind == "groups":
            look = replace(look, filled="full", edge=0.0)
        for node in nodes:
            made, ink = _painted(rng, style, replace(look, double=False), node)
            if kind == "groups" and rng.random() < .08:
                made = icon(rng, style, node.at, .045)
                parts.append(made)
                continue
            parts += [made, el.text(style, node.at, style.word(rng), min(size, node.ry * 1.3), ink,
                                    width=node.rx * (1.2 if node.shape in ("diamond", "ellipse") else 1.7))]
    return {"lanes": "A chart of lanes", "groups": "A pathway of grouped parts",
            "entities": "A diagram of boxes with compartments"}[kind], parts + extra


TEMPLATES: tuple[Template, ...] = (
    Template("diagram", "network", 1.2, _network), Template("diagram", "tree", 1, _tree), Template("diagram", "mind map", .8, _mind_map),
    Template("diagram", "neural network", 1, _neural), Template("diagram", "circuit", .9, _circuit), Template("shapes", "molecule", 1, _molecule),
    Template("shapes", "cell cartoon", 1, _cell), Template("diagram", "apparatus", 1, _apparatus), Template("diagram", "schedule", 1, _schedule),
    Template("diagram", "ribbons", 1, _ribbons), Template("shapes", "stages", 1, _stages), Template("shapes", "region map", .9, _region_map),
    Template("shapes", "slabs", 1, _slabs), Template("diagram", "compartments", 1.1, _compartments))
