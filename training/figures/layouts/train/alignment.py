"""Rows of letters on coloured cells, as sequences are aligned: blocks of kin, names and numbers beside, signs above,
bars or stacked letters of a consensus below; a frame round a motif; matrices of letters."""

import numpy as np

from ...kit import DATA, MARK, PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style, "white" if rng.random() < 0.6 else None)
    style, rows, columns = b.style, b.some(3, 9), b.some(10, 26)
    letters = b.pick("ACGT", "ACDEFGHIKLMNPQRSTVWY", "01", "ACGU")
    blocks = b.pick(1, 1, 2) if rows < 6 else 1
    x0, x1 = b.uniform(0.14, 0.22), b.uniform(0.88, 0.95)
    wide = (x1 - x0) / columns
    extra = b.pick("bars", "logo", "none", "signs")
    y0, room = b.uniform(0.1, 0.2), 0.78 / blocks
    tall = min(room / (rows + 3), wide * b.uniform(1.1, 1.7))
    hues = {c: h for c, h in zip(letters, b.colours(min(len(letters), 6), 50) * 4)}
    fill, soft, gap = b.pick("all", "all", "kin", "letters", "chequer"), b.pick(0.0, 0.4, 0.65), b.pick(0.0, 0.0, 0.08)
    size, number = min(tall, wide * 1.2) * 0.72, b.chance(0.6)
    names, kept = b.words(rows, 9), b.uniform(0.4, 0.9)
    for block in range(blocks):
        top = y0 + room * block
        model = [letters[rng.integers(len(letters))] for _ in range(columns)]
        alike = rng.random(columns)
        for r in range(rows):
            y = top + tall * r
            with b.group("row"):
                b.text(
                    (x0 - 0.015, y + tall / 2),
                    names[r],
                    min(b.size, tall * 0.85),
                    anchor="rm",
                    what="name",
                    width=x0 - 0.03,
                )
                run = []
                for k in range(columns):
                    s = (
                        model[k]
                        if rng.random() < alike[k] * 0.5 + kept * 0.5
                        else "-" if b.chance(0.12) else letters[rng.integers(len(letters))]
                    )
                    run.append(s)
                cells = []
                for k, s in enumerate(run):
                    own = hues.get(s)
                    coloured = own and (fill == "all" or fill == "kin" and s == model[k] and alike[k] > 0.4)
                    c = (
                        mixed(own, style.background, soft)
                        if coloured
                        else mixed(style.background, style.foreground, 0.08) if fill == "chequer" and (k + r) % 2 else None
                    )
                    if c:
                        cells.append(((x0 + wide * k, y, x0 + wide * (k + 1 - gap), y + tall * (1 - gap)), c))
                    tone = hues.get(s, style.foreground) if fill == "letters" else readable(rng, c) if c else style.foreground
                    if b.thin > 0.0028 or k % 2 == r % 2 or fill == "letters":
                        b.text((x0 + wide * (k + 0.5), y + tall / 2), s, size, tone, what="letter")
                role = DATA if fill in ("all", "kin") else PANEL
                for q, c in cells if role == DATA else []:
                    b.draw_pillow(DATA, lambda pen: pen.box(q, c), "cell" if r == 0 else "")
                if cells and role == PANEL:
                    b.draw_pillow(PANEL, lambda pen: [pen.box(q, c) for q, c in cells], "cells")
                if number:
                    b.text(
                        (x1 + 0.012, y + tall / 2),
                        str((block + 1) * columns + b.some(0, 9)),
                        min(b.size, tall * 0.8),
                        anchor="lm",
                        what="",
                    )
        low = top + tall * rows + 0.01
        if extra == "bars":
            c = b.pick(style.foreground, style.strong(rng), mixed(style.foreground, style.background, 0.5))
            for k, v in enumerate(alike):
                bar = (x0 + wide * (k + 0.1), low + tall * 1.6 * (1 - v), x0 + wide * (k + 0.9), low + tall * 1.6)
                b.draw(DATA, lambda pen: pen.box(bar, c), "bar" if k == 0 else "")
        elif extra == "logo":
            for k in range(columns):
                y = low + tall * 2
                for _ in range(b.some(1, 2)):
                    s, h = letters[rng.integers(len(letters))], tall * b.uniform(0.4, 1.1) * (0.3 + alike[k])
                    b.text((x0 + wide * (k + 0.5), y), s, h, hues[s], "mb", "letter", width=wide * 0.95)
                    y -= h * 0.75
        elif extra == "signs":
            for k in range(columns):
                if alike[k] > 0.5:
                    b.text((x0 + wide * (k + 0.5), low + tall * 0.3), "*" if alike[k] > 0.7 else ":", size, what="")
        for _ in range(b.pick(0, 1, 1, 2)):
            a = b.some(0, columns - 4)
            z = min(a + b.some(2, 7), columns)
            c, kind = b.pick((210, 30, 30), style.foreground, style.strong(rng)), b.pick("frame", "bar", "arrow", "helix")
            box = (x0 + wide * a, top - 0.006, x0 + wide * z, top + tall * rows + 0.004)
            with b.group("motif"):
                if kind == "frame":
                    radius = b.pick(0, 0.008)
                    dash = b.pick((), (0.012, 0.008))
                    b.draw(MARK, lambda pen: pen.box(box, None, c, b.thin * 1.6, radius, dash), "frame")
                elif kind == "bar":
                    b.draw(
                        MARK,
                        lambda pen: pen.line([(box[0], top - 0.016), (box[2], top - 0.016)], c, 0.008),
                        "bar over a motif",
                    )
                elif kind == "arrow":
                    b.draw(
                        SHAPE,
                        lambda pen: pen.block_arrow((box[0], top - 0.03), (box[2], top - 0.03), 0.018, 0.03, c),
                        "strand",
                    )
                else:
                    t = np.linspace(0, 1, 40)
                    wave = [
                        (box[0] + (box[2] - box[0]) * u, top - 0.03 + 0.014 * np.sin(u * 6.283 * (z - a))) for u in t
                    ]
                    b.draw(SHAPE, lambda pen: pen.line(wave, c, 0.007), "helix")
                b.text(
                    ((box[0] + box[2]) / 2, top - 0.048),
                    b.word(8),
                    b.size * 0.9,
                    c if b.chance(0.5) else style.foreground,
                    "mb",
                    width=0.2,
                )
    return "An alignment of sequences", b.parts


TEMPLATES = (Template("diagram", "alignment", 1.0, make),)
