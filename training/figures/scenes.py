"""Whole figures: a scene of a seed, and the rule that turns it into N layers.

The rule. Elements have roles, and roles lie in this order: background, panel, data, shape, mark, text. Elements of one role share a
layer unless they are panels or shapes that overlap: those go to the next layer of their role, so that what hides something can be
lifted off. This is the finest cut. A figure of fewer layers is made by joining neighbours: of the pairs next to one another, the
closest kin (`_KIN`) go first, and neighbours that do not overlap are taken as closer than they are. The background is joined last.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .canvas import Frame, Patch, over, quantise, straight
from .catalogue import COLLECTIONS, TEMPLATES
from .elements import Element, Role
from .style import pick_style
from .templates import decorated

MOST_LAYERS = 8
_LEVELS = 3   # layers of panels, or of shapes, at most

# How far apart two roles are; the kinship of layers is that of their most distant members.
_KIN = {(Role.PANEL, Role.PANEL): 1.0, (Role.MARK, Role.TEXT): 2.0, (Role.PANEL, Role.DATA): 2.5, (Role.SHAPE, Role.SHAPE): 3.0,
        (Role.SHAPE, Role.MARK): 4.0, (Role.SHAPE, Role.TEXT): 4.4, (Role.DATA, Role.MARK): 4.8, (Role.DATA, Role.SHAPE): 5.0,
        (Role.PANEL, Role.SHAPE): 5.2, (Role.DATA, Role.TEXT): 5.4, (Role.PANEL, Role.MARK): 5.6, (Role.PANEL, Role.TEXT): 5.8}
_APART = .75   # bonus for neighbours that do not overlap


@dataclass(frozen=True)
class Scene:
    """Elements in painting order. Painting order agrees with the order of roles."""
    elements: tuple[Element, ...]
    family: str = ""
    template: str = ""
    caption: str = ""

    @property
    def leaves(self) -> tuple[Element, ...]:
        """The finest elements in painting order; the place in it is an element's identity, `Element.group` what it belongs to."""
        return tuple(leaf for e in self.elements for leaf in e.leaves())


@dataclass(frozen=True)
class Figure:
    """A flat picture (h,w,4) u8 and its layers (n,h,w,4) u8, straight alpha, bottom first, with their names. The picture is the
    composite of the layers, unless it was damaged; then `clean` is the composite."""
    picture: np.ndarray
    layers: np.ndarray
    names: tuple[str, ...] = ()
    family: str = ""
    caption: str = ""
    clean: np.ndarray | None = None


@dataclass
class _Sheet:
    """A layer in the making: what it holds, from bottom to top."""
    roles: list[Role]
    patches: list[Patch]

    def joined(self, above: "_Sheet") -> "_Sheet":
        return _Sheet(self.roles + [r for r in above.roles if r not in self.roles], self.patches + above.patches)

    @property
    def name(self) -> str:
        return " + ".join(role.name.lower() for role in self.roles)


def _overlap(a: Patch, b: Patch) -> bool:
    """Whether two patches share visible pixels; the fringe of smoothing and the tail of shadows do not count."""
    x0, y0 = max(a.x, b.x), max(a.y, b.y)
    x1, y1 = min(a.x + a.rgba.shape[1], b.x + b.rgba.shape[1]), min(a.y + a.rgba.shape[0], b.y + b.rgba.shape[0])
    if x1 <= x0 or y1 <= y0:
        return False
    pa, pb = a.rgba[y0 - a.y:y1 - a.y, x0 - a.x:x1 - a.x, 3], b.rgba[y0 - b.y:y1 - b.y, x0 - b.x:x1 - b.x, 3]
    return int(np.count_nonzero(np.minimum(pa, pb) > .25)) >= 4


def _flat(patches: list[Patch], frame: Frame) -> np.ndarray:
    """Patches over one another, from bottom to top, on a transparent canvas."""
    canvas = np.zeros((frame.height, frame.width, 4), np.float32)
    for patch in patches:
        if patch.rgba.size:
            over(canvas, patch)
    return canvas


