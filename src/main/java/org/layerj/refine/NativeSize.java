package org.layerj.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.layerj.common.Progress;
import org.layerj.exact.ExactRecomposition;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Provenance;

/**
 * Brings the network's layers to the picture's own size: alphas whose edges lie on the picture's edges, colours taken
 * from the picture wherever a layer shows, the network's own where it is hidden, and an exact composite.
 * <p>
 * The network's layers are a proposal (α⁰, C); I is the picture, colours 0 … 1. From the top layer down, with A the
 * colour and T the transmittance of what lies above, B what lies below, F the layer's own colour,
 * <pre>α = argmin |I − A − T (α F + (1 − α) B)|² + λ (α − α⁰)² = (T d·e + λ α⁰) / (T² |e|² + λ),   d = I − A − T B,   e = F − B,</pre>
 * clamped to the range that α⁰ has in the neighbourhood, widened a little. F is C corrected by the local mean of I − C
 * where the layer makes up nearly all of the pixel ({@link ColourField}), and C alone beyond its reach; where that does
 * not explain the pixel, the colour of one nearby that is all of the layer, if that does. B is the composite of the
 * lower layers' F. Where the range is a single value there is nothing to decide, and α⁰ stays; where it is within a few
 * 1/255 of 0 or 1, it becomes 0 or 1. The rounds are repeated, since better alphas tell better where a layer is
 * visible.
 * <p>
 * Where the refined layers composite less well to the picture than the enlarged proposal, cell by cell, the proposal is
 * kept. Colours are unmixed by {@link ExactRecomposition} in the end.
 * <p>
 * Where the picture is clearly translucent the proposal's alphas are kept, and fitted to the picture's by the exact
 * colour solve only.
 */
public final class NativeSize {

	// Chosen on one half of the evaluation figures and confirmed on the other (docs/RESULTS.md).
	/** Weight of the proposal's alpha against the squared colour distance, colours 0 … 1. */
	private static final float PRIOR_WEIGHT = 0.01f;
	/** Radius, in pixels of the network, of the neighbourhood whose range of alpha is allowed. */
	private static final int RANGE_RADIUS = 1;
	/** By how much of its width that range is widened at both ends. */
	private static final float RANGE_SLACK = 1.5f;
	/** Share, 0 … 1, of a pixel that a layer must have to lend its colour. */
	private static final float MIN_COLOUR_SHARE = 0.95f;
	/** How often the colour field is smoothed. */
	private static final int SMOOTHING_PASSES = 2;
	/** Alphas, and distances from 255, up to this are taken as 0 (as 255). */
	private static final int ALPHA_FLOOR = 9;
	/** Side of the window in which other colours of a layer are looked for, pixels. */
	private static final int WINDOW = 5;
	/**
	 * Squared colour distances, colours 0 … 1: what the colour field must leave unexplained for that (7 levels a
	 * channel), what such a colour may (1.5 levels), and by what it must differ from what lies below (15 levels).
	 */
	private static final float MIN_FIELD_RESIDUAL = 2e-3f, MAX_RESIDUAL = 1e-4f, MIN_CONTRAST = 1e-2f;
	/** How often alphas and colours are found from each other. */
	private static final int ROUNDS = 2;

	/**
	 * Weight of the network's colour in the colour field: it decides where the picture shows nothing of the layer
	 * nearby.
	 */
	private static final float PROPOSAL_COLOUR_WEIGHT = 1e-3f;

	/**
	 * Alpha of the picture, 0 … 255, from which its colour tells what shows: layers that are split again have
	 * anti-aliased edge pixels.
	 */
	private static final int MIN_OPAQUE_ALPHA = 230;

	private final RgbaImage source;
	private final Progress progress;
	private final int width;
	private final int height;
	private final int n;
	private final Proposal[] proposals;
	private final byte[][] plain;
	private final byte[][] alpha;
	private final ColourField[] fields;
	/** By pixel: 1 + the layer that makes up nearly all of it, 0 if none does. */
	private final byte[] owner;
	/**
	 * By layer and pixel: 1 + the place in the window of a pixel that has the layer's colour here; 0: the field has.
	 */
	private final byte[][] seen;
	private final int cell;
	private final int cellRows;
	/** Column and row of the network's pixel in which a column and a row of the picture lie. */
	private final int[] smallX;
	private final int[] smallY;
	private final int smallWidth;
	/**
	 * By pixel of the network: bit k says that layer k is open; the highest bit, that some layer is open within the
	 * reach of the colour fields.
	 */
	private final int[] open;

