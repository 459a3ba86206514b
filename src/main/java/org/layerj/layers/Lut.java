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

	/** A table of 256 colours {@code 0xRRGGBB}, copied. */
	public static Lut of(final int[] rgb) {
		if (rgb.length != SIZE) throw new IllegalArgumentException("A lookup table has " + SIZE + " colours, not " + rgb.length + ".");
		return new Lut(Arrays.stream(rgb).map(c -> c & 0xffffff).toArray());
	}

	/** Black to one colour {@code 0xRRGGBB}. */
	public static Lut ramp(final int colour) {
		final int[] rgb = new int[SIZE];
		for (int i = 0; i < SIZE; i++) {
			for (int shift = 0; shift <= 16; shift += 8) rgb[i] |= Math.round((colour >> shift & 0xff) * i / 255f) << shift;
		}
		return new Lut(rgb);
	}

	/** The colour {@code 0xRRGGBB} at an index from 0 to 255. */
	public int rgb(final int index) {
		return rgb[index];
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
