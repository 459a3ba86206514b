"""The committed evaluation set: held-out figures as folders of PNG files that the Java harness reads.

    python make_evaluation_set.py --out ../src/test/resources/org/layerj/evaluation

One folder per figure: `input.png`, `layer-00.png` .. bottom to top (RGBA, straight alpha), `figure.json`. The input is the
exact composite of the 8-bit layers, rounded once, so that a perfect answer has no error. Every held-out template is drawn
equally often. Seeds 40000 and up are used for nothing else.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image

from figures import Frame, make_scene, render

FIRST_SEED = 40000
SIZES = (Frame(336, 252), Frame(288, 288), Frame(252, 336), Frame(384, 240))
CAPTIONS = {
    "inset": "A micrograph with a magnified region, pointers and labels.",
    "strip": "A row of pictures above a wide plot, with panel letters.",
    "diagram": "Boxes with words, joined by arrows.",
    "dashboard": "A large micrograph beside two smaller panels, with pointers and panel letters.",
}


def composite(layers: np.ndarray) -> np.ndarray:
    """Straight u8 layers (n,h,w,4), bottom first, over one another; rounded half up once, as org.layerj.layers.Compositor does."""
    colour, alpha = np.zeros((*layers[0].shape[:2], 3)), np.zeros((*layers[0].shape[:2], 1))
    for layer in layers.astype(np.float64):
        a = layer[..., 3:] / 255
        colour, alpha = layer[..., :3] * a + colour * (1 - a), a + alpha * (1 - a)
    colour = np.divide(colour, alpha, out=np.zeros_like(colour), where=alpha > 0)
    return np.floor(np.concatenate([colour, alpha * 255], -1) + .5 + 1e-9).clip(0, 255).astype(np.uint8)


def save(image: np.ndarray, file: Path) -> None:
    opaque = (image[..., 3] == 255).all()
    Image.fromarray(image[..., :3] if opaque else image).save(file, optimize=True)


def write(folder: Path, layers: np.ndarray, facts: dict, damaged: np.ndarray | None = None) -> int:
    """One figure as a folder; bytes written. The input is the composite of the layers, or a damaged copy of it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*"):
        old.unlink()
    save(composite(layers) if damaged is None else damaged, folder / "input.png")
    for k, layer in enumerate(layers):
        save(layer, folder / f"layer-{k:02d}.png")
    (folder / "figure.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return sum(f.stat().st_size for f in folder.iterdir())


def family(seed: int) -> str:
    """The held-out template of a seed: the same draws as make_scene."""
    rng = np.random.default_rng([_STREAM["heldout"], seed])
    pick_style(rng, "heldout")
    templates = _TEMPLATES["heldout"]
    return templates[rng.integers(len(templates))].__name__.strip("_")


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--figures", type=int, default=24)
    a = args.parse_args()
    families = [t.__name__.strip("_") for t in _TEMPLATES["heldout"]]
    wanted = {f: a.figures // len(families) for f in families}
    seed, total, made = FIRST_SEED - 1, 0, 0
    while any(wanted.values()):
        seed += 1
        kind = family(seed)
        if not wanted[kind]:
            continue
        scene = make_scene(seed, "heldout")
        cuts = scene.groupings()
        cut = cuts[int(np.random.default_rng([7, seed]).random() ** 1.5 * len(cuts))]
        figure = render(scene, cut, SIZES[made % len(SIZES)])
        if len(figure.layers) != len(cut):   # a layer that shows nothing was dropped; names would not fit
            continue
        facts = {"family": kind, "split": "heldout", "seed": seed, "caption": CAPTIONS[kind],
                 "layers": [" + ".join(role.name.lower() for role in group) for group in cut]}
        total += write(a.out / f"heldout-{made:02d}-{kind}", figure.layers, facts)
        wanted[kind] -= 1
        made += 1
    print(f"{made} figures, {total / 1e6:.2f} MB, seeds {FIRST_SEED} to {seed}")


if __name__ == "__main__":
    main()
