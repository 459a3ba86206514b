"""A micrograph with coloured translucent masks and outlines of its objects, numbers on them, a key or a colour bar;
or side by side with the plain picture."""

import numpy as np

from ...kit import ALL, BACKGROUND, MARK, PANEL, SHAPE, Board, Template, colour_map, el, readable


def make(rng, style):
    pair = rng.random() < 0.35
    b = Board(rng, style, None if pair else "none")
    painter, what = el.micrograph_painter(rng, style)
    boxes = [(0.03, 0.1, 0.49, 0.9), (0.51, 0.1, 0.97, 0.9)] if pair else [ALL]
    backgrounds = [b.add(el.picture(PANEL if pair else BACKGROUND, box, painter, what)) for box in boxes]
    box, over = boxes[-1], b.over(backgrounds[-1])
    w, h = box[2] - box[0], box[3] - box[1]
    n, look, by_value = b.some(3, 22), b.pick("mask", "mask", "outline", "both", "boxes", "points"), b.chance(0.35)
    ramp, values = colour_map(rng, style), rng.random(n)
    hues = (
        [tuple(int(v) for v in np.clip(ramp(values[k : k + 1])[0] * 255, 0, 255)) for k in range(n)]
        if by_value
        else [style.colour(rng) if b.chance(0.6) else tuple(int(v) for v in rng.integers(40, 256, 3)) for _ in range(n)]
    )
    one, opacity, numbered, thin = b.chance(0.3), b.uniform(0.3, 0.75), b.chance(0.35), b.uniform(0.0025, 0.006)
    r0 = min(w, h) * b.uniform(0.04, 0.13)
    for k in range(n):
        p, r, c = (
            (box[0] + w * b.uniform(0.1, 0.9), box[1] + h * b.uniform(0.1, 0.9)),
            r0 * b.uniform(0.6, 1.3),
            hues[0] if one else hues[k],
        )
        t = np.linspace(0, 2 * np.pi, 14)[:-1]
        points = [
            (p[0] + r * (1 + e) * np.cos(a), p[1] + r * (1 + e) * np.sin(a)) for a, e in zip(t, rng.normal(0, 0.12, 13))
        ]
        points = [(min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])) for x, y in points]
        with b.group("object"):
            if look in ("mask", "both"):
                b.draw(SHAPE, lambda pen, q=points, c=c: pen.curve(q, fill=c, closed=True), "mask", opacity=opacity)
            if look in ("outline", "both"):
                b.draw(MARK, lambda pen, q=points, c=c: pen.curve(q, c, thin, closed=True), "outline")
            if look == "boxes":
                b.draw(
                    MARK,
                    lambda pen, p=p, r=r, c=c: pen.box((p[0] - r, p[1] - r, p[0] + r, p[1] + r), None, c, thin),
                    "frame",
                )
            if look == "points":
                b.draw(MARK, lambda pen, p=p, c=c, k=k: b.marker(pen, 5 if one else k % 4, p, 0.012, c), "point")
            if numbered:
                b.text(
                    p,
                    str(k + 1),
                    b.uniform(0.022, 0.034),
                    readable(rng, c) if look in ("mask", "both") else el.pointer_colour(rng, over),
                    what="number",
                )
    if pair:
        for q, name in zip(boxes, b.words(2)):
            b.text(((q[0] + q[2]) / 2, 0.055), name, b.size, width=0.4)
    elif by_value and b.chance(0.7):
        plate = (0.8, 0.08, 0.98, 0.6)
        with b.group("colour bar"):
            b.draw(SHAPE, lambda pen: pen.box(plate, (255, 255, 255), None), "plate", opacity=b.pick(1.0, 0.8))
            b.add(
                el.picture(
                    SHAPE,
                    (0.83, 0.12, 0.86, 0.56),
                    lambda W, H: np.broadcast_to(ramp(np.linspace(1, 0, H))[:, None], (H, W, 3)),
                    "colour bar",
                )
            )
            for k in range(3):
                b.text((0.87, 0.56 - 0.44 * k / 2), f"{k * 50}", b.size * 0.85, (20, 20, 20), "lm", "")
    if b.chance(0.6):
        b.scale_bar(box, readable(rng, over.backdrop), b.chance(0.7), b.size * 0.9)
    return f"A {what} with its objects marked", b.parts


TEMPLATES = (Template("micrograph", "masks", 1.3, make),)
