package org.layerj.io.header;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * What the samples of a TIFF page mean, and what has to be done to them: differences are summed up, white that is zero
 * is turned round, a palette's colours are looked up, premultiplied colours are divided by their alpha. A further
 * sample is alpha only if the file says so: {@code ExtraSamples} is 1 or 2.
 * <p>
 * Of less than 8 bits the decoder knows only single samples; several are given to it as so many grey pixels. Where bits
 * are not a power of two, it spreads them over 8 or 16.
 */
final class TiffSamples implements PictureHeader.Meaning {

	static final int DIFFERENCES = 2;
	private static final int PREMULTIPLIED = 1, STRAIGHT = 2;
	private static final int OLD_JPEG = 6, JPEG = 7;

	private final int photometric;
	private final int bits;
	private final int samples;
	private final boolean differences;
	private final int tile;
	private final long[] palette;
	private final int alpha;
	private final boolean premultiplied;

	TiffSamples(final TiffDirectory d) throws IOException {
		final int said = (int) d.number(TiffPage.PHOTOMETRIC, TiffPage.BLACK_IS_ZERO);
		samples = (int) d.number(TiffPage.SAMPLES, 1);
		final long[] extra = d.numbers(TiffPage.EXTRA);
		// Writers of stacks call three samples grey; without a word on what else they are, they are colours.
		photometric = said <= TiffPage.BLACK_IS_ZERO && samples >= 3 && extra.length == 0 ? TiffPage.RGB : said;
		bits = (int) d.number(TiffPage.BITS, 1);
		differences = TiffPage.predictor(d) == DIFFERENCES;
		tile = (int) Math.min(Integer.MAX_VALUE, d.number(TiffPage.TILE_WIDTH, Integer.MAX_VALUE));
		palette = indexed() ? d.numbers(TiffPage.COLOURS) : new long[0];
		if (indexed() && palette.length < 3 << bits) throw new Broken("a palette that is too short");
		// Several further samples: the first that is alpha counts.
		final int first = indexed() ? 1 : colours();
		final int found = IntStream.range(0, extra.length)
			.filter(i -> extra[i] == PREMULTIPLIED || extra[i] == STRAIGHT)
			.findFirst()
			.orElse(-1);
		alpha = found < 0 || first + found >= samples ? -1 : first + found;
		premultiplied = found >= 0 && extra[found] == PREMULTIPLIED;
		if (d.number(259, 1) == OLD_JPEG || d.number(259, 1) == JPEG) return;
		if (tile < 1) throw new Broken("tiles without a width");
	}

	/** Whether the decoder gets every sample as a pixel of its own. */
	boolean packed() {
		return bits < 8 && samples > 1;
	}

	boolean indexed() {
		return photometric == TiffPage.INDEXED;
	}

	boolean ycbcr() {
		return photometric == TiffPage.YCBCR;
	}

	/** Samples of colour that the picture has: 1 or 3. */
	int colours() {
		return photometric == TiffPage.WHITE_IS_ZERO || photometric == TiffPage.BLACK_IS_ZERO ? 1 : 3;
	}

	@Override
	public BufferedImage of(final BufferedImage decoded) throws IOException {
		final WritableRaster raster = packed() ? unpacked(decoded.getRaster()) : decoded.getRaster();
		if (raster.getNumBands() < (indexed() ? 1 : colours())) throw new Broken("fewer samples than it declares");
		if (differences) sumUp(raster);
		if (photometric == TiffPage.WHITE_IS_ZERO) invert(raster);
		if (indexed()) return lookedUp(raster);
		// The decoder's own palette of greys.
		if (!packed() && decoded.getColorModel() instanceof IndexColorModel) return decoded;
		final int n = colours();
		final boolean seen = alpha >= 0 && alpha < raster.getNumBands();
		final int[] bands = IntStream.range(0, seen ? n + 1 : n).map(b -> b < n ? b : alpha).toArray();
		final int type = raster.getTransferType();
		if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) return decoded;
		final ComponentColorModel colors =
			new ComponentColorModel(ColorSpace.getInstance(n == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB), seen,
				false, seen ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
		final WritableRaster pixels =
			raster.createWritableChild(0, 0, raster.getWidth(), raster.getHeight(), 0, 0, bands);
		if (seen && premultiplied) divide(pixels, n);
		return new BufferedImage(colors, pixels, false, null);
	}

