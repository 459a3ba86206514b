"""The collections of templates. Training and held-out ones share none, and no material: fonts, palettes, words, pictures."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, replace

from . import layouts
from .templates import FIRST, Template


@dataclass(frozen=True)
class Collection:
    """`stream` starts the random numbers, `split` is the side its material is on, `real` the share of figures with real pictures."""

    stream: int
    split: str
    real: float


def _found(folder: str) -> tuple[Template, ...]:
    """The templates of a folder, one file each, in the folder's `ORDER` or that of their names."""
    package = importlib.import_module(f"{layouts.__name__}.{folder}")
    names = getattr(package, "ORDER", sorted(m.name for m in pkgutil.iter_modules(package.__path__)))
    return tuple(t for name in names for t in importlib.import_module(f"{package.__name__}.{name}").TEMPLATES)


# The first two are the figures of the built-in model's training and of the evaluation set: their figures of a seed do not change.
COLLECTIONS = {
    "train": Collection(1, "train", 0.0),
    "heldout": Collection(2, "heldout", 0.0),
    "more": Collection(3, "train", 0.6),
    "development": Collection(4, "heldout", 0.8),
}
_TRAIN = FIRST["train"] + _found("diagrams") + _found("charts") + _found("pages")
TEMPLATES: dict[str, tuple[Template, ...]] = {
    "train": _TRAIN,
    "heldout": FIRST["heldout"],
    "more": tuple(replace(t, weight=t.weight * 0.6) for t in _TRAIN) + _found("train"),
    "development": FIRST["heldout"] + _found("development"),
}
