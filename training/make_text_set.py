"""A set of pictures whose text is known, to measure how well text is found and read. Nothing of it is committed; the
same seeds make the same set.

    python make_text_set.py --out DIR --half tune|test

Two halves that share no seed, no photograph and no cut-out: rules are tuned on `tune` and reported on `test`. Neither
has a picture that anything was trained on. Photographs, textures and cut-outs are those of Debian packages on the
development side (docs/DATA.md, "The larger collections"). Folders `plain`, `picture`, `figure`, `foreign`, `empty` and
`subject`, each with NAME.png. Beside those with text lie NAME.json (lines: text, where, font size in pixels, words, and on
`plain` and `picture` font and colour) and NAME-text.png (alpha of the text's pixels). `subject` has NAME-mask.png.

- plain: lines of all sizes from 6 to 200 pixels in held-out fonts on plain background, light on dark and dark on light,
  some turned by 90 degrees or any angle, some with an outline;
- picture: panel letters, scale texts and labels on photographs, and on micrographs made of their parts;
- figure: held-out figures of the generator, Latin only, at 800 x 600;
- foreign: charts by JFreeChart and drawings by librsvg, of the collection `development`, Latin only, in three sizes;
- empty: 50 photographs, textures, micrographs and figures without text;
- subject: 100 cut-outs over textures and scenery.

Figures are drawn without those of their lines that cannot be read: cut off, over another line, or hardly seen.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from figures import Frame, Role, make_scene, real
from figures.canvas import over
from figures.catalogue import COLLECTIONS
from figures.elements import Element
from figures.renderers import jfreechart
from figures.scenes import _drawn
from figures.style import FONTS, PROSE, WORDS, font_file, pick_style

HALVES = {"tune": 1, "test": 2}
SIZES = (6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 48, 72, 120, 200)
SIGNS = (
    "25 µm",
    "−0.5",
    "10³",
    "37 °C",
    "100 µm",
    "p < 0.05",
    "n = 12",
    "±1.5",
    "50 nm",
    "3.2 × 10⁴",
    "λ = 488 nm",
    "0.25",
    "1,000",
    "t (s)",
    "pH 7.4",
    "10 mM",
    "−80 °C",
    "2.5 mm",
    "α = 0.1",
    "5 kDa",
    "(a.u.)",
    "95 %",
    "ΔF/F₀",
    "µg/ml",
    "12:30",
    "R² = 0.97",
)
FOREIGN = ("jfreechart", "svg")
FRAMES = (Frame(520, 390), Frame(640, 480), Frame(800, 600))
SCALES = ("10 µm", "50 µm", "200 nm", "1 mm", "5 µm", "100 µm", "20 µm", "500 nm")
# Of the development side's files: those with letters or signs that look like some.
WRITTEN = re.compile(r"/konqi/|/alphabets/|/money/|caldeiraFashion|volcano_island/(welcome|wood)")
# Files that show a texture all over, and sceneries in which nothing stands out.
TEXTURES = re.compile(
    r"grid-l|Elephants|GreenMeadow|Paving_stones|mineEarth|cloudsPattern|generic_sand|gravelSide|generic_Wood|aztekWall"
    r"|bamboo|waterConcrete|woodBridge|wallDark|hacienda_roof|sandtrack/(sand|texture)|oldmetal|rock_mountain|rockwall"
    r"|enterprise/base1c|metal_plates|magma|rockMountain|japanRedWood|HR_",
    re.IGNORECASE,
)
SCENERY = re.compile(r"aitzgorri|sunset_by|Cold-no-logo|EveningGlow|IceCold|PastelHills|summer_1am|Blinds|/sky|snowsky")


def latin_font(rng):
    fonts = FONTS["heldout"]["latin"]
    return str(font_file(fonts[rng.integers(len(fonts))]))


def has_all(font, string):
    """Whether a font has every character: what it lacks looks like something it has not."""
    missing = font.getmask("\ufffe\uffff"[:1]).getbbox(), bytes(font.getmask("\ufffe"))
    return all(c == " " or bytes(font.getmask(c)) != missing[1] for c in string)


def font_name(font):
    return Path(font.path).stem


class Page:
    """A picture that text is written on; knows where."""

    def __init__(self, rgb):
        self.rgb, self.text, self.lines = rgb.astype(np.float64), np.zeros(rgb.shape[:2]), []
        self.taken = np.zeros(rgb.shape[:2], bool)

    def write(self, string, face, size, x, y, colour, turn=0, outline=None):
        """A line whose letters have its middle at (x, y), turned clockwise by so many degrees; false if there is no room."""
        font = ImageFont.truetype(face, size)
        if not has_all(font, string):
            font = ImageFont.truetype(str(font_file("DejaVuSans")), size)
        ring = 0 if outline is None else max(1, round(size / 14))
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
        place = np.s_[v : v + body.shape[0], u : u + body.shape[1]]
        if self.taken[place].any():
            return False
        for cover, paint in ([(mask(ring), outline)] if ring else []) + [(body, colour)]:
            self.rgb[place] = self.rgb[place] * (1 - cover[..., None]) + cover[..., None] * np.array(paint)
        self.text[place] = np.maximum(self.text[place], mask(ring) if ring else body)
        gap = round(size * 0.5) + 2
        self.taken[max(0, v - gap) : v + body.shape[0] + gap, max(0, u - gap) : u + body.shape[1] + gap] = True
        self.note(
            string,
            size,
            u + body.shape[1] / 2,
            v + body.shape[0] / 2,
            right - left,
            bottom - top,
            math.radians(turn),
            lambda s: font.getlength(s),
            look={"face": font_name(font), "colour": [int(c) for c in colour]},
        )
        return True

    def note(self, string, size, x, y, w, h, angle, length, look=None):
        """Where a line and its words stand: middle, width along the line, height, angle in radians; and its font's
        file and colour, where these are known."""
        words, scale = [], w / max(length(string), 1e-6)
        start = 0
        for word in string.split(" "):
            end = start + len(word)
            a, b = length(string[:start]) * scale, length(string[:end]) * scale
            if word:
                along = (a + b - w) / 2
                words.append(
                    {
                        "text": word,
                        "x": x + along * math.cos(angle),
                        "y": y + along * math.sin(angle),
                        "w": b - a,
                        "h": h,
                        "angle": angle,
                    }
                )
            start = end + 1
        self.lines.append(
            {"text": string, "size": size, "x": x, "y": y, "w": w, "h": h, "angle": angle, "words": words, **(look or {})}
        )

    def save(self, stem):
        Image.fromarray(np.clip(self.rgb + 0.5, 0, 255).astype(np.uint8)).save(f"{stem}.png")
        Image.fromarray((self.text * 255 + 0.5).astype(np.uint8)).save(f"{stem}-text.png")
        Path(f"{stem}.json").write_text(
            json.dumps({"lines": self.lines}, ensure_ascii=False, indent=1), encoding="utf-8"
        )


def string(rng, longest):
    """A word, a few words, or a number with its sign or unit."""
    kind = rng.random()
    if kind < 0.35:
        return SIGNS[rng.integers(len(SIGNS))]
    if kind < 0.7:
        words = WORDS["heldout"]["latin"]
        return words[rng.integers(len(words))]
    prose = PROSE["heldout"]
    return " ".join(prose[i] for i in rng.integers(len(prose), size=rng.integers(2, longest + 1))).capitalize()


def readable(rng, background):
    """A colour at least 120 levels of brightness away from the background."""
    weights = np.array([0.299, 0.587, 0.114])
    for _ in range(100):
        colour = rng.integers(0, 256, 3) if rng.random() < 0.4 else np.full(3, rng.choice([0, 25, 255]))
        if abs((colour - background) @ weights) > 120:
            return tuple(int(c) for c in colour)
    return (0, 0, 0) if background @ weights > 127 else (255, 255, 255)


def plain(rng):
    dark = rng.random() < 0.35
    background = (
        rng.integers(0, 70, 3)
        if dark
        else rng.integers(190, 256, 3) if rng.random() < 0.6 else np.array([255, 255, 255])
    )
    page = Page(np.broadcast_to(background, (600, 800, 3)).copy())
    face = latin_font(rng)
    sizes = [s for s in SIZES if s < 72] * 3 + [int(rng.choice([72, 120, 200]))]
    for size in sorted(sizes, reverse=True):
        text = string(rng, 5) if size < 60 else str(rng.choice(list("ABCDEFabcdef")))
        turn = 0 if size > 60 else int(rng.choice([0, 0, 0, 0, 0, 0, -90, -90, 90, int(rng.integers(-45, 46))]))
        colour = readable(rng, background)
        outline = readable(rng, np.array(colour)) if size >= 20 and rng.random() < 0.15 else None
        if outline and abs((np.array(outline) - background) @ [0.299, 0.587, 0.114]) < 80:  # it would be invisible
            outline = None
        for _ in range(30):
            if page.write(text, face, size, rng.uniform(0, 800), rng.uniform(0, 600), colour, turn, outline):
                break
    return page


def half_of(name):
    """The half that a file belongs to; versions and neighbours of one picture have the same first word."""
    parts = Path(name).parts
    stem = parts[-4] if "contents" in parts else Path(name).stem
    words = [w for w in re.split(r"[^a-z]+", stem.lower()) if w and not w.startswith("stk")]
    return "tune" if real._share("text " + (words[0] if words else stem)) < 0.5 else "test"


def files_of(half, files):
    """As `real.files`, with those of a half that have no writing."""

    def chosen(kind, split):
        return tuple(f for f in files(kind, split) if half_of(f) == half and not WRITTEN.search(f))

    return chosen


def painted(painter, width=640, height=480):
    return np.clip(painter(width, height) * 255, 0, 255).astype(np.float64)


def part_of(rng, pattern, width, height):
    """A part of a photograph whose name is like this."""
    names = [f for f in real.files("photo", "heldout") if pattern.search(f)]
    image = real._pixels(names[rng.integers(len(names))])
    scale = min(image.shape[1] / width, image.shape[0] / height) * rng.uniform(0.6, 1)
    w, h = int(width * scale), int(height * scale)
    x, y = rng.integers(image.shape[1] - w + 1), rng.integers(image.shape[0] - h + 1)
    part = Image.fromarray(np.ascontiguousarray(image[y : y + h, x : x + w]))
    return np.asarray(part.resize((width, height), Image.Resampling.LANCZOS)).astype(np.float64)


def on_picture(rng, background):
    """Text as authors put it on pictures: white, black or in a strong colour, where it can be read."""
    page, face = Page(background), latin_font(rng)
    height, width = background.shape[:2]
    strings = [
        (str(rng.choice(list("ABCDEFabcdef"))), int(rng.choice([28, 36, 48, 72, 110])), (0.08, 0.1)),
        (SCALES[rng.integers(len(SCALES))], int(rng.choice([12, 16, 20, 28])), (0.85, 0.92)),
    ]
    strings += [(string(rng, 3), int(rng.choice([12, 14, 16, 20, 24, 32, 48])), None) for _ in range(7)]
    for text, size, place in strings:
        for attempt in range(40):
            x, y = (
                (place[0] * width, place[1] * height)
                if place and attempt == 0
                else (rng.uniform(0, width), rng.uniform(0, height))
            )
            near = (
                background[max(0, int(y) - size) : int(y) + size, max(0, int(x) - 3 * size) : int(x) + 3 * size]
                .reshape(-1, 3)
                .mean(0)
            )
            white = near @ [0.299, 0.587, 0.114] < 150
            colour = (255, 255, 255) if white else (0, 0, 0)
            if rng.random() < 0.3:
                colour = (
                    [(255, 255, 0), (0, 255, 255), (80, 255, 80)][rng.integers(3)]
                    if white
                    else [(160, 0, 0), (0, 0, 150), (0, 70, 0)][rng.integers(3)]
                )
            middling = 80 < near @ [0.299, 0.587, 0.114] < 175  # an outline must be seen
            outline = (
                tuple(255 - c for c in ((255,) * 3 if white else (0,) * 3)) if middling and rng.random() < 0.3 else None
            )
            if page.write(text, face, size, x, y, colour, -90 if rng.random() < 0.1 else 0, outline):
                break
    return page


def lines_of(element: Element) -> list[list[Element]]:
    """The words of each line of an element."""
    lines: dict = {}
    for leaf in element.leaves():
        line = next((g for g in leaf.group if g.kind == "line"), leaf)
        lines.setdefault(line, []).append(leaf)
    return list(lines.values())


def box_of(patch):
    """Left, top, right and bottom of a patch's pixels; none if it has hardly any."""
    alpha = patch.rgba[..., 3] > 0.2 if patch.rgba.size else np.zeros((0, 0), bool)
    if alpha.sum() < 2:
        return None
    y, x = alpha.any(1).nonzero()[0], alpha.any(0).nonzero()[0]
    return patch.x + int(x[0]), patch.y + int(y[0]), patch.x + int(x[-1]) + 1, patch.y + int(y[-1]) + 1


