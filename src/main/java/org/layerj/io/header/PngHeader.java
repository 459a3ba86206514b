package org.layerj.io.header;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import org.layerj.provenance.PictureOrigin;

/**
 * What is in front of a PNG's pixels. The decoder gets the chunks it needs and no other: it cannot bear some that are
 * damaged or where they may not be, and it overlooks transparent levels of grey with less than 8 bits.
 */
final class PngHeader {

	static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";

	private static final int GREY = 0, RGB = 2, PALETTE = 3;
	private static final int METRE = 1;
	private static final String XMP = "XML:com.adobe.xmp";
	/** Keywords of texts in which ImageMagick wrote EXIF before there was a chunk for it. */
	private static final List<String> RAW = List.of("Raw profile type exif\0", "Raw profile type APP1\0");
	/** Text, time and the like; a picture's data are larger, and not read here. */
	private static final long LONGEST = 64 << 20;

	private final PictureBytes bytes;
	private final List<Piece> pieces = new ArrayList<>();
	private int width;
	private int height;
	private int bits;
	private int colours;
	/** Colours in the palette, 0 before it. */
	private long entries;
	private byte[] transparent = new byte[0];
	private Optional<ColourProfile> profile = Optional.empty();
	/** Of what stands for a profile where there is none: code points, sRGB, gamma and chromaticities. */
	private Optional<int[]> codes = Optional.empty();
	private boolean standard;
	private long gamma;
	private Optional<long[]> chromaticities = Optional.empty();
	private Optional<PixelSize> size = Optional.empty();
	private Optional<TiffDirectory> exif = Optional.empty();
	private Optional<TiffDirectory> rawExif = Optional.empty();
	private PictureOrigin origin = PictureOrigin.NONE;
	private Optional<byte[]> manifest = Optional.empty();

	private PngHeader(final PictureBytes bytes) {
		this.bytes = bytes;
	}

	static PictureHeader read(final PictureBytes bytes) throws IOException {
		return new PngHeader(bytes).header();
	}

	private PictureHeader header() throws IOException {
		Pieces.add(pieces, 0, SIGNATURE.length());
		long at = SIGNATURE.length();
		boolean pixels = false;
		// A file that breaks off is for the decoder to complain about.
		while (bytes.size() - at >= 8) {
			final ByteBuffer head = bytes.at(at, 8);
			final long length = head.getInt() & 0xffffffffL;
			final String name = new String(head.array(), 4, 4, StandardCharsets.ISO_8859_1);
			final long whole = Math.min(length + 12, bytes.size() - at);
			if (width == 0 && !name.equals("IHDR")) throw new Broken("it begins without a header");
			pixels |= name.equals("IDAT");
			switch (name) {
				case "IHDR" -> size(at, length);
				case "PLTE", "IDAT", "IEND" -> {
					if (name.equals("PLTE")) entries = Math.min(length / 3, 1L << bits);
					Pieces.add(pieces, at, whole);
				}
				case "tRNS" -> {
					if (!pixels) transparency(at, length);
				}
				default -> note(name, at + 8, length, pixels);
			}
			at += whole;
			if (name.equals("IEND")) break;
		}
		exif = exif.or(() -> rawExif);
		if (width < 1 || height < 1) throw new Broken("a picture of " + width + " × " + height + " pixels");
		final PictureNotes notes = new PictureNotes(meant(), size.or(() -> exif.flatMap(TiffDirectory::pixelSize)),
			manifest.map(m -> Manifest.add(origin, m)).orElse(origin));
		final boolean key = transparent.length > 0 && colours != PALETTE;
		return new PictureHeader("png", width, height, exif.map(TiffDirectory::orientation).orElse(Orientation.UPRIGHT),
			notes, Optional.empty(), pieces, key ? this::withKey : PictureHeader.Meaning.PLAIN);
	}

	/** {@code iTXt} that is not compressed, by keyword; the first of each counts. */
	static Map<String, String> texts(final PictureBytes bytes) throws IOException {
		final Map<String, String> texts = new HashMap<>();
		long at = SIGNATURE.length();
		while (bytes.size() - at >= 12) {
			final ByteBuffer head = bytes.at(at, 8);
			final long length = head.getInt() & 0xffffffffL;
			if (length > bytes.size() - at - 12) break;
			if (new String(head.array(), 4, 4, StandardCharsets.ISO_8859_1).equals("iTXt") && length < LONGEST)
				text(bytes.at(at + 8, length).array()).ifPresent(t -> texts.putIfAbsent(t[0], t[1]));
			at += length + 12;
		}
		return texts;
	}

