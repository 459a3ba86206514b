"""Writes figures of a split as folders of PNG files, and a contact sheet of them.

    python make_figures.py --split heldout --count 16 --out DIR --sheet sheet.png

One folder per figure, as in the evaluation set: `input.png`, `layer-00.png` .. from bottom to top, `figure.json`.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

import pool
from figures import TEMPLATES, Figure, Frame, make_scene, render
from make_evaluation_set import SIZES, write
from sample import row


def overview(figures: list[Figure], columns: int) -> np.ndarray:
    """The pictures alone, side by side."""
    cells = [row(f.picture, [], 1) for f in figures]
    cells += [np.full_like(cells[0], 255)] * (-len(cells) % columns)
    return np.concatenate([np.concatenate(cells[k:k + columns], 1) for k in range(0, len(cells), columns)])


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--split", choices=list(TEMPLATES), default="heldout")
    args.add_argument("--count", type=int, default=16)
    args.add_argument("--first", type=int, default=0, help="seed of the first figure")
    args.add_argument("--width", type=int, default=256)
    args.add_argument("--height", type=int, default=256)
    args.add_argument("--sizes-in-turn", action="store_true", help="the sizes of the evaluation set in turn, instead of one; without sheets")
    args.add_argument("--damage", type=float, default=0.0, help="share of inputs that are damaged copies")
    args.add_argument("--template", help="only figures of this template")
    args.add_argument("--out", type=Path, help="folder for the figures")
    args.add_argument("--sheet", type=Path, help="contact sheet: each figure and its layers")
    args.add_argument("--overview", type=Path, help="contact sheet: the figures alone, eight in a row")
    a = args.parse_args()
    if a.sizes_in_turn and (a.sheet or a.overview):
        args.error("a sheet is of figures of one size: leave --sizes-in-turn out, or --sheet and --overview")
    if a.template:
        made = [render(make_scene(a.first + k, a.split, a.template), Frame(a.width, a.height)) for k in range(a.count)]
    elif a.sizes_in_turn:
        made = [pool.figure(a.first + k, a.split, SIZES[k % len(SIZES)], a.damage) for k in range(a.count)]
    else:
        made = list(pool.figures(range(a.first, a.first + a.count), a.split, Frame(a.width, a.height), damage=a.damage))
    if a.out:
        for k, f in enumerate(made):
            facts = {"family": f.family, "split": a.split, "seed": a.first + k, "caption": f.caption, "layers": list(f.names)}
            write(a.out / f"{a.split}-{a.first + k:05d}-{f.family}", f.layers, facts, None if f.clean is None else f.picture)
    if a.sheet:
        columns = 1 + max(len(f.layers) for f in made)
        Image.fromarray(np.concatenate([row(f.picture, f.layers, columns) for f in made])).save(a.sheet, optimize=True)
    if a.overview:
        Image.fromarray(overview(made, 8)).save(a.overview, optimize=True)
    print(f"{len(made)} figures, {np.mean([len(f.layers) for f in made]):.2f} layers each")


if __name__ == "__main__":
    main()
