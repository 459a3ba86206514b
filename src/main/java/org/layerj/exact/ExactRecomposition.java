package org.layerj.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Provenance;

/**
 * The exact colour solve: changes any proposed layers as little as needed to composite to the picture bit for bit.
 * <p>
 * For every pixel the layers are changed as little as possible ({@link PixelSolver} has the equations): first the
 * alphas, and only if the composite's alpha is not the picture's; then the colours. Each pixel is checked with the
 * compositor's own arithmetic as it is solved.
 * <p>
 * <b>What equal means.</b> Where the picture's alpha is above 0, all four channels of
 * {@link Compositor#flatten(LayerStack)} are the picture's. Where it is 0, the composite is transparent black: a
 * picture's colour under alpha 0 is shown by nothing, and no composite can have one. The layers' own colours under
 * alpha 0 stay.
 * <p>
 * Invisible layers and such with opacity 0 take no part and are not touched, nor are pixels beyond the canvas. If what
 * is visible cannot cover the picture (bounds too small, no opacity of 1), the lowest visible layer is made to: its
 * opacity moves into its pixels' alpha and its bounds grow to the canvas. A stack with nothing visible gets a new layer
 * at the bottom.
 */
public final class ExactRecomposition {

	private ExactRecomposition() {}

	/**
	 * The stack, changed so that it composites to the picture.
	 *
	 * @param source the picture, of the canvas' size; any alpha
	 * @param proposal any layers; not changed
	 * @return the same layers with other colours and alphas, where that is needed
	 */
	public static LayerStack of(final RgbaImage source, final LayerStack proposal) {
		requireSameSize(source, proposal);
		final LayerStack able = canCover(source, proposal) ? proposal : withBase(proposal);
		final LayerStack own = new LayerStack(able.width(), able.height(),
			able.layers()
				.stream()
				.map(l -> takesPart(l) ? l.withPixels(l.bounds(), l.pixels().copy(), l.provenance()) : l)
				.toList());
		solve(source, own);
		return own;
	}

	/**
	 * Whether the stack composites to the picture, in the sense above.
	 *
	 * @param source the picture, of the canvas' size
	 * @param stack any layers
	 * @return whether {@link #mismatches} is 0
	 */
	public static boolean holds(final RgbaImage source, final LayerStack stack) {
		return mismatches(source, stack) == 0;
	}

	/**
	 * Number of pixels of which some channel of the composite is not the picture's.
	 *
	 * @param source the picture, of the canvas' size
	 * @param stack any layers
	 * @return 0 or more
	 */
	public static long mismatches(final RgbaImage source, final LayerStack stack) {
		requireSameSize(source, stack);
		final RgbaImage shown = Compositor.flatten(stack);
		return IntStream.range(0, source.plane(RgbaImage.ALPHA).length).parallel().filter(i -> {
			if (source.plane(RgbaImage.ALPHA)[i] == 0) return shown.plane(RgbaImage.ALPHA)[i] != 0;
			for (int c = 0; c < RgbaImage.PLANES; c++) if (source.plane(c)[i] != shown.plane(c)[i]) return true;
			return false;
		}).count();
	}

	/** Into the stack's own pixels; the visible layers must be able to cover the canvas. */
	private static void solve(final RgbaImage source, final LayerStack stack) {
		final Layer[] layers = stack.layers().stream().filter(ExactRecomposition::takesPart).toArray(Layer[]::new);
		final ThreadLocal<PixelSolver> pixel = ThreadLocal.withInitial(() -> new PixelSolver(layers.length));
		IntStream.range(0, stack.height()).parallel().forEach(y -> row(source, layers, y, pixel.get()));
	}

	private static void row(final RgbaImage source, final Layer[] layers, final int y, final PixelSolver pixel) {
		final int width = source.width();
		final int[] at = new int[layers.length];
		final int[] index = new int[layers.length];
		for (int x = 0; x < width; x++) {
			final int p = y * width + x;
			final int a = source.plane(RgbaImage.ALPHA)[p] & 0xff;
			int n = 0;
			for (int k = layers.length - 1; k >= 0; k--) {
				final Layer l = layers[k];
				if (!l.bounds().contains(x, y)) continue;
				at[n] = (y - l.bounds().y()) * l.bounds().width() + x - l.bounds().x();
				index[n++] = k;
				// What lies under an opaque pixel has no part in the composite, and under an opaque picture none in the
				// solution.
				if (a == 255 && l.opacity() == 1 && l.pixels().plane(RgbaImage.ALPHA)[at[n - 1]] == -1) break;
			}
			solve(source, p, a, layers, index, at, n, pixel);
		}
	}

