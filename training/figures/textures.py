"""Pictures: synthetic micrographs and photo-like scenes, made of noise fields, drawn objects and simple light.

A painter draws its random numbers when it is made and then renders at any size. Fields come from a small bank of periodic noise
that is made once per process; training and held-out figures have banks of their own and, in part, other kinds of pictures.
"""
from __future__ import annotations

from functools import lru_cache
from typing import Callable

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

Rng = np.random.Generator
Painter = Callable[[int, int], np.ndarray]   # width, height -> (h,w,3) in [0,1]
BANK = 512
_STREAM = {"train": 11, "heldout": 12}


@lru_cache(None)
def bank(split: str) -> dict[str, np.ndarray]:
    """Fields (512,512) f32 in [0,1]: clouds of four roughnesses, and cell patterns of three sizes (distance to the border)."""
    rng = np.random.default_rng(_STREAM[split])
    f = np.hypot(np.fft.fftfreq(BANK)[:, None], np.fft.fftfreq(BANK)[None]) * BANK
    f[0, 0] = 1
    fields = {}
    for name, slope in (("soft", 2.6), ("cloud", 2.0), ("rough", 1.6), ("grit", 1.0)):
        spectrum = np.fft.fft2(rng.normal(size=(BANK, BANK))) * f ** -slope
        spectrum[0, 0] = 0
        x = np.real(np.fft.ifft2(spectrum))
        low, high = np.percentile(x, (1, 99))
        fields[name] = np.clip((x - low) / (high - low), 0, 1).astype(np.float32)
    y, x = np.mgrid[0:BANK, 0:BANK]
    where = np.stack([x, y], -1).reshape(-1, 2) + np.stack([fields["cloud"], fields["cloud"].T], -1).reshape(-1, 2) * 18
    for name, count in (("large", 60), ("medium", 220), ("small", 900)):
        points = rng.random((count, 2)) * (BANK + 40) - 10
        distance, index = cKDTree(points).query(where, k=2)
        fields[f"{name} border"] = ((distance[:, 1] - distance[:, 0]) / np.sqrt(BANK * BANK / count)).reshape(BANK, BANK).clip(0, 1).astype(np.float32)
        fields[f"{name} middle"] = (distance[:, 0] / np.sqrt(BANK * BANK / count)).reshape(BANK, BANK).clip(0, 1).astype(np.float32)
        fields[f"{name} id"] = rng.random(count)[index[:, 0]].reshape(BANK, BANK).astype(np.float32)
    fields["white"] = rng.normal(size=(BANK, BANK)).astype(np.float32)
    return fields


class Window:
    """A part of the bank, drawn once, looked at in any size."""

    def __init__(self, rng: Rng, split: str, zoom: float = 1.0) -> None:
        """`zoom` is the share of the bank that the longer side sees."""
        self.fields, self.zoom = bank(split), zoom
        self.at, self.turn = rng.random(2), int(rng.integers(8))

    def __call__(self, name: str, w: int, h: int, stretch: float = 1.0) -> np.ndarray:
        """A field (h,w); `stretch` > 1 draws it out along x."""
        field = self.fields[name]
        if self.turn & 1:
            field = field[::-1]
        if self.turn & 2:
            field = field[:, ::-1]
        if self.turn & 4:
            field = field.T
        bw, bh = self.zoom * BANK * w / max(w, h) / stretch, self.zoom * BANK * h / max(w, h)
        x, y = self.at[0] * max(BANK - bw, 0), self.at[1] * max(BANK - bh, 0)
        box = (x, y, min(x + bw, BANK), min(y + bh, BANK))
        return np.asarray(_image(field).resize((w, h), Image.BILINEAR, box=box))

    def noise(self, w: int, h: int) -> np.ndarray:
        """White noise (h,w), pixel by pixel."""
        y, x = (int(v * BANK) for v in self.at)
        field = self.fields["white"]
        return np.take(np.take(field, np.arange(y, y + h) % BANK, 0), np.arange(x, x + w) % BANK, 1)


def _image(field: np.ndarray) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(field))


def blurred(x: np.ndarray, sigma: float) -> np.ndarray:
    if sigma < .3:
        return x
    return gaussian_filter1d(gaussian_filter1d(x, sigma, 0, truncate=3), sigma, 1, truncate=3)


def _unit(colour) -> np.ndarray:
    return np.array(colour, np.float32) / 255


