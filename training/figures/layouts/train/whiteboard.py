"""Drawn by hand: wobbling boxes, rings and arrows of a felt pen on a board, paper or a photograph; sticky notes,
hatching, underlined and marked words, little graphs; strokes that do not quite meet."""

import numpy as np

from ...kit import ALL, BACKGROUND, DATA, MARK, PANEL, SHAPE, Board, Template, cells, el, mixed

PENS = ((20, 20, 25), (20, 60, 170), (200, 30, 40), (20, 130, 60), (230, 120, 20))


def make(rng, style):
    background = surface(rng)
    b = Board(rng, style, "none" if background != "page" else None)
    style = b.style
    if background == "board":
        tone = b.pick((248, 249, 250), (38, 60, 52), (40, 42, 46), (245, 238, 220))
        shade = el.gradient(rng, tone, mixed(tone, (128, 128, 128), b.uniform(0.02, 0.15)))
        b.add(el.picture(BACKGROUND, ALL, lambda w, h: np.broadcast_to(shade(w, h), (h, w, 3)), "board"))
    elif background == "photo":
        painter, what = el.photo_painter(rng, style)
        tone = el.on(style, b.add(el.picture(BACKGROUND, ALL, painter, what))).backdrop
    else:
        tone = style.background
    pale = sum(tone) < 330
    pens = [(245, 245, 240), (255, 230, 120), (255, 160, 170), (150, 220, 255)] if pale else list(PENS)
    width, shake = b.uniform(0.003, 0.012), b.uniform(0.002, 0.008)

    def stroke(points, c, role=SHAPE, what="", closed=False, thick=1.0, fill=None):
        points = np.array(points, float)
        fine = [points[0]]
        for p, q in zip(points, points[1:]):
            n = max(int(np.hypot(*(q - p)) / 0.05), 1)
            fine += [p + (q - p) * (k + 1) / n for k in range(n)]
        fine = np.array(fine) + rng.normal(0, shake, (len(fine), 2))
        line = [tuple(p) for p in fine]
        b.draw(role, lambda pen: pen.curve(line, c, width * thick, fill=fill), what)

    def node(box, c):
        x0, y0, x1, y1 = box
        own = b.pick("box", "box", "ring", "cloud", "note", "icon")
        with b.group("node"):
            if own == "note":
                t = b.pick((255, 240, 130), (255, 190, 200), (180, 230, 170), (170, 215, 250))
                turn = b.uniform(-0.012, 0.012)
                corners = [(x0, y0 + turn), (x1, y0 - turn), (x1 - turn, y1), (x0 + turn, y1 + turn)]
                b.draw(SHAPE, lambda pen: pen.polygon(corners, t), "sticky note", shadow=0.008)
                b.text(((x0 + x1) / 2, (y0 + y1) / 2), b.word(9), b.size * 1.2, (30, 30, 40), width=(x1 - x0) * 0.85)
                return
            if own == "icon":
                b.icon(((x0 + x1) / 2, (y0 + y1) / 2), min(x1 - x0, y1 - y0) * 0.42, colour=c)
                return
            fill = mixed(tone, c, 0.2) if b.chance(0.2) else None
            if own == "box":
                stroke(
                    [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0 + 0.006, y0 - 0.01)], c, what="drawn box", fill=fill
                )
            else:
                t, lobes = np.linspace(-0.3, 6.4, 22 if own == "ring" else 40), 0 if own == "ring" else 0.08
                rx, ry = (x1 - x0) / 2, (y1 - y0) / 2
                ring = [
                    (
                        (x0 + x1) / 2 + rx * np.cos(a) * (1 + lobes * np.sin(9 * a)),
                        (y0 + y1) / 2 + ry * np.sin(a) * (1 + lobes * np.sin(9 * a)),
                    )
                    for a in t
                ]
                stroke(ring, c, what="drawn ring", fill=fill)
            b.text(
                ((x0 + x1) / 2, (y0 + y1) / 2),
                b.word(9),
                b.size * 1.2,
                c if b.chance(0.5) else pens[0],
                width=(x1 - x0) * 0.8,
            )

    shape = b.pick((2, 2), (1, 3), (2, 3), (3, 2), (3, 3))
    boxes = cells(*shape, (0.06, 0.16, 0.94, 0.94), b.uniform(0.09, 0.15))
    kept = [q for q in boxes if b.chance(0.85)] or boxes[:2]
    spots = []
    for q in kept:
        c = pens[b.some(0, len(pens) - 1)]
        if b.chance(0.2):
            with b.group("plot"):
                x0, y0, x1, y1 = q
                stroke([(x0, y0), (x0, y1), (x1, y1)], pens[0], PANEL, "drawn axes")
                t = np.linspace(0, 1, 8)
                y = np.clip(0.5 + 0.35 * np.sin(t * b.uniform(2, 9) + b.uniform(0, 6)), 0.05, 0.95)
                if b.chance(0.3):
                    for k in range(4):
                        x, h = x0 + (x1 - x0) * (k + 0.4) / 4.3, (y1 - y0) * rng.uniform(0.2, 0.9)
                        stroke([(x, y1), (x, y1 - h), (x + 0.03, y1 - h), (x + 0.03, y1)], c, DATA, "drawn bar")
                else:
                    stroke(
                        [(x0 + (x1 - x0) * u, y1 - (y1 - y0) * v) for u, v in zip(t, y)],
                        c,
                        DATA,
                        "drawn curve",
                        thick=1.3,
                    )
            continue
        node(q, c)
        spots.append(q)
    for p, q in zip(spots, spots[1:]):
        if b.chance(0.75):
            a, z = np.array([(p[0] + p[2]) / 2, (p[1] + p[3]) / 2]), np.array([(q[0] + q[2]) / 2, (q[1] + q[3]) / 2])
            d = z - a
            s = min((p[2] - p[0]) / 2 / max(abs(d[0]), 1e-6), (p[3] - p[1]) / 2 / max(abs(d[1]), 1e-6)) + 0.06
            if s < 0.45:
                a, z, c = a + d * s, z - d * s, pens[b.some(0, len(pens) - 1)]
                mid = (a + z) / 2 + rng.normal(0, 0.02, 2)
                n = np.array([-d[1], d[0]]) / np.hypot(*d) * 0.018
                back = (z - mid) / max(np.hypot(*(z - mid)), 1e-6) * 0.03
                path, tip = [tuple(a), tuple(mid), tuple(z)], [tuple(z - back + n), tuple(z), tuple(z - back - n)]
                b.draw(
                    MARK, lambda pen: (pen.curve(path, c, width), pen.line(tip, c, width, cap="round")), "drawn arrow"
                )
    c = pens[b.some(0, len(pens) - 1)]
    b.text((0.06, 0.075), style.phrase(rng, 2, 4), b.uniform(0.05, 0.075), c, "lm", "title", width=0.8)
    if b.chance(0.6):
        stroke([(0.06, 0.12), (b.uniform(0.4, 0.8), 0.122)], c, MARK, "underline")
    for _ in range(b.pick(0, 1, 2)):
        q = kept[b.some(0, len(kept) - 1)]
        kind, c = b.pick("marker", "star", "hatch", "cross"), b.pick((255, 235, 60), (120, 255, 120), pens[1])
        p = (q[0] + (q[2] - q[0]) * b.uniform(0, 0.6), q[1] + (q[3] - q[1]) * b.uniform(0.1, 0.9))
        if kind == "marker":
            line = [p, (p[0] + 0.16, p[1] + 0.005)]
            b.draw(SHAPE, lambda pen: pen.line(line, c, 0.035), "marked stroke", 0.45)
        elif kind == "star":
            b.text(p, "*", 0.1, c)
        elif kind == "hatch":
            lines = [[(p[0] + 0.02 * k, p[1]), (p[0] + 0.02 * k + 0.02, p[1] + 0.05)] for k in range(6)]
            b.draw(SHAPE, lambda pen: [pen.line(q, pens[2], width * 0.7, cap="round") for q in lines], "hatching")
        else:
            b.draw(
                MARK,
                lambda pen: [
                    pen.line([(p[0], p[1] + s), (p[0] + 0.06, p[1] + 0.06 - s)], pens[2], width * 1.5, cap="round")
                    for s in (0, 0.06)
                ],
                "cross",
            )
    return "A drawing by hand", b.parts


def surface(rng):
    return str(rng.choice(["board", "board", "page", "photo"]))


TEMPLATES = (Template("diagram", "whiteboard", 1.1, make),)
