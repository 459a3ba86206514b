"""Peaks with numbers above: a trace, several traces one over the other, or sticks; or lanes of bands as on a gel."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import Line
from ...elements import Rng, Role
from ...style import Style
from ...templates import Parts, Template, cells
from .pieces import Look, apart, axis_numbers, begun, drawn_axes, fit, laid, noted, palette, short_name, short_names, together


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    look, parts = begun(rng, style)
    style, kind = look.style, str(rng.choice(["trace", "stacked", "sticks", "lanes"], p=[.28, .22, .22, .28]))
    if kind == "lanes":
        return _lanes(rng, look, parts)
    inner, more = laid(rng, look, 3.2 if kind != "stacked" else .5, named=.8)
    parts += more
    x0, y0, x1, y1 = inner
    xs = axis_numbers(rng, int(rng.integers(3, 8)))
    if rng.random() < .3:
        xs = [(1 - t, s) for t, s in xs][::-1]
    parts += drawn_axes(rng, look, inner, xs, axis_numbers(rng, int(rng.integers(2, 5))) if kind != "stacked" else ())
    count = int(rng.integers(2, 6)) if kind == "stacked" else 1
    colours, names = palette(rng, look, count), short_names(rng, style, count, 7)
    n = int(rng.integers(4, 14)) if kind != "sticks" else int(rng.integers(10, 40))
    at, tall = np.sort(rng.uniform(.04, .96, n)), rng.uniform(.08, 1, n) ** 1.6 * .78
    sharp, t = float(rng.uniform(.004, .016)), np.linspace(0, 1, 240)
    lift, width = (.9 - .25) / max(count, 1), float(np.clip(look.thick, .002, .008))
    filled = kind == "trace" and rng.random() < .35
    for s, colour in enumerate(colours):
        heights = tall * rng.uniform(.5, 1.1, n) if s else tall
        base = .03 + lift * s if kind == "stacked" else 0.0
        scale = .45 if kind == "stacked" else 1.0
        if kind == "sticks":
            parts.append(el.vector(Role.DATA, lambda pen, c=colour: [pen.line([(x0 + (x1 - x0) * float(a), y1),
                                                                              (x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(h))], c,
                                                                              max(width, .003)) for a, h in zip(at, tall)], "stick spectrum"))
            continue
        curve = np.clip(sum(h / (1 + ((t - a) / sharp) ** 2) for a, h in zip(at, heights)) + .02 + rng.normal(0, .003, len(t)), 0, .86)
        if kind == "trace" and rng.random() < .4:
            curve = curve + .08 * np.exp(-((t - .5) / .4) ** 2)
        line = [(x0 + (x1 - x0) * float(a), y1 - (y1 - y0) * float(base + v * scale)) for a, v in zip(t, curve)]
        parts.append(el.vector(Role.DATA, lambda pen, p=line, c=colour: (pen.polygon([(x0, y1), *p, (x1, y1)],
                el.mixed(look.background, c, .45)) if filled else None, pen.line(p, c, width)), "spectrum"))
        if kind == "stacked":
            parts.append(el.text(style, (x1 - .012, line[-1][1] - look.size * .75), names[s], look.size * .9, apart(look, colour, 300), "rm",
                                 width=.25, halo=.006, halo_colour=look.background))
    best = [k for k in np.argsort(-tall)[:int(rng.integers(2, 8))]]
    turned, taken = rng.random() < .45, []
    for k in best if kind != "stacked" and rng.random() < .85 else ():
        x, y = x0 + (x1 - x0) * float(at[k]), y1 - (y1 - y0) * float(min(tall[k] + .04, .88))
        if any(abs(x - q) < (look.size * 1.1 if turned else .11) for q in taken):
            continue
        taken.append(x)
        s = f"{rng.uniform(50, 2000):.1f}" if rng.random() < .7 else short_name(rng, style, 6)
        if turned:
            parts.append(el.text(style, (x, y - look.size * 1.4), s, look.size * .8, turned=True, what="", width=look.size * 2.4))
        else:
            parts.append(el.text(style, (x, y - look.size * .5), s, look.size * .8, what="", width=.11))
        parts.append(el.vector(Role.MARK, lambda pen, a=(x, y + .012), b=(x, y - .002): pen.line([a, b], style.foreground, max(look.thin * .7, .002))))
    if kind == "stacked":
        for a in at[:int(rng.integers(0, 4))]:
            x = x0 + (x1 - x0) * float(a)
            parts.append(el.vector(Role.MARK, lambda pen, x=x: pen.dashes([(x, y0), (x, y1)], el.mixed(style.background, style.foreground, .6),
                                                                         max(look.thin, .002), .01, .01), "dashed line"))
    return {"trace": "An annotated spectrum", "stacked": "Spectra one above the other",
            "sticks": "A stick spectrum"}[kind], parts + (noted(rng, look, inner, .15) if kind == "trace" else [])


def _lanes(rng: Rng, look: Look, parts: Parts) -> tuple[str, Parts]:
    style, count, groups = look.style, int(rng.integers(4, 12)), int(rng.integers(1, 5))
    inner, more = laid(rng, look, 3.6, .5, .12 if rng.random() < .5 else .02, named=0)
    parts += more
    x0, y0, x1, y1 = inner
    y0 += look.size * 2.6
    blot = groups > 1
    strips = cells(groups, 1, (x0, y0, x1, y1), .025) if blot else [(x0, y0, x1, y1)]
    names, slot = short_names(rng, style, count, 6), (x1 - x0) / count
    night = rng.random() < (.15 if blot else .6)
    background, band = ((18, 18, 20), (225, 225, 228)) if night else (tuple(int(v) for v in np.full(3, rng.integers(190, 228))), (25, 25, 28))
    if rng.random() < .15:
        band = el.mixed(style.strong(rng), band, .3)
    for n, strip in enumerate(strips):
        a0, b0, a1, b1 = strip
        shade = el.gradient(rng, background, el.mixed(background, band, .12))
        plate = el.vector(Role.PANEL, lambda pen, s=strip: pen.box(s, background), shade=shade)
        parts.append(together(Role.PANEL, "blot" if blot else "gel", plate,
                               el.vector(Role.PANEL, lambda pen, s=strip: pen.box(s, None, style.foreground, max(look.thin, .003)))))
        rows = [(.5, float(rng.uniform(.22, .4)))] if blot else [(float(v),
                                                                  float(rng.uniform(.01, .025))) for v in np.sort(rng.uniform(.08, .92,
                                                                          int(rng.integers(2, 5))))]
        for dark in (1.0, .5):   # strong bands and faint ones
            bands = [(a0 + slot * (k + .5), b0 + (b1 - b0) * (v + float(rng.normal(0, .006))), slot * float(rng.uniform(.3, .42)),
                      min((b1 - b0) * h, slot * .5))
                     for v, h in rows for k in range(1 if not blot else 0, count) if rng.random() < .55]
            parts.append(el.vector(Role.DATA, lambda pen, q=bands: [pen.box((x - w, y - h / 2, x + w, y + h / 2), band, radius=.006) for x, y, w,
                                                                   h in q], "bands" if dark == 1 else "", dark,
                                  blur=float(rng.choice([.002, .005, .008]))))
        if blot:
            s = short_name(rng, style, 8)
            parts.append(el.text(style, (a0 - .014, (b0 + b1) / 2), s, fit(look.size, a0 - .025, [s]), anchor="rm"))
            if a1 < .9:
                parts.append(el.text(style, (a1 + .012, (b0 + b1) / 2), str(int(rng.integers(12, 250))), fit(look.size, .09, ["000"]),
                                     anchor="lm", what=""))
    if not blot:   # the ladder
        steps = np.sort(rng.uniform(.05, .95, int(rng.integers(4, 9))))
        parts.append(el.vector(Role.DATA, lambda pen: [pen.box((x0 + slot * .15, y0 + (y1 - y0) * float(v), x0 + slot * .85,
                                                               y0 + (y1 - y0) * float(v) + .009), band) for v in steps], "ladder"))
        shown = [v for k, v in enumerate(steps) if k == 0 or v - steps[k - 1] > .06]
        parts.append(el.lines(style, [Line((x0 - .03, y0 + (y1 - y0) * float(v)), str(int(rng.choice([10, 20, 50, 100, 250, 500, 1000]))),
                                           style.font, look.size * .8, style.foreground, "rm") for v in shown]))
        parts.append(el.vector(Role.MARK, lambda pen: [pen.line([(x0 - .022, y0 + (y1 - y0) * float(v)), (x0 - .004, y0 + (y1 - y0) * float(v))],
                                                               style.foreground, max(look.thin, .003)) for v in shown], "ticks"))
    way = rng.choice(["turned", "numbers", "signs"])
    if way == "turned" and slot > .03:
        parts += [el.text(style, (x0 + slot * (k + .5), y0 - .01 - look.size * 1.2), n, min(look.size, slot * .8), turned=True, what="",
                          width=look.size * 2.4) for k, n in enumerate(names)]
    else:
        rows_ = 2 if way == "signs" else 1
        parts.append(el.lines(style, [Line((x0 + slot * (k + .5), y0 - .012 - look.size * (.5 + 1.1 * j)),
                                           str(k + 1) if rows_ == 1 else str(rng.choice(["+", "–"])), style.font, min(look.size, slot * .7), style.foreground)
                                      for k in range(count) for j in range(rows_)]))
    if rng.random() < .3:
        tip = (x1 - slot * .5, y0 + (y1 - y0) * float(rng.uniform(.2, .8)))
        parts.append(el.arrow_head(rng, replace(style, backdrop=background), tip))
    return ("A blot" if blot else "A gel") + f" of {count} lanes", parts


TEMPLATES = (Template("plot", "spectrum and lanes", 1.0, make),)
