"""What the templates of `layouts` build with: a board that collects elements in groups, drawn by cairo, and the pieces that figures have in common."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import Callable, Iterator, Sequence

import numpy as np

from . import elements as el
from .canvas import EMPTY, Box, Colour, PillowPen, Point
from .elements import ALL, BLACK, WHITE, Element, Group, Rng, Role, mixed
from .icons import icon
from .layouts.charts.pieces import colour_map
from .renderers.cairo import Fill, Pen, Shade, can_write, drawn, frozen, written
from .style import SCALE_TEXTS, Style, luminance, readable
from .templates import Parts, Template, cells, divided, inside, middle, shrink, sub_box

BACKGROUND, PANEL, DATA, SHAPE, MARK, TEXT = Role


class Board:
    """A figure in the making."""

    def __init__(self, rng: Rng, style: Style, background: str | None = None) -> None:
        """`background`: white, paper (as in other templates), tint, gradient, none (transparent would be empty: give a background yourself)."""
        self.rng, self.style, self.parts, self._groups = rng, style, [], []
        self.cairo_text, self.crisp = rng.random() < 0.4, rng.random() < 0.5
        self.faint = 0.5 if rng.random() < 0.06 else 0.0  # all colours near the background's
        self.thin = float(np.exp(rng.uniform(np.log(0.0022), np.log(0.008))))  # .6 to 2.3 pixels of 288
        self.size = float(np.exp(rng.uniform(np.log(0.024), np.log(0.046))))  # 7 to 13 pixels of 288
        background = background or str(rng.choice(["white", "paper", "tint", "gradient"], p=[0.5, 0.3, 0.14, 0.06]))
        if background != "none":
            if background == "white" and not style.dark:
                self.style = style = replace(style, tint=(255 - 252, 255 - 252, 255 - 250))
                self.parts.append(el.background(rng, style, "solid"))
            elif background == "tint":
                tone = mixed(style.background, style.colour(rng), float(rng.uniform(0.06, 0.2)))
                base = replace(style, tint=(0, 0, 0)).background
                self.style = style = replace(style, tint=tuple(t - b for t, b in zip(tone, base)))
                self.parts.append(el.background(rng, style, "solid"))
            else:
                self.parts.append(el.background(rng, style, "gradient" if background == "gradient" else "solid"))

    # -- elements

    def add(self, *elements: Element) -> Element:
        self.parts += [replace(e, group=(*e.group, *reversed(self._groups))) for e in elements]
        return elements[0]

    @contextmanager
    def group(self, kind: str) -> Iterator[Group]:
        """What is added within belongs together."""
        group = Group(kind)
        self._groups.append(group)
        yield group
        self._groups.pop()

    def draw(
        self,
        role: Role,
        paint: Callable[[Pen], None],
        what: str = "",
        opacity: float = 1.0,
        shadow: float = 0.0,
        blur: float = 0.0,
    ) -> Element:
        return self.add(drawn(role, paint, what, opacity, shadow, blur, self.crisp))

    def draw_pillow(self, role: Role, paint: Callable[[PillowPen], None], what: str = "", **look) -> Element:
        """The same by Pillow; `look` as for `elements.vector`."""
        return self.add(el.vector(role, frozen(paint), what, **look))

    def text(
        self,
        at: Point,
        string: str,
        size: float | None = None,
        colour: Colour | None = None,
        anchor: str = "mm",
        what: str = "label",
        width: float | None = None,
        turned: bool = False,
        turn: float = 0.0,
        halo: Colour | None = None,
        bold: bool = False,
    ) -> Element:
        """A line of text; by cairo in some figures. `turned` reads upwards, `turn` is any angle (radians, clockwise; by cairo where it can)."""
        style, size, colour = self.style, size or self.size, colour or self.style.foreground
        font = style.face(string)
        if (self.cairo_text or turn) and not halo and can_write(font, string):
            return self.add(
                written(
                    at,
                    string,
                    font,
                    size,
                    colour,
                    anchor,
                    turn or (-np.pi / 2 if turned else 0),
                    what,
                    None if turned or turn else width,
                )
            )
        return self.add(
            el.text(style, at, string, size, colour, anchor, turned, 0.008 if halo else 0, halo or WHITE, what, width)
        )

    # -- choices

    def word(self, limit: int = 12) -> str:
        for _ in range(6):
            w = self.style.word(self.rng)
            if 0 < len(w) <= limit:
                return w
        return (w or "A")[:limit]

    def words(self, count: int, limit: int = 12) -> list[str]:
        return [self.word(limit) for _ in range(count)]

    def colours(self, count: int, least: int = 110) -> list[Colour]:
        """So many colours that stand out from the background; at times shades of one."""
        style, rng = self.style, self.rng
        own = [c for c in style.colours if sum(abs(a - b) for a, b in zip(c, style.background)) > least] or [style.foreground]
        if rng.random() < 0.2:
            one = own[rng.integers(len(own))]
            return [mixed(one, style.background, max(0.6 * k / max(count, 1), self.faint)) for k in range(count)]
        start = int(rng.integers(len(own)))
        return [
            mixed(mixed(own[(start + k) % len(own)], style.foreground, 0.3 * (k // len(own))), style.background, self.faint)
            for k in range(count)
        ]

    def soft(self, colour: Colour, part: float = 0.7) -> Colour:
        return mixed(colour, self.style.background, part)

    def pick(self, *options):
        return options[self.rng.integers(len(options))]

    def some(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def uniform(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    # -- pieces

    def picture(self, box: Box, kind: str = "any", role: Role = PANEL) -> Element:
        """A micrograph or a photograph."""
        kind = self.pick("micrograph", "micrograph", "photo") if kind == "any" else kind
        painter, what = (el.micrograph_painter if kind == "micrograph" else el.photo_painter)(self.rng, self.style)
        return self.add(el.picture(role, box, painter, what))

    def over(self, element: Element) -> Style:
        return el.on(self.style, element)

    def pointer(self, background: Element) -> Colour:
        return el.pointer_colour(self.rng, self.over(background))

    def scale_bar(self, box: Box, colour: Colour, label: bool = True, size: float | None = None) -> None:
        x0, y0, x1, y1 = box
        length, thick = (x1 - x0) * self.uniform(0.14, 0.34), self.uniform(0.004, 0.016)
        right, bottom = x1 - (x1 - x0) * self.uniform(0.03, 0.08), y1 - (y1 - y0) * self.uniform(0.04, 0.1)
        if self.chance(0.25):
            right = x0 + length + (x1 - x0) * 0.05
        kind = self.pick("bar", "bar", "bar", "caps", "box")
        with self.group("scale bar"):

            def paint(pen: Pen) -> None:
                pen.line(
                    [(right - length, bottom), (right, bottom)], colour, thick if kind != "caps" else self.thin * 1.2
                )
                if kind == "caps":
                    for x in (right - length, right):
                        pen.line([(x, bottom - 0.012), (x, bottom + 0.012)], colour, self.thin * 1.2)

            self.draw(MARK, paint, "scale bar")
            if label:
                texts = SCALE_TEXTS[self.style.split]
                self.text(
                    (right - length / 2, bottom - thick * 0.5 - 0.004),
                    texts[self.rng.integers(len(texts))],
                    size or self.size,
                    colour,
                    "mb",
                    "",
                    width=(x1 - x0) * 0.5,
                )

    def letter(self, box: Box, index: int, look: str, size: float, colour: Colour | None = None) -> None:
        """A panel's letter: `look` is upper, lower, bracket, dot; outside or inside of its corner as the caller places the box."""
        name = "ABCDEFGHIJKL"[index % 12]
        string = {"upper": name, "lower": name.lower(), "bracket": f"({name.lower()})", "dot": f"{name}."}[look]
        self.text((box[0], box[1]), string, size, colour, "lt", "panel letter")

    def arrow(
        self,
        points: Sequence[Point],
        colour: Colour,
        role: Role = MARK,
        width: float | None = None,
        kind: str | None = None,
        smooth: bool = False,
        dash: Sequence[float] = (),
        both: bool = False,
        what: str = "arrow",
        head: float | None = None,
    ) -> None:
        width = width or self.uniform(0.003, 0.012)
        kind = kind or self.pick("triangle", "triangle", "stealth", "open")
        head = head or max(width * self.uniform(3, 5), 0.018)
        self.draw(role, lambda pen: pen.arrow(points, colour, width, head, kind, both, smooth, dash), what)

    def icon(self, at: Point, radius: float, role: Role = SHAPE, colour: Colour | None = None) -> None:
        self.add(icon(self.rng, self.style, at, radius, role, colour))

    def thing(self, at: Point, size: float, kind: str | None = None, role: Role = SHAPE) -> None:
        """A cut-out of a file."""
        self.add(el.thing(self.rng, self.style, at, size, role, kind))

    def legend(
        self,
        at: Point,
        names: Sequence[str],
        colours: Sequence[Colour],
        swatch: str = "box",
        plate: bool = False,
        size: float | None = None,
        across: bool = False,
    ) -> None:
        """Swatches (box, line, dot) and names, from `at` downwards or to the right."""
        size = size or self.size
        pitch = size * 1.5
        wide = max((len(n) for n in names), default=1) * size * 0.56 + size * 1.9
        with self.group("legend"):
            if plate:
                box = (
                    at[0] - size * 0.4,
                    at[1] - size * 0.3,
                    at[0] + (wide * len(names) if across else wide),
                    at[1] + (pitch if across else pitch * len(names)),
                )
                fill, edge, opacity = (
                    self.style.background,
                    self.style.foreground if self.chance(0.6) else None,
                    self.pick(1.0, 1.0, 0.8),
                )
                radius = self.pick(0, 0.01)
                plate = drawn(
                    SHAPE, lambda pen: pen.box(box, fill, edge, self.thin, radius), "", opacity, crisp=self.crisp
                )
                self.add(plate if edge else replace(plate, bare=lambda frame: EMPTY))
            for k, (name, colour) in enumerate(zip(names, colours)):
                x, y = (at[0] + wide * k, at[1] + pitch * 0.45) if across else (at[0], at[1] + pitch * (k + 0.45))
                with self.group("entry"):

                    def paint(pen: Pen, x=x, y=y, c=colour) -> None:
                        if swatch == "box":
                            pen.box((x, y - size * 0.35, x + size * 0.9, y + size * 0.35), c)
                        elif swatch == "line":
                            pen.line([(x, y), (x + size * 1.1, y)], c, max(size * 0.12, 0.003))
                        else:
                            pen.disc((x + size * 0.5, y), size * 0.28, c)

                    self.draw(MARK, paint, "legend" if k == 0 else "")
                    self.text((x + size * 1.35, y), name, size, anchor="lm", what="")

    def axes(
        self,
        box: Box,
        xs: Sequence[tuple[float, str]],
        ys: Sequence[tuple[float, str]],
        frame: str | None = None,
        grid: str | None = None,
        x_name: str = "",
        y_name: str = "",
        tick: float | None = None,
        slant: bool = False,
    ) -> None:
        """Plate, grid, frame and ticks as one panel; numbers, and the names of axes. Ticks lie at fractions of the axis."""
        x0, y0, x1, y1 = box
        frame = frame or self.pick("L", "L", "box", "none", "bottom")
        grid = grid or self.pick("none", "none", "y", "both")
        tick = self.pick(0.0, 0.008, 0.012, -0.01) if tick is None else tick
        style, thin = self.style, self.thin
        plate = mixed(style.background, style.foreground, 0.07) if self.chance(0.15) else None
        grey, dash = mixed(plate or style.background, style.foreground, self.uniform(0.1, 0.3)), (
            (0.008, 0.008) if self.chance(0.35) else ()
        )
        y_of = lambda v: y1 - (y1 - y0) * v
        x_of = lambda v: x0 + (x1 - x0) * v

        def paint(pen: Pen) -> None:
            if plate:
                pen.box(box, plate)
            if grid in ("y", "both"):
                for v, _ in ys:
                    pen.line([(x0, y_of(v)), (x1, y_of(v))], grey, thin * 0.7, dash)
            if grid in ("x", "both"):
                for v, _ in xs:
                    pen.line([(x_of(v), y0), (x_of(v), y1)], grey, thin * 0.7, dash)
            if frame in ("L", "box", "bottom"):
                pen.line([(x0, y1), (x1, y1)], style.foreground, thin, cap="square")
                for v, _ in xs if tick else ():
                    pen.line([(x_of(v), y1), (x_of(v), y1 + tick)], style.foreground, thin)
            if frame in ("L", "box"):
                pen.line([(x0, y0), (x0, y1)], style.foreground, thin, cap="square")
                for v, _ in ys if tick else ():
                    pen.line([(x0, y_of(v)), (x0 - tick, y_of(v))], style.foreground, thin)
            if frame == "box":
                pen.line([(x0, y0), (x1, y0), (x1, y1)], style.foreground, thin, cap="square")

        self.draw(PANEL, paint, "axes")
        small = self.size
        if xs and not slant:
            small = min(small, (x1 - x0) / len(xs) * 1.6 / max(max(len(s) for _, s in xs), 1))
        small, gap = max(small, 0.018), max(tick, 0) + 0.008
        with self.group("axis"):
            for v, s in xs:
                if s and slant:
                    self.text((x_of(v), y1 + gap + 0.005), s, small, anchor="rm", what="", turn=-0.7)
                elif s:
                    self.text((x_of(v), y1 + gap), s, small, anchor="mt", what="")
        with self.group("axis"):
            for v, s in ys:
                if s:
                    self.text((x0 - gap, y_of(v)), s, self.size, anchor="rm", what="")
        if x_name:
            self.text(
                ((x0 + x1) / 2, min(y1 + gap + small * (3.4 if slant else 1.35), 0.985)),
                x_name,
                self.size * 1.1,
                anchor="mt",
                what="",
                width=x1 - x0,
            )
        if y_name:
            self.text(
                (
                    max(x0 - gap - self.size * (0.75 * max((len(s) for _, s in ys), default=0) + 0.9), self.size * 0.6),
                    (y0 + y1) / 2,
                ),
                y_name,
                self.size * 1.1,
                turned=True,
                what="",
            )

    def ticks(self, count: int, kind: str = "") -> list[tuple[float, str]]:
        """Numbers at equal distances."""
        step = float(self.rng.choice([0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100]))
        first = self.pick(0, 0, 0, -count // 2)
        if kind == "year":
            first, step = self.some(1960, 2015), self.pick(1, 2, 5)
            return [(k / count, str(int(first + step * k))) for k in range(count + 1)]
        minus = self.style.minus if self.chance(0.3) else "-"
        return [(k / count, f"{(first + k) * step:g}".replace("-", minus)) for k in range(count + 1)]

    def bracket(self, a: Point, b: Point, label: str, drop: float = 0.012) -> None:
        """The bracket of a comparison from one point to another at the same height."""
        with self.group("bracket"):
            self.draw(
                MARK,
                lambda pen: pen.line(
                    [(a[0], a[1] + drop), a, b, (b[0], b[1] + drop)], self.style.foreground, self.thin, join="miter"
                ),
                "bracket",
            )
            self.text(((a[0] + b[0]) / 2, a[1] - 0.002), label, self.size, anchor="mb", what="")

    def marker(
        self, pen: Pen, kind: int, at: Point, r: float, fill: Fill, edge: Fill | None = None, width: float = 0
    ) -> None:
        shapes = {
            1: [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)],
            2: [(0, -1.1), (1, 0.75), (-1, 0.75)],
            3: [(0, -1.2), (0.95, 0), (0, 1.2), (-0.95, 0)],
        }
        if kind == 0:
            pen.disc(at, r, fill, edge, width)
        elif kind in shapes:
            pen.polygon(pen.round(at, r, shapes[kind]), fill, edge, width)
        elif kind == 4:
            pen.disc(at, r, None, fill, r * 0.45)
        else:
            for a, b in (((-1, -1), (1, 1)), ((-1, 1), (1, -1))):
                pen.line(pen.round(at, r * 0.9, [a, b]), fill, r * 0.45)

    def shade(self, box: Box, first: Colour, second: Colour | None = None) -> Shade:
        """A gradient over a box: downwards, sideways or aslant, from the middle at times."""
        second = second or mixed(first, self.pick(WHITE, BLACK), self.uniform(0.25, 0.6))
        kind = self.pick("down", "down", "side", "slant", "radial")
        if kind == "radial":
            return Shade(
                (second, first), ((box[0] * 2 + box[2]) / 3, (box[1] * 2 + box[3]) / 3), (box[2], box[3]), True
            )
        end = {"down": (box[0], box[3]), "side": (box[2], box[1]), "slant": (box[2], box[3])}[kind]
        return Shade((first, second), (box[0], box[1]), end)