class _Pen:
    """Grey drawing, twice as large, area-averaged."""

    def __init__(self, w: int, h: int) -> None:
        self.w, self.h, self.unit = w, h, 2 * min(w, h)
        self.image = Image.new("L", (w * 2, h * 2))
        self.draw = ImageDraw.Draw(self.image)

    def blob(self, cx: float, cy: float, a: float, b: float, turn: float, fill: int, wobble: np.ndarray | None = None) -> None:
        """A turned ellipse; radii in shorter sides; `wobble` (n,) makes it irregular."""
        n = 20 if wobble is None else len(wobble)
        t = np.arange(n) * (2 * np.pi / n)
        r = 1 if wobble is None else 1 + wobble
        x, y = np.cos(t) * a * r, np.sin(t) * b * r
        c, s = np.cos(turn), np.sin(turn)
        px, py = cx * self.w * 2 + (x * c - y * s) * self.unit, cy * self.h * 2 + (x * s + y * c) * self.unit
        self.draw.polygon(list(zip(px.tolist(), py.tolist())), fill=fill)

    def path(self, start: np.ndarray, turns: np.ndarray, step: float, width: float, fill: int) -> np.ndarray:
        """A walk; returns its points in fractions."""
        p = np.stack([np.cos(turns), np.sin(turns)], 1).cumsum(0) * step * self.unit + start * (self.w * 2, self.h * 2)
        self.draw.line([tuple(q) for q in p.tolist()], fill=fill, width=max(1, round(width * self.unit)), joint="curve")
        return p / (self.w * 2, self.h * 2)

    def field(self) -> np.ndarray:
        a = np.asarray(self.image, np.float32)
        return (a[0::2, 0::2] + a[1::2, 0::2] + a[0::2, 1::2] + a[1::2, 1::2]) * np.float32(1 / 1020)


# ---- channels of a fluorescence micrograph ---------------------------------------------------------------------------

def _nuclei(r: Rng, w: int, h: int, density: float) -> np.ndarray:
    pen = _Pen(w, h)
    size = r.uniform(.04, .09)
    for _ in range(int(density * .09 / size ** 2 * .6) + 3):
        a = size * r.uniform(.75, 1.3)
        pen.blob(r.random(), r.random(), a, a * r.uniform(.6, 1), r.random() * 6.3, int(r.integers(110, 256)), r.normal(0, .05, 16))
    return pen.field()


def _spots(r: Rng, w: int, h: int, density: float) -> np.ndarray:
    pen = _Pen(w, h)
    for _ in range(int(70 * density) + 5):
        a = r.uniform(.005, .018)
        pen.blob(r.random(), r.random(), a, a, 0, int(r.integers(120, 256)))
    return pen.field()


def _filaments(r: Rng, w: int, h: int, density: float) -> np.ndarray:
    pen = _Pen(w, h)
    common, spread = r.random() * 6.3, r.uniform(.2, 3)
    for _ in range(int(26 * density) + 5):
        pen.path(r.random(2) * 1.2 - .1, common + r.normal(0, spread) + r.normal(0, .16, 26).cumsum(), .045, r.uniform(.004, .011), int(r.integers(80, 240)))
    return pen.field()


def _neurons(r: Rng, w: int, h: int, density: float) -> np.ndarray:
    pen = _Pen(w, h)
    for _ in range(int(3 * density) + 2):
        at = r.random(2)
        for _ in range(int(r.integers(3, 7))):
            trunk = pen.path(at, r.random() * 6.3 + r.normal(0, .14, 14).cumsum(), .03, .011, int(r.integers(120, 220)))
            for k in r.integers(3, 14, 2):
                pen.path(trunk[k], r.random() * 6.3 + r.normal(0, .2, 8).cumsum(), .022, .006, int(r.integers(90, 200)))
        pen.blob(*at, .035, .028, r.random() * 3, 255, r.normal(0, .1, 12))
    return pen.field()


def _rods(r: Rng, w: int, h: int, density: float) -> np.ndarray:
    pen = _Pen(w, h)
    length = r.uniform(.02, .05)
    for _ in range(int(45 * density) + 6):
        pen.blob(r.random(), r.random(), length * r.uniform(.7, 1.3), length * .3, r.random() * 3.2, int(r.integers(120, 256)))
    return pen.field()


