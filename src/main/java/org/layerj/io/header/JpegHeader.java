package org.layerj.io.header;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.layerj.provenance.PictureOrigin;

/**
 * What is in front of a JPEG's pixels. The decoder gets tables and scans, and of notes only those that say how colours
 * are coded: it would apply a colour profile and clip to sRGB, and it rejects pictures with metadata it cannot read.
 */
final class JpegHeader {

	private static final int START = 0xd8, SCAN = 0xda, APP0 = 0xe0, APP1 = 0xe1, APP2 = 0xe2, APP11 = 0xeb,
		APP13 = 0xed, APP14 = 0xee, APP15 = 0xef, COMMENT = 0xfe;
	private static final String ICC = "ICC_PROFILE\0", XMP = "http://ns.adobe.com/xap/1.0/\0",
		PHOTOSHOP = "Photoshop 3.0\0";
	private static final double CENTIMETRE = 0.01;
	/** Frames by their markers, those that can be decoded left out. */
	private static final Map<Integer, String> OTHERS = Map.ofEntries(Map.entry(0xc3, "lossless"),
		Map.entry(0xc5, "hierarchical"), Map.entry(0xc6, "hierarchical"), Map.entry(0xc7, "hierarchical lossless"),
		Map.entry(0xc9, "arithmetically coded"), Map.entry(0xca, "arithmetically coded"),
		Map.entry(0xcb, "lossless, arithmetically coded"), Map.entry(0xcd, "hierarchical, arithmetically coded"),
		Map.entry(0xce, "hierarchical, arithmetically coded"),
		Map.entry(0xcf, "hierarchical lossless, arithmetically coded"), Map.entry(0xf7, "JPEG-LS"));

	private final PictureBytes bytes;
	private final List<Piece> pieces = new ArrayList<>();
	private final Map<Integer, byte[]> profile = new TreeMap<>();
	private int width;
	private int height;
	private int components;
	private Optional<String> obstacle = Optional.empty();
	private Optional<PixelSize> size = Optional.empty();
	private Optional<TiffDirectory> exif = Optional.empty();
	private PictureOrigin origin = PictureOrigin.NONE;
	private PictureOrigin iptc = PictureOrigin.NONE;
	private final ByteArrayOutputStream manifest = new ByteArrayOutputStream();
	private int box;

	private JpegHeader(final PictureBytes bytes) {
		this.bytes = bytes;
	}

	static PictureHeader read(final PictureBytes bytes) throws IOException {
		return new JpegHeader(bytes).header();
	}

	private PictureHeader header() throws IOException {
		Pieces.add(pieces, 0, 2);
		long at = 2;
		int marker = START;
		while (marker != SCAN) {
			// Markers may have any number of fill bytes before them.
			int code = bytes.at(at, 1).get() & 0xff;
			if (code != 0xff) throw new Broken("a segment that begins without a marker");
			while (code == 0xff) code = bytes.at(++at, 1).get() & 0xff;
			marker = code;
			if (marker == 0xd9 || marker == 0) throw new Broken("no pixels in it");
			if (marker == 0x01 || marker >= 0xd0 && marker <= START) {
				at++;
				continue;
			}
			final int length = bytes.at(at + 1, 2).getShort() & 0xffff;
			if (length < 2) throw new Broken("a segment without a length");
			if (marker != SCAN) segment(marker, at + 3, length - 2);
			// With the last byte of what leads to it.
			if (marker != SCAN && keep(marker, at + 3)) Pieces.add(pieces, at - 1, length + 2L);
			if (marker != SCAN) at += 1 + length;
		}
		if (width < 1 || height < 1) throw new Broken("a picture of " + width + " × " + height + " pixels");
		// From here on markers are among pixels.
		Pieces.add(pieces, at - 1, bytes.size() - at + 1);
		final PictureNotes notes =
			new PictureNotes(whole().flatMap(ColourProfile::of).filter(p -> p.grey() == (components == 1)),
				size.or(() -> exif.flatMap(TiffDirectory::pixelSize)),
				manifest.size() == 0 ? origin.or(iptc) : Manifest.add(origin.or(iptc), manifest.toByteArray()));
		return new PictureHeader("jpeg", width, height,
			exif.map(TiffDirectory::orientation).orElse(Orientation.UPRIGHT), notes, obstacle, pieces,
			PictureHeader.Meaning.PLAIN);
	}

