"""A set of pictures whose text is known, to measure how well text is found and read. Nothing of it is committed; the same seeds make the same set.

    python make_text_set.py --out DIR

Folders `plain`, `picture`, `figure`, `foreign`, `empty` and `subject`, each with NAME.png. Beside those with text lie NAME.json (lines: text, where, font
size in pixels, words) and, but for `foreign`, NAME-text.png (alpha of the text's pixels). `subject` has NAME-mask.png.

- plain: lines of all sizes from 6 to 200 pixels in held-out fonts on plain ground, light on dark and dark on light, some turned by 90 degrees or any
  angle, some with a rim;
- picture: panel letters, scale texts and labels on photographs (scikit-image's own) and on synthetic micrographs;
- figure: held-out figures of the generator, Latin only, at 800 x 600; every string that the generator wrote is known with its place;
- foreign: the gnuplot, Graphviz, R and TikZ figures of the committed evaluation set; their strings are known, not their places;
- empty: 50 photographs, micrographs and figures without text;
- subject: 100 cut-outs over photographs and photo-like scenes.
"""
from __future__ import annotations

import argparse
import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import skimage.data
import skimage.transform
from PIL import Image, ImageDraw, ImageFilter, ImageFont

import figures.charts
import figures.elements
import figures.plots
from figures import Frame, Role, canvas, make_scene, render
from figures.style import FONTS, PROSE, WORDS, font_file, pick_style
from figures.textures import micrograph, photo

SIZES = (6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 48, 72, 120, 200)
SIGNS = ("25 µm", "−0.5", "10³", "37 °C", "100 µm", "p < 0.05", "n = 12", "±1.5", "50 nm", "3.2 × 10⁴", "λ = 488 nm", "0.25", "1,000", "t (s)",
         "pH 7.4", "10 mM", "−80 °C", "2.5 mm", "α = 0.1", "5 kDa", "(a.u.)", "95 %", "ΔF/F₀", "µg/ml", "12:30", "R² = 0.97")
SCALES = ("10 µm", "50 µm", "200 nm", "1 mm", "5 µm", "100 µm", "20 µm", "500 nm")
FOREIGN = {
    "gnuplot-lines": "Damped modes|mode 1|mode 2|second peak|0|2|4|6|8|10|-1|-0.5|0|0.5|1|1.5",
    "gnuplot-bars": "Colonies per plate|n = 5|A|B|C|D|E|*|Count|0|2|4|6|8|10",
    "gnuplot-heat": "Field strength|core|-3|-2|-1|0|1|2|3|-3|-2|-1|0|1|2|3",
    "gnuplot-areas": "Stacked signal|window|0|2|4|6|8|10|12|0|1|2|3|4|5|6",
    "graphviz-pipeline": "acquire|denoise|segment|count|register|slow|slow",
    "graphviz-clusters": "nucleus|cytosol|DNA|RNA|ribosome|protein|folding",
    "graphviz-network": "a|b|c|d|e|f|g|h|i",
    "graphviz-tree": "signal|mean|drop|table|plot|log|yes|no",
    "r-boxes": "Height by plot|cm|0|2|4|6|8|A|B|C|D|***",
    "r-densities": None,
    "tikz-sets": "Two sets|A|B|A∩B|shared part",
    "tikz-loop": "Fitting loop|model|fit?|report|refine|yes|no",
}


def latin_font(rng):
    fonts = FONTS["heldout"]["latin"]
    return str(font_file(fonts[rng.integers(len(fonts))]))


def has_all(font, string):
    """Whether a font has every character: what it lacks looks like something it has not."""
    missing = font.getmask("\ufffe\uffff"[:1]).getbbox(), bytes(font.getmask("\ufffe"))
    return all(c == " " or bytes(font.getmask(c)) != missing[1] for c in string)