def _drawn(scene: Scene, frame: Frame) -> list[tuple[Role, Patch]]:
    """The elements from bottom to top, without invisible plates."""
    drawn: list[tuple[Role, Patch]] = []
    for e in scene.elements:
        patch = e.draw(frame)
        if e.bare and patch.rgba.size:
            lines, whole = e.bare(frame), _flat([patch], frame)
            plate = (whole[..., 3] > .5) & (_flat([lines], frame)[..., 3] < .05)
            shows = np.abs(whole - _flat([p for _, p in drawn], frame)).max(-1) > .03
            if np.count_nonzero(shows & plate) <= .01 * np.count_nonzero(plate):
                patch = lines
        drawn.append((e.role, patch))
    return drawn


def _sheets(scene: Scene, frame: Frame) -> list[_Sheet]:
    """The finest cut."""
    drawn = _drawn(scene, frame)
    sheets = []
    for role in Role:
        patches = [p for r, p in drawn if r == role and p.rgba.size]
        if not patches:
            continue
        if role not in (Role.PANEL, Role.SHAPE):
            sheets.append(_Sheet([role], patches))
            continue
        levels: list[list[Patch]] = []
        for patch in patches:
            at = max((k + 1 for k, level in enumerate(levels) if any(_overlap(patch, other) for other in level)), default=0)
            at = min(at, _LEVELS - 1)
            if at == len(levels):
                levels.append([])
            levels[at].append(patch)
        sheets += [_Sheet([role], level) for level in levels]
    return sheets


def _distance(a: _Sheet, b: _Sheet) -> float:
    kin = max(0.0 if r == s and r not in (Role.PANEL, Role.SHAPE) else _KIN.get((min(r, s), max(r, s)), 9.0) for r in a.roles for s in b.roles)
    apart = kin < 9 and not any(_overlap(p, q) for p in a.patches for q in b.patches)
    return kin - (_APART if apart else 0)


def _cut(sheets: list[_Sheet], count: int) -> list[_Sheet]:
    """Neighbours joined until no more than `count` layers are left."""
    sheets = list(sheets)
    distances = [_distance(a, b) for a, b in zip(sheets, sheets[1:])]
    while len(sheets) > max(count, 1):
        k = int(np.argmin(distances))
        sheets[k:k + 2] = [sheets[k].joined(sheets[k + 1])]
        distances[k:k + 1] = []
        for j in (k - 1, k):
            if 0 <= j < len(distances):
                distances[j] = _distance(sheets[j], sheets[j + 1])
    return sheets


def composite(stack: np.ndarray) -> np.ndarray:
    """The flat picture (h,w,4) of premultiplied layers."""
    flat = stack[0].copy()
    for layer in stack[1:]:
        flat *= 1 - layer[..., 3:]
        flat += layer
    return flat


def _seen(stack: np.ndarray) -> list[int]:
    """Layers that change the picture, as in the paper: some pixels do not look the same without them. The bottom always counts."""
    stack = np.ascontiguousarray(stack[:, ::2, ::2])   # a quarter of the pixels will do
    through = np.ones((*stack.shape[1:3], 1), np.float32)
    above = [through]
    for layer in stack[:0:-1]:
        above.append(above[-1] * (1 - layer[..., 3:]))
    flat, kept = stack[0].copy(), [0]
    for k in range(1, len(stack)):
        change = stack[k] - stack[k][..., 3:] * flat
        flat += change
        visible = np.abs(change * above[len(stack) - 1 - k]) > .06
        if np.count_nonzero(visible.any(-1)) >= 2 and np.count_nonzero(stack[k, ..., 3] > .2) >= 2:
            kept.append(k)
    return kept


