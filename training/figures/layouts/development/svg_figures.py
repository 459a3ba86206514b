"""Diagrams, charts and pictures with marks as vector programs write them, drawn by librsvg, which training does not
see: filters, patterns, gradients, markers, spaced letters."""

import numpy as np

from ... import elements as el
from ...elements import ALL, Role, mixed
from ...renderers.svg import Drawing
from ...style import readable
from ...templates import Template

PANEL, DATA, SHAPE, MARK, TEXT = Role.PANEL, Role.DATA, Role.SHAPE, Role.MARK, Role.TEXT


def hexa(c) -> str:
    return "#%02x%02x%02x" % tuple(int(v) for v in c)


def X(v):
    return f"{{x:{v:.4f}}}"


def Y(v):
    return f"{{y:{v:.4f}}}"


def shared(rng, d, style):
    """Definitions that a document has: a shadow, a glow, gradients, patterns, arrow heads."""
    d.shadow = d.define(
        f'<filter id="ID" x="-30%" y="-30%" width="170%" height="170%"><feGaussianBlur in="SourceAlpha" stdDeviation="{rng.uniform(1.5, 4):.1f}"/>'
        f'<feOffset dx="{rng.uniform(1, 3):.1f}" dy="{rng.uniform(1, 4):.1f}" result="b"/><feComponentTransfer in="b" result="c"><feFuncA type="linear" slope=".5"/></feComponentTransfer>'
        '<feMerge><feMergeNode in="c"/><feMergeNode in="SourceGraphic"/></feMerge></filter>'
    )
    head = rng.choice(["M0,0 L8,4 L0,8 z", "M0,0 L8,4 L0,8 L2.5,4 z", "M1,1 L7,4 L1,7"])
    hollow = head.startswith("M1")
    foreground = hexa(style.foreground)
    d.head = d.define(
        f'<marker id="ID" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" orient="auto-start-reverse"><path d="{head}" '
        + (f'fill="none" stroke="{foreground}" stroke-width="1.4"' if hollow else f'fill="{foreground}"')
        + "/></marker>"
    )


def fill_of(rng, d, colour):
    """Plain, graded or hatched."""
    kind = rng.random()
    if kind < 0.7:
        return hexa(colour)
    if kind < 0.9:
        other = mixed(colour, (255, 255, 255) if rng.random() < 0.6 else (0, 0, 0), 0.4)
        if rng.random() < 0.3:
            return d.define(
                f'<radialGradient id="ID" cx=".35" cy=".3"><stop offset="0" stop-color="{hexa(other)}"/><stop offset="1" stop-color="{hexa(colour)}"/></radialGradient>'
            )
        return d.define(
            f'<linearGradient id="ID" x1="0" y1="0" x2="{rng.integers(2)}" y2="1"><stop offset="0" stop-color="{hexa(other)}"/><stop offset="1" stop-color="{hexa(colour)}"/></linearGradient>'
        )
    return d.define(
        f'<pattern id="ID" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate({rng.choice([0, 45, 90])})"><rect width="6" height="6" fill="{hexa(mixed(colour, (255, 255, 255), .6))}"/>'
        f'<line x1="0" y1="0" x2="0" y2="6" stroke="{hexa(colour)}" stroke-width="2.4"/></pattern>'
    )


