"""Discs whose size counts: translucent on axes, packed side by side with words inside, nested, in rows with
overlaps, on a logarithmic grid; a key of sizes, thin leaders to names, a path through years."""

import numpy as np

from ...kit import DATA, MARK, Board, Template, mixed, readable


def packed(rng, sizes, tries=160):
    """Places of discs that do not overlap, the large ones first and near the middle."""
    spots = []
    for r in sizes:
        best = None
        for _ in range(tries):
            p = rng.uniform(r + 0.02, 0.98 - r, 2)
            if all(np.hypot(*(p - q)) > r + s + 0.004 for q, s in spots):
                d = np.hypot(*(p - 0.5))
                if best is None or d < best[0]:
                    best = (d, p)
        if best is not None:
            spots.append((best[1], r))
    return spots


def make(rng, style):
    b = Board(rng, style)
    style, kind = b.style, b.pick("axes", "axes", "packed", "packed", "rows", "nested")
    hues, edge = b.colours(b.some(1, 5), 70), b.pick(None, None, style.background, style.foreground, "own")
    opacity, width, shaded = b.pick(1.0, 0.8, 0.6, 0.4), b.uniform(0.0015, 0.006), b.chance(0.15)

    def disc(p, r, c, what="disc", solid=False):
        rim = mixed(c, style.foreground, 0.4) if edge == "own" else edge
        fill = b.shade((p[0] - r, p[1] - r, p[0] + r, p[1] + r), c) if shaded else c
        if b.chance(0.5):
            b.draw(DATA, lambda pen: pen.disc(p, r, fill, rim, width), what, 1.0 if solid else opacity)
        else:
            # By Pillow without a gradient.
            b.draw_pillow(DATA, lambda pen: pen.dot(p, r, c), what, opacity=1.0 if solid else opacity)

    if kind == "axes":
        box = (b.size * 3.2 + 0.04, b.uniform(0.08, 0.14), b.uniform(0.8, 0.96), 1 - b.size * 3.6)
        x0, y0, x1, y1 = box
        n, most = b.some(6, 36), b.uniform(0.03, 0.11)
        sizes = np.sort(most * np.sqrt(rng.gamma(0.8, 0.6, n).clip(0.02, 1)))[::-1]
        log = [(k / 3, f"{10 ** (k + 1)}") for k in range(4)]
        with b.group("plot"):
            b.axes(
                box,
                log if b.chance(0.4) else b.ticks(b.some(3, 6)),
                b.ticks(b.some(3, 5)),
                x_name=b.word(),
                y_name=b.word() if b.chance(0.6) else "",
            )
            trend = b.uniform(-0.6, 0.6)
            for k, r in enumerate(sizes):
                u = b.uniform(0.08, 0.92)
                v = float(np.clip(0.5 + trend * (u - 0.5) + rng.normal(0, 0.18), 0.08, 0.92))
                p = (x0 + (x1 - x0) * u, y1 - (y1 - y0) * v)
                with b.group("entry"):
                    disc(p, max(r, 0.006), hues[k % len(hues)], "bubble" if k == 0 else "")
                    if k < 6 and b.chance(0.5):
                        if r > 0.04:
                            b.text(
                                p,
                                b.word(7),
                                b.size * 0.9,
                                readable(rng, mixed(style.background, hues[k % len(hues)], opacity)),
                                width=r * 1.8,
                            )
                        else:
                            q = (p[0] + b.pick(-0.07, 0.07), p[1] - 0.06)
                            b.draw(MARK, lambda pen: pen.line([p, q], style.foreground, b.thin * 0.8), "leader line")
                            b.text((q[0], q[1] - 0.004), b.word(8), b.size * 0.9, anchor="mb")
        if b.chance(0.5):
            at = (x1 - most - 0.02, y1 - most - 0.03)
            with b.group("legend"):
                for k, f in enumerate((1.0, 0.6, 0.3)):
                    r = most * f
                    b.draw(
                        MARK,
                        lambda pen: pen.disc((at[0], at[1] + most - r), r, None, style.foreground, b.thin),
                        "legend" if k == 0 else "",
                    )
                    b.text((at[0], at[1] + most - 2 * r - 0.002), str(int(400 * f)), b.size * 0.7, anchor="mb", what="")
        if b.chance(0.6) and len(hues) > 1:
            b.legend((x0 + 0.02, y0 + 0.01), b.words(len(hues), 8), hues, "dot", b.chance(0.4))
    elif kind == "packed":
        sizes = np.sort(rng.gamma(2, 0.035, b.some(8, 34)).clip(0.02, 0.2))[::-1]
        top = b.chance(0.4)
        for k, (p, r) in enumerate(packed(rng, sizes)):
            c, q = hues[k % len(hues)], (float(p[0]), float(p[1]))
            if top and q[1] - r < 0.13:
                continue
            with b.group("entry"):
                disc(q, float(r), c, "bubble" if k == 0 else "", b.chance(0.5))
                if r > 0.045:
                    foreground = readable(rng, mixed(style.background, c, opacity))
                    b.text(
                        (q[0], q[1] - (r * 0.2 if r > 0.09 else 0)),
                        b.word(8),
                        min(b.size * 1.5, r * 0.45),
                        foreground,
                        width=r * 1.6,
                    )
                    if r > 0.09:
                        b.text(
                            (q[0], q[1] + r * 0.3), str(b.some(2, 900)), min(b.size * 1.2, r * 0.35), foreground, what="value"
                        )
        if top:
            b.text((0.05, 0.07), style.phrase(rng, 2, 5), b.size * 1.7, anchor="lm", what="title", width=0.9)
    elif kind == "rows":
        rows, n = b.some(2, 5), b.some(4, 9)
        for j in range(rows):
            y, c = 0.14 + 0.78 * (j + 0.5) / rows, hues[j % len(hues)]
            b.text((0.17, y), b.word(9), b.size * 1.1, anchor="rm", what="name", width=0.15)
            if b.thin < 0.004:
                b.draw(
                    MARK,
                    lambda pen: pen.line([(0.2, y), (0.97, y)], mixed(style.background, style.foreground, 0.4), b.thin),
                    "line",
                )
            with b.group("series"):
                for k in range(n):
                    r = b.uniform(0.012, min(0.39 / rows, 0.1))
                    p = (0.24 + 0.7 * (k + b.uniform(0.3, 0.7)) / n, y)
                    disc(p, r, c, "bubble" if k == j == 0 else "")
                    if r > 0.04 and b.chance(0.5):
                        b.text(
                            p,
                            str(b.some(2, 99)),
                            b.size * 0.9,
                            readable(rng, mixed(style.background, c, opacity)),
                            what="value",
                        )
        for k in range(5):
            b.text((0.24 + 0.7 * (k + 0.5) / 5, 0.09), str(1990 + 5 * k), b.size, what="")
    else:
        groups = b.some(1, 3)
        for g in range(groups):
            x, c, r = (g + 0.5) / groups, hues[g % len(hues)], min(0.44 / groups, 0.4)
            aside, depth = b.chance(0.6), b.some(2, 5)
            with b.group("series"):
                for k in range(depth):
                    s = r * (1 - k / depth * b.uniform(0.8, 1))
                    tone = mixed(c, style.background, 0.65 * (1 - k / max(depth - 1, 1)))
                    y = 0.5 + (0.35 * (r - s) if aside else 0)
                    disc((x, y), s, tone, "disc", True)
                    b.text(
                        (x, y - s + s * 0.22 + 0.012),
                        b.word(8),
                        min(b.size, s * 0.3),
                        readable(rng, tone),
                        what="name",
                        width=s,
                    )
        b.text((0.5, 0.05), style.phrase(rng, 2, 4), b.size * 1.6, what="title", width=0.9)
    return "Bubbles", b.parts


TEMPLATES = (Template("plot", "bubbles", 1.0, make),)
