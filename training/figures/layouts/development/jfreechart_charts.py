"""Charts of many kinds by JFreeChart, which training does not see; at times with marks of ours on them."""

from ...renderers.jfreechart import elements
from ...templates import Template, pointers


def make(rng, style):
    parts = elements(rng, style)
    if rng.random() < 0.2:
        parts += pointers(rng, style, (0.2, 0.15, 0.9, 0.8), 1, 2)
    return "A chart", parts


TEMPLATES = (Template("plot", "jfreechart", 5, make),)
