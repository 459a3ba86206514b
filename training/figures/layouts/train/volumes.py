"""Pictures in space: a stack of tilted slices, a block with pictures on three faces, planes that cross a cube,
sheets that recede; with axes, depth arrows, frames, translucent slices, a marked slice."""

import numpy as np

from ...canvas import EMPTY, Patch
from ...elements import Element
from ...kit import MARK, PANEL, SHAPE, Board, Template, el, mixed


def sheared(role, corner, across, down, painter, what, opacity=1.0, shade=1.0):
    """A picture on a parallelogram with a corner and two sides."""
    corner, across, down = (np.array(v, np.float32) for v in (corner, across, down))

    def draw(frame):
        size = np.array([frame.width, frame.height], np.float32)
        o, a, d = corner * size, across * size, down * size
        low, high = np.minimum(np.minimum(o, o + a), np.minimum(o + d, o + a + d)), np.maximum(
            np.maximum(o, o + a), np.maximum(o + d, o + a + d)
        )
        x0, y0 = np.maximum(np.floor(low), 0).astype(int)
        x1, y1 = np.minimum(np.ceil(high), size).astype(int)
        if x1 <= x0 or y1 <= y0:
            return EMPTY
        w, h = max(int(np.hypot(*a)), 8), max(int(np.hypot(*d)), 8)
        rgb = np.clip(painter(w, h), 0, 1) * shade
        x, y = np.meshgrid(np.arange(x0, x1) + 0.5, np.arange(y0, y1) + 0.5)
        det = a[0] * d[1] - a[1] * d[0]
        u, v = ((x - o[0]) * d[1] - (y - o[1]) * d[0]) / det, ((y - o[1]) * a[0] - (x - o[0]) * a[1]) / det
        # Coverage falls from 1 to 0 over a pixel at the rim.
        rim = np.minimum(np.minimum(u, 1 - u) * abs(det) / np.hypot(*d), np.minimum(v, 1 - v) * abs(det) / np.hypot(*a))
        alpha = np.clip(rim + 0.5, 0, 1).astype(np.float32) * np.float32(opacity)
        colour = rgb[np.clip((v * h).astype(int), 0, h - 1), np.clip((u * w).astype(int), 0, w - 1)]
        return Patch(
            int(x0), int(y0), np.concatenate([colour * alpha[..., None], alpha[..., None]], -1).astype(np.float32)
        )

    return Element(role, draw, what)


