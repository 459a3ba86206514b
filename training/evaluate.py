"""Scores a checkpoint on held-out figures at their own size, against the input as one opaque layer.

    python evaluate.py --model FOLDER --figures 64 --steps 1 2 4 8 12
"""
from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch

import pool
from figures import Frame
from metrics import Score, flatten_layers, layer_scores
from pipeline import Model
from train_transformer import flatten_rope

SIZES = [Frame(400, 300), Frame(320, 320), Frame(300, 400), Frame(448, 280)]


def mean(scores: list[list[Score]]) -> str:
    at = lambda k, what: np.mean([getattr(s[k], what) for s in scores])
    return f"IoU {at(0, 'iou'):.3f} / {at(5, 'iou'):.3f}   L1 {at(0, 'l1'):.3f} / {at(5, 'l1'):.3f}"


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--model", type=Path, required=True)
    args.add_argument("--figures", type=int, default=64)
    args.add_argument("--first", type=int, default=0, help="seed of the first held-out figure")
    args.add_argument("--steps", type=int, nargs="+", default=[1, 2, 4, 8, 12])
    args.add_argument("--layers", type=int, help="ask for this many layers instead of the true number")
    args.add_argument("--device", default="cpu")
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--flat-rope", action="store_true", help="for the ablation of that name")
    args.add_argument("--masks", action="store_true", help="for the ablation of that name")
    a = args.parse_args()
    torch.set_num_threads(a.threads)
    model = Model.load(a.model, a.device)
    if a.flat_rope:
        flatten_rope(model.transformer)
    figures = [f for k, size in enumerate(SIZES) for f in pool.figures(range(a.first + k, a.first + a.figures, len(SIZES)), "heldout", size)]
    print(f"{len(figures)} figures, {np.mean([len(f.layers) for f in figures]):.2f} layers; scores at 0 / 5 merges")
    print(f"{'one opaque layer':<18}{mean([layer_scores([f.picture], list(f.layers)) for f in figures])}", flush=True)
    for steps in a.steps:
        scores, errors, began = [], [], time.time()
        for f in figures:
            layers = list(model.decompose(f.picture, a.layers or len(f.layers), steps, masks=a.masks))
            scores.append(layer_scores(layers, list(f.layers)))
            errors.append(np.abs(flatten_layers(layers)[..., :3].astype(float) - f.picture[..., :3]).mean() / 255)
        print(f"{f'{steps} steps':<18}{mean(scores)}   recomposition L1 {np.mean(errors):.3f}   {(time.time() - began) / len(figures):.2f} s each",
              flush=True)


if __name__ == "__main__":
    main()