_CHANNELS = {"train": {"nuclei": _nuclei, "spots": _spots, "filaments": _filaments},
             "heldout": {"nuclei": _nuclei, "neurons": _neurons, "rods": _rods}}
_GLOW = [(0, 255, 60), (255, 0, 200), (0, 190, 255), (255, 60, 40), (255, 220, 0), (80, 110, 255), (255, 255, 255)]
MICROGRAPHS = {"train": ("fluorescence", "fluorescence", "merge", "merge", "tissue", "electron", "bright field"),
               "heldout": ("fluorescence", "merge", "merge", "phase contrast", "tissue", "blot")}


def micrograph(rng: Rng, split: str, kind: str | None = None) -> tuple[Painter, str]:
    """A synthetic micrograph and what it is called. PSF blur, then noise that grows with the signal."""
    kind = kind or str(rng.choice(MICROGRAPHS[split]))
    seed, window = int(rng.integers(2**32)), Window(rng, split, float(rng.uniform(.35, 1)))
    noise, density, blur = float(rng.uniform(.006, .05)), float(rng.uniform(.5, 1.4)), float(rng.uniform(.003, .012))
    names = list(_CHANNELS[split])
    rng.shuffle(names)
    names = names[:1] if kind == "fluorescence" else names[:int(rng.integers(2, 4))]
    glow = [_GLOW[i] for i in rng.permutation(len(_GLOW) - (kind == "merge"))[:len(names)]]
    glow = [_unit(c if rng.random() < .6 else tuple(int(v) for v in rng.integers(40, 256, 3))) for c in glow]
    warm = rng.uniform(-.05, .05, 3).astype(np.float32)

    def paint(w: int, h: int) -> np.ndarray:
        r, unit = np.random.default_rng(seed), min(w, h)
        grain = window.noise(w, h)[..., None] * np.float32(noise)
        haze = window("soft", w, h)[..., None]
        if kind in ("fluorescence", "merge"):
            rgb = np.zeros((h, w, 3), np.float32) + .03
            for name, colour in zip(names, glow):
                signal = blurred(_CHANNELS[split][name](r, w, h, density), max(.5, blur * unit))
                signal = signal * (.75 + .5 * window("rough", w, h)) + .1 * haze[..., 0] * signal.mean() * 2
                rgb += signal[..., None] * colour
            return rgb + grain * (.4 + 1.5 * rgb)
        if kind == "tissue":
            border, cell = window("small border" if density < 1 else "medium border", w, h), window("cloud", w, h)
            nuclei = blurred(_nuclei(r, w, h, density * .8), .004 * unit)
            pink = np.array([.93, .72, .82], np.float32) + warm
            rgb = pink - (1 - np.minimum(border * 4, 1))[..., None] * np.array([.1, .22, .12], np.float32)
            rgb = rgb - (cell > .72)[..., None] * np.array([-.04, -.2, -.12], np.float32) * .8
            rgb = rgb * (1 - nuclei[..., None] * np.array([.62, .72, .35], np.float32))
            return rgb * (.85 + .2 * window("rough", w, h)[..., None]) + grain * .6
        if kind == "electron":
            membranes = 1 - np.minimum(window("medium border", w, h) * 5, 1)
            dots = blurred(_spots(r, w, h, 1.5), .5)
            grey = .62 + .25 * (window("grit", w, h) - .5) + .2 * (haze[..., 0] - .5) - .38 * membranes - .3 * dots
            return np.repeat(blurred(grey, .6)[..., None] + grain * 1.5, 3, -1)
        if kind == "phase contrast":
            cells = _rods(r, w, h, density) if density < .9 else _nuclei(r, w, h, density * .7)
            grey = .55 + .1 * (haze[..., 0] - .5) + .9 * (blurred(cells, .02 * unit) - blurred(cells, .005 * unit)) * (1.2 + .2 * window("grit", w, h))
            return np.repeat(grey[..., None] + grain, 3, -1) + warm * .3
        if kind == "blot":
            pen, lanes = _Pen(w, h), int(r.integers(4, 8))
            for lane in range(lanes):
                for row in r.choice(6, 3, replace=False):
                    pen.blob((lane + .5) / lanes, (row + .7) / 6.5, .33 / lanes * max(w / h, 1), r.uniform(.008, .022), 0, int(r.integers(60, 230)))
            grey = .86 - .8 * blurred(pen.field(), .008 * unit) + .08 * (haze[..., 0] - .5)
            return np.repeat(grey[..., None] + grain * .8, 3, -1)
        cells = blurred(_nuclei(r, w, h, density), .005 * unit)[..., None]   # bright field: absorbing objects on a light field
        stain = glow[0] * .7
        return (.9 - .12 * haze + warm) * (1 - cells * (1 - stain) * .7) + grain * .7

    if kind in ("fluorescence", "merge"):
        return paint, ("fluorescence micrograph of " if kind == "fluorescence" else "multi-colour micrograph of ") + " and ".join(names)
    return paint, {"tissue": "stained tissue section", "electron": "electron micrograph", "phase contrast": "phase contrast micrograph",
                   "blot": "blot with bands", "bright field": "bright field micrograph"}[kind]


