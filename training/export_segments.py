"""Writes the averaged weights of a run of train_segments.py where the plugin reads them, in half precision.

    python export_segments.py --run RUN --out ../src/main/resources/org/layerj/segment/segment_network.safetensors
"""
from __future__ import annotations

import argparse
from pathlib import Path

import torch
from safetensors.torch import save_file


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--run", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    o = options.parse_args()
    weights = torch.load(o.run / "state.pt", map_location="cpu", weights_only=False)["average"]
    save_file({k: v.contiguous().to(torch.float16) for k, v in weights.items()}, o.out)
    print(f"{o.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
