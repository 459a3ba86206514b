"""Figures with what is known of every element: role, layer at the finest cut, alpha also where it is hidden."""
from __future__ import annotations

import io
import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from figures import Frame, damaged, make_scene
from figures.canvas import Patch, over, quantise, straight
from figures.elements import Role
from figures.scenes import _drawn, _overlap

# What a layer of the finest cut holds. Panels and shapes that overlap lie on up to three levels.
CLASSES = ("background", "panel 1", "panel 2", "panel 3", "data", "shape 1", "shape 2", "shape 3", "mark", "text")
FIRST = {Role.BACKGROUND: 0, Role.PANEL: 1, Role.DATA: 4, Role.SHAPE: 5, Role.MARK: 8, Role.TEXT: 9}
_LEVELS = {Role.PANEL: 3, Role.SHAPE: 3}
# Areas in pixels that pictures are reduced to (org.layerj.segment); sides between 1 : 1 and 2 : 1.
LEAST_AREA, MOST_AREA = 50_000, 140_000
# Share of the figures without their text: the plugin reads text and takes it off before it looks for segments.
TEXTLESS = .75


@dataclass(frozen=True)
class Known:
    """An element: its class, and its alpha (h,w) u8 at (x, y) of the fine picture, whole and as far as it shows."""
    kind: int
    x: int
    y: int
    alpha: np.ndarray
    visible: np.ndarray


@dataclass(frozen=True)
class Target:
    """A picture (h,w,4) u8 with straight alpha, and its elements from bottom to top, on a canvas of `fine` (width, height) pixels."""
    picture: np.ndarray
    fine: tuple[int, int]
    elements: tuple[Known, ...]


def classes(drawn: list[tuple[Role, Patch]]) -> list[int]:
    """The class of every drawn element by the rule of figures.scenes: what overlaps something of its own role goes one level higher."""
    kinds, levels = [], {}
    for role, patch in drawn:
        most = _LEVELS.get(role, 1)
        at = 0
        if most > 1 and patch.rgba.size:
            members = levels.setdefault(role, [[] for _ in range(most)])
            at = min(max((k + 1 for k in range(most) if any(_overlap(patch, other) for other in members[k])), default=0), most - 1)
            members[at].append(patch)
        kinds.append(FIRST[role] + at)
    return kinds


def _window(patch: Patch, x: int, y: int, width: int, height: int) -> Patch | None:
    x0, y0 = max(patch.x - x, 0), max(patch.y - y, 0)
    x1, y1 = min(patch.x - x + patch.rgba.shape[1], width), min(patch.y - y + patch.rgba.shape[0], height)
    if x1 <= x0 or y1 <= y0:
        return None
    return Patch(x0, y0, patch.rgba[y0 + y - patch.y:y1 + y - patch.y, x0 + x - patch.x:x1 + x - patch.x])


def make(seed: int, split: str) -> Target:
    """The figure of a seed: whole or in part, drawn at its size or larger and reduced, colours exchanged, damaged."""
    rng = np.random.default_rng([77, seed])
    area, aspect = math.exp(rng.uniform(math.log(LEAST_AREA), math.log(MOST_AREA))), 2 ** rng.uniform(-1, 1)
    w, h = round(math.sqrt(area * aspect)), round(math.sqrt(area / aspect))
    zoom = rng.uniform(1.15, 1.6) if rng.random() < .25 else 1.0
    finer = rng.uniform(1.05, 1.7) if rng.random() < .6 else 1.0
    fw, fh = round(w * finer), round(h * finer)
    frame = Frame(round(fw * zoom), round(fh * zoom))
    textless = rng.random() < TEXTLESS
    for attempt in range(6):
        x, y = int(rng.integers(frame.width - fw + 1)), int(rng.integers(frame.height - fh + 1))
        drawn = [(r, p) for r, p in _drawn(make_scene(seed, split, attempt=attempt), frame)
                 if p.rgba.size and not (textless and r is Role.TEXT)]
        kinds = classes(drawn)
        cut = [(k, part) for k, (_, p) in zip(kinds, drawn) if (part := _window(p, x, y, fw, fh)) is not None]
        elements, flat = _seen(cut, fw, fh)
        if len({e.kind for e in elements}) >= 2:
            break
    picture = quantise(straight(flat))
    if finer > 1:
        small = lambda plane: np.asarray(Image.fromarray(np.ascontiguousarray(plane)).resize((w, h), Image.BILINEAR))
        picture = np.stack([small(picture[..., c]) for c in range(4)], -1)
    picture, elements = _varied(picture, _renumbered(elements), rng)
    return Target(np.ascontiguousarray(picture), (fw, fh), tuple(elements))


