package org.layerj.layers;

import java.util.Arrays;
import java.util.List;

/**
 * A picture's or a layer's own samples, in the type and channels they were recorded in: what is measured, while
 * {@link RgbaImage} is what is seen. One plane per channel, row by row: {@code byte[]}, {@code short[]} or
 * {@code float[]} after the format's type.
 * <p>
 * Treat as immutable: planes are returned without a copy; change those of a {@link #copy()} only.
 */
public final class Samples {

	private final SampleFormat format;
	private final int width;
	private final int height;
	private final List<Object> planes;

	private Samples(final SampleFormat format, final int width, final int height, final List<Object> planes) {
		this.format = format;
		this.width = width;
		this.height = height;
		this.planes = planes;
	}

	/**
	 * Samples in existing planes, one per channel of the format, not copied.
	 *
	 * @param format type and channels
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param planes {@code byte[]}, {@code short[]} or {@code float[]} after the format's type, row by row
	 * @return samples over these planes
	 * @throws IllegalArgumentException if there are more planes or fewer, or one has another length
	 * @throws ClassCastException if a plane is of another type
	 */
	public static Samples of(final SampleFormat format, final int width, final int height, final List<?> planes) {
		if (width < 1 || height < 1) throw new IllegalArgumentException(
			"A picture is at least 1 × 1 pixels, not " + width + " × " + height + ".");
		if (planes.size() != format.channels().size()) throw new IllegalArgumentException(
			planes.size() + " planes are not " + format.channels().size() + " channels.");
		final int n = Math.multiplyExact(width, height);
		for (final Object plane : planes) {
			final int length = switch (format.type()) {
				case U8 -> ((byte[]) plane).length;
				case U16 -> ((short[]) plane).length;
				case F32 -> ((float[]) plane).length;
			};
			if (length != n) throw new IllegalArgumentException(
				"A plane of " + length + " samples is not " + width + " × " + height + ".");
		}
		return new Samples(format, width, height, List.copyOf(planes));
	}

	/**
	 * All samples 0.
	 *
	 * @param format type and channels
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @return new samples
	 */
	public static Samples blank(final SampleFormat format, final int width, final int height) {
		final int n = Math.multiplyExact(width, height);
		return of(format, width, height, format.channels().stream().map(c -> switch (format.type()) {
			case U8 -> new byte[n];
			case U16 -> new short[n];
			case F32 -> new float[n];
		}).toList());
	}

	/** {@return the type of the samples, and the channels that they belong to} */
	public SampleFormat format() {
		return format;
	}

	/** {@return the width in pixels} */
	public int width() {
		return width;
	}

	/** {@return the height in pixels} */
	public int height() {
		return height;
	}

	/** {@return the number of channels} */
	public int channels() {
		return planes.size();
	}

	/**
	 * The samples of a channel, not a copy: {@code byte[]}, {@code short[]} or {@code float[]}; that of (x, y) at
	 * {@code y * width + x}.
	 *
	 * @param channel counted from 0
	 * @return {@code width * height} samples
	 */
	public Object plane(final int channel) {
		return planes.get(channel);
	}

	/**
	 * One sample, unsigned types as such; the index is {@code y * width + x}.
	 *
	 * @param channel counted from 0
	 * @param index of the pixel
	 * @return the sample
	 */
	public double get(final int channel, final int index) {
		return switch (format.type()) {
			case U8 -> ((byte[]) planes.get(channel))[index] & 0xff;
			case U16 -> ((short[]) planes.get(channel))[index] & 0xffff;
			case F32 -> ((float[]) planes.get(channel))[index];
		};
	}

	/**
	 * Sets one sample while a picture is being built.
	 *
	 * @param channel counted from 0
	 * @param index {@code y * width + x}
	 * @param value in the type's range
	 */
	public void set(final int channel, final int index, final double value) {
		switch (format.type()) {
			case U8 -> ((byte[]) planes.get(channel))[index] = (byte) (int) value;
			case U16 -> ((short[]) planes.get(channel))[index] = (short) (int) value;
			case F32 -> ((float[]) planes.get(channel))[index] = (float) value;
		}
	}

