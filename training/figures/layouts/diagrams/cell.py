"""A cartoon of a cell with its organelles, or a strip of membrane with proteins in it; leaders and words."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import WHITE, Rng, Role, mixed
from ...icons import icon
from ...style import Style, luminance
from ...templates import Parts, Template, cells, middle, shrink
from .pieces import TAU, background, blob, draw_closed, draw_line, drawing_area, line_width, outline, text_size, vivid


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    tones = [vivid(rng, style) for _ in range(5)]
    stroke = line_width(rng, .002, .01) if rng.random() < .7 else 0.0
    size = text_size(rng, .03, .045)
    if rng.random() < .36:   # a lipid bilayer
        y, gap, r = float(rng.uniform(.4, .62)), float(rng.uniform(.035, .06)), float(rng.uniform(.009, .016))
        bow, n = float(rng.uniform(-.12, .12)) * (rng.random() < .5), int(rng.uniform(.4, .5) / r)
        course = lambda x: y + bow * np.sin(x * np.pi)
        tail_ = mixed(tones[0], style.foreground, .4)
        thin = line_width(rng, .002, .005)

        def lipids(pen: PillowPen) -> None:
            tall = pen.frame.unit / pen.frame.height
            for k in range(n + 1):
                x = k / n
                for s in (-1, 1):
                    at = (x, float(course(x)) + s * gap * tall)
                    for dx in (-.3, .3):
                        pen.line([(x + dx * r, at[1]), (x + dx * r, at[1] - s * gap * .85 * tall)], tail_, thin)
                    pen.dot(at, r, tones[0])
        parts.append(el.vector(Role.DATA, lipids, "lipid bilayer"))
        if rng.random() < .6:
            inner = mixed(style.background, tones[1], float(rng.uniform(.22, .45)))
            parts.append(el.vector(Role.PANEL, lambda pen: pen.polygon([*((float(x), float(course(x))) for x in np.linspace(0, 1, 24)),
                    (1, 1), (0, 1)], inner), "inside of a cell"))
        xs = (np.arange(m := int(rng.integers(2, 5))) + .5 + rng.uniform(-.2, .2, m)) / m
        for k, x in enumerate(xs.tolist()):
            at, rx, ry = (x, float(course(x))), float(rng.uniform(.03, .06)), gap * float(rng.uniform(1.5, 2.6))
            c, kind = tones[int(rng.integers(1, 5))], rng.random()
            if kind < .5:
                rim = blob(rng, at, rx, ry, .06)
                parts.append(el.vector(Role.SHAPE, lambda pen, q=rim, c=c: pen.polygon(q, c, mixed(c, style.foreground, .5) if stroke else None, stroke),
                                      "membrane protein"))
            elif kind < .8:   # a channel
                for s in (-1, 1):
                    rim = blob(rng, (x + s * rx * .62, at[1]), rx * .45, ry, .04)
                    parts.append(el.vector(Role.SHAPE, lambda pen, q=rim,
                                          c=c: pen.polygon(q, c, mixed(c, style.foreground, .5) if stroke else None, stroke), "half of a channel"))
                tip = (x, at[1] + (ry + .08))
                parts.append(el.vector(Role.MARK, lambda foreground, a=(x, at[1] - ry - .08),
                                      b=tip: draw_line(foreground, [a, b], style.foreground, .006, 0, "fill", "", .024), "arrow"))
                for _ in range(int(rng.integers(2, 6))):
                    q = (x + float(rng.uniform(-.07, .07)), at[1] - ry - float(rng.uniform(.09, .18)))
                    parts.append(el.vector(Role.SHAPE, lambda pen, q=q, c=tones[4]: pen.dot(q, .012, c), "ion"))
            else:   # a receptor
                def receptor(pen: PillowPen, x=x, y=at[1], ry=ry, c=c) -> None:
                    pen.line([(x, y + ry), (x, y - ry)], c, .018)
                    for s in (-1, 1):
                        pen.line([(x, y - ry * .9), (x + s * .04, y - ry * 1.7)], c, .018)
                parts.append(el.vector(Role.SHAPE, receptor, "receptor"))
            parts.append(el.text(style, (x, min(at[1] + ry + (.125 if .5 <= kind < .8 else .045), .95)), style.word(rng), size, style.foreground,
                                 width=min(.9 / m, 2 * min(x, 1 - x) - .03), halo=.006 if rng.random() < .2 else 0,
                                 halo_colour=style.background))
        if rng.random() < .6:
            parts.append(el.text(style, (.03, max(y - gap - .22, area[1] + .04)), style.phrase(rng, 1, 2), size, style.foreground, "lm", width=.4))
        for _ in range(int(rng.integers(0, 3))):
            parts.append(icon(rng, style, (float(rng.uniform(.1, .9)), float(rng.uniform(.83, .9))), float(rng.uniform(.04, .07))))
        return "A membrane with proteins", parts + extra
    count = int(rng.choice([1, 1, 1, 2]))
    for box in cells(1, count, shrink(area, .05, .05, .05, .05), .08):
        (cx, cy), rx, ry = middle(box), (box[2] - box[0]) * float(rng.uniform(.3, .42)), (box[3] - box[1]) * float(rng.uniform(.32, .42))
        body, plasm = blob(rng, (cx, cy), rx, ry, float(rng.uniform(.02, .1))), mixed(style.background, tones[0], float(rng.uniform(.2, .75)))
        wall, twice, opacity = max(stroke, .003) * float(rng.uniform(1, 4)), rng.random() < .4, float(rng.choice([1, 1, .6]))
        bare = rng.random() < .15
        skin = mixed(plasm, style.foreground, .55) if rng.random() < .6 else vivid(rng, style, plasm)

        def shell(pen: PillowPen, q=body, bare=bare, cx=cx, cy=cy, plasm=plasm, wall=wall, twice=twice, skin=skin) -> None:
            if not bare:
                pen.polygon(q, plasm)
            draw_closed(pen, q, skin, wall)
            if twice:
                draw_closed(pen, [(cx + (x - cx) * .94, cy + (y - cy) * .94) for x, y in q], skin, wall * .7)
        parts.append(el.vector(Role.PANEL, shell, "cell", opacity))
        beneath = style.background if bare else mixed(style.background, plasm, opacity)
        turn = float(rng.random() * TAU)
        nx, ny = cx + rx * .25 * np.cos(turn), cy + ry * .25 * np.sin(turn)
        dark = vivid(rng, style, beneath)
        nucleus = blob(rng, (float(nx), float(ny)), rx * float(rng.uniform(.26, .4)), ry * float(rng.uniform(.26, .4)), .03)
        parts.append(el.vector(Role.SHAPE, lambda pen, q=nucleus, c=dark: pen.polygon(q, c, mixed(c, style.foreground, .5) if stroke else None, stroke), "nucleus"))
        spot = mixed(dark, style.foreground if luminance(dark) > .3 else WHITE, .5)
        parts.append(el.vector(Role.SHAPE, lambda pen, q=(float(nx + rx * .06), float(ny - ry * .05)), c=spot: pen.dot(q, .022, c), ""))
        targets = [(float(nx), float(ny))]
        for k in range(int(rng.integers(3, 11))):
            t, d = turn + np.pi + float(rng.uniform(-2, 2)), float(rng.uniform(.45, .76))
            at = (float(cx + rx * d * np.cos(t)), float(cy + ry * d * np.sin(t)))
            c, kind, s = vivid(rng, style, beneath), str(rng.choice(["mitochondrion", "vesicle", "vesicle", "stack",
                    "dots"])), float(rng.uniform(.5, 1.1)) * min(rx, ry)
            line, lean = mixed(c, style.foreground if luminance(c) > .35 else WHITE, .6), float(rng.random() * TAU)

            def organelle(pen: PillowPen, at=at, c=c, kind=kind, s=s, line=line, lean=lean) -> None:
                pts = lambda q: pen.round(at, s, q, lean)
                if kind == "mitochondrion":
                    pen.polygon(pts([(x * .22, y * .11) for x, y in outline("ellipse")]), c, line, max(stroke, .003))
                    pen.line(pts([(-.15 + k * .05, .06 * (-1) ** k) for k in range(7)]), line, max(stroke, .003))
                elif kind == "vesicle":
                    pen.polygon(pts([(x * .09, y * .09) for x, y in outline("ellipse")]), c, line if stroke else None, stroke)
                elif kind == "stack":
                    for k in range(4):
                        pen.line(pts([(x, -.1 + k * .06 + .25 * x * x) for x in np.linspace(-.2 + k * .02, .2 - k * .02, 9).tolist()]), c,
                                 max(s * .035, .005))
                else:
                    for x, y in ((0, 0), (.08, .05), (-.06, .08), (.03, -.09), (-.1, -.04)):
                        pen.dot(pts([(x, y)])[0], max(s * .022, .005), c)
            parts.append(el.vector(Role.SHAPE, organelle, "set of ribosomes" if kind == "dots" else "stack of membranes" if kind == "stack" else kind))
            targets.append(at)
        pointed = rng.random() < .7
        if pointed:
            thin = line_width(rng, .002, .005)
            for at in [targets[0], *targets[1:][:int(rng.integers(1, 4 if count == 1 else 2))]]:
                left = at[0] < cx
                end = (box[0] + .01 if left else box[2] - .01, float(np.clip(at[1] + (at[1] - cy) * .9, area[1] + .03, area[3] - .03)))
                parts.append(el.vector(Role.MARK, lambda pen, a=at, b=end: pen.line([a, b], style.foreground, thin), "leader"))
                below = (end[0], end[1] + (size * .7 if end[1] > cy else -size * .7))
                parts.append(el.text(style, below, style.word(rng), size, style.foreground, "lm" if left else "rm", width=.24))
        elif rng.random() < .5:
            parts.append(el.text(style, (cx, min(box[3] + .02, .96)), style.word(rng), size, style.foreground, width=box[2] - box[0]))
    return "A cartoon of a cell" if count == 1 else "A cartoon of two cells", parts + extra


TEMPLATES = (Template("shapes", "cell cartoon", 1, make),)
