"""A graphical abstract: tinted zones with headings, large icons and cut-outs, curved arrows, a result as a small
plot, a take-home line."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, mixed, readable, shrink


def make(rng, style):
    b = Board(rng, style)
    style, hues = b.style, b.colours(4, 60)
    count = b.some(2, 3)
    foot = 0.14 if b.chance(0.5) else 0
    across = b.chance(0.7)
    zones = []
    for k in range(count):
        a, z = 0.02 + 0.96 * k / count, 0.02 + 0.96 * (k + 1) / count - 0.02
        zones.append(
            (a, 0.02, z, 0.97 - foot)
            if across
            else (0.02, 0.02 + (0.95 - foot) * k / count, 0.98, (0.95 - foot) * (k + 1) / count)
        )
    rounded, header = b.pick(0, 0.03, 0.06), b.chance(0.5)
    for k, box in enumerate(zones):
        w, h, c = box[2] - box[0], box[3] - box[1], hues[k % 4]
        tall = min(0.09, h * 0.2)
        with b.group("zone"):
            fill = b.shade(box, b.soft(c, 0.75), b.soft(c, 0.95)) if b.chance(0.4) else b.soft(c, 0.8)
            if b.chance(0.8):
                b.draw(
                    PANEL,
                    lambda pen, q=box, f=fill, c=c: pen.box(q, f, c if b.thin > 0.004 else None, b.thin, rounded),
                    "zone",
                    shadow=0.01 if b.thin > 0.0065 else 0,
                )
            if header:
                q = (box[0], box[1], box[2], box[1] + tall)
                b.draw(SHAPE, lambda pen, q=q, c=c: pen.box(q, c, None, 0, rounded), "header")
                b.text(
                    ((q[0] + q[2]) / 2, (q[1] + q[3]) / 2),
                    style.phrase(rng, 1, 2),
                    b.size * 1.1,
                    readable(rng, c),
                    what="heading",
                    width=w * 0.9,
                )
            else:
                b.text(
                    ((box[0] + box[2]) / 2, box[1] + tall / 2),
                    style.phrase(rng, 1, 2),
                    b.size * 1.15,
                    what="heading",
                    width=w * 0.9,
                )
            inner = shrink((box[0], box[1] + tall, box[2], box[3]), 0.06, 0.04, 0.06, 0.06)
            iw, ih = inner[2] - inner[0], inner[3] - inner[1]
            kind = b.pick("one", "few", "few", "plot", "chain")
            spots = {
                "one": [(0.5, 0.5, 0.4)],
                "few": [(0.3, 0.28, 0.2), (0.7, 0.5, 0.22), (0.35, 0.78, 0.18)],
                "chain": [(0.5, 0.2, 0.16), (0.5, 0.52, 0.16), (0.5, 0.84, 0.16)],
                "plot": [],
            }[kind]
            for x, y, r in spots:
                at, r = (inner[0] + iw * x, inner[1] + ih * y), r * min(iw, ih) * 1.15
                if b.chance(0.6):
                    b.thing(at, r * 1.9)
                else:
                    b.icon(at, r * 0.8)
                if b.chance(0.5):
                    b.text((at[0], at[1] + r * 1.05), b.word(), b.size * 0.9, anchor="mt", width=iw * 0.6)
            if kind in ("few", "chain"):
                for (x0, y0, r0), (x1, y1, r1) in zip(spots, spots[1:]):
                    p, q = np.array([inner[0] + iw * x0, inner[1] + ih * y0]), np.array(
                        [inner[0] + iw * x1, inner[1] + ih * y1]
                    )
                    d = q - p
                    p, q = p + d * 0.36, q - d * 0.3
                    b.arrow(
                        [tuple(p), (float(p[0] + d[0] * 0.4 + 0.04), float(p[1])), tuple(q)],
                        style.foreground if b.chance(0.6) else c,
                        smooth=True,
                    )
            if kind == "plot":
                q = shrink(inner, 0.2, 0.1, 0.05, 0.18)
                n = b.some(2, 4)
                with b.group("plot"):
                    b.draw(
                        PANEL,
                        lambda pen, q=q: pen.line([(q[0], q[1]), (q[0], q[3]), (q[2], q[3])], style.foreground, b.thin),
                        "small axes",
                    )
                    for j, v in enumerate(rng.uniform(0.2, 1, n)):
                        x0, x1 = q[0] + (q[2] - q[0]) * (j + 0.2) / n, q[0] + (q[2] - q[0]) * (j + 0.8) / n
                        b.draw(
                            DATA,
                            lambda pen, r=(x0, q[3] - (q[3] - q[1]) * float(v), x1, q[3]), c=hues[j % 4]: pen.box(
                                r, c, style.foreground if b.thin > 0.005 else None, b.thin
                            ),
                            "bar chart" if j == 0 else "",
                        )
                    b.text(((q[0] + q[2]) / 2, q[3] + 0.012), b.word(), b.size * 0.9, anchor="mt", width=iw)
    for a, z in zip(zones, zones[1:]):
        if b.chance(0.85):
            c = b.pick(style.foreground, mixed(style.foreground, style.background, 0.4), hues[3])
            p, q = (
                ((a[2] - 0.02, (a[1] + a[3]) / 2), (z[0] + 0.02, (a[1] + a[3]) / 2))
                if across
                else (((a[0] + a[2]) / 2, a[3] - 0.02), ((a[0] + a[2]) / 2, z[1] + 0.02))
            )
            p, q = tuple(np.array(p) - (np.array(q) - p) * 0.5), tuple(np.array(q) + (np.array(q) - p) * 0.5)
            fill = b.shade((*p, *q), c, b.soft(c, 0.4)) if b.chance(0.4) else c
            b.draw(
                MARK,
                lambda pen, p=p, q=q, f=fill: pen.block_arrow(
                    p, q, 0.03, 0.05, f, style.background if b.thin > 0.004 else None, 0.004
                ),
                "block arrow",
            )
    if foot:
        c = hues[b.some(0, 3)]
        b.draw(SHAPE, lambda pen: pen.box((0.02, 0.87, 0.98, 0.98), c, None, 0, rounded), "bar")
        b.text(
            (0.5, 0.925), style.phrase(rng, 4, 8), b.size * 1.2, readable(rng, c), what="take-home message", width=0.92
        )
    return "A graphical abstract", b.parts


TEMPLATES = (Template("poster", "graphical abstract", 1.4, make),)
