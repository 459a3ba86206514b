"""A picture with a round lens over it that shows a part enlarged, arrow heads in two colours, a strip of words below, subjects laid on it."""
import numpy as np

from ...kit import ALL, BACKGROUND, MARK, PANEL, SHAPE, Board, Template, el, frozen, readable
from ...canvas import Ink


def make(rng, style):
    strip = rng.random() < .4
    b = Board(rng, style, "white" if strip else "none")
    box = (0, 0, 1, .82) if strip else ALL
    painter, what = (el.micrograph_painter if b.chance(.55) else el.photo_painter)(rng, b.style)
    over = b.over(b.add(el.picture(PANEL if strip else BACKGROUND, box, painter, what)))
    one, other = el.pointer_colour(rng, over), el.pointer_colour(rng, over)
    if b.chance(.6):
        at, r, source = (b.uniform(.3, .75), b.uniform(.3, .58)), b.uniform(.13, .22), (b.uniform(.08, .3), b.uniform(.08, .7))
        small, second = r * .35, (el.micrograph_painter if "micrograph" in what else el.photo_painter)(rng, b.style)[0]

        def lens(frame):
            ink = Ink(frame)
            ink.dot(at, r, (0, 0, 0))
            return ink.patch().shaded(second)
        with b.group("lens"):
            b.add(el.Element(SHAPE, frozen(lens), "lens"))
            rim = b.uniform(.004, .01)
            b.draw(MARK, lambda pen: pen.disc(at, r, None, one, rim), "circle")
            b.draw(MARK, lambda pen: pen.disc(source, small, None, one, rim * .8), "circle")
            d = np.array(at) - source
            n = np.array([-d[1], d[0]]) / max(np.hypot(*d), 1e-6)
            b.draw(MARK, lambda pen: [pen.line([tuple(source + n * small * s), tuple(np.array(at) + n * r * s)], one, rim * .6) for s in (-1, 1)], "line")
    for _ in range(b.some(0, 3)):
        if b.chance(.5):
            b.thing((b.uniform(.15, .85), b.uniform(.2, .7)), b.uniform(.15, .45))
    for _ in range(b.some(1, 6)):
        p, a, c = (b.uniform(.06, .94), b.uniform(.06, .76)), b.uniform(0, 6.3), one if b.chance(.6) else other
        s = b.uniform(.018, .035)
        hollow = b.chance(.3)
        b.draw(MARK, lambda pen, p=p, a=a, c=c, s=s, h=hollow: pen.polygon(pen.round(p, s, [(1, 0), (-.8, .55), (-.4, 0), (-.8, -.55)], a), None if h else c, c, .003), "arrow head")
    for _ in range(b.some(0, 3)):
        b.text((b.uniform(.1, .9), b.uniform(.08, .74)), b.word(9), b.size * b.uniform(.8, 1.3), one, halo=readable(rng, one) if b.chance(.2) else None)
    b.scale_bar(box, readable(rng, over.ground), b.chance(.7))
    if strip:
        with b.group("block"):
            for k in range(b.some(1, 3)):
                b.text((.03, .86 + .045 * k), b.style.phrase(rng, 5, 9), b.size * .9, anchor="lm", what="caption", width=.94)
    return f"A {what} with a lens", b.parts


TEMPLATES = (Template("micrograph", "magnified", 2.2, make),)
