"""A system in boxes within boxes: zones with dashed rims and heads, components with icons, cylinders, two-way arrows with words, a cloud."""
import numpy as np

from ...kit import MARK, PANEL, SHAPE, Board, Template, cells, mixed, readable, shrink


def make(rng, style):
    b = Board(rng, style)
    style, hues = b.style, b.colours(5, 50)
    zones = cells(*b.pick((1, 2), (1, 3), (2, 2), (2, 1), (3, 1)), (.03, .04, .97, .96), b.uniform(.04, .08))
    dash, radius, spots = (.014, .01) if b.chance(.5) else (), b.pick(0, .015, .03), []
    for k, zone in enumerate(zones):
        c = hues[k % 5]
        with b.group("zone"):
            b.draw(PANEL, lambda pen: pen.box(zone, b.soft(c, .88) if b.thin > .003 else None, mixed(c, style.ink, .2), b.thin, radius, dash), "zone")
            b.text((zone[0] + .015, zone[1] + .012), b.word(), b.size, mixed(c, style.ink, .5), "lt", "zone name", width=zone[2] - zone[0] - .03)
            inner = shrink((zone[0], zone[1] + b.size * 1.4, zone[2], zone[3]), .06, .04, .06, .06)
            w, h = inner[2] - inner[0], inner[3] - inner[1]
            shape = b.pick((1, 2), (2, 1), (2, 2), (1, 1)) if w > .25 else (b.some(1, 3), 1)
            for box in cells(*shape, inner, min(w, h) * .16):
                own, tone = b.pick("box", "box", "cylinder", "icon", "thing", "stack"), b.pick(c, hues[b.some(0, 4)])
                x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
                bw, bh = min(box[2] - box[0], .24), min(box[3] - box[1], .15)
                q = (x - bw / 2, y - bh / 2, x + bw / 2, y + bh / 2)
                spots.append((x, y, bw, bh, k))
                with b.group("component"):
                    if own in ("icon", "thing"):
                        (b.icon((x, y - bh * .12), min(bw, bh) * .36, colour=tone) if own == "icon" else b.thing((x, y - bh * .12), min(bw, bh) * .8))
                        b.text((x, q[3] - bh * .02), b.word(9), b.size * .9, width=bw * 1.2)
                        continue
                    fill, edge = (b.shade(q, tone) if b.chance(.2) else tone), mixed(tone, style.ink, .5) if b.chance(.5) else None

                    def paint(pen):
                        if own == "cylinder":
                            e = bh * .16
                            pen.ellipse((q[0], q[3] - 2 * e, q[2], q[3]), fill, edge, b.thin)
                            pen.box((q[0], q[1] + e, q[2], q[3] - e), fill)
                            if edge:
                                pen.line([(q[0], q[1] + e), (q[0], q[3] - e)], edge, b.thin), pen.line([(q[2], q[1] + e), (q[2], q[3] - e)], edge, b.thin)
                            pen.ellipse((q[0], q[1], q[2], q[1] + 2 * e), mixed(tone, (255, 255, 255), .35), edge, b.thin)
                        else:
                            for j in range(2 if own == "stack" else 0, -1, -1):
                                d = .008 * j
                                pen.box((q[0] + d, q[1] - d, q[2] + d, q[3] - d), fill, edge or (style.paper if own == "stack" else None), b.thin, radius)
                    b.draw(SHAPE, paint, own, shadow=.007 if b.thin > .006 else 0)
                    b.text((x, y + (bh * .08 if own == "cylinder" else 0)), b.word(9), b.size, readable(rng, tone), width=bw * .9)
    for _ in range(b.some(2, 6)):
        i, j = rng.choice(len(spots), 2, replace=False) if len(spots) > 1 else (0, 0)
        p, q = np.array(spots[i][:2]), np.array(spots[j][:2])
        if i == j or np.hypot(*(q - p)) < .15:
            continue
        d = (q - p) / np.hypot(*(q - p))
        a, z = p + d * spots[i][3] * .75, q - d * spots[j][3] * .75
        b.arrow([tuple(a), tuple(z)], b.pick(style.ink, hues[0], mixed(style.ink, style.paper, .4)), width=b.thin * 1.4, both=b.chance(.3), dash=(.012, .008) if b.chance(.25) else (), head=.02)
        if b.chance(.35):
            b.text(tuple((a + z) / 2 - (0, .012)), b.word(8), b.size * .8, anchor="mb", halo=style.paper if b.chance(.5) else None)
    return "A system in boxes", b.parts


TEMPLATES = (Template("diagram", "architecture", 1.0, make),)
