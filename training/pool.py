"""Rendered figures as arrays, made by several processes and kept in memory as 8 bit."""
from __future__ import annotations

import os
from multiprocessing import get_context
from typing import Iterable, Iterator

import numpy as np

from figures import Figure, Frame, make_scene, render


def figure(seed: int, split: str, frame: Frame) -> Figure:
    """The figure of a seed, cut into one of its possible numbers of layers; the finer cuts more often."""
    scene = make_scene(seed, split)
    cuts = scene.groupings()
    pick = np.random.default_rng([7, seed]).random() ** 1.5
    return render(scene, cuts[int(pick * len(cuts))], frame)


def _job(task: tuple[int, str, Frame]) -> Figure:
    return figure(*task)


def figures(seeds: Iterable[int], split: str, frame: Frame, workers: int = os.cpu_count() or 1) -> Iterator[Figure]:
    """Figures in the order of their seeds."""
    with get_context("fork").Pool(workers) as pool:
        yield from pool.imap(_job, ((seed, split, frame) for seed in seeds), chunksize=32)
