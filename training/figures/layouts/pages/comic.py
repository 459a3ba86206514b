"""Panels of a comic with balloons, captions and shouts, or one picture with balloons."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import ALL, BLACK, WHITE, Rng, Role
from ...icons import icon
from ...style import Style, readable
from ...templates import Parts, Template, cells, divided, inside, middle, shrink
from .pieces import any_picture, apart, balloon, filled_box, new_page, star, tilted_text


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    strip = rng.random() < .75
    page = new_page(rng, style, "tint gradient")
    if strip:
        gap = float(rng.uniform(.012, .04))
        boxes = divided(rng, shrink(ALL, *rng.uniform(.02, .05, 4)), gap, int(rng.integers(1, 4))) if rng.random() < .6 else cells(*((1, 2), (1, 3),
            (2, 2), (3, 1), (2, 1))[rng.integers(5)], (.03, .03, .97, .97), gap)
        parts, line, width = [page.background], page.foreground, float(rng.uniform(.005, .016))
    else:
        painter, what = any_picture(rng, style, .15)
        boxes, parts = [ALL], [el.picture(Role.BACKGROUND, ALL, painter, what)]
    for box in boxes:
        w, h = box[2] - box[0], box[3] - box[1]
        if strip:
            kind, base, second = str(rng.choice(["photo", "flat", "graded", "rays", "dots"])), el.mixed(style.colour(rng), WHITE,
                float(rng.uniform(0, .4))), style.colour(rng)
            if kind == "photo":
                parts.append(el.picture(Role.PANEL, box, *any_picture(rng, style, .2)))
            elif kind == "graded":
                parts.append(el.picture(Role.PANEL, box, el.gradient(rng, base, second), "panel"))
            else:
                n, turn, at = int(rng.integers(8, 18)), float(rng.random()), (.5, float(rng.uniform(.4, 1)))

                def paint(pw: int, ph: int, kind=kind, base=base, second=second, n=n, turn=turn, at=at) -> np.ndarray:
                    x, y = np.linspace(0, 1, pw)[None] - at[0], np.linspace(0, 1, ph)[:, None] - at[1]
                    if kind == "flat":
                        return np.broadcast_to(el.unit(base), (ph, pw, 3))
                    if kind == "rays":
                        on = np.clip(np.sin(np.arctan2(y, x) * n + turn * 6) * 6 + .5, 0, 1)
                    else:   # raster dots that grow downwards
                        u = x * n * pw / max(pw, ph), y * n * ph / max(pw, ph)
                        on = np.clip(((y + at[1]) * .5 - np.hypot(u[0] % 1 - .5, u[1] % 1 - .5)) * 6 + .5, 0, 1)
                    return el.unit(base) + on[..., None] * (el.unit(second) - el.unit(base))
                parts.append(el.picture(Role.PANEL, box, paint, "panel"))
            parts.append(el.vector(Role.MARK, lambda pen, b=box: pen.box(b, None, line, width), ""))
        mouths = []
        for _ in range(int(rng.integers(0, 3))):
            at, r = (box[0] + w * float(rng.uniform(.2, .8)), box[1] + h * float(rng.uniform(.55, .8))), min(w, h) * float(rng.uniform(.12, .24))
            mouths.append(at)
            if rng.random() < .5:
                parts.append(icon(rng, style, at, r))
            else:   # a face
                skin, hair = apart(rng, style, base if strip else (128, 128, 128), 100), style.colour(rng)

                def face(pen: PillowPen, at=at, r=r, skin=skin, hair=hair) -> None:
                    pen.dot(at, r * 1.06, BLACK)
                    pen.dot(at, r, hair)
                    pen.sector(at, r, -20, 200, skin)
                    for s in (-.36, .36):
                        pen.dot(pen.round(at, r, [(s, .0)])[0], r * .13, BLACK)
                    pen.line(pen.round(at, r, [(-.4, .4), (-.15, .55), (.15, .55), (.4, .4)]), BLACK, r * .09)
                parts.append(el.vector(Role.SHAPE, face, "cartoon face"))
        if rng.random() < .8 or not strip:
            several = 1 if strip else int(rng.integers(1, 4))
            for k in range(several):
                bw, bh = w * float(rng.uniform(.4, .75)) * (1 if strip else .75), h * float(rng.uniform(.22, .36)) / (1 if several < 3 else 1.4)
                x, y = box[0] + float(rng.uniform(.04, .96)) * (w - bw), box[1] + h * (float(rng.uniform(.04,
                    .14)) if strip else .03 + (.86 if several > 1 else .5) / several * (k + float(rng.uniform(0, .15))))
                tip = mouths[0] if mouths else inside(rng, (box[0], y + bh, box[2], box[3]), .25)
                tip = (tip[0], max(tip[1] - h * .12, y + bh + .03) if strip or several == 1 else y + bh + .06)
                fill = WHITE if rng.random() < .75 else apart(rng, style, (128, 128, 128))
                parts += balloon(rng, style, (x, y, x + bw, y + bh), tip, fill, BLACK if rng.random() < .8 else None)
        elif rng.random() < .6:
            at, fill = inside(rng, box, .35), apart(rng, style, base, 200)
            r, n = min(w, h) * float(rng.uniform(.3, .42)), int(rng.integers(9, 15))
            parts.append(el.vector(Role.SHAPE, lambda pen, a=at, r=r, n=n, f=fill: (pen.polygon(pen.round(a, r * 1.1, star(n, .6)), BLACK),
                pen.polygon(pen.round(a, r, star(n, .6)), f)), "burst"))
            parts.append(tilted_text(style, at, (0, 0), float(rng.uniform(-20, 20)), style.word(rng).upper() + "!", r * .6, readable(rng, fill),
                                      width=r * 1.2))
        if strip and rng.random() < .3:
            box_ = (box[0] + .015, box[3] - .085, box[0] + w * float(rng.uniform(.5, .95)), box[3] - .015)
            parts.append(filled_box(box_, (255, 246, 190) if rng.random() < .6 else WHITE, what="caption box", edge=BLACK, width=.005))
            parts.append(el.text(style, middle(box_), style.phrase(rng, 2, 4) if w > .35 else style.word(rng), .038, BLACK,
                                 width=(box_[2] - box_[0]) * .9))
    return f"A comic of {len(boxes)} panels" if strip else "A picture with speech balloons", parts


TEMPLATES = (Template("panels", "comic", .9, make),)
