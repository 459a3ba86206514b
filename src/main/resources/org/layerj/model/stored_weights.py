# Weights from the form they are stored in to floats: 8-bit floats with a scale, bytes with a scale per row, and GGUF's blocks.
#
# x holds raw bytes, one block a row. What a block holds is laid out as the gguf package reads it. Sums and products are made in
# float32; few blocks at a time, so that what lies between takes little memory: 8388608 numbers, large enough that the C library gives
# each piece back to the system as soon as it is freed (a little smaller, and a quarter of a gigabyte of them was kept).
class StoredWeights(Module):

  def half(self, x: Tensor) -> Tensor:
    # (n, 2 k) bytes to (n, k) numbers.
    return x.contiguous().view_copy(dtype=5).to(6)

  def nibbles(self, x: Tensor, run: int) -> Tensor:
    # Low halves of a run of bytes, then the high ones: (n, k) to (n, k // run, 2, run).
    x = x.unflatten(-1, [-1, 1, run])
    return torch.cat([torch.bitwise_and(x, 15), torch.bitwise_right_shift(x, 4)], 2)

  def bits(self, x: Tensor, count: int) -> Tensor:
    # Bit 0 to count - 1 of every byte in a new axis before the last: (n, k) to (n, count, k).
    parts = annotate(List[Tensor], [])
    for i in range(count):
      parts.append(torch.bitwise_and(torch.bitwise_right_shift(x, i), 1))
    return torch.stack(parts, -2)

  def scales(self, x: Tensor) -> Tuple[Tensor, Tensor]:
    # Eight scales and eight minima of six bits in twelve bytes.
    d = x.slice(1, 0, 4)
    m = x.slice(1, 4, 8)
    h = x.slice(1, 8, 12)
    high = torch.bitwise_and(torch.bitwise_right_shift(d, 2), 48)
    low = torch.bitwise_and(torch.bitwise_right_shift(m, 2), 48)
    scale = torch.cat([torch.bitwise_and(d, 63), torch.bitwise_or(torch.bitwise_and(h, 15), high)], 1)
    least = torch.cat([torch.bitwise_and(m, 63), torch.bitwise_or(torch.bitwise_right_shift(h, 4), low)], 1)
    return (scale.to(6), least.to(6))

  def blocks(self, x: Tensor, kind: str) -> Tensor:
    y = x
    if kind == "Q8_0":
      y = x.slice(1, 2).contiguous().view_copy(dtype=1).to(6) * self.half(x.slice(1, 0, 2))
    elif kind == "Q4_0":
      y = (self.nibbles(x.slice(1, 2), 16).flatten(1).to(6) - 8.0) * self.half(x.slice(1, 0, 2))
    elif kind == "Q4_1":
      y = self.nibbles(x.slice(1, 4), 16).flatten(1).to(6) * self.half(x.slice(1, 0, 2)) + self.half(x.slice(1, 2, 4))
    elif kind == "Q5_0" or kind == "Q5_1":
      begin = 2
      if kind == "Q5_1":
        begin = 4
      high = self.bits(x.slice(1, begin, begin + 4), 8).transpose(1, 2).flatten(1)
      q = torch.bitwise_or(self.nibbles(x.slice(1, begin + 4), 16).flatten(1), torch.bitwise_left_shift(high, 4)).to(6)
      if kind == "Q5_0":
        y = (q - 16.0) * self.half(x.slice(1, 0, 2))
      else:
        y = q * self.half(x.slice(1, 0, 2)) + self.half(x.slice(1, 2, 4))
    elif kind == "Q4_K" or kind == "Q5_K":
      scale, least = self.scales(x.slice(1, 4, 16))
      d = (self.half(x.slice(1, 0, 2)) * scale).unsqueeze(-1)
      m = (self.half(x.slice(1, 2, 4)) * least).unsqueeze(-1)
      if kind == "Q4_K":
        q = self.nibbles(x.slice(1, 16), 32).flatten(1, 2)
      else:
        high = torch.bitwise_left_shift(self.bits(x.slice(1, 16, 48), 8), 4)
        q = torch.bitwise_or(self.nibbles(x.slice(1, 48), 32).flatten(1, 2), high)
      y = (d * q.to(6) - m).flatten(1)
    elif kind == "Q6_K":
      scale = x.slice(1, 192, 208).contiguous().view_copy(dtype=1).to(6)
      d = (self.half(x.slice(1, 208, 210)) * scale).unsqueeze(-1)
      low = self.nibbles(x.slice(1, 0, 128), 64).flatten(1).unflatten(1, [8, 32])
      h = x.slice(1, 128, 192).unflatten(1, [2, 1, 32])
      parts = annotate(List[Tensor], [])
      for i in range(4):
        parts.append(torch.bitwise_and(torch.bitwise_right_shift(h, 2 * i), 3))
      high = torch.cat(parts, 2).flatten(1, 2)
      q = torch.bitwise_or(low, torch.bitwise_left_shift(high, 4)).to(6) - 32.0
      y = (d * q.flatten(1).unflatten(1, [16, 16])).flatten(1)
    elif kind == "F8_E4M3":
      y = x.contiguous().view_copy(dtype=24).to(6)
    elif kind == "F8_E5M2":
      y = x.contiguous().view_copy(dtype=23).to(6)
    elif kind == "I8":
      y = x.contiguous().view_copy(dtype=1).to(6)
    return y

  def expand(self, x: Tensor, kind: str, elements: int, shape: List[int], scale: List[Tensor], dtype: int) -> Tensor:
    # x: (blocks, bytes of a block). scale: nothing, one number, or one number per row of the result.
    y = torch.empty([x.size(0), elements], dtype=dtype, device=x.device)
    n = max(1, 8388608 // elements)
    for i in range(0, x.size(0), n):
      y.slice(0, i, i + n).copy_(self.blocks(x.slice(0, i, i + n), kind))
    y = y.reshape(shape)
    if len(scale) > 0:
      s = scale[0].to(6).flatten()
      if s.size(0) > 1:
        s = s.reshape([-1, 1])
      y = self.multiply(y.reshape([shape[0], -1]), s).reshape(shape)
    return y

  def multiply(self, y: Tensor, s: Tensor) -> Tensor:
    n = max(1, 8388608 // max(1, y.size(1)))
    for i in range(0, y.size(0), n):
      rows = y.slice(0, i, i + n)
      t = s
      if s.size(0) > 1:
        t = s.slice(0, i, i + n)
      rows.copy_(rows.to(6) * t)
    return y

  def quantise(self, x: Tensor) -> Tuple[Tensor, Tensor]:
    # Bytes of signed numbers, and the scale of each row: its largest magnitude becomes 127. Rows are handled in float32.
    y = x.to(6)
    scale = y.abs().amax([1], True) / 127.0
    q = torch.round(y / torch.where(scale > 0.0, scale, torch.ones_like(scale))).clamp(-127.0, 127.0)
    return (q.to(1).view_copy(dtype=0), scale.flatten())

  def adapt(self, w: Tensor, up: Tensor, down: Tensor, scale: float) -> Tensor:
    # w + scale up down, summed in float32 few rows at a time: up (out, rank), down (rank, in).
    y = torch.empty_like(w)
    a = down.to(6)
    n = max(1, 8388608 // max(1, w.size(1)))
    for i in range(0, w.size(0), n):
      b = up.slice(0, i, i + n).to(6)
      y.slice(0, i, i + n).copy_(torch.addmm(w.slice(0, i, i + n).to(6), b, a, beta=1.0, alpha=scale))
    return y

  def room(self, shape: List[int], device: str, dtype: int) -> Tensor:
    return torch.empty(shape, dtype=dtype, device=torch.device(device))

  def put(self, to: Tensor, at: int, rows: Tensor) -> Tensor:
    # One result, so that the caller has something to hold: the rows themselves.
    return to.slice(0, at, at + rows.size(0)).copy_(rows)
