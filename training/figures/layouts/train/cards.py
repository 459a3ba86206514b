"""Cards with shadows and round corners, pictures at their heads, buttons, tags, stars and small text; as web pages
and telephones show."""

import numpy as np

from ...kit import MARK, PANEL, SHAPE, Board, Template, cells, el, frozen, mixed, readable
from ...canvas import Frame, PillowPen


def make(rng, style):
    b = Board(rng, style)
    style, hues = b.style, b.colours(3, 60)
    boxes = cells(
        *b.pick((1, 2), (1, 3), (2, 2), (2, 3), (1, 1), (3, 1)),
        (0.05, 0.1 if b.chance(0.5) else 0.05, 0.95, 0.95),
        b.uniform(0.03, 0.06),
    )
    radius, shadow, face = (
        b.pick(0, 0.015, 0.03),
        b.pick(0, 0.006, 0.014),
        mixed(style.background, (255, 255, 255) if not style.dark else (90, 90, 100), 0.6),
    )
    if boxes[0][1] > 0.08:
        b.text((0.05, 0.05), b.word(), b.size * 1.5, anchor="lm", what="title", width=0.5)
        b.draw(
            MARK,
            lambda pen: [
                pen.line([(0.91, 0.035 + 0.014 * k), (0.95, 0.035 + 0.014 * k)], style.foreground, 0.004) for k in range(3)
            ],
            "menu",
        )
    for q in boxes:
        w, h, c, size = (
            q[2] - q[0],
            q[3] - q[1],
            hues[b.some(0, 2)],
            min(b.size, (q[3] - q[1]) * 0.09, (q[2] - q[0]) * 0.12),
        )
        with b.group("card"):
            b.draw(
                PANEL,
                lambda pen: pen.box(
                    q, face, mixed(face, style.foreground, 0.2) if not shadow or b.thin < 0.004 else None, 0.003, radius
                ),
                "card",
                shadow=shadow,
            )
            y = q[1]
            if b.chance(0.7):
                head = (q[0], q[1], q[2], q[1] + h * b.uniform(0.3, 0.5))
                painter, what = el.photo_painter(rng, style) if b.chance(0.7) else el.micrograph_painter(rng, style)

                def art(frame: Frame):
                    pen = PillowPen(frame)
                    pen.box(head, (0, 0, 0), radius=radius)
                    patch = pen.patch()
                    return patch.shaded(painter) if min(patch.rgba.shape[:2]) > 1 else patch

                b.add(el.Element(SHAPE, frozen(art), what))
                y = head[3]
                if b.chance(0.4):
                    tag = (q[0] + w * 0.05, q[1] + h * 0.04, q[0] + w * 0.4, q[1] + h * 0.04 + size * 1.5)
                    b.draw(MARK, lambda pen: pen.box(tag, c, None, 0, 0.008), "tag")
                    b.text(
                        ((tag[0] + tag[2]) / 2, (tag[1] + tag[3]) / 2),
                        b.word(8),
                        size * 0.85,
                        readable(rng, c),
                        width=w * 0.32,
                    )
            elif b.chance(0.6):
                b.icon((q[0] + w * 0.2, y + h * 0.2), min(w, h) * 0.12, colour=c)
                y += h * 0.32
            y += size * 0.6
            b.text(
                (q[0] + w * 0.06, y + size * 0.6),
                style.phrase(rng, 1, 3),
                size * 1.2,
                readable(rng, face),
                "lm",
                "heading",
                width=w * 0.88,
            )
            y += size * 1.8
            with b.group("block"):
                while y < q[3] - size * 3.4:
                    b.text(
                        (q[0] + w * 0.06, y + size * 0.5),
                        style.phrase(rng, 3, 5),
                        size * 0.82,
                        mixed(readable(rng, face), face, 0.3),
                        "lm",
                        "",
                        width=w * 0.86,
                    )
                    y += size * 1.25
            if b.chance(0.6) and y < q[3] - size * 1.6:
                button, filled = (q[0] + w * 0.06, q[3] - size * 2.3, q[0] + w * 0.5, q[3] - size * 0.6), b.chance(0.6)
                with b.group("button"):
                    b.draw(SHAPE, lambda pen: pen.box(button, c if filled else None, c, 0.004, b.size * 0.5), "button")
                    b.text(
                        ((button[0] + button[2]) / 2, (button[1] + button[3]) / 2),
                        b.word(8),
                        size * 0.9,
                        readable(rng, c if filled else face),
                        width=w * 0.4,
                    )
            if b.chance(0.4):
                lit = b.some(1, 5)
                b.draw(
                    MARK,
                    lambda pen: [
                        pen.polygon(
                            pen.round(
                                (q[2] - w * 0.08 - k * size * 0.9, q[3] - size * 1.4),
                                size * 0.42,
                                [
                                    (
                                        (1 if j % 2 == 0 else 0.45) * np.sin(j * np.pi / 5),
                                        -(1 if j % 2 == 0 else 0.45) * np.cos(j * np.pi / 5),
                                    )
                                    for j in range(10)
                                ],
                            ),
                            (245, 180, 40) if k >= 5 - lit else mixed(face, style.foreground, 0.2),
                        )
                        for k in range(5)
                    ],
                    "stars",
                )
    return f"{len(boxes)} cards" if len(boxes) > 1 else "A card", b.parts


TEMPLATES = (Template("slide", "cards", 1.0, make),)
