"""Trains the layered transformer and its text encoder by flow matching, in the three stages of the paper.

    python train_transformer.py --vae RUN_VAE --out RUN --stage element --minutes 5
    python train_transformer.py --vae RUN_VAE --out RUN --stage text    --minutes 10 --resume
    python train_transformer.py --vae RUN_VAE --out RUN --stage picture --minutes 50 --resume --report

element: words -> one RGBA layer; text: words -> picture and layers; picture: picture (and words) -> picture and layers.
Latents are encoded once, up front. The run is bounded by minutes; `--chunk 9` ends it earlier, to be resumed.
"""
from __future__ import annotations

import argparse
import copy
import json
import math
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import torch
from diffusers import QwenImageTransformer2DModel
from torch import Tensor, nn

from figures import Frame
from latents import STAGES, Batch, LatentStore, load_vae
from muon import Muon
from pipeline import pack, velocity
from words import TextEncoder, new_tokenizer

# Sizes as inference makes them of pictures of several aspects, at areas of 128², 160², 192² and 256² px. Every entry gets
# as many figures as any other; a figure is drawn as often at any size.
FRAMES = ((128, 128), (160, 96), (160, 96), (96, 160),
          (160, 160), (192, 128), (128, 192),
          (192, 192), (192, 192), (224, 160), (224, 160), (256, 160), (160, 224), (160, 224),
          (256, 256), (288, 224))


def new_transformer(width: int, blocks: int, z: int, text: int, flat_rope: bool = False) -> QwenImageTransformer2DModel:
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
    if flat_rope:
        flatten_rope(net)
    return net


def flatten_rope(net: QwenImageTransformer2DModel) -> None:
    """For the ablation: all layers and the condition at one position, so that plain 2-D RoPE is left."""
    rope = net.pos_embed
    of_layer = rope._compute_video_freqs
    rope._compute_video_freqs = lambda frame, height, width, idx=0, device=None: of_layer(frame, height, width, 0, device)
    rope._compute_condition_freqs = lambda frame, height, width, device=None: of_layer(frame, height, width, 0, device)


