"""The paper's choices against their absence, at an equal small budget: which of them pay at this size.

    python ablate.py --vae RUN_VAE --out DIR --batches 600 --figures 48

Every arm trains a transformer of the same size from the same seed on the same figures for the same number of batches and is
scored on the same held-out figures. The table goes to DIR/ablation.md. Opaque pictures with masks are coded by the same VAE,
which knows opaque pictures too, or by one that went on from it on opaque pictures only (`--opaque-vae`, made by `import_checkpoint.py` and `train_vae.py --opaque --resume`);
each layer then takes two frames, so that a batch costs twice as much. `--arms 4 5` runs only those.
"""
from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

# Arm: stages with their share of the time, and further options.
ARMS: dict[str, tuple[dict[str, float], list[str]]] = {
    "three stages, Layer3D RoPE, words": ({"element": .15, "text": .25, "picture": .6}, []),
    "picture stage only": ({"picture": 1}, []),
    "picture stage only, no words": ({"picture": 1}, ["--blank", "1"]),
    "picture stage only, all layers at one RoPE position": ({"picture": 1}, ["--flat-rope"]),
    "picture stage only, opaque layers and masks": ({"picture": 1}, ["--masks"]),
    "picture stage only, opaque layers and masks, opaque VAE": ({"picture": 1}, ["--masks"]),
}
FIGURES = ["--plain", "--frames", "128x128", "160x96", "160x96", "96x160"]


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--vae", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--batches", type=int, default=600, help="per arm")
    args.add_argument("--scenes", type=int, default=2000)
    args.add_argument("--figures", type=int, default=48)
    args.add_argument("--width", type=int, default=128)
    args.add_argument("--blocks", type=int, default=3)
    args.add_argument("--opaque-vae", type=Path, help="run of the VAE of the last arm, which is left out without it")
    args.add_argument("--arms", type=int, nargs="+", default=range(len(ARMS)), help="numbers, from 0")
    args.add_argument("--latents", type=Path, help="the latents.pt of another run, instead of rendering anew")
    args.add_argument("--device", default="cpu")
    a = args.parse_args()
    script = lambda name, *arguments: subprocess.run([sys.executable, Path(__file__).with_name(name), *map(str, arguments)], check=True,
                                                     capture_output=True, text=True).stdout
    a.out.mkdir(parents=True, exist_ok=True)
    table = a.out / "ablation.md"
    rows = table.read_text().splitlines() if table.exists() else ["| arm | seconds | scores at 0 / 5 merges |", "|---|---|---|"]
    for number, (name, (stages, options)) in enumerate(ARMS.items()):
        if number not in a.arms or "opaque VAE" in name and not a.opaque_vae:
            continue
        run = a.out / f"arm{number}"
        run.mkdir(exist_ok=True)
        masks, opaque = "--masks" in options, "opaque VAE" in name
        vae = a.opaque_vae if opaque else a.vae
        shared = (a.out / "opaque.pt" if opaque else a.out / "masks.pt" if masks else a.latents or a.out / "latents.pt").resolve()
        if not (run / "latents.pt").is_symlink():
            (run / "latents.pt").symlink_to(shared)
        began = time.time()
        for stage, share in stages.items():
            script("train_transformer.py", "--vae", vae, "--out", run, "--stage", stage, "--batches", round(a.batches * share), "--scenes", a.scenes,
                   "--width", a.width, "--blocks", a.blocks, "--emphasis", 1, "--kinds", 1, "--lr", 6e-4, "--device", a.device, "--resume", *FIGURES, *options)
        seconds = time.time() - began
        script("export.py", "--vae", vae, "--resolution", 128, "--transformer", run, "--out", run / "model")
        known = [o for o in options if o in ("--flat-rope", "--masks")]
        scores = script("evaluate.py", "--model", run / "model", "--figures", a.figures, "--first", 30000, "--steps", 4, "--device", a.device, *known)
        rows = [r for r in rows if not r.startswith(f"| {name} |")]
        rows.append(f"| {name} | {seconds:.0f} | {scores.splitlines()[-1].split('recomposition')[0].removeprefix('4 steps').strip()} |")
        print(rows[-1], flush=True)
        table.write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
