"""Writes a diffusers checkpoint folder from a VAE run and a transformer run.

    python export.py --vae RUN_VAE --transformer RUN --out FOLDER --version 1 --steps 4
"""
from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch
from diffusers import FlowMatchEulerDiscreteScheduler
from diffusers.models import QwenImageTransformer2DModel
from safetensors.torch import save_file

from flat_vae import inflate, slices
from latents import MOST_LAYERS, load_vae
from words import TextEncoder, load as load_text

SHARD = "15MB"


def scheduler() -> FlowMatchEulerDiscreteScheduler:
    """The layered model's schedule: linear shift, no terminal stretch."""
    return FlowMatchEulerDiscreteScheduler(
        num_train_timesteps=1000, shift=1.0, use_dynamic_shifting=True, time_shift_type="linear", base_shift=.5, max_shift=.9,
        base_image_seq_len=256, max_image_seq_len=8192, shift_terminal=False)


def part(weights: dict[str, torch.Tensor], prefix: str) -> dict[str, torch.Tensor]:
    return {k[len(prefix):]: v for k, v in weights.items() if k.startswith(prefix)}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--vae", type=Path, required=True)
    args.add_argument("--transformer", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--version", default="1")
    args.add_argument("--steps", type=int, default=4)
    args.add_argument("--layers", type=int, default=4)
    args.add_argument("--resolution", type=int, default=256, help="of 128, 160, 192, 256: the side of a square of the pixels that the network works on")
    args.add_argument("--most-layers", type=int, default=MOST_LAYERS)
    args.add_argument("--flat", action="store_true", help="store the VAE's kernels as 2-D slices, a third of the size; diffusers cannot load that")
    a = args.parse_args()
    run = torch.load(a.transformer / "state.pt", map_location="cpu", weights_only=False)
    out: Path = a.out
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)

    vae = inflate(load_vae(a.vae, "cpu"))
    vae.register_to_config(latents_mean=[round(v, 5) for v in run["mean"].tolist()], latents_std=[round(v, 5) for v in run["std"].tolist()])
    vae.to(torch.float16).save_pretrained(out / "vae", max_shard_size=SHARD)
    if a.flat:
        for file in (out / "vae").glob("*.safetensors*"):
            file.unlink()
        save_file(slices(vae), out / "vae" / "diffusion_pytorch_model.safetensors", {"format": "pt"})

    net = QwenImageTransformer2DModel.from_config(run["config"])
    net.load_state_dict(part(run["averaged"], "transformer."))
    net.to(torch.float16).save_pretrained(out / "transformer", max_shard_size=SHARD)
    text = TextEncoder(run["tokenizer"], run["text"])
    text.model.load_state_dict(part(run["averaged"], "text."))
    text.save(out)
    (out / "prompt_embeds").mkdir()
    with torch.no_grad():   # by the weights as they are stored
        save_file({"prompt_embeds": load_text(out)([""], "cpu")[0][0].contiguous()}, out / "prompt_embeds" / "blank.safetensors")
    scheduler().save_pretrained(out / "scheduler")

    write = lambda name, content: (out / name).write_text(json.dumps(content, indent=2) + "\n")
    write("model_index.json", {
        "_class_name": "QwenImageLayeredPipeline",
        "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
        "text_encoder": ["transformers", "Qwen2_5_VLForConditionalGeneration"],
        "tokenizer": ["transformers", "Qwen2Tokenizer"],
        "transformer": ["diffusers", "QwenImageTransformer2DModel"],
        "vae": ["diffusers", "AutoencoderKLQwenImage"]})
    write("decompose.json", {
        "name": "compact", "version": a.version, "resolution": a.resolution, "resolutions": [128, 160, 192, 256], "steps": a.steps, "guidance": 1.0,
        "layers": a.layers, "max_layers": a.most_layers, "license": "BSD-2-Clause"})
    for file in sorted(out.rglob("*")):
        if file.is_file():
            print(f"{file.stat().st_size:>10} {file.relative_to(out)}")


if __name__ == "__main__":
    main()
