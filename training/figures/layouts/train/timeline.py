"""A time line, straight or winding, with dated marks and words on both sides, coloured periods, icons."""

import numpy as np

from ...kit import MARK, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style)
    style = b.style
    count, upright, hues = b.some(3, 7), b.chance(0.35), b.colours(6)
    axis, wide = b.uniform(0.42, 0.58), b.uniform(0.006, 0.03)
    place = lambda t, d=0.0: (axis + d, 0.08 + 0.86 * t) if upright else (0.06 + 0.88 * t, axis + d)
    kind, look = b.pick("line", "segments", "arrow", "band"), b.pick("disc", "ring", "square", "pin", "tick")
    ts = np.linspace(0.04, 0.96, count) if b.chance(0.6) else np.sort(rng.uniform(0.03, 0.97, count))
    ts = np.maximum.accumulate(np.maximum(ts, np.arange(count) * 0.9 / count))
    if kind in ("segments", "band"):
        edges = np.linspace(0, 1, b.some(3, 5) + 1)
        for k, (a, z) in enumerate(zip(edges, edges[1:])):
            thick = wide * (1.5 if kind == "segments" else 4)
            box = (
                (axis - thick, place(a)[1], axis + thick, place(z)[1])
                if upright
                else (place(a)[0], axis - thick, place(z)[0], axis + thick)
            )
            b.draw(SHAPE, lambda pen, q=box, c=hues[k % 6]: pen.box(q, c), "period")
            if kind == "band" and not upright:
                b.text(
                    ((box[0] + box[2]) / 2, axis),
                    b.word(9),
                    min(b.size, thick * 1.3),
                    readable(rng, hues[k % 6]),
                    width=box[2] - box[0],
                )
    elif kind == "arrow":
        b.arrow([place(0), place(1.02)], style.foreground, SHAPE, wide, "triangle", head=max(wide * 3, 0.03))
    else:
        b.draw(SHAPE, lambda pen: pen.line([place(0), place(1)], mixed(style.foreground, style.background, 0.3), wide), "line")
    plated, alternating, dated = b.chance(0.35), b.chance(0.7), b.chance(0.8)
    year = b.some(1850, 2010)
    for k, t in enumerate(ts[:count]):
        c, side = hues[k % 6], (-1 if k % 2 else 1) if alternating else -1
        reach = b.uniform(0.1, 0.2) * side
        at, end = place(float(t)), place(float(t), reach)
        with b.group("event"):
            if look != "tick" or b.chance(0.5):
                dash = (0.01, 0.008) if b.thin < 0.004 else ()
                b.draw(
                    MARK,
                    lambda pen, p=at, q=end: pen.line([p, q], mixed(style.foreground, style.background, 0.3), b.thin, dash),
                    "leader line",
                )
            r = max(wide * 1.3, 0.014)
            if look in ("disc", "ring"):
                b.draw(
                    MARK,
                    lambda pen, p=at, c=c: pen.disc(
                        p, r, c if look == "disc" else style.background, c if look == "ring" else style.background, r * 0.4
                    ),
                    "mark",
                )
            elif look in ("square", "pin"):
                b.draw(
                    MARK,
                    lambda pen, p=at, c=c: b.marker(
                        pen, 1 if look == "square" else 3, p, r, c, style.foreground, b.thin * 0.6
                    ),
                    "mark",
                )
            w = 0.34 if upright else 0.84 / count * (1.7 if alternating else 0.95)
            x = end[0] + (side * 0.015 if upright else 0)
            anchor = ("lm" if side > 0 else "rm") if upright else ("mt" if side > 0 else "mb")
            y = end[1] + (0 if upright else side * 0.008)
            if plated:
                q = (
                    (x - w * 0.46, y - (0 if side > 0 else 0.085), x + w * 0.46, y + (0.085 if side > 0 else 0))
                    if not upright
                    else ((x, y - 0.045, x + w, y + 0.045) if side > 0 else (x - w, y - 0.045, x, y + 0.045))
                )
                b.draw(
                    SHAPE,
                    lambda pen, q=q, c=c: pen.box(q, b.soft(c, 0.75), c, b.thin, 0.012),
                    "plate",
                    shadow=0.006 if b.thin > 0.006 else 0,
                )
                b.text(((q[0] + q[2]) / 2, (q[1] + q[3]) / 2), b.word(), b.size, width=(q[2] - q[0]) * 0.92)
            else:
                b.text((x, y), b.word(), b.size, anchor=anchor, width=w)
                if b.chance(0.3):
                    b.icon(
                        (x, y + side * (0.09 if not upright else 0)) if not upright else (x + side * 0.26, y),
                        0.035,
                        colour=c,
                    )
            if dated:
                d = place(float(t), -0.035 * side if not upright else -0.03 * side)
                b.text(
                    d,
                    str(year),
                    b.size * 0.9,
                    c if sum(abs(p - q) for p, q in zip(c, style.background)) > 200 else None,
                    ("rm" if side > 0 else "lm") if upright else ("mb" if side > 0 else "mt"),
                    "year",
                )
        year += b.some(1, 25)
    if b.chance(0.5):
        b.text((0.5, 0.05), style.phrase(rng, 1, 4), b.size * 1.6, what="title", width=0.94)
    return "A time line", b.parts


TEMPLATES = (Template("diagram", "time line", 1.0, make),)
