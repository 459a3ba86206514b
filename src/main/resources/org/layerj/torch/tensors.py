# Making, casting, moving and joining tensors. Types are libtorch's codes: f32 6, f16 5, bf16 15, i64 4, u8 0.
class Tensors(Module):

  def empty(self, shape: List[int], dtype: int) -> Tensor:
    return torch.empty(shape, dtype=dtype)

  def kind(self, x: Tensor) -> int:
    # Type in the low byte; above it 0 for CPU, 1 + index for CUDA, 256 for any other device.
    place = 0
    if x.is_cuda:
      place = 1 + x.get_device()
    elif x.device.type != "cpu":
      place = 256
    return x.dtype + 256 * place

  def to(self, x: Tensor, device: str, dtype: int) -> Tensor:
    # From page-locked memory without waiting: libtorch uses that memory again only when the copy is made.
    return x.to(torch.device(device), dtype, device.startswith("cuda") and x.is_pinned(), False)

  def copy(self, x: Tensor) -> Tensor:
    return x.clone(memory_format=0)

  def locked(self, x: Tensor) -> Tensor:
    return x.contiguous().pin_memory()

  def contiguous(self, x: Tensor) -> Tensor:
    return x.contiguous()

  def channels_last(self, x: Tensor) -> Tensor:
    if x.dim() == 4:
      x = x.contiguous(memory_format=2)
    return x

  def reshape(self, x: Tensor, shape: List[int]) -> Tensor:
    return x.reshape(shape)

  def cat(self, parts: List[Tensor], axis: int) -> Tensor:
    return torch.cat(parts, axis)

  def slice(self, x: Tensor, axis: int, begin: int, end: int) -> Tensor:
    return x.slice(axis, begin, end)

  def product(self, a: Tensor, b: Tensor) -> Tensor:
    return torch.linear(a, b)

  def max_abs(self, x: Tensor) -> Tensor:
    return x.float().abs().max()

  def all_finite(self, x: Tensor) -> Tensor:
    return torch.isfinite(x).all().to(4)
