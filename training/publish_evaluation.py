"""Puts the outcome of an evaluation into docs/RESULTS.md, between the marks `<!-- evaluation: begin -->` and
`<!-- evaluation: end -->`, and the contact sheet beside it.

    python publish_evaluation.py --from ../target/evaluation
"""
from __future__ import annotations

import argparse
import re
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).resolve().parent.parent / "docs"
BEGIN, END = "<!-- evaluation: begin -->", "<!-- evaluation: end -->"
SHEET = "evaluation-contact-sheet.png"
MOST_BYTES = 600_000


def between(file: Path, text: str) -> None:
    """Replaces what stands between the marks."""
    old = file.read_text(encoding="utf-8")
    if old.count(BEGIN) != 1 or old.count(END) != 1:
        raise SystemExit(f"{file} must have the marks {BEGIN} and {END} once each")
    head, rest = old.split(BEGIN)
    file.write_text(f"{head}{BEGIN}\n{text.strip()}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def shrink(source: Path, target: Path) -> int:
    """The sheet in as many colours, and as large, as the limit allows; bytes."""
    image = Image.open(source).convert("RGB")
    scale = 1.0
    while True:
        small = image.resize((round(image.width * scale), round(image.height * scale)), Image.LANCZOS) if scale < 1 else image
        small.quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return target.stat().st_size
        scale *= .93


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--from", dest="source", type=Path, required=True, help="the --output folder of the evaluation")
    a = args.parse_args()
    report = (a.source / "evaluation.md").read_text(encoding="utf-8").removeprefix("# Evaluation\n")
    report, rows = report.split("\n## Contact sheet\n")
    rows = re.sub(r"`contact-sheet\.png`, two rows", "Two rows", rows)
    between(DOCS / "RESULTS.md", f"{report.strip()}\n\n### Contact sheet\n\n![contact sheet]({SHEET})\n\n{rows.strip()}")
    print(f"{SHEET}: {shrink(a.source / 'contact-sheet.png', DOCS / SHEET)} bytes")


if __name__ == "__main__":
    main()
