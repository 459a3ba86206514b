package org.layerj.layers;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;

/**
 * How samples look: display range, lookup table, and the sum of the channels, as ImageJ 1.54 shows grey images and
 * composites. And the inverse: samples whose displayed colour is nearest to a given one.
 * <p>
 * ImageJ rounds differently by type: 8-bit samples are cut to an index, i = 256 (v − min) / (max − min); 16-bit ones
 * rounded, i = 256 (v − min) / (max − min + 1) + ½; floats i = 255 (v − min) / (max − min) + ½. All are kept within 0 …
 * 255; NaN is index 0. Sums of channels stop at 255.
 * <p>
 * May be used by several threads.
 */
public final class Display {

	/** Colours are distinguished by this many bits per component when samples are looked for. */
	private static final int KEY_BITS = 6;
	private static final int KEYS = 1 << 3 * KEY_BITS;
	/** Pulls the search towards dark channels where several mixtures look the same. */
	private static final double FAINT = 1e-3;

	private final SampleFormat format;
	private final int n;
	/** By channel: index of every whole-number sample; of floats nothing. */
	private final byte[][] index;
	private final int[][] lut;
	private final boolean[] shown;
	/**
	 * Indices found for a colour, by key and channel, and whether they have been. Threads may find the same twice; they
	 * find the same.
	 */
	private final byte[] found;
	private final AtomicIntegerArray known = new AtomicIntegerArray(KEYS);

	private Display(final SampleFormat format) {
		this.format = format;
		final List<Channel> channels = format.channels();
		n = channels.size();
		found = new byte[n * KEYS];
		index = new byte[n][];
		lut = new int[n][];
		shown = new boolean[n];
		for (int c = 0; c < n; c++) {
			final Lut table = channels.get(c).lut();
			lut[c] = IntStream.range(0, Lut.SIZE).map(table::rgb).toArray();
			shown[c] = channels.get(c).shown();
			if (format.type() == Type.F32) continue;
			index[c] = new byte[(int) format.type().most() + 1];
			for (int v = 0; v < index[c].length; v++) index[c][v] = (byte) index(format.type(), channels.get(c), v);
		}
	}

	/**
	 * The display of samples in this format: its channels' ranges, tables and visibility.
	 *
	 * @param format whose ranges, tables and visibility count
	 * @return how samples of this format look
	 */
	public static Display of(final SampleFormat format) {
		return new Display(format);
	}

	/** The index, 0 … 255, of a sample in its channel's lookup table. */
	static int index(final Type type, final Channel channel, final double value) {
		final double min = channel.min();
		final double max = channel.max();
		switch (type) {
			case U8:
				if (value < min) return 0;
				if (value > max) return 255;
				return clamp((int) (256.0 * ((int) value - Math.round(min)) / (max - min)));
			case U16:
				return clamp(
					(int) (Math.max(0, (int) value - (int) min) * (256.0 / ((int) max - (int) min + 1)) + 0.5));
			default:
				final double above = value - min;
				return clamp((int) ((above < 0 ? 0 : above) * (255.0 / (max - min)) + 0.5));
		}
	}

	private static int clamp(final int i) {
		return Math.max(0, Math.min(255, i));
	}

	/**
	 * What the samples look like, with this alpha. Where alpha and all samples are 0 there is nothing, and pixels are
	 * transparent black whatever the tables say.
	 *
	 * @param samples in this display's format
	 * @param alpha one byte per pixel, not copied
	 * @return a picture as large as the samples
	 */
	public RgbaImage render(final Samples samples, final byte[] alpha) {
		require(samples);
		final int width = samples.width();
		final int height = samples.height();
		final byte[] red = new byte[alpha.length];
		final byte[] green = new byte[alpha.length];
		final byte[] blue = new byte[alpha.length];
		IntStream.range(0, height).parallel().forEach(y -> {
			for (int i = y * width; i < (y + 1) * width; i++) {
				if (alpha[i] == 0 && isZero(samples, i)) continue;
				final int rgb = rgb(samples, i);
				red[i] = (byte) (rgb >> 16);
				green[i] = (byte) (rgb >> 8);
				blue[i] = (byte) rgb;
			}
		});
		return RgbaImage.ofPlanes(width, height, red, green, blue, alpha);
	}

	private void require(final Samples samples) {
		if (samples.format().type() != format.type() || samples.channels() != n)
			throw new IllegalArgumentException(samples + " are not of this display's format.");
	}

	private boolean isZero(final Samples samples, final int i) {
		for (int c = 0; c < n; c++) if (samples.get(c, i) != 0) return false;
		return true;
	}

	private int rgb(final Samples samples, final int i) {
		int r = 0;
		int g = 0;
		int b = 0;
		for (int c = 0; c < n; c++) {
			if (!shown[c]) continue;
			final int rgb = lut[c][switch (format.type()) {
				case U8 -> index[c][((byte[]) samples.plane(c))[i] & 0xff] & 0xff;
				case U16 -> index[c][((short[]) samples.plane(c))[i] & 0xffff] & 0xff;
				case F32 -> index(Type.F32, format.channels().get(c), ((float[]) samples.plane(c))[i]);
			}];
			r += rgb >> 16 & 0xff;
			g += rgb >> 8 & 0xff;
			b += rgb & 0xff;
		}
		return Math.min(255, r) << 16 | Math.min(255, g) << 8 | Math.min(255, b);
	}

