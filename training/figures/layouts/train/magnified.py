"""A picture with parts of it enlarged beside, below or in round lenses on it: frames, lines from corner to corner,
fans, arrows; every enlargement shows what its frame holds."""

import numpy as np

from ...kit import BACKGROUND, MARK, PANEL, SHAPE, WHITE, Board, Template, el, mixed, readable


def part(painter, u, v, f, g):
    """A painter of the part of a picture that begins at (u, v) and is f × g of it."""

    def paint(w, h):
        wide, tall = max(int(w / f), w), max(int(h / g), h)
        whole = painter(wide, tall)
        x, y = min(int(u * wide), wide - w), min(int(v * tall), tall - h)
        return whole[y : y + h, x : x + w]

    return paint


def make(rng, style):
    b = Board(rng, style)
    style, where = b.style, b.pick("right", "below", "right", "lens", "left")
    kind = b.chance(0.7)
    painter, what = (el.micrograph_painter if kind else el.photo_painter)(rng, style)
    whole = b.chance(0.5) and where == "lens"
    n, gap = b.some(1, 3), b.pick(0.01, 0.03, 0.06)
    main = {
        "right": (0.03, 0.06, b.uniform(0.55, 0.68), 0.94),
        "left": (b.uniform(0.33, 0.45), 0.06, 0.97, 0.94),
        "below": (0.04, 0.05, 0.96, b.uniform(0.52, 0.66)),
        "lens": (0, 0, 1, 1) if whole else (0.05, 0.05, 0.95, 0.92),
    }[where]
    x0, y0, x1, y1 = main
    background = b.add(el.picture(BACKGROUND if whole else PANEL, main, painter, what))
    hues = [b.pointer(background) for _ in range(n)] if b.chance(0.5) else [b.pointer(background)] * n
    width, dash, low = b.uniform(0.002, 0.008), b.pick((), (), (0.012, 0.008)), b.uniform(0.12, 0.3)
    if where in ("right", "left"):
        a, z = (x1 + 0.04, 0.97) if where == "right" else (0.03, x0 - 0.04)
        tall = (y1 - y0 - gap * (n - 1)) / n
        boxes = [(a, y0 + (tall + gap) * k, z, y0 + (tall + gap) * k + tall) for k in range(n)]
    elif where == "below":
        wide = (x1 - x0 - gap * (n - 1)) / n
        boxes = [
            (x0 + (wide + gap) * k, y1 + b.uniform(0.03, 0.06), x0 + (wide + gap) * k + wide, 0.96) for k in range(n)
        ]
    else:
        boxes = []
        for k in range(n):
            r, cx, cy = b.uniform(0.12, 0.2), b.pick(0.25, 0.75) + b.uniform(-0.05, 0.05), (k + 0.5) / n
            boxes.append((cx - r, max(cy - r, 0.02), cx + r, min(cy + r, 0.9)))
    round_ = where == "lens" and b.chance(0.8)
    join = b.pick("corners", "corners", "line", "arrow", "none", "fan")
    for k, box in enumerate(boxes):
        f = low * b.uniform(0.8, 1.3)
        g = min(f * (x1 - x0) / (box[2] - box[0]) * (box[3] - box[1]) / (y1 - y0), 0.45)
        u, v = b.uniform(0.05, 0.9 - f), (k + b.uniform(0.2, 0.8)) / n * (0.95 - g)
        if where == "lens":
            u = 0.55 + b.uniform(0, 0.1) if (box[0] + box[2]) < 1 else 0.1 + b.uniform(0, 0.15)
        src = (x0 + (x1 - x0) * u, y0 + (y1 - y0) * v, x0 + (x1 - x0) * (u + f), y0 + (y1 - y0) * (v + g))
        c, paint = hues[k], part(painter, u, v, f, g)
        edge = c if b.chance(0.7) else WHITE if where == "lens" else None
        with b.group("enlargement"):
            if round_:
                b.add(el.vector(PANEL, lambda pen, q=box: pen.ellipse(q, WHITE), "enlarged part", shade=paint))
            else:
                b.add(el.picture(PANEL, box, paint, "enlarged part"))
            if edge:
                b.draw(MARK, lambda pen: (pen.ellipse if round_ else pen.box)(box, None, edge, width * 1.3), "frame")
            b.draw(MARK, lambda pen: (pen.ellipse if round_ else pen.box)(src, None, c, width, dash=dash), "frame")
            tone = c if where == "lens" or b.chance(0.5) else mixed(style.foreground, style.background, 0.2)
            s, t = ((src[0] + src[2]) / 2, (src[1] + src[3]) / 2), ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            if join in ("corners", "fan") and not round_:
                if where in ("right", "left"):
                    i, j = (2, 0) if where == "right" else (0, 2)
                    ends = [((src[i], src[1]), (box[j], box[1])), ((src[i], src[3]), (box[j], box[3]))]
                else:
                    ends = [((src[0], src[3]), (box[0], box[1])), ((src[2], src[3]), (box[2], box[1]))]
                if join == "fan":
                    fan = [ends[0][0], ends[0][1], ends[1][1], ends[1][0]]
                    b.draw(SHAPE, lambda pen: pen.polygon(fan, c), "fan", b.pick(0.2, 0.35))
                else:
                    b.draw(MARK, lambda pen: [pen.line(list(e), tone, width * 0.8, dash) for e in ends], "lines")
            elif join != "none":
                d = np.array(t) - np.array(s)
                far = np.hypot(*d) + 1e-6
                p = np.array(s) + d / far * (src[2] - src[0]) * 0.6
                q = np.array(t) - d / far * (box[2] - box[0]) * 0.5
                if join == "arrow":
                    b.arrow([tuple(p), tuple(q)], tone, width=width * 1.4)
                else:
                    b.draw(MARK, lambda pen: pen.line([tuple(p), tuple(q)], tone, width, dash), "line")
            over = b.over(background)
            if b.chance(0.4) and not round_:
                b.text((box[0] + 0.015, box[1] + 0.012), str(k + 1), b.size * 1.3, el.pointer_colour(rng, over), "lt")
                b.text((src[0], src[1] - 0.004), str(k + 1), b.size, c, "lb")
            if b.chance(0.4) and not round_:
                b.scale_bar(box, el.pointer_colour(rng, over), b.chance(0.5))
    if b.chance(0.75):
        b.scale_bar(main, b.pointer(background))
    for _ in range(b.pick(0, 0, 1, 3)):
        p = (b.uniform(x0 + 0.1, x1 - 0.1), b.uniform(y0 + 0.1, y1 - 0.1))
        b.arrow([(p[0] - b.uniform(0.05, 0.1), p[1] + b.uniform(-0.08, 0.08)), p], b.pointer(background))
    if b.chance(0.4):
        at = (x0 + 0.02, y0 + 0.02)
        if b.chance(0.4):
            tag = (at[0] - 0.008, at[1] - 0.006, at[0] + 0.08, at[1] + 0.075)
            fill = b.pick((0, 0, 0), WHITE, style.colour(rng))
            b.draw(SHAPE, lambda pen: pen.box(tag, fill), "tag", b.pick(1.0, 0.7))
            b.text(
                (at[0] + 0.036, at[1] + 0.034), "ABCD"[b.some(0, 3)], 0.06, readable(rng, fill), "mm", "panel letter"
            )
        else:
            b.letter((*at, 1, 1), b.some(0, 5), b.pick("upper", "lower"), 0.07, b.pointer(background))
    return f"A {what} with enlarged parts", b.parts


TEMPLATES = (Template("micrograph", "magnified", 1.3, make),)