def diagram(rng, style, d):
    columns, rows = int(rng.integers(2, 4)), int(rng.integers(2, 4))
    shape, width, size = (
        str(rng.choice(["rect", "round", "ellipse", "mixed", "hexagon"])),
        rng.uniform(0.6, 2.2),
        rng.uniform(8, 13),
    )
    shadowed, one = rng.random() < 0.3, rng.random() < 0.4
    at = {}
    for r in range(rows):
        for c in range(columns):
            if rng.random() < 0.85 or r == c == 0:
                at[r, c] = ((c + 0.5) / columns, 0.1 + 0.88 * (r + 0.5) / rows)
    w, h = 0.6 / columns, 0.38 / rows
    for (r, c), (x, y) in at.items():
        for q in ((r, c + 1), (r + 1, c)):
            if q in at and rng.random() < 0.7:
                u, v = at[q]
                a, b = (
                    ((x + w / 2, y), (u - w / 2 - 0.008, v)) if q[0] == r else ((x, y + h / 2), (u, v - h / 2 - 0.01))
                )
                kind = rng.random()
                path = (
                    f"M{X(a[0])},{Y(a[1])} L{X(b[0])},{Y(b[1])}"
                    if kind < 0.6
                    else f"M{X(a[0])},{Y(a[1])} C{X(b[0])},{Y(a[1])} {X(a[0])},{Y(b[1])} {X(b[0])},{Y(b[1])}"
                )
                dash = (
                    f'stroke-dasharray="{rng.uniform(2, 6):.1f} {rng.uniform(2, 4):.1f}"' if rng.random() < 0.2 else ""
                )
                d.add(
                    MARK,
                    f'<path d="{path}" fill="none" stroke="{hexa(style.foreground)}" stroke-width="{width:.2f}" {dash} marker-end="{d.head}"/>',
                    "connector",
                )
    first = style.strong(rng)
    for (r, c), (x, y) in at.items():
        colour = first if one else style.colour(rng)
        own = str(rng.choice(["rect", "round", "ellipse", "hexagon"])) if shape == "mixed" else shape
        look = (
            f'fill="{fill_of(rng, d, colour)}"'
            + (
                f' stroke="{hexa(mixed(colour, style.foreground, .6))}" stroke-width="{width:.2f}"'
                if rng.random() < 0.5
                else ""
            )
            + (f' filter="{d.shadow}"' if shadowed else "")
        )
        with d.group("node"):
            if own == "ellipse":
                d.add(SHAPE, f'<ellipse cx="{X(x)}" cy="{Y(y)}" rx="{X(w / 2)}" ry="{Y(h / 2)}" {look}/>', "ellipse")
            elif own == "hexagon":
                points = " ".join(
                    f"{X(x + p * w / 2)},{Y(y + q * h / 2)}"
                    for p, q in ((-1, 0), (-0.7, -1), (0.7, -1), (1, 0), (0.7, 1), (-0.7, 1))
                )
                d.add(SHAPE, f'<path d="M{" L".join(points.split())} z" {look}/>', "polygon")
            else:
                d.add(
                    SHAPE,
                    f'<rect x="{X(x - w / 2)}" y="{Y(y - h / 2)}" width="{X(w)}" height="{Y(h)}" rx="{8 if own == "round" else 0}" {look}/>',
                    "box",
                )
            d.text(x, y, style.word(rng)[:9], size, hexa(readable(rng, colour)))
    d.text(
        0.5,
        0.05,
        style.phrase(rng, 1, 4),
        size * 1.5,
        hexa(style.foreground),
        what="title",
        more=f'letter-spacing="{rng.choice([0, 0, 1.5])}"',
    )
    return "A diagram"


