package org.layerj.io.header;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One page of a TIFF. The decoder gets a TIFF of this page alone with a directory made anew, in which stands only what
 * it needs to find the samples: no profile, no palette, no predictor, and alpha wherever there is a further sample.
 * What the samples mean is said by {@link TiffSamples}. That way a BigTIFF is as good as any as long as its pixels lie
 * within the first 4 GB, and notes that are damaged do no harm.
 *
 * @param bytes of the file
 * @param directory of the page
 */
public record TiffPage(PictureBytes bytes, TiffDirectory directory) {

	static final int BITS = 258, PHOTOMETRIC = 262, SAMPLES = 277, PLANAR = 284, PREDICTOR = 317, COLOURS = 320,
		TILE_WIDTH = 322, EXTRA = 338, FORMAT = 339;
	private static final int COMPRESSION = 259, OFFSETS = 273, ROWS = 278, LENGTHS = 279, TILE_HEIGHT = 323,
		TILE_OFFSETS = 324, TILE_LENGTHS = 325;
	static final int WHITE_IS_ZERO = 0, BLACK_IS_ZERO = 1, RGB = 2, INDEXED = 3, SEPARATED = 5, YCBCR = 6;
	private static final int SENSOR = 32803, LINEAR = 34892;
	/**
	 * Needed by some decompressors, and copied as they are: fill order, fax options, JPEG tables, how YCbCr is coded.
	 */
	private static final int[] COPIED = { 266, 292, 293, 347, 512, 513, 514, 515, 519, 520, 521, 529, 530, 531, 532 };
	private static final Map<Integer, String> COMPRESSIONS =
		Map.ofEntries(Map.entry(32809, "ThunderScan"), Map.entry(32766, "NeXT"), Map.entry(33003, "JPEG 2000"),
			Map.entry(33004, "JPEG 2000"), Map.entry(33005, "JPEG 2000"), Map.entry(34712, "JPEG 2000"),
			Map.entry(34661, "JBIG"), Map.entry(34676, "SGILog"), Map.entry(34677, "SGILog"), Map.entry(34887, "LERC"),
			Map.entry(34892, "lossy JPEG of raw files"), Map.entry(34925, "LZMA"), Map.entry(34926, "Zstandard"),
			Map.entry(34927, "WebP"), Map.entry(50000, "Zstandard"), Map.entry(50001, "WebP"),
			Map.entry(50002, "JPEG XL"), Map.entry(52546, "JPEG XL"));
	/** None, three of fax machines, LZW, JPEG old and new, ZIP by two numbers, PackBits. */
	private static final List<Integer> KNOWN = List.of(1, 2, 3, 4, 5, 6, 7, 8, 32946, 32773);
	private static final List<Integer> WITH_PREDICTOR = List.of(5, 8, 32946);
	private static final int NONE = 1, OLD_JPEG = 6, SEPARATE = 2;
	/** Beyond it are the types of BigTIFF. */
	private static final int LAST_TYPE = 13;

	/**
	 * What there is to know of the page before its samples are decoded.
	 *
	 * @return size, kind of pixels and notes
	 * @throws IOException if the file cannot be read, or ({@link Broken}) is damaged
	 */
	public PictureHeader header() throws IOException {
		final int width = side(TiffDirectory.WIDTH);
		final int height = side(TiffDirectory.HEIGHT);
		final Optional<String> obstacle = obstacle();
		final TiffSamples samples = new TiffSamples(directory);
		return new PictureHeader("tiff", width, height, directory.orientation(),
			directory.notes(samples.colours() == 1), obstacle,
			obstacle.isPresent() ? List.of() : pieces(width, height, samples), samples);
	}

	private int side(final int tag) throws IOException {
		final long side = directory.number(tag, 0);
		if (side < 1 || side > Integer.MAX_VALUE) throw new Broken("a page of "
			+ directory.number(TiffDirectory.WIDTH, 0) + " × " + directory.number(TiffDirectory.HEIGHT, 0) + " pixels");
		return (int) side;
	}

	private Optional<String> obstacle() throws IOException {
		final int compression = (int) directory.number(COMPRESSION, NONE);
		if (!KNOWN.contains(compression)) return Optional.of("is a TIFF compressed with "
			+ COMPRESSIONS.getOrDefault(compression, "scheme " + compression)
			+ ", which cannot be read; save it uncompressed or with LZW or ZIP compression first (for example tiffcp -c lzw)");
		final int photometric = (int) directory.number(PHOTOMETRIC, BLACK_IS_ZERO);
		if (photometric == SEPARATED)
			return Optional.of("is in CMYK, the colours of printing; convert it to RGB first");
		if (photometric == SENSOR || photometric == LINEAR)
			return Optional.of("is a camera's raw picture, which cannot be read; develop it and save it as TIFF first");
		if (photometric > INDEXED && photometric != YCBCR) return Optional.of(
			unsupported(photometric >= 8 && photometric <= 10 ? "colours in Lab" : "colours of kind " + photometric));
		final long[] bits = directory.has(BITS) ? directory.numbers(BITS) : new long[] { 1 };
		if (Arrays.stream(bits).distinct().count() > 1) return Optional.of(unsupported("samples of different sizes"));
		final int format = (int) directory.number(FORMAT, 1);
		if (format == 2) return Optional.of(unsupported("signed numbers"));
		if (format == 3) return Optional.of(unsupported("floating point"));
		if (format > 4 || bits[0] > 16 || bits[0] < 1) return Optional.of(unsupported(bits[0] + " bits per sample"));
		if (bits[0] < 8 && directory.number(SAMPLES, 1) > 1
			&& (directory.number(PLANAR, 1) == SEPARATE || photometric == YCBCR))
			return Optional.of(unsupported(
				bits[0] + " bits per sample " + (photometric == YCBCR ? "of YCbCr" : "in separate planes")));
		final long predictor = predictor(directory);
		if (predictor > TiffSamples.DIFFERENCES || predictor == TiffSamples.DIFFERENCES && bits[0] % 8 != 0)
			return Optional.of(unsupported("predictor " + predictor + " with " + bits[0] + " bits per sample"));
		return Optional.empty();
	}

