"""A cover of a book or journal: a picture or shapes, bands, big letters, and small print."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...elements import ALL, BLACK, WHITE, Rng, Role
from ...style import Style, luminance, readable
from ...templates import Parts, Template, inside, shrink
from .pieces import any_picture, apart, between, filled_box, mean_colour, new_page, star, tilted_text


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    kind = str(rng.choice(["picture", "picture", "shapes", "framed"]))
    parts: Parts = []
    if kind == "picture":
        painter, what = any_picture(rng, style, .4)
        parts.append(el.picture(Role.BACKGROUND, ALL, painter, what))
        tone = mean_colour(painter)
    else:
        page = new_page(rng, style, "tint gradient gradient texture", .35)
        parts.append(page.background)
        tone = page.tone
        if kind == "shapes":
            at, n, r, sides = inside(rng, ALL, .3), int(rng.integers(2, 6)), float(rng.uniform(.3, .55)), int(rng.choice([3, 4, 6, 40]))
            turn, twist = float(rng.random() * 6.3), float(rng.uniform(0, .5))
            beneath = tone
            for k in range(n):
                beneath = apart(rng, style, beneath)
                t = np.arange(sides) * 2 * np.pi / sides
                parts.append(el.vector(Role.PANEL, lambda pen, a=at, r=r, f=beneath, s=1 - k / n, tw=turn + k * twist,
                                      t=t: pen.polygon(pen.round(a, r * s, list(zip(np.cos(t), np.sin(t))), tw), f),
                                      f"{el.colour_name(beneath)} {'disc' if sides == 40 else 'polygon'}"))
        else:
            view = shrink(ALL, *rng.uniform(.08, .2, 2), *rng.uniform(.08, .2, 2))
            parts.append(el.picture(Role.PANEL, view, *any_picture(rng, style, .5)))
            if rng.random() < .5:
                line = apart(rng, style, tone)
                parts.append(el.vector(Role.MARK, lambda pen: pen.box(shrink(view, -.03, -.03, -.03, -.03), None, line, .008), "frame"))
    bands = []
    for _ in range(int(rng.integers(1, 4))):
        fill, opacity, thick = apart(rng, style, tone), float(rng.choice([1, .8, .6, .45])), between(rng, .04, .3)
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
        parts.append(el.vector(Role.SHAPE, lambda pen, p=points, f=fill: pen.polygon(p, f),
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
    colour = readable(rng, beneath) if rng.random() < .75 else apart(rng, style, beneath, 330)
    parts.append(el.text(style, place, words, size, colour, width=.92, halo=halo or .008 * (kind == "picture" and beneath == tone),
                         halo_colour=readable(rng, colour), what="title"))
    rim = {"halo": .006, "halo_colour": BLACK if luminance(tone) < .5 else WHITE}
    coded = rng.random() < .3
    for y in (.05 + .9 * rng.permutation(8)[:int(rng.integers(0, 4))] / 7).tolist():
        left = rng.random() < .5 or coded and y > .7
        if abs(y - place[1]) < size * .6 + .05 or coded and y > .7 and not left:
            continue
        parts.append(el.text(style, (.06 if left else .94, y), style.phrase(rng, 1, 4), between(rng, .03, .06), readable(rng, tone),
                             "lm" if left else "rm", width=.6, **rim))
    if coded:
        box, gaps = (.74, .84, .94, .95), rng.random(24)
        parts.append(filled_box(box, WHITE, what="bar code", edge=(200, 200, 200), width=.003))
        parts.append(el.vector(Role.MARK, lambda pen: [pen.box((.755 + k * .0071, .855, .757 + k * .0071 + .003 * g, .935), BLACK) for k,
                                                      g in enumerate(gaps)]))
    if rng.random() < .3:
        at, r, fill = inside(rng, (.1, .3, .9, .9), .1), float(rng.uniform(.07, .12)), apart(rng, style, tone, 220)
        parts.append(el.vector(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, star(14, .84)), fill), "burst", shadow=.008))
        parts.append(tilted_text(style, at, (0, 0), float(rng.uniform(-20, 20)), style.word(rng), r * .5, readable(rng, fill), width=r * 1.4))
    return f"A cover titled “{words}”", parts


TEMPLATES = (Template("poster", "cover", 1.0, make),)
