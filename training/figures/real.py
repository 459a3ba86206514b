"""Photographs, textures, cut-outs and icons from Debian packages; docs/DATA.md lists the packages with their licences.

Files are found once (`python -m figures.real` from the folder above; at first use otherwise), reduced to at most 1400 pixels and kept as arrays
in a cache folder (`FIGURES_CACHE`, by default `~/.cache/layered-figures`), from where they are memory-mapped. Development figures have files of their own: a
quarter, by a hash of the name, so that the dark and the light version of a picture are on the same side.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from .canvas import Frame, Patch, Point
from .textures import Painter, Rng, Window, blurred

Image.MAX_IMAGE_PIXELS = None
SHARE = Path("/usr/share")
# Debian packages of pictures that fill a frame, and of pictures with a transparent background.
PHOTOS = {
    "backgrounds": ("gnome-backgrounds, mate-backgrounds, lomiri-wallpapers-16.04 and -20.04, ukui-wallpapers", "**/*"),
    "wallpapers": ("plasma-workspace-wallpapers", "*/contents/images/*"),
    "palapeli/collection": ("palapeli-data", "**/*"),
    "games/supertuxkart/data": ("supertuxkart-data", "**/*", 0.3),
    "mypaint/backgrounds": ("mypaint-data-extras", "**/*"),
}
CUTOUTS = {"tuxpaint/stamps": ("tuxpaint-stamps-default", "**/*", 1.0)}
ICONS = {
    "openclipart/png": ("openclipart-png", "**/*", 0.25),
    "icons/oxygen/base/128x128": ("oxygen-icon-theme", "**/*", 0.6),
    "icons/Tango/scalable": ("tango-icon-theme", "**/*", 1.0),
}
# Maps of a game's textures that are no pictures: of slopes, shine, shadows.
_MAP = re.compile(r"(_nm|normal|gloss|_ao|rough|metal(lic|ness)|emit|emissive|height|specular)[^/]*$", re.IGNORECASE)
_TEXTURES = ("games/", "mypaint/")  # folders of textures; the rest are photographs and wallpapers
_SIDE = {"photo": 1400, "cutout": 480, "icon": 200}


def cache() -> Path:
    return Path(os.environ.get("FIGURES_CACHE", Path.home() / ".cache" / "layered-figures"))


def _share(text: str) -> float:
    """A number from 0 to 1 out of a name, the same everywhere."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2.0**48


def split_of(path: str) -> str:
    """The side a file is on. Versions of one picture (sizes, dark and light) have one name for this."""
    p = Path(path)
    name = (
        p.parts[-4]
        if "contents" in p.parts
        else p.parts[-2] if set(p.parts) & {"tracks", "karts", "library"} else p.stem
    )
    return (
        "heldout"
        if _share(re.sub(r"([-_ ]*(d|l|dark|light|[a-z]|base_?color|diffuse|\d+(x\d+)?))+$", "", name.lower()) or name)
        < 0.25
        else "train"
    )


def _decoded(path: Path, side: int) -> Image.Image:
    if path.suffix == ".svg":
        with tempfile.NamedTemporaryFile(suffix=".png") as out:
            subprocess.run(
                ["rsvg-convert", "--keep-aspect-ratio", "-w", str(side), "-h", str(side), "-o", out.name, str(path)],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=30,
            )
            return Image.open(out.name).convert("RGBA")
    image = Image.open(path)
    image.draft("RGB", (side, side))
    image = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
    image.thumbnail((side, side), Image.LANCZOS)
    return image


def _array(path: Path, kind: str) -> np.ndarray | None:
    """The pixels of a file, or nothing if it does not suit."""
    a = np.asarray(_decoded(path, _SIDE[kind]))
    if kind == "photo":
        return (
            a[..., :3]
            if min(a.shape[:2]) >= 200 and a[..., :3].std() > 12 and (a.shape[2] == 3 or a[..., 3].min() == 255)
            else None
        )
    if a.shape[2] < 4 or min(a.shape[:2]) < 40 or not 20 < a[..., 3].mean() < 235 or (a[..., 3] < 8).mean() < 0.1:
        return None
    y, x = np.nonzero(a[..., 3] > 8)
    return a[y.min() : y.max() + 1, x.min() : x.max() + 1]


def _kept(path: Path) -> Path:
    return cache() / (hashlib.sha256(str(path).encode()).hexdigest()[:20] + ".npy")


