"""Trains a LoRA: the official or the compact model learns a lab's own figures, from layered files such as our exports.

    python finetune_lora.py --model FOLDER --figures FOLDER --out style.safetensors --steps 500

FIGURES holds one layered file or folder per figure: result folders (layers.json), hyperstacks (layers.tif), OpenRaster (.ora) or
Photoshop files (.psd, needs psd-tools). A text file of the same name with .txt says what the figure shows; without one, nothing is
said. The outcome is one file with alpha in its header, which `--lora style.safetensors` and diffusers read.

Everything that does not change (latents, captions) is computed once; the base model stays as it is and may be in bfloat16, what is
learnt is in float32.
"""
from __future__ import annotations

import argparse
import json
import math
import sys
import time
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import torch
from PIL import Image
from torch import Tensor

ATTENTION = ["to_q", "to_k", "to_v", "to_out.0", "add_q_proj", "add_k_proj", "add_v_proj", "to_add_out"]
PERCEPTRON = ["img_mlp.net.0.proj", "img_mlp.net.2", "txt_mlp.net.0.proj", "txt_mlp.net.2"]
MODULATION = ["img_mod.1", "txt_mod.1"]
TARGETS = {"attention": ATTENTION, "blocks": ATTENTION + PERCEPTRON, "all": ATTENTION + PERCEPTRON + MODULATION}


# -- Figures --

@dataclass(frozen=True)
class Figure:
    """`layers` (n,H,W,4) u8, straight alpha, bottom first, each as large as the picture; `caption` may be empty."""
    name: str
    layers: np.ndarray
    caption: str


def composite(layers: np.ndarray) -> np.ndarray:
    """(n,H,W,4) u8, bottom first, to (H,W,4) u8: Porter-Duff over, straight alpha."""
    colour = np.zeros((*layers.shape[1:3], 3))
    alpha = np.zeros((*layers.shape[1:3], 1))
    for layer in layers.astype(np.float64) / 255:
        a = layer[..., 3:]
        colour = layer[..., :3] * a + colour * (1 - a)
        alpha = a + alpha * (1 - a)
    straight = np.divide(colour, alpha, out=np.zeros_like(colour), where=alpha > 0)
    return np.rint(np.concatenate([straight, alpha], -1) * 255).astype(np.uint8)


def placed(picture: Image.Image, x: int, y: int, width: int, height: int, opacity: float = 1.0) -> np.ndarray:
    """A layer on a canvas of the figure's size."""
    canvas = np.zeros((height, width, 4), np.uint8)
    own = np.asarray(picture.convert("RGBA"))
    left, top = max(0, x), max(0, y)
    right, bottom = min(width, x + own.shape[1]), min(height, y + own.shape[0])
    if right > left and bottom > top:
        canvas[top:bottom, left:right] = own[top - y:bottom - y, left - x:right - x]
    if opacity < 1:
        canvas[..., 3] = np.rint(canvas[..., 3] * opacity)
    return canvas


def read_folder(path: Path) -> np.ndarray:
    """A result folder: layer-00.png and so on."""
    return np.stack([np.asarray(Image.open(p).convert("RGBA")) for p in sorted(path.glob("layer-*.png"))])


def read_hyperstack(path: Path) -> np.ndarray:
    """8 bits, channels R G B A, one slice per layer; one frame."""
    import tifffile
    with tifffile.TiffFile(path) as tif:
        series = tif.series[0]
        axes, data = series.axes.replace("S", "C"), series.asarray()
    data = data[tuple(0 if a == "T" else slice(None) for a in axes)]
    axes = axes.replace("T", "")
    if "Z" not in axes:
        data, axes = data[None], "Z" + axes
    data = data.transpose([axes.index(a) for a in "ZYXC"])
    if data.dtype != np.uint8 or data.shape[-1] != 4:
        raise ValueError(f"{path} is no hyperstack of 8-bit layers with the channels R, G, B and A.")
    return data


