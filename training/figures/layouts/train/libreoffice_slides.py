"""Slides, flow charts, processes, trees and shapes drawn by LibreOffice, on their page or on a picture, at times
with a picture or marks of ours."""

import numpy as np

from ... import elements as el
from ...elements import ALL, Role
from ...renderers import libreoffice
from ...templates import Template, pointers


def make(rng, style):
    drawn = libreoffice.figures()
    layout, background, parts = libreoffice.elements(drawn[rng.integers(len(drawn))])
    rgb = tuple(v / 255 for v in background)
    if layout == "shapes" and rng.random() < 0.4:
        element = (
            el.photo(rng, style, ALL, Role.BACKGROUND)
            if rng.random() < 0.5
            else el.micrograph(rng, style, ALL, Role.BACKGROUND)
        )
    else:
        element = el.picture(
            Role.BACKGROUND,
            ALL,
            lambda w, h: np.broadcast_to(np.array(rgb, np.float32), (h, w, 3)),
            f"plain {el.colour_name(background)} background",
        )
    parts = [element, *parts]
    if layout == "slide" and rng.random() < 0.4:
        parts.append(el.photo(rng, style, (0.6, 0.24, 0.95, 0.62)))
    if rng.random() < 0.12:
        parts += pointers(rng, style, (0.2, 0.2, 0.8, 0.8), 1, 2)
    return {
        "flow chart": "A flow chart",
        "process": "A process",
        "slide": "A slide",
        "shapes": "Shapes",
        "tree": "A tree of boxes",
    }[layout], parts


TEMPLATES = (Template("slide", "libreoffice", 4, make),)
