"""Words on a picture: a dark fade below, a tinted veil, blocks of small text, large letters, logos, buttons; as
covers, banners and slides have it."""

import numpy as np

from ...kit import ALL, BACKGROUND, BLACK, MARK, SHAPE, WHITE, Board, Template, el, frozen, readable
from ...canvas import Patch


def make(rng, style):
    b = Board(rng, style, "none")
    painter, what = (el.photo_painter if b.chance(0.75) else el.micrograph_painter)(rng, style)
    background = b.add(el.picture(BACKGROUND, ALL, painter, what))
    over = b.over(background)
    kind = b.pick("fade", "veil", "column", "band", "none", "circle")
    tone = b.pick(BLACK, BLACK, WHITE, style.colour(rng), style.colour(rng))
    foreground = readable(rng, tone) if kind != "none" else el.pointer_colour(rng, over)
    area = (0.06, 0.1, 0.94, 0.9)
    if kind == "fade":
        deep = b.uniform(0.45, 0.75)

        def fade(frame):
            h, w = frame.height, frame.width
            rgba = np.zeros((h, w, 4), np.float32)
            a = np.clip((np.linspace(0, 1, h) - (1 - deep)) / deep, 0, 1) * 0.92
            rgba[..., 3] = a[:, None]
            rgba[..., :3] = el.unit(tone) * rgba[..., 3:]
            return Patch(0, 0, rgba)

        b.add(el.Element(SHAPE, frozen(fade), "fade"))
        area = (0.06, 0.62, 0.94, 0.95)
    elif kind == "veil":
        b.draw(SHAPE, lambda pen: pen.box(ALL, tone), "veil", opacity=b.uniform(0.3, 0.65))
    elif kind in ("column", "band"):
        q = (0, 0, b.uniform(0.35, 0.5), 1) if kind == "column" else (0, b.pick(0.08, 0.6), 1, 0)
        q = q if kind == "column" else (0, q[1], 1, q[1] + b.uniform(0.22, 0.34))
        b.draw(SHAPE, lambda pen: pen.box(q, tone), "bar", opacity=b.pick(1.0, 0.8, 0.6))
        area = (q[0] + 0.04, q[1] + 0.04, q[2] - 0.03, q[3] - 0.03)
    elif kind == "circle":
        r = b.uniform(0.25, 0.36)
        b.draw(
            SHAPE,
            lambda pen, e=foreground if b.chance(0.3) else None: pen.disc((0.5, 0.5), r, tone, e, 0.006),
            "disc",
            opacity=b.pick(1.0, 0.85, 0.7),
            shadow=0.015 if b.thin > 0.005 else 0,
        )
        area = (0.5 - r * 0.8, 0.5 - r * 0.5, 0.5 + r * 0.8, 0.5 + r * 0.5)
    x0, y0, x1, y1 = area
    left = b.chance(0.5) and kind != "circle"
    x, anchor = (x0, "lm") if left else ((x0 + x1) / 2, "mm")
    y, w = y0 + 0.02, x1 - x0
    big = min(b.uniform(0.06, 0.12), w * 0.2)
    with b.group("block"):
        for k in range(b.some(1, 2)):
            if y + big > y1:
                break
            shade = b.chance(0.2)
            words = style.phrase(rng, 1, 3)
            b.text(
                (x, y + big * 0.5),
                words.upper() if b.chance(0.25) and words.isascii() else words,
                big,
                foreground,
                anchor,
                "title",
                width=w,
                halo=readable(rng, foreground) if shade and kind == "none" else None,
            )
            y += big * 1.25
    small = b.uniform(0.022, 0.038)
    if b.chance(0.5) and y + 0.04 < y1:
        b.draw(
            MARK,
            lambda pen, y=y, c=style.colour(rng) if b.thin > 0.005 else foreground, w=w, t=b.uniform(0.003, 0.01): pen.line(
                [(x if left else x - w * 0.12, y + 0.012), (x + w * 0.24 if left else x + w * 0.12, y + 0.012)], c, t
            ),
            "line",
        )
        y += 0.03
    if b.chance(0.75):
        with b.group("block"):
            while y + small * 1.5 < y1 and b.chance(0.85):
                b.text((x, y + small * 0.8), style.phrase(rng, 3, 7), small, foreground, anchor, "", width=w)
                y += small * 1.5
    if b.chance(0.35) and y + 0.08 < y1 + 0.04:
        q = (x if left else x - 0.12, y + 0.015, x + 0.24 if left else x + 0.12, y + 0.015 + small * 2.2)
        c = style.strong(rng)
        with b.group("button"):
            b.draw(
                SHAPE,
                lambda pen, t=b.pick(0, 0.012, 0.04): pen.box(q, c, None, 0, t),
                "button",
                shadow=0.006 if b.chance(0.2) else 0,
            )
            b.text(((q[0] + q[2]) / 2, (q[1] + q[3]) / 2), b.word(), small, readable(rng, c), width=0.2)
    for _ in range(b.some(0, 2)):
        b.icon((b.pick(0.08, 0.92), b.pick(0.08, 0.92)), b.uniform(0.03, 0.06), colour=foreground)
    if b.chance(0.3):
        b.text((0.97, 0.03), b.word(), small, el.pointer_colour(rng, over), "rt", "")
    return f"A {what} with words on it", b.parts


TEMPLATES = (Template("poster", "words on a picture", 1.6, make),)
