package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * Merges several layers into one. <em>Over</em> is associative, so the layers composited with each other on nothing
 * look, over whatever lies below, as they did one by one: exactly, but for the rounding of the merged alpha and colour
 * to 8 bits, which changes the picture by 1 level at most. Of samples the rounded alpha lets through up to 1/510 more
 * or less of their difference to what lies below; where the merged layer is opaque, nothing.
 * <p>
 * Opacities go into the pixels' alpha; the merged layer's own is 1. It takes the place of the uppermost layer, or of
 * the lowest if something that lies between touches one of those below. If neither place gives the same picture, the
 * merge is rejected.
 */
public final class Merge {

	private Merge() {}

	/**
	 * @param stack not changed
	 * @param ids two or more layers, in any order; the merged one has the id, name and parent of the lowest
	 * @return a stack in which one layer takes the place of these, and that shows the same
	 * @throws EditException if some of them are hidden and some not, or if layers between them touch both the upper and
	 * the lower ones
	 */
	public static LayerStack of(final LayerStack stack, final Set<String> ids) {
		final List<Layer> merged = stack.layers().stream().filter(l -> ids.contains(l.id())).toList();
		if (merged.size() < 2) throw new EditException("Merging needs two layers or more.");
		final Layer lowest = merged.get(0);
		if (merged.stream().map(Layer::visible).distinct().count() > 1) {
			final Layer hidden = merged.stream().filter(l -> !l.visible()).findFirst().orElseThrow();
			throw new EditException("Layer " + hidden.name()
				+ " is hidden and would be lost in the merge; show it first, or leave it out.");
		}
		final int bottom = stack.indexOf(lowest.id());
		final int top = stack.indexOf(merged.get(merged.size() - 1).id());
		final boolean up = canRise(stack, ids, bottom, top);
		if (!up && !canSink(stack, ids, bottom, top)) {
			throw new EditException(
				"Layers that lie between those to be merged overlap them, so that one layer cannot show the same; merge them too, or reorder first.");
		}
		final Layer one = one(merged);
		final List<Layer> layers = new ArrayList<>();
		for (int i = 0; i < stack.size(); i++) {
			if (!ids.contains(stack.get(i).id())) layers.add(stack.get(i));
			if (i == (up ? top : bottom)) layers.add(one);
		}
		return new LayerStack(stack.width(), stack.height(), layers);
	}

	/** Whether every merged layer can go up to the top place without passing through a layer it touches. */
	private static boolean canRise(final LayerStack stack, final Set<String> ids, final int bottom, final int top) {
		for (int i = bottom; i < top; i++) {
			if (!ids.contains(stack.get(i).id())) continue;
			for (int k = i + 1; k < top; k++)
				if (!ids.contains(stack.get(k).id()) && touch(stack.get(i), stack.get(k))) return false;
		}
		return true;
	}

	private static boolean canSink(final LayerStack stack, final Set<String> ids, final int bottom, final int top) {
		for (int i = bottom + 1; i <= top; i++) {
			if (!ids.contains(stack.get(i).id())) continue;
			for (int k = bottom + 1; k < i; k++)
				if (!ids.contains(stack.get(k).id()) && touch(stack.get(i), stack.get(k))) return false;
		}
		return true;
	}

	/** Whether both have something at one pixel; hidden layers too, for somebody may show them again. */
	private static boolean touch(final Layer a, final Layer b) {
		final Bounds p = a.bounds();
		final Bounds q = b.bounds();
		for (int y = Math.max(p.y(), q.y()); y < Math.min(p.bottom(), q.bottom()); y++) {
			for (int x = Math.max(p.x(), q.x()); x < Math.min(p.right(), q.right()); x++)
				if (alpha(a, x, y) > 0 && alpha(b, x, y) > 0) return true;
		}
		return false;
	}

	private static double alpha(final Layer layer, final int x, final int y) {
		return (layer.pixels().plane(RgbaImage.ALPHA)[index(layer, x, y)] & 0xff) / 255.0;
	}