	private boolean keep(final int marker, final long data) throws IOException {
		if (marker == APP0) return pieces.size() == 1 && pieces.get(0).length() == 2 && bytes.has(data, "JFIF\0");
		if (marker == APP14) return bytes.has(data, "Adobe");
		return !(marker > APP0 && marker <= APP15 || marker == COMMENT);
	}

	private void segment(final int marker, final long data, final int length) throws IOException {
		if (marker == APP0 && length >= 12 && bytes.has(data, "JFIF\0")) density(bytes.at(data, 12));
		else if (marker == APP1 && length > 6 && bytes.has(data, "Exif\0") && exif.isEmpty())
			exif = TiffDirectory.exif(bytes.at(data + 6, length - 6).array());
		else if (marker == APP1 && length > XMP.length() && bytes.has(data, XMP)) origin = origin.or(
			Xmp.read(new String(bytes.at(data + XMP.length(), length - XMP.length()).array(), StandardCharsets.UTF_8)));
		// JUMBF boxes, of which those of C2PA are the only ones that cameras and programs write.
		else if (marker == APP11 && length > 16 && bytes.has(data, "JP")
			&& (manifest.size() > 0
				|| length > 40 && new String(bytes.at(data, 40).array(), StandardCharsets.ISO_8859_1).contains("c2pa")))
			box(bytes.at(data, length));
		else if (marker == APP13 && length > PHOTOSHOP.length() && bytes.has(data, PHOTOSHOP))
			iptc = iptc.or(Iptc.ofResources(bytes.at(data + PHOTOSHOP.length(), length - PHOTOSHOP.length()).array()));
		else if (marker == APP2 && length > ICC.length() + 2 && bytes.has(data, ICC))
			profile.putIfAbsent(bytes.at(data + ICC.length(), 1).get() & 0xff,
				bytes.at(data + ICC.length() + 2, length - ICC.length() - 2).array());
		else if ((marker & 0xf0) == 0xc0 && marker != 0xc4 && marker != 0xc8 && marker != 0xcc || marker == 0xf7)
			frame(marker, bytes.at(data, Math.min(6, length)));
	}

	/** A part of a box: two letters, a number, another for the part, the box's head again (JPEG XT, part 3). */
	private void box(final ByteBuffer b) {
		final int number = b.getShort(2);
		if (manifest.size() == 0) box = number;
		if (number != box || manifest.size() > Manifest.LONGEST) return;
		final int head = b.getInt(8) == 1 ? 16 : 8;
		final int from = manifest.size() == 0 ? 8 : 8 + head;
		if (from < b.limit()) manifest.write(b.array(), from, b.limit() - from);
	}

	private void density(final ByteBuffer b) {
		final int unit = b.get(7);
		if (unit == 1 || unit == 2) size =
			PixelSize.ofDots(b.getShort(8) & 0xffff, b.getShort(10) & 0xffff, unit == 1 ? PixelSize.INCH : CENTIMETRE);
	}

	private void frame(final int marker, final ByteBuffer b) throws Broken {
		if (b.limit() < 6) throw new Broken("it ends too early");
		final int precision = b.get();
		height = b.getShort() & 0xffff;
		width = b.getShort() & 0xffff;
		components = b.get() & 0xff;
		if (OTHERS.containsKey(marker)) obstacle = Optional.of("is a JPEG of a kind that cannot be read ("
			+ OTHERS.get(marker) + "; only baseline and progressive ones are); save it as PNG first");
		else if (precision != 8) obstacle = Optional.of("is a JPEG with " + precision
			+ " bits per sample, and only those with 8 can be read; save it as PNG or TIFF first");
		else if (components == 4)
			obstacle = Optional.of("is in CMYK, the colours of printing; convert it to RGB first");
		else if (components != 1 && components != 3) obstacle = Optional
			.of("has " + components + " components, and only grey and RGB can be read; convert it to RGB first");
	}

	/** All parts of the profile, which are numbered from 1; none if one is missing. */
	private Optional<byte[]> whole() {
		final ByteArrayOutputStream all = new ByteArrayOutputStream();
		int next = 1;
		for (final Map.Entry<Integer, byte[]> part : profile.entrySet()) {
			if (part.getKey() != next++) return Optional.empty();
			all.writeBytes(part.getValue());
		}
		return Optional.of(all.toByteArray());
	}
}
