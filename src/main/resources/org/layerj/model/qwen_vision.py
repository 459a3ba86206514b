# The vision tower of Qwen2.5-VL: a picture as a sequence of features for the language model.
#
# Patches are rows, (n, hidden), ordered so that the patches of a feature follow each other, then the features of an attention
# window, then windows of the same size. `groups` lists these sizes: windows, patches per window, windows, patches per window...
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

  def turn(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    y = x.float()
    a, b = y.chunk(2, -1)
    return (y * cos + torch.cat([-b, a], -1) * sin).to(x.dtype)

  def attention(self, x: Tensor, w: List[Tensor], cos: Tensor, sin: Tensor, groups: List[int]) -> Tensor:
    head = cos.size(-1)
    q, k, v = torch.linear(x, w[1], w[2]).unflatten(-1, [3, -1, head]).unbind(1)
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
    return torch.linear(torch.cat(parts, 0), w[3], w[4])

  def block(self, x: Tensor, w: List[Tensor], cos: Tensor, sin: Tensor, groups: List[int]) -> Tensor:
    # w: norm1, qkv w b, proj w b, norm2, gate w b, up w b, down w b
    x = x + self.attention(self.norm(x, w[0]), w, cos, sin, groups)
    y = self.norm(x, w[5])
    return x + torch.linear(torch.silu(torch.linear(y, w[6], w[7])) * torch.linear(y, w[8], w[9]), w[10], w[11])

  def merge(self, x: Tensor, w: List[Tensor], back: Tensor) -> Tensor:
    # w: norm, mlp.0 w b, mlp.2 w b. The patches of a feature side by side; `back` restores the order of the picture.
    y = self.norm(x, w[0]).view([-1, w[1].size(1)])
    return torch.linear(torch.gelu(torch.linear(y, w[1], w[2])), w[3], w[4]).index_select(0, back)
