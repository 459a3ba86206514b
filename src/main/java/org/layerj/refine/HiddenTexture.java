package org.layerj.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.layerj.common.Progress;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * Gives what is hidden the texture of what is seen of the same layer around it, so that nothing smooth shows in a
 * micrograph or photograph when a label is taken off ({@link PatchFill}). Where the surroundings have no texture, and
 * where a hole is large, the smooth fill stays.
 */
final class HiddenTexture {

	/**
	 * Transmittance of the layers above, from which a pixel is a sample. Below, at anti-aliased edges, its colour is a
	 * guess that leaves an outline; what it must be there, the exact colour solve finds.
	 */
	private static final float MIN_TRANSMITTANCE = .999f;
	/** Holes this near each other are filled as one: letters of a word. */
	private static final int SAME_HOLE_PIXELS = 4;
	/** Pixels of a hole, and of all holes of a picture; bounds the time. */
	private static final int MAX_HOLE_PIXELS = 20_000, MAX_PICTURE_HOLE_PIXELS = 100_000;
	/** How far around a hole texture is taken from: at least so far, and as far as the hole is wide. */
	private static final int MIN_MARGIN_PIXELS = 24, MAX_MARGIN_PIXELS = 96;
	/** Median difference of a pixel from its neighbours' mean, levels: rounding alone gives up to .5. */
	private static final float MIN_TEXTURE_LEVELS = 1;

	private final LayerStack stack;
	private final Progress progress;
	private final int w;
	private final int h;
	private int left = MAX_PICTURE_HOLE_PIXELS;

	private HiddenTexture(final LayerStack stack, final Progress progress) {
		this.stack = stack;
		this.progress = progress;
		w = stack.width();
		h = stack.height();
	}

	/**
	 * The stack with texture in what is hidden. Its composite changes where layers above are not quite opaque.
	 *
	 * @param stack layers as large as the canvas, visible, of opacity 1
	 */
	static LayerStack of(final LayerStack stack, final Progress progress) {
		return new HiddenTexture(stack, progress).run();
	}

	private LayerStack run() {
		final Layer[] layers = stack.layers().toArray(new Layer[0]);
		final float[] through = new float[w * h];
		Arrays.fill(through, 1);
		for (int k = layers.length - 1; k >= 0; k--) {
			progress.check();
			final byte[] alpha = layers[k].pixels().plane(RgbaImage.ALPHA);
			if (k < layers.length - 1) layers[k] = textured(layers[k], alpha, through);
			for (int i = 0; i < through.length; i++) through[i] *= 1 - (alpha[i] & 0xff) * (1 / 255f);
		}
		return new LayerStack(w, h, List.of(layers));
	}

	private Layer textured(final Layer layer, final byte[] alpha, final float[] through) {
		final byte[] kinds = new byte[w * h];
		for (int i = 0; i < kinds.length; i++)
			kinds[i] =
				alpha[i] != -1 ? PatchFill.OTHER : through[i] < MIN_TRANSMITTANCE ? PatchFill.HOLE : PatchFill.KNOWN;
		final List<int[]> holes = new ArrayList<>();
		for (final int[] hole : holes(kinds)) {
			if (hole.length > left) continue;
			left -= hole.length;
			holes.add(hole);
		}
		if (holes.isEmpty()) return layer;
		final RgbaImage filled = layer.pixels().copy();
		holes.parallelStream().forEach(hole -> fill(hole, layer.pixels(), kinds, filled));
		return layer.withPixels(layer.bounds(), filled, layer.provenance());
	}

	/** Hidden pixels, those that are near each other together, but for large holes; indices, the first hole's first. */
	private List<int[]> holes(final byte[] kinds) {
		final List<int[]> holes = new ArrayList<>();
		final boolean[] taken = new boolean[kinds.length];
		int[] queue = new int[1024];
		for (int start = 0; start < kinds.length; start++) {
			if (kinds[start] != PatchFill.HOLE || taken[start]) continue;
			int end = 0;
			queue[end++] = start;
			taken[start] = true;
			for (int at = 0; at < end; at++) {
				final int x = queue[at] % w;
				final int y = queue[at] / w;
				for (int v = Math.max(0, y - SAME_HOLE_PIXELS); v <= Math.min(h - 1, y + SAME_HOLE_PIXELS); v++)
					for (int u = Math.max(0, x - SAME_HOLE_PIXELS); u <= Math.min(w - 1, x + SAME_HOLE_PIXELS); u++)
					{
						final int i = v * w + u;
						if (kinds[i] != PatchFill.HOLE || taken[i]) continue;
						taken[i] = true;
						if (end == queue.length) queue = Arrays.copyOf(queue, 2 * end);
						queue[end++] = i;
					}
			}
			if (end <= MAX_HOLE_PIXELS) holes.add(Arrays.copyOf(queue, end));
		}
		return holes;
	}

