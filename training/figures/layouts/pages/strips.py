"""Strips of a gel or blot over one another: lanes with bands, names above, weights at the left, what was stained at the right."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el, textures
from ...elements import Rng, Role
from ...style import Style, luminance
from ...templates import Parts, Template, cells, middle, shrink
from .pieces import new_page


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    page = new_page(rng, style, "tint gradient")
    lanes, count = int(rng.integers(3, 10)), int(rng.integers(1, 6))
    x0, x1, y0, y1 = float(rng.uniform(.14, .2)), float(rng.uniform(.74, .84)), float(rng.uniform(.18, .3)), float(rng.uniform(.82, .96))
    boxes = cells(count, 1, (x0, y0, x1, y1), float(rng.uniform(.015, .05)))
    look, parts = str(rng.choice(["light", "light", "dark", "colour"])), [page.background]
    glow, size, width = el.unit(style.colour(rng)), float(rng.uniform(.032, .048)), float(rng.uniform(.003, .009))
    edged = rng.random() < .5 or look == "light" and luminance(page.tone) > .6
    weights = sorted(rng.choice([10, 15, 25, 35, 40, 55, 70, 100, 130, 180, 250], 6, replace=False).tolist(), reverse=True)
    unit_ = rng.random() < .3
    for k, box in enumerate(boxes):
        rows = 1 if count > 2 else int(rng.integers(1, 6))
        spots = [((lane + .5) / lanes, float(np.clip((row + .5) / rows + rng.normal(0, .03), .1, .9)),
                  float(rng.choice([0, 1, 1]) * rng.uniform(.2, 1)), float(rng.uniform(.06, .16)) / rows * 1.5)
                 for lane in range(lanes) for row in range(rows)]
        window, base, noise, smear = textures.Window(rng, style.split, .5), float(rng.uniform(.78, .93)), float(rng.uniform(.005,
            .03)), float(rng.uniform(0, .25))

        def paint(w: int, h: int, spots=spots, window=window, base=base, noise=noise, smear=smear) -> np.ndarray:
            x, y = np.linspace(0, 1, w, dtype=np.float32), np.linspace(0, 1, h, dtype=np.float32)[:, None]
            dark = np.zeros((h, w), np.float32)
            for a, b, p, s in spots:
                across = np.exp(-np.abs((x - a) * lanes / .36) ** 5)
                dark += p * across * (np.exp(-((y - b - .02 * np.cos((x - a) * lanes * 5)) / s) ** 2) + smear * .3)
            dark = np.clip(dark, 0, 1.1)
            grey = np.clip(base - .82 * dark + .1 * (window("soft", w, h) - .5) + window.noise(w, h) * noise, 0, 1)[..., None]
            return grey * np.ones(3, np.float32) if look == "light" else 1 - grey * np.ones(3,
                np.float32) if look == "dark" else (1 - grey) * (.25 + glow) + .03
        parts.append(el.picture(Role.PANEL, box, paint, "blot with bands" if count < 3 else "strip of a blot"))
        if edged:
            parts.append(el.vector(Role.MARK, lambda pen, b=box: pen.box(b, None, page.foreground, width)))
        if rng.random() < .85:
            parts.append(el.text(style, (x1 + .015, middle(box)[1]), style.word(rng), size, page.foreground, "lm", width=.97 - x1))
        marks = 1 if count > 2 else int(rng.integers(2, 6))
        at = [box[1] + (box[3] - box[1]) * (m + .5) / marks for m in range(marks)]
        parts.append(el.vector(Role.MARK, lambda pen, ys=at: [pen.line([(x0 - .03, y), (x0 - .006, y)], page.foreground, width) for y in ys],
                              "" if k else "row of weight marks"))
        parts += [el.text(style, (x0 - .038, y), str(weights[(m + k) % 6]), size * .9, page.foreground, "rm", width=.1, what="") for m, y in enumerate(at)]
    step, turned = (x1 - x0) / lanes, rng.random() < .45 or lanes > 6
    signs = rng.random() < .35
    for lane in range(lanes):
        at = x0 + step * (lane + .5)
        if signs:
            parts += [el.text(style, (at, y0 - .035 - .05 * r), str(rng.choice(["+", "-"])), size, page.foreground, what="") for r in range(2)]
        else:
            parts.append(el.text(style, (at, y0 - .02 - (.05 if turned else 0)), style.word(rng) if turned else str(lane + 1), size, page.foreground,
                                 "mm" if turned else "mb", turned,
                                 width=min(.13, y0 - .08) if turned else step * .9, what="label" if turned else ""))
    if signs:
        parts += [el.text(style, (x1 + .015, y0 - .035 - .05 * r), style.word(rng), size, page.foreground, "lm", width=.97 - x1) for r in range(2)]
    if unit_:
        parts.append(el.text(style, (x0 - .04, y0 - .04), "kDa", size * .9, page.foreground, "rm", what="", width=.1))
    if rng.random() < .5 and (signs or not turned):
        cut, y = int(rng.integers(1, lanes)), y0 - .13
        for a, b in ((0, cut), (cut, lanes)):
            u, v = x0 + step * (a + .15), x0 + step * (b - .15)
            parts.append(el.vector(Role.MARK, lambda pen, u=u, v=v: pen.line([(u, y), (v, y)], page.foreground, width * 1.4), "group line"))
            parts.append(el.text(style, ((u + v) / 2, y - .035), style.word(rng), size, page.foreground, width=v - u))
    if rng.random() < .35:
        parts.append(el.outline(rng, replace(style, backdrop=(200, 200, 200) if look == "light" else (30, 30, 30)),
                                shrink(boxes[0], *(lambda a: (a, .05, .9 - a - step, .05))(float(rng.uniform(.0, .5))))))
    return "A gel" if look == "colour" else "A blot", parts


TEMPLATES = (Template("micrograph", "blot strips", .8, make),)
