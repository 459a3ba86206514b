package org.layerj.layers;

import java.util.List;

/**
 * What the samples of a picture are and how they are shown, where that is more than 8-bit red, green and blue: a 16-bit
 * micrograph, a float map, a composite of fluorescence channels.
 *
 * @param type of all samples
 * @param channels at least one, in the picture's order
 */
public record SampleFormat(Type type, List<Channel> channels) {

	/** Type of a sample. */
	public enum Type {

		/** Unsigned 8-bit whole numbers. */
		U8(8, 255),
		/** Unsigned 16-bit whole numbers. */
		U16(16, 65535),
		/** 32-bit floating point numbers; any, infinities and NaN included. */
		F32(32, Double.POSITIVE_INFINITY);

		private final int bits;
		private final double most;

		Type(final int bits, final double most) {
			this.bits = bits;
			this.most = most;
		}

		/** {@return the bits of one sample} */
		public int bits() {
			return bits;
		}

		/** {@return the largest value that can be held; infinity with {@code F32}} */
		public double most() {
			return most;
		}
	}

	/**
	 * One channel.
	 *
	 * @param name may be empty
	 * @param lut colours of the display range
	 * @param min value shown in the table's first colour
	 * @param max value shown in its last
	 * @param shown whether the channel takes part in what is seen
	 */
	public record Channel(String name, Lut lut, double min, double max, boolean shown) {}

	public SampleFormat {
		channels = List.copyOf(channels);
		if (channels.isEmpty()) throw new IllegalArgumentException("A picture has at least one channel.");
	}
}
