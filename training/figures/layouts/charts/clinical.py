"""Survival curves, or a forest plot."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import PillowPen, Line
from ...elements import Rng, Role
from ...plots import _marker
from ...style import Style
from ...templates import Parts, Template
from .pieces import apart, begun, chart_legend, drawn_axes, fit, laid, palette, short_name, short_names


def _survival(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Falling steps with ticks where observation ended, and mostly a table of numbers below."""
    look, parts = begun(rng, style)
    style, groups, table = look.style, int(rng.integers(2, 5)), rng.random() < .75
    look = replace(look, size=min(look.size, .038))
    colours, names = palette(rng, look, groups), short_names(rng, style, groups, 8)
    pitch = look.size * 1.35
    inner, more = laid(rng, look, 5 if table else 3.4, 1.6 + (1.5 * groups + 1.6 if table else 0))
    parts += more
    x0, y0, x1, y1 = inner
    n = int(rng.integers(3, 7))
    step = int(rng.choice([1, 2, 5, 6, 10, 12]))
    xs = [(k / n, str(k * step)) for k in range(n + 1)]
    parts += drawn_axes(rng, look, inner, xs, [(k / 4 * .96, f"{k * 25}" if look.dashed else f"{k / 4:g}") for k in range(5)])
    band, width, ticks = rng.random() < .4, float(np.clip(look.thick, .003, .012)), rng.random() < .7
    counts = []
    for s, colour in enumerate(colours):
        times = np.sort(rng.random(int(rng.integers(8, 30))))
        alive = np.maximum(.96 * np.cumprod(np.concatenate([[1], 1 - rng.uniform(.01, .13, len(times))])), .02)
        xs_, levels = np.concatenate([[0], times, [float(rng.uniform(.9, 1))]]), np.append(alive, alive[-1])
        keep = xs_ <= xs_[-1]
        xs_, levels = xs_[keep], levels[keep]
        line = [(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(v)) for (a, b), v in zip(zip(xs_, np.append(xs_[1:], xs_[-1])), levels) for a in (a, b)]
        if band:
            e = .05 * (y1 - y0)
            parts.append(el.vector(Role.DATA, lambda pen, p=line, c=colour,
                                  e=e: pen.polygon([(a, max(b - e, y0)) for a, b in p] + [(a, min(b + e, y1)) for a, b in p[::-1]], c),
                                  "translucent band", .25))
        lost = [(float(a), float(np.interp(a, [p[0] for p in line], [p[1] for p in line]))) for a in rng.uniform(x0 + .03, line[-1][0],
                6)] if ticks else []
        lost = [(a, next(p[1] for p, q in zip(line, line[1:]) if p[0] <= a <= q[0] and p[1] == q[1])) for a,
                _ in lost if any(p[0] <= a <= q[0] and p[1] == q[1] for p, q in zip(line, line[1:]))]
        way = s > 0 and rng.random() < .25
        parts.append(el.vector(Role.DATA, lambda pen, p=line, c=colour, l=lost, d=way: (pen.dashes(p, c, width, .018, .012) if d else pen.line(p, c, width),
                              [pen.line([(a, b - .013), (a, b + .013)], c, max(width * .8, .003)) for a, b in l]), "survival curve"))
        counts.append([max(int(float(np.interp(t, xs_, levels)) * rng.integers(60, 200)), 0) for t, _ in xs])
    if table:
        top = y1 + look.size * 2.9
        phrase = style.phrase(rng, 2, 3)[:22].strip()
        items = [Line((x0, top), phrase, style.face(phrase), look.size, style.foreground, "lm")]
        for s, row in enumerate(counts):
            y = top + pitch * (s + 1)
            tone = apart(look, colours[s], 300)
            items.append(Line((x0 - look.size * 1.5, y), names[s], style.face(names[s]),
                              fit(look.size, max(x0 - look.size * 1.5 - .01, .03), [names[s]], .012), tone, "rm"))
            items += [Line((x0 + (x1 - x0) * t, y), str(v), style.font, min(look.size, (x1 - x0) / n / 2.4), style.foreground) for (t, _),
                      v in zip(xs, sorted(row, reverse=True))]
        parts.append(el.lines(style, items, "table of numbers", phrase))
        if rng.random() < .3:
            parts.append(el.vector(Role.PANEL, lambda pen: pen.line([(x0 - .02, top + pitch * .45), (x1, top + pitch * .45)], style.foreground,
                                                                   max(look.thin, .002))))
    if not table or rng.random() < .5:
        parts += chart_legend(rng, look, inner, colours, names, "line", (1, 0) if rng.random() < .6 else (0, 1))
    if rng.random() < .5:
        parts.append(el.text(style, (x0 + (x1 - x0) * .06, y1 - (y1 - y0) * (.1 if rng.random() < .6 else .2)),
                             f"p = {rng.uniform(.001, .09):.3f}", look.size, anchor="lm", what="label"))
    return "Survival curves", parts


