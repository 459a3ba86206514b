"""A volcano of points, or points along chromosomes, with thresholds and a few names; or a scatter plot with histograms at its rims."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import PillowPen, Point
from ...elements import Rng, Role
from ...style import Style, readable
from ...templates import Parts, Template
from .pieces import axis_numbers, begun, draw_mark, drawn_axes, laid, palette, short_name


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    style, kind = look.style, str(rng.choice(["volcano", "manhattan", "marginal", "bubbles"]))
    inner, more = laid(rng, look, below=1.6)
    parts += more
    x0, y0, x1, y1 = inner
    rim = min(x1 - x0, y1 - y0) * .2
    if kind == "marginal":
        inner = x0, y0, x1, y1 = (x0, y0 + rim, x1 - rim, y1)
    place = lambda p: (x0 + (x1 - x0) * float(np.clip(p[0], .01, .99)), y1 - (y1 - y0) * float(np.clip(p[1], .01, .97)))
    r, opacity = float(rng.uniform(.004, .011)), float(rng.choice([1, 1, .6]))
    grey = el.mixed(look.background, style.foreground, float(rng.uniform(.25, .5)))
    colours = palette(rng, look, 3)
    n = int(rng.integers(120, 320))
    cut = float(rng.uniform(.3, .6))
    if kind == "manhattan":
        groups = int(rng.integers(5, 13))
        spots = np.stack([rng.random(n * 2), np.abs(rng.normal(0, .12, n * 2))], 1)
        for peak in rng.random(int(rng.integers(1, 5))):
            spots = np.concatenate([spots, np.stack([peak + rng.normal(0, .006, 14), rng.random(14) * rng.uniform(.5, .95)], 1)])
        which = [colours[0] if int(p[0] * groups) % 2 else (colours[1] if colours[1] != colours[0] else grey) for p in spots]
        xs = [((k + .5) / groups, str(k + 1)) for k in range(groups)]
        r *= .75
    elif kind == "volcano":
        fold = rng.normal(0, .17, n)
        height = np.abs(fold) * rng.uniform(.2, 2.6, n) + np.abs(rng.normal(0, .04, n))
        spots = np.stack([.5 + fold, height], 1)
        which = [grey if h < cut or abs(f) < .1 else colours[0] if f > 0 else colours[1] for f, h in zip(fold, height)]
        xs = axis_numbers(rng, 4, True)
    else:
        n = int(rng.integers(8, 22)) if kind == "bubbles" else n // 2
        spots = np.clip(rng.normal(size=(n, 2)) * float(rng.uniform(.14, .24)) + .5, .08, .92)
        spots[:, 1] = np.clip((spots[:, 1] - .5) * .9 + (spots[:, 0] - .5) * float(rng.uniform(-.8, .8)) + .48, .06, .94)
        group = rng.integers(3 if rng.random() < .5 else 1, size=n)
        which = [colours[g] for g in group]
        xs = axis_numbers(rng, int(rng.integers(3, 6)))
    parts += drawn_axes(rng, look, inner, xs, axis_numbers(rng, int(rng.integers(2, 6))))
    radii = np.sqrt(rng.uniform(.02, 1, n)) * float(rng.uniform(.035, .075)) if kind == "bubbles" else np.full(len(spots), r)
    rimmed, hollow, marker = rng.random() < .5, look.background if rng.random() < .2 else None, int(rng.integers(4)) if rng.random() < .4 else 0

    def paint(pen: PillowPen) -> None:
        for p, c, q in zip(spots, which, radii):
            if kind == "bubbles":
                at = place(p)
                if rimmed:
                    pen.dot(at, float(q) + .003, style.foreground)
                pen.dot(at, float(q), c)
            else:
                draw_mark(pen, marker, place(p), float(q), c, hollow if c != grey else None)
    parts.append(el.vector(Role.DATA, paint, {"volcano": "volcano plot", "manhattan": "Manhattan plot", "marginal": "scatter plot",
                                             "bubbles": "bubble chart"}[kind], min(opacity, .8) if kind == "bubbles" else opacity))
    lines = []
    if kind == "volcano":
        lines = [((0, cut), (1, cut)), ((.4, 0), (.4, 1)), ((.6, 0), (.6, 1))][:int(rng.choice([1, 3, 3]))]
    elif kind == "manhattan":
        lines = [((0, v), (1, v)) for v in (.55, .42)[:int(rng.integers(1, 3))]]
    tone = style.foreground if rng.random() < .5 else el.mixed(style.strong(rng), style.foreground, .2)
    for a, b in lines:
        parts.append(el.vector(Role.MARK, lambda pen, a=place(a),
                              b=place(b): pen.dashes([a, b], tone, max(look.thin, .003), .016, .01) if look.frame != "box" else pen.line([a, b],
                                      tone, max(look.thin, .0025)), "threshold"))
    if kind != "marginal" and rng.random() < .7:
        best = np.argsort(-spots[:, 1] if kind != "bubbles" else -radii)[:int(rng.integers(2, 7))]
        taken: list[Point] = []
        for k in best:
            at = place(spots[k])
            if kind == "bubbles":
                w = short_name(rng, style, 7)
                parts.append(el.text(style, at if radii[k] > .04 else (at[0], at[1] - float(radii[k]) - look.size * .7), w, look.size * .85,
                                     readable(rng, which[k]) if radii[k] > .04 else style.foreground, width=max(float(radii[k]) * 1.8, .05)))
                continue
            if any(abs(at[0] - q[0]) < .1 and abs(at[1] - q[1]) < look.size * 1.4 for q in taken):
                continue
            taken.append(at)
            side = 1 if at[0] < (x0 + x1) / 2 or kind == "volcano" and at[0] < x0 + (x1 - x0) * .75 else -1
            to = (at[0] + side * .035, at[1] - .012)
            parts.append(el.vector(Role.MARK, lambda pen, a=at, b=to: pen.line([a, b], style.foreground, max(look.thin * .8, .002))))
            parts.append(el.text(style, (to[0] + side * .006, to[1]), short_name(rng, style, 8), look.size * .85, anchor="lm" if side > 0 else "rm",
                                 width=.16))
    if kind == "marginal":
        bins = int(rng.integers(8, 20))
        top, _ = np.histogram(spots[:, 0], bins, (0, 1))
        side_, _ = np.histogram(spots[:, 1], bins, (0, 1))
        gap, edge = .012, style.foreground if rng.random() < .4 else None

        def rims(pen: PillowPen) -> None:
            for k in range(bins):
                if top[k]:
                    pen.box((x0 + (x1 - x0) * k / bins, y0 - gap - (rim - gap * 2) * top[k] / top.max(), x0 + (x1 - x0) * (k + 1) / bins,
                             y0 - gap), colours[0], edge, look.thin)
                if side_[k]:
                    pen.box((x1 + gap, y1 - (y1 - y0) * (k + 1) / bins, x1 + gap + (rim - gap * 2) * side_[k] / side_.max(),
                             y1 - (y1 - y0) * k / bins), colours[0], edge, look.thin)
        parts.append(el.vector(Role.DATA, rims, "marginal histogram", opacity))
    return "A chart of many points" if kind != "bubbles" else "Discs of many sizes", parts


TEMPLATES = (Template("plot", "hits", 1.1, make),)
