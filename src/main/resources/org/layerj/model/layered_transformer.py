# VLD-MMDiT (paper section 3.2): the double-stream diffusion transformer over composite, layers and condition picture.
#
# x is the image stream (B, S, D), y the text stream (B, nt, D); joint tensors put text first. A modulation row holds
# [shift1, scale1, gate1, shift2, scale2, gate2], each D wide, and depends on the timestep only, so it is one row for all tokens.
# A block's weights have the checkpoint's names without the block's prefix (attn.to_q.weight, img_mlp.net.2.bias and so on). They are
# not fused, because a fused copy would double what a mapped file holds anyway.
class LayeredTransformer(Module):

  def linear(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.linear(x, w, b)

  def embed_text(self, y: Tensor, norm: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.linear(torch.rms_norm(y, [y.size(-1)], norm, 1e-6), w, b)

  def embed_frames(self, latents: Tensor, condition: Tensor, w: Tensor, b: Tensor) -> Tensor:
    # The condition picture stays clean through the run, so it arrives embedded.
    return torch.cat([torch.linear(latents, w, b), condition], 1)

  def time_embedding(self, tau: Tensor, w: Dict[str, Tensor], flag: List[Tensor]) -> Tensor:
    # tau: (n,) float32 in 0..1. flag: one row of addition_t_embedding, or nothing. Gives (n, D).
    first = w["linear_1.weight"]
    half = first.size(1) // 2
    step = torch.arange(half, dtype=6, device=tau.device).mul(-9.210340371976184).div(half)
    angle = tau.to(first.dtype).float().unsqueeze(-1) * torch.exp(step).unsqueeze(0) * 1000.0
    waves = torch.cat([torch.cos(angle), torch.sin(angle)], -1).to(first.dtype)
    e = self.named(torch.silu_(self.named(waves, w, "linear_1")), w, "linear_2")
    if len(flag) > 0:
      e = e + flag[0]
    return e

  def modulation(self, temb: Tensor, w: Tensor, b: Tensor) -> Tensor:
    # All timesteps of a run at once: (n, D) to (n, 6 D), or to (n, 2 D) for the output norm.
    return torch.linear(torch.silu(temb), w, b)

  def key_mask(self, text_mask: Tensor, image_tokens: int) -> Tensor:
    # (B, nt) of 0 and 1 to (B, 1, 1, nt + S): image tokens are never padding.
    ones = torch.ones([text_mask.size(0), image_tokens], dtype=11, device=text_mask.device)
    return torch.cat([text_mask.to(11), ones], 1).unsqueeze(1).unsqueeze(1)

  def norm(self, x: Tensor, shift: Tensor, scale: Tensor) -> Tensor:
    # LN(x) (1 + scale) + shift in one pass: modulation is an affine layer norm whose affine part comes from the timestep.
    return torch.layer_norm(x, [x.size(-1)], scale + 1.0, shift, 1e-6)

  def mlp(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return self.named(torch.gelu_(self.named(x, w, name + ".net.0.proj"), approximate="tanh"), w, name + ".net.2")

  def group(self, x: Tensor) -> int:
    # Outside attention no token knows another. A CPU takes this many at a time: what lies between two matrix products then stays in
    # its cache, and no intermediate is as long as the sequence. Half as many would be a tenth faster on an idle machine, but slower on
    # a busy one, where threads wait for each other after every operation. A graphics card takes them all at once.
    if x.device.type == "cpu":
      return 4096
    return x.size(1)

  def turn(self, x: Tensor, weight: Tensor, table: Tensor) -> Tensor:
    # RMS norm of every head, then rotation of channels (2k, 2k+1) as one complex number. x: (B, S, heads d); table: (S, 1, d/2).
    x = x.unflatten(-1, [-1, weight.size(0)])
    mean = torch.linalg_vector_norm(x, 2, [-1], True, dtype=6).square() / x.size(-1)
    z = torch.mul(x.float(), torch.rsqrt(mean + 1e-6)).mul_(weight)
    return torch.view_as_real(torch.view_as_complex(z.unflatten(-1, [-1, 2])).mul_(table)).flatten(-2)

  def named(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return torch.linear(x, w[name + ".weight"], w[name + ".bias"])

  def project(self, x: Tensor, mod: Tensor, w: Dict[str, Tensor], to_q: str, to_k: str, to_v: str, norm_q: str, norm_k: str, table: Tensor, q: Tensor, k: Tensor, v: Tensor) -> None:
    # Fills this stream's part of queries, keys and values, (B, S, heads, d) each; q may be shorter.
    h1, s1, g1, h2, s2, g2 = mod.chunk(6, -1)
    n = self.group(x)
    for i in range(0, x.size(1), n):
      h = self.norm(x.slice(1, i, i + n), h1, s1)
      t = table.slice(0, i, i + n)
      k.slice(1, i, i + n).copy_(self.turn(self.named(h, w, to_k), w[norm_k], t))
      v.slice(1, i, i + n).copy_(self.named(h, w, to_v).view_as(v.slice(1, i, i + n)))
      rows = min(n, q.size(1) - i)
      if rows > 0:
        q.slice(1, i, i + n).copy_(self.turn(self.named(h.slice(1, 0, rows), w, to_q), w[norm_q], t.slice(0, 0, rows)))

  def project_text(self, y: Tensor, mod: Tensor, w: Dict[str, Tensor], table: Tensor, q: Tensor, k: Tensor, v: Tensor) -> None:
    self.project(y, mod, w, "attn.add_q_proj", "attn.add_k_proj", "attn.add_v_proj", "attn.norm_added_q.weight", "attn.norm_added_k.weight", table, q, k, v)

  def project_image(self, x: Tensor, mod: Tensor, w: Dict[str, Tensor], table: Tensor, q: Tensor, k: Tensor, v: Tensor) -> None:
    self.project(x, mod, w, "attn.to_q", "attn.to_k", "attn.to_v", "attn.norm_q.weight", "attn.norm_k.weight", table, q, k, v)

  def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: List[Tensor]) -> Tensor:
    # (B, S, heads, d), each
    if len(mask) > 0:
      a = torch.scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), mask[0])
    else:
      a = torch.scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2))
    return a.transpose(1, 2).flatten(2)

  def finish(self, x: Tensor, a: Tensor, mod: Tensor, w: Dict[str, Tensor], to_out: str, mlp: str) -> Tensor:
    # What follows attention: output projection and MLP, each gated and added.
    h1, s1, g1, h2, s2, g2 = mod.chunk(6, -1)
    out = torch.empty_like(x)
    n = self.group(x)
    for i in range(0, x.size(1), n):
      o = torch.addcmul(x.slice(1, i, i + n), self.named(a.slice(1, i, i + n), w, to_out), g1)
      out.slice(1, i, i + n).copy_(o.addcmul_(self.mlp(self.norm(o, h2, s2), w, mlp), g2))
    return out

  def block(self, x: Tensor, y: Tensor, mod_x: Tensor, mod_y: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, mask: List[Tensor]) -> Tuple[Tensor, Tensor]:
    d = w["attn.norm_q.weight"].size(0)
    nt = y.size(1)
    shape = [x.size(0), nt + x.size(1), x.size(2) // d, d]
    q = torch.empty(shape, dtype=x.dtype, device=x.device)
    k = torch.empty_like(q)
    v = torch.empty_like(q)
    table = torch.complex(cos, sin)
    self.project_text(y, mod_y, w, table.slice(0, 0, nt), q.slice(1, 0, nt), k.slice(1, 0, nt), v.slice(1, 0, nt))
    self.project_image(x, mod_x, w, table.slice(0, nt), q.slice(1, nt), k.slice(1, nt), v.slice(1, nt))
    a = self.attend(q, k, v, mask)
    return (self.finish(x, a.slice(1, nt), mod_x, w, "attn.to_out.0", "img_mlp"), self.finish(y, a.slice(1, 0, nt), mod_y, w, "attn.to_add_out", "txt_mlp"))

  def last_block(self, x: Tensor, y: Tensor, mod_x: Tensor, mod_y: Tensor, w: Dict[str, Tensor], cos: Tensor, sin: Tensor, mask: List[Tensor], keep: int) -> Tensor:
    # Only the first keep image tokens are read afterwards; text and condition serve as keys and values alone.
    d = w["attn.norm_q.weight"].size(0)
    nt = y.size(1)
    heads = x.size(2) // d
    q = torch.empty([x.size(0), keep, heads, d], dtype=x.dtype, device=x.device)
    k = torch.empty([x.size(0), nt + x.size(1), heads, d], dtype=x.dtype, device=x.device)
    v = torch.empty_like(k)
    table = torch.complex(cos, sin)
    self.project_text(y, mod_y, w, table.slice(0, 0, nt), q.slice(1, 0, 0), k.slice(1, 0, nt), v.slice(1, 0, nt))
    self.project_image(x, mod_x, w, table.slice(0, nt), q, k.slice(1, nt), v.slice(1, nt))
    return self.finish(x.slice(1, 0, keep), self.attend(q, k, v, mask), mod_x, w, "attn.to_out.0", "img_mlp")

  def head(self, x: Tensor, mod: Tensor, w: Tensor, b: Tensor) -> Tensor:
    # Here scale comes before shift.
    scale, shift = mod.chunk(2, -1)
    return torch.linear(self.norm(x, shift, scale), w, b)

  def difference(self, a: Tensor, b: Tensor, keep: int) -> Tensor:
    return a.slice(1, 0, keep) - b.slice(1, 0, keep)

  def added(self, a: Tensor, b: Tensor) -> Tensor:
    return a.slice(1, 0, b.size(1)) + b

  def share(self, a: Tensor, b: Tensor) -> Tensor:
    # How much a differs from b, as a share of b's mean magnitude.
    return ((a - b).to(6).abs().mean() / b.to(6).abs().mean()).reshape([1])

  def copy(self, x: Tensor) -> Tensor:
    return x.clone()