class Page:
    """A picture that text is written on; knows where."""

    def __init__(self, rgb):
        self.rgb, self.text, self.lines = rgb.astype(np.float64), np.zeros(rgb.shape[:2]), []
        self.taken = np.zeros(rgb.shape[:2], bool)

    def write(self, string, face, size, x, y, colour, turn=0, rim=None):
        """A line whose ink has its middle at (x, y), turned clockwise by so many degrees; false if there is no room."""
        font = ImageFont.truetype(face, size)
        if not has_all(font, string):
            font = ImageFont.truetype(str(font_file("DejaVuSans")), size)
        ring = 0 if rim is None else max(1, round(size / 14))
        left, top, right, bottom = font.getbbox(string)
        w, h = right - left + 2 * ring + 4, bottom - top + 2 * ring + 4
        at = (ring + 2 - left, ring + 2 - top)

        def mask(stroke):
            image = Image.new("L", (math.ceil(w), math.ceil(h)))
            ImageDraw.Draw(image).text(at, string, font=font, fill=255, stroke_width=stroke)
            image = image.rotate(-turn, Image.Resampling.BICUBIC, expand=True) if turn else image
            return np.asarray(image) / 255
        body = mask(0)
        u, v = round(x - body.shape[1] / 2), round(y - body.shape[0] / 2)
        if u < 1 or v < 1 or u + body.shape[1] > self.text.shape[1] - 1 or v + body.shape[0] > self.text.shape[0] - 1:
            return False
        place = np.s_[v:v + body.shape[0], u:u + body.shape[1]]
        if self.taken[place].any():
            return False
        for cover, paint in ([(mask(ring), rim)] if ring else []) + [(body, colour)]:
            self.rgb[place] = self.rgb[place] * (1 - cover[..., None]) + cover[..., None] * np.array(paint)
        self.text[place] = np.maximum(self.text[place], mask(ring) if ring else body)
        gap = round(size * .5) + 2
        self.taken[max(0, v - gap):v + body.shape[0] + gap, max(0, u - gap):u + body.shape[1] + gap] = True
        self.note(string, size, u + body.shape[1] / 2, v + body.shape[0] / 2, right - left, bottom - top, math.radians(turn), lambda s: font.getlength(s))
        return True

    def note(self, string, size, x, y, w, h, angle, length):
        """Where a line and its words stand: middle, width along the line, height, angle in radians."""
        words, scale = [], w / max(length(string), 1e-6)
        start = 0
        for word in string.split(" "):
            end = start + len(word)
            a, b = length(string[:start]) * scale, length(string[:end]) * scale
            if word:
                along = (a + b - w) / 2
                words.append({"text": word, "x": x + along * math.cos(angle), "y": y + along * math.sin(angle), "w": b - a, "h": h, "angle": angle})
            start = end + 1
        self.lines.append({"text": string, "size": size, "x": x, "y": y, "w": w, "h": h, "angle": angle, "words": words})

    def save(self, stem):
        Image.fromarray(np.clip(self.rgb + .5, 0, 255).astype(np.uint8)).save(f"{stem}.png")
        Image.fromarray((self.text * 255 + .5).astype(np.uint8)).save(f"{stem}-text.png")
        Path(f"{stem}.json").write_text(json.dumps({"lines": self.lines}, ensure_ascii=False, indent=1), encoding="utf-8")


def string(rng, longest):
    """A word, a few words, or a number with its sign or unit."""
    kind = rng.random()
    if kind < .35:
        return SIGNS[rng.integers(len(SIGNS))]
    if kind < .7:
        words = WORDS["heldout"]["latin"]
        return words[rng.integers(len(words))]
    prose = PROSE["heldout"]
    return " ".join(prose[i] for i in rng.integers(len(prose), size=rng.integers(2, longest + 1))).capitalize()


def readable(rng, ground):
    """A colour at least 120 levels of brightness away from the ground."""
    weights = np.array([.299, .587, .114])
    for _ in range(100):
        colour = rng.integers(0, 256, 3) if rng.random() < .4 else np.full(3, rng.choice([0, 25, 255]))
        if abs((colour - ground) @ weights) > 120:
            return tuple(int(c) for c in colour)
    return (0, 0, 0) if ground @ weights > 127 else (255, 255, 255)


