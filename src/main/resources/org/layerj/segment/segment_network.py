# The graph network of the built-in default: attention along the edges of a graph of segments.
#
# h is the state of the nodes (n, D); an edge e tells node `first` about node `second`. w: name.weight and name.bias of every layer.
class SegmentNetwork(Module):

  def linear(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return torch.linear(x, w[name + ".weight"], w[name + ".bias"])

  def norm(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return torch.layer_norm(x, [x.size(1)], w[name + ".weight"], w[name + ".bias"])

  def edges(self, edges: Tensor, w: Dict[str, Tensor]) -> Tensor:
    return (edges - w["edge_mean"]) / w["edge_std"]

  def embed(self, nodes: Tensor, patches: Tensor, w: Dict[str, Tensor]) -> Tensor:
    # patches: (n, bytes) u8 that hold signed bytes; 64 is 1.
    signed = patches.float()
    signed = (signed - 256.0 * (signed > 127.0).float()) * 0.015625
    p = self.linear(torch.gelu(self.linear(signed, w, "patch1")), w, "patch2")
    return self.linear((nodes - w["node_mean"]) / w["node_std"], w, "node") + p

  def attend(self, h: Tensor, e: Tensor, first: Tensor, second: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    # Attention over the edges of each node; what the edge knows is part of key and value.
    n, width, heads = h.size(0), h.size(1), w[name + ".edge_bias.bias"].size(0)
    q, k, v = self.linear(self.norm(h, w, name + ".norm1"), w, name + ".qkv").view([n, 3, heads, -1]).unbind(1)
    edge_value = torch.linear(e, w[name + ".edge_value.weight"]).view([e.size(0), heads, -1])
    score = (q.index_select(0, first) * (k.index_select(0, second) + edge_value)).sum([-1]) / (q.size(2) ** 0.5) + self.linear(e, w, name + ".edge_bias")
    weight = score.clamp(-15.0, 15.0).exp()
    total = torch.zeros([n, heads], dtype=h.dtype, device=h.device).index_add(0, first, weight)
    message = torch.zeros_like(q).index_add(0, first, weight.unsqueeze(-1) * (v.index_select(0, second) + edge_value)) / (total.unsqueeze(-1) + 1e-6)
    return h + self.linear(message.reshape([n, width]), w, name + ".out")

  def layer(self, h: Tensor, e: Tensor, first: Tensor, second: Tensor, share: Tensor, w: Dict[str, Tensor], number: int) -> Tensor:
    # share: (n, 1), how much of the picture a node covers, a third for each of the three levels.
    name = "layers." + str(number)
    h = self.attend(h, e, first, second, w, name)
    x = self.norm(h, w, name + ".norm2")
    whole = torch.cat([x.mean([0]), (x * share).sum([0])], 0).unsqueeze(0)
    return h + self.linear(torch.gelu(self.linear(x + self.linear(whole, w, name + ".summary"), w, name + ".up")), w, name + ".down")

  def classes(self, h: Tensor, w: Dict[str, Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    # The normalised state, the probability of each class to be what shows, and the alpha of each class, also where it is hidden.
    x = self.norm(h, w, "norm")
    return (x, torch.softmax(self.linear(x, w, "visible"), 1), torch.sigmoid(self.linear(x, w, "alpha")))

  def pairs(self, x: Tensor, e: Tensor, first: Tensor, second: Tensor, w: Dict[str, Tensor]) -> Tensor:
    # (3, edges): probability that both ends show one element; how far the element of `second` extends beneath `first`; probability of one class.
    y = self.linear(x, w, "pair_first").index_select(0, first) + torch.linear(x, w["pair_second.weight"]).index_select(0, second)
    return torch.sigmoid(self.linear(torch.gelu(y + torch.linear(e, w["pair_edge.weight"])), w, "pair")).t().contiguous()
