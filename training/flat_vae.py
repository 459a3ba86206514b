"""A 2-D view of diffusers' AutoencoderKLQwenImage for single pictures.

For one frame every causal 3-D convolution sees two zero frames in front of the picture, so only the last
temporal slice of its kernel ever acts, and the temporal convolutions of the resamplers never run. Training the
2-D network is therefore exact and about three times cheaper; `inflate` writes the weights back under the
official 3-D keys and shapes, with zeros in the slices that a single picture cannot reach.
"""
from __future__ import annotations

import torch
from diffusers import AutoencoderKLQwenImage
from diffusers.models.autoencoders.autoencoder_kl_qwenimage import QwenImageCausalConv3d, QwenImageRMS_norm
from torch import Tensor, nn


class FlatConv(nn.Conv2d):
    """The last temporal slice of a causal 3-D convolution; input and output keep a frame axis of length one."""

    def __init__(self, conv: QwenImageCausalConv3d) -> None:
        super().__init__(conv.in_channels, conv.out_channels, conv.kernel_size[1:], padding=conv._padding[0])
        with torch.no_grad():
            self.weight.copy_(conv.weight[:, :, -1])
            self.bias.copy_(conv.bias)
        self.to(memory_format=torch.channels_last)

    def forward(self, x: Tensor, cache_x: Tensor | None = None) -> Tensor:
        return super().forward(x.squeeze(2)).unsqueeze(2)


class FlatNorm(nn.Module):
    """The VAE's RMS norm without its bf16 round trips through full-size f32 tensors (the compiler fuses this form)."""

    def __init__(self, norm: QwenImageRMS_norm) -> None:
        super().__init__()
        self.gamma = nn.Parameter(norm.gamma.detach().clone())

    def forward(self, x: Tensor) -> Tensor:
        f = x.float()
        return (f * torch.rsqrt(f.square().mean(1, keepdim=True) + 1e-12) * self.gamma).to(x.dtype)


def flatten(vae: AutoencoderKLQwenImage) -> AutoencoderKLQwenImage:
    """Replaces, in place, everything a single picture passes through by its 2-D form. Returns the same object."""
    for parent in list(vae.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, QwenImageCausalConv3d) and name != "time_conv":
                setattr(parent, name, FlatConv(child))
            elif isinstance(child, QwenImageRMS_norm):
                setattr(parent, name, FlatNorm(child))
    return vae


def inflate(flat: AutoencoderKLQwenImage) -> AutoencoderKLQwenImage:
    """A new, official 3-D model with the weights of a flattened one; unreachable weights are zero."""
    vae = AutoencoderKLQwenImage.from_config(flat.config)
    source = flat.state_dict()
    state = {}
    for key, value in vae.state_dict().items():
        if ".time_conv." in key:
            state[key] = torch.zeros_like(value)
        elif value.ndim == 5:
            state[key] = torch.zeros_like(value)
            state[key][:, :, -1] = source[key]
        else:
            state[key] = source[key]
    vae.load_state_dict(state)
    return vae


def slices(vae: AutoencoderKLQwenImage) -> dict[str, Tensor]:
    """The weights of an official model without what a single picture never touches: kernels as 2-D slices, no temporal
    convolutions. Java reads them as they are; diffusers does not."""
    return {k: (v[:, :, -1] if v.ndim == 5 else v).contiguous() for k, v in vae.state_dict().items() if ".time_conv." not in k}


@torch.no_grad()
def widen(rgb: AutoencoderKLQwenImage) -> AutoencoderKLQwenImage:
    """An RGB-VAE as the start of an RGBA-VAE, as in the Qwen-Image-Layered paper (section 3.1): a fourth input channel that is not
    looked at yet (zero kernel), and a fourth output channel of zero kernel and bias 1, so that at first every picture is opaque."""
    vae = AutoencoderKLQwenImage.from_config({**rgb.config, "input_channels": 4})
    state = dict(rgb.state_dict())
    first, last = state["encoder.conv_in.weight"], state["decoder.conv_out.weight"]
    if first.shape[1] != 3 or last.shape[0] != 3:
        raise ValueError(f"this VAE has {first.shape[1]} input and {last.shape[0]} output channels; an RGB-VAE has three")
    state["encoder.conv_in.weight"] = torch.cat([first, torch.zeros_like(first[:, :1])], 1)
    state["decoder.conv_out.weight"] = torch.cat([last, torch.zeros_like(last[:1])])
    state["decoder.conv_out.bias"] = torch.cat([state["decoder.conv_out.bias"], torch.ones(1)])
    vae.load_state_dict(state)
    return vae


def moments(flat: AutoencoderKLQwenImage, pictures: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and log variance (B,z,H/8,W/8) of the posterior of pictures (B,4,H,W) in [-1,1]."""
    h = flat.quant_conv(flat.encoder(pictures.unsqueeze(2))).squeeze(2)
    mean, logvar = h.chunk(2, dim=1)
    return mean, logvar.clamp(-30, 20)


def decode(flat: AutoencoderKLQwenImage, latents: Tensor) -> Tensor:
    """Pictures (B,4,H,W) of latents (B,z,h,w), not clamped, so that a loss can see past the range."""
    return flat.decoder(flat.post_quant_conv(latents.unsqueeze(2))).squeeze(2)


def new_vae(base: int, blocks: int, z: int = 16) -> AutoencoderKLQwenImage:
    """A randomly initialised narrow RGBA-VAE. The default initialisation lets the signal fade behind the biases over the
    un-normalised convolutions, and training then sits on a flat-colour plateau; so: variance-preserving weights, no
    biases, residual blocks that start as the identity, and a narrow posterior."""
    vae = AutoencoderKLQwenImage(
        base_dim=base, z_dim=z, dim_mult=[1, 2, 4, 4], num_res_blocks=blocks, attn_scales=[],
        temperal_downsample=[False, True, True], input_channels=4, latents_mean=[0.0] * z, latents_std=[1.0] * z)
    for name, parameter in vae.named_parameters():
        if name.endswith((".bias", "conv2.weight")):
            nn.init.zeros_(parameter)
        elif name.endswith(".weight"):
            fan_in = parameter[0, :, -1].numel() if parameter.ndim == 5 else parameter[0].numel()
            nn.init.normal_(parameter, std=fan_in ** -.5)
    with torch.no_grad():
        vae.quant_conv.bias[z:] = -6
    return vae