def _forest(rng: Rng, style: Style) -> tuple[str, Parts]:
    """Rows of names, estimates with intervals about a line of no effect, and columns of numbers."""
    look, parts = begun(rng, style)
    style, rows = look.style, int(rng.integers(4, 12))
    look = replace(look, panel=None, grid="none", frame=str(rng.choice(["bottom", "bottom", "box", "none"])))
    inner, more = laid(rng, look, .5, 1.6, named=0)
    parts += more
    x0, y0, x1, y1 = inner
    columns = int(rng.integers(0, 3))
    a, b = x0 + (x1 - x0) * float(rng.uniform(.24, .34)), x1 - (x1 - x0) * (.19 * columns + .02)
    pitch = (y1 - y0) / (rows + 1)
    size, head = min(look.size, pitch * .62), rng.random() < .7
    names, total = short_names(rng, style, rows, 11), rng.random() < .6
    colour, one = style.strong(rng) if rng.random() < .6 else style.foreground, float(rng.uniform(.35, .6))
    value, half = rng.uniform(.2, .85, rows), rng.uniform(.04, .16, rows)
    weight, marker = rng.uniform(.3, 1, rows), int(rng.choice([0, 1, 1, 3]))
    zebra, caps = rng.random() < .35, rng.random() < .4
    row_y = lambda k: y0 + pitch * (k + 1.5)
    tone = el.mixed(style.background, style.foreground if rng.random() < .6 else style.strong(rng), .13)
    if zebra and sum(abs(p - q) for p, q in zip(tone, style.background)) > 40:
        parts.append(el.vector(Role.PANEL, lambda pen: [pen.box((x0 - .01, row_y(k) - pitch / 2, x1 + .005, row_y(k) + pitch / 2),
                                                               tone) for k in range(0, rows, 2)], "striped rows"))
    parts += drawn_axes(rng, look, (a, y0 + (pitch * .8 if head else 0), b, y1), [(k / 4, s) for k, s in enumerate(("0.1", "0.5", "1", "2", "10"))])
    parts.append(el.vector(Role.MARK, lambda pen: (pen.line if not look.dashed else lambda p, c,
                                                  w: pen.dashes(p, c, w, .014, .01))([(a + (b - a) * one, y0 + pitch * .8),
                                                          (a + (b - a) * one, y1)], style.foreground, max(look.thin, .0025)), "line of no effect"))
    width, bold = float(np.clip(look.thick, .003, .009)), float(rng.uniform(.25, .42))

    def paint(pen: PillowPen) -> None:
        for k in range(rows):
            x, y, e = a + (b - a) * float(value[k]), row_y(k), (b - a) * float(half[k])
            if total and k == rows - 1:
                pen.polygon([(x - e, y), (x, y - pitch * .3), (x + e, y), (x, y + pitch * .3)], colour)
                continue
            pen.line([(max(x - e, a), y), (min(x + e, b), y)], style.foreground if marker == 1 else colour, width)
            for q in (x - e, x + e) if caps else ():
                pen.line([(q, y - pitch * .16), (q, y + pitch * .16)], style.foreground if marker == 1 else colour, width)
            _marker(pen, marker, (x, y), pitch * bold * float(weight[k]) ** .5 * .8, colour)
    parts.append(el.vector(Role.DATA, paint, "forest plot"))
    small = fit(size, a - x0 - .03, names)
    items = [Line((x0, row_y(k)), n, style.face(n), small, style.foreground, "lm") for k, n in enumerate(names)]
    for c in range(columns):
        at = b + (x1 - b) * (c + 1) / columns
        for k in range(rows):
            s = f"{weight[k] * 30:.1f}%" if c else f"{value[k] * 2:.2f}"
            if columns == 1:
                s += f" ({max(value[k] - half[k], 0) * 2:.1f}-{(value[k] + half[k]) * 2:.1f})"
            items.append(Line((at, row_y(k)), s, style.font, fit(size, .18, [s]), style.foreground, "rm"))
    if head:
        words = [short_name(rng, style, 8) for _ in range(columns + 1)]
        items += [Line((x0, y0 + pitch * .45), words[0], style.face(words[0]), fit(size * 1.1, a - x0, words[:1]), style.foreground, "lm")]
        items += [Line((b + (x1 - b) * (c + 1) / columns, y0 + pitch * .45), words[c + 1], style.face(words[c + 1]),
                       fit(size * 1.1, .17, [words[c + 1]]), style.foreground, "rm") for c in range(columns)]
        parts.append(el.vector(Role.PANEL, lambda pen: pen.line([(x0, y0 + pitch * .9), (x1, y0 + pitch * .9)], style.foreground,
                                                               max(look.thin, .003)))) if rng.random() < .5 else None
    return "Estimates and intervals", [*parts, el.lines(style, items, "table of numbers", names[0])]


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    return (_survival if rng.random() < .5 else _forest)(rng, style)


TEMPLATES = (Template("plot", "survival and forest", 1.3, make),)
