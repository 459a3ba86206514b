# U-2-Net, small (Qin et al., Pattern Recognition 2020): how much each pixel is of the salient subject.
#
# A U of stages, each of which is a small U of its own. What training keeps apart (batch normalisation) is folded into the kernels.
# w: name.weight and name.bias of every layer.
class Subject(Module):

  def picture(self, planes: Tensor) -> Tensor:
    # u8 (B, 3, H, W) red, green, blue, first to 1 at the brightest, then normalised.
    x = planes.float()
    x = x.div_(x.max().clamp_min(1.0))
    mean = torch.tensor([0.485, 0.456, 0.406], dtype=6, device=x.device).view([3, 1, 1])
    std = torch.tensor([0.229, 0.224, 0.225], dtype=6, device=x.device).view([3, 1, 1])
    return x.sub_(mean).div_(std).contiguous(memory_format=2)

  def conv(self, x: Tensor, w: Dict[str, Tensor], name: str, dilation: int) -> Tensor:
    return torch.relu_(torch.conv2d(x, w[name + ".weight"], w[name + ".bias"], [1, 1], [dilation, dilation], [dilation, dilation]))

  def halve(self, x: Tensor) -> Tensor:
    return torch.max_pool2d(x, [2, 2], [2, 2], [0, 0], [1, 1], True)

  def like(self, x: Tensor, y: Tensor) -> Tensor:
    # In the height and width of y.
    return torch.upsample_bilinear2d(x, [y.size(2), y.size(3)], False)

  def nested(self, x: Tensor, w: Dict[str, Tensor], name: str, levels: int) -> Tensor:
    # A residual U: each level at half the size of the one above, the last two at the same size with a wider reach.
    x = self.conv(x, w, name + ".in", 1)
    down = [self.conv(x, w, name + ".down1", 1)]
    for i in range(2, levels):
      down.append(self.conv(self.halve(down[-1]), w, name + ".down" + str(i), 1))
    y = self.conv(down[-1], w, name + ".down" + str(levels), 2)
    for i in range(levels - 1, 0, -1):
      y = self.conv(torch.cat([self.like(y, down[i - 1]), down[i - 1]], 1), w, name + ".up" + str(i), 1)
    return y.add_(x)

  def dilated(self, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    # A residual U that reaches farther by dilation instead of smaller sizes.
    x = self.conv(x, w, name + ".in", 1)
    a = self.conv(x, w, name + ".down1", 1)
    b = self.conv(a, w, name + ".down2", 2)
    c = self.conv(b, w, name + ".down3", 4)
    y = self.conv(torch.cat([self.conv(c, w, name + ".down4", 8), c], 1), w, name + ".up3", 4)
    y = self.conv(torch.cat([y, b], 1), w, name + ".up2", 2)
    return self.conv(torch.cat([y, a], 1), w, name + ".up1", 1).add_(x)

  def joined(self, x: Tensor, y: Tensor) -> Tensor:
    return torch.cat([self.like(x, y), y], 1)

  def side(self, x: Tensor, w: Dict[str, Tensor], name: str, like: Tensor) -> Tensor:
    return self.like(torch.conv2d(x, w[name + ".weight"], w[name + ".bias"], [1, 1], [1, 1]), like)

  def subject(self, x: Tensor, w: Dict[str, Tensor]) -> Tensor:
    # (B, 3, H, W) from picture to (B, 1, H, W) in 0 to 1.
    a = self.nested(x, w, "stage1", 7)
    b = self.nested(self.halve(a), w, "stage2", 6)
    c = self.nested(self.halve(b), w, "stage3", 5)
    d = self.nested(self.halve(c), w, "stage4", 4)
    e = self.dilated(self.halve(d), w, "stage5")
    f = self.dilated(self.halve(e), w, "stage6")
    e = self.dilated(self.joined(f, e), w, "stage5d")
    d = self.nested(self.joined(e, d), w, "stage4d", 4)
    c = self.nested(self.joined(d, c), w, "stage3d", 5)
    b = self.nested(self.joined(c, b), w, "stage2d", 6)
    a = self.nested(self.joined(b, a), w, "stage1d", 7)
    sides = [self.side(a, w, "side1", a), self.side(b, w, "side2", a), self.side(c, w, "side3", a), self.side(d, w, "side4", a), self.side(e, w, "side5", a),
      self.side(f, w, "side6", a)]
    return torch.sigmoid_(torch.conv2d(torch.cat(sides, 1), w["out.weight"], w["out.bias"])).contiguous(memory_format=0)
