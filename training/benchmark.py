"""Speed and memory of our network against diffusers and transformers: same random weights, same inputs, same machine.

    python training/benchmark.py make FOLDER                      random bf16 weights in diffusers layout, and the inputs
    python training/benchmark.py run FOLDER --part dit --dtype bf16 --repeat 2
    python training/benchmark.py compare FOLDER --table out.md    alternates peer and ours, each run in a fresh process

"run" measures the peer and prints one JSON line; org.layerj.bench.PeerBenchmark (test scope) prints the same line for ours.
Needs torch 2.7.1 (the version DJL brings), diffusers, transformers. "compare" needs Maven for the class path.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

START = time.perf_counter()
PARTS = ("dit", "vae-encode", "vae-decode", "text", "text-pipeline", "load")
PIXELS, LAYERS, PROMPT_TOKENS, TEXT_TOKENS = 640, 4, 150, 190
TINY_PIXELS = 64

VAE_MEAN = [-0.7571, -0.7089, -0.9113, 0.1075, -0.1745, 0.9653, -0.1517, 1.5508,
            0.4134, -0.0715, 0.5517, -0.3632, -0.1922, -0.9497, 0.2503, -0.2921]
VAE_STD = [2.8184, 1.4541, 2.3275, 2.6558, 1.2196, 1.7708, 2.6052, 2.0743,
           3.2687, 2.1526, 2.8652, 1.5579, 1.6382, 1.1253, 2.8251, 1.9160]


def status(key: str) -> int:
    """A field of /proc/self/status in MiB: VmHWM is the largest resident size so far, file pages included."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key + ":"):
            return round(int(line.split()[1]) / 1024)
    return 0


def quiet():
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import diffusers.utils.logging
    import transformers.utils.logging
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    diffusers.utils.logging.disable_progress_bar()
    diffusers.utils.logging.set_verbosity_error()


# -- Model and inputs --

def randomise(model):
    """Every output about as large as its input, so that no precision has an easy time."""
    import torch
    for name, p in model.named_parameters():
        if p.ndim > 1 and "gamma" not in name:
            fan_in = 1 if name.endswith(("embedding.weight", "embed_tokens.weight")) else p[0].numel()
            p.data.normal_(0, fan_in ** -0.5)
        elif name.endswith("bias"):
            p.data.normal_(0, 0.02)
        else:
            p.data.fill_(1)
    return model


def make(folder: Path):
    import torch
    from diffusers import AutoencoderKLQwenImage, FlowMatchEulerDiscreteScheduler, QwenImageTransformer2DModel
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration
    quiet()
    torch.manual_seed(1)
    torch.set_grad_enabled(False)
    torch.set_default_dtype(torch.bfloat16)
    randomise(QwenImageTransformer2DModel(
        num_layers=6, attention_head_dim=128, num_attention_heads=12, joint_attention_dim=1536, in_channels=64, out_channels=16,
        use_additional_t_cond=True, use_layer3d_rope=True)).save_pretrained(folder / "transformer")
    randomise(AutoencoderKLQwenImage(
        base_dim=96, z_dim=16, dim_mult=[1, 2, 4, 4], num_res_blocks=2, attn_scales=[], temperal_downsample=[False, True, True],
        dropout=0.0, input_channels=4, latents_mean=VAE_MEAN, latents_std=VAE_STD)).save_pretrained(folder / "vae")
    text = dict(hidden_size=1536, intermediate_size=8960, num_hidden_layers=8, num_attention_heads=12, num_key_value_heads=2,
                vocab_size=151936, rms_norm_eps=1e-6, max_position_embeddings=32768, bos_token_id=151643, eos_token_id=151645,
                rope_parameters=dict(rope_type="default", mrope_section=[16, 24, 24], rope_theta=1000000.0))
    vision = dict(depth=2, hidden_size=256, intermediate_size=512, num_heads=4, out_hidden_size=1536, fullatt_block_indexes=[1])
    randomise(Qwen2_5_VLForConditionalGeneration(Qwen2_5_VLConfig(
        text_config=text, vision_config=vision, tie_word_embeddings=False))).save_pretrained(folder / "text_encoder")
    FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True, shift_terminal=0.02).save_pretrained(folder / "scheduler")
    names = dict(scheduler=["diffusers", "FlowMatchEulerDiscreteScheduler"], text_encoder=["transformers", "Qwen2_5_VLForConditionalGeneration"],
                 transformer=["diffusers", "QwenImageTransformer2DModel"], vae=["diffusers", "AutoencoderKLQwenImage"])
    (folder / "model_index.json").write_text(json.dumps(dict(_class_name="QwenImageLayeredPipeline", **names), indent=1))
    inputs(folder)


