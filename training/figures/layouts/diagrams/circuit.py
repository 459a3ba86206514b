"""Loops of straight wires with electrical symbols, or of pipes with valves, pumps and tanks."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import PillowPen, Point
from ...elements import Rng, Role, mixed
from ...style import Style
from ...templates import Parts, Template, middle, shrink
from .pieces import TAU, background, draw_closed, drawing_area, line_width, outline, text_size, vivid

_SYMBOLS = "zigzag box coil capacitor battery source diode switch lamp meter".split()

_FITTINGS = "valve pump tank meter filter".split()


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    x0, y0, x1, y1 = shrink(area, .08, .1, .08, .1)
    columns, rows_ = int(rng.integers(1, 4)), int(rng.integers(1, 3))
    xs, ys = np.linspace(x0, x1, columns + 1), np.linspace(y0, y1, rows_ + 1)
    pipes = rng.random() < .35
    colour, width = style.foreground if rng.random() < .65 else vivid(rng, style), line_width(rng, .0025, .01)
    fluid, thick = vivid(rng, style, colour), float(rng.uniform(.014, .035))
    spans = [((float(xs[c]), float(y)), (float(xs[c + 1]), float(y))) for y in ys for c in range(columns)]
    spans += [((float(x), float(ys[r])), (float(x), float(ys[r + 1]))) for x in xs for r in range(rows_)]
    outer = {k for k, (a, b) in enumerate(spans) if (a[1] == b[1] and a[1] in (ys[0], ys[-1])) or (a[0] == b[0] and a[0] in (xs[0], xs[-1]))}
    spans = [s for k, s in enumerate(spans) if k in outer or rng.random() < .8]
    scale = min(float(rng.uniform(.05, .085)), .32 * min((x1 - x0) / columns, (y1 - y0) / rows_) / 1.2)
    symbols = [str(rng.choice(_FITTINGS if pipes else _SYMBOLS)) if rng.random() < .8 else "" for _ in spans]
    fill = None if rng.random() < .55 else vivid(rng, style, colour)
    closed = {"box", "source", "lamp", "meter", "tank", "pump", "filter"}

    def frame_of(pen: PillowPen, a: Point, b: Point) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The middle of a span, and steps of one symbol half-length along it and across."""
        size = np.array([pen.frame.unit / pen.frame.width, pen.frame.unit / pen.frame.height]) * scale
        d = np.sign(np.array(b) - a)
        return (np.array(a) + b) / 2, d * size, np.array([-d[1], d[0]]) * size

    def wires(pen: PillowPen) -> None:
        for shade, w in ([(colour, thick), (fluid, max(thick - width * 2.4, thick * .5))] if pipes else [(colour, width)]):
            for (a, b), s in zip(spans, symbols):
                m, u, _ = frame_of(pen, a, b)
                for p, q in ([(a, tuple(m - u)), (tuple(m + u), b)] if s else [(a, b)]):
                    pen.line([p, q], shade, w)
                if pipes:
                    for p in (a, b):
                        pen.dot(p, w / 2, shade)
        if not pipes and dots:
            for p in {p for s in spans for p in s}:
                if sum(p in s for s in spans) > 2 or dots == 2:
                    pen.dot(p, max(width * 1.6, .007), colour)
    dots = int(rng.integers(0, 3))
    parts.append(el.vector(Role.MARK, wires, "loop of pipes" if pipes else "loop of wires"))
    size, above = text_size(rng, .03, .045), rng.random() < .7
    stroke = max(width, .004) if pipes else width
    for (a, b), s in zip(spans, symbols):
        if not s:
            continue

        def draw(pen: PillowPen, a=a, b=b, s=s) -> None:
            m, u, v = frame_of(pen, a, b)
            at = lambda *points: [tuple((m + u * x + v * y).tolist()) for x, y in points]
            circle = [(.999 * float(np.cos(t)), float(np.sin(t))) for t in np.arange(36) * TAU / 36]
            if s == "zigzag":
                pen.line(at((-1, 0), *((-.85 + k * .34, .42 * (-1) ** k) for k in range(6)), (1, 0)), colour, stroke)
            elif s == "coil":
                pen.line(at(*((-1 + k / 24, -abs(.55 * float(np.sin(k * np.pi / 12)))) for k in range(49))), colour, stroke)
            elif s in ("capacitor", "battery"):
                pen.line(at((-1, 0), (-.15, 0)), colour, stroke)
                pen.line(at((1, 0), (.15, 0)), colour, stroke)
                pen.line(at((-.15, -.7), (-.15, .7)), colour, stroke * 1.4)
                k = .7 if s == "capacitor" else .35
                pen.line(at((.15, -k), (.15, k)), colour, stroke * (1.4 if s == "capacitor" else 2.4))
            elif s == "diode":
                pen.line(at((-1, 0), (1, 0)), colour, stroke)
                pen.polygon(at((-.45, -.5), (.45, 0), (-.45, .5)), fill or colour, colour, stroke)
                pen.line(at((.45, -.5), (.45, .5)), colour, stroke)
            elif s == "switch":
                pen.line(at((-1, 0), (-.6, 0), (.5, -.6)), colour, stroke)
                pen.line(at((.6, 0), (1, 0)), colour, stroke)
                for p in at((-.6, 0), (.6, 0)):
                    pen.dot(p, max(stroke * 1.4, .007), colour)
            elif s == "valve":
                for sign in (-1, 1):
                    pen.polygon(at((0, 0), (sign, -.6), (sign, .6)), fill or style.background, colour, stroke)
                pen.line(at((0, 0), (0, -.8)), colour, stroke)
                pen.line(at((-.4, -.8), (.4, -.8)), colour, stroke)
            elif s in ("box", "filter"):
                rim = at((-1, -.42), (1, -.42), (1, .42), (-1, .42))
                if fill:
                    pen.polygon(rim, fill)
                draw_closed(pen, rim, colour, stroke)
                if s == "filter":
                    for k in range(1, 5):
                        pen.line(at((-1 + k * .4, -.42), (-1 + k * .4, .42)), colour, stroke)
            elif s == "tank":
                rim = at(*((x * 1.0, y * 1.1) for x, y in outline("rounded box")))
                pen.polygon(rim, fill or mixed(style.background, fluid, .4), colour, stroke)
            else:
                rim = at(*circle)
                if fill or pipes:
                    pen.polygon(rim, fill or style.background)
                draw_closed(pen, rim, colour, stroke)
                mark = colour
                if s == "lamp":
                    pen.line(at((-.7, -.7), (.7, .7)), mark, stroke)
                    pen.line(at((-.7, .7), (.7, -.7)), mark, stroke)
                elif s == "pump":
                    pen.polygon(at((-.5, -.86), (.999, 0), (-.5, .86)), mark)
                elif s == "source":
                    pen.line(at(*((-.6 + k * .05, -.35 * float(np.sin(k * TAU / 24))) for k in range(25))), mark, stroke)
                else:
                    pen.line(at((-.4, .4), (.45, -.5)), mark, stroke)
        parts.append(el.vector(Role.SHAPE if s in closed or s == "valve" else Role.MARK, draw, s if s not in ("box", "zigzag") else "resistor"))
        if rng.random() < .75:
            word = f"{rng.choice(list('RCLVI'))}{int(rng.integers(1, 9))}" if not pipes and rng.random() < .6 else style.word(rng)
            flat = a[1] == b[1]
            (mx, my), off = middle((*a, *b)), scale * 1.3 + size * .4
            parts.append(el.text(style, (mx, my - off if above else my + off) if flat else (mx + scale * (-1.15 if mx > .8 else 1.15), my),
                                 word, size, style.foreground,
                                 "mm" if flat else "rm" if mx > .8 else "lm", width=(x1 - x0) / columns * (.7 if flat else .3)))
    if rng.random() < .25:
        box = (x0 - .05, y0 - .07, float(xs[1]) - .04 if columns > 1 else x1 + .04, y1 + .06)
        tone = vivid(rng, style)
        bare = rng.random() < .5
        parts.append(el.vector(Role.PANEL, lambda pen: draw_closed(pen, [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])],
                tone, .004, .015) if bare
                              else pen.box(box, mixed(style.background, tone, .28), radius=.02), "group of parts"))
    if not pipes and rng.random() < .4:
        ground = (float(xs[int(rng.integers(columns + 1))]), y1)

        def earth(pen: PillowPen) -> None:
            unit = pen.frame.unit / pen.frame.height
            pen.line([ground, (ground[0], ground[1] + .04 * unit)], colour, width)
            for k, half in enumerate((.03, .02, .01)):
                pen.line([(ground[0] - half, ground[1] + (.04 + k * .012) * unit), (ground[0] + half, ground[1] + (.04 + k * .012) * unit)],
                         colour, width)
        parts.append(el.vector(Role.MARK, earth, "earth symbol"))
    return "A diagram of pipes" if pipes else "A circuit diagram", parts + extra


TEMPLATES = (Template("diagram", "circuit", .9, make),)
