"""Templates: where elements go. A template returns how a caption begins, and the elements; the two splits share no template."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np

from . import elements as el
from .canvas import Box, Colour, Point
from .elements import ALL, BLACK, WHITE, Element, Rng, Role
from .icons import icon
from .plots import plot
from .style import Style, luminance, readable

Parts = list[Element]


@dataclass(frozen=True)
class Template:
    family: str
    name: str
    weight: float
    make: Callable[[Rng, Style], tuple[str, Parts]]


# ---- pieces ---------------------------------------------------------------------------------------------------------

def inside(rng: Rng, box: Box, margin: float = .1) -> Point:
    return (float(box[0] + (box[2] - box[0]) * rng.uniform(margin, 1 - margin)),
            float(box[1] + (box[3] - box[1]) * rng.uniform(margin, 1 - margin)))


def sub_box(rng: Rng, box: Box, low: float, high: float) -> Box:
    w, h = (box[2] - box[0]) * rng.uniform(low, high), (box[3] - box[1]) * rng.uniform(low, high)
    x, y = box[0] + rng.random() * (box[2] - box[0] - w), box[1] + rng.random() * (box[3] - box[1] - h)
    return float(x), float(y), float(x + w), float(y + h)


def shrink(box: Box, left: float, top: float, right: float, bottom: float) -> Box:
    w, h = box[2] - box[0], box[3] - box[1]
    return box[0] + w * left, box[1] + h * top, box[2] - w * right, box[3] - h * bottom


def middle(box: Box) -> Point:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def cells(rows: int, columns: int, area: Box, gap: float) -> list[Box]:
    w, h = (area[2] - area[0] + gap) / columns, (area[3] - area[1] + gap) / rows
    return [(area[0] + c * w, area[1] + r * h, area[0] + (c + 1) * w - gap, area[1] + (r + 1) * h - gap)
            for r in range(rows) for c in range(columns)]


def divided(rng: Rng, area: Box, gap: float, depth: int) -> list[Box]:
    """A box cut in two again and again, at uneven places."""
    if depth == 0:
        return [area]
    x0, y0, x1, y1 = area
    at = float(rng.uniform(.35, .65))
    if (x1 - x0) * rng.uniform(.6, 1.6) > y1 - y0:
        cut = x0 + (x1 - x0) * at
        halves = [(x0, y0, cut - gap / 2, y1), (cut + gap / 2, y0, x1, y1)]
    else:
        cut = y0 + (y1 - y0) * at
        halves = [(x0, y0, x1, cut - gap / 2), (x0, cut + gap / 2, x1, y1)]
    return [b for k, half in enumerate(halves) for b in divided(rng, half, gap, depth - 1 if k == 0 or rng.random() < .7 else 0)]


def panel(rng: Rng, style: Style, box: Box, kind: str | None = None) -> Parts:
    """One panel of a figure: a micrograph, a photo or a plot, with what belongs to it."""
    kind = kind or str(rng.choice(["micrograph", "photo", "plot", "heat"], p=[.4, .1, .4, .1]))
    if kind == "plot":
        return plot(rng, style, box)
    if kind == "heat":
        return plot(rng, style, box, "heat map")
    if kind == "photo":
        return el.grouped("panel", [el.photo(rng, style, box)])
    parts = [el.micrograph(rng, style, box)]
    if rng.random() < .55:
        parts += el.scale_bar(rng, style, box, readable(rng, el.on(style, parts[0]).backdrop))
    return el.grouped("panel", parts)


def pointers(rng: Rng, style: Style, box: Box, low: int, high: int) -> Parts:
    """Arrows, arrow heads, open boxes and circles."""
    parts: Parts = []
    colour = el.pointer_colour(rng, style) if rng.random() < .6 else None
    for _ in range(int(rng.integers(low, high + 1))):
        kind = rng.choice(["arrow", "outline", "head", "rule"], p=[.46, .36, .12, .06])
        at = inside(rng, box)
        if kind == "arrow":
            turn, length = rng.random() * 6.3, rng.uniform(.07, .26)
            parts.append(el.arrow(rng, style, (at[0] + length * np.cos(turn), at[1] + length * np.sin(turn)), at, colour))
        elif kind == "outline":
            parts.append(el.outline(rng, style, sub_box(rng, box, .12, .45), colour))
        elif kind == "head":
            parts.append(el.arrow_head(rng, style, at))
        else:
            parts.append(el.rule(rng, style, at, inside(rng, box), colour))
    return parts


def labels(rng: Rng, style: Style, box: Box, low: int, high: int, size: tuple[float, float] = (.04, .1)) -> Parts:
    return [el.label(rng, style, inside(rng, box, .14), size, width=(box[2] - box[0]) * .8)
            for _ in range(int(rng.integers(low, high + 1)))]


def called_out(rng: Rng, style: Style, box: Box, count: int) -> Parts:
    """Words with a line or an arrow to the place they name."""
    parts: Parts = []
    for _ in range(count):
        at, target = inside(rng, box, .18), inside(rng, box)
        colour = el.pointer_colour(rng, style)
        near = (at[0] + (target[0] - at[0]) * .25, at[1] + (target[1] - at[1]) * .25)
        width = float(rng.uniform(.004, .01))
        parts.append(el.rule(rng, style, near, target, colour, width) if rng.random() < .5 else el.arrow(rng, style, near, target, colour, width))
        parts.append(el.text(style, at, style.word(rng), float(rng.uniform(.04, .065)), colour, halo=.008 if rng.random() < .2 else 0, halo_colour=readable(rng, colour)))
    return parts


def letters(rng: Rng, style: Style, boxes: list[Box]) -> Parts:
    names = "abcdefgh" if rng.random() < .5 else "ABCDEFGH"
    size, anchor, bracketed = float(rng.uniform(.055, .095)), "lt" if rng.random() < .5 else "mm", rng.random() < .2
    plates = rng.random() < .15
    parts: Parts = []
    for name, box in zip(names, boxes):
        at = (box[0] + .012, box[1] + .012) if anchor == "lt" else (box[0] + .01, box[1] + .01)
        if plates:
            parts.append(el.vector(Role.SHAPE, lambda pen, a=at: pen.box((a[0], a[1], a[0] + size * 1.1, a[1] + size * 1.1), WHITE)))
            parts.append(el.text(style, (at[0] + size * .55, at[1] + size * .55), name, size, BLACK, what="panel letter"))
        else:
            parts.append(el.text(style, at, f"({name})" if bracketed else name, size, anchor=anchor, what="panel letter"))
    return parts


def titled(rng: Rng, style: Style, at: Point, size: float, width: float, anchor: str = "mm", colour=None, low: int = 1, high: int = 4) -> tuple[str, Element]:
    words = style.phrase(rng, low, high)
    return words, el.text(style, at, words, size, colour, anchor, width=width, what="title")


def box_kinds(rng: Rng) -> str:
    return str(rng.choice(["box", "rounded box", "rounded box", "ellipse", "diamond"]))


# ---- training templates ---------------------------------------------------------------------------------------------

def _annotated_micrograph(rng: Rng, style: Style) -> tuple[str, Parts]:
    background = el.background(rng, style, "micrograph")
    style = el.on(style, background)
    parts = [background, *pointers(rng, style, ALL, 1, 4)]
    if rng.random() < .75:
        parts += el.scale_bar(rng, style, ALL, readable(rng, style.backdrop))
    if rng.random() < .3:
        parts += called_out(rng, style, ALL, int(rng.integers(1, 4)))
    if rng.random() < .2:
        parts += el.tag(rng, style, inside(rng, ALL, .2))
    return f"An annotated {background.what}", parts + labels(rng, style, ALL, 0, 3)


def _annotated_photo(rng: Rng, style: Style) -> tuple[str, Parts]:
    background = el.background(rng, style, "photo")
    style = el.on(style, background)
    parts = [background, *pointers(rng, style, ALL, 0, 3)]
    for _ in range(int(rng.integers(0, 3))):
        parts.append(el.plate(rng, style, sub_box(rng, ALL, .12, .5)))
    for _ in range(int(rng.integers(0, 3))):
        parts += el.tag(rng, style, inside(rng, ALL, .15))
    if rng.random() < .35:
        parts.append(icon(rng, style, inside(rng, ALL, .2), float(rng.uniform(.05, .14))))
    if rng.random() < .35:
        parts += called_out(rng, style, ALL, int(rng.integers(1, 4)))
    return f"An annotated {background.what}", parts + labels(rng, style, ALL, 1, 3, (.04, .16))


def _grid(rng: Rng, style: Style) -> tuple[str, Parts]:
    rows, columns = ((1, 2), (2, 1), (2, 2), (2, 2), (1, 3), (2, 3), (3, 2), (3, 3))[rng.integers(8)]
    gap = float(rng.uniform(.012, .07))
    boxes = cells(rows, columns, shrink(ALL, *rng.uniform(.015, .1, 4)), gap)
    parts = [el.background(rng, style, "solid solid solid tint gradient")]
    kind = str(rng.choice(["micrograph", "photo", "plot"])) if rng.random() < .3 else None
    pointed = int(rng.integers(len(boxes))) if rng.random() < .7 else -1
    for k, box in enumerate(boxes):
        own = panel(rng, style, box, kind)
        parts += own + (pointers(rng, el.on(style, own[0]), box, 1, 3) if k == pointed else [])
    parts += letters(rng, style, boxes) if rng.random() < .65 else []
    return f"A figure of {len(boxes)} panels", parts + (labels(rng, style, ALL, 1, 2) if rng.random() < .3 else [])


def _comparison(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Rows and columns of micrographs with names at the rims."""
    rows, columns = int(rng.integers(1, 4)), int(rng.integers(2, 5))
    boxes = cells(rows, columns, (.12, .1, .98, .98), float(rng.uniform(.008, .03)))
    size, parts = float(rng.uniform(.04, .055)), [el.background(rng, style, "solid solid tint")]
    kind = str(rng.choice(["micrograph", "micrograph", "photo"]))
    for box in boxes:
        parts.append((el.micrograph if kind == "micrograph" else el.photo)(rng, style, box))
    for c in range(columns):
        parts.append(el.text(style, (middle(boxes[c])[0], .05), style.word(rng), size, width=boxes[c][2] - boxes[c][0]))
    for r in range(rows):
        parts.append(el.text(style, (.06, middle(boxes[r * columns])[1]), style.word(rng), size, turned=True, width=boxes[0][3] - boxes[0][1]))
    parts += el.scale_bar(rng, style, boxes[-1], readable(rng, el.on(style, parts[len(boxes)]).backdrop))
    return f"A comparison of {len(boxes)} pictures in {rows} row{'s' * (rows > 1)}", parts + pointers(rng, el.on(style, parts[1]), boxes[0], 0, 2)


