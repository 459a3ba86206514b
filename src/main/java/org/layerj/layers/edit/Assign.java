package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Diffusion;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.Samples;
import org.layerj.layers.Visibility;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * What is seen in a region goes to another layer, and the stack still composites to the same picture bit for bit,
 * samples included.
 * <p>
 * In the region the layer gets what is seen. Beyond its edge, up to {@value #FRINGE} pixels, a matte is estimated from
 * the colour F inside and the colour B around: alpha is the share of F that explains the picture I best,
 * <pre>α = (I − B)·(F − B) / |F − B|²,</pre> so that anti-aliased edges go along. Layers above are emptied there. A
 * layer below that showed it is filled from around, or becomes transparent where it is so around; what is filled is
 * marked as computed. Layers that showed nothing of it stay as they are, and so does all else.
 */
public final class Assign {

	/** How far beyond the region its edge is looked for, pixels. */
	private static final int FRINGE = 2;
	/** As much around the region as this many pixels tells what belongs there. */
	private static final int AROUND = 24;
	/** Less of it in a pixel of the fringe is noise. */
	private static final double LEAST = .12;
	/** Squared distance of colours, 0 … 255 each, below which the edge cannot be told. */
	private static final double ALIKE = 3 * 16 * 16;
	/** Share of a pixel from which a layer shows something of the region. */
	private static final double SHOWS = .02;
	/** Alpha from which a layer is cut rather than emptied in the fringe. */
	private static final int OPAQUE = 250;

	private final LayerStack stack;
	private final int target;
	private final Bounds part;
	private final int w;
	private final int h;
	private final LayerStack here;
	private final RgbaImage shown;
	private final boolean[] inside;
	private final boolean[] near;

	private Assign(final LayerStack stack, final Region region, final int target, final boolean soft) {
		final int fringe = soft ? FRINGE : 0;
		this.stack = stack;
		this.target = target;
		final Bounds r = region.bounds();
		final int x = Math.max(0, r.x() - AROUND);
		final int y = Math.max(0, r.y() - AROUND);
		part = new Bounds(x, y, Math.min(stack.width(), r.right() + AROUND) - x,
			Math.min(stack.height(), r.bottom() + AROUND) - y);
		w = part.width();
		h = part.height();
		here = new LayerStack(w, h, stack.layers().stream().map(l -> window(l, part)).toList());
		shown = Compositor.flatten(here);
		inside = new boolean[w * h];
		near = new boolean[w * h];
		for (int v = 0; v < h; v++) for (int u = 0; u < w; u++) {
			if (!region.contains(x + u, y + v)) continue;
			inside[v * w + u] = true;
			for (int t = Math.max(0, v - fringe); t <= Math.min(h - 1, v + fringe); t++)
				for (int s = Math.max(0, u - fringe); s <= Math.min(w - 1, u + fringe); s++) near[t * w + s] = true;
		}
	}

	/**
	 * Sends what is seen in a region to a layer.
	 *
	 * @param region any; only its pixels on the canvas count
	 * @param id of the layer that it goes to
	 * @param soft whether its soft edge goes along
	 * @throws EditException if the region is not on the canvas, or the layer is hidden or not of opacity 1
	 */
	public static LayerStack to(final LayerStack stack, final Region region, final String id, final boolean soft) {
		final Region cut = region.on(stack.width(), stack.height())
			.orElseThrow(() -> new EditException("The selection lies outside of the layers; select a part of them."));
		final Layer layer = stack.get(stack.indexOf(id));
		if (!layer.visible())
			throw new EditException("Layer " + layer.name() + " is hidden; show it first, or choose another layer.");
		if (layer.opacity() != 1) throw new EditException(
			"Layer " + layer.name() + " has the opacity " + Math.round(layer.opacity() * 1e3) / 1e3
				+ ", through which what lies below would show; set it to 1 first, or choose another layer.");
		return new Assign(stack, cut, stack.indexOf(id), soft).assigned();
	}

	/**
	 * Sends what is seen in a region to a new layer, right above the uppermost one that shows something there.
	 *
	 * @param newId of the layer, not in the stack yet
	 * @param soft whether its soft edge goes along
	 */
	public static LayerStack toNew(final LayerStack stack, final Region region, final String newId, final String name,
		final boolean soft)
	{
		final Region cut = region.on(stack.width(), stack.height())
			.orElseThrow(() -> new EditException("The selection lies outside of the layers; select a part of them."));
		final Assign look = new Assign(stack, cut, -1, soft);
		int above = 0;
		for (int k = 0; k < stack.size(); k++) if (look.shows(k)) above = k + 1;
		final Bounds b = cut.bounds();
		final Layer blank = Layer.of(newId, name, RgbaImage.blank(b.width(), b.height())).at(b.x(), b.y());
		final Layer layer =
			stack.format().map(f -> blank.withSamples(Samples.blank(f, b.width(), b.height()))).orElse(blank);
		return to(stack.insert(above, layer), cut, newId, soft);
	}

	/** A layer as it is in a part of the canvas, as large as that. */
	private static Layer window(final Layer layer, final Bounds part) {
		final Bounds b = layer.bounds();
		final Layer there = layer.at(b.x() - part.x(), b.y() - part.y());
		final Provenance known = layer.provenance().gather(part.width(), part.height(), i -> {
			final int x = part.x() + i % part.width();
			final int y = part.y() + i / part.width();
			return b.contains(x, y) ? (y - b.y()) * b.width() + x - b.x() : -1;
		});
		final RgbaImage pixels = there.onCanvas(part.width(), part.height());
		final Layer moved = layer.withPixels(Bounds.all(part.width(), part.height()), pixels, known);
		return there.samplesOnCanvas(part.width(), part.height()).map(moved::withSamples).orElse(moved);
	}

	/** Whether something of the region is seen in a layer. */
	private boolean shows(final int index) {
		final double[] shares = shares(index);
		for (int i = 0; i < shares.length; i++) if (inside[i] && shares[i] >= SHOWS) return true;
		return false;
	}

	/** How much of every pixel is seen of a layer. */
	private double[] shares(final int index) {
		final double[] share = new double[w * h];
		for (int i = 0; i < share.length; i++) {
			if (!near[i]) continue;
			share[i] = over(index, i);
			for (int k = index + 1; k < here.size(); k++) share[i] *= 1 - over(k, i);
		}
		return share;
	}

	private double over(final int index, final int i) {
		final Layer l = here.get(index);
		return l.visible() ? l.opacity() * (l.pixels().plane(RgbaImage.ALPHA)[i] & 0xff) / 255 : 0;
	}

	private LayerStack assigned() {
		final double[][] inner = planes(shown, i -> inside[i] && shown.plane(RgbaImage.ALPHA)[i] != 0 && core(i));
		final double[][] outer = planes(shown, i -> !near[i] && shown.plane(RgbaImage.ALPHA)[i] != 0);
		final double[] matte = new double[w * h];
		final boolean[] changed = new boolean[w * h];
		final double[] mine = shares(target);
		for (int i = 0; i < matte.length; i++) {
			if (!near[i]) continue;
			// What the layer shows already stays its own.
			if (mine[i] > .5) continue;
			matte[i] = inside[i] ? 1 : share(inner, outer, i);
			changed[i] = matte[i] > 0;
		}
		final List<Layer> layers = new ArrayList<>();
		final boolean[] cut = new boolean[w * h];
		for (int k = 0; k < here.size(); k++) {
			final Layer l = here.get(k);
			if (k == target || !l.visible()) layers.add(l);
			else layers.add(k > target ? emptied(l, matte, outer, changed, cut) : filled(l, k, changed));
		}
		layers.set(target, taken(here.get(target), matte, inner, changed, cut));
		return pasted(told(exact(new LayerStack(w, h, layers)), changed), changed);
	}

	/**
	 * Where the picture was observed, it still is: each layer's share in it is observed, the rest computed. Elsewhere
	 * layers keep what was known of what they got.
	 */
	private LayerStack told(final LayerStack made, final boolean[] changed) {
		final Mask not = VisibleProvenance.of(here).mask();
		final LayerStack marked = Visibility.markHidden(made);
		final List<Layer> out = new ArrayList<>();
		for (int k = 0; k < made.size(); k++) {
			final Provenance own = made.get(k).provenance();
			final Provenance told = marked.get(k).provenance();
			final Provenance.Builder known = new Provenance.Builder(w, h).models(own.models());
			for (int i = 0; i < changed.length; i++)
				known.copy(i, changed[i] && !not.get(i) && made.get(k).visible() ? told : own, i);
			out.add(made.get(k).withProvenance(known.build()));
		}
		return new LayerStack(w, h, out);
	}

	/** Away from the region's edge, where colours are mixed; anywhere in a region that is all edge. */
	private boolean core(final int i) {
		final int x = i % w;
		final int y = i / w;
		return !hasCore() || (x == 0 || inside[i - 1]) && (x == w - 1 || inside[i + 1]) && (y == 0 || inside[i - w])
			&& (y == h - 1 || inside[i + w]);
	}

	private Optional<Boolean> hasCore = Optional.empty();

	private boolean hasCore() {
		if (hasCore.isEmpty()) {
			boolean any = false;
			for (int y = 1; y < h - 1 && !any; y++) for (int x = 1; x < w - 1 && !any; x++) {
				final int i = y * w + x;
				any = inside[i] && inside[i - 1] && inside[i + 1] && inside[i - w] && inside[i + w];
			}
			hasCore = Optional.of(any);
		}
		return hasCore.get();
	}

	private double[][] planes(final RgbaImage from, final IntPredicate known) {
		final double[][] out = new double[3][];
		for (int c = 0; c < 3; c++) {
			final double[] plane = new double[w * h];
			for (int i = 0; i < plane.length; i++) plane[i] = from.plane(c)[i] & 0xff;
			out[c] = Diffusion.fill(plane, w, h, known, -1);
		}
		return out;
	}

	/** How much of a pixel beyond the edge belongs to the region; 0 if it is something else. */
	private double share(final double[][] inner, final double[][] outer, final int i) {
		double dot = 0;
		double square = 0;
		for (int c = 0; c < 3; c++) {
			final double towards = inner[c][i] - outer[c][i];
			dot += ((shown.plane(c)[i] & 0xff) - outer[c][i]) * towards;
			square += towards * towards;
		}
		if (outer[0][i] < 0 || square < ALIKE) return 0;
		final double a = Math.min(1, dot / square);
		if (a < LEAST) return 0;
		double beside = 0;
		for (int c = 0; c < 3; c++) {
			final double rest = (shown.plane(c)[i] & 0xff) - outer[c][i] - a * (inner[c][i] - outer[c][i]);
			beside += rest * rest;
		}
		return beside < a * a * square / 4 ? a : 0;
	}

	/** A layer above: nothing of it is left in the region; of an opaque one the edge's other share is. */
	private Layer emptied(final Layer layer, final double[] matte, final double[][] outer, final boolean[] changed,
		final boolean[] cut)
	{
		final RgbaImage pixels = layer.pixels().copy();
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		for (int i = 0; i < alpha.length; i++) {
			if (!changed[i] || alpha[i] == 0) continue;
			if (matte[i] < 1 && (alpha[i] & 0xff) >= OPAQUE) {
				alpha[i] = (byte) Math.round(255 * (1 - matte[i]));
				for (int c = 0; c < 3; c++) pixels.plane(c)[i] = (byte) Math.round(Math.max(0, outer[c][i]));
				cut[i] = true;
			}
			else alpha[i] = 0;
		}
		return changed(layer, pixels, changed, false);
	}

	/** A layer below that showed something: as it is around. */
	private Layer filled(final Layer layer, final int index, final boolean[] changed) {
		final double[] shares = shares(index);
		final boolean[] hole = new boolean[w * h];
		boolean any = false;
		for (int i = 0; i < hole.length; i++) {
			hole[i] = changed[i] && shares[i] >= SHOWS;
			any |= hole[i];
		}
		if (!any) return layer;
		final RgbaImage pixels = layer.pixels().copy();
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		final double[] plane = new double[w * h];
		for (int i = 0; i < plane.length; i++) plane[i] = alpha[i] & 0xff;
		final double[] around = Diffusion.fill(plane, w, h, i -> !near[i], 0);
		final double[][] colours = planes(layer.pixels(), i -> !near[i] && (alpha[i] & 0xff) >= OPAQUE);
		for (int i = 0; i < hole.length; i++) {
			if (!hole[i]) continue;
			final boolean there = around[i] >= 128 && colours[0][i] >= 0;
			alpha[i] = (byte) (there ? 255 : 0);
			for (int c = 0; c < 3 && there; c++) pixels.plane(c)[i] = (byte) Math.round(colours[c][i]);
		}
		return changed(layer, pixels, hole, true);
	}

	/** The layer that gets it. */
	private Layer taken(final Layer layer, final double[] matte, final double[][] inner, final boolean[] changed,
		final boolean[] cut)
	{
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
		final Provenance.Builder known = new Provenance.Builder(w, h).models(layer.provenance().models());
		known.models(seen.models());
		for (int i = 0; i < alpha.length; i++) known.copy(i, changed[i] ? seen : layer.provenance(), i);
		final Layer made = layer.withPixels(layer.bounds(), pixels, known.build());
		final Optional<Samples> samples = here.format().map(f -> SampleCompositor.flatten(here));
		return samples.map(s -> {
			final Samples own = layer.samples().orElseThrow().copy();
			final Samples seenAs = Display.of(own.format()).seenAs(pixels);
			for (int i = 0; i < alpha.length; i++)
				if (changed[i]) for (int c = 0; c < own.channels(); c++) own.copy(c, i, matte[i] == 1 ? s : seenAs, i);
			return made.withSamples(own);
		}).orElse(made);
	}

	/** A layer with other pixels where it was changed, marked as computed there if they are. */
	private static Layer changed(final Layer layer, final RgbaImage pixels, final boolean[] where,
		final boolean computed)
	{
		final Provenance before = layer.provenance();
		final Provenance.Builder known =
			new Provenance.Builder(before.width(), before.height()).models(before.models());
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		for (int i = 0; i < alpha.length; i++) {
			if (!where[i]) known.copy(i, before, i);
			else if (alpha[i] != 0 && computed) known.set(i, Kind.COMPUTED, Provenance.ALL);
			else if (alpha[i] != 0) known.copy(i, before, i);
		}
		final Layer made = layer.withPixels(layer.bounds(), pixels, known.build());
		return layer.samples().map(v -> {
			final Samples own = v.copy();
			final Samples seenAs = Display.of(v.format()).seenAs(pixels);
			for (int i = 0; i < alpha.length; i++)
				if (where[i]) for (int c = 0; c < own.channels(); c++) own.copy(c, i, seenAs, i);
			return made.withSamples(own);
		}).orElse(made);
	}

	/** The part's layers, changed where something was so that they composite to what was seen. */
	private LayerStack exact(final LayerStack proposal) {
		final LayerStack colours = ExactRecomposition.of(shown, proposal);
		final Optional<SampleFormat> format = here.format();
		if (format.isEmpty()) return colours;
		final List<Layer> valued = new ArrayList<>();
		for (int k = 0; k < colours.size(); k++)
			valued.add(colours.get(k).withSamples(proposal.get(k).samples().orElseThrow()));
		return ExactSamples.of(SampleCompositor.flatten(here), new LayerStack(w, h, valued));
	}

	/** The whole with the part's layers where something was changed; layers of which nothing was stay what they are. */
	private LayerStack pasted(final LayerStack made, final boolean[] changed) {
		final List<Layer> out = new ArrayList<>();
		for (int k = 0; k < stack.size(); k++) {
			final Layer before = here.get(k);
			final Layer after = made.get(k);
			final boolean[] where = new boolean[w * h];
			int left = w;
			int top = h;
			int right = 0;
			int bottom = 0;
			for (int i = 0; i < where.length; i++) {
				where[i] = changed[i] && !same(before, after, i);
				if (!where[i]) continue;
				left = Math.min(left, i % w);
				right = Math.max(right, i % w + 1);
				top = Math.min(top, i / w);
				bottom = Math.max(bottom, i / w + 1);
			}
			out.add(right == 0 ? stack.get(k) : pasted(stack.get(k), after, where,
				new Bounds(part.x() + left, part.y() + top, right - left, bottom - top)));
		}
		return new LayerStack(stack.width(), stack.height(), out);
	}

	private static boolean same(final Layer a, final Layer b, final int i) {
		for (int c = 0; c < RgbaImage.PLANES; c++) if (a.pixels().plane(c)[i] != b.pixels().plane(c)[i]) return false;
		for (int c = 0; a.samples().isPresent() && c < a.samples().get().channels(); c++)
			if (!a.samples().get().same(c, i, b.samples().orElseThrow(), i)) return false;
		for (final Kind kind : Kind.values())
			if (a.provenance().share(kind, i) != b.provenance().share(kind, i)) return false;
		return true;
	}

	private Layer pasted(final Layer layer, final Layer made, final boolean[] where, final Bounds reach) {
		final Bounds to = layer.bounds().union(reach);
		final Layer whole = to.equals(layer.bounds()) ? copied(layer) : Gather.of(layer, to, i -> {
			final int x = to.x() + i % to.width();
			final int y = to.y() + i / to.width();
			return layer.bounds().contains(x, y)
				? (y - layer.bounds().y()) * layer.bounds().width() + x - layer.bounds().x() : -1;
		});
		final Provenance before = whole.provenance();
		final Provenance.Builder known = new Provenance.Builder(to.width(), to.height()).models(before.models());
		known.models(made.provenance().models());
		final int[] from = new int[to.width() * to.height()];
		Arrays.fill(from, -1);
		for (int i = 0; i < where.length; i++) {
			if (!where[i]) continue;
			final int at = (part.y() + i / w - to.y()) * to.width() + part.x() + i % w - to.x();
			from[at] = i;
			for (int c = 0; c < RgbaImage.PLANES; c++) whole.pixels().plane(c)[at] = made.pixels().plane(c)[i];
			for (int c = 0; made.samples().isPresent() && c < made.samples().get().channels(); c++)
				whole.samples().orElseThrow().copy(c, at, made.samples().get(), i);
		}
		for (int at = 0; at < from.length; at++) {
			if (from[at] >= 0) known.copy(at, made.provenance(), from[at]);
			else known.copy(at, before, at);
		}
		final Layer out = whole.withPixels(to, whole.pixels(), known.build());
		return whole.samples().map(out::withSamples).orElse(out);
	}

	private static Layer copied(final Layer layer) {
		final Layer copy = layer.withPixels(layer.bounds(), layer.pixels().copy(), layer.provenance());
		return layer.samples().map(v -> copy.withSamples(v.copy())).orElse(copy);
	}
}
