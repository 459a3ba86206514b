"""The paper's choices against their absence, at an equal small budget: which of them pay at this size.

    python ablate.py --vae RUN_VAE --out DIR --minutes 4 --figures 48

Every arm trains a transformer of the same size from the same seed on the same latents for the same time and is scored on
the same held-out figures. The table goes to DIR/ablation.md. (The paper's RGBA-VAE against an opaque one with a mask is not
among them: it needs a second VAE.)
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

# Arm: stages with their share of the time, and further options.
ARMS: dict[str, tuple[dict[str, float], list[str]]] = {
    "three stages, Layer3D RoPE, words": ({"element": .15, "text": .25, "picture": .6}, []),
    "picture stage only": ({"picture": 1}, []),
    "picture stage only, no words": ({"picture": 1}, ["--blank", "1"]),
    "picture stage only, all layers at one RoPE position": ({"picture": 1}, ["--flat-rope"]),
}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--vae", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--minutes", type=float, default=4, help="per arm")
    args.add_argument("--scenes", type=int, default=2000)
    args.add_argument("--figures", type=int, default=48)
    args.add_argument("--width", type=int, default=128)
    args.add_argument("--blocks", type=int, default=3)
    args.add_argument("--latents", type=Path, help="the latents.pt of another run, instead of rendering anew")
    args.add_argument("--device", default="cpu")
    a = args.parse_args()
    script = lambda name, *arguments: subprocess.run([sys.executable, Path(__file__).with_name(name), *map(str, arguments)], check=True,
                                                     capture_output=True, text=True).stdout
    a.out.mkdir(parents=True, exist_ok=True)
    shared = (a.latents or a.out / "latents.pt").resolve()
    rows = ["| arm | steps | held-out loss | scores at 0 / 5 merges |", "|---|---|---|---|"]
    for number, (name, (stages, options)) in enumerate(ARMS.items()):
        run = a.out / f"arm{number}"
        run.mkdir(exist_ok=True)
        if shared.exists() and not (run / "latents.pt").exists():
            (run / "latents.pt").symlink_to(shared)
        log = ""
        for stage, share in stages.items():
            log = script("train_transformer.py", "--vae", a.vae, "--out", run, "--stage", stage, "--minutes", a.minutes * share, "--scenes", a.scenes,
                         "--width", a.width, "--blocks", a.blocks, "--device", a.device, "--resume", *options)
        if not shared.exists():
            (run / "latents.pt").rename(shared)
            (run / "latents.pt").symlink_to(shared)
        facts = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
        script("export.py", "--vae", a.vae, "--transformer", run, "--out", run / "model")
        flat = ["--flat-rope"] if "--flat-rope" in options else []
        scores = script("evaluate.py", "--model", run / "model", "--figures", a.figures, "--first", 30000, "--steps", 4, "--device", a.device, *flat)
        last = facts[-1] if facts else {"step": "", "heldout_loss": ""}
        rows.append(f"| {name} | {last['step']} | {last['heldout_loss']} | {scores.splitlines()[-1].split('recomposition')[0].removeprefix('4 steps').strip()} |")
        print(rows[-1], flush=True)
        (a.out / "ablation.md").write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