	private static int index(final Layer layer, final int x, final int y) {
		return (y - layer.bounds().y()) * layer.bounds().width() + x - layer.bounds().x();
	}

	private static Layer one(final List<Layer> layers) {
		final Layer lowest = layers.get(0);
		final Bounds to = union(layers);
		final RgbaImage pixels = RgbaImage.blank(to.width(), to.height());
		final Optional<SampleFormat> format = lowest.samples().map(Samples::format);
		final Optional<Samples> values = format.map(f -> Samples.blank(f, to.width(), to.height()));
		final double[][] made = new double[Math.multiplyExact(to.width(), to.height())][];
		IntStream.range(0, to.height()).parallel().forEach(row -> {
			final double[] sums = new double[3 + format.map(f -> f.channels().size()).orElse(0)];
			for (int column = 0; column < to.width(); column++)
				pixel(layers, to.x() + column, to.y() + row, row * to.width() + column, sums, pixels, values, made);
		});
		final Set<Optional<String>> parents = new LinkedHashSet<>(layers.stream().map(Layer::parent).toList());
		final Optional<String> parent = parents.size() == 1 ? lowest.parent() : Optional.empty();
		return Display.redraw(new Layer(lowest.id(), lowest.name(), to, pixels, 1, lowest.visible(), parent,
			known(layers, to, made), values));
	}

	private static void pixel(final List<Layer> layers, final int x, final int y, final int at, final double[] sums,
		final RgbaImage pixels, final Optional<Samples> values, final double[][] made)
	{
		Arrays.fill(sums, 0);
		double cover = 0;
		final double[] shares = new double[Kind.values().length];
		boolean mixed = false;
		for (final Layer layer : layers) {
			if (!layer.bounds().contains(x, y)) continue;
			final double over = layer.opacity() * alpha(layer, x, y);
			if (over == 0) continue;
			final int i = index(layer, x, y);
			for (int c = 0; c < sums.length; c++) {
				final double sample =
					c < 3 ? layer.pixels().plane(c)[i] & 0xff : layer.samples().orElseThrow().get(c - 3, i);
				sums[c] = over == 1 ? sample : over * sample + (1 - over) * sums[c];
			}
			mixed |= !layer.provenance().isObserved();
			for (int k = 1; k < shares.length && mixed; k++)
				shares[k] =
					over * layer.provenance().share(Kind.values()[k], i) / Provenance.ALL + (1 - over) * shares[k];
			cover = over + (1 - over) * cover;
		}
		// Half a level of alpha shows nothing.
		if (cover * 255 < 0.5) return;
		for (int c = 0; c < 3; c++) pixels.plane(c)[at] = Warp.level(sums[c] / cover);
		pixels.plane(RgbaImage.ALPHA)[at] = Warp.level(cover * 255);
		for (int c = 3; c < sums.length; c++)
			Warp.set(values.get().plane(c - 3), values.get().format().type(), at, sums[c] / cover);
		if (!mixed) return;
		for (int k = 1; k < shares.length; k++) shares[k] /= cover;
		made[at] = shares;
	}

	/** What is mixed comes from wherever its parts do; less than half a level of it is none. */
	private static Provenance known(final List<Layer> layers, final Bounds to, final double[][] shares) {
		final Provenance.Builder out = new Provenance.Builder(to.width(), to.height());
		layers.forEach(l -> out.models(l.provenance().models()));
		for (int i = 0; i < shares.length; i++) if (shares[i] != null) out.mix(i, shares[i], 0.5 / Provenance.ALL);
		return out.build();
	}

	private static Bounds union(final List<Layer> layers) {
		final Bounds all = layers.stream().map(Layer::bounds).reduce(Bounds::union).orElseThrow();
		if (all.area() > Integer.MAX_VALUE - 8)
			throw new EditException("The layers lie too far apart to be merged; move them first.");
		return all;
	}
}