	/** How samples were changed before they were compressed; schemes that do not know of it leave it out. */
	static long predictor(final TiffDirectory d) throws IOException {
		return WITH_PREDICTOR.contains((int) d.number(COMPRESSION, NONE)) ? d.number(PREDICTOR, 1) : 1;
	}

	private static String unsupported(final String what) {
		return "has pixels of an unsupported kind (" + what
			+ "; only 8 and 16 bits of grey or RGB, with or without alpha, are); convert it to RGB first";
	}

	private List<Piece> pieces(final int width, final int height, final TiffSamples samples) throws IOException {
		final TiffOut out = new TiffOut(directory.order(), bytes.size() + (bytes.size() & 1));
		final int compression = (int) directory.number(COMPRESSION, NONE);
		final int photometric = samples.packed() ? BLACK_IS_ZERO
			: samples.ycbcr() ? YCBCR : samples.colours() == 3 && !samples.indexed() ? RGB : BLACK_IS_ZERO;
		final int each = (int) directory.number(BITS, 1);
		final int said = (int) directory.number(SAMPLES, 1);
		if (said < 1 || said > 1000) throw new Broken(said + " samples per pixel");
		final int count = samples.packed() ? 1 : said;
		final int across = samples.packed() ? said : 1;
		if ((long) width * across > Integer.MAX_VALUE) throw new Broken("a row of more samples than there can be");
		out.longs(TiffDirectory.WIDTH, (long) width * across);
		out.longs(TiffDirectory.HEIGHT, height);
		out.shorts(BITS, repeated(each, count));
		out.shorts(COMPRESSION, compression);
		out.shorts(PHOTOMETRIC, photometric);
		out.shorts(SAMPLES, count);
		final int colours = photometric == BLACK_IS_ZERO ? 1 : 3;
		if (count > colours) out.shorts(EXTRA, repeated(2, count - colours));
		if (directory.has(PLANAR)) out.shorts(PLANAR, (int) directory.number(PLANAR, 1));
		final boolean tiles = directory.has(TILE_WIDTH);
		if (tiles) {
			out.longs(TILE_WIDTH, directory.number(TILE_WIDTH, 0) * across);
			out.longs(TILE_HEIGHT, directory.number(TILE_HEIGHT, 0));
		}
		else out.longs(ROWS, Math.min(height, directory.number(ROWS, height)));
		final long[] offsets = directory.numbers(tiles && directory.has(TILE_OFFSETS) ? TILE_OFFSETS : OFFSETS);
		// Old JPEG has other ways to say where its data are.
		if (offsets.length == 0 && compression != OLD_JPEG) throw new Broken("no pixels in it");
		out.longs(tiles ? TILE_OFFSETS : OFFSETS, within(offsets));
		out.longs(tiles ? TILE_LENGTHS : LENGTHS, lengths(offsets,
			directory.numbers(tiles && directory.has(TILE_LENGTHS) ? TILE_LENGTHS : LENGTHS), compression));
		for (final int tag : COPIED) {
			if (directory.type(tag) > LAST_TYPE) out.longs(tag, directory.numbers(tag));
			else if (directory.has(tag)) out.raw(tag, directory.type(tag), directory.raw(tag));
		}
		return out.pieces(bytes);
	}

	private static long[] repeated(final long value, final int count) {
		final long[] all = new long[count];
		Arrays.fill(all, value);
		return all;
	}

	private long[] within(final long[] offsets) throws Broken {
		for (final long offset : offsets) {
			if (offset < 0 || offset > bytes.size()) throw new Broken("pixels beyond the end");
			if (offset > 0xffff_ffffL) throw new Broken("pixels beyond 4 GB, which a TIFF cannot address");
		}
		return offsets;
	}

	/** Lengths of strips; where there are none, up to the next or the end. */
	private long[] lengths(final long[] offsets, final long[] lengths, final int compression) throws Broken {
		final long[] out = new long[offsets.length];
		for (int i = 0; i < out.length; i++) {
			final long rest = bytes.size() - offsets[i];
			if (i < lengths.length && lengths[i] > rest && (compression != NONE || out.length > 1))
				throw new Broken("pixels beyond the end");
			out[i] = i < lengths.length && lengths[i] > 0 ? Math.min(rest, lengths[i]) : rest;
		}
		return out;
	}
}
