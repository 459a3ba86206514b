#!/usr/bin/env python3
"""Opens what Decompose Layers writes with other programs, and compares what they see with what was written.

    mvn -q test-compile
    mvn -q exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.io.formats.FormatSamples -Dexec.args=/tmp/samples
    python check_formats.py /tmp/samples

Needs psd-tools, python-pptx, tifffile, imagecodecs, pillow and numpy; and, each left out if missing, pyora, gimp, krita, soffice,
rsvg-convert, inkscape, tiffcp and exiftool. Ends with 1 if anything differs.
"""
import io, json, os, shutil, subprocess, sys, tempfile, zipfile
import numpy as np
from PIL import Image

ROWS = []
HERE = os.path.dirname(os.path.abspath(__file__))


class Expected:
    """The layers as they were before they were written."""

    def __init__(self, folder):
        with open(folder + "/layers.txt", encoding="utf-8") as f:
            lines = f.read().split("\n")
        w, h, self.depth = lines[0].split("\t")
        self.width, self.height = int(w), int(h)
        self.layers = []
        self.bands = 2 if self.depth == "GREY16" else 4
        kind = np.uint8 if self.depth == "RGB8" else ">u2"
        self.most = 255 if self.depth == "RGB8" else 65535
        for k, line in enumerate(l for l in lines[1:] if l):
            x, y, w, h, o, v, locked, parent, name = line.split("\t")
            w, h = int(w), int(h)
            self.layers.append(dict(x=int(x), y=int(y), w=w, h=h, opacity=float(o), visible=v == "true", locked=locked == "true", parent=parent, name=name,
                samples=np.fromfile(f"{folder}/layer-{k}.bin", kind).astype(np.int64).reshape(h, w, self.bands),
                seen=np.fromfile(f"{folder}/seen-{k}.bin", np.uint8).astype(np.int64).reshape(h, w, 4)))
        self.flat, self.merged = (np.fromfile(f"{folder}/{n}.bin", np.uint8).astype(np.int64).reshape(self.height, self.width, 4) for n in ("flat", "merged"))


def report(fmt, sample, reader, what, problems):
    ok = not problems
    ROWS.append((fmt, sample, reader, what, "same" if ok else "; ".join(problems)))
    print(f"{'ok  ' if ok else 'FAIL'} {fmt:5} {sample:7} {reader:14} {what}{'' if ok else ': ' + '; '.join(problems)}", flush=True)


def compare(e, found, opacity_step, names=True, samples="samples"):
    """Found: bottom to top, dicts with x y opacity visible locked name samples."""
    out = []
    if len(found) != len(e.layers):
        return [f"{len(found)} layers, not {len(e.layers)}"]
    for k, (a, b) in enumerate(zip(e.layers, found)):
        for key in ("x", "y", "visible", "locked"):
            if key in b and a[key] != b[key]:
                out.append(f"layer {k}: {key} {b[key]}, not {a[key]}")
        if "opacity" in b and abs(a["opacity"] - b["opacity"]) > opacity_step:
            out.append(f"layer {k}: opacity {b['opacity']}, not {a['opacity']}")
        if names and a["name"] != b["name"]:
            out.append(f"layer {k}: name {b['name']!r}, not {a['name']!r}")
        if "samples" in b:
            if a[samples].shape != b["samples"].shape:
                out.append(f"layer {k}: {b['samples'].shape}, not {a[samples].shape}")
            elif not np.array_equal(a[samples], b["samples"]):
                d = np.abs(a[samples] - b["samples"])
                out.append(f"layer {k}: {np.count_nonzero(d)} samples differ by up to {d.max()}")
    return out


