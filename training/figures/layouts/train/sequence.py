"""Who says what to whom in time: heads in a row, broken lines downwards, bars where one is at work, arrows with words
between, frames with a label in their corner, folded notes; now and then upright lanes of steps instead."""

from ...kit import MARK, PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style)
    style, n, steps = b.style, b.some(2, 6), b.some(3, 12)
    xs = [0.08 + 0.84 * (k + 0.5) / n for k in range(n)]
    top, low = b.uniform(0.12, 0.18), b.uniform(0.88, 0.96)
    wide, tall, hues = min(0.84 / n * 0.8, 0.2), b.uniform(0.06, 0.09), b.colours(n)
    if b.chance(0.4):
        hues = [hues[0]] * n
    edge, radius = b.pick(None, style.foreground, mixed(style.foreground, style.background, 0.4)), b.pick(0, 0, 0.01, 0.03)
    lane, soft, pillow = b.chance(0.25), b.chance(0.5), b.chance(0.4)
    if lane:
        for k, x in enumerate(xs):
            area = (x - 0.42 / n, top - tall - 0.02, x + 0.42 / n, 0.985)
            c = b.soft(hues[k] if b.chance(0.5) else style.foreground, 0.88)
            if k % 2 == 0 or soft:
                b.draw(PANEL, lambda pen: pen.box(area, c), "lane")
    dash = b.pick((0.012, 0.008), (0.004, 0.006), ())
    grey = mixed(style.foreground, style.background, b.uniform(0, 0.5))
    pitch = (low - top - 0.06) / steps
    size = min(b.size, pitch * 0.6)
    for k, x in enumerate(xs):
        with b.group("participant"):
            b.draw(MARK, lambda pen: pen.line([(x, top), (x, low)], grey, b.thin, dash), "life line" if k == 0 else "")
            own = b.pick("box", "box", "box", "icon", "thing")
            for y in (top - tall / 2, low + tall / 2) if low < 0.9 and n < 5 else (top - tall / 2,):
                if own == "box":
                    head, c = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2), (
                        b.soft(hues[k], 0.75) if soft else hues[k]
                    )
                    if pillow:
                        b.draw_pillow(
                            SHAPE,
                            lambda pen: pen.box(head, c, edge, 0.004, radius),
                            "head",
                            shadow=0.008 if edge is None and b.chance(0.3) else 0.0,
                        )
                    else:
                        fill = b.shade(head, c) if b.chance(0.15) else c
                        b.draw(SHAPE, lambda pen: pen.box(head, fill, edge, b.thin, radius), "head")
                    b.text((x, y), b.word(10), b.size, readable(rng, c), width=wide * 0.9)
                else:
                    (b.icon if own == "icon" else b.thing)(
                        (x, y - tall * 0.15), tall * (0.45 if own == "icon" else 0.95)
                    )
    busy, fill = b.uniform(0.008, 0.02), b.pick(style.background, hues[0], mixed(hues[0], style.background, 0.5))
    for k in range(n):
        for _ in range(b.pick(0, 1, 1, 2)):
            a = top + 0.03 + pitch * b.some(0, max(steps - 3, 0))
            z, x = min(a + pitch * b.uniform(1, 4), low - 0.01), xs[k]
            bar = (x - busy, a, x + busy, z)
            b.draw(SHAPE, lambda pen: pen.box(bar, fill, style.foreground, b.thin), "bar")
    head = b.pick("triangle", "open", "stealth")
    for j in range(steps):
        y = top + 0.05 + pitch * (j + 0.4)
        i, k = b.some(0, n - 1), b.some(0, n - 1)
        k = k if b.chance(0.4) else min(max(i + b.pick(-1, 1), 0), n - 1)
        c = b.pick(style.foreground, style.foreground, grey, hues[i])
        with b.group("message"):
            if i == k:
                x, w = xs[i] + busy, min(0.3 / n, 0.09)
                b.arrow(
                    [
                        (x, y - pitch * 0.1),
                        (x + w, y - pitch * 0.1),
                        (x + w, y + pitch * 0.35),
                        (x + 0.003, y + pitch * 0.35),
                    ],
                    c,
                    width=b.thin * 1.2,
                    kind=head,
                    head=0.018,
                )
                b.text((x + w + 0.008, y + pitch * 0.1), b.word(8), size, anchor="lm", width=0.84 / n * 0.5)
            else:
                s = 1 if xs[k] > xs[i] else -1
                back = b.chance(0.35)
                b.arrow(
                    [(xs[i] + s * busy, y), (xs[k] - s * busy, y)],
                    c,
                    width=b.thin * 1.2,
                    kind=head,
                    head=0.018,
                    dash=(0.012, 0.008) if back else (),
                )
                word = f"{j + 1}: {b.word(9)}" if b.chance(0.3) else b.word(12)
                b.text(
                    ((xs[i] + xs[k]) / 2, y - 0.006),
                    word,
                    size,
                    c if b.chance(0.3) else style.foreground,
                    "mb",
                    halo=style.background if abs(i - k) > 1 and b.chance(0.5) else None,
                    width=abs(xs[i] - xs[k]) * 0.85,
                )
    for _ in range(b.pick(0, 1, 1, 2)):
        a = top + 0.03 + pitch * b.some(0, max(steps - 3, 0))
        i = b.some(0, n - 1)
        k = b.some(i, n - 1)
        frame = (xs[i] - 0.36 / n - 0.01, a, xs[k] + 0.36 / n + 0.01, min(a + pitch * b.uniform(2, 4), low - 0.005))
        tag = [
            (frame[0], a),
            (frame[0] + 0.09, a),
            (frame[0] + 0.09, a + size * 0.8),
            (frame[0] + 0.075, a + size * 1.4),
            (frame[0], a + size * 1.4),
        ]
        tint = b.soft(b.pick(*hues), 0.85)
        with b.group("frame"):
            if b.chance(0.5):
                b.draw(PANEL, lambda pen: pen.box(frame, tint), "tinted part")
            chosen = b.pick((), (), (0.01, 0.008))
            b.draw(MARK, lambda pen: pen.box(frame, None, grey, b.thin, dash=chosen), "frame")
            b.draw(SHAPE, lambda pen: pen.polygon(tag, style.background, grey, b.thin), "label")
            b.text((frame[0] + 0.04, a + size * 0.7), b.pick("alt", "loop", "opt", "par"), size * 0.9, what="")
    if b.chance(0.35):
        x, y = xs[b.some(0, n - 1)], b.uniform(top + 0.08, low - 0.15)
        w, h, f = 0.18, size * 3.4, 0.025
        note = [(x, y), (x + w - f, y), (x + w, y + f), (x + w, y + h), (x, y + h)]
        c = b.pick((255, 245, 170), mixed(style.colour(rng), (255, 255, 255), 0.6))
        with b.group("note"):
            b.draw(
                SHAPE,
                lambda pen: (
                    pen.polygon(note, c, (90, 90, 80), b.thin),
                    pen.line([(x + w - f, y), (x + w - f, y + f), (x + w, y + f)], (90, 90, 80), b.thin),
                ),
                "note",
            )
            for k in range(2):
                b.text(
                    (x + 0.012, y + size * (0.9 + 1.4 * k)),
                    style.phrase(rng, 1, 3),
                    size * 0.9,
                    (30, 30, 30),
                    "lm",
                    width=w - f - 0.02,
                )
    return "Messages in time", b.parts


TEMPLATES = (Template("diagram", "sequence", 1.0, make),)
