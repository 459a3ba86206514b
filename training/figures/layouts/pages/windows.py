"""What a screen shows: windows with a title bar, a chat, a list, a dialogue, or cards."""
from __future__ import annotations

from dataclasses import replace

from ... import elements as el
from ...canvas import PillowPen
from ...elements import ALL, BLACK, WHITE, Rng, Role
from ...icons import icon
from ...style import Style, luminance, readable
from ...templates import Parts, Template, cells, middle, panel, shrink, sub_box
from .pieces import any_picture, apart, filled_box, new_page


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    page = new_page(rng, style, "tint gradient gradient texture photo photo", .4)
    parts, kind = [page.background], str(rng.choice(["window", "window", "chat", "list", "cards"]))
    background = el.mixed(WHITE, style.colour(rng), float(rng.uniform(0, .12))) if rng.random() < .75 else el.mixed((30, 32, 38), style.colour(rng), .12)
    foreground, accent = readable(rng, background), apart(rng, style, background, 200)
    radius, shadow, edge = float(rng.choice([0, .015, .03, .05])), float(rng.choice([0, .01, .02])), None
    if not shadow or sum(abs(a - b) for a, b in zip(background, page.tone)) < 90:
        edge = el.mixed(background, foreground, float(rng.uniform(.3, .7)))
    line = el.mixed(background, foreground, .25)
    if kind == "window":
        count = int(rng.choice([1, 1, 2, 3]))
        for k in range(count):
            box = shrink(ALL, *rng.uniform(.05, .15, 4)) if count == 1 else sub_box(rng, shrink(ALL, .03, .03, .03, .03), .5, .75)
            role = Role.PANEL if k == 0 else Role.SHAPE
            x0, y0, x1, y1 = box
            bar, fill = float(rng.uniform(.06, .1)), accent if rng.random() < .5 else el.mixed(background, foreground, .15)
            dots = [(255, 95, 87), (254, 188, 46), (40, 200, 64)] if rng.random() < .5 else [readable(rng, fill)] * 3
            left, r = rng.random() < .6, bar * .16

            def paint(pen: PillowPen, b=box, f=fill, bar=bar, dots=dots, left=left, r=r) -> None:
                pen.box(b, background, edge, .004, radius)
                pen.box((b[0], b[1], b[2], b[1] + bar), f, None, 0, radius)
                if radius:
                    pen.box((b[0], b[1] + bar * .5, b[2], b[1] + bar), f)
                for j, c in enumerate(dots):
                    at = (b[0] + .035 + j * .04, b[1] + bar / 2) if left else (b[2] - .035 - j * .04, b[1] + bar / 2)
                    pen.dot(at, r, c)
            parts.append(el.vector(role, paint, "window", shadow=shadow))
            if k < count - 1:
                continue
            parts.append(el.text(style, ((x0 + x1) / 2, y0 + bar / 2), style.phrase(rng, 1, 2), bar * .5, readable(rng, fill),
                                 width=(x1 - x0) * .5))
            body = shrink((x0, y0 + bar, x1, y1), .05, .06, .05, .06)
            if rng.random() < .35:
                aside = (x0 + .005, y0 + bar + .003, x0 + (x1 - x0) * .28, y1 - .01)
                parts.append(filled_box(aside, el.mixed(background, accent, .25), what="side bar"))
                for j in range(int(rng.integers(3, 6))):
                    parts.append(el.text(style, (aside[0] + .02, aside[1] + .06 + j * .08), style.word(rng), .036,
                                         readable(rng, el.mixed(background, accent, .25)), "lm", width=aside[2] - aside[0] - .03))
                body = (aside[2] + .03, body[1], body[2], body[3])
            inner = str(rng.choice(["text", "picture", "dialogue", "plot"]))
            if inner in ("picture", "plot"):
                view = shrink(body, 0, 0, 0, float(rng.choice([0, .25])))
                own = panel(rng, replace(style, dark=luminance(background) < .5), view, "plot" if inner == "plot" else str(rng.choice(["photo",
                    "micrograph"])))
                # Above the windows, whichever of them it lies on.
                parts += [replace(e, role=Role.SHAPE if count > 1 and e.role in (Role.PANEL, Role.DATA) else e.role) for e in own]
            else:
                foot = .3 if inner == "dialogue" else 0
                if inner == "dialogue" and rng.random() < .6:
                    parts.append(icon(rng, style, (body[0] + .08, body[1] + .1), .06, colour=accent))
                    text_box = (body[0] + .18, body[1], body[2], body[1] + (body[3] - body[1]) * (1 - foot))
                else:
                    text_box = shrink(body, 0, 0, 0, foot)
                parts += el.paragraph(rng, style, text_box, float(rng.uniform(.026, .04)), foreground, bullets=rng.random() < .3)
                if inner == "dialogue":
                    for j, c in enumerate((accent, el.mixed(background, foreground, .2))[:int(rng.integers(1, 3))]):
                        w = (body[2] - body[0]) * .36
                        button = (body[2] - w - j * (w + .03), body[3] - .1, body[2] - j * (w + .03), body[3])
                        parts.append(filled_box(button, c, what="button", radius=float(rng.choice([0, .015, .04])),
                                             shadow=float(rng.choice([0, 0, .006]))))
                        parts.append(el.text(style, middle(button), style.word(rng), .042, readable(rng, c), width=w * .8))
    elif kind == "chat":
        y, narrow = .05, rng.random() < .5
        x0, x1 = (.14, .86) if narrow else (.04, .96)
        if narrow:
            parts.append(filled_box((x0 - .03, .02, x1 + .03, .98), background, Role.PANEL, "screen", edge, .005, .04, 1, shadow))
        faces = rng.random() < .5
        while y < .82:
            mine, h, w = rng.random() < .5, float(rng.uniform(.09, .2)), float(rng.uniform(.4, .7)) * (x1 - x0)
            fill = accent if mine else el.mixed(background if narrow else page.tone, foreground if narrow else page.foreground, .2)
            gap = .1 if faces else .04
            box = (x1 - gap - w, y, x1 - gap, y + h) if mine else (x0 + gap, y, x0 + gap + w, y + h)
            tip = (x1 - gap + .025, y + h * .9) if mine else (x0 + gap - .025, y + h * .9)

            def bubble(pen: PillowPen, b=box, t=tip, f=fill, mine=mine) -> None:
                x = b[2] if mine else b[0]
                pen.polygon([(x, b[3] - .05), t, (x + (-.05 if mine else .05), b[3] - .005)], f)
                pen.box(b, f, radius=.03)
            parts.append(el.vector(Role.SHAPE, bubble, "chat bubble", shadow=shadow * .5))
            if rng.random() < .12:
                parts.append(icon(rng, style, middle(box), h * .35, colour=readable(rng, fill)))
            else:
                parts += el.paragraph(rng, style, shrink(box, .06, .1, .04, .05), .028 if h < .13 else .034, readable(rng, fill))
            if faces:
                at = (x1 - .035, y + h - .03) if mine else (x0 + .035, y + h - .03)
                parts.append(el.vector(Role.SHAPE, lambda pen, a=at: pen.dot(a, .036, BLACK), "round portrait",
                                      shade=el.photo_painter(rng, style)[0]))
            y += h + float(rng.uniform(.025, .06))
    elif kind == "list":
        rows, x0, x1 = int(rng.integers(3, 7)), float(rng.uniform(.04, .2)), float(rng.uniform(.8, .96))
        head = rng.random() < .6
        parts.append(filled_box((x0, .04, x1, .96), background, Role.PANEL, "screen", edge, .005, radius, 1, shadow))
        if head:
            parts += [filled_box((x0, .04, x1, .15), accent, what="head bar", radius=radius),
                      el.text(style, (x0 + .04, .095), style.phrase(rng, 1, 3), .055, readable(rng, accent), "lm", width=(x1 - x0) * .8)]
        end = str(rng.choice(["switch", "button", "value", "none"]))
        carded = rng.random() < .4
        for k, box in enumerate(cells(rows, 1, (x0 + .02, .18 if head else .07, x1 - .02, .93), .02)):
            my, h = middle(box)[1], box[3] - box[1]
            if carded:
                parts.append(filled_box(box, el.mixed(background, accent, .2), what="card", radius=radius * .6))
            elif k < rows - 1:
                parts.append(el.rule(rng, style, (box[0], box[3] + .01), (box[2], box[3] + .01), line, .004))
            r, thing = min(h * .36, .055), float(rng.random())
            at = (box[0] + .02 + r, my)
            if thing < .5:
                parts.append(icon(rng, style, at, r, colour=accent if not carded else None))
            else:
                parts.append(el.vector(Role.SHAPE, lambda pen, a=at, r=r: pen.dot(a, r, BLACK), "round portrait", shade=any_picture(rng, style)[0]))
            beneath = el.mixed(background, accent, .2) if carded else background
            room = (x1 - x0) * .45
            parts.append(el.text(style, (at[0] + r + .03, my - h * .16), style.phrase(rng, 1, 3), min(.045, h * .35), readable(rng, beneath), "lm",
                                 width=room))
            parts.append(el.text(style, (at[0] + r + .03, my + h * .2), style.phrase(rng, 3, 6), min(.03, h * .25),
                                 el.mixed(beneath, readable(rng, beneath), .6), "lm", width=room, what=""))
            if end == "switch":
                on, s = rng.random() < .5, .022
                parts.append(el.vector(Role.SHAPE, lambda pen, y=my, on=on: (pen.box((box[2] - .1, y - s, box[2] - .02, y + s),
                    accent if on else line, radius=s),
                                                                         pen.dot((box[2] - (.045 if on else .075), y), s * .8, WHITE)), "switch"))
            elif end == "button":
                button = (box[2] - .15, my - .03, box[2] - .015, my + .03)
                parts += [filled_box(button, accent, what="button", radius=.02), el.text(style, middle(button), style.word(rng), .032,
                    readable(rng, accent), width=.11)]
            elif end == "value":
                parts.append(el.text(style, (box[2] - .02, my), str(int(rng.integers(0, 999))), .045, readable(rng, beneath), "rm", what=""))
    else:
        rows, columns = ((1, 2), (1, 3), (2, 2), (2, 1), (2, 3))[rng.integers(5)]
        tall, buttons = float(rng.uniform(.4, .6)), rng.random() < .4
        for box in cells(rows, columns, (.05, .06, .95, .94), float(rng.uniform(.03, .06))):
            parts.append(filled_box(box, background, Role.PANEL, "card", edge, .004, radius, 1, shadow))
            h = box[3] - box[1]
            rim = .0 if rng.random() < .4 else .05
            view = (box[0] + .006 + rim * (box[2] - box[0]), box[1] + .006 + rim * h, box[2] - .006 - rim * (box[2] - box[0]), box[1] + h * tall)
            parts.append(el.picture(Role.PANEL, view, *any_picture(rng, style)) if rng.random() < .75 else icon(rng, style, middle(view),
                min(view[2] - view[0], view[3] - view[1]) * .4, colour=accent))
            x = box[0] + (box[2] - box[0]) * .07
            room, y = (box[2] - box[0]) * .86, box[1] + h * tall + .04
            parts.append(el.text(style, (x, y), style.phrase(rng, 1, 2), .045, foreground, "lm", width=room))
            if buttons and h > .35:
                button = (x, box[3] - .09, x + room * .6, box[3] - .025)
                parts += [filled_box(button, accent, what="button", radius=.02), el.text(style, middle(button), style.word(rng), .034,
                    readable(rng, accent), width=room * .5)]
            foot = box[3] - (.1 if buttons and h > .35 else .015)
            if foot - y > .06:
                parts += el.paragraph(rng, style, (x, y + .025, x + room, foot), .026, el.mixed(background, foreground, .75))
    return {"window": "A screen with a window", "chat": "A chat", "list": "A screen with a list", "cards": "Cards in rows"}[kind], parts


TEMPLATES = (Template("slide", "windows", 1.1, make),)
