"""Trains the graph network of the built-in default on stored graphs (make_graphs.py), which may grow meanwhile. The same command again goes on where it
stopped.

    OMP_NUM_THREADS=1 nice -n 15 python train_segments.py --graphs GRAPHS --dev DEV --out RUN --minutes 600

The learning rate is constant after a warm-up; the weights that are scored and exported are their running average. With --decay it falls to zero over the
given minutes, from wherever the run is: for the weights that are shipped."""
from __future__ import annotations

import argparse
import json
import queue
import threading
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from segment.graphs import Graph, index, load
from segment.network import Batch, SegmentNetwork
from segment.targets import CLASSES

# Rarer classes count more, and small segments more than their area.
WEIGHT = torch.tensor([1, 1, 1.2, 1.5, 1.3, 1.2, 1.5, 1.8, 2.2, 2.2])
ALPHA_LOSS, PAIR_LOSS, REGION_LOSS = .5, .5, .3


def targets(graphs: list[Graph]) -> dict[str, torch.Tensor]:
    cat = lambda name: torch.from_numpy(np.concatenate([getattr(g, name) for g in graphs]))
    level = np.concatenate([np.where(np.arange(len(g.area)) < g.segments, 1, REGION_LOSS) for g in graphs])
    size = np.concatenate([np.sqrt(g.area / g.area[:g.segments].sum()) for g in graphs])
    shown, weight = cat("visible").float(), torch.from_numpy(level * size).float()
    starts = np.cumsum([0] + [len(g.area) for g in graphs])
    first, second = (torch.from_numpy(np.concatenate([g.ends[k].astype(np.int64) + s for g, s in zip(graphs, starts)])) for k in (0, 1))
    both = torch.minimum(weight[first], weight[second])
    return {"visible": shown, "alpha": cat("alpha").float(), "same": cat("same"), "beneath": cat("beneath"), "weight": weight,
            "together": (shown[first] * shown[second]).sum(1).clamp(0, 1), "pair weight": both / both.mean()}