def _single_plot(rng: Rng, style: Style) -> tuple[str, Parts]:
    parts = [el.background(rng, style, "solid solid solid tint gradient"), *plot(rng, style, shrink(ALL, *rng.uniform(.02, .08, 4)))]
    if rng.random() < .4:
        parts += pointers(rng, style, (.25, .15, .9, .75), 1, 2)
    if rng.random() < .25:
        inset = sub_box(rng, (.3, .12, .94, .6), .3, .5)
        parts.append(el.vector(Role.SHAPE, lambda pen: pen.box(inset, style.background, style.foreground, .004)))
        painter = el.micrograph(rng, style, shrink(inset, .04, .04, .04, .04))
        parts.append(Element(Role.SHAPE, painter.draw, painter.what + " as an inset"))
    return "A plot", parts + (labels(rng, style, (.2, .1, .95, .7), 1, 2) if rng.random() < .4 else [])


def _plot_rows(rng: Rng, style: Style) -> tuple[str, Parts]:
    rows, columns = ((2, 1), (1, 2), (2, 2), (3, 1))[rng.integers(4)]
    boxes = cells(rows, columns, (.03, .04, .97, .97), .04)
    parts = [el.background(rng, style, "solid solid tint")]
    for box in boxes:
        parts += plot(rng, style, box)
    return f"{('One', 'Two', 'Three', 'Four')[len(boxes) - 1]} plots" + (" side by side" if rows == 1 else ""), parts + (letters(rng, style, boxes) if rng.random() < .6 else [])


