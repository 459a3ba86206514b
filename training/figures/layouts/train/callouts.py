"""A photograph with numbered discs, boxes of a detector with their names, leader lines to plates beside, and a plate with a list."""

from ...kit import BACKGROUND, BLACK, MARK, PANEL, SHAPE, WHITE, Board, Template, el, luminance, readable


def make(rng, style):
    beside = rng.random() < .4
    b = Board(rng, style, None if beside else "none")
    style = b.style
    box = (b.uniform(.2, .28), .04, b.uniform(.72, .8), .96) if beside else (0, 0, 1, 1)
    painter, what = el.photo_painter(rng, style) if b.chance(.75) else el.micrograph_painter(rng, style)
    picture = b.add(el.picture(PANEL if beside else BACKGROUND, box, painter, what))
    over, thin = b.over(picture), b.uniform(.003, .009)
    hues = b.colours(4, 0)
    inside = lambda m=.08: (b.uniform(box[0] + m * (box[2] - box[0]), box[2] - m * (box[2] - box[0])), b.uniform(box[1] + m, box[3] - m))
    if b.chance(.4) or (not beside and b.chance(.3)):
        for k in range(b.some(1, 4)):   # what a detector finds
            p, c = inside(.1), hues[k % 4]
            w, h = (box[2] - box[0]) * b.uniform(.15, .4), b.uniform(.12, .4)
            q = (p[0], p[1], min(p[0] + w, box[2] - .01), min(p[1] + h, box[3] - .01))
            with b.group("detection"):
                b.draw(MARK, lambda pen, q=q, c=c: pen.box(q, None, c, thin * 1.3), "frame")
                string, size = f"{b.word(9)} {rng.uniform(.5, 1):.2f}" if b.chance(.6) else b.word(9), b.size * .85
                plate = (q[0], q[1] - size * 1.35, q[0] + len(string) * size * .58 + .012, q[1])
                if plate[1] > 0:
                    b.draw(SHAPE, lambda pen, q=plate, c=c: pen.box(q, c), "tag")
                    b.text((plate[0] + .006, (plate[1] + plate[3]) / 2), string, size, WHITE if luminance(c) < .55 else BLACK, "lm", width=plate[2] - plate[0])
    if beside:
        for side in range(2):
            for k in range(b.some(1, 3)):
                y, t = .12 + .28 * k + b.uniform(0, .08), inside(.12)
                c, x = b.pick(style.ink, hues[0]), (.01, box[2] + .02)[side]
                plate, fill = (x, y, x + .16, y + .09), b.soft(hues[k % 4], .75)
                with b.group("call-out"):
                    if b.chance(.6):
                        b.draw(SHAPE, lambda pen, q=plate, f=fill, c=c: pen.box(q, f, c if b.thin > .004 else None, b.thin, .015), "plate", shadow=.006 if b.thin > .005 else 0)
                    b.text(((plate[0] + plate[2]) / 2, y + .045), b.word(), b.size, width=.15)
                    start = (plate[2 - 2 * side], y + .045)
                    b.arrow([start, t], el.pointer_colour(rng, over) if b.chance(.5) else c, width=thin, kind=b.pick("dot", "none", "triangle", "open"), what="leader line")
    else:
        number = b.chance(.5)
        for k in range(b.some(2, 6)):
            at, c = inside(), hues[k % 4] if not number else hues[0]
            with b.group("call-out"):
                if number:
                    r = b.size * .8
                    b.draw(SHAPE, lambda pen, p=at, c=c, r=r: pen.disc(p, r, c, WHITE if luminance(c) < .7 else BLACK, b.thin), "numbered disc", shadow=.005 if b.thin > .005 else 0)
                    b.text(at, str(k + 1), b.size, WHITE if luminance(c) < .55 else BLACK, what="number")
                else:
                    t, ink = inside(.15), el.pointer_colour(rng, over)
                    b.text(at, b.word(), b.size * b.uniform(.9, 1.5), ink, "mb", halo=BLACK if luminance(ink) > .5 and b.chance(.3) else None)
                    b.draw(MARK, lambda pen, p=at, t=t, c=ink: (pen.line([(p[0], p[1] + .008), t], c, thin), pen.disc(t, thin * 1.8, c)), "leader line")
        if number and b.chance(.5):
            n, size = b.some(2, 4), b.size
            x = b.pick(.02, .68)
            plate = (x, .97 - n * size * 1.5 - .03, x + .3, .97)
            with b.group("legend"):
                b.draw(SHAPE, lambda pen: pen.box(plate, WHITE, None, 0, .01), "plate", opacity=b.pick(1., .8, .6))
                for k in range(n):
                    b.text((x + .02, plate[1] + .015 + size * 1.5 * (k + .5)), f"{k + 1}  {b.word(10)}", size, BLACK, "lm", width=.27)
    if b.chance(.3) and not beside:
        bar, fill = (0, b.pick(0, .86), 1, 0), b.pick(BLACK, style.colour(rng), WHITE)
        bar = (0, bar[1], 1, bar[1] + .14)
        b.draw(SHAPE, lambda pen: pen.box(bar, fill), "bar", opacity=b.pick(1., .6, .45))
        b.text((.5, bar[1] + .07), style.phrase(rng, 2, 4), .06, readable(rng, fill), what="title", width=.92)
    return f"A {what} with call-outs", b.parts


TEMPLATES = (Template("photo", "call-outs", 1.5, make),)
