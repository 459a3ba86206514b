package org.layerj.io.formats;

import java.util.List;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Lut;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;

/**
 * How the samples of a stack go into a file: as 8-bit colours, or as the picture's own 16-bit grey or RGB values. Alpha
 * comes last, with as many bits.
 */
enum Depth {

	RGB8(3, 1), RGB16(3, 2), GREY16(1, 2);

	private static final List<Lut> RGB = List.of(Lut.ramp(0xff0000), Lut.ramp(0xff00), Lut.ramp(0xff));

	private final int colours;
	private final int bytes;

	Depth(final int colours, final int bytes) {
		this.colours = colours;
		this.bytes = bytes;
	}

	/**
	 * 16 bits if every layer has 16-bit values that are grey or red, green and blue. Other lookup tables no file has:
	 * as grey or RGB the values would be seen in wrong colours, so they are written as they look.
	 */
	static Depth of(final LayerStack stack) {
		final List<Lut> tables = stack.format()
			.filter(f -> f.type() == SampleFormat.Type.U16)
			.map(f -> f.channels().stream().map(Channel::lut).toList())
			.orElse(List.of());
		if (tables.equals(List.of(Lut.GREY))) return GREY16;
		return tables.equals(RGB) ? RGB16 : RGB8;
	}

	/** Channels besides alpha. */
	int colours() {
		return colours;
	}

	/** Bytes of a sample. */
	int bytes() {
		return bytes;
	}

	/** The sample's largest value. */
	int most() {
		return bytes == 1 ? 255 : 65535;
	}

	/** One sample; the channel after the colours is alpha. */
	int sample(final Layer layer, final int channel, final int index) {
		if (channel == colours) return (layer.pixels().plane(RgbaImage.ALPHA)[index] & 0xff) * (bytes == 1 ? 1 : 257);
		return bytes == 1 ? layer.pixels().plane(channel)[index] & 0xff
			: ((short[]) layer.samples().orElseThrow().plane(channel))[index] & 0xffff;
	}

	/** One row of one channel, high bytes first. */
	void row(final Layer layer, final int channel, final int y, final byte[] out) {
		final int width = layer.bounds().width();
		if (bytes == 1) System.arraycopy(layer.pixels().plane(channel == colours ? RgbaImage.ALPHA : channel),
			y * width, out, 0, width);
		else for (int x = 0; x < width; x++) put(out, x, sample(layer, channel, y * width + x));
	}

	/** Puts a sample at its place in a row. */
	void put(final byte[] row, final int x, final int sample) {
		if (bytes == 1) row[x] = (byte) sample;
		else {
			row[2 * x] = (byte) (sample >> 8);
			row[2 * x + 1] = (byte) sample;
		}
	}
}
