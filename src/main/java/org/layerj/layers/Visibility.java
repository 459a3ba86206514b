package org.layerj.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/** Which pixels of each layer are visible in the composite. */
public final class Visibility {

	/** A pixel that changes the picture by less than half an 8-bit level shows nothing of itself. */
	static final double SEEN = 0.5 / 255;

	private Visibility() {}

	/**
	 * The layers of a method without a trained model, see {@link #markHidden(LayerStack, Kind, Collection)}.
	 *
	 * @param stack layers that composite to the picture
	 * @return the same layers with other records of provenance
	 */
	public static LayerStack markHidden(final LayerStack stack) {
		return markHidden(stack, Kind.COMPUTED, Set.of());
	}

	/**
	 * The same layers with provenance computed from their composite: of each pixel its share in the composite is
	 * observed, the rest is of the given kind. Pixels that contribute less than half an 8-bit level are not observed,
	 * opaque pixels on top are observed entirely, translucent pixels and those behind them in part; the latter are
	 * sealed with the hash of the composite's pixel.
	 *
	 * @param stack layers that composite to the picture
	 * @param kind how the layers' own pixels were made, if no picture shows them
	 * @param models the trained models that made them, if any
	 * @return the same layers with other records of provenance
	 */
	public static LayerStack markHidden(final LayerStack stack, final Kind kind, final Collection<String> models) {
		final float[] cover = new float[Math.multiplyExact(stack.width(), stack.height())];
		Arrays.fill(cover, 1);
		stack.layers().stream().filter(Layer::visible).forEach(l -> pass(stack, l, cover));
		for (int i = 0; i < cover.length; i++) cover[i] = 1 - cover[i];
		final float[] through = new float[cover.length];
		Arrays.fill(through, 1);
		final List<Layer> marked = new ArrayList<>(stack.layers());
		for (int k = marked.size() - 1; k >= 0; k--) {
			final Layer layer = marked.get(k);
			if (!layer.visible()) continue;
			final Bounds b = layer.bounds();
			final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
			final Provenance.Builder builder = new Provenance.Builder(b.width(), b.height()).models(models);
			for (int i = 0; i < alpha.length; i++) {
				final int x = b.x() + i % b.width();
				final int y = b.y() + i / b.width();
				if (alpha[i] == 0 || x < 0 || y < 0 || x >= stack.width() || y >= stack.height()) continue;
				final int p = y * stack.width() + x;
				final double weight = layer.opacity() * (alpha[i] & 0xff) / 255.0 * through[p];
				// Rounded up, for what is seen at all counts.
				final int observed = weight < SEEN ? 0
					: (int) Math.min(Provenance.ALL, Math.ceil(Provenance.ALL * weight / cover[p] - 1e-3));
				if (observed < Provenance.ALL) builder.set(i, kind, Provenance.ALL - observed);
			}
			marked.set(k, layer.withProvenance(builder.build()));
			pass(stack, layer, through);
		}
		return sealed(new LayerStack(stack.width(), stack.height(), marked), p -> true);
	}

	/**
	 * The same layers with every pixel that is observed in part sealed with what the stack shows there now.
	 *
	 * @param stack not changed
	 * @param where pixels of the canvas of which it is known that they are the picture's; elsewhere seals stay
	 * @return the same layers with other records of provenance
	 */
	public static LayerStack sealed(final LayerStack stack, final IntPredicate where) {
		if (stack.layers().stream().allMatch(l -> l.provenance().isObserved())) return stack;
		final RgbaImage shown = Compositor.flatten(stack);
		final Optional<Samples> samples = stack.format().map(f -> SampleCompositor.flatten(stack));
		final List<Layer> out = new ArrayList<>();
		for (final Layer layer : stack.layers()) {
			final Bounds b = layer.bounds();
			out.add(layer.withProvenance(layer.provenance().seal(i -> {
				final int x = b.x() + i % b.width();
				final int y = b.y() + i / b.width();
				if (x < 0 || y < 0 || x >= stack.width() || y >= stack.height()) return OptionalInt.empty();
				final int p = y * stack.width() + x;
				return where.test(p) ? OptionalInt.of(PixelHash.of(shown, samples, p)) : OptionalInt.empty();
			})));
		}
		return new LayerStack(stack.width(), stack.height(), out);
	}

	/**
	 * The layers of a stack after a step that shows the same picture, sealed where that was the picture before.
	 *
	 * @param before a stack with seals
	 * @param after a stack that composites to the same picture
	 * @return the stack after the step, with seals
	 */
	public static LayerStack resealed(final LayerStack before, final LayerStack after) {
		final Mask not = VisibleProvenance.of(before).mask();
		final RgbaImage was = Compositor.flatten(before);
		final RgbaImage is = Compositor.flatten(after);
		final Optional<Samples> wasSamples = before.format().map(f -> SampleCompositor.flatten(before));
		final Optional<Samples> isSamples = after.format().map(f -> SampleCompositor.flatten(after));
		return sealed(after, p -> !not.get(p) && PixelHash.of(was, wasSamples, p) == PixelHash.of(is, isSamples, p));
	}

	/** Takes from the light that gets through what a layer holds back. */
	private static void pass(final LayerStack stack, final Layer layer, final float[] through) {
		final Bounds b = layer.bounds();
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		for (int y = Math.max(0, b.y()); y < Math.min(stack.height(), b.bottom()); y++) {
			for (int x = Math.max(0, b.x()); x < Math.min(stack.width(), b.right()); x++)
				through[y * stack.width() + x] *=
					(float) (1 - layer.opacity() * (alpha[(y - b.y()) * b.width() + x - b.x()] & 0xff) / 255.0);
		}
	}
}
