"""Palettes and fonts. Training and held-out figures share neither."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .canvas import Colour

FONT_ROOT = Path("/usr/share/fonts")
_FONTS = {
    "train": ["DejaVuSans", "DejaVuSans-Bold", "DejaVuSerif-Bold", "LiberationSans-Regular", "LiberationSans-Bold",
              "LiberationSerif-Regular", "NimbusSans-Bold", "NimbusRoman-Regular", "Lato-Regular", "Lato-Bold",
              "OpenSans-Bold", "Roboto-Regular", "Roboto-Bold", "NotoSans-Regular"],
    "heldout": ["Inter-Regular", "Inter-Bold", "STIXGeneral-Regular", "STIXGeneral-Bold", "cmunss", "cmunbx",
                "Carlito-Regular", "Carlito-Bold"],
}
_PALETTES = {
    "train": [
        "1f6fb4 f07f1e 2e9e3c d13438 8a63c0", "0b3c5d d9b310 328cc1 b82601 1d7874", "264653 2a9d8f e9c46a f4a261 e76f51",
        "3d348b 7678ed f7b801 f18701 f35b04", "006d77 83c5be ffb4a2 e29578 b5179e", "111111 777777 c1121f 669bbc 003049",
        "5f0f40 9a031e fb8b24 e36414 0f4c5c", "70d6ff ff70a6 ff9770 ffd670 43aa8b", "335c67 fff3b0 e09f3e 9e2a2b 540b0e",
        "00a5cf 25a18e 7ae582 004e64 9fffcb", "ee4266 ffd23f 3bceac 0ead69 540d6e", "2b2d42 8d99ae ef233c d90429 4a7c59",
        "00ff5a ff00c8 00c8ff ffe600 ff3b30", "6a4c93 1982c4 8ac926 ffca3a ff595e"],
    "heldout": [
        "355070 6d597a b56576 e56b6f eaac8b", "386641 6a994e a7c957 bc4749 d4a017", "0077b6 00b4d8 ff7b00 c9184a 52b788",
        "4d194d 3e1f47 006466 e07a5f f2cc8f", "e63946 457b9d 1d3557 2ec4b6 ff9f1c"],
}
_WORDS = {
    "train": "Control|Treated|10 \u00b5m|Figure 1|Cell count|Mean|Time (h)|DAPI|GFP|Merge|p < 0.05|n = 12|Signal|Layer|Input|"
             "Output|Dose|0|5|10|20|100|Wild type|Day 7|Actin|ROI|A1|Tumor|Model|Before|After".split("|"),
    "heldout": "Mock|Knockdown|25 \u00b5m|Scheme 2|Intensity|Median|Depth (mm)|Hoechst|RFP|Overlay|p = 0.01|N = 30|Noise|"
               "Stage|Source|Result|Rate|2|4|8|16|50|Mutant|Week 3|Tubulin|Zoom|B2|Lesion|Theory|Left|Right".split("|"),
}


def _hex(text: str) -> Colour:
    return tuple(int(text[i:i + 2], 16) for i in (0, 2, 4))


_FILES: dict[str, Path] = {}


def font_file(name: str) -> Path:
    if not _FILES:
        _FILES.update({p.stem: p for p in sorted(FONT_ROOT.rglob("*")) if p.suffix in (".ttf", ".otf")})
    if name not in _FILES:
        raise FileNotFoundError(f"font {name} is not installed; see training/README.md")
    return _FILES[name]


@dataclass(frozen=True)
class Style:
    """What the elements of one figure have in common."""
    split: str
    font: Path
    colours: tuple[Colour, ...]
    dark: bool

    @property
    def ink(self) -> Colour:
        return (245, 245, 245) if self.dark else (25, 25, 25)

    @property
    def paper(self) -> Colour:
        return (22, 24, 30) if self.dark else (252, 252, 250)

    def colour(self, rng: np.random.Generator) -> Colour:
        return self.colours[rng.integers(len(self.colours))]

    def word(self, rng: np.random.Generator) -> str:
        words = _WORDS[self.split]
        return words[rng.integers(len(words))]


def pick_style(rng: np.random.Generator, split: str) -> Style:
    fonts, palettes = _FONTS[split], _PALETTES[split]
    colours = [_hex(c) for c in palettes[rng.integers(len(palettes))].split()]
    if split == "train" and rng.random() < .5:   # few palettes would be learnt by heart
        colours = [tuple(int(v) for v in rng.integers(0, 256, 3)) for _ in colours]
    return Style(split, font_file(fonts[rng.integers(len(fonts))]), tuple(colours), bool(rng.random() < .25))
