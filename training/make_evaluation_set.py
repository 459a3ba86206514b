"""The committed evaluation set: held-out figures as folders of PNG files that the Java harness reads.

    python make_evaluation_set.py --out ../src/test/resources/org/layerj/evaluation

One folder per figure: `input.png`, `layer-00.png` .. bottom to top (RGBA, straight alpha), `figure.json`. The input is the
exact composite of the 8-bit layers, rounded once, so that a perfect answer has no error. Every held-out template is drawn at
least twice, with 2 to 8 layers and every script; no two
have the same kind of picture behind all. Held-out seeds 50000 to 59999 are used for nothing else.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image

from figures import TEMPLATES, Frame, Role, make_scene, render
from figures.catalogue import COLLECTIONS
from figures.style import SCRIPTS, pick_style

FIRST_SEED = 50000
SIZES = (Frame(320, 240), Frame(272, 272), Frame(240, 320), Frame(352, 220))
# How many layers, and which script, are asked of the figures in turn; after too many seeds one layer less will do.
LAYERS = (4, 3, 5, 7, 6, 4, 3, 5, 4, 3, 5, 2, 6, 2, 7, 4, 8, 3, 5, 4, 2, 6, 4, 3, 4, 3, 5, 3)
SCRIPT_ORDER = ("latin", "latin", "greek", "latin", "cjk", "latin", "cyrillic", "latin", "arabic", "latin", "hangul", "hebrew", "latin", "devanagari")
PATIENCE = 600   # seeds


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


def script_of(seed: int) -> str:
    """The script of a seed's figure: the same draws as make_scene."""
    return pick_style(np.random.default_rng([COLLECTIONS["heldout"].stream, seed, 0]), "heldout").script


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--figures", type=int, default=28)
    a = args.parse_args()
    templates = [t.name for t in TEMPLATES["heldout"]]
    assert set(SCRIPT_ORDER) == set(SCRIPTS)
    seed, total, backgrounds = FIRST_SEED, 0, set()
    for made in range(a.figures):
        template, script, frame = templates[made % len(templates)], SCRIPT_ORDER[made % len(SCRIPT_ORDER)], SIZES[made % len(SIZES)]
        count, tried = LAYERS[made % len(LAYERS)], 0
        while True:
            seed, tried = seed + 1, tried + 1
            count -= tried % PATIENCE == 0
            if script_of(seed) != script:
                continue
            scene = make_scene(seed, "heldout", template)
            background = scene.elements[0].what
            if background in backgrounds and scene.elements[0].role == Role.BACKGROUND and "background" not in background:
                continue   # a picture of this kind is the background of another figure
            figure = render(scene, frame, most=count)
            if len(figure.layers) == count:
                break
        backgrounds.add(background)
        facts = {"family": figure.family, "split": "heldout", "template": template, "script": script, "seed": seed, "caption": figure.caption,
                 "layers": list(figure.names)}
        size = write(a.out / f"heldout-{made:02d}-{template.replace(' ', '-')}", figure.layers, facts)
        total += size
        print(f"{made:02d} {template}: {count} layers, {script}, seed {seed}, {size // 1000} kB", flush=True)
    print(f"{a.figures} figures, {total / 1e6:.2f} MB, seeds {FIRST_SEED} to {seed}")


if __name__ == "__main__":
    main()
