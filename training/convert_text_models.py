"""Converts the PP-OCRv6 small text detector and recogniser from ONNX to what org.layerj.text reads.

    pip download --no-deps rapidocr==3.10.0 && unzip rapidocr-3.10.0-py3-none-any.whl 'rapidocr/models/*'
    python training/convert_text_models.py rapidocr/models/PP-OCRv6_det_small.onnx rapidocr/models/PP-OCRv6_rec_small.onnx

The weights are Copyright (c) Baidu, Inc. and the PaddleOCR authors, Apache-2.0 (https://github.com/PaddlePaddle/PaddleOCR), packed
as ONNX by RapidOCR (PyPI package rapidocr 3.10.0, whose MODEL_LICENSES.md says so). What is changed: names, f16 instead of f32, and
the batch normalisations of the recogniser's neck folded into the convolutions before them. The programs that compute with them,
text_detector.py and text_recogniser.py beside the weights, are our own.
"""
import argparse
from pathlib import Path

import onnx_weights

DETECTOR = "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f"
RECOGNISER = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
FOLDER = Path(__file__).resolve().parents[1] / "src/main/resources/org/layerj/text"

# Blocks of each stage; True where squeeze and excitation follows the depthwise convolution.
DETECTOR_STAGES = [[True, False], [False, True, False], [False, True, False, True, False], [False, True, False]]
RECOGNISER_STAGES = [[True], [False, False], [False, True, False, True, False, True, False], [False, True, False]]


def backbone(stages):
    """Names of PP-LCNetV4's layers, in the graph's order."""
    names = ["stem.1", "stem.2", "stem.3", "stem.4", "stem.5"]
    for s, blocks in enumerate(stages, 1):
        for b, excited in enumerate(blocks, 1):
            names += [f"stage{s}.{b}.{part}" for part in ("mix", *(("squeeze", "excite") if excited else ()), "expand", "compress")]
    return names


def detector_names():
    names = backbone(DETECTOR_STAGES)
    for stride in (32, 16, 8, 4):
        names += [f"lateral{stride}.{part}" for part in ("conv", "squeeze", "excite")]
    for stride in (32, 16, 8, 4):
        names += [f"smooth{stride}.{part}" for part in ("mix", "conv", "squeeze", "excite")]
    return names + ["head.conv", "head.double1", "head.double2"]


def recogniser_names():
    names = backbone(RECOGNISER_STAGES) + ["neck.skip", "neck.reduce", "neck.local"]
    for b in (1, 2):
        names += [f"attention{b}.{part}" for part in ("norm1", "qkv", "proj", "norm2", "up", "down")]
    return names + ["neck.norm", "head"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("detector", type=Path)
    parser.add_argument("recogniser", type=Path)
    parser.add_argument("--output", type=Path, default=FOLDER)
    options = parser.parse_args()
    about = {"source": "PyPI rapidocr 3.10.0", "license": "Apache-2.0", "copyright": "Baidu, Inc. and the PaddleOCR authors"}
    for path, sha256, names, out in ((options.detector, DETECTOR, detector_names(), "text_detector"),
                                     (options.recogniser, RECOGNISER, recogniser_names(), "text_recogniser")):
        model = onnx_weights.read(path, sha256)
        about |= {"converted": f"from {path.name}, SHA-256 {sha256}"}
        onnx_weights.save(options.output / f"{out}.safetensors", onnx_weights.named(onnx_weights.layers(model), names), about)
        characters = next((p.value for p in model.metadata_props if p.key == "character"), None)
        if characters is not None:
            (options.output / "characters.txt").write_text(characters.rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
