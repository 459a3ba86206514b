package org.layerj.layers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.layerj.common.Hash;
import org.layerj.provenance.Declaration;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Provenance;

/**
 * What a stack shows of each kind: observed, computed, generated, edited by hand, unknown. Only observed pixels as long
 * as nothing has been edited; moving, hiding or erasing a layer uncovers others.
 *
 * @param mask pixels of the canvas that show what is not observed by at least half an 8-bit level
 * @param weights by layer from the bottom and {@link Kind}, how much is visible, in pixels weighted by alpha
 * @param models that generated what is visible, or may have
 */
public record VisibleProvenance(Mask mask, List<double[]> weights, SortedSet<String> models) {

	private static final Kind[] KIND = Kind.values();
	private static final int KINDS = KIND.length;

	/**
	 * Looks at what a stack shows now.
	 *
	 * @param stack not changed
	 * @return what is seen, and where it comes from
	 */
	public static VisibleProvenance of(final LayerStack stack) {
		final int width = stack.width();
		final boolean seals = stack.layers().stream().anyMatch(l -> l.visible() && l.provenance().hasSeals());
		final byte[] marks = new byte[Math.multiplyExact(width, stack.height())];
		final double[][][] rows = IntStream.range(0, stack.height())
			.parallel()
			.mapToObj(y -> row(stack, y, seals, marks))
			.toArray(double[][][]::new);
		final List<double[]> weights = new ArrayList<>();
		final SortedSet<String> models = new TreeSet<>();
		for (int k = 0; k < stack.size(); k++) {
			final double[] sum = new double[KINDS];
			for (final double[][] row : rows) for (int n = 0; n < KINDS; n++) sum[n] += row[k][n];
			weights.add(sum);
			if (sum[Kind.GENERATED.ordinal()] > 0 || sum[Kind.UNKNOWN.ordinal()] > 0)
				models.addAll(stack.get(k).provenance().models());
		}
		return new VisibleProvenance(Mask.of(width, stack.height(), p -> marks[p] != 0), weights, models);
	}

	private static double[][] row(final LayerStack stack, final int y, final boolean seals, final byte[] marks) {
		final Optional<Row> shown = seals ? Optional.of(Row.of(stack, y)) : Optional.empty();
		final double[][] sums = new double[stack.size()][KINDS];
		final double[][] pixel = new double[stack.size()][KINDS];
		for (int x = 0; x < stack.width(); x++) {
			final int p = y * stack.width() + x;
			double through = 1;
			double not = 0;
			boolean picture = false;
			double traces = 0;
			for (int k = stack.size() - 1; k >= 0; k--) {
				Arrays.fill(pixel[k], 0);
				final Layer layer = stack.get(k);
				final Bounds b = layer.bounds();
				if (!layer.visible() || through == 0 || !b.contains(x, y)) continue;
				final int i = (y - b.y()) * b.width() + x - b.x();
				final double over = Compositor.over(layer.opacity(), layer.pixels().plane(RgbaImage.ALPHA)[i] & 0xff);
				if (over == 0) continue;
				final double weight = over * through;
				final double here = weigh(layer.provenance(), i, weight, x, shown, pixel[k]);
				not += here;
				if (weight < Visibility.SEEN) traces += here;
				picture |= here == 0 && layer.provenance().observed(i) < Provenance.ALL;
				through *= 1 - over;
			}
			// Where the picture is shown, what is hidden may lend it less than half a level.
			if (picture) not -= traces;
			// A trace that changes no level is none.
			final boolean marked = not >= Visibility.SEEN - 1e-9;
			if (marked) marks[p] = 1;
			for (int k = 0; k < sums.length; k++) for (int n = 0; n < KINDS; n++) {
				final double w = pixel[k][n];
				if (w != 0) sums[k][marked ? n : 0] += w;
			}
		}
		return sums;
	}

	/** Shares the weight of one layer's pixel among kinds; returns what is not observed. */
	private static double weigh(final Provenance provenance, final int i, final double weight, final int x,
		final Optional<Row> shown, final double[] to)
	{
		final int observed = provenance.observed(i);
		if (observed == Provenance.ALL
			|| observed > 0 && shown.isPresent() && provenance.hasSeals() && provenance.sealed(i, shown.get().hash(x)))
		{
			to[0] = weight;
			return 0;
		}
		to[0] = weight * observed / Provenance.ALL;
		for (int n = 1; n < KINDS; n++) to[n] = weight * provenance.share(KIND[n], i) / Provenance.ALL;
		return weight - to[0];
	}

