package org.layerj.io;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.layerj.layers.Lut;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;

/**
 * Converts {@code BufferedImage} to and from {@link RgbaImage}.
 * <p>
 * Samples are kept as stored. {@code BufferedImage.getRGB} is avoided where it would convert: it treats grey as linear
 * light and brightens it, and it applies colour profiles, unlike ImageJ and the model's training data.
 */
public final class Pixels {

	private Pixels() {}

	/**
	 * The picture as straight 8-bit RGBA. 16-bit samples are scaled and rounded; empty for other pixel types (float,
	 * CMYK …).
	 *
	 * @param image any
	 * @return its picture, copied
	 */
	public static Optional<RgbaImage> of(final BufferedImage image) {
		final ColorModel colors = image.getColorModel();
		if (colors instanceof IndexColorModel palette) return Optional.of(palette(image.getRaster(), palette));
		if (colors instanceof PackedColorModel) return Optional.of(RgbaImage.ofArgb(image.getWidth(), image.getHeight(),
			image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())));
		final int space = colors.getColorSpace().getType();
		final int type = image.getRaster().getTransferType();
		if (space != ColorSpace.TYPE_GRAY && space != ColorSpace.TYPE_RGB
			|| type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) return Optional.empty();
		return Optional.of(components(image.getRaster(), space == ColorSpace.TYPE_RGB, colors.hasAlpha(),
			colors.isAlphaPremultiplied()));
	}

	/**
	 * The samples of a picture with 16-bit grey or RGB; empty for any other, and for premultiplied alpha.
	 *
	 * @param image any
	 * @return its samples, copied
	 */
	public static Optional<Samples> samples(final BufferedImage image) {
		final ColorModel colors = image.getColorModel();
		final int space = colors.getColorSpace().getType();
		if (!(colors instanceof ComponentColorModel) || image.getRaster().getTransferType() != DataBuffer.TYPE_USHORT
			|| colors.isAlphaPremultiplied() || space != ColorSpace.TYPE_GRAY && space != ColorSpace.TYPE_RGB
			|| Arrays.stream(colors.getComponentSize()).anyMatch(bits -> bits != 16)) return Optional.empty();
		final Raster raster = image.getRaster();
		final int channels = space == ColorSpace.TYPE_RGB ? 3 : 1;
		final List<short[]> planes = new ArrayList<>();
		final int[] row = new int[image.getWidth()];
		for (int c = 0; c < channels; c++) {
			final short[] plane = new short[image.getWidth() * image.getHeight()];
			for (int y = 0; y < image.getHeight(); y++) {
				raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, c, row);
				for (int x = 0; x < row.length; x++) plane[y * row.length + x] = (short) row[x];
			}
			planes.add(plane);
		}
		return Optional.of(Samples.of(channels == 1 ? GREY16 : RGB16, image.getWidth(), image.getHeight(), planes));
	}

	/** Formats of 16-bit files: PNG can hold them as they are, shown over their whole range. */
	/** Format of 16-bit grey files: black is 0, white 65535. */
	public static final SampleFormat GREY16 =
		new SampleFormat(Type.U16, List.of(new Channel("", Lut.GREY, 0, 65535, true)));
	/** Format of 16-bit RGB files. */
	public static final SampleFormat RGB16 = new SampleFormat(Type.U16,
		List.of(new Channel("Red", Lut.ramp(0xff0000), 0, 65535, true),
			new Channel("Green", Lut.ramp(0x00ff00), 0, 65535, true),
			new Channel("Blue", Lut.ramp(0x0000ff), 0, 65535, true)));

	/**
	 * For writing: the samples where a file can hold them, else what is seen.
	 *
	 * @param image what is seen, with straight alpha
	 */
	static BufferedImage toBuffered(final RgbaImage image, final Optional<Samples> samples) {
		if (samples.isEmpty() || !samples.get().format().equals(GREY16) && !samples.get().format().equals(RGB16))
			return toBuffered(image);
		final Samples v = samples.get();
		final int bands = v.channels() + 1;
		final ColorSpace space = ColorSpace.getInstance(v.channels() == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
		final ColorModel colors =
			new ComponentColorModel(space, true, false, Transparency.TRANSLUCENT, DataBuffer.TYPE_USHORT);
		final WritableRaster raster =
			Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, image.width(), image.height(), bands, null);
		final short[] data = ((DataBufferUShort) raster.getDataBuffer()).getData();
		for (int c = 0; c < v.channels(); c++) {
			final short[] plane = (short[]) v.plane(c);
			for (int i = 0; i < plane.length; i++) data[i * bands + c] = plane[i];
		}
		final byte[] alpha = image.plane(RgbaImage.ALPHA);
		for (int i = 0; i < alpha.length; i++) data[i * bands + bands - 1] = (short) ((alpha[i] & 0xff) * 257);
		return new BufferedImage(colors, raster, false, null);
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

	private static RgbaImage components(final Raster raster, final boolean color, final boolean alpha,
		final boolean premultiplied)
	{
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
					out.plane(c)[i] = (byte) (premultiplied && alphaBand >= 0 ? a == 0 ? 0 : scale(Math.min(v, a), a)
						: scale(v, max[bandOf[c]]));
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
