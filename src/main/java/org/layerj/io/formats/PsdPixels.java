package org.layerj.io.formats;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.layerj.io.Pixels;
import org.layerj.io.formats.FoundLayer.FoundGroup;
import org.layerj.io.header.Broken;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.Samples;

/** The samples of one layer of a PSD on their way in. */
final class PsdPixels {

	static final int ALPHA = -1, MASK = -2;

	private final int width;
	private final int height;
	private final int bytes;
	private final boolean grey;
	private final byte[][] colour;
	private final short[][] values;
	private final byte[] alpha;

	PsdPixels(final int width, final int height, final int bytes, final boolean grey) {
		this.width = width;
		this.height = height;
		this.bytes = bytes;
		this.grey = grey;
		final int n = width * height;
		final int colours = grey ? 1 : 3;
		colour = bytes == 1 ? new byte[colours][n] : new byte[0][];
		values = bytes == 2 ? new short[colours][n] : new short[0][];
		alpha = new byte[n];
	}

	/** Throws {@link Broken} if the layer is larger than its data can be. To be asked before memory is taken. */
	static void check(final PsdRecord record) throws Broken {
		long most = 0;
		for (final long length : record.lengths().values()) most = Math.max(most, length);
		if (((long) record.right() - record.left()) * ((long) record.bottom() - record.top()) > Room.DEFLATE * most)
			throw new Broken("fewer pixels than it declares");
	}

	void opaque() {
		Arrays.fill(alpha, (byte) 255);
	}

	/** Reads all channels, which begin there one after the other. */
	void read(final PsdIn in, final PsdRecord record, final long data) throws IOException {
		long at = data;
		boolean transparent = false;
		for (final Map.Entry<Integer, Long> e : record.lengths().entrySet()) {
			final int channel = e.getKey();
			final long end = at + e.getValue();
			if (channel == ALPHA || channel >= 0 && channel < (grey ? 1 : 3)) {
				in.seek(at);
				PsdPlane.read(in, in.u16(), width, height, bytes, end, (y, row) -> put(channel, y, row));
				transparent |= channel == ALPHA;
			}
			at = end;
		}
		if (!transparent) opaque();
	}

	/** One row of one channel, high bytes first. */
	void put(final int channel, final int y, final byte[] row) {
		for (int x = 0; x < width; x++) {
			final int i = y * width + x;
			final int v = bytes == 1 ? row[x] & 0xff : (row[2 * x] & 0xff) << 8 | row[2 * x + 1] & 0xff;
			if (channel == ALPHA) alpha[i] = (byte) (bytes == 1 ? v : (v + 128) / 257);
			else if (bytes == 1) colour[channel][i] = (byte) v;
			else values[channel][i] = (short) v;
		}
	}

	/** Alpha times the layer's mask. */
	void mask(final PsdMask mask, final Bounds bounds) {
		for (int i = 0; i < alpha.length; i++) {
			alpha[i] =
				(byte) (((alpha[i] & 0xff) * mask.at(bounds.x() + i % width, bounds.y() + i / width) + 127) / 255);
		}
	}

	/**
	 * Puts other samples of the same kind over these. Where they or these are transparent the other's or these stay as
	 * they are, bit for bit.
	 *
	 * @param share how much of the others is shown, 0 … 1
	 * @param all whether colours under transparent pixels are taken, too
	 */
	void over(final PsdPixels other, final int dx, final int dy, final double share, final boolean all) {
		for (int i = 0; i < other.alpha.length; i++) {
			final int to = (dy + i / other.width) * width + dx + i % other.width;
			final double above = (other.alpha[i] & 0xff) / 255.0 * share;
			final double below = (alpha[to] & 0xff) / 255.0 * (1 - above);
			if (above == 0 && !all) continue;
			final double weight = below == 0 ? 1 : above / (above + below);
			alpha[to] = (byte) Math.round(255 * (above + below));
			for (int c = 0; c < colour.length; c++)
				colour[c][to] =
					(byte) Math.round(weight * (other.colour[c][i] & 0xff) + (1 - weight) * (colour[c][to] & 0xff));
			for (int c = 0; c < values.length; c++)
				values[c][to] = (short) Math
					.round(weight * (other.values[c][i] & 0xffff) + (1 - weight) * (values[c][to] & 0xffff));
		}
	}

	/** Alpha of all pixels, not a copy. */
	byte[] alpha() {
		return alpha;
	}

	/** The layer. 16-bit samples are its values; what they look like, only the manifest may know. */
	FoundLayer found(final String key, final String name, final Bounds bounds, final double opacity,
		final boolean visible, final boolean locked, final Optional<FoundGroup> group)
	{
		if (bytes == 1) {
			final byte[][] rgb = grey ? new byte[][] { colour[0], colour[0].clone(), colour[0].clone() } : colour;
			return new FoundLayer(key, name, bounds, RgbaImage.ofPlanes(width, height, rgb[0], rgb[1], rgb[2], alpha),
				Optional.empty(), opacity, visible, locked, group);
		}
		final SampleFormat format = grey ? Pixels.GREY16 : Pixels.RGB16;
		final Samples samples =
			Samples.of(format, width, height, IntStream.range(0, values.length).mapToObj(c -> values[c]).toList());
		return new FoundLayer(key, name, bounds, RgbaImage.ofPlanes(width, height, alpha, alpha, alpha, alpha),
			Optional.of(samples), opacity, visible, locked, group);
	}
}
