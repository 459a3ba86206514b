package org.layerj.imagej.stack;

import org.layerj.layers.SampleFormat.Type;

/** Alpha 0 … 255 as a channel of a hyperstack of 8, 16 or 32 bits, and back. */
final class AlphaPlane {

	private AlphaPlane() {}

	/** The same alphas in an array of their own. */
	static Object of(final byte[] alpha, final Type type) {
		switch (type) {
			case U8:
				return alpha.clone();
			case U16:
				final short[] shorts = new short[alpha.length];
				for (int i = 0; i < alpha.length; i++) shorts[i] = (short) (alpha[i] & 0xff);
				return shorts;
			default:
				final float[] floats = new float[alpha.length];
				for (int i = 0; i < alpha.length; i++) floats[i] = alpha[i] & 0xff;
				return floats;
		}
	}

	/** Whatever has been painted there: rounded, kept within 0 … 255; NaN is 0. */
	static byte[] read(final Object plane) {
		if (plane instanceof byte[] bytes) return bytes.clone();
		if (plane instanceof short[] shorts) {
			final byte[] alpha = new byte[shorts.length];
			for (int i = 0; i < alpha.length; i++) alpha[i] = (byte) Math.min(255, shorts[i] & 0xffff);
			return alpha;
		}
		final float[] floats = (float[]) plane;
		final byte[] alpha = new byte[floats.length];
		for (int i = 0; i < alpha.length; i++) alpha[i] = (byte) Math.max(0, Math.min(255, Math.round(floats[i])));
		return alpha;
	}
}
