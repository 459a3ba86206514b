"""Rendered figures as arrays, made by several processes and kept in memory as 8 bit."""
from __future__ import annotations

import os
import re
from dataclasses import replace
from multiprocessing import get_context
from typing import Iterable, Iterator

import numpy as np
from PIL import Image

from figures import COLLECTIONS, MOST_LAYERS, Figure, Frame, damaged, make_scene, render
from figures.textures import bank


COLOURS = re.compile(r"\b((dark|pale) )?(black|grey|white|red|orange|yellow|green|turquoise|blue|violet|pink) ")


def figure(seed: int, split: str, frame: Frame, damage: float = 0.0, most: int = MOST_LAYERS, varied: bool = False) -> Figure:
    """The figure of a seed, cut into one of its possible numbers of layers, the finer cuts more often. With probability `damage`
    the picture is a damaged copy, and `clean` the composite of the layers. `varied`: 30 % are a
    part of a larger figure, 60 % are drawn up to twice as large and reduced, as pictures are for the network, and see `variation`."""
    rng = np.random.default_rng([7, seed])
    fineness = rng.random() ** 2
    other = np.random.default_rng([8, seed])
    zoom = other.uniform(1.15, 1.7) if varied and other.random() < .3 else 1
    drawn, finer = Frame(round(frame.width * zoom), round(frame.height * zoom)), 1.0
    if varied and other.random() < .6:
        finer = other.uniform(1.1, 2)
    window = Frame(round(frame.width * finer), round(frame.height * finer))
    drawn = Frame(round(drawn.width * finer), round(drawn.height * finer))
    for attempt in range(8):   # a few scenes are too small or too hidden to have two layers
        x, y = int(other.integers(drawn.width - window.width + 1)), int(other.integers(drawn.height - window.height + 1))
        made = render(make_scene(seed, split, attempt=attempt), drawn, fineness, most, (slice(y, y + window.height), slice(x, x + window.width)))
        if len(made.layers) >= 2:
            break
    if finer > 1:
        made = replace(made, picture=reduced(made.picture[None], frame)[0], layers=reduced(made.layers, frame))
    if varied:
        made = variation(made, other)
    if rng.random() < damage:
        made = replace(made, picture=damaged(made.picture, rng), clean=made.picture)
    return made


def reduced(pictures: np.ndarray, frame: Frame) -> np.ndarray:
    """Pictures (N,h,w,4) in a smaller size, channel by channel, because what has no alpha has a colour too."""
    smaller = lambda plane: np.asarray(Image.fromarray(plane).resize((frame.width, frame.height), Image.LANCZOS))
    return np.stack([np.stack([smaller(np.ascontiguousarray(p[..., c])) for c in range(4)], -1) for p in pictures])


def variation(made: Figure, rng: np.random.Generator) -> Figure:
    """Half of the figures with colours exchanged or inverted, a quarter mirrored, by chance both. What is exchanged is the same in all
    layers, so that they still make the picture (inverted, to one level). Colours are then not named in the caption."""
    arrays, caption = [made.picture, made.layers], made.caption
    if rng.random() < .5:
        order, inverted = [*rng.permutation(3), 3], rng.random() < .4
        flip = np.array([255 * inverted] * 3 + [0], np.uint8)
        arrays = [x[..., order] ^ flip for x in arrays]
        caption = COLOURS.sub("", caption)
    if rng.random() < .25:
        arrays = [x[..., ::-1, :] for x in arrays]
    return replace(made, picture=np.ascontiguousarray(arrays[0]), layers=np.ascontiguousarray(arrays[1]), caption=caption)


def _job(task: tuple) -> Figure:
    return figure(*task)


def figures(seeds: Iterable[int], split: str, frame: Frame, workers: int = os.cpu_count() or 1, damage: float = 0.0,
            most: int = MOST_LAYERS, varied: bool = False) -> Iterator[Figure]:
    """Figures in the order of their seeds."""
    bank(COLLECTIONS[split].split)   # once, before the processes part
    with get_context("fork").Pool(workers) as pool:
        yield from pool.imap(_job, ((seed, split, frame, damage, most, varied) for seed in seeds), chunksize=32)
