"""Boards of games and tiles seen from above: squares in two tones, ruled points, letters in cells, paths of tiles;
pieces with shadows, marked squares, arrows of moves, coordinates at the rim."""

from ...kit import PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style)
    style, kind = b.style, b.pick("squares", "squares", "points", "letters", "path")
    n = b.pick(6, 8, 8, 10) if kind == "squares" else b.pick(9, 13) if kind == "points" else b.some(5, 12)
    c0 = style.colour(rng)
    tones = b.pick(
        ((238, 216, 180), (170, 120, 80)),
        ((240, 240, 240), (110, 130, 150)),
        (b.soft(c0, 0.75), c0),
        ((225, 235, 215), (100, 140, 90)),
    )
    # Fractions of width and height: the board is a square on a square page and fills what there is of others.
    x0, y0 = b.uniform(0.07, 0.14), b.uniform(0.06, 0.12)
    x1, y1 = b.uniform(0.84, 0.95), b.uniform(0.86, 0.94)
    beside = b.chance(0.3)
    x1 = 0.7 if beside else x1
    w, h = (x1 - x0) / n, (y1 - y0) / n
    side = min(w, h)
    at = lambda i, j: (x0 + w * (i + 0.5), y0 + h * (j + 0.5))
    rim, frame = b.chance(0.4), mixed(tones[1], (0, 0, 0), 0.5)
    size = min(b.size, side * 0.5)
    if kind == "path":
        steps, p, seen = b.some(12, 34), [n // 2, n // 2], []
        for _ in range(steps * 4):
            d = ((1, 0), (-1, 0), (0, 1), (0, -1))[b.some(0, 3)]
            q = [min(max(p[0] + d[0], 0), n - 1), min(max(p[1] + d[1], 0), n - 1)]
            p = q
            if tuple(p) not in seen:
                seen.append(tuple(p))
        hues, radius = b.colours(4, 60), b.pick(0, 0.008, 0.02)
        for k, (i, j) in enumerate(seen[:steps]):
            c, q = hues[b.some(0, 3)], at(i, j)
            tile = (q[0] - w * 0.45, q[1] - h * 0.45, q[0] + w * 0.45, q[1] + h * 0.45)
            b.draw_pillow(
                SHAPE,
                lambda pen: pen.box(tile, c, style.foreground if rim else None, b.thin, radius),
                "tile",
                shadow=0.006 if b.thin > 0.005 else 0.0,
            )
            if b.chance(0.4):
                b.text(q, str(k + 1), size, readable(rng, c), what="number")
            elif b.chance(0.3):
                b.icon(q, side * 0.3, colour=readable(rng, c))
    elif kind == "letters":
        words = [s for s in (b.word(8).upper() for _ in range(6)) if " " not in s]
        grid = {}
        for k, word in enumerate(words):
            i, j, flat = b.some(0, n - 2), b.some(0, n - 2), k % 2
            for m, letter in enumerate(word):
                q = (i + m * flat, j + m * (1 - flat))
                if q[0] < n and q[1] < n:
                    grid.setdefault(q, letter)
        full, black, hide = b.chance(0.4), b.chance(0.5), b.chance(0.3)

        def cells(pen):
            for i in range(n):
                for j in range(n):
                    if full or (i, j) in grid:
                        q = at(i, j)
                        dark = full and black and (i, j) not in grid
                        pen.box(
                            (q[0] - w / 2, q[1] - h / 2, q[0] + w / 2, q[1] + h / 2),
                            (20, 20, 20) if dark else (255, 255, 255),
                            (60, 60, 60),
                            b.thin,
                        )

        b.draw_pillow(PANEL, cells, "cells")
        for q, letter in grid.items():
            if not hide or b.chance(0.5):
                b.text(at(*q), letter, side * 0.6, (20, 20, 20), what="letter")
    else:

        def board(pen):
            if rim:
                pen.box((x0 - 0.04, y0 - 0.04, x1 + 0.04, y1 + 0.04), frame, None, 0, 0.01)
            if kind == "squares":
                for i in range(n):
                    for j in range(n):
                        pen.box((x0 + w * i, y0 + h * j, x0 + w * (i + 1), y0 + h * (j + 1)), tones[(i + j) % 2])
            else:
                pen.box((x0, y0, x1, y1), tones[0])
                for k in range(n):
                    pen.line([at(k, 0), at(k, n - 1)], (30, 30, 30), b.thin), pen.line(
                        [at(0, k), at(n - 1, k)], (30, 30, 30), b.thin
                    )

        b.draw_pillow(PANEL, board, "board", shadow=0.012 if rim else 0.0)
        taken = rng.permutation(n * n)[: b.some(4, n * 3)]
        hues = b.pick(
            ((250, 250, 250), (25, 25, 25)), (style.strong(rng), (30, 30, 30)), (style.colour(rng), style.colour(rng))
        )
        look, lit = b.pick("disc", "disc", "token", "ball", "figure"), b.chance(0.5)
        for k in taken[: b.pick(0, 1, 2, 4)]:
            q, c = at(k % n, k // n), style.strong(rng)
            cell = (q[0] - w / 2, q[1] - h / 2, q[0] + w / 2, q[1] + h / 2)
            b.draw(SHAPE, lambda pen: pen.box(cell, c), "marked square", b.uniform(0.35, 0.8))
        for k in taken:
            q, c = at(int(k) % n, int(k) // n), hues[b.some(0, 1)]
            r, edge = side * b.uniform(0.36, 0.4), mixed(c, (128, 128, 128), 0.6)

            def piece(pen):
                if look == "figure":
                    pen.polygon(pen.round(q, r, [(-0.7, 0.9), (-0.35, 0.1), (0.35, 0.1), (0.7, 0.9)]), c, edge, b.thin)
                    pen.disc((q[0], q[1] - r * 0.25), r * 0.45, c, edge, b.thin)
                    return
                pen.disc(q, r, c, edge, b.thin)
                if look == "token":
                    pen.disc(q, r * 0.65, None, edge, b.thin)
                if look == "ball":
                    pen.disc((q[0] - side * 0.1, q[1] - side * 0.12), r * 0.25, (255, 255, 255), alpha=0.7)

            b.draw(SHAPE, piece, "piece", shadow=0.005 if lit else 0)
        for k in range(n) if b.chance(0.7) else ():
            foreground = readable(rng, frame) if rim else style.foreground
            b.text((x0 + w * (k + 0.5), y1 + 0.02), "ABCDEFGHIJKLM"[k], min(size, 0.032), foreground, what="")
            b.text((x0 - 0.02, y0 + h * (k + 0.5)), str(n - k), min(size, 0.032), foreground, what="")
    for _ in range(b.pick(0, 0, 1, 2, 3)):
        p, q = at(b.some(0, n - 1), b.some(0, n - 1)), at(b.some(0, n - 1), b.some(0, n - 1))
        if p != q:
            c = b.pick((230, 60, 40), (40, 160, 60), (250, 180, 20), style.strong(rng))
            b.arrow([p, q], c, width=b.uniform(0.005, 0.02))
    if beside:
        for k in range(b.some(3, 8)):
            b.text((0.77, 0.12 + 0.06 * k), f"{k + 1}. {b.word(6)}", b.size, anchor="lm", width=0.2)
    return "A board with pieces", b.parts


TEMPLATES = (Template("shapes", "boards", 0.9, make),)
