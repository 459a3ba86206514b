"""Palettes, fonts and words. Training and held-out figures share none of them."""
from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from .canvas import Colour

FONT_ROOT = Path("/usr/share/fonts")

# Fonts by split and script. Every font has the glyphs of the words of its script (check_figures.py looks).
FONTS = {
    "train": {
        "latin": "DejaVuSans DejaVuSans-Bold DejaVuSerif-Bold DejaVuSansMono LiberationSans-Regular LiberationSans-Bold LiberationSerif-Regular "
                 "LiberationSansNarrow-Bold LiberationMono-Regular NimbusSans-Bold NimbusSans-Regular NimbusRoman-Regular NimbusRoman-Italic "
                 "URWGothic-Demi URWBookman-Light C059-Roman P052-Bold Lato-Regular Lato-Bold Lato-Light Lato-Italic Lato-Black OpenSans-Regular "
                 "OpenSans-Bold OpenSans-CondBold Roboto-Regular Roboto-Bold Roboto-Light RobotoCondensed-Bold RobotoSlab-Regular NotoSans-Regular "
                 "NotoSans-Bold NotoSerif-Regular NotoSerif-Bold NotoSerifDisplay-Bold Cantarell-Bold EBGaramond12-Regular LinLibertine_R "
                 "LinBiolinum_R LinBiolinum_RB Gentium-R Quicksand-Bold Comfortaa-Bold FiraCode-Medium lobster".split(),
        "greek": "DejaVuSans DejaVuSerif-Bold NotoSans-Regular NotoSerif-Bold Roboto-Bold LiberationSerif-Regular".split(),
        "cyrillic": "DejaVuSans-Bold NotoSans-Bold NotoSerif-Regular Roboto-Regular LiberationSans-Bold OpenSans-Bold".split(),
        "cjk": ["wqy-zenhei"], "hangul": "NanumGothic NanumGothicBold NanumSquareR".split(),
        "arabic": "NotoNaskhArabic-Regular NotoNaskhArabic-Bold NotoSansArabic-Regular NotoSansArabic-Bold".split(),
        "hebrew": "NotoSansHebrew-Regular NotoSansHebrew-Bold NotoSerifHebrew-Bold".split(),
        "devanagari": "NotoSansDevanagari-Regular NotoSansDevanagari-Bold NotoSerifDevanagari-Bold".split(),
    },
    "heldout": {
        "latin": "Inter-Regular Inter-Bold Inter-Light STIXGeneral-Regular STIXGeneral-Bold STIXGeneral-Italic cmunss cmunbx cmunrm cmunti "
                 "Carlito-Regular Carlito-Bold Caladea-Regular Caladea-Bold Hack-Regular Jura-SemiBold Karla-Regular Karla-Bold LeagueSpartan-Bold".split(),
        "greek": "Inter-Regular Inter-Bold STIXGeneral-Bold cmunss cmunrm Carlito-Bold".split(),
        "cyrillic": "Inter-Regular Inter-Bold STIXGeneral-Regular cmunbx cmunss Carlito-Regular".split(),
        "cjk": ["DroidSansFallbackFull"], "hangul": "NanumMyeongjo NanumMyeongjoBold".split(),
        "arabic": "Amiri-Regular Amiri-Bold".split(), "hebrew": "DavidCLM-Medium DavidCLM-Bold FrankRuehlCLM-Bold".split(),
        "devanagari": ["Lohit-Devanagari"],
    },
}
PALETTES = {
    "train": [
        "1f6fb4 f07f1e 2e9e3c d13438 8a63c0", "0b3c5d d9b310 328cc1 b82601 1d7874", "264653 2a9d8f e9c46a f4a261 e76f51",
        "3d348b 7678ed f7b801 f18701 f35b04", "006d77 83c5be ffb4a2 e29578 b5179e", "111111 777777 c1121f 669bbc 003049",
        "5f0f40 9a031e fb8b24 e36414 0f4c5c", "70d6ff ff70a6 ff9770 ffd670 43aa8b", "335c67 fff3b0 e09f3e 9e2a2b 540b0e",
        "00a5cf 25a18e 7ae582 004e64 9fffcb", "ee4266 ffd23f 3bceac 0ead69 540d6e", "2b2d42 8d99ae ef233c d90429 4a7c59",
        "00ff5a ff00c8 00c8ff ffe600 ff3b30", "6a4c93 1982c4 8ac926 ffca3a ff595e", "440154 3b528b 21918c 5ec962 fde725",
        "0072b2 e69f00 009e73 d55e00 cc79a7"],
    "heldout": [
        "355070 6d597a b56576 e56b6f eaac8b", "386641 6a994e a7c957 bc4749 d4a017", "0077b6 00b4d8 ff7b00 c9184a 52b788",
        "4d194d 3e1f47 006466 e07a5f f2cc8f", "e63946 457b9d 1d3557 2ec4b6 ff9f1c", "0d0887 7e03a8 cc4778 f89540 f0f921"],
}
# Scale-bar texts, short labels, and the words of sentences; apart for the two splits, function words included.
WORDS = {
    "train": {
        "latin": "Control|Treated|Figure 1|Cell count|Mean|Time (h)|DAPI|GFP|Merge|p < 0.05|n = 12|Signal|Layer|Input|"
                 "Output|Dose|Wild type|Day 7|Actin|ROI|A1|Tumor|Model|Before|After|Nucleus|Group 1|Site A|Baseline|"
                 "Energy|Voltage|Année|Größe|Fläche|niño|façade|Sample|Growth|Length|Weight|Step 1|Start|Data|Test|New|Sale|Open".split("|"),
        "greek": "Κύτταρο|Μήκος|Χρόνος|Μοντέλο|αβγ|Δx|λ = 2|Σήμα|Ομάδα".split("|"),
        "cyrillic": "Клетка|Время|Контроль|Доза|Сигнал|Модель|Рост|Группа|День".split("|"),
        "cjk": "细胞|对照|时间|结果|信号|細胞|データ|グラフ|模型|图像|处理组|平均".split("|"),
        "hangul": "세포|대조군|시간|결과|신호|자료".split("|"),
        "arabic": "خلية|الوقت|نتيجة|إشارة|نموذج|مجموعة".split("|"),
        "hebrew": "תא|זמן|ביקורת|תוצאה|אות|קבוצה".split("|"),
        "devanagari": "कोशिका|समय|परिणाम|संकेत|नमूना|समूह".split("|"),
    },
    "heldout": {
        "latin": "Mock|Knockdown|Scheme 2|Intensity|Median|Depth (mm)|Hoechst|RFP|Overlay|p = 0.01|N = 30|Noise|"
                 "Stage|Source|Result|Rate|Mutant|Week 3|Tubulin|Zoom|B2|Lesion|Theory|Left|Right|Phase II|Région|Häufig|"
                 "Señal|Pressure|Current|Distance|Cohort|Event|Winter|Offer".split("|"),
        "greek": "Πυρήνας|Βάθος|Ένταση|Θεωρία|ψω|Φάση".split("|"),
        "cyrillic": "Ядро|Глубина|Опыт|Шум|Теория|Неделя".split("|"),
        "cjk": "核心|深度|强度|噪声|理论|顕微鏡|左右|阶段".split("|"),
        "hangul": "깊이|이론|잡음|강도".split("|"),
        "arabic": "نواة|عمق|نظرية|ضوضاء".split("|"),
        "hebrew": "גרעין|עומק|רעש|תאוריה".split("|"),
        "devanagari": "केंद्रक|गहराई|सिद्धांत|शोर".split("|"),
    },
}
PROSE = {
    "train": "the of in and is to that we cells show growth under light after each signal from images data model field high low with "
             "medium sample protein membrane tissue response time dose level small large region map volume change between days found "
             "measured stained fixed imaged method results new tools open science plant water energy market team project plan".split(),
    "heldout": "a for by on as was our this when nuclei lesions theory noise depth rate pressure current phase mutant clusters reach "
               "fewer more than early late stage source decay orbit river winter event offer design city music garden travel sound "
               "against during per across into through beyond half double".split(),
}
SCALE_TEXTS = {"train": ["10 µm", "50 µm", "5 nm", "1 mm", "200 nm"], "heldout": ["25 µm", "20 µm", "2 nm", "500 nm"]}


