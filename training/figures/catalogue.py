"""The templates of the two splits, which share none."""
from __future__ import annotations

from . import charts, diagrams, pages
from .templates import FIRST, Template

TEMPLATES: dict[str, tuple[Template, ...]] = {
    "train": FIRST["train"] + diagrams.TEMPLATES + charts.TEMPLATES + pages.TEMPLATES,
    "heldout": FIRST["heldout"]}
