"""Rendered figures as arrays, made by several processes and kept in memory as 8 bit."""
from __future__ import annotations

import os
from dataclasses import replace
from multiprocessing import get_context
from typing import Iterable, Iterator

import numpy as np

from figures import MOST_LAYERS, Figure, Frame, damaged, make_scene, render
from figures.textures import bank


def figure(seed: int, split: str, frame: Frame, damage: float = 0.0, most: int = MOST_LAYERS) -> Figure:
    """The figure of a seed, cut into one of its possible numbers of layers, the finer cuts more often. With probability `damage`
    the picture is a damaged copy, and `clean` the composite of the layers."""
    rng = np.random.default_rng([7, seed])
    fineness = rng.random() ** 2
    for attempt in range(8):   # a few scenes are too small or too hidden to have two layers
        made = render(make_scene(seed, split, attempt=attempt), frame, fineness, most)
        if len(made.layers) >= 2:
            break
    if rng.random() < damage:
        made = replace(made, picture=damaged(made.picture, rng), clean=made.picture)
    return made


def _job(task: tuple) -> Figure:
    return figure(*task)


def figures(seeds: Iterable[int], split: str, frame: Frame, workers: int = os.cpu_count() or 1, damage: float = 0.0,
            most: int = MOST_LAYERS) -> Iterator[Figure]:
    """Figures in the order of their seeds."""
    bank(split)   # once, before the processes part
    with get_context("fork").Pool(workers) as pool:
        yield from pool.imap(_job, ((seed, split, frame, damage, most) for seed in seeds), chunksize=32)
