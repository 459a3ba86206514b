"""Renders the sample figure that ships with the plugin.

    python render_sample.py --out figure.png
"""
from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image

from figures import Frame, render, showcase


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--width", type=int, default=800)
    args.add_argument("--height", type=int, default=600)
    a = args.parse_args()
    scene = showcase()
    figure = render(scene, Frame(a.width, a.height))
    Image.fromarray(figure.picture, "RGBA").convert("RGB").save(a.out, optimize=True)


if __name__ == "__main__":
    main()
