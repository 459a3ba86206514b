"""Checks the figure generator. Not part of CI, which needs no Python; run it after every change to `figures`.

    python check_figures.py --count 200
"""
from __future__ import annotations

import argparse
import time
from collections import Counter

import numpy as np

import pool
from figures import MOST_LAYERS, TEMPLATES, Frame, make_scene, real, render
from figures.canvas import over, typeface
from figures.icons import ICONS
from figures.style import FONTS, PALETTES, PROSE, SCALE_TEXTS, SCRIPTS, WORDS, font_file
from figures.textures import PHOTOS, bank
from make_evaluation_set import composite
from mixing import mixture, parts

FRAMES = (Frame(256, 256), Frame(160, 96), Frame(96, 160), Frame(128, 128), Frame(336, 252))


def apart(name: str, train, heldout) -> None:
    shared = set(train) & set(heldout)
    assert not shared, f"{name} in both splits: {sorted(shared)}"


def check_splits() -> None:
    """Nothing that is drawn from a list is in both lists."""
    of = lambda lists: [x for values in lists.values() for x in values]
    apart("fonts", of(FONTS["train"]), of(FONTS["heldout"]))
    apart("font files", [font_file(f) for f in of(FONTS["train"])], [font_file(f) for f in of(FONTS["heldout"])])
    apart("palettes", PALETTES["train"], PALETTES["heldout"])
    apart("colours", [tuple(p.split()) for p in PALETTES["train"]], [tuple(p.split()) for p in PALETTES["heldout"]])
    apart("words", of(WORDS["train"]), of(WORDS["heldout"]))
    apart("words of sentences", PROSE["train"], PROSE["heldout"])
    apart("scale texts", SCALE_TEXTS["train"], SCALE_TEXTS["heldout"])
    apart("templates", [t.make for t in TEMPLATES["train"]], [t.make for t in TEMPLATES["heldout"]])
    apart("templates of the larger collections", [t.make for t in TEMPLATES["more"]], [t.make for t in TEMPLATES["development"]])
    for kind in ("photo", "cutout", "icon"):
        apart(f"{kind} files", real.files(kind, "train"), real.files(kind, "heldout"))
    apart("icons", ICONS["train"], ICONS["heldout"])
    apart("photos", PHOTOS["train"], PHOTOS["heldout"])
    train, heldout = bank("train"), bank("heldout")
    assert all(not np.array_equal(train[k], heldout[k]) for k in train), "the noise banks are the same"
    families = [{t.family for t in TEMPLATES[s]} for s in ("train", "heldout")]
    assert families[0] == families[1], f"families of one split only: {families[0] ^ families[1]}"


def check_glyphs() -> None:
    """Every font has every letter of the words it is used for: none looks like a letter that no font has."""
    for split in FONTS:
        for script in SCRIPTS:
            text = "".join(WORDS[split][script]) + ("".join(PROSE[split]) + "0123456789%*.,“”–" if script == "latin" else "")
            letters = sorted({c for c in text if not c.isspace() and not "\u0900" <= c <= "\u0dff"})   # Devanagari signs have no form alone
            for name in FONTS[split][script]:
                face = typeface(str(font_file(name)), 40, False)
                missing = bytes(face.getmask("\ufffe"))
                lacking = [c for c in letters if bytes(face.getmask(c)) == missing]
                assert not lacking, f"{name} ({split}, {script}) lacks {lacking}"


def check_figure(split: str, seed: int, frame: Frame) -> pool.Figure:
    figure, again = pool.figure(seed, split, frame), pool.figure(seed, split, frame)
    at = f"{split} {seed} at {frame.width}x{frame.height}"
    assert np.array_equal(figure.picture, again.picture) and np.array_equal(figure.layers, again.layers), f"{at}: not the same twice"
    assert figure.caption == again.caption and figure.names == again.names, at
    assert 2 <= len(figure.layers) <= MOST_LAYERS, f"{at}: {len(figure.layers)} layers"
    assert len(figure.names) == len(figure.layers) == len(set(figure.names)), f"{at}: {figure.names}"
    assert figure.layers.shape[1:] == figure.picture.shape == (frame.height, frame.width, 4), at
    for layer, name in zip(figure.layers, figure.names):
        assert (layer[..., 3] > 51).sum() >= 4, f"{at}: layer {name} is empty"
    flat = composite(figure.layers).astype(int)
    seen = figure.picture[..., 3:] > 25   # colours of almost transparent pixels are ill-defined in 8 bit
    difference = np.abs((flat - figure.picture) * np.where(seen, figure.picture[..., 3:] / 255, 0)).max()
    assert difference <= 3 and np.abs(flat[..., 3] - figure.picture[..., 3]).max() <= 3, f"{at}: composite differs by {difference}"
    assert len(figure.caption) > 20 and figure.caption[-1] == "." and figure.caption[0].isupper(), f"{at}: caption {figure.caption!r}"
    assert figure.family in {t.family for t in TEMPLATES[split]}, at
    return figure


def check_damage(seed: int) -> None:
    clean, damaged = pool.figure(seed, "train", FRAMES[0]), pool.figure(seed, "train", FRAMES[0], damage=1.0)
    assert np.array_equal(clean.layers, damaged.layers) and np.array_equal(clean.picture, damaged.clean), "damage must leave the layers alone"
    assert not np.array_equal(damaged.picture, damaged.clean) and np.array_equal(damaged.picture[..., 3], damaged.clean[..., 3])
    few = pool.figure(seed, "train", FRAMES[0], most=3)
    assert len(few.layers) <= 3


