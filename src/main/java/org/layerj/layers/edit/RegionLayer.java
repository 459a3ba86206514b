package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Diffusion;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.Samples;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * Layers by selection: the selected area becomes a layer of its own, or is the only part of a picture that is
 * decomposed. The composite stays the same bit for bit, samples included.
 */
public final class RegionLayer {

	private RegionLayer() {}

	/**
	 * A picture of one layer, for {@link #lift}.
	 *
	 * @param picture becomes the layer's pixels
	 * @param samples those of the picture, if it has any
	 * @return a stack of one layer
	 */
	public static LayerStack whole(final RgbaImage picture, final Optional<Samples> samples) {
		final Layer layer = Layer.of("picture", "Picture", picture);
		return new LayerStack(picture.width(), picture.height(),
			List.of(samples.map(layer::withSamples).orElse(layer)));
	}

	/**
	 * Lifts a region out of one layer: its pixels become a new layer right above it. The hole is filled from around it
	 * ({@link Diffusion}) and marked synthetic where the lifted pixel hides it completely, and left transparent
	 * elsewhere.
	 *
	 * @param stack in which the layer is
	 * @param id of the layer to lift from
	 * @param region of the canvas
	 * @param newId of the layer to make, not in the stack yet
	 * @param name of the layer to make
	 * @return a stack that composites to the same picture
	 * @throws IllegalArgumentException if the region has no pixel on the canvas
	 */
	public static LayerStack lift(final LayerStack stack, final String id, final Region region, final String newId,
		final String name)
	{
		final Layer from = stack.get(stack.indexOf(id));
		final Region cut = onCanvas(region, stack);
		final Bounds b = cut.bounds();
		final RgbaImage pixels = from.onCanvas(stack.width(), stack.height()).crop(b);
		final Optional<Samples> samples = from.samplesOnCanvas(stack.width(), stack.height()).map(v -> v.crop(b));
		clear(pixels, samples, cut, false);
		final Provenance made = from.provenance().gather(b.width(), b.height(), i -> {
			final int x = b.x() + i % b.width();
			final int y = b.y() + i / b.width();
			return cut.contains(x, y) && from.bounds().contains(x, y)
				? (y - from.bounds().y()) * from.bounds().width() + x - from.bounds().x() : -1;
		});
		final Layer lifted =
			new Layer(newId, name, b, pixels, from.opacity(), from.visible(), Optional.of(id), made, samples);
		return stack.with(hollow(from, cut, from.opacity() == 1)).insert(stack.indexOf(id) + 1, lifted);
	}

	/**
	 * Gathers a region in one layer: what is visible there, of whatever layers, becomes a new layer on top. The visible
	 * layers below lose their pixels there; the lowest is filled from around where the new layer hides it.
	 *
	 * @param stack at least one layer shows something in the region
	 * @param region of the canvas
	 * @param newId of the layer to make, not in the stack yet
	 * @param name of the layer to make
	 * @return a stack that composites to the same picture
	 * @throws IllegalArgumentException if the region has no pixel on the canvas
	 */
	public static LayerStack gather(final LayerStack stack, final Region region, final String newId,
		final String name)
	{
		final Region cut = onCanvas(region, stack);
		final Bounds b = cut.bounds();
		final LayerStack here = new LayerStack(b.width(), b.height(),
			stack.layers().stream().map(l -> l.at(l.bounds().x() - b.x(), l.bounds().y() - b.y())).toList());
		final RgbaImage pixels = Compositor.flatten(here);
		final Optional<Samples> samples = here.format().map(f -> SampleCompositor.flatten(here));
		clear(pixels, samples, cut, false);
		final Provenance made =
			VisibleProvenance.flat(here, p -> cut.contains(b.x() + p % b.width(), b.y() + p / b.width()));
		LayerStack out = stack;
		boolean lowest = true;
		for (final Layer l : stack.layers()) {
			if (!l.visible()) continue;
			out = out.with(hollow(l, cut, lowest && l.opacity() == 1, pixels));
			lowest = false;
		}
		return out.insert(out.size(), new Layer(newId, name, b, pixels, 1, true, Optional.empty(), made, samples));
	}