	/** Spread over 8 bits. */
	private WritableRaster unpacked(final Raster packed) {
		final int most = most(packed);
		final WritableRaster out = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, packed.getWidth() / samples,
			packed.getHeight(), samples, null);
		final int[] row = new int[packed.getWidth()];
		for (int y = 0; y < packed.getHeight(); y++) {
			packed.getSamples(0, y, row.length, 1, 0, row);
			for (int x = 0; x < row.length; x++) row[x] = (row[x] * 255 + most / 2) / most;
			out.setPixels(0, y, out.getWidth(), 1, row);
		}
		return out;
	}

	private static int most(final Raster raster) {
		return (1 << raster.getSampleModel().getSampleSize(0)) - 1;
	}

	private static void divide(final WritableRaster raster, final int alpha) {
		final int most = most(raster);
		final int[] row = new int[raster.getWidth()];
		final int[] cover = new int[raster.getWidth()];
		for (int y = 0; y < raster.getHeight(); y++) {
			raster.getSamples(0, y, row.length, 1, alpha, cover);
			for (int c = 0; c < alpha; c++) {
				raster.getSamples(0, y, row.length, 1, c, row);
				for (int x = 0; x < row.length; x++)
					row[x] = cover[x] == 0 ? 0
						: (int) (((long) Math.min(row[x], cover[x]) * most + cover[x] / 2) / cover[x]);
				raster.setSamples(0, y, row.length, 1, c, row);
			}
		}
	}

	/** Along each row, and in tiles anew at each tile's edge. */
	private void sumUp(final WritableRaster raster) {
		final int mask = (1 << bits) - 1;
		final int[] row = new int[raster.getWidth()];
		for (int b = 0; b < raster.getNumBands(); b++) for (int y = 0; y < raster.getHeight(); y++) {
			raster.getSamples(0, y, row.length, 1, b, row);
			for (int x = 1; x < row.length; x++) if (x % tile != 0) row[x] = row[x] + row[x - 1] & mask;
			raster.setSamples(0, y, row.length, 1, b, row);
		}
	}

	private void invert(final WritableRaster raster) {
		final int most = most(raster);
		final int[] row = new int[raster.getWidth()];
		for (int y = 0; y < raster.getHeight(); y++) {
			raster.getSamples(0, y, row.length, 1, 0, row);
			for (int x = 0; x < row.length; x++) row[x] = most - row[x];
			raster.setSamples(0, y, row.length, 1, 0, row);
		}
	}

	/**
	 * Palettes have 16 bits, into which 8 were put in one of two ways (times 256, times 257): the upper ones are right
	 * for both.
	 */
	private BufferedImage lookedUp(final Raster raster) {
		final int n = 1 << bits;
		final int most = most(raster);
		final boolean low = IntStream.range(0, 3 * n).allMatch(i -> palette[i] < 256);
		final BufferedImage out = new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_INT_ARGB);
		final int[] row = new int[raster.getWidth()];
		final int[] cover = new int[raster.getWidth()];
		for (int y = 0; y < raster.getHeight(); y++) {
			raster.getSamples(0, y, row.length, 1, 0, row);
			if (alpha > 0 && alpha < raster.getNumBands()) raster.getSamples(0, y, row.length, 1, alpha, cover);
			for (int x = 0; x < row.length; x++) {
				final int i = (int) (((long) row[x] * (n - 1) + most / 2) / most);
				int argb = (alpha > 0 ? (int) (cover[x] * 255L / most) : 255) << 24;
				// Few programs write 8 bits into the lower ones.
				for (int c = 0; c < 3; c++)
					argb |= (int) (low ? palette[c * n + i] : palette[c * n + i] >> 8) << 16 - 8 * c;
				row[x] = argb;
			}
			out.getRaster().setDataElements(0, y, row.length, 1, row);
		}
		return out;
	}
}
