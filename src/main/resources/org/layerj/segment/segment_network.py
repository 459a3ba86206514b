# The graph network of the built-in default: attention along the edges of a graph of segments.
#
# h is the state of the nodes (n, D); an edge e tells node `first` about node `second`. Linear layers come as [w, b].
class SegmentNetwork(Module):

  def normalise(self, x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    return (x - mean) / std

  def embed(self, nodes: Tensor, patches: Tensor, node: List[Tensor], patch1: List[Tensor], patch2: List[Tensor]) -> Tensor:
    # patches: (n, bytes) u8 that hold signed bytes; 64 is 1.
    signed = patches.float()
    signed = (signed - 256.0 * (signed > 127.0).float()) * 0.015625
    p = torch.gelu(torch.linear(signed, patch1[0], patch1[1]))
    return torch.linear(nodes, node[0], node[1]) + torch.linear(p, patch2[0], patch2[1])

  def attend(self, h: Tensor, e: Tensor, first: Tensor, second: Tensor, norm: List[Tensor], qkv: List[Tensor], edge_bias: List[Tensor], edge_value: Tensor, out: List[Tensor]) -> Tensor:
    # Attention over the edges of each node; what the edge knows is part of key and value.
    n, width, heads = h.size(0), h.size(1), edge_bias[0].size(0)
    q, k, v = torch.linear(torch.layer_norm(h, [width], norm[0], norm[1]), qkv[0], qkv[1]).view([n, 3, heads, -1]).unbind(1)
    told = torch.linear(e, edge_value).view([e.size(0), heads, -1])
    score = (q.index_select(0, first) * (k.index_select(0, second) + told)).sum([-1]) / (q.size(2) ** 0.5) + torch.linear(e, edge_bias[0], edge_bias[1])
    weight = score.clamp(-15.0, 15.0).exp()
    total = torch.zeros([n, heads], dtype=h.dtype, device=h.device).index_add(0, first, weight)
    message = torch.zeros_like(q).index_add(0, first, weight.unsqueeze(-1) * (v.index_select(0, second) + told)) / (total.unsqueeze(-1) + 1e-6)
    return h + torch.linear(message.reshape([n, width]), out[0], out[1])

  def think(self, h: Tensor, share: Tensor, norm: List[Tensor], summary: List[Tensor], up: List[Tensor], down: List[Tensor]) -> Tensor:
    # share: (n, 1), how much of the picture a node covers, a third for each of the three levels.
    x = torch.layer_norm(h, [h.size(1)], norm[0], norm[1])
    whole = torch.cat([x.mean([0]), (x * share).sum([0])], 0).unsqueeze(0)
    y = torch.gelu(torch.linear(x + torch.linear(whole, summary[0], summary[1]), up[0], up[1]))
    return h + torch.linear(y, down[0], down[1])

  def classes(self, h: Tensor, norm: List[Tensor], visible: List[Tensor], alpha: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    # The normalised state, the probability of each class to be what shows, and the alpha of each class, also where it is hidden.
    x = torch.layer_norm(h, [h.size(1)], norm[0], norm[1])
    return (x, torch.softmax(torch.linear(x, visible[0], visible[1]), 1), torch.sigmoid(torch.linear(x, alpha[0], alpha[1])))

  def pairs(self, x: Tensor, e: Tensor, first: Tensor, second: Tensor, one: List[Tensor], two: Tensor, edge: Tensor, pair: List[Tensor]) -> Tensor:
    # (edges, 2): probability that both ends show one element; how far the element of `second` extends beneath `first`.
    y = torch.linear(x, one[0], one[1]).index_select(0, first) + torch.linear(x, two).index_select(0, second) + torch.linear(e, edge)
    return torch.sigmoid(torch.linear(torch.gelu(y), pair[0], pair[1]))
