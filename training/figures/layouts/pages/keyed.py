"""A map, a picture or a heap of things with numbered discs, pins or coloured dots, and a key that says what they are."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import Colour, PillowPen, Point
from ...elements import ALL, BLACK, WHITE, Rng, Role
from ...icons import icon
from ...style import Style, luminance, readable
from ...templates import Parts, Template, cells, divided, inside, middle, shrink, sub_box, titled
from .pieces import any_picture, apart, blob, filled_box, mean_colour, new_page


def _numbered(rng: Rng, style: Style, at: Point, radius: float, string: str, fill: Colour, edge: Colour | None = None) -> Parts:
    """A number on a disc."""
    width = radius * .14

    def paint(pen: PillowPen) -> None:
        if edge:
            pen.dot(at, radius + width, edge)
        pen.dot(at, radius, fill)
    return [el.vector(Role.SHAPE, paint, "numbered disc"), el.text(style, at, string, radius * 1.25, readable(rng, fill), what="")]


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    kind = str(rng.choice(["map", "map", "picture", "things"]))
    parts: Parts = []
    count = int(rng.integers(3, 8))
    side = str(rng.choice(["right", "foot", "over"]))
    area = {"right": (.03, .04, .66, .96), "foot": (.03, .04, .97, .7), "over": ALL}[side]
    if rng.random() < .3 and side != "over":
        area = shrink(area, 0, .1, 0, 0)
    if side != "over" or kind == "things":
        page = new_page(rng, style, "tint gradient texture", .65)
        parts.append(page.background)
        foreground, tone = page.foreground, page.tone
    else:
        foreground, tone = style.foreground, style.background
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
                points = clip(blob(rng, inside(rng, area, .1), w * float(rng.uniform(.15, .4)), h * float(rng.uniform(.15, .4)), .25))
                fill = el.mixed(land, style.colour(rng), float(rng.uniform(0, .6)))
                parts.append(el.vector(Role.PANEL, lambda i, p=points, f=fill, e=edge: i.polygon(p, f, e, .004), "region"))
        else:
            blocks = divided(rng, area, float(rng.uniform(.012, .035)), int(rng.integers(3, 6)))
            fills = [el.mixed(land, style.colour(rng), float(rng.uniform(0, .35))) for _ in blocks]
            parts.append(el.vector(Role.PANEL, lambda i: [i.box(b, f) for b, f in zip(blocks, fills)], "street plan"))
        if rng.random() < .6:
            way = [inside(rng, area, .05) for _ in range(int(rng.integers(3, 6)))]
            colour, broken = apart(rng, style, land), .025 if rng.random() < .5 else 0
            parts.append(el.vector(Role.MARK, lambda i: i.dashes(way, colour, .01, broken, broken) if broken else i.line(way, colour, .012),
                                  "route"))
        background = land
    elif kind == "picture":
        painter, what = any_picture(rng, style, .4)
        parts.append(el.picture(role, area, painter, what))
        background = mean_colour(painter)
    else:
        for _ in range(int(rng.integers(3, 7))):
            if rng.random() < .4:
                parts.append(icon(rng, style, inside(rng, area, .2), float(rng.uniform(.08, .2)), Role.PANEL))
            else:
                parts.append(el.plate(rng, style, sub_box(rng, area, .2, .55), Role.PANEL))
        background = tone
    mark, radius = str(rng.choice(["number", "number", "pin", "dot"])), float(rng.uniform(.024, .048))
    single, edge = apart(rng, style, background, 200), WHITE if rng.random() < .5 else BLACK if rng.random() < .4 else None
    fills = [single if rng.random() < .8 and mark == "number" else apart(rng, style, background, 200) for _ in range(count)]

    def pin(pen: PillowPen, at: Point, colour: Colour, r: float) -> None:
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
            parts.append(el.vector(Role.SHAPE, lambda i, a=at, c=fills[k]: pin(i, a, c, radius), f"{el.colour_name(fills[k])} map pin",
                                  shadow=.006 if rng.random() < .3 else 0))
        else:
            parts.append(el.vector(Role.SHAPE, lambda i, a=at, c=fills[k]: ((i.dot(a, radius * .9, edge) if edge else None),
                i.dot(a, radius * .7, c)), f"{el.colour_name(fills[k])} dot"))
    if side == "over":
        key, foreground, opacity = (kx, ky, kx + kw, ky + kh), style.foreground, float(rng.choice([1, .85]))
        parts.append(filled_box(key, style.background, Role.SHAPE, "key", style.foreground if rng.random() < .6 else None, .004, .02 if rng.random() < .4 else 0,
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
            parts.append(el.vector(Role.SHAPE, lambda i, a=at, c=fills[k]: i.dot(a, size * .4, c)))
        parts.append(el.text(style, (at[0] + .04, at[1]), style.word(rng) if rng.random() < .6 else style.phrase(rng, 1, 3), size, foreground, "lm",
                             width=place[2] - at[0] - .05))
    if area[1] > .08 and side != "over":
        parts.append(titled(rng, style, (.04, .06), float(rng.uniform(.05, .075)), .9, "lm", foreground)[1])
    return f"A {'map' if kind == 'map' else 'picture' if kind == 'picture' else 'display'} with a key", parts


TEMPLATES = (Template("photo", "keyed map or picture", 1.0, make),)
