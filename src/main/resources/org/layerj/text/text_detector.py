# PP-OCRv6 small text detector (DB: differentiable binarization): the probability of text at every pixel.
#
# Backbone PP-LCNetV4, four stages at strides 4, 8, 16 and 32; neck RepLKFPN, a feature pyramid with 7x7 depthwise kernels. What training
# keeps apart (batch normalisation, parallel branches) is folded into one kernel each. w: name.weight and name.bias of every layer.
class TextDetector(Module):

  def picture(self, planes: Tensor) -> Tensor:
    # u8 (B, 3, H, W) red, green, blue to blue, green, red, normalised.
    x = planes.flip([1]).float().mul_(1.0 / 255.0)
    mean = torch.tensor([0.485, 0.456, 0.406], dtype=6, device=x.device).view([3, 1, 1])
    std = torch.tensor([0.229, 0.224, 0.225], dtype=6, device=x.device).view([3, 1, 1])
    return x.sub_(mean).div_(std).contiguous(memory_format=2)

  def conv(self, x: Tensor, w: Dict[str, Tensor], name: str, stride: int) -> Tensor:
    # Padded to keep the size; depthwise where the kernel has one input channel only.
    k = w[name + ".weight"]
    return torch.conv2d(x, k, w[name + ".bias"], [stride, stride], [k.size(2) // 2, k.size(3) // 2], [1, 1], x.size(1) // k.size(1))

  def stem(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    # Two branches of 2x2 windows, which reach right and down; then to stride 4. Zeros pad the maximum too, as nothing is below zero.
    x = torch.constant_pad_nd(torch.relu_(self.conv(x, w, "stem.1", 2)), [0, 1, 0, 1])
    y = torch.relu_(torch.conv2d(x, w["stem.2.weight"], w["stem.2.bias"]))
    y = torch.relu_(torch.conv2d(torch.constant_pad_nd(y, [0, 1, 0, 1]), w["stem.3.weight"], w["stem.3.bias"]))
    x = torch.cat([torch.max_pool2d(x, [2, 2], [1, 1]), y], 1)
    return torch.relu_(self.conv(torch.relu_(self.conv(x, w, "stem.4", 2)), w, "stem.5", 1))

  def gate(self, x: Tensor, w: Dict[str, Tensor], name: str, slope: float) -> Tensor:
    # Squeeze and excitation: a factor 0 to 1 for each channel, from the mean of all.
    y = torch.relu_(self.conv(x.mean([2, 3], True), w, name + ".squeeze", 1))
    return self.conv(y, w, name + ".excite", 1).mul_(slope).add_(0.5).clamp_(0.0, 1.0)

  def block(self, x: Tensor, w: Dict[str, Tensor], name: str, stride: int) -> Tensor:
    # Mixes pixels (depthwise), then channels; adds its input where the size stays.
    x = self.conv(x, w, name + ".mix", stride)
    if name + ".squeeze.weight" in w:
      x = x.mul_(self.gate(x, w, name, 1.0 / 6.0))
    y = self.conv(torch.gelu(self.conv(x, w, name + ".expand", 1)), w, name + ".compress", 1)
    if stride == 1:
      y = y.add_(x)
    return y

  def stage(self, x: Tensor, w: Dict[str, Tensor], name: str, stride: int) -> Tensor:
    # All blocks of this name; the first one may halve the size.
    x = self.block(x, w, name + ".1", stride)
    i = 2
    while name + "." + str(i) + ".mix.weight" in w:
      x = self.block(x, w, name + "." + str(i), 1)
      i = i + 1
    return x

  def gated(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    # A 1x1 convolution, and its gated self added.
    x = self.conv(x, w, name + ".conv", 1)
    return x.mul_(self.gate(x, w, name, 0.2).add_(1.0))

  def up(self, x: Tensor, times: int) -> Tensor:
    return torch.upsample_nearest2d(x, [x.size(2) * times, x.size(3) * times])

  def smooth(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return self.gated(self.conv(x, w, name + ".mix", 1), w, name)

  def double(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return torch.conv_transpose2d(x, w[name + ".weight"], w[name + ".bias"], [2, 2])

  def probability(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    # (B, 3, H, W) from picture, H and W multiples of 32, to (B, 1, H, W) in 0 to 1.
    a = self.stage(self.stem(x, w), w, "stage1", 1)
    b = self.stage(a, w, "stage2", 2)
    c = self.stage(b, w, "stage3", 2)
    d = self.gated(self.stage(c, w, "stage4", 2), w, "lateral32")
    c = self.gated(c, w, "lateral16").add_(self.up(d, 2))
    b = self.gated(b, w, "lateral8").add_(self.up(c, 2))
    a = self.gated(a, w, "lateral4").add_(self.up(b, 2))
    d = self.up(self.smooth(d, w, "smooth32"), 8)
    c = self.up(self.smooth(c, w, "smooth16"), 4)
    b = self.up(self.smooth(b, w, "smooth8"), 2)
    x = torch.relu_(self.conv(torch.cat([d, c, b, self.smooth(a, w, "smooth4")], 1), w, "head.conv", 1))
    x = self.double(torch.relu_(self.double(x, w, "head.double1")), w, "head.double2")
    return torch.sigmoid_(x).contiguous(memory_format=0)