def chart(rng, style, d):
    x0, y0, x1, y1 = 0.16, 0.1, 0.95, 0.82
    thin, size = rng.uniform(0.4, 1.6), rng.uniform(8, 12)
    foreground, count = hexa(style.foreground), int(rng.integers(3, 7))
    with d.group("plot"):
        lines = (
            "".join(
                f'<line x1="{X(x0)}" x2="{X(x1)}" y1="{Y(y1 - (y1 - y0) * k / 4)}" y2="{Y(y1 - (y1 - y0) * k / 4)}" stroke="{hexa(mixed(style.background, style.foreground, .2))}" stroke-width="{thin * .7:.2f}"/>'
                for k in range(1, 5)
            )
            if rng.random() < 0.6
            else ""
        )
        d.add(
            PANEL,
            lines
            + f'<path d="M{X(x0)},{Y(y0)} L{X(x0)},{Y(y1)} L{X(x1)},{Y(y1)}" fill="none" stroke="{foreground}" stroke-width="{thin:.2f}"/>',
            "axes",
        )
        kind, series = str(rng.choice(["bars", "lines", "areas", "bubbles", "lollipops"])), int(rng.integers(1, 4))
        colours = [style.colours[k % len(style.colours)] for k in range(series)]
        values = rng.uniform(0.15, 0.95, (series, count))
        at = lambda k, v: (x0 + (x1 - x0) * (k + 0.5) / count, y1 - (y1 - y0) * v)
        for s, c in enumerate(colours):
            fill = fill_of(rng, d, c)
            with d.group("series"):
                if kind == "bars":
                    w = (x1 - x0) / count * 0.75 / series
                    for k in range(count):
                        x, y = at(k, values[s, k])
                        x += w * (s - series / 2)
                        d.add(
                            DATA,
                            f'<rect x="{X(x)}" y="{Y(y)}" width="{X(w * .92)}" height="{Y(y1 - y)}" rx="{rng.choice([0, 0, 2])}" fill="{fill}"/>',
                            "bar chart" if s + k == 0 else "",
                        )
                elif kind == "bubbles":
                    for k in range(count * 2):
                        x, y = x0 + (x1 - x0) * rng.uniform(0.08, 0.92), y1 - (y1 - y0) * rng.uniform(0.1, 0.9)
                        d.add(
                            DATA,
                            f'<circle cx="{X(x)}" cy="{Y(y)}" r="{rng.uniform(3, 16):.1f}" fill="{fill}" fill-opacity=".7" stroke="{hexa(c)}" stroke-width="{thin:.2f}"/>',
                            "bubble chart" if s + k == 0 else "",
                        )
                elif kind == "lollipops":
                    for k in range(count):
                        x, y = at(k, values[s, k])
                        x += 0.02 * (s - series / 2)
                        d.add(
                            DATA,
                            f'<line x1="{X(x)}" x2="{X(x)}" y1="{Y(y1)}" y2="{Y(y)}" stroke="{hexa(c)}" stroke-width="{thin * 1.5:.2f}"/><circle cx="{X(x)}" cy="{Y(y)}" r="5" fill="{hexa(c)}"/>',
                            "lollipop chart" if s + k == 0 else "",
                        )
                else:
                    points = [at(k, v) for k, v in enumerate(values[s])]
                    path = f"M{X(points[0][0])},{Y(points[0][1])}" + "".join(
                        f" C{X((p[0] + q[0]) / 2)},{Y(p[1])} {X((p[0] + q[0]) / 2)},{Y(q[1])} {X(q[0])},{Y(q[1])}"
                        for p, q in zip(points, points[1:])
                    )
                    if kind == "areas":
                        d.add(
                            DATA,
                            f'<path d="{path} L{X(points[-1][0])},{Y(y1)} L{X(points[0][0])},{Y(y1)} z" fill="{fill}" fill-opacity="{rng.uniform(.4, 1):.2f}"/>',
                            "area plot" if s == 0 else "",
                        )
                    else:
                        dash = f'stroke-dasharray="{rng.uniform(3, 8):.1f} 3"' if rng.random() < 0.25 else ""
                        dots = (
                            "".join(
                                f'<circle cx="{X(p[0])}" cy="{Y(p[1])}" r="2.6" fill="{hexa(style.background)}" stroke="{hexa(c)}" stroke-width="1.4"/>'
                                for p in points
                            )
                            if rng.random() < 0.5
                            else ""
                        )
                        d.add(
                            DATA,
                            f'<path d="{path}" fill="none" stroke="{hexa(c)}" stroke-width="{rng.uniform(.8, 3):.2f}" {dash}/>{dots}',
                            "line plot" if s == 0 else "",
                        )
        with d.group("axis"):
            for k in range(count):
                d.text(at(k, 0)[0], y1 + 0.045, style.word(rng)[:7], size, foreground, what="")
        with d.group("axis"):
            step = float(rng.choice([1, 5, 20, 0.5]))
            for k in range(5):
                d.text(x0 - 0.015, y1 - (y1 - y0) * k / 4, f"{k * step:g}", size, foreground, "end", "")
        d.text(0.04, (y0 + y1) / 2, style.word(rng), size * 1.1, foreground, what="", turn=-90)
        if series > 1 and rng.random() < 0.7:
            with d.group("legend"):
                for s, c in enumerate(colours):
                    with d.group("entry"):
                        d.add(
                            MARK,
                            f'<rect x="{X(x0 + .25 * s)}" y="{Y(.925)}" width="9" height="9" rx="2" fill="{hexa(c)}"/>',
                            "legend" if s == 0 else "",
                        )
                        d.text(x0 + 0.25 * s + 0.05, 0.94, style.word(rng)[:8], size, foreground, "start", "")
    if rng.random() < 0.5:
        d.text(0.5, 0.045, style.phrase(rng, 1, 4), size * 1.35, foreground, what="plot title")
    return "A chart"


