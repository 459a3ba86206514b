"""Trains the narrow RGBA-VAE. The run is bounded by minutes, not steps, so that it suits any machine.

    python train_vae.py --out RUN --minutes 35
"""
from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import AutoencoderKLQwenImage
from torch import Tensor

import pool
from figures import Frame
from flat_vae import decode, flatten, moments, new_vae, widen
from muon import Muon

SIDE = 128


def made_opaque(composites: Tensor, layers: Tensor) -> tuple[Tensor, Tensor]:
    """For the ablation: pictures (n,4,H,W) without alpha; every other layer's colours, and the alpha of the others in grey."""
    composites, masks = composites.clone(), layers.clone()
    masks[1::2, :3] = layers[1::2, 3:]
    composites[:, 3] = masks[:, 3] = 255
    return composites, masks


def load_pictures(split: str, first: int, count: int) -> tuple[Tensor, Tensor]:
    """Composites (n,4,H,W) and layers (m,4,H,W), 8 bit. Opaque bottom layers are left out: composites teach as much."""
    composites, layers = [], []
    for fig in pool.figures(range(first, first + count), split, Frame(SIDE, SIDE)):
        composites.append(fig.picture)
        layers.extend(fig.layers[int(fig.layers[0, ..., 3].min() == 255):])
    return tuple(torch.from_numpy(np.stack(x)).permute(0, 3, 1, 2).contiguous() for x in (composites, layers))


def batch_of(composites: Tensor, layers: Tensor, size: int, side: int, rng: torch.Generator) -> Tensor:
    """Two fifths composites, the rest layers; cropped, flipped and with permuted colour channels."""
    opaque = size * 2 // 5
    picked = torch.cat([composites[torch.randint(len(composites), (opaque,), generator=rng)],
                        layers[torch.randint(len(layers), (size - opaque,), generator=rng)]])
    out = torch.empty((size, 4, side, side), dtype=torch.uint8)
    for k, p in enumerate(picked):
        p = p[torch.cat([torch.randperm(3, generator=rng), torch.tensor([3])])]
        flip, y, x = torch.randint(4, (), generator=rng), *torch.randint(0, SIDE - side + 1, (2,), generator=rng)
        out[k] = p[:, y:y + side, x:x + side].flip([d + 1 for d in range(2) if flip >> d & 1])
    return out.to(torch.float32).div_(127.5).sub_(1).to(memory_format=torch.channels_last)


def vae_loss(output: Tensor, target: Tensor, mean: Tensor, logvar: Tensor, late: bool) -> Tensor:
    """Squared errors on colour and chroma keep a small codec from turning grey; Dice keeps thin marks from vanishing."""
    out, ref = output.float() * .5 + .5, target * .5 + .5
    alpha, guess = ref[:, 3:], out[:, 3:]
    weight = .1 + .9 * alpha
    weight = weight / weight.mean((1, 2, 3), keepdim=True)
    error = out[:, :3] - ref[:, :3]
    chroma = error[:, [0, 2]] - error[:, [1]]
    held = guess.clamp(0, 1)
    dice = 1 - (2 * (held * alpha).sum((1, 2, 3)) + 1) / ((held ** 2 + alpha ** 2).sum((1, 2, 3)) + 1)
    loss = (8 * (weight * error ** 2).mean() + 16 * (weight * chroma ** 2).mean() + .4 * (weight * error.abs()).mean()
            + 2 * (guess - alpha).abs().mean() + .3 * dice.mean())
    if late:
        background = torch.rand(len(out), 3, 1, 1, device=out.device)
        blend = out[:, :3] * guess + background * (1 - guess)
        truth = ref[:, :3] * alpha + background * (1 - alpha)
        edges = sum((d(blend) - d(truth)).abs().mean() for d in (lambda x: x.diff(dim=2), lambda x: x.diff(dim=3)))
        loss = loss + 2 * F.mse_loss(blend, truth) + .5 * (blend - truth).abs().mean() + .3 * edges
    kl = .5 * (mean.float() ** 2 + logvar.float().exp() - 1 - logvar.float()).mean()
    return loss + 1.6e-5 * kl


