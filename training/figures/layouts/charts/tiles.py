"""Treemap, mosaic, parallel coordinates, or a triangle of three shares."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import Box, PillowPen, Line, Point
from ...elements import Rng, Role
from ...style import Style, readable
from ...templates import Parts, Template
from .pieces import axis_numbers, begun, chart_legend, draw_mark, fit, laid, palette, short_names, written_number


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    style, kind = look.style, str(rng.choice(["treemap", "mosaic", "parallel", "ternary"]))
    inner, more = laid(rng, look, .5 if kind != "mosaic" else 3.2, 1.6 if kind != "treemap" else .3, named=0 if kind != "mosaic" else .5)
    parts += more
    x0, y0, x1, y1 = inner
    if kind in ("treemap", "mosaic"):
        boxes: list[tuple[Box, int]] = []
        groups = int(rng.integers(3, 6))
        if kind == "treemap":
            def split(box: Box, sizes: list[float], group: int) -> None:
                if len(sizes) == 1:
                    boxes.append((box, group))
                    return
                k = max(1, len(sizes) // 2)
                share = sum(sizes[:k]) / sum(sizes)
                a, b, c, d = box
                if c - a > (d - b) * .9:
                    m = a + (c - a) * share
                    one, two = (a, b, m, d), (m, b, c, d)
                else:
                    m = b + (d - b) * share
                    one, two = (a, b, c, m), (a, m, c, d)
                split(one, sizes[:k], group if group >= 0 else -1)
                split(two, sizes[k:], group if group >= 0 else -1)
            sizes = sorted((float(v) for v in rng.dirichlet(np.full(groups, 2.0)) + .08), reverse=True)
            split(inner, sizes, -1)
            outer, boxes = [b for b, _ in boxes], []
            for g, b in enumerate(outer):
                split(b, sorted((float(v) for v in rng.dirichlet(np.full(int(rng.integers(1, 6)), 1.5)) + .06), reverse=True), g)
        else:
            edges = np.concatenate([[0], np.cumsum(rng.dirichlet(np.full(int(rng.integers(2, 6)), 4)))])
            for a, b in zip(edges, edges[1:]):
                cuts = np.concatenate([[0], np.cumsum(rng.dirichlet(np.full(groups, 3)))])
                boxes += [((x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(d), x0 + (x1 - x0) * float(b), y1 - (y1 - y0) * float(c)),
                           g) for g, (c, d) in enumerate(zip(cuts, cuts[1:]))]
            parts += [el.lines(style, [i for t, s in axis_numbers(rng, 4) for i in written_number(look, (x0 - .014, y1 - (y1 - y0) * t), s, "rm",
                    fit(look.size, .1, [s]))])]
            heads = short_names(rng, style, len(edges) - 1, 6)
            parts.append(el.lines(style, [Line((x0 + (x1 - x0) * float(a + b) / 2, y1 + .012), n, style.face(n),
                                               fit(look.size, (x1 - x0) * float(b - a), [n], .012), style.foreground, "mt") for n, a,
                                               b in zip(heads, edges, edges[1:])]))
        pool = palette(rng, look, groups)
        gap = float(rng.choice([.003, .006, .012]))
        tones = [el.mixed(pool[g], style.background, float(rng.uniform(0, .35)) if kind == "treemap" else 0) for _, g in boxes]
        edge, radius = style.foreground if rng.random() < .25 or len(set(pool)) == 1 else None, float(rng.choice([0, 0, .008]))
        parts.append(el.vector(Role.DATA, lambda pen: [pen.box((b[0] + gap / 2, b[1] + gap / 2, b[2] - gap / 2, b[3] - gap / 2), c, edge,
                                                              max(look.thin, .002), radius) for (b, _), c in zip(boxes, tones)], kind))
        for (b, _), c in zip(boxes, tones):
            w, h = b[2] - b[0], b[3] - b[1]
            if w > .09 and h > .05 and rng.random() < .9:
                flush, s = kind == "treemap" and rng.random() < .5, style.word(rng) if kind == "treemap" else f"{h / (y1 - y0) * 100:.0f}%"
                size = min(look.size * (1 + w * 1.5 * (kind == "treemap")), h * .5)
                parts.append(el.text(style, (b[0] + .018, b[1] + .015 + size * .5) if flush else ((b[0] + b[2]) / 2, (b[1] + b[3]) / 2), s, size,
                                     readable(rng, c), "lm" if flush else "mm", width=w * .8))
        return "A map of tiles", parts
    if kind == "parallel":
        axes, lines_ = int(rng.integers(3, 7)), int(rng.integers(10, 45))
        groups = int(rng.integers(1, 4))
        colours = palette(rng, look, groups)
        y0 += look.size
        centre = rng.uniform(.2, .8, (groups, axes))
        group = np.arange(lines_) % groups
        values = np.clip(centre[group] + rng.normal(0, .09, (lines_, axes)), .02, .98)
        x0, x1 = x0 + .05, x1 - .05
        at = [x0 + (x1 - x0) * k / (axes - 1) for k in range(axes)]
        bent, width = rng.random() < .4, float(np.clip(look.thick * .7, .002, .006))

        def curve(v: np.ndarray) -> list[Point]:
            if not bent:
                return [(a, y1 - (y1 - y0) * float(b)) for a, b in zip(at, v)]
            s = np.linspace(0, 1, 9)
            ease = s * s * (3 - 2 * s)
            return [(a + (b - a) * float(p), y1 - (y1 - y0) * float(u + (w - u) * q)) for a, b, u, w in zip(at, at[1:], v, v[1:]) for p, q in zip(s, ease)]
        paths = [(curve(v), colours[g]) for v, g in zip(values, group)]
        parts.append(el.vector(Role.DATA, lambda pen: [pen.line(p, c, width) for p, c in paths], "bundle of lines", float(rng.choice([1, .8, .55]))))
        parts.append(el.vector(Role.PANEL, lambda pen: [(pen.line([(a, y0), (a, y1)], style.foreground, max(look.thin, .003)),
                                                        [pen.line([(a - .01, y1 - (y1 - y0) * k / 4), (a, y1 - (y1 - y0) * k / 4)], style.foreground,
                                                                  look.thin) for k in range(5)]) for a in at]))
        heads = short_names(rng, style, axes, 7)
        small = fit(look.size, (x1 - x0) / axes, heads)
        top = rng.random() < .5
        items = [Line((a, y0 - look.size * .6 if top else y1 + .014), n, style.face(n), small, style.foreground, "mb" if top else "mt") for a,
                 n in zip(at, heads)]
        items += [Line((a - .014, y1 - (y1 - y0) * k / 4), str(k * int(rng.choice([1, 5, 10]))), style.font, min(look.size * .7, .03), style.foreground,
                       "rm") for a in at for k in (0, 2, 4)]
        return "Parallel coordinates", [*parts, el.lines(style, items, words=heads[0])]
    pad = look.size * 2.2   # ternary
    left, right, top, low = x0 + pad, x1 - pad, y0 + pad * .8, y1 - pad * .4
    corner = np.array([[left, low], [right, low], [(left + right) / 2, top]])
    at_of = lambda p: tuple(float(v) for v in np.asarray(p) @ corner)
    steps, grey = int(rng.choice([4, 5, 10])), el.mixed(style.background, style.foreground, float(rng.uniform(.2, .4)))

    def net(pen: PillowPen) -> None:
        if look.panel:
            pen.polygon([at_of(p) for p in np.eye(3)], look.panel)
        for k in range(1, steps):
            f = k / steps
            for a, b in (((f, 1 - f, 0), (f, 0, 1 - f)), ((0, f, 1 - f), (1 - f, f, 0)), ((1 - f, 0, f), (0, 1 - f, f))):
                (pen.dashes([at_of(a), at_of(b)], grey, look.thin, .008, .008) if look.dashed else pen.line([at_of(a), at_of(b)],
                        style.background if look.panel else grey, look.thin))
        pen.line([at_of(p) for p in (*np.eye(3), *np.eye(3)[:2])], style.foreground, max(look.thin, .003))
    groups = int(rng.integers(1, 4))
    colours, r, hollow = palette(rng, look, groups), float(rng.uniform(.007, .016)), look.background if rng.random() < .3 else None
    spots = [(g, rng.dirichlet(rng.uniform(1, 9, 3), int(rng.integers(6, 40)))) for g in range(groups)]
    path, marker = rng.random() < .3, int(rng.integers(4))
    parts += [el.vector(Role.PANEL, net), el.vector(Role.DATA, lambda foreground: [draw_mark(foreground, (marker + g) % 4, at_of(p), r, colours[g], hollow) for g,
                                                                          q in spots for p in q], "ternary plot")]
    if path:
        q = np.linspace(0, 1, 30)
        parts.append(el.vector(Role.MARK, lambda pen: pen.line([at_of((a * (1 - b), a * b, 1 - a)) for a,
                                                               b in zip(.25 + .5 * q, .2 + .5 * q ** 2)], style.foreground, max(look.thick, .004)), "curve"))
    names = short_names(rng, style, 3, 9)
    for p, n, d in zip(np.eye(3), names, ((0, 1), (0, 1), (0, -1))):
        a = at_of(p)
        parts.append(el.text(style, (float(np.clip(a[0], .12, .88)), a[1] + d[1] * look.size * 1.1), n, look.size * 1.1, width=.24))
    items = [Line(at_of((1 - k / steps, k / steps, 0)), f"{k * 100 // steps}", style.font, look.size * .75, style.foreground, "mt") for k in range(1,
            steps, max(1, steps // 5))]
    items = [replace(i, at=(i.at[0], i.at[1] + .008)) for i in items]
    items += [Line((at_of((1 - k / steps, 0, k / steps))[0] - .012, at_of((1 - k / steps, 0, k / steps))[1]), f"{100 - k * 100 // steps}",
                   style.font, look.size * .75, style.foreground, "rm") for k in range(1, steps, max(1, steps // 5))]
    return "A triangle of three shares", [*parts, el.lines(style, items)] + (chart_legend(rng, look, (x0, y0, x1, y1), colours,
            short_names(rng, style, groups, 6), "dot", (1, 0)) if groups > 1 and rng.random() < .5 else [])


TEMPLATES = (Template("plot", "tiles and triangles", 1.0, make),)
