"""Translucent circles and ellipses that overlap, with counts in every part and names outside; over a page or a
picture."""

import numpy as np

from ...kit import BACKGROUND, SHAPE, Board, Template, el, mixed


def make(rng, style):
    on_picture = rng.random() < 0.12
    b = Board(rng, style, "none" if on_picture else None)
    style = b.style
    if on_picture:
        painter, what = el.photo_painter(rng, style)
        style = b.over(b.add(el.picture(BACKGROUND, (0, 0, 1, 1), painter, what)))
    count = b.pick(2, 2, 3, 3, 3, 4)
    hues, opacity, line = b.colours(count, 60), b.uniform(0.3, 0.8), b.chance(0.5)
    c0, r = (b.uniform(0.45, 0.55), b.uniform(0.46, 0.58)), b.uniform(0.19, 0.27)
    spread = r * b.uniform(0.5, 0.85)
    turn = b.uniform(0, 6.3) if count != 2 or b.chance(0.3) else 0
    centres = [
        (c0[0] + spread * np.cos(turn + k * 2 * np.pi / count), c0[1] + spread * np.sin(turn + k * 2 * np.pi / count))
        for k in range(count)
    ]
    outline_only = b.chance(0.12)
    with b.group("diagram"):
        for k, (p, c) in enumerate(zip(centres, hues)):
            own = r * b.uniform(0.75, 1.1) if b.chance(0.3) else r
            edge = c if outline_only else mixed(c, style.foreground, 0.5) if line else None
            b.draw(
                SHAPE,
                lambda pen, p=p, c=c, own=own, e=edge: pen.disc(
                    p, own, None if outline_only else c, e, b.thin * (2.5 if outline_only else 1)
                ),
                "translucent circle",
                1.0 if outline_only else opacity,
            )
        for k, p in enumerate(centres):
            d = np.array(p) - c0
            d = d / max(np.hypot(*d), 1e-6)
            own = tuple(np.array(p) + d * r * 0.45)
            b.text(own, str(b.some(3, 1400)), b.size * b.uniform(1, 1.4), what="count")
            name = tuple(np.clip(np.array(p) + d * r * 1.22, 0.06, 0.95))
            b.text(
                name,
                b.word(),
                b.size * 1.15,
                hues[k] if b.chance(0.3) and not on_picture else None,
                what="name of a set",
                width=0.3,
            )
            if count != 2 or k == 0:
                q = centres[(k + 1) % count]
                mid = (np.array(p) + q) / 2
                b.text(tuple(mid + (mid - c0) * (0.5 if count > 2 else 0)), str(b.some(1, 300)), b.size, what="count")
        if count > 2:
            b.text(c0, str(b.some(1, 99)) + b.pick("", "", "%"), b.size * 1.1, what="count")
    if b.chance(0.4):
        b.text((0.5, 0.055), style.phrase(rng, 1, 4), b.size * 1.5, what="title", width=0.94)
    if b.chance(0.25):
        b.arrow([(0.9, 0.9), tuple(np.array(c0) + 0.03)], style.foreground, width=0.005)
        b.text((0.9, 0.91), b.word(9), b.size, anchor="mt")
    return f"{('Two', 'Three', 'Four')[count - 2]} overlapping circles", b.parts


TEMPLATES = (Template("shapes", "sets", 1.0, make),)