def rendered(e, image, tolerance, white=False, expected=None):
    """A rendering against the composite of all layers; alpha-weighted, as colours at alpha 0 do not count."""
    got = np.asarray(image.convert("RGBA")).astype(float)
    if got.shape != e.flat.shape:
        return [f"rendered {got.shape[1]} x {got.shape[0]}, not {e.width} x {e.height}"]
    expected = (e.flat if expected is None else expected).astype(float)
    over = lambda p: p[..., :3] * (p[..., 3:] / 255) + (255 - p[..., 3:])
    d = np.abs(over(got) - over(expected))
    if not white:
        d = np.maximum(d.max(axis=2), np.abs(got[..., 3] - expected[..., 3]))
    return [] if d.max() <= tolerance else [f"rendering differs by up to {d.max():.1f}, on average {d.mean():.2f}"]


def psd_tools(folder, sample, e, fmt="psd"):
    from psd_tools import PSDImage
    psd = PSDImage.open(f"{folder}/picture.{fmt}")
    found = []

    def walk(group, shown, parents):
        for layer in group:
            if layer.is_group():
                walk(layer, shown and layer.visible, parents + [layer.name])
            else:
                n = np.concatenate([layer.numpy("color"), layer.numpy("shape")], axis=2)
                found.append(dict(x=layer.left, y=layer.top, opacity=layer.opacity / 255, visible=shown and layer.visible, name=layer.name, groups=parents,
                    locked=layer.locks is not None and layer.locks.complete,
                    samples=np.round(n.astype(np.float64) * e.most).astype(np.int64)))

    walk(psd, True, [])
    problems = compare(e, found, 0.5 / 255 + 1e-9)
    for a, f in zip(e.layers, found):
        if bool(a["parent"]) != bool(f["groups"]):
            problems.append("groups " + str(f["groups"]))
    report(fmt.upper(), sample, "psd-tools", "layers, names, groups, locks, pixels", problems)
    # It refuses to composite what is as large as only a PSB can be.
    if e.depth == "RGB8" and fmt == "psd":
        report(fmt.upper(), sample, "psd-tools", "merged picture", rendered(e, psd.topil(), 3))
        report(fmt.upper(), sample, "psd-tools", "its own composite", rendered(e, psd.composite(force=True), 3))


def psd_text(folder):
    """Type layers as psd-tools reads them: string, font, size, colour and transform; and that pixels lie beside them."""
    from psd_tools import PSDImage
    psd = PSDImage.open(f"{folder}/picture.psd")
    got = [layer for layer in psd.descendants() if layer.kind == "type"]
    with open(f"{folder}/texts.txt", encoding="utf-8") as file:
        expected = [line.rstrip("\n").split("\t") for line in file]
    problems = [] if len(got) == len(expected) else [f"{len(got)} type layers, not {len(expected)}"]
    for layer, (text, font, size, colour, transform) in zip(got, expected):
        style = layer.engine_dict["StyleRun"]["RunArray"][0]["StyleSheet"]["StyleSheetData"]
        fonts = layer.resource_dict["FontSet"]
        rgb = "".join(f"{round(255 * float(v)):02x}" for v in list(style["FillColor"]["Values"])[1:])
        found = (layer.text, str(fonts[int(style["Font"])]["Name"]).strip("'"), rgb, layer.name)
        if found != (text, font, colour, text):
            problems.append(f"{found}, not {(text, font, colour, text)}")
        if abs(float(style["FontSize"]) - float(size)) > 1e-4:
            problems.append(f"size {style['FontSize']}, not {size}")
        if not np.allclose(layer.transform, [float(v) for v in transform.split()]):
            problems.append(f"transform {layer.transform}, not {transform}")
        if layer.text_type.name != "POINT" or not layer.has_pixels():
            problems.append(f"{layer.text_type}, pixels: {layer.has_pixels()}")
    report("PSD", "text", "psd-tools", "type layers", problems)
    e = Expected(folder)
    report("PSD", "text", "psd-tools", "its own composite", rendered(e, psd.composite(force=True), 3))


