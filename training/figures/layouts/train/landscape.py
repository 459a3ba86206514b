"""A cycle or process in a drawn landscape: sky, hills one behind the other, ground in section, water, trees, houses,
sun and clouds, with wide arrows, labels and a key; flat colours or gradients."""

import numpy as np

from ...kit import ALL, BACKGROUND, MARK, SHAPE, WHITE, Board, Template, el, luminance, mixed, readable


def make(rng, style):
    b = Board(rng, style, "none")
    sky, tones = b.pick(
        ((190, 220, 245), (240, 248, 255)),
        ((250, 200, 150), (120, 90, 140)),
        ((20, 26, 60), (70, 60, 110)),
        (style.colour(rng), (250, 250, 250)),
    ), b.chance(0.6)
    shade = (
        (
            lambda w, h: np.broadcast_to(
                el.unit(sky[0])
                + np.linspace(0, 1, h, dtype=np.float32)[:, None, None] * (el.unit(sky[1]) - el.unit(sky[0])),
                (h, w, 3),
            )
        )
        if tones
        else (lambda w, h: np.broadcast_to(el.unit(sky[0]), (h, w, 3)))
    )
    b.add(el.picture(BACKGROUND, ALL, shade, "sky"))
    foreground = (20, 20, 25) if luminance(sky[0]) + luminance(sky[1]) > 0.9 else (245, 245, 245)
    xs = np.linspace(0, 1, 25)
    green = b.pick((110, 160, 80), (150, 170, 90), (120, 110, 90), style.colour(rng))
    outline, width = b.pick(None, None, (40, 40, 40)), b.uniform(0.002, 0.006)
    ground, hills = b.uniform(0.6, 0.72), []
    for k in range(b.some(1, 4)):
        base = ground - 0.26 + 0.1 * k
        peaks = b.chance(0.35)
        y = base + (
            0.09 * np.abs(np.sin(xs * b.uniform(4, 9) + k * 2))
            if peaks
            else 0.06 * np.sin(xs * b.uniform(3, 8) + k * 2.1)
        )
        hills.append((y, mixed(mixed(green, sky[1], max(0.6 - 0.2 * k, 0)), (0, 0, 0), 0.05 * k)))
    for y, c in hills:
        q = [(0, 1), *((float(u), float(v)) for u, v in zip(xs, y)), (1, 1)]
        b.draw(SHAPE, lambda pen: pen.polygon(q, c, outline, width), "hill")
    soil = b.pick((150, 110, 80), (120, 95, 75), (190, 160, 110), mixed(green, (90, 60, 30), 0.6))
    section, layers = b.chance(0.7), b.some(1, 4)
    for k in range(layers if section else 1):
        top = ground + (1 - ground) * k / max(layers, 1)
        wave = 0.012 * np.sin(xs * b.uniform(5, 12) + k)
        q = [(0, 1.02), *((float(u), float(top + v)) for u, v in zip(xs, wave)), (1, 1.02)]
        c = mixed(soil, (0, 0, 0), 0.12 * k) if section else mixed(green, (0, 0, 0), 0.1)
        b.draw(SHAPE, lambda pen: pen.polygon(q, c, outline, width), "ground")
    if section and b.chance(0.6):
        dots = [(b.uniform(0, 1), b.uniform(ground + 0.05, 1), b.uniform(0.003, 0.012)) for _ in range(b.some(10, 50))]
        b.draw(SHAPE, lambda pen: [pen.disc((x, y), r, mixed(soil, WHITE, 0.3)) for x, y, r in dots], "stones")
    if b.chance(0.65):
        a, left, deep, c = (
            b.uniform(0.3, 0.55),
            b.chance(0.5),
            b.uniform(0.06, 0.2),
            b.pick((70, 140, 200), (60, 160, 170), (90, 120, 190)),
        )
        basin = [(0, ground + 0.005), (a, ground + 0.005), (a - 0.08, ground + deep * 0.7), (0, ground + deep)]
        basin = basin if left else [(1 - x, y) for x, y in basin]
        b.draw(SHAPE, lambda pen: pen.polygon(basin, c, outline, width), "water", b.pick(1.0, 0.8))
    sun = (b.uniform(0.1, 0.9), b.uniform(0.1, 0.2))
    r, c, rays = b.uniform(0.04, 0.09), b.pick((255, 205, 60), (255, 240, 200), (250, 150, 60)), b.chance(0.5)

    def shine(pen):
        pen.disc(sun, r, c)
        for a in np.arange(12) * 0.5236 if rays else ():
            pen.line(
                [
                    (sun[0] + r * 1.2 * np.cos(a), sun[1] + r * 1.2 * np.sin(a)),
                    (sun[0] + r * 1.6 * np.cos(a), sun[1] + r * 1.6 * np.sin(a)),
                ],
                c,
                0.007,
            )

    b.draw(SHAPE, shine, "sun")
    for _ in range(b.some(0, 3)):
        p, s, c = (
            (b.uniform(0.1, 0.9), b.uniform(0.1, 0.3)),
            b.uniform(0.03, 0.06),
            b.pick((255, 255, 255), (225, 230, 238), (150, 160, 175)),
        )
        puffs = [
            (p[0] + s * dx, p[1] + s * dy, s * k)
            for dx, dy, k in ((-1.2, 0.2, 0.7), (0, -0.2, 1), (1.1, 0.15, 0.75), (0, 0.4, 0.8))
        ]
        rain = b.chance(0.3)

        def cloud(pen):
            for x, y, q in puffs:
                pen.disc((x, y), q, c)
            for k in range(5) if rain else ():
                pen.line(
                    [(p[0] + s * (k - 2) * 0.6, p[1] + s * 1.5), (p[0] + s * (k - 2.4) * 0.6, p[1] + s * 2.6)],
                    (90, 140, 210),
                    0.004,
                )

        b.draw(SHAPE, cloud, "cloud", b.pick(1.0, 0.85))
    for _ in range(b.some(1, 8)):
        x, s, own = b.uniform(0.05, 0.95), b.uniform(0.04, 0.11), b.pick("tree", "fir", "house", "thing", "plant")
        y, c = ground + 0.01, mixed(green, (0, 60, 20), b.uniform(0.2, 0.6))
        wall, roof = style.colour(rng), style.colour(rng)

        def stand(pen):
            if own == "tree":
                pen.box((x - s * 0.08, y - s * 0.7, x + s * 0.08, y), (110, 80, 50))
                pen.disc((x, y - s), s * 0.5, c, outline, width)
            elif own == "fir":
                for k in range(3):
                    pen.polygon(
                        [
                            (x - s * (0.5 - 0.1 * k), y - s * 0.4 * k),
                            (x + s * (0.5 - 0.1 * k), y - s * 0.4 * k),
                            (x, y - s * (0.8 + 0.4 * k)),
                        ],
                        c,
                        outline,
                        width,
                    )
            elif own == "house":
                pen.box((x - s * 0.6, y - s * 0.7, x + s * 0.6, y), wall, outline, width)
                pen.polygon(
                    [(x - s * 0.75, y - s * 0.7), (x + s * 0.75, y - s * 0.7), (x, y - s * 1.3)], roof, outline, width
                )
                pen.box((x - s * 0.15, y - s * 0.4, x + s * 0.15, y), mixed(wall, (0, 0, 0), 0.5))
            else:
                pen.box((x - s * 0.5, y - s * 0.6, x + s * 0.7, y), wall, outline, width)
                for k in range(2):
                    pen.box(
                        (x - s * 0.4 + s * 0.45 * k, y - s * 1.4, x - s * 0.2 + s * 0.45 * k, y - s * 0.6),
                        roof,
                        outline,
                        width,
                    )

        if own == "thing":
            b.thing((x, y - s * 0.6), s * 1.6)
        else:
            b.draw(SHAPE, stand, own if own != "plant" else "factory")
    fat, hue = b.chance(0.6), b.pick((60, 120, 200), (220, 80, 50), WHITE, style.strong(rng))
    for k in range(b.some(2, 6)):
        p = (b.uniform(0.12, 0.88), b.uniform(0.25, 0.85))
        up, c = b.pick(-1, 1), hue if b.chance(0.7) else style.colour(rng)
        q = (p[0] + b.uniform(-0.12, 0.12), min(max(p[1] + up * b.uniform(0.12, 0.26), 0.08), 0.95))
        with b.group("flux"):
            if fat:
                wide = b.uniform(0.018, 0.05)
                b.draw(
                    MARK,
                    lambda pen: pen.block_arrow(p, q, wide, wide * 1.3, c, outline, width),
                    "arrow",
                    b.pick(1.0, 0.85, 0.7),
                )
            else:
                m = ((p[0] + q[0]) / 2 + 0.07 * up, (p[1] + q[1]) / 2)
                b.arrow([p, m, q], c, width=b.uniform(0.005, 0.014), smooth=True, dash=b.pick((), (), (0.014, 0.01)))
            at = ((p[0] + q[0]) / 2 + 0.04, (p[1] + q[1]) / 2)
            below = at[1] > ground - 0.1
            b.text(
                at,
                b.word(10),
                b.size * 1.1,
                readable(rng, soil if below else sky[1]),
                "lm",
                "process",
                width=0.96 - at[0] if at[0] < 0.86 else 0.1,
                halo=WHITE if luminance(soil if below else sky[1]) > 0.5 and b.chance(0.3) else None,
            )
    for _ in range(b.pick(0, 0, 1, 2)):
        y = b.uniform(0.12, 0.9)
        x, s = b.pick(0.03, 0.7), b.size
        tag = (x, y - s, x + 0.27, y + s)
        with b.group("label"):
            b.draw(SHAPE, lambda pen: pen.box(tag, WHITE, (60, 60, 60), width, 0.012), "label", b.pick(1.0, 0.8))
            b.text((x + 0.135, y), style.phrase(rng, 1, 3), s, (25, 25, 25), width=0.25)
    if b.chance(0.4):
        b.draw(SHAPE, lambda pen: pen.box((0, 0, 1, 0.085), WHITE), "title bar")
        b.text((0.03, 0.043), style.phrase(rng, 2, 4), 0.048, (25, 25, 25), "lm", "title", width=0.9)
    else:
        b.text((0.03, 0.05), style.phrase(rng, 1, 3), 0.05, foreground, "lm", "title", width=0.7)
    return "A process in a landscape", b.parts


TEMPLATES = (Template("shapes", "landscape", 1.1, make),)
