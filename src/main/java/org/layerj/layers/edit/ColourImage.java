package org.layerj.layers.edit;

import java.util.Arrays;
import org.layerj.layers.Diffusion;
import org.layerj.layers.RgbaImage;

/**
 * An opaque picture in floats.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb three planes of width · height values 0…255
 */
public record ColourImage(int width, int height, float[][] rgb) {

	/** Rounds of diffusion; enough to wash out the blocks of push-pull, not to cross a panel. */
	private static final int ROUNDS = 12;

	/**
	 * The picture's colours; where it is translucent, on white.
	 *
	 * @param picture not changed
	 * @return three planes of numbers, 0 … 255
	 */
	public static ColourImage of(final RgbaImage picture) {
		final float[][] planes = new float[3][picture.width() * picture.height()];
		final byte[] alpha = picture.plane(RgbaImage.ALPHA);
		for (int c = 0; c < 3; c++) {
			final byte[] in = picture.plane(c);
			for (int i = 0; i < in.length; i++) {
				final float a = (alpha[i] & 255) / 255f;
				planes[c][i] = (in[i] & 255) * a + 255 * (1 - a);
			}
		}
		return new ColourImage(picture.width(), picture.height(), planes);
	}

	/** {@return the number of pixels} */
	public int pixels() {
		return width * height;
	}

	/**
	 * Largest difference of the three colours between two pixels of two pictures.
	 *
	 * @param i index of a pixel of this picture
	 * @param other of any size
	 * @param j index of a pixel of the other one
	 * @return 0 … 255
	 */
	public float apart(final int i, final ColourImage other, final int j) {
		float max = 0;
		for (int c = 0; c < 3; c++) max = Math.max(max, Math.abs(rgb[c][i] - other.rgb[c][j]));
		return max;
	}

	/** {@return a copy with pixels of its own} */
	public ColourImage copy() {
		return new ColourImage(width, height, new float[][] { rgb[0].clone(), rgb[1].clone(), rgb[2].clone() });
	}

	/**
	 * The picture with all pixels outside of {@code known} inpainted smoothly: push-pull, then some rounds of diffusion
	 * against its blocks. If nothing is known, the picture itself.
	 *
	 * @param known by index
	 * @return a new picture; known pixels are as they are
	 */
	public ColourImage filled(final boolean[] known) {
		if (Masks.count(known) == 0) return this;
		final ColourImage out = copy();
		for (final float[] plane : out.rgb) {
			final double[] values = new double[plane.length];
			for (int i = 0; i < values.length; i++) values[i] = plane[i];
			final double[] filled = Diffusion.fill(values, width, height, i -> known[i], 0);
			for (int i = 0; i < values.length; i++) plane[i] = (float) filled[i];
			for (int round = 0; round < ROUNDS; round++) diffuse(plane, known);
		}
		return out;
	}

	private void diffuse(final float[] v, final boolean[] known) {
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			final int i = y * width + x;
			if (known[i]) continue;
			v[i] = (v[x > 0 ? i - 1 : i] + v[x < width - 1 ? i + 1 : i] + v[y > 0 ? i - width : i]
				+ v[y < height - 1 ? i + width : i]) / 4;
		}
	}

	/**
	 * These colours with an alpha of 0…1 each.
	 *
	 * @param alpha by index, 0 … 1
	 * @return 8-bit, rounded
	 */
	public RgbaImage toLayer(final float[] alpha) {
		final byte[][] planes = new byte[RgbaImage.PLANES][pixels()];
		for (int i = 0; i < alpha.length; i++) {
			for (int c = 0; c < 3; c++) planes[c][i] = round(rgb[c][i]);
			planes[RgbaImage.ALPHA][i] = round(alpha[i] * 255);
		}
		return RgbaImage.ofPlanes(width, height, planes[0], planes[1], planes[2], planes[3]);
	}

	/** {@return the picture as an opaque one of 8 bits} */
	public RgbaImage toOpaque() {
		final float[] alpha = new float[pixels()];
		Arrays.fill(alpha, 1);
		return toLayer(alpha);
	}

	private static byte round(final float value) {
		return (byte) Math.max(0, Math.min(255, Math.round(value)));
	}
}
