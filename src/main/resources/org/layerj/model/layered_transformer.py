# VLD-MMDiT (paper section 3.2): the double-stream diffusion transformer over composite, layers and condition picture.
#
# x is the image stream (B, S, D), y the text stream (B, nt, D); joint tensors put text first. A modulation row holds
# [shift1, scale1, gate1, shift2, scale2, gate2], each D wide, and depends on the timestep only, so it is one row for all tokens.
# Block weights, in order: image qkv w b, text qkv w b, norm_q, norm_k, norm_added_q, norm_added_k, image out w b, text out w b,
# image MLP up w b down w b, text MLP up w b down w b.
class LayeredTransformer(Module):

  def linear(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.linear(x, w, b)

  def embed_text(self, y: Tensor, norm: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.linear(torch.rms_norm(y, [y.size(-1)], norm, 1e-6), w, b)

  def embed_frames(self, latents: Tensor, condition: Tensor, w: Tensor, b: Tensor) -> Tensor:
    # The condition picture stays clean through the run, so it arrives embedded.
    return torch.cat([torch.linear(latents, w, b), condition], 1)

  def time_embedding(self, tau: Tensor, w: List[Tensor], flag: List[Tensor]) -> Tensor:
    # tau: (n,) float32 in 0..1. w: linear_1 w b, linear_2 w b. flag: one row of addition_t_embedding, or nothing. Gives (n, D).
    half = w[0].size(1) // 2
    step = torch.arange(half, dtype=6, device=tau.device).mul(-9.210340371976184).div(half)
    angle = tau.to(w[0].dtype).float().unsqueeze(-1) * torch.exp(step).unsqueeze(0) * 1000.0
    waves = torch.cat([torch.cos(angle), torch.sin(angle)], -1).to(w[0].dtype)
    e = torch.linear(torch.silu_(torch.linear(waves, w[0], w[1])), w[2], w[3])
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

  def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    # Channels (2k, 2k+1) are one complex number. x: (B, S, heads, d); cos, sin: (S, 1, d/2) float32.
    a, b = x.float().unflatten(-1, [-1, 2]).unbind(-1)
    return torch.stack([a * cos - b * sin, a * sin + b * cos], -1).flatten(-2).to(x.dtype)

  def norm(self, x: Tensor, shift: Tensor, scale: Tensor) -> Tensor:
    # LN(x) (1 + scale) + shift in one pass: modulation is an affine layer norm whose affine part comes from the timestep.
    return torch.layer_norm(x, [x.size(-1)], scale + 1.0, shift, 1e-6)

  def mlp(self, x: Tensor, up: Tensor, up_b: Tensor, down: Tensor, down_b: Tensor) -> Tensor:
    return torch.linear(torch.gelu_(torch.linear(x, up, up_b), approximate="tanh"), down, down_b)

  def qkv(self, x: Tensor, w: Tensor, b: Tensor, norm_q: Tensor, norm_k: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    d = norm_q.size(0)
    q, k, v = torch.linear(x, w, b).unflatten(-1, [3, -1, d]).unbind(2)
    return (torch.rms_norm(q, [d], norm_q, 1e-6), torch.rms_norm(k, [d], norm_k, 1e-6), v)

  def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: List[Tensor]) -> Tensor:
    # (B, S, heads, d), each
    if len(mask) > 0:
      a = torch.scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), mask[0])
    else:
      a = torch.scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2))
    return a.transpose(1, 2).flatten(2)

  def block(self, x: Tensor, y: Tensor, mod_x: Tensor, mod_y: Tensor, w: List[Tensor], cos: Tensor, sin: Tensor, mask: List[Tensor]) -> Tuple[Tensor, Tensor]:
    xh1, xs1, xg1, xh2, xs2, xg2 = mod_x.chunk(6, -1)
    yh1, ys1, yg1, yh2, ys2, yg2 = mod_y.chunk(6, -1)
    xq, xk, xv = self.qkv(self.norm(x, xh1, xs1), w[0], w[1], w[4], w[5])
    yq, yk, yv = self.qkv(self.norm(y, yh1, ys1), w[2], w[3], w[6], w[7])
    q = self.rotate(torch.cat([yq, xq], 1), cos, sin)
    k = self.rotate(torch.cat([yk, xk], 1), cos, sin)
    a = self.attend(q, k, torch.cat([yv, xv], 1), mask)
    ya, xa = a.split([y.size(1), x.size(1)], 1)
    y = torch.addcmul(y, torch.linear(ya, w[10], w[11]), yg1)
    x = torch.addcmul(x, torch.linear(xa, w[8], w[9]), xg1)
    x = torch.addcmul(x, self.mlp(self.norm(x, xh2, xs2), w[12], w[13], w[14], w[15]), xg2)
    y = torch.addcmul(y, self.mlp(self.norm(y, yh2, ys2), w[16], w[17], w[18], w[19]), yg2)
    return (x, y)

  def last_block(self, x: Tensor, y: Tensor, mod_x: Tensor, mod_y: Tensor, w: List[Tensor], cos: Tensor, sin: Tensor, mask: List[Tensor], keep: int) -> Tensor:
    # Only the first keep image tokens are read afterwards; text and condition serve as keys and values alone.
    xh1, xs1, xg1, xh2, xs2, xg2 = mod_x.chunk(6, -1)
    yh1, ys1, yg1, yh2, ys2, yg2 = mod_y.chunk(6, -1)
    d = x.size(2)
    n = w[4].size(0)
    xn = self.norm(x, xh1, xs1)
    yn = self.norm(y, yh1, ys1)
    xq = torch.linear(xn.slice(1, 0, keep), w[0].slice(0, 0, d), w[1].slice(0, 0, d)).unflatten(-1, [-1, n])
    xk, xv = torch.linear(xn, w[0].slice(0, d), w[1].slice(0, d)).unflatten(-1, [2, -1, n]).unbind(2)
    yk, yv = torch.linear(yn, w[2].slice(0, d), w[3].slice(0, d)).unflatten(-1, [2, -1, n]).unbind(2)
    nt = y.size(1)
    q = self.rotate(torch.rms_norm(xq, [n], w[4], 1e-6), cos.slice(0, nt, nt + keep), sin.slice(0, nt, nt + keep))
    k = self.rotate(torch.cat([torch.rms_norm(yk, [n], w[7], 1e-6), torch.rms_norm(xk, [n], w[5], 1e-6)], 1), cos, sin)
    a = self.attend(q, k, torch.cat([yv, xv], 1), mask)
    x = torch.addcmul(x.slice(1, 0, keep), torch.linear(a, w[8], w[9]), xg1)
    return torch.addcmul(x, self.mlp(self.norm(x, xh2, xs2), w[12], w[13], w[14], w[15]), xg2)

  def head(self, x: Tensor, mod: Tensor, w: Tensor, b: Tensor) -> Tensor:
    # Here scale comes before shift.
    scale, shift = mod.chunk(2, -1)
    return torch.linear(self.norm(x, shift, scale), w, b)
