# The sampler: latents as tokens, classifier-free guidance, Euler steps of flow matching.
class FlowMatch(Module):

  def pack(self, z: Tensor) -> Tensor:
    # (B, F, C, h, w) to (B, F h/2 w/2, 4 C); feature 4 c + 2 dy + dx.
    b, f, c, h, w = z.size()
    return z.reshape([b, f, c, h // 2, 2, w // 2, 2]).permute([0, 1, 3, 5, 2, 4, 6]).reshape([b, f * (h // 2) * (w // 2), c * 4])

  def unpack(self, x: Tensor, rows: int, columns: int) -> Tensor:
    # (B, F rows columns, 4 C) to (B, F, C, 2 rows, 2 columns)
    b, n, c = x.size()
    z = x.reshape([b, n // (rows * columns), rows, columns, c // 4, 2, 2]).permute([0, 1, 4, 2, 5, 3, 6])
    return z.reshape([b, n // (rows * columns), c // 4, 2 * rows, 2 * columns])

  def guide(self, positive: Tensor, negative: Tensor, scale: float, rescale: bool) -> Tensor:
    # With rescale, each token keeps the length it has without guidance.
    v = negative + scale * (positive - negative)
    if rescale:
      length = torch.linalg_vector_norm(positive, 2, [-1], True)
      v = v * (length / torch.linalg_vector_norm(v, 2, [-1], True))
    return v

  def euler(self, x: Tensor, v: Tensor, step: float) -> Tensor:
    # In float32 whatever the network's type; step = next sigma - sigma, below 0.
    return x.float() + step * v.float()
