"""A system in boxes within boxes: zones with dashed borders and heads, components with icons, cylinders, two-way
arrows with words, a cloud."""

import numpy as np

from ...kit import PANEL, SHAPE, Board, Template, cells, mixed, readable, shrink


def make(rng, style):
    b = Board(rng, style)
    style, hues = b.style, b.colours(5, 50)
    zones = cells(*b.pick((1, 2), (1, 3), (2, 2), (2, 1), (3, 1)), (0.03, 0.04, 0.97, 0.96), b.uniform(0.04, 0.08))
    dash, radius, spots = (0.014, 0.01) if b.chance(0.5) else (), b.pick(0, 0.015, 0.03), []
    for k, zone in enumerate(zones):
        c = hues[k % 5]
        with b.group("zone"):
            b.draw(
                PANEL,
                lambda pen: pen.box(
                    zone, b.soft(c, 0.88) if b.thin > 0.003 else None, mixed(c, style.foreground, 0.2), b.thin, radius, dash
                ),
                "zone",
            )
            b.text(
                (zone[0] + 0.015, zone[1] + 0.012),
                b.word(),
                b.size,
                mixed(c, style.foreground, 0.5),
                "lt",
                "zone name",
                width=zone[2] - zone[0] - 0.03,
            )
            inner = shrink((zone[0], zone[1] + b.size * 1.4, zone[2], zone[3]), 0.06, 0.04, 0.06, 0.06)
            w, h = inner[2] - inner[0], inner[3] - inner[1]
            shape = b.pick((1, 2), (2, 1), (2, 2), (1, 1)) if w > 0.25 else (b.some(1, 3), 1)
            for box in cells(*shape, inner, min(w, h) * 0.16):
                own, tone = b.pick("box", "box", "cylinder", "icon", "thing", "stack"), b.pick(c, hues[b.some(0, 4)])
                x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
                bw, bh = min(box[2] - box[0], 0.24), min(box[3] - box[1], 0.15)
                q = (x - bw / 2, y - bh / 2, x + bw / 2, y + bh / 2)
                spots.append((x, y, bw, bh, k))
                with b.group("component"):
                    if own in ("icon", "thing"):
                        (
                            b.icon((x, y - bh * 0.12), min(bw, bh) * 0.36, colour=tone)
                            if own == "icon"
                            else b.thing((x, y - bh * 0.12), min(bw, bh) * 0.8)
                        )
                        b.text((x, q[3] - bh * 0.02), b.word(9), b.size * 0.9, width=bw * 1.2)
                        continue
                    fill, edge = (b.shade(q, tone) if b.chance(0.2) else tone), (
                        mixed(tone, style.foreground, 0.5) if b.chance(0.5) else None
                    )

                    def paint(pen):
                        if own == "cylinder":
                            e = bh * 0.16
                            pen.ellipse((q[0], q[3] - 2 * e, q[2], q[3]), fill, edge, b.thin)
                            pen.box((q[0], q[1] + e, q[2], q[3] - e), fill)
                            if edge:
                                pen.line([(q[0], q[1] + e), (q[0], q[3] - e)], edge, b.thin), pen.line(
                                    [(q[2], q[1] + e), (q[2], q[3] - e)], edge, b.thin
                                )
                            pen.ellipse(
                                (q[0], q[1], q[2], q[1] + 2 * e), mixed(tone, (255, 255, 255), 0.35), edge, b.thin
                            )
                        else:
                            for j in range(2 if own == "stack" else 0, -1, -1):
                                d = 0.008 * j
                                pen.box(
                                    (q[0] + d, q[1] - d, q[2] + d, q[3] - d),
                                    fill,
                                    edge or (style.background if own == "stack" else None),
                                    b.thin,
                                    radius,
                                )

                    b.draw(SHAPE, paint, own, shadow=0.007 if b.thin > 0.006 else 0)
                    b.text(
                        (x, y + (bh * 0.08 if own == "cylinder" else 0)),
                        b.word(9),
                        b.size,
                        readable(rng, tone),
                        width=bw * 0.9,
                    )
    for _ in range(b.some(2, 6)):
        i, j = rng.choice(len(spots), 2, replace=False) if len(spots) > 1 else (0, 0)
        p, q = np.array(spots[i][:2]), np.array(spots[j][:2])
        if i == j or np.hypot(*(q - p)) < 0.15:
            continue
        d = (q - p) / np.hypot(*(q - p))
        a, z = p + d * spots[i][3] * 0.75, q - d * spots[j][3] * 0.75
        b.arrow(
            [tuple(a), tuple(z)],
            b.pick(style.foreground, hues[0], mixed(style.foreground, style.background, 0.4)),
            width=b.thin * 1.4,
            both=b.chance(0.3),
            dash=(0.012, 0.008) if b.chance(0.25) else (),
            head=0.02,
        )
        if b.chance(0.35):
            b.text(
                tuple((a + z) / 2 - (0, 0.012)),
                b.word(8),
                b.size * 0.8,
                anchor="mb",
                halo=style.background if b.chance(0.5) else None,
            )
    return "A system in boxes", b.parts


TEMPLATES = (Template("diagram", "architecture", 1.0, make),)