	/**
	 * Pastes the layers of a part of a picture into the whole: the lowest is enlarged to the canvas and shows the
	 * picture outside of the part.
	 *
	 * @param picture the whole picture
	 * @param samples its samples, if the layers have any
	 * @param region which part was decomposed; pixels of its bounds that it does not contain stay the picture's
	 * @param layers a canvas as large as the region's bounds, compositing to the picture there
	 * @return a stack of the picture's size that composites to the picture
	 */
	public static LayerStack paste(final RgbaImage picture, final Optional<Samples> samples, final Region region,
		final LayerStack layers)
	{
		final Bounds b = region.bounds();
		if (layers.width() != b.width() || layers.height() != b.height()) throw new IllegalArgumentException(
			"Layers of " + layers.width() + " × " + layers.height() + " pixels do not fit into " + b + ".");
		final List<Layer> out = new ArrayList<>();
		for (final Layer l : layers.layers()) {
			final Region place =
				new Region(l.bounds().at(b.x() + l.bounds().x(), b.y() + l.bounds().y()), Optional.empty());
			out.add(outside(l.at(place.bounds().x(), place.bounds().y()), region));
		}
		final boolean merge =
			!out.isEmpty() && out.get(0).bounds().equals(b) && out.get(0).opacity() == 1 && out.get(0).visible();
		final Layer bottom = whole(picture, samples).get(0);
		if (merge) out.set(0, merged(bottom, out.get(0), region));
		else {
			String id = "elsewhere";
			while (layers.find(id).isPresent()) id += "'";
			out.add(0, new Layer(id, "Elsewhere", bottom.bounds(), without(bottom, region), 1, true, Optional.empty(),
				bottom.provenance(), bottom.samples()));
		}
		return new LayerStack(picture.width(), picture.height(), out);
	}

	private static Region onCanvas(final Region region, final LayerStack stack) {
		return region.on(stack.width(), stack.height())
			.orElseThrow(() -> new IllegalArgumentException("The region has no pixel on the canvas."));
	}

	/** Empties pixels inside or outside of a region whose bounds they fill. */
	private static void clear(final RgbaImage pixels, final Optional<Samples> samples, final Region region,
		final boolean inside)
	{
		final Bounds b = region.bounds();
		for (int i = 0; i < b.width() * b.height(); i++) {
			if (region.contains(b.x() + i % b.width(), b.y() + i / b.width()) != inside) continue;
			for (int c = 0; c < RgbaImage.PLANES; c++) pixels.plane(c)[i] = 0;
			if (samples.isPresent()) for (int c = 0; c < samples.get().channels(); c++) samples.get().set(c, i, 0);
		}
	}

	private static Layer hollow(final Layer layer, final Region region, final boolean fill) {
		return hollow(layer, region, fill,
			layer.onCanvas(region.bounds().right(), region.bounds().bottom()).crop(region.bounds()));
	}

	/**
	 * A layer without the pixels of a region.
	 *
	 * @param fill whether to fill the hole where the cover is opaque
	 * @param cover what will lie above it, as large as the region's bounds
	 */
	private static Layer hollow(final Layer layer, final Region region, final boolean fill, final RgbaImage cover) {
		final Bounds b = layer.bounds();
		final Bounds r = region.bounds();
		final int left = Math.max(b.x(), r.x());
		final int top = Math.max(b.y(), r.y());
		final int right = Math.min(b.right(), r.right());
		final int bottom = Math.min(b.bottom(), r.bottom());
		if (left >= right || top >= bottom) return layer;
		final RgbaImage pixels = layer.pixels().copy();
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		// As much around the hole as it is large tells what belongs there.
		final int margin = Math.max(8, Math.max(right - left, bottom - top) / 2);
		final int x0 = Math.max(b.x(), left - margin);
		final int y0 = Math.max(b.y(), top - margin);
		final Bounds near =
			new Bounds(x0, y0, Math.min(b.right(), right + margin) - x0, Math.min(b.bottom(), bottom + margin) - y0);
		final boolean[] known = new boolean[near.width() * near.height()];
		for (int i = 0; i < known.length; i++) {
			final int x = near.x() + i % near.width();
			final int y = near.y() + i / near.width();
			known[i] = !region.contains(x, y) && alpha[(y - b.y()) * b.width() + x - b.x()] == -1;
		}
		final boolean filled = fill && anyOf(known);
		final boolean[] made = new boolean[alpha.length];
		for (int y = top; y < bottom; y++) for (int x = left; x < right; x++) {
			if (!region.contains(x, y)) continue;
			final int i = (y - b.y()) * b.width() + x - b.x();
			made[i] = filled && cover.plane(RgbaImage.ALPHA)[(y - r.y()) * r.width() + x - r.x()] == -1;
			alpha[i] = (byte) (made[i] ? -1 : 0);
		}
		final Optional<Samples> samples = layer.samples().map(Samples::copy);
		if (filled) {
			for (int c = 0; c < 3; c++) {
				final byte[] plane = pixels.plane(c);
				fillHole(b, near, known, made, i -> plane[i] & 0xff, (i, v) -> plane[i] = (byte) Math.round(v));
			}
			for (int c = 0; samples.isPresent() && c < samples.get().channels(); c++) {
				final int channel = c;
				final Samples v = samples.get();
				fillHole(b, near, known, made, i -> v.get(channel, i),
					(i, d) -> v.set(channel, i, SampleCompositor.round(v.format().type(), d)));
			}
		}
		final Layer changed = layer.withPixels(b, pixels, filledIn(layer.provenance(), made, alpha));
		return samples.map(v -> Display.redraw(changed.withSamples(v))).orElse(changed);
	}

