package org.layerj.layers.edit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.PushPull;
import org.layerj.exact.ExactSamples;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.Samples;

/**
 * Moves what is visible in a region to another layer; the stack still composites to the same picture bit for bit,
 * samples included.
 * <p>
 * In the region the layer gets what is seen. Beyond its edge, up to {@value #FRINGE} pixels, a matte is estimated from
 * the colour F inside and the colour B around: alpha is the share of F that explains the picture I best,
 * <pre>α = (I − B)·(F − B) / |F − B|²,</pre> so that anti-aliased edges go along. Layers above are emptied there. A
 * layer below that showed it is filled from around, or becomes transparent where it is so around; what is filled is
 * marked as computed. Layers that showed nothing of it stay as they are, and so does all else.
 * <p>
 * Locked layers stay as they are: none gives what is mostly its own, and where one shows through at the edge, the
 * colour of what goes is the one that makes up the picture with it.
 * <p>
 * What a pixel gets depends on the pixel alone once it is known what belongs inside, around, and in each layer's hole.
 * These are planes a quarter the size of the region ({@link PushPull}); all else is done in tiles, many at a time.
 */
public final class Assign {

	/** How far beyond the region its edge is looked for, pixels. */
	private static final int FRINGE = 2;
	/** Width in pixels of the surroundings from which colours are taken. */
	private static final int AROUND = 24;
	/** Alpha of an edge pixel below which it is noise. */
	private static final double LEAST = .12;
	/** Squared distance of colours, 0 … 255 each, below which the edge is not matted. */
	private static final double ALIKE = 3 * 16 * 16;
	/** Share of a pixel from which a layer shows something of the region. */
	private static final double SHOWS = .02;
	/** Alpha from which a layer is cut rather than emptied in the fringe. */
	static final int OPAQUE = 250;
	/** Side of a tile, pixels. */
	private static final int TILE = 256;

	private final LayerStack stack;
	private final int target;
	/** The region with what is around it; all indices are of its pixels. */
	private final Bounds part;
	private final int w;
	private final int h;
	private final RgbaImage shown;
	private final boolean[] inside;
	private final boolean[] near;
	/** Where something goes to the layer. */
	private final boolean[] changed;
	/** What stays even where it lies at the edge. */
	private final Optional<Region> others;
	private final boolean hasCore;
	private final DoubleConsumer progress;

	private Assign(final LayerStack stack, final Region region, final int target, final boolean soft,
		final Optional<Region> others, final DoubleConsumer progress)
	{
		this.stack = stack;
		this.others = others;
		this.target = target;
		this.progress = progress;
		final Bounds r = region.bounds();
		final int x = Math.max(0, r.x() - AROUND);
		final int y = Math.max(0, r.y() - AROUND);
		part = new Bounds(x, y, Math.min(stack.width(), r.right() + AROUND) - x,
			Math.min(stack.height(), r.bottom() + AROUND) - y);
		w = part.width();
		h = part.height();
		progress.accept(0);
		shown = Compositor.flatten(new LayerStack(w, h,
			stack.layers().stream().map(l -> l.at(l.bounds().x() - x, l.bounds().y() - y)).toList()));
		inside = new boolean[w * h];
		rows(v -> {
			for (int u = 0; u < w; u++) inside[v * w + u] = region.contains(x + u, y + v);
		});
		near = grown(soft ? FRINGE : 0);
		changed = new boolean[w * h];
		hasCore = IntStream.range(1, Math.max(1, h - 1)).parallel().anyMatch(v -> {
			for (int i = v * w + 1; i < v * w + w - 1; i++)
				if (inside[i] && inside[i - 1] && inside[i + 1] && inside[i - w] && inside[i + w]) return true;
			return false;
		});
	}

	private void rows(final IntConsumer row) {
		IntStream.range(0, h).parallel().forEach(row);
	}

	/** What is inside or up to so many pixels beside, above or below it. */
	private boolean[] grown(final int by) {
		final boolean[] wide = new boolean[w * h];
		rows(v -> {
			for (int u = 0; u < w; u++)
				for (int s = Math.max(0, u - by); s <= Math.min(w - 1, u + by); s++)
					wide[v * w + u] |= inside[v * w + s];
		});
		final boolean[] out = new boolean[w * h];
		rows(v -> {
			for (int t = Math.max(0, v - by); t <= Math.min(h - 1, v + by); t++)
				for (int u = 0; u < w; u++) out[v * w + u] |= wide[t * w + u];
		});
		return out;
	}

