"""A table: ruled, striped, with a head row, a first column or cells in colours."""
from __future__ import annotations

import numpy as np

from ... import elements as el
from ...canvas import Colour, PillowPen
from ...elements import Rng, Role
from ...style import Style, readable
from ...templates import Parts, Template, middle, titled
from .pieces import apart, filled_box, new_page


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    page = new_page(rng, style)
    parts, rows, columns = [page.background], int(rng.integers(2, 9)), int(rng.integers(2, 6))
    top = .16 if rng.random() < .4 else float(rng.uniform(.03, .1))
    x0, y0, x1, y1 = float(rng.uniform(.03, .14)), top, float(rng.uniform(.84, .97)), float(rng.uniform(.6, .96))
    shares = np.cumsum([0, *(lambda s: s / s.sum())(rng.uniform(.6, 1.6, columns))])
    xs, ys = x0 + (x1 - x0) * shares, np.linspace(y0, y1, rows + 2)
    xs, ys = xs.tolist(), ys.tolist()
    tone, plated = page.tone, rng.random() < (.9 if page.style.backdrop else .25)
    if plated:
        tone = el.mixed(style.background, style.colour(rng), float(rng.uniform(.0, .25)))
        near = sum(abs(a - b) for a, b in zip(tone, page.tone)) < 60
        parts.append(filled_box((x0, y0, x1, y1), tone, Role.PANEL, "table plate", readable(rng, tone) if near or rng.random() < .4 else None, .004,
                             shadow=.014 if rng.random() < .5 else 0))
    foreground = readable(rng, tone) if plated else page.foreground
    head, stripe = apart(rng, style, tone), el.mixed(tone, style.strong(rng), float(rng.uniform(.15, .35)))
    headed, striped, heat, first = rng.random() < .6, rng.random() < .4, rng.random() < .3, rng.random() < .25
    if striped and not heat:
        own = [(x0, ys[r], x1, ys[r + 1]) for r in range(2, rows + 1, 2)] or [(x0, ys[1], x1, ys[2])]
        parts.append(el.vector(Role.SHAPE, lambda pen: [pen.box(b, stripe) for b in own], "striped rows"))
    fills: dict[tuple[int, int], Colour] = {}
    if heat:
        low, high = el.mixed(tone, style.colour(rng), .15), style.strong(rng)
        some, gap = rng.random() < .4, float(rng.choice([0, .004, .008]))
        for r in range(1, rows + 1):
            for c in range(int(first or columns > 2), columns):
                if not some or rng.random() < .3:
                    fills[r, c] = el.mixed(low, high, float(rng.random()))
        parts.append(el.vector(Role.SHAPE, lambda pen: [pen.box((xs[c] + gap, ys[r] + gap, xs[c + 1] - gap, ys[r + 1] - gap), f) for (r, c),
                                                       f in fills.items()], "coloured cells"))
    if headed:
        parts.append(filled_box((x0, ys[0], x1, ys[1]), head, what="head row"))
    if first:
        parts.append(filled_box((x0, ys[1] if headed else ys[0], xs[1], y1), el.mixed(head, tone, .3), what="column",
                             opacity=float(rng.choice([1, .6]))))
    width, line = float(rng.uniform(.003, .009)), el.mixed(tone, foreground, float(rng.uniform(.35, 1)))
    form = str(rng.choice(["all", "rows", "three", "frame", "none"], p=[.3, .25, .2, .1, .15]))

    def rules(pen: PillowPen) -> None:
        for k, y in enumerate(ys):
            if form in ("all", "rows") or form == "three" and k in (0, 1, rows + 1) or form == "frame" and k in (0, rows + 1):
                pen.line([(x0, y), (x1, y)], line, width * (1.8 if form == "three" and k != 1 else 1))
        for k, x in enumerate(xs):
            if form == "all" or form == "frame" and k in (0, columns):
                pen.line([(x, y0), (x, y1)], line, width)
    if form != "none":
        parts.append(el.vector(Role.MARK, rules, "table rules"))
    size, left = min((ys[1] - ys[0]) * .55, float(rng.uniform(.035, .065))), rng.random() < .4
    digits = int(rng.integers(0, 3))
    for r in range(rows + 1):
        for c in range(columns):
            beneath = fills.get((r, c)) or (head if headed and r == 0 else el.mixed(head, tone,
                .3) if first and c == 0 else stripe if striped and not heat and r % 2 == 0 and r else None)
            number = f"{rng.uniform(0, 99):.{digits}f}" if rng.random() < .93 else str(rng.choice(["–", "*", "ns"]))
            words = style.word(rng) if r == 0 or c == 0 else number
            cell = (xs[c], ys[r], xs[c + 1], ys[r + 1])
            at = (cell[0] + .015, middle(cell)[1]) if left else middle(cell)
            parts.append(el.text(style, at, words, size, readable(rng, beneath) if beneath else foreground, "lm" if left else "mm",
                                 width=(cell[2] - cell[0]) * .84,
                                 what="label" if r == 0 else ""))
    if top > .15:
        parts.append(titled(rng, style, (x0, .085) if left else (.5, .085), float(rng.uniform(.05, .08)), .88, "lm" if left else "mm", page.foreground)[1])
    if rng.random() < .2:
        parts.append(el.vector(Role.MARK, lambda pen, b=(xs[-2], ys[1], x1, y1), c=style.strong(rng): pen.box(b, None, c, .014, .02), "frame"))
    return f"A table of {rows + 1} rows", parts


TEMPLATES = (Template("slide", "table", 1.0, make),)
