"""Draws what `org.layerj.bench.StepCacheCurve` has measured: error against the share of passes spared.

    python plot_step_cache.py OUTPUT.png "the compact model=compact.txt" "a random network=tiny.txt"
"""
import sys
from collections import defaultdict

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt


def read(path: str) -> dict[int, list[tuple[float, float]]]:
    """steps -> (percent spared, error), from the program's lines."""
    curves = defaultdict(lambda: [(0.0, 0.0)])
    for line in open(path, encoding="utf-8"):
        words = line.replace("%", "").split()
        if len(words) == 4 and words[0].isdigit():
            curves[int(words[0])].append((float(words[2]), float(words[3])))
    return curves


def main() -> None:
    figure, axes = plt.subplots(figsize=(6, 3.6))
    for given in sys.argv[2:]:
        name, path = given.rsplit("=", 1)
        for steps, points in read(path).items():
            points = sorted(set(points))
            axes.plot(*zip(*points), marker="o", markersize=3, label=f"{name}, {steps} steps")
    axes.set_xlabel("passes spared (%)")
    axes.set_ylabel("error of the latents")
    axes.grid(alpha=.3)
    axes.legend(frameon=False, fontsize=8)
    figure.tight_layout()
    figure.savefig(sys.argv[1], dpi=110)


if __name__ == "__main__":
    main()
