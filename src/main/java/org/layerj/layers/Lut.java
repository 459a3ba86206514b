package org.layerj.layers;

import java.util.Arrays;

/** A lookup table: 256 colours for a display range. A value. */
public final class Lut {

	/** Number of colours. */
	public static final int SIZE = 256;

	/** Black to white. */
	public static final Lut GREY = ramp(0xffffff);

	private final int[] rgb;

	private Lut(final int[] rgb) {
		this.rgb = rgb;
	}

	/**
	 * A table of 256 colours {@code 0xRRGGBB}, copied.
	 *
	 * @param rgb {@value #SIZE} colours
	 * @return a table of its own memory
	 * @throws IllegalArgumentException if there are more colours or fewer
	 */
	public static Lut of(final int[] rgb) {
		if (rgb.length != SIZE)
			throw new IllegalArgumentException("A lookup table has " + SIZE + " colours, not " + rgb.length + ".");
		return new Lut(Arrays.stream(rgb).map(c -> c & 0xffffff).toArray());
	}

	/**
	 * Black to one colour {@code 0xRRGGBB}.
	 *
	 * @param colour {@code 0xRRGGBB}, of the last index
	 * @return a table whose components rise evenly from 0
	 */
	public static Lut ramp(final int colour) {
		final int[] rgb = new int[SIZE];
		for (int i = 0; i < SIZE; i++) {
			for (int shift = 0; shift <= 16; shift += 8)
				rgb[i] |= Math.round((colour >> shift & 0xff) * i / 255f) << shift;
		}
		return new Lut(rgb);
	}

	/**
	 * The colour {@code 0xRRGGBB} at an index from 0 to 255.
	 *
	 * @param index 0 … 255
	 * @return {@code 0xRRGGBB}
	 */
	public int rgb(final int index) {
		return rgb[index];
	}

	/**
	 * Whether neighbouring indices have similar colours, so that values between two others also look so. Palettes of
	 * drawings are not, nor are tables for labels; their indices are names, not amounts.
	 *
	 * @return false if components jump by more than 32 levels at more than eight places
	 */
	public boolean isSmooth() {
		int jumps = 0;
		for (int i = 1; i < SIZE; i++) {
			int most = 0;
			for (int shift = 0; shift <= 16; shift += 8)
				most = Math.max(most, Math.abs((rgb[i] >> shift & 0xff) - (rgb[i - 1] >> shift & 0xff)));
			if (most > 32) jumps++;
		}
		return jumps <= 8;
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof Lut o && Arrays.equals(rgb, o.rgb);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(rgb);
	}
}
