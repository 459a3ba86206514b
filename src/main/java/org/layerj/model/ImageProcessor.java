package org.layerj.model;

import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ProcessorConfig;
import org.layerj.layers.PillowResize;
import org.layerj.layers.PillowResize.Filter;

/**
 * Prepares a picture for {@link QwenVision}: a size the tower can cut into patches, normalised colours, and the
 * patches' order.
 */
public final class ImageProcessor {

	/** Longest side over shortest side that the reference accepts. */
	private static final int MAX_RATIO = 200;
	private static final Filter[] BY_NUMBER = { null, Filter.LANCZOS, Filter.BILINEAR, Filter.BICUBIC, Filter.BOX };

	private final ProcessorConfig config;

	public ImageProcessor(final ProcessorConfig config) {
		this.config = config;
	}

	public ProcessorConfig config() {
		return config;
	}

	/**
	 * A picture in patches.
	 * <p>
	 * Patches of one feature ({@code merge × merge} of them) follow each other row by row, and features follow in the
	 * same way.
	 *
	 * @param rows patches from top to bottom
	 * @param columns patches from left to right
	 * @param values {@code rows · columns} rows of {@code 3 · patch · patch} numbers: red, green and blue of a patch,
	 * each row by row
	 */
	public record Patches(int rows, int columns, float[] values) {}

	/**
	 * A picture's colours in front of white: {@code (colour · alpha + 255 · (255 − alpha)) / 255}, rounded as Pillow
	 * does.
	 */
	public static byte[][] overWhite(final byte[][] rgba) {
		if (rgba.length != 4) throw new IllegalArgumentException("Four planes are needed, not " + rgba.length);
		final byte[][] rgb = new byte[3][rgba[0].length];
		for (int c = 0; c < 3; c++) {
			for (int i = 0; i < rgb[c].length; i++) {
				final int alpha = rgba[3][i] & 255;
				final int t = ((rgba[c][i] & 255) * alpha + 255 * (255 - alpha) << 7) + (0x80 << 7);
				rgb[c][i] = (byte) ((t >> 8) + t >> 8 >> 7);
			}
		}
		return rgb;
	}

	/**
	 * Width and height a picture is brought to: multiples of a feature's size, with an area within the limits.
	 *
	 * @throws ModelException if one side is more than 200 times the other
	 */
	public int[] size(final int width, final int height) {
		if (width < 1 || height < 1)
			throw new IllegalArgumentException("Pictures have at least one pixel: " + width + "×" + height);
		if (Math.max(width, height) > (long) MAX_RATIO * Math.min(width, height)) throw new ModelException(
			"A picture of " + width + "×" + height + " pixels is too narrow to be described; type a prompt instead.");
		final int unit = config.patch() * config.merge();
		final double area = (double) width * height;
		double w = Math.rint((double) width / unit) * unit;
		double h = Math.rint((double) height / unit) * unit;
		if (w * h > config.maxPixels()) {
			final double shrink = Math.sqrt(area / config.maxPixels());
			w = Math.max(unit, Math.floor(width / shrink / unit) * unit);
			h = Math.max(unit, Math.floor(height / shrink / unit) * unit);
		}
		else if (w * h < config.minPixels()) {
			final double grow = Math.sqrt(config.minPixels() / area);
			w = Math.ceil(width * grow / unit) * unit;
			h = Math.ceil(height * grow / unit) * unit;
		}
		return new int[] { Math.max(unit, (int) w), Math.max(unit, (int) h) };
	}

	/** The patches of a picture of three planes, each {@code width · height} bytes. */
	public Patches patches(final byte[][] rgb, final int width, final int height) {
		if (rgb.length != 3) throw new IllegalArgumentException("Three planes are needed, not " + rgb.length);
		final int[] size = size(width, height);
		final byte[][] planes = PillowResize.planes(rgb, width, height, size[0], size[1], BY_NUMBER[config.resample()]);
		final float[][] normal = new float[3][256];
		for (int c = 0; c < 3; c++) {
			for (int v = 0; v < 256; v++)
				normal[c][v] = ((float) (v * config.rescale()) - (float) config.mean()[c]) / (float) config.std()[c];
		}
		final int patch = config.patch();
		final int merge = config.merge();
		final int rows = size[1] / patch;
		final int columns = size[0] / patch;
		final float[] values = new float[Math.multiplyExact(rows * columns, 3 * patch * patch)];
		int to = 0;
		for (int unit = 0; unit < rows * columns / (merge * merge); unit++) {
			for (int inside = 0; inside < merge * merge; inside++) {
				final int top = (unit / (columns / merge) * merge + inside / merge) * patch;
				final int left = (unit % (columns / merge) * merge + inside % merge) * patch;
				for (int c = 0; c < 3; c++) {
					for (int y = top; y < top + patch; y++)
						for (int x = left; x < left + patch; x++)
							values[to++] = normal[c][planes[c][y * size[0] + x] & 255];
				}
			}
		}
		return new Patches(rows, columns, values);
	}
}
