package org.layerj.io.formats;

import java.util.List;
import java.util.stream.IntStream;
import org.layerj.layers.Lut;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.ValueFormat;
import org.layerj.layers.ValueFormat.Channel;
import org.layerj.layers.ValueFormat.Type;
import org.layerj.layers.Values;

/** What values look like: each channel through its display range and lookup table, and the colours added up, as ImageJ shows composites. */
final class Shown {

	/** What a grey file says of itself: black is 0, white 65535. */
	static final ValueFormat GREY16 = new ValueFormat(Type.U16, List.of(new Channel("", Lut.GREY, 0, 65535, true)));
	/** The same in three colours. */
	static final ValueFormat RGB16 = new ValueFormat(Type.U16, IntStream.of(0xff0000, 0xff00, 0xff).mapToObj(c -> new Channel("", Lut.ramp(c), 0, 65535, true)).toList());

	private Shown() {}

	/** Colours of 16-bit values, with this alpha. */
	static RgbaImage of(final Values values, final byte[] alpha) {
		final RgbaImage out = RgbaImage.blank(values.width(), values.height());
		final int[][] tables = values.format().channels().stream().map(Shown::table).toArray(int[][]::new);
		for (int i = 0; i < alpha.length; i++) {
			int r = 0;
			int g = 0;
			int b = 0;
			for (int c = 0; c < tables.length; c++) {
				final int rgb = tables[c][((short[]) values.plane(c))[i] & 0xffff];
				r += rgb >> 16 & 0xff;
				g += rgb >> 8 & 0xff;
				b += rgb & 0xff;
			}
			out.plane(RgbaImage.RED)[i] = (byte) Math.min(255, r);
			out.plane(RgbaImage.GREEN)[i] = (byte) Math.min(255, g);
			out.plane(RgbaImage.BLUE)[i] = (byte) Math.min(255, b);
			out.plane(RgbaImage.ALPHA)[i] = alpha[i];
		}
		return out;
	}

	private static int[] table(final Channel channel) {
		final int[] table = new int[65536];
		final double range = channel.max() - channel.min();
		for (int v = 0; v < table.length && channel.shown(); v++) {
			// The whole range of 16 bits is divided by 257 and rounded, as when such a picture is opened.
			final double level = range > 0 ? (v - channel.min()) / range * 255 : v < channel.min() ? 0 : 255;
			table[v] = channel.lut().rgb((int) Math.max(0, Math.min(255, level + 0.5)));
		}
		return table;
	}
}