def gimp(folder, sample, e, suffix):
    if not shutil.which("gimp"):
        return print("-    no gimp")
    with tempfile.TemporaryDirectory() as to:
        with open(HERE + "/gimp_layers.scm") as f:
            script = f'(define file "{folder}/picture.{suffix}")\n(define folder "{to}")\n' + f.read()
        r = subprocess.run(["gimp", "-i", "-d", "-f", "-b", "-"], input=script, text=True, capture_output=True, timeout=180)
        if "Unknown file type" in r.stdout + r.stderr:
            return print(f"-    this GIMP reads no {suffix}")
        if not os.path.exists(to + "/flat.png"):
            return report(suffix.upper(), sample, "GIMP", "opens", [(r.stdout + r.stderr)[-300:]])
        found = []
        for k, line in enumerate(open(to + "/layers.txt", encoding="utf-8", errors="replace").read().split("\n")):
            if not line:
                continue
            x, y, w, h, o, v, depth, name = line.split("\t", 7)
            image = read_png(f"{to}/{k}.png")
            found.append(dict(x=int(x), y=int(y), opacity=float(o) / 100, visible=v == "1", name=name, samples=image))
        if e.depth == "GREY16":
            for f in found:
                if f["samples"].shape[2] == 4:
                    f["samples"] = f["samples"][..., [0, 3]]
        problems = compare(e, found, 0.51 / 255 + 1e-9, names=False)
        for a, f in zip(e.layers, found):
            # GIMP numbers names that are there twice.
            if not f["name"].startswith(a["name"]):
                problems.append(f"name {f['name']!r}, not {a['name']!r}")
        report(suffix.upper(), sample, "GIMP", "layers, names, pixels", problems)
        if e.depth == "RGB8":
            report(suffix.upper(), sample, "GIMP", "its own composite", rendered(e, Image.open(to + "/flat.png"), 3))


def read_png(path):
    """All bits; Pillow makes 8 of 16."""
    import imagecodecs
    a = imagecodecs.png_decode(open(path, "rb").read()).astype(np.int64)
    return a if a.ndim == 3 else a[..., None]


def archive(folder, sample, e, suffix):
    import imagecodecs
    found = []
    with zipfile.ZipFile(f"{folder}/picture.{suffix}") as z:
        problems = [f"damaged {z.testzip()}"] if z.testzip() else []
        for k in range(len(e.layers)):
            name = f"layer-{k:02}.png"
            found.append(dict(name="", samples=imagecodecs.png_decode(z.read(("data/" if suffix == "ora" else "") + name)).astype(np.int64)))
        flat = Image.open(io.BytesIO(z.read("mergedimage.png" if suffix == "ora" else "recomposed.png")))
        if suffix == "ora" and (z.infolist()[0].filename != "mimetype" or z.infolist()[0].compress_type != 0 or z.read("mimetype") != b"image/openraster"):
            problems.append("the mimetype is not as it must be")
        if suffix == "ora":
            thumb = Image.open(io.BytesIO(z.read("Thumbnails/thumbnail.png")))
            if max(thumb.size) > 256:
                problems.append("the thumbnail is too large")
    report(suffix.upper(), sample, "libpng", "layers, pixels", problems + compare(e, found, 0, names=False))
    report(suffix.upper(), sample, "Pillow", "merged picture", rendered(e, flat, 0, expected=e.merged))


def pyora(folder, sample, e):
    try:
        from pyora import Project, TYPE_LAYER
    except ImportError:
        return print("-    no pyora")
    project = Project.load(f"{folder}/picture.ora")
    found = []
    # Top first, groups before what is in them.
    for item in reversed(list(project.children_recursive)):
        if item.type == TYPE_LAYER:
            x, y = item.offsets
            found.append(dict(x=x, y=y, opacity=item.opacity, visible=item.visible, name=item.name,
                samples=np.asarray(item.get_image_data(raw=True).convert("RGBA")).astype(np.int64)))
    if e.depth != "RGB8":
        for f in found:
            del f["samples"]
    report("ORA", sample, "pyora", "layers, names" + (", pixels" if e.depth == "RGB8" else ""), compare(e, found, 1e-9, samples="seen"))


def screen():
    """A screen for Krita, which does nothing without one."""
    if os.environ.get("DISPLAY") or not shutil.which("Xvfb"):
        return None
    server = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    os.environ["DISPLAY"] = ":" + server.stdout.readline().strip()
    return server