def _hex(text: str) -> Colour:
    return tuple(int(text[i:i + 2], 16) for i in (0, 2, 4))


_FILES: dict[str, Path] = {}


def font_file(name: str) -> Path:
    if not _FILES:
        _FILES.update({p.stem: p for p in sorted(FONT_ROOT.rglob("*")) if p.suffix in (".ttf", ".otf", ".ttc")})
    if name not in _FILES:
        raise FileNotFoundError(f"font {name} is not installed; see training/README.md")
    return _FILES[name]


def luminance(colour: Colour) -> float:
    return (.299 * colour[0] + .587 * colour[1] + .114 * colour[2]) / 255


def readable(rng: np.random.Generator, on: Colour) -> Colour:
    """Black or white, nearly, whichever can be read on a colour."""
    grey = int(rng.integers(0, 40))
    return (grey,) * 3 if luminance(on) > .5 else (255 - grey // 3,) * 3


@dataclass(frozen=True)
class Style:
    """What the elements of one figure have in common."""
    split: str
    font: Path
    colours: tuple[Colour, ...]
    dark: bool
    script: str = "latin"
    script_font: Path | None = None
    tint: tuple[int, int, int] = (0, 0, 0)
    backdrop: Colour | None = None   # the mean colour of the picture that pointers and words are put on
    real: float = 0.0              # share of pictures and icons that are real photographs and cut-outs instead of drawn ones

    @property
    def foreground(self) -> Colour:
        return (245, 245, 245) if self.dark else (25, 25, 25)

    @property
    def background(self) -> Colour:
        base = (22, 24, 30) if self.dark else (252, 252, 250)
        return tuple(min(max(p + t, 0), 255) for p, t in zip(base, self.tint))

    @property
    def minus(self) -> str:
        """A true minus sign where the font has one."""
        return "−" if self.script == "latin" and "Noto" not in self.font.name else "-"

    def colour(self, rng: np.random.Generator) -> Colour:
        return self.colours[rng.integers(len(self.colours))]

    def strong(self, rng: np.random.Generator) -> Colour:
        """A colour that stands out from the background, if the palette has one."""
        for _ in range(4):
            colour = self.colour(rng)
            if sum(abs(c - p) for c, p in zip(colour, self.background)) > 190:
                return colour
        return colour

    def word(self, rng: np.random.Generator) -> str:
        words = WORDS[self.split]
        if self.script != "latin" and rng.random() < .75:
            words = words[self.script]
            return words[rng.integers(len(words))]
        if rng.random() < .12:
            return "".join(rng.choice(list("ABCDEFGHJKLMNPRSTUVXYZ0123456789"), int(rng.integers(1, 5))))
        if rng.random() < .12:
            return str(rng.choice([int(rng.integers(0, 20)), int(rng.integers(0, 2000)), round(float(rng.random() * 10), 1)]).item()).rstrip(".0") or "0"
        return words["latin"][rng.integers(len(words["latin"]))]

    def phrase(self, rng: np.random.Generator, low: int, high: int) -> str:
        """A few words, the first with a capital; in the figure's script."""
        count = int(rng.integers(low, high + 1))
        if self.script != "latin" and rng.random() < .75:
            words = WORDS[self.split][self.script]
            return ("" if self.script == "cjk" else " ").join(words[i] for i in rng.integers(len(words), size=max(1, count // 2)))
        prose = PROSE[self.split]
        return " ".join(prose[i] for i in rng.integers(len(prose), size=count)).capitalize()

    def face(self, string: str) -> Path:
        """The font that has the letters of a string."""
        if self.script_font and any(ord(c) > 0x36f and c not in "µ–“”" for c in string):
            return self.script_font
        return self.font


SCRIPTS = ("latin", "greek", "cyrillic", "cjk", "hangul", "arabic", "hebrew", "devanagari")
_SCRIPT_SHARES = (.68, .06, .06, .08, .02, .04, .03, .03)


def pick_style(rng: np.random.Generator, split: str, real: float = 0.0) -> Style:
    """`real` is the share of figures in which most pictures are real."""
    fonts, palettes = FONTS[split], PALETTES[split]
    colours = [_hex(c) for c in palettes[rng.integers(len(palettes))].split()]
    if split == "train" and rng.random() < .5:   # few palettes would be learnt by heart
        colours = [tuple(int(v) for v in rng.integers(0, 256, 3)) for _ in colours]
    script = str(rng.choice(SCRIPTS, p=_SCRIPT_SHARES))
    special = None if script == "latin" else font_file(fonts[script][rng.integers(len(fonts[script]))])
    tint = tuple(int(v) for v in rng.integers(-14, 3, 3)) if rng.random() < .4 else (0, 0, 0)
    dark = bool(rng.random() < .22)
    style = Style(split, font_file(fonts["latin"][rng.integers(len(fonts["latin"]))]), tuple(colours), dark, script, special,
                  tuple(-t for t in tint) if dark else tint)
    return replace(style, real=.85 if rng.random() < real else 0.0) if real else style
