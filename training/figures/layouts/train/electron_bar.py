"""An electron micrograph as instruments export it: a bar of data below, measured lines with ticks, hairlines,
circles."""

import numpy as np

from ...kit import BACKGROUND, MARK, PANEL, SHAPE, Board, Template, el, mixed, readable
from ... import real, textures

VALUES = (
    "15.0 kV",
    "5.00 kV",
    "WD 8.2 mm",
    "x 2,500",
    "x 40.0k",
    "SE",
    "BSE",
    "HV",
    "spot 3.0",
    "Mag",
    "10 mm",
    "Det ETD",
    "2024-05-11",
    "HFW 12.8",
)


def make(rng, style):
    b = Board(rng, style, "none")
    painter, what = (
        real.micrograph(rng, style.split)
        if style.real
        else textures.micrograph(rng, style.split, "electron" if style.split == "train" else None)
    )
    tall = b.uniform(0.06, 0.13)
    background = b.add(el.picture(BACKGROUND, (0, 0, 1, 1), painter, what))
    over = b.over(background)
    bar, pale = (0, 1 - tall, 1, 1), b.chance(0.25)
    plate, foreground = (
        ((235, 235, 235), (10, 10, 10)) if pale else ((0, 0, 0) if b.chance(0.7) else (30, 30, 40), (250, 250, 250))
    )
    with b.group("data bar"):
        b.draw(PANEL, lambda pen: pen.box(bar, plate), "data bar")
        count, size = b.some(3, 6), min(tall * 0.42, 0.042)
        for k, v in enumerate(rng.choice(len(VALUES), count, replace=False)):
            b.text(
                (0.02 + 0.72 * k / count, 1 - tall / 2),
                VALUES[v],
                size,
                foreground,
                "lm",
                "instrument data",
                width=0.7 / count,
            )
            if k and b.chance(0.5):
                b.draw(MARK, lambda pen, x=0.01 + 0.72 * k / count: pen.line([(x, 1 - tall), (x, 1)], foreground, b.thin))
        x, w, n = 0.76, b.uniform(0.1, 0.2), b.pick(0, 0, 10)

        def rule(pen) -> None:
            if n:
                for k in range(n + 1):
                    pen.line([(x + w * k / n, 1 - tall * 0.3), (x + w * k / n, 1 - tall * 0.55)], foreground, 0.003)
            else:
                pen.line([(x, 1 - tall * 0.3), (x + w, 1 - tall * 0.3)], foreground, 0.006)
                for u in (x, x + w):
                    pen.line([(u, 1 - tall * 0.45), (u, 1 - tall * 0.15)], foreground, 0.004)

        b.draw(MARK, rule, "scale bar")
        b.text(
            (x + w / 2, 1 - tall * 0.8),
            (
                b.pick("1 µm", "500 nm", "2 µm", "10 µm", "200 nm")
                if style.split == "train"
                else b.pick("20 nm", "5 µm", "300 nm")
            ),
            size,
            foreground,
            "mm",
            "",
        )
    hue = el.pointer_colour(rng, over)
    for _ in range(b.some(1, 5)):
        kind, c = b.pick("measure", "circle", "hairline", "box", "outline", "word"), (
            hue if b.chance(0.7) else mixed(hue, over.backdrop, 0.5)
        )
        p, thin = (b.uniform(0.08, 0.8), b.uniform(0.08, 0.72)), b.uniform(0.002, 0.006)
        q = (min(p[0] + b.uniform(0.08, 0.3), 0.97), min(p[1] + b.uniform(-0.06, 0.2), 1 - tall - 0.03))
        if kind == "measure":
            b.arrow(
                [p, q],
                c,
                width=thin,
                kind=b.pick("open", "triangle", "bar"),
                both=True,
                what="measured line",
                head=0.02,
            )
            b.text(
                ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2 - 0.01),
                f"{rng.uniform(1, 300):.{b.some(0, 2)}f} {b.pick('nm', 'µm')}",
                b.size * 0.9,
                c,
                "mb",
                halo=(0, 0, 0) if b.chance(0.2) else None,
            )
        elif kind == "circle":
            r, dash = b.uniform(0.03, 0.12), (0.012, 0.01) if b.chance(0.4) else ()
            b.draw(MARK, lambda pen, p=p, r=r, c=c, d=dash: pen.disc(p, r, None, c, thin, dash=d), "circle")
        elif kind == "hairline":
            b.draw(
                MARK,
                lambda pen, p=p, c=c: pen.line(
                    [(p[0], 0), (p[0], 1 - tall)] if p[1] > 0.4 else [(0, p[1]), (1, p[1])],
                    c,
                    0.0025,
                    (0.01, 0.01) if thin > 0.004 else (),
                ),
                "line",
            )
        elif kind == "box":
            b.draw(
                MARK,
                lambda pen, p=p, q=q, c=c: pen.box(
                    (p[0], min(p[1], q[1]), q[0], max(p[1], q[1]) + 0.04), None, c, thin
                ),
                "frame",
            )
        elif kind == "outline":
            turn, r = np.linspace(0, 2 * np.pi, 14)[:-1], b.uniform(0.05, 0.13) * (1 + rng.normal(0, 0.15, 13))
            points = [(p[0] + float(d) * np.cos(a), p[1] + float(d) * np.sin(a)) for a, d in zip(turn, r)]
            filled = b.chance(0.4)
            b.draw(MARK, lambda pen, q=points, c=c, f=filled: pen.curve(q, c, thin, fill=None, closed=True), "outline")
            if filled:
                b.draw(
                    SHAPE, lambda pen, q=points, c=c: pen.curve(q, fill=c, closed=True, alpha=0.35), "coloured region"
                )
        else:
            b.text(p, b.word(), b.size, c, "lm")
    if b.chance(0.4):
        b.text((0.02, 0.02), b.pick("A", "b", "(c)", "D", "1"), 0.075, readable(rng, over.backdrop), "lt", "panel letter")
    return f"An {what}" if what[0] in "aeiou" else f"A {what}", b.parts


TEMPLATES = (Template("micrograph", "electron with data bar", 1.2, make),)