def prepare() -> dict[str, list[str]]:
    """Finds, reduces and keeps the files; returns those of each kind."""
    cache().mkdir(parents=True, exist_ok=True)
    found: dict[str, list[str]] = {}
    for kind, sources in (("photo", PHOTOS), ("cutout", CUTOUTS), ("icon", ICONS)):
        paths: dict[str, Path] = {}
        for folder, (_, pattern, *share) in sources.items():
            for p in sorted((SHARE / folder).glob(pattern)):
                if (
                    p.suffix.lower() not in (".jpg", ".jpeg", ".png", ".webp", ".svg")
                    or p.is_symlink()
                    or not p.is_file()
                ):
                    continue
                if (
                    (kind == "photo" and (p.suffix == ".svg" or p.stat().st_size < 40000))
                    or (share and _share(str(p)) >= share[0])
                    or "logos" in p.parts
                ):
                    continue
                key = str(p.parent.parent.parent) if "contents" in p.parts else str(p)  # one size of a wallpaper
                paths[key] = p
        found[kind] = []
        for p in paths.values():
            try:
                a = _array(p, kind)
            except (OSError, ValueError, subprocess.SubprocessError):
                continue
            if a is not None:
                with tempfile.NamedTemporaryFile(dir=cache(), suffix=".tmp", delete=False) as out:
                    np.save(out, a)
                os.replace(out.name, _kept(p))
                found[kind].append(str(p.relative_to(SHARE)))
        found[kind].sort()
    with tempfile.NamedTemporaryFile("w", dir=cache(), suffix=".tmp", delete=False) as out:
        json.dump(found, out)
    os.replace(out.name, cache() / "index.json")
    return found


@lru_cache(None)
def files(kind: str, split: str) -> tuple[str, ...]:
    index = cache() / "index.json"
    found = json.loads(index.read_text()) if index.exists() else prepare()
    chosen = tuple(f for f in found[kind] if split_of(f) == split and not _MAP.search(f))
    if not chosen:
        raise FileNotFoundError(
            f"no {kind} of the split {split}: install the Debian packages that docs/DATA.md names, and delete {index}"
        )
    return chosen


@lru_cache(512)
def _pixels(name: str) -> np.ndarray:
    return np.load(_kept(SHARE / name), mmap_mode="r")


def _crop(rng: Rng, split: str, low: float, high: float, textures: float) -> Painter:
    """A part of a photograph, or with a chance of `textures` of a texture, between `low` and `high` of what fits, as it fills any box."""
    texture = bool(rng.random() < textures)
    names = [f for f in files("photo", split) if f.startswith(_TEXTURES) == texture]
    picture, zoom, at, flip = (
        _pixels(names[rng.integers(len(names))]),
        float(rng.uniform(low, high)),
        rng.random(2),
        rng.random() < 0.5,
    )

    def paint(w: int, h: int) -> np.ndarray:
        rows, columns = picture.shape[:2]
        scale = min(columns / w, rows / h) * zoom
        cw, ch = max(int(w * scale), 2), max(int(h * scale), 2)
        x, y = int(at[0] * (columns - cw)), int(at[1] * (rows - ch))
        part = np.asarray(
            Image.fromarray(np.ascontiguousarray(picture[y : y + ch, x : x + cw])).resize(
                (w, h), Image.BICUBIC if scale < 1 else Image.BOX if scale > 4 else Image.LANCZOS
            )
        )
        return (part[:, ::-1] if flip else part).astype(np.float32) / np.float32(255)

    return paint


def photo(rng: Rng, split: str) -> tuple[Painter, str]:
    """A photograph or a part of one, now and then darker, paler, softer or grey."""
    crop, gamma, fade = (
        _crop(rng, split, 0.3, 1, 0.3),
        float(np.exp(rng.normal(0, 0.25))),
        float(rng.choice([0, 0, 0, 0.3, 0.55])),
    )
    grey, soft, noise = rng.random() < 0.12, float(rng.choice([0, 0, 0, 0.004, 0.01])), float(rng.choice([0, 0, 0.02]))
    towards, window = float(rng.choice([0, 1])), Window(rng, split)

    def paint(w: int, h: int) -> np.ndarray:
        rgb = crop(w, h) ** np.float32(gamma)
        if grey:
            rgb = np.repeat(rgb.mean(-1, keepdims=True), 3, -1)
        if soft:
            rgb = blurred(rgb, soft * min(w, h))
        return rgb + (towards - rgb) * np.float32(fade) + window.noise(w, h)[..., None] * np.float32(noise)

    return paint, "photo"


_DYES = ((0, 1, 0.25), (1, 0, 0.8), (0, 0.75, 1), (1, 0.25, 0.1), (1, 0.85, 0), (0.3, 0.45, 1), (1, 1, 1))