def inputs(folder: Path):
    import torch
    from safetensors.torch import save_file
    torch.set_default_dtype(torch.float32)
    torch.manual_seed(2)
    data = {"ids": torch.randint(0, 151643, (1, TEXT_TOKENS))}
    for prefix, pixels, layers, prompt in (("", PIXELS, LAYERS, PROMPT_TOKENS), ("tiny.", TINY_PIXELS, 1, 8)):
        data[prefix + "picture"] = torch.rand(1, 4, pixels, pixels) * 2 - 1
        data[prefix + "latent"] = torch.randn(1, 16, pixels // 8, pixels // 8)
        data[prefix + "tokens"] = torch.randn(1, (layers + 2) * (pixels // 16) ** 2, 64)       # composite, layers, condition
        data[prefix + "prompt"] = torch.randn(1, prompt, 1536)
    save_file(data, folder / "inputs.safetensors")


# -- The peer --

def load_transformer(folder, dtype):
    from diffusers import QwenImageTransformer2DModel
    return QwenImageTransformer2DModel.from_pretrained(folder / "transformer", torch_dtype=dtype).eval()


def load_vae(folder, dtype):
    from diffusers import AutoencoderKLQwenImage
    return AutoencoderKLQwenImage.from_pretrained(folder / "vae", torch_dtype=dtype).eval()


def load_text(folder, dtype):
    from transformers import Qwen2_5_VLForConditionalGeneration
    return Qwen2_5_VLForConditionalGeneration.from_pretrained(folder / "text_encoder", dtype=dtype).eval()


def latents(vae, x):
    import torch
    return x * torch.tensor(vae.config.latents_std).view(1, -1, 1, 1, 1) + torch.tensor(vae.config.latents_mean).view(1, -1, 1, 1, 1)


def forward(part, model, data, dtype, prefix=""):
    """What QwenImageLayeredPipeline does with this part."""
    import torch
    if part == "dit":
        tokens, side = data[prefix + "tokens"].to(dtype), (TINY_PIXELS if prefix else PIXELS) // 16
        frames = tokens.size(1) // side ** 2
        out = model(hidden_states=tokens, timestep=torch.tensor([0.5]), encoder_hidden_states=data[prefix + "prompt"].to(dtype),
                    img_shapes=[[(1, side, side)] * frames], additional_t_cond=torch.zeros(1, dtype=torch.long), return_dict=False)[0]
        return out[:, :(frames - 1) * side ** 2]
    if part == "vae-encode":
        z = model.encode(data[prefix + "picture"].to(dtype)[:, :, None]).latent_dist.mode()
        mean, std = (torch.tensor(v).view(1, -1, 1, 1, 1) for v in (model.config.latents_mean, model.config.latents_std))
        return ((z.float() - mean) / std)[:, :, 0]
    if part == "vae-decode":
        return model.decode(latents(model, data[prefix + "latent"][:, :, None]).to(dtype), return_dict=False)[0][:, :, 0]
    ids = data["ids"]
    mask = torch.ones_like(ids)
    if part == "text":
        return model.model(input_ids=ids, attention_mask=mask).last_hidden_state
    # The pipeline also computes the logits of all tokens, which are not used.
    return model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states[-1]


def run(folder: Path, part: str, dtype_name: str, repeat: int, threads: int) -> dict:
    import torch
    import diffusers, transformers                                                             # noqa: part of the idle size
    from safetensors.torch import load_file, save_file
    quiet()
    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    dtype = {"f32": torch.float32, "bf16": torch.bfloat16}[dtype_name]
    data = load_file(folder / "inputs.safetensors")
    row = dict(who="diffusers", part=part, dtype=dtype_name, start_s=round(time.perf_counter() - START, 3), idle_mib=status("VmRSS"))
    loaders = {"dit": load_transformer, "vae-encode": load_vae, "vae-decode": load_vae, "text": load_text, "text-pipeline": load_text}
    at = time.perf_counter()
    if part == "load":
        # Loading counts as done when a tiny input has gone through every part: weights that are mapped lazily must be there by then.
        models = {p: loaders[p](folder, dtype) for p in ("dit", "vae-decode", "text")}
        row["load_s"] = round(time.perf_counter() - at, 3)
        for p, model in models.items():
            out = forward(p, model, data, dtype, "tiny.")
        forward("vae-encode", models["vae-decode"], data, dtype, "tiny.")
        row["first_s"] = round(time.perf_counter() - at - row["load_s"], 3)
    else:
        model = loaders[part](folder, dtype)
        row["load_s"], row["loaded_mib"] = round(time.perf_counter() - at, 3), status("VmRSS")
        seconds, cpu = [], []
        for _ in range(repeat + 1):
            at, cpu_at = time.perf_counter(), time.process_time()
            out = forward(part, model, data, dtype)
            seconds.append(round(time.perf_counter() - at, 3))
            cpu.append(round(time.process_time() - cpu_at, 3))
        row.update(first_s=seconds[0], seconds=seconds[1:], cpu_seconds=cpu[1:], median_s=statistics.median(seconds[1:] or seconds))
    row["peak_mib"] = status("VmHWM")
    if part != "load":
        out = out.float().contiguous()
        exact = folder / f"peer-{part}-f32.safetensors"
        row.update(mean_abs=round(out.abs().mean().item(), 6), max_abs=out.abs().max().item())
        if dtype_name != "f32" and exact.exists():
            row["mean_diff_f32"] = (out - load_file(exact)["output"]).abs().mean().item()
        save_file({"output": out}, folder / f"peer-{part}-{dtype_name}.safetensors")
    return row


# -- Both, in turn --

def last_json(command: list) -> dict:
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        sys.exit(f"{command} failed:\n{done.stdout}\n{done.stderr}")
    return json.loads(lines[-1])


def java_command(java: str) -> list:
    root = Path(__file__).resolve().parent.parent
    path = root / "target" / "benchmark.classpath"
    subprocess.run(["mvn", "-q", "-o", "test-compile", "dependency:build-classpath", "-Dmdep.includeScope=test", f"-Dmdep.outputFile={path}"],
                   cwd=root, check=True)
    classes = f"{root}/target/test-classes:{root}/target/classes:{path.read_text().strip()}"
    return [java, "-Xmx512m", "-cp", classes, "org.layerj.bench.PeerBenchmark"]


def compare(folder: Path, cases: list, rounds: int, repeat: int, threads: int, java: str, log: Path):
    ours = java_command(java)
    with open(log, "a") as record:
        for _ in range(rounds):
            for part, dtype in cases:
                arguments = [folder, "--part", part, "--dtype", dtype, "--repeat", repeat, "--threads", threads]
                for command in ([sys.executable, __file__, "run"], ours):
                    row = last_json([*command, *arguments])
                    print(json.dumps(row), file=record, flush=True)
                    print(json.dumps(row), flush=True)


def table(log: Path) -> str:
    """Markdown: medians over all counted runs of all processes. For loading, the time until a tiny input has gone through."""
    rows = [json.loads(line) for line in log.read_text().splitlines()]
    out = ["| part | type | diffusers s | ours s | faster | by processor time | diffusers peak MiB | ours peak MiB | memory | largest difference | counted runs |",
           "|---|---|---|---|---|---|---|---|---|---|---|"]
    for part, dtype in dict.fromkeys((r["part"], r["dtype"]) for r in rows):
        sides = [[r for r in rows if (r["part"], r["dtype"], r["who"]) == (part, dtype, who)] for who in ("diffusers", "ours")]
        if not all(sides):
            continue
        clock = [[s for r in side for s in r.get("seconds", [r["load_s"] + r["first_s"]])] for side in sides]
        cpu = [[s for r in side for s in r.get("cpu_seconds", [])] for side in sides]
        t, c = [statistics.median(s) for s in clock], [statistics.median(s) if s else 0 for s in cpu]
        m = [statistics.median(r["peak_mib"] for r in side) for side in sides]
        difference = max((r["max_diff"] for r in sides[1] if "max_diff" in r), default=0)
        largest = f"{difference:.1e} of {sides[1][0]['max_abs']:.2g}" if difference else "–"
        out.append(f"| {part} | {dtype} | {t[0]:.2f} | {t[1]:.2f} | **{t[0] / t[1]:.2f}×** | {f'{c[0] / c[1]:.2f}×' if c[1] else '–'} | {m[0]:.0f} "
                   f"| {m[1]:.0f} | **{m[1] / m[0]:.2f}** | {largest} "
                   f"| {len(clock[0])} + {len(clock[1])} |")
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("make", "inputs", "run", "compare", "table"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", action="append", choices=PARTS, help="compare: may be given several times")
    parser.add_argument("--dtype", action="append", choices=("f32", "bf16"), help="compare: may be given several times")
    parser.add_argument("--repeat", type=int, default=2, help="counted runs of a process, after one that is not counted")
    parser.add_argument("--rounds", type=int, default=3, help="compare: processes of each side, in turn")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--java", default="java")
    parser.add_argument("--log", type=Path, help="compare, table: one JSON line per process (FOLDER/log.jsonl)")
    a = parser.parse_args()
    log = a.log or a.folder / "log.jsonl"
    parts, dtypes = a.part or list(PARTS), a.dtype or ["f32", "bf16"]
    if a.verb == "make":
        make(a.folder)
    elif a.verb == "inputs":
        inputs(a.folder)
    elif a.verb == "run":
        print(json.dumps(run(a.folder, parts[0], dtypes[0], a.repeat, a.threads)))
    elif a.verb == "compare":
        compare(a.folder, [(p, d) for p in parts for d in dtypes], a.rounds, a.repeat, a.threads, a.java, log)
        print(table(log))
    else:
        print(table(log))


if __name__ == "__main__":
    main()
