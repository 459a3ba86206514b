"""A picture with what was found in it: filled and outlined regions, numbers, lengths, angles, or a map of heat."""
from __future__ import annotations

from dataclasses import replace
from typing import Sequence

import numpy as np

from ... import elements as el
from ...canvas import Colour, Frame, PillowPen, Patch, Point
from ...elements import ALL, BLACK, WHITE, Element, Rng, Role
from ...style import Style, luminance, readable
from ...templates import Parts, Template, inside, middle, pointers, shrink, sub_box
from .pieces import any_picture, between, blob, filled_box, mean_colour, new_page


def _contour(points: Sequence[Point], colour: Colour, width: float, broken: float = 0.0, what: str = "outline") -> Element:
    closed = [*points, points[0], points[1]]
    return el.vector(Role.MARK, lambda pen: pen.dashes(closed[:-1], colour, width, broken, broken * .8) if broken else pen.line(closed, colour,
        width), what)


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    painter, what = any_picture(rng, style, .65)
    on = replace(style, backdrop=mean_colour(painter))
    if rng.random() < .6:
        area, parts = ALL, [el.picture(Role.BACKGROUND, ALL, painter, what)]
    else:
        page = new_page(rng, style, "tint gradient")
        area = shrink(ALL, *rng.uniform(.03, .14, 4))
        parts = [page.background, el.picture(Role.PANEL, area, painter, what)]
    w, h = area[2] - area[0], area[3] - area[1]
    kind = str(rng.choice(["regions", "contours", "boxes", "lengths", "heat"], p=[.28, .2, .16, .18, .18]))
    width, size = float(rng.uniform(.003, .014)), float(rng.uniform(.032, .065))
    shared = el.pointer_colour(rng, on) if rng.random() < .4 else None
    if kind in ("regions", "contours"):
        opacity, edged, named, rough = float(rng.uniform(.25,
                                                         .75)), rng.random() < .6 or kind == "contours", rng.random() < .5, float(rng.uniform(.03,
                                                             .2))
        broken = float(rng.uniform(.012, .03)) if rng.random() < .3 else 0.0
        for k in range(int(rng.integers(1, 9))):
            at, r = inside(rng, area, .12), between(rng, .05, .24)
            points = blob(rng, at, r * w, r * h * float(rng.uniform(.6, 1.3)), rough)
            points = [(min(max(x, area[0]), area[2]), min(max(y, area[1]), area[3])) for x, y in points]
            colour = shared or el.pointer_colour(rng, on)
            if kind == "regions":
                parts.append(el.vector(Role.DATA, lambda pen, p=points, c=colour: pen.polygon(p, c), f"translucent {el.colour_name(colour)} region",
                                      opacity))
            if edged:
                parts.append(_contour(points, colour, width, broken))
            if named:
                parts.append(el.text(style, at, str(k + 1), size,
                                     WHITE if kind == "regions" and luminance(colour) < .6 else BLACK if kind == "regions" else colour, what=""))
    elif kind == "boxes":
        for _ in range(int(rng.integers(1, 6))):
            box = sub_box(rng, shrink(area, .04, .12, .04, .04), .12, .5)
            colour, words = shared or el.pointer_colour(rng, on), style.word(rng) if rng.random() < .6 else f"{rng.random():.2f}"
            parts.append(el.vector(Role.MARK, lambda pen, b=box, c=colour: pen.box(b, None, c, width), "detection frame"))
            flag = (box[0], box[1] - size * 1.3, min(box[0] + size * (1.2 + .5 * len(words)), box[2] + .1), box[1])
            parts.append(filled_box(flag, colour, what="tag"))
            parts.append(el.text(style, middle(flag), words, size * .9, readable(rng, colour), width=(flag[2] - flag[0]) * .85))
    elif kind == "lengths":
        for _ in range(int(rng.integers(1, 5))):
            a, b = inside(rng, area, .15), inside(rng, area, .15)
            colour, ends = shared or el.pointer_colour(rng, on), str(rng.choice(["bar", "arrow", "dot", "angle"]))
            string = f"{rng.uniform(.5, 90):.1f}" + str(rng.choice(["", " mm", " px", " nm"]))
            if ends == "angle":
                c = inside(rng, area, .1)
                string = f"{int(rng.integers(10, 175))}°"
                parts.append(el.vector(Role.MARK, lambda pen, l=[b, a, c], k=colour: pen.line(l, k, width), "angle"))
                u, v = np.array(b) - a, np.array(c) - a
                reach = min(np.hypot(*u), np.hypot(*v)) * .4
                bend = [tuple(np.array(a) + reach * (d := u * (1 - t) / max(np.hypot(*u), 1e-3) + v * t / max(np.hypot(*v),
                    1e-3)) / max(np.hypot(*d), 1e-3))
                        for t in np.linspace(0, 1, 9)]
                parts.append(el.vector(Role.MARK, lambda pen, l=bend, k=colour: pen.line(l, k, width * .8)))
            elif ends == "arrow":
                mid = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
                parts.append(el.vector(Role.MARK, lambda pen, m=mid, p=a, q=b, k=colour: (pen.arrow(m, p, k, width, width * 4),
                    pen.arrow(m, q, k, width, width * 4)), "measurement line"))
            else:
                d = np.array([-(b[1] - a[1]), b[0] - a[0]])
                d = d / max(np.hypot(*d), 1e-3) * .025

                def paint(pen: PillowPen, p: Point = a, q: Point = b, k: Colour = colour, d: np.ndarray = d, dots: bool = ends == "dot") -> None:
                    pen.line([p, q], k, width)
                    for e in (p, q):
                        if dots:
                            pen.dot(e, width * 2.2, k)
                        else:
                            pen.line([(e[0] - d[0], e[1] - d[1]), (e[0] + d[0], e[1] + d[1])], k, width)
                parts.append(el.vector(Role.MARK, paint, "measurement line"))
            at = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - size * .8) if ends != "angle" else (a[0] + .05, a[1] - size * .7)
            parts.append(el.text(style, (min(max(at[0], area[0] + .12), area[2] - .12), max(at[1], area[1] + size)), string, size, colour,
                                 halo=.007 if rng.random() < .4 else 0, halo_colour=readable(rng, colour), width=.3))
    else:
        stops = [el.unit(c) for c in ([(20, 30, 160), (30, 190, 190), (250, 220, 40),
                                       (220, 20, 20)] if rng.random() < .4 else [style.colour(rng) for _ in range(3)])]
        spots = [(*rng.random(2), between(rng, .1, .35), float(rng.uniform(.5, 1))) for _ in range(int(rng.integers(1, 6)))]
        strength, whole = float(rng.uniform(.45, .9)), rng.random() < .3

        def draw(frame: Frame) -> Patch:
            x0, y0, x1, y1 = frame.pixels(area)
            x, y = np.linspace(0, 1, x1 - x0, dtype=np.float32), np.linspace(0, 1, y1 - y0, dtype=np.float32)[:, None]
            field = np.clip(sum(p * np.exp(-((x - a) ** 2 + (y - b) ** 2) / r ** 2) for a, b, r, p in spots), 0, 1).astype(np.float32)
            rgb = np.stack([np.interp(field, np.linspace(0, 1, len(stops)), [s[c] for s in stops]) for c in range(3)], -1)
            alpha = (np.full_like(field, strength * .7) if whole else strength * np.clip(field * 2.2 - .15, 0, 1))[..., None]
            return Patch(x0, y0, np.concatenate([rgb * alpha, alpha], -1).astype(np.float32))
        parts.append(Element(Role.DATA, draw, "translucent heat map"))
        parts += pointers(rng, on, area, 0, 2)
    if rng.random() < .3:
        parts += el.scale_bar(rng, style, area, readable(rng, on.backdrop))
    if rng.random() < .2:
        parts += el.tag(rng, style, (area[0] + w * .22, area[1] + h * .12))
    return f"A {what} with {'measurements' if kind == 'lengths' else 'an overlay'}", parts


TEMPLATES = (Template("micrograph", "segmented picture", 1.2, make),)
