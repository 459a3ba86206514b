package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.layerj.layers.Compositor;
import org.layerj.layers.Display;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.VisibleProvenance;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.Samples;
import org.layerj.layers.Visibility;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/** What {@link Assign} does to the layers of one rectangle; each pixel by itself. Not for several threads. */
final class AssignTile {

	private final LayerStack here;
	private final int target;
	private final double[] matte;
	private final double[][] inner;
	private final double[][] outer;
	private final boolean[] changed;
	private final RgbaImage shown;
	private final int w;
	private final int h;
	/** Where an opaque layer above was cut rather than emptied. */
	private final boolean[] cut;

	/**
	 * @param here the layers there, all as large as the canvas
	 * @param target which of them gets it
	 * @param matte how much of each pixel it gets
	 * @param inner by channel, colours of what it gets; only looked at where the matte is below 1
	 * @param outer by channel, colours of what is left; only looked at where the matte is below 1
	 * @param changed where the matte is above 0
	 * @param shown what the layers show together
	 */
	AssignTile(final LayerStack here, final int target, final double[] matte, final double[][] inner,
		final double[][] outer, final boolean[] changed, final RgbaImage shown)
	{
		this.here = here;
		this.target = target;
		this.matte = matte;
		this.inner = inner;
		this.outer = outer;
		this.changed = changed;
		this.shown = shown;
		w = here.width();
		h = here.height();
		cut = new boolean[w * h];
	}

	/** Says whether a layer shows something at a pixel that is taken from it. */
	interface Holes {

		boolean is(int layer, int index);
	}