def make(rng, style):
    b = Board(rng, style)
    style, kind = b.style, b.pick("stack", "stack", "block", "deck", "cross")
    edge, width = b.pick(None, style.foreground, (255, 255, 255), style.strong(rng)), b.uniform(0.002, 0.007)
    picture = lambda: (el.micrograph_painter if b.chance(0.75) else el.photo_painter)(rng, style)
    painter, what = picture()
    rim = lambda o, a, d: [tuple(o), tuple(o + a), tuple(o + a + d), tuple(o + d)]

    def slice_(o, a, d, painter, opacity=1.0, shade=1.0, marked=None):
        o, a, d = np.array(o), np.array(a), np.array(d)
        with b.group("slice"):
            b.add(sheared(PANEL, o, a, d, painter, what, opacity, shade))
            c = marked or edge
            if c:
                q = rim(o, a, d)
                b.draw(
                    PANEL if not marked else MARK,
                    lambda pen: pen.polygon(q, None, c, width * (2 if marked else 1), join="round"),
                    "" if not marked else "frame",
                )

    names = []
    if kind == "stack":
        n = b.some(2, 5)
        across, down = np.array([b.uniform(0.4, 0.5), b.uniform(-0.06, 0.04)]), np.array(
            [b.uniform(0.12, 0.24), b.uniform(0.14, 0.24)]
        )
        gap, same = 0.62 / max(n, 2), b.chance(0.4)
        opacity, chosen = b.pick(1.0, 1.0, 0.85), b.some(0, n - 1) if b.chance(0.4) else -1
        x, top = b.uniform(0.08, 0.2), 0.12
        for k in range(n - 1, -1, -1):
            own = painter if same else picture()[0]
            slice_((x, top + gap * k), across, down, own, opacity, 1.0, style.strong(rng) if k == chosen else None)
            names.append((x + across[0] + down[0] + 0.02, top + gap * k + down[1] * 0.7))
        if b.chance(0.5):
            a, z = (x - 0.03, top + 0.02), (x - 0.03, top + gap * (n - 1) + 0.1)
            b.arrow([a, z], style.foreground, width=b.uniform(0.004, 0.01), what="depth")
            b.text((x - 0.045, (a[1] + z[1]) / 2), b.pick("z", b.word(8)), b.size * 1.1, turned=True)
        if b.chance(0.4) and n > 1:
            p = np.array([x, top]) + across * b.uniform(0.3, 0.7) + down * 0.5
            line = [tuple(p), (p[0], p[1] + gap * (n - 1))]
            c = style.strong(rng)
            b.draw(
                MARK,
                lambda pen: (pen.line(line, c, width * 1.3, (0.012, 0.008)), [pen.disc(q, 0.008, c) for q in line]),
                "broken line",
            )
    elif kind == "block":
        o, a = np.array([b.uniform(0.14, 0.22), b.uniform(0.34, 0.42)]), np.array(
            [b.uniform(0.36, 0.46), b.uniform(-0.02, 0.08)]
        )
        d, s = np.array([0, b.uniform(0.36, 0.5)]), np.array([b.uniform(0.18, 0.28), -b.uniform(0.12, 0.24)])
        slice_(o + s, a, -s, painter if b.chance(0.5) else picture()[0], 1, 1.0)
        slice_(o + a, s, d, painter if b.chance(0.5) else picture()[0], 1, b.uniform(0.6, 0.9))
        slice_(o, a, d, painter)
        if b.chance(0.4):
            t = b.uniform(0.2, 0.8)
            q, c = [tuple(o + d * t), tuple(o + d * t + a), tuple(o + d * t + a + s)], style.strong(rng)
            broken = b.pick((), (0.012, 0.008))
            b.draw(MARK, lambda pen: pen.line(q, c, width * 1.6, broken), "cut")
        for p, q, name in ((o + d + (0, 0.04), o + d + a + (0, 0.04), "x"), (o + (-0.04, 0), o + d + (-0.04, 0), "z")):
            if b.chance(0.6):
                b.arrow([tuple(p), tuple(q)], style.foreground, width=b.thin, both=b.chance(0.5), what="measure", head=0.018)
                b.text(
                    tuple((p + q) / 2 + ((0, 0.03) if name == "x" else (-0.025, 0))),
                    b.pick(name, f"{b.some(5, 400)} µm"),
                    b.size,
                    what="",
                )
        names = [tuple(o + a + s + (0.02, 0.1))]
    elif kind == "deck":
        n, size = b.some(3, 7), b.uniform(0.34, 0.46)
        step = np.array([b.uniform(0.03, 0.09), b.uniform(-0.06, -0.02)])
        start, shadowed = np.array([0.08, 0.92 - size]), b.chance(0.4)
        for k in range(n - 1, -1, -1):
            o = start + step * k
            box = (*o, o[0] + size, o[1] + size * 0.92)
            if shadowed:
                b.draw(PANEL, lambda pen: pen.box(box, (90, 90, 90)), "", shadow=0.012)
            slice_(o, (size, 0), (0, size * 0.92), picture()[0] if b.chance(0.8) else painter)
        if b.chance(0.6):
            a = start + (size * 1.0 + 0.05, size * 0.92)
            b.arrow([tuple(a), tuple(a + step * n)], style.foreground, width=b.uniform(0.004, 0.009), what="time")
            b.text(tuple(a + step * n * 0.6 + (0.05, 0.03)), b.pick("t", "Time", "z"), b.size * 1.2)
        names = [(start[0] + size + step[0] * n + 0.02, start[1] + 0.05)]
    else:
        o, s = np.array([0.5, 0.54]), b.uniform(0.24, 0.32)
        e = (np.array([1.0, 0.12]) * s, np.array([-0.5, 0.35]) * s, np.array([0.0, -1.0]) * s)
        for i, j in ((0, 1), (0, 2), (1, 2)):
            slice_(o - e[i] - e[j], 2 * e[i], 2 * e[j], picture()[0], b.pick(0.9, 0.75), 1.0)
        if b.chance(0.6):
            corners = [[o + i * e[0] + j * e[1] + k * e[2] for i in (-1, 1)] for j in (-1, 1) for k in (-1, 1)]
            corners += [[o + i * e[0] + j * e[1] + k * e[2] for j in (-1, 1)] for i in (-1, 1) for k in (-1, 1)]
            corners += [[o + i * e[0] + j * e[1] + k * e[2] for k in (-1, 1)] for i in (-1, 1) for j in (-1, 1)]
            b.draw(
                SHAPE,
                lambda pen: [
                    pen.line([tuple(p) for p in q], mixed(style.foreground, style.background, 0.3), b.thin) for q in corners
                ],
                "edges of a cube",
            )
        for k, name in enumerate("xyz"):
            b.text(tuple(o + e[k] * 1.15), name, b.size * 1.3)
    for p in names:
        if b.chance(0.7) and p[0] < 0.93:
            b.text(p, b.word(9), b.size, anchor="lm", width=0.98 - p[0])
    if b.chance(0.4):
        b.text((0.05, 0.055), style.phrase(rng, 2, 4), b.size * 1.5, anchor="lm", what="title", width=0.85)
    return f"Slices in space, each a {what}", b.parts


TEMPLATES = (Template("panels", "volumes", 1.2, make),)