def _flow(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Levels of boxes, from top to bottom or from left to right, joined by straight or elbowed connectors."""
    levels, sideways = int(rng.integers(2, 5)), rng.random() < .45
    parts = [el.background(rng, style, "solid solid tint gradient texture")]
    kind, one = box_kinds(rng), style.colour(rng) if rng.random() < .4 else None
    colour, width, elbow, plain = style.foreground if rng.random() < .7 else style.strong(rng), float(rng.uniform(.005, .014)), rng.random() < .5, rng.random() < .5
    rows: list[list[Box]] = []
    top = .12 if rng.random() < .35 else .03
    for k in range(levels):
        count = 1 if k == 0 and rng.random() < .6 else int(rng.integers(1, 4))
        a, b = top + (.97 - top) * (k + .12) / levels, top + (.97 - top) * (k + .68) / levels
        row = []
        for c in range(count):
            u, v = (c + .1) / count, (c + .9) / count
            if count == 1:
                u, v = .28, .72
            row.append((a, u * .96 + .02, b, v * .96 + .02) if sideways else (u * .96 + .02, a, v * .96 + .02, b))
        rows.append(row)
    for upper, lower in zip(rows, rows[1:]):
        for k, box in enumerate(lower):
            source = upper[k * len(upper) // len(lower)]
            p, q = middle(source), middle(box)
            p = (source[2], p[1]) if sideways else (p[0], source[3])
            q = (box[0] - .006, q[1]) if sideways else (q[0], box[1] - .006)
            if elbow:
                half = ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)
                a, b = ((half[0], p[1]), (half[0], q[1])) if sideways else ((p[0], half[1]), (q[0], half[1]))
                parts.append(el.vector(Role.MARK, lambda pen, l=[p, a, b], e=b, t=q: (pen.line(l, colour, width), pen.arrow(e, t, colour, width, width * 3.4)), "connector"))
            else:
                parts.append(el.vector(Role.MARK, lambda pen, a=p, b=q: pen.arrow(a, b, colour, width, width * 3.4), "connector"))
    for row in rows:
        for box in row:
            fill = one or style.colour(rng)
            shape = kind if rng.random() < .8 else box_kinds(rng)
            if rng.random() < .08:
                parts.append(icon(rng, style, middle(box), min(box[2] - box[0], box[3] - box[1]) * .5))
                continue
            parts.append(el.plate(rng, style, box, colour=fill, kind=shape, plain=plain))
            parts.append(el.text(style, middle(box), style.word(rng) if rng.random() < .6 else style.phrase(rng, 1, 2), float(rng.uniform(.038, .065)),
                                 readable(rng, fill), width=(box[2] - box[0]) * (.62 if shape in ("diamond", "ellipse") else .86)))
    if top > .1:
        parts.append(titled(rng, style, (.5, .06), .07, .9)[1])
    return "A flow chart", parts


def _schematic(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Icons and shapes joined by arrows, each with a name; sometimes within a larger compartment."""
    parts = [el.background(rng, style, "solid solid tint gradient")]
    if rng.random() < .5:
        parts.append(el.plate(rng, style, sub_box(rng, ALL, .5, .85), Role.PANEL, el.mixed(style.background, style.colour(rng), .3), plain=True))
    count = int(rng.integers(3, 6))
    places = [inside(rng, b, .3) for b in [cells(2, 3, (.03, .05, .97, .95), .02)[i] for i in rng.permutation(6)[:count]]]
    radius = float(rng.uniform(.06, .11))
    for a, b in zip(places, places[1:]):
        d = np.array(b) - a
        d = d / max(np.hypot(*d), 1e-6) * radius * 1.35
        parts.append(el.arrow(rng, style, (a[0] + d[0], a[1] + d[1]), (b[0] - d[0], b[1] - d[1]), width=float(rng.uniform(.006, .014))))
    for at in places:
        if rng.random() < .6:
            parts.append(icon(rng, style, at, radius))
        else:
            parts.append(el.plate(rng, style, (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)))
        if rng.random() < .8:
            parts.append(el.text(style, (at[0], at[1] + radius * 1.35), style.word(rng), float(rng.uniform(.038, .055)), width=.32))
    return "A schematic", parts


def _poster(rng: Rng, style: Style) -> tuple[str, Parts]:
    background = el.background(rng, style, "gradient texture tint photo solid")
    style, parts = el.on(style, background), [background]
    if rng.random() < .5:
        parts.append((el.photo if rng.random() < .7 else el.micrograph)(rng, style, sub_box(rng, (.04, .2, .96, .96), .35, .8)))
    for _ in range(int(rng.integers(1, 4))):
        parts.append(el.plate(rng, style, sub_box(rng, ALL, .12, .6)))
    y = float(rng.uniform(.08, .2))
    if rng.random() < .5:
        band, fill = (0.0, y - .08, 1.0, y + .08), style.colour(rng)
        parts.append(el.bar(rng, style, band, fill))
        foreground = readable(rng, fill)
    else:
        foreground = readable(rng, style.backdrop) if rng.random() < .6 else el.pointer_colour(rng, style)
    words, title = titled(rng, style, (.5, y), float(rng.uniform(.08, .15)), .92, colour=foreground)
    parts.append(title)
    if rng.random() < .5:
        parts.append(icon(rng, style, inside(rng, (.1, .3, .9, .8)), float(rng.uniform(.07, .2))))
    if rng.random() < .4:
        parts += el.paragraph(rng, style, sub_box(rng, (.05, .6, .95, .97), .5, .95), float(rng.uniform(.032, .045)), readable(rng, style.backdrop))
    return f"A poster titled “{words}”", parts + labels(rng, style, (0, .3, 1, 1), 0, 2, size=(.05, .14))


def _slide(rng: Rng, style: Style) -> tuple[str, Parts]:
    parts = [el.background(rng, style, "solid solid tint gradient")]
    foreground = style.foreground
    if rng.random() < .55:
        fill = style.colour(rng)
        parts.append(el.bar(rng, style, (0, 0, 1, .17), fill))
        foreground = readable(rng, fill)
    left = rng.random() < .6
    words, title = titled(rng, style, (.05 if left else .5, .09), float(rng.uniform(.065, .09)), .88, "lm" if left else "mm", foreground)
    parts.append(title)
    beside = rng.random() < .65
    right = .5 if beside else .94
    parts += el.paragraph(rng, style, (.06, .24, right, .9), float(rng.uniform(.034, .05)), bullets=rng.random() < .7, count=int(rng.integers(2, 7)))
    if beside:
        parts += panel(rng, style, (.56, .24, .95, float(rng.uniform(.6, .88))))
    else:
        parts.append(icon(rng, style, (.86, .8), .09))
    if rng.random() < .4:
        parts.append(el.bar(rng, style, (0, .955, 1, 1)))
    return f"A slide titled “{words}”", parts


def _overlapping(rng: Rng, style: Style) -> tuple[str, Parts]:
    background = el.background(rng, style, "solid tint gradient texture photo")
    style, parts = el.on(style, background), [background]
    area = shrink(ALL, .06, .06, .06, .06)
    for _ in range(int(rng.integers(3, 8))):
        parts.append(el.plate(rng, style, sub_box(rng, area, .2, .6)))
    return "Overlapping shapes", parts + labels(rng, style, ALL, 0, 2) + (pointers(rng, style, ALL, 1, 2) if rng.random() < .3 else [])


def _icon_sheet(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Icons in rows, on discs or plates or by themselves, with a word under each."""
    rows, columns = ((1, 2), (1, 3), (2, 2), (2, 3), (3, 3), (2, 4))[rng.integers(6)]
    boxes = cells(rows, columns, (.05, .14, .95, .95), .04)
    parts = [el.background(rng, style, "solid tint gradient texture")]
    words, title = titled(rng, style, (.5, .07), float(rng.uniform(.055, .08)), .9)
    carrier, fill, named = str(rng.choice(["none", "ellipse", "rounded box"])), style.colour(rng), rng.random() < .7
    for box in boxes:
        at, radius = middle(shrink(box, 0, 0, 0, .2)), min(box[2] - box[0], box[3] - box[1]) * .34
        colour = None
        if carrier != "none":
            parts.append(el.plate(rng, style, (at[0] - radius * 1.1, at[1] - radius * 1.1, at[0] + radius * 1.1, at[1] + radius * 1.1), Role.PANEL, fill, carrier, plain=True))
            colour = readable(rng, fill)
        parts.append(icon(rng, style, at, radius * (.65 if colour else .95), colour=colour))
        if named:
            parts.append(el.text(style, (at[0], box[3] - .02), style.word(rng), float(rng.uniform(.035, .05)), width=box[2] - box[0]))
    return f"An infographic titled “{words}”", [*parts, title]


def _sprite(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A group of elements on nothing, as a layer that was cut out."""
    parts: Parts = []
    kind = rng.choice(["shapes", "icons", "text", "plot", "mixed"])
    if kind in ("shapes", "mixed"):
        parts += [el.plate(rng, style, sub_box(rng, shrink(ALL, .05, .05, .05, .05), .25, .7)) for _ in range(int(rng.integers(2, 5)))]
    if kind in ("icons", "mixed"):
        parts.append(el.plate(rng, style, sub_box(rng, ALL, .3, .8)))
        parts += [icon(rng, style, inside(rng, ALL, .2), float(rng.uniform(.08, .22))) for _ in range(int(rng.integers(1, 4)))]
    if kind == "text":
        fill = style.colour(rng)
        parts += [el.plate(rng, style, (.08, .3, .92, .7), colour=fill), el.text(style, (.5, .5), style.phrase(rng, 1, 3), .13, readable(rng, fill), width=.75)]
    if kind == "plot":
        parts += plot(rng, style, shrink(ALL, .05, .05, .05, .05))
    if kind != "plot":
        parts += pointers(rng, style, ALL, 1, 3) if rng.random() < .6 else []
    return "A cut-out on a transparent page", parts + labels(rng, style, ALL, 1, 2)


# Anything with anything: what goes together in the other templates must not be learnt as the only way.

def _content(rng: Rng, style: Style, box: Box, kind: str, fill: Colour | None, shape: str | None) -> Parts:
    """What stands in one box of a collage."""
    at, side = middle(box), min(box[2] - box[0], box[3] - box[1])
    wide = box[2] - box[0]
    if kind == "plot" and side < .2:
        kind = "plate"
    if kind == "panel":
        return panel(rng, style, box)
    if kind == "plot":
        return plot(rng, style, box)
    if kind == "text":
        if rng.random() < .4:
            return [el.text(style, at, style.phrase(rng, 1, 4), float(rng.uniform(.035, .09)), style.foreground if rng.random() < .7 else style.strong(rng), width=wide,
                            turned=rng.random() < .1)]
        return el.paragraph(rng, style, box, float(rng.uniform(.03, .05)), bullets=rng.random() < .4)
    if kind == "icon":
        below = rng.random() < .5
        radius = min(side * (.3 if below else .42), .2)
        centre = (at[0], at[1] - side * .1) if below else at
        return [icon(rng, style, centre, radius)] + ([el.text(style, (at[0], centre[1] + radius * 1.3), style.word(rng), float(rng.uniform(.032, .05)), width=wide)] if below else [])
    if kind == "pile":
        return [el.plate(rng, style, sub_box(rng, box, .4, .8)) for _ in range(int(rng.integers(2, 4)))]
    if kind == "outline":
        return [el.outline(rng, style, sub_box(rng, box, .5, 1)), el.text(style, at, style.word(rng), float(rng.uniform(.035, .06)), width=wide * .8)]
    fill = fill or style.colour(rng)
    box = box if rng.random() < .6 else sub_box(rng, box, .5, .9)
    at = middle(box)
    parts = [el.plate(rng, style, box, Role.PANEL if rng.random() < .3 else Role.SHAPE, fill, shape, plain=rng.random() < .4)]
    inner = rng.random()
    if inner < .25:
        parts.append(icon(rng, style, at, side * .3, colour=readable(rng, fill) if rng.random() < .7 else None))
    elif inner < .35:
        parts += el.paragraph(rng, style, shrink(box, .12, .15, .1, .1), float(rng.uniform(.03, .042)), readable(rng, fill))
    elif inner < .9:
        parts.append(el.text(style, at, style.phrase(rng, 1, 2), float(rng.uniform(.035, .075)), readable(rng, fill), width=wide * .7))
    return parts


def _places(rng: Rng, area: Box) -> list[Box]:
    """Boxes that divide an area, or stand in rows, steps or rings, or lie anywhere."""
    kind = rng.choice(["divided", "rows", "ring", "line", "free"], p=[.28, .24, .14, .14, .2])
    if kind == "divided":
        return divided(rng, area, float(rng.uniform(.01, .06)), int(rng.integers(1, 4)))
    if kind == "rows":
        rows, columns = int(rng.integers(1, 5)), int(rng.integers(1, 5))
        boxes = cells(rows, columns, area, float(rng.uniform(.01, .08)))
        return [b for b in boxes if rng.random() < .9] or boxes
    count = int(rng.integers(2, 7))
    if kind == "free":
        return [sub_box(rng, area, .15, .55) for _ in range(count)]
    (cx, cy), w, h = middle(area), area[2] - area[0], area[3] - area[1]
    size = float(rng.uniform(.5, .95)) / (count + (.5 if kind == "line" else 0))
    if kind == "ring":
        turns = rng.random() * 6.3 + np.arange(count) * 6.2832 / count
        points = [(cx + w * .34 * np.cos(t), cy + h * .34 * np.sin(t)) for t in turns]
        size = min(size * 1.6, .3)
    else:   # in a line, straight or in steps, down, up or along
        a, b = inside(rng, (area[0], area[1], area[0] + w * .3, area[3]), .2), inside(rng, (area[2] - w * .3, area[1], area[2], area[3]), .2)
        if rng.random() < .4:
            a, b = (cx + rng.uniform(-.1, .1) * w, area[1] + h * size / 2), (cx + rng.uniform(-.1, .1) * w, area[3] - h * size / 2)
        points = [(a[0] + (b[0] - a[0]) * k / (count - 1), a[1] + (b[1] - a[1]) * k / (count - 1)) for k in range(count)]
    half_w, half_h = w * size * float(rng.uniform(.4, .6)), h * size * float(rng.uniform(.3, .6))
    return [(float(x - half_w), float(y - half_h), float(x + half_w), float(y + half_h)) for x, y in points]


def _edge_of(box: Box, towards: Point, gap: float) -> Point:
    """Where the line from a box's middle to a point leaves it."""
    at = middle(box)
    d = np.array(towards) - at
    half = np.maximum(np.array([box[2] - box[0], box[3] - box[1]]) / 2 + gap, 1e-3)
    part = 1 / max(np.abs(d / half).max(), 1)
    return float(at[0] + d[0] * part), float(at[1] + d[1] * part)


def _joined(rng: Rng, style: Style, boxes: list[Box]) -> Parts:
    """Lines or arrows between neighbours in the list, and sometimes others; a word beside some."""
    pairs = list(zip(boxes, boxes[1:]))
    pairs += [(boxes[i], boxes[j]) for i, j in rng.integers(len(boxes), size=(int(rng.integers(0, 3)), 2)) if abs(i - j) > 1]
    colour, width, headed, named = style.foreground if rng.random() < .6 else style.strong(rng), float(rng.uniform(.003, .016)), rng.random() < .65, rng.random() < .25
    parts: Parts = []
    for a, b in pairs:
        p, q = _edge_of(a, middle(b), .008), _edge_of(b, middle(a), .008)
        parts.append(el.arrow(rng, style, p, q, colour, width) if headed else el.rule(rng, style, p, q, colour, width))
        if named and rng.random() < .6:
            parts.append(el.text(style, ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2 - .03), style.word(rng), float(rng.uniform(.03, .045)), width=.25))
    return parts


def _band(rng: Rng, style: Style) -> Parts:
    """A bar along one side or right across, opaque or not, mostly with words on it."""
    thick, fill, opacity = float(rng.uniform(.05, .25)), style.colour(rng), float(rng.choice([1, 1, .85, .6, .4]))
    at = float(rng.choice([0, 1 - thick, rng.uniform(.1, .7)]))
    upright = rng.random() < .3
    box = (at, 0.0, at + thick, 1.0) if upright else (0.0, at, 1.0, at + thick)
    parts = [el.vector(Role.SHAPE, lambda pen: pen.box(box, fill), f"{'translucent ' if opacity < 1 else ''}{el.colour_name(fill)} bar", opacity)]
    if rng.random() < .75:
        place = middle(box) if upright or rng.random() < .5 else (.05, at + thick / 2)
        parts.append(el.text(style, place, style.phrase(rng, 1, 4), min(thick * .6, float(rng.uniform(.035, .1))), readable(rng, fill), "mm" if upright or place[0] > .1 else "lm",
                             turned=upright, width=.9))
    return parts


def _collage(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Any contents in any arrangement, joined, titled, banded and pointed at by chance."""
    background = el.background(rng, style, "solid solid solid tint gradient texture photo micrograph")
    parts: Parts = [background]
    if background.what and any(w in background.what for w in ("micrograph", "photo", "section", "blot")):
        style = el.on(style, background)
    top = float(rng.uniform(.1, .2)) if rng.random() < .45 else .02
    boxes = _places(rng, (float(rng.uniform(.01, .08)), top, float(rng.uniform(.92, .99)), float(rng.uniform(.85, .99))))
    kinds = rng.choice(["panel", "plot", "plate", "text", "icon", "pile", "outline"], size=len(boxes), p=[.2, .12, .34, .12, .1, .08, .04])
    if rng.random() < .55:
        kinds[:] = kinds[0]
    fill, shape = style.colour(rng) if rng.random() < .4 else None, box_kinds(rng) if rng.random() < .6 else None
    for box, kind in zip(boxes, kinds):
        parts += _content(rng, style, box, str(kind), fill, shape)
    if len(boxes) > 1 and rng.random() < .4:
        parts += _joined(rng, style, boxes)
    if top > .05:
        left = rng.random() < .4
        parts.append(titled(rng, style, (.04 if left else .5, top / 2), float(rng.uniform(.05, .1)), .92, "lm" if left else "mm")[1])
    if rng.random() < .25:
        parts += _band(rng, style)
    if rng.random() < .25:
        parts += letters(rng, style, boxes[:8])
    if rng.random() < .25:
        parts += called_out(rng, style, ALL, int(rng.integers(1, 3)))
    if rng.random() < .3:
        parts += pointers(rng, style, ALL, 1, 3)
    return "A collage", parts + (labels(rng, style, ALL, 1, 2) if rng.random() < .25 else [])


# ---- held-out templates ---------------------------------------------------------------------------------------------

def _inset(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A micrograph with a magnified region in a corner."""
    left, top, size = float(rng.choice([.04, .52])), float(rng.choice([.04, .52])), float(rng.uniform(.34, .44))
    inset = (left, top, left + size, top + size)
    source = sub_box(rng, (.55 if left < .3 else .05, .1, .95 if left < .3 else .45, .9), .25, .5)
    painter = el.micrograph(rng, style, inset)
    background = el.background(rng, style, "micrograph")
    line = el.pointer_colour(rng, el.on(style, background))
    parts = [background, painter, el.outline(rng, style, source, line), el.outline(rng, style, inset, line),
             el.rule(rng, style, (source[0], source[1]), (inset[2] if left < .3 else inset[0], inset[1]), line, .005)]
    small = el.on(style, painter)
    parts += pointers(rng, small, inset, 0, 1) + el.scale_bar(rng, style, inset, readable(rng, small.backdrop))
    return "A magnified region", parts + labels(rng, el.on(style, background), ALL, 1, 2)


def _snapshot(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A photo with a strip of text along its foot and places called out."""
    background = el.background(rng, style, "photo")
    style = el.on(style, background)
    parts = [background, *called_out(rng, style, (.05, .05, .95, .75), int(rng.integers(1, 4)))]
    fill, opacity = ((10, 10, 14), .55) if rng.random() < .6 else (style.colour(rng), .9)
    foot = float(rng.uniform(.78, .86))
    parts.append(el.vector(Role.SHAPE, lambda pen: pen.box((0, foot, 1, 1), fill), f"translucent {el.colour_name(fill)} strip", opacity))
    words = style.phrase(rng, 3, 6)
    parts.append(el.text(style, (.04, (foot + 1) / 2), words, .055, WHITE if luminance(fill) < .6 else BLACK, "lm", width=.9, what="title"))
    if rng.random() < .5:
        parts.append(el.outline(rng, style, sub_box(rng, (.05, .05, .95, .75), .2, .45)))
    if rng.random() < .5:
        parts.append(icon(rng, style, (float(rng.uniform(.1, .9)), .14), .08))
    return f"A captioned {background.what}", parts


def _strip(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Pictures in a row above a wide plot."""
    split = float(rng.uniform(.42, .55))
    boxes = [*cells(1, int(rng.integers(2, 5)), (.04, .06, .96, split), .03), (.04, split + .05, .96, .96)]
    parts = [el.background(rng, style, "solid tint")]
    for box in boxes[:-1]:
        parts += panel(rng, style, box, str(rng.choice(["micrograph", "photo", "heat"], p=[.6, .25, .15])))
    parts += plot(rng, style, boxes[-1])
    return "A row of pictures above a plot", parts + pointers(rng, el.on(style, parts[1]), boxes[0], 0, 2) + letters(rng, style, boxes)


def _dashboard(rng: Rng, style: Style) -> tuple[str, Parts]:
    """One large panel beside two small ones."""
    split = float(rng.uniform(.52, .64))
    boxes = [(.05, .08, split, .94), (split + .05, .08, .96, .48), (split + .05, .54, .96, .94)]
    parts = [el.background(rng, style, "solid tint gradient")]
    for box, kind in zip(boxes, ("micrograph", "plot", str(rng.choice(["plot", "heat"])))):
        parts += panel(rng, style, box, kind)
    return "A large picture beside two smaller panels", parts + pointers(rng, el.on(style, parts[1]), boxes[0], 1, 3) + letters(rng, style, boxes)


def _mosaic(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Panels of uneven sizes."""
    boxes = divided(rng, (.03, .03, .97, .97), float(rng.uniform(.015, .04)), 2)
    parts = [el.background(rng, style, "solid solid tint")]
    for box in boxes:
        parts += panel(rng, style, box)
    return f"A mosaic of {len(boxes)} panels", parts + (letters(rng, style, boxes) if rng.random() < .7 else [])


def _plot_with_margin(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A plot with a shaded window and a note."""
    box = (.03, .1, .97, .97)
    parts = [el.background(rng, style, "solid solid gradient"), *plot(rng, style, box, title=False)]
    words, title = titled(rng, style, (.5, .05), .06, .9)
    x = float(rng.uniform(.3, .6))
    fill, window = style.colour(rng), (x, .14, x + float(rng.uniform(.1, .25)), .82)
    parts.append(el.vector(Role.SHAPE, lambda pen: pen.box(window, fill), f"translucent {el.colour_name(fill)} window", float(rng.uniform(.2, .45))))
    note = inside(rng, (.25, .18, .85, .4), .05)
    parts += [el.arrow(rng, style, (note[0], note[1] + .04), (note[0] + float(rng.uniform(-.15, .15)), note[1] + .25), style.foreground, .007),
              el.text(style, note, style.word(rng), .045)]
    return f"A plot titled “{words}”", [*parts, title]


def _chain(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Boxes in a line that drops a step each, joined by arrows, a word in each and a note below."""
    count = int(rng.integers(2, 5))
    y, drop = float(rng.uniform(.12, .3)), float(rng.uniform(0, .12))
    boxes = [(.04 + k * .95 / count, y + k * drop, .04 + k * .95 / count + .62 / count, y + k * drop + .24) for k in range(count)]
    parts = [el.background(rng, style, "solid gradient texture")]
    for box in boxes:
        fill = style.colour(rng)
        parts += [el.plate(rng, style, box, colour=fill, kind=box_kinds(rng)),
                  el.text(style, middle(box), style.word(rng), float(rng.uniform(.045, .06)), readable(rng, fill), width=(box[2] - box[0]) * .75)]
    parts += [el.arrow(rng, style, (a[2] + .01, middle(a)[1]), (b[0] - .01, middle(b)[1]), style.foreground, .01) for a, b in zip(boxes, boxes[1:])]
    return "A chain of steps", parts + el.paragraph(rng, style, (.06, .78, .94, .97), .042, count=2)


def _cycle(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Stations on a circle, joined by arrows, with a word in the middle."""
    count, radius, r = int(rng.integers(3, 6)), .33, float(rng.uniform(.08, .11))
    start = float(rng.random() * 6.3)
    places = [(.5 + radius * np.cos(start + k * 6.2832 / count), .5 + radius * np.sin(start + k * 6.2832 / count)) for k in range(count)]
    parts = [el.background(rng, style, "solid tint gradient")]
    for k, at in enumerate(places):
        nxt = places[(k + 1) % count]
        d = np.array(nxt) - at
        d = d / np.hypot(*d) * r * 1.3
        parts.append(el.arrow(rng, style, (at[0] + d[0], at[1] + d[1]), (nxt[0] - d[0], nxt[1] - d[1]), style.foreground, .011))
        fill = style.colour(rng)
        if rng.random() < .5:
            parts.append(icon(rng, style, at, r))
        else:
            parts.append(el.plate(rng, style, (at[0] - r, at[1] - r, at[0] + r, at[1] + r), colour=fill, kind="ellipse"))
            parts.append(el.text(style, at, style.word(rng), .045, readable(rng, fill), width=r * 1.6))
    return "A cycle of stations", [*parts, el.text(style, (.5, .5), style.phrase(rng, 1, 2), .06, width=.3, what="title")]


def _banner(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A poster of diagonal bands, a large title and a picture in a frame."""
    parts = [el.background(rng, style, "tint gradient photo")]
    for _ in range(int(rng.integers(1, 4))):
        x, slope, wide, fill = float(rng.uniform(-.2, .9)), float(rng.uniform(-.5, .5)), float(rng.uniform(.08, .3)), style.colour(rng)
        parts.append(el.vector(Role.SHAPE, lambda pen, a=x, b=slope, c=wide, f=fill: pen.polygon([(a, 0), (a + c, 0), (a + c + b, 1), (a + b, 1)], f),
                              f"{el.colour_name(fill)} band", float(rng.choice([1, .75, .5]))))
    if rng.random() < .6:
        parts.append(el.photo(rng, style, sub_box(rng, (.05, .35, .95, .95), .4, .7)))
    y, foreground = float(rng.uniform(.12, .28)), style.foreground if rng.random() < .6 else style.strong(rng)
    words, title = titled(rng, style, (.5, y), float(rng.uniform(.1, .17)), .9, colour=foreground, high=3)
    parts += [title, el.text(style, (.5, y + .12), style.phrase(rng, 3, 5), .05, foreground, width=.85)]
    return f"A banner titled “{words}”", parts


def _two_columns(rng: Rng, style: Style) -> tuple[str, Parts]:
    """A slide with a coloured column and a picture."""
    fill, cut = style.colour(rng), float(rng.uniform(.36, .5))
    parts = [el.background(rng, style, "solid tint"), el.bar(rng, style, (0, 0, cut, 1), fill)]
    foreground = readable(rng, fill)
    words, title = titled(rng, style, (.04, .12), .07, cut - .08, "lm", foreground, high=2)
    parts += [title, *el.paragraph(rng, style, (.04, .24, cut - .03, .92), float(rng.uniform(.036, .048)), foreground, bullets=rng.random() < .5, count=int(rng.integers(3, 8)))]
    parts += panel(rng, style, (cut + .05, .12, .95, .8))
    return f"A slide in two columns titled “{words}”", parts + [el.text(style, (cut + .05, .9), style.phrase(rng, 3, 5), .04, anchor="lm", width=.9 - cut)]


def _rings(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Translucent discs that overlap, as in a Venn diagram, with shadows or soft rims, a word in each."""
    count, r = int(rng.integers(2, 5)), float(rng.uniform(.2, .28))
    parts = [el.background(rng, style, "solid tint gradient photo")]
    for k in range(count):
        a = k * 6.2832 / count + .6
        at = (.5 + .19 * np.cos(a), .5 + .19 * np.sin(a))
        parts.append(el.plate(rng, style, (at[0] - r, at[1] - r, at[0] + r, at[1] + r), kind=str(rng.choice(["ellipse", "ellipse", "polygon", "rounded box"]))))
        parts.append(el.text(style, (.5 + .3 * np.cos(a), .5 + .3 * np.sin(a)), style.word(rng), .055, width=.3))
    return "Overlapping sets", parts


def _badges(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Icons on badges down the left side, a phrase beside each."""
    rows = int(rng.integers(2, 5))
    parts, fill = [el.background(rng, style, "solid tint texture")], style.colour(rng)
    for k in range(rows):
        y, r = .1 + .86 * (k + .5) / rows, .34 / rows
        parts += [el.plate(rng, style, (.16 - r, y - r, .16 + r, y + r), Role.PANEL, fill, str(rng.choice(["ellipse", "rounded box", "polygon"]))),
                  icon(rng, style, (.16, y), r * .62, colour=readable(rng, fill)),
                  el.text(style, (.36, y - .03), style.word(rng), .06, anchor="lm", width=.6), el.text(style, (.36, y + .04), style.phrase(rng, 3, 5), .038, anchor="lm", width=.6)]
    return "A list of badges", [*parts, titled(rng, style, (.5, .06), .06, .9)[1]]


def _sticker(rng: Rng, style: Style) -> tuple[str, Parts]:
    """An icon or a picture on a plate with a shadow, on nothing, with a word over it."""
    plate = (.1, .12, .9, .88)
    fill = style.colour(rng)
    parts = [el.plate(rng, style, plate, Role.PANEL, fill, str(rng.choice(["ellipse", "rounded box", "blob"])))]
    if rng.random() < .4:
        parts.append(el.photo(rng, style, (.28, .22, .72, .58)))
    else:
        parts += [icon(rng, style, (.5, .4), .2, colour=readable(rng, fill)), icon(rng, style, inside(rng, plate, .15), .09)]
    parts.append(el.text(style, (.5, .72), style.phrase(rng, 1, 2), .1, readable(rng, fill), width=.62))
    return "A sticker on a transparent page", parts


def decorated(rng: Rng, style: Style) -> Parts:
    """What somebody adds to a finished figure: plates over one another, a tag, an icon, pointers, a word."""
    area = sub_box(rng, ALL, .45, .75)
    parts: Parts = [el.plate(rng, style, sub_box(rng, area, .3, .7)) for _ in range(int(rng.integers(1, 4)))]
    if rng.random() < .5:
        parts.append(icon(rng, style, inside(rng, area, .2), float(rng.uniform(.05, .12))))
    if rng.random() < .4:
        parts += el.tag(rng, style, inside(rng, area))
    return parts + pointers(rng, style, ALL, 0, 2) + labels(rng, style, area, 0, 2)


FIRST: dict[str, tuple[Template, ...]] = {
    "train": (
        Template("micrograph", "annotated micrograph", 1.5, _annotated_micrograph), Template("photo", "annotated photo", 1.5, _annotated_photo),
        Template("panels", "grid", 1.3, _grid), Template("panels", "comparison", .5, _comparison), Template("plot", "single plot", 1, _single_plot),
        Template("plot", "plot rows", .4, _plot_rows), Template("diagram", "flow", 1, _flow), Template("diagram", "schematic", .5, _schematic),
        Template("poster", "poster", 1, _poster), Template("slide", "slide", .8, _slide), Template("shapes", "overlapping", .8, _overlapping),
        Template("icons", "icon sheet", .6, _icon_sheet), Template("cut-out", "sprite", .8, _sprite), Template("poster", "collage", 6, _collage)),
    "heldout": (
        Template("micrograph", "inset", 1.2, _inset), Template("photo", "snapshot", 1.2, _snapshot), Template("panels", "strip", .5, _strip),
        Template("panels", "dashboard", .5, _dashboard), Template("panels", "mosaic", .5, _mosaic), Template("plot", "marked plot", 1.2, _plot_with_margin),
        Template("diagram", "chain", .6, _chain), Template("diagram", "cycle", .6, _cycle), Template("poster", "banner", 1, _banner),
        Template("slide", "two columns", .9, _two_columns), Template("shapes", "rings", .9, _rings), Template("icons", "badges", .7, _badges),
        Template("cut-out", "sticker", .8, _sticker)),
}
