"""Checks the conversions of the VAE on tiny random models. Not part of CI, which needs no Python.

    python check_vae.py
"""
from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from diffusers import AutoencoderKLQwenImage

from flat_vae import decode, flatten, inflate, moments, new_vae, slices, widen


def tiny(channels: int) -> AutoencoderKLQwenImage:
    torch.manual_seed(3)
    return AutoencoderKLQwenImage(base_dim=8, z_dim=4, dim_mult=[1, 2, 2, 2], num_res_blocks=1, attn_scales=[], temperal_downsample=[False, True, True],
                                  input_channels=channels, latents_mean=[0.0] * 4, latents_std=[1.0] * 4).eval()


@torch.no_grad()
def main() -> None:
    with tempfile.TemporaryDirectory() as folder:   # as train_vae.py --rgb reads it
        tiny(3).save_pretrained(folder)
        rgb = AutoencoderKLQwenImage.from_pretrained(folder, torch_dtype=torch.float32).eval()
    rgba, picture = widen(rgb).eval(), torch.rand(2, 4, 1, 32, 32) * 2 - 1
    expected, latent = rgb(picture[:, :3]).sample, rgb.encode(picture[:, :3]).latent_dist.mean
    out = rgba(picture).sample
    assert torch.allclose(rgba.encode(picture).latent_dist.mean, latent, atol=1e-5), "the new input channel is looked at"
    assert torch.allclose(out[:, :3], expected, atol=1e-5), "colours changed"
    assert (out[:, 3] == 1).all(), "not opaque"
    try:
        widen(rgba)
        raise AssertionError("an RGBA-VAE was widened again")
    except ValueError as e:
        print("rejected:", e)

    whole = new_vae(8, 1, 4)
    flat = flatten(AutoencoderKLQwenImage.from_config(whole.config))
    flat.load_state_dict({k: v[:, :, -1] if v.ndim == 5 and ".time_conv." not in k else v for k, v in whole.state_dict().items()})
    mean = moments(flat, picture[:, :, 0])[0]
    assert torch.allclose(mean, whole.encode(picture).latent_dist.mean[:, :, 0], atol=1e-4)
    assert torch.allclose(decode(flat, mean).clamp(-1, 1), whole.decode(mean.unsqueeze(2)).sample[:, :, 0], atol=1e-4)
    again = slices(inflate(flat))
    assert all(torch.equal(v, flat.state_dict()[k].reshape(v.shape)) for k, v in again.items()), "slices differ"
    bytes_of = lambda state: sum(v.numel() for v in state.values())
    print(f"slices: {bytes_of(again) / bytes_of(whole.state_dict()):.2f} of the official size")
    print("all checks passed")


if __name__ == "__main__":
    main()
