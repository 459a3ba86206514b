"""One emblem with a name, or several side by side."""
from __future__ import annotations

from ... import elements as el
from ...elements import Rng
from ...style import Style
from ...templates import Parts, Template, cells, middle
from .pieces import badge, new_page


def make(rng: Rng, style: Style) -> tuple[str, Parts]:
    page = new_page(rng, style)
    parts, count = [page.background], int(rng.choice([1, 1, 1, 2, 3, 4]))
    if count == 1:
        beside, r = rng.random() < .3, float(rng.uniform(.2, .36))
        at = (.06 + r * .75, .5) if beside else (.5, .5 if rng.random() < .5 else .42)
        r = min(r, .22) if beside else r
        parts += badge(rng, style, at, r, page.tone)
        size = float(rng.uniform(.07, .13))
        if beside:
            parts.append(el.text(style, (at[0] + r * 1.35, .47), style.phrase(rng, 1, 2), size, page.foreground, "lm", width=.93 - at[0] - r * 1.35))
            parts.append(el.text(style, (at[0] + r * 1.35, .47 + size * .9), style.phrase(rng, 2, 4), size * .42, page.foreground, "lm",
                                 width=.93 - at[0] - r * 1.35))
        elif at[1] < .5:
            parts.append(el.text(style, (.5, .91), style.phrase(rng, 1, 2), min(size, .1), page.foreground, width=.9))
    else:
        boxes = cells(1, count, (.03, .1, .97, .9), .02) if count < 4 else cells(2, 2, (.05, .05, .95, .95), .03)
        for box in boxes:
            parts += badge(rng, style, middle(box), (r := min(box[2] - box[0], box[3] - box[1]) * float(rng.uniform(.34, .42))), page.tone)
            if rng.random() < .4 and count < 4:
                parts.append(el.text(style, (middle(box)[0], .58 + r * 1.2), style.word(rng), .055, page.foreground, width=box[2] - box[0]))
    return "An emblem" if count == 1 else f"{count} emblems", parts


TEMPLATES = (Template("icons", "emblem", 1.0, make),)
