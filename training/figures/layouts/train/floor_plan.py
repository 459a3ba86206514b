"""A plan seen from above: rooms with thick walls, doors as quarter circles, windows, furniture, names and areas,
measures along the rim; as a black drawing, in tints, or white lines on blue."""

import numpy as np

from ...kit import BACKGROUND, MARK, PANEL, SHAPE, Board, Template, divided, el, mixed


def make(rng, style):
    blue = rng.random() < 0.25
    b = Board(rng, style, "none" if blue else None)
    style = b.style
    background, foreground = style.background, style.foreground
    if blue:
        background, foreground = b.pick((28, 70, 140), (20, 50, 95), (40, 90, 120)), (240, 245, 255)
        b.add(
            el.picture(
                BACKGROUND, (0, 0, 1, 1), lambda w, h: np.broadcast_to(el.unit(background), (h, w, 3)), "blue background"
            )
        )
        if b.chance(0.6):
            step, tone = b.uniform(0.03, 0.06), mixed(background, foreground, 0.14)
            b.draw(
                PANEL,
                lambda pen: [
                    (pen.line([(x, 0), (x, 1)], tone, 0.0025), pen.line([(0, x), (1, x)], tone, 0.0025))
                    for x in np.arange(step / 2, 1, step)
                ],
                "ruled ground",
            )
    area = (b.uniform(0.1, 0.16), b.uniform(0.12, 0.18), b.uniform(0.86, 0.94), b.uniform(0.84, 0.9))
    rooms = divided(rng, area, 0.0, b.some(2, 3))
    wall, thin = b.uniform(0.006, 0.02), b.uniform(0.002, 0.004)
    look = "line" if blue else b.pick("tint", "tint", "line", "grey")
    hues = b.colours(5, 30)
    tone = lambda k: {
        "tint": mixed(hues[k % 5], background, 0.65),
        "grey": mixed(background, foreground, 0.05 + 0.05 * (k % 3)),
        "line": None,
    }[look]
    if b.chance(0.2) and not blue:
        around = (0.02, 0.03, 0.98, 0.97)
        b.draw(PANEL, lambda pen: pen.box(around, (190, 215, 170)), "garden")
    for k, q in enumerate(rooms):
        c = tone(k) or (background if len(b.parts) > 1 and not blue else None)
        if c:
            tiles = b.chance(0.2)

            def floor(pen):
                pen.box(q, c)
                for x in np.arange(q[0] + 0.03, q[2], 0.03) if tiles else ():
                    pen.line([(x, q[1]), (x, q[3])], mixed(c, foreground, 0.2), thin * 0.8)

            b.draw(PANEL, floor, "room")
    hollow = b.chance(0.2)

    def walls(pen):
        for q in rooms:
            pen.box(q, None, foreground, wall)
        for q in rooms if hollow else ():
            pen.box(q, None, background, wall * 0.5)

    b.draw(SHAPE, walls, "walls")
    for k, (x0, y0, x1, y1) in enumerate(rooms):
        w, h = x1 - x0, y1 - y0
        r, flat = min(w, h) * b.uniform(0.2, 0.3), b.chance(0.5)
        floor = tone(k) or background
        hinge = (x0 + w * b.uniform(0.15, 0.5), y1) if flat else (x0, y0 + h * b.uniform(0.3, 0.7))
        with b.group("door"):
            far = (hinge[0] + r, hinge[1]) if flat else (hinge[0], hinge[1] + r)
            leaf = (hinge[0], hinge[1] - r) if flat else (hinge[0] + r, hinge[1])
            b.draw(SHAPE, lambda pen: pen.line([hinge, far], floor, wall * 1.15), "gap in a wall")
            t = np.linspace(0, np.pi / 2, 9)
            swing = [
                (
                    (hinge[0] + r * np.cos(a), hinge[1] - r * np.sin(a))
                    if flat
                    else (hinge[0] + r * np.sin(a), hinge[1] + r * np.cos(a))
                )
                for a in t
            ]
            b.draw(SHAPE, lambda pen: (pen.line([hinge, leaf], foreground, thin * 1.5), pen.curve(swing, foreground, thin)), "door")
        if y0 < area[1] + 0.01 and b.chance(0.7):
            a, z = (x0 + w * 0.3, y0), (x0 + w * 0.7, y0)
            b.draw(SHAPE, lambda pen: (pen.line([a, z], background, wall * 0.8), pen.line([a, z], foreground, thin)), "window")
        for _ in range(b.some(0, 3)):
            p, s = (b.uniform(x0 + w * 0.2, x1 - w * 0.2), b.uniform(y0 + h * 0.2, y1 - h * 0.2)), min(
                w, h
            ) * b.uniform(0.1, 0.22)
            own, fill = b.pick("table", "round", "bed", "plant"), (
                None if look == "line" else mixed(hues[b.some(0, 4)], background, 0.35)
            )

            def furniture(pen):
                if own == "round":
                    pen.disc(p, s * 0.6, fill, foreground, thin)
                    for a in range(4):
                        pen.disc(
                            (p[0] + s * np.cos(a * 1.571), p[1] + s * np.sin(a * 1.571)), s * 0.22, fill, foreground, thin
                        )
                elif own == "plant":
                    pen.disc(p, s * 0.4, (110, 170, 90) if fill else None, foreground, thin)
                    for a in np.arange(6) * 1.047:
                        pen.line([p, (p[0] + s * 0.38 * np.cos(a), p[1] + s * 0.38 * np.sin(a))], foreground, thin)
                else:
                    pen.box((p[0] - s, p[1] - s * 0.6, p[0] + s, p[1] + s * 0.6), fill, foreground, thin, 0.004)
                    if own == "bed":
                        pen.box(
                            (p[0] - s * 0.9, p[1] - s * 0.5, p[0] - s * 0.5, p[1] + s * 0.5), None, foreground, thin, 0.006
                        )

            b.draw(SHAPE, furniture, own)
        with b.group("room name"):
            m = ((x0 + x1) / 2, y0 + h * b.uniform(0.3, 0.6))
            b.text(m, b.word(9), b.size * 1.1, foreground, what="room", width=w * 0.8)
            if b.chance(0.6) and h > 0.15:
                b.text(
                    (m[0], m[1] + b.size * 1.3), f"{w * h * 200:.1f} m²", b.size * 0.85, foreground, what="area", width=w * 0.8
                )
    if b.chance(0.7):
        cuts, c = sorted({q[0] for q in rooms} | {area[2]}), b.pick(foreground, foreground, (200, 40, 40))
        y = area[1] - 0.045
        for a, z in zip(cuts, cuts[1:]):
            if z - a > 0.06:
                with b.group("measure"):
                    kind = b.pick("arrow", "tick")
                    if kind == "arrow":
                        b.arrow([(a, y), (z, y)], c, width=thin, both=True, what="measure", head=0.014)
                    else:
                        b.draw(
                            MARK,
                            lambda pen: (
                                pen.line([(a, y), (z, y)], c, thin),
                                [pen.line([(x - 0.008, y + 0.008), (x + 0.008, y - 0.008)], c, thin) for x in (a, z)],
                            ),
                            "measure",
                        )
                    b.text(((a + z) / 2, y - 0.006), f"{(z - a) * 12:.2f}", b.size * 0.85, c, "mb", "", width=z - a)
        x = area[0] - 0.045
        b.arrow([(x, area[1]), (x, area[3])], c, width=thin, both=True, what="measure", head=0.014)
        b.text(
            (x - 0.012, (area[1] + area[3]) / 2),
            f"{(area[3] - area[1]) * 12:.2f}",
            b.size * 0.85,
            c,
            turned=True,
            what="",
        )
    if b.chance(0.4):
        path = [
            (b.uniform(area[0] + 0.05, area[2] - 0.05), b.uniform(area[1] + 0.05, area[3] - 0.05)) for _ in range(3)
        ]
        b.arrow(
            path,
            b.pick((220, 50, 40), (40, 140, 60)),
            width=b.uniform(0.005, 0.01),
            dash=b.pick((), (0.014, 0.01)),
            smooth=True,
            what="way out",
        )
    b.text((0.04, 0.95), style.phrase(rng, 1, 3), b.size * 1.2, foreground, "lm", "title", width=0.5)
    return "A plan of rooms", b.parts


TEMPLATES = (Template("diagram", "floor plan", 1.0, make),)
