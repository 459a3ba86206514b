package org.layerj.tracking;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.layerj.common.DeflatedText;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.PixelHash;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;

/**
 * 16-bit fingerprints ({@link PixelHash}) of a layer's pixels when they were last recorded: enough to find out which
 * pixels have been changed since, and where they have moved, without keeping them.
 *
 * @param width of the canvas then
 * @param height of the canvas then
 * @param part of the canvas in which there are any; beyond, all were transparent
 * @param of by pixel of that part, row by row; 0 where transparent
 */
public record Fingerprints(int width, int height, Bounds part, short[] of) {

	private static final int VERSION = 1;
	private static final int KEPT = 64;

	/** A text that was made, while the pixels it was made of are still there. */
	private record Made(WeakReference<RgbaImage> pixels, WeakReference<Object> samples, Bounds bounds, int width,
		int height, String text)
	{}

	/** Layers are written again after every edit, and most edits change one. */
	private static final List<Made> MADE = new LinkedList<>();

	/**
	 * The fingerprints of the part of a layer that lies on the canvas.
	 *
	 * @param layer any
	 * @param width of the canvas in pixels
	 * @param height of the canvas in pixels
	 * @return as large as the layer
	 */
	public static Fingerprints of(final Layer layer, final int width, final int height) {
		final Bounds b = layer.bounds();
		final int left = Math.max(0, b.x());
		final int top = Math.max(0, b.y());
		final int right = Math.min(width, b.right());
		final int bottom = Math.min(height, b.bottom());
		if (left >= right || top >= bottom)
			return new Fingerprints(width, height, new Bounds(0, 0, 1, 1), new short[1]);
		final Bounds part = new Bounds(left, top, right - left, bottom - top);
		final short[] of = new short[part.width() * part.height()];
		for (int i = 0; i < of.length; i++)
			of[i] = print(layer.pixels(), layer.samples(),
				(top + i / part.width() - b.y()) * b.width() + left + i % part.width() - b.x());
		return new Fingerprints(width, height, part, of);
	}

	/** Those of every pixel of a picture as large as the canvas. */
	static short[] of(final RgbaImage pixels, final Optional<Samples> samples) {
		final short[] of = new short[pixels.width() * pixels.height()];
		for (int i = 0; i < of.length; i++) of[i] = print(pixels, samples, i);
		return of;
	}

	/**
	 * The fingerprint of one pixel.
	 *
	 * @param pixels of a layer
	 * @param samples of the layer, if it has any
	 * @param index {@code y * width + x}
	 * @return 16 bits; different pixels may have the same
	 */
	public static short print(final RgbaImage pixels, final Optional<Samples> samples, final int index) {
		final int hash = PixelHash.of(pixels, samples, index);
		return hash == 0 ? 0 : (short) hash == 0 ? 1 : (short) hash;
	}

	/**
	 * The same where the layer that was the canvas lies at these bounds of another canvas.
	 *
	 * @param bounds on the other canvas
	 * @return the same fingerprints there
	 */
	public Fingerprints at(final Bounds bounds) {
		return new Fingerprints(width, height, part.at(bounds.x() + part.x(), bounds.y() + part.y()), of);
	}

	/** The fingerprint at a place on the canvas; 0 beyond the part. */
	short at(final int x, final int y) {
		return part.contains(x, y) ? of[(y - part.y()) * part.width() + x - part.x()] : 0;
	}

	/**
	 * The prints of a layer as ASCII: {@code 1;WIDTHxHEIGHT;x,y,width,height;} and the fingerprints, deflated, in
	 * Base64.
	 *
	 * @param layer any
	 * @param width of the canvas in pixels
	 * @param height of the canvas in pixels
	 * @return as {@link #parse} reads it
	 */
	public static String text(final Layer layer, final int width, final int height) {
		final Object samples = layer.samples().map(v -> (Object) v).orElse(MADE);
		synchronized (MADE) {
			for (final Iterator<Made> all = MADE.iterator(); all.hasNext();) {
				final Made made = all.next();
				if (made.pixels.get() == null || made.samples.get() == null) all.remove();
				else if (made.pixels.get() == layer.pixels() && made.samples.get() == samples
					&& made.bounds.equals(layer.bounds()) && made.width == width && made.height == height)
					return made.text;
			}
		}
		final String text = of(layer, width, height).text();
		synchronized (MADE) {
			MADE.add(0, new Made(new WeakReference<>(layer.pixels()), new WeakReference<>(samples), layer.bounds(),
				width, height, text));
			while (MADE.size() > KEPT) MADE.remove(MADE.size() - 1);
		}
		return text;
	}

	private String text() {
		final byte[] bytes = new byte[2 * of.length];
		// High bytes first, then low ones: equal pixels are then equal bytes.
		for (int i = 0; i < of.length; i++) {
			bytes[i] = (byte) (of[i] >> 8);
			bytes[of.length + i] = (byte) of[i];
		}
		return VERSION + ";" + width + "x" + height + ";" + part.x() + "," + part.y() + "," + part.width() + ","
			+ part.height() + ";" + DeflatedText.of(bytes, Deflater.BEST_SPEED).replace("=", "");
	}

	/**
	 * Reads what {@link #text(Layer, int, int)} wrote; empty if the text is something else.
	 *
	 * @param text of a file
	 * @return the fingerprints
	 */
	public static Optional<Fingerprints> parse(final String text) {
		final String[] parts = text.split(";");
		if (parts.length != 4 || !parts[0].equals(String.valueOf(VERSION))) return Optional.empty();
		try {
			final int[] size = Arrays.stream(parts[1].split("x")).mapToInt(Integer::parseInt).toArray();
			final int[] b = Arrays.stream(parts[2].split(",")).mapToInt(Integer::parseInt).toArray();
			final Bounds part = new Bounds(b[0], b[1], b[2], b[3]);
			if (size[0] < part.right() || size[1] < part.bottom() || part.x() < 0 || part.y() < 0)
				return Optional.empty();
			final int n = Math.multiplyExact(part.width(), part.height());
			final byte[] bytes = DeflatedText.first(parts[3], 2L * n);
			final short[] of = new short[n];
			for (int i = 0; i < n; i++) of[i] = (short) (bytes[i] << 8 | bytes[n + i] & 0xff);
			return Optional.of(new Fingerprints(size[0], size[1], part, of));
		}
		catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException | DataFormatException e) {
			return Optional.empty();
		}
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof Fingerprints p && width == p.width && height == p.height && part.equals(p.part)
			&& Arrays.equals(of, p.of);
	}

	@Override
	public int hashCode() {
		return 31 * part.hashCode() + Arrays.hashCode(of);
	}

	@Override
	public String toString() {
		return "Fingerprints " + part;
	}
}
