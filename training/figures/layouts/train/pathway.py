"""A signalling pathway: a membrane with receptors, proteins as labelled shapes or icons, activation and inhibition,
a nucleus below."""

from ...kit import PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style)
    style, thin = b.style, b.uniform(0.003, 0.009)
    top, hues = b.uniform(0.16, 0.26), b.colours(5, 60)
    inner = mixed(style.background, hues[0], b.uniform(0.08, 0.22))
    with b.group("cell"):
        if b.chance(0.7):
            fill = b.shade((0, top, 1, 1), inner) if b.chance(0.3) else inner
            b.draw(PANEL, lambda pen: pen.box((0, top, 1, 1), fill), "cytoplasm")
        kind = b.pick("beads", "bands", "line")
        tone = mixed(hues[1], style.background, 0.3)

        def membrane(pen) -> None:
            if kind == "bands":
                for y in (top - 0.018, top + 0.018):
                    pen.line([(0, y), (1, y)], tone, 0.014)
            elif kind == "line":
                pen.line([(0, top), (1, top)], tone, 0.012)
            else:
                for k in range(46):
                    x = (k + 0.5) / 46
                    for s in (-1, 1):
                        pen.disc((x, top + s * 0.022), 0.0085, tone)
                        pen.line([(x, top + s * 0.014), (x, top + s * 0.002)], mixed(tone, style.foreground, 0.3), 0.003)

        b.draw(PANEL, membrane, "membrane")
        if b.chance(0.55):
            low, hue = b.uniform(0.74, 0.84), mixed(style.background, hues[2], 0.3)
            dash = (0.02, 0.012) if b.chance(0.4) else ()
            b.draw(PANEL, lambda pen: pen.ellipse((-0.1, low, 1.1, 1.5), hue, hues[2], thin * 1.3, dash), "nucleus")
            b.text((0.06, min(low + 0.13, 0.95)), b.word(), b.size, mixed(style.foreground, hue, 0.2), "lm")
    names, levels, nodes = b.words(16, 8), b.some(2, 4), []
    pitch = (0.96 - top - 0.1) / levels
    shape = b.pick("ellipse", "box", "round", "mixed", "icon")
    number = 0
    for r in range(levels):
        count = b.some(1, 3)
        row = []
        for k in range(count):
            x, y = (k + 0.5) / count + b.uniform(-0.06, 0.06), (
                top if r == 0 and b.chance(0.8) else top + 0.1 + pitch * (r + 0.35)
            )
            half, c = (b.uniform(0.06, 0.09), b.uniform(0.032, 0.048)), hues[number % 5]
            own = b.pick("ellipse", "box", "round", "hexagon") if shape == "mixed" else shape
            box = (x - half[0], y - half[1], x + half[0], y + half[1])
            with b.group("node"):
                if r == 0 and b.chance(0.6):  # a receptor through the membrane, its ligand above
                    box = (x - 0.025, top - 0.08, x + 0.025, top + 0.08)
                    b.draw(
                        SHAPE, lambda pen, q=box, c=c: pen.box(q, c, mixed(c, style.foreground, 0.4), thin, 0.02), "receptor"
                    )
                    if b.chance(0.6):
                        b.draw(
                            SHAPE,
                            lambda pen, q=(x, top - 0.1), c=hues[(number + 1) % 5]: b.marker(
                                pen, number % 4, q, 0.024, c, style.foreground, thin * 0.6
                            ),
                            "ligand",
                        )
                    b.text((x + 0.035, top - 0.05), names[number], b.size, anchor="lm")
                elif own == "icon":
                    b.icon((x, y - 0.01), 0.04)
                    b.text((x, y + 0.045), names[number], b.size * 0.9, anchor="mt")
                    box = (x - 0.05, y - 0.05, x + 0.05, y + 0.05)
                else:
                    fill = b.shade(box, c) if b.chance(0.2) else c
                    edge = mixed(c, style.foreground, 0.5) if b.chance(0.5) else None

                    def paint(pen, q=box, f=fill, e=edge, own=own) -> None:
                        if own == "ellipse":
                            pen.ellipse(q, f, e, thin)
                        elif own == "hexagon":
                            m = (q[1] + q[3]) / 2
                            pen.polygon(
                                [
                                    (q[0] + 0.02, q[1]),
                                    (q[2] - 0.02, q[1]),
                                    (q[2], m),
                                    (q[2] - 0.02, q[3]),
                                    (q[0] + 0.02, q[3]),
                                    (q[0], m),
                                ],
                                f,
                                e,
                                thin,
                            )
                        else:
                            pen.box(q, f, e, thin, 0.02 if own == "round" else 0)

                    b.draw(SHAPE, paint, f"{own} of a protein", shadow=0.006 if b.thin > 0.0062 else 0)
                    b.text((x, y), names[number], b.size, readable(rng, c), width=half[0] * 1.8)
                    if b.chance(0.2):
                        b.draw(
                            SHAPE,
                            lambda pen, q=(box[2] - 0.005, box[1]): pen.disc(
                                q, 0.017, (250, 220, 60), style.foreground, b.thin
                            ),
                            "phosphate",
                        )
                        b.text((box[2] - 0.005, box[1]), "P", b.size * 0.8, (20, 20, 20), what="")
            row.append((x, box[1], box[3]))
            number += 1
        nodes.append(row)
    for upper, lower in zip(nodes, nodes[1:]):
        for k, (x, y0, _) in enumerate(lower):
            a = upper[min(k * len(upper) // len(lower), len(upper) - 1)]
            kind = b.pick("triangle", "triangle", "triangle", "bar", "open")
            c = (190, 30, 30) if kind == "bar" and b.chance(0.5) else style.foreground
            bend = b.chance(0.3)
            start, end = (a[0], a[2] + 0.012), (x, y0 - 0.012)
            path = [start, (x, (start[1] + end[1]) / 2), end] if bend else [start, end]
            b.arrow(
                path,
                c,
                width=thin,
                kind=kind,
                smooth=bend,
                dash=(0.014, 0.01) if b.chance(0.2) else (),
                what="inhibition" if kind == "bar" else "arrow",
            )
    if b.chance(0.4):
        b.text((0.02, 0.03), style.phrase(rng, 1, 3), b.size * 1.5, anchor="lt", what="title", width=0.6)
    return "A pathway diagram", b.parts


TEMPLATES = (Template("diagram", "pathway", 1.2, make),)
