"""A picture with a round lens over it that shows a part enlarged, arrow heads in two colours, a strip of words
below, subjects laid on it."""

import numpy as np

from ...kit import ALL, BACKGROUND, MARK, PANEL, SHAPE, Board, Template, el, frozen, readable
from ...canvas import PillowPen


def make(rng, style):
    strip = rng.random() < 0.4
    b = Board(rng, style, "white" if strip else "none")
    box = (0, 0, 1, 0.82) if strip else ALL
    painter, what = (el.micrograph_painter if b.chance(0.55) else el.photo_painter)(rng, b.style)
    over = b.over(b.add(el.picture(PANEL if strip else BACKGROUND, box, painter, what)))
    one, other = el.pointer_colour(rng, over), el.pointer_colour(rng, over)
    if b.chance(0.6):
        at, r, source = (
            (b.uniform(0.3, 0.75), b.uniform(0.3, 0.58)),
            b.uniform(0.13, 0.22),
            (b.uniform(0.08, 0.3), b.uniform(0.08, 0.7)),
        )
        small, second = r * 0.35, (el.micrograph_painter if "micrograph" in what else el.photo_painter)(rng, b.style)[0]

        def lens(frame):
            pen = PillowPen(frame)
            pen.dot(at, r, (0, 0, 0))
            return pen.patch().shaded(second)

        with b.group("lens"):
            b.add(el.Element(SHAPE, frozen(lens), "lens"))
            rim = b.uniform(0.004, 0.01)
            b.draw(MARK, lambda pen: pen.disc(at, r, None, one, rim), "circle")
            b.draw(MARK, lambda pen: pen.disc(source, small, None, one, rim * 0.8), "circle")
            d = np.array(at) - source
            n = np.array([-d[1], d[0]]) / max(np.hypot(*d), 1e-6)
            b.draw(
                MARK,
                lambda pen: [
                    pen.line([tuple(source + n * small * s), tuple(np.array(at) + n * r * s)], one, rim * 0.6)
                    for s in (-1, 1)
                ],
                "line",
            )
    for _ in range(b.some(0, 3)):
        if b.chance(0.5):
            b.thing((b.uniform(0.15, 0.85), b.uniform(0.2, 0.7)), b.uniform(0.15, 0.45))
    for _ in range(b.some(1, 6)):
        p, a, c = (b.uniform(0.06, 0.94), b.uniform(0.06, 0.76)), b.uniform(0, 6.3), one if b.chance(0.6) else other
        s = b.uniform(0.018, 0.035)
        hollow = b.chance(0.3)
        b.draw(
            MARK,
            lambda pen, p=p, a=a, c=c, s=s, h=hollow: pen.polygon(
                pen.round(p, s, [(1, 0), (-0.8, 0.55), (-0.4, 0), (-0.8, -0.55)], a), None if h else c, c, 0.003
            ),
            "arrow head",
        )
    for _ in range(b.some(0, 3)):
        b.text(
            (b.uniform(0.1, 0.9), b.uniform(0.08, 0.74)),
            b.word(9),
            b.size * b.uniform(0.8, 1.3),
            one,
            halo=readable(rng, one) if b.chance(0.2) else None,
        )
    b.scale_bar(box, readable(rng, over.backdrop), b.chance(0.7))
    if strip:
        with b.group("block"):
            for k in range(b.some(1, 3)):
                b.text(
                    (0.03, 0.86 + 0.045 * k),
                    b.style.phrase(rng, 5, 9),
                    b.size * 0.9,
                    anchor="lm",
                    what="caption",
                    width=0.94,
                )
    return f"A {what} with a lens", b.parts


TEMPLATES = (Template("micrograph", "magnified", 2.2, make),)
