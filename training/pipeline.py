"""Qwen-Image-Layered's inference, as small functions: sizes, packing, schedule, denoising, decoding."""
from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKLQwenImage, QwenImageTransformer2DModel
from PIL import Image
from safetensors.torch import load_file
from torch import Tensor

import flat_vae
import words
from latents import from_masks


def model_size(width: int, height: int, resolution: int) -> tuple[int, int]:
    """Width and height, multiples of 32, of about resolution² pixels and the picture's aspect."""
    ratio = width / height
    w = math.sqrt(resolution * resolution * ratio)
    return tuple(max(32, round(v / 32) * 32) for v in (w, w / ratio))


def pack(latents: Tensor) -> Tensor:
    """(B,F,C,h,w) to tokens (B, F·h/2·w/2, 4C); feature = 4c + 2dy + dx."""
    b, f, c, h, w = latents.shape
    x = latents.view(b, f, c, h // 2, 2, w // 2, 2).permute(0, 1, 3, 5, 2, 4, 6)
    return x.reshape(b, f * (h // 2) * (w // 2), 4 * c)


def unpack(tokens: Tensor, frames: int, gh: int, gw: int) -> Tensor:
    """The inverse of `pack`."""
    b, _, features = tokens.shape
    x = tokens.view(b, frames, gh, gw, features // 4, 2, 2).permute(0, 1, 4, 2, 5, 3, 6)
    return x.reshape(b, frames, features // 4, gh * 2, gw * 2)


def schedule(steps: int, tokens_per_frame: int) -> list[float]:
    """Noise levels from 1 to 0 (steps + 1 of them) with the pipeline's linear shift."""
    mu = math.sqrt(tokens_per_frame / 256)
    return [mu / (mu + 1 / (1 - i / steps) - 1) for i in range(steps)] + [0.0]


def velocity(transformer: QwenImageTransformer2DModel, prompt: Tensor, noisy: Tensor, condition: Tensor, sigma: Tensor,
             frames: int, gh: int, gw: int, mask: Tensor | None = None) -> Tensor:
    """The predicted eps - x0 of every target token; the clean condition rides along as the last frame. `mask` tells which
    text tokens are real; none: all."""
    batch = len(noisy)
    shapes = [[(1, gh, gw)] * (frames + 1)] * batch
    out = transformer(
        hidden_states=torch.cat([noisy, condition], 1), encoder_hidden_states=prompt.expand(batch, -1, -1), encoder_hidden_states_mask=mask, timestep=sigma,
        img_shapes=shapes, additional_t_cond=torch.zeros(batch, dtype=torch.long, device=noisy.device), return_dict=False)[0]
    return out[:, :noisy.shape[1]]


def blank_prompt(folder: Path) -> Tensor:
    """The embedding (T,width) of an empty prompt: read by the folder's text encoder, or stored beside it."""
    stored = folder / "prompt_embeds" / "blank.safetensors"
    if stored.exists():
        return load_file(stored)["prompt_embeds"].float()
    return words.load(folder)([""], "cpu")[0][0].detach()


@dataclass(frozen=True)
class Model:
    """A checkpoint folder in memory."""
    transformer: QwenImageTransformer2DModel
    vae: AutoencoderKLQwenImage
    prompt: Tensor
    settings: dict

    @staticmethod
    def load(folder: Path, device: str = "cpu") -> "Model":
        return Model(
            QwenImageTransformer2DModel.from_pretrained(folder, subfolder="transformer", torch_dtype=torch.float32).to(device).eval(),
            flat_vae.flatten(AutoencoderKLQwenImage.from_pretrained(folder, subfolder="vae", torch_dtype=torch.float32)).to(device).eval(),
            blank_prompt(folder).to(device),
            json.loads((folder / "decompose.json").read_text()))

    def _statistics(self) -> tuple[Tensor, Tensor]:
        shape = (1, -1, 1, 1)
        config = self.vae.config
        return tuple(torch.tensor(x, device=self.prompt.device).view(shape) for x in (config.latents_mean, config.latents_std))

    @torch.no_grad()
    def encode(self, pictures: Tensor) -> Tensor:
        """Normalised latents (B,C,h,w) of pictures (B,4,H,W) in [-1,1]."""
        mean, std = self._statistics()
        return (flat_vae.moments(self.vae, pictures)[0] - mean) / std

    @torch.no_grad()
    def decode(self, latents: Tensor) -> Tensor:
        """Pictures (B,4,H,W) in [0,1]."""
        mean, std = self._statistics()
        return flat_vae.decode(self.vae, latents * std + mean) * .5 + .5

    @torch.no_grad()
    def decompose(self, picture: np.ndarray, layers: int, steps: int, seed: int = 0, resolution: int | None = None,
                  masks: bool = False) -> np.ndarray:
        """Layers (n,H,W,4) u8 at the picture's own size, bottom first, of a flat picture (H,W,4) u8.
        `masks`: the network was trained to make colours and masks apart."""
        layers = 2 * layers if masks else layers
        height, width = picture.shape[:2]
        w, h = model_size(width, height, resolution or self.settings["resolution"])
        small = Image.fromarray(picture, "RGBA").resize((w, h), Image.LANCZOS)
        x = torch.from_numpy(np.asarray(small).copy()).to(self.prompt.device).permute(2, 0, 1)[None].float() / 127.5 - 1
        small_layers = self._made(self.encode(x), self.prompt, layers + 1, steps, seed)[1:]
        small_layers = from_masks(small_layers) if masks else small_layers
        return np.stack([np.asarray(Image.fromarray(layer, "RGBA").resize((width, height), Image.BICUBIC)) for layer in small_layers])

    @torch.no_grad()
    def imagine(self, prompt: Tensor, frames: int, width: int, height: int, steps: int, seed: int = 0) -> np.ndarray:
        """What the stages before the last one make, (frames,height,width,4) u8, from the embedding (T,d) of a caption alone: one
        layer, or a picture and its layers. Sizes are multiples of 16."""
        nothing = torch.zeros(1, self.vae.config.z_dim, height // 8, width // 8, device=self.prompt.device)
        return self._made(nothing, prompt, frames, steps, seed)

    def _made(self, condition: Tensor, prompt: Tensor, frames: int, steps: int, seed: int) -> np.ndarray:
        """Denoised and decoded frames (frames,H,W,4) u8 beside the latent (1,C,h,w) of a picture."""
        h, w = condition.shape[-2:]
        noise = torch.randn((1, frames, *condition.shape[1:]), generator=torch.Generator().manual_seed(seed))
        tokens, seen = pack(noise.to(condition.device)), pack(condition[:, None])
        levels = schedule(steps, h * w // 4)
        for sigma, following in zip(levels, levels[1:]):
            v = velocity(self.transformer, prompt[None], tokens, seen, tokens.new_tensor([sigma]), frames, h // 2, w // 2)
            tokens = tokens + (following - sigma) * v
        out = self.decode(unpack(tokens, frames, h // 2, w // 2)[0]).permute(0, 2, 3, 1).clamp(0, 1).cpu().numpy()
        return np.rint(out * 255).astype(np.uint8)
