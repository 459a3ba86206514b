"""An infographic of big numbers with icons, rings, bars of share or rows of people, on plates or without."""
from __future__ import annotations

from ... import elements as el
from ...canvas import PillowPen
from ...elements import Rng, Role
from ...icons import icon
from ...style import Style, readable
from ...templates import Parts, Template, cells, middle, shrink, titled
from .pieces import apart, between, filled_box, new_page


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    page = new_page(rng, style)
    parts, count = [page.background], int(rng.integers(2, 7))
    headed = rng.random() < .6
    top = float(rng.uniform(.14, .2)) if headed else .04
    if headed:
        fill, banner = apart(rng, style, page.tone), rng.random() < .4
        if banner:
            parts.append(el.bar(rng, style, (0, 0, 1, top - .02), fill))
        parts.append(titled(rng, style, (.5, top / 2 - .01), top * .5, .9, colour=readable(rng, fill) if banner else page.foreground)[1])
    form = str(rng.choice(["rows", "grid", "columns"]))
    shape = {"rows": (min(count, 4), 1), "columns": (1, min(count, 4)), "grid": ((count + 1) // 2, 2)}[form]
    boxes = cells(*shape, (.05, top + .02, .95, .96), float(rng.uniform(.02, .05)))[:count]
    carrier, one, radius = str(rng.choice(["none", "plate", "plate", "stripe"])), apart(rng, style, page.tone), float(rng.choice([0, .02, .05]))
    same, device = rng.random() < .4, str(rng.choice(["icon", "ring", "bar", "people", "mixed"]))
    shadow, opacity = float(rng.choice([0, 0, .012])), float(rng.choice([1, 1, .7]))
    for k, box in enumerate(boxes):
        fill, beneath = one if same else apart(rng, style, page.tone), page.tone
        w, h = box[2] - box[0], box[3] - box[1]
        if carrier == "plate":
            parts.append(filled_box(box, fill, Role.PANEL, "plate", radius=radius, opacity=opacity, shadow=shadow if opacity == 1 else 0))
            beneath = fill if opacity == 1 else el.mixed(page.tone, fill, opacity)
        elif carrier == "stripe":
            parts.append(filled_box((box[0], box[1], box[0] + .018, box[3]), fill, what="stripe"))
        foreground, accent = readable(rng, beneath), apart(rng, style, beneath, 200)
        share, kind = float(rng.uniform(.1, .95)), device if device != "mixed" else str(rng.choice(["icon", "ring", "bar", "people"]))
        wide = w > h * 1.2
        spot = (box[0] + w * .2, middle(box)[1]) if wide else (middle(box)[0], box[1] + h * .24)
        area = (box[0] + w * .38, box[1], box[2], box[3]) if wide else (box[0], box[1] + h * .44, box[2], box[3])
        r = min(h * .36, w * .14) if wide else min(w * .36, h * .18)
        if kind == "icon":
            if rng.random() < .4:
                parts.append(el.vector(Role.SHAPE, lambda pen, a=spot, r=r, c=accent: pen.dot(a, r, c), f"{el.colour_name(accent)} disc"))
                parts.append(icon(rng, style, spot, r * .6, colour=readable(rng, accent)))
            else:
                parts.append(icon(rng, style, spot, r, colour=accent))
        elif kind == "ring":
            thick, rest = r * float(rng.uniform(.18, .5)), el.mixed(beneath, foreground, .2)
            parts.append(el.vector(Role.SHAPE, lambda pen, a=spot, r=r, c=accent, t=thick, s=share,
                                  q=rest: (pen.sector(a, r, 0, 360, q, t), pen.sector(a, r, -90, -90 + 360 * s, c, t)), "ring of a share"))
            if thick < r * .4:
                parts.append(el.text(style, spot, f"{share * 100:.0f}%", r * .5, foreground, what="", width=r * 1.1))
        elif kind == "bar":
            rest, bar = el.mixed(beneath, foreground, .2), (box[0] + w * .1, box[3] - h * .2, box[2] - w * .1, box[3] - h * .2 + min(.035, h * .1))
            parts.append(el.vector(Role.SHAPE, lambda pen, b=bar, c=accent, s=share, q=rest: (pen.box(b, q, radius=.012),
                pen.box((b[0], b[1], b[0] + (b[2] - b[0]) * s, b[3]), c, radius=.012)), "bar of a share"))
            area = shrink(box, .06, .02, .06, .25)
        else:
            n, of = 5, int(round(share * 5))
            rest, s = el.mixed(beneath, foreground, .3), min(r * .38, .03)
            xs = [spot[0] + (j - 2) * s * 1.9 * .9 for j in range(n)]

            def people(pen: PillowPen, xs=xs, y=spot[1], s=s, of=of, c=accent, q=rest) -> None:
                for j, x in enumerate(xs):
                    pen.dot((x, y - s), s * .55, c if j < of else q)
                    pen.polygon(pen.round((x, y + s * .6), s, [(-.7, -.9), (.7, -.9), (.5, .9), (-.5, .9)]), c if j < of else q)
            parts.append(el.vector(Role.SHAPE, people, "row of people"))
        string = str(rng.choice([f"{share * 100:.0f}%", str(int(rng.integers(2, 999))), f"{rng.uniform(1, 10):.1f}", f"{int(rng.integers(2, 20))}x",
                                 f"1/{int(rng.integers(2, 9))}", f"{int(rng.integers(1, 90))},{int(rng.integers(100, 999))}"]))
        size, mid = min((area[3] - area[1]) * .5, between(rng, .08, .2)), middle(area)
        parts.append(el.text(style, (mid[0], area[1] + (area[3] - area[1]) * .38), string, size,
                             accent if rng.random() < .4 and carrier != "plate" else foreground, width=(area[2] - area[0]) * .86))
        parts.append(el.text(style, (mid[0], area[1] + (area[3] - area[1]) * .38 + size * .5 + .03),
                             style.phrase(rng, 1, 4) if area[2] - area[0] > .35 else style.word(rng), float(rng.uniform(.032, .045)), foreground,
                             width=(area[2] - area[0]) * .9))
    return "An infographic with big numbers", parts


TEMPLATES = (Template("icons", "big numbers", 1.0, make),)
