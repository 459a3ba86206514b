"""Questions and answers: diamonds with two ways out, boxes, ends, in lanes with heads; elbowed arrows with words on
them."""

from ...kit import PANEL, SHAPE, Board, Template, mixed, readable


def make(rng, style):
    b = Board(rng, style)
    style, lanes = b.style, b.some(1, 3)
    hues, width = b.colours(4, 60), b.uniform(0.003, 0.008)
    top = 0.03
    if lanes > 1 or b.chance(0.3):
        top = 0.13
        for k in range(lanes):
            box = (0.02 + 0.96 * k / lanes, 0.03, 0.02 + 0.96 * (k + 1) / lanes - 0.008, 0.97)
            with b.group("lane"):
                b.draw(
                    PANEL,
                    lambda pen, q=box, k=k: pen.box(
                        q, b.soft(hues[k], 0.88) if k % 2 == 0 else None, mixed(style.background, style.foreground, 0.3), b.thin
                    ),
                    "lane",
                )
                b.draw(
                    SHAPE,
                    lambda pen, q=box, k=k: pen.box((q[0], q[1], q[2], q[1] + 0.07), b.soft(hues[k], 0.4)),
                    "lane head",
                )
                b.text(((box[0] + box[2]) / 2, 0.065), b.word(), b.size, readable(rng, b.soft(hues[k], 0.4)), width=0.3)
    rows, nodes = b.some(3, 5), []
    pitch = (0.96 - top) / rows
    for r in range(rows):
        lane = b.some(0, lanes - 1)
        x, y = 0.02 + 0.96 * (lane + 0.5) / lanes + (b.pick(-0.16, 0, 0.16) if lanes == 1 else 0), top + pitch * (
            r + 0.5
        )
        kind = "end" if r in (0, rows - 1) and b.chance(0.8) else b.pick("question", "box", "box", "data")
        w, h = min(0.34 / lanes**0.4, 0.3), pitch * 0.56
        nodes.append((x, y, w, h, kind))
    for (x0, y0, w0, h0, kind), (x1, y1, w1, h1, _) in zip(nodes, nodes[1:]):
        a, z, m = (x0, y0 + h0 / 2), (x1, y1 - h1 / 2 - 0.004), (y0 + h0 / 2 + y1 - h1 / 2) / 2
        b.arrow(
            [a, (x0, m), (x1, m), z] if abs(x0 - x1) > 0.01 else [a, z],
            style.foreground,
            width=width,
            head=0.022,
            what="connector",
        )
        if kind == "question":
            b.text(
                (x0 + 0.015, y0 + h0 / 2 + 0.008),
                b.pick("yes", "no", "oui", "ja"),
                b.size * 0.85,
                anchor="lt",
                what="answer",
            )
            side = b.pick(-1, 1)
            x = min(max(x0 + side * (w0 / 2 + 0.12), 0.05), 0.95)
            b.arrow([(x0 + side * w0 / 2, y0), (x, y0), (x, y1)], style.foreground, width=width, head=0.022, what="connector")
            b.text((x0 + side * (w0 / 2 + 0.03), y0 - 0.012), "no", b.size * 0.85, anchor="mb", what="answer")
    filled, shadow = b.chance(0.7), 0.008 if b.chance(0.2) else 0
    for k, (x, y, w, h, kind) in enumerate(nodes):
        c = hues[{"end": 0, "question": 1, "box": 2, "data": 3}[kind]]
        fill, edge = (c if filled else style.background), (mixed(c, style.foreground, 0.4) if not filled or b.chance(0.4) else None)

        def paint(pen, x=x, y=y, w=w, h=h, kind=kind, f=fill, e=edge):
            if kind == "question":
                pen.polygon([(x, y - h * 0.62), (x + w / 2, y), (x, y + h * 0.62), (x - w / 2, y)], f, e, width)
            elif kind == "data":
                pen.polygon(
                    [
                        (x - w / 2 + 0.03, y - h / 2),
                        (x + w / 2 + 0.02, y - h / 2),
                        (x + w / 2 - 0.03, y + h / 2),
                        (x - w / 2 - 0.02, y + h / 2),
                    ],
                    f,
                    e,
                    width,
                )
            else:
                pen.box((x - w / 2, y - h / 2, x + w / 2, y + h / 2), f, e, width, 0.05 if kind == "end" else 0)

        with b.group("node"):
            b.draw(SHAPE, paint, f"{kind} of a flow chart", shadow=shadow)
            b.text(
                (x, y),
                b.word() + ("?" if kind == "question" and style.script == "latin" else ""),
                b.size,
                readable(rng, fill),
                width=w * 0.8,
            )
    return "A flow chart with decisions", b.parts


TEMPLATES = (Template("diagram", "decisions", 1.0, make),)