def deepened(weights: dict[str, Tensor], blocks: int) -> dict[str, Tensor]:
    """The weights of a network with more blocks that computes the same: the new ones are copies of the block before them
    whose gates are shut, so that each begins as the identity but knows already what to look for."""
    prefix = "transformer.transformer_blocks."
    own = 1 + max(int(k.removeprefix(prefix).split(".")[0]) for k in weights if k.startswith(prefix))
    made = {k: w for k, w in weights.items() if not k.startswith(prefix)}
    for new in range(blocks):
        old = new * own // blocks
        copy_of = new > 0 and (new - 1) * own // blocks == old
        for k, w in weights.items():
            if k.startswith(f"{prefix}{old}."):
                w = w.clone()
                if copy_of and "_mod." in k:   # shift, scale, gate of attention; the same of the perceptron
                    third = w.view(2, 3, len(w) // 6, -1)
                    third[:, 2] = 0
                made[k.replace(f"{prefix}{old}.", f"{prefix}{new}.", 1)] = w
    return made


class Network(nn.Module):
    """Transformer and text encoder, trained together."""

    def __init__(self, transformer: QwenImageTransformer2DModel, text: TextEncoder) -> None:
        super().__init__()
        self.transformer, self.text = transformer, text

    def forward(self, noisy: Tensor, condition: Tensor, sigma: Tensor, captions: list[str], frames: int, gh: int, gw: int) -> Tensor:
        # Equal captions (mostly: none) are read once.
        different = sorted(set(captions))
        embedding, real = self.text(different, noisy.device)
        at = torch.tensor([different.index(c) for c in captions], device=noisy.device)
        mask = None if bool(real.all()) else real[at]
        return velocity(self.transformer, embedding[at].to(noisy.dtype), noisy, condition, sigma, frames, gh, gw, mask)


def noise_levels(size: int, rng: torch.Generator, noise_only: float) -> Tensor:
    """Logit-normal, with the share `noise_only` at pure noise, where inference starts."""
    sigma = torch.randn(size, generator=rng).sigmoid()
    sigma[torch.rand(size, generator=rng) < noise_only] = 1.0
    return sigma


def flow_loss(net: Network, batch: Batch, rng: torch.Generator, device: str, dtype: torch.dtype, emphasis: float = 1.0, noise_only: float = .15) -> Tensor:
    """Squared error of the velocity eps - x0 per sample, on the targets only. `emphasis` > 1 weighs the tokens of upper
    layers that differ from their layer's typical token, that is, those of the foreground: they are few, and a short training
    leaves thin layers empty."""
    x0 = pack(batch.targets.to(device))
    condition = pack(batch.condition[:, None].to(device))
    noise = torch.randn(x0.shape, generator=rng).to(device)
    sigma = noise_levels(len(x0), rng, noise_only).to(device)
    s = sigma[:, None, None]
    count = batch.targets.shape[1]
    noisy = (1 - s) * x0 + s * noise
    with torch.autocast(torch.device(device).type, torch.bfloat16, enabled=dtype == torch.float32):
        v = net(noisy.to(dtype), condition.to(dtype), sigma, batch.captions, count, *batch.grid)
    frames = x0.view(len(x0), count, batch.grid[0] * batch.grid[1], -1)
    foreground = ((frames - frames.median(2, keepdim=True).values) ** 2).mean(3) > .15
    foreground[:, :2] = False   # the composite and the background are full
    weight = torch.where(foreground.flatten(1), emphasis, 1.0)
    return (((v.float() - (noise - x0)) ** 2).mean(2) * weight).mean(1)


class Halves:
    """A bf16 twin that does the arithmetic, while the f32 weights are kept by the optimiser. On a CPU the network is bound
    by memory, and this is half as fast again as autocast."""

    def __init__(self, net: Network) -> None:
        self.masters = list(net.parameters())
        self.twin = copy.deepcopy(net).bfloat16()
        self.copies = list(self.twin.parameters())

    def gradients(self) -> None:
        """Hands the twin's gradients to the f32 weights."""
        for master, own in zip(self.masters, self.copies):
            master.grad = None if own.grad is None else own.grad.float()
            own.grad = None

    @torch.no_grad()
    def follow(self) -> None:
        torch._foreach_copy_(self.copies, self.masters)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--vae", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True)
    args.add_argument("--stage", choices=STAGES, default="picture")
    args.add_argument("--minutes", type=float, default=48, help="of this stage, without the encoding")
    args.add_argument("--batches", type=int, help="so many batches of this stage instead of minutes, whatever else the machine does")
    args.add_argument("--chunk", type=float, default=math.inf, help="stop after so many minutes; go on with --resume")
    args.add_argument("--scenes", type=int, default=5000)
    args.add_argument("--first", type=int, default=100_000, help="seed of the first figure")
    args.add_argument("--only", type=int, nargs="+", help="draw only figures of about these sides squared, of all that there are")
    args.add_argument("--plain", action="store_true", help="figures as the generator makes them, without variations of colour and part")
    args.add_argument("--frames", nargs="+", help="sizes as WIDTHxHEIGHT, multiples of 16, which the figures take in turn; default: " + " ".join(f"{w}x{h}" for w, h in FRAMES))
    args.add_argument("--width", type=int, help="of a new network, default 256; one that goes on keeps its own")
    args.add_argument("--blocks", type=int, help="of a new network, default 8; one that goes on may get more")
    args.add_argument("--text", type=int, help="width of the text encoder, default 128")
    args.add_argument("--blank", type=float, default=.6, help="share of the samples without words in stage picture")
    args.add_argument("--batch", type=int, default=16, help="samples of 128² px; of larger ones as many as have that many pixels")
    args.add_argument("--kinds", type=int, default=2, help="different sizes or numbers of layers in a batch")
    args.add_argument("--lr", type=float, default=6e-4, help="of AdamW; Muon's is 20 times this")
    args.add_argument("--start", type=float, default=0, help="part of the learning rate's schedule to begin at, for a run resumed on other data")
    args.add_argument("--emphasis", type=float, default=3, help="weight of foreground tokens in upper layers")
    args.add_argument("--noise-only", type=float, default=.15, help="share of the samples at pure noise")
    args.add_argument("--mixed", type=int, default=0, help="pictures more of each figure's layers and others'")
    args.add_argument("--flat-rope", action="store_true", help="ablation: all layers at one position")
    args.add_argument("--masks", action="store_true", help="ablation: opaque pictures and masks instead of RGBA layers")
    args.add_argument("--device", default="cpu")
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--resume", action="store_true")
    args.add_argument("--report", action="store_true", help="in the end, export, score and draw a contact sheet")
    a = args.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    store, held = stores(a)

    z = len(store.mean)
    state_file = a.out / "state.pt"
    state = torch.load(state_file, map_location=a.device, weights_only=False) if a.resume and state_file.exists() else None
    if state:   # the network knows latents in these units
        for known in (store, held):
            known.mean, known.std = state["mean"].to(a.device), state["std"].to(a.device)
    own = {"width": 256, "blocks": 8, "text": 128}
    if state:
        own = {"width": 64 * state["config"]["num_attention_heads"], "blocks": state["config"]["num_layers"], "text": state["text"]}
        for name in ("width", "text"):
            if getattr(a, name) not in (None, own[name]):
                raise SystemExit(f"--{name} {getattr(a, name)}: the run in {a.out} has {own[name]}, which cannot change. Leave it out.")
        if a.blocks is not None and a.blocks < own["blocks"]:
            raise SystemExit(f"--blocks {a.blocks}: the run in {a.out} has {own['blocks']} and would lose some. Leave it out, or ask for more.")
    a.width, a.blocks, a.text = a.width or own["width"], a.blocks or own["blocks"], a.text or own["text"]
    tokenizer = state["tokenizer"] if state else new_tokenizer(store.captions())
    net = Network(new_transformer(a.width, a.blocks, z, a.text, a.flat_rope), TextEncoder(tokenizer, a.text)).to(a.device)
    # Not the pieces that are never used.
    live = {n: p for n, p in net.named_parameters() if not n.startswith("text.whole.")}
    trained = {**{f"transformer.{n}": p for n, p in net.transformer.named_parameters()}, **{f"text.{n}": p for n, p in net.text.model.named_parameters()}}
    inner = [p for n, p in trained.items() if n.startswith("transformer.transformer_blocks.") and p.ndim == 2 and "_mod." not in n]
    matrices = {id(p) for p in inner}
    outer = [p for p in trained.values() if id(p) not in matrices]
    optimisers = [torch.optim.AdamW(outer, a.lr, (.9, .98), weight_decay=0, fused=True), Muon(inner, a.lr * 20)]
    rates = [a.lr, a.lr * 20]
    averaged = {k: v.detach().clone() for k, v in trained.items()}
    step, spent, stage_step, samples = 0, 0.0, 0, 0
    if state:
        grown = state["config"]["num_layers"] < a.blocks
        for own, saved in ((trained, state["model"]), (averaged, state["averaged"])):
            saved = deepened(saved, a.blocks) if grown else saved
            with torch.no_grad():
                for k, w in own.items():
                    w.copy_(saved[k])
        step, samples = state["step"], state["samples"]
        if state["stage"] == a.stage and not grown:
            for optimiser, saved in zip(optimisers, state["optimisers"]):
                optimiser.load_state_dict(saved)
            spent, stage_step = state["spent"], state["stage_step"]
    halves = Halves(net) if a.device == "cpu" else None
    worker, dtype = (halves.twin, torch.bfloat16) if halves else (net, torch.float32)
    if a.device != "cpu":
        net.transformer.compile_repeated_blocks(fullgraph=True)
    print(f"{sum(p.numel() for p in trained.values()) / 1e6:.1f} M parameters, {len(live)} of them named, {len(store.captions())} figures", flush=True)

    def save() -> None:
        aside = state_file.with_suffix(".tmp")
        torch.save({"model": {k: v.detach() for k, v in trained.items()}, "averaged": averaged, "optimisers": [o.state_dict() for o in optimisers],
                    "step": step, "stage": a.stage, "stage_step": stage_step, "spent": spent + time.time() - before, "tokenizer": tokenizer,
                    "config": dict(net.transformer.config), "text": a.text, "mean": store.mean, "std": store.std, "samples": samples}, aside)
        aside.replace(state_file)

    numbers, rng = np.random.default_rng([a.seed, step]), torch.Generator().manual_seed(step + 1_000_003 * a.seed)
    before = last_report = last_save = time.time()
    losses: list[float] = []
    done = lambda: stage_step / a.batches if a.batches else (spent + time.time() - before) / (a.minutes * 60)
    while (part := done()) < 1 and time.time() - before < a.chunk * 60:
        batches = [store.batch(a.batch // a.kinds, numbers, a.stage, a.blank) for _ in range(a.kinds)]
        for optimiser in optimisers:
            optimiser.zero_grad()
        loss = 0.0
        for batch in batches:
            some = flow_loss(worker, batch, rng, a.device, dtype, a.emphasis, a.noise_only).mean() / a.kinds
            some.backward()
            loss += some.item()
        for optimiser, rate in zip(optimisers, rates):
            place = a.start + (1 - a.start) * part
            optimiser.param_groups[0]["lr"] = rate * min(1, (stage_step + 1) / 100) * (.03 + .97 * .5 * (1 + math.cos(math.pi * place)))
        if halves:
            halves.gradients()
        nn.utils.clip_grad_norm_(outer, 1.0)
        for optimiser in optimisers:
            optimiser.step()
        if halves:
            halves.follow()
        step, stage_step, samples = step + 1, stage_step + 1, samples + sum(len(b.captions) for b in batches)
        losses.append(loss)
        if step % 4 == 0:   # over the last fifth of the stage at most, so that what was before it is forgotten
            decay = min(.992, (stage_step + 1) / (stage_step + 20))
            torch._foreach_lerp_(list(averaged.values()), [p.detach() for p in trained.values()], 1 - decay)
        if time.time() - last_report > 150:
            last_report = time.time()
            numbers_held, rng_held = np.random.default_rng(1), torch.Generator().manual_seed(1)
            with torch.no_grad():
                # As in training, and at pure noise alone.
                held_loss, held_noise = (float(np.mean([flow_loss(worker, held.batch(16, numbers_held, a.stage, a.blank), rng_held, a.device, dtype, 1, share).mean().item()
                                                       for _ in range(12)])) for share in (a.noise_only, 1.0))
            print(json.dumps({"stage": a.stage, "step": step, "samples": samples, "part": round(part, 3),
                              "loss": round(float(np.mean(losses[-200:])), 4), "heldout_loss": round(held_loss, 4),
                              "heldout_noise": round(held_noise, 4)}), flush=True)
        if time.time() - last_save > 240:
            last_save = time.time()
            save()
    save()
    if a.report:
        report(a.vae, a.out, store.resolution())


def stores(a: argparse.Namespace) -> tuple[LatentStore, LatentStore]:
    """Training and held-out latents: those of an earlier chunk if there are any, and as many more as are asked for."""
    cache = (a.out / "latents.pt").resolve()   # may be a link to another run's
    frames = [Frame(*map(int, f.split("x"))) for f in a.frames] if a.frames else [Frame(*f) for f in FRAMES]
    made = {"first": a.first, "frames": frames, "plain": a.plain, "masks": a.masks, "mixed": a.mixed}
    store, held, of = torch.load(cache, weights_only=False) if cache.exists() else (LatentStore(a.device, a.masks), LatentStore(a.device, a.masks), made)
    if of != made:
        raise SystemExit(f"The figures in {cache} are others than asked for: " + ", ".join(f"{k} {of[k]}" for k in made if of[k] != made[k])
                         + ". Give the same options, or another --out.")
    seeds = range(a.first, a.first + a.scenes)
    if store.scenes < a.scenes:
        vae = load_vae(a.vae, a.device)
        store.add(vae, "train", seeds[store.scenes:], frames, not a.plain, a.mixed)
        if not held.scenes:
            held.add(vae, "heldout", range(10_000, 10_000 + min(a.scenes, 256)), frames)
        aside = cache.with_suffix(".new")
        torch.save([store, held, made], aside)
        aside.replace(cache)
    held.mean, held.std = store.mean, store.std
    if a.only:
        store.keep(a.only)
        held.keep(a.only)
    return store, held


def report(vae: Path, out: Path, resolution: int) -> None:
    """The checkpoint folder `model`, its scores on 24 held-out figures (`scores.txt`) and `sheet.png`."""
    run = lambda script, *arguments: subprocess.run([sys.executable, Path(__file__).with_name(script), *map(str, arguments)], check=True,
                                                    capture_output=True, text=True).stdout
    run("export.py", "--vae", vae, "--transformer", out, "--out", out / "model", "--resolution", resolution)
    scores = run("evaluate.py", "--model", out / "model", "--figures", 24, "--first", 30000, "--steps", 4)
    (out / "scores.txt").write_text(scores)
    run("sample.py", "--model", out / "model", "--out", out / "sheet.png", "--figures", 12)
    print(scores, flush=True)


if __name__ == "__main__":
    main()
