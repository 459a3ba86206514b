"""A printed page: a book page, columns of news, a leaflet with a box, a quotation, or a certificate."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ... import elements as el
from ...canvas import PillowPen
from ...elements import ALL, BLACK, Rng, Role
from ...icons import icon
from ...style import Style, luminance, readable
from ...templates import Parts, Template, cells, middle, panel, shrink, titled
from .pieces import any_picture, apart, filled_box, new_page, star


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    page = new_page(rng, style, "tint tint gradient texture")
    parts, foreground, kind = [page.background], page.foreground, str(rng.choice(["book", "news", "leaflet", "quote", "certificate"]))
    size = float(rng.uniform(.022, .034))
    if kind == "book":
        margin = float(rng.uniform(.06, .14))
        figure = rng.random() < .8
        y0 = float(rng.choice([.1, .3, .5]))
        y1 = y0 + float(rng.uniform(.25, .38))
        if rng.random() < .6:
            parts.append(el.text(style, (.5, .05), style.phrase(rng, 2, 4), size, foreground, width=.6, what=""))
            if rng.random() < .5:
                parts.append(el.rule(rng, style, (margin, .075), (1 - margin, .075), foreground, .003))
        if figure:
            wide = rng.random() < .6
            box = (margin, y0, 1 - margin, y1) if wide else (.5, y0, 1 - margin, y1)
            parts += panel(rng, style, box)
            if y0 > .2:
                parts += el.paragraph(rng, style, (margin, .1, 1 - margin, y0 - .02), size, foreground)
            if not wide:
                parts += el.paragraph(rng, style, (margin, y0, .47, y1), size, foreground)
            parts += el.paragraph(rng, style, (margin, y1 + .015, 1 - margin, y1 + .1), size * .85, foreground, count=2)
            if y1 < .75:
                parts += el.paragraph(rng, style, (margin, y1 + .13, 1 - margin, .93), size, foreground)
        else:
            words, fill = style.phrase(rng, 1, 1)[:1], apart(rng, style, page.tone)
            parts += [filled_box((margin, .14, margin + .13, .14 + .13), fill, what="initial plate"),
                      el.text(style, (margin + .065, .205), words, .1, readable(rng, fill), what="")]
            parts += el.paragraph(rng, style, (margin + .15, .14, 1 - margin, .28), size, foreground) + el.paragraph(rng, style,
                (margin, .29, 1 - margin, .93), size, foreground)
        parts.append(el.text(style, (.5, .965), str(int(rng.integers(1, 400))), size, foreground, what=""))
    elif kind == "news":
        columns, fill = int(rng.integers(2, 5)), apart(rng, style, page.tone)
        banner = rng.random() < .5
        if banner:
            parts.append(el.bar(rng, style, (0, 0, 1, .15), fill))
        parts.append(titled(rng, style, (.5, .075), float(rng.uniform(.09, .13)), .92, colour=readable(rng, fill) if banner else foreground, high=3)[1])
        parts += [el.rule(rng, style, (.04, y), (.96, y), foreground, .004) for y in ((.17, .2) if rng.random() < .6 else (.18,))]
        places, photo_at = cells(1, columns, (.04, .23, .96, .97), .035), int(rng.integers(columns))
        for k, box in enumerate(places):
            y = box[1]
            if k == photo_at:
                span = places[min(k + 1, columns - 1)] if rng.random() < .4 else box
                parts.append(el.photo(rng, style, (box[0], y, span[2], y + .25)))
                covered = span is not box
            if k == photo_at or k == photo_at + 1 and covered:
                y += .28
            if rng.random() < .5:
                parts.append(el.text(style, (box[0], y + .03), style.phrase(rng, 1, 3), size * 1.6, foreground, "lm", width=box[2] - box[0]))
                y += .065
            parts += el.paragraph(rng, style, (box[0], y, box[2], box[3]), size, foreground)
        if rng.random() < .6:
            parts += [el.vector(Role.MARK, lambda pen, x=b[2] + .0175: pen.line([(x, .23), (x, .97)], el.mixed(page.tone, foreground, .5), .003),
                               "column rule") for b in places[:-1]
                      if b is not places[photo_at]]
    elif kind == "leaflet":
        fill, side, thick = apart(rng, style, page.tone), rng.random() < .5, float(rng.uniform(.28, .42))
        block = (0, 0, thick, 1) if side else (0, 0, 1, thick)
        parts.append(el.photo(rng, style, block, kind=None) if rng.random() < .5 else filled_box(block, fill, Role.PANEL, "block"))
        rest = (thick + .05, .08, .95, .95) if side else (.06, thick + .06, .94, .96)
        parts.append(titled(rng, style, (rest[0], rest[1] + .03), float(rng.uniform(.06, .09)), rest[2] - rest[0], "lm", foreground)[1])
        parts += el.paragraph(rng, style, (rest[0], rest[1] + .1, rest[2], rest[1] + .3), size * 1.1, foreground, bullets=rng.random() < .3)
        call, colour = shrink(rest, float(rng.uniform(0, .3)), .58, 0, 0), apart(rng, style, page.tone)
        if rng.random() < .4:   # across the edge of the block
            call = (call[0] - .12, call[1], call[2] - .1, call[3]) if side else call
        soft = el.mixed(colour, page.tone, float(rng.choice([0, 0, .5])))
        parts.append(filled_box(call, soft, what="call-out box", edge=colour if rng.random() < .5 else None, width=.01,
                             radius=float(rng.choice([0, .02, .06])), shadow=float(rng.choice([0, .012]))))
        parts.append(el.text(style, (middle(call)[0], call[1] + .07), style.phrase(rng, 1, 2), .055, readable(rng, soft),
                             width=(call[2] - call[0]) * .85))
        parts += el.paragraph(rng, style, shrink(call, .08, .5, .08, .05), size, readable(rng, soft))
        if rng.random() < .5:
            parts.append(icon(rng, style, (middle(block)[0], middle(block)[1]), float(rng.uniform(.08, .12)), colour=readable(rng, fill)))
    elif kind == "quote":
        fill = apart(rng, style, page.tone)
        card = shrink(ALL, *rng.uniform(.05, .16, 4))
        plated = rng.random() < .6
        beneath = fill if plated else page.tone
        if plated:
            parts.append(filled_box(card, fill, Role.PANEL, "card", radius=float(rng.choice([0, .03, .07])), shadow=float(rng.choice([0, .015]))))
        mark = el.mixed(beneath, apart(rng, style, beneath, 220), float(rng.uniform(.5, 1)))
        big = float(rng.uniform(.3, .55))
        glyph = el.text(style, (card[0] + .18, card[1] + big * .42 + .02), str(rng.choice(["“", "\"", "”"])), big, mark, what="quotation mark")
        parts.append(replace(glyph, role=Role.SHAPE))
        count, scale = int(rng.integers(2, 5)), float(rng.uniform(.05, .08))
        mid = middle(card)
        for k in range(count):
            parts.append(el.text(style, (mid[0], mid[1] + (k - (count - 1) / 2) * scale * 1.4), style.phrase(rng, 2, 5), scale,
                                 readable(rng, beneath), width=(card[2] - card[0]) * .82))
        y = card[3] - .09
        parts.append(el.rule(rng, style, (mid[0] - .1, y - .05), (mid[0] + .1, y - .05), mark, .006))
        parts.append(el.text(style, (mid[0], y), style.phrase(rng, 1, 3), .04, readable(rng, beneath), width=.6))
        if rng.random() < .35:
            r = float(rng.uniform(.07, .11))
            parts.append(el.vector(Role.SHAPE, lambda pen: pen.dot((card[2] - .06, card[1] + .06), r, BLACK), "round portrait",
                                  shade=any_picture(rng, style)[0]))
    else:
        colour, second = apart(rng, style, page.tone), apart(rng, style, page.tone)
        rim, rounds, knots = float(rng.uniform(.02, .06)), int(rng.integers(1, 4)), int(rng.integers(0, 3))
        width = float(rng.uniform(.004, .02))

        def frame(pen: PillowPen) -> None:
            for k in range(rounds):
                m = rim + k * .022
                pen.box((m, m, 1 - m, 1 - m), None, colour if k % 2 == 0 else second, width if k == 0 else width * .5, .02 * (knots == 2))
            for x, y in ((rim, rim), (1 - rim, rim), (rim, 1 - rim), (1 - rim, 1 - rim)):
                if knots == 1:
                    pen.polygon(pen.round((x, y), .055, star(8, .7)), second)
                elif knots == 2:
                    pen.dot((x, y), .04, second)
                    pen.dot((x, y), .02, colour)
        if rng.random() < .4:
            n, r = int(rng.integers(14, 30)), float(rng.uniform(.012, .03))
            spots = [(t, e) for t in np.linspace(rim, 1 - rim, n) for e in (rim, 1 - rim)]
            parts.append(el.vector(Role.PANEL, lambda pen: [pen.dot(p, r, second) for q in spots for p in (q, q[::-1])], "ornamental border"))
        parts.append(el.vector(Role.MARK, frame, "ornamental frame"))
        parts.append(titled(rng, style, (.5, .25), float(rng.uniform(.09, .13)), .75,
                            colour=colour if rng.random() < .5 and abs(luminance(colour) - luminance(page.tone)) > .35 else foreground, high=2)[1])
        parts.append(el.text(style, (.5, .37), style.phrase(rng, 3, 5), .04, foreground, width=.7))
        parts.append(el.text(style, (.5, .49), style.phrase(rng, 1, 2), float(rng.uniform(.07, .1)), foreground, width=.7))
        parts.append(el.rule(rng, style, (.2, .56), (.8, .56), foreground, .004))
        parts.append(el.text(style, (.5, .63), style.phrase(rng, 4, 6), .036, foreground, width=.7))
        for x in (.25, .75):
            parts += [el.rule(rng, style, (x - .12, .8), (x + .12, .8), foreground, .004), el.text(style, (x, .84), style.word(rng), .035, foreground, width=.24)]
            if rng.random() < .6:
                squiggle = [(x - .1 + .2 * t, .775 + float(v)) for t, v in zip(np.linspace(0, 1, 14), rng.normal(0, .018, 14))]
                parts.append(el.vector(Role.MARK, lambda pen, l=squiggle: pen.line(l, (30, 50, 130) if luminance(page.tone) > .4 else foreground, .005),
                                      "signature"))
        if rng.random() < .7:
            seal, at, r = apart(rng, style, page.tone), (.5, .79), float(rng.uniform(.06, .085))
            parts.append(el.vector(Role.SHAPE, lambda pen: [pen.polygon(pen.round(at, r, [(s * .1, .3), (s * .9, 1.9), (s * .45, 1.7), (s * .2, 2)]),
                el.mixed(seal, BLACK, .3)) for s in (-1, 1)], "ribbon"))
            parts.append(el.vector(Role.SHAPE, lambda pen: pen.polygon(pen.round(at, r, star(16, .86)), seal), "seal", shadow=.008))
            parts.append(icon(rng, style, at, r * .5, colour=readable(rng, seal)))
    return {"book": "A book page", "news": "A page of news", "leaflet": "A leaflet", "quote": "A quotation",
            "certificate": "A certificate"}[kind], parts


TEMPLATES = (Template("slide", "printed page", 1.1, make),)