	/**
	 * Moves what is visible in a region to a layer.
	 *
	 * @param stack not changed
	 * @param region any; only its pixels on the canvas count
	 * @param id of the layer that it goes to
	 * @param soft whether its soft edge goes along
	 * @return a stack that composites to the same picture
	 * @throws EditException if the region is not on the canvas, the layer is hidden, locked or not of opacity 1, or
	 * what is seen there is a locked layer's
	 */
	public static LayerStack to(final LayerStack stack, final Region region, final String id, final boolean soft) {
		return to(stack, region, id, soft, Optional.empty(), done -> {});
	}

	/**
	 * As {@link #to(LayerStack, Region, String, boolean)}, for regions that take a while.
	 *
	 * @param stack not changed
	 * @param region any; only its pixels on the canvas count
	 * @param id of the layer that it goes to
	 * @param soft whether its soft edge goes along
	 * @param others pixels beyond the region that are none of its edge, as those of the letters beside a letter are
	 * @param progress receives the share that is done, 0 … 1, by several threads; what it throws ends the work, of
	 * which nothing is left then
	 * @return a stack that composites to the same picture
	 * @throws EditException as there
	 */
	public static LayerStack to(final LayerStack stack, final Region region, final String id, final boolean soft,
		final Optional<Region> others, final DoubleConsumer progress)
	{
		final Region cut = onCanvas(stack, region);
		final Layer layer = Locks.free(stack.get(stack.indexOf(id)));
		if (!layer.visible())
			throw new EditException("Layer " + layer.name() + " is hidden; show it first, or choose another layer.");
		if (layer.opacity() != 1) throw new EditException(
			"Layer " + layer.name() + " has the opacity " + Math.round(layer.opacity() * 1e3) / 1e3
				+ ", through which what lies below would show; set it to 1 first, or choose another layer.");
		owner(stack, cut, stack.indexOf(id)).ifPresent(Locks::free);
		return Locks.checked(stack, new Assign(stack, cut, stack.indexOf(id), soft, others, progress).assigned());
	}

	/**
	 * Moves what is visible in a region to a new layer, right above the uppermost one that shows something there.
	 *
	 * @param stack not changed
	 * @param region any; only its pixels on the canvas count
	 * @param newId of the layer, not in the stack yet
	 * @param name of the layer
	 * @param soft whether its soft edge goes along
	 * @return a stack that composites to the same picture
	 * @throws EditException if the region is not on the canvas, or what is seen there is a locked layer's
	 */
	public static LayerStack toNew(final LayerStack stack, final Region region, final String newId, final String name,
		final boolean soft)
	{
		return toNew(stack, region, newId, name, soft, Optional.empty(), done -> {});
	}

	/**
	 * As {@link #toNew(LayerStack, Region, String, String, boolean)}, for regions that take a while.
	 *
	 * @param stack not changed
	 * @param region any; only its pixels on the canvas count
	 * @param newId of the layer, not in the stack yet
	 * @param name of the layer
	 * @param soft whether its soft edge goes along
	 * @param others as those of {@link #to(LayerStack, Region, String, boolean, Optional, DoubleConsumer)}
	 * @param progress as that of {@link #to(LayerStack, Region, String, boolean, Optional, DoubleConsumer)}
	 * @return a stack that composites to the same picture
	 * @throws EditException as there
	 */
	public static LayerStack toNew(final LayerStack stack, final Region region, final String newId, final String name,
		final boolean soft, final Optional<Region> others, final DoubleConsumer progress)
	{
		final Region cut = onCanvas(stack, region);
		final Bounds b = cut.bounds();
		final int above =
			IntStream.range(0, b.height()).parallel().map(v -> above(stack, cut, b.y() + v)).reduce(0, Math::max);
		final Layer blank = Layer.of(newId, name, RgbaImage.blank(b.width(), b.height())).at(b.x(), b.y());
		final Layer layer =
			stack.format().map(f -> blank.withSamples(Samples.blank(f, b.width(), b.height()))).orElse(blank);
		return to(stack.insert(above, layer), cut, newId, soft, others, progress);
	}

