"""Learning curves from training logs: every JSON line of the logs, numbers against the samples seen, or
against steps where a log does not count samples. The stages before the last one have curves of their own.

    python curves.py --out curves.png RUN/vae.log RUN/transformer.log
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

SHOWN = {"composite_psnr": "composites, dB", "blended_psnr": "layers blended on grey, dB", "alpha_iou": "alpha IoU of layers",
         "heldout_loss": "held-out loss of the velocity", "heldout_noise": "the same at pure noise", "loss": "training loss"}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("logs", type=Path, nargs="+")
    args.add_argument("--out", type=Path, required=True)
    a = args.parse_args()
    curves: dict[tuple[str, str], list[tuple[int, float]]] = {}
    counted: dict[str, str] = {}
    for log in a.logs:
        for line in log.read_text().splitlines():
            if not line.startswith("{"):
                continue
            row = json.loads(line)
            part = {"picture": "transformer"}.get(stage := row.get("stage", "picture"), stage) if "heldout_loss" in row else "VAE"
            counted[part] = "samples" if "samples" in row else "step"
            for name in SHOWN.keys() & row.keys():
                curves.setdefault((part, name), []).append((row[counted[part]], row[name]))
    shown = sorted((k for k in curves if k[1] != "loss" or k[0] == "transformer"), key=lambda k: (k[0] != "VAE", k[0] == "transformer", k))
    figure, axes = plt.subplots(1, len(shown), figsize=(3.2 * len(shown), 2.6), layout="constrained", squeeze=False)
    for axis, key in zip(axes[0], shown):
        points = sorted(curves[key])
        axis.plot(*zip(*points), lw=1.2)
        axis.set_title(f"{key[0]}: {SHOWN[key[1]]}", fontsize=8)
        axis.set_xlabel(counted[key[0]].rstrip("s") + "s", fontsize=8)
        axis.tick_params(labelsize=7)
        axis.locator_params(axis="x", nbins=5)
        axis.grid(alpha=.3)
    figure.savefig(a.out, dpi=110)


if __name__ == "__main__":
    main()