def read_ora(path: Path) -> np.ndarray:
    """OpenRaster: the visible layers of stack.xml, which lists the top one first."""
    with zipfile.ZipFile(path) as z:
        image = ElementTree.fromstring(z.read("stack.xml"))
        width, height = int(image.get("w")), int(image.get("h"))
        found = []

        def walk(stack: ElementTree.Element, x: int, y: int, opacity: float) -> None:
            for e in stack:
                if e.get("visibility", "visible") == "hidden":
                    continue
                at = x + int(float(e.get("x", 0))), y + int(float(e.get("y", 0)))
                own = opacity * float(e.get("opacity", 1))
                if e.tag == "stack":
                    walk(e, *at, own)
                elif e.tag == "layer":
                    found.append(placed(Image.open(BytesIO(z.read(e.get("src")))), *at, width, height, own))

        walk(image.find("stack"), 0, 0, 1.0)
    return np.stack(found[::-1])


def read_psd(path: Path) -> np.ndarray:
    """Photoshop: the visible pixel layers."""
    try:
        from psd_tools import PSDImage
    except ImportError:
        raise SystemExit(f"{path}: reading Photoshop files needs psd-tools (pip install psd-tools); or export as ora.") from None
    psd = PSDImage.open(path)
    return np.stack([placed(layer.composite() or layer.topil(), layer.left, layer.top, psd.width, psd.height, layer.opacity / 255)
                     for layer in psd.descendants() if not layer.is_group() and layer.is_visible() and layer.has_pixels()])


def figures(folder: Path, most: int) -> list[Figure]:
    """All figures of a folder; those that cannot be used are named and left out."""
    found = []
    for path in sorted(folder.iterdir()):
        reader = {".ora": read_ora, ".psd": read_psd, ".tif": read_hyperstack, ".tiff": read_hyperstack}.get(path.suffix.lower())
        if path.is_dir() and (path / "layers.json").exists():
            reader = read_folder
        if reader is None:
            continue
        try:
            layers = reader(path)
        except (ValueError, KeyError, OSError, zipfile.BadZipFile, ElementTree.ParseError, AttributeError) as e:
            print(f"{path.name} is left out: {e}", file=sys.stderr)
            continue
        words = path.with_suffix(".txt")
        if not 1 <= len(layers) <= most:
            print(f"{path.name} is left out: it has {len(layers)} layers, not 1 to {most}", file=sys.stderr)
            continue
        found.append(Figure(path.name, layers, words.read_text(encoding="utf-8").strip() if words.exists() else ""))
    if not found:
        raise SystemExit(f"There are no layered figures in {folder}: result folders with layers.json, .tif hyperstacks, .ora or .psd.")
    return found


# -- What is computed once --

def model_size(width: int, height: int, resolution: int) -> tuple[int, int]:
    """Width and height, multiples of 32, of about resolution² pixels and the picture's aspect."""
    ratio = width / height
    w = math.sqrt(resolution * resolution * ratio)
    return max(32, round(w / 32) * 32), max(32, round(w / ratio / 32) * 32)


@dataclass(frozen=True)
class Sample:
    """`frames` (F,C,h,w): normalised latents of the composite and the layers, bottom first; `prompt` (T,d)."""
    frames: Tensor
    prompt: Tensor


@torch.no_grad()
def encoded(found: list[Figure], folder: Path, resolution: int, device: str) -> list[Tensor]:
    """The latents of all figures; the autoencoder is in memory only meanwhile."""
    from diffusers import AutoencoderKLQwenImage
    vae = AutoencoderKLQwenImage.from_pretrained(folder, subfolder="vae", torch_dtype=torch.float32).to(device).eval()
    mean, std = (torch.tensor(x, device=device).view(1, -1, 1, 1) for x in (vae.config.latents_mean, vae.config.latents_std))
    out = []
    for figure in found:
        size = model_size(figure.layers.shape[2], figure.layers.shape[1], resolution)
        frames = [composite(figure.layers), *figure.layers]
        latents = []
        for frame in frames:
            small = np.asarray(Image.fromarray(frame, "RGBA").resize(size, Image.LANCZOS)).copy()
            x = torch.from_numpy(small).to(device).permute(2, 0, 1)[None, :, None].float() / 127.5 - 1
            latents.append((vae.encode(x).latent_dist.mode()[:, :, 0] - mean) / std)
        out.append(torch.cat(latents).cpu())
    return out


