"""Latents of many figures, encoded once and drawn in batches for the three stages of training."""
from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

import numpy as np
import torch
from diffusers import AutoencoderKLQwenImage
from torch import Tensor

import pool
from figures import Figure, Frame
from flat_vae import flatten, moments
from mixing import mixture

Key = tuple[int, int, int]   # layers, grid height, grid width
STAGES = ("element", "text", "picture")
MOST_LAYERS = 8


def load_vae(run: Path, device: str):
    """The averaged weights of a VAE run, in 2-D form."""
    state = torch.load(run / "state.pt", map_location=device)
    vae = flatten(AutoencoderKLQwenImage.from_config(state["config"])).to(device)
    vae.load_state_dict(state["averaged"])
    return vae.eval().requires_grad_(False)


def as_masks(layers: np.ndarray) -> np.ndarray:
    """Layers (N,H,W,4) as 2N opaque pictures: colours, then alpha in grey, one pair after the other."""
    pairs = np.repeat(layers, 2, axis=0)
    pairs[1::2, ..., :3] = pairs[1::2, ..., 3:]
    pairs[..., 3] = 255
    return pairs


def from_masks(pictures: np.ndarray) -> np.ndarray:
    """The inverse of `as_masks`."""
    alpha = np.rint(pictures[1::2, ..., :3].mean(-1, keepdims=True)).astype(np.uint8)
    return np.concatenate([pictures[::2, ..., :3], alpha], -1)


def _seen(picture: np.ndarray) -> np.ndarray:
    """A picture as it comes to the network: resizing leaves no colour under alpha 0."""
    return np.where(picture[..., 3:] > 0, picture, 0)


def side(key: Key) -> int:
    """The side, a multiple of 32, of the square that has about as many pixels."""
    return round((key[1] * key[2]) ** .5 / 2) * 32


@dataclass(frozen=True)
class Sample:
    """Raw f16 latents (C,h,w) of a picture and its layers, bottom first, and what the picture shows. Mixed pictures share layers
    with the figures they are made of."""
    picture: Tensor
    layers: tuple[Tensor, ...]
    caption: str


@dataclass(frozen=True)
class Batch:
    """`targets` (B,F,C,h,w) and `condition` (B,C,h,w), normalised; `captions`, empty where the model should do without.
    Without a picture to look at the condition is zero, the mean latent."""
    targets: Tensor
    condition: Tensor
    captions: list[str]

    @property
    def grid(self) -> tuple[int, int]:
        return self.targets.shape[-2] // 2, self.targets.shape[-1] // 2