	private static final int NEAR_OPEN_BIT = 1 << 31;
	/** Bits left beside {@link #NEAR_OPEN_BIT}. */
	private static final int MAX_LAYERS = 31;

	private NativeSize(final RgbaImage source, final LayerStack network, final Progress progress) {
		this.source = source;
		this.progress = progress;
		width = source.width();
		height = source.height();
		n = network.size();
		final double scale =
			Math.max(1, Math.sqrt((double) width * height / ((double) network.width() * network.height())));
		cell = Math.max(1, (int) Math.round(scale));
		cellRows = (height + cell - 1) / cell;
		proposals = new Proposal[n];
		plain = new byte[n][];
		alpha = new byte[n][];
		fields = new ColourField[n];
		owner = new byte[width * height];
		seen = new byte[n][];
		IntStream.range(0, n).parallel().forEach(k -> {
			final RgbaImage layer = notLarger(network.get(k).pixels(), width, height);
			proposals[k] = new Proposal(layer, RANGE_RADIUS, width, height);
			plain[k] = PillowResize.plane(layer.plane(RgbaImage.ALPHA), layer.width(), layer.height(), width, height,
				PillowResize.Filter.BICUBIC);
			fields[k] = new ColourField(width, height, cell);
			seen[k] = new byte[width * height];
		});
		smallWidth = proposals[0].width;
		smallX = IntStream.range(0, width)
			.map(x -> Math.min(smallWidth - 1, (int) ((x + 0.5) * smallWidth / width)))
			.toArray();
		smallY = IntStream.range(0, height)
			.map(y -> Math.min(proposals[0].height - 1, (int) ((y + 0.5) * proposals[0].height / height)))
			.toArray();
		open = openPixels();
		rows(this::cleanRow);
		IntStream.range(0, n).parallel().forEach(k -> alpha[k] = plain[k].clone());
	}

	/**
	 * Where the neighbourhood leaves a layer's alpha open. The lowest layer has nothing below to be distinguished from,
	 * so that it keeps its alpha.
	 */
	private int[] openPixels() {
		final int h = proposals[0].height;
		final int[] out = new int[smallWidth * h];
		for (int k = 1; k < n; k++) for (int i = 0; i < out.length; i++) {
			final int most = proposals[k].most(i);
			final int least = proposals[k].least(i);
			if (most > ALPHA_FLOOR && least < 255 - ALPHA_FLOOR && most > least) out[i] |= 1 << k;
		}
		final int reach = (int) Math.ceil((2.0 * SMOOTHING_PASSES + 1) * cell * smallWidth / width) + 1;
		for (int y = 0; y < h; y++) for (int x = 0; x < smallWidth; x++) {
			if ((out[y * smallWidth + x] & ~NEAR_OPEN_BIT) == 0) continue;
			for (int v = Math.max(0, y - reach); v <= Math.min(h - 1, y + reach); v++) {
				for (int u = Math.max(0, x - reach); u <= Math.min(smallWidth - 1, x + reach); u++)
					out[v * smallWidth + u] |= NEAR_OPEN_BIT;
			}
		}
		return out;
	}

	/** Small pictures are enlarged for the network; there is nothing to refine in that direction. */
	private static RgbaImage notLarger(final RgbaImage layer, final int width, final int height) {
		return layer.width() <= width && layer.height() <= height ? layer
			: enlarge(layer, Math.min(width, layer.width()), Math.min(height, layer.height()));
	}

	/**
	 * The network's pixels resized bicubically, without refinement; their composite is not the picture.
	 *
	 * @param network layers as large as their canvas
	 * @param width in pixels
	 * @param height in pixels
	 * @return layers of this size
	 */
	public static LayerStack plain(final LayerStack network, final int width, final int height) {
		requireWhole(network);
		return new LayerStack(width, height,
			network.layers()
				.parallelStream()
				.map(l -> l.withPixels(Bounds.all(width, height), enlarge(l.pixels(), width, height),
					Provenance.observed(width, height)))
				.toList());
	}

