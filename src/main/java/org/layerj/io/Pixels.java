package org.layerj.io;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.util.Optional;
import org.layerj.layers.RgbaImage;

/**
 * Pictures of the Java library to and from {@link RgbaImage}.
 *
 * <p>Samples are taken as the file holds them. {@code BufferedImage.getRGB} is avoided where it would convert: it takes grey for
 * linear light and brightens it, and it applies colour profiles, which ImageJ and the model's training data do not.
 */
public final class Pixels {

	private Pixels() {}

	/** Straight 8-bit RGBA. 16-bit samples are scaled and rounded; empty with kinds of pixels that are no picture to look at (float, CMYK …). */
	public static Optional<RgbaImage> of(final BufferedImage image) {
		final ColorModel colors = image.getColorModel();
		if (colors instanceof IndexColorModel palette) return Optional.of(palette(image.getRaster(), palette));
		if (colors instanceof PackedColorModel) return Optional.of(RgbaImage.ofArgb(image.getWidth(), image.getHeight(), image.getRGB(0, 0, image.getWidth(), image
			.getHeight(), null, 0, image.getWidth())));
		final int space = colors.getColorSpace().getType();
		final int type = image.getRaster().getTransferType();
		if (space != ColorSpace.TYPE_GRAY && space != ColorSpace.TYPE_RGB || type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) return Optional.empty();
		return Optional.of(components(image.getRaster(), space == ColorSpace.TYPE_RGB, colors.hasAlpha(), colors.isAlphaPremultiplied()));
	}

	/** For writing: straight alpha, colour under alpha 0 included. */
	static BufferedImage toBuffered(final RgbaImage image) {
		final BufferedImage out = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_ARGB);
		// The raster, not setRGB: the same pixels, but without a detour through the colour model.
		out.getRaster().setDataElements(0, 0, image.width(), image.height(), image.argb());
		return out;
	}

	private static RgbaImage palette(final Raster raster, final IndexColorModel palette) {
		final int[] colors = new int[palette.getMapSize()];
		palette.getRGBs(colors);
		final int width = raster.getWidth();
		final int[] argb = new int[width * raster.getHeight()];
		final int[] row = new int[width];
		for (int y = 0; y < raster.getHeight(); y++) {
			raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
			for (int x = 0; x < width; x++) argb[y * width + x] = row[x] < colors.length ? colors[row[x]] : 0xff000000;
		}
		return RgbaImage.ofArgb(width, raster.getHeight(), argb);
	}

	private static RgbaImage components(final Raster raster, final boolean color, final boolean alpha, final boolean premultiplied) {
		final int width = raster.getWidth();
		final int bands = raster.getNumBands();
		final int alphaBand = alpha ? color ? 3 : 1 : -1;
		final int[] bandOf = { 0, color ? 1 : 0, color ? 2 : 0, alphaBand };
		final int[] max = raster.getSampleModel().getSampleSize();
		for (int b = 0; b < bands; b++) max[b] = (1 << Math.min(max[b], 16)) - 1;
		final RgbaImage out = RgbaImage.blank(width, raster.getHeight());
		final int[] row = new int[width * bands];
		for (int y = 0; y < raster.getHeight(); y++) {
			raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
			for (int x = 0; x < width; x++) {
				final int a = alphaBand < 0 ? max[0] : row[x * bands + alphaBand];
				final int i = y * width + x;
				out.plane(RgbaImage.ALPHA)[i] = (byte) (alphaBand < 0 ? 255 : scale(a, max[alphaBand]));
				for (int c = 0; c < 3; c++) {
					final int v = row[x * bands + bandOf[c]];
					out.plane(c)[i] = (byte) (premultiplied && alphaBand >= 0 ? a == 0 ? 0 : scale(Math.min(v, a), a) : scale(v, max[bandOf[c]]));
				}
			}
		}
		return out;
	}

	/** 0 … max to 0 … 255, rounded to the nearest. */
	private static int scale(final int value, final int max) {
		return (int) ((value * 255L + max / 2) / max);
	}
}
