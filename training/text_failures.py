"""A sheet of the lines that were not read right, from what `org.layerj.eval.TextEvaluation` printed.

    python text_failures.py --set SET --output EVALUATION.txt --sheet SHEET.png
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from figures.style import font_file

CELL, COLUMNS = (232, 74), 4
MISTAKE = re.compile(
    r'^(?P<file>\S+\.png): (?:(?P<size>\d+) px "(?P<true>.*)" read "(?P<read>.*)" at (?P<x>\d+), (?P<y>\d+), -?\d+°'
    r'|nothing there, read "(?P<false>.*)" \([\d.]+\) at (?P<u>\d+), (?P<v>\d+),.*'
    r'|beside "(?P<beside>.*)" at (?P<s>\d+), (?P<t>\d+))$'
)


def cell(m: re.Match, folder: Path) -> Image.Image:
    """What is around a mistake, and below it what stands there and what was read."""
    size = int(m["size"] or 16)
    x, y = int(m["x"] or m["u"] or m["s"]), int(m["y"] or m["v"] or m["t"])
    picture = Image.open(folder / m["file"]).convert("RGB")
    w = max(120, min(5 * size, 400))
    h = w * (CELL[1] - 20) // CELL[0]
    part = picture.crop((x - w // 2, y - h // 2, x + w // 2, y + h // 2)).resize((CELL[0] - 4, CELL[1] - 20))
    out = Image.new("RGB", CELL, "white")
    out.paste(part, (2, 0))
    said = m["read"] if m["true"] is not None else m["false"] if m["false"] is not None else m["beside"]
    text = f"{m['true'] or 'nothing'} → {said or 'nothing'}"
    font = ImageFont.truetype(str(font_file("DejaVuSans")), 11)
    while font.getlength(text) > CELL[0] - 6:
        text = text[:-2] + "…"
    ImageDraw.Draw(out).text((3, CELL[1] - 18), text, font=font, fill=(120, 0, 0))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--sheet", type=Path, required=True)
    parser.add_argument("--most", type=int, default=40)
    a = parser.parse_args()
    found = [m for m in map(MISTAKE.match, a.output.read_text(encoding="utf-8").splitlines()) if m]
    if not found:
        raise SystemExit(f"{a.output} names no mistake")
    # As many as there is room for, spread over the whole list.
    some = [found[k * len(found) // min(len(found), a.most)] for k in range(min(len(found), a.most))]
    rows = -(-len(some) // COLUMNS)
    sheet = Image.new("RGB", (CELL[0] * COLUMNS, CELL[1] * rows), "white")
    for k, m in enumerate(some):
        sheet.paste(cell(m, a.set), (k % COLUMNS * CELL[0], k // COLUMNS * CELL[1]))
    sheet.quantize(128).save(a.sheet, optimize=True)


if __name__ == "__main__":
    main()