def plain(rng):
    dark = rng.random() < .35
    ground = rng.integers(0, 70, 3) if dark else rng.integers(190, 256, 3) if rng.random() < .6 else np.array([255, 255, 255])
    page = Page(np.broadcast_to(ground, (600, 800, 3)).copy())
    face = latin_font(rng)
    sizes = [s for s in SIZES if s < 72] * 3 + [int(rng.choice([72, 120, 200]))]
    for size in sorted(sizes, reverse=True):
        text = string(rng, 5) if size < 60 else str(rng.choice(list("ABCDEFabcdef")))
        turn = 0 if size > 60 else int(rng.choice([0, 0, 0, 0, 0, 0, -90, -90, 90, int(rng.integers(-45, 46))]))
        colour = readable(rng, ground)
        rim = readable(rng, np.array(colour)) if size >= 20 and rng.random() < .15 else None
        if rim and abs((np.array(rim) - ground) @ [.299, .587, .114]) < 80:   # nobody would see it
            rim = None
        for _ in range(30):
            if page.write(text, face, size, rng.uniform(0, 800), rng.uniform(0, 600), colour, turn, rim):
                break
    return page


def photograph(name, width=640, height=480):
    """A photograph or micrograph that comes with scikit-image, in this size."""
    image = getattr(skimage.data, name)()
    image = np.repeat(image[..., None], 3, -1) if image.ndim == 2 else image[..., :3]
    scale = max(width / image.shape[1], height / image.shape[0])
    size = max(width, round(image.shape[1] * scale)), max(height, round(image.shape[0] * scale))
    image = np.asarray(Image.fromarray(image.astype(np.uint8)).resize(size, Image.Resampling.LANCZOS))
    return image[(size[1] - height) // 2:, (size[0] - width) // 2:][:height, :width]


PHOTOGRAPHS = ("chelsea", "coffee", "camera", "rocket", "horse", "brick", "grass", "gravel", "moon", "cell", "immunohistochemistry", "retina",
               "hubble_deep_field", "microaneurysms", "cat")


def on_picture(rng, ground):
    """Text as authors put it on pictures: white, black or in a strong colour, where it can be read."""
    page, face = Page(ground), latin_font(rng)
    height, width = ground.shape[:2]
    strings = [(str(rng.choice(list("ABCDEFabcdef"))), int(rng.choice([28, 36, 48, 72, 110])), (.08, .1)),
               (SCALES[rng.integers(len(SCALES))], int(rng.choice([12, 16, 20, 28])), (.85, .92))]
    strings += [(string(rng, 3), int(rng.choice([12, 14, 16, 20, 24, 32, 48])), None) for _ in range(7)]
    for text, size, place in strings:
        for attempt in range(40):
            x, y = (place[0] * width, place[1] * height) if place and attempt == 0 else (rng.uniform(0, width), rng.uniform(0, height))
            near = ground[max(0, int(y) - size):int(y) + size, max(0, int(x) - 3 * size):int(x) + 3 * size].reshape(-1, 3).mean(0)
            white = near @ [.299, .587, .114] < 150
            colour = (255, 255, 255) if white else (0, 0, 0)
            if rng.random() < .3:
                colour = [(255, 255, 0), (0, 255, 255), (80, 255, 80)][rng.integers(3)] if white else [(160, 0, 0), (0, 0, 150), (0, 70, 0)][rng.integers(3)]
            middling = 80 < near @ [.299, .587, .114] < 175   # a rim must be seen
            rim = tuple(255 - c for c in ((255,) * 3 if white else (0,) * 3)) if middling and rng.random() < .3 else None
            if page.write(text, face, size, x, y, colour, -90 if rng.random() < .1 else 0, rim):
                break
    return page


def figure(seed, frame, with_text=True):
    """A held-out figure and its lines; none if it is not Latin, or letters are part of a drawing."""
    if pick_style(np.random.default_rng([_stream(), seed, 0]), "heldout").script != "latin":
        return None
    noted, drawn = [], []

    def writing(where, lines):
        patch = canvas.writing(where, lines)
        noted.append((where, tuple(lines), patch))
        return patch

    def inked(self, *args, **named):
        drawn.append(args)
        return original(self, *args, **named)
    original = canvas.Ink.text
    modules = (figures.elements, figures.charts, figures.plots)
    canvas.Ink.text = inked
    for m in modules:
        m.writing = writing
    try:
        scene = make_scene(seed, "heldout")
        if not with_text:
            scene = replace(scene, elements=tuple(e for e in scene.elements if e.role != Role.TEXT))
        made = render(scene, frame)
    finally:
        canvas.Ink.text = original
        for m in modules:
            m.writing = canvas.writing
    if drawn or (not with_text and noted):
        return None
    over_white = made.picture[..., 3:] / 255
    page = Page(made.picture[..., :3] * over_white + 255 * (1 - over_white))
    for where, lines, patch in noted:
        h, w = patch.rgba.shape[:2]
        if h and w:
            y0, x0 = max(0, patch.y), max(0, patch.x)
            part = page.text[y0:patch.y + h, x0:patch.x + w]
            np.maximum(part, patch.rgba[y0 - patch.y:, x0 - patch.x:][:part.shape[0], :part.shape[1], 3], out=part)
        for line in lines:
            face = canvas._face_of(where, line)
            x, y = line.at[0] * where.width, line.at[1] * where.height
            if line.turned:
                x, y = y, x
            a, b, c, d = face.getbbox(line.string, anchor=line.anchor)
            mx, my, w, h = x + (a + c) / 2, y + (b + d) / 2, c - a, d - b
            if line.turned:   # as canvas.writing does
                mx, my = y + (b + d) / 2, 2 * x - mx
            rx, ry = (h, w) if line.turned else (w, h)
            if not line.string.strip() or mx - rx / 2 < 0 or my - ry / 2 < 0 or mx + rx / 2 > where.width or my + ry / 2 > where.height:
                continue
            page.note(line.string, face.size, mx, my, w, h, -math.pi / 2 if line.turned else 0.0, face.getlength)
    return page


def _stream():
    from figures.scenes import _STREAM
    return _STREAM["heldout"]


def cut_out(rng, ground):
    """Something whose outline is known over a picture: an animal or a thing cut from a photograph, or a shaded body."""
    h, w = ground.shape[:2]
    y, x = np.mgrid[:h, :w]
    if rng.random() < .35:
        horse = ~skimage.data.horse()[..., 0].astype(bool) if skimage.data.horse().ndim == 3 else ~skimage.data.horse().astype(bool)
        scale = rng.uniform(.45, .9) * min(w / horse.shape[1], h / horse.shape[0])
        small = np.asarray(Image.fromarray((horse * 255).astype(np.uint8)).resize((round(horse.shape[1] * scale), round(horse.shape[0] * scale)), Image.Resampling.LANCZOS)) / 255
        u, v = int(rng.integers(0, w - small.shape[1])), int(rng.integers(0, h - small.shape[0]))
        mask = np.zeros((h, w))
        mask[v:v + small.shape[0], u:u + small.shape[1]] = small[:, ::-1] if rng.random() < .5 else small
    else:
        angle = np.arctan2(y - h * rng.uniform(.35, .65), x - w * rng.uniform(.35, .65))
        cy, cx = h * rng.uniform(.35, .65), w * rng.uniform(.35, .65)
        angle = np.arctan2(y - cy, x - cx)
        radius = min(h, w) * rng.uniform(.18, .36) * (1 + sum(rng.uniform(-.15, .15) * np.cos(k * angle + rng.uniform(0, 7)) for k in range(1, 6)))
        mask = np.clip(radius - np.hypot(x - cx, (y - cy) * rng.uniform(.8, 1.25)) + .5, 0, 1)
    base = rng.integers(40, 230, 3)
    name = str(rng.choice(["chelsea", "coffee", "brick", "grass", "gravel", "immunohistochemistry"]))
    skin = photograph(name, w, h) if rng.random() < .6 else np.clip(base + 60 * (np.sin(x / rng.uniform(8, 30)) * np.cos(y / rng.uniform(8, 30)))[..., None], 0, 255)
    light = .65 + .5 * (x * rng.uniform(-1, 1) / w + y * rng.uniform(-1, 1) / h)
    skin = np.clip((skin * .6 + base * .4) * np.clip(light, .4, 1.3)[..., None], 0, 255)
    soft = np.asarray(Image.fromarray((mask * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(.7))) / 255
    # A ground that is a little out of focus, as behind a subject.
    ground = np.asarray(Image.fromarray(ground.astype(np.uint8)).filter(ImageFilter.GaussianBlur(rng.uniform(.5, 3))))
    return ground * (1 - soft[..., None]) + skin * soft[..., None], soft


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=["plain", "picture", "figure", "foreign", "empty", "subject"])
    parser.add_argument("--first", type=int, default=0, help="added to all seeds: another set for development")
    parser.add_argument("--share", type=float, default=1.0, help="a smaller set")
    a = parser.parse_args()

    def count(n):
        return max(1, round(n * a.share))

    def folder(kind):
        shutil.rmtree(a.out / kind, ignore_errors=True)
        (a.out / kind).mkdir(parents=True)
        return a.out / kind
    photographs = [n for n in PHOTOGRAPHS if n not in ("horse",)]

    if "plain" in a.only:
        out = folder("plain")
        for k in range(count(12)):
            plain(np.random.default_rng([31, a.first + k])).save(out / f"{k:02d}")
    if "picture" in a.only:
        out = folder("picture")
        for k in range(count(24)):
            rng = np.random.default_rng([32, a.first + k])
            if k % 2:
                ground = np.clip(micrograph(rng, "heldout")[0](640, 480) * 255, 0, 255)
            else:
                ground = photograph(photographs[(a.first + k // 2) % len(photographs)]).astype(np.float64)
            on_picture(rng, ground).save(out / f"{k:02d}")
    if "figure" in a.only:
        out, seed, k = folder("figure"), 61000 + a.first, 0
        while k < count(20):
            page = figure(seed, Frame(800, 600))
            seed += 1
            if page is not None and page.lines:
                page.save(out / f"{k:02d}")
                k += 1
    if "foreign" in a.only:
        out = folder("foreign")
        source = Path(__file__).resolve().parents[1] / "src/test/resources/org/layerj/evaluation"
        for name, strings in FOREIGN.items():
            if strings:
                shutil.copy(source / f"foreign-{name}" / "input.png", out / f"{name}.png")
                (out / f"{name}.json").write_text(json.dumps({"strings": strings.split("|")}, ensure_ascii=False), encoding="utf-8")
    if "empty" in a.only:
        out, k = folder("empty"), 0
        for name in [n for n in photographs if n not in ("rocket",)][:count(13)]:
            Image.fromarray(photograph(name)).save(out / f"{k:02d}-{name}.png")
            k += 1
        for n in range(count(20)):
            rng = np.random.default_rng([33, a.first + n])
            picture = (micrograph if n % 2 else photo)(rng, "heldout")[0](480, 360)
            Image.fromarray(np.clip(picture * 255, 0, 255).astype(np.uint8)).save(out / f"{k:02d}-{'micrograph' if n % 2 else 'scene'}.png")
            k += 1
        seed, most = 62000 + a.first, k + count(17)
        while k < most:
            page = figure(seed, Frame(640, 480), with_text=False)
            seed += 1
            if page is not None:
                Image.fromarray(page.rgb.astype(np.uint8)).save(out / f"{k:02d}-figure.png")
                k += 1
    if "subject" in a.only:
        out = folder("subject")
        for k in range(count(100)):
            rng = np.random.default_rng([34, a.first + k])
            grounds = ("grass", "gravel", "brick", "moon", "hubble_deep_field", "retina")
            ground = photograph(grounds[k % 6], 480, 360) if k % 3 else np.clip(photo(rng, "heldout")[0](480, 360) * 255, 0, 255)
            picture, mask = cut_out(rng, ground)
            Image.fromarray(picture.astype(np.uint8)).save(out / f"{k:02d}.png")
            Image.fromarray((mask * 255 + .5).astype(np.uint8)).save(out / f"{k:02d}-mask.png")


if __name__ == "__main__":
    main()