	// -- The way back --

	/**
	 * Samples whose displayed colours are nearest to a picture's, for colours that were not measured. Transparent black
	 * pixels get 0.
	 *
	 * @param picture of any size; not changed
	 * @return samples in this display's format, as large as the picture
	 */
	public Samples seenAs(final RgbaImage picture) {
		final Samples out = Samples.blank(format, picture.width(), picture.height());
		final int width = picture.width();
		IntStream.range(0, picture.height()).parallel().forEach(y -> {
			final double[] sample = new double[n];
			for (int i = y * width; i < (y + 1) * width; i++) {
				final int rgb =
					(picture.plane(0)[i] & 0xff) << 16 | (picture.plane(1)[i] & 0xff) << 8 | picture.plane(2)[i] & 0xff;
				if (rgb == 0 && picture.plane(RgbaImage.ALPHA)[i] == 0) continue;
				seenAs(rgb, sample);
				for (int c = 0; c < n; c++) out.set(c, i, sample[c]);
			}
		});
		return out;
	}

	/**
	 * Samples that look like one colour, into {@code out}; channels that are not shown get the lower end of their
	 * range.
	 */
	void seenAs(final int rgb, final double[] out) {
		final int key = (rgb >> 24 - KEY_BITS & (1 << KEY_BITS) - 1) << 2 * KEY_BITS
			| (rgb >> 16 - KEY_BITS & (1 << KEY_BITS) - 1) << KEY_BITS | rgb >> 8 - KEY_BITS & (1 << KEY_BITS) - 1;
		if (known.get(key) == 0) {
			find(centre(key), key * n);
			known.set(key, 1);
		}
		for (int c = 0; c < n; c++) {
			final int i = found[key * n + c] & 0xff;
			out[c] = sample(format.channels().get(c), n == 1 ? nearest(rgb, i) : i);
		}
	}

	private static int centre(final int key) {
		int rgb = 0;
		for (int c = 2; c >= 0; c--)
			rgb = rgb << 8 | (key >> c * KEY_BITS & (1 << KEY_BITS) - 1) * 255 / ((1 << KEY_BITS) - 1);
		return rgb;
	}

	/** One channel after the other takes its best index, a few times. */
	private void find(final int rgb, final int at) {
		final int[] best = new int[n];
		for (int round = 0; round < 4; round++) {
			boolean changed = false;
			for (int c = 0; c < n; c++) {
				if (!shown[c]) continue;
				int r = 0;
				int g = 0;
				int b = 0;
				for (int k = 0; k < n; k++) {
					if (k == c || !shown[k]) continue;
					r += lut[k][best[k]] >> 16;
					g += lut[k][best[k]] >> 8 & 0xff;
					b += lut[k][best[k]] & 0xff;
				}
				int here = best[c];
				double least = Double.POSITIVE_INFINITY;
				for (int i = 0; i < Lut.SIZE; i++) {
					final int own = lut[c][i];
					final int sum = Math.min(255, r + (own >> 16)) << 16 | Math.min(255, g + (own >> 8 & 0xff)) << 8
						| Math.min(255, b + (own & 0xff));
					final double d = distance(sum, rgb) + FAINT * i;
					if (d < least) {
						least = d;
						here = i;
					}
				}
				changed |= here != best[c];
				best[c] = here;
			}
			if (!changed || n == 1) break;
		}
		for (int c = 0; c < n; c++) found[at + c] = (byte) best[c];
	}

	/** The key is coarser than the colour; with one channel, the rest is found nearby. */
	private int nearest(final int rgb, final int start) {
		if (!shown[0]) return start;
		int best = start;
		for (int i = Math.max(0, start - 6); i <= Math.min(255, start + 6); i++)
			if (distance(lut[0][i], rgb) < distance(lut[0][best], rgb)) best = i;
		return best;
	}

	private static int distance(final int a, final int b) {
		final int r = (a >> 16) - (b >> 16);
		final int g = (a >> 8 & 0xff) - (b >> 8 & 0xff);
		final int u = (a & 0xff) - (b & 0xff);
		return r * r + g * g + u * u;
	}

	/** A sample that is shown with this index. */
	private double sample(final Channel channel, final int i) {
		final double min = channel.min();
		final double width = channel.max() - min;
		return switch (format.type()) {
			case U8 -> Math.max(0, Math.min(255, Math.round(min + (i + 0.5) * width / 256)));
			case U16 -> Math.max(0, Math.min(65535, Math.round(min + i * (width + 1) / 256)));
			case F32 -> (float) (min + i * width / 255);
		};
	}

	/**
	 * The layer with its colours drawn from its samples; unchanged if it has none.
	 *
	 * @param layer not changed
	 * @return the layer with other pixels, and the same alpha
	 */
	public static Layer redraw(final Layer layer) {
		return layer.samples().map(s -> of(s.format()).redrawn(layer)).orElse(layer);
	}

	/**
	 * A layer that has samples, with its colours drawn from them.
	 *
	 * @param layer not changed
	 * @return the layer with other pixels, and the same alpha
	 */
	public Layer redrawn(final Layer layer) {
		final Samples samples = layer.samples().orElseThrow();
		return layer
			.withPixels(layer.bounds(), render(samples, layer.pixels().plane(RgbaImage.ALPHA)), layer.provenance())
			.withSamples(samples);
	}
}
