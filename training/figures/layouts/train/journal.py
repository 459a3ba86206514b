"""A journal's figure of several panels of unequal size and any content: pictures, small charts, schemes, traces,
tables; bold letters, shared names, thin rules."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, divided, el, shrink
from ...plots import plot


def picture(b, box):
    background = b.picture(box, b.pick("micrograph", "micrograph", "photo"))
    c = b.pointer(background)
    if b.chance(0.6):
        b.scale_bar(box, c, b.chance(0.5), min(b.size, (box[2] - box[0]) * 0.12))
    if b.chance(0.4):
        x, y, w = b.uniform(box[0], box[2]), b.uniform(box[1], box[3]), (box[2] - box[0]) * 0.25
        x, y = min(x, box[2] - w), min(y, box[3] - w)
        dash = (0.008, 0.006) if b.chance(0.5) else ()
        b.draw(MARK, lambda pen: pen.box((x, y, x + w, y + w), None, c, b.thin, dash=dash), "frame")
    if b.chance(0.4):
        b.text((box[0] + 0.01, box[1] + 0.01), b.word(9), b.size * 0.9, c, "lt", width=(box[2] - box[0]) * 0.7)


def scheme(b, box):
    n, w, h = b.some(2, 4), box[2] - box[0], box[3] - box[1]
    across = w > h
    spots = [
        (
            (box[0] + w * (k + 0.5) / n, (box[1] + box[3]) / 2)
            if across
            else ((box[0] + box[2]) / 2, box[1] + h * (k + 0.5) / n)
        )
        for k in range(n)
    ]
    r = min(w / (n if across else 1), h / (1 if across else n)) * 0.28
    hues = b.colours(n)
    for k, p in enumerate(spots):
        with b.group("node"):
            kind = b.pick("icon", "thing", "disc", "box")
            if kind == "icon":
                b.icon(p, r * 0.9, colour=hues[k])
            elif kind == "thing":
                b.thing(p, r * 2)
            elif kind == "disc":
                b.draw(SHAPE, lambda pen, p=p, c=hues[k]: pen.disc(p, r * 0.8, c), "disc")
            else:
                b.draw(
                    SHAPE,
                    lambda pen, p=p, c=hues[k]: pen.box(
                        (p[0] - r, p[1] - r * 0.55, p[0] + r, p[1] + r * 0.55), b.soft(c, 0.5), c, b.thin, 0.01
                    ),
                    "box",
                )
            b.text((p[0], p[1] if kind == "box" else p[1] + r * 1.25), b.word(8), min(b.size, r * 0.6), width=r * 2.4)
    for p, q in zip(spots, spots[1:]):
        d = np.array(q) - p
        b.arrow(
            [tuple(np.array(p) + d * 0.33), tuple(np.array(q) - d * 0.33)], b.style.foreground, width=b.thin * 1.5, head=0.02
        )


def traces(b, box):
    n, m = b.some(2, 6), 150
    hues = b.colours(1) * n if b.chance(0.5) else b.colours(n)
    tall = (box[3] - box[1]) / n
    for k in range(n):
        y = np.clip(
            b.rng.normal(0, 0.12, m).cumsum() * 0.15 + (b.rng.random(m) < 0.04) * b.rng.uniform(0.5, 1, m), -0.5, 1
        )
        points = [
            (box[0] + 0.03 + (box[2] - box[0] - 0.03) * j / m, box[1] + tall * (k + 0.6 - 0.5 * float(v)))
            for j, v in enumerate(y)
        ]
        with b.group("series"):
            b.draw(DATA, lambda pen, p=points, c=hues[k]: pen.line(p, c, b.thin * 0.8), "trace" if k == 0 else "")
    c = b.style.foreground
    x, low = box[2], box[3]
    b.draw(
        MARK,
        lambda pen: pen.line([(x - 0.05, low), (x, low), (x, low - 0.04)], c, b.thin * 1.2, join="miter"),
        "scale bar",
    )
    b.text((x - 0.025, low + 0.005), b.pick("1 s", "100 ms", "5 min"), b.size * 0.8, anchor="mt", what="")


def blot(b, box):
    from .western import strip

    n = b.some(1, 3)
    tall = (box[3] - box[1]) / n
    lanes = b.some(2, 6)
    for k in range(n):
        q = (box[0] + 0.08, box[1] + tall * k, box[2], box[1] + tall * (k + 1) - 0.008)
        b.add(el.picture(PANEL, q, strip(b.rng, b.style.split, lanes, 1, b.chance(0.8)), "blot"))
        b.draw(MARK, lambda pen, q=q: pen.box(q, None, b.style.foreground, b.thin * 0.8), "frame")
        b.text((box[0] + 0.075, (q[1] + q[3]) / 2), b.word(7), b.size * 0.8, anchor="rm", width=0.075)


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.75 else None)
    boxes = divided(rng, (0.02, 0.02, 0.98, 0.98), b.uniform(0.03, 0.06), b.some(1, 3))
    boxes = sorted(boxes, key=lambda q: (round(q[1], 1), q[0]))
    look, size = b.pick("upper", "lower", "lower", "bracket"), b.uniform(0.04, 0.065)
    for k, box in enumerate(boxes):
        inner = (box[0] + size * 0.6, box[1] + size * 0.55, box[2], box[3])
        if inner[2] - inner[0] < 0.12 or inner[3] - inner[1] < 0.12:
            inner = box
        with b.group("panel"):
            kind = b.pick("picture", "picture", "plot", "plot", "scheme", "traces", "blot")
            if kind == "plot":
                b.add(*plot(rng, b.style, inner))
            else:
                {"picture": picture, "scheme": scheme, "traces": traces, "blot": blot}[kind](
                    b, shrink(inner, 0.02, 0.02, 0.02, 0.04)
                )
            b.letter((box[0], box[1]), k, look, size)
    return f"A figure of {len(boxes)} panels", b.parts


TEMPLATES = (Template("panels", "journal figure", 2.0, make),)
