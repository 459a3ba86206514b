package org.layerj.provenance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * The origin of every pixel of a layer: for each {@link Kind} its share in the pixel, 0 … 255, with sum 255. Immutable.
 * <p>
 * <b>Partly hidden pixels.</b> Of a pixel that others cover in part, or that is mixed with what lies behind it, the
 * picture shows a share; that share is observed and the rest was computed or generated. As long as the composite there
 * is the picture's own pixel, nothing else than the picture is seen all the same. So such a pixel carries a
 * <em>seal</em>, a hash of the picture's pixel, and where the composite has that hash, it counts as observed.
 */
public final class Provenance {

	/** All of a pixel. */
	public static final int ALL = 255;

	private static final Kind[] KINDS = Kind.values();
	private static final int PLANES = KINDS.length - 1;

	private final int width;
	private final int height;
	/** By kind, observed left out; null where a kind has no part in any pixel. */
	private final byte[][] planes;
	/** Which pixels are sealed, rising, and their seals. */
	private final int[] sealedAt;
	private final int[] seals;
	private final SortedSet<String> models;

	private Provenance(final int width, final int height, final byte[][] planes, final int[] sealedAt,
		final int[] seals, final SortedSet<String> models)
	{
		this.width = width;
		this.height = height;
		this.planes = planes;
		this.sealedAt = sealedAt;
		this.seals = seals;
		this.models = Collections.unmodifiableSortedSet(models);
	}

	/**
	 * Every pixel is observed.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @return a record of this size
	 */
	public static Provenance observed(final int width, final int height) {
		return new Builder(width, height).build();
	}

	/**
	 * Every pixel is of one kind.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param kind of all pixels
	 * @return a record of this size
	 */
	public static Provenance all(final int width, final int height, final Kind kind) {
		return of(width, height, kind, i -> true);
	}

	/**
	 * The pixels with index {@code y * width + x} for which the test holds are of one kind, the others observed.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param kind of the pixels for which the test holds
	 * @param test asked for every index
	 * @return a record of this size
	 */
	public static Provenance of(final int width, final int height, final Kind kind, final IntPredicate test) {
		final Builder builder = new Builder(width, height);
		for (int i = 0; i < width * height; i++) if (test.test(i)) builder.set(i, kind, ALL);
		return builder.build();
	}

	/** {@return the width in pixels} */
	public int width() {
		return width;
	}

	/** {@return the height in pixels} */
	public int height() {
		return height;
	}

	/** {@return names of the trained models that generated pixels here, or may have} */
	public SortedSet<String> models() {
		return models;
	}

	/** {@return whether every pixel is observed as a whole} */
	public boolean isObserved() {
		for (final byte[] plane : planes) if (plane != null) return false;
		return true;
	}

	/**
	 * How much of a pixel is of a kind, 0 … {@value #ALL}.
	 *
	 * @param kind any
	 * @param index {@code y * width + x}
	 * @return all kinds of a pixel together are {@value #ALL}
	 */
	public int share(final Kind kind, final int index) {
		if (kind == Kind.OBSERVED) return observed(index);
		final byte[] plane = planes[kind.ordinal() - 1];
		return plane == null ? 0 : plane[index] & 0xff;
	}

	/**
	 * How much of a pixel is observed, 0 … {@value #ALL}.
	 *
	 * @param index {@code y * width + x}
	 * @return 0 … {@value #ALL}
	 */
	public int observed(final int index) {
		int rest = ALL;
		for (final byte[] plane : planes) if (plane != null) rest -= plane[index] & 0xff;
		return rest;
	}

	/** {@return whether any pixel is sealed} */
	public boolean hasSeals() {
		return sealedAt.length > 0;
	}

	/**
	 * Whether a pixel has this seal.
	 *
	 * @param index {@code y * width + x}
	 * @param seal of the pixel as it is now
	 * @return false also if it has none
	 */
	public boolean sealed(final int index, final int seal) {
		final int at = Arrays.binarySearch(sealedAt, index);
		return at >= 0 && seals[at] == seal;
	}

