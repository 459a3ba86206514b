"""Muon: momentum whose update is made orthogonal by five Newton-Schulz steps. For matrices inside a network it learns
faster per step than AdamW, which matters when steps are the scarce thing. A convolution counts as out × (in·k·k)."""
from __future__ import annotations

import torch
from torch import Tensor


class Muon(torch.optim.Optimizer):
    def __init__(self, parameters, lr: float, momentum: float = .95, decay: float = .01) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self, closure=None) -> None:
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                average = self.state[p].setdefault("momentum", torch.zeros_like(p))
                average.lerp_(p.grad, 1 - group["momentum"])
                update = orthogonal(p.grad.lerp(average, group["momentum"]).flatten(1))
                p.mul_(1 - group["lr"] * group["decay"])
                p.add_(update.view_as(p), alpha=-group["lr"] * max(1, update.shape[0] / update.shape[1]) ** .5)


def orthogonal(g: Tensor) -> Tensor:
    """Nearly U·Vᵀ of the matrix's singular value decomposition."""
    x = g.bfloat16()
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x.T if tall else x).to(g.dtype)
