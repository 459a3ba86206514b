"""A picture with lines or boxes across it, and what was measured along them as curves below or beside; the colours of
marks and curves agree; markers of positions run from one to the other."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, el, mixed


def make(rng, style):
    b = Board(rng, style)
    style, side = b.style, b.pick("below", "below", "right", "over")
    painter, what = el.micrograph_painter(rng, style)
    cut = b.uniform(0.45, 0.6)
    pic = {
        "below": (b.uniform(0.1, 0.2), 0.05, b.uniform(0.85, 0.96), cut),
        "right": (0.04, 0.1, cut - 0.03, 0.88),
        "over": (0.04, 0.05, 0.96, 0.94),
    }[side]
    x0, y0, x1, y1 = pic
    background = b.add(el.picture(PANEL, pic, painter, what))
    n = b.some(1, 3)
    marks = [b.pointer(background) for _ in range(n)]
    marks = [mixed(c, h, 0.6) for c, h in zip(marks, b.colours(n))] if b.chance(0.6) else marks
    plot_hue = [c if sum(abs(p - q) for p, q in zip(c, style.background)) > 150 else style.foreground for c in marks]
    width, dash = b.uniform(0.002, 0.008), b.pick((), (), (0.014, 0.01))
    if side == "below":
        chart = (x0, cut + b.uniform(0.05, 0.1), x1, 1 - b.size * 2.8 - 0.02)
    elif side == "right":
        chart = (cut + b.size * 2.5 + 0.04, 0.1, 0.96, 0.88 - b.size)
    else:
        chart = (x0 + 0.03, b.uniform(0.6, 0.7), x1 - 0.03, y1 - 0.04)
    kind, ends = b.pick("line", "line", "box", "path"), b.pick("none", "ticks", "arrow", "dots")
    image = np.asarray(painter(96, 96), np.float32).mean(-1)
    curves = []
    for k in range(n):
        v = (k + b.uniform(0.3, 0.7)) / n * (0.55 if side == "over" else 1)
        u0, u1 = (0.0, 1.0) if b.chance(0.3) else (b.uniform(0.05, 0.25), b.uniform(0.65, 0.95))
        tilt = 0 if kind == "box" or b.chance(0.5) else b.uniform(-0.12, 0.12)
        t = np.linspace(0, 1, b.some(60, 160))
        us, vs = u0 + (u1 - u0) * t, np.clip(
            v + tilt * (t - 0.5) + (0.05 * np.sin(t * 7) if kind == "path" else 0), 0.02, 0.98
        )
        row = image[(vs * 95).astype(int), (us * 95).astype(int)]
        row = np.convolve(np.pad(row, 3, "edge"), np.ones(7) / 7, "valid") if b.chance(0.7) else row
        curves.append((row - row.min()) / max(float(np.ptp(row)), 0.05))
        points, c = [(x0 + (x1 - x0) * p, y0 + (y1 - y0) * q) for p, q in zip(us, vs)], marks[k]
        with b.group("region"):
            if kind == "box":
                half = b.uniform(0.012, 0.04)
                area = (points[0][0], points[0][1] - half, points[-1][0], points[-1][1] + half)
                if b.chance(0.4):
                    b.draw(SHAPE, lambda pen: pen.box(area, c), "region", 0.3)
                b.draw(MARK, lambda pen: pen.box(area, None, c, width, dash=dash), "frame")
            elif ends == "arrow":
                b.arrow(
                    points[:: max(len(points) // 12, 1)],
                    c,
                    width=width * 1.3,
                    dash=dash,
                    what="line across",
                    both=b.chance(0.4),
                )
            else:

                def paint(pen):
                    pen.line(points, c, width, dash)
                    for p in (points[0], points[-1]) if ends != "none" else ():
                        if ends == "dots":
                            pen.disc(p, width * 2.2, c)
                        else:
                            pen.line([(p[0], p[1] - 0.018), (p[0], p[1] + 0.018)], c, width)

                b.draw(MARK, paint, "line across")
            if b.chance(0.5):
                b.text(
                    (points[0][0] + 0.008, points[0][1] - 0.012),
                    b.pick(str(k + 1), "AB CD EF"[3 * k : 3 * k + 2]),
                    b.size,
                    c,
                    "lb",
                )
    with b.group("plot"):
        cx0, cy0, cx1, cy1 = chart
        bare = side == "over"
        if not bare:
            b.axes(
                chart,
                b.ticks(b.some(3, 5)),
                b.ticks(b.some(2, 3)) if b.chance(0.7) else [],
                None,
                None,
                b.word(),
                b.word() if b.chance(0.5) else "",
            )
        elif b.chance(0.6):
            fill = b.pick((0, 0, 0), (255, 255, 255))
            b.draw(
                PANEL,
                lambda pen: pen.box((cx0 - 0.01, cy0 - 0.01, cx1 + 0.01, cy1 + 0.01), fill),
                "plate",
                b.uniform(0.3, 0.7),
            )
        apart = b.chance(0.4) and n > 1
        for k, row in enumerate(curves):
            c = marks[k] if bare else plot_hue[k]
            base = cy1 - (cy1 - cy0) * (k / n if apart else 0)
            tall = (cy1 - cy0) / (n if apart else 1) * 0.88
            points = [(cx0 + (cx1 - cx0) * j / (len(row) - 1), base - 0.01 - tall * v) for j, v in enumerate(row)]
            with b.group("series"):
                if b.chance(0.25):
                    b.draw(DATA, lambda pen: pen.polygon([(cx0, base), *points, (cx1, base)], c), "", 0.35)
                broken = b.pick((), (), (0.012, 0.008))
                chosen = b.pick(0.8, 1, 1.5)
                b.draw(
                    DATA,
                    lambda pen: pen.line(points, c, width * chosen, broken),
                    "profile",
                )
    for _ in range(b.pick(0, 0, 1, 3)):
        at = b.uniform(0.1, 0.9)
        if side == "below":
            x = x0 + (x1 - x0) * at
            c = b.pick(style.foreground, mixed(style.foreground, style.background, 0.4))
            b.draw(
                MARK, lambda pen: pen.line([(x, y1 + 0.005), (x, chart[3])], c, b.thin, (0.008, 0.008)), "broken line"
            )
        else:
            p = (chart[0] + (chart[2] - chart[0]) * at, chart[1] + 0.02)
            b.arrow([(p[0], p[1] - 0.05), (p[0], p[1] + 0.02)], marks[0] if side == "over" else style.foreground, width=0.005)
    b.scale_bar(pic, b.pointer(background), b.chance(0.7)) if side != "over" and b.chance(0.7) else None
    if b.chance(0.5):
        b.letter((0.012, 0.012, 1, 1), 0, look := b.pick("upper", "lower", "bracket"), b.size * 1.5)
        if side == "right":
            b.letter((cut, 0.012, 1, 1), 1, look, b.size * 1.5)
    if n > 1 and side == "right" and b.chance(0.6):
        b.legend((chart[0] + 0.02, chart[1] + 0.01), b.words(n, 7), plot_hue, "line", b.chance(0.5))
    return f"A {what} with profiles along lines", b.parts


TEMPLATES = (Template("micrograph", "profile", 1.2, make),)
