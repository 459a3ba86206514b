"""Steps of a method from left to right, downwards or in two rows: pictures or icons in frames, fat or thin arrows,
numbers, captions."""

from ...kit import DATA, MARK, PANEL, SHAPE, WHITE, Board, Template, cells, el, luminance, mixed, shrink


def make(rng, style):
    b = Board(rng, style)
    style = b.style
    rows, columns = b.pick((1, 3), (1, 4), (2, 3), (2, 2), (3, 1), (1, 5))
    top = 0.16 if (titled := b.chance(0.5)) else 0.05
    boxes = cells(rows, columns, (0.03, top, 0.97, 0.95), b.uniform(0.05, 0.1))
    hues, kind, framed, thin = (
        b.colours(len(boxes)),
        b.pick("icon", "thing", "picture", "plot", "mix"),
        b.pick("none", "box", "disc", "round"),
        b.thin,
    )
    numbered, fat, one = b.chance(0.4), b.chance(0.4), b.chance(0.5)
    if titled:
        b.text((0.5, 0.075), style.phrase(rng, 2, 5), b.size * 1.7, what="title", width=0.94)
    for k, box in enumerate(boxes):
        cx, w, h = (box[0] + box[2]) / 2, box[2] - box[0], box[3] - box[1]
        art = shrink(box, 0.04, 0.02, 0.04, 0.3)
        cy, c = (art[1] + art[3]) / 2, hues[0] if one else hues[k]
        r = min(w, h * 0.7) * 0.5
        with b.group("step"):
            if framed == "box" or framed == "round":
                b.draw(
                    PANEL,
                    lambda pen, q=box, c=c: pen.box(q, b.soft(c, 0.85), c, thin, 0.03 if framed == "round" else 0),
                    "step box",
                    shadow=0.008 if b.thin > 0.006 else 0,
                )
            elif framed == "disc":
                b.draw(
                    PANEL,
                    lambda pen, p=(cx, cy), c=c, r=r: pen.disc(
                        p, r * 0.95, b.soft(c, 0.7), c if b.thin > 0.004 else None, thin
                    ),
                    "disc",
                )
            own = b.pick("icon", "thing", "picture", "plot") if kind == "mix" else kind
            if own == "icon":
                b.icon((cx, cy), r * 0.6, colour=c)
            elif own == "thing":
                b.thing((cx, cy), r * 1.35)
            elif own == "picture":
                q = (
                    (cx - w * 0.38, art[1] + 0.01, cx + w * 0.38, art[3])
                    if framed != "disc"
                    else (cx - r * 0.6, cy - r * 0.6, cx + r * 0.6, cy + r * 0.6)
                )
                painter, what = (el.micrograph_painter if b.chance(0.7) else el.photo_painter)(rng, style)
                b.add(el.picture(SHAPE if framed != "none" else PANEL, q, painter, what))
            else:
                q = (cx - w * 0.32, art[1] + h * 0.06, cx + w * 0.32, art[3] - h * 0.03)
                values = rng.uniform(0.1, 1, b.some(3, 6))
                bars = b.chance(0.5)
                with b.group("plot"):
                    b.draw(
                        PANEL,
                        lambda pen, q=q: pen.line([(q[0], q[1]), (q[0], q[3]), (q[2], q[3])], style.foreground, thin),
                        "small axes",
                    )
                    xs = [q[0] + (q[2] - q[0]) * (j + 0.5) / len(values) for j in range(len(values))]
                    ys = [q[3] - (q[3] - q[1]) * float(v) for v in values]
                    if bars:
                        for x, y in zip(xs, ys):
                            b.draw(
                                DATA,
                                lambda pen, x=x, y=y, c=c, q=q: pen.box((x - w * 0.035, y, x + w * 0.035, q[3]), c),
                                "",
                            )
                    else:
                        b.draw(DATA, lambda pen, p=list(zip(xs, ys)), c=c: pen.curve(p, c, thin * 1.8), "small curve")
            b.text(
                (cx, box[3] - h * 0.17),
                b.word(),
                b.size,
                what="caption",
                width=w * 0.95,
                colour=mixed(style.foreground, c, 0.4) if b.chance(0.2) else None,
            )
            if b.chance(0.5):
                b.text(
                    (cx, box[3] - h * 0.06),
                    style.phrase(rng, 1, 2),
                    b.size * 0.8,
                    mixed(style.foreground, style.background, 0.35),
                    what="",
                    width=w * 0.95,
                )
            if numbered:
                p = (box[0] + 0.02, box[1] + 0.02)
                b.draw(SHAPE, lambda pen, p=p, c=c: pen.disc(p, b.size * 0.85, c), "numbered disc")
                b.text(p, str(k + 1), b.size, WHITE if luminance(c) < 0.6 else (0, 0, 0), what="number")
    for k in range(len(boxes) - 1):
        a, z = boxes[k], boxes[k + 1]
        if (k + 1) % columns:
            start, end = (a[2] + 0.005, (a[1] + a[3]) / 2 - 0.03), (z[0] - 0.005, (z[1] + z[3]) / 2 - 0.03)
        elif columns == 1:
            start, end = ((a[0] + a[2]) / 2, a[3] + 0.005), ((z[0] + z[2]) / 2, z[1] - 0.005)
        else:
            continue
        c = b.pick(style.foreground, hues[k], mixed(style.foreground, style.background, 0.5))
        if fat:
            w = b.uniform(0.018, 0.03)
            fill = b.shade((*start, *end), c, b.soft(c, 0.5)) if b.chance(0.4) else c
            b.draw(MARK, lambda pen, s=start, e=end, f=fill, w=w: pen.block_arrow(s, e, w, w * 1.5, f), "block arrow")
        else:
            b.arrow([start, end], c, width=b.uniform(0.004, 0.012))
    return f"A workflow of {len(boxes)} steps", b.parts


TEMPLATES = (Template("diagram", "workflow", 1.4, make),)