	private static Region onCanvas(final LayerStack stack, final Region region) {
		return region.on(stack.width(), stack.height())
			.orElseThrow(() -> new EditException("The selection lies outside of the layers; select a part of them."));
	}

	/** A locked layer of which most is seen somewhere in the region, or above the target, where it would come out. */
	private static Optional<Layer> owner(final LayerStack stack, final Region region, final int target) {
		if (stack.layers().stream().noneMatch(Layer::locked)) return Optional.empty();
		final Bounds b = region.bounds();
		return IntStream.range(b.y(), b.bottom()).parallel().mapToObj(y -> {
			final double[] share = new double[stack.size()];
			for (int x = b.x(); x < b.right(); x++) {
				if (!region.contains(x, y)) continue;
				shares(stack, x, y, share);
				if (share[target] > .5) continue;
				for (int k = 0; k < share.length; k++)
					if (stack.get(k).locked() && (k > target ? over(stack.get(k), x, y) : share[k]) > .5)
						return Optional.of(stack.get(k));
			}
			return Optional.<Layer> empty();
		}).flatMap(Optional::stream).findFirst();
	}

	/** One above the uppermost layer of which a row of the region shows something. */
	private static int above(final LayerStack stack, final Region region, final int y) {
		final double[] share = new double[stack.size()];
		int above = 0;
		for (int x = region.bounds().x(); x < region.bounds().right(); x++) {
			if (!region.contains(x, y)) continue;
			shares(stack, x, y, share);
			for (int k = above; k < share.length; k++) if (share[k] >= SHOWS) above = k + 1;
		}
		return above;
	}

	/** How much of a pixel of the canvas is seen of every layer. */
	private static void shares(final LayerStack stack, final int x, final int y, final double[] share) {
		for (int k = 0; k < share.length; k++) {
			share[k] = over(stack.get(k), x, y);
			for (int below = 0; below < k; below++) share[below] *= 1 - share[k];
		}
	}

	private static double over(final Layer l, final int x, final int y) {
		final Bounds b = l.bounds();
		return l.visible() && b.contains(x, y)
			? l.opacity() * (l.pixels().plane(RgbaImage.ALPHA)[(y - b.y()) * b.width() + x - b.x()] & 0xff) / 255 : 0;
	}

	private LayerStack assigned() {
		final int columns = (w + TILE - 1) / TILE;
		final List<Bounds> tiles = IntStream.range(0, columns * ((h + TILE - 1) / TILE)).mapToObj(t -> {
			final int x = t % columns * TILE;
			final int y = t / columns * TILE;
			return new Bounds(x, y, Math.min(TILE, w - x), Math.min(TILE, h - y));
		}).toList();
		final Fringe[] fringes = mattes(tiles);
		final Optional<Bounds> all = content(Bounds.all(w, h));
		if (all.isEmpty()) return stack;
		final List<PatchedLayer> layers = stack.layers()
			.stream()
			.map(l -> new PatchedLayer(l, all.get().at(part.x() + all.get().x(), part.y() + all.get().y())))
			.toList();
		for (int k = 0; k < target; k++) {
			progress.accept(.3 + .3 * k / target);
			fill(layers.get(k), k);
		}
		final Optional<double[][]> ranges =
			stack.format().map(f -> ExactSamples.ranges(SampleCompositor.flatten(here())));
		final AtomicInteger done = new AtomicInteger();
		IntStream.range(0, tiles.size()).parallel().forEach(t -> {
			progress.accept(.6 + .35 * done.getAndIncrement() / tiles.size());
			content(tiles.get(t)).ifPresent(box -> tile(box, layers, fringes[t], ranges));
		});
		progress.accept(.95);
		final List<Layer> out = layers.stream().parallel().map(PatchedLayer::layer).toList();
		progress.accept(1);
		return new LayerStack(stack.width(), stack.height(), out);
	}

	/** The part's layers as they were; they reach beyond it as they do. */
	private LayerStack here() {
		return new LayerStack(w, h,
			stack.layers().stream().map(l -> l.at(l.bounds().x() - part.x(), l.bounds().y() - part.y())).toList());
	}