	/** One pixel; {@code index} and {@code at} hold its layers from the top down and where it lies in them. */
	private static void solve(final RgbaImage source, final int p, final int a, final Layer[] layers, final int[] index,
		final int[] at, final int n, final PixelSolver pixel)
	{
		if (n == 1 && layers[index[0]].opacity() == 1 || a == 0) {
			// One layer shows itself, and of nothing every layer has nothing.
			for (int k = 0; k < n; k++) {
				final RgbaImage pixels = layers[index[k]].pixels();
				pixels.plane(RgbaImage.ALPHA)[at[k]] = (byte) a;
				for (int c = 0; c < 3 && a != 0; c++) pixels.plane(c)[at[k]] = source.plane(c)[p];
			}
			return;
		}
		pixel.count = n;
		for (int k = 0; k < n; k++) {
			final Layer l = layers[index[n - 1 - k]];
			pixel.opacity[k] = l.opacity();
			pixel.alpha[k] = l.pixels().plane(RgbaImage.ALPHA)[at[n - 1 - k]] & 0xff;
			for (int c = 0; c < 3; c++) pixel.colour[c][k] = l.pixels().plane(c)[at[n - 1 - k]] & 0xff;
		}
		pixel.solve(source.plane(RgbaImage.RED)[p] & 0xff, source.plane(RgbaImage.GREEN)[p] & 0xff,
			source.plane(RgbaImage.BLUE)[p] & 0xff, a);
		for (int k = 0; k < n; k++) {
			final RgbaImage pixels = layers[index[n - 1 - k]].pixels();
			pixels.plane(RgbaImage.ALPHA)[at[n - 1 - k]] = (byte) pixel.alpha[k];
			for (int c = 0; c < 3; c++) pixels.plane(c)[at[n - 1 - k]] = (byte) pixel.colour[c][k];
		}
	}

	private static boolean takesPart(final Layer layer) {
		return layer.visible() && layer.opacity() > 0;
	}

	private static void requireSameSize(final RgbaImage source, final LayerStack stack) {
		if (source.width() != stack.width() || source.height() != stack.height())
			throw new IllegalArgumentException("The canvas of " + stack.width() + " × " + stack.height()
				+ " pixels is not of the picture's size, " + source.width() + " × " + source.height() + ".");
	}

	/** Whether every pixel's alpha could be reached if the visible layers were opaque where their bounds are. */
	private static boolean canCover(final RgbaImage source, final LayerStack stack) {
		final List<Layer> layers = stack.layers().stream().filter(ExactRecomposition::takesPart).toList();
		final int w = stack.width();
		final int h = stack.height();
		if (layers.stream()
			.anyMatch(l -> l.opacity() == 1 && l.bounds().x() <= 0 && l.bounds().y() <= 0 && l.bounds().right() >= w
				&& l.bounds().bottom() >= h))
			return true;
		return IntStream.range(0, w * h).parallel().allMatch(i -> {
			double cover = 0;
			for (final Layer l : layers)
				if (l.bounds().contains(i % w, i / w)) cover = l.opacity() + (1 - l.opacity()) * cover;
			return Compositor.level(cover * 255) >= (source.plane(RgbaImage.ALPHA)[i] & 0xff);
		});
	}

	/** The stack with a layer, as low as possible, that can be opaque all over the canvas. */
	private static LayerStack withBase(final LayerStack stack) {
		final int w = stack.width();
		final int h = stack.height();
		final List<Layer> layers = new ArrayList<>(stack.layers());
		for (int k = 0; k < layers.size(); k++) {
			if (!takesPart(layers.get(k))) continue;
			layers.set(k, grown(layers.get(k), w, h));
			return new LayerStack(w, h, layers);
		}
		String id = "source";
		while (stack.find(id).isPresent()) id += "'";
		return stack.insert(0, Layer.of(id, "Source", RgbaImage.blank(w, h)));
	}

	private static Layer grown(final Layer layer, final int w, final int h) {
		final Bounds b = layer.bounds();
		final int left = Math.min(0, b.x());
		final int top = Math.min(0, b.y());
		final Bounds all = new Bounds(left, top, Math.max(w, b.right()) - left, Math.max(h, b.bottom()) - top);
		final RgbaImage pixels = RgbaImage.blank(all.width(), all.height());
		for (int c = 0; c < RgbaImage.PLANES; c++) {
			final byte[] plane = layer.pixels().plane(c).clone();
			if (c == RgbaImage.ALPHA) for (int i = 0; i < plane.length; i++)
				plane[i] = (byte) Math.round(layer.opacity() * (plane[i] & 0xff));
			for (int y = 0; y < b.height(); y++) {
				System.arraycopy(plane, y * b.width(), pixels.plane(c), (b.y() - top + y) * all.width() + b.x() - left,
					b.width());
			}
		}
		final Provenance known = layer.provenance().gather(all.width(), all.height(), i -> {
			final int x = i % all.width() + left - b.x();
			final int y = i / all.width() + top - b.y();
			return x >= 0 && y >= 0 && x < b.width() && y < b.height() ? y * b.width() + x : -1;
		});
		return layer.withPixels(all, pixels, known).withOpacity(1);
	}
}
