"""A contact sheet: per held-out figure one row with the picture, the true layers, and below it the predicted ones.

    python sample.py --model FOLDER --out sheet.png --figures 8 --steps 4
"""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

import pool
from figures import Frame
from metrics import flatten_layers

SIDE = Frame(200, 150)


def on_checkers(layer: np.ndarray) -> np.ndarray:
    h, w = layer.shape[:2]
    board = ((np.arange(h)[:, None] // 8 + np.arange(w) // 8) % 2 * 50 + 170)[..., None]
    alpha = layer[..., 3:] / 255
    return (layer[..., :3] * alpha + board * (1 - alpha)).astype(np.uint8)


def row(first: np.ndarray, layers: np.ndarray, columns: int) -> np.ndarray:
    cells = [on_checkers(x) for x in (first, *layers)]
    cells += [np.full_like(cells[0], 255)] * (columns - len(cells))
    return np.concatenate([np.pad(c, ((1, 1), (1, 1), (0, 0))) for c in cells], 1)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--model", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--figures", type=int, default=8)
    args.add_argument("--first", type=int, default=0)
    args.add_argument("--steps", type=int, default=4)
    args.add_argument("--split", choices=["train", "heldout"], default="heldout")
    args.add_argument("--picture", type=Path, help="decompose this picture instead")
    args.add_argument("--layers", type=int, default=4, help="for --picture")
    a = args.parse_args()
    import torch   # here, so that others can use `row` without it

    from pipeline import Model

    torch.set_num_threads(2)
    model = Model.load(a.model)
    rows = []
    if a.picture:
        picture = np.asarray(Image.open(a.picture).convert("RGBA"))
        layers = model.decompose(picture, a.layers, a.steps)
        rows.append(row(flatten_layers(list(layers)), layers, a.layers + 1))
    else:
        for fig in pool.figures(range(a.first, a.first + a.figures), a.split, SIDE):
            layers = model.decompose(fig.picture, len(fig.layers), a.steps)
            rows += [row(fig.picture, fig.layers, 9), row(flatten_layers(list(layers)), layers, 9)]
    Image.fromarray(np.concatenate(rows)).save(a.out)


if __name__ == "__main__":
    main()
