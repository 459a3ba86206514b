# RGBA-VAE (paper section 3.1): the Qwen-Image autoencoder with four picture channels, reduced from causal 3-D to 2-D.
#
# For one frame the causal convolution sees [0, 0, x] in time, so it equals a 2-D convolution with the last temporal slice of its
# kernel: a third of the arithmetic. Pictures are (B, C, H, W) in channels-last memory, which oneDNN and cuDNN convolve fastest.
# A part's weights have the checkpoint's names without the part's prefix; kernels and norms as `kernel` and `scale` make them.
class RgbaVae(Module):

  def kernel(self, w: Tensor) -> Tensor:
    # (out, in, time, k, k) as the video model stores it, or (out, in, k, k).
    if w.dim() == 5:
      w = w.select(2, -1)
    return w.contiguous(memory_format=2)

  def scale(self, gamma: Tensor) -> Tensor:
    # The norm multiplies by sqrt(C) and gamma; both are constant.
    return gamma.flatten() * float(gamma.size(0)) ** 0.5

  def conv(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return torch.conv2d(x.contiguous(memory_format=2), w, b, [1, 1], [w.size(2) // 2, w.size(3) // 2])

  def norm(self, x: Tensor, scale: Tensor) -> Tensor:
    # Each pixel's channels to length sqrt(C); the floor keeps an all-zero pixel at zero.
    return torch.div(x, torch.linalg_vector_norm(x, 2, [1], True).clamp_min_(1e-12)).mul_(scale.view([-1, 1, 1]))

  def named(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return self.conv(x, w[name + ".weight"], w[name + ".bias"])

  def res_block(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    # conv_shortcut is there where the channel count changes.
    h = self.named(torch.silu_(self.norm(x, w["norm1.gamma"])), w, "conv1")
    h = self.named(torch.silu_(self.norm(h, w["norm2.gamma"])), w, "conv2")
    if "conv_shortcut.weight" in w:
      x = self.named(x, w, "conv_shortcut")
    return h.add_(x)

  def attention(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    # One head over all pixels.
    qkv = self.named(self.norm(x, w["norm.gamma"]), w, "to_qkv").flatten(2).transpose(1, 2).unsqueeze(1)
    q, k, v = qkv.chunk(3, -1)
    a = torch.scaled_dot_product_attention(q, k, v)
    return self.named(a.squeeze(1).transpose(1, 2).reshape(x.size()), w, "proj").add_(x)

  def down(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    # Padding on the right and bottom only.
    return torch.conv2d(torch.constant_pad_nd(x, [0, 1, 0, 1]), w, b, [2, 2])

  def up_kernels(self, w: Tensor) -> Tensor:
    # After doubling by repetition a 3x3 kernel sees 2x2 different pixels, so that some of its weights can be added up beforehand: one
    # 2x2 kernel for each place (row, column) in a doubled pixel. Rows of a doubled pixel see [a, b+c] of the kernel's rows a, b, c
    # from the row above, or [a+b, c] from their own row; columns likewise. Four ninths of the arithmetic. Gives (4, out, 2, 2, in).
    a, b, c = self.kernel(w).permute([0, 2, 3, 1]).float().unbind(1)
    kernels = annotate(List[Tensor], [])
    for rows in [torch.stack([a, b + c], 1), torch.stack([a + b, c], 1)]:
      d, e, f = rows.unbind(2)
      kernels.append(torch.stack([d, e + f], 2))
      kernels.append(torch.stack([d + e, f], 2))
    return torch.stack(kernels).to(w.dtype)

  def up(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    # Doubles height and width by repetition, then convolves; w from up_kernels.
    x = x.contiguous(memory_format=2)
    height, width = x.size(2), x.size(3)
    out = torch.empty([x.size(0), b.size(0), 2 * height, 2 * width], dtype=x.dtype, device=x.device, memory_format=2)
    for i in range(4):
      row, column = i // 2, i % 2
      y = torch.conv2d(x, w.select(0, i).permute([0, 3, 1, 2]), b, [1, 1], [1, 1])
      out.slice(2, row, 2 * height, 2).slice(3, column, 2 * width, 2).copy_(y.slice(2, row, row + height).slice(3, column, column + width))
    return out

  def head(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    return self.named(torch.silu_(self.norm(x, w["norm_out.gamma"])), w, "conv_out")

  def room(self, like: Tensor, shape: List[int]) -> Tensor:
    return torch.empty(shape, dtype=like.dtype, device=like.device)

  def window(self, x: Tensor, top: int, left: int, bottom: int, right: int) -> Tensor:
    return x.slice(2, top, bottom).slice(3, left, right)

  def paste(self, to: Tensor, part: Tensor, top: int, left: int) -> Tensor:
    return to.slice(2, top, top + part.size(2)).slice(3, left, left + part.size(3)).copy_(part)

  def latent(self, moments: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    # The posterior's mean, not a sample, normalised per channel; mean and std are (z, 1, 1).
    return ((moments.chunk(2, 1)[0].float() - mean) / std).contiguous(memory_format=0)

  def unlatent(self, z: Tensor, mean: Tensor, std: Tensor, dtype: int) -> Tensor:
    return (z.float() * std + mean).to(dtype)

  def clamp(self, x: Tensor) -> Tensor:
    return x.float().clamp_(-1.0, 1.0).contiguous(memory_format=0)

  def from_bytes(self, planes: Tensor) -> Tensor:
    # u8 (B, 4, H, W) to [-1, 1], alpha included.
    return planes.float().mul_(1.0 / 255.0).mul_(2.0).sub_(1.0)

  def to_bytes(self, x: Tensor) -> Tensor:
    # [-1, 1] to u8, halves to even.
    return x.float().mul(0.5).add_(0.5).clamp_(0.0, 1.0).mul_(255.0).round_().to(0)