TEMPLATE = ("<|im_start|>system\nDescribe the image by detailing the color, shape, size, texture, quantity, text, spatial relationships of "
            "the objects and background:<|im_end|>\n<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n")
DROPPED = 34


@torch.no_grad()
def read_prompts(captions: list[str], folder: Path, device: str, dtype: torch.dtype) -> dict[str, Tensor]:
    """The embeddings (T,d) of all captions; the text encoder is in memory only meanwhile."""
    different = sorted(set(captions))
    stored = folder / "prompt_embeds" / "blank.safetensors"
    out = {}
    if "" in different and stored.exists():
        from safetensors.torch import load_file
        out[""] = load_file(stored)["prompt_embeds"].float()
        different.remove("")
    if different:
        from transformers import Qwen2_5_VLForConditionalGeneration, Qwen2Tokenizer
        tokenizer = Qwen2Tokenizer.from_pretrained(folder, subfolder="tokenizer")
        whole = Qwen2_5_VLForConditionalGeneration.from_pretrained(folder, subfolder="text_encoder", torch_dtype=dtype)
        reader = whole.model.language_model.to(device).eval()
        for caption in different:
            ids = tokenizer(TEMPLATE.format(caption), return_tensors="pt").input_ids.to(device)
            out[caption] = reader(input_ids=ids, use_cache=False).last_hidden_state[0, DROPPED:].float().cpu()
    return out


# -- Training --

