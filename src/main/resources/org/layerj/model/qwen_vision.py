# The vision tower of Qwen2.5-VL: a picture as a sequence of features for the language model.
#
# Patches are rows, (n, hidden), ordered so that the patches of a feature follow each other, then the features of an attention
# window, then windows of the same size. `groups` lists these sizes: windows, patches per window, windows, patches per window...
# A block's weights have the checkpoint's names without the block's prefix.
class QwenVision(Module):

  def embed(self, patches: Tensor, w: Tensor, dtype: int) -> Tensor:
    # w (hidden, channels, time, patch, patch). A still picture is the same at all times, so the kernel's slices add up.
    return torch.linear(patches, w.float().sum([2]).flatten(1)).to(dtype)

  def rope(self, places: Tensor, head: int, theta: float) -> Tuple[Tensor, Tensor]:
    # places (n, 2): row and column; each turns a quarter of the channels of a head, in both halves.
    half = head // 2
    f = 1.0 / torch.pow(theta, torch.arange(0, half, 2, dtype=6, device=places.device) / float(half))
    a = (places.float().unsqueeze(-1) * f).flatten(1).repeat([1, 2]).unsqueeze(1)
    return (a.cos(), a.sin())

  def norm(self, x: Tensor, w: Tensor) -> Tensor:
    y = x.float()
    return (y * torch.rsqrt(y.pow(2).mean(-1, True) + 1e-6)).to(x.dtype) * w

  def linear(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return torch.linear(x, w[name + ".weight"], w[name + ".bias"])

  def turn(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    y = x.float()
    a, b = y.chunk(2, -1)
    return (y * cos + torch.cat([-b, a], -1) * sin).to(x.dtype)

  def attention(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, groups: List[int]) -> Tensor:
    head = cos.size(-1)
    q, k, v = self.linear(x, w, "attn.qkv").unflatten(-1, [3, -1, head]).unbind(1)
    q = self.turn(q, cos, sin)
    k = self.turn(k, cos, sin)
    parts = annotate(List[Tensor], [])
    begin = 0
    for i in range(len(groups) // 2):
      window = [groups[2 * i], groups[2 * i + 1]]
      end = begin + window[0] * window[1]
      a = torch.scaled_dot_product_attention(q.slice(0, begin, end).unflatten(0, window).transpose(1, 2), k.slice(0, begin, end).unflatten(0, window).transpose(1, 2), v.slice(0, begin, end).unflatten(0, window).transpose(1, 2))
      parts.append(a.transpose(1, 2).flatten(2).flatten(0, 1))
      begin = end
    return self.linear(torch.cat(parts, 0), w, "attn.proj")

  def block(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, groups: List[int]) -> Tensor:
    x = x + self.attention(self.norm(x, w["norm1.weight"]), w, cos, sin, groups)
    y = self.norm(x, w["norm2.weight"])
    return x + self.linear(torch.silu(self.linear(y, w, "mlp.gate_proj")) * self.linear(y, w, "mlp.up_proj"), w, "mlp.down_proj")

  def merge(self, x: Tensor, w: Dict[str, Tensor], back: Tensor) -> Tensor:
    # The patches of a feature side by side; `back` restores the order of the picture.
    y = self.norm(x, w["ln_q.weight"]).view([-1, w["mlp.0.weight"].size(1)])
    return self.linear(torch.gelu(self.linear(y, w, "mlp.0")), w, "mlp.2").index_select(0, back)