def krita(folder, sample, e, *suffixes):
    if not shutil.which("krita"):
        return print("-    no krita")
    for suffix in suffixes:
        with tempfile.TemporaryDirectory() as to:
            r = subprocess.run(["krita", "--export", "--export-filename", to + "/k.png", f"{folder}/picture.{suffix}"], capture_output=True, text=True, timeout=300,
                env=dict(os.environ, HOME=to, XDG_RUNTIME_DIR=to))
            problems = rendered(e, Image.open(to + "/k.png"), 3) if os.path.exists(to + "/k.png") else [r.stderr[-200:]]
            report(suffix.upper(), sample, "Krita", "its own composite", problems)


def tiff(folder, sample, e):
    import tifffile
    with tifffile.TiffFile(f"{folder}/picture.tif") as t:
        found = [dict(name="", samples=p.asarray().astype(np.int64)) for p in t.pages]
        problems = compare(e, found, 0, names=False)
        for p in t.pages:
            if p.extrasamples[0].value != 2:
                problems.append("alpha is not said to be straight")
        if json.loads(t.pages[0].description)["width"] != e.width:
            problems.append("no manifest")
    report("TIFF", sample, "tifffile", "pages, pixels", problems)
    if shutil.which("tiffcp"):
        with tempfile.TemporaryDirectory() as to:
            r = subprocess.run(["tiffcp", "-c", "none", f"{folder}/picture.tif", to + "/copy.tif"], capture_output=True, text=True)
            problems = [r.stderr[:200]] if r.returncode else []
            if not problems:
                with tifffile.TiffFile(to + "/copy.tif") as t:
                    problems = compare(e, [dict(name="", samples=p.asarray().astype(np.int64)) for p in t.pages], 0, names=False)
            report("TIFF", sample, "libtiff tiffcp", "pages, pixels", problems)


def svg(folder, sample, e):
    with tempfile.TemporaryDirectory() as to:
        if shutil.which("rsvg-convert"):
            subprocess.run(["rsvg-convert", "--unlimited", "-w", str(e.width), "-h", str(e.height), f"{folder}/picture.svg", "-o", to + "/r.png"], check=True)
            report("SVG", sample, "librsvg", "rendering", rendered(e, Image.open(to + "/r.png"), 4))
        if shutil.which("inkscape"):
            subprocess.run(["inkscape", f"{folder}/picture.svg", "-w", str(e.width), "-h", str(e.height), "-o", to + "/i.png"], check=True, capture_output=True, timeout=180)
            report("SVG", sample, "Inkscape", "rendering", rendered(e, Image.open(to + "/i.png"), 4))
    import base64, xml.etree.ElementTree as ET
    found = []
    for g in ET.parse(f"{folder}/picture.svg").iter("{http://www.w3.org/2000/svg}g"):
        image = g.find("{http://www.w3.org/2000/svg}image")
        if image is None:
            continue
        data = base64.b64decode(image.get("{http://www.w3.org/1999/xlink}href").split(",")[1])
        style = dict(s.split(":") for s in g.get("style").split(";"))
        found.append(dict(x=int(image.get("x")), y=int(image.get("y")), opacity=float(style["opacity"]), visible=style["display"] != "none",
            name=g.get("{http://www.inkscape.org/namespaces/inkscape}label"), samples=np.asarray(Image.open(io.BytesIO(data))).astype(np.int64)))
    report("SVG", sample, "ElementTree", "layers, names, pixels", compare(e, found, 0, samples="seen"))


