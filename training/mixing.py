"""New pictures out of the layers of figures that are encoded already: another background, a layer less, a layer of another figure.
Only the picture is new, so that it costs one encoding instead of one for each layer; and what stands together in a template is torn apart."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Sequence

import numpy as np

from figures import MOST_LAYERS, Figure, Role
from make_evaluation_set import composite

_TRIES = 4
_SHOWS = .3   # of what a layer has must change the picture


@dataclass(frozen=True)
class Part:
    """A layer of a figure, by their numbers, and the roles of what it holds, from lowest to highest."""
    figure: int
    layer: int
    roles: tuple[Role, ...]


def parts(figures: Sequence[Figure], k: int) -> list[Part]:
    """The layers of the k-th figure, bottom first."""
    return [Part(k, i, tuple(sorted(Role[r.upper()] for r in re.sub(r" \d+$", "", name).split(" + ")))) for i, name in enumerate(figures[k].names)]


def inserted(stack: list[Part], other: Part) -> list[Part] | None:
    """The stack with one more layer where its roles belong; nothing if they lie between those of a layer that is there."""
    at = sum(p.roles[-1] < other.roles[0] for p in stack)
    if at == len(stack) or stack[at].roles[0] > other.roles[-1]:
        return stack[:at] + [other] + stack[at:]
    return None


def _shows(layers: np.ndarray) -> bool:
    """Whether nothing is hidden, or drawn in the colour of what lies below, for the most part."""
    few = layers[:, ::2, ::2].astype(np.float32) / 255   # a quarter of the pixels will do
    alphas, colours = few[..., 3:], few[..., :3] * few[..., 3:]
    above = [np.ones_like(alphas[0])]
    for a in alphas[:0:-1]:
        above.append(above[-1] * (1 - a))
    flat = colours[0]
    for k in range(1, len(layers)):
        change = colours[k] - alphas[k] * flat
        flat = flat + change
        own = alphas[k, ..., 0] > .2
        seen = np.abs(change * above[len(layers) - 1 - k]).max(-1) > .06
        if np.count_nonzero(seen & own) < max(2, _SHOWS * np.count_nonzero(own)):
            return False
    return True


def mixture(figures: Sequence[Figure], k: int, rng: np.random.Generator) -> tuple[np.ndarray, list[Part]] | None:
    """The picture (h,w,4) of the k-th figure's layers with some exchanged for those of others of the same size, and these layers;
    nothing if chance makes none that shows. Told its number of layers, it is cut by the rule of `figures.scenes`: roles keep their order, and no role is in two layers that
    do not overlap."""
    for _ in range(_TRIES):
        stack = parts(figures, k)
        other = lambda: parts(figures, int(rng.integers(len(figures))))
        if rng.random() < .5:
            background = other()[0]
            if background.roles[-1] < stack[1].roles[0] and all((figures[p.figure].layers[0][..., 3] == 255).all() for p in (stack[0], background)):
                stack[0] = background
        if len(stack) > 2 and rng.random() < .4:
            del stack[int(rng.integers(1, len(stack)))]
        for _ in range(2):
            if len(stack) < MOST_LAYERS and rng.random() < .6:
                more = other()
                stack = inserted(stack, more[int(rng.integers(1, len(more)))]) or stack
        if stack == parts(figures, k):
            continue
        layers = np.stack([figures[p.figure].layers[p.layer] for p in stack])
        if _shows(layers):
            return composite(layers), stack
    return None
