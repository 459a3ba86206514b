"""Areas on top of one another: stacked, as a stream round a middle line, or as shares of the whole; smooth or stepped,
with thin seams, names in the areas, a marked instant, a note, other pages than white."""

import numpy as np

from ...kit import DATA, MARK, SHAPE, Board, Template, luminance, mixed, readable


def layers(rng, n, steps, smooth):
    t = np.linspace(0, 1, steps)
    v = np.zeros((n, steps))
    for row in v:
        for _ in range(int(rng.integers(1, 5))):
            row += rng.uniform(0.2, 1) * np.exp(-(((t - rng.random()) / rng.uniform(0.08, 0.4)) ** 2))
        row += rng.uniform(0.03, 0.2)
    return t, v if smooth else np.clip(v + rng.normal(0, 0.06, v.shape), 0.01, None)


def make(rng, style):
    b = Board(rng, style)
    style, n, steps = b.style, b.some(3, 10), b.some(8, 46)
    kind, smooth = b.pick("stack", "stream", "share", "stream", "step"), b.chance(0.6)
    t, v = layers(rng, n, steps, smooth)
    total = v.sum(0)
    if kind == "share":
        v = v / total
    low = -total / 2 if kind == "stream" else np.zeros(steps)
    edges = np.concatenate([low[None], low + np.cumsum(v, 0)])
    edges = (edges - edges.min()) / (edges.max() - edges.min())
    box = (b.size * 3 + 0.03, b.uniform(0.08, 0.2), b.uniform(0.78, 0.96), 1 - b.size * 3.4)
    x0, y0, x1, y1 = box
    hues, seam = b.colours(n, 60), b.pick(0.0, 0.0, 0.002, 0.004, 0.008)
    edge, opacity = b.pick(style.background, style.foreground), b.pick(1.0, 1.0, 1.0, 0.8, 0.6)
    X, Y = lambda u: x0 + (x1 - x0) * u, lambda u: y1 - (y1 - y0) * u * 0.97
    with b.group("plot"):
        if kind != "stream" or b.chance(0.5):
            xs = b.ticks(b.some(3, 6), b.pick("year", ""))
            b.axes(box, xs, [] if kind == "stream" else b.ticks(b.some(2, 5)), b.pick("L", "box", "bottom", "none"))
        tall, names, shaded = 0.0, b.words(n, 10), b.chance(0.25)
        inside, outlined = b.chance(0.6), b.chance(0.25)
        for k in range(n):
            a, z = edges[k], edges[k + 1]
            top, bottom = [(X(p), Y(q)) for p, q in zip(t, z)], [(X(p), Y(q)) for p, q in zip(t, a)]
            if kind == "step":
                step = lambda w: [q for p, r in zip(w, w[1:]) for q in (p, (r[0], p[1]))] + [w[-1]]
                top, bottom = step(top), step(bottom)
            fill = b.shade((x0, Y(z.max()), x1, Y(a.min())), hues[k]) if shaded else hues[k]

            def paint(pen):
                pen.polygon(top + bottom[::-1], fill, edge if seam else None, seam, join="bevel")
                if outlined:
                    pen.line(top, mixed(hues[k], style.foreground, 0.5), 0.004)

            b.draw(DATA, paint, "stream" if k == 0 and kind == "stream" else "area" if k == 0 else "", opacity)
            j = int(np.argmax((z - a)[2:-2])) + 2
            tall = (z[j] - a[j]) * (y1 - y0)
            if inside and tall > b.size * 1.3 and 0.1 < t[j] < 0.9:
                background = mixed(style.background, hues[k], opacity)
                b.text(
                    (X(t[j]), (Y(z[j]) + Y(a[j])) / 2),
                    names[k],
                    min(tall * 0.5, b.size * b.uniform(0.9, 1.8)),
                    readable(rng, background),
                    what="area name",
                    width=0.25,
                )
            elif not inside and z[-1] - a[-1] > 0.035:
                dark = hues[k] if abs(luminance(hues[k]) - luminance(style.background)) > 0.3 else style.foreground
                b.text(
                    (x1 + 0.012, (Y(z[-1]) + Y(a[-1])) / 2), names[k], b.size, dark, "lm", "area name", width=0.97 - x1
                )
    if b.chance(0.35):
        x = X(b.uniform(0.15, 0.85))
        c = b.pick(style.foreground, style.background, style.strong(rng))
        broken = b.pick((), (0.012, 0.01))
        b.draw(MARK, lambda pen: pen.line([(x, y0 - 0.02), (x, y1)], c, b.thin * 1.2, broken), "line")
        b.text((x + 0.01, y0 - 0.022), b.word(), b.size, anchor=b.pick("lb", "mb"), what="note")
    if b.chance(0.3):
        p = (X(b.uniform(0.1, 0.6)), y0 + b.uniform(0.02, 0.15))
        note = (p[0], p[1], p[0] + 0.26, p[1] + b.size * 3.4)
        with b.group("note"):
            b.draw(
                SHAPE,
                lambda pen: pen.box(note, style.background, style.foreground, b.thin, 0.01),
                "note",
                b.pick(1.0, 0.85),
                b.pick(0.0, 0.006),
            )
            for k in range(2):
                b.text(
                    (p[0] + 0.015, p[1] + b.size * (0.9 + 1.4 * k)),
                    style.phrase(rng, 2, 4),
                    b.size,
                    anchor="lm",
                    width=0.23,
                )
            b.draw(
                MARK, lambda pen: pen.line([(p[0] + 0.03, note[3]), (p[0] + 0.05, note[3] + 0.12)], style.foreground, b.thin)
            )
    if not inside and b.chance(0.4) or b.chance(0.2):
        b.legend((x0, 0.025), [s[:8] for s in names[: b.some(2, 3)]], hues, size=min(b.size, 0.036), across=True)
    elif b.chance(0.5):
        b.text((b.pick(x0, 0.03), 0.035), style.phrase(rng, 2, 5), b.size * 1.5, anchor="lt", what="title", width=0.85)
    return "Areas over time", b.parts


TEMPLATES = (Template("plot", "streams", 1.0, make),)