def losses(out: tuple[torch.Tensor, torch.Tensor, torch.Tensor], t: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    visible, alpha, pair = out
    w = t["weight"] * (t["visible"] * WEIGHT).sum(1)
    shown = -(w * (t["visible"] * visible.log_softmax(1)).sum(1)).sum() / w.sum()
    covered = (F.binary_cross_entropy_with_logits(alpha, t["alpha"].clamp(0, 1), reduction="none").sum(1) * w).sum() / w.sum()
    known, different = t["same"] != 255, t["beneath"] != 255
    same = F.binary_cross_entropy_with_logits(pair[known, 0], t["same"][known].float(), weight=torch.where(t["same"][known] == 1, .5, 1.5))
    beneath = F.binary_cross_entropy_with_logits(pair[different, 1], t["beneath"][different].float() / 254) if different.any() else same * 0
    # One class or two: by the shares that show, so that pairs of mixed segments are in between.
    together = F.binary_cross_entropy_with_logits(pair[:, 2], t["together"], weight=t["pair weight"])
    return {"visible": shown, "alpha": covered, "same": same, "beneath": beneath, "together": together}


def score(network: SegmentNetwork, graphs: list[Graph]) -> dict:
    """On figures the network has not seen: IoU of classes over all pixels, mean IoU of each figure's true layers (their visible part), and how many pairs
    are judged right."""
    k = len(CLASSES)
    hit, union, per, same, beneath, loss = np.zeros(k), np.zeros(k), [], [0, 0, 0, 0], [0, 0], []
    for g in graphs:
        with torch.no_grad():
            out = network(Batch.of([g]))
            loss.append({name: float(v) for name, v in losses(out, targets([g])).items()})
        n = g.segments
        found = np.eye(k)[out[0][:n].argmax(1).numpy()] * g.area[:n, None]
        true = g.visible[:n].astype(np.float64) * g.area[:n, None]
        both = np.eye(k)[out[0][:n].argmax(1).numpy()] * true
        hit += both.sum(0)
        u = (found + true - both).sum(0)
        union += u
        there = true.sum(0) > .5
        per.append((both.sum(0)[there] / u[there]).mean())
        said = (out[2][:, 0] > 0).numpy()
        for value in (0, 1):
            at = g.same == value
            same[2 * value] += int((said[at] == value).sum())
            same[2 * value + 1] += int(at.sum())
        at = g.beneath != 255
        beneath[0] += int((((out[2][:, 1] > 0).numpy()[at]) == (g.beneath[at] > 127)).sum())
        beneath[1] += int(at.sum())
    iou = hit / np.maximum(union, 1)
    return {"layers": round(float(np.mean(per)), 4), "error": round(float(np.std(per) / np.sqrt(len(per))), 4),
            "classes": {c: round(float(v), 3) for c, v in zip(CLASSES, iou)}, "apart": round(same[0] / max(1, same[1]), 4), "same": round(same[2] / max(1, same[3]), 4),
            "beneath": round(beneath[0] / max(1, beneath[1]), 4), **{f"loss {n}": round(float(np.mean([x[n] for x in loss])), 4) for n in loss[0]}}


def deeper(saved: dict[str, torch.Tensor], network: SegmentNetwork) -> dict[str, torch.Tensor]:
    """Weights of a network with fewer layers, for one with more: layers that are new add nothing at first."""
    new = {k: v.clone() for k, v in network.state_dict().items() if k not in saved}
    for name, value in new.items():
        if ".out." in name or ".down." in name:
            value.zero_()
    return {**saved, **new}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--graphs", type=Path, required=True, nargs="+", help="folders of graphs to train on")
    options.add_argument("--dev", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--minutes", type=float, default=600, help="of this call")
    options.add_argument("--width", type=int, default=64)
    options.add_argument("--layers", type=int, default=4)
    options.add_argument("--batch", type=int, default=4)
    options.add_argument("--rate", type=float, default=1.5e-3)
    options.add_argument("--decay", type=float, default=0, help="minutes over which the learning rate falls to zero; 0: it does not")
    options.add_argument("--drop", type=float, default=.15, help="share of messages, edges and inner values left out in training (dropout)")
    options.add_argument("--every", type=int, default=1500, help="steps between scores")
    options.add_argument("--start", type=Path, help="state of another run to begin with, as a stage of its own")
    options.add_argument("--weights", type=Path, help="exported weights to begin with, where no state is left")
    o = options.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    state = o.out / "state.pt"
    find = lambda: [e for folder in o.graphs for path in sorted(folder.glob("*.graphs")) for e in index(path)]
    entries = find()
    network, average = SegmentNetwork(o.width, o.layers, drop=o.drop), SegmentNetwork(o.width, o.layers).eval()
    weights = [p for p in network.parameters() if p.ndim > 1], [p for p in network.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{"params": weights[0], "weight_decay": .02}, {"params": weights[1], "weight_decay": 0}], lr=o.rate, betas=(.9, .98))
    step, seen, spent = 0, 0, 0.0
    if state.exists() or o.start:
        saved = torch.load(state if state.exists() else o.start, weights_only=False)
        step, seen, spent = saved["step"], saved["seen"], saved["spent"]
        for each, name in ((network, "network"), (average, "average")):
            each.load_state_dict(deeper(saved[name], each))
        if saved["layers"] == o.layers:
            optimizer.load_state_dict(saved["optimizer"])
    elif o.weights:
        for each in (network, average):
            each.load_state_dict(load_file(o.weights))
    else:
        rng = np.random.default_rng(0)
        network.normalise([load(entries[k]) for k in rng.permutation(len(entries))[:150]])
        average.load_state_dict(network.state_dict())
    dev = [load(e) for path in sorted(o.dev.glob("*.graphs")) for e in index(path)]
    print(f"{sum(p.numel() for p in network.parameters())} weights, {len(entries)} figures, {len(dev)} to score on, step {step}", flush=True)

    ready: queue.Queue = queue.Queue(6)

    def feed() -> None:
        rng = np.random.default_rng([1, step])
        while True:
            files = find()
            order = rng.permutation(len(files))
            for k in range(0, min(len(order), 4000) - o.batch + 1, o.batch):   # then look for new figures
                graphs = [load(files[j]) for j in order[k:k + o.batch]]
                ready.put((Batch.of(graphs), targets(graphs)))
    threading.Thread(target=feed, daemon=True).start()

    def save() -> None:
        part = state.with_suffix(".part")
        torch.save({"network": network.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "seen": seen,
                    "spent": spent + time.time() - begin, "width": o.width, "layers": o.layers}, part)
        part.rename(state)

    first = step
    begin, last, recent = time.time(), time.time(), []
    while (time.time() - begin) / 60 < o.minutes:
        passed = (time.time() - begin) / 60
        rate = o.rate * min(1, (step + 1 - first) / 300) * (max(0.0, 1 - passed / o.decay) if o.decay else 1)
        for group in optimizer.param_groups:
            group["lr"] = rate
        batch, t = ready.get()
        parts = losses(network(batch), t)
        loss = parts["visible"] + ALPHA_LOSS * parts["alpha"] / 3 + PAIR_LOSS * (parts["same"] + parts["beneath"] + parts["together"])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        step, seen = step + 1, seen + batch.pictures
        keep = .9992 if o.weights else min(.9992, 1 - 1 / (step * .1 + 1))
        with torch.no_grad():
            for a, p in zip(average.parameters(), network.parameters()):
                a.lerp_(p, 1 - keep)
            for a, p in zip(average.buffers(), network.buffers()):
                a.copy_(p)
        recent.append([float(v.detach()) for v in parts.values()])
        if step % 100 == 0:
            print(step, dict(zip(parts, np.mean(recent, 0).round(4).tolist())), f"{100 * o.batch / (time.time() - last):.1f} figures a second", flush=True)
            last, recent = time.time(), []
        if step % o.every == 0:
            result = {"step": step, "seen": seen, "minutes": round((spent + time.time() - begin) / 60, 1), "rate": round(rate, 6), **score(average, dev)}
            print(json.dumps(result), flush=True)
            with open(o.out / "log.jsonl", "a") as log:
                log.write(json.dumps(result) + "\n")
            save()
            last = time.time()
        elif step % 500 == 0:
            save()
    save()


if __name__ == "__main__":
    main()
