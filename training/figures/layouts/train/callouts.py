"""A photograph with numbered discs, boxes of a detector with their names, leader lines to plates beside, and a
plate with a list."""

from ...kit import BACKGROUND, BLACK, MARK, PANEL, SHAPE, WHITE, Board, Template, el, luminance, readable


def make(rng, style):
    beside = rng.random() < 0.4
    b = Board(rng, style, None if beside else "none")
    style = b.style
    box = (b.uniform(0.2, 0.28), 0.04, b.uniform(0.72, 0.8), 0.96) if beside else (0, 0, 1, 1)
    painter, what = el.photo_painter(rng, style) if b.chance(0.75) else el.micrograph_painter(rng, style)
    picture = b.add(el.picture(PANEL if beside else BACKGROUND, box, painter, what))
    over, thin = b.over(picture), b.uniform(0.003, 0.009)
    hues = b.colours(4, 0)
    inside = lambda m=0.08: (
        b.uniform(box[0] + m * (box[2] - box[0]), box[2] - m * (box[2] - box[0])),
        b.uniform(box[1] + m, box[3] - m),
    )
    if b.chance(0.4) or (not beside and b.chance(0.3)):
        for k in range(b.some(1, 4)):  # what a detector finds
            p, c = inside(0.1), hues[k % 4]
            w, h = (box[2] - box[0]) * b.uniform(0.15, 0.4), b.uniform(0.12, 0.4)
            q = (p[0], p[1], min(p[0] + w, box[2] - 0.01), min(p[1] + h, box[3] - 0.01))
            with b.group("detection"):
                b.draw(MARK, lambda pen, q=q, c=c: pen.box(q, None, c, thin * 1.3), "frame")
                string, size = f"{b.word(9)} {rng.uniform(.5, 1):.2f}" if b.chance(0.6) else b.word(9), b.size * 0.85
                plate = (q[0], q[1] - size * 1.35, q[0] + len(string) * size * 0.58 + 0.012, q[1])
                if plate[1] > 0:
                    b.draw(SHAPE, lambda pen, q=plate, c=c: pen.box(q, c), "tag")
                    b.text(
                        (plate[0] + 0.006, (plate[1] + plate[3]) / 2),
                        string,
                        size,
                        WHITE if luminance(c) < 0.55 else BLACK,
                        "lm",
                        width=plate[2] - plate[0],
                    )
    if beside:
        for side in range(2):
            for k in range(b.some(1, 3)):
                y, t = 0.12 + 0.28 * k + b.uniform(0, 0.08), inside(0.12)
                c, x = b.pick(style.foreground, hues[0]), (0.01, box[2] + 0.02)[side]
                plate, fill = (x, y, x + 0.16, y + 0.09), b.soft(hues[k % 4], 0.75)
                with b.group("call-out"):
                    if b.chance(0.6):
                        b.draw(
                            SHAPE,
                            lambda pen, q=plate, f=fill, c=c: pen.box(
                                q, f, c if b.thin > 0.004 else None, b.thin, 0.015
                            ),
                            "plate",
                            shadow=0.006 if b.thin > 0.005 else 0,
                        )
                    b.text(((plate[0] + plate[2]) / 2, y + 0.045), b.word(), b.size, width=0.15)
                    start = (plate[2 - 2 * side], y + 0.045)
                    b.arrow(
                        [start, t],
                        el.pointer_colour(rng, over) if b.chance(0.5) else c,
                        width=thin,
                        kind=b.pick("dot", "none", "triangle", "open"),
                        what="leader line",
                    )
    else:
        number = b.chance(0.5)
        for k in range(b.some(2, 6)):
            at, c = inside(), hues[k % 4] if not number else hues[0]
            with b.group("call-out"):
                if number:
                    r = b.size * 0.8
                    b.draw(
                        SHAPE,
                        lambda pen, p=at, c=c, r=r: pen.disc(p, r, c, WHITE if luminance(c) < 0.7 else BLACK, b.thin),
                        "numbered disc",
                        shadow=0.005 if b.thin > 0.005 else 0,
                    )
                    b.text(at, str(k + 1), b.size, WHITE if luminance(c) < 0.55 else BLACK, what="number")
                else:
                    t, foreground = inside(0.15), el.pointer_colour(rng, over)
                    b.text(
                        at,
                        b.word(),
                        b.size * b.uniform(0.9, 1.5),
                        foreground,
                        "mb",
                        halo=BLACK if luminance(foreground) > 0.5 and b.chance(0.3) else None,
                    )
                    b.draw(
                        MARK,
                        lambda pen, p=at, t=t, c=foreground: (
                            pen.line([(p[0], p[1] + 0.008), t], c, thin),
                            pen.disc(t, thin * 1.8, c),
                        ),
                        "leader line",
                    )
        if number and b.chance(0.5):
            n, size = b.some(2, 4), b.size
            x = b.pick(0.02, 0.68)
            plate = (x, 0.97 - n * size * 1.5 - 0.03, x + 0.3, 0.97)
            with b.group("legend"):
                b.draw(SHAPE, lambda pen: pen.box(plate, WHITE, None, 0, 0.01), "plate", opacity=b.pick(1.0, 0.8, 0.6))
                for k in range(n):
                    b.text(
                        (x + 0.02, plate[1] + 0.015 + size * 1.5 * (k + 0.5)),
                        f"{k + 1}  {b.word(10)}",
                        size,
                        BLACK,
                        "lm",
                        width=0.27,
                    )
    if b.chance(0.3) and not beside:
        bar, fill = (0, b.pick(0, 0.86), 1, 0), b.pick(BLACK, style.colour(rng), WHITE)
        bar = (0, bar[1], 1, bar[1] + 0.14)
        b.draw(SHAPE, lambda pen: pen.box(bar, fill), "bar", opacity=b.pick(1.0, 0.6, 0.45))
        b.text((0.5, bar[1] + 0.07), style.phrase(rng, 2, 4), 0.06, readable(rng, fill), what="title", width=0.92)
    return f"A {what} with call-outs", b.parts


TEMPLATES = (Template("photo", "call-outs", 1.5, make),)