	/** Keyword and text; nothing if it is compressed or damaged. */
	private static Optional<String[]> text(final byte[] chunk) {
		int end = 0;
		while (end < chunk.length && chunk[end] != 0) end++;
		if (end + 3 > chunk.length || chunk[end + 1] != 0) return Optional.empty();
		int from = end + 3;
		for (int zeros = 0; from < chunk.length && zeros < 2; from++) if (chunk[from] == 0) zeros++;
		return Optional.of(new String[] { new String(chunk, 0, end, StandardCharsets.ISO_8859_1),
			new String(chunk, from, chunk.length - from, StandardCharsets.UTF_8) });
	}

	private void size(final long at, final long length) throws IOException {
		if (width != 0) return;
		final ByteBuffer b = bytes.at(at + 8, 13);
		width = b.getInt();
		height = b.getInt();
		bits = b.get();
		colours = b.get();
		Pieces.add(pieces, at, Math.min(length + 12, bytes.size() - at));
	}

	/**
	 * The first that is sound counts, as in libpng. Of a palette it is for the decoder; of grey and colours it is here;
	 * pictures with an alpha channel must have none.
	 */
	private void transparency(final long at, final long length) throws IOException {
		final boolean sound = switch (colours) {
			case GREY -> length == 2;
			case RGB -> length == 6;
			case PALETTE -> length > 0 && length <= entries;
			default -> false;
		};
		if (!sound || transparent.length > 0) return;
		final byte[] chunk = bytes.at(at + 4, length + 8).array();
		final CRC32 sum = new CRC32();
		sum.update(chunk, 0, chunk.length - 4);
		if ((int) sum.getValue() != ByteBuffer.wrap(chunk).getInt(chunk.length - 4)) return;
		transparent = Arrays.copyOfRange(chunk, 4, chunk.length - 4);
		if (colours == PALETTE) Pieces.add(pieces, at, length + 12);
	}

	/** Notes that are damaged, or stand where they do not count, are as good as none. */
	private void note(final String name, final long at, final long length, final boolean pixels) throws IOException {
		if (length > bytes.size() - at) return;
		// The chunk that the C2PA specification gives to manifests.
		if (name.equals("caBX")) manifest = Optional.of(bytes.at(at, (int) Math.min(length, Manifest.LONGEST)).array());
		if (length > LONGEST) return;
		switch (name) {
			case "iCCP" -> {
				if (!pixels) profile = profile.or(() -> inflated(at, length).flatMap(ColourProfile::of))
					.filter(p -> p.grey() == (colours == GREY || colours == 4));
			}
			case "cICP" -> {
				// Matrix 0 is RGB, and 1 the full range.
				final byte[] c = length == 4 ? bytes.at(at, 4).array() : new byte[4];
				if (!pixels && c[2] == 0 && c[3] == 1) codes = Optional.of(new int[] { c[0] & 0xff, c[1] & 0xff });
			}
			case "sRGB" -> standard |= !pixels && length == 1;
			case "gAMA" -> {
				if (!pixels && length == 4) gamma = bytes.at(at, 4).getInt(0) & 0xffffffffL;
			}
			case "cHRM" -> {
				if (!pixels && length == 32) chromaticities = Optional.of(numbers(bytes.at(at, 32)));
			}
			case "pHYs" -> {
				final ByteBuffer b = length >= 9 ? bytes.at(at, 9) : ByteBuffer.allocate(9);
				if (!pixels && b.get(8) == METRE) size = PixelSize.ofDots(whole(b.getInt(0) & 0xffffffffL),
					whole(b.getInt(4) & 0xffffffffL), PixelSize.INCH);
			}
			case "iTXt" -> text(bytes.at(at, length).array()).filter(t -> t[0].equals(XMP))
				.ifPresent(t -> origin = origin.or(Xmp.read(t[1])));
			case "eXIf" -> {
				if (exif.isEmpty()) exif = TiffDirectory.exif(bytes.at(at, length).array());
			}
			case "tEXt", "zTXt" -> {
				for (final String keyword : RAW) {
					if (rawExif.isPresent() || length <= keyword.length() || !bytes.has(at, keyword)) continue;
					final long text = at + keyword.length();
					final long rest = length - keyword.length();
					rawExif = (name.equals("zTXt") ? inflated(at, length) : Optional.of(bytes.at(text, rest).array()))
						.flatMap(PngHeader::exif);
				}
			}
			default -> {
				// Nothing that concerns pixels.
			}
		}
	}