class LatentStore:
    """Everything is kept raw, so that more figures can be added; batches are normalised with the statistics of the first
    ones, so that a network trained on them goes on unchanged."""

    def __init__(self, device: str, masks: bool = False) -> None:
        """`masks`: for the ablation, a layer is two opaque pictures, its colours and its alpha in grey."""
        self.masks = masks
        self.samples: dict[Key, list[Sample]] = defaultdict(list)
        self.empty: dict[tuple[int, int], Tensor] = {}
        self.device = device
        self.scenes = 0
        self.counted, self.total, self.squares = 0, 0.0, 0.0

    def add(self, vae, split: str, seeds: range, frames: Sequence[Frame], varied: bool = False, mixed: int = 0) -> None:
        """Renders and encodes the figures of these seeds, which take the sizes in turn; `varied` as in `pool.variation`; `mixed`:
        so many pictures more of each figure's layers and others', as in `mixing.mixture`."""
        torch._dynamo.config.recompile_limit = 2 * len(set(frames)) + 8   # one program for each size
        encoder = torch.compile(lambda x: moments(vae, x)[0], dynamic=False)
        began = time.time()
        for k, frame in enumerate(frames):
            nothing = np.full((1, frame.height, frame.width, 4), 128, np.uint8)
            nothing[..., 3] = 0
            self.empty[frame.height // 16, frame.width // 16] = self._encode(encoder, nothing)[0].half()
            waiting: list[Figure] = []
            chance = np.random.default_rng([9, seeds.start + k])
            for fig in pool.figures(seeds[k::len(frames)], split, frame, varied=varied):
                if len(fig.layers) > MOST_LAYERS:
                    continue
                waiting.append(fig)
                if len(waiting) == 64:
                    self._take(encoder, waiting, mixed, chance)
                    waiting = []
            if waiting:
                self._take(encoder, waiting, mixed, chance)
            print(f"encoded {k + 1}/{len(frames)} sizes, {time.time() - began:.0f} s", flush=True)
        if not self.scenes:
            self.mean = (self.total / self.counted).float().to(self.device)
            self.std = (self.squares / self.counted - (self.total / self.counted) ** 2).sqrt().float().to(self.device)
        self.scenes += len(seeds)

    @torch.no_grad()
    def _encode(self, encoder, pictures: np.ndarray, size: int = 32) -> Tensor:
        """Posterior means; always `size` pictures at a time, so that one compiled program serves."""
        x = torch.from_numpy(pictures).permute(0, 3, 1, 2).to(self.device).float().div(127.5).sub(1)
        x = torch.cat([x, x[:1].expand(-len(x) % size, -1, -1, -1)]).to(memory_format=torch.channels_last)
        with torch.autocast(torch.device(self.device).type, torch.bfloat16):
            return torch.cat([encoder(part).float() for part in x.split(size)])[:len(pictures)]

    def _take(self, encoder, figures: list[Figure], mixed: int, chance: np.random.Generator) -> None:
        stacks = []
        for f in figures:
            stack = np.concatenate([_seen(f.picture)[None], as_masks(f.layers) if self.masks else f.layers])
            if self.masks:
                stack[..., 3] = 255
            stacks.append(stack)
        latents = self._encode(encoder, np.concatenate(stacks))
        layers = []
        for own, f in zip(latents.half().split([len(stack) for stack in stacks]), figures):
            layers.append(own[1:].unbind())
            self._keep(own[0], layers[-1], f.caption)
        mixes = [m for k in range(len(figures)) for m in [mixture(figures, k, chance) for _ in range(mixed)] if m]
        if mixes:
            for own, (_, stack) in zip(self._encode(encoder, np.stack([_seen(picture) for picture, _ in mixes])).half(), mixes):
                self._keep(own, tuple(layers[p.figure][p.layer] for p in stack), "")
        flat = latents.double().transpose(0, 1).flatten(1)
        self.counted += flat.shape[1]
        self.total = self.total + flat.sum(1)
        self.squares = self.squares + (flat ** 2).sum(1)

    def _keep(self, picture: Tensor, layers: tuple[Tensor, ...], caption: str) -> None:
        self.samples[len(layers), picture.shape[1] // 2, picture.shape[2] // 2].append(Sample(picture, layers, caption))

    def captions(self) -> list[str]:
        return [s.caption for samples in self.samples.values() for s in samples]

    def resolution(self) -> int:
        """The side of the square that most figures have about the pixels of."""
        sides: dict[int, int] = defaultdict(int)
        for key, samples in self.samples.items():
            sides[side(key)] += len(samples)
        return max(sides, key=sides.get)

    def keep(self, sides: list[int]) -> None:
        """Only the figures of about these sides squared; the statistics stay."""
        self.samples = defaultdict(list, {key: samples for key, samples in self.samples.items() if side(key) in sides})
        if not self.samples:
            raise SystemExit(f"No figure has about {' or '.join(map(str, sides))} pixels squared.")

    def batch(self, size: int, rng: np.random.Generator, stage: str = "picture", blank: float = .5) -> Batch:
        """All of one number of layers and one grid: `size` samples of 128² px, or as many larger ones as have that many
        pixels, so that a batch of five layers costs about the same at every size. A figure is drawn as often at any size; since
        a batch has one loss, one of 256² px weighs as much as four of 128².

        element: one upper layer, from the words; text: picture and layers, from the words; picture: the same, from the
        picture, with the words left out in the share `blank` of the batches. A tenth has a layer too many, which stays empty, and a
        twentieth is a single layer as its own picture: what a user gets who decomposes a layer that has no parts."""
        keys = sorted(self.samples)
        sizes = [max(1, round(size * 64 / (gh * gw))) for _, gh, gw in keys]
        weights = np.array([len(self.samples[k]) / n for k, n in zip(keys, sizes)])
        chance = rng.choice(len(keys), p=weights / weights.sum())
        key, size = keys[chance], sizes[chance]
        chosen = [self.samples[key][i] for i in rng.integers(len(self.samples[key]), size=size)]
        x = torch.stack([torch.stack([s.picture, *s.layers]) for s in chosen]).float()
        worded = stage != "picture" or rng.random() >= blank   # all or none: a batch without words needs no mask, which saves an eighth of the time
        words = [s.caption if worded else "" for s in chosen]
        if self.masks:
            pass
        elif stage == "element" or stage == "picture" and rng.random() < .05:
            single = x[torch.arange(size), torch.from_numpy(rng.integers(min(2, key[0]), key[0] + 1, size))]
            x = single[:, None] if stage == "element" else single[:, None].expand(-1, 2, -1, -1, -1)
            words = [f"One layer of: {w}" if w else "" for w in words]
        elif stage == "picture" and key[0] < MOST_LAYERS and rng.random() < .1:
            x = torch.cat([x, self.empty[key[1:]].float().expand(size, 1, -1, -1, -1)], 1)
        normal = lambda latents: (latents - self.mean.cpu()[:, None, None]) / self.std.cpu()[:, None, None]
        x = normal(x)
        condition = x[:, 0] if stage == "picture" else torch.zeros_like(x[:, 0])
        return Batch(x, condition, words)
