"""A map: land on water or a drawn relief, rivers and roads (broken or cased), regions in shades, pins, places with
names, key, north arrow, scale, graticule."""

import numpy as np

from ...kit import BACKGROUND, DATA, MARK, PANEL, SHAPE, WHITE, Board, Template, el, luminance, mixed, readable
from ...textures import Window, _ramp


def make(rng, style):
    b = Board(rng, style, "none")
    style = b.style
    relief, sea = b.chance(0.35), mixed((150, 195, 225), style.colour(rng), b.uniform(0, 0.3))
    if style.dark:
        sea = mixed(sea, (0, 0, 0), 0.6)
    window = Window(rng, style.split, b.uniform(0.4, 0.9))
    land = (
        mixed((240, 232, 210), style.colour(rng), b.uniform(0, 0.25))
        if not style.dark
        else mixed((60, 60, 55), style.colour(rng), 0.2)
    )
    stops = np.array(
        [
            el.unit(sea),
            el.unit(sea) * 0.97,
            el.unit((190, 200, 140)),
            el.unit((225, 205, 150)),
            el.unit((190, 150, 110)),
            el.unit((245, 240, 235)),
        ],
        np.float32,
    )

    def paint(w, h):
        if not relief:
            return np.broadcast_to(el.unit(sea), (h, w, 3))
        z = window("cloud", w, h)
        light = 1 + np.gradient(window("rough", w, h), axis=1) * 4 * min(w, h) / 200
        return _ramp(stops, np.clip(z * 1.3 - 0.15, 0, 1)) * np.clip(light, 0.75, 1.25)[..., None]

    b.add(el.picture(BACKGROUND, (0, 0, 1, 1), paint, "shaded relief" if relief else "water"))
    hues, thin = b.colours(5, 0), b.uniform(0.002, 0.006)

    def coast(cx, cy, r, n=36, rough=0.16):
        t = np.arange(n) * 2 * np.pi / n
        wob = rng.normal(0, rough, n)
        wob = np.real(np.fft.ifft(np.fft.fft(wob) * (np.abs(np.fft.fftfreq(n)) < 0.25))) * 1.6
        return [(cx + r[0] * (1 + w) * np.cos(a), cy + r[1] * (1 + w) * np.sin(a)) for a, w in zip(t, wob)]

    if not relief:
        with b.group("land"):
            for _ in range(b.some(1, 3)):
                shape = coast(b.uniform(0.2, 0.8), b.uniform(0.2, 0.8), (b.uniform(0.2, 0.5), b.uniform(0.2, 0.5)))
                edge = mixed(land, (60, 60, 60), 0.5) if b.chance(0.7) else None
                b.draw(
                    PANEL,
                    lambda pen, q=shape: pen.curve(q, edge, thin, fill=land, closed=True),
                    "land",
                    shadow=0.006 if thin > 0.005 else 0,
                )
    if b.chance(0.5):
        with b.group("regions"):
            for k in range(b.some(1, 5)):
                shape, c = (
                    coast(
                        b.uniform(0.15, 0.85),
                        b.uniform(0.15, 0.85),
                        (b.uniform(0.06, 0.2), b.uniform(0.06, 0.2)),
                        16,
                        0.1,
                    ),
                    hues[k % 5],
                )
                dash = (0.012, 0.01) if b.chance(0.3) else ()
                b.draw(
                    SHAPE,
                    lambda pen, q=shape, c=c, d=dash: pen.curve(q, mixed(c, (0, 0, 0), 0.3), thin, d, c, True),
                    "region",
                    opacity=b.pick(1.0, 0.6, 0.4),
                )
    with b.group("lines"):
        for _ in range(b.some(1, 6)):
            n = b.some(4, 8)
            start, turn = np.array([b.uniform(0, 1), b.uniform(0, 1)]), b.uniform(0, 6.3)
            steps = (
                np.stack(
                    [np.cos(turn + rng.normal(0, 0.5, n).cumsum()), np.sin(turn + rng.normal(0, 0.5, n).cumsum())], 1
                )
                * 0.16
            )
            path = [tuple(q) for q in start + steps.cumsum(0)]
            kind = b.pick("river", "road", "cased", "border", "route")
            if kind == "cased":
                c = b.pick((255, 240, 150), WHITE, (250, 190, 120))
                b.draw(
                    DATA,
                    lambda pen, p=path, c=c: (pen.curve(p, (120, 110, 100), 0.014), pen.curve(p, c, 0.009)),
                    "road",
                )
            elif kind == "route":
                c = b.pick((220, 30, 40), hues[0])
                b.draw(MARK, lambda pen, p=path, c=c: pen.curve(p, c, 0.007, (0.018, 0.012)), "route")
            else:
                c = {"river": mixed(sea, (20, 60, 150), 0.5), "road": (110, 100, 95), "border": (90, 60, 110)}[kind]
                b.draw(
                    DATA,
                    lambda pen, p=path, c=c, d=(0.012, 0.006, 0.003, 0.006) if kind == "border" else (): pen.curve(
                        p, c, thin * 1.2, d
                    ),
                    kind,
                )
    if b.chance(0.35):
        tone = mixed(sea, (0, 0, 0) if luminance(sea) > 0.4 else WHITE, 0.35)
        nx, ny = b.some(2, 5), b.some(2, 4)
        b.draw(
            DATA,
            lambda pen: [pen.line([(k / nx, 0), (k / nx, 1)], tone, thin * 0.6) for k in range(1, nx)]
            + [pen.line([(0, k / ny), (1, k / ny)], tone, thin * 0.6) for k in range(1, ny)],
            "graticule",
        )
        with b.group("axis"):
            for k in range(1, nx):
                b.text((k / nx + 0.005, 0.985), f"{10 * k}°E", b.size * 0.75, tone, "lb", "")
    pin, foreground = b.pick("dot", "square", "pin", "ring", "star"), readable(rng, land if not relief else sea)
    for k in range(b.some(2, 9)):
        p = (b.uniform(0.08, 0.85), b.uniform(0.1, 0.9))
        with b.group("place"):
            c, r = b.pick((200, 30, 40), (20, 20, 20), hues[k % 5]), b.uniform(0.008, 0.016)
            if pin == "pin":
                b.draw(
                    MARK,
                    lambda pen, p=p, c=c: (
                        pen.polygon(pen.round(p, 0.045, [(0, 0), (-0.34, -0.62), (0.34, -0.62)]), c),
                        pen.disc((p[0], pen.round(p, 0.045, [(0, -0.75)])[0][1]), 0.017, c),
                        pen.disc((p[0], pen.round(p, 0.045, [(0, -0.75)])[0][1]), 0.007, WHITE),
                    ),
                    "pin",
                )
            else:
                b.draw(
                    MARK,
                    lambda pen, p=p, c=c, r=r: b.marker(
                        pen,
                        {"dot": 0, "square": 1, "ring": 4, "star": 3}[pin],
                        p,
                        r,
                        c,
                        WHITE if b.thin > 0.004 else None,
                        0.003,
                    ),
                    "place",
                )
            b.text(
                (p[0] + 0.018, p[1]),
                b.word(10),
                b.size * b.uniform(0.8, 1.2),
                foreground,
                "lm",
                "place name",
                halo=(readable(rng, foreground) if b.chance(0.5) else None),
            )
    for _ in range(b.some(0, 2)):
        p = (b.uniform(0.2, 0.8), b.uniform(0.15, 0.85))
        b.text(
            p,
            b.word().upper(),
            b.size * 1.5,
            mixed(foreground, land, 0.45),
            turn=b.uniform(-0.6, 0.6) if b.chance(0.5) else 0,
            what="name of a region",
        )
    if b.chance(0.6):
        x, y = b.pick(0.06, 0.93), b.pick(0.1, 0.1, 0.8)
        with b.group("north arrow"):
            b.draw(
                MARK,
                lambda pen: (
                    pen.polygon(pen.round((x, y), 0.05, [(0, -1), (0.4, 0.6), (0, 0.3)]), foreground),
                    pen.polygon(pen.round((x, y), 0.05, [(0, -1), (-0.4, 0.6), (0, 0.3)]), None, foreground, 0.004),
                ),
                "north arrow",
            )
            b.text((x, y + 0.045), "N", b.size, foreground, "mt", "")
    if b.chance(0.6):
        with b.group("scale bar"):
            x, y, w = 0.05, 0.94, b.uniform(0.15, 0.3)
            other = readable(rng, foreground)
            b.draw(
                MARK,
                lambda pen: (
                    [
                        pen.box(
                            (x + w * k / 4, y, x + w * (k + 1) / 4, y + 0.012), foreground if k % 2 == 0 else other, foreground, 0.003
                        )
                        for k in range(4)
                    ]
                ),
                "scale bar",
            )
            b.text((x, y - 0.006), "0", b.size * 0.8, foreground, "mb", "")
            b.text(
                (x + w, y - 0.006),
                b.pick("50 km", "100 km", "2 km") if style.split == "train" else "500 m",
                b.size * 0.8,
                foreground,
                "mb",
                "",
            )
    if b.chance(0.5):
        names, n = b.words(3, 9), 3
        x, y = b.pick(0.7, 0.02), b.pick(0.02, 0.7)
        with b.group("legend"):
            b.draw(
                SHAPE,
                lambda pen: pen.box((x, y, x + 0.28, y + 0.03 + b.size * 1.5 * n), WHITE, (60, 60, 60), 0.003),
                "key",
                opacity=b.pick(1.0, 0.85),
            )
            for k in range(n):
                m = y + 0.015 + b.size * 1.5 * (k + 0.5)
                b.draw(
                    MARK,
                    lambda pen, m=m, k=k: (
                        pen.box((x + 0.015, m - b.size * 0.4, x + 0.055, m + b.size * 0.4), hues[k])
                        if k < 2
                        else pen.line([(x + 0.015, m), (x + 0.055, m)], (90, 90, 90), 0.006, (0.01, 0.006))
                    ),
                    "legend" if k == 0 else "",
                )
                b.text((x + 0.07, m), names[k], b.size, (20, 20, 20), "lm", "", width=0.2)
    return "A map", b.parts


TEMPLATES = (Template("shapes", "atlas", 1.2, make),)
