"""A screenshot of a program: title bar, tool bar with icons, tree or list beside, a picture or plot, dialog with
buttons, tabs, sliders, a pointer."""

import numpy as np

from ...kit import BACKGROUND, DATA, MARK, PANEL, SHAPE, WHITE, Board, Template, el, mixed, readable


def make(rng, style):
    b = Board(rng, style, "none")
    style, dark = b.style, style.dark
    hue = style.strong(rng)
    base, foreground = (
        ((45, 47, 52), (225, 225, 225))
        if dark
        else (b.pick((240, 240, 240), (250, 250, 250), (225, 228, 232)), (30, 30, 30))
    )
    field = mixed(base, WHITE if not dark else (0, 0, 0), 0.7)
    grey = mixed(base, foreground, 0.25)
    tone = hue if b.chance(0.4) else mixed(base, foreground, 0.15)
    fill = tuple(v / 255 for v in base)
    b.add(
        el.picture(
            BACKGROUND, (0, 0, 1, 1), lambda w, h: np.broadcast_to(np.array(fill, np.float32), (h, w, 3)), "window"
        )
    )
    size, thin = b.uniform(0.024, 0.036), 0.0035
    bar = b.uniform(0.05, 0.075)
    with b.group("title bar"):
        b.draw(PANEL, lambda pen: pen.box((0, 0, 1, bar), tone), "title bar")
        b.text(
            (0.5 if b.chance(0.5) else 0.2, bar / 2),
            style.phrase(rng, 1, 3),
            size,
            readable(rng, tone),
            what="title",
            width=0.4,
        )
        if b.chance(0.5):
            for k, c in enumerate(((255, 95, 87), (254, 188, 46), (40, 200, 64))):
                b.draw(SHAPE, lambda pen, k=k, c=c: pen.disc((0.03 + 0.035 * k, bar / 2), 0.012, c), "button")
        else:
            c = readable(rng, tone)
            b.draw(
                MARK,
                lambda pen: (
                    b.marker(pen, 5, (0.965, bar / 2), 0.013, c),
                    pen.box((0.9, bar / 2 - 0.012, 0.923, bar / 2 + 0.012), None, c, thin),
                    pen.line([(0.84, bar / 2 + 0.01), (0.865, bar / 2 + 0.01)], c, thin),
                ),
                "window buttons",
            )
    y = bar
    if b.chance(0.6):
        with b.group("menu"):
            x = 0.02
            for w in b.words(b.some(3, 6), 7):
                b.text((x, y + 0.025), w, size, foreground, "lm", "menu")
                x += len(w) * size * 0.6 + 0.03
        y += 0.05
    if b.chance(0.7):
        tall = b.uniform(0.07, 0.1)
        with b.group("tool bar"):
            b.draw(
                PANEL,
                lambda pen, y=y: (
                    pen.box((0, y, 1, y + tall), mixed(base, foreground, 0.06)),
                    pen.line([(0, y + tall), (1, y + tall)], grey, thin),
                ),
                "tool bar",
            )
            for k in range(b.some(4, 9)):
                at = (0.045 + 0.075 * k, y + tall / 2)
                if b.chance(0.15):
                    b.draw(
                        SHAPE,
                        lambda pen, p=at: pen.box(
                            (p[0] - 0.033, p[1] - tall * 0.4, p[0] + 0.033, p[1] + tall * 0.4),
                            mixed(base, hue, 0.3),
                            hue,
                            thin,
                            0.006,
                        ),
                        "pressed button",
                    )
                if style.real or b.chance(0.5):
                    b.thing(at, tall * 0.6, "icon", MARK)
                else:
                    b.icon(at, tall * 0.28, MARK, mixed(foreground, hue, 0.5))
        y += tall
    side = b.uniform(0.2, 0.32) if b.chance(0.65) else 0
    if side:
        with b.group("list"):
            b.draw(PANEL, lambda pen, y=y: pen.box((0.01, y + 0.01, side, 0.93), field, grey, thin), "list")
            pitch, chosen = size * 1.7, b.some(0, 8)
            for k in range(int((0.9 - y) / pitch) - 1):
                m = y + 0.02 + pitch * (k + 0.5)
                step = 0.02 * b.some(0, 2)
                if k == chosen:
                    b.draw(
                        SHAPE,
                        lambda pen, m=m: pen.box((0.014, m - pitch / 2, side - 0.004, m + pitch / 2), hue),
                        "selection",
                    )
                if b.chance(0.4):
                    b.draw(
                        MARK,
                        lambda pen, m=m, s=step: pen.box(
                            (0.02 + s, m - size * 0.35, 0.02 + s + size * 0.7, m + size * 0.35),
                            mixed(hue, field, 0.3),
                            grey,
                            thin * 0.7,
                        ),
                        "",
                    )
                b.text(
                    (0.05 + step, m),
                    b.word(),
                    size,
                    readable(rng, hue) if k == chosen else foreground,
                    "lm",
                    "",
                    width=side - 0.07 - step,
                )
    work = (side + 0.015, y + 0.012, 0.985, 0.93)
    tabs = b.chance(0.4)
    if tabs:
        with b.group("tabs"):
            for k, w in enumerate(b.words(b.some(2, 4), 8)):
                q = (work[0] + 0.15 * k, work[1], work[0] + 0.15 * (k + 1) - 0.005, work[1] + 0.05)
                b.draw(
                    SHAPE,
                    lambda pen, q=q, k=k: pen.box(q, field if k == 0 else mixed(base, foreground, 0.1), grey, thin, 0.008),
                    "tab",
                )
                b.text(((q[0] + q[2]) / 2, (q[1] + q[3]) / 2), w, size, foreground, width=0.135)
        work = (work[0], work[1] + 0.05, work[2], work[3])
    kind = b.pick("picture", "picture", "plot", "text")
    with b.group("work area"):
        if kind == "picture":
            picture = b.picture(work)
            c = b.pointer(picture)
            for _ in range(b.some(0, 3)):
                p = (b.uniform(work[0], work[2] - 0.15), b.uniform(work[1], work[3] - 0.15))
                q = (*p, p[0] + b.uniform(0.05, 0.15), p[1] + b.uniform(0.05, 0.15))
                dash = (0.008, 0.008) if b.chance(0.5) else ()
                b.draw(
                    MARK,
                    lambda pen, q=q, d=dash: (
                        pen.box(q, None, c, thin, dash=d),
                        [
                            pen.box((u - 0.006, v - 0.006, u + 0.006, v + 0.006), WHITE, (0, 0, 0), thin * 0.6)
                            for u in (q[0], q[2])
                            for v in (q[1], q[3])
                        ],
                    ),
                    "selection frame",
                )
        else:
            b.draw(PANEL, lambda pen: pen.box(work, field, grey, thin), "work area")
            if kind == "plot":
                n = 60
                for c in b.colours(b.some(1, 3)):
                    v = np.clip(0.5 + rng.normal(0, 0.5 / np.sqrt(n), n).cumsum(), 0.05, 0.95)
                    b.draw(
                        DATA,
                        lambda pen, v=v, c=c: pen.line(
                            [
                                (
                                    work[0] + (work[2] - work[0]) * (0.05 + 0.9 * k / n),
                                    work[3] - (work[3] - work[1]) * float(u),
                                )
                                for k, u in enumerate(v)
                            ],
                            c,
                            0.005,
                        ),
                        "line plot",
                    )
            else:
                with b.group("block"):
                    for k in range(int((work[3] - work[1] - 0.03) / (size * 1.6))):
                        c = b.pick(foreground, foreground, hue, mixed(foreground, field, 0.5))
                        b.text(
                            (work[0] + 0.02 + 0.03 * b.some(0, 2), work[1] + 0.025 + size * 1.6 * (k + 0.3)),
                            style.phrase(rng, 2, 6),
                            size,
                            c,
                            "lm",
                            "",
                            width=(work[2] - work[0]) * 0.85,
                        )
    if b.chance(0.45):  # a dialog
        w, h = b.uniform(0.35, 0.5), b.uniform(0.25, 0.4)
        x, t = b.uniform(0.2, 0.95 - w), b.uniform(0.3, 0.92 - h)
        with b.group("dialog"):
            b.draw(
                SHAPE,
                lambda pen: (
                    pen.box((x, t, x + w, t + h), base, grey, thin, 0.01),
                    pen.box((x, t, x + w, t + 0.05), tone, None, 0, 0.01),
                ),
                "dialog",
                shadow=0.012,
            )
            b.text((x + 0.02, t + 0.025), b.word(), size, readable(rng, tone), "lm", "dialog title")
            rows = b.some(1, 3)
            for k in range(rows):
                m = t + 0.05 + (h - 0.11) * (k + 0.5) / rows
                b.text((x + 0.02, m), b.word(), size, foreground, "lm", "", width=w * 0.4)
                own = b.pick("field", "slider", "box")
                u = x + w * 0.48
                if own == "field":
                    b.draw(
                        SHAPE,
                        lambda pen, m=m: pen.box((u, m - 0.02, x + w - 0.02, m + 0.02), field, grey, thin, 0.004),
                        "field",
                    )
                    b.text((u + 0.01, m), str(b.some(0, 500)), size, foreground, "lm", "")
                elif own == "slider":
                    v = b.uniform(0.1, 0.9)
                    b.draw(
                        SHAPE,
                        lambda pen, m=m, v=v: (
                            pen.line([(u, m), (x + w - 0.02, m)], grey, 0.008, cap="round"),
                            pen.disc((u + (w * 0.52 - 0.02) * v, m), 0.014, hue, WHITE, thin),
                        ),
                        "slider",
                    )
                else:
                    b.draw(
                        SHAPE,
                        lambda pen, m=m: pen.box((u, m - 0.014, u + 0.028, m + 0.014), field, grey, thin),
                        "check box",
                    )
                    b.draw(
                        MARK,
                        lambda pen, m=m: pen.line(
                            [(u + 0.005, m), (u + 0.012, m + 0.009), (u + 0.024, m - 0.009)], hue, 0.006
                        ),
                        "check mark",
                    )
            for k, word in enumerate(("OK", "Cancel") if style.split == "train" else ("Apply", "Close")):
                q = (x + w - 0.24 + 0.12 * k, t + h - 0.055, x + w - 0.13 + 0.12 * k, t + h - 0.012)
                b.draw(
                    SHAPE,
                    lambda pen, q=q, k=k: pen.box(q, hue if k == 0 else mixed(base, foreground, 0.1), grey, thin, 0.006),
                    "button",
                )
                b.text(((q[0] + q[2]) / 2, (q[1] + q[3]) / 2), word, size, readable(rng, hue) if k == 0 else foreground)
    if b.chance(0.4):
        p = (b.uniform(0.3, 0.9), b.uniform(0.3, 0.9))
        b.draw(
            MARK,
            lambda pen: pen.polygon(
                pen.round(
                    p, 0.05, [(0, 0), (0, 1), (0.23, 0.78), (0.38, 1.12), (0.52, 1.05), (0.38, 0.72), (0.68, 0.7)]
                ),
                WHITE,
                (0, 0, 0),
                0.004,
            ),
            "mouse pointer",
        )
    with b.group("status bar"):
        b.text((0.02, 0.965), style.phrase(rng, 2, 4), size * 0.9, mixed(foreground, base, 0.3), "lm", "status", width=0.6)
    return "A screenshot", b.parts


TEMPLATES = (Template("slide", "screen", 1.2, make),)