	/**
	 * The layers afterwards, all as large as the canvas.
	 *
	 * @param filled by layer, its pixels here with their holes filled; empty where it has none
	 * @param ranges by channel, least and most of the picture's samples; empty if the layers have none
	 */
	LayerStack assigned(final Holes holes, final IntFunction<Optional<RgbaImage>> filled,
		final Optional<double[][]> ranges)
	{
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < here.size(); k++) {
			final Layer l = here.get(k);
			if (k == target || !l.visible() || l.locked()) layers.add(l);
			else if (k > target) layers.add(emptied(l));
			else {
				final int index = k;
				final boolean[] hole = new boolean[w * h];
				layers.add(filled.apply(k).map(p -> {
					for (int i = 0; i < hole.length; i++) hole[i] = holes.is(index, i);
					return changed(l, p, hole, true);
				}).orElse(l));
			}
		}
		layers.set(target, overLocked(taken(here.get(target)), layers.subList(0, target)));
		return withProvenance(exact(new LayerStack(w, h, layers), ranges));
	}

	/**
	 * Where the picture was observed, it still is: each layer's share in it is observed, the rest computed. Elsewhere
	 * layers keep what was known of what they got.
	 */
	private LayerStack withProvenance(final LayerStack made) {
		final Mask not = VisibleProvenance.of(here).mask();
		final LayerStack marked = Visibility.markHidden(made);
		final List<Layer> out = new ArrayList<>();
		for (int k = 0; k < made.size(); k++) {
			final Provenance own = made.get(k).provenance();
			final Provenance computed = marked.get(k).provenance();
			final boolean may = made.get(k).visible() && !made.get(k).locked();
			out.add(made.get(k).withProvenance(patched(own, computed, i -> may && changed[i] && !not.get(i))));
		}
		return new LayerStack(w, h, out);
	}

	/** A layer above: nothing of it is left in the region; of an opaque one the edge's other share is. */
	private Layer emptied(final Layer layer) {
		final RgbaImage pixels = layer.pixels().copy();
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		for (int i = 0; i < alpha.length; i++) {
			if (!changed[i] || alpha[i] == 0) continue;
			if (matte[i] < 1 && (alpha[i] & 0xff) >= Assign.OPAQUE) {
				alpha[i] = (byte) Math.round(255 * (1 - matte[i]));
				for (int c = 0; c < 3; c++) pixels.plane(c)[i] = (byte) Math.round(Math.max(0, outer[c][i]));
				cut[i] = true;
			}
			else alpha[i] = 0;
		}
		return changed(layer, pixels, changed, false);
	}

	/** The layer that gets it. */
	private Layer taken(final Layer layer) {
		final RgbaImage pixels = layer.pixels().copy();
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		for (int i = 0; i < alpha.length; i++) {
			if (!changed[i]) continue;
			final double a = (matte[i] == 1 || cut[i] ? 1 : matte[i]) * (shown.plane(RgbaImage.ALPHA)[i] & 0xff) / 255;
			final double before = matte[i] == 1 ? 0 : (1 - a) * (alpha[i] & 0xff) / 255;
			final double all = a + before;
			for (int c = 0; c < 3 && all > 0; c++) {
				final double colour = matte[i] == 1 ? shown.plane(c)[i] & 0xff : inner[c][i];
				pixels.plane(c)[i] = (byte) Math.round((a * colour + before * (pixels.plane(c)[i] & 0xff)) / all);
			}
			alpha[i] = (byte) Math.round(255 * all);
		}
		final Provenance seen = VisibleProvenance.flat(here, i -> changed[i]);
		final Layer made = layer.withPixels(layer.bounds(), pixels, patched(layer.provenance(), seen, i -> changed[i]));
		final Optional<Samples> samples = here.format().map(f -> SampleCompositor.flatten(here));
		return samples.map(s -> {
			final Samples own = layer.samples().orElseThrow().copy();
			final Samples seenAs = Display.of(own.format()).seenAs(pixels);
			for (int i = 0; i < alpha.length; i++)
				if (changed[i]) for (int c = 0; c < own.channels(); c++) own.copy(c, i, matte[i] == 1 ? s : seenAs, i);
			return made.withSamples(own);
		}).orElse(made);
	}

	/**
	 * The layer that gets it, so that nothing has to be solved where a locked layer shows through it: the colour that
	 * makes up the picture with those below, and as much more of the layer as such a colour needs. All of the pixel
	 * where samples are deeper than that.
	 */
	private Layer overLocked(final Layer layer, final List<Layer> below) {
		if (below.stream().noneMatch(l -> l.locked() && l.visible())) return layer;
		final RgbaImage pixels = layer.pixels().copy();
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		final Optional<Samples> samples = layer.samples().map(Samples::copy);
		final Optional<Samples> seen = samples.map(s -> SampleCompositor.flatten(here));
		for (int i = 0; i < alpha.length; i++) {
			if (!changed[i] || alpha[i] == 0 || alpha[i] == -1 || !shows(below, i)) continue;
			final double[] under = under(below, i);
			int a = samples.isPresent() || under[3] < 1 ? 255 : alpha[i] & 0xff;
			while (a < 255 && !reaches(under, i, a)) a++;
			alpha[i] = (byte) a;
			for (int c = 0; c < 3; c++) pixels.plane(c)[i] = (byte) Math.round(Math.max(0, colour(under, c, i, a)));
			for (int c = 0; a == 255 && samples.isPresent() && c < samples.get().channels(); c++)
				samples.get().copy(c, i, seen.orElseThrow(), i);
		}
		final Layer made = layer.withPixels(layer.bounds(), pixels, layer.provenance());
		return samples.map(made::withSamples).orElse(made);
	}

	private static boolean shows(final List<Layer> below, final int i) {
		return below.stream()
			.anyMatch(l -> l.locked() && l.visible() && l.opacity() > 0 && l.pixels().plane(RgbaImage.ALPHA)[i] != 0);
	}

	/** Colour of some layers together, 0 … 255, and how much they cover, 0 … 1. */
	private static double[] under(final List<Layer> layers, final int i) {
		final double[] sum = new double[4];
		for (final Layer l : layers) {
			if (!l.visible()) continue;
			final double a = Compositor.over(l.opacity(), l.pixels().plane(RgbaImage.ALPHA)[i] & 0xff);
			for (int c = 0; c < 3; c++) sum[c] = a * (l.pixels().plane(c)[i] & 0xff) + (1 - a) * sum[c];
			sum[3] = a + (1 - a) * sum[3];
		}
		return sum;
	}

	private boolean reaches(final double[] under, final int i, final int a) {
		for (int c = 0; c < 3; c++) {
			final double colour = colour(under, c, i, a);
			if (colour < 0 || colour > 255) return false;
		}
		return true;
	}

	private double colour(final double[] under, final int c, final int i, final int a) {
		return ((shown.plane(c)[i] & 0xff) - (1 - a / 255.0) * under[c]) * 255 / a;
	}

	/** A layer with other pixels where it was changed, marked as computed there if they are. */
	private static Layer changed(final Layer layer, final RgbaImage pixels, final boolean[] where,
		final boolean computed)
	{
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		final Provenance all = Provenance.of(pixels.width(), pixels.height(), Kind.COMPUTED, i -> alpha[i] != 0);
		final Layer made = layer.withPixels(layer.bounds(), pixels,
			patched(layer.provenance(), all, i -> where[i] && (computed || alpha[i] == 0)));
		return layer.samples().map(v -> {
			final Samples own = v.copy();
			final Samples seenAs = Display.of(v.format()).seenAs(pixels);
			for (int i = 0; i < alpha.length; i++)
				if (where[i]) for (int c = 0; c < own.channels(); c++) own.copy(c, i, seenAs, i);
			return made.withSamples(own);
		}).orElse(made);
	}

	private static Provenance patched(final Provenance before, final Provenance with, final IntPredicate where) {
		return before.patched(List.of(new Provenance.Patch(0, 0, with, where)));
	}

	/** The layers, changed where something was so that they composite to what was seen. */
	private LayerStack exact(final LayerStack proposal, final Optional<double[][]> ranges) {
		final LayerStack colours = ExactRecomposition.of(shown, proposal);
		if (ranges.isEmpty()) return colours;
		final List<Layer> sampled = new ArrayList<>();
		for (int k = 0; k < colours.size(); k++)
			sampled.add(colours.get(k).withSamples(proposal.get(k).samples().orElseThrow()));
		return ExactSamples.of(SampleCompositor.flatten(here), new LayerStack(w, h, sampled), ranges.get());
	}
}
