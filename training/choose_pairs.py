"""Measures what pairs weigh when parts go to classes (org.layerj.segment.PartClasses): the mean IoU of the true layers' visible parts, segment by segment,
on stored development graphs, for some weights (lambda) and thresholds (theta), and without pairs.

    python choose_pairs.py --run RUN --dev DEV
"""
from __future__ import annotations

import argparse
import heapq
from pathlib import Path

import numpy as np
import torch

from segment.graphs import Graph, index, load
from segment.network import Batch, SegmentNetwork
from segment.targets import CLASSES

PART, LEAST, LEAST_PAIR, ROUNDS = .8, 1e-6, .01, 10
UPPER = np.array([.4 if name[-1] in "23" else 1 for name in CLASSES])


def parts(count: int, first: np.ndarray, second: np.ndarray, same: np.ndarray) -> np.ndarray:
    """For every segment its part: average linkage of the pairs that there are, down to .8 (org.layerj.segment.Linkage)."""
    sums: list[dict[int, tuple[float, int]]] = [{} for _ in range(count)]
    for a, b, p in zip(first.tolist(), second.tolist(), same.tolist()):
        for x, y in ((a, b), (b, a)):
            total, n = sums[x].get(y, (0.0, 0))
            sums[x][y] = total + p, n + 1
    parent, age = list(range(count)), [0] * count
    heap = [(-t / n, a, b, 0, 0) for a in range(count) for b, (t, n) in sums[a].items() if a < b and t / n >= PART]
    heapq.heapify(heap)
    while heap:
        _, a, b, age_a, age_b = heapq.heappop(heap)
        if parent[a] != a or parent[b] != b or (age[a], age[b]) != (age_a, age_b):
            continue
        parent[b] = a
        age[a] += 1
        for other, (total, n) in sums[b].items():
            if other != a:
                t, m = sums[a].get(other, (0.0, 0))
                sums[a][other] = sums[other][a] = t + total, m + n
                del sums[other][b]
        sums[a].pop(b)
        for other, (total, n) in sums[a].items():
            if total / n >= PART:
                x, y = sorted((a, other))
                heapq.heappush(heap, (-total / n, x, y, age[x], age[y]))
    for s in range(count):
        while parent[s] != parent[parent[s]]:
            parent[s] = parent[parent[s]]
    return np.unique(parent, return_inverse=True)[1]


class Figure:
    """A development figure with what the network says of it."""

    def __init__(self, network: SegmentNetwork, g: Graph) -> None:
        with torch.no_grad():
            visible, _, pair = network(Batch.of([g]))
        n = g.segments
        first, second = g.ends.astype(int)
        known = (first < n) & (second < n)
        first, second, pair = first[known], second[known], pair.sigmoid().numpy()[known]
        self.area = g.area[:n].astype(float)
        self.true = g.visible[:n].astype(float) * self.area[:, None]
        self.part = part = parts(n, first, second, pair[:, 0])
        count = part.max() + 1
        self.sizes = np.bincount(part, self.area)
        self.looks = np.zeros((count, len(CLASSES)))
        np.add.at(self.looks, part, self.area[:, None] * np.log(UPPER * visible[:n].softmax(1).numpy() + LEAST))
        self.looks /= self.sizes[:, None]
        a, b = part[first], part[second]
        apart = a != b
        p = pair[apart, 2].clip(LEAST_PAIR, 1 - LEAST_PAIR)
        weight = np.sqrt(np.minimum(self.area[first], self.area[second]))[apart]
        key, at = np.unique(a[apart] * count + b[apart], return_inverse=True)
        self.odds, known = np.zeros((count, count)), np.zeros((count, count))
        self.odds[key // count, key % count] = np.bincount(at, np.log(p / (1 - p)) * weight) / np.bincount(at, weight)
        known[key // count, key % count] = 1
        self.linked = known + known.T > 0
        self.odds = (self.odds + self.odds.T) / np.maximum(known + known.T, 1)

    def classes(self, weight: float, theta: float) -> np.ndarray:
        """For every segment its class, by iterated conditional modes."""
        best = self.looks.argmax(1)
        links = [np.nonzero(row)[0] for row in self.linked]
        for _ in range(ROUNDS if weight else 0):
            before = best.copy()
            for p in np.argsort(-self.sizes):
                if len(links[p]):
                    share = np.sqrt(self.sizes[links[p]])
                    drawn = np.bincount(best[links[p]], (self.odds[p, links[p]] - theta) * share / share.sum(), len(CLASSES))
                    best[p] = (self.looks[p] + weight * drawn).argmax()
            if (best == before).all():
                break
        return best[self.part]

    def iou(self, classes: np.ndarray) -> float:
        chosen = np.eye(len(CLASSES))[classes]
        both = (chosen * self.true).sum(0)
        union = (chosen * self.area[:, None] + self.true).sum(0) - both
        there = self.true.sum(0) > .5
        return float((both[there] / union[there]).mean())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--run", type=Path, required=True)
    options.add_argument("--dev", type=Path, required=True)
    o = options.parse_args()
    saved = torch.load(o.run / "state.pt", weights_only=False)
    network = SegmentNetwork(saved["width"], saved["layers"])
    network.load_state_dict(saved["average"])
    figures = [Figure(network, load(e)) for path in sorted(o.dev.glob("*.graphs")) for e in index(path)]
    without = np.array([f.iou(f.classes(0, 0)) for f in figures])
    print(f"{len(figures)} figures; without pairs {without.mean():.4f}")
    for weight in (2, 4, 6, 10):
        for theta in (.4, .7, 1):
            found = np.array([f.iou(f.classes(weight, theta)) for f in figures])
            error = (found - without).std() / len(found) ** .5
            print(f"lambda {weight}, theta {theta}: {found.mean():.4f}, {(found - without).mean():+.4f} ± {error:.4f}", flush=True)


if __name__ == "__main__":
    main()
