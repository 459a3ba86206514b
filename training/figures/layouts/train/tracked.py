"""A photograph or micrograph overlaid with what a program found: networks of nodes and thin edges, skeletons, tracks
that fade, boxes with names, grids of vectors, a fine mesh; a small panel of numbers in a corner."""

import numpy as np

from ...kit import ALL, BACKGROUND, BLACK, MARK, PANEL, SHAPE, WHITE, Board, Template, el, mixed, readable


def make(rng, style):
    b = Board(rng, style, "none" if rng.random() < 0.6 else None)
    style, whole = b.style, not b.parts
    box = ALL if whole else (0.05, b.uniform(0.05, 0.12), 0.95, b.uniform(0.85, 0.95))
    x0, y0, x1, y1 = box
    painter, what = (el.photo_painter if b.chance(0.55) else el.micrograph_painter)(rng, style)
    background = b.add(el.picture(BACKGROUND if whole else PANEL, box, painter, what))
    hues = [b.pointer(background) for _ in range(3)]
    P = lambda u, v: (x0 + (x1 - x0) * u, y0 + (y1 - y0) * v)
    kind = b.pick("network", "network", "tracks", "vectors", "mesh", "skeleton", "boxes")
    width, c = b.uniform(0.0018, 0.007), hues[0]
    r, alpha = b.uniform(0.005, 0.022), b.pick(1.0, 1.0, 0.7, 0.5)
    if kind in ("network", "mesh"):
        n = b.some(6, 26) if kind == "network" else b.some(12, 40)
        p = rng.uniform(0.05, 0.95, (n, 2))
        far = np.hypot(*(p[:, None] - p[None]).transpose(2, 0, 1)) + np.eye(n) * 9
        reach = 2 if kind == "network" else 4
        edges = {tuple(sorted((i, int(j)))) for i in range(n) for j in np.argsort(far[i])[:reach]}
        bow = b.pick(0.0, 0.0, 0.2)
        with b.group("network"):
            for i, j in sorted(edges):
                a, z = P(*p[i]), P(*p[j])
                m = ((a[0] + z[0]) / 2 + (z[1] - a[1]) * bow, (a[1] + z[1]) / 2 + (a[0] - z[0]) * bow)
                b.draw(MARK, lambda pen: pen.curve([a, m, z], c, width), "edge" if kind == "network" else "mesh", alpha)
            sizes = rng.uniform(0.6, 2.2, n) if b.chance(0.6) else np.ones(n)
            for k in range(n if kind == "network" else 0):
                tone, edge = hues[b.some(0, 2)] if b.chance(0.4) else c, b.pick(None, WHITE, BLACK)
                b.draw(MARK, lambda pen: b.marker(pen, 0, P(*p[k]), r * sizes[k], tone, edge, b.thin * 0.7), "node")
                if b.chance(0.25):
                    q = P(*p[k])
                    b.text(
                        (q[0] + r * sizes[k] + 0.008, q[1]),
                        b.word(8),
                        b.size,
                        c,
                        "lm",
                        halo=BLACK if sum(c) > 380 else WHITE,
                    )
    elif kind == "tracks":
        for k in range(b.some(2, 12)):
            steps = b.some(8, 40)
            q = (
                rng.uniform(0.15, 0.85, 2)
                + rng.normal(0, b.uniform(0.004, 0.025), (steps, 2)).cumsum(0)
                + np.linspace(0, 1, steps)[:, None] * rng.normal(0, 0.15, 2)
            )
            points, tone = [P(*np.clip(v, 0.01, 0.99)) for v in q], hues[k % 3] if b.chance(0.6) else style.colour(rng)
            with b.group("track"):
                b.draw(MARK, lambda pen: pen.line(points, tone, width * 1.2), "track", alpha)
                b.draw(
                    MARK,
                    lambda pen: pen.disc(points[-1], r, None if b.thin > 0.004 else tone, tone, width),
                    "end of a track",
                )
                if b.chance(0.3):
                    b.text((points[-1][0] + r + 0.005, points[-1][1]), str(k + 1), b.size * 0.9, tone, "lm")
    elif kind == "vectors":
        nx, ny = b.some(5, 12), b.some(4, 10)
        a0, a1, a2 = rng.uniform(-4, 4, 3)
        for u in (np.arange(nx) + 0.5) / nx:
            for v in (np.arange(ny) + 0.5) / ny:
                a, s = a0 + a1 * u + a2 * v, (0.4 + 0.6 * abs(np.sin(u * 3 + v * 4))) * 0.45 / max(nx, ny)
                p = P(u, v)
                q = (p[0] + s * np.cos(a), p[1] + s * np.sin(a))
                b.arrow(
                    [p, q],
                    c,
                    width=width,
                    kind="open" if width < 0.004 else "triangle",
                    head=max(width * 2.6, 0.011),
                    what="vector",
                )
    elif kind == "skeleton":
        for k in range(b.some(1, 4)):
            at, s, tone = np.array([b.uniform(0.15, 0.85), b.uniform(0.3, 0.6)]), b.uniform(0.08, 0.2), hues[k % 3]
            joints = np.array(
                [
                    (0, -1),
                    (0, -0.6),
                    (-0.4, -0.55),
                    (0.4, -0.55),
                    (-0.6, 0),
                    (0.6, 0),
                    (-0.25, 0.2),
                    (0.25, 0.2),
                    (-0.3, 1),
                    (0.35, 1),
                ]
            )
            pts = [P(*np.clip(at + s * (j + rng.normal(0, 0.1, 2)), 0.01, 0.99)) for j in joints]
            with b.group("skeleton"):
                for i, j in ((0, 1), (1, 2), (1, 3), (2, 4), (3, 5), (1, 6), (1, 7), (6, 8), (7, 9)):
                    b.draw(MARK, lambda pen: pen.line([pts[i], pts[j]], tone, width * 2, cap="round"), "limb", alpha)
                b.draw(MARK, lambda pen: [pen.disc(q, r * 0.8, WHITE, tone, width) for q in pts], "joints")
    else:
        for k in range(b.some(2, 8)):
            w, h = b.uniform(0.08, 0.3), b.uniform(0.08, 0.35)
            p = P(b.uniform(0.02, 0.97 - w), b.uniform(0.07, 0.97 - h))
            q, tone = (p[0] + w * (x1 - x0), p[1] + h * (y1 - y0)), hues[k % 3]
            with b.group("found"):
                radius_2 = b.pick(0, 0, 0.01)
                b.draw(MARK, lambda pen: pen.box((*p, *q), None, tone, width * 1.4, radius_2), "box")
                if b.chance(0.3):
                    b.draw(SHAPE, lambda pen: pen.box((*p, *q), tone), "filled box", 0.25)
                s = b.size * 0.9
                tag = (p[0], p[1] - s * 1.3, p[0] + s * 5, p[1])
                b.draw(SHAPE, lambda pen: pen.box(tag, tone), "tag", b.pick(1.0, 0.7))
                b.text(
                    (p[0] + s * 0.3, p[1] - s * 0.65),
                    f"{b.word(6)} {rng.random():.2f}",
                    s * 0.85,
                    readable(rng, tone),
                    "lm",
                    width=s * 4.4,
                )
    if b.chance(0.4):
        w, rows = b.uniform(0.2, 0.32), b.some(2, 4)
        px, py = b.pick(x0 + 0.02, x1 - w - 0.02), b.pick(y0 + 0.02, y1 - 0.02 - rows * b.size * 1.5 - 0.02)
        fill = b.pick(BLACK, WHITE, mixed(style.colour(rng), BLACK, 0.5))
        with b.group("read-out"):
            plate = (px, py, px + w, py + rows * b.size * 1.5 + 0.02)
            radius = b.pick(0, 0.012)
            b.draw(SHAPE, lambda pen: pen.box(plate, fill, None, 0, radius), "plate", b.pick(1.0, 0.75, 0.55))
            for k in range(rows):
                b.text(
                    (px + 0.015, py + 0.01 + b.size * 1.5 * (k + 0.5)),
                    f"{b.word(8)} {b.some(1, 400)}",
                    b.size,
                    readable(rng, fill),
                    "lm",
                    width=w - 0.03,
                )
    elif b.chance(0.4):
        b.scale_bar(box, b.pointer(background))
    return f"A {what} with what was found in it", b.parts


TEMPLATES = (Template("photo", "tracked", 1.3, make),)