def figure(seed, split, frame, template=None, with_text=True):
    """A figure of a collection and its lines; none if it is not Latin."""
    collection = COLLECTIONS[split]
    style = pick_style(np.random.default_rng([collection.stream, seed, 0]), collection.split, collection.real)
    if style.script != "latin":
        return None
    jfreechart.PLANNED = frame
    scene = make_scene(seed, split, template)
    flat = np.zeros((frame.height, frame.width, 4), np.float32)
    page = Page(np.zeros((frame.height, frame.width, 3)))
    for element, (_, patch) in zip(scene.elements, _drawn(scene, frame)):
        if not patch.rgba.size or element.role == Role.TEXT and not (with_text and readable_in(flat, page, patch)):
            continue
        over(flat, patch)
        if element.role == Role.TEXT and not note_lines(page, element, frame, style, template):
            return None
    page.rgb = 255 * (flat[..., :3] + 1 - flat[..., 3:])
    return page


def readable_in(flat, page, patch):
    """Whether what is written is whole, free of other writing and clearly lighter or darker than what it is on."""
    box = box_of(patch)
    if box is None:
        return False
    h, w = page.text.shape
    x0, y0, x1, y1 = box
    if x0 <= 0 or y0 <= 0 or x1 >= w or y1 >= h or page.text[y0:y1, x0:x1].any():
        return False
    x0, y0 = max(0, patch.x), max(0, patch.y)
    rgba = patch.rgba[y0 - patch.y : h - patch.y, x0 - patch.x : w - patch.x]
    below = flat[y0 : y0 + rgba.shape[0], x0 : x0 + rgba.shape[1]]
    background = (below[..., :3] + 1 - below[..., 3:]) @ np.array([0.299, 0.587, 0.114])
    pen = rgba[..., 3] > 0.6
    if pen.sum() < 4:
        return False
    light = rgba[..., :3] @ np.array([0.299, 0.587, 0.114]) / np.maximum(rgba[..., 3], 1e-3)
    return np.mean(np.abs(light - background)[pen] < 0.25) < 0.15