	/**
	 * Where the pixels of all layers together come from, as one layer.
	 *
	 * @param stack not changed
	 * @param where pixels of the canvas, {@code y * width + x}, that matter; the others count as observed
	 * @return a record of the canvas' size
	 */
	public static Provenance flat(final LayerStack stack, final IntPredicate where) {
		final Provenance.Builder out = new Provenance.Builder(stack.width(), stack.height());
		if (stack.layers().stream().allMatch(l -> l.provenance().isObserved())) return out.build();
		stack.layers().forEach(l -> out.models(l.provenance().models()));
		final double[] pixel = new double[KINDS];
		final double[] sum = new double[KINDS];
		final boolean seals = stack.layers().stream().anyMatch(l -> l.provenance().hasSeals());
		Optional<Row> row = Optional.empty();
		for (int p = 0; p < stack.width() * stack.height(); p++) {
			final int x = p % stack.width();
			final int y = p / stack.width();
			if (x == 0 && seals) row = Optional.of(Row.of(stack, y));
			if (!where.test(p)) continue;
			Arrays.fill(sum, 0);
			double through = 1;
			for (int k = stack.size() - 1; k >= 0 && through > 0; k--) {
				final Layer layer = stack.get(k);
				final Bounds b = layer.bounds();
				if (!layer.visible() || !b.contains(x, y)) continue;
				final int i = (y - b.y()) * b.width() + x - b.x();
				final double over = Compositor.over(layer.opacity(), layer.pixels().plane(RgbaImage.ALPHA)[i] & 0xff);
				if (over == 0) continue;
				Arrays.fill(pixel, 0);
				weigh(layer.provenance(), i, over * through, x, row, pixel);
				for (int n = 0; n < KINDS; n++) sum[n] += pixel[n];
				through *= 1 - over;
			}
			if (through == 1) continue;
			for (int n = 0; n < KINDS; n++) sum[n] /= 1 - through;
			out.mix(p, sum, Visibility.SEEN);
		}
		return out.build();
	}

	/** {@return whether anything is shown that is not observed} */
	public boolean any() {
		return weights.stream().anyMatch(w -> Arrays.stream(w).skip(1).anyMatch(x -> x > 0));
	}

	/**
	 * The declaration for the composite of a stack.
	 *
	 * @param stack not changed
	 * @param own the picture that was decomposed
	 * @return for a caption or a file
	 */
	public static Declaration declaration(final LayerStack stack, final PictureOrigin own) {
		final VisibleProvenance shown = of(stack);
		return shown.declaration(own, !shown.any() && !own.content().isEmpty() && own.content().equals(content(stack)));
	}

	/**
	 * The declaration for the composite.
	 *
	 * @param own the picture that was decomposed
	 * @param exact whether the stack composites to it bit for bit
	 * @return for a caption or a file
	 */
	public Declaration declaration(final PictureOrigin own, final boolean exact) {
		final double[] all = new double[KINDS];
		for (final double[] w : weights) for (int n = 0; n < KINDS; n++) all[n] += w[n];
		return Declaration.of(all, models, own, exact);
	}

	/**
	 * The declaration for a file of layers: all of their pixels count by their alpha, visible or not.
	 *
	 * @param layers that the file holds
	 * @param own the picture that was decomposed
	 * @return for the file
	 */
	public static Declaration inside(final List<Layer> layers, final PictureOrigin own) {
		final double[] all = new double[KINDS];
		final SortedSet<String> models = new TreeSet<>();
		for (final Layer layer : layers) {
			final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
			final double[] sum = new double[KINDS];
			final double[] pixel = new double[KINDS];
			for (int i = 0; i < alpha.length; i++) {
				if (alpha[i] == 0) continue;
				Arrays.fill(pixel, 0);
				weigh(layer.provenance(), i, (alpha[i] & 0xff) / 255.0, 0, Optional.empty(), pixel);
				for (int n = 0; n < KINDS; n++) sum[n] += pixel[n];
			}
			for (int n = 0; n < KINDS; n++) all[n] += sum[n];
			if (sum[Kind.GENERATED.ordinal()] > 0 || sum[Kind.UNKNOWN.ordinal()] > 0)
				models.addAll(layer.provenance().models());
		}
		return Declaration.of(all, models, own, false);
	}

	/**
	 * SHA-256 of the composite of a stack, row by row, which identifies it; with a prefix that says what was hashed.
	 *
	 * @param stack not changed
	 * @return {@code shown-sha256:} and 64 hexadecimal digits
	 */
	public static String content(final LayerStack stack) {
		final MessageDigest digest = Hash.sha256();
		digest.update((stack.width() + " " + stack.height() + " ").getBytes(StandardCharsets.US_ASCII));
		for (int y = 0; y < stack.height(); y++) {
			final Row row = Row.of(stack, y);
			final ByteBuffer hashes = ByteBuffer.allocate(4 * stack.width());
			for (int x = 0; x < stack.width(); x++) hashes.putInt(row.hash(x));
			digest.update(hashes.array());
		}
		return "shown-sha256:" + Hash.hex(digest);
	}

	/** One row of what a stack shows. */
	private record Row(RgbaImage colours, Optional<Samples> samples) {

		static Row of(final LayerStack stack, final int y) {
			final LayerStack row = new LayerStack(stack.width(), 1,
				stack.layers().stream().map(l -> l.at(l.bounds().x(), l.bounds().y() - y)).toList());
			return new Row(Compositor.flatten(row), row.format().map(f -> SampleCompositor.flatten(row)));
		}

		int hash(final int x) {
			return PixelHash.of(colours, samples, x);
		}
	}
}
