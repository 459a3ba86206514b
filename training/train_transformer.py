"""Trains the layered transformer by flow matching on latents that are encoded once, up front.

    python train_transformer.py --vae RUN_VAE --out RUN --minutes 48

The target of a sample is [composite, layer 1 .. layer N]; the clean composite is the condition. Loss only on targets.
"""
from __future__ import annotations

import argparse
import json
import math
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKLQwenImage, QwenImageTransformer2DModel
from torch import Tensor, nn

import pool
from figures import Frame
from flat_vae import flatten, moments
from muon import Muon
from pipeline import pack, velocity

FRAMES = [Frame(128, 128), Frame(160, 96), Frame(160, 96), Frame(96, 160)]   # the sizes of a 128² px area
Key = tuple[int, int, int]   # layers, grid height, grid width


def load_vae(run: Path, device: str):
    """The averaged weights of a VAE run, in 2-D form."""
    state = torch.load(run / "state.pt", map_location=device)
    vae = flatten(AutoencoderKLQwenImage.from_config(state["config"])).to(device)
    vae.load_state_dict(state["averaged"])
    return vae.eval().requires_grad_(False)


class LatentStore:
    """Latents of composites and layers of many figures, raw in f16; normalised when a batch is drawn."""

    def __init__(self, vae, split: str, seeds: range, device: str) -> None:
        self.samples: dict[Key, list[Tensor]] = defaultdict(list)
        self.empty: dict[tuple[int, int], Tensor] = {}
        self.device = device
        self.counted, self.total, self.squares = 0, 0.0, 0.0
        encoder = torch.compile(lambda x: moments(vae, x)[0], dynamic=False)
        began = time.time()
        for k, frame in enumerate(FRAMES):
            nothing = np.full((1, frame.height, frame.width, 4), 128, np.uint8)
            nothing[..., 3] = 0
            self.empty[frame.height // 16, frame.width // 16] = self._encode(encoder, nothing)[0].half()
            waiting: list[np.ndarray] = []
            for fig in pool.figures(seeds[k::len(FRAMES)], split, frame):
                waiting.append(np.concatenate([fig.picture[None], fig.layers]))
                if len(waiting) == 32:
                    self._take(encoder, waiting)
                    waiting = []
            if waiting:
                self._take(encoder, waiting)
            print(f"encoded {k + 1}/{len(FRAMES)} sizes, {time.time() - began:.0f} s", flush=True)
        self.mean = (self.total / self.counted).float().to(device)
        self.std = (self.squares / self.counted - (self.total / self.counted) ** 2).sqrt().float().to(device)

    @torch.no_grad()
    def _encode(self, encoder, pictures: np.ndarray, size: int = 32) -> Tensor:
        """Posterior means; always `size` pictures at a time, so that one compiled program serves."""
        x = torch.from_numpy(pictures).permute(0, 3, 1, 2).to(self.device).float().div(127.5).sub(1)
        x = torch.cat([x, x[:1].expand(-len(x) % size, -1, -1, -1)]).to(memory_format=torch.channels_last)
        with torch.autocast(torch.device(self.device).type, torch.bfloat16):
            return torch.cat([encoder(part).float() for part in x.split(size)])[:len(pictures)]

    def _take(self, encoder, stacks: list[np.ndarray]) -> None:
        latents = self._encode(encoder, np.concatenate(stacks))
        for own in latents.split([len(stack) for stack in stacks]):
            self.samples[len(own) - 1, own.shape[2] // 2, own.shape[3] // 2].append(own.half())
        flat = latents.double().transpose(0, 1).flatten(1)
        self.counted += flat.shape[1]
        self.total = self.total + flat.sum(1)
        self.squares = self.squares + (flat ** 2).sum(1)

    def batch(self, size: int, rng: np.random.Generator) -> tuple[Tensor, Key]:
        """Normalised latents (B,N+1,C,h,w), composite first, all with the same number of layers and the same grid."""
        keys = sorted(self.samples)
        weights = np.array([len(self.samples[k]) for k in keys], float)
        key = keys[rng.choice(len(keys), p=weights / weights.sum())]
        chosen = [self.samples[key][i] for i in rng.integers(len(self.samples[key]), size=size)]
        x = torch.stack(chosen).float()
        if key[0] < 5 and rng.random() < .1:   # a layer too many stays empty
            spare = self.empty[key[1:]].float().expand(size, 1, -1, -1, -1)
            x, key = torch.cat([x, spare], 1), (key[0] + 1, *key[1:])
        shape = (1, 1, -1, 1, 1)
        return (x - self.mean.view(shape)) / self.std.view(shape), key


def new_transformer(width: int, blocks: int, z: int, text: int) -> QwenImageTransformer2DModel:
    """Every block starts as the identity and the prediction as zero."""
    net = QwenImageTransformer2DModel(
        patch_size=2, in_channels=4 * z, out_channels=z, num_layers=blocks, attention_head_dim=64, num_attention_heads=width // 64,
        joint_attention_dim=text, guidance_embeds=False, axes_dims_rope=(16, 24, 24), zero_cond_t=False,
        use_additional_t_cond=True, use_layer3d_rope=True)
    for name, parameter in net.named_parameters():
        if ".img_mod." in name or ".txt_mod." in name or name.startswith(("proj_out", "norm_out")):
            nn.init.zeros_(parameter)
        elif name.endswith("addition_t_embedding.weight"):
            nn.init.zeros_(parameter)
    return net


def noise_levels(size: int, rng: torch.Generator) -> Tensor:
    """Logit-normal, with 15 % at pure noise, where inference starts."""
    sigma = torch.randn(size, generator=rng).sigmoid()
    sigma[torch.rand(size, generator=rng) < .15] = 1.0
    return sigma


def flow_loss(net, prompt: Tensor, latents: Tensor, key: Key, rng: torch.Generator, device: str, emphasis: float = 1.0) -> Tensor:
    """Squared error of the velocity per sample. `emphasis` > 1 weighs the tokens of upper layers that differ from their
    layer's typical token, that is, the ones with ink: they are few, and a short training leaves thin layers empty."""
    x0 = pack(latents.to(device))
    condition = pack(latents[:, :1].to(device))
    noise = torch.randn(x0.shape, generator=rng).to(device)
    sigma = noise_levels(len(x0), rng).to(device)
    s = sigma[:, None, None]
    with torch.autocast(torch.device(device).type, torch.bfloat16):
        v = velocity(net, prompt[None], (1 - s) * x0 + s * noise, condition, sigma, key[0] + 1, *key[1:])
    frames = x0.view(len(x0), key[0] + 1, key[1] * key[2], -1)
    inked = ((frames - frames.median(2, keepdim=True).values) ** 2).mean(3) > .15
    inked[:, :2] = False   # the composite and the background are full of ink
    weight = torch.where(inked.flatten(1), emphasis, 1.0)
    return (((v.float() - (noise - x0)) ** 2).mean(2) * weight).mean(1)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--vae", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--minutes", type=float, default=48, help="of training, without the encoding")
    args.add_argument("--chunk", type=float, default=math.inf, help="stop after this many minutes of the run, to go on with --resume")
    args.add_argument("--scenes", type=int, default=5000)
    args.add_argument("--width", type=int, default=256)
    args.add_argument("--blocks", type=int, default=4)
    args.add_argument("--text", type=int, default=64)
    args.add_argument("--prompt-tokens", type=int, default=8)
    args.add_argument("--batch", type=int, default=16)
    args.add_argument("--lr", type=float, default=6e-4, help="of AdamW; Muon's is 20 times this")
    args.add_argument("--emphasis", type=float, default=3, help="weight of inked tokens in upper layers")
    args.add_argument("--device", default="cpu")
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--resume", action="store_true")
    a = args.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    a.out.mkdir(parents=True, exist_ok=True)
    vae = load_vae(a.vae, a.device)
    cache = a.out / "latents.pt"
    if not cache.exists():
        torch.save([LatentStore(vae, "train", range(100_000, 100_000 + a.scenes), a.device),
                    LatentStore(vae, "heldout", range(10_000, 10_000 + min(a.scenes, 128)), a.device)], cache)
    store, held = torch.load(cache, weights_only=False)
    held.mean, held.std = store.mean, store.std
    z = len(store.mean)

    net = new_transformer(a.width, a.blocks, z, a.text).to(a.device)
    prompt = nn.Parameter(torch.randn(a.prompt_tokens, a.text, device=a.device))
    inner = [p for n, p in net.named_parameters() if n.startswith("transformer_blocks.") and p.ndim == 2 and "_mod." not in n]
    known = {id(p) for p in inner}
    outer = [p for p in net.parameters() if id(p) not in known] + [prompt]
    optimisers = [torch.optim.AdamW(outer, a.lr, (.9, .98), weight_decay=0, fused=True), Muon(inner, a.lr * 20)]
    rates = [a.lr, a.lr * 20]
    weights = lambda: {**net.state_dict(), "prompt_embeds": prompt.detach()}
    averaged = {k: v.clone() for k, v in weights().items()}
    step, spent = 0, 0.0
    state_file = a.out / "state.pt"
    if a.resume and state_file.exists():
        state = torch.load(state_file, map_location=a.device)
        net.load_state_dict({k: v for k, v in state["model"].items() if k != "prompt_embeds"})
        prompt.data.copy_(state["model"]["prompt_embeds"])
        for optimiser, saved in zip(optimisers, state["optimisers"]):
            optimiser.load_state_dict(saved)
        averaged, step, spent = state["averaged"], state["step"], state["spent"]

    def save() -> None:
        aside = state_file.with_suffix(".tmp")
        torch.save({"model": weights(), "averaged": averaged, "optimisers": [o.state_dict() for o in optimisers], "step": step,
                    "spent": spent + time.time() - before, "config": dict(net.config), "mean": store.mean, "std": store.std,
                    "samples": step * a.batch}, aside)
        aside.replace(state_file)

    numbers, rng = np.random.default_rng(step), torch.Generator().manual_seed(step)
    before = last_report = last_save = time.time()
    losses: list[float] = []
    while (part := (spent + time.time() - before) / (a.minutes * 60)) < 1 and time.time() - before < a.chunk * 60:
        loss = flow_loss(net, prompt, *store.batch(a.batch, numbers), rng, a.device, a.emphasis).mean()
        for optimiser, rate in zip(optimisers, rates):
            optimiser.zero_grad()
            optimiser.param_groups[0]["lr"] = rate * min(1, (step + 1) / 100) * (.03 + .97 * .5 * (1 + math.cos(math.pi * part)))
        loss.backward()
        nn.utils.clip_grad_norm_(outer, 1.0)
        for optimiser in optimisers:
            optimiser.step()
        step += 1
        losses.append(loss.item())
        if step % 4 == 0:
            decay = min(.992, (step + 1) / (step + 20))
            torch._foreach_lerp_(list(averaged.values()), list(weights().values()), 1 - decay)
        if time.time() - last_report > 60:
            last_report = time.time()
            numbers_held, rng_held = np.random.default_rng(1), torch.Generator().manual_seed(1)
            with torch.no_grad():
                held_loss = float(np.mean([flow_loss(net, prompt, *held.batch(16, numbers_held), rng_held, a.device).mean().item()
                                           for _ in range(5)]))
            print(json.dumps({"step": step, "samples": step * a.batch, "part": round(part, 3),
                              "loss": round(float(np.mean(losses[-200:])), 4), "heldout_loss": round(held_loss, 4)}), flush=True)
        if time.time() - last_save > 240:
            last_save = time.time()
            save()
    save()


if __name__ == "__main__":
    main()
