"""A thing in the middle and thick tapered branches that fork, each in its colour, with words at their ends or along them."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import Rng, Role
from ...icons import icon
from ...style import Style, luminance, readable
from ...templates import Parts, Template, middle
from .pieces import TAU, Node, background, bent_line, blob, drawing_area, eased, painted, pick_look, text_size, vivid


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    one_sided = rng.random() < .3
    centre = (area[0] + .13, (area[1] + area[3]) / 2) if one_sided else middle(area)
    count, thick, sides = int(rng.integers(3, 6 if one_sided else 9)), float(rng.uniform(.012, .05)), rng.random() < .6
    plates, size, wavy = rng.random() < .5, text_size(rng, .032, .048), rng.random() < .7
    look, shape = pick_look(rng, style), str(rng.choice(["pill", "rounded box", "ellipse", "box"]))
    one = vivid(rng, style) if rng.random() < .25 else None
    branches = []
    for k in range(count):
        colour = one or vivid(rng, style)
        if one_sided or sides:
            half = count if one_sided else (count + 1) // 2
            left = not one_sided and k >= half
            row, n = (k - half, count - half) if left else (k, half)
            y = area[1] + (area[3] - area[1]) * (row + .5) / n
            reach = .28 if one_sided else .19
            end = (centre[0] - reach if left else centre[0] + reach + .06 * one_sided, y)
        else:
            t = (k + float(rng.uniform(-.2, .2))) * TAU / count
            end = (float(centre[0] + .26 * np.cos(t)), float(centre[1] + .34 * (area[3] - area[1]) / .9 * np.sin(t)))
            left = end[0] < centre[0]
        path = eased(centre, end) if wavy else bent_line(centre, end, float(rng.uniform(-.15, .15)))
        branches.append((path, thick, thick * .35, colour))
        twigs = int(rng.integers(0, 4)) if one_sided or sides else int(rng.integers(0, 3))
        half_w = .085 if plates else .0
        if plates:
            node = Node(end, .075, .034, shape, False)
            made, pen = painted(rng, style, look, node, colour)
            parts += [made, el.text(style, end, style.word(rng), size, pen, width=.125)]
        else:
            parts.append(el.text(style, (end[0], end[1] - thick * .3 - size * .6), style.word(rng), size,
                                 style.foreground if rng.random() < .6 or abs(luminance(colour) - luminance(style.background)) < .35 else colour, width=.17,
                                 halo=.006, halo_colour=style.background))
        pitch = (area[3] - area[1]) / max(count if one_sided else (count + 1) // 2, 1) / 3.6
        for m in range(twigs):
            sign = -1 if left else 1
            a = (end[0] + sign * half_w * .8, end[1])
            b = (float(np.clip(end[0] + sign * (half_w + (.05 if plates else .09)), .1, .9)),
                 float(np.clip(end[1] + (m - (twigs - 1) / 2) * pitch, .03, .97)))
            branches.append((eased(a, b), thick * .3, thick * .14, colour))
            parts.append(el.text(style, (b[0] + sign * .008, b[1]), style.word(rng), min(size * .85, pitch * .9), style.foreground, "rm" if left else "lm",
                                 width=max(.02, (b[0] if left else 1 - b[0]) - .02)))

    def paint(pen: PillowPen) -> None:
        for path, first, last, colour in branches:
            p = np.array(path) * (pen.width, pen.height)
            d = np.gradient(p, axis=0)
            n = np.stack([-d[:, 1], d[:, 0]], 1) / np.maximum(np.hypot(*d.T), 1e-6)[:, None]
            w = np.linspace(max(first, .003), max(last, .002), len(p))[:, None] * pen.frame.unit * 1.5
            rim = np.concatenate([p + n * w, (p - n * w)[::-1]]) / (pen.width, pen.height)
            pen.polygon([tuple(v) for v in rim.tolist()], colour)
    parts.insert(1, el.vector(Role.DATA, paint, "set of tapered branches", float(rng.choice([1, 1, 1, .7]))))
    kind, fill = rng.random(), vivid(rng, style)
    if kind < .2:
        parts.append(icon(rng, style, centre, .11))
    else:
        rim = blob(rng, centre, .14, .085, .06) if kind < .45 else Node(centre, .13, .075, shape, False)
        broad = float(rng.choice([0, .006, .012]))

        def core(pen: PillowPen) -> None:
            points = rim.rim(pen) if isinstance(rim, Node) else rim
            pen.polygon(points, fill, style.foreground if broad else None, broad)
        parts.append(el.vector(Role.SHAPE, core, f"{el.colour_name(fill)} {'blob' if kind < .45 else shape} in the middle",
                              shadow=.012 if rng.random() < .2 else 0))
        parts.append(el.text(style, centre, style.phrase(rng, 1, 2), text_size(rng, .045, .07), readable(rng, fill), width=.19, what="title"))
    return "A mind map", parts + extra


TEMPLATES = (Template("diagram", "mind map", .8, make),)
