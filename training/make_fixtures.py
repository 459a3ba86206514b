"""Makes the golden fixtures that the Java tests compare themselves with.

    python training/make_fixtures.py                 all fixtures, README.md and versions.json
    python training/make_fixtures.py 04 06           only those (README.md is left as it is)
    python training/make_fixtures.py --onnx FOLDER   with 17 to 19, whose ONNX files (convert_text_models.py, convert_subject_model.py) lie there

Every number in a fixture comes out of the original libraries (diffusers, transformers, tokenizers, Pillow, ONNX Runtime), run in
float32 on one CPU thread from fixed seeds. Where no library function exists (16-metrics) the module says so.
"""
import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from fixtures import common, language, lora, metrics, network, pictures, pipeline, sampling, segments, single, small, stored, tokens, vae  # noqa: E402

MAKERS = {
    "01-schedule": sampling.schedule,
    "02-rope": network.rope,
    "03-time": network.time_embedding,
    "04-transformer": network.transformer,
    "05-transformer-upstream": network.transformer_upstream,
    "06-vae": vae.autoencoder,
    "07-vae-parts": vae.parts,
    "08-language-model": language.language_model,
    "09-vision": language.vision,
    "10-captioner": language.captioner,
    "11-tokenizer": tokens.tokenizer,
    "13-resize": pictures.resize,
    "14-pipeline": pipeline.pipeline,
    "12-guidance": sampling.guidance,       # runs the pipeline of 14 with a scripted transformer
    "15-training-step": network.training_step,
    "16-metrics": metrics.layerd,
    "17-text-detector": small.text_detector,
    "18-text-recogniser": small.text_recogniser,
    "19-subject": small.subject,
    "20-segments": segments.network,
    "21-stored-types": stored.types,
    "22-single-files": single.models,
    "23-lora": lora.lora,
}


def main():
    here = Path(__file__).resolve().parents[1]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("which", nargs="*", help="fixture numbers or names; default all")
    parser.add_argument("--output", type=Path, default=here / "src/test/resources/org/layerj/fixtures")
    parser.add_argument("--onnx", type=Path, help="folder of PP-OCRv6_det_small.onnx, PP-OCRv6_rec_small.onnx and u2netp.onnx")
    options = parser.parse_args()
    common.prepare()
    made = []
    for name, maker in MAKERS.items():
        if options.which and not any(name.startswith(w) for w in options.which):
            continue
        if maker.__module__.endswith("small") and options.onnx is None:
            print(f"{name:26s} left as it is: --onnx is not given")
            continue
        fixture = common.Fixture(options.output, name, maker.__doc__)
        fixture.onnx = options.onnx
        maker(fixture)
        fixture.close()
        made.append(fixture)
        print(f"{name:26s} {fixture.bytes() / 1024:8.0f} KiB  {len(fixture.tensors)} tensors", flush=True)
    if not options.which:
        common.write_readme(options.output, sorted(made, key=lambda f: f.name))
    common.write_versions(options.output)


if __name__ == "__main__":
    main()
