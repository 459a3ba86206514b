"""Makes runs to go on from out of a checkpoint folder, for whoever has the weights but not the runs that made them.

    python import_checkpoint.py --model compact --vae RUN/vae --transformer RUN/transformer
    python train_transformer.py --vae RUN/vae --out RUN/transformer --minutes 25 --start .1 --resume

The optimisers begin anew; the weights are the averaged ones, in the precision they were stored in.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import torch
from diffusers import AutoencoderKLQwenImage, QwenImageTransformer2DModel

import words
from flat_vae import flatten


def plain(net) -> dict:
    """The network's configuration without what diffusers adds when it reads one: paths, types."""
    return {k: v for k, v in net.config.items() if not k.startswith("_")}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--model", type=Path, required=True, help="in the official form, not made with export.py --flat")
    args.add_argument("--vae", type=Path, required=True, help="folder of the new VAE run")
    args.add_argument("--transformer", type=Path, required=True, help="folder of the new transformer run")
    a = args.parse_args()
    for folder in (a.vae, a.transformer):
        if (folder / "state.pt").exists():
            raise SystemExit(f"{folder} holds a run already; choose another folder")
        folder.mkdir(parents=True, exist_ok=True)

    vae = AutoencoderKLQwenImage.from_pretrained(a.model, subfolder="vae", torch_dtype=torch.float32)
    config = plain(vae)
    weights = flatten(vae).state_dict()
    torch.save({"model": weights, "averaged": {k: v.clone() for k, v in weights.items()}, "config": config, "step": 0, "spent": 0.0}, a.vae / "state.pt")

    net = QwenImageTransformer2DModel.from_pretrained(a.model, subfolder="transformer", torch_dtype=torch.float32)
    text = words.load(a.model)
    both = {**{f"transformer.{k}": p.detach() for k, p in net.named_parameters()}, **{f"text.{k}": p.detach() for k, p in text.model.named_parameters()}}
    torch.save({"model": both, "averaged": {k: v.clone() for k, v in both.items()}, "step": 0, "samples": 0, "stage": "", "tokenizer": text.tokenizer,
                "config": plain(net), "text": text.model.config.hidden_size, "mean": torch.tensor(config["latents_mean"]),
                "std": torch.tensor(config["latents_std"])}, a.transformer / "state.pt")


if __name__ == "__main__":
    main()
