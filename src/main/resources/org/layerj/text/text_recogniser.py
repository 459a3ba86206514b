# PP-OCRv6 small text recogniser (SVTR with connectionist temporal classification): the character at every eighth column of a line.
#
# Backbone PP-LCNetV4, which halves the height more often than the width; neck LightSVTR, two attention blocks over the columns. What
# training keeps apart is folded into one kernel each. w: name.weight and name.bias of every layer.
class TextRecogniser(Module):

  def picture(self, planes: Tensor) -> Tensor:
    # u8 (B, 3, 48, W) red, green, blue to blue, green, red in -1 to 1.
    return planes.flip([1]).float().mul_(2.0 / 255.0).sub_(1.0).contiguous(memory_format=2)

  def conv(self, x: Tensor, w: Dict[str, Tensor], name: str, stride: List[int]) -> Tensor:
    # Padded to keep the size; depthwise where the kernel has one input channel only.
    k = w[name + ".weight"]
    return torch.conv2d(x, k, w[name + ".bias"], stride, [k.size(2) // 2, k.size(3) // 2], [1, 1], x.size(1) // k.size(1))

  def stem(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    # Two branches of 2x2 windows, which reach right and down; then to stride 4. Zeros pad the maximum too, as nothing is below zero.
    x = torch.constant_pad_nd(torch.relu_(self.conv(x, w, "stem.1", [2, 2])), [0, 1, 0, 1])
    y = torch.relu_(torch.conv2d(x, w["stem.2.weight"], w["stem.2.bias"]))
    y = torch.relu_(torch.conv2d(torch.constant_pad_nd(y, [0, 1, 0, 1]), w["stem.3.weight"], w["stem.3.bias"]))
    x = torch.cat([torch.max_pool2d(x, [2, 2], [1, 1]), y], 1)
    return torch.relu_(self.conv(torch.relu_(self.conv(x, w, "stem.4", [2, 2])), w, "stem.5", [1, 1]))

  def gate(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    # Squeeze and excitation: a factor 0 to 1 for each channel, from the mean of all.
    y = torch.relu_(self.conv(x.mean([2, 3], True), w, name + ".squeeze", [1, 1]))
    return torch.hardsigmoid(self.conv(y, w, name + ".excite", [1, 1]))

  def block(self, x: Tensor, w: Dict[str, Tensor], name: str, stride: List[int]) -> Tensor:
    # Mixes pixels (depthwise), then channels; adds its input where the size stays.
    x = self.conv(x, w, name + ".mix", stride)
    if name + ".squeeze.weight" in w:
      x = x.mul_(self.gate(x, w, name))
    y = self.conv(torch.gelu(self.conv(x, w, name + ".expand", [1, 1])), w, name + ".compress", [1, 1])
    if stride[0] == 1:
      y = y.add_(x)
    return y

  def stage(self, x: Tensor, w: Dict[str, Tensor], name: str, stride: List[int]) -> Tensor:
    # All blocks of this name; the first one may halve the height.
    x = self.block(x, w, name + ".1", stride)
    i = 2
    while name + "." + str(i) + ".mix.weight" in w:
      x = self.block(x, w, name + "." + str(i), [1, 1])
      i = i + 1
    return x

  def linear(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    return torch.linear(x, w[name + ".weight"], w[name + ".bias"])

  def norm(self, x: Tensor, w: Dict[str, Tensor], name: str, epsilon: float) -> Tensor:
    return torch.layer_norm(x, [x.size(2)], w[name + ".weight"], w[name + ".bias"], epsilon)

  def attention(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    # (B, columns, C); 8 heads, then a layer twice as wide, each added to its input.
    y = self.linear(self.norm(x, w, name + ".norm1", 1e-05), w, name + ".qkv")
    q, k, v = y.view([x.size(0), x.size(1), 3, 8, x.size(2) // 8]).permute([2, 0, 3, 1, 4]).unbind(0)
    y = torch.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(x.size())
    x = x + self.linear(y, w, name + ".proj")
    y = torch.silu_(self.linear(self.norm(x, w, name + ".norm2", 1e-05), w, name + ".up"))
    return x + self.linear(y, w, name + ".down")

  def logits(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    # (B, 3, 48, W) from picture, W a multiple of 8, to (B, W/8, characters).
    x = self.stage(self.stem(x, w), w, "stage1", [1, 1])
    x = self.stage(self.stage(x, w, "stage2", [1, 1]), w, "stage3", [2, 1])
    x = torch.avg_pool2d(self.stage(x, w, "stage4", [2, 1]), [3, 2])
    skip = torch.silu_(self.conv(x, w, "neck.skip", [1, 1]))
    x = torch.silu_(self.conv(x, w, "neck.reduce", [1, 1]))
    x = x + torch.silu_(self.conv(x, w, "neck.local", [1, 1]))
    x = x.squeeze(2).transpose(1, 2)
    x = self.attention(self.attention(x, w, "attention1"), w, "attention2")
    x = self.norm(x, w, "neck.norm", 1e-06) + skip.squeeze(2).transpose(1, 2)
    return self.linear(x, w, "head")

  def probabilities(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    return torch.softmax(self.logits(x, w), 2)

  def best(self, x: Tensor, w: Dict[str, Tensor]) -> Tuple[Tensor, Tensor]:
    # The likeliest character of each column and its probability, both (B, W/8).
    y = self.logits(x, w)
    top, which = y.max(2)
    return (which, (top - torch.logsumexp(y, [2])).exp_())