	/**
	 * A record of another size, whose pixels are taken from pixels of this one.
	 *
	 * @param newWidth in pixels
	 * @param newHeight in pixels
	 * @param from for an index in the new rectangle the index in this one; below 0 for one that is observed
	 * @return a record of this size
	 */
	public Provenance gather(final int newWidth, final int newHeight, final IntUnaryOperator from) {
		final Builder builder = new Builder(newWidth, newHeight).models(models);
		if (isObserved()) return builder.build();
		for (int i = 0; i < newWidth * newHeight; i++) {
			final int j = from.applyAsInt(i);
			if (j >= 0) builder.copy(i, this, j);
		}
		return builder.build();
	}

	/**
	 * A rectangle of this record; pixels beyond its borders are observed.
	 *
	 * @param x first column, which may be negative
	 * @param y first row, which may be negative
	 * @param newWidth in pixels
	 * @param newHeight in pixels
	 * @return a record of this size
	 */
	public Provenance window(final int x, final int y, final int newWidth, final int newHeight) {
		final Builder builder = new Builder(newWidth, newHeight).models(models);
		final int left = Math.max(0, x);
		final int right = Math.min(width, x + newWidth);
		for (int row = Math.max(0, y); row < Math.min(height, y + newHeight) && left < right; row++) {
			final int from = row * width + left;
			final int to = (row - y) * newWidth + left - x;
			for (int k = 0; k < PLANES; k++) {
				if (planes[k] == null) continue;
				if (builder.planes[k] == null) builder.planes[k] = new byte[newWidth * newHeight];
				System.arraycopy(planes[k], from, builder.planes[k], to, right - left);
			}
			if (!hasSeals()) continue;
			final int first = Arrays.binarySearch(sealedAt, from);
			for (int n = first < 0 ? -first - 1 : first; n < sealedAt.length && sealedAt[n] < from + right - left; n++)
				builder.seal(sealedAt[n] - from + to, seals[n]);
		}
		return builder.build();
	}

	/**
	 * The record of some pixels.
	 *
	 * @param x where its own first pixel lies in what it is put into
	 * @param y as {@code x}
	 * @param provenance what is known of them
	 * @param where which pixels, by its own index
	 */
	public record Patch(int x, int y, Provenance provenance, IntPredicate where) {}

	/**
	 * The same record with the pixels of some patches replaced. Patches lie wholly within it and do not overlap.
	 *
	 * @param patches within this rectangle
	 * @return a record of the same size
	 */
	public Provenance patched(final List<Patch> patches) {
		final Builder builder = new Builder(width, height).models(models);
		for (int k = 0; k < PLANES; k++) if (planes[k] != null) builder.planes[k] = planes[k].clone();
		final BitSet put = new BitSet();
		final List<Long> sealed = new ArrayList<>();
		for (final Patch p : patches) {
			final Provenance own = p.provenance;
			builder.models(own.models);
			for (int k = 0; k < PLANES; k++)
				if (builder.planes[k] == null && own.planes[k] != null) builder.planes[k] = new byte[width * height];
			for (int i = 0; i < own.width * own.height; i++) {
				if (!p.where.test(i)) continue;
				final int at = (p.y + i / own.width) * width + p.x + i % own.width;
				for (int k = 0; k < PLANES; k++)
					if (builder.planes[k] != null) builder.planes[k][at] = own.planes[k] == null ? 0 : own.planes[k][i];
				put.set(at);
			}
			for (int n = 0; n < own.sealedAt.length; n++) {
				final int i = own.sealedAt[n];
				if (p.where.test(i)) sealed.add(
					(long) ((p.y + i / own.width) * width + p.x + i % own.width) << 32 | own.seals[n] & 0xffffffffL);
			}
		}
		for (int n = 0; n < sealedAt.length; n++)
			if (!put.get(sealedAt[n])) sealed.add((long) sealedAt[n] << 32 | seals[n] & 0xffffffffL);
		sealed.stream().sorted().forEach(s -> builder.seal((int) (s >> 32), s.intValue()));
		return builder.build();
	}

	/**
	 * The observed part of some pixels becomes another kind; what was not observed stays what it is.
	 *
	 * @param kind of what was observed so far
	 * @param changed whether a pixel, by its index, is meant
	 * @return a record of the same size
	 */
	public Provenance mark(final Kind kind, final IntPredicate changed) {
		final Builder builder = new Builder(width, height).models(models);
		boolean any = false;
		for (int i = 0; i < width * height; i++) {
			final boolean here = changed.test(i);
			any |= here;
			builder.copy(i, this, i);
			if (here) builder.mark(i, kind);
		}
		return any ? builder.build() : this;
	}

