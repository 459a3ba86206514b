"""Colour profile and resolution in a result folder, as other programs see them.

    python src/test/python/check_notes.py PICTURE RESULT_FOLDER

PICTURE has a profile and a resolution; RESULT_FOLDER was made of it with --export psd,ora,tiff,zip. Needs Pillow, psd-tools, tifffile,
and exiftool and ImageMagick's identify on the path.
"""
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import tifffile
from PIL import Image
from psd_tools import PSDImage


def exiftool(file):
    fields = ["-ICC_Profile:ProfileDescription", "-XResolution", "-PixelsPerUnitX", "-PixelUnits"]
    return json.loads(subprocess.run(["exiftool", "-j", *fields, str(file)], capture_output=True, check=True).stdout)[0]


def identify(file):
    out = subprocess.run(["identify", "-format", "%[profile:icc]|%x %U\n", f"{file}[0]"], capture_output=True, text=True, check=True)
    profile, dots = out.stdout.strip().splitlines()[0].split("|")
    number, unit = dots.split()[0], dots.split()[-1]
    return profile, round(float(number) * (2.54 if unit == "PixelsPerCentimeter" else 1))


def main(picture, folder):
    icc = Image.open(picture).info["icc_profile"]
    failures = 0
    described = exiftool(picture).get("ProfileDescription")

    def check(what, seen, right):
        nonlocal failures
        failures += not right
        print("ok  " if right else "FAIL", what, seen)

    def png(name, data):
        image = Image.open(io.BytesIO(data))
        check(f"Pillow {name}", image.info.get("dpi"), image.info.get("icc_profile") == icc and round(image.info["dpi"][0]) == 300)

    for file in sorted(folder.glob("*.png")):
        png(file.name, file.read_bytes())
        check(f"exiftool {file.name}", exiftool(file), exiftool(file).get("PixelsPerUnitX") == 11811 and exiftool(file).get("ProfileDescription") == described)
        check(f"identify {file.name}", identify(file), identify(file)[0] and identify(file)[1] == 300)
    for name in ("layers.ora", "layers.zip"):
        with zipfile.ZipFile(folder / name) as archive:
            for part in archive.namelist():
                if part.endswith(".png") and "thumbnail" not in part:
                    png(f"{name}/{part}", archive.read(part))
    for name in ("layers.tif", "layers-pages.tif"):
        with tifffile.TiffFile(folder / name) as tiff:
            tags = tiff.pages[0].tags
            dots = tags[282].value
            check(f"tifffile {name}", (dots, tags[296].value), tags[34675].value == icc and dots[0] / dots[1] == 300 and tags[296].value == 2)
        check(f"exiftool {name}", exiftool(folder / name), exiftool(folder / name).get("XResolution") == 300 and exiftool(folder / name).get("ProfileDescription") == described)
        check(f"identify {name}", identify(folder / name), identify(folder / name)[0] and identify(folder / name)[1] == 300)
    psd = PSDImage.open(folder / "layers.psd")
    check("psd-tools layers.psd", len(icc), psd.image_resources.get_data(1039) == icc)
    check("exiftool layers.psd", exiftool(folder / "layers.psd"), exiftool(folder / "layers.psd").get("XResolution") == 300 and exiftool(folder / "layers.psd").get("ProfileDescription") == described)
    check("identify layers.psd", identify(folder / "layers.psd"), identify(folder / "layers.psd")[0] and identify(folder / "layers.psd")[1] == 300)
    record = json.loads((folder / "layers.json").read_text())["input"]
    check("layers.json", record, bool(record["profile"]) and round(record["dpi"][0]) == 300)
    return failures


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1]), Path(sys.argv[2])) else 0)
