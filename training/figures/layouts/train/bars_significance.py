"""Grouped bars with errors, single values over them, brackets of comparisons, and a legend beside, above or
within."""

from ...kit import DATA, Board, Template, mixed


def make(rng, style):
    b = Board(rng, style)
    style = b.style
    groups, series = b.some(2, 5), b.some(1, 3)
    colours, outside = b.colours(series), b.chance(0.4)
    left, below = b.size * 3.6 + 0.03, b.size * (4.2 if (slant := b.chance(0.3)) else 3.4) + 0.02
    box = (left, b.uniform(0.08, 0.2), 0.98 - (0.2 if outside and series > 1 else 0), 1 - below)
    x0, y0, x1, y1 = box
    values, errors = rng.uniform(0.15, 0.72, (groups, series)), rng.uniform(0.02, 0.08, (groups, series))
    names = b.words(groups, 9)
    b_ticks = b.ticks(b.some(3, 6))
    slot, gap = (x1 - x0) / groups, b.uniform(0.2, 0.5)
    edge, open_bars, dots = b.chance(0.4), b.chance(0.2), b.chance(0.35)
    cap, thin = b.uniform(0.006, 0.014), b.thin
    gradient = b.chance(0.12)
    with b.group("plot"):
        b.axes(
            box,
            [((k + 0.5) / groups, n) for k, n in enumerate(names)],
            b_ticks,
            frame=b.pick("L", "L", "box", "bottom"),
            grid=b.pick("none", "none", "y"),
            x_name=b.word() if b.chance(0.3) else "",
            y_name=b.word() if b.chance(0.6) else "",
            slant=slant,
        )
        tops = []
        for s in range(series):
            with b.group("series"):
                for k in range(groups):
                    w = slot * (1 - gap) / series
                    u = x0 + slot * (k + gap / 2) + w * s
                    v, e = y1 - (y1 - y0) * values[k, s], (y1 - y0) * errors[k, s]
                    bar, c = (u + w * 0.04, v, u + w * 0.96, y1), colours[s]
                    fill = b.shade(bar, c) if gradient else style.background if open_bars else c
                    line = c if open_bars else style.foreground if edge else None
                    b.draw(
                        DATA,
                        lambda pen, q=bar, f=fill, l=line: pen.box(q, f, l, thin * (2 if open_bars else 1)),
                        "bar chart" if (s, k) == (0, 0) else "",
                    )
                    m = u + w / 2

                    def whisker(pen, m=m, v=v, e=e) -> None:
                        pen.line([(m, v - e), (m, v + (e if open_bars or edge else 0))], style.foreground, thin)
                        pen.line([(m - cap, v - e), (m + cap, v - e)], style.foreground, thin)

                    b.draw(DATA, whisker)
                    if dots:
                        spots = [
                            (m + float(d) * w, v + float(o))
                            for d, o in zip(rng.uniform(-0.25, 0.25, 6), rng.normal(0, 0.035, 6))
                        ]
                        dark = mixed(c, style.foreground, 0.45)
                        b.draw(
                            DATA,
                            lambda pen, q=spots, d=dark: [
                                pen.disc(p, 0.008, d if edge else None, d, thin * 0.8) for p in q
                            ],
                        )
                    tops.append((m, v - e))
        highest, level = min(t[1] for t in tops), 0
        for _ in range(b.some(0, 3)):
            i, j = sorted(rng.choice(len(tops), 2, replace=False)) if len(tops) > 1 else (0, 0)
            y = highest - 0.03 - level * b.size * 1.9
            if i == j or y < 0.02 + b.size:
                break
            a, c = sorted((tops[i][0], tops[j][0]))
            b.bracket((a, y), (c, y), b.pick("*", "**", "***", "****", "n.s.", "p = 0.03", "p < 0.001"))
            level += 1
        if series > 1:
            at = (x1 + 0.02, y0) if outside else (x0 + 0.03, max(y0 - b.size * 2.2, 0.01))
            b.legend(at, b.words(series, 8), colours, "box", False, b.size * 0.95, across=not outside)
    return "A bar chart", b.parts


TEMPLATES = (Template("plot", "bars and brackets", 1.2, make),)