def _seen(cut: list[tuple[int, Patch]], width: int, height: int) -> tuple[list[Known], np.ndarray]:
    """Elements of which something shows, and the premultiplied picture of all."""
    flat = np.zeros((height, width, 4), np.float32)
    for _, patch in cut:
        over(flat, patch)
    through, known = np.ones((height, width), np.float32), []
    for kind, p in reversed(cut):
        ph, pw = p.rgba.shape[:2]
        part = through[p.y:p.y + ph, p.x:p.x + pw]
        visible = p.rgba[..., 3] * part
        part *= 1 - p.rgba[..., 3]
        if np.count_nonzero(visible > .2) >= 4 or kind == 0:
            known.append(Known(kind, p.x, p.y, np.rint(p.rgba[..., 3] * 255).astype(np.uint8), np.rint(visible * 255).astype(np.uint8)))
    return known[::-1], flat


def _renumbered(elements: list[Known]) -> list[Known]:
    """Levels without gaps: if nothing of panel 1 shows, panel 2 is the first."""
    used = sorted({e.kind for e in elements})
    fixed = {}
    for first in FIRST.values():
        size = 3 if first in (1, 5) else 1
        for at, kind in enumerate(k for k in used if first <= k < first + size):
            fixed[kind] = first + at
    return [Known(fixed[e.kind], e.x, e.y, e.alpha, e.visible) for e in elements]


def _varied(picture: np.ndarray, elements: list[Known], rng: np.random.Generator) -> tuple[np.ndarray, list[Known]]:
    if rng.random() < .4:
        flip = np.array([255 * (rng.random() < .35)] * 3 + [0], np.uint8)
        picture = picture[..., [*rng.permutation(3), 3]] ^ flip
    if rng.random() < .3:
        picture = damaged(picture, rng)
    if rng.random() < .15:   # JPEG artefacts are what real figures have most
        file = io.BytesIO()
        Image.fromarray(np.ascontiguousarray(picture[..., :3])).save(file, "JPEG", quality=int(rng.integers(60, 95)))
        picture = np.concatenate([np.asarray(Image.open(file).convert("RGB")), picture[..., 3:]], -1)
    return picture, elements


def shares(target: Target, labels: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of every segment of a label image: visible share of each class (count, 10), mean alpha of each class also where it is hidden (count, 10), and of
    each element (elements, count): visible share and mean alpha."""
    fw, fh = target.fine
    h, w = labels.shape
    if (fw, fh) != (w, h):
        labels = labels[np.arange(fh) * h // fh][:, np.arange(fw) * w // fw]
    pixels = np.maximum(np.bincount(labels.ravel(), minlength=count), 1)
    n, k = len(target.elements), len(CLASSES)
    shown, whole = np.zeros((n, count), np.float32), np.zeros((n, count), np.float32)
    for e, known in enumerate(target.elements):
        ph, pw = known.alpha.shape
        part = labels[known.y:known.y + ph, known.x:known.x + pw].ravel()
        shown[e] = np.bincount(part, known.visible.ravel(), count) / (255 * pixels)
        whole[e] = np.bincount(part, known.alpha.ravel(), count) / (255 * pixels)
    visible, alpha = np.zeros((count, k), np.float32), np.zeros((count, k), np.float32)
    for e, known in enumerate(target.elements):
        visible[:, known.kind] += shown[e]
        # What lies in one layer covers by Porter-Duff over; segments are small, so their means will do.
        alpha[:, known.kind] = 1 - (1 - alpha[:, known.kind]) * (1 - whole[e])
    visible[:, 0] += np.maximum(0, 1 - visible.sum(1))
    return visible, alpha, shown, whole