def check_variation(seed: int) -> pool.Figure:
    """The layers of a varied figure still make its picture; the caption does not name colours that are not there."""
    frame = FRAMES[seed % len(FRAMES)]
    figure = pool.figure(seed, "train", frame, varied=True)
    assert figure.layers.shape[1:] == figure.picture.shape == (frame.height, frame.width, 4) and len(figure.layers) == len(figure.names), seed
    difference = np.abs(composite(figure.layers).astype(int) - figure.picture) * (figure.picture[..., 3:] > 25) * (figure.picture[..., 3:] / 255)
    # Only in the mean: reducing layers and putting them together is not reducing the picture; their edges differ.
    assert difference.mean() <= 2, f"varied {seed}: composite differs by {difference.mean()} in the mean"
    made = pool.variation(pool.figure(seed, "train", frame), np.random.default_rng(seed))
    difference = np.abs(composite(made.layers).astype(int) - made.picture) * (made.picture[..., 3:] > 25) * (made.picture[..., 3:] / 255)
    assert difference.max() <= 3, f"varied {seed}, at its size: composite differs by {difference.max()}"
    assert all(layer[..., 3].any() for layer in figure.layers[1:]), f"varied {seed}: an empty layer"
    return figure


def check_templates(count: int) -> None:
    """Every template has a name of its own and makes figures of every size; nearly all of them have layers."""
    for split, templates in TEMPLATES.items():
        assert len({t.name for t in templates}) == len(templates), f"{split}: two templates of one name"
        for t in templates:
            made = [render(make_scene(seed, split, t.name), FRAMES[seed % len(FRAMES)]) for seed in range(count)]
            assert all(f.family == t.family for f in made) and sum(len(f.layers) < 2 for f in made) <= 1, f"{split}, {t.name}"


def check_leaves(split: str, count: int) -> None:
    """An element looks the same whenever it is drawn. Leaves painted over one another look like the element that they are parts of, but for the smoothing where they
    touch; they keep its role."""
    groups, finer = Counter(), 0
    for seed in range(count):
        frame, scene = FRAMES[seed % len(FRAMES)], make_scene(seed, split)
        for e in scene.elements:
            first, second = e.draw(frame), e.draw(frame)
            assert (first.x, first.y) == (second.x, second.y) and np.array_equal(first.rgba, second.rgba), f"{split} {seed} ({scene.template}): {e.what!r} is drawn differently the second time"
            leaves = e.leaves()
            assert all(leaf.role == e.role and not leaf.parts for leaf in leaves), f"{split} {seed}: {e.what}"
            groups.update(g.kind for leaf in leaves for g in leaf.group)
            if len(leaves) == 1:
                continue
            finer += len(leaves)
            whole, pieces = (np.zeros((frame.height, frame.width, 4), np.float32) for _ in range(2))
            over(whole, e.draw(frame))
            for leaf in leaves:
                over(pieces, leaf.draw(frame))
            off = (np.abs(whole - pieces).max(-1) > .5).sum() / max((whole[..., 3] > .1).sum(), 1)
            assert off < .02, f"{split} {seed} ({scene.template}): the parts of {e.what!r} {e.words!r} differ in {off:.0%} of its pixels"
    print(f"{split}: {finer} leaves of elements with parts, groups {dict(groups)}")


def check_mixtures(count: int) -> None:
    """Mixed pictures are the composites of layers in the order of their roles, most figures have one, and none is a figure as it was."""
    figures = [pool.figure(seed, "train", FRAMES[3], varied=True) for seed in range(count)]
    rng, made = np.random.default_rng(0), 0
    for k in range(count):
        if (mixed := mixture(figures, k, rng)) is None:
            continue
        picture, stack = mixed
        made += 1
        assert stack != parts(figures, k) and 2 <= len(stack) <= MOST_LAYERS, k
        assert np.array_equal(picture, composite(np.stack([figures[p.figure].layers[p.layer] for p in stack]))), k
        assert all(below.roles[0] <= above.roles[0] and below.roles[-1] <= above.roles[-1] for below, above in zip(stack, stack[1:])), k
        assert all(p.figure == q.figure or p.roles[-1] < q.roles[0] for p, q in zip(stack[1:], stack[2:])), k
    assert made > .7 * count, f"only {made} of {count} figures could be mixed"


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--count", type=int, default=200, help="figures of each split")
    a = args.parse_args()
    check_splits()
    check_glyphs()
    for seed in range(12):
        check_damage(seed)
    check_templates(6)
    for split in TEMPLATES:
        check_leaves(split, 150)
    check_mixtures(60)
    captions = [check_variation(seed).caption for seed in range(a.count)]
    assert .3 < np.mean([pool.COLOURS.search(c) is None for c in captions]) < .9
    for split in TEMPLATES:
        made = [check_figure(split, seed, FRAMES[seed % len(FRAMES)]) for seed in range(a.count)]
        layers, families = Counter(len(f.layers) for f in made), Counter(f.family for f in made)
        assert len({f.caption for f in made}) > .9 * a.count, "captions repeat"
        transparent = sum((f.picture[..., 3] < 255).any() for f in made)
        print(f"{split}: layers {dict(sorted(layers.items()))}, families {dict(families)}, {transparent} with a transparent page")
        began = time.process_time()
        for seed in range(60):
            pool.figure(seed, split, FRAMES[0])
        print(f"{split}: {60 / (time.process_time() - began):.1f} figures/s of 256 x 256 on one core")
    for seed in range(6):
        print("  " + pool.figure(seed, "train", FRAMES[0]).caption)
    print("all checks passed")


if __name__ == "__main__":
    main()
