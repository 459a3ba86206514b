"""Vessels with liquids joined by tubes, or a bench of lenses and mirrors along a beam."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import PillowPen, Point
from ...elements import Rng, Role, mixed
from ...style import Style
from ...templates import Parts, Template, shrink
from .pieces import TAU, background, draw_line, drawing_area, line_width, text_size, vivid

_VESSELS: dict[str, list[Point]] = {
    "beaker": [(-.75, -.9), (-.7, .95), (.7, .95), (.75, -.9)],
    "flask": [(-.22, -1), (-.22, -.35), (-.85, .8), (-.75, .97), (.75, .97), (.85, .8), (.22, -.35), (.22, -1)],
    "round flask": [(-.2, -1), (-.2, -.25)] + [(float(.72 * np.sin(t)), float(.35 - .66 * np.cos(t))) for t in np.linspace(-.3, -5.98,
            22)] + [(.2, -.25), (.2, -1)],
    "tube": [(-.22, -1), (-.22, .6), (-.12, .9), (.12, .9), (.22, .6), (.22, -1)],
    "cylinder": [(-.3, -1), (-.3, .9), (-.5, .97), (.5, .97), (.3, .9), (.3, -1)],
    "bottle": [(-.25, -1), (-.25, -.65), (-.6, -.4), (-.6, .97), (.6, .97), (.6, -.4), (.25, -.65), (.25, -1)],
    "column": [(-.28, -1), (-.28, .55), (-.06, .8), (-.06, 1), (.06, 1), (.06, .8), (.28, .55), (.28, -1)],
}


def _below(points: list[Point], level: float) -> list[Point]:
    """The part of a polygon under a level."""
    kept: list[Point] = []
    for a, b in zip(points, points[1:] + points[:1]):
        if a[1] >= level:
            kept.append(a)
        if (a[1] >= level) != (b[1] >= level):
            s = (level - a[1]) / (b[1] - a[1])
            kept.append((a[0] + (b[0] - a[0]) * s, level))
    return kept


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    stroke, line, size = line_width(rng, .003, .012), style.foreground if rng.random() < .7 else vivid(rng, style), text_size(rng, .03, .045)
    x0, y0, x1, y1 = shrink(area, .06, .08, .06, .1)
    if rng.random() < .5:
        count = int(rng.integers(2, 6))
        r, foot = min(.4 * (x1 - x0) / count, .22), float(rng.uniform(.66, .82))
        tubes, glass = [], rng.random() < .5
        names = list(_VESSELS)
        for k in range(count):
            kind = names[int(rng.integers(len(names)))]
            at = (x0 + (x1 - x0) * (k + .5) / count, foot - r * float(rng.choice([1, 1, 1.6, 2.2])))
            at = (at[0], max(at[1], y0 + r))
            liquid, level = vivid(rng, style), float(rng.uniform(-.3, .7))
            pts = _VESSELS[kind]
            pale = mixed(style.background, liquid, .12) if glass else None

            def vessel(pen: PillowPen, at=at, pts=pts, liquid=liquid, level=level, pale=pale) -> None:
                if pale:
                    pen.polygon(pen.round(at, r, pts), pale)
                low = _below(pts, level)
                if len(low) > 2:
                    pen.polygon(pen.round(at, r, low), liquid)
                pen.line(pen.round(at, r, pts), line, stroke)
            parts.append(el.vector(Role.SHAPE, vessel, kind, float(rng.choice([1, 1, 1, .8]))))
            tubes.append(at)
            if rng.random() < .7:
                parts.append(el.text(style, (at[0], min(foot + .08, .95)) if rng.random() < .7 else (at[0], at[1] + r * .45 + .0),
                                     style.word(rng), size, style.foreground, halo=.006,
                                     halo_colour=style.background, width=(x1 - x0) / count * .95))
            if rng.random() < .25 and at[1] + r < .8:   # a stand or hot plate below
                plate = (at[0] - r * .8, at[1] + r, at[0] + r * .8, min(at[1] + r + .05, .97))
                parts.append(el.vector(Role.SHAPE, lambda pen, q=plate, c=vivid(rng, style): pen.box(q, c, line, stroke, .008), "hot plate"))
        hose, bowed = vivid(rng, style) if rng.random() < .5 else line, rng.random() < .6
        thick = stroke * float(rng.uniform(.8, 2))
        head = "fill" if rng.random() < .3 else ""

        def hoses(pen: PillowPen) -> None:
            up = r * pen.frame.unit / pen.frame.height
            for a, b in zip(tubes, tubes[1:]):
                p, q = (a[0], a[1] - up * .6), (b[0], b[1] - up * .5)
                high = max(min(p[1], q[1]) - up * .9, .02)
                if bowed:
                    t = np.linspace(0, 1, 30)[:, None]
                    c = np.array([p, (p[0], high - .05), (q[0], high - .05), q])
                    pts = (1 - t) ** 3 * c[0] + 3 * t * (1 - t) ** 2 * c[1] + 3 * t * t * (1 - t) * c[2] + t ** 3 * c[3]
                    pts = [tuple(v) for v in np.maximum(pts, .01).tolist()]
                else:
                    pts = [p, (p[0], high), (q[0], high), q]
                draw_line(pen, pts, hose, thick, 0, head, "", max(thick * 3, .018))
        parts.append(el.vector(Role.MARK, hoses, "set of tubes"))
        if rng.random() < .4:
            parts.append(el.vector(Role.PANEL, lambda pen, c=mixed(style.background, vivid(rng, style),
                    .45): pen.box((0, foot + .015, 1, foot + .05), c), "bench"))
        return "A sketch of an apparatus", parts + extra
    y, beam = float(rng.uniform(.45, .7)), vivid(rng, style)
    kinds = ["laser"] + [str(rng.choice(["lens", "lens", "iris", "splitter", "cube", "sample", "lamp"])) for _ in range(int(rng.integers(2,
            6)))] + ["detector"]
    xs = np.linspace(x0 + .03, x1 - .03, len(kinds))
    wide, shaft, headed, dashed_arm = rng.random() < .4, float(rng.uniform(.005, .014)), rng.random() < .5, rng.random() < .3
    half = [float(rng.uniform(.01, .05)) for _ in kinds]
    fill_ = None if rng.random() < .25 else vivid(rng, style)
    up = y - float(rng.uniform(.22, .34))
    if wide:
        rim = [(float(x), y - h) for x, h in zip(xs, half)] + [(float(x), y + h) for x, h in zip(xs[::-1], half[::-1])]
        parts.append(el.vector(Role.DATA, lambda pen: pen.polygon(rim, beam), "wide beam", float(rng.uniform(.3, .7))))
    else:
        parts.append(el.vector(Role.DATA, lambda foreground: draw_line(foreground, [(float(xs[0]), y), (float(xs[-1]) - .05, y)], beam, shaft, 0,
                                                           "fill" if headed else "", "", .025), "beam"))
    for k, (kind, x) in enumerate(zip(kinds, xs.tolist())):
        c = fill_ or vivid(rng, style)
        look = mixed(style.background, c, .35) if kind == "lens" else c

        def optic(pen: PillowPen, kind=kind, x=x, c=look) -> None:
            pts = lambda q: pen.round((x, y), .1, q)
            if kind == "lens":
                t = np.linspace(-1, 1, 15)
                pen.polygon(pts([*((.22 * (1 - v * v), v) for v in t.tolist()), *((-.22 * (1 - v * v), v) for v in t[::-1].tolist())]), c, line, stroke)
            elif kind == "iris":
                for s in (-1, 1):
                    pen.polygon(pts([(-.07, s * .25), (.07, s * .25), (.07, s), (-.07, s)]), c, line, stroke)
            elif kind == "splitter":
                pen.line(pts([(-.45, .45), (.45, -.45)]), line if not fill_ else c, max(stroke * 1.5, .008))
            elif kind == "cube":
                pen.polygon(pts([(-.45, -.45), (.45, -.45), (.45, .45), (-.45, .45)]), c, line, stroke)
                pen.line(pts([(-.45, .45), (.45, -.45)]), line, stroke)
            elif kind == "sample":
                pen.polygon(pts([(-.12, -.7), (.12, -.7), (.12, .7), (-.12, .7)]), c, line, stroke)
            elif kind == "lamp":
                pen.polygon(pts([(.5 * float(np.cos(v)), .5 * float(np.sin(v))) for v in np.arange(30) * TAU / 30]), c, line, stroke)
            else:
                s = 1 if kind == "laser" else -1
                pen.polygon(pts([(-.6, -.45), (.6, -.45), (.6, .45), (-.6, .45)]), c, line, stroke)
                pen.polygon(pts([(s * .6, -.2), (s * .75, -.2), (s * .75, .2), (s * .6, .2)]), line)
        parts.append(el.vector(Role.SHAPE, optic, kind, float(rng.uniform(.6, .9)) if kind in ("lens", "cube") and rng.random() < .4 else 1.0))
        if kind in ("splitter", "cube") and rng.random() < .85:
            parts.append(el.vector(Role.DATA, lambda foreground, x=x: draw_line(foreground, [(x, y), (x, up + .05)], beam, shaft, .015 if dashed_arm else 0),
                                  "side beam"))
            parts.append(el.vector(Role.SHAPE, lambda pen, x=x,
                                  c=c: pen.polygon(pen.round((x, up), .06, [(-1, -.7), (1, -.7), (1, .7), (-1, .7)]), c, line, stroke), "detector"))
            parts.append(el.text(style, (x, up - .065), style.word(rng), size, style.foreground, width=.2))
        if rng.random() < .7:
            parts.append(el.text(style, (x, y + .15 + .04 * (k % 2)), style.word(rng), size, style.foreground, width=1.5 / len(kinds)))
    if rng.random() < .25:
        parts.append(el.micrograph(rng, style, (max(x1 - .3, .6), max(area[1], .04), min(x1, .97), max(area[1], .04) + .22)))
    return "An optical bench", parts + extra


TEMPLATES = (Template("diagram", "apparatus", 1, make),)
