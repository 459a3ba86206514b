package org.layerj.imagej.stack;

import ij.process.LUT;
import java.util.stream.IntStream;
import org.layerj.layers.Lut;

/** Lookup tables of ImageJ and ours. */
final class Luts {

	private Luts() {}

	static Lut of(final LUT lut) {
		return Lut.of(IntStream.range(0, Lut.SIZE).map(lut::getRGB).toArray());
	}

	static LUT of(final Lut lut) {
		final byte[][] rgb = new byte[3][Lut.SIZE];
		for (int i = 0; i < Lut.SIZE; i++) for (int c = 0; c < 3; c++) rgb[c][i] = (byte) (lut.rgb(i) >> 16 - 8 * c);
		return new LUT(rgb[0], rgb[1], rgb[2]);
	}
}