	/** Whether a pixel and its eight neighbours, as far as there are some, are hidden. */
	private boolean isInside(final byte[] kinds, final int x, final int y) {
		for (int v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1); v++)
			for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++)
				if (kinds[v * w + u] != PatchFill.HOLE) return false;
		return true;
	}

	private void fill(final int[] hole, final RgbaImage pixels, final byte[] kinds, final RgbaImage filled) {
		progress.check();
		final Bounds crop = around(hole);
		final int cw = crop.width();
		final byte[] part = new byte[cw * crop.height()];
		final float[][] colour = new float[3][part.length];
		for (int j = 0; j < part.length; j++) {
			final int i = (crop.y() + j / cw) * w + crop.x() + j % cw;
			// What another hole is filled with is no sample.
			part[j] = kinds[i] == PatchFill.KNOWN ? PatchFill.KNOWN : PatchFill.OTHER;
			for (int c = 0; c < 3; c++) colour[c][j] = pixels.plane(c)[i] & 0xff;
		}
		for (final int i : hole) part[(i / w - crop.y()) * cw + i % w - crop.x()] = PatchFill.HOLE;
		onlyAround(part, cw);
		if (texture(colour, part, cw) < MIN_TEXTURE_LEVELS || !PatchFill.fill(cw, crop.height(), colour, part, hole[0]))
			return;
		for (final int i : hole) {
			final int j = (i / w - crop.y()) * cw + i % w - crop.x();
			for (int c = 0; c < 3; c++) filled.plane(c)[i] = (byte) Math.round(colour[c][j]);
		}
	}

	/** Known pixels that the hole is not connected with are no samples: they are of another panel. */
	private static void onlyAround(final byte[] kinds, final int w) {
		final boolean[] reached = new boolean[kinds.length];
		final int[] queue = new int[kinds.length];
		int end = 0;
		for (int i = 0; i < kinds.length; i++) {
			if (kinds[i] != PatchFill.HOLE) continue;
			reached[i] = true;
			queue[end++] = i;
		}
		for (int at = 0; at < end; at++) {
			final int i = queue[at];
			for (final int j : new int[] { i % w == 0 ? i : i - 1, i % w == w - 1 ? i : i + 1, i - w, i + w }) {
				if (j < 0 || j >= kinds.length || reached[j] || kinds[j] == PatchFill.OTHER) continue;
				reached[j] = true;
				queue[end++] = j;
			}
		}
		for (int i = 0; i < kinds.length; i++) if (!reached[i]) kinds[i] = PatchFill.OTHER;
	}

	/** The part of the picture that texture is taken from. */
	private Bounds around(final int[] hole) {
		int x0 = w;
		int y0 = h;
		int x1 = 0;
		int y1 = 0;
		for (final int i : hole) {
			x0 = Math.min(x0, i % w);
			x1 = Math.max(x1, i % w + 1);
			y0 = Math.min(y0, i / w);
			y1 = Math.max(y1, i / w + 1);
		}
		final int margin = Math.max(MIN_MARGIN_PIXELS, Math.min(MAX_MARGIN_PIXELS, Math.max(x1 - x0, y1 - y0)));
		final int left = Math.max(0, x0 - margin);
		final int top = Math.max(0, y0 - margin);
		return new Bounds(left, top, Math.min(w, x1 + margin) - left, Math.min(h, y1 + margin) - top);
	}

	/** Median difference of known pixels from the mean of their four neighbours, levels, green. */
	private static float texture(final float[][] colour, final byte[] kinds, final int w) {
		final float[] differences = new float[kinds.length];
		int n = 0;
		for (int i = w; i < kinds.length - w; i++) {
			if (i % w == 0 || i % w == w - 1 || kinds[i] != PatchFill.KNOWN || kinds[i - 1] != PatchFill.KNOWN
				|| kinds[i + 1] != PatchFill.KNOWN || kinds[i - w] != PatchFill.KNOWN
				|| kinds[i + w] != PatchFill.KNOWN) continue;
			final float[] g = colour[1];
			differences[n++] = Math.abs(g[i] - (g[i - 1] + g[i + 1] + g[i - w] + g[i + w]) / 4);
		}
		if (n == 0) return 0;
		Arrays.sort(differences, 0, n);
		return differences[n / 2];
	}
}
