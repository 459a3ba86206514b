package org.layerj.layers;

import java.util.Arrays;
import java.util.function.IntPredicate;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.LongArray;
import net.imglib2.type.logic.BitType;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/** A set of pixels of a rectangle, one bit each. Immutable. */
public final class Mask {

	private final int width;
	private final int height;
	private final long[] words;

	private Mask(final int width, final int height, final long[] words) {
		this.width = width;
		this.height = height;
		this.words = words;
	}

	/**
	 * No pixel is set.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @return a mask of this size
	 */
	public static Mask none(final int width, final int height) {
		return of(width, height, i -> false);
	}

	/**
	 * Every pixel is set.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @return a mask of this size
	 */
	public static Mask all(final int width, final int height) {
		return of(width, height, i -> true);
	}

	/**
	 * Sets the pixels for which the test of the index {@code y * width + x} holds.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param test asked once for every index, in rising order
	 * @return a mask of this size
	 */
	public static Mask of(final int width, final int height, final IntPredicate test) {
		if (width < 1 || height < 1)
			throw new IllegalArgumentException("A mask is at least 1 × 1 pixels, not " + width + " × " + height + ".");
		final int n = Math.multiplyExact(width, height);
		final long[] words = new long[(n + 63) >>> 6];
		for (int i = 0; i < n; i++) if (test.test(i)) words[i >>> 6] |= 1L << i;
		return new Mask(width, height, words);
	}

	/** {@return the width in pixels} */
	public int width() {
		return width;
	}

	/** {@return the height in pixels} */
	public int height() {
		return height;
	}

	/**
	 * The pixel with the index {@code y * width + x}.
	 *
	 * @param index of the pixel, {@code y * width + x}
	 * @return whether it is set
	 */
	public boolean get(final int index) {
		return (words[index >>> 6] >>> index & 1) != 0;
	}

	/**
	 * Whether a pixel is set.
	 *
	 * @param x column, counted from 0 at the left
	 * @param y row, counted from 0 at the top
	 * @return whether it is set
	 * @throws IndexOutOfBoundsException outside of the mask
	 */
	public boolean get(final int x, final int y) {
		if (x < 0 || y < 0 || x >= width || y >= height)
			throw new IndexOutOfBoundsException("(" + x + ", " + y + ") is outside " + width + " × " + height);
		return get(y * width + x);
	}

	/**
	 * A record by which the pixels that are set are of one kind and all others observed.
	 *
	 * @param kind of the pixels that are set
	 * @return a record of the mask's size
	 */
	public Provenance as(final Kind kind) {
		return Provenance.of(width, height, kind, this::get);
	}

	/** {@return the number of pixels that are set} */
	public long count() {
		return Arrays.stream(words).map(Long::bitCount).sum();
	}

	/** {@return the mask as an imglib2 image of size (width, height), a copy} */
	public Img<BitType> img() {
		return ArrayImgs.bits(new LongArray(words.clone()), width, height);
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof Mask o && width == o.width && height == o.height && Arrays.equals(words, o.words);
	}

	@Override
	public int hashCode() {
		return 31 * (31 * width + height) + Arrays.hashCode(words);
	}

	@Override
	public String toString() {
		return "Mask " + width + " × " + height;
	}
}