	private static RgbaImage enlarge(final RgbaImage p, final int width, final int height) {
		return PillowResize.picture(p, width, height, PillowResize.Filter.BICUBIC);
	}

	/**
	 * The network's layers at the picture's size, compositing to the picture exactly.
	 *
	 * @param source the picture, any size and alpha
	 * @param network layers as large as their canvas, visible, of opacity 1; a canvas of any size that shows the same
	 * @return layers with the network's ids and names, and no pixel marked synthetic yet
	 */
	public static LayerStack refine(final RgbaImage source, final LayerStack network) {
		return refine(source, network, Progress.none());
	}

	/**
	 * As {@link #refine(RgbaImage, LayerStack)}, with progress and cancelling.
	 *
	 * @param source the picture
	 * @param network layers of the network's size
	 * @param progress receives the share that is done, 0 … 1; may stop it
	 * @return layers of the picture's size that composite to it
	 */
	public static LayerStack refine(final RgbaImage source, final LayerStack network, final Progress progress) {
		requireWhole(network);
		if (network.size() > MAX_LAYERS) throw new IllegalArgumentException(
			"At most " + MAX_LAYERS + " layers can be refined, not " + network.size() + ".");
		if (network.layers().isEmpty())
			return ExactRecomposition.of(source, new LayerStack(source.width(), source.height(), List.of()));
		final NativeSize size = new NativeSize(source, network, progress);
		final LayerStack refined = size.run(network);
		size.done(COLOUR_SOLVE_TIME);
		return ExactRecomposition.of(source, refined);
	}

	private static void requireWhole(final LayerStack network) {
		for (final Layer l : network.layers()) {
			if (!l.bounds().equals(Bounds.all(network.width(), network.height())) || !l.visible() || l.opacity() != 1)
				throw new IllegalArgumentException(
					"Layer " + l.id() + " is not a visible layer of the canvas' size with opacity 1.");
		}
	}

	/** Shares of the time at which stages end, as measured. */
	private static final double PREPARED_TIME = 0.2, SOLVED_TIME = 0.7, COLOUR_SOLVE_TIME = 0.85;

	private void done(final double fraction) {
		progress.check();
		progress.update(fraction, "");
	}

