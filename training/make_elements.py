"""Writes beside figures of make_figures.py what their elements are: `elements.png`, for every pixel the number of the element of which most is seen (16 bit,
0: none), and `elements.json`, the role of each from 1 on. Elements are what a person would click: words, bars, arrows, panels.

    python make_elements.py DIR
"""
from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from figures import Frame, make_scene, render
from figures.scenes import Scene


def elements(scene: Scene, frame: Frame) -> tuple[np.ndarray, list[str]]:
    """Labels (h,w) u16 and roles."""
    leaves = scene.leaves
    most, labels = np.full((frame.height, frame.width), 1 / 255, np.float32), np.zeros((frame.height, frame.width), np.uint16)
    through = np.ones((frame.height, frame.width), np.float32)
    for k in range(len(leaves) - 1, -1, -1):
        patch = leaves[k].draw(frame)
        if not patch.rgba.size:
            continue
        where = np.s_[patch.y:patch.y + patch.rgba.shape[0], patch.x:patch.x + patch.rgba.shape[1]]
        shown = patch.rgba[..., 3] * through[where]
        through[where] *= 1 - patch.rgba[..., 3]
        labels[where] = np.where(shown > most[where], k + 1, labels[where])
        most[where] = np.maximum(most[where], shown)
    return labels, [leaf.role.name.lower() for leaf in leaves]


def seen(picture: np.ndarray) -> np.ndarray:
    """Colours times alpha, 0 .. 255."""
    return picture[..., :3] * (picture[..., 3:] / 255)


def main() -> None:
    done = 0
    for folder in sorted(p.parent for p in Path(sys.argv[1]).glob("*/figure.json")):
        facts = json.loads((folder / "figure.json").read_text(encoding="utf-8"))
        picture = np.asarray(Image.open(folder / "input.png").convert("RGBA"))
        frame = Frame(picture.shape[1], picture.shape[0])
        for attempt in range(8):
            scene = make_scene(facts["seed"], facts["split"], attempt=attempt)
            # Layers are rounded before they make the picture, so it depends a little on their number.
            if np.abs(seen(render(scene, frame).picture) - seen(picture)).mean() < 1:
                break
        else:
            print(f"{folder.name} is not the figure of its seed; make it again")
            continue
        labels, roles = elements(scene, frame)
        Image.fromarray(labels).save(folder / "elements.png", optimize=True)
        (folder / "elements.json").write_text(json.dumps(roles) + "\n", encoding="utf-8")
        done += 1
    print(f"{done} figures")


if __name__ == "__main__":
    main()