	/**
	 * Copies one sample bit for bit, NaN included.
	 *
	 * @param channel counted from 0, the same in both
	 * @param index where to
	 * @param from samples of the same type
	 * @param fromIndex where from
	 */
	public void copy(final int channel, final int index, final Samples from, final int fromIndex) {
		System.arraycopy(from.planes.get(channel), fromIndex, planes.get(channel), index, 1);
	}

	/**
	 * Whether two samples are the same bit for bit: NaN is itself, and −0 is not 0.
	 *
	 * @param channel counted from 0, the same in both
	 * @param index here
	 * @param other samples of the same type
	 * @param otherIndex there
	 * @return whether they have the same bits
	 */
	public boolean same(final int channel, final int index, final Samples other, final int otherIndex) {
		return switch (format.type()) {
			case U8 -> ((byte[]) planes.get(channel))[index] == ((byte[]) other.planes.get(channel))[otherIndex];
			case U16 -> ((short[]) planes.get(channel))[index] == ((short[]) other.planes.get(channel))[otherIndex];
			case F32 -> Float.floatToRawIntBits(((float[]) planes.get(channel))[index]) == Float
				.floatToRawIntBits(((float[]) other.planes.get(channel))[otherIndex]);
		};
	}

	/**
	 * Whether every sample is the same bit for bit, regardless of lookup tables and display ranges.
	 *
	 * @param other of any size and format
	 * @return false also if sizes, types or numbers of channels differ
	 */
	public boolean sameSamples(final Samples other) {
		if (format.type() != other.format.type() || channels() != other.channels() || width != other.width
			|| height != other.height) return false;
		for (int c = 0; c < channels(); c++)
			for (int i = 0; i < width * height; i++) if (!same(c, i, other, i)) return false;
		return true;
	}

	/**
	 * The same samples with another display: lookup tables, ranges and names of channels may differ. Planes are shared.
	 *
	 * @param other of the same type and number of channels
	 * @return samples over the same memory
	 */
	public Samples shownAs(final SampleFormat other) {
		return of(other, width, height, planes);
	}

	/**
	 * These samples composited on 0 with an alpha; where that is 255, the sample itself.
	 *
	 * @param alpha one byte per pixel, 255 covers all
	 * @return new samples, of the same format; whole numbers rounded half up
	 */
	public Samples over(final byte[] alpha) {
		final Samples out = copy();
		for (int c = 0; c < channels(); c++) for (int i = 0; i < alpha.length; i++) {
			if (alpha[i] != -1) out.set(c, i,
				alpha[i] == 0 ? 0 : SampleCompositor.round(format.type(), get(c, i) * (alpha[i] & 0xff) / 255.0));
		}
		return out;
	}

	/** {@return the same samples in memory of their own} */
	public Samples copy() {
		return crop(Bounds.all(width, height));
	}

	/**
	 * A part, copied. Where it reaches beyond, samples are 0.
	 *
	 * @param part may reach beyond the samples
	 * @return samples as large as the part
	 */
	public Samples crop(final Bounds part) {
		return window(part.x(), part.y(), part.width(), part.height());
	}

	/** {@link #crop} for windows whose far edges no {@link Bounds} can express. */
	Samples window(final int x, final int y, final int windowWidth, final int windowHeight) {
		final Samples out = blank(format, windowWidth, windowHeight);
		final int left = Math.max(0, x);
		final int right = (int) Math.min(width, (long) x + windowWidth);
		final int bottom = (int) Math.min(height, (long) y + windowHeight);
		for (int c = 0; c < channels() && left < right; c++) {
			for (int row = Math.max(0, y); row < bottom; row++) {
				System.arraycopy(plane(c), row * width + left, out.plane(c), (row - y) * windowWidth + left - x,
					right - left);
			}
		}
		return out;
	}

	/** Whether format and all samples are equal, bit for bit. */
	@Override
	public boolean equals(final Object other) {
		return other instanceof Samples o && width == o.width && height == o.height && format.equals(o.format)
			&& Arrays.deepEquals(planes.toArray(), o.planes.toArray());
	}

	@Override
	public int hashCode() {
		return 31 * (31 * width + height) + Arrays.deepHashCode(planes.toArray());
	}

	@Override
	public String toString() {
		return format.channels().size() + "-channel " + format.type().bits() + "-bit samples, " + width + " × "
			+ height;
	}
}
