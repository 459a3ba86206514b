"""Flows as ribbons between columns of bars, or between the arcs of a ring."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import Element, Rng, Role, mixed
from ...style import Style
from ...templates import Parts, Template, middle
from .pieces import TAU, background, drawing_area, eased, text_size, vivid


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    style, parts = background(rng, style)
    area, extra = drawing_area(rng, style)
    x0, y0, x1, y1 = area
    opacity, size = float(rng.uniform(.3, .75)) if rng.random() < .8 else 1.0, text_size(rng, .03, .045)
    if rng.random() < .7:
        columns = int(rng.integers(2, 5))
        named = rng.random() < .8
        x0, x1 = (x0 + .12, x1 - .12) if named else (x0, x1)
        width, gap = float(rng.uniform(.012, .05)), float(rng.uniform(.012, .04))
        sizes = [int(rng.integers(1 if c == 0 else 2, 7)) for c in range(columns)]
        values = [rng.uniform(.3, 1.5, n) for n in sizes]
        spans = []
        for v in values:
            h = v / v.sum() * ((y1 - y0) - gap * (len(v) - 1)) * 1
            tops = y0 + np.concatenate([[0], np.cumsum(h[:-1] + gap)])
            spans.append((tops, h))
        tints = [[vivid(rng, style) for _ in range(n)] for n in sizes]
        grey = mixed(style.background, style.foreground, .3) if rng.random() < .3 else None
        xs = np.linspace(x0, x1 - width, columns)
        for c in range(columns - 1):
            share = rng.uniform(.05, 1, (sizes[c], sizes[c + 1])) * (rng.random((sizes[c], sizes[c + 1])) < .75)
            share[np.arange(sizes[c]), rng.integers(sizes[c + 1], size=sizes[c])] += .3
            out = share / share.sum(1, keepdims=True) * spans[c][1][:, None]
            into = share / np.maximum(share.sum(0, keepdims=True), 1e-6) * spans[c + 1][1][None]
            a0, b0 = spans[c][0].copy(), spans[c + 1][0].copy()
            for i in range(sizes[c]):
                for j in range(sizes[c + 1]):
                    if share[i, j] <= 0:
                        continue
                    xa, xb = float(xs[c]) + width, float(xs[c + 1])
                    rim = eased((xa, float(a0[i])), (xb, float(b0[j]))) + eased((xa, float(a0[i] + out[i, j])),
                            (xb, float(b0[j] + into[i, j])))[::-1]
                    a0[i], b0[j] = a0[i] + out[i, j], b0[j] + into[i, j]
                    tone = grey or tints[c][i]
                    parts.append(el.vector(Role.DATA, lambda pen, q=rim, t=tone: pen.polygon(q, t), f"{el.colour_name(tone)} ribbon", opacity))
        edge = style.foreground if rng.random() < .3 else None
        for c in range(columns):
            for k in range(sizes[c]):
                box = (float(xs[c]), float(spans[c][0][k]), float(xs[c]) + width, float(spans[c][0][k] + spans[c][1][k]))
                tone = tints[c][k]
                parts.append(el.vector(Role.SHAPE, lambda pen, q=box, t=tone: pen.box(q, t, edge, .003), f"{el.colour_name(tone)} bar"))
                if named:
                    m = (box[1] + box[3]) / 2
                    at, anchor = ((box[0] - .012, m), "rm") if c == 0 else ((box[2] + .012, m), "lm")
                    parts.append(el.text(style, at, style.word(rng), min(size, max(box[3] - box[1], .03)), style.foreground, anchor,
                                         width=.11 if c in (0, columns - 1) else .15,
                                         halo=.005 if 0 < c < columns - 1 else 0, halo_colour=style.background))
        return "A flow diagram of ribbons", parts + extra
    (cx, cy), r = middle(area), float(rng.uniform(.3, .36))
    count, thick, gap = int(rng.integers(3, 9)), float(rng.uniform(.02, .06)), float(rng.uniform(.02, .12))
    shares = rng.uniform(.4, 1.4, count)
    spans = shares / shares.sum() * (TAU - gap * count)
    starts = np.concatenate([[0], np.cumsum(spans[:-1] + gap)]) - np.pi / 2
    tints = [vivid(rng, style) for _ in range(count)]
    at = lambda pen, t, d: pen.round((cx, cy), r * d, [(float(np.cos(t)), float(np.sin(t)))])[0]
    inner = 1 - thick / r - .02
    for _ in range(int(rng.integers(count, count * 3))):
        i, j = int(rng.integers(count)), int(rng.integers(count))
        a, b = starts[i] + spans[i] * rng.uniform(0, .7), starts[j] + spans[j] * rng.uniform(0, .7)
        da, db = spans[i] * .22, spans[j] * .22

        def chord(pen: PillowPen, a=a, b=b, da=da, db=db, c=tints[i]) -> None:
            bow = lambda p, q: [tuple(((1 - t) ** 2 * np.array(p) + 2 * t * (1 - t) * np.array((cx,
                    cy)) + t * t * np.array(q)).tolist()) for t in np.linspace(0, 1, 20)]
            arc = lambda s, d: [at(pen, t, inner) for t in np.linspace(s, s + d, 6)]
            pen.polygon(arc(a, da) + bow(at(pen, a + da, inner), at(pen, b, inner)) + arc(b, db) + bow(at(pen, b + db, inner), at(pen, a, inner)), c)
        parts.append(el.vector(Role.DATA, chord, f"{el.colour_name(tints[i])} ribbon", opacity))
    for k in range(count):
        def arc_(pen: PillowPen, k=k) -> None:
            t = np.linspace(starts[k], starts[k] + spans[k], 24)
            pen.polygon([at(pen, v, 1) for v in t] + [at(pen, v, 1 - thick / r) for v in t[::-1]], tints[k])
        parts.append(el.vector(Role.SHAPE, arc_, f"{el.colour_name(tints[k])} arc"))
        t, word = float(starts[k] + spans[k] / 2), style.word(rng)

        def write(frame, t=t, word=word):
            q = at(PillowPen(frame), t, 1 + .035 / r)
            return el.text(style, q, word, size, style.foreground, "lm" if np.cos(t) > .2 else "rm" if np.cos(t) < -.2 else "mb" if np.sin(t) < 0 else "mt",
                           width=max((1 - q[0] if np.cos(t) > 0 else q[0]) - .01, .03)).draw(frame)
        parts.append(Element(Role.TEXT, write, "label", word))
    return "A ring of flows", parts + extra


TEMPLATES = (Template("diagram", "ribbons", 1, make),)