def pptx(folder, sample, e):
    from pptx import Presentation
    show = Presentation(f"{folder}/picture.pptx")
    slide = show.slides[0]
    problems = []
    unit = show.slide_width / e.width
    if abs(show.slide_height / e.height / unit - 1) > 0.01 and min(show.slide_width, show.slide_height) > 914400:
        problems.append("the slide has other proportions")
    flat = lambda shapes: [p for s in shapes for p in (flat(s.shapes) if hasattr(s, "shapes") else [s])]
    shapes = flat(slide.shapes)
    if len(shapes) != len(e.layers):
        problems.append(f"{len(shapes)} pictures, not {len(e.layers)}")
    for k, (a, s) in enumerate(zip(e.layers, shapes)):
        ys, xs = np.nonzero(a["seen"][..., 3])
        box = (xs.min(), ys.min(), xs.max() + 1, ys.max() + 1) if len(xs) else (0, 0, 1, 1)
        got = np.asarray(Image.open(io.BytesIO(s.image.blob))).astype(np.int64)
        if not np.array_equal(got, a["seen"][box[1]:box[3], box[0]:box[2]]):
            problems.append(f"picture {k} has other pixels")
        scale = min(show.slide_width / e.width, show.slide_height / e.height)
        if abs(s.left / scale - a["x"] - box[0]) > 0.01 or abs(s.top / scale - a["y"] - box[1]) > 0.01 or abs(s.width / scale - (box[2] - box[0])) > 0.02:
            problems.append(f"picture {k} is elsewhere")
        if s.name != a["name"]:
            problems.append(f"picture {k} is called {s.name!r}")
        if not s._element.nvPicPr.cNvPr.get("descr"):
            problems.append(f"picture {k} has no alternative text")
        if (s._element.nvPicPr.cNvPr.get("hidden") in ("1", "true")) == a["visible"]:
            problems.append(f"picture {k} is shown or hidden wrongly")
    report("PPTX", sample, "python-pptx", "pictures, places, names, pixels", problems)
    if shutil.which("soffice") and sample == "figure":
        with tempfile.TemporaryDirectory() as to:
            size = json.dumps({"PixelWidth": dict(type="long", value=str(e.width)), "PixelHeight": dict(type="long", value=str(e.height))})
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{to}/profile", "--convert-to", "png:impress_png_Export:" + size, "--outdir", to,
                f"{folder}/picture.pptx"], check=True, capture_output=True, timeout=300)
            report("PPTX", sample, "LibreOffice", "rendering", rendered(e, Image.open(to + "/picture.png"), 3, True))


def exif(folder, sample, e):
    if not shutil.which("exiftool"):
        return print("-    no exiftool")
    for suffix in ("psd", "tif"):
        r = json.loads(subprocess.run(["exiftool", "-json", "-XMP:Source", "-XResolution", f"{folder}/picture.{suffix}"], capture_output=True, text=True, check=True).stdout)[0]
        problems = [] if r.get("Source") == "Größe.png" else ["no XMP"]
        dpi = 96 if sample == "figure" else 299.97
        if abs(float(r.get("XResolution", 0)) - dpi) > 0.01:
            problems.append(f"resolution {r.get('XResolution')}")
        report(suffix.upper(), sample, "exiftool", "XMP, resolution", problems)


def main(root):
    server = screen()
    try:
        return check(root)
    finally:
        if server:
            server.terminate()


def check(root):
    for sample in ("figure", "rgb8", "rgb16", "grey16"):
        folder = os.path.join(os.path.abspath(root), sample)
        e = Expected(folder)
        psd_tools(folder, sample, e)
        for suffix in ("psd", "ora"):
            gimp(folder, sample, e, suffix)
        for suffix in ("ora", "zip"):
            archive(folder, sample, e, suffix)
        pyora(folder, sample, e)
        if e.depth == "RGB8":
            krita(folder, sample, e, "ora", "psd")
        tiff(folder, sample, e)
        svg(folder, sample, e)
        pptx(folder, sample, e)
        exif(folder, sample, e)
    psd_text(os.path.join(os.path.abspath(root), "text"))
    wide = os.path.join(os.path.abspath(root), "wide")
    psd_tools(wide, "wide", Expected(wide), "psb")
    krita(wide, "wide", Expected(wide), "psb")
    print("\n| format | sample | reader | what | result |\n|---|---|---|---|---|")
    for row in ROWS:
        print("| " + " | ".join(row) + " |")
    return 1 if any(r[-1] != "same" for r in ROWS) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
