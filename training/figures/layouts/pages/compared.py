"""One picture before and after on both sides of a slider, or a picture with a watermark right across it."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import Frame, PillowPen, Patch, Point
from ...elements import ALL, BLACK, WHITE, Element, Rng, Role
from ...style import Style, luminance, readable
from ...templates import Parts, Template, cells, middle, pointers, shrink, sub_box
from .pieces import any_picture, apart, mean_colour, new_page


def _tilted(what: Element, angle: float) -> Element:
    def draw(frame: Frame) -> Patch:
        patch = what.draw(frame)
        return patch.turned(angle) if patch.rgba.size and angle else patch
    return replace(what, draw=draw, bare=None)


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    painter, what = any_picture(rng, style, .35)
    other, on = any_picture(rng, style, .35)[0], replace(style, backdrop=mean_colour(painter))
    page, parts, area = new_page(rng, style, "tint gradient texture"), [], ALL
    if rng.random() < .45:
        area = shrink(ALL, *rng.uniform(.03, .12, 4))
        parts = [page.background]
    role = Role.PANEL if parts else Role.BACKGROUND
    parts.append(el.picture(role, area, painter, what))
    x0, y0, x1, y1 = area
    if rng.random() < .5:
        upright, tone = rng.random() < .75, style.colour(rng)
        at = float(rng.uniform(.3, .7))
        second = (x0 + (x1 - x0) * at, y0, x1, y1) if upright else (x0, y0 + (y1 - y0) * at, x1, y1)
        effect = str(rng.choice(["grey", "tint", "negative", "dim", "other"]))

        def paint(w: int, h: int) -> np.ndarray:
            if effect == "other":
                return other(w, h)
            pw, ph = (round(w / (1 - at)), h) if upright else (w, round(h / (1 - at)))
            rgb = np.clip(np.broadcast_to(painter(pw, ph), (ph, pw, 3)), 0, 1)[-h:, -w:]
            grey = rgb.mean(-1, keepdims=True)
            return {"grey": grey * np.ones(3), "tint": grey * (.35 + el.unit(tone)), "negative": 1 - rgb, "dim": .15 + rgb * .45}[effect]
        parts.append(el.picture(Role.PANEL, second, paint, "second picture"))
        line, width, r = WHITE if rng.random() < .6 else el.pointer_colour(rng, on), float(rng.uniform(.006, .02)), float(rng.uniform(.03, .07))
        a, b = ((second[0], y0), (second[0], y1)) if upright else ((x0, second[1]), (x1, second[1]))
        parts.append(el.vector(Role.MARK, lambda pen: pen.line([a, b], line, width), "slider line"))
        if rng.random() < .75:
            mid, dark, turn = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), readable(rng, line), 0.0 if upright else np.pi / 2

            def handle(pen: PillowPen) -> None:
                pen.dot(mid, r, line)
                for k in (-1, 1):
                    pen.polygon(pen.round(mid, r, [(k * .75, 0), (k * .3, -.35), (k * .3, .35)], turn), dark)
            parts.append(el.vector(Role.MARK, handle, "round handle", shadow=.01 if rng.random() < .4 else 0))
        foot = y1 - .08 if rng.random() < .5 else y0 + .08
        places = [(x0 + (second[0] - x0) / 2, foot), ((second[0] + x1) / 2, foot)] if upright else [(x0 + .15, y0 + .08), (x0 + .15, y1 - .08)]
        if rng.random() < .5:
            parts += [p for at_ in places for p in el.tag(rng, style, at_)]
        else:
            size = float(rng.uniform(.045, .08))
            parts += [el.text(style, at_, style.word(rng), size, WHITE, halo=.01, halo_colour=(20, 20, 20), width=.3) for at_ in places]
        return f"Two pictures on both sides of a slider, the first a {what}", parts
    words = style.phrase(rng, 1, 2) if rng.random() < .5 else style.word(rng)
    colour, opacity = WHITE if luminance(on.backdrop) < .6 else BLACK, float(rng.uniform(.28, .65))
    if rng.random() < .3:
        colour = apart(rng, style, on.backdrop, 200)
    angle = float(rng.choice([0, 30, 45, 20, -30])) + float(rng.normal(0, 3))
    one = rng.random() < .55

    def faded(string: str, at: Point, size: float, width: float) -> Element:
        base = _tilted(el.text(style, at, string, size, colour, width=width), angle)

        def draw(frame: Frame) -> Patch:
            patch = base.draw(frame)
            return replace(patch, rgba=patch.rgba * np.float32(opacity))
        return replace(base, draw=draw, what="watermark")
    if one:
        parts.append(faded(words, middle(area), float(rng.uniform(.16, .4)), (x1 - x0) * .95))
    else:
        rows, columns = int(rng.integers(2, 5)), int(rng.integers(2, 4))
        parts += [faded(words, middle(b), float(rng.uniform(.05, .09)), (x1 - x0) / columns) for b in cells(rows, columns, area, 0)]
    if rng.random() < .5:
        parts.append(el.plate(rng, on, sub_box(rng, area, .15, .45)))
    return f"A watermarked {what}", parts + pointers(rng, on, area, 0, 2)


TEMPLATES = (Template("photo", "slider or watermark", .9, make),)
