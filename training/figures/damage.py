"""What happens to figures on their way: JPEG, resampling, noise, few colours, scans. Only the picture suffers; alpha and the layers
stay clean."""
from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFilter


def damaged(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A copy of a picture (h,w,4) u8 with one or two kinds of damage."""
    image = Image.fromarray(np.ascontiguousarray(picture[..., :3]))
    w, h = image.size
    for kind in rng.choice(["jpeg", "resampled", "noise", "palette", "blur", "gamma"], int(rng.integers(1, 3)), replace=False, p=[.4, .2, .14, .1, .08, .08]):
        if kind == "jpeg":
            file = io.BytesIO()
            image.save(file, "JPEG", quality=int(rng.integers(30, 96)), subsampling=int(rng.choice([0, 2])))
            image = Image.open(file).convert("RGB")
        elif kind == "resampled":
            factor = float(rng.uniform(.5, 2))
            how = (Image.NEAREST, Image.BILINEAR, Image.BICUBIC)[rng.integers(3)]
            image = image.resize((max(8, round(w * factor)), max(8, round(h * factor))), how).resize((w, h), Image.BICUBIC)
        elif kind == "noise":
            noise = rng.normal(0, rng.uniform(1, 12), (h, w, 1 if rng.random() < .5 else 3))
            image = Image.fromarray(np.clip(np.rint(np.asarray(image) + noise), 0, 255).astype(np.uint8))
        elif kind == "palette":
            image = image.quantize(int(rng.choice([16, 64, 256])), dither=Image.Dither.FLOYDSTEINBERG if rng.random() < .5 else Image.Dither.NONE).convert("RGB")
        elif kind == "blur":
            image = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(.3, 1.2))))
        else:
            gamma = float(rng.uniform(.75, 1.35))
            table = [round(255 * (v / 255) ** gamma) for v in range(256)]
            image = image.point(table * 3)
    return np.concatenate([np.asarray(image), picture[..., 3:]], -1)