def micrograph(rng: Rng, split: str) -> tuple[Painter, str]:
    """A close part of a photograph as a microscope would show it: grey, a dye on black, or stained; with noise and an uneven light."""
    crop, kind = _crop(rng, split, 0.08, 0.45, 0.6), str(
        rng.choice(["electron", "electron", "bright field", "fluorescence", "stain", "merge"])
    )
    second, inverted, gamma = _crop(rng, split, 0.08, 0.45, 0.6), rng.random() < 0.5, float(rng.uniform(0.7, 1.6))
    dye, other = (np.array(_DYES[i], np.float32) for i in rng.choice(len(_DYES), 2, replace=False))
    dark, pale = rng.uniform(0, 0.5, 3).astype(np.float32) * (1, 0.5, 1), rng.uniform(0.75, 1, 3).astype(np.float32)
    noise, uneven, window = float(rng.uniform(0.01, 0.07)), float(rng.uniform(0, 0.35)), Window(rng, split)

    def paint(w: int, h: int) -> np.ndarray:
        def field(source: Painter) -> np.ndarray:
            x = source(w, h) @ np.array([0.3, 0.5, 0.2], np.float32)
            low, high = np.percentile(x[::3, ::3], (1, 99.5))
            x = np.clip((x - low) / max(high - low, 0.05), 0, 1)
            return (1 - x if inverted else x) ** np.float32(gamma)

        x = field(crop)
        y_, x_ = np.linspace(-1, 1, h, dtype=np.float32)[:, None], np.linspace(-1, 1, w, dtype=np.float32)[None]
        grain, light = window.noise(w, h) * np.float32(noise), 1 - uneven * 0.5 * (x_ * x_ + y_ * y_)
        if kind == "electron":
            rgb = np.repeat((x * light + grain)[..., None], 3, -1)
        elif kind == "bright field":
            rgb = (pale * 0.85 + (x[..., None] - 0.5) * 0.45) * light[..., None] + grain[..., None]
        elif kind == "stain":
            rgb = (dark + x[..., None] * (pale - dark)) * light[..., None] + grain[..., None] * 0.5
        else:
            spots = np.clip(x * 1.5 - 0.45, 0, 1) ** 1.3
            rgb = (spots * light + np.abs(grain) * 0.6)[..., None] * dye
            if kind == "merge":
                rgb = 1 - (1 - np.clip(rgb, 0, 1)) * (
                    1 - np.clip(np.clip(field(second) * 1.5 - 0.5, 0, 1)[..., None] * other, 0, 1)
                )
        return rgb

    names = {"electron": "electron micrograph", "bright field": "bright-field micrograph", "stain": "stained section"}
    return paint, names.get(kind, "fluorescence micrograph")


def thing(rng: Rng, split: str, at: Point, size: float, kind: str = "cutout", turn: float = 0.0):
    """Draws a cut-out whose longer side is `size` of the figure's shorter side, its middle at a point."""
    names = files(kind, split)
    pixels, flip = _pixels(names[rng.integers(len(names))]), rng.random() < 0.5

    def draw(frame: Frame) -> Patch:
        rows, columns = pixels.shape[:2]
        scale = size * frame.unit / max(rows, columns)
        w, h = max(round(columns * scale), 2), max(round(rows * scale), 2)
        a = np.asarray(pixels, np.float32) / 255
        a = np.concatenate([a[..., :3] * a[..., 3:], a[..., 3:]], -1)[
            :, :: -1 if flip else 1
        ]  # premultiplied, or what is under alpha 0 bleeds
        if turn:
            a = Patch(0, 0, np.ascontiguousarray(a)).turned(turn).rgba
            h, w = max(round(a.shape[0] * scale), 2), max(round(a.shape[1] * scale), 2)
        planes = [
            np.asarray(
                Image.fromarray(np.ascontiguousarray(a[..., c])).resize(
                    (w, h), Image.BOX if scale < 0.25 else Image.BILINEAR
                )
            )
            for c in range(4)
        ]
        rgba = np.clip(np.stack(planes, -1), 0, 1)
        rgba[..., :3] = np.minimum(rgba[..., :3], rgba[..., 3:])
        x, y = round(at[0] * frame.width - w / 2), round(at[1] * frame.height - h / 2)
        u0, v0, u1, v1 = max(-x, 0), max(-y, 0), min(w, frame.width - x), min(h, frame.height - y)
        if u1 <= u0 or v1 <= v0:
            return Patch(0, 0, np.zeros((0, 0, 4), np.float32))
        return Patch(x + u0, y + v0, np.ascontiguousarray(rgba[v0:v1, u0:u1]))

    return draw


if __name__ == "__main__":
    print({kind: len(names) for kind, names in prepare().items()}, "in", cache())
