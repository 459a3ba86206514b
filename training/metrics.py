"""The LayerD protocol for comparing a predicted stack of layers with the true one.

Layers are straight-alpha RGBA, (h,w,4) u8, bottom first. Both stacks are first regrouped by occlusion, then aligned by
dynamic time warping; at most `merges` adjacent layers of either side may be merged where that helps.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Score:
    """Means over the aligned pairs: colour error (lower is better) and soft alpha IoU (higher is better)."""
    l1: float
    iou: float

    @property
    def similarity(self) -> float:
        return 1 - .5 * (self.l1 + 1 - self.iou)


def flatten_layers(layers: list[np.ndarray]) -> np.ndarray:
    """The layers over one another, as one straight-alpha layer."""
    if len(layers) == 1:
        return layers[0]
    colour, alpha = np.zeros((*layers[0].shape[:2], 3), np.float32), np.zeros((*layers[0].shape[:2], 1), np.float32)
    for layer in layers:
        a = layer[..., 3:].astype(np.float32) / 255
        colour = layer[..., :3] * a + colour * (1 - a)
        alpha = a + alpha * (1 - a)
    colour = np.where(alpha > 0, colour / np.maximum(alpha, 1e-6), 0)
    return np.rint(np.concatenate([colour, alpha * 255], -1)).clip(0, 255).astype(np.uint8)


def group_by_occlusion(layers: list[np.ndarray]) -> list[np.ndarray]:
    """Layers that nothing remaining covers form one group; repeated from the top down."""
    shown = [layer[..., 3] > 0 for layer in layers]
    rest, groups = list(range(len(layers))), []
    while rest:
        free = [i for i in rest if not any((shown[i] & shown[j]).any() for j in rest if j > i)]
        groups.append(flatten_layers([layers[i] for i in free]))
        rest = [i for i in rest if i not in free]
    return groups[::-1]


def pair_score(predicted: np.ndarray, true: np.ndarray) -> Score:
    p, t = predicted.astype(np.float32), true.astype(np.float32)
    seen = true[..., 3] > 0
    l1 = float(np.abs(p[..., :3] - t[..., :3])[seen].mean() / 255) if seen.any() else 0.0
    union = np.maximum(p[..., 3], t[..., 3]).sum()
    return Score(l1, float(np.minimum(p[..., 3], t[..., 3]).sum() / union) if union else 0.0)


def align(predicted: list[np.ndarray], true: list[np.ndarray]) -> Score:
    """The mean score along the cheapest monotone path through all pairs; ties prefer the diagonal."""
    pairs = [[pair_score(p, t) for t in true] for p in predicted]
    n, m = len(predicted), len(true)
    best = np.full((n + 1, m + 1), np.inf)
    best[0, 0] = 0
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            best[i, j] = 1 - pairs[i - 1][j - 1].similarity + min(best[i - 1, j - 1], best[i - 1, j], best[i, j - 1])
    path, i, j = [], n, m
    while i > 0 and j > 0:
        path.append(pairs[i - 1][j - 1])
        i, j = min(((i - 1, j - 1), (i - 1, j), (i, j - 1)), key=lambda at: best[at])
    return Score(float(np.mean([s.l1 for s in path])), float(np.mean([s.iou for s in path])))


def layer_scores(predicted: list[np.ndarray], true: list[np.ndarray], merges: int = 5) -> list[Score]:
    """The score with at most 0, 1, .. `merges` merges."""
    p, t = group_by_occlusion(predicted), group_by_occlusion(true)
    scores = [align(p, t)]
    for _ in range(merges):
        choices = [(_merged(p, k), t) for k in range(len(p) - 1) if len(p) > 2]
        choices += [(p, _merged(t, k)) for k in range(len(t) - 1) if len(t) > 2]
        tried = [(align(*choice), choice) for choice in choices]
        best = max(tried, key=lambda x: x[0].similarity, default=None)
        if best is None or best[0].similarity <= scores[-1].similarity:
            break
        scores.append(best[0])
        p, t = best[1]
    return scores + [scores[-1]] * (merges + 1 - len(scores))


def _merged(layers: list[np.ndarray], at: int) -> list[np.ndarray]:
    return [*layers[:at], flatten_layers(layers[at:at + 2]), *layers[at + 2:]]
