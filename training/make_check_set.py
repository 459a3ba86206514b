"""A set of figures with planted faults, to measure *Check Figure* (org.layerj.eval.FigureCheckEvaluation). Nothing of
it is committed; the same seeds make the same set.

    python make_check_set.py --out DIR --half tune|test [--first 0] [--count 48]

Two halves that share no seed, no photograph and no micrograph: rules are tuned on `tune` and reported on `test`.
DIR/HALF gets NN-RENDERER.png and beside it NN-RENDERER.json: print width in mm, dpi, renderer, panels, and what was
planted, by kind of fault. Renderers, in turn:

- matplotlib: style sheets, its own layout, heat maps with colour bars;
- librsvg: an SVG file as drawn in Inkscape or Illustrator, drawn by cairo;
- libreoffice: an SVG file imported by LibreOffice Draw, exported as PDF, drawn by poppler;
- jfreechart: charts by JFreeChart, put together with the pictures by Pillow.

A figure is one to six panels: bars, lines, scatter plots, heat maps, box plots; photographs or blots, which need no
scale bar; micrographs (drawn, or made of photographs) with a label each and a scale bar in the first or in all. Faults
are planted by chance:

- text: one or all of ticks, axis names, legends, labels in micrographs at 3.4 to 5.2 points; all other text has 6.4 or
  more;
- resolution: 150 to 280 dpi; else 300 or more, the width cut to whole pixels;
- colours: two of the series in colours at least 40 apart in CIELAB and at most 8 for protan or deutan vision (Viénot,
  Brettel and Mollon 1999); else at least 18 apart. Both are from palettes in use. This is neither the simulation nor
  the distance that FigureCheck computes;
- scale: micrographs without a scale bar;
- panels: one letter missing (also the last), repeated, or two exchanged.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import math
import subprocess
import tempfile
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from figures import real, textures
from figures.renderers import jfreechart
from figures.style import font_file
from make_text_set import HALVES, files_of

RENDERERS = ("matplotlib", "librsvg", "libreoffice", "jfreechart")
KINDS = ("text", "resolution", "colours", "scale", "panels")
# In what share of the figures that can have it a fault is planted.
OFTEN = {"text": 0.3, "resolution": 0.3, "colours": 0.4, "scale": 0.5, "panels": 0.45}
MOSAICS = {
    85: ["A", "AB", "A;B", "AB;CD", "AA;BC", "AB;CD;EF"],
    174: ["AB", "ABC", "AB;CD", "AB;AC", "AAB;CDE", "ABC;DEF"],
}
# Regular and bold.
FONTS = {
    "Liberation Sans": ("LiberationSans-Regular", "LiberationSans-Bold"),
    "DejaVu Sans": ("DejaVuSans", "DejaVuSans-Bold"),
    "Liberation Serif": ("LiberationSerif-Regular", "LiberationSerif-Bold"),
    "Open Sans": ("OpenSans-Regular", "OpenSans-Bold"),
    "Roboto": ("Roboto-Regular", "Roboto-Bold"),
    "Inter": ("Inter-Regular", "Inter-Bold"),
    "Carlito": ("Carlito-Regular", "Carlito-Bold"),
    "STIX": ("STIXGeneral-Regular", "STIXGeneral-Bold"),
}
# Of matplotlib, ColorBrewer, Okabe and Ito, Tol, seaborn, two office programs, and plain ones.
PALETTES = [
    p.split()
    for p in (
        "1f77b4 ff7f0e 2ca02c d62728 9467bd 8c564b e377c2 7f7f7f bcbd22 17becf",
        "e41a1c 377eb8 4daf4a 984ea3 ff7f00 a65628 f781bf",
        "1b9e77 d95f02 7570b3 e7298a 66a61e e6ab02 a6761d",
        "66c2a5 fc8d62 8da0cb e78ac3 a6d854 ffd92f e5c494",
        "000000 e69f00 56b4e9 009e73 0072b2 d55e00 cc79a7",
        "4477aa ee6677 228833 ccbb44 66ccee aa3377 bbbbbb",
        "4c72b0 dd8452 55a868 c44e52 8172b3 937860 da8bc3",
        "4472c4 ed7d31 a5a5a5 ffc000 5b9bd5 70ad47",
        "004586 ff420e ffd320 579d1c 7e0021 83caff",
        "c00000 00b050 0070c0 ffc000 7030a0",
        "ff0000 00a000 0000ff ff8000 800080",
        "8b0000 006400 00008b b8860b 2f4f4f",
    )
]
MAPS = ("viridis", "cividis", "Blues", "Greys", "magma", "RdBu", "PuOr")
LENGTHS = ("10 µm", "20 µm", "50 µm", "100 µm", "5 µm", "200 nm", "500 nm", "1 µm", "2 µm", "0.5 mm")
STAINS = ("DAPI", "GFP", "Merge", "Control", "Day 7", "WT", "siRNA", "40×", "Phalloidin", "Tubulin", "Mutant", "24 h")
AXES = (
    "Time (h)",
    "Dose (mg)",
    "Rate (1/s)",
    "Cells per field",
    "Signal (a.u.)",
    "Fold change",
    "Length (µm)",
    "x",
    "n",
    "Age (days)",
    "ΔF/F",
    "Wavelength (nm)",
)
GROUPS = (
    ("WT", "KO", "Het"),
    ("A", "B", "C"),
    ("Control", "Low", "High"),
    ("0", "1", "5", "10"),
    ("Day 1", "Day 3", "Day 7"),
    ("I", "II", "III"),
    ("M", "F"),
)


# ---- colours

# Viénot, Brettel and Mollon for protan and deutan, Machado et al. for tritan, on linear light.
VISIONS = {
    "protan": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    "deutan": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour, vision=None):
    v = np.array([int(colour[k : k + 2], 16) for k in (0, 2, 4)]) / 255
    v = np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)
    v = np.clip(np.array(VISIONS[vision]) @ v, 0, 1) if vision else v
    t = TO_XYZ @ v / np.array([0.9505, 1, 1.089])
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(a, b, visions):
    return min(float(np.linalg.norm(lab(a, v) - lab(b, v))) for v in visions)


BAD = [
    (a, b)
    for p in PALETTES
    for a, b in combinations(p, 2)
    if apart(a, b, [None]) >= 40 and apart(a, b, ["protan", "deutan"]) <= 8
]
GOOD = {
    n: [
        c
        for p in PALETTES
        for c in combinations(p, n)
        if all(apart(a, b, VISIONS) >= 18 for a, b in combinations(c, 2))
    ]
    for n in (1, 2, 3)
}


def any_of(rng, values):
    return values[int(rng.integers(len(values)))]


# ---- what a figure shows


@dataclass
class Panel:
    kind: str
    letter: str = ""
    box: tuple = ()  # left, top, width, height in points
    series: list = field(default_factory=list)
    colours: list = field(default_factory=list)
    groups: list = field(default_factory=list)
    values: np.ndarray | None = None
    names: tuple = ("", "")
    options: dict = field(default_factory=dict)
    picture: object = None  # painter of (w, h)
    note: str = ""
    bar: tuple = ()  # text, length as a share of the panel, thickness in points


@dataclass
class Plan:
    renderer: str
    width: int
    mosaic: str
    dpi: float
    font: str
    sizes: dict
    letters: dict
    panels: list
    planted: dict
    seed: list

    @property
    def points(self):
        """Width and height."""
        return self.width / 25.4 * 72, self.height

    height: float = 0


def chart(rng, colours, renderer):
    kinds = {"matplotlib": ["bars", "lines", "scatter", "heat", "boxes"], "jfreechart": ["bars", "lines", "scatter"]}
    p = Panel(any_of(rng, kinds.get(renderer, ["bars", "lines", "scatter", "heat", "boxes"])))
    p.series = [
        str(s)
        for s in rng.choice(
            ["Control", "Treated", "Mock", "Drug", "Rescue", "Sham", "Vehicle"], len(colours), replace=False
        )
    ]
    p.colours = list(colours)
    n = len(colours)
    p.names = (any_of(rng, AXES), any_of(rng, AXES))
    if p.kind == "bars":
        p.groups = list(any_of(rng, GROUPS))
        p.values = rng.uniform(2, 10, (n, len(p.groups)))
    elif p.kind == "lines":
        p.groups = [float(v) for v in range(int(rng.integers(6, 14)))]
        p.values = rng.normal(0, 0.6, (n, len(p.groups))).cumsum(1) + rng.uniform(2, 8, (n, 1))
        p.options = {"band": bool(rng.random() < 0.4), "log": bool(rng.random() < 0.2)}
    elif p.kind == "scatter":
        p.groups = sorted(float(v) for v in rng.uniform(0, 20, 30).round(2))
        p.values = rng.normal(0, 1.2, (n, 30)) + np.array(p.groups) * rng.uniform(0.1, 0.5, (n, 1))
    elif p.kind == "heat":
        p.values = rng.random((int(rng.integers(4, 9)), int(rng.integers(4, 9))))
        p.options = {"map": any_of(rng, MAPS)}
    else:
        p.groups = p.series
        p.values = rng.normal(0, 1, (n, 40)) + rng.uniform(3, 8, (n, 1))
    p.options["frame"], p.options["grid"] = bool(rng.random() < 0.5), bool(rng.random() < 0.3)
    return p


def plan(half, k):
    rng = np.random.default_rng([41, HALVES[half], k])
    renderer = RENDERERS[k % len(RENDERERS)]
    width = int(any_of(rng, [85, 85, 174]))
    mosaic = any_of(rng, MOSAICS[width])
    count = len(set(mosaic) - {";"})
    content = any_of(rng, ["charts", "charts", "micrographs", "mixed", "mixed", "photograph", "blot"])
    pictures = {"charts": 0, "micrographs": count, "mixed": max(1, count // 2)}.get(content, min(1, count - 1))
    micro = content in ("micrographs", "mixed")
    lettered = count > 1 or rng.random() < 0.1
    able = {
        "text": True,
        "resolution": True,
        "colours": pictures < count,
        "scale": micro,
        "panels": lettered and count > 1,
    }
    draws = rng.random(len(KINDS))
    planted = {kind: "" for kind, d in zip(KINDS, draws) if able[kind] and d < OFTEN[kind]}

    dpi = (
        float(rng.uniform(150, 280))
        if "resolution" in planted
        else float(any_of(rng, [300, 300, 330] if width > 100 else [300, 300, 330, 400]))
    )
    if "resolution" in planted:
        planted["resolution"] = f"{dpi:.0f} dpi"
    bad = any_of(rng, BAD)
    good = any_of(rng, GOOD[any_of(rng, [1, 2, 2, 3])])
    colours = list(bad) if "colours" in planted else list(good)
    if "colours" in planted:
        planted["colours"] = " ".join(colours)

    panels = [chart(rng, colours, renderer) for _ in range(count - pictures)]
    if "colours" in planted and all(p.kind == "heat" for p in panels):
        panels[0].kind, panels[0].groups, panels[0].values = "bars", ["WT", "KO"], rng.uniform(2, 10, (2, 2))
    everywhere = rng.random() < 0.5
    scale = any_of(rng, LENGTHS), float(rng.uniform(0.15, 0.35)), float(rng.uniform(0.8, 2.5))
    taken = []
    for j in range(pictures):
        p = Panel("micrograph" if micro else content)
        if content == "photograph":
            p.picture = real.photo(rng, "heldout")[0]
        elif content == "blot" or rng.random() < 0.5:
            kind = "blot" if content == "blot" else any_of(rng, ["fluorescence", "merge", "phase contrast", "tissue"])
            p.picture = textures.micrograph(rng, "heldout", kind)[0]
        else:
            p.picture = real.micrograph(rng, "heldout")[0]
        p.options = {
            "sharp": float(any_of(rng, [0.4, 0.6, 1.0])),
            "inside": bool(rng.random() < 0.4),
            "seed": int(rng.integers(1000)),
        }
        if micro:
            p.note = any_of(rng, STAINS) if rng.random() < 0.6 else ""
            if "scale" not in planted and (j == 0 or everywhere):
                p.bar = scale
        taken.append(p)
    if "scale" in planted:
        planted["scale"] = f"{pictures} micrographs"
    panels = taken + panels if rng.random() < 0.7 else panels + taken

    base = float(rng.uniform(6.4, 8))
    sizes = {
        "ticks": base,
        "axis": base * float(rng.uniform(1, 1.2)),
        "legend": base,
        "note": base * float(rng.uniform(1, 1.3)),
    }
    if "text" in planted:
        there = set()
        for p in panels:
            if p.kind == "micrograph":
                there |= {"note"} if p.note or p.bar else set()
            elif not p.picture:
                there |= {"ticks", "axis"} | (
                    {"legend"} if len(p.series) > 1 and p.kind in ("bars", "lines", "scatter") else set()
                )
        small = float(rng.uniform(3.4, 5.2))
        which = sorted(there) if rng.random() < 0.4 or not there else [any_of(rng, sorted(there))]
        if which:
            sizes.update({w: small for w in which})
            planted["text"] = f"{' '.join(which)} {small:.1f} pt"
        else:
            del planted["text"]

    style = any_of(rng, ["{}", "{}", "{}", "({})", "{})", "{}."])
    lower = rng.random() < 0.4
    names = [chr(ord("a" if lower else "A") + j) for j in range(count)] if lettered else [""] * count
    if "panels" in planted:
        how = any_of(rng, ["missing", "repeated", "order"] if count > 2 else ["repeated", "order"])
        j = int(rng.integers(count - (how != "missing")))
        planted["panels"] = f"{how} {names[j]}"
        if how == "missing":
            names[j] = ""
        elif how == "repeated":
            names[j + 1] = names[j]
        else:
            other = int(rng.integers(j + 1, count))
            names[j], names[other] = names[other], names[j]
    for p, name in zip(panels, names):
        p.letter = style.format(name) if name else ""
    letters = {"size": float(rng.uniform(8.5, 12)), "bold": bool(rng.random() < 0.8)}
    out = Plan(
        renderer,
        width,
        mosaic,
        dpi,
        any_of(rng, sorted(FONTS)),
        sizes,
        letters,
        panels,
        planted,
        [42, HALVES[half], k],
    )
    rows = mosaic.split(";")
    out.height = (
        len(rows)
        * float(rng.uniform(34, 44) if width == 85 and len(rows[0]) > 1 else rng.uniform(42, 58))
        / 25.4
        * 72
    )
    for letter, p in zip(sorted(set(mosaic) - {";"}), panels):
        at = [(r, c) for r, row in enumerate(rows) for c, x in enumerate(row) if x == letter]
        w, h = out.points[0] / len(rows[0]), out.height / len(rows)
        top, left = at[0]
        p.box = (left * w, top * h, (at[-1][1] - left + 1) * w, (at[-1][0] - top + 1) * h)
    return out


# ---- pictures, with what is written on them


def pixels(panel, w, h):
    """The panel's picture (h,w,3) in 0 … 1, not sharper than a microscope's camera."""
    f = panel.options["sharp"]
    a = np.clip(panel.picture(max(int(w * f), 32), max(int(h * f), 32)), 0, 1)
    image = Image.fromarray((a * 255 + 0.5).astype(np.uint8))
    return np.asarray(image.resize((w, h), Image.BICUBIC)).astype(np.float32) / 255


def marks(panel, sizes, w, h, a):
    """What is written on a micrograph of w x h points whose pixels are `a`: plates, bar and texts as (kind, x, y, w, h,
    text, size, colour). Texts stand on their baseline."""
    out = []

    def ink(x, y, dx, dy):
        """A colour that can be read there, and whether on a plate of the other."""
        rows, columns = a.shape[:2]
        part = a[
            int(max(0, y / h * rows)) : int((y + dy) / h * rows) + 1,
            int(max(0, x / w * columns)) : int((x + dx) / w * columns) + 1,
        ] @ [0.3, 0.6, 0.1]
        mean, spread = (float(part.mean()), float(part.std())) if part.size else (0, 0)
        return (
            ("ffffff", "000000", mean > 0.35 or spread > 0.18)
            if mean < 0.6
            else ("000000", "ffffff", mean < 0.7 or spread > 0.15)
        )

    size = sizes["note"]
    if panel.bar:
        text, share, thick = panel.bar
        long, wide = share * w, 0.55 * size * len(text)
        x, y = w - max(long, wide) - 6, h - 6 - thick
        colour, other, plate = ink(x, y - size - 4, max(long, wide), size + thick + 6)
        if plate:
            out.append(("rect", x - 4, y - size - 6, max(long, wide) + 10, size + thick + 12, "", 0, other))
        middle = x + max(long, wide) / 2
        out.append(("rect", middle - long / 2, y, long, thick, "", 0, colour))
        out.append(("text", middle, y - 0.35 * size - 1, 0, 0, text, size, colour, "middle"))
    if panel.note:
        wide = 0.62 * size * len(panel.note)
        colour, other, plate = ink(4, h - size - 4, wide, size)
        if plate:
            out.append(("rect", 2, h - 1.35 * size - 3, wide + 4, 1.35 * size + 1, "", 0, other))
        out.append(("text", 4, h - 0.3 * size - 3, 0, 0, panel.note, size, colour, "start"))
    return out


# ---- matplotlib

SHEETS = (
    "default",
    "default",
    "default",
    "classic",
    "bmh",
    "fast",
    "seaborn-v0_8-ticks",
    "seaborn-v0_8-whitegrid",
    "seaborn-v0_8-darkgrid",
    "seaborn-v0_8-paper",
)


def by_matplotlib(plan, rng, path):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.font_manager as fonts
    import matplotlib.pyplot as plt

    s = plan.sizes
    own = {
        "font.size": s["ticks"],
        "axes.labelsize": s["axis"],
        "xtick.labelsize": s["ticks"],
        "ytick.labelsize": s["ticks"],
        "legend.fontsize": s["legend"],
    }
    own |= {
        "axes.linewidth": 0.7,
        "xtick.major.width": 0.7,
        "ytick.major.width": 0.7,
        "lines.linewidth": float(rng.uniform(0.8, 2)),
        "lines.markersize": float(rng.uniform(2.5, 5)),
    }
    with plt.style.context([any_of(rng, SHEETS), own]):
        for face in FONTS[plan.font]:
            fonts.fontManager.addfont(str(font_file(face)))
        plt.rcParams["font.family"] = fonts.FontProperties(fname=str(font_file(FONTS[plan.font][0]))).get_name()
        fig, axes = plt.subplot_mosaic(
            plan.mosaic.replace(";", "\n"), figsize=(plan.width / 25.4, plan.height / 72), layout="constrained"
        )
        fig.set_facecolor("white")
        outside = any_of(rng, ["title", "annotation"])
        for p, name in zip(plan.panels, sorted(axes)):
            ax = axes[name]
            weight = "bold" if plan.letters["bold"] else "normal"
            if p.picture:
                w, h = p.box[2] - 14, p.box[3] - 18
                a = pixels(p, round(w * plan.dpi / 72), round(h * plan.dpi / 72))
                ax.imshow(a, extent=(0, w, h, 0), interpolation=any_of(rng, ["nearest", "auto"]), aspect="equal")
                ax.set_axis_off()
                fig.draw_without_rendering()
                # What is written in points stands in a picture that the layout has scaled.
                f = ax.get_window_extent().width / fig.dpi * 72 / w
                for kind, x, y, mw, mh, text, size, colour, *anchor in marks(
                    p, {k: v / f for k, v in s.items()}, w, h, a
                ):
                    if kind == "rect":
                        ax.add_patch(plt.Rectangle((x, y), mw, mh, fc="#" + colour, lw=0))
                    else:
                        ax.text(
                            x,
                            y,
                            text,
                            fontsize=size * f,
                            color="#" + colour,
                            ha={"middle": "center", "start": "left"}[anchor[0]],
                        )
                if p.letter and p.options["inside"]:
                    light = a[: a.shape[0] // 4, : a.shape[1] // 5].mean() < 0.5
                    ax.text(
                        0.03,
                        0.95,
                        p.letter,
                        transform=ax.transAxes,
                        va="top",
                        fontsize=plan.letters["size"],
                        weight=weight,
                        color="w" if light else "k",
                    )
                    continue
            else:
                plot(ax, fig, p, rng)
            if not p.letter:
                continue
            if outside == "title":
                ax.set_title(p.letter, loc="left", fontsize=plan.letters["size"], weight=weight)
            else:
                ax.annotate(
                    p.letter,
                    (0, 1),
                    (-14 if not p.picture else 0, 4),
                    xycoords="axes fraction",
                    textcoords="offset points",
                    fontsize=plan.letters["size"],
                    weight=weight,
                )
        fig.savefig(path, dpi=plan.dpi)
        plt.close(fig)


def plot(ax, fig, p, rng):
    colours = ["#" + c for c in p.colours]
    n = len(p.series)
    if p.kind == "bars":
        x = np.arange(len(p.groups))
        for k in range(n):
            errors = (
                {"yerr": p.values[k] * 0.08, "capsize": 2, "error_kw": {"lw": 0.7, "capthick": 0.7, "ecolor": "k"}}
                if p.options["grid"]
                else {}
            )
            ax.bar(
                x + (k - (n - 1) / 2) * 0.8 / n,
                p.values[k],
                0.8 / n,
                color=colours[k],
                label=p.series[k],
                edgecolor="k" if p.options["frame"] else "none",
                lw=0.6,
                **errors,
            )
        ax.set_xticks(x, p.groups)
    elif p.kind == "lines":
        for k in range(n):
            ax.plot(p.groups, p.values[k], any_of(rng, ["-", "-", "o-", "--"]), color=colours[k], label=p.series[k])
            if p.options["band"]:
                ax.fill_between(p.groups, p.values[k] - 0.5, p.values[k] + 0.5, color=colours[k], alpha=0.2, lw=0)
        if p.options["log"]:
            ax.set_yscale("symlog")
    elif p.kind == "scatter":
        for k in range(n):
            ax.scatter(p.groups, p.values[k], s=float(rng.uniform(8, 22)), color=colours[k], label=p.series[k])
    elif p.kind == "heat":
        image = ax.imshow(p.values, cmap=p.options["map"], aspect="auto")
        fig.colorbar(image, ax=ax)
    else:
        boxes = ax.boxplot(list(p.values), patch_artist=True, widths=0.6)
        ax.set_xticks(range(1, n + 1), p.groups)
        for k, box in enumerate(boxes["boxes"]):
            box.set_facecolor(colours[k])
    ax.set_xlabel(p.names[0])
    ax.set_ylabel(p.names[1])
    if n > 1 and p.kind in ("bars", "lines", "scatter"):
        ax.legend(frameon=p.options["frame"])
    if not p.options["frame"]:
        ax.spines[["top", "right"]].set_visible(False)


# ---- SVG, drawn by librsvg or LibreOffice


class Svg:
    """A document whose unit is the point."""

    def __init__(self, w, h, font):
        self.w, self.h, self.font, self.parts = w, h, font, []
        self.rect(0, 0, w, h, "ffffff")

    def rect(self, x, y, w, h, fill, stroke=None):
        line = f' stroke="#{stroke}" stroke-width="0.7"' if stroke else ""
        self.parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{w:.2f}" height="{h:.2f}"'
            f' fill="{"#" + fill if fill else "none"}"{line}/>'
        )

    def line(self, points, colour, width, fill="none", opacity=1.0, dashes=""):
        at = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        end = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.parts.append(
            f'<polyline points="{at}" fill="{fill}" fill-opacity="{opacity}"'
            f' stroke="{"#" + colour if colour else "none"}" stroke-width="{width:.2f}"{end}/>'
        )

    def circle(self, x, y, r, fill):
        self.parts.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}" fill="#{fill}"/>')

    def text(self, x, y, string, size, anchor="middle", bold=False, colour="000000", turn=0):
        rotate = f' transform="rotate({turn} {x:.2f} {y:.2f})"' if turn else ""
        weight = ' font-weight="bold"' if bold else ""
        self.parts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-family="{self.font}" font-size="{size:.2f}"'
            f'{weight} fill="#{colour}" text-anchor="{anchor}"{rotate}>{escape(string)}</text>'
        )

    def image(self, x, y, w, h, a):
        out = io.BytesIO()
        Image.fromarray((a * 255 + 0.5).astype(np.uint8)).save(out, "PNG")
        data = base64.b64encode(out.getvalue()).decode()
        self.parts.append(
            f'<image x="{x:.2f}" y="{y:.2f}" width="{w:.2f}" height="{h:.2f}"'
            f' preserveAspectRatio="none" xlink:href="data:image/png;base64,{data}"/>'
        )

    def document(self):
        head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        size = f'width="{self.w:.3f}pt" height="{self.h:.3f}pt" viewBox="0 0 {self.w:.3f} {self.h:.3f}"'
        return f'{head} {size}>{"".join(self.parts)}</svg>'


def nice(low, high):
    """Three to six ticks."""
    step = 10 ** math.floor(math.log10(high - low))
    step = next(step * f for f in (0.1, 0.2, 0.5, 1, 2) if (high - low) / (step * f) <= 5.5)
    return [round(k * step, 6) for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def svg_chart(svg, p, box, s, rng):
    import matplotlib

    left, top, w, h = box
    n, line = len(p.series), float(rng.uniform(0.5, 1))
    legend = n > 1 and p.kind in ("bars", "lines", "scatter")
    x0, x1 = left + 2.2 * s["ticks"] + 1.6 * s["axis"] + 6, left + w - 6
    # A row of the legend, or one below the other where they have no room.
    widths = [(2.4 + 0.6 * len(name)) * s["legend"] for name in p.series] if legend else []
    below = sum(widths) > x1 - x0
    y0 = top + h - 1.5 * s["ticks"] - 1.6 * s["axis"] - 4
    y1 = top + 2 + 1.6 * s["legend"] * (len(widths) if below else min(1, len(widths)))
    if p.kind == "heat":
        rows, columns = p.values.shape
        palette = matplotlib.colormaps[p.options["map"]]
        for r in range(rows):
            for c in range(columns):
                colour = matplotlib.colors.to_hex(palette(p.values[r, c]))[1:]
                svg.rect(
                    x0 + (x1 - x0) * c / columns,
                    y1 + (y0 - y1) * r / rows,
                    (x1 - x0) / columns,
                    (y0 - y1) / rows,
                    colour,
                    "ffffff" if p.options["grid"] else None,
                )
            svg.text(x0 - 4, y1 + (y0 - y1) * (r + 0.5) / rows + 0.35 * s["ticks"], str(r + 1), s["ticks"], "end")
        for c in range(columns):
            svg.text(x0 + (x1 - x0) * (c + 0.5) / columns, y0 + 1.2 * s["ticks"], str(c + 1), s["ticks"])
    else:
        low = 0 if p.kind == "bars" else float(p.values.min()) - 0.5
        high = float(p.values.max()) * 1.08 + 0.3
        at = lambda v: y0 - (v - low) / (high - low) * (y0 - y1)
        for v in nice(low, high):
            if p.options["grid"]:
                svg.line([(x0, at(v)), (x1, at(v))], "d0d0d0", 0.5)
            svg.line([(x0 - 3, at(v)), (x0, at(v))], "000000", line)
            svg.text(x0 - 5, at(v) + 0.35 * s["ticks"], f"{v:g}".replace("-", "−"), s["ticks"], "end")
        if p.kind in ("bars", "boxes"):
            count = len(p.groups)
            for g in range(count):
                step = (x1 - x0) / count
                if p.kind == "bars":
                    for k in range(n):
                        svg.rect(
                            x0 + step * (g + 0.12 + 0.76 * k / n),
                            at(p.values[k, g]),
                            step * 0.76 / n,
                            y0 - at(p.values[k, g]),
                            p.colours[k],
                            "000000" if p.options["frame"] else None,
                        )
                else:
                    q = np.percentile(p.values[g], (5, 25, 50, 75, 95))
                    middle, half = x0 + step * (g + 0.5), step * 0.25
                    for a, b in ((q[0], q[1]), (q[3], q[4])):
                        svg.line([(middle, at(a)), (middle, at(b))], "000000", line)
                    for end in (q[0], q[4]):
                        svg.line([(middle - half / 2, at(end)), (middle + half / 2, at(end))], "000000", line)
                    svg.rect(middle - half, at(q[3]), 2 * half, at(q[1]) - at(q[3]), p.colours[g], "000000")
                    svg.line([(middle - half, at(q[2])), (middle + half, at(q[2]))], "000000", line)
                svg.text(x0 + step * (g + 0.5), y0 + 1.25 * s["ticks"] + 2, str(p.groups[g]), s["ticks"])
        else:
            first, last = min(p.groups), max(p.groups)
            across = lambda v: x0 + (0.04 + 0.92 * (v - first) / (last - first)) * (x1 - x0)
            width = float(rng.uniform(0.8, 2))
            for k in range(n):
                points = [(across(x), at(v)) for x, v in zip(p.groups, p.values[k])]
                if p.kind == "lines":
                    if p.options["band"]:
                        band = [(x, y - 6) for x, y in points] + [(x, y + 6) for x, y in reversed(points)]
                        svg.line(band, "", 0, "#" + p.colours[k], 0.2)
                    svg.line(points, p.colours[k], width, dashes=any_of(rng, ["", "", "", "4 2"]))
                else:
                    for x, y in points:
                        svg.circle(x, y, float(1.2 + width / 2), p.colours[k])
            for v in nice(first, last):
                svg.line([(across(v), y0), (across(v), y0 + 3)], "000000", line)
                svg.text(across(v), y0 + 1.25 * s["ticks"] + 2, f"{v:g}", s["ticks"])
        if p.options["frame"]:
            svg.line([(x0, y1), (x1, y1), (x1, y0), (x0, y0), (x0, y1)], "000000", line)
        else:
            svg.line([(x0, y1), (x0, y0), (x1, y0)], "000000", line)
    svg.text((x0 + x1) / 2, y0 + 1.25 * s["ticks"] + 1.3 * s["axis"] + 2, p.names[0], s["axis"])
    svg.text(left + s["axis"] + 1, (y0 + y1) / 2, p.names[1], s["axis"], turn=-90)
    x, y = x0 + 4, top
    for k, wide in enumerate(widths):
        svg.rect(x, y + 0.3 * s["legend"], s["legend"], 0.8 * s["legend"], p.colours[k])
        svg.text(x + 1.4 * s["legend"], y + s["legend"], p.series[k], s["legend"], "start")
        x, y = (x, y + 1.6 * s["legend"]) if below else (x + wide, y)


def as_svg(plan, rng):
    family = ImageFont.truetype(str(font_file(FONTS[plan.font][0])), 20).getname()[0]
    svg = Svg(*plan.points, family)
    size = plan.letters["size"]
    for p in plan.panels:
        left, top, w, h = p.box
        lettered = size + 2 if any(q.letter for q in plan.panels) else 2
        box = left + 5, top + lettered, w - 9, h - lettered - 5
        inside = p.picture and p.options["inside"]
        colour = "000000"
        if p.picture:
            if inside:
                box = left + 4, top + 4, w - 8, h - 8
            a = pixels(p, round(box[2] * plan.dpi / 72), round(box[3] * plan.dpi / 72))
            svg.image(*box, a)
            for kind, x, y, mw, mh, text, points, ink, *anchor in marks(p, plan.sizes, box[2], box[3], a):
                if kind == "rect":
                    svg.rect(box[0] + x, box[1] + y, mw, mh, ink)
                else:
                    svg.text(box[0] + x, box[1] + y, text, points, anchor[0], colour=ink)
            if inside:
                colour = "ffffff" if a[: a.shape[0] // 4, : a.shape[1] // 5].mean() < 0.5 else "000000"
        else:
            svg_chart(svg, p, box, plan.sizes, rng)
        if p.letter:
            at = (left + 8, top + size + 6) if inside else (left + 3, top + size)
            svg.text(*at, p.letter, size, "start", plan.letters["bold"], colour)
    return svg.document()


def by_librsvg(plan, rng, path):
    w = int(plan.width / 25.4 * plan.dpi)
    subprocess.run(
        ["rsvg-convert", "-w", str(w), "--keep-aspect-ratio", "-o", str(path)],
        input=as_svg(plan, rng).encode(),
        check=True,
    )


def by_libreoffice(plan, rng, path):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "f.svg").write_text(as_svg(plan, rng), encoding="utf-8")
        command = [
            "soffice",
            f"-env:UserInstallation=file://{tempfile.gettempdir()}/check-set-libreoffice",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
        ]
        subprocess.run(
            [*command, f"{folder}/f.svg"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        w = int(plan.width / 25.4 * plan.dpi)
        subprocess.run(
            [
                "pdftoppm",
                "-singlefile",
                "-png",
                "-scale-to-x",
                str(w),
                "-scale-to-y",
                "-1",
                f"{folder}/f.pdf",
                str(path.with_suffix("")),
            ],
            check=True,
        )


# ---- JFreeChart and Pillow


class Charts:
    """The process that draws them."""

    _java = None

    @classmethod
    def draw(cls, p, w, h, plan, path):
        if cls._java is None:
            source = Path(jfreechart.__file__).parent / "CheckCharts.java"
            command = ["java", "-Xmx400m", "-Djava.awt.headless=true", "-cp", str(jfreechart.JAR), str(source)]
            cls._java = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
            )
        s = plan.sizes
        family = ImageFont.truetype(str(font_file(FONTS[plan.font][0])), 20).getname()[0]
        values = "|".join(",".join(f"{v:.4f}" for v in row) for row in p.values)
        fields = [
            p.kind,
            path,
            w,
            h,
            plan.dpi,
            family,
            s["ticks"],
            s["axis"],
            s["legend"],
            ",".join("#" + c for c in p.colours),
        ]
        # JFreeChart's own plate is of a grey that some colours cannot be told from.
        plate = "c0c0c0" if all(apart(c, "c0c0c0", VISIONS) >= 18 for c in p.colours) else "ffffff"
        fields += ["|".join(p.series), "|".join(map(str, p.groups)), values, *p.names, "#" + plate]
        cls._java.stdin.write("\t".join(map(str, fields)) + "\n")
        cls._java.stdin.flush()
        if cls._java.stdout.readline().strip() != "done":
            raise RuntimeError("JFreeChart did not draw the chart; see above")


def by_jfreechart(plan, rng, path):
    scale = plan.dpi / 72
    page = Image.new("RGB", (int(plan.points[0] * scale), int(plan.height * scale)), "white")
    draw = ImageDraw.Draw(page)
    face = lambda points, bold=False: ImageFont.truetype(str(font_file(FONTS[plan.font][bold])), points * scale)
    size = plan.letters["size"]
    for p in plan.panels:
        left, top, w, h = p.box
        lettered = size + 2 if any(q.letter for q in plan.panels) else 2
        box = left + 4, top + lettered, w - 8, h - lettered - 4
        inside, colour = p.picture and p.options["inside"], "black"
        if p.picture:
            if inside:
                box = left + 4, top + 4, w - 8, h - 8
            x0, y0 = round(box[0] * scale), round(box[1] * scale)
            a = pixels(p, round(box[2] * scale), round(box[3] * scale))
            page.paste(Image.fromarray((a * 255 + 0.5).astype(np.uint8)), (x0, y0))
            for kind, x, y, mw, mh, text, points, ink, *anchor in marks(p, plan.sizes, box[2], box[3], a):
                at = x0 + x * scale, y0 + y * scale
                if kind == "rect":
                    draw.rectangle(
                        [
                            round(at[0]),
                            round(at[1]),
                            round(at[0] + mw * scale) - 1,
                            max(round(at[1]), round(at[1] + mh * scale) - 1),
                        ],
                        fill="#" + ink,
                    )
                else:
                    draw.text(
                        at, text, fill="#" + ink, font=face(points), anchor={"middle": "ms", "start": "ls"}[anchor[0]]
                    )
            if inside:
                colour = "white" if a[: a.shape[0] // 4, : a.shape[1] // 5].mean() < 0.5 else "black"
        else:
            with tempfile.NamedTemporaryFile(suffix=".png") as file:
                Charts.draw(p, box[2], box[3], plan, file.name)
                page.paste(Image.open(file.name), (round(box[0] * scale), round(box[1] * scale)))
        if p.letter:
            at = (left + 8, top + size + 6) if inside else (left + 3, top + size)
            draw.text(
                (at[0] * scale, at[1] * scale),
                p.letter,
                fill=colour,
                font=face(size, plan.letters["bold"]),
                anchor="ls",
            )
    page.save(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--half", choices=HALVES, required=True, help="rules are tuned on tune and reported on test")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=48)
    parser.add_argument("--sheet", type=Path, help="a picture of all of them")
    a = parser.parse_args()
    real.files = files_of(a.half, real.files)
    folder = a.out / a.half
    folder.mkdir(parents=True, exist_ok=True)
    shown = []
    for k in range(a.first, a.first + a.count):
        p = plan(a.half, k)
        path = folder / f"{k:02d}-{p.renderer}.png"
        globals()["by_" + p.renderer](p, np.random.default_rng(p.seed), path)
        record = {
            "width": p.width,
            "dpi": round(p.dpi, 1),
            "renderer": p.renderer,
            "font": p.font,
            "panels": [q.kind for q in p.panels],
            "planted": p.planted,
        }
        path.with_suffix(".json").write_text(
            json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        shown.append(path)
    if a.sheet:
        cell, across = 420, 6
        sheet = Image.new("RGB", (across * cell, -(-len(shown) // across) * cell), "#888888")
        for k, path in enumerate(shown):
            image = Image.open(path).convert("RGB")
            image.thumbnail((cell - 8, cell - 8), Image.LANCZOS)
            sheet.paste(image, (k % across * cell + 4, k // across * cell + 4))
        sheet.save(a.sheet)


if __name__ == "__main__":
    main()