def render(scene: Scene, frame: Frame, fineness: float = 0.0, most: int = MOST_LAYERS, window: tuple[slice, slice] = (slice(None), slice(None))) -> Figure:
    """The figure of a scene; `fineness` 0 asks for the finest cut of up to `most` layers, 1 for two layers. Of the frame only the
    `window` (rows, columns) is kept, with the layers that show there."""
    sheets = _sheets(scene, frame)
    finest = min(len(sheets), most)
    sheets = _cut(sheets, finest - int(fineness * max(finest - 1, 1)))
    stack = np.zeros((len(sheets), frame.height, frame.width, 4), np.float32)
    for layer, sheet in zip(stack, sheets):
        for patch in sheet.patches:
            over(layer, patch)
    stack = stack[:, *window]
    kept = _seen(stack)
    stack, sheets = stack[kept], [sheets[k] for k in kept]
    names, times = [], {}
    for sheet in sheets:
        times[sheet.name] = times.get(sheet.name, 0) + 1
        names.append(sheet.name if times[sheet.name] == 1 else f"{sheet.name} {times[sheet.name]}")
    flat = quantise(straight(composite(stack)))
    return Figure(flat, np.stack([quantise(straight(layer)) for layer in stack]), tuple(names), scene.family, scene.caption)


# ---- captions -------------------------------------------------------------------------------------------------------

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _plural(what: str) -> str:
    head, of, rest = what.partition(" of ")
    for ending, plural in (("box", "boxes"), ("chart", "charts"), ("mouse icon", "mouse icons"), ("list", "lists")):
        if head.endswith(ending):
            return head[:-len(ending)] + plural + of + rest
    return head + ("s" if not head.endswith("s") else "") + of + rest


def _counted(what: str, count: int) -> str:
    if count == 1:
        return f"{'an' if what[0] in 'aeiou' else 'a'} {what}"
    return f"{_NUMBERS[count] if count < len(_NUMBERS) else 'many'} {_plural(what)}"


def describe(rng: np.random.Generator, opening: str, elements: list[Element]) -> str:
    """A sentence or two about a scene: what it is, what stands in it, what can be read."""
    counts: dict[str, int] = {}
    for e in elements:
        if e.what and e.what not in ("title", "label") and e.role != Role.BACKGROUND:
            counts[e.what] = counts.get(e.what, 0) + 1
    background = next((e.what for e in elements if e.role == Role.BACKGROUND and e.what), "")
    things = [_counted(w, n) for w, n in list(counts.items())[:7]]
    listed = ", ".join(things[:-1]) + " and " + things[-1] if len(things) > 1 else "".join(things)
    read = list(dict.fromkeys(e.words for e in elements if e.words and e.what and len(e.words) > 1))[:4]
    picture = any(word in background for word in ("micrograph", "photo", "section", "blot"))
    if picture and background in opening:
        background = ""
    where = f" over {_counted(background, 1)}" if picture and background else f" on {_counted(background, 1)}" if background else ""
    form = int(rng.integers(3))
    if not listed:
        sentence = f"{opening}{where}."
    elif form == 0:
        sentence = f"{opening} with {listed}{where}."
    elif form == 1:
        sentence = f"{opening}{where}, showing {listed}."
    else:
        sentence = f"{opening}{where}. There {'is' if counts[next(iter(counts))] == 1 else 'are'} {listed}."
    if read and rng.random() < .8:
        quoted = [f"“{w}”" for w in read]
        said = ", ".join(quoted[:-1]) + " and " + quoted[-1] if len(quoted) > 1 else quoted[0]
        sentence += f" {'The text reads' if form else 'It is labelled'} {said}."
    return sentence


def make_scene(seed: int, split: str = "train", template: str | None = None, attempt: int = 0) -> Scene:
    """The scene of a seed: the same on every machine with the same fonts and libraries."""
    collection = COLLECTIONS[split]
    rng = np.random.default_rng([collection.stream, seed, attempt])
    style = pick_style(rng, collection.split, collection.real)
    templates = TEMPLATES[split]
    weights = np.array([t.weight for t in templates])
    chosen = templates[rng.choice(len(templates), p=weights / weights.sum())]
    if template:
        chosen = next(t for t in templates if t.name == template)
    opening, parts = chosen.make(rng, style)
    if rng.random() < .18:
        parts = [*parts, *decorated(rng, style)]
    parts = sorted(parts, key=lambda e: e.role)
    return Scene(tuple(parts), chosen.family, chosen.name, describe(rng, opening, parts))
