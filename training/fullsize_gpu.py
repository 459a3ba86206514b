"""The full-size proof on a graphics card: our TorchScript programs against diffusers, 60 blocks of 3072, random bf16 weights.

    python training/fullsize_gpu.py                      640 and 1024 pixels, 4 layers; needs about 60 GB of graphics memory
    python training/fullsize_gpu.py --tiny --device cpu  rehearsal on any machine, a minute

Needs torch and diffusers only; no model is downloaded, no Java is run: the programs are the same text files, wrapped into the archive
that torch.jit.load reads. Both sides compute with the very same weight tensors. For every case it prints one JSON line: seconds of a
forward pass (a denoising step with guidance is two), peak graphics memory with the modulation weights (diffusers) and without them
(ours: a table made before), the largest and mean difference, and how far both are from a float32 pass (--exact, slow).
"""
import argparse
import io
import json
import re
import statistics
import time
import zipfile
from pathlib import Path

import torch

RESOURCES = Path(__file__).resolve().parent.parent / "src/main/resources/org/layerj"
PROMPT_TOKENS, THETA = 150, 10000.0


def program(name: str, package: str = "model"):
    """What Program.java does: the text in a zip with a pickle of one empty object."""
    text = (RESOURCES / package / name).read_text()
    owner = re.search(r"^class (\w+)\(Module\):", text, re.M).group(1).encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as z:
        z.writestr("program/data.pkl", b"\x80\x02c__torch__\n" + owner + b"\n)\x81}X\x08\x00\x00\x00training\x89sb.")
        z.writestr("program/code/__torch__.py", text)
        z.writestr("program/constants.pkl", b"\x80\x02).")
        z.writestr("program/version", "10")
    archive.seek(0)
    return torch.jit.load(archive)


def randomise(model):
    for name, p in model.named_parameters():
        if p.ndim > 1 and "gamma" not in name:
            p.data.normal_(0, 1 if name.endswith("embedding.weight") else p[0].numel() ** -0.5)
        elif name.endswith("bias"):
            p.data.normal_(0, 0.02)
        else:
            p.data.fill_(1)
    return model.eval()


# -- Ours: the order of calls of LayeredTransformer.java, Layer3dRope.java and RgbaVae.java --

