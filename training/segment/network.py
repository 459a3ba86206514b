"""The graph network: says of every segment what it is, which layers it belongs to though hidden, and of pairs whether they are one thing and which lies above.

Attention along the edges of the graph, with what the edge knows as part of key and value, and a summary of the whole picture in every layer; the same
computation as org.layerj.segment.SegmentNetwork (segment_graph.py beside it)."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .graphs import EDGE, NODE, PATCH, Graph
from .targets import CLASSES

HEAD = 16
PAIR = 48


@dataclass
class Batch:
    """Several graphs as one. `picture` tells which one a node belongs to, `share` how much of its level in that picture it covers."""
    nodes: Tensor
    patches: Tensor
    first: Tensor
    second: Tensor
    edges: Tensor
    picture: Tensor
    pictures: int
    share: Tensor

    @staticmethod
    def of(graphs: list[Graph]) -> "Batch":
        cat = lambda arrays: torch.from_numpy(np.concatenate(arrays))
        starts = np.cumsum([0] + [len(g.area) for g in graphs])
        ends = np.concatenate([g.ends.astype(np.int64) + s for g, s in zip(graphs, starts)], 1)
        share = [g.area / g.area[:g.segments].sum() / 3 for g in graphs]
        return Batch(cat([g.nodes for g in graphs]).float(), cat([g.patches for g in graphs]).float() / 64, torch.from_numpy(ends[0]), torch.from_numpy(ends[1]),
                     cat([g.edges for g in graphs]).float(), cat([np.full(len(g.area), k) for k, g in enumerate(graphs)]), len(graphs),
                     cat(share).float()[:, None])


class Layer(nn.Module):
    def __init__(self, width: int, drop: float = 0) -> None:
        super().__init__()
        self.drop = drop
        self.heads = width // HEAD
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.edge_bias, self.edge_value = nn.Linear(EDGE, self.heads), nn.Linear(EDGE, width, bias=False)
        self.summary = nn.Linear(2 * width, width)
        self.up, self.down = nn.Linear(width, 3 * width), nn.Linear(3 * width, width)

    def forward(self, h: Tensor, e: Tensor, b: Batch) -> Tensor:
        n, width = h.shape
        q, k, v = self.qkv(self.norm1(h)).view(n, 3, self.heads, HEAD).unbind(1)
        edge_value = self.edge_value(e).view(-1, self.heads, HEAD)
        score = (q[b.first] * (k[b.second] + edge_value)).sum(-1) / HEAD ** .5 + self.edge_bias(e)
        weight = score.clamp(-15, 15).exp()
        if self.training and self.drop:
            weight = weight * (torch.rand(len(weight), 1) >= self.drop)
        total = torch.zeros(n, self.heads).index_add(0, b.first, weight)
        message = torch.zeros(n, self.heads, HEAD).index_add(0, b.first, weight[..., None] * (v[b.second] + edge_value)) / (total[..., None] + 1e-6)
        h = h + F.dropout(self.out(message.reshape(n, width)), self.drop, self.training)
        x = self.norm2(h)
        count = torch.zeros(b.pictures, 1).index_add(0, b.picture, torch.ones(n, 1))
        mean = torch.zeros(b.pictures, width).index_add(0, b.picture, x) / count
        by_area = torch.zeros(b.pictures, width).index_add(0, b.picture, x * b.share)
        inner = F.gelu(self.up(x + self.summary(torch.cat([mean, by_area], 1))[b.picture]))
        return h + F.dropout(self.down(F.dropout(inner, self.drop, self.training)), self.drop, self.training)


class SegmentNetwork(nn.Module):
    def __init__(self, width: int = 64, layers: int = 4, patch: int = 128, drop: float = 0) -> None:
        super().__init__()
        self.drop = drop
        self.register_buffer("node_mean", torch.zeros(NODE))
        self.register_buffer("node_std", torch.ones(NODE))
        self.register_buffer("edge_mean", torch.zeros(EDGE))
        self.register_buffer("edge_std", torch.ones(EDGE))
        self.node = nn.Linear(NODE, width)
        self.patch1, self.patch2 = nn.Linear(PATCH, patch), nn.Linear(patch, width)
        self.layers = nn.ModuleList([Layer(width, drop) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        self.visible, self.alpha = nn.Linear(width, len(CLASSES)), nn.Linear(width, len(CLASSES))
        self.pair_first, self.pair_second, self.pair_edge = nn.Linear(width, PAIR), nn.Linear(width, PAIR, bias=False), nn.Linear(EDGE, PAIR, bias=False)
        self.pair = nn.Linear(PAIR, 3)

    def normalise(self, graphs: list[Graph]) -> None:
        """Mean and deviation of the numbers of nodes and edges, from some graphs."""
        nodes, edges = (np.concatenate([getattr(g, k) for g in graphs]).astype(np.float32) for k in ("nodes", "edges"))
        self.node_mean[:], self.node_std[:] = torch.from_numpy(nodes.mean(0)), torch.from_numpy(nodes.std(0) + .02)
        self.edge_mean[:], self.edge_std[:] = torch.from_numpy(edges.mean(0)), torch.from_numpy(edges.std(0) + .02)

    def forward(self, b: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Logits: of the class that shows (nodes, 10), of the alpha of every class (nodes, 10), and of same element, beneath and same
        class (edges, 3)."""
        e = (b.edges - self.edge_mean) / self.edge_std
        h = self.node((b.nodes - self.node_mean) / self.node_std) + self.patch2(F.dropout(F.gelu(self.patch1(b.patches)), self.drop, self.training))
        h = F.dropout(h, self.drop / 2, self.training)
        for layer in self.layers:
            h = layer(h, e, b)
        h = self.norm(h)
        pair = F.gelu(self.pair_first(h)[b.first] + self.pair_second(h)[b.second] + self.pair_edge(e))
        return self.visible(h), self.alpha(h), self.pair(pair)