@torch.no_grad()
def evaluate(net, composites: Tensor, layers: Tensor, autocast) -> dict[str, float]:
    def both(pictures: Tensor) -> tuple[Tensor, Tensor]:
        x = pictures.float().div(127.5).sub(1).to(memory_format=torch.channels_last)
        with autocast():
            out = net(x, False)[0]
        return out.float().clamp(-1, 1) * .5 + .5, x * .5 + .5

    def psnr(a: Tensor, b: Tensor) -> float:
        return float((-10 * torch.log10(((a - b) ** 2).mean((1, 2, 3)).clamp_min(1e-6))).mean())

    out, ref = both(composites)
    colourful = lambda p: (p[:, :3].amax(1) - p[:, :3].amin(1)).mean()
    result = {"composite_psnr": psnr(out[:, :3], ref[:, :3]), "saturation": float(colourful(out) / colourful(ref))}
    out, ref = both(layers)
    blend = lambda p: p[:, :3] * p[:, 3:] + .5 * (1 - p[:, 3:])
    union = torch.maximum(out[:, 3], ref[:, 3]).sum((1, 2))
    result["blended_psnr"] = psnr(blend(out), blend(ref))
    result["alpha_iou"] = float((torch.minimum(out[:, 3], ref[:, 3]).sum((1, 2)) / union.clamp_min(1)).mean())
    return {k: round(v, 4) for k, v in result.items()}


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--minutes", type=float, default=35)
    args.add_argument("--chunk", type=float, default=math.inf, help="stop after this many minutes of the run, to go on with --resume")
    args.add_argument("--scenes", type=int, default=3000)
    args.add_argument("--base", type=int, default=24)
    args.add_argument("--blocks", type=int, default=1)
    args.add_argument("--rgb", type=Path, help="folder of an RGB-VAE (diffusers) to start from; its own width counts, not --base and --blocks")
    args.add_argument("--opaque", action="store_true", help="ablation: opaque pictures only, layers as colours and as masks in grey")
    args.add_argument("--batch", type=int, default=16)
    args.add_argument("--lr", type=float, default=1e-3, help="of AdamW; Muon's is 10 times this")
    args.add_argument("--device", default="cpu")
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--resume", action="store_true")
    a = args.parse_args()
    torch.manual_seed(0)
    a.out.mkdir(parents=True, exist_ok=True)
    cache = a.out / "pictures.pt"
    if not cache.exists():
        torch.save(load_pictures("train", 0, a.scenes), cache)
    composites, layers = torch.load(cache)
    held_composites, held_layers = load_pictures("heldout", 0, 40)
    if a.opaque:
        composites, layers = made_opaque(composites, layers)
        held_composites, held_layers = made_opaque(held_composites, held_layers)
    held = [x[:40].to(a.device) for x in (held_composites, held_layers)]
    torch.set_num_threads(a.threads)
    print(f"{len(composites)} composites, {len(layers)} layers", flush=True)

    start = widen(AutoencoderKLQwenImage.from_pretrained(a.rgb, torch_dtype=torch.float32)) if a.rgb else new_vae(a.base, a.blocks)
    vae = flatten(start).to(a.device)
    live = {n: p for n, p in vae.named_parameters() if "time_conv" not in n}
    averaged = {k: v.clone() for k, v in vae.state_dict().items()}
    inner = [p for n, p in live.items() if p.ndim == 4 and n.endswith(".weight") and min(p.shape[:2]) > 8]
    known = {id(p) for p in inner}
    outer = [p for p in live.values() if id(p) not in known]
    optimisers = [torch.optim.AdamW(outer, a.lr, (.9, .99), weight_decay=1e-3, fused=True), Muon(inner, a.lr * 10)]
    rates = [a.lr, a.lr * 10]
    step, spent = 0, 0.0
    state_file = a.out / "state.pt"
    if a.resume and state_file.exists():
        state = torch.load(state_file, map_location=a.device)
        vae.load_state_dict(state["model"])
        for optimiser, saved in zip(optimisers, state.get("optimisers", [])):
            optimiser.load_state_dict(saved)
        averaged, step, spent = state["averaged"], state["step"], state["spent"]

    def network(x: Tensor, sample: bool) -> tuple[Tensor, Tensor, Tensor]:
        mean, logvar = moments(vae, x)
        z = mean + torch.randn_like(mean) * (.5 * logvar).exp() if sample else mean
        return decode(vae, z), mean, logvar

    fast = torch.compile(network, dynamic=False)
    autocast = lambda: torch.autocast(torch.device(a.device).type, torch.bfloat16)
    rng = torch.Generator().manual_seed(step)
    held_weights: dict[str, Tensor] = {}
    before = time.time()
    last_report = last_save = before
    while (part := (spent + time.time() - before) / (a.minutes * 60)) < 1 and time.time() - before < a.chunk * 60:
        side = SIDE if part > .85 else SIDE // 2   # many cheap steps on small crops first, whole pictures at the end
        x = batch_of(composites, layers, a.batch, side, rng).to(a.device)
        with autocast():
            out, mean, logvar = fast(x, True)
        loss = vae_loss(out, x, mean, logvar, part > .5)
        for optimiser, rate in zip(optimisers, rates):
            optimiser.zero_grad()
            optimiser.param_groups[0]["lr"] = rate * min(1, (step + 1) / 20) * (.02 + .98 * .5 * (1 + math.cos(math.pi * part)))
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(live.values(), 1.0)
        for optimiser in optimisers:
            optimiser.step()
        step += 1
        if step % 4 == 0:
            decay = min(.992, (step + 1) / (step + 20))
            torch._foreach_lerp_([averaged[k] for k in live], [p.detach() for p in live.values()], 1 - decay)
        now = time.time()
        if now - last_report > 90 or step in (20, 60, 120, 240):
            last_report = now
            held_weights = {k: v.clone() for k, v in vae.state_dict().items()}
            vae.load_state_dict(averaged)
            scores = evaluate(network, *held, autocast)
            vae.load_state_dict(held_weights)
            print(json.dumps({"step": step, "part": round(part, 3), "loss": round(float(loss), 4), "norm": round(float(norm), 3), **scores}), flush=True)
        if now - last_save > 240:
            last_save = now
            save(state_file, vae, optimisers, averaged, step, spent + now - before)
    save(state_file, vae, optimisers, averaged, step, spent + time.time() - before)


def save(file: Path, vae, optimisers, averaged: dict[str, Tensor], step: int, spent: float) -> None:
    """Everything needed to go on; written aside first, so that a reader never sees half a file."""
    aside = file.with_suffix(".tmp")
    torch.save({"model": vae.state_dict(), "optimisers": [o.state_dict() for o in optimisers], "averaged": averaged, "step": step,
                "spent": spent, "config": dict(vae.config)}, aside)
    aside.replace(file)


if __name__ == "__main__":
    main()