def rope(axes, frames, rows, columns, text, device):
    start = max(rows // 2, columns // 2, frames)
    t = torch.arange(text) + start
    layer = torch.tensor([*range(frames), -1]).view(-1, 1, 1).expand(-1, rows, columns)
    y = (torch.arange(rows) - (rows - rows // 2)).view(1, -1, 1).expand(frames + 1, -1, columns)
    x = (torch.arange(columns) - (columns - columns // 2)).view(1, 1, -1).expand(frames + 1, rows, -1)
    angles = []
    for position, dim in zip((layer, y, x), axes):
        frequency = 1.0 / torch.pow(THETA, torch.arange(0, dim, 2).float() / dim)
        angles.append(torch.cat([t, position.reshape(-1)]).float().unsqueeze(1) * frequency)
    a = torch.cat(angles, 1).unsqueeze(1)
    return a.cos().to(device), a.sin().to(device)


class Transformer:
    """weights: the state dict of the diffusers model; the modulation weights are read only by prepare."""

    def __init__(self, weights: dict, blocks: int, axes, dtype):
        self.w, self.n, self.axes, self.dtype = weights, blocks, axes, dtype
        self.program = program("layered_transformer.py")

    def get(self, *keys):
        return [self.w[k].to(self.dtype) for k in keys]

    def linear(self, key):
        return self.get(key + ".weight", key + ".bias")

    def part(self, key):
        return {k[len(key):]: w.to(self.dtype) for k, w in self.w.items() if k.startswith(key) and "_mod." not in k}

    def block(self, i):
        return self.part(f"transformer_blocks.{i}.")

    def prepare(self, tau, condition, prompt, frames, side):
        p = self.program
        time_embed = self.part("time_text_embed.timestep_embedder.")
        flag = self.get("time_text_embed.addition_t_embedding.weight")[0][0:1]
        temb = p.time_embedding(tau, time_embed, [flag])
        self.mods = [[p.modulation(temb, *self.linear(f"transformer_blocks.{i}.{s}_mod.1"))[0] for s in ("img", "txt")] for i in range(self.n)]
        self.head = p.modulation(temb, *self.linear("norm_out.linear"))[0]
        self.condition = p.linear(condition.to(self.dtype), *self.linear("img_in"))
        self.prompt = p.embed_text(prompt.to(self.dtype), *self.get("txt_norm.weight"), *self.linear("txt_in"))
        self.table = rope(self.axes, frames, side, side, prompt.size(1), prompt.device)

    def __call__(self, latents):
        x, y = self.program.embed_frames(latents.to(self.dtype), self.condition, *self.linear("img_in")), self.prompt
        for i in range(self.n - 1):
            x, y = self.program.block(x, y, *self.mods[i], self.block(i), *self.table, [])
        x = self.program.last_block(x, y, *self.mods[-1], self.block(self.n - 1), *self.table, [], latents.size(1))
        return self.program.head(x, self.head, *self.linear("proj_out"))


class Vae:
    def __init__(self, model, dtype):
        self.c, self.p, self.dtype = model.config, program("rgba_vae.py"), dtype
        self.w = model.state_dict()
        self.cache = {}
        stats = [torch.tensor(v, device=model.device).view(-1, 1, 1) for v in (model.config.latents_mean, model.config.latents_std)]
        self.mean, self.std = stats

    def get(self, key, method):
        if key not in self.cache:
            w = self.w[key].to(self.dtype)
            self.cache[key] = getattr(self.p, method)(w) if method else w
        return self.cache[key]

    def conv(self, key, method="kernel"):
        return [self.get(key + ".weight", method), self.get(key + ".bias", "")]

    def part(self, key, norms, convs):
        """Weights by their names within a part."""
        w = {name + ".gamma": self.get(f"{key}.{name}.gamma", "scale") for name in norms}
        for name in convs:
            w[name + ".weight"], w[name + ".bias"] = self.conv(f"{key}.{name}")
        return w

    def res(self, key, x):
        shortcut = ["conv_shortcut"] if key + ".conv_shortcut.weight" in self.w else []
        return self.p.res_block(x, self.part(key, ["norm1", "norm2"], ["conv1", "conv2"] + shortcut))

    def middle(self, key, x):
        x = self.res(key + ".resnets.0", x)
        x = self.p.attention(x, self.part(key + ".attentions.0", ["norm"], ["to_qkv", "proj"]))
        return self.res(key + ".resnets.1", x)

    def end(self, key, x):
        return self.p.head(x, self.part(key, ["norm_out"], ["conv_out"]))

    def encode(self, x):
        x, block = self.p.conv(x.to(self.dtype), *self.conv("encoder.conv_in")), 0
        for level in range(len(self.c.dim_mult)):
            for _ in range(self.c.num_res_blocks):
                x, block = self.res(f"encoder.down_blocks.{block}", x), block + 1
            if level < len(self.c.dim_mult) - 1:
                x, block = self.p.down(x, *self.conv(f"encoder.down_blocks.{block}.resample.1")), block + 1
        x = self.end("encoder", self.middle("encoder.mid_block", x))
        return self.p.latent(self.p.conv(x, *self.conv("quant_conv")), self.mean, self.std)

    def decode(self, z):
        code = 6 if self.dtype == torch.float32 else 15
        x = self.p.conv(self.p.unlatent(z, self.mean, self.std, code), *self.conv("post_quant_conv"))
        x = self.middle("decoder.mid_block", self.p.conv(x, *self.conv("decoder.conv_in")))
        for level in range(len(self.c.dim_mult)):
            for i in range(self.c.num_res_blocks + 1):
                x = self.res(f"decoder.up_blocks.{level}.resnets.{i}", x)
            if level < len(self.c.dim_mult) - 1:
                x = self.p.up(x, *self.conv(f"decoder.up_blocks.{level}.upsamplers.0.resample.1", "up_kernels"))
        return self.p.clamp(self.end("decoder", x))


# -- Measuring --

def measure(call, device, repeat):
    """Output, median seconds, peak memory in GiB of the calls after the first."""
    cuda = device.type == "cuda"
    call()
    if cuda:
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
    seconds = []
    for _ in range(repeat):
        at = time.perf_counter()
        out = call()
        if cuda:
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - at)
    return out, round(statistics.median(seconds), 4), round(torch.cuda.max_memory_allocated() / 2 ** 30, 2) if cuda else 0


def report(row, peer, ours, exact=None):
    difference = (peer.float() - ours.float()).abs()
    row.update(max_diff=difference.max().item(), mean_diff=difference.mean().item(), max_abs=peer.abs().max().item())
    if exact is not None:
        row.update({f"{name}_to_f32": (x.float() - exact).abs().mean().item() for name, x in (("diffusers", peer), ("ours", ours))})
    print(json.dumps(row), flush=True)


def transformer_cases(sizes, layers, blocks, heads, text_dim, device, repeat, exact):
    from diffusers import QwenImageTransformer2DModel
    torch.set_default_dtype(torch.bfloat16)
    with device:
        peer = randomise(QwenImageTransformer2DModel(
            num_layers=blocks, attention_head_dim=128, num_attention_heads=heads, joint_attention_dim=text_dim,
            in_channels=64, out_channels=16, use_additional_t_cond=True, use_layer3d_rope=True))
    torch.set_default_dtype(torch.float32)
    weights = peer.state_dict()
    cases = []
    for size in sizes:
        side, frames = size // 16, layers + 1
        tokens = torch.randn(1, (frames + 1) * side ** 2, 64, device=device).bfloat16()
        prompt = torch.randn(1, PROMPT_TOKENS, text_dim, device=device).bfloat16()
        tau, kept = torch.tensor([0.5], device=device), frames * side ** 2
        out, seconds, peak = measure(lambda: peer(
            hidden_states=tokens, timestep=tau, encoder_hidden_states=prompt, img_shapes=[[(1, side, side)] * (frames + 1)],
            additional_t_cond=torch.zeros(1, dtype=torch.long, device=device), return_dict=False)[0][:, :kept], device, repeat)
        ours = Transformer(weights, blocks, (16, 56, 56), torch.bfloat16)
        ours.prepare(tau, tokens[:, kept:], prompt, frames, side)
        true = None
        if exact:
            slow = Transformer(weights, blocks, (16, 56, 56), torch.float32)
            slow.prepare(tau, tokens[:, kept:], prompt, frames, side)
            true = slow(tokens[:, :kept])
            del slow
        cases.append((size, tokens[:, :kept], ours, out, true, dict(diffusers_s=seconds, diffusers_gib=peak)))
    # From here on no modulation weights: the tables of all cases are made.
    for name in [n for n in weights if "_mod." in n]:
        del weights[name]
    del peer
    for size, tokens, ours, out, true, row in cases:
        mine, seconds, peak = measure(lambda: ours(tokens), device, repeat)
        report(dict(part="transformer", dtype="bf16", pixels=size, layers=layers, **row, ours_s=seconds, ours_gib=peak), out, mine, true)


def vae_cases(sizes, base, device, repeat):
    from diffusers import AutoencoderKLQwenImage
    for dtype in (torch.bfloat16, torch.float32):
        torch.manual_seed(1)
        mean, std = [0.1 * i - 0.8 for i in range(16)], [1 + 0.1 * i for i in range(16)]
        with device:
            peer = randomise(AutoencoderKLQwenImage(
                base_dim=base, z_dim=16, dim_mult=[1, 2, 4, 4], num_res_blocks=2, attn_scales=[], temperal_downsample=[False, True, True],
                dropout=0.0, input_channels=4, latents_mean=mean, latents_std=std)).to(dtype)
        ours = Vae(peer, dtype)
        m, s = ours.mean.unsqueeze(1), ours.std.unsqueeze(1)
        for size in sizes:
            picture, z = torch.rand(1, 4, size, size, device=device) * 2 - 1, torch.randn(1, 16, size // 8, size // 8, device=device)
            for part, theirs, mine in (
                    ("vae encode", lambda: ((peer.encode(picture.to(dtype)[:, :, None]).latent_dist.mode().float() - m) / s)[:, :, 0],
                     lambda: ours.encode(picture)),
                    ("vae decode", lambda: peer.decode((z[:, :, None] * s + m).to(dtype), return_dict=False)[0][:, :, 0], lambda: ours.decode(z))):
                a, seconds, peak = measure(theirs, device, repeat)
                row = dict(part=part, dtype=str(dtype)[6:], pixels=size, diffusers_s=seconds, diffusers_gib=peak)
                b, seconds, peak = measure(mine, device, repeat)
                report(dict(row, ours_s=seconds, ours_gib=peak), a, b)


def transfer_case(width, device, repeat):
    """A block's weights to the card: from pages that the system may move, as a mapped file's, and from locked ones (ReadAhead)."""
    ops = program("tensors.py", "torch")
    pageable = [torch.rand(4 * width, width).bfloat16() for _ in range(6)]
    locked = [ops.locked(x) for x in pageable] if device.type == "cuda" else pageable
    to = ops._c._get_method("to")  # nn.Module has one of that name
    row = dict(part="transfer of a block", gigabytes=round(sum(x.nbytes for x in pageable) / 1e9, 2))
    for name, tensors in (("pageable", pageable), ("locked", locked)):
        moved, row[f"{name}_s"], _ = measure(lambda: [to(x, str(device), 15) for x in tensors], device, repeat)
        assert all(torch.equal(a.cpu(), b) for a, b in zip(moved, pageable))
    print(json.dumps(row), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--tiny", action="store_true", help="2 blocks of 256, VAE of width 8, 64 and 96 pixels")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--exact", action="store_true", help="also a float32 pass of ours, weights cast block by block")
    a = parser.parse_args()
    device = torch.device(a.device)
    torch.set_grad_enabled(False)
    torch.manual_seed(1)
    sizes = (64, 96) if a.tiny else (640, 1024)
    print(json.dumps(dict(torch=torch.__version__, device=torch.cuda.get_device_name() if device.type == "cuda" else "cpu")), flush=True)
    # As the plugin does it: no profiling of shapes, no fusing compiler.
    with torch.jit.optimized_execution(False):
        vae_cases(sizes, 8 if a.tiny else 96, device, a.repeat)
        transfer_case(256 if a.tiny else 3072, device, a.repeat)
        blocks, heads, text = (2, 2, 64) if a.tiny else (60, 24, 3584)
        transformer_cases(sizes, a.layers, blocks, heads, text, device, a.repeat, a.exact or a.tiny)


if __name__ == "__main__":
    main()