def note_lines(page, element, frame, style, template):
    """Notes the lines of an element that was drawn; false if its text is not known."""
    for leaves in lines_of(element):
        boxes = []
        for leaf in leaves:
            patch = leaf.draw(frame)
            box = box_of(patch)
            if box is None or not leaf.words.strip():
                return False
            x0, y0 = max(0, patch.x), max(0, patch.y)
            part = page.text[y0 : patch.y + patch.rgba.shape[0], x0 : patch.x + patch.rgba.shape[1]]
            alpha = patch.rgba[y0 - patch.y :, x0 - patch.x :, 3][: part.shape[0], : part.shape[1]]
            np.maximum(part, alpha, out=part)
            boxes.append(box)
        text = " ".join(leaf.words for leaf in leaves)
        face = ImageFont.truetype(str(style.font), 100)
        box = (*np.min(boxes, 0)[:2], *np.max(boxes, 0)[2:])
        w, h = box[2] - box[0], box[3] - box[1]
        a, b, c, d = face.getbbox(text)
        size = round(100 * math.hypot(w, h) / math.hypot(c - a, d - b), 1)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        angle = 0.0
        if len(text) > 1 and h > 1.5 * w:
            # JFreeChart writes the names of axes on the right from top to bottom.
            angle = math.pi / 2 if template == "jfreechart" and x > frame.width / 2 else -math.pi / 2
            w, h = h, w
        page.note(text, size, float(x), float(y), float(w), float(h), angle, face.getlength)
        if len(leaves) > 1:
            places = zip(leaves, boxes)
            page.lines[-1]["words"] = [word_at(leaf.words, place, angle) for leaf, place in places]
    return True


