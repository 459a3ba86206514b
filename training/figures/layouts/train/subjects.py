"""Cut-outs on a photograph or page: with soft shadows, half hidden by one another, named, boxed; or a plate of many
specimens, or one with leader lines."""

import numpy as np

from ...kit import ALL, BACKGROUND, MARK, PANEL, SHAPE, Board, Template, cells, el, readable


def shadowed(element, blur):
    """The element with a soft shadow beneath, as part of it."""
    from dataclasses import replace

    def draw(frame):
        patch = element.draw(frame)
        if not patch.rgba.size:
            return patch
        patch = patch.grown(frame, int(blur * frame.unit * 4) + 1)
        patch.rgba[..., 3] += el.shadow_of(patch.rgba[..., 3], blur * frame.unit) * (1 - patch.rgba[..., 3])
        return patch

    return replace(element, draw=draw)


def make(rng, style):
    kind = rng.choice(["scene", "scene", "plate", "one"])
    if kind == "scene":
        b = Board(rng, style, "none")
        painter, what = el.photo_painter(rng, style) if b.chance(0.8) else el.micrograph_painter(rng, style)
        over = b.over(b.add(el.picture(BACKGROUND, ALL, painter, what)))
        for _ in range(b.some(1, 5)):
            at, size = (b.uniform(0.12, 0.88), b.uniform(0.15, 0.85)), float(
                np.exp(rng.uniform(np.log(0.12), np.log(0.75)))
            )
            with b.group("subject"):
                thing = el.thing(rng, b.style, at, size, SHAPE, "cutout" if b.chance(0.85) else "icon")
                b.add(shadowed(thing, b.uniform(0.005, 0.02)) if b.chance(0.35) else thing)
                if b.chance(0.3):
                    c = el.pointer_colour(rng, over)
                    b.text(
                        (at[0], min(at[1] + size * 0.55, 0.96)),
                        b.word(),
                        b.size * b.uniform(0.9, 1.6),
                        c,
                        halo=readable(rng, c) if b.chance(0.4) else None,
                    )
                if b.chance(0.15):
                    c = el.pointer_colour(rng, over)
                    b.draw(
                        MARK,
                        lambda pen, p=at, s=size, c=c: pen.box(
                            (p[0] - s * 0.5, p[1] - s * 0.5, p[0] + s * 0.5, p[1] + s * 0.5), None, c, b.thin * 1.5
                        ),
                        "frame",
                    )
        if b.chance(0.3):
            b.text(
                (0.5, b.pick(0.08, 0.92)),
                b.style.phrase(rng, 2, 4),
                b.uniform(0.06, 0.1),
                el.pointer_colour(rng, over),
                what="title",
                width=0.92,
            )
        return f"Things on a {what}", b.parts
    b = Board(rng, style)
    if kind == "plate":
        rows, columns = b.some(1, 4), b.some(2, 4)
        boxes = cells(rows, columns, (0.03, 0.12 if b.chance(0.4) else 0.03, 0.97, 0.97), b.uniform(0.01, 0.04))
        framed, numbered = b.pick("none", "none", "box", "tint"), b.chance(0.5)
        for k, box in enumerate(boxes):
            w, h, c = box[2] - box[0], box[3] - box[1], b.style.colour(rng)
            with b.group("specimen"):
                if framed != "none":
                    b.draw(
                        PANEL,
                        lambda pen, q=box, c=c: pen.box(
                            q,
                            b.soft(c, 0.85) if framed == "tint" else None,
                            b.style.foreground if framed == "box" else None,
                            b.thin,
                        ),
                        "frame",
                    )
                b.thing(((box[0] + box[2]) / 2, box[1] + h * 0.44), min(w, h) * b.uniform(0.6, 0.9))
                if numbered:
                    b.text(
                        (box[0] + 0.015, box[1] + 0.012),
                        str(k + 1) if b.chance(0.8) else "abcdefghijklmnop"[k],
                        b.size,
                        anchor="lt",
                        what="number",
                    )
                b.text(((box[0] + box[2]) / 2, box[3] - h * 0.07), b.word(), min(b.size, w * 0.2), width=w * 0.95)
        if boxes[0][1] > 0.1:
            b.text((0.5, 0.06), b.style.phrase(rng, 2, 5), b.size * 1.6, what="title", width=0.94)
        return f"A plate of {len(boxes)} things", b.parts
    size = b.uniform(0.5, 0.72)
    b.thing((0.5, 0.5), size)
    for side in (-1, 1):
        for k in range(b.some(1, 4)):
            y = 0.15 + 0.22 * k + b.uniform(0, 0.05)
            t = (0.5 + side * b.uniform(0.0, 0.18), 0.5 + b.uniform(-0.2, 0.2))
            x, c = 0.5 + side * 0.33, b.pick(b.style.foreground, b.style.strong(rng))
            with b.group("call-out"):
                elbow = (x - side * 0.08, y)
                b.draw(
                    MARK,
                    lambda pen, p=[(x, y), elbow, t], c=c: (pen.line(p, c, b.thin), pen.disc(t, b.thin * 2, c)),
                    "leader line",
                )
                b.text((x + side * 0.01, y), b.word(), b.size, anchor="lm" if side > 0 else "rm", width=0.16)
    return "A thing with its parts named", b.parts


TEMPLATES = (Template("photo", "subjects", 1.8, make),)
