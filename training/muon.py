"""Muon: momentum whose update is made orthogonal by five Newton-Schulz steps. For matrices inside a network it learns
faster per step than AdamW, which matters when steps are the scarce thing. A convolution counts as out × (in·k·k)."""
from __future__ import annotations

from collections import defaultdict

import torch
from torch import Tensor


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, lr: float, momentum: float = .95, decay: float = .01) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self, closure=None) -> None:
        for group in self.param_groups:
            alike: dict[torch.Size, list[Tensor]] = defaultdict(list)
            for p in group["params"]:
                if p.grad is not None:
                    alike[p.shape].append(p)
            for shape, some in alike.items():   # matrices of one shape at once: half the time on a CPU
                rate = group["lr"] * max(1, shape[0] / shape[1:].numel()) ** .5
                updates = []
                for p in some:
                    average = self.state[p].setdefault("momentum", torch.zeros_like(p))
                    average.lerp_(p.grad, 1 - group["momentum"])
                    updates.append(p.grad.lerp(average, group["momentum"]).flatten(1))
                for p, update in zip(some, orthogonal(torch.stack(updates))):
                    p.mul_(1 - group["lr"] * group["decay"])
                    p.add_(update.view_as(p), alpha=-rate)


def orthogonal(g: Tensor) -> Tensor:
    """Nearly U·Vᵀ of the singular value decompositions of matrices (n,rows,columns)."""
    x = g.bfloat16()
    tall = x.shape[1] > x.shape[2]
    x = x.mT.contiguous() if tall else x
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(5):
        a = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(a, a, a, beta=-4.7750, alpha=2.0315), x, beta=3.4445)
    return (x.mT if tall else x).to(g.dtype)
