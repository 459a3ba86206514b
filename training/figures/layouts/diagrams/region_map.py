"""A map of regions with wavy borders, filled by value or by kind, with markers, routes, names and a key."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import PillowPen, Point
from ...elements import Rng, Role, mixed
from ...icons import icon
from ...style import Style, readable
from ...templates import Parts, Template, inside, shrink
from .pieces import background, bent_line, draw_closed, draw_line, drawing_area, legend, line_width, text_size, vivid


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
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
    one, other = vivid(rng, style), vivid(rng, style)
    kinds = [vivid(rng, style) for _ in range(int(rng.integers(2, 5)))]
    if fill == "open" or rng.random() < .7:
        edge, width = style.foreground if fill == "open" or rng.random() < .5 else style.background, line_width(rng, .002, .009)
    else:
        edge, width = mixed(one, style.foreground, .5), line_width(rng, .002, .006)
    if rng.random() < .2:
        sea = mixed(style.background, other, .3)
        parts.append(el.vector(Role.PANEL, lambda pen: pen.box(area, sea, style.foreground, .003), "sea"))
    tones = []
    for q in regions:
        tone = {"values": mixed(mixed(style.background, one, .15), one, float(rng.random())), "kinds": kinds[int(rng.integers(len(kinds)))],
                "one": mixed(style.background, one, .5), "open": style.background}[fill]
        tones.append(tone)
        parts.append(el.vector(Role.DATA, lambda pen, q=q, t=tone: (pen.polygon(q, t) if fill != "open" else None,
                draw_closed(pen, q, edge, width)), "region"))
    size, names = text_size(rng, .028, .042), rng.random()
    hearts = [tuple(np.mean(q, 0).tolist()) for q in regions]
    if names < .65:
        for at, tone in zip(hearts, tones):
            if rng.random() < .75:
                parts.append(el.text(style, at, style.word(rng), size, readable(rng, tone), width=w * .8))
    count, marker = int(rng.integers(2, 10)), str(rng.choice(["dot", "pin", "bubble", "icon", "none"], p=[.25, .3, .2, .1, .15]))
    spots = [inside(rng, (at[0] - w * .3, at[1] - h * .3, at[0] + w * .3, at[1] + h * .3),
                    0) for at in (hearts[int(rng.integers(len(hearts)))] for _ in range(count))]
    tone = vivid(rng, style, tones[0])
    ring = readable(rng, tone)
    for at in spots if marker != "none" else []:
        if marker == "icon":
            parts.append(icon(rng, style, at, .04))
            continue
        s = float(rng.uniform(.02, .07)) if marker == "bubble" else .018

        def spot(pen: PillowPen, at=at, s=s) -> None:
            if marker == "pin":
                pen.polygon(pen.round(at, .02, [(0, 0), (-.85, -1.7), (.85, -1.7)]), tone)
                pen.dot(pen.round(at, .02, [(0, -2)])[0], .02, tone)
                pen.dot(pen.round(at, .02, [(0, -2)])[0], .008, ring)
            else:
                pen.dot(at, s, tone)
                if marker == "dot":
                    pen.dot(at, s * .5, ring)
        parts.append(el.vector(Role.SHAPE if marker == "bubble" else Role.MARK, spot,
                              {"pin": "map pin", "dot": "marker", "bubble": "bubble"}[marker], .65 if marker == "bubble" else 1.0))
    if rng.random() < .35 and count > 2:
        thin, broken, bowed, head = line_width(rng, .003, .008), .014 if rng.random() < .5 else 0.0, rng.random() < .6, "fill" if rng.random() < .5 else ""
        route = vivid(rng, style, tones[-1])
        parts.append(el.vector(Role.MARK, lambda foreground: [draw_line(foreground, bent_line(a, b, .18) if bowed else [a, b], route, thin, broken, head, "",
                                                            .018) for a, b in zip(spots, spots[1:4])], "route"))
    if fill == "kinds" and rng.random() < .5:
        at = (.82, .08)
        parts.append(el.vector(Role.SHAPE, lambda pen: pen.box((.79, .04, .99, .08 + .05 * len(kinds)), style.background, style.foreground, .003), "key"))
        parts += legend(rng, style, at, kinds)
    if rng.random() < .3:
        parts.append(el.vector(Role.MARK, lambda pen: (pen.polygon(pen.round((.06, .92), .035, [(0, -1.4), (.5, 1), (0, .6), (-.5, 1)]),
                style.foreground)), "north arrow"))
        parts.append(el.text(style, (.06, .83), "N", .04, style.foreground, what=""))
    return "A map of regions", parts + extra


TEMPLATES = (Template("shapes", "region map", .9, make),)