def word_at(text, box, angle):
    w, h = float(box[2] - box[0]), float(box[3] - box[1])
    w, h = (h, w) if angle else (w, h)
    return {"text": text, "x": (box[0] + box[2]) / 2, "y": (box[1] + box[3]) / 2, "w": w, "h": h, "angle": angle}


def cut_out(rng, background):
    """A thing cut out of a picture, whole and neither tiny nor filling all, on a background out of focus; and its alpha."""
    h, w = background.shape[:2]
    while True:
        size = rng.uniform(0.45, 0.95)
        patch = real.thing(rng, "heldout", (rng.uniform(0.3, 0.7), rng.uniform(0.3, 0.7)), size)(Frame(w, h))
        rows, columns = patch.rgba.shape[:2]
        x, y = patch.x, patch.y
        whole = x > 0 and y > 0 and x + columns < w and y + rows < h
        if whole and 0.04 < patch.rgba[..., 3].sum() / (w * h) < 0.5 and (patch.rgba[..., 3] > 0.98).mean() > 0.25:
            break
    blur = ImageFilter.GaussianBlur(rng.uniform(0.5, 3))
    picture = np.asarray(Image.fromarray(background.astype(np.uint8)).filter(blur)).astype(np.float64)
    mask = np.zeros((h, w))
    place = np.s_[y : y + rows, x : x + columns]
    mask[place] = patch.rgba[..., 3]
    picture[place] = picture[place] * (1 - patch.rgba[..., 3:]) + 255 * patch.rgba[..., :3]
    return picture, mask


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = ["plain", "picture", "figure", "foreign", "empty", "subject"]
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--half", choices=HALVES, required=True, help="rules are tuned on tune and reported on test")
    parser.add_argument("--only", nargs="*", default=kinds)
    parser.add_argument("--share", type=float, default=1.0, help="a smaller set")
    a = parser.parse_args()
    half = HALVES[a.half]
    real.files = files_of(a.half, real.files)

    def count(n):
        return max(1, round(n * a.share))

    def folder(kind):
        shutil.rmtree(a.out / kind, ignore_errors=True)
        (a.out / kind).mkdir(parents=True)
        return a.out / kind

    def figures(n, first, split, templates=(None,), with_text=True):
        """So many figures, by each template in turn."""
        seed, k = first + 5000 * half, 0
        while k < n:
            frame = FRAMES[k // len(templates) % len(FRAMES)] if split == "development" else Frame(800, 600)
            page = figure(seed, split, frame, templates[k % len(templates)], with_text)
            seed += 1
            if page is not None and (page.lines or not with_text):
                yield page
                k += 1

    def image(pixels, path):
        Image.fromarray(np.clip(pixels + 0.5, 0, 255).astype(np.uint8)).save(path)

    if "plain" in a.only:
        out = folder("plain")
        for k in range(count(12)):
            plain(np.random.default_rng([31, half, k])).save(out / f"{k:02d}")
    if "picture" in a.only:
        out = folder("picture")
        for k in range(count(24)):
            rng = np.random.default_rng([32, half, k])
            on_picture(rng, painted((real.photo, real.micrograph)[k % 2](rng, "heldout")[0])).save(out / f"{k:02d}")
    if "figure" in a.only:
        out = folder("figure")
        for k, page in enumerate(figures(count(20), 600000, "heldout")):
            page.save(out / f"{k:02d}")
    if "foreign" in a.only:
        out = folder("foreign")
        for k, page in enumerate(figures(count(24), 610000, "development", FOREIGN)):
            page.save(out / f"{k:02d}-{FOREIGN[k % 2]}")
    if "empty" in a.only:
        out = folder("empty")
        for k in range(count(14)):
            rng = np.random.default_rng([33, half, k])
            image(painted(real.photo(rng, "heldout")[0]), out / f"{k:02d}-photograph.png")
        for k in range(count(8)):
            rng = np.random.default_rng([35, half, k])
            image(part_of(rng, TEXTURES, 480, 360), out / f"{k:02d}-texture.png")
        for k in range(count(12)):
            rng = np.random.default_rng([36, half, k])
            image(painted(real.micrograph(rng, "heldout")[0], 480, 360), out / f"{k:02d}-micrograph.png")
        for k, page in enumerate(figures(count(8), 620000, "heldout", with_text=False)):
            image(page.rgb, out / f"{k:02d}-figure.png")
        for k, page in enumerate(figures(count(8), 630000, "development", FOREIGN, with_text=False)):
            image(page.rgb, out / f"{k:02d}-foreign.png")
    if "subject" in a.only:
        out = folder("subject")
        for k in range(count(100)):
            rng = np.random.default_rng([34, half, k])
            picture, mask = cut_out(rng, part_of(rng, SCENERY if k % 2 else TEXTURES, 480, 360))
            image(picture, out / f"{k:02d}.png")
            image(mask * 255, out / f"{k:02d}-mask.png")


if __name__ == "__main__":
    main()