	/** What was filled is computed, and what is transparent now says nothing. */
	private static Provenance filledIn(final Provenance before, final boolean[] made, final byte[] alpha) {
		final Provenance.Builder builder =
			new Provenance.Builder(before.width(), before.height()).models(before.models());
		for (int i = 0; i < made.length; i++) {
			if (made[i]) builder.set(i, Kind.COMPUTED, Provenance.ALL);
			else if (alpha[i] != 0) builder.copy(i, before, i);
		}
		return builder.build();
	}

	private interface Sample {

		double get(int index);
	}

	private interface Store {

		void set(int index, double value);
	}

	private static void fillHole(final Bounds b, final Bounds near, final boolean[] known, final boolean[] made,
		final Sample sample, final Store store)
	{
		final double[] plane = new double[known.length];
		for (int i = 0; i < plane.length; i++) plane[i] = sample.get(index(b, near, i));
		final double[] filled = Diffusion.fill(plane, near.width(), near.height(), i -> known[i], 0);
		for (int i = 0; i < plane.length; i++) if (made[index(b, near, i)]) store.set(index(b, near, i), filled[i]);
	}

	private static int index(final Bounds b, final Bounds near, final int i) {
		return (near.y() + i / near.width() - b.y()) * b.width() + near.x() + i % near.width() - b.x();
	}

	private static boolean anyOf(final boolean[] flags) {
		for (final boolean f : flags) if (f) return true;
		return false;
	}

	/**
	 * A layer on the canvas without what lies outside of a region, beyond its bounds too: there it was out of sight,
	 * and would come into it.
	 */
	private static Layer outside(final Layer layer, final Region region) {
		final Bounds b = layer.bounds();
		if (region.mask().isEmpty() && region.bounds().contains(b.x(), b.y())
			&& region.bounds().contains(b.right() - 1, b.bottom() - 1)) return layer;
		final RgbaImage pixels = layer.pixels().copy();
		for (int i = 0; i < b.width() * b.height(); i++) {
			if (!region.contains(b.x() + i % b.width(), b.y() + i / b.width())) pixels.plane(RgbaImage.ALPHA)[i] = 0;
		}
		final Layer cut = layer.withPixels(b, pixels, layer.provenance());
		return layer.samples().map(cut::withSamples).orElse(cut);
	}

	/** The picture with a layer in place of one region. */
	private static Layer merged(final Layer picture, final Layer layer, final Region region) {
		final Bounds b = region.bounds();
		final int width = picture.bounds().width();
		final RgbaImage pixels = picture.pixels().copy();
		final Optional<Samples> samples = picture.samples().filter(v -> layer.samples().isPresent()).map(Samples::copy);
		for (int y = b.y(); y < b.bottom(); y++) for (int x = b.x(); x < b.right(); x++) {
			if (!region.contains(x, y)) continue;
			final int from = (y - b.y()) * b.width() + x - b.x();
			for (int c = 0; c < RgbaImage.PLANES; c++) pixels.plane(c)[y * width + x] = layer.pixels().plane(c)[from];
			if (samples.isPresent()) for (int c = 0; c < samples.get().channels(); c++)
				samples.get().copy(c, y * width + x, layer.samples().orElseThrow(), from);
		}
		final Provenance known = layer.provenance()
			.gather(width, picture.bounds().height(),
				i -> region.contains(i % width, i / width) ? (i / width - b.y()) * b.width() + i % width - b.x() : -1);
		return new Layer(layer.id(), layer.name(), picture.bounds(), pixels, 1, true, layer.parent(), known, samples);
	}

	private static RgbaImage without(final Layer bottom, final Region region) {
		final RgbaImage pixels = bottom.pixels().copy();
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		for (int i = 0; i < alpha.length; i++)
			if (region.contains(i % pixels.width(), i / pixels.width())) alpha[i] = 0;
		return pixels;
	}
}
