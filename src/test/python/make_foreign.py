#!/usr/bin/env python3
"""Makes layered files with other programs, for ForeignFilesTest: psd-tools, GIMP, pyora and Krita.

    python make_foreign.py src/test/resources/org/layerj/foreign [a PSD of ours, to be edited]

All hold the same picture, 24 x 16 pixels, from the bottom to the top: "Ground" as large as the canvas; a group "Gruppe Ü" of half opacity with
"odd" of opacity 128/255 reaching out to the left, and "hidden" reaching out to the right; "empty" without a pixel; and "masked", of which a mask
hides the right half. (x, y) are those of the layer; a sample is 10 x in red, 15 y in green, 100 in blue, 30 x + 3 y in alpha, all modulo 256, and
alpha is 255 in "Ground" and "masked". 16-bit samples are 257 times as large, plus x.
"""
import os, subprocess, sys, tempfile
import numpy as np
from PIL import Image

CANVAS = (24, 16)


def samples(w, h, opaque, deep=False):
    y, x = np.mgrid[0:h, 0:w]
    a = np.stack([x * 10 % 256, y * 15 % 256, np.full_like(x, 100), np.full_like(x, 255) if opaque else (x * 30 + y * 3) % 256], axis=2)
    if not deep:
        return a.astype(np.uint8)
    a = a * 257
    a[..., :3] += x[..., None]
    return np.minimum(a, 65535).astype(np.uint16)


def image(w, h, opaque):
    return Image.fromarray(samples(w, h, opaque), "RGBA")


def psd_tools(folder):
    from psd_tools import PSDImage
    from psd_tools.constants import Compression as C
    psd = PSDImage.new("RGB", CANVAS, color=0)
    psd.create_pixel_layer(image(24, 16, True), "Ground", compression=C.ZIP_WITH_PREDICTION)
    odd = psd.create_pixel_layer(image(9, 7, False), "odd", top=5, left=-3, opacity=128, compression=C.RLE)
    hidden = psd.create_pixel_layer(image(8, 8, False), "hidden", top=10, left=20, compression=C.ZIP)
    hidden.visible = False
    group = psd.create_group([odd, hidden], "Gruppe Ü", opacity=128)
    empty = psd.create_pixel_layer(Image.new("RGBA", (1, 1)), "empty", top=2, left=3)
    record = empty._record
    record.top, record.left, record.bottom, record.right = 2, 3, 2, 3
    from psd_tools.psd.layer_and_mask import ChannelData
    for k, c in enumerate(empty._channels):
        empty._channels[k] = ChannelData(C.RAW, b"")
        record.channel_info[k].length = 2
    masked = psd.create_pixel_layer(image(6, 6, True), "masked", top=4, left=4, compression=C.RAW)
    mask = Image.fromarray(np.where(np.arange(6)[None, :] < 3, 255, 0).repeat(6, axis=0).astype(np.uint8), "L")
    if masked.has_mask():
        masked.remove_mask()
    masked.create_mask(mask, top=4, left=4)
    psd.save(folder + "/psd-tools.psd")
    deep = PSDImage.new("RGB", CANVAS, depth=16)
    deep.create_pixel_layer_from_array(samples(24, 16, True, True), "Ground", compression=C.ZIP_WITH_PREDICTION)
    deep.create_pixel_layer_from_array(samples(9, 7, False, True), "odd", top=5, left=-3, compression=C.RLE, opacity=128)
    deep.save(folder + "/psd-tools-16.psd")


def psd_tools_notes(folder):
    """A blend mode and a clipped layer, which have no counterpart."""
    from psd_tools import PSDImage
    from psd_tools.constants import BlendMode
    psd = PSDImage.new("RGB", CANVAS, color=0)
    psd.create_pixel_layer(image(24, 16, True), "Ground")
    psd.create_pixel_layer(image(9, 7, False), "dark", blend_mode=BlendMode.MULTIPLY)
    psd.create_pixel_layer(image(9, 7, False), "cut").clipping = True
    psd.save(folder + "/notes.psd")


def psd_tools_edited(folder, ours):
    """What we wrote (FormatSamples, rgb8), edited: "Zellkörper..." renamed and moved, the first "split" gone, a new layer on top."""
    from psd_tools import PSDImage
    psd = PSDImage.open(ours)
    for layer in list(psd.descendants()):
        if layer.name.startswith("Zell"):
            layer.name = "moved"
            layer.offset = (layer.left + 5, layer.top + 2)
        if layer.name == "split" and layer.width == 40:
            layer.parent.remove(layer)
    psd.create_pixel_layer(image(9, 7, False), "new", top=1, left=2)
    psd.save(folder + "/edited.psd")