	/** The smallest rectangle around what is changed in one. */
	private Optional<Bounds> content(final Bounds in) {
		int left = in.right();
		int top = in.bottom();
		int right = 0;
		int bottom = 0;
		for (int y = in.y(); y < in.bottom(); y++) for (int x = in.x(); x < in.right(); x++) {
			if (!changed[y * w + x]) continue;
			left = Math.min(left, x);
			right = Math.max(right, x + 1);
			top = Math.min(top, y);
			bottom = y + 1;
		}
		return right == 0 ? Optional.empty() : Optional.of(new Bounds(left, top, right - left, bottom - top));
	}

	/**
	 * What belongs to the region in part, in one tile.
	 *
	 * @param at which pixels of the part, rising
	 * @param share how much of each
	 * @param inner the colours that are expected inside of the region, three for each
	 * @param outer those that are expected around it
	 */
	record Fringe(int[] at, double[] share, double[] inner, double[] outer) {}

	/** Finds what is changed, and by tile how much of the pixels beyond the edge. */
	private Fringe[] mattes(final List<Bounds> tiles) {
		progress.accept(.05);
		final PushPull inner = colours(i -> inside[i] && core(i));
		progress.accept(.15);
		final PushPull outer = colours(i -> !near[i]);
		progress.accept(.25);
		return tiles.stream().parallel().map(t -> matte(t, inner, outer)).toArray(Fringe[]::new);
	}

	private Fringe matte(final Bounds tile, final PushPull inner, final PushPull outer) {
		final int[] at = new int[(int) tile.area()];
		final double[] share = new double[at.length];
		int n = 0;
		final double[] shares = new double[stack.size()];
		for (int y = tile.y(); y < tile.bottom(); y++) for (int x = tile.x(); x < tile.right(); x++) {
			final int i = y * w + x;
			if (!near[i]) continue;
			// What the layer shows already stays its own.
			shares(stack, part.x() + x, part.y() + y, shares);
			if (shares[target] > .5 || isFixed(part.x() + x, part.y() + y)) continue;
			changed[i] = inside[i];
			final int atX = part.x() + x;
			final int atY = part.y() + y;
			if (inside[i] || others.filter(o -> o.contains(atX, atY)).isPresent()) continue;
			final double a = share(inner, outer, i);
			if (a == 0) continue;
			changed[i] = true;
			at[n] = i;
			share[n++] = a;
		}
		final double[] in = new double[3 * n];
		final double[] out = new double[3 * n];
		for (int k = 0; k < n; k++) for (int c = 0; c < 3; c++) {
			in[3 * k + c] = inner.get(c, at[k]);
			out[3 * k + c] = outer.get(c, at[k]);
		}
		return new Fringe(Arrays.copyOf(at, n), Arrays.copyOf(share, n), in, out);
	}

	/** Whether a locked layer above the target would come out there. */
	private boolean isFixed(final int x, final int y) {
		for (int k = target + 1; k < stack.size(); k++)
			if (stack.get(k).locked() && over(stack.get(k), x, y) > 0) return true;
		return false;
	}

	private PushPull colours(final IntPredicate known) {
		final byte[] alpha = shown.plane(RgbaImage.ALPHA);
		return PushPull.of(w, h, 3, (c, i) -> shown.plane(c)[i] & 0xff, i -> alpha[i] != 0 && known.test(i));
	}

	/** Away from the region's edge, where colours are mixed; anywhere in a region that is all edge. */
	private boolean core(final int i) {
		final int x = i % w;
		final int y = i / w;
		return !hasCore || (x == 0 || inside[i - 1]) && (x == w - 1 || inside[i + 1]) && (y == 0 || inside[i - w])
			&& (y == h - 1 || inside[i + w]);
	}

	/** How much of a pixel beyond the edge belongs to the region; 0 if it is something else. */
	private double share(final PushPull inner, final PushPull outer, final int i) {
		if (inner.isEmpty() || outer.isEmpty()) return 0;
		double dot = 0;
		double square = 0;
		final double[] around = new double[3];
		final double[] towards = new double[3];
		for (int c = 0; c < 3; c++) {
			around[c] = outer.get(c, i);
			towards[c] = inner.get(c, i) - around[c];
			dot += ((shown.plane(c)[i] & 0xff) - around[c]) * towards[c];
			square += towards[c] * towards[c];
		}
		if (square < ALIKE) return 0;
		final double a = Math.min(1, dot / square);
		if (a < LEAST) return 0;
		double beside = 0;
		for (int c = 0; c < 3; c++) {
			final double rest = (shown.plane(c)[i] & 0xff) - around[c] - a * towards[c];
			beside += rest * rest;
		}
		return beside < a * a * square / 4 ? a : 0;
	}

