"""Whole figures: templates that place elements, and the rule that turns a scene into N layers."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np

from . import elements as el
from .canvas import Box, Frame, over, quantise, straight
from .elements import Element, Role, Rng
from .style import Style, pick_style

WHITE, BLACK = (255, 255, 255), (0, 0, 0)

# Roles that share a layer when a figure is cut into fewer layers: nearest kin first, down to background | rest.
_GROUPINGS: tuple[tuple[tuple[Role, ...], ...], ...] = (
    ((Role.BACKGROUND,), (Role.PANEL,), (Role.DATA,), (Role.SHAPE,), (Role.MARK,)),
    ((Role.BACKGROUND,), (Role.PANEL, Role.DATA), (Role.SHAPE,), (Role.MARK,)),
    ((Role.BACKGROUND,), (Role.PANEL, Role.DATA), (Role.SHAPE, Role.MARK)),
    ((Role.BACKGROUND,), (Role.PANEL, Role.DATA, Role.SHAPE, Role.MARK)),
)


@dataclass(frozen=True)
class Scene:
    """Elements in painting order. Painting order agrees with the order of roles."""
    elements: tuple[Element, ...]

    def groupings(self) -> list[list[tuple[Role, ...]]]:
        """The distinct ways to cut this scene, most layers first; only groups that hold something."""
        present = {e.role for e in self.elements}
        cuts = []
        for grouping in _GROUPINGS:
            cut = [tuple(r for r in group if r in present) for group in grouping]
            cut = [group for group in cut if group]
            if cut not in cuts and len(cut) >= 2:
                cuts.append(cut)
        return cuts

    def layers(self, grouping: list[tuple[Role, ...]], frame: Frame) -> np.ndarray:
        """Premultiplied layers (n,h,w,4) f32 in [0,1], bottom first."""
        stack = np.zeros((len(grouping), frame.height, frame.width, 4), np.float32)
        for element in self.elements:
            index = next(i for i, group in enumerate(grouping) if element.role in group)
            over(stack[index], element.draw(frame))
        return stack


def composite(stack: np.ndarray) -> np.ndarray:
    """The flat picture (h,w,4) of premultiplied layers."""
    flat = np.zeros_like(stack[0])
    for layer in stack:
        flat = flat * (1 - layer[..., 3:]) + layer
    return flat


@dataclass(frozen=True)
class Figure:
    """A flat picture (h,w,4) u8 and its layers (n,h,w,4) u8, straight alpha, bottom first."""
    picture: np.ndarray
    layers: np.ndarray


def render(scene: Scene, grouping: list[tuple[Role, ...]], frame: Frame) -> Figure:
    stack = scene.layers(grouping, frame)
    visible = [k for k in range(len(stack)) if k == 0 or (stack[k, ..., 3] > .2).sum() >= 4]
    return Figure(quantise(straight(composite(stack))), np.stack([quantise(straight(stack[k])) for k in visible]))


# ---- pieces of templates --------------------------------------------------------------------------------------------

def _inside(rng: Rng, box: Box, margin: float = .1) -> tuple[float, float]:
    return (float(box[0] + (box[2] - box[0]) * rng.uniform(margin, 1 - margin)),
            float(box[1] + (box[3] - box[1]) * rng.uniform(margin, 1 - margin)))


def _sub_box(rng: Rng, box: Box, low: float, high: float) -> Box:
    w, h = (box[2] - box[0]) * rng.uniform(low, high), (box[3] - box[1]) * rng.uniform(low, high)
    x, y = box[0] + rng.random() * (box[2] - box[0] - w), box[1] + rng.random() * (box[3] - box[1] - h)
    return float(x), float(y), float(x + w), float(y + h)


def _shrink(box: Box, left: float, top: float, right: float, bottom: float) -> Box:
    w, h = box[2] - box[0], box[3] - box[1]
    return box[0] + w * left, box[1] + h * top, box[2] - w * right, box[3] - h * bottom


def _panel(rng: Rng, style: Style, box: Box, kind: str | None = None) -> list[Element]:
    """One panel of a figure: a micrograph, a heat map or a plot, with what belongs to it."""
    kind = kind or rng.choice(["micrograph", "heat", "plot"], p=[.4, .15, .45])
    if kind == "micrograph":
        parts = [el.picture(Role.PANEL, box, el.micrograph_painter(rng, style))]
        if rng.random() < .6:
            parts.append(el.scale_bar(rng, style, box, WHITE if rng.random() < .85 else BLACK))
        return parts
    if kind == "heat":
        return [el.picture(Role.PANEL, box, el.heat_map_painter(rng, style))]
    inner = _shrink(box, .16, .04, .04, .16)
    parts = [el.axes(rng, style, inner), el.data(rng, style, inner)]
    if rng.random() < .4:
        parts.append(el.tick_labels(rng, style, inner))
    return parts


def _pointers(rng: Rng, style: Style, box: Box, low: int, high: int) -> list[Element]:
    """Arrows, open boxes and circles, small plates."""
    parts = []
    for _ in range(int(rng.integers(low, high + 1))):
        kind = rng.choice(["arrow", "outline", "plate"], p=[.45, .35, .2])
        if kind == "arrow":
            tip, turn, length = _inside(rng, box), rng.random() * 6.3, rng.uniform(.1, .3)
            parts.append(el.arrow(rng, style, (tip[0] + length * np.cos(turn), tip[1] + length * np.sin(turn)), tip))
        elif kind == "outline":
            parts.append(el.outline(rng, style, _sub_box(rng, box, .15, .5)))
        else:
            parts.append(el.plate(rng, style, _sub_box(rng, box, .12, .35)))
    return parts


def _labels(rng: Rng, style: Style, box: Box, low: int, high: int, colour=None) -> list[Element]:
    return [el.label(rng, style, _inside(rng, box, .12), colour=colour) for _ in range(int(rng.integers(low, high + 1)))]


def _letters(rng: Rng, style: Style, boxes: list[Box]) -> list[Element]:
    names = "abcdefgh" if rng.random() < .5 else "ABCDEFGH"
    size = float(rng.uniform(.06, .11))
    return [el.label(rng, style, (box[0] + .01, box[1] + .01), (size, size * 1.001), name, anchor="lt" if rng.random() < .5 else "mm")
            for name, box in zip(names, boxes)]


def _cells(rng: Rng, rows: int, columns: int, area: Box, gap: float) -> list[Box]:
    w, h = (area[2] - area[0] + gap) / columns, (area[3] - area[1] + gap) / rows
    return [(area[0] + c * w, area[1] + r * h, area[0] + (c + 1) * w - gap, area[1] + (r + 1) * h - gap)
            for r in range(rows) for c in range(columns)]


ALL: Box = (0.0, 0.0, 1.0, 1.0)


# ---- training templates ---------------------------------------------------------------------------------------------

def _grid(rng: Rng, style: Style) -> list[Element]:
    rows, columns = ((1, 1), (1, 2), (2, 1), (2, 2), (2, 2), (1, 3))[rng.integers(6)]
    boxes = _cells(rng, rows, columns, _shrink(ALL, *rng.uniform(.02, .12, 4)), float(rng.uniform(.02, .08)))
    parts = [el.background(rng, style, "solid solid tint gradient")]
    for box in boxes:
        parts += _panel(rng, style, box)
    parts += _pointers(rng, style, ALL, 0, 3) if rng.random() < .7 else []
    parts += _letters(rng, style, boxes) if rng.random() < .6 else []
    return parts + _labels(rng, style, ALL, 0, 2)


def _micrograph(rng: Rng, style: Style) -> list[Element]:
    parts = [el.background(rng, style, "micrograph micrograph texture"), *_pointers(rng, style, ALL, 1, 4)]
    if rng.random() < .7:
        parts.append(el.scale_bar(rng, style, ALL, WHITE if rng.random() < .8 else BLACK))
    return parts + _labels(rng, style, ALL, 1, 3, WHITE if rng.random() < .6 else None)


def _slide(rng: Rng, style: Style) -> list[Element]:
    parts = [el.background(rng, style)]
    if rng.random() < .4:
        parts += _panel(rng, style, _sub_box(rng, (.08, .08, .94, .9), .4, .7))
    for _ in range(int(rng.integers(1, 5))):
        parts.append(el.plate(rng, style, _sub_box(rng, ALL, .15, .6)))
    return parts + _pointers(rng, style, ALL, 0, 2) + _labels(rng, style, ALL, 1, 4)


def _poster(rng: Rng, style: Style) -> list[Element]:
    parts = [el.background(rng, style, "gradient texture texture tint")]
    parts += [el.plate(rng, style, _sub_box(rng, ALL, .2, .8), Role.PANEL) for _ in range(int(rng.integers(0, 3)))]
    parts += [el.plate(rng, style, _sub_box(rng, ALL, .1, .45)) for _ in range(int(rng.integers(1, 4)))]
    return parts + [el.label(rng, style, _inside(rng, ALL, .2), (.08, .25)) for _ in range(int(rng.integers(1, 4)))]


# ---- held-out templates ---------------------------------------------------------------------------------------------

def _inset(rng: Rng, style: Style) -> list[Element]:
    """A micrograph with a magnified region in a corner."""
    left, top, size = rng.choice([.04, .52]), rng.choice([.04, .52]), float(rng.uniform(.34, .44))
    inset = (float(left), float(top), float(left + size), float(top + size))
    parts = [el.background(rng, style, "micrograph"), el.picture(Role.PANEL, inset, el.micrograph_painter(rng, style))]
    parts += [el.outline(rng, style, _sub_box(rng, ALL, .15, .25)), *_pointers(rng, style, ALL, 0, 2)]
    parts.append(el.scale_bar(rng, style, inset, WHITE))
    return parts + _labels(rng, style, ALL, 1, 2, WHITE)


def _strip(rng: Rng, style: Style) -> list[Element]:
    """Pictures in a row above a wide plot."""
    split = float(rng.uniform(.42, .55))
    boxes = [*_cells(rng, 1, int(rng.integers(2, 5)), (.04, .06, .96, split), .03), (.04, split + .05, .96, .96)]
    parts = [el.background(rng, style, "solid tint")]
    for box in boxes[:-1]:
        parts += _panel(rng, style, box, rng.choice(["micrograph", "heat"]))
    parts += _panel(rng, style, boxes[-1], "plot")
    return parts + _pointers(rng, style, boxes[0], 0, 1) + _pointers(rng, style, ALL, 0, 1) + _letters(rng, style, boxes)


def _diagram(rng: Rng, style: Style) -> list[Element]:
    """Boxes joined by arrows, a word in each."""
    count = int(rng.integers(2, 4))
    boxes = [(.05 + k * .95 / count, y := float(rng.uniform(.15, .6)), .05 + k * .95 / count + .62 / count, y + .22)
             for k in range(count)]
    parts = [el.background(rng, style, "solid gradient texture")]
    parts += [el.plate(rng, style, box) for box in boxes]
    parts += [el.arrow(rng, style, (a[2] + .01, (a[1] + a[3]) / 2), (b[0] - .01, (b[1] + b[3]) / 2)) for a, b in zip(boxes, boxes[1:])]
    parts += [el.label(rng, style, ((b[0] + b[2]) / 2, (b[1] + b[3]) / 2), (.05, .09)) for b in boxes]
    return parts + _labels(rng, style, (0, .85, 1, 1), 0, 1)


def _dashboard(rng: Rng, style: Style) -> list[Element]:
    """One large panel beside two small ones."""
    split = float(rng.uniform(.52, .64))
    boxes = [(.05, .08, split, .94), (split + .05, .08, .96, .48), (split + .05, .54, .96, .94)]
    parts = [el.background(rng, style, "solid tint gradient")]
    for box, kind in zip(boxes, ("micrograph", "plot", rng.choice(["plot", "heat"]))):
        parts += _panel(rng, style, box, kind)
    return parts + _pointers(rng, style, boxes[0], 1, 3) + _letters(rng, style, boxes) + _labels(rng, style, boxes[0], 0, 1, WHITE)


_TEMPLATES: dict[str, tuple[Callable[[Rng, Style], list[Element]], ...]] = {
    "train": (_grid, _grid, _micrograph, _slide, _poster),
    "heldout": (_inset, _strip, _diagram, _dashboard),
}
_STREAM = {"train": 1, "heldout": 2}


def make_scene(seed: int, split: str = "train") -> Scene:
    """The scene of a seed: the same on every machine with the same fonts."""
    rng = np.random.default_rng([_STREAM[split], seed])
    style = pick_style(rng, split)
    templates = _TEMPLATES[split]
    parts = templates[rng.integers(len(templates))](rng, style)
    return Scene(tuple(sorted(parts, key=lambda e: e.role)))