	/** EXIF as a text: a word, the number of bytes, and these in hexadecimal digits on many lines. */
	private static Optional<TiffDirectory> exif(final byte[] text) {
		final String[] words = new String(text, StandardCharsets.ISO_8859_1).strip().split("\\s+", 3);
		try {
			return words.length < 3 ? Optional.empty()
				: TiffDirectory.exif(HexFormat.of().parseHex(words[2].replaceAll("\\s", "")));
		}
		catch (final IllegalArgumentException e) {
			return Optional.empty();
		}
	}

	private static long[] numbers(final ByteBuffer b) {
		final long[] all = new long[8];
		for (int i = 0; i < all.length; i++) all[i] = b.getInt(4 * i) & 0xffffffffL;
		return all;
	}

	/** The first of these counts (PNG 3, section 4.3). Code points that no profile can say leave the others to it. */
	private Optional<ColourProfile> meant() {
		final boolean grey = colours == GREY || colours == 4;
		final Optional<ColourProfile> coded = codes.flatMap(c -> PngColours.ofCodes(c[0], c[1], grey));
		if (coded.isPresent() || profile.isPresent()) return coded.or(() -> profile);
		return standard || codes.isPresent() ? Optional.empty() : PngColours.of(gamma, chromaticities, grey);
	}

	/** Dots per inch from whole dots per metre: 11811 stands for 300, which it cannot say. */
	static double whole(final long dots) {
		final double dpi = dots * PixelSize.INCH;
		return Math.round(Math.rint(dpi) / PixelSize.INCH) == dots ? Math.rint(dpi) : dpi;
	}

	private Optional<byte[]> inflated(final long at, final long length) {
		try {
			final byte[] chunk = bytes.at(at, length).array();
			int name = 0;
			while (name < chunk.length && chunk[name] != 0) name++;
			// The zero, and the number of the only method there is.
			if (name + 2 >= chunk.length) return Optional.empty();
			try (InflaterInputStream in =
				new InflaterInputStream(new ByteArrayInputStream(chunk, name + 2, chunk.length - name - 2)))
			{
				return Optional.of(in.readNBytes(ColourProfile.LONGEST));
			}
		}
		catch (final IOException e) {
			return Optional.empty();
		}
	}

	/**
	 * With transparency for the one level or colour that is said to be transparent; of its numbers only as many bits
	 * count as samples have.
	 */
	private BufferedImage withKey(final BufferedImage decoded) throws IOException {
		final Raster raster = decoded.getRaster();
		final int n = colours == GREY ? 1 : 3;
		if (raster.getNumBands() != n) throw new Broken("a transparent colour of another kind than the picture's");
		final int[] key = new int[n];
		for (int c = 0; c < n; c++) key[c] = ByteBuffer.wrap(transparent).getShort(2 * c) & (1 << bits) - 1;
		if (bits < 8) return new BufferedImage(levels(key[0]), decoded.getRaster(), false, null);
		final ComponentColorModel colors =
			new ComponentColorModel(ColorSpace.getInstance(n == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB), true,
				false, Transparency.TRANSLUCENT, raster.getTransferType());
		final WritableRaster out = Raster.createInterleavedRaster(raster.getTransferType(), width, height, n + 1, null);
		final int[] row = new int[width * n];
		final int[] keyed = new int[width * (n + 1)];
		for (int y = 0; y < height; y++) {
			raster.getPixels(0, y, width, 1, row);
			for (int x = 0; x < width; x++) {
				boolean same = true;
				for (int c = 0; c < n; c++) {
					keyed[x * (n + 1) + c] = row[x * n + c];
					same &= row[x * n + c] == key[c];
				}
				keyed[x * (n + 1) + n] = same ? 0 : (1 << bits) - 1;
			}
			out.setPixels(0, y, width, 1, keyed);
		}
		return new BufferedImage(colors, out, false, null);
	}

	private IndexColorModel levels(final int key) {
		final int size = 1 << bits;
		final byte[] grey = new byte[size];
		for (int i = 0; i < size; i++) grey[i] = (byte) (i * 255 / (size - 1));
		return new IndexColorModel(bits, size, grey, grey, grey, key);
	}
}
