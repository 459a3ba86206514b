"""Renders figures and stores the graphs of their segments with targets, in files of 100, for train_segments.py. Goes on where it stopped: files that are
there are skipped.

    python make_graphs.py --out GRAPHS --split more --first 1000000 --count 20000
"""
from __future__ import annotations

import argparse
import time
from pathlib import Path

from figures.catalogue import COLLECTIONS
from figures.textures import bank
from segment.graphs import GraphMaker, write
from segment.targets import make

PER_FILE = 100


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--split", default="more", help="collection of templates (figures/catalogue.py)")
    options.add_argument("--first", type=int, default=1_000_000, help="seed of the first figure, a multiple of 100")
    options.add_argument("--count", type=int, default=20_000)
    o = options.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    bank(COLLECTIONS[o.split].split)
    maker = GraphMaker()
    for first in range(o.first, o.first + o.count, PER_FILE):
        path = o.out / f"{o.split}-{first}.graphs"
        if path.exists():
            continue
        start = time.time()

        def graphs():
            for seed in range(first, first + PER_FILE):
                try:
                    target = make(seed, o.split)
                except Exception as error:   # one figure that cannot be drawn must not end a night's work, but is named
                    print(f"seed {seed}: {type(error).__name__}: {error}", flush=True)
                    continue
                yield maker.with_targets(target)
        count = write(path, graphs())
        print(f"{path.name}: {count} figures, {count / (time.time() - start):.1f} a second, {path.stat().st_size >> 20} MB", flush=True)


if __name__ == "__main__":
    main()
