"""A plan: thick walls, doors as arcs, windows, furniture, measures with arrows, names of rooms, a marked way."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, divided, mixed


def make(rng, style):
    b = Board(rng, style)
    style = b.style
    outer, wall = (0.12, 0.12, 0.9, 0.88), b.uniform(0.008, 0.02)
    rooms = divided(rng, outer, 0, b.some(2, 3))
    foreground, hues = b.pick(style.foreground, mixed(style.foreground, style.background, 0.25)), b.colours(4, 20)
    with b.group("plan"):
        for k, q in enumerate(rooms):
            if b.chance(0.6):
                b.draw(PANEL, lambda pen, q=q, c=b.soft(hues[k % 4], 0.8): pen.box(q, c), "room")
        b.draw(
            DATA,
            lambda pen: [pen.box(q, None, foreground, wall) for q in rooms] and pen.box(outer, None, foreground, wall * 1.5),
            "walls",
        )
        for q in rooms:
            w, h = q[2] - q[0], q[3] - q[1]
            r = min(w, h) * 0.3
            with b.group("room"):
                corner = (q[0] + w * 0.15, q[3])
                b.draw(
                    DATA,
                    lambda pen, p=corner, r=r: (
                        pen.line([p, (p[0] + r, p[1])], style.background, wall * 1.3),
                        pen.line([p, (p[0], p[1] - r)], foreground, b.thin),
                        pen.arc(p, r, -np.pi / 2, 0, foreground, b.thin * 0.7),
                    ),
                    "door",
                )
                for _ in range(b.some(0, 3)):
                    x, y, s = (
                        b.uniform(q[0] + 0.02, q[2] - w * 0.35),
                        b.uniform(q[1] + 0.02, q[3] - h * 0.35),
                        min(w, h) * b.uniform(0.15, 0.3),
                    )
                    c, kind = b.soft(b.style.colour(rng), 0.4), b.pick("box", "disc", "icon")
                    if kind == "icon":
                        b.icon((x + s / 2, y + s / 2), s * 0.5)
                    else:
                        b.draw(
                            SHAPE,
                            lambda pen, x=x, y=y, s=s, c=c, k=kind: (
                                pen.box((x, y, x + s * 1.3, y + s), c, foreground, b.thin, 0.006)
                                if k == "box"
                                else pen.disc((x + s / 2, y + s / 2), s / 2, c, foreground, b.thin)
                            ),
                            "furniture",
                        )
                b.text(
                    ((q[0] + q[2]) / 2, (q[1] + q[3]) / 2),
                    b.word(),
                    min(b.size, w * 0.2),
                    foreground,
                    what="room name",
                    width=w * 0.8,
                )
                if b.chance(0.5):
                    b.text(
                        ((q[0] + q[2]) / 2, (q[1] + q[3]) / 2 + b.size * 1.2),
                        f"{rng.uniform(6, 40):.1f} m²" if "Noto" not in style.font.name else "12",
                        b.size * 0.8,
                        foreground,
                        what="area",
                        width=w * 0.8,
                    )
    for a, z, at, turned in (
        ((outer[0], 0.06), (outer[2], 0.06), ((outer[0] + outer[2]) / 2, 0.045), False),
        ((0.06, outer[1]), (0.06, outer[3]), (0.035, 0.5), True),
    ):
        if b.chance(0.7):
            with b.group("measure"):
                b.arrow(
                    [a, z],
                    foreground,
                    width=b.thin,
                    kind=b.pick("triangle", "open", "bar"),
                    both=True,
                    head=0.018,
                    what="measured line",
                )
                b.text(
                    at,
                    f"{rng.uniform(3, 20):.2f}",
                    b.size * 0.85,
                    foreground,
                    "mb" if not turned else "mm",
                    "measure",
                    turned=turned,
                )
    if b.chance(0.4):
        p = [(b.uniform(0.15, 0.85), b.uniform(0.15, 0.85)) for _ in range(4)]
        c = b.pick((220, 40, 40), (30, 120, 220))
        b.draw(MARK, lambda pen: pen.curve(p, c, 0.007, (0.016, 0.012)), "way")
        b.draw(MARK, lambda pen: pen.disc(p[0], 0.014, c), "start")
    return "A floor plan", b.parts


TEMPLATES = (Template("shapes", "floor plan", 0.9, make),)