def picture(rng, style, d):
    background = (
        el.micrograph(rng, style, ALL, Role.BACKGROUND)
        if rng.random() < 0.5
        else el.photo(rng, style, ALL, Role.BACKGROUND)
    )
    over = el.on(style, background)
    c = hexa(el.pointer_colour(rng, over))
    for k in range(int(rng.integers(1, 5))):
        x, y = rng.uniform(0.12, 0.8, 2)
        kind = str(rng.choice(["circle", "box", "arrow", "brace", "spot", "curve"]))
        width = rng.uniform(0.7, 2.6)
        dash = f'stroke-dasharray="{rng.uniform(2, 7):.1f} {rng.uniform(2, 5):.1f}"' if rng.random() < 0.35 else ""
        stroke = f'fill="none" stroke="{c}" stroke-width="{width:.2f}" {dash}'
        if kind == "circle":
            d.add(
                MARK,
                f'<ellipse cx="{X(x)}" cy="{Y(y)}" rx="{rng.uniform(12, 40):.1f}" ry="{rng.uniform(12, 40):.1f}" {stroke}/>',
                "circle",
            )
        elif kind == "box":
            d.add(
                MARK,
                f'<rect x="{X(x)}" y="{Y(y)}" width="{rng.uniform(25, 80):.1f}" height="{rng.uniform(25, 70):.1f}" rx="{rng.choice([0, 4])}" {stroke}/>',
                "frame",
            )
        elif kind == "arrow":
            t, length = rng.uniform(0, 6.3), rng.uniform(0.08, 0.2)
            u, v = x + length * np.cos(t), y + length * np.sin(t)
            own = d.define(
                f'<marker id="ID" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="4.5" markerHeight="4.5" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="{c}"/></marker>'
            )
            d.add(
                MARK,
                f'<path d="M{X(u)},{Y(v)} L{X(x)},{Y(y)}" fill="none" stroke="{c}" stroke-width="{width * 1.3:.2f}" marker-end="{own}"/>',
                "arrow",
            )
        elif kind == "spot":
            d.add(
                SHAPE,
                f'<circle cx="{X(x)}" cy="{Y(y)}" r="{rng.uniform(10, 34):.1f}" fill="{fill_of(rng, d, style.colour(rng))}" fill-opacity="{rng.uniform(.3, 1):.2f}"/>',
                "disc",
            )
        elif kind == "curve":
            d.add(
                MARK,
                f'<path d="M{X(x)},{Y(y)} q{rng.uniform(-60, 60):.1f},{rng.uniform(-60, 60):.1f} {rng.uniform(20, 90):.1f},{rng.uniform(-40, 40):.1f}" {stroke}/>',
                "line",
            )
        else:
            w = rng.uniform(30, 80)
            d.add(MARK, f'<path d="M{X(x)},{Y(y)} v-6 h{w:.1f} v6" {stroke}/>', "bracket")
        if rng.random() < 0.7:
            halo = (
                f'stroke="{hexa(readable(rng, el.pointer_colour(rng, over)))}" stroke-width="2" paint-order="stroke"'
                if rng.random() < 0.25
                else ""
            )
            d.text(min(x + 0.05, 0.85), max(y - 0.05, 0.06), style.word(rng), rng.uniform(8, 20), c, more=halo)
    if rng.random() < 0.7:
        with d.group("scale bar"):
            d.add(
                MARK,
                f'<rect x="{X(.72)}" y="{Y(.92)}" width="{X(.22)}" height="{rng.uniform(1.5, 5):.1f}" fill="{c}"/>',
                "scale bar",
            )
            d.text(0.83, 0.885, str(rng.choice(["25 µm", "2 nm", "500 nm"])), 10, c, what="")
    if rng.random() < 0.35:
        tone = style.colour(rng)
        d.add(
            SHAPE,
            f'<rect x="0" y="{Y(.0)}" width="{X(1)}" height="{Y(.13)}" fill="{hexa(tone)}" fill-opacity="{rng.uniform(.5, 1):.2f}"/>',
            "bar",
        )
        d.text(0.5, 0.065, style.phrase(rng, 2, 4), 15, hexa(readable(rng, tone)), what="title")
    return f"An annotated {background.what}", background