	/** Whether a layer shows something at a pixel of the part that is taken from it. */
	private boolean isHole(final int index, final int i) {
		if (!changed[i] || stack.get(index).locked()) return false;
		final int x = part.x() + i % w;
		final int y = part.y() + i / w;
		double share = over(stack.get(index), x, y);
		for (int k = index + 1; k < stack.size() && share >= SHOWS; k++) share *= 1 - over(stack.get(k), x, y);
		return share >= SHOWS;
	}

	/** Where a layer below showed something of it, it becomes as it is around. */
	private void fill(final PatchedLayer patched, final int index) {
		final Layer layer = stack.get(index);
		final Bounds b = layer.bounds();
		final boolean[] hole = new boolean[w * h];
		final boolean any = IntStream.range(0, h).parallel().map(v -> {
			int n = 0;
			for (int i = v * w; i < v * w + w; i++) if (isHole(index, i)) {
				hole[i] = true;
				n++;
			}
			return n;
		}).max().orElse(0) > 0;
		if (!any) return;
		final byte[] own = layer.pixels().plane(RgbaImage.ALPHA);
		final IntUnaryOperator at = i -> b.contains(part.x() + i % w, part.y() + i / w)
			? (part.y() + i / w - b.y()) * b.width() + part.x() + i % w - b.x() : -1;
		final IntUnaryOperator alpha = i -> at.applyAsInt(i) < 0 ? 0 : own[at.applyAsInt(i)] & 0xff;
		final PushPull around = PushPull.of(w, h, 1, (c, i) -> alpha.applyAsInt(i), i -> !near[i]);
		final PushPull colours = PushPull.of(w, h, 3, (c, i) -> layer.pixels().plane(c)[at.applyAsInt(i)] & 0xff,
			i -> !near[i] && alpha.applyAsInt(i) >= OPAQUE);
		final RgbaImage to = patched.pixels();
		rows(v -> {
			for (int i = v * w; i < v * w + w; i++) {
				if (!hole[i]) continue;
				final boolean there = !colours.isEmpty() && around.get(0, i) >= 128;
				final int p = at.applyAsInt(i);
				to.plane(RgbaImage.ALPHA)[p] = (byte) (there ? 255 : 0);
				for (int c = 0; c < 3 && there; c++) to.plane(c)[p] = (byte) Math.round(colours.get(c, i));
			}
		});
	}

	/** Does what is left in a rectangle of the part. */
	private void tile(final Bounds box, final List<PatchedLayer> layers, final Fringe fringe,
		final Optional<double[][]> ranges)
	{
		final int n = (int) box.area();
		final boolean[] here = new boolean[n];
		final double[] matte = new double[n];
		final double[][] inner = new double[3][n];
		final double[][] outer = new double[3][n];
		for (int i = 0; i < n; i++) {
			final int p = (box.y() + i / box.width()) * w + box.x() + i % box.width();
			here[i] = changed[p];
			matte[i] = changed[p] && inside[p] ? 1 : 0;
		}
		for (int k = 0; k < fringe.at.length; k++) {
			final int i = (fringe.at[k] / w - box.y()) * box.width() + fringe.at[k] % w - box.x();
			matte[i] = fringe.share[k];
			for (int c = 0; c < 3; c++) {
				inner[c][i] = fringe.inner[3 * k + c];
				outer[c][i] = fringe.outer[3 * k + c];
			}
		}
		final Bounds on = box.at(part.x() + box.x(), part.y() + box.y());
		final LayerStack before = new LayerStack(on.width(), on.height(),
			stack.layers().stream().map(l -> PatchedLayer.window(l, on)).toList());
		final LayerStack after = new AssignTile(before, target, matte, inner, outer, here, shown.crop(box)).assigned(
			(k, i) -> isHole(k, (box.y() + i / box.width()) * w + box.x() + i % box.width()),
			k -> layers.get(k).filled(on), ranges);
		for (int k = 0; k < before.size(); k++) layers.get(k).put(on, before.get(k), after.get(k), here);
	}
}