def gimp(folder):
    with tempfile.TemporaryDirectory() as to:
        image(24, 16, True).save(to + "/ground.png")
        image(9, 7, False).save(to + "/odd.png")
        image(8, 8, False).save(to + "/hidden.png")
        image(6, 6, True).save(to + "/masked.png")
        import imagecodecs
        for name, args in dict(ground=(24, 16, True), odd=(9, 7, False), hidden=(8, 8, False), masked=(6, 6, True)).items():
            open(f"{to}/{name}-16.png", "wb").write(imagecodecs.png_encode(samples(*args, deep=True)))
        script = ""
        for suffix, precision, out in (("", 150, "gimp.psd"), ("-16", 250, "gimp-16.psd")):
            script += f'''
(let* ((img (car (gimp-image-new-with-precision 24 16 RGB {precision})))
       (load (lambda (name) (car (gimp-file-load-layer RUN-NONINTERACTIVE img (string-append "{to}/" name "{suffix}.png")))))
       (group (car (gimp-layer-group-new img))) (ground (load "ground")) (odd (load "odd")) (hidden (load "hidden")) (masked (load "masked"))
       (empty (car (gimp-layer-new img 1 1 RGBA-IMAGE "empty" 100 LAYER-MODE-NORMAL))))
  (gimp-image-insert-layer img ground 0 0) (gimp-item-set-name ground "Ground")
  (gimp-image-insert-layer img group 0 0) (gimp-item-set-name group "Gruppe Ü") (gimp-layer-set-opacity group (/ 12800 255)) (gimp-layer-set-mode group LAYER-MODE-PASS-THROUGH)
  (gimp-image-insert-layer img odd group 0) (gimp-item-set-name odd "odd") (gimp-layer-set-offsets odd -3 5) (gimp-layer-set-opacity odd (/ 12800 255))
  (gimp-image-insert-layer img hidden group 0) (gimp-item-set-name hidden "hidden") (gimp-layer-set-offsets hidden 20 10) (gimp-item-set-visible hidden FALSE)
  (gimp-image-insert-layer img empty 0 0) (gimp-layer-set-offsets empty 3 2)
  (gimp-image-insert-layer img masked 0 0) (gimp-item-set-name masked "masked") (gimp-layer-set-offsets masked 4 4)
  (gimp-image-select-rectangle img CHANNEL-OP-REPLACE 4 4 3 6)
  (gimp-layer-add-mask masked (car (gimp-layer-create-mask masked ADD-MASK-SELECTION)))
  (gimp-selection-none img)
  (file-psd-save RUN-NONINTERACTIVE img ground "{folder}/{out}" "{out}" 0 0))
'''
        r = subprocess.run(["gimp", "-i", "-d", "-f", "-b", "-"], input=script + "(gimp-quit 0)\n", text=True, capture_output=True, timeout=180)
        if not os.path.exists(folder + "/gimp-16.psd"):
            print(r.stdout, r.stderr)


def pyora(folder):
    from pyora import Project
    project = Project.new(*CANVAS)
    project.add_layer(image(24, 16, True), "Ground")
    project.add_group("Gruppe Ü", opacity=128 / 255)
    project.add_layer(image(9, 7, False), "Gruppe Ü/odd", offsets=(-3, 5), opacity=128 / 255)
    project.add_layer(image(8, 8, False), "Gruppe Ü/hidden", offsets=(20, 10), visible=False)
    project.add_layer(Image.new("RGBA", (1, 1)), "empty", offsets=(3, 2))
    masked = image(6, 6, True)
    masked.putalpha(Image.fromarray(np.where(np.arange(6)[None, :] < 3, 255, 0).repeat(6, axis=0).astype(np.uint8), "L"))
    project.add_layer(masked, "masked", offsets=(4, 4))
    project.save(folder + "/pyora.ora")


def krita(folder):
    from check_formats import screen
    server = screen()
    with tempfile.TemporaryDirectory() as home:
        for name in ("krita.ora", "krita.psd"):
            subprocess.run(["krita", "--export", "--export-filename", f"{folder}/{name}", folder + "/pyora.ora"], capture_output=True, timeout=200,
                env=dict(os.environ, HOME=home, XDG_RUNTIME_DIR=home))
    if server:
        server.terminate()


if __name__ == "__main__":
    to = os.path.abspath(sys.argv[1])
    os.makedirs(to, exist_ok=True)
    if len(sys.argv) > 2:
        psd_tools_edited(to, sys.argv[2])
    for make in (psd_tools, psd_tools_notes, gimp, pyora, krita):
        try:
            make(to)
        except Exception as e:
            print(make.__name__, type(e).__name__, e)
    for name in sorted(os.listdir(to)):
        print(name, os.path.getsize(to + "/" + name))