def emblem(rng, style, d):
    """Overlapping translucent shapes and a word along an arc, filters and all."""
    for k in range(int(rng.integers(3, 8))):
        x, y, r = rng.uniform(0.2, 0.8), rng.uniform(0.2, 0.8), rng.uniform(15, 70)
        fill = fill_of(rng, d, style.colour(rng))
        look = (
            f'fill="{fill}" fill-opacity="{rng.choice([1, 1, .75, .5]):.2f}"'
            + (f' filter="{d.shadow}"' if rng.random() < 0.35 else "")
            + (f' stroke="{hexa(style.foreground)}" stroke-width="{rng.uniform(.5, 3):.1f}"' if rng.random() < 0.3 else "")
        )
        kind = int(rng.integers(4))
        if kind == 0:
            d.add(SHAPE, f'<circle cx="{X(x)}" cy="{Y(y)}" r="{r:.1f}" {look}/>', "disc")
        elif kind == 1:
            d.add(
                SHAPE,
                f'<rect x="{X(x - .15)}" y="{Y(y - .1)}" width="{r * 1.6:.1f}" height="{r:.1f}" rx="{rng.choice([0, 6, 14])}" {look}/>',
                "box",
            )
        elif kind == 2:
            n = int(rng.integers(5, 11))
            points = " ".join(
                f"{(r if j % 2 else r * .5) * np.cos(j * np.pi / n):.1f},{(r if j % 2 else r * .5) * np.sin(j * np.pi / n):.1f}"
                for j in range(2 * n)
            )
            d.add(
                SHAPE,
                f'<svg x="{X(x)}" y="{Y(y)}" overflow="visible"><polygon points="{points}" {look}/></svg>',
                "star",
            )
        else:
            d.add(
                SHAPE,
                f'<svg x="{X(x)}" y="{Y(y)}" overflow="visible"><path d="M0,{r:.0f} C{-r * 1.6:.0f},{-r * .2:.0f} {-r * .5:.0f},{-r * 1.2:.0f} 0,{-r * .35:.0f} C{r * .5:.0f},{-r * 1.2:.0f} {r * 1.6:.0f},{-r * .2:.0f} 0,{r:.0f} z" {look}/></svg>',
                "heart",
            )
    for _ in range(int(rng.integers(1, 4))):
        d.text(
            float(rng.uniform(0.2, 0.8)),
            float(rng.uniform(0.1, 0.9)),
            style.word(rng),
            float(np.exp(rng.uniform(np.log(8), np.log(34)))),
            hexa(style.foreground if rng.random() < 0.6 else style.strong(rng)),
            more=f'letter-spacing="{rng.choice([0, 0, 2])}"',
            turn=float(rng.choice([0, 0, 0, rng.uniform(-30, 30)])),
        )
    return "Overlapping shapes"


def make(rng, style):
    d = Drawing(style)
    shared(rng, d, style)
    kind = (diagram, diagram, chart, chart, picture, picture, emblem)[rng.integers(7)]
    made = kind(rng, style, d)
    opening, background = (
        made if isinstance(made, tuple) else (made, el.background(rng, style, "solid solid tint gradient"))
    )
    return opening, [background, *d.parts]


TEMPLATES = (Template("diagram", "svg", 5, make),)
