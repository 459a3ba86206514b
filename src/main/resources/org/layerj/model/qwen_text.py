# The language model of Qwen2.5-VL: embeds prompts (paper section 3.2) and writes captions.
#
# A decoder with grouped queries: several query heads share one head of keys and values. x is (1, n, hidden), cos and sin are
# (n, head), keys and values (1, key heads, n, head). A layer's weights have the checkpoint's names without the layer's prefix.
class QwenText(Module):

  def put(self, x: Tensor, features: Tensor, at: Tensor) -> Tensor:
    # Overwrites the embeddings of the picture's placeholders.
    return x.index_copy(1, at, features.unsqueeze(0).to(x.dtype))

  def rope(self, positions: Tensor, sections: List[int], theta: float, dtype: int) -> Tuple[Tensor, Tensor]:
    # positions (3, n): time, row, column. The frequencies are dealt out to the three in sections; text has the same position in all.
    half = 0
    for s in sections:
      half += s
    f = torch.arange(0, 2 * half, 2, dtype=6, device=positions.device) / float(2 * half)
    angles = positions.float().unsqueeze(-1) * (1.0 / torch.pow(theta, f))
    parts = annotate(List[Tensor], [])
    begin = 0
    for i in range(3):
      parts.append(angles.select(0, i).slice(1, begin, begin + sections[i]))
      begin += sections[i]
    a = torch.cat(parts, -1).repeat([1, 2])
    return (a.cos().to(dtype), a.sin().to(dtype))

  def norm(self, x: Tensor, w: Tensor, eps: float) -> Tensor:
    # Cast down before the weight is applied, as the reference does.
    y = x.float()
    return (y * torch.rsqrt(y.pow(2).mean(-1, True) + eps)).to(x.dtype) * w

  def linear(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return torch.linear(x, w[name + ".weight"])

  def biased(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return torch.linear(x, w[name + ".weight"], w[name + ".bias"])

  def turn(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    # Channel c pairs with c + head / 2.
    a, b = x.chunk(2, -1)
    return x * cos + torch.cat([-b, a], -1) * sin

  def attention(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, cache: List[Tensor], past: int) -> Tensor:
    # cache: empty, or (2, key heads, capacity, head) of which `past` columns are filled.
    n = x.size(1)
    head = cos.size(-1)
    q = self.turn(self.biased(x, w, "self_attn.q_proj").unflatten(-1, [-1, head]).transpose(1, 2), cos, sin)
    k = self.turn(self.biased(x, w, "self_attn.k_proj").unflatten(-1, [-1, head]).transpose(1, 2), cos, sin)
    v = self.biased(x, w, "self_attn.v_proj").unflatten(-1, [-1, head]).transpose(1, 2)
    shared = q.size(1) // k.size(1)
    if len(cache) > 0:
      cache[0][0].slice(1, past, past + n).copy_(k[0])
      cache[0][1].slice(1, past, past + n).copy_(v[0])
    if past > 0:
      # One new token sees everything before it: the query heads of a group are the rows of one small unmasked attention.
      k = cache[0][0].slice(1, 0, past + n).unsqueeze(0)
      v = cache[0][1].slice(1, 0, past + n).unsqueeze(0)
      a = torch.scaled_dot_product_attention(q.reshape([1, k.size(1), shared, head]), k, v)
    else:
      k = k.repeat_interleave(shared, 1)
      v = v.repeat_interleave(shared, 1)
      a = torch.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2)
    return self.linear(a.reshape([1, n, -1]), w, "self_attn.o_proj")

  def layer(self, x: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, eps: float, cache: List[Tensor], past: int) -> Tensor:
    x = x + self.attention(self.norm(x, w["input_layernorm.weight"], eps), w, cos, sin, cache, past)
    y = self.norm(x, w["post_attention_layernorm.weight"], eps)
    return x + self.linear(torch.silu(self.linear(y, w, "mlp.gate_proj")) * self.linear(y, w, "mlp.up_proj"), w, "mlp.down_proj")

  def logits(self, x: Tensor, w: Tensor) -> Tensor:
    # Of the last position only, (vocabulary).
    return torch.linear(x[0, -1], w).float()

  def best(self, logits: Tensor, seen: Tensor, penalty: float) -> Tensor:
    # The likeliest token after those seen were made less likely. Positive scores shrink, negative ones grow.
    score = logits.gather(0, seen)
    return logits.scatter(0, seen, torch.where(score < 0, score * penalty, score / penalty)).argmax(0, True)

  def cache(self, like: Tensor, heads: int, capacity: int, head: int) -> Tensor:
    return torch.zeros([2, heads, capacity, head], dtype=like.dtype, device=like.device)
