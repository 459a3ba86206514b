"""Facts in figures: large numbers, gauges, rows of small men or icons of which some are coloured, bars with ends,
short lines of text, in tiles."""

import numpy as np

from ...kit import DATA, PANEL, SHAPE, Board, Template, cells, mixed, readable


def make(rng, style):
    b = Board(rng, style)
    style = b.style
    rows, columns = b.pick((2, 2), (1, 3), (2, 3), (3, 2), (2, 1))
    top = 0.15 if (titled := b.chance(0.6)) else 0.04
    tiles, hues = cells(rows, columns, (0.04, top, 0.96, 0.96), b.uniform(0.02, 0.05)), b.colours(4, 80)
    look, corner = b.pick("none", "tint", "full", "edge"), b.pick(0, 0.02, 0.05)
    if titled:
        b.text((0.5, 0.075), style.phrase(rng, 2, 5), b.size * 1.8, what="title", width=0.92)
    for k, q in enumerate(tiles):
        c, w, h = hues[k % 4], q[2] - q[0], q[3] - q[1]
        background = {"none": style.background, "tint": b.soft(c, 0.82), "full": c, "edge": style.background}[look]
        foreground = readable(rng, background)
        strong = foreground if look == "full" else c
        with b.group("tile"):
            if look != "none":
                b.draw(
                    PANEL,
                    lambda pen, q=q, g=background, c=c: pen.box(q, g, c if look == "edge" else None, b.thin * 1.5, corner),
                    "tile",
                    shadow=0.008 if b.thin > 0.006 else 0,
                )
            cx, kind, v = (
                (q[0] + q[2]) / 2,
                b.pick("number", "gauge", "gauge", "crowd", "bar", "icon"),
                b.uniform(0.1, 0.95),
            )
            cy, r = q[1] + h * 0.42, min(w, h) * 0.28
            if kind == "number":
                b.text(
                    (cx, cy),
                    b.pick(f"{v * 100:.0f}%", f"{v * 10:.1f}x", str(b.some(2, 900)), f"+{v * 40:.0f}"),
                    min(h * 0.35, w * 0.3),
                    strong,
                    what="large number",
                    width=w * 0.9,
                )
            elif kind == "gauge":
                full = b.chance(0.6)
                a, z = (-np.pi / 2, 1.5 * np.pi) if full else (np.pi, 2 * np.pi)
                rest = mixed(background, foreground, 0.15)
                b.draw(DATA, lambda pen, p=(cx, cy), r=r: pen.arc(p, r, a, z, rest, r * 0.35), "ring")
                b.draw(DATA, lambda pen, p=(cx, cy), r=r: pen.arc(p, r, a, a + (z - a) * v, strong, r * 0.35), "gauge")
                b.text((cx, cy), f"{v * 100:.0f}%", r * 0.55, foreground, what="number")
            elif kind == "crowd":
                n, m = b.some(4, 8), b.some(1, 3)
                lit = int(n * m * v)
                for j in range(n * m):
                    p = (q[0] + w * (0.12 + 0.76 * (j % n + 0.5) / n), q[1] + h * (0.2 + 0.45 * (j // n + 0.5) / m))
                    s, tone = min(w * 0.76 / n, h * 0.45 / m) * 0.42, strong if j < lit else mixed(background, foreground, 0.2)
                    b.draw(
                        SHAPE,
                        lambda pen, p=p, s=s, t=tone: (
                            pen.disc((p[0], pen.round(p, s, [(0, -0.65)])[0][1]), s * 0.38, t),
                            pen.polygon(pen.round(p, s, [(-0.5, 0.9), (-0.4, -0.15), (0.4, -0.15), (0.5, 0.9)]), t),
                        ),
                        "figure of a man" if j == 0 else "",
                    )
            elif kind == "bar":
                for j in range(b.some(2, 4)):
                    y, u = q[1] + h * (0.2 + 0.15 * j), b.uniform(0.15, 0.95)
                    b.draw(
                        DATA,
                        lambda pen, y=y, q=q: pen.line(
                            [(q[0] + w * 0.12, y), (q[0] + w * 0.88, y)],
                            mixed(background, foreground, 0.15),
                            h * 0.06,
                            cap="round",
                        ),
                        "",
                    )
                    b.draw(
                        DATA,
                        lambda pen, y=y, q=q, u=u: pen.line(
                            [(q[0] + w * 0.12, y), (q[0] + w * (0.12 + 0.76 * u), y)], strong, h * 0.06, cap="round"
                        ),
                        "bar" if j == 0 else "",
                    )
            else:
                b.icon((cx, cy), r, colour=strong)
            b.text((cx, q[1] + h * 0.78), b.word(), min(b.size * 1.1, h * 0.12), foreground, width=w * 0.9)
            if h > 0.3:
                b.text(
                    (cx, q[1] + h * 0.9),
                    style.phrase(rng, 2, 4),
                    min(b.size * 0.8, h * 0.08),
                    mixed(foreground, background, 0.3),
                    what="",
                    width=w * 0.92,
                )
    return "Facts in figures", b.parts


TEMPLATES = (Template("poster", "facts", 1.0, make),)
