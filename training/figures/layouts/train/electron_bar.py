"""An electron micrograph as instruments export it: a bar of data below, measured lines with ticks, hairlines, circles."""
import numpy as np

from ...kit import BACKGROUND, MARK, PANEL, SHAPE, Board, Template, el, mixed, readable
from ... import real, textures

VALUES = ("15.0 kV", "5.00 kV", "WD 8.2 mm", "x 2,500", "x 40.0k", "SE", "BSE", "HV", "spot 3.0", "Mag", "10 mm", "Det ETD", "2024-05-11", "HFW 12.8")


def make(rng, style):
    b = Board(rng, style, "none")
    painter, what = real.micrograph(rng, style.split) if style.real else textures.micrograph(rng, style.split, "electron" if style.split == "train" else None)
    tall = b.uniform(.06, .13)
    ground = b.add(el.picture(BACKGROUND, (0, 0, 1, 1), painter, what))
    over = b.over(ground)
    bar, pale = (0, 1 - tall, 1, 1), b.chance(.25)
    plate, ink = ((235, 235, 235), (10, 10, 10)) if pale else ((0, 0, 0) if b.chance(.7) else (30, 30, 40), (250, 250, 250))
    with b.group("data bar"):
        b.draw(PANEL, lambda pen: pen.box(bar, plate), "data bar")
        count, size = b.some(3, 6), min(tall * .42, .042)
        for k, v in enumerate(rng.choice(len(VALUES), count, replace=False)):
            b.text((.02 + .72 * k / count, 1 - tall / 2), VALUES[v], size, ink, "lm", "instrument data", width=.7 / count)
            if k and b.chance(.5):
                b.draw(MARK, lambda pen, x=.01 + .72 * k / count: pen.line([(x, 1 - tall), (x, 1)], ink, b.thin))
        x, w, n = .76, b.uniform(.1, .2), b.pick(0, 0, 10)

        def rule(pen) -> None:
            if n:
                for k in range(n + 1):
                    pen.line([(x + w * k / n, 1 - tall * .3), (x + w * k / n, 1 - tall * .55)], ink, .003)
            else:
                pen.line([(x, 1 - tall * .3), (x + w, 1 - tall * .3)], ink, .006)
                for u in (x, x + w):
                    pen.line([(u, 1 - tall * .45), (u, 1 - tall * .15)], ink, .004)
        b.draw(MARK, rule, "scale bar")
        b.text((x + w / 2, 1 - tall * .8), b.pick("1 µm", "500 nm", "2 µm", "10 µm", "200 nm") if style.split == "train" else b.pick("20 nm", "5 µm", "300 nm"), size, ink, "mm", "")
    hue = el.pointer_colour(rng, over)
    for _ in range(b.some(1, 5)):
        kind, c = b.pick("measure", "circle", "hairline", "box", "outline", "word"), hue if b.chance(.7) else mixed(hue, over.ground, .5)
        p, thin = (b.uniform(.08, .8), b.uniform(.08, .72)), b.uniform(.002, .006)
        q = (min(p[0] + b.uniform(.08, .3), .97), min(p[1] + b.uniform(-.06, .2), 1 - tall - .03))
        if kind == "measure":
            b.arrow([p, q], c, width=thin, kind=b.pick("open", "triangle", "bar"), both=True, what="measured line", head=.02)
            b.text(((p[0] + q[0]) / 2, (p[1] + q[1]) / 2 - .01), f"{rng.uniform(1, 300):.{b.some(0, 2)}f} {b.pick('nm', 'µm')}", b.size * .9, c, "mb", halo=(0, 0, 0) if b.chance(.2) else None)
        elif kind == "circle":
            r, dash = b.uniform(.03, .12), (.012, .01) if b.chance(.4) else ()
            b.draw(MARK, lambda pen, p=p, r=r, c=c, d=dash: pen.disc(p, r, None, c, thin, dash=d), "circle")
        elif kind == "hairline":
            b.draw(MARK, lambda pen, p=p, c=c: pen.line([(p[0], 0), (p[0], 1 - tall)] if p[1] > .4 else [(0, p[1]), (1, p[1])], c, .0025, (.01, .01) if thin > .004 else ()), "line")
        elif kind == "box":
            b.draw(MARK, lambda pen, p=p, q=q, c=c: pen.box((p[0], min(p[1], q[1]), q[0], max(p[1], q[1]) + .04), None, c, thin), "frame")
        elif kind == "outline":
            turn, r = np.linspace(0, 2 * np.pi, 14)[:-1], b.uniform(.05, .13) * (1 + rng.normal(0, .15, 13))
            points = [(p[0] + float(d) * np.cos(a), p[1] + float(d) * np.sin(a)) for a, d in zip(turn, r)]
            filled = b.chance(.4)
            b.draw(MARK, lambda pen, q=points, c=c, f=filled: pen.curve(q, c, thin, fill=None, closed=True), "outline")
            if filled:
                b.draw(SHAPE, lambda pen, q=points, c=c: pen.curve(q, fill=c, closed=True, alpha=.35), "coloured region")
        else:
            b.text(p, b.word(), b.size, c, "lm")
    if b.chance(.4):
        b.text((.02, .02), b.pick("A", "b", "(c)", "D", "1"), .075, readable(rng, over.ground), "lt", "panel letter")
    return f"An {what}" if what[0] in "aeiou" else f"A {what}", b.parts


TEMPLATES = (Template("micrograph", "electron with data bar", 1.2, make),)