# ---- photo-like scenes ----------------------------------------------------------------------------------------------

PHOTOS = {"train": ("mountains", "gravel", "foliage", "bokeh", "still life", "clouds", "fabric", "marble"),
          "heldout": ("water", "wood", "dunes", "skyline", "fruit", "tiles")}
_PHOTO_NAMES = {"mountains": "mountains under an open sky", "gravel": "gravel", "foliage": "dense foliage", "bokeh": "blurred lights at night",
                "still life": "round objects on a table", "clouds": "a cloudy sky", "fabric": "woven fabric", "marble": "veined marble",
                "water": "rippled water", "wood": "wood grain", "dunes": "sand dunes", "skyline": "a city skyline", "fruit": "fruit on a cloth",
                "tiles": "mosaic tiles"}


def _ramp(stops: np.ndarray, field: np.ndarray) -> np.ndarray:
    """A field in [0,1] through colours (k,3)."""
    x = np.linspace(0, 1, len(stops))
    return np.stack([np.interp(field, x, stops[:, k]) for k in range(3)], -1).astype(np.float32)


def _lit(height: np.ndarray, strength: float) -> np.ndarray:
    """Light from the upper left on a relief, about 1."""
    gx, gy = np.zeros_like(height), np.zeros_like(height)
    gx[:, 1:], gy[1:] = height[:, 1:] - height[:, :-1], height[1:] - height[:-1]
    return np.clip(1 + (gx + gy) * strength, .25, 1.9)[..., None]


def _balls(r: Rng, rgb: np.ndarray, count: int, palette: list[np.ndarray], low: float) -> None:
    """Shaded ellipsoids with shadows on the ground, far to near, in place."""
    h, w = rgb.shape[:2]
    unit = min(w, h)
    for depth in np.sort(r.random(count)):
        a = unit * r.uniform(.07, .13) * (.7 + .6 * depth)
        b = a * r.uniform(.75, 1.1)
        cx, cy = w * r.uniform(.08, .92), h * (low + (.92 - low) * depth)
        colour, shine, light = palette[r.integers(len(palette))], r.uniform(.1, .7), np.array([-.45, -.6, .66])
        for ox, oy, sa, sb, ball in ((.35, .75, 1.25, .4, False), (0, 0, 1, 1, True)):
            ex, ey, ra, rb = cx + ox * a, cy + oy * b, a * sa, b * sb
            x0, x1, y0, y1 = (int(v) for v in (max(ex - ra - 1, 0), min(ex + ra + 2, w), max(ey - rb - 1, 0), min(ey + rb + 2, h)))
            if x1 <= x0 or y1 <= y0:
                continue
            dx, dy = (np.arange(x0, x1, dtype=np.float32) - ex) / ra, (np.arange(y0, y1, dtype=np.float32) - ey)[:, None] / rb
            d2 = dx * dx + dy * dy
            part = rgb[y0:y1, x0:x1]
            if not ball:
                part *= 1 - .55 * np.clip(1 - d2, 0, 1)[..., None]
                continue
            z = np.sqrt(np.clip(1 - d2, 0, 1))
            shade = np.clip(dx * light[0] + dy * light[1] + z * light[2], 0, 1)
            skin = colour * (.28 + .8 * shade)[..., None] + (shade ** 24 * shine)[..., None]
            cover = np.clip((1 - np.sqrt(d2)) * min(ra, rb) + .5, 0, 1)[..., None]
            part += cover * (skin - part)


