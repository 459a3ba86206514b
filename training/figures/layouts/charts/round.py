"""Radar, rose, polar curve, rings, gauges."""
from __future__ import annotations

from typing import Sequence

import numpy as np

from ... import elements as el
from ...canvas import Colour, Frame, PillowPen, Line, Patch, Point, writing
from ...elements import Element, Rng, Role
from ...style import Style
from ...templates import Parts, Template, cells
from .pieces import Look, begun, chart_legend, draw_mark, fit, laid, palette, short_names


def _around(look: Look, at: Point, items: Sequence[tuple[float, float, str, float, Colour]]) -> Element:
    """Words about a centre: angle, radius in shorter sides, word, size, colour."""
    def draw(frame: Frame) -> Patch:
        fx, fy = frame.unit / frame.width, frame.unit / frame.height
        return writing(frame, [Line((float(at[0] + r * np.cos(a) * fx), float(at[1] + r * np.sin(a) * fy)), s, look.style.face(s), size, c,
                                    "lm" if np.cos(a) > .3 and size < r / 4 else "rm" if np.cos(a) < -.3 and size < r / 4 else "mm") for a, r, s,
                                    size, c in items])
    return Element(Role.TEXT, draw, "", items[0][2] if items else "")


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    style, kind = look.style, str(rng.choice(["radar", "rose", "polar", "rings", "gauges"]))
    inner, more = laid(rng, look, .5, .5, named=0)
    parts += more
    x0, y0, x1, y1 = inner
    legend = kind in ("radar", "polar", "rings") and rng.random() < .5
    at = (x0 + (x1 - x0) * (.4 if legend else .5), (y0 + y1) / 2)
    radius = min(x1 - x0, y1 - y0) / 2 * (.68 if legend else .74)
    grey, size = el.mixed(style.background, style.foreground, float(rng.uniform(.15, .4))), look.size
    series = int(rng.integers(1, 4)) if kind != "rings" else int(rng.integers(2, 6))
    colours = palette(rng, look, series)
    names = short_names(rng, style, series)
    if kind == "gauges":
        count = int(rng.integers(1, 5))
        boxes = cells(1 if count < 3 else 2, count if count < 3 else 2, inner, .06)[:count]
        sweep, begin = ((180, 180), (270, 135), (360, -90))[rng.integers(3)]
        for box, colour in zip(boxes, palette(rng, look, count)):
            c, r, share = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), min(box[2] - box[0], box[3] - box[1]) * .4, float(rng.uniform(.1, .95))
            thick, needle = r * float(rng.uniform(.12, .4)), sweep < 360 and rng.random() < .4
            parts.append(el.vector(Role.PANEL, lambda pen, c=c, r=r, k=thick: pen.sector(c, r, begin, begin + sweep, grey, k)))
            parts.append(el.vector(Role.DATA, lambda pen, c=c, r=r, k=thick, s=share, f=colour: pen.sector(c, r, begin, begin + sweep * s, f, k), "gauge"))
            if needle:
                a = np.radians(begin + sweep * share)
                parts.append(el.vector(Role.MARK, lambda pen, c=c, r=r,
                                      a=a: (pen.line(pen.round(c, r, [(0, 0), (.8 * np.cos(a), .8 * np.sin(a))]), style.foreground, .008),
                                            pen.dot(c, r * .1, style.foreground)), "needle"))
            parts.append(el.text(style, (c[0], c[1] + (r * .35 if needle else 0)), f"{share * 100:.0f}%", r * (.24 if needle else .42), what="",
                                 width=r * 1.2))
            parts.append(el.text(style, (c[0], c[1] + r * 1.12), style.word(rng), min(size, r * .4), what="", width=box[2] - box[0]))
        return "Gauges" if count > 1 else "A gauge", parts
    if kind == "rings":
        thick = radius * .75 / series * float(rng.uniform(.6, 1))
        shares, track = rng.uniform(.2, .95, series), rng.random() < .6
        nested = rng.random() < .4
        cuts = [np.concatenate([[0], np.cumsum(rng.dirichlet(np.full(int(rng.integers(2, 6)), 3)))]) * 360 - 90 for _ in range(series)]
        pool = palette(rng, look, 6)
        if track and not nested:
            parts.append(el.vector(Role.PANEL, lambda pen: [pen.sector(at, radius - k * radius * .75 / series, 0, 360,
                                                                      el.mixed(style.background, style.foreground, .12), thick) for k in range(series)]))

        def rings(pen: PillowPen) -> None:
            for k in range(series):
                r = radius - k * radius * .75 / series
                if nested:
                    for j, (a, b) in enumerate(zip(cuts[k], cuts[k][1:])):
                        pen.sector(at, r, a, b - 2, pool[(j + k) % 6], thick)
                else:
                    pen.sector(at, r, -90, -90 + 360 * shares[k], colours[k], thick)
        parts.append(el.vector(Role.DATA, rings, "ring chart"))
        if rng.random() < .6:
            parts.append(el.text(style, at, f"{int(rng.integers(5, 99))}%", radius * .3, what="", width=radius * .42))
        return "Concentric rings", parts + (chart_legend(rng, look, inner, colours if not nested else pool[:series], names, corner=(1, .5)) if legend else [])
    spokes = int(rng.integers(4, 10)) if kind == "radar" else int(rng.choice([6, 8, 12]))
    turns = -np.pi / 2 + np.arange(spokes) * 2 * np.pi / spokes
    straight, rings_ = kind == "radar" and rng.random() < .6, int(rng.integers(2, 6))
    plate = look.panel

    def web(pen: PillowPen) -> None:
        ring = np.append(turns, turns[0]) if straight else np.linspace(0, 2 * np.pi, 73)
        if plate:
            pen.polygon(pen.round(at, radius, [(float(np.cos(a)), float(np.sin(a))) for a in ring]), plate)
        tone = style.background if plate else grey
        for k in range(1, rings_ + 1):
            points = pen.round(at, radius * k / rings_, [(float(np.cos(a)), float(np.sin(a))) for a in ring])
            pen.line(points, style.foreground if k == rings_ and look.frame == "box" else tone, look.thin)
        for a in turns:
            pen.line(pen.round(at, radius, [(0, 0), (float(np.cos(a)), float(np.sin(a)))]), tone, look.thin)
    parts.append(el.vector(Role.PANEL, web))
    if kind == "rose":
        bars, filled = rng.uniform(.2, 1, (series, spokes)), float(rng.uniform(.7, 1))
        bars = np.cumsum(bars, 0) / bars.sum(0).max()

        def sectors(pen: PillowPen) -> None:
            for s in reversed(range(series)):
                for k in range(spokes):
                    a = np.degrees(turns[k])
                    pen.sector(at, radius * float(bars[s, k]), a - 180 / spokes * filled, a + 180 / spokes * filled, colours[s])
        parts.append(el.vector(Role.DATA, sectors, "rose chart", float(rng.choice([1, 1, .75]))))
    else:
        fill, marks, width = rng.random() < .6, rng.random() < .5, max(look.thick, .004)
        for s, colour in enumerate(colours):
            if kind == "radar":
                angles, r = turns, rng.uniform(.3, 1, spokes)
            else:
                angles = np.linspace(0, 2 * np.pi, 120)
                r = np.clip(abs(np.cos(angles * float(rng.choice([.5, 1, 1.5, 2, 3])))) * .8 + .15 if rng.random() < .6 else angles / 6.3 * .9 + .05, 0, 1)
            points = [(float(q * np.cos(a)), float(q * np.sin(a))) for q, a in zip(r, angles)]
            if fill:
                parts.append(el.vector(Role.DATA, lambda pen, p=points, c=colour: pen.polygon(pen.round(at, radius, p), c), opacity=.3))
            parts.append(el.vector(Role.DATA, lambda pen, p=points,
                                  c=colour: (pen.line(pen.round(at, radius, [*p, p[0]] if kind == "radar" else p), c, width),
                                  [draw_mark(pen, 0, q, width * 1.6, c) for q in pen.round(at, radius, p)] if marks and kind == "radar" else None),
                                  "radar chart" if kind == "radar" and s == 0 else "polar curve" if s == 0 else ""))
    if kind == "radar":
        words = short_names(rng, style, spokes, 7)
        small = fit(size, .13, words)
        rim = [(float(a), radius + small * .8, w, small, style.foreground) for a, w in zip(turns, words)]
    else:
        rim = [(float(a), radius + size * .9, f"{360 * k // spokes}", size * .9, style.foreground) for k, a in enumerate(turns)]
    parts.append(_around(look, at, rim))
    if rng.random() < .4:
        parts.append(_around(look, at, [(-1.2, radius * k / rings_, str(k * 2), size * .7, style.foreground) for k in range(1, rings_ + 1)]))
    return "A round chart", parts + (chart_legend(rng, look, inner, colours, names, "line", (1, 0)) if legend else [])


TEMPLATES = (Template("plot", "round chart", 1.1, make),)