	/**
	 * Some pixels become wholly of one kind, made by these models.
	 *
	 * @param kind of the pixels now
	 * @param by names of models
	 * @param changed whether a pixel, by its index, is meant
	 * @return a record of the same size
	 */
	public Provenance replaced(final Kind kind, final Collection<String> by, final IntPredicate changed) {
		final Builder builder = new Builder(width, height).models(models).models(by);
		for (int i = 0; i < width * height; i++) {
			if (changed.test(i)) builder.set(i, kind, ALL);
			else builder.copy(i, this, i);
		}
		return builder.build();
	}

	/**
	 * The same record with all shares of one kind turned into another kind, made by these models.
	 *
	 * @param from kind that goes
	 * @param to kind that comes
	 * @param by names of models
	 * @return a record of the same size
	 */
	public Provenance as(final Kind from, final Kind to, final Collection<String> by) {
		if (planes[from.ordinal() - 1] == null) return this;
		final Builder builder = new Builder(width, height).models(models).models(by);
		for (int i = 0; i < width * height; i++) {
			builder.copy(i, this, i);
			final int share = share(from, i);
			builder.set(i, from, 0);
			builder.set(i, to, share + share(to, i));
		}
		return builder.build();
	}

	/**
	 * The same with models that may have generated some of it.
	 *
	 * @param more names of models
	 * @return a record of the same size
	 */
	public Provenance withModels(final Collection<String> more) {
		final SortedSet<String> all = new TreeSet<>(models);
		all.addAll(more);
		return new Provenance(width, height, planes, sealedAt, seals, all);
	}

	/**
	 * The same with other seals: for every pixel of which some is observed and some not.
	 *
	 * @param seal of a pixel; empty leaves what it has
	 * @return a record of the same size
	 */
	public Provenance seal(final IntFunction<OptionalInt> seal) {
		if (isObserved()) return this;
		final Builder builder = new Builder(width, height);
		int kept = 0;
		for (int i = 0; i < width * height; i++) {
			while (kept < sealedAt.length && sealedAt[kept] < i) kept++;
			final int share = observed(i);
			final OptionalInt next = share == 0 || share == ALL ? OptionalInt.empty() : seal.apply(i);
			if (next.isPresent()) builder.seal(i, next.getAsInt());
			else if (kept < sealedAt.length && sealedAt[kept] == i) builder.seal(i, seals[kept]);
		}
		return new Provenance(width, height, planes, Arrays.copyOf(builder.sealedAt, builder.sealCount),
			Arrays.copyOf(builder.seals, builder.sealCount), models);
	}

	byte[] plane(final Kind kind) {
		return planes[kind.ordinal() - 1];
	}

	int[] sealedAt() {
		return sealedAt;
	}

	int[] seals() {
		return seals;
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof Provenance o && width == o.width && height == o.height && models.equals(o.models)
			&& Arrays.deepEquals(planes, o.planes) && Arrays.equals(sealedAt, o.sealedAt)
			&& Arrays.equals(seals, o.seals);
	}

	@Override
	public int hashCode() {
		return 31 * (31 * width + height) + Arrays.deepHashCode(planes);
	}

	@Override
	public String toString() {
		return "Provenance " + width + " × " + height;
	}

	/** Builds a record, in which all pixels are observed at first. Not thread-safe. */
	public static final class Builder {

		private final int width;
		private final int height;
		private final byte[][] planes = new byte[PLANES][];
		private final SortedSet<String> models = new TreeSet<>();
		private int[] sealedAt = new int[0];
		private int[] seals = new int[0];
		private int sealCount;

		/**
		 * Begins with every pixel observed.
		 *
		 * @param width in pixels, at least 1
		 * @param height in pixels, at least 1
		 */
		public Builder(final int width, final int height) {
			if (width < 1 || height < 1) throw new IllegalArgumentException(
				"A layer is at least 1 × 1 pixels, not " + width + " × " + height + ".");
			this.width = width;
			this.height = height;
			Math.multiplyExact(width, height);
		}

