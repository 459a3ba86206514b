package org.layerj.layers;

import java.util.Optional;

/**
 * Tells pixels apart by 32 bits: colours and alpha, or samples and alpha where there are samples. Of a transparent
 * pixel the colour does not count.
 */
public final class PixelHash {

	private PixelHash() {}

	/**
	 * The hash of one pixel, {@code y * width + x}; 0 if it is transparent.
	 *
	 * @param pixels of the layer
	 * @param samples of the layer, which count instead of its colours, if there are any
	 * @param index of the pixel, {@code y * width + x}
	 * @return 32 bits; different pixels may have the same
	 */
	public static int of(final RgbaImage pixels, final Optional<Samples> samples, final int index) {
		final int alpha = pixels.plane(RgbaImage.ALPHA)[index] & 0xff;
		if (alpha == 0) return 0;
		if (samples.isEmpty()) return mixed((long) alpha << 24 | (pixels.plane(RgbaImage.RED)[index] & 0xff) << 16
			| (pixels.plane(RgbaImage.GREEN)[index] & 0xff) << 8 | pixels.plane(RgbaImage.BLUE)[index] & 0xff);
		long sum = alpha;
		for (int c = 0; c < samples.get().channels(); c++)
			sum = sum * 0x9e3779b97f4a7c15L + Double.doubleToLongBits(samples.get().get(c, index));
		return mixed(sum);
	}

	/** Every bit of the result depends on every bit of the number (Steele and others, SplitMix64). */
	private static int mixed(final long number) {
		long z = number + 0x9e3779b97f4a7c15L;
		z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
		z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
		final int hash = (int) (z >>> 32);
		return hash == 0 ? 1 : hash;
	}
}
