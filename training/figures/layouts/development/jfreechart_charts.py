"""Charts of many kinds by JFreeChart, which training does not see; at times with marks of ours on them."""
from ...renderers.jfreechart import elements
from ...templates import Template, pointers


def make(rng, style):
    parts = elements(rng, style)
    if rng.random() < .2:
        parts += pointers(rng, style, (.2, .15, .9, .8), 1, 2)
    return "A chart", parts


TEMPLATES = (Template("plot", "jfreechart", 5, make),)
