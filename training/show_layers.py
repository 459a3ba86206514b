"""Shows a result folder as one picture: the recomposed picture, its layers from the bottom to the top, and the recomposed picture again.

    python show_layers.py ../layers-figure ../docs/screenshots/layers.jpg
"""
import sys
from pathlib import Path

from PIL import Image

COLUMNS, WIDTH, GAP, SQUARE = 4, 300, 6, 10


def board(size: tuple[int, int]) -> Image.Image:
    squares = Image.new("RGBA", (2, 2), (180, 184, 192, 255))
    for at in ((0, 0), (1, 1)):
        squares.putpixel(at, (150, 154, 162, 255))
    out = Image.new("RGBA", size)
    tile = squares.resize((2 * SQUARE, 2 * SQUARE), Image.Resampling.NEAREST)
    for y in range(0, size[1], 2 * SQUARE):
        for x in range(0, size[0], 2 * SQUARE):
            out.paste(tile, (x, y))
    return out


def main(folder: Path, to: Path) -> None:
    whole = folder / "recomposed.png"
    pictures = [Image.open(f).convert("RGBA") for f in (whole, *sorted(folder.glob("layer-*.png")), whole)]
    height = round(WIDTH * pictures[0].height / pictures[0].width)
    rows = -(-len(pictures) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP), "white")
    for k, picture in enumerate(pictures):
        small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
        tile = Image.alpha_composite(board((WIDTH, height)), small).convert("RGB")
        sheet.paste(tile, (GAP + k % COLUMNS * (WIDTH + GAP), GAP + k // COLUMNS * (height + GAP)))
    sheet.save(to, quality=90)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
