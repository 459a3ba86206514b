"""Discs, polygons, stars, rings, turned boxes, ribbons or confetti that overlap; one kind or all of them."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import ALL, Rng, Role
from ...style import Style, readable
from ...templates import Parts, Template, inside
from .pieces import apart, between, new_page, slab, star


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    page = new_page(rng, style)
    parts, kinds = [page.background], ["disc", "polygon", "star", "slab", "ring", "ribbon", "confetti", "cards", "wedge"]
    kind = str(rng.choice([*kinds, "mixed", "mixed"]))
    order = str(rng.choice(["free", "free", "ring", "diagonal", "grid"]))
    count = {"confetti": int(rng.integers(20, 70)), "ribbon": int(rng.integers(2, 6))}.get(kind, int(rng.integers(3, 12)))
    clear, shadowed, edged = rng.random() < .5, rng.random() < .25, rng.random() < .3
    opacity, big = float(rng.uniform(.35, .8)), float(rng.uniform(.1, .26)) if count < 7 else float(rng.uniform(.06, .15))
    if kind == "confetti":
        groups = int(rng.integers(2, 4))
        for _ in range(groups):
            bits = [(inside(rng, ALL, .02), between(rng, .006, .03), float(rng.random() * 6.3), apart(rng, style, page.tone),
                     int(rng.integers(3)), float(rng.uniform(.3, 1))) for _ in range(count // groups)]

            def throw(pen: PillowPen, bits=bits) -> None:
                for at, r, turn, c, form, flat in bits:
                    pen.dot(at, r, c) if form == 0 else pen.polygon(pen.round(at, r, star(5, .45) if form == 1 else slab(1, flat), turn),
                                                                    c)
            parts.append(el.vector(Role.SHAPE, throw, "scatter of confetti"))
    side = int(np.ceil(np.sqrt(count)))
    for k in range(count if kind != "confetti" else 0):
        own = kind if kind != "mixed" else str(rng.choice([x for x in kinds if x != "confetti"]))
        at = {"free": lambda: inside(rng, ALL, .12), "ring": lambda: (float(.5 + .27 * np.cos(k * 6.283 / count)),
                                                                      float(.5 + .27 * np.sin(k * 6.283 / count))),
              "diagonal": lambda: (.15 + .7 * (k + .5) / count, .15 + .7 * (k + .5) / count),
              "grid": lambda: ((k % side + .5) / side, (k // side + .5) / side)}[order]()
        r, turn, fill = big * float(rng.uniform(.75, 1.3)), float(rng.random() * 6.3), apart(rng, style, page.tone)
        edge, width = (readable(rng, fill) if rng.random() < .6 else apart(rng, style, fill)) if edged else None, between(rng, .003, .018)
        sides, flat, deep = int(rng.integers(3, 9)), float(rng.uniform(.15, .9)), float(rng.uniform(.35, .8))
        if own == "ribbon":
            y, swing, waves, thick = float(rng.uniform(.15, .85)), float(rng.uniform(.03, .2)), float(rng.uniform(.5, 2.5)), between(rng, .02, .14)
            upright = rng.random() < .25
            line = [(x, y + swing * float(np.sin(x * waves * 6.283 + turn))) for x in np.linspace(-.05, 1.05, 40)]
            line = [(b, a) for a, b in line] if upright else line
            paint = lambda pen, l=line, c=fill, t=thick: pen.line(l, c, t)
        elif own == "ring":
            paint = lambda pen, a=at, r=r, c=fill, t=r * flat * .5: pen.sector(a, r, 0, 360, c, t)
        elif own == "wedge":
            paint = lambda pen, a=at, r=r * 1.3, c=fill, s=turn * 57, e=turn * 57 + 60 + 220 * flat: pen.sector(a, r, s, e, c)
        elif own == "disc":
            def paint(pen: PillowPen, a=at, r=r, c=fill, e=edge, w=width) -> None:
                if e:
                    pen.dot(a, r + w, e)
                pen.dot(a, r, c)
        else:
            t = np.arange(sides) * 6.2832 / sides
            points = {"polygon": list(zip(np.cos(t), np.sin(t))), "star": star(sides + 1, deep), "slab": slab(1.3, flat),
                      "cards": slab(.8, 1.1)}[own]
            if own == "cards":
                turn, r = float(rng.normal(0, .35)), r * 1.15
            paint = lambda pen, a=at, r=r, p=points, t=turn, c=fill, e=edge, w=width: pen.polygon(pen.round(a, r, p, t), c, e, w)
        shade = el.gradient(rng, fill, style.colour(rng)) if rng.random() < .12 and not edge else None
        name = {"slab": "turned box", "cards": "turned card", "wedge": "slice"}.get(own, own)
        soft = float(rng.uniform(.008, .03)) if rng.random() < .06 else 0.0
        parts.append(el.vector(Role.SHAPE, paint, f"{'translucent ' if clear else ''}{el.colour_name(fill)} {name}",
                              opacity if clear and not edge else 1.0,
                              float(rng.uniform(.008, .02)) if shadowed or own == "cards" else 0.0, soft, shade))
    if rng.random() < .35:
        fill = apart(rng, style, page.tone)
        at, words = (.5, float(rng.uniform(.35, .65))), style.phrase(rng, 1, 2)
        if rng.random() < .5:
            parts.append(el.vector(Role.SHAPE, lambda pen: pen.box((.14, at[1] - .1, .86, at[1] + .1), fill), f"{el.colour_name(fill)} plate",
                                  float(rng.choice([1, .85]))))
            parts.append(el.text(style, at, words, float(rng.uniform(.06, .11)), readable(rng, fill), width=.66))
        else:
            foreground = readable(rng, page.tone)
            parts.append(el.text(style, at, words, float(rng.uniform(.09, .2)), foreground, width=.9, halo=.012, halo_colour=readable(rng, foreground)))
    return "A pattern of shapes", parts


TEMPLATES = (Template("shapes", "pattern", 1.3, make),)