def photo(rng: Rng, split: str, kind: str | None = None) -> tuple[Painter, str]:
    """A photo-like scene and what it shows; with vignette, a colour cast, grain and sometimes a soft lens."""
    kind = kind or str(rng.choice(PHOTOS[split]))
    seed, window = int(rng.integers(2**32)), Window(rng, split, float(rng.uniform(.35, .95)))
    other = Window(rng, split, float(rng.uniform(.3, .9)))
    cast, gain = rng.uniform(.88, 1.08, 3).astype(np.float32), float(rng.uniform(.75, 1.1))
    vignette, noise, soft = float(rng.uniform(0, .45)), float(rng.uniform(.003, .03)), float(rng.choice([0, 0, .002, .005]))

    def scene(r: Rng, w: int, h: int) -> np.ndarray:
        unit = min(w, h)
        y = np.linspace(0, 1, h, dtype=np.float32)[:, None]
        x = np.linspace(0, 1, w, dtype=np.float32)[None]
        hue = lambda base, spread=.1: np.clip(np.array(base) + r.normal(0, spread, 3), .02, .98).astype(np.float32)
        if kind in ("mountains", "dunes", "skyline"):
            top, low = (hue((.3, .5, .8)), hue((.9, .8, .75))) if r.random() < .7 else (hue((.15, .12, .3)), hue((.95, .55, .35)))
            rgb = top + (low - top) * np.broadcast_to(y * 1.6, (h, w))[..., None]
            if kind == "mountains":
                rgb += np.clip(window("cloud", w, h, .5) - .55, 0, 1)[..., None] * .8
            near, layers = hue((.12, .22, .12) if kind == "mountains" else (.75, .5, .3) if kind == "dunes" else (.08, .09, .14), .05), int(r.integers(3, 6))
            for k in range(layers):
                part = (k + 1) / layers
                line = np.interp(np.linspace(0, 1, w), np.linspace(0, 1, 9), r.random(9)) if kind != "dunes" else .5 + .4 * np.sin(x[0] * r.uniform(3, 9) + r.random() * 6)
                if kind == "mountains":
                    line = line * .7 + window("rough", w, 8)[k % 8] * .6
                elif kind == "skyline":
                    line = np.repeat(r.random(24), -(-w // 24))[:w]
                edge = .3 + .5 * part - line * .22
                cover = np.clip((y - edge[None]) * h, 0, 1)[..., None]
                tone = low + (near - low) * part
                shade = (.8 + .4 * other("rough" if kind != "dunes" else "soft", w, h, 1 if kind == "mountains" else 2))[..., None]
                if kind == "skyline" and k > 0:
                    lit = (np.sin(x * w / unit * 160) > .2) & (np.sin(y * h / unit * 190) > .3) & (other("small id", w, h) > .55)
                    shade = shade + lit[..., None] * np.array([2.2, 1.8, .9], np.float32) * part
                rgb = rgb + cover * (tone * shade - rgb)
            return rgb
        if kind in ("gravel", "tiles"):
            size = "medium" if r.random() < .5 else "small"
            tone = window(f"{size} id", w, h)
            a, b, c = hue((.35, .33, .3)), hue((.6, .55, .5)), hue((.8, .78, .72))
            rgb = _ramp(np.stack([a, b, c] if kind == "gravel" else [hue((.2, .4, .6), .2), hue((.7, .7, .5), .2), hue((.6, .3, .3), .2)]), tone)
            border = window(f"{size} border", w, h)
            if kind == "gravel":
                return rgb * _lit(-window(f"{size} middle", w, h), unit * .05) * np.minimum(border * 3 + .35, 1)[..., None] * (.8 + .4 * other("grit", w, h)[..., None])
            return rgb * (.85 + .3 * other("rough", w, h)[..., None]) * np.where(border < .12, .45, 1)[..., None]
        if kind == "foliage":
            depth = window("rough", w, h) * .6 + other("grit", w, h) * .4
            rgb = _ramp(np.stack([hue((.03, .08, .02), .02), hue((.12, .3, .06), .06), hue((.45, .6, .2), .08), hue((.9, .95, .7), .05)]), depth)
            return rgb * _lit(depth, unit * .03)
        if kind == "bokeh":
            rgb = _ramp(np.stack([hue((.02, .02, .05), .02), hue((.15, .1, .15), .05)]), window("soft", w, h))
            for _ in range(int(r.integers(12, 30))):
                radius, cx, cy = unit * r.uniform(.02, .09), r.random() * w, r.random() * h
                x0, x1, y0, y1 = (int(v) for v in (max(cx - radius - 1, 0), min(cx + radius + 2, w), max(cy - radius - 1, 0), min(cy + radius + 2, h)))
                d = np.hypot(np.arange(x0, x1) - cx, (np.arange(y0, y1) - cy)[:, None]) / radius
                rgb[y0:y1, x0:x1] += (np.clip((1 - d) * radius * .5, 0, 1) * (.5 + .5 * d ** 4) * r.uniform(.35, 1))[..., None] * hue((.95, .75, .45), .25)
            return rgb
        if kind in ("still life", "fruit"):
            wall, table = hue((.55, .55, .6), .18), hue((.5, .35, .22), .15)
            horizon = float(r.uniform(.3, .5))
            ground = np.clip((y - horizon) * unit * .2, 0, 1)[..., None]
            rgb = wall * (1.15 - .5 * x[..., None]) * (.9 + .2 * window("soft", w, h)[..., None])
            rgb = rgb + ground * (table * (.65 + .5 * y[..., None]) * (.85 + .3 * other("rough" if kind == "still life" else "small middle", w, h, 3)[..., None]) - rgb)
            palette = [hue(c, .08) for c in (((.8, .2, .15), (.9, .65, .2), (.3, .5, .7), (.85, .85, .8)) if kind == "still life"
                                            else ((.9, .5, .1), (.75, .12, .1), (.55, .7, .15), (.45, .15, .35)))]
            rgb = np.broadcast_to(rgb, (h, w, 3)).astype(np.float32).copy()
            _balls(r, rgb, int(r.integers(3, 8)), palette, horizon + .05)
            return rgb
        if kind == "clouds":
            sky = hue((.25, .45, .8)) + (hue((.7, .82, .95)) - hue((.25, .45, .8))) * y[..., None]
            cover = np.clip((window("cloud", w, h) - .42) * 3, 0, 1)[..., None]
            return sky + cover * ((.75 + .3 * other("cloud", w, h))[..., None] - sky)
        if kind == "fabric":
            count = float(r.uniform(20, 60))
            weave = np.sin(x * w / unit * count * 3.14) * .5 + np.sin(y * h / unit * count * 3.14) * .5
            stripe = np.sin(x * r.uniform(5, 30)) * np.sin(y * r.uniform(5, 30)) > 0
            rgb = np.where(stripe[..., None], hue((.5, .3, .3), .25), hue((.6, .6, .65), .25))
            return rgb * (.85 + .12 * weave + .3 * (window("rough", w, h) - .5))[..., None]
        if kind == "marble":
            vein = np.abs(np.sin((x * r.uniform(3, 8) + y * r.uniform(3, 8) + window("rough", w, h) * 5)))
            return _ramp(np.stack([hue((.3, .32, .35)), hue((.8, .8, .8), .06), hue((.93, .92, .9), .04)]), vein ** .4) * (.9 + .2 * other("cloud", w, h)[..., None])
        if kind == "water":
            relief = window("rough", w, h, .3) + .4 * np.sin(y * 40 + other("cloud", w, h) * 12)
            return _ramp(np.stack([hue((.02, .12, .22), .05), hue((.1, .35, .5), .08), hue((.7, .85, .95), .05)]), np.clip(relief * .6, 0, 1)) * _lit(relief, unit * .02)
        rings = np.sin((x * 2 + window("soft", w, h, .3) * 1.2) * r.uniform(14, 34) + other("cloud", w, h, .2) * 3) * .5 + .5   # wood
        return _ramp(np.stack([hue((.32, .18, .09), .05), hue((.6, .4, .22), .06), hue((.8, .6, .38), .06)]), rings) * (.8 + .4 * other("rough", w, h, .15)[..., None])

    def paint(w: int, h: int) -> np.ndarray:
        r = np.random.default_rng(seed)
        rgb = np.asarray(scene(r, w, h), np.float32) * (cast * np.float32(gain))
        if soft:
            rgb = gaussian_filter1d(gaussian_filter1d(rgb, soft * min(w, h), 0), soft * min(w, h), 1)
        x, y = np.linspace(-1, 1, w, dtype=np.float32), np.linspace(-1, 1, h, dtype=np.float32)[:, None]
        rgb = rgb * (1 - vignette * .5 * (x * x + y * y))[..., None]
        return rgb + window.noise(w, h)[..., None] * np.float32(noise)
    return paint, f"photo of {_PHOTO_NAMES[kind]}"