		/**
		 * Sets the share of a kind in a pixel, 0 … {@value #ALL}, which all kinds together must not exceed.
		 *
		 * @param index {@code y * width + x}
		 * @param kind other than observed
		 * @param share 0 … {@value #ALL}
		 * @return this
		 */
		public Builder set(final int index, final Kind kind, final int share) {
			if (kind == Kind.OBSERVED)
				throw new IllegalArgumentException("The observed share is 255 minus the shares of the other kinds.");
			final int k = kind.ordinal() - 1;
			if (planes[k] == null && share != 0) planes[k] = new byte[width * height];
			if (planes[k] != null) planes[k][index] = (byte) share;
			return this;
		}

		/**
		 * Copies a pixel of another record with its seal. Pixels must come in rising order.
		 *
		 * @param index {@code y * width + x} here
		 * @param other any record
		 * @param from index there
		 * @return this
		 */
		public Builder copy(final int index, final Provenance other, final int from) {
			for (int k = 0; k < PLANES; k++)
				if (other.planes[k] != null) set(index, KINDS[k + 1], other.planes[k][from] & 0xff);
			if (other.sealedAt.length == 0) return this;
			final int at = Arrays.binarySearch(other.sealedAt, from);
			if (at >= 0) seal(index, other.seals[at]);
			return this;
		}

		/**
		 * The observed part of a pixel becomes another kind; its seal is broken.
		 *
		 * @param index {@code y * width + x}
		 * @param kind other than observed
		 * @return this
		 */
		public Builder mark(final int index, final Kind kind) {
			int rest = ALL;
			for (final byte[] plane : planes) if (plane != null) rest -= plane[index] & 0xff;
			final byte[] own = planes[kind.ordinal() - 1];
			set(index, kind, rest + (own == null ? 0 : own[index] & 0xff));
			if (sealCount > 0 && sealedAt[sealCount - 1] == index) sealCount--;
			return this;
		}

		/**
		 * Sets shares, 0 … 1, by ordinal of the kind, rounded so that their sum is {@value #ALL}. No share above 0 that
		 * is not observed is rounded to 0.
		 *
		 * @param index {@code y * width + x}
		 * @param shares of each kind; together at most 1
		 * @param trace shares of what is not observed up to this are none
		 * @return this
		 */
		public Builder mix(final int index, final double[] shares, final double trace) {
			double not = 0;
			for (int k = 1; k <= PLANES; k++) not += shares[k];
			if (not <= trace) return this;
			int left = ALL;
			for (int k = 1; k <= PLANES; k++) {
				if (shares[k] <= 0) continue;
				final int share = Math.min(left, Math.max(1, (int) Math.round(shares[k] * ALL)));
				left -= share;
				set(index, KINDS[k], share);
			}
			return this;
		}

		/**
		 * Seals a pixel; in rising order.
		 *
		 * @param index {@code y * width + x}
		 * @param seal of the pixel ({@code layers.PixelHash})
		 * @return this
		 */
		public Builder seal(final int index, final int seal) {
			if (sealCount > 0 && sealedAt[sealCount - 1] == index) sealCount--;
			if (sealCount == sealedAt.length) {
				sealedAt = Arrays.copyOf(sealedAt, Math.max(64, 2 * sealCount));
				seals = Arrays.copyOf(seals, sealedAt.length);
			}
			sealedAt[sealCount] = index;
			seals[sealCount++] = seal;
			return this;
		}

		/**
		 * Models that generated pixels.
		 *
		 * @param more names of models
		 * @return this
		 */
		public Builder models(final Collection<String> more) {
			models.addAll(more);
			return this;
		}

		/** {@return the record; the builder is not to be used any more} */
		public Provenance build() {
			for (int k = 0; k < PLANES; k++) {
				if (planes[k] == null) continue;
				boolean any = false;
				for (int i = 0; i < planes[k].length && !any; i++) any = planes[k][i] != 0;
				if (!any) planes[k] = null;
			}
			boolean generated = planes[Kind.GENERATED.ordinal() - 1] != null;
			generated |= planes[Kind.UNKNOWN.ordinal() - 1] != null;
			return new Provenance(width, height, planes, Arrays.copyOf(sealedAt, sealCount),
				Arrays.copyOf(seals, sealCount), generated ? models : new TreeSet<>());
		}
	}
}
