"""The figure that ships as a sample: held-out fonts, colours and layout, drawn at any size."""
from __future__ import annotations

import numpy as np

from . import showcase_elements as el
from .elements import WHITE, Element, Role
from .scenes import Scene
from .style import Style, font_file

SEED = 19
_COLOURS = ((230, 57, 70), (69, 123, 157), (46, 196, 182), (255, 159, 28), (29, 53, 87))


def showcase() -> Scene:
    """A micrograph with arrows, a box and a scale bar beside two plots, with letters and titles."""
    rng = np.random.default_rng([2, SEED])
    style = Style("heldout", font_file("Inter-Bold"), _COLOURS, False)
    green = Style("heldout", style.font, ((60, 220, 130), (230, 60, 160)), False)
    plain = Style("heldout", font_file("Inter-Regular"), _COLOURS, False)
    micrograph, lines, bars = (.04, .13, .56, .95), (.68, .13, .97, .46), (.68, .61, .97, .90)

    def text(at: tuple[float, float], words: str, size: float, colour=None, anchor: str = "mm", face: Style = style) -> Element:
        return el.label(rng, face, at, (size, size * 1.001), words, colour or style.foreground, anchor)

    parts = [
        el.background(rng, Style("heldout", style.font, ((120, 160, 200),), False), "gradient"),
        el.picture(Role.PANEL, micrograph, el.micrograph_painter(rng, green, "cells")),
        el.axes(rng, style, lines), el.axes(rng, style, bars),
        el.data(rng, style, lines, "lines"), el.data(rng, style, bars, "bars"),
        el.plate(rng, Style("heldout", style.font, ((255, 159, 28),), False), (.83, .15, .91, .455)),
        el.outline(rng, Style("heldout", style.font, ((255, 214, 10),), False), (.32, .52, .50, .74)),
        el.arrow(rng, Style("heldout", style.font, ((255, 255, 255),), True), (.13, .50), (.20, .39)),
        el.arrow(rng, Style("heldout", style.font, ((255, 214, 10),), False), (.42, .27), (.345, .385)),
        el.scale_bar(rng, style, micrograph, WHITE),
        text((.04, .03), "a", .085, anchor="lt"), text((.60, .03), "b", .085, anchor="lt"), text((.60, .52), "c", .085, anchor="lt"),
        text((.31, .065), "Tubulin / Hoechst", .055), text((.825, .065), "Intensity", .055), text((.825, .565), "Cells per field", .05),
        text((.10, .19), "Mutant", .065, WHITE, "lm"),
        text((.825, .505), "Week", .042, face=plain), text((.825, .955), "Mock        siRNA", .042, face=plain),
    ]
    return Scene(tuple(sorted(parts, key=lambda e: e.role)))
