"""What a network knows after each stage of its training: held-out losses of the three tasks, and contact sheets of them.

    python stages.py --vae RUN_VAE --out DIR --stages element=RUN/after-element.pt text=RUN/after-text.pt picture=RUN/state.pt --latents RUN/latents.pt

DIR/stages.md is the table; DIR/element.jpg, text.jpg and picture.jpg show what the network makes right after the stage of that name.
"""
from __future__ import annotations

import argparse
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

import pool
import words
from evaluate import mean
from export import part
from figures import Frame
from latents import STAGES, LatentStore
from metrics import flatten_layers, layer_scores
from pipeline import Model
from sample import row
from train_transformer import Network, flow_loss, new_transformer

SHOWN = Frame(192, 144)


def restored(state: dict) -> Network:
    """The averaged weights of a run."""
    config = state["config"]
    net = Network(new_transformer(64 * config["num_attention_heads"], config["num_layers"], config["out_channels"], state["text"]),
                  words.TextEncoder(state["tokenizer"], state["text"]))
    net.transformer.load_state_dict(part(state["averaged"], "transformer."))
    net.text.model.load_state_dict(part(state["averaged"], "text."))
    return net.eval()


@torch.no_grad()
def loss(net: Network, held: LatentStore, stage: str, batches: int) -> float:
    """Mean squared error of the velocity on held-out figures, the same ones, with the same noise, for every network."""
    numbers, noise = np.random.default_rng(5), torch.Generator().manual_seed(5)
    return float(np.mean([flow_loss(net, held.batch(16, numbers, stage, 1.0), noise, "cpu", torch.float32).mean().item() for _ in range(batches)]))


def captioned(cells: np.ndarray, caption: str) -> np.ndarray:
    """A row of pictures with words below."""
    lines = textwrap.wrap(caption, max(28, cells.shape[1] // 6))[:4]
    strip = Image.new("RGB", (cells.shape[1], 4 + 11 * len(lines)), "white")
    ImageDraw.Draw(strip).multiline_text((3, 1), "\n".join(lines), "black", spacing=1)
    return np.concatenate([cells, np.asarray(strip)])


def sheet(model: Model, folder: Path, stage: str, count: int, steps: int) -> Image.Image:
    """What the stage makes of held-out captions, or of held-out figures."""
    figures = list(pool.figures(range(31_000, 31_000 + count), "heldout", SHOWN))
    encoder = words.load(folder)
    rows: list[np.ndarray] = []
    for k, f in enumerate(figures):
        if stage == "picture":
            layers = model.decompose(f.picture, len(f.layers), 2)
            rows += [row(f.picture, f.layers, 9), row(flatten_layers(list(layers)), layers, 9)]
            continue
        caption = f"One layer of: {f.caption}" if stage == "element" else f.caption
        with torch.no_grad():
            prompt = encoder([caption], "cpu")[0][0]
        made = model.imagine(prompt, 1 if stage == "element" else 1 + min(5, len(f.layers)), SHOWN.width, SHOWN.height, steps, seed=k)
        rows.append(captioned(row(made[0], made[1:], 1 if stage == "element" else 6), caption))
    if stage == "element":   # four in a row
        high = max(len(r) for r in rows)
        rows = [np.pad(r, ((0, high - len(r)), (0, 0), (0, 0)), constant_values=255) for r in rows]
        rows = [np.concatenate(rows[k:k + 4], 1) for k in range(0, len(rows), 4)]
    return Image.fromarray(np.concatenate(rows))


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--vae", type=Path, required=True)
    args.add_argument("--stages", nargs="+", required=True, help="NAME=state.pt; a NAME that is no stage gets a line, but no sheet")
    args.add_argument("--latents", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--resolution", type=int, default=256, help="to decompose pictures at")
    args.add_argument("--batches", type=int, default=48)
    args.add_argument("--figures", type=int, default=32)
    args.add_argument("--steps", type=int, default=16, help="to make something out of words")
    args.add_argument("--threads", type=int, default=2)
    a = args.parse_args()
    torch.set_num_threads(a.threads)
    a.out.mkdir(parents=True, exist_ok=True)
    held = torch.load(a.latents, weights_only=False)[1]   # [training, held-out, options]
    truth = list(pool.figures(range(32_000, 32_000 + a.figures), "heldout", Frame(320, 240)))
    table = ["| after | samples | " + " | ".join(f"loss, {s}" for s in STAGES) + " | pictures decomposed, at 0 / 5 merges |", "|---" * 6 + "|"]
    for name, file in (s.split("=", 1) for s in a.stages):
        state = torch.load(file, map_location="cpu", weights_only=False)
        held.mean, held.std = state["mean"], state["std"]
        net = restored(state)
        losses = [loss(net, held, s, a.batches) for s in STAGES]
        run, folder = a.out / name, a.out / name / "model"
        run.mkdir(exist_ok=True)
        (run / "state.pt").unlink(missing_ok=True)
        (run / "state.pt").symlink_to(Path(file).resolve())
        subprocess.run([sys.executable, Path(__file__).with_name("export.py"), "--vae", a.vae, "--transformer", run, "--out", folder,
                        "--resolution", str(a.resolution)], check=True, capture_output=True)
        model = Model.load(folder)
        scores = mean([layer_scores(list(model.decompose(f.picture, len(f.layers), 2)), list(f.layers)) for f in truth])
        table.append(f"| {name} | {state['samples']:,} | " + " | ".join(f"{v:.3f}" for v in losses) + f" | {scores} |".replace("   ", ", "))
        print(table[-1], flush=True)
        (a.out / "stages.md").write_text("\n".join(table) + "\n")
        if name in STAGES:
            sheet(model, folder, name, 12, a.steps).save(a.out / f"{name}.jpg", quality=80)


if __name__ == "__main__":
    main()