def pack(latents: Tensor) -> Tensor:
    """(F,C,h,w) to tokens (F·h/2·w/2, 4C); feature = 4c + 2dy + dx."""
    f, c, h, w = latents.shape
    return latents.view(f, c, h // 2, 2, w // 2, 2).permute(0, 2, 4, 1, 3, 5).reshape(f * (h // 2) * (w // 2), 4 * c)


def loss(net: torch.nn.Module, sample: Sample, rng: torch.Generator, device: str, dtype: torch.dtype) -> Tensor:
    """Squared error of the velocity eps - x0 of composite and layers, the composite being also the clean condition."""
    frames, _, h, w = sample.frames.shape
    x0 = pack(sample.frames).to(device)
    noise = torch.randn(x0.shape, generator=rng).to(device)
    mu = math.sqrt(h * w / 4 / 256)
    u = torch.rand((), generator=rng).item()
    sigma = mu * u / (1 + (mu - 1) * u)   # as often as inference is there
    noisy = (1 - sigma) * x0 + sigma * noise
    condition = pack(sample.frames[:1]).to(device)
    out = net(hidden_states=torch.cat([noisy, condition])[None].to(dtype), encoder_hidden_states=sample.prompt[None].to(device, dtype),
              timestep=torch.tensor([sigma], device=device, dtype=dtype), img_shapes=[[(1, h // 2, w // 2)] * (frames + 1)],
              additional_t_cond=torch.zeros(1, dtype=torch.long, device=device), return_dict=False)[0]
    return ((out[0, :len(x0)].float() - (noise - x0)) ** 2).mean()


def save(net: torch.nn.Module, out: Path) -> None:
    """One file in diffusers' form, alpha in its header."""
    from diffusers import QwenImagePipeline
    from peft.utils import get_peft_model_state_dict
    state = {k: v.float() for k, v in get_peft_model_state_dict(net).items()}
    config = net.peft_config["default"].to_dict()
    config = {k: sorted(v) if isinstance(v, set) else v for k, v in config.items()}
    QwenImagePipeline.save_lora_weights(out.parent, transformer_lora_layers=state, weight_name=out.name,
                                        transformer_lora_adapter_metadata=config)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--model", type=Path, required=True, help="model folder in diffusers layout")
    args.add_argument("--figures", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True, help="the LoRA's file, .safetensors")
    args.add_argument("--steps", type=int, default=1000)
    args.add_argument("--batch", type=int, default=1, help="figures whose gradients are added up before a step")
    args.add_argument("--rank", type=int, default=16)
    args.add_argument("--alpha", type=float, help="default: the rank")
    args.add_argument("--targets", choices=TARGETS, default="blocks", help="which matrices of the blocks learn")
    args.add_argument("--lr", type=float, default=1e-4)
    args.add_argument("--blank", type=float, default=.1, help="share of the steps that have no caption")
    args.add_argument("--resolution", type=int, help="default: the model's own, or 640")
    args.add_argument("--layers", type=int, default=20, help="figures with more layers are left out")
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args.add_argument("--checkpointing", action="store_true", help="less memory, a third more time")
    o = args.parse_args()
    if o.out.suffix != ".safetensors":
        raise SystemExit("--out must name a .safetensors file.")
    from diffusers import QwenImageTransformer2DModel
    from peft import LoraConfig

    settings = o.model / "decompose.json"
    resolution = o.resolution or (json.loads(settings.read_text()).get("resolution", 640) if settings.exists() else 640)
    dtype = torch.bfloat16 if o.device.startswith("cuda") else torch.float32
    found = figures(o.figures, o.layers)
    print(f"{len(found)} figures, {sum(len(f.layers) for f in found)} layers, resolution {resolution}", flush=True)
    prompts = read_prompts([f.caption for f in found] + [""], o.model, o.device, dtype)
    samples = [(Sample(x, prompts[f.caption]), Sample(x, prompts[""]))
               for f, x in zip(found, encoded(found, o.model, resolution, o.device))]

    torch.manual_seed(o.seed)
    net = QwenImageTransformer2DModel.from_pretrained(o.model, subfolder="transformer", torch_dtype=dtype).to(o.device)
    net.requires_grad_(False)
    net.add_adapter(LoraConfig(r=o.rank, lora_alpha=o.alpha or o.rank, target_modules=TARGETS[o.targets], init_lora_weights="gaussian"))
    learning = [p for p in net.parameters() if p.requires_grad]
    for p in learning:
        p.data = p.data.float()
    if o.checkpointing:
        net.enable_gradient_checkpointing()
    net.train()
    optimiser = torch.optim.AdamW(learning, lr=o.lr, weight_decay=1e-2)
    rng = torch.Generator().manual_seed(o.seed)
    print(f"{sum(p.numel() for p in learning):,} parameters learn", flush=True)
    begun, mean = time.time(), None
    for step in range(1, o.steps + 1):
        for group in optimiser.param_groups:   # warm-up, then down to a tenth along a cosine
            group["lr"] = o.lr * min(1, step / max(1, o.steps // 20)) * (.55 + .45 * math.cos(math.pi * step / o.steps))
        total = 0.0
        for _ in range(o.batch):
            captioned, blank = samples[int(torch.randint(len(samples), (), generator=rng))]
            sample = blank if torch.rand((), generator=rng) < o.blank else captioned
            with torch.autocast(torch.device(o.device).type, dtype, enabled=dtype != torch.float32):
                value = loss(net, sample, rng, o.device, dtype) / o.batch
            value.backward()
            total += value.item()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        mean = total if mean is None else .98 * mean + .02 * total
        if step % max(1, o.steps // 20) == 0:
            print(f"step {step}: loss {mean:.4f}, {(time.time() - begun) / step:.2f} s a step", flush=True)
    o.out.parent.mkdir(parents=True, exist_ok=True)
    save(net, o.out)
    print(f"Wrote {o.out}")


if __name__ == "__main__":
    main()
