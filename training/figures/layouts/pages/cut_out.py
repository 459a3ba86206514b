"""On a transparent page: a labelled object, a group with shadows, badges, prints, a lone piece of diagram or a note."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...elements import ALL, BLACK, WHITE, Rng, Role
from ...icons import icon
from ...style import Style, readable
from ...templates import Parts, Template, cells, inside, labels, middle, pointers, shrink
from .pieces import any_picture, apart, badge, balloon, blob, picture_card, slab


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    kind, parts = str(rng.choice(["object", "group", "badge", "prints", "diagram", "balloon", "stack"])), []
    foreground = style.strong(rng) if rng.random() < .5 else style.foreground
    if kind == "object":
        at, r = (float(rng.uniform(.4, .6)), float(rng.uniform(.42, .58))), float(rng.uniform(.2, .33))
        painter, width = any_picture(rng, style)[0], float(rng.uniform(.004, .012))
        rough, form = blob(rng, (0, 0), 1, 1, .1), int(rng.integers(3))
        if form == 0:
            parts.append(icon(rng, style, at, r))
        elif form == 1:
            parts.append(el.vector(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, rough), BLACK), "picture that was cut out", shade=painter))
        else:
            fill = style.colour(rng)
            parts.append(el.vector(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, rough), fill, el.mixed(fill, BLACK, .4), .012),
                                  f"{el.colour_name(fill)} cell"))
            for _ in range(int(rng.integers(2, 6))):
                spot, s = (at[0] + float(rng.normal(0, r * .33)), at[1] + float(rng.normal(0, r * .33))), r * float(rng.uniform(.08, .3))
                parts.append(el.vector(Role.SHAPE, lambda pen, a=spot, s=s, c=apart(rng, style, fill, 100): pen.dot(a, s, c), "disc"))
        n = int(rng.integers(2, 6))
        turns = rng.random() * 6.3 + np.arange(n) * 6.283 / n
        for t in turns:
            a, b = (at[0] + r * .7 * np.cos(t), at[1] + r * .7 * np.sin(t)), (float(np.clip(at[0] + .4 * np.cos(t), .1, .9)),
                float(np.clip(at[1] + .42 * np.sin(t), .06, .94)))
            parts.append(el.vector(Role.MARK, lambda pen, a=a, b=b: (pen.line([a, b], foreground, width), pen.dot(a, width * 1.8, foreground)), "leader line"))
            parts.append(el.text(style, (b[0], b[1] + (.035 if np.sin(t) > 0 else -.035)), style.word(rng), float(rng.uniform(.04, .06)), foreground,
                                 width=.25))
    elif kind in ("group", "stack"):
        shadow, stack = float(rng.uniform(.01, .03)), kind == "stack"
        n = int(rng.integers(2, 7))
        places = [(.3 + .4 * k / n, .3 + .4 * k / n) if stack else inside(rng, ALL, .25) for k in range(n)]
        beneath = WHITE
        for at in places:
            beneath = apart(rng, style, beneath)
            r, t, sides, turn = float(rng.uniform(.1, .24)), float(rng.uniform(.5, 1.2)), int(rng.choice([3, 4, 5, 6,
                40])), float(rng.random() * 6.3)
            v = np.arange(sides) * 6.2832 / sides
            points = slab(1.3, .9) if stack else list(zip(np.cos(v), np.sin(v) * t))
            if not stack and rng.random() < .25:
                parts.append(icon(rng, style, at, r))
                continue
            turn = float(rng.normal(0, .12)) if stack else turn
            parts.append(el.vector(Role.SHAPE, lambda pen, a=at, r=.22 if stack else r, p=points, q=turn,
                                  c=beneath: pen.polygon(pen.round(a, r, p, q), c), f"{el.colour_name(beneath)} {'card' if stack else 'shape'}",
                                  shadow=shadow))
        if rng.random() < .5 and stack:
            parts.append(el.text(style, places[-1], style.phrase(rng, 1, 2), .07, readable(rng, beneath), width=.4))
        elif rng.random() < .5:
            parts += labels(rng, style, shrink(ALL, .1, .1, .1, .1), 1, 2)
    elif kind == "badge":
        parts += badge(rng, style, (.5, .5), float(rng.uniform(.28, .38)), None)
    elif kind == "prints":
        n = int(rng.integers(1, 4))
        for k in range(n):
            at = (float(.5 + (k - (n - 1) / 2) * .2 + rng.normal(0, .03)), float(.5 + rng.normal(0, .06)))
            parts.append(picture_card(at, float(rng.uniform(.3, .5)), float(rng.uniform(.28, .5)), float(rng.normal(0, 12)), *any_picture(rng, style),
                                WHITE if rng.random() < .6 else style.colour(rng), (.02, .02 if rng.random() < .5 else .07),
                                float(rng.choice([0, .012, .02]))))
        parts += pointers(rng, replace(style, backdrop=(120, 120, 120)), (.25, .25, .75, .75), 1, 2) if rng.random() < .6 else labels(rng,
            replace(style, backdrop=(120, 120, 120)), (.2, .3, .8, .7), 1, 1)
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
            parts.append(el.arrow(rng, style, (p[0] + d[0] * s, p[1] + d[1] * s), (q[0] - d[0] * s, q[1] - d[1] * s), foreground, width))
        for box in boxes:
            fill = one or style.colour(rng)
            parts.append(el.plate(rng, style, box, colour=fill, kind=form))
            parts.append(el.text(style, middle(box), style.word(rng), float(rng.uniform(.045, .08)), readable(rng, fill),
                                 width=(box[2] - box[0]) * .7))
    else:
        for k in range(int(rng.integers(1, 3))):
            box = (.08 + .2 * k, .08 + .46 * k, .72 + .2 * k, .08 + .46 * k + float(rng.uniform(.26, .36)))
            fill = style.colour(rng) if rng.random() < .6 else WHITE
            parts += balloon(rng, style, box, (float(rng.uniform(.2, .8)), box[3] + .1), fill, readable(rng, fill) if rng.random() < .6 else None)
    return "A cut-out on a transparent page", parts


TEMPLATES = (Template("cut-out", "lone piece", 1.1, make),)
