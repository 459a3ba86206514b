"""Formulae set large: terms on coloured boxes, braces below and above, fractions, roots, brackets of matrices,
arrows to what they mean, a ring drawn round a term; plain, on a board, or on squared paper."""

import numpy as np

from ...kit import MARK, PANEL, SHAPE, WHITE, Board, Template, mixed

TERMS = "x,y,a + b,m c,f(x),E,p(A|B),sin x,e,log n,n + 1,2k,w x,H,S(q),dx,a - b,x + y,h(t),N".split(",")
SIGNS = ("=", "+", "-", "=", "<", "×", "/")


def brace(pen, x0, x1, y, tall, colour, width):
    m, s = (x0 + x1) / 2, 1 if tall > 0 else -1
    t = abs(tall)
    r = min((x1 - x0) / 4, 0.02)
    pen.curve(
        [
            (x0, y),
            (x0 + r * 0.5, y + s * t * 0.45),
            (m - r, y + s * t * 0.5),
            (m, y + s * t),
            (m + r, y + s * t * 0.5),
            (x1 - r * 0.5, y + s * t * 0.45),
            (x1, y),
        ],
        colour,
        width,
    )


def make(rng, style):
    b = Board(rng, style)
    style, lines = b.style, b.some(1, 4)
    if b.chance(0.2):
        tone, step = mixed(style.background, b.pick((120, 160, 230), (120, 200, 150), style.foreground), 0.25), b.uniform(
            0.03, 0.05
        )
        xs = np.arange(step / 2, 1, step)
        b.draw(
            PANEL,
            lambda pen: [
                (pen.line([(x, 0), (x, 1)], tone, 0.003), pen.line([(0, x), (1, x)], tone, 0.003)) for x in xs
            ],
            "squared paper",
        )
    hues, look = b.colours(5, 60), b.pick("box", "box", "colour", "plain", "frame")
    radius, opacity, thin = b.pick(0, 0.01, 0.02), b.pick(1.0, 0.6, 0.35), b.uniform(0.002, 0.007)
    foreground = style.foreground
    for j in range(lines):
        y = 0.14 + 0.78 * (j + 0.5) / lines
        room = 0.78 / lines
        size = min(b.uniform(0.055, 0.1), room * 0.38)
        count = b.some(2, 5)
        terms = [TERMS[rng.integers(len(TERMS))] for _ in range(count)]
        kinds = [
            b.pick("term", "term", "term", "fraction", "root", "matrix", "sum") if room > 0.17 else "term"
            for _ in terms
        ]
        widths = [
            max(len(s) * 0.52 * size, size * 1.1) + size * 0.5 if k != "matrix" else size * 3.2
            for s, k in zip(terms, kinds)
        ]
        gap = size * 1.1
        scale = min(1, 0.88 / (sum(widths) + gap * (count - 1)))
        size, widths, gap = size * scale, [w * scale for w in widths], gap * scale
        x = 0.5 - (sum(widths) + gap * (count - 1)) / 2 if b.chance(0.6) else 0.06
        with b.group("line"):
            for k, (s, kind, w) in enumerate(zip(terms, kinds, widths)):
                c, tall = hues[k % 5], size * (1.3 if kind in ("matrix", "fraction") else 0.75)
                box = (x + size * 0.05, y - tall, x + w - size * 0.05, y + tall)
                m, tone = x + w / 2, hues[k % 5] if look == "colour" else foreground
                picked = b.chance(0.7)
                with b.group("term"):
                    if look == "box" and picked:
                        b.draw(
                            SHAPE, lambda pen: pen.box(box, mixed(c, style.background, 0.3), None, 0, radius), "box", opacity
                        )
                    elif look == "frame" and picked:
                        b.draw(MARK, lambda pen: pen.box(box, None, c, thin * 1.5, radius), "frame")
                    if kind == "fraction":
                        b.draw(
                            MARK,
                            lambda pen: pen.line([(x + size * 0.15, y), (x + w - size * 0.15, y)], tone, thin * 1.2),
                            "fraction bar",
                        )
                        b.text((m, y - size * 0.62), s, size * 0.8, tone, what="formula", width=w)
                        b.text(
                            (m, y + size * 0.62),
                            TERMS[rng.integers(len(TERMS))],
                            size * 0.8,
                            tone,
                            what="formula",
                            width=w * 0.85,
                        )
                    elif kind == "root":
                        b.draw(
                            MARK,
                            lambda pen: pen.line(
                                [
                                    (x, y + size * 0.1),
                                    (x + size * 0.12, y + size * 0.5),
                                    (x + size * 0.3, y - size * 0.62),
                                    (x + w, y - size * 0.62),
                                ],
                                tone,
                                thin * 1.2,
                                join="miter",
                            ),
                            "root",
                        )
                        b.text((m + size * 0.12, y), s, size * 0.9, tone, what="formula", width=w * 0.8)
                    elif kind == "matrix":
                        for side, d in ((x + size * 0.15, 1), (x + w - size * 0.15, -1)):
                            b.draw(
                                MARK,
                                lambda pen: pen.line(
                                    [
                                        (side + d * size * 0.22, y - size * 1.15),
                                        (side, y - size * 1.15),
                                        (side, y + size * 1.15),
                                        (side + d * size * 0.22, y + size * 1.15),
                                    ],
                                    tone,
                                    thin * 1.4,
                                    join="miter",
                                ),
                                "bracket",
                            )
                        for u in (-0.7, 0.7):
                            for v in (-0.6, 0.6):
                                b.text(
                                    (m + u * size, y + v * size),
                                    b.pick("0", "1", "a", "-1", "x", "12"),
                                    size * 0.75,
                                    tone,
                                    what="",
                                )
                    else:
                        b.text((m, y), s, size * (1.3 if kind == "sum" else 1), tone, what="formula", width=w)
                        if b.chance(0.3):
                            b.text(
                                (x + w - size * 0.1, y - size * 0.45),
                                b.pick("2", "n", "k", "-1"),
                                size * 0.55,
                                tone,
                                what="",
                            )
                    if room > 0.2 and b.chance(0.35):
                        below = b.chance(0.65)
                        s_ = 1 if below else -1
                        e = y + s_ * (tall + 0.012)
                        t = 0.025
                        if b.chance(0.6):
                            b.draw(
                                MARK,
                                lambda pen: brace(pen, box[0], box[2], e, s_ * t, c if look != "plain" else foreground, thin),
                                "brace",
                            )
                        else:
                            q = (m + b.uniform(-0.06, 0.06), e + s_ * 0.06)
                            b.arrow([q, (m, e)], c if look != "plain" else foreground, width=thin * 1.2, head=0.018)
                            t = 0.06
                        b.text(
                            (m, e + s_ * (t + 0.01)),
                            b.word(12),
                            b.size,
                            c if look == "colour" else foreground,
                            "mt" if below else "mb",
                            width=max(w * 1.4, 0.14),
                        )
                x += w
                if k < count - 1:
                    b.text((x + gap / 2, y), SIGNS[rng.integers(len(SIGNS))], size, foreground, what="")
                x += gap
            if lines > 1 and b.chance(0.4):
                b.text((0.97, y), f"({j + 1})", b.size * 1.1, anchor="rm", what="number")
    if b.chance(0.5):
        b.text((0.06, 0.07), style.phrase(rng, 2, 5), b.size * 1.5, anchor="lm", what="title", width=0.85)
    if b.chance(0.25):
        p, c, r = (
            (b.uniform(0.2, 0.8), b.uniform(0.3, 0.8)),
            b.pick((220, 40, 40), style.strong(rng)),
            b.uniform(0.06, 0.14),
        )
        t = np.linspace(0.3, 6.9, 26)
        ring = [(p[0] + r * 1.3 * np.cos(a) * (1 + 0.02 * a), p[1] + r * 0.7 * np.sin(a)) for a in t]
        chosen = b.uniform(0.004, 0.01)
        b.draw(MARK, lambda pen: pen.curve(ring, c, chosen), "ring")
    if b.chance(0.2):
        note, c = (0.6, 0.88, 0.97, 0.97), b.pick((255, 240, 150), hues[0])
        b.draw(SHAPE, lambda pen: pen.box(note, mixed(c, WHITE, 0.3), None, 0, 0.01), "note", shadow=b.pick(0, 0.006))
        b.text((0.785, 0.925), style.phrase(rng, 1, 3), b.size, (30, 30, 30), width=0.34)
    return "Formulae", b.parts


TEMPLATES = (Template("slide", "formulas", 1.0, make),)
