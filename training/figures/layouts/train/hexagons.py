"""Hexagons side by side or with gaps: plain, graded or outlined tiles with words, icons, pictures cut to the shape;
as a comb of ideas, a map of tiles, or a board; on a page or a picture."""

import numpy as np

from ...kit import ALL, BACKGROUND, DATA, MARK, PANEL, SHAPE, WHITE, Board, Template, colour_map, el, mixed, readable


def make(rng, style):
    background = rng.random() < 0.15
    b = Board(rng, style, "none" if background else None)
    style = b.style
    if background:
        painter, what = el.photo_painter(rng, style)
        b.add(el.picture(BACKGROUND, ALL, painter, what))
    kind = b.pick("comb", "comb", "tiles", "map")
    rows = {"comb": b.some(2, 4), "tiles": b.some(4, 9), "map": b.some(6, 12)}[kind]
    flat = b.chance(0.5)
    r = b.uniform(0.75, 0.92) / (rows * 1.5 + 0.7)
    gap, turn = b.pick(1.0, 0.97, 0.92, 0.84), 0 if flat else np.pi / 6
    corners = [(np.cos(k * np.pi / 3), np.sin(k * np.pi / 3)) for k in range(6)]
    hues, ramp = b.colours(b.some(2, 5), 60), colour_map(rng, style)
    edge, width = b.pick(None, None, style.foreground, style.background), b.uniform(0.002, 0.009)
    shadow, opacity = b.pick(0.0, 0.0, 0.01), b.pick(1.0, 1.0, 0.8, 0.6)
    role = DATA if kind == "map" else SHAPE
    spots = []
    for i in range(-1, int(1.2 / r / 1.5) + 2):
        for j in range(-1, int(1.2 / r / 1.7) + 2):
            along, across = i * 1.5 * r, (j + 0.5 * (i % 2)) * np.sqrt(3) * r
            spots.append((along, across) if flat else (across, along))
    x_off, y_off = b.uniform(0.02, 0.08), b.uniform(0.04, 0.12)
    spots = [(x + x_off, y + y_off) for x, y in spots]
    spots = [p for p in spots if r * 0.9 < p[0] < 1 - r * 0.9 and r + 0.02 < p[1] < 1 - r * 0.9]
    thin_out = b.uniform(0.55, 1) if kind == "map" else b.uniform(0.4, 0.95)
    centre = rng.uniform(0.3, 0.7, 2)
    spots = sorted(spots, key=lambda p: np.hypot(p[0] - centre[0], p[1] - centre[1]) + rng.normal(0, 0.04))
    spots = spots[: min(max(3, int(len(spots) * thin_out)), 90)]
    title = b.chance(0.4)
    pictures = 0
    for k, p in enumerate(spots):
        if title and p[1] < 0.16 + r * 0.5:
            continue
        c = hues[k % len(hues)]
        if kind == "map":
            v = 0.5 + 0.3 * np.sin(p[0] * 5 + centre[0] * 9) + 0.3 * np.cos(p[1] * 6) + rng.normal(0, 0.1)
            c = tuple(int(u * 255) for u in np.clip(ramp(np.array([v]))[0], 0, 1))
        own = (
            b.pick("word", "word", "icon", "picture", "thing", "outline", "plain")
            if kind == "comb"
            else b.pick("plain", "plain", "word")
        )
        s = r * gap
        box = (p[0] - s, p[1] - s, p[0] + s, p[1] + s)
        with b.group("tile"):
            if own == "picture" and pictures < 3:
                pictures += 1
                painter, what = (el.micrograph_painter if b.chance(0.5) else el.photo_painter)(rng, style)
                b.add(
                    el.vector(
                        PANEL,
                        lambda pen, p=p, s=s: pen.polygon(pen.round(p, s, corners, turn), WHITE),
                        what,
                        shade=painter,
                    )
                )
                if edge:
                    b.draw(MARK, lambda pen: pen.polygon(pen.round(p, s, corners, turn), None, edge, width), "outline")
                continue
            hollow = own == "outline"
            fill = None if hollow else b.shade(box, c) if b.chance(0.12) else c
            rim = (mixed(c, style.foreground, 0.3), width * 1.4) if hollow else (edge, width)

            b.draw(
                role,
                lambda pen: pen.polygon(pen.round(p, s, corners, turn), fill, *rim),
                "hexagon" if role == SHAPE or k == 0 else "",
                opacity if not hollow else 1.0,
                0 if hollow else shadow,
            )
            tone = readable(rng, c) if not hollow and opacity > 0.7 else style.foreground
            if own in ("icon", "thing"):
                if own == "icon":
                    b.icon((p[0], p[1] - s * 0.12), s * 0.42, colour=tone)
                else:
                    b.thing((p[0], p[1] - s * 0.1), s * 0.9)
                if s > 0.1:
                    b.text((p[0], p[1] + s * 0.55), b.word(8), b.size * 0.85, tone, width=s * 1.1)
            elif own in ("word", "outline") and s > 0.035:
                b.text(
                    p, b.word(9 if kind == "comb" else 3), min(b.size * b.uniform(1, 1.4), s * 0.6), tone, width=s * 1.4
                )
    for _ in range(b.pick(0, 0, 1, 2) if kind == "comb" else 0):
        i, j = b.some(0, len(spots) - 1), b.some(0, len(spots) - 1)
        if i != j:
            b.arrow([spots[i], spots[j]], style.foreground, width=b.uniform(0.004, 0.012), smooth=False)
    if title:
        if background:
            bar, c = (0, 0.03, 1, 0.14), style.colour(rng)
            b.draw(SHAPE, lambda pen: pen.box(bar, c), "bar", b.pick(1.0, 0.7))
            b.text((0.5, 0.085), style.phrase(rng, 2, 4), 0.06, readable(rng, c), what="title", width=0.9)
        else:
            b.text(
                (b.pick(0.05, 0.05), 0.07),
                style.phrase(rng, 2, 5),
                b.uniform(0.045, 0.07),
                anchor="lm",
                what="title",
                width=0.9,
            )
    if kind == "map" and b.chance(0.6):
        strip = (0.06, 0.94, 0.4, 0.965)
        b.add(
            el.picture(
                PANEL, strip, lambda w, h: np.broadcast_to(ramp(np.linspace(0, 1, w))[None], (h, w, 3)), "colour bar"
            )
        )
        b.text((0.42, 0.952), b.word(7), b.size * 0.9, anchor="lm")
    return "Hexagons", b.parts


TEMPLATES = (Template("shapes", "hexagons", 1.0, make),)
