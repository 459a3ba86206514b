"""Whole figures of other layouts side by side as the panels of one: in cells or uneven parts, lettered, with rules,
frames or plates; as a slide with points, as a page with lines of text, as cards on a picture."""

from dataclasses import replace
from importlib import import_module

from ...canvas import EMPTY, Frame, Patch
from ...kit import ALL, BACKGROUND, MARK, PANEL, SHAPE, Board, Template, cells, divided, el, mixed, readable, shrink

# Layouts that can still be read at half the size.
PARTS = (
    "bars_significance curves dumbbells embedding event_series flows graph hexagons magnified masks montage "
    "oscilloscope phases phylogeny  plate_wells profile recordings rings_and_ribbons small_multiples spectrum "
    "strata streams table_rules tracked venn"
).split()


def placed(element, box):
    """The element as it looks in a figure of its own that fills the box; what was the page is a panel."""

    def within(draw):
        def drawn(frame):
            x0, y0, x1, y1 = frame.pixels(box)
            own = Frame(x1 - x0, y1 - y0)
            p = draw(own)
            u0, v0 = max(-p.x, 0), max(-p.y, 0)
            u1, v1 = min(p.rgba.shape[1], own.width - p.x), min(p.rgba.shape[0], own.height - p.y)
            return Patch(x0 + p.x + u0, y0 + p.y + v0, p.rgba[v0:v1, u0:u1]) if u1 > u0 and v1 > v0 else EMPTY

        return drawn

    return replace(
        element,
        role=max(element.role, PANEL),
        draw=within(element.draw),
        bare=within(element.bare) if element.bare else None,
        parts=tuple(placed(p, box) for p in element.parts),
    )


def make(rng, style):
    kind = str(rng.choice(["figure", "figure", "figure", "slide", "page", "cards"]))
    b = Board(rng, style, "none" if kind == "cards" else "white" if kind == "page" or rng.random() < 0.6 else None)
    style, gap = b.style, b.uniform(0.015, 0.06)
    if kind == "cards":
        painter, what = el.photo_painter(rng, style)
        b.add(el.picture(BACKGROUND, ALL, painter, what))
    area = (0.02, 0.02, 0.98, 0.98)
    if kind == "slide":
        title = (0, 0, 1, b.uniform(0.11, 0.16))
        c = style.colour(rng)
        if b.chance(0.5):
            b.draw(PANEL, lambda pen: pen.box(title, c), "title bar")
        b.text(
            (0.04, title[3] * 0.52),
            style.phrase(rng, 2, 4),
            0.062,
            readable(rng, c) if len(b.parts) > 1 else style.foreground,
            "lm",
            "title",
            width=0.9,
        )
        side = b.uniform(0.36, 0.48)
        text, area = (0.04, title[3] + 0.06, side, 0.92), (side + 0.03, title[3] + 0.04, 0.97, 0.93)
        if b.chance(0.3):
            text, area = (1.02 - side, text[1], 0.98, 0.92), (0.03, area[1], 1 - side, 0.93)
        with b.group("block"):
            b.add(*el.paragraph(rng, style, text, b.uniform(0.03, 0.045), bullets=True, count=b.some(3, 6)))
    elif kind == "page":
        cut = b.uniform(0.45, 0.6)
        columns = cells(1, b.pick(1, 2), (0.06, cut + 0.06, 0.94, 0.97), 0.04)
        for q in columns:
            b.add(*el.paragraph(rng, style, q, b.uniform(0.018, 0.026)))
        b.text(
            (0.06, cut + 0.025), "Figure 1 " + style.phrase(rng, 4, 8), 0.022, anchor="lm", what="caption", width=0.88
        )
        area = (0.06, 0.04, 0.94, cut)
    elif kind == "cards":
        area = shrink(ALL, 0.05, b.pick(0.05, 0.16), 0.05, 0.06)
        if area[1] > 0.1:
            bar, c = (0, 0, 1, 0.12), b.pick((0, 0, 0), (255, 255, 255), style.colour(rng))
            b.draw(SHAPE, lambda pen: pen.box(bar, c), "bar", b.pick(1.0, 0.7, 0.5))
            b.text((0.05, 0.06), style.phrase(rng, 1, 3), 0.055, readable(rng, c), "lm", "title", width=0.8)
    n = {"slide": b.pick(1, 1, 2), "page": b.pick(1, 2, 3), "cards": b.some(1, 3)}.get(kind, b.pick(2, 2, 3, 4))
    wide = area[2] - area[0] > (area[3] - area[1]) * 0.9
    if n == 4 or b.chance(0.5):
        boxes = cells(2, 2, area, gap) if n == 4 else cells(1, n, area, gap) if wide else cells(n, 1, area, gap)
    else:
        boxes = divided(rng, area, gap, 2 if n > 2 else 1 if n > 1 else 0)[:4]
    letters, look, size = (
        b.chance(0.65) and kind not in ("slide", "cards"),
        b.pick("upper", "lower", "bracket", "dot"),
        b.uniform(0.035, 0.055),
    )
    plates = kind == "cards" or b.chance(0.2)
    tone = style.background if kind == "cards" or b.chance(0.4) else mixed(style.background, style.colour(rng), 0.15)
    radius, shadow, opacity = (
        b.pick(0, 0.012, 0.03),
        b.pick(0.0, 0.01),
        b.pick(1.0, 1.0, 0.9) if kind == "cards" else 1.0,
    )
    frames = b.chance(0.15)
    for k, box in enumerate(boxes):
        if plates:
            b.draw(PANEL, lambda pen: pen.box(box, tone, None, 0, radius), "plate", opacity, shadow)
        name = PARTS[rng.integers(len(PARTS))]
        inner = shrink(box, 0.02, 0.05 if letters else 0.02, 0.02, 0.02)
        with b.group("panel"):
            for e in import_module(f"{__package__}.{name}").make(rng, style)[1]:
                page = e.role == BACKGROUND and "background" in e.what
                if not page or ("plain" not in e.what and kind != "cards" and b.chance(0.3)):
                    b.add(placed(e, inner))
        if frames:
            b.draw(MARK, lambda pen: pen.box(box, None, style.foreground, b.thin), "frame")
        if letters:
            b.letter((box[0] + 0.004, box[1] + 0.004, 1, 1), k, look, size)
    if kind == "figure" and b.chance(0.2) and len(boxes) == 2:
        x = (boxes[0][2] + boxes[1][0]) / 2
        if boxes[0][2] < boxes[1][0]:
            b.draw(
                MARK,
                lambda pen: pen.line(
                    [(x, 0.04), (x, 0.96)], mixed(style.foreground, style.background, 0.5), b.thin, (0.012, 0.008)
                ),
                "rule",
            )
    return "A figure of several panels", b.parts


TEMPLATES = (Template("panels", "assembled", 1.6, make),)
