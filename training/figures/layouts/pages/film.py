"""A series in time: frames in one row or several with the times on them, on a strip with holes or over an arrow."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from ... import elements as el, textures
from ...canvas import Box, PillowPen
from ...elements import WHITE, Rng, Role
from ...style import Style, luminance, readable
from ...templates import Parts, Template, cells, pointers, shrink, titled
from .pieces import apart, mean_colour, new_page


def _cropped(painter: textures.Painter, source: Box) -> textures.Painter:
    """What a picture shows in a part of it, enlarged; painted no larger than 1.6 times the view."""
    sw, sh = source[2] - source[0], source[3] - source[1]

    def paint(w: int, h: int) -> np.ndarray:
        scale = min(1.0, 1.6 * min(sw, sh))
        pw, ph = max(8, round(w / sw * scale)), max(8, round(h / sh * scale))
        image = Image.fromarray((np.clip(np.broadcast_to(painter(pw, ph), (ph, pw, 3)), 0, 1) * 255).astype(np.uint8))
        box = (source[0] * pw, source[1] * ph, source[2] * pw, source[3] * ph)
        return np.asarray(image.resize((w, h), Image.BICUBIC, box=box), np.float32) / 255
    return paint


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    page = new_page(rng, style)
    micro, rows = rng.random() < .6, int(rng.choice([1, 1, 2, 3]))
    columns, strip = int(rng.integers(3, 7 if rows > 1 else 6)), rng.random() < .35
    half = min(.44, .9 / columns * .75 * rows * .5) if rng.random() < .7 else .36
    centre = float(rng.uniform(.42, .56))
    area = (.03, centre - half, .97, min(centre + half, .88))
    parts = [page.background]
    gap = float(rng.choice([0.004, .012, .03]))
    boxes = cells(rows, columns, shrink(area, .01, .12 / rows, .01, .12 / rows) if strip else area, gap)
    kind = str(rng.choice(textures.MICROGRAPHS[style.split] if micro else textures.PHOTOS[style.split]))
    if strip:
        dark, holes = ((18, 18, 20) if luminance(page.tone) > .35 else (120, 118, 112)) if rng.random() < .8 else apart(rng, style, page.tone,
            250), int(rng.integers(10, 26))
        hole = el.mixed(dark, WHITE, .85)

        def perforated(pen: PillowPen) -> None:
            pen.box((0, area[1], 1, area[3]), dark)
            reach = (area[3] - area[1]) * .09 / rows
            for k in range(holes):
                for y in (area[1] + reach * .3, area[3] - reach * 1.1):
                    pen.box(((k + .25) / holes, y, (k + .7) / holes, y + reach * .8), hole, radius=.004)
        parts.append(el.vector(Role.PANEL, perforated, "film strip"))
    drift = rng.random() < .6
    one, what = (el.micrograph_painter if micro else el.photo_painter)(rng, style, kind)
    size = float(rng.uniform(.03, .05)) if columns > 3 else float(rng.uniform(.035, .065))
    low, first = rng.random() < .4, mean_colour(one)
    step, unit_ = float(rng.choice([.5, 1, 2, 5, 10, 15, 30])), str(rng.choice(["", " s", " h", " min", "'"]))
    for k, box in enumerate(boxes):
        if drift:   # the same scene, which moves a little
            t = k / len(boxes) * .2
            painter = _cropped(one, (t, t * .5, .8 + t, .8 + t * .5))
        else:
            painter = one if k == 0 else (el.micrograph_painter if micro else el.photo_painter)(rng, style, kind)[0]
        parts.append(el.picture(Role.PANEL, box, painter, what))
        tone = first if drift else mean_colour(painter)
        at = (box[0] + .012, box[3] - .012) if low else (box[0] + .012, box[1] + .015)
        foreground = readable(rng, tone)
        parts.append(el.text(style, at, f"{step * k:g}{unit_}", size, foreground, "lb" if low else "lt",
                             halo=.006 if rng.random() < .4 or .3 < luminance(tone) < .65 else 0, halo_colour=readable(rng, foreground),
                             width=(box[2] - box[0]) * .8, what=""))
    if rng.random() < .5 and area[3] < .9:
        y, colour, thick = area[3] + .05, page.foreground if rng.random() < .6 else apart(rng, style, page.tone), float(rng.uniform(.005, .016))
        parts.append(el.arrow(rng, style, (.05, y), (.96, y), colour, thick))
        if y < .9:
            parts.append(el.text(style, (.5, y + .05), style.word(rng), float(rng.uniform(.04, .055)), page.foreground, width=.6))
    if rng.random() < .45 and area[1] > .1:
        parts.append(titled(rng, style, (.5, area[1] / 2), min(.07, area[1] * .6), .9, colour=page.foreground)[1])
    if rng.random() < .5:
        box = boxes[int(rng.integers(len(boxes)))]
        parts += pointers(rng, replace(style, backdrop=first), shrink(box, .1, .1, .1, .1), 1, 1)
    return f"A series of {len(boxes)} frames", parts


TEMPLATES = (Template("panels", "film", .9, make),)
