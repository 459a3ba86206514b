package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/** The colours a layer consists of, apart from the mixtures at their edges. */
final class MainColours {

	/** Colours nearer to each other than this, in {@link OkLab}, count as one. */
	private static final double SAME = 0.08;
	/** A main colour has at least this share of what is to be looked at. */
	private static final double LEAST = 0.02;
	/** Distance, in levels, up to which a colour counts as a mixture of two others. */
	private static final double MIXED = 12;
	private static final int MOST = 16;

	/**
	 * One of them.
	 *
	 * @param rgb the commonest exact colour {@code 0xRRGGBB} of its kind
	 * @param weight number of pixels, weighted by alpha
	 */
	record MainColour(int rgb, double weight) {}

	private MainColours() {}

	/**
	 * The commonest colour of a layer, exactly as it occurs; black if it has none. Pixels that are mostly transparent
	 * hardly count.
	 */
	static int dominant(final Layer layer) {
		final List<MainColour> colours = of(List.of(layer), 1);
		return colours.isEmpty() ? 0 : colours.get(0).rgb;
	}

	/** The main colours of several layers together, the commonest first; at most {@value #MOST}. */
	static List<MainColour> of(final Collection<Layer> layers) {
		return of(layers, MOST);
	}

	private static List<MainColour> of(final Collection<Layer> layers, final int most) {
		final Map<Integer, Double> exact = histogram(layers);
		// Cells of 8 levels each way: what text, lines and areas consist of varies a little after compression.
		final Map<Integer, Double> cells = new HashMap<>();
		exact.forEach((rgb, weight) -> cells.merge(cell(rgb), weight, Double::sum));
		final double total = cells.values().stream().mapToDouble(w -> w).sum();
		final List<MainColour> found = new ArrayList<>();
		while (found.size() < most && !cells.isEmpty()) {
			final int top = cells.entrySet()
				.stream()
				.max(Map.Entry.<Integer, Double> comparingByValue().thenComparing(Map.Entry.comparingByKey()))
				.orElseThrow()
				.getKey();
			if (!found.isEmpty() && cells.get(top) < LEAST * total) break;
			final int rgb = exact.entrySet()
				.stream()
				.filter(e -> cell(e.getKey()) == top)
				.max(Map.Entry.<Integer, Double> comparingByValue().thenComparing(Map.Entry.comparingByKey()))
				.orElseThrow()
				.getKey();
			final OkLab lab = OkLab.of(rgb);
			double weight = 0;
			for (final int cell : List.copyOf(cells.keySet()))
				if (cell == top || OkLab.of(middle(cell)).distance(lab) < SAME) weight += cells.remove(cell);
			if (!isMixture(rgb, found)) found.add(new MainColour(rgb, weight));
		}
		return found;
	}

	private static Map<Integer, Double> histogram(final Collection<Layer> layers) {
		final Map<Integer, double[]> counts = new HashMap<>();
		for (final Layer layer : layers) {
			final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
			final byte[] r = layer.pixels().plane(RgbaImage.RED);
			final byte[] g = layer.pixels().plane(RgbaImage.GREEN);
			final byte[] b = layer.pixels().plane(RgbaImage.BLUE);
			for (int i = 0; i < alpha.length; i++) {
				final double a = (alpha[i] & 0xff) / 255.0;
				// Colours of thin pixels are rounded coarsely.
				if (a > 0) counts.computeIfAbsent((r[i] & 0xff) << 16 | (g[i] & 0xff) << 8 | b[i] & 0xff,
					k -> new double[1])[0] += a * a;
			}
		}
		final Map<Integer, Double> histogram = new HashMap<>();
		counts.forEach((rgb, weight) -> histogram.put(rgb, weight[0]));
		return histogram;
	}

	private static int cell(final int rgb) {
		return rgb & 0xf8f8f8;
	}

	private static int middle(final int cell) {
		return cell | 0x040404;
	}

	private static boolean isMixture(final int rgb, final List<MainColour> found) {
		for (int i = 0; i < found.size(); i++) {
			for (int k = 0; k < i; k++) {
				final double t = share(rgb, found.get(i).rgb, found.get(k).rgb);
				if (t > 0.1 && t < 0.9 && Math.sqrt(distance2(rgb, mix(found.get(i).rgb, found.get(k).rgb, t))) < MIXED)
					return true;
			}
		}
		return false;
	}

	/** Where between two colours, from 0 (the first) to 1, a colour lies. */
	static double share(final int rgb, final int from, final int to) {
		double dot = 0;
		double length = 0;
		for (int shift = 0; shift <= 16; shift += 8) {
			final double d = (to >> shift & 0xff) - (from >> shift & 0xff);
			dot += d * ((rgb >> shift & 0xff) - (from >> shift & 0xff));
			length += d * d;
		}
		return length == 0 ? 0 : Math.max(0, Math.min(1, dot / length));
	}

	/** A mixture of two colours, as antialiasing and scaling make them: of the levels, not of the light. */
	static int mix(final int from, final int to, final double share) {
		int rgb = 0;
		for (int shift = 16; shift >= 0; shift -= 8) {
			rgb = rgb << 8 | (int) Math.round((1 - share) * (from >> shift & 0xff) + share * (to >> shift & 0xff));
		}
		return rgb;
	}

	static double distance2(final int a, final int b) {
		double sum = 0;
		for (int shift = 0; shift <= 16; shift += 8) {
			final double d = (a >> shift & 0xff) - (b >> shift & 0xff);
			sum += d * d;
		}
		return sum;
	}
}
