package org.layerj.io.formats;

import java.util.Optional;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.ValueFormat;
import org.layerj.layers.Values;

/** How the samples of a stack go into a file: as 8-bit colours, or as the picture's own 16-bit grey or RGB values. Alpha comes last, with as many bits. */
enum Depth {

	RGB8(3, 1), RGB16(3, 2), GREY16(1, 2);

	private final int colours;
	private final int bytes;

	Depth(final int colours, final int bytes) {
		this.colours = colours;
		this.bytes = bytes;
	}

	/** 16 bits if every layer has 16-bit values in one channel or three, which file formats call grey and RGB. */
	static Depth of(final LayerStack stack) {
		final Optional<ValueFormat> format = stack.layers().stream().findFirst().flatMap(Layer::values).map(Values::format);
		if (format.isEmpty() || format.get().type() != ValueFormat.Type.U16 || stack.layers().stream().anyMatch(l -> l.values().isEmpty())) return RGB8;
		return switch (format.get().channels().size()) {
			case 1 -> GREY16;
			case 3 -> RGB16;
			default -> RGB8;
		};
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
		return bytes == 1 ? layer.pixels().plane(channel)[index] & 0xff : ((short[]) layer.values().orElseThrow().plane(channel))[index] & 0xffff;
	}

	/** One row of one channel, high bytes first. */
	void row(final Layer layer, final int channel, final int y, final byte[] out) {
		final int width = layer.bounds().width();
		if (bytes == 1) System.arraycopy(layer.pixels().plane(channel == colours ? RgbaImage.ALPHA : channel), y * width, out, 0, width);
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
