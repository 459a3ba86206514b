"""Our LayerD scores against the published evaluation code (github.com/CyberAgentAILab/LayerD), on ten random stacks.

    python check_layerd.py --published CLONE --out DIR                      # writes stacks and the published scores
    java -cp ... org.layerj.eval.LayerDNumbers DIR > DIR/ours.txt           # test classes
    python check_layerd.py --out DIR --compare DIR/ours.txt                 # the largest difference

Needs numpy, pillow, scikit-image. Only the evaluation code is loaded, without the packages of LayerD's networks.
"""
from __future__ import annotations

import argparse
import json
import sys
import types
from pathlib import Path

import numpy as np
from PIL import Image


def published(source: Path):
    """LayersEditDist of a clone; what its modules import beside numpy, Pillow and scikit-image is replaced by nothing."""
    for name in ("", ".data", ".data.renderer", ".evaluation", ".models", ".models.helpers", ".models.inpaint"):
        sys.modules["layerd" + name] = types.ModuleType("layerd" + name)
    sys.modules["layerd.data.renderer"].CrelloV5RendererLayers = object
    sys.modules["layerd.models.helpers"].expand_mask = sys.modules["layerd.models.helpers"].shrink_mask = None
    sys.modules["layerd.models.inpaint"].BaseInpaint = object
    package = sys.modules["layerd.evaluation"]
    for name in ("data.crello", "evaluation.dtw", "evaluation.edits", "evaluation.metrics", "evaluation.edit_distance"):
        module = types.ModuleType("layerd." + name)
        module.__package__ = module.__name__.rpartition(".")[0]
        sys.modules[module.__name__] = module
        exec((source / "src" / "layerd" / (name.replace(".", "/") + ".py")).read_text(), module.__dict__)
        if name.startswith("evaluation."):
            vars(package).update({k: v for k, v in vars(module).items() if not k.startswith("_")})
    return package.LayersEditDist


def stack(rng: np.random.Generator, count: int, height: int, width: int) -> list[np.ndarray]:
    """Soft translucent discs on an opaque page; hidden colours are random, since the protocol counts them."""
    y, x = np.mgrid[0:height, 0:width]
    layers = []
    for k in range(count):
        layer = np.zeros((height, width, 4), np.uint8)
        layer[..., :3] = rng.integers(0, 256, (height, width, 3) if rng.random() < .5 else 3)
        layer[..., 3] = 255 if k == 0 else 0
        for _ in range(rng.integers(1, 4) if k else 0):
            away = np.hypot(y - rng.integers(0, height), x - rng.integers(0, width))
            alpha = np.clip((rng.uniform(4, 16) - away) / rng.uniform(.8, 6), 0, 1) * rng.uniform(.3, 1)
            layer[..., 3] = np.maximum(layer[..., 3], np.rint(alpha * 255).astype(np.uint8))
        layers.append(layer)
    return layers


def pair(seed: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Prediction and truth: unrelated, or the truth moved, recoloured, with layers lost and invented."""
    rng = np.random.default_rng(1000 + seed)
    height, width = (int(v) for v in rng.integers(40, 64, 2))
    truth = stack(rng, int(rng.integers(2, 8)), height, width)
    if seed % 2:
        return stack(rng, int(rng.integers(2, 8)), height, width), truth
    layers = [np.roll(x, int(rng.integers(-3, 4)), int(rng.integers(0, 2))) for x in truth]
    layers = [np.clip(x + rng.integers(-20, 21, x.shape) * (x[..., 3:] > 0) * (1, 1, 1, 0), 0, 255).astype(np.uint8) for x in layers]
    if rng.random() < .6 and len(layers) > 2:
        layers.pop(int(rng.integers(1, len(layers))))
    if rng.random() < .6:
        layers.insert(1, stack(rng, 2, height, width)[1])
    return layers, truth


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--published", type=Path, help="a clone of the published code")
    args.add_argument("--compare", type=Path, help="our numbers")
    a = args.parse_args()
    scores_file = a.out / "published.json"
    if a.published:
        distance, scores = published(a.published)(max_edits=5), {}
        for seed in range(10):
            folder = a.out / f"stack-{seed}"
            folder.mkdir(parents=True, exist_ok=True)
            layers = dict(zip(("prediction", "truth"), pair(seed)))
            for side, images in layers.items():
                for k, image in enumerate(images):
                    Image.fromarray(image).save(folder / f"{side}-{k:02d}.png")
            result = distance(*[[Image.fromarray(x) for x in images] for images in layers.values()])
            scores[folder.name] = [[level["rgb_l1"], level["alpha_iou"]] for level in result]
        scores_file.write_text(json.dumps(scores, indent=1))
    if a.compare:
        scores, ours = json.loads(scores_file.read_text()), {}
        for line in a.compare.read_text().splitlines():
            name, _, *values = line.split()
            ours.setdefault(name, []).append([float(v) for v in values])
        assert {k: len(v) for k, v in scores.items()} == {k: len(v) for k, v in ours.items()}, "different numbers of merges"
        apart = np.concatenate([np.abs(np.array(scores[k]) - ours[k]) for k in scores])
        print(f"{len(scores)} stacks, {len(apart)} levels: largest difference RGB L1 {apart[:, 0].max():.1e}, alpha IoU {apart[:, 1].max():.1e}")


if __name__ == "__main__":
    main()
