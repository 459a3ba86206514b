"""Strips of a western blot or a gel: lanes with names aslant or signs, sizes beside, boxes round the strips,
numbers below."""

import numpy as np

from ...kit import MARK, PANEL, Board, Template
from ...textures import Window, blurred


def strip(rng, split, lanes, rows, dark):
    """A painter of bands; `dark` bands on a pale background or the other way round."""
    strengths, heights = rng.beta(0.9, 0.9, (rows, lanes)), rng.uniform(0.12, 0.5, rows)
    smile, window, tone = rng.uniform(-0.1, 0.1), Window(rng, split, 0.7), rng.uniform(0.72, 0.95)
    noise, tint = rng.uniform(0.005, 0.04), rng.uniform(0.9, 1, 3) if rng.random() < 0.2 else np.ones(3)

    def paint(w, h):
        y, x = np.linspace(0, 1, h, dtype=np.float32)[:, None], np.linspace(0, 1, w, dtype=np.float32)[None]
        field = np.zeros((h, w), np.float32)
        for r in range(rows):
            for k in range(lanes):
                cx, cy = (k + 0.5) / lanes, (r + 0.5) / rows + smile * ((k + 0.5) / lanes - 0.5) ** 2 * 2
                across = np.clip(1.3 - np.abs((x - cx) * lanes) ** 4 * 30, 0, 1)
                along = np.exp(-(((y - cy - 0.02 * np.abs((x - cx) * lanes)) * rows / heights[r]) ** 4) * 18)
                field += strengths[r, k] * across * along
        field = blurred(field, 0.006 * max(w, h)) * (0.85 + 0.3 * window("rough", w, h))
        grey = np.clip(
            (tone - field * 0.95 if dark else 0.04 + field)
            + 0.1 * (window("cloud", w, h) - 0.5)
            + window.noise(w, h) * noise,
            0,
            1,
        )
        return grey[..., None] * tint.astype(np.float32)

    return paint


def make(rng, style):
    from ...kit import el

    b = Board(rng, style, "white" if rng.random() < 0.8 else None)
    style = b.style
    lanes, strips = b.some(3, 9), b.some(1, 5)
    left, right, top = b.uniform(0.14, 0.26), b.uniform(0.78, 0.96), b.uniform(0.14, 0.28)
    beside, signs = b.chance(0.5), b.chance(0.3)
    bottom = 0.97 - (b.size * 2 if (numbers := b.chance(0.3)) else 0)
    heights = rng.uniform(0.6, 1.4, strips)
    gel = strips == 1
    heights = heights / heights.sum() * (bottom - top)
    y, gap, edge = top, 0.015, b.chance(0.7)
    pitch = (right - left) / lanes
    size = min(b.size, 0.05)
    for k in range(strips):
        box = (left, y, right, y + float(heights[k]) - gap)
        rows = b.some(4, 9) if gel else b.pick(1, 1, 1, 2)
        with b.group("panel"):
            b.add(el.picture(PANEL, box, strip(rng, style.split, lanes, rows, b.chance(0.75)), "blot"))
            if edge:
                b.draw(MARK, lambda pen, q=box: pen.box(q, None, style.foreground, b.thin), "frame")
            middle = (box[1] + box[3]) / 2
            b.text((left - 0.015, middle), b.word(9), size, anchor="rm", width=left - 0.02)
            if beside and not gel:
                b.text(
                    (right + 0.035, middle),
                    str(b.pick(15, 25, 37, 50, 75, 100, 150, 250)) + b.pick("", "", " kDa"),
                    size * 0.9,
                    anchor="lm",
                    what="size marker",
                )
                b.draw(
                    MARK,
                    lambda pen, m=middle: pen.line([(right + 0.006, m), (right + 0.026, m)], style.foreground, b.thin),
                    "tick",
                )
        if gel:
            with b.group("axis"):
                for j, s in enumerate(("250", "150", "100", "75", "50", "37", "25")):
                    m = y + (j + 0.5) / 7 * float(heights[k])
                    b.draw(
                        MARK,
                        lambda pen, m=m: pen.line([(right + 0.004, m), (right + 0.022, m)], style.foreground, b.thin),
                        "tick",
                    )
                    b.text((right + 0.03, m), s, size * 0.85, anchor="lm", what="size marker")
        y += float(heights[k])
    with b.group("lanes"):
        for k in range(lanes):
            x = left + pitch * (k + 0.5)
            if signs:
                for r in range(2):
                    b.text((x, top - 0.03 - r * size * 1.2), b.pick("+", "-", "+", "-"), size, what="")
            else:
                b.text(
                    (x, top - 0.015),
                    b.word(8) if b.chance(0.6) else str(k + 1),
                    size,
                    anchor="lm" if not b.chance(0.1) else "mb",
                    turn=-b.pick(0.8, 1.2, 1.57),
                    what="lane name",
                )
            if numbers:
                b.text((x, bottom + size * 0.7), f"{rng.uniform(0, 2):.1f}", size * 0.85, what="")
    if b.chance(0.3):
        a, c = left + pitch * 0.1, left + pitch * (lanes // 2) - pitch * 0.1
        b.draw(MARK, lambda pen: pen.line([(a, top - 0.11), (c, top - 0.11)], style.foreground, b.thin * 1.3), "line")
        b.text(((a + c) / 2, top - 0.115), b.word(), size, anchor="mb")
    return "A western blot", b.parts


TEMPLATES = (Template("micrograph", "western", 1.0, make),)
