package org.layerj.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.layerj.io.header.PictureBytes;

/** What a file is that cannot be read as a picture, where its first bytes tell. */
final class OtherFiles {

	private static final String SAVE = ", which cannot be read; save it as PNG first";

	/**
	 * One kind of file.
	 *
	 * @param at where its mark is
	 * @param mark its characters, each a byte
	 * @param is the end of a message about it
	 */
	private record Kind(int at, String mark, String is) {}

	private static final List<Kind> KINDS = List.of( //
		new Kind(0, "version https://git-lfs",
			"is a Git LFS pointer in place of the picture; fetch the picture with git lfs pull"), //
		new Kind(0, "8BPS",
			"is a Photoshop file; open it with Plugins > Decompose Layers > Import... in ImageJ, or save it as PNG first"), //
		new Kind(8, "WEBP", "is a WebP picture" + SAVE), //
		new Kind(4, "ftypavif", "is an AVIF picture" + SAVE), new Kind(4, "ftyphe", "is a HEIC picture" + SAVE), //
		new Kind(4, "ftypmif1", "is a HEIC picture" + SAVE), new Kind(4, "ftypmsf1", "is a HEIC picture" + SAVE), //
		new Kind(0, "\0\0\0\fjP  ", "is a JPEG 2000 picture" + SAVE),
		new Kind(0, "\u00ff\u004f\u00ff\u0051", "is a JPEG 2000 picture" + SAVE), //
		new Kind(0, "\u00ff\n", "is a JPEG XL picture" + SAVE),
		new Kind(0, "\0\0\0\fJXL ", "is a JPEG XL picture" + SAVE), //
		new Kind(0, "%!PS", "is a PostScript file; save it as PNG first"), //
		new Kind(0, "\u00c5\u00d0\u00d3\u00c6", "is an EPS file; save it as PNG first"), //
		new Kind(0, "gimp xcf", "is a GIMP file; export it as PNG or PSD first"), //
		new Kind(128, "DICM", "is a DICOM picture; open it in ImageJ and run Decompose... there"), //
		new Kind(0, "SIMPLE  =", "is a FITS picture; open it in ImageJ and run Decompose... there"), //
		new Kind(0, "\u0089HDF", "is an HDF5 file; open it in Fiji and run Decompose... there"), //
		new Kind(0, "v/1\u0001", "is an OpenEXR picture" + SAVE),
		new Kind(0, "#?RADIANCE", "is a Radiance HDR picture" + SAVE), //
		new Kind(0, "<svg", "is an SVG drawing; export it as PNG first"), //
		new Kind(0, "PK",
			"is a ZIP or an OpenRaster file; open it with Plugins > Decompose Layers > Import... in ImageJ, or save it as PNG first"));

	private OtherFiles() {}

	/** The end of a message that begins with "The file X"; nothing if its first bytes tell nothing. */
	static Optional<String> is(final PictureBytes bytes) throws IOException {
		final ByteBuffer head = bytes.at(0, Math.min(512, bytes.size()));
		final String text = new String(head.array(), StandardCharsets.ISO_8859_1);
		if (text.startsWith("<?xml") && text.contains("<svg"))
			return Optional.of("is an SVG drawing; export it as PNG first");
		return KINDS.stream().filter(k -> text.startsWith(k.mark, k.at)).map(Kind::is).findFirst();
	}
}
