"""Cells or discs by row and column, with values, names, a tree or a colour bar."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import PillowPen, Line
from ...elements import Rng, Role
from ...style import Style, readable
from ...templates import Parts, Template
from .pieces import begun, colour_bar, colour_map, fit, laid, mapped, short_names


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    look = replace(look, panel=None, grid="none", tick=0.0)
    style, ramp = look.style, colour_map(rng, look.style)
    rows, columns = int(rng.integers(3, 13)), int(rng.integers(3, 13))
    square = rng.random() < .35
    columns = rows if square else columns
    bar = str(rng.choice(["right", "below", "none"], p=[.5, .2, .3]))
    inner, more = laid(rng, look, 4, 3.4 if bar != "below" else 6.4, .14 if bar == "right" else .02, named=.3)
    tree = rng.random() < .25
    x0, y0, x1, y1 = inner
    y0 += .1 if tree else 0
    values = rng.random((rows, columns))
    if rng.random() < .6:
        values = np.clip(.25 + .6 * np.add.outer(np.linspace(0, .8, rows), np.linspace(0, .8, columns) * rng.choice([-1, 1])) % 1 * .7 + values * .3, 0, 1)
    if square:
        values = (values + values.T) / 2
        values[np.diag_indices(rows)] = 1
    half, gap, discs = square and rng.random() < .4, float(rng.choice([0, 0, .06, .14])), rng.random() < .2
    edge = style.background if gap == 0 and rng.random() < .4 else None
    w, h = (x1 - x0) / columns, (y1 - y0) / rows
    spots = [(r, c, (x0 + (c + gap / 2) * w, y0 + (r + gap / 2) * h, x0 + (c + 1 - gap / 2) * w, y0 + (r + 1 - gap / 2) * h))
             for r in range(rows) for c in range(columns) if not half or c <= r]
    tones = {(r, c): mapped(ramp, values[r, c]) for r, c, _ in spots}

    def paint(pen: PillowPen) -> None:
        for r, c, box in spots:
            if discs:
                pen.dot(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), min(w, h) * (.15 + .32 * values[r, c]),
                        tones[r, c] if values[r, c] > .2 else el.mixed(tones[r, c], style.foreground, .25))
            else:
                pen.box(box, tones[r, c], edge, .003)
    lattice = discs and rng.random() < .7
    grey = el.mixed(style.background, style.foreground, .3)
    if lattice:
        parts.append(el.vector(Role.PANEL, lambda pen: [pen.box((x0 + c * w, y0 + r * h, x0 + (c + 1) * w, y0 + (r + 1) * h), None, grey,
                                                               max(look.thin * .8, .002)) for r, c, _ in spots]))
    elif look.frame == "box" and not half:
        parts.append(el.vector(Role.PANEL, lambda pen: pen.box((x0 - .006, y0 - .006, x1 + .006, y1 + .006), None, style.foreground, max(look.thin, .003))))
    parts += [*more, el.vector(Role.DATA, paint, "matrix of discs" if discs else "heat map")]
    size = min(w / 2.6, h * .5, .05)
    if size > .016 and not discs and rng.random() < .6:
        form = str(rng.choice([".2f", ".1f", "d", "%"]))
        write = lambda v: f"{v * 99:.0f}" if form in "d%" else f"{v:{form}}"
        size = min(size, w / (.62 * max(len(write(v)) for v in values.ravel())) * .9)
        parts.append(el.lines(style, [Line(((b[0] + b[2]) / 2, (b[1] + b[3]) / 2), write(values[r, c]), style.font, size,
                                           readable(rng, tones[r, c])) for r, c, b in spots]))
    names = short_names(rng, style, rows, 7)
    small = min(fit(look.size, .125, names), h * .8)
    if small > .014:
        parts.append(el.lines(style, [Line((x0 - .014, y0 + (r + .5) * h), n, style.face(n), small, style.foreground, "rm") for r,
                                      n in enumerate(names)], words=names[0]))
    lower = names if square else short_names(rng, style, columns, 7)
    turned = w < .1
    for c, n in enumerate(lower):
        if not turned or w > .025:
            parts.append(el.text(style, (x0 + (c + .5) * w, y1 + .014 + look.size * (1.5 if turned else .6)), n,
                                 min(look.size, w * .75) if turned else look.size, turned=turned, what="",
                                 width=look.size * 3 if turned else w * .95))
    if bar == "right":
        parts += colour_bar(rng, look, (x1 + .03, y0 + (y1 - y0) * float(rng.choice([0, .2])), x1 + .03 + float(rng.uniform(.018, .04)), y1), ramp)
    elif bar == "below":
        y = y1 + .02 + look.size * 3.6
        parts += colour_bar(rng, look, (x0 + (x1 - x0) * .15, y, x1 - (x1 - x0) * .15, y + look.size * .7), ramp)
    if tree:
        tips = [(x0 + (c + .5) * w, y0 - .012) for c in range(columns)]
        joints, level = [], 0.0
        while len(tips) > 1:
            k = int(rng.integers(len(tips) - 1))
            level += .08 / columns
            (xa, ya), (xb, yb) = tips[k:k + 2]
            joints.append([(xa, ya), (xa, y0 - .012 - level), (xb, y0 - .012 - level), (xb, yb)])
            tips[k:k + 2] = [((xa + xb) / 2, y0 - .012 - level)]
        parts.append(el.vector(Role.MARK, lambda pen: [pen.line(j, style.foreground, max(look.thin, .002)) for j in joints], "tree"))
    if rng.random() < .12:
        r, c = int(rng.integers(rows)), int(rng.integers(columns // 2 + 1))
        parts.append(el.vector(Role.MARK, lambda pen: pen.box((x0 + c * w, y0 + r * h, x0 + (c + 1) * w, y0 + (r + 1) * h), None,
                                                             el.mixed(style.strong(rng), style.foreground, .3), .009), "frame"))
    return "A correlation matrix" if square else "A matrix of values", parts


TEMPLATES = (Template("plot", "matrix chart", 1.0, make),)
