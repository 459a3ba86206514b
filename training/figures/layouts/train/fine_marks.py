"""Fine and faint marks on a picture: hairlines, dashed outlines, grids, crosshairs, small words, arrows a few
pixels long, in colours near those of the picture."""

import numpy as np

from ...kit import ALL, BACKGROUND, MARK, Board, Template, el, mixed, readable


def make(rng, style):
    b = Board(rng, style, "none")
    painter, what = (el.micrograph_painter if b.chance(0.65) else el.photo_painter)(rng, style)
    over = b.over(b.add(el.picture(BACKGROUND, ALL, painter, what)))
    for k in range(b.some(3, 10)):
        c = el.pointer_colour(rng, over)
        if b.chance(0.3):
            c = mixed(c, over.backdrop, b.uniform(0.2, 0.55))  # faint
        w, p = b.uniform(0.0022, 0.005), (b.uniform(0.06, 0.94), b.uniform(0.06, 0.94))
        dash = b.pick((), (), (0.01, 0.008), (0.004, 0.006), (0.02, 0.008, 0.004, 0.008))
        kind = b.pick(
            "line",
            "box",
            "circle",
            "outline",
            "cross",
            "arrow",
            "arrow",
            "word",
            "word",
            "grid",
            "track",
            "number",
            "caliper",
        )
        with b.group("mark"):
            if kind == "line":
                q = (b.uniform(0, 1), b.uniform(0, 1))
                b.draw(MARK, lambda pen, p=p, q=q, c=c, w=w, d=dash: pen.line([p, q], c, w, d), "line")
            elif kind == "box":
                q = (p[0], p[1], min(p[0] + b.uniform(0.06, 0.35), 0.98), min(p[1] + b.uniform(0.06, 0.3), 0.98))
                b.draw(MARK, lambda pen, q=q, c=c, w=w, d=dash: pen.box(q, None, c, w, dash=d), "frame")
                if b.chance(0.4):
                    b.text((q[0] + 0.006, q[1] + 0.004), b.pick("1", "i", "ROI", "ii", "a"), b.size * 0.85, c, "lt")
            elif kind == "circle":
                b.draw(
                    MARK,
                    lambda pen, p=p, c=c, w=w, d=dash, r=b.uniform(0.012, 0.12): pen.disc(p, r, None, c, w, dash=d),
                    "circle",
                )
            elif kind == "outline":
                t = np.linspace(0, 2 * np.pi, 18)[:-1]
                r = b.uniform(0.03, 0.14) * (1 + rng.normal(0, 0.14, 17))
                points = [(p[0] + float(v) * np.cos(a), p[1] + float(v) * np.sin(a)) for a, v in zip(t, r)]
                b.draw(MARK, lambda pen, q=points, c=c, w=w, d=dash: pen.curve(q, c, w, d, closed=True), "outline")
            elif kind == "cross":
                for _ in range(b.some(1, 12)):
                    q = (b.uniform(0.05, 0.95), b.uniform(0.05, 0.95))
                    b.draw(
                        MARK,
                        lambda pen, q=q, c=c, w=w: (
                            pen.line([(q[0] - 0.014, q[1]), (q[0] + 0.014, q[1])], c, w),
                            pen.line([(q[0], q[1] - 0.014), (q[0], q[1] + 0.014)], c, w),
                        ),
                        "cross",
                    )
            elif kind == "arrow":
                for _ in range(b.some(1, 3)):
                    a, q, s = b.uniform(0, 6.3), (b.uniform(0.08, 0.92), b.uniform(0.08, 0.92)), b.uniform(0.025, 0.09)
                    b.arrow([(q[0] + s * np.cos(a), q[1] + s * np.sin(a)), q], c, width=w, head=b.uniform(0.012, 0.022))
            elif kind == "word":
                b.text(
                    p,
                    b.word(),
                    b.uniform(0.021, 0.036),
                    c,
                    b.pick("lm", "mm"),
                    halo=readable(rng, c) if b.chance(0.12) else None,
                )
            elif kind == "grid":
                n, m = b.some(2, 8), b.some(2, 8)
                b.draw(
                    MARK,
                    lambda pen, c=c, w=w: [pen.line([(j / n, 0), (j / n, 1)], c, w * 0.8) for j in range(1, n)]
                    + [pen.line([(0, j / m), (1, j / m)], c, w * 0.8) for j in range(1, m)],
                    "grid",
                )
            elif kind == "track":
                steps = rng.normal(0, 0.03, (30, 2)).cumsum(0) + p
                b.draw(
                    MARK,
                    lambda pen, q=[tuple(v) for v in np.clip(steps, 0.02, 0.98)], c=c, w=w: pen.line(q, c, w),
                    "track",
                )
            elif kind == "number":
                for j in range(b.some(2, 9)):
                    b.text(
                        (b.uniform(0.05, 0.95), b.uniform(0.05, 0.95)),
                        str(j + 1),
                        b.uniform(0.022, 0.034),
                        c,
                        what="number",
                    )
            else:
                q = (p[0] + b.uniform(0.06, 0.2), p[1])
                b.draw(
                    MARK,
                    lambda pen, p=p, q=q, c=c, w=w: (
                        pen.line([p, q], c, w),
                        pen.line([(p[0], p[1] - 0.015), (p[0], p[1] + 0.015)], c, w),
                        pen.line([(q[0], q[1] - 0.015), (q[0], q[1] + 0.015)], c, w),
                    ),
                    "caliper",
                )
                b.text(((p[0] + q[0]) / 2, p[1] - 0.008), f"{rng.uniform(1, 99):.1f}", b.uniform(0.02, 0.03), c, "mb")
    if b.chance(0.5):
        b.scale_bar(ALL, readable(rng, over.backdrop), b.chance(0.8), b.uniform(0.022, 0.04))
    return f"A {what} with fine marks", b.parts


TEMPLATES = (Template("micrograph", "fine marks", 1.6, make),)
