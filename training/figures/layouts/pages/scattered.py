"""Prints with borders and shadows thrown on a table, a fan of cards, or a stack; sometimes with pins, strips of tape and words."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...elements import ALL, WHITE, Rng, Role
from ...style import Style, readable
from ...templates import Parts, Template, inside, pointers
from .pieces import any_picture, apart, new_page, picture_card, slab, tilted_text


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    page = new_page(rng, style, "tint gradient texture texture photo photo", .45)
    parts, count = [page.background], int(rng.integers(2, 8))
    card, lean = WHITE if rng.random() < .7 else apart(rng, style, page.tone), float(rng.choice([0, 8, 18, 40]))
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
            fill = apart(rng, style, card)
            painter, what = lambda pw, ph, f=fill: np.broadcast_to(el.unit(f), (ph, pw, 3)), f"{el.colour_name(fill)} card"
        else:
            painter, what = any_picture(rng, style, .35)
        parts.append(picture_card(at, w, h, angle, painter, what, card, (side, foot), shadow))
        if named and (form != "thrown" or count < 4):   # prints that lie over one another would hide the words
            names.append(tilted_text(style, at, (0, h / 2 + (foot - side) / 2 * .15), angle, string, foot * .55, readable(rng, card),
                                      width=w * .8))
        if rng.random() < .2:
            top, tape = (0.0, -h / 2 - side), el.mixed((240, 225, 170), style.colour(rng), float(rng.uniform(0, .6)))
            turn = -np.radians(angle)
            if rng.random() < .5:
                parts.append(el.vector(Role.SHAPE, lambda pen, a=at, t=top, r=turn, c=tape, q=float(rng.normal(0, .15)):
                                      pen.polygon(pen.round(pen.round(a, 1, [t], r)[0], .06, slab(1, .35), r + q), c), "strip of tape", .75))
            else:
                parts.append(el.vector(Role.SHAPE, lambda pen, a=at, t=top, r=turn, c=apart(rng, style, card, 220):
                                      (pen.dot(pen.round(a, 1, [(t[0], t[1] + .02)], r)[0], .02, c),
                                       pen.dot(pen.round(a, 1, [(t[0] - .005, t[1] + .014)], r)[0], .007, WHITE)), "pin", shadow=.006))
    if rng.random() < .3:
        parts += el.tag(rng, style, (.5, float(rng.choice([.07, .93]))))
    elif rng.random() < .3:
        parts.append(el.text(style, (.5, float(rng.choice([.07, .93]))), style.phrase(rng, 1, 3), float(rng.uniform(.06, .1)), page.foreground, width=.9,
                             halo=.01, halo_colour=readable(rng, page.foreground)))
    return f"{'Cards' if form == 'fan' else 'Prints'} that lie on a page", parts + names + (pointers(rng, page.style, ALL, 1,
        2) if rng.random() < .2 else [])


TEMPLATES = (Template("photo", "scattered prints", 1.0, make),)