	private LayerStack run(final LayerStack network) {
		for (int round = 0; round < ROUNDS; round++) {
			done(PREPARED_TIME + (SOLVED_TIME - PREPARED_TIME) * round / ROUNDS);
			takeColours();
			rows(this::solveRow);
		}
		done(SOLVED_TIME);
		takeColours();
		IntStream.range(0, cellRows).parallel().forEach(this::guardRow);
		rows((y, scratch) -> backgroundRow(y));
		final byte[][][] colour = new byte[n][3][width * height];
		rows((y, scratch) -> colourRow(colour, y, scratch));
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < n; k++) {
			layers.add(network.get(k)
				.withPixels(Bounds.all(width, height),
					RgbaImage.ofPlanes(width, height, colour[k][0], colour[k][1], colour[k][2], alpha[k]),
					Provenance.observed(width, height)));
		}
		return new LayerStack(width, height, layers);
	}

	/** Values of all layers at one pixel. */
	private final class Scratch {

		final float[] prior = new float[n];
		final float[] a = new float[n];
		final float[] own = new float[3 * n];
		final float[] below = new float[3 * n];
		final float[] cover = new float[n];
		final float[] sample = new float[4];
		final float[] picture = new float[3];
		/** Of one layer: its colour, what lies below, and the picture without what lies above and below. */
		final float[] colour = new float[3];
		final float[] under = new float[3];
		final float[] rest = new float[3];
	}

	private interface Row {

		void run(int y, Scratch scratch);
	}

	private void rows(final Row row) {
		// In bands, so that scratch memory is made a few hundred times and not for every row.
		final int band = Math.max(1, height / 256);
		IntStream.range(0, (height + band - 1) / band).parallel().forEach(b -> {
			progress.check();
			final Scratch scratch = new Scratch();
			for (int y = b * band; y < Math.min(height, (b + 1) * band); y++) row.run(y, scratch);
		});
	}

	private void cleanRow(final int y, final Scratch scratch) {
		final int row = smallY[y] * smallWidth;
		for (int k = 0; k < n; k++) for (int x = 0; x < width; x++) {
			if (proposals[k].most(row + smallX[x]) <= ALPHA_FLOOR) plain[k][y * width + x] = 0;
			else if (proposals[k].least(row + smallX[x]) >= 255 - ALPHA_FLOOR) plain[k][y * width + x] = -1;
		}
	}

	private void picture(final int i, final Scratch s) {
		for (int c = 0; c < 3; c++) s.picture[c] = (source.plane(c)[i] & 0xff) * (1 / 255f);
	}

	// -- Colours --

	/** Fills each layer's field with the picture where that layer makes up most of it. */
	private void takeColours() {
		IntStream.range(0, cellRows).parallel().forEach(this::takeRow);
		Arrays.stream(fields).parallel().forEach(f -> f.smooth(SMOOTHING_PASSES));
	}

	private void takeRow(final int cellRow) {
		progress.check();
		for (final ColourField f : fields) f.clearRow(cellRow);
		final Scratch s = new Scratch();
		for (int y = cellRow * cell; y < Math.min(height, (cellRow + 1) * cell); y++) for (int x = 0; x < width; x++) {
			final int i = y * width + x;
			owner[i] = 0;
			if (open[smallY[y] * smallWidth + smallX[x]] >= 0
				|| (source.plane(RgbaImage.ALPHA)[i] & 0xff) < MIN_OPAQUE_ALPHA) continue;
			float through = 1;
			for (int k = n - 1; k >= 0 && through > MIN_COLOUR_SHARE; k--) {
				final float over = (alpha[k][i] & 0xff) * (1 / 255f);
				final float share = over * through;
				if (share > MIN_COLOUR_SHARE) {
					if (share == 1) owner[i] = (byte) (k + 1);
					final float weight = (share - MIN_COLOUR_SHARE) / (1 - MIN_COLOUR_SHARE);
					proposals[k].colour(x, y, s.own, 0);
					picture(i, s);
					fields[k].add(x, y, weight * weight, s.picture[0] - s.own[0], s.picture[1] - s.own[1],
						s.picture[2] - s.own[2]);
					break;
				}
				through *= 1 - over;
			}
		}
	}

	/** F of one layer at one pixel into {@code s.own}. */
	private void own(final int k, final int x, final int y, final Scratch s) {
		if (seen[k][y * width + x] > 0) {
			final int at = seen[k][y * width + x] - 1;
			final int j = (y + at / WINDOW - WINDOW / 2) * width + x + at % WINDOW - WINDOW / 2;
			for (int c = 0; c < 3; c++) s.own[3 * k + c] = (source.plane(c)[j] & 0xff) * (1 / 255f);
			return;
		}
		field(k, x, y, s);
	}

	/** The same by the colour field. */
	private void field(final int k, final int x, final int y, final Scratch s) {
		proposals[k].colour(x, y, s.own, 3 * k);
		if (open[smallY[y] * smallWidth + smallX[x]] >= 0) return;
		fields[k].sample(x, y, s.sample, 0);
		final float weight = s.sample[3];
		if (weight == 0) return;
		final float sum = 1 / (weight + PROPOSAL_COLOUR_WEIGHT);
		for (int c = 0; c < 3; c++) s.own[3 * k + c] = Math.max(0, Math.min(1, s.own[3 * k + c] + s.sample[c] * sum));
	}

	private void colourRow(final byte[][][] colour, final int y, final Scratch s) {
		final int row = smallY[y] * smallWidth;
		for (int x = 0; x < width; x++) {
			final int i = y * width + x;
			float through = 1;
			for (int k = n - 1; k >= 0; k--) {
				final float over = (alpha[k][i] & 0xff) * (1 / 255f);
				if (over * through > MIN_COLOUR_SHARE) {
					for (int c = 0; c < 3; c++) colour[k][c][i] = source.plane(c)[i];
				}
				else if (over > 0 || proposals[k].most(row + smallX[x]) > 0) {
					own(k, x, y, s);
					for (int c = 0; c < 3; c++) colour[k][c][i] = (byte) (s.own[3 * k + c] * 255 + 0.5f);
				}
				// Colour where there is no alpha too, as the network's own layers have: filters look there, and so do
				// brushes that raise alpha.
				else {
					proposals[k].colour(x, y, s.own, 3 * k);
					for (int c = 0; c < 3; c++) colour[k][c][i] = (byte) (s.own[3 * k + c] * 255 + 0.5f);
				}
				through *= 1 - over;
			}
		}
	}

	// -- Alphas --

	private void solveRow(final int y, final Scratch s) {
		final int row = smallY[y] * smallWidth;
		for (int x = 0; x < width; x++) {
			final int i = y * width + x;
			if ((source.plane(RgbaImage.ALPHA)[i] & 0xff) < MIN_OPAQUE_ALPHA) continue;
			if ((open[row + smallX[x]] & ~NEAR_OPEN_BIT) != 0) solve(x, y, i, row + smallX[x], s);
		}
	}

	private void solve(final int x, final int y, final int i, final int small, final Scratch s) {
		picture(i, s);
		float r = 0;
		float g = 0;
		float b = 0;
		float cover = 0;
		for (int k = 0; k < n; k++) {
			final float a = (alpha[k][i] & 0xff) * (1 / 255f);
			s.a[k] = a;
			s.prior[k] = (plain[k][i] & 0xff) * (1 / 255f);
			s.below[3 * k] = r;
			s.below[3 * k + 1] = g;
			s.below[3 * k + 2] = b;
			s.cover[k] = cover;
			if (a == 0 && (open[small] >> k & 1) == 0) continue;
			own(k, x, y, s);
			r = a * s.own[3 * k] + (1 - a) * r;
			g = a * s.own[3 * k + 1] + (1 - a) * g;
			b = a * s.own[3 * k + 2] + (1 - a) * b;
			cover = a + (1 - a) * cover;
		}
		float through = 1;
		float ar = 0;
		float ag = 0;
		float ab = 0;
		for (int k = n - 1; k >= 0 && through > 0.01f; k--) {
			float a = s.a[k];
			if (s.cover[k] > 0 && (open[small] >> k & 1) != 0) {
				// What lies below is made opaque in the end, so that it counts as such here.
				final float full = 1 / s.cover[k];
				for (int c = 0; c < 3; c++) {
					s.under[c] = s.below[3 * k + c] * full;
					s.rest[c] = s.picture[c] - (c == 0 ? ar : c == 1 ? ag : ab) - through * s.under[c];
				}
				seen[k][i] = 0;
				field(k, x, y, s);
				System.arraycopy(s.own, 3 * k, s.colour, 0, 3);
				a = alpha(k, small, through, s);
				if (residual(through * a, s) > MIN_FIELD_RESIDUAL) a = alphaOfSeenColour(k, x, y, small, through, a, s);
				alpha[k][i] = (byte) (a * 255 + 0.5f);
			}
			ar += through * a * s.own[3 * k];
			ag += through * a * s.own[3 * k + 1];
			ab += through * a * s.own[3 * k + 2];
			through *= 1 - a;
		}
	}

	/**
	 * Looks for a pixel nearby that is all of the layer and whose colour explains the pixel: where the layer has
	 * several, as bars with error bars, the colour field is a mixture of them.
	 *
	 * @param otherwise the alpha by the field's colour
	 * @return alpha by the colour that explains the pixel best, which the layer has there from now on
	 */
	private float alphaOfSeenColour(final int k, final int x, final int y, final int small, final float through,
		final float otherwise, final Scratch s)
	{
		float a = otherwise;
		float least = MAX_RESIDUAL;
		for (int at = 0; at < WINDOW * WINDOW; at++) {
			final int u = x + at % WINDOW - WINDOW / 2;
			final int v = y + at / WINDOW - WINDOW / 2;
			if (u < 0 || v < 0 || u >= width || v >= height || owner[v * width + u] != k + 1) continue;
			float contrast = 0;
			for (int c = 0; c < 3; c++) {
				s.colour[c] = (source.plane(c)[v * width + u] & 0xff) * (1 / 255f);
				contrast += (s.colour[c] - s.under[c]) * (s.colour[c] - s.under[c]);
			}
			if (contrast < MIN_CONTRAST) continue;
			final float other = alpha(k, small, through, s);
			final float left = residual(through * other, s);
			if (left >= least) continue;
			least = left;
			a = other;
			seen[k][y * width + x] = (byte) (at + 1);
			System.arraycopy(s.colour, 0, s.own, 3 * k, 3);
		}
		return a;
	}

	/** What the layer's alpha must be if its colour is that in {@code s}. */
	private float alpha(final int k, final int small, final float through, final Scratch s) {
		float de = 0;
		float ee = 0;
		for (int c = 0; c < 3; c++) {
			final float e = s.colour[c] - s.under[c];
			de += s.rest[c] * e;
			ee += e * e;
		}
		final float free = (through * de + PRIOR_WEIGHT * s.prior[k]) / (through * through * ee + PRIOR_WEIGHT);
		final float least = proposals[k].least(small) * (1 / 255f);
		final float most = proposals[k].most(small) * (1 / 255f);
		final float slack = RANGE_SLACK * (most - least);
		final float a = Math.max(Math.max(0, least - slack), Math.min(Math.min(1, most + slack), free));
		return a < ALPHA_FLOOR / 255.0 ? 0 : a > 1 - ALPHA_FLOOR / 255.0 ? 1 : a;
	}

	/** Squared distance of the pixel from what this share of the colour in {@code s} makes of it. */
	private static float residual(final float share, final Scratch s) {
		float sum = 0;
		for (int c = 0; c < 3; c++) {
			final float d = s.rest[c] - share * (s.colour[c] - s.under[c]);
			sum += d * d;
		}
		return sum;
	}

	// -- Guard --

	/**
	 * Makes the lowest layer opaque where it is more than half there, or where nothing above it is, if the picture is
	 * opaque. Something has to be: else the exact colour solve would raise what comes nearest, and thin marks would
	 * take what they lie on with them.
	 */
	private void backgroundRow(final int y) {
		for (int i = y * width; i < (y + 1) * width; i++) {
			if (alpha[0][i] == -1 || source.plane(RgbaImage.ALPHA)[i] != -1) continue;
			float through = 1;
			for (int k = 1; k < n && (alpha[0][i] & 0xff) < 128; k++) through *= 1 - (alpha[k][i] & 0xff) * (1 / 255f);
			if (through > 0.5f) alpha[0][i] = -1;
		}
	}

	/** Puts the plain alphas back in cells where the refined ones explain the picture less well. */
	private void guardRow(final int cellRow) {
		progress.check();
		final Scratch s = new Scratch();
		final int bottom = Math.min(height, (cellRow + 1) * cell);
		for (int left = 0; left < width; left += cell) {
			final int right = Math.min(width, left + cell);
			double refined = 0;
			double kept = 0;
			boolean changed = false;
			for (int y = cellRow * cell; y < bottom; y++) for (int x = left; x < right; x++) {
				if ((open[smallY[y] * smallWidth + smallX[x]] & ~NEAR_OPEN_BIT) == 0) continue;
				final int i = y * width + x;
				boolean here = false;
				for (int k = 0; k < n && !here; k++) here = alpha[k][i] != plain[k][i];
				if (!here) continue;
				changed = true;
				picture(i, s);
				refined += residual(alpha, x, y, i, s, true);
				kept += residual(plain, x, y, i, s, false);
			}
			if (!changed || refined <= kept) continue;
			for (int y = cellRow * cell; y < bottom; y++)
				for (int x = left; x < right; x++)
					for (int k = 0; k < n; k++) alpha[k][y * width + x] = plain[k][y * width + x];
		}
	}

	/** |I − composite|² of one pixel, with the colours of the fields or the network's. */
	private double residual(final byte[][] alphas, final int x, final int y, final int i, final Scratch s,
		final boolean fromFields)
	{
		float r = 0;
		float g = 0;
		float b = 0;
		float cover = 0;
		for (int k = 0; k < n; k++) {
			final float a = (alphas[k][i] & 0xff) * (1 / 255f);
			if (a == 0) continue;
			if (fromFields) own(k, x, y, s);
			else proposals[k].colour(x, y, s.own, 3 * k);
			r = a * s.own[3 * k] + (1 - a) * r;
			g = a * s.own[3 * k + 1] + (1 - a) * g;
			b = a * s.own[3 * k + 2] + (1 - a) * b;
			cover = a + (1 - a) * cover;
		}
		final float full = cover == 0 ? 0 : 1 / cover;
		final double dr = s.picture[0] - r * full;
		final double dg = s.picture[1] - g * full;
		final double db = s.picture[2] - b * full;
		return dr * dr + dg * dg + db * db;
	}
}
