package org.layerj.eval;

import java.util.ArrayList;
import java.util.List;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * What can be said of a stack of layers without knowing the true ones.
 *
 * @param layers number of layers
 * @param meanError mean absolute difference, in 8-bit levels, between the composite of the layers and the input, over
 * pixels and RGBA
 * @param maxError largest such difference, 0…255
 * @param emptyRate share, 0…1, of the layers that show next to nothing: fewer than {@value #FEW} pixels with alpha
 * above 1/5
 * @param duplicateRate share, 0…1, of what layers above the bottom show (pixels with alpha above 1/2) that some layer
 * below shows again: alpha above 1/2 and a colour no more than {@value #SAME} levels away in any channel. Marks that
 * were lifted, but also left behind, are such duplicates; so is a white plate on a white page, so that true layers do
 * not always have 0
 */
public record StackFacts(int layers, double meanError, int maxError, double emptyRate, double duplicateRate) {

	private static final int FEW = 4;
	private static final int SAME = 16;

	/** Looks at layers of the input's size, bottom to top. */
	public static StackFacts of(final List<RgbaImage> layers, final RgbaImage input) {
		final RgbaImage flat = flatten(layers);
		long sum = 0;
		int max = 0;
		for (int c = 0; c < RgbaImage.PLANES; c++) {
			for (int i = 0; i < flat.plane(c).length; i++) {
				final int d = Math.abs((flat.plane(c)[i] & 255) - (input.plane(c)[i] & 255));
				sum += d;
				max = Math.max(max, d);
			}
		}
		final long empty = layers.stream().filter(l -> shown(l, 51) < FEW).count();
		final double mean = (double) sum / (RgbaImage.PLANES * (long) input.width() * input.height());
		return new StackFacts(layers.size(), mean, max, (double) empty / layers.size(), duplicates(layers));
	}

	/** The composite of the layers. */
	static RgbaImage flatten(final List<RgbaImage> layers) {
		final List<Layer> stack = new ArrayList<>();
		for (final RgbaImage layer : layers) stack.add(Layer.of("layer-" + stack.size(), "Layer", layer));
		return Compositor.flatten(new LayerStack(layers.get(0).width(), layers.get(0).height(), stack));
	}

	private static int shown(final RgbaImage layer, final int above) {
		int n = 0;
		for (final byte a : layer.plane(RgbaImage.ALPHA)) if ((a & 255) > above) n++;
		return n;
	}

	private static double duplicates(final List<RgbaImage> layers) {
		long shown = 0;
		long again = 0;
		for (int k = 1; k < layers.size(); k++) {
			final RgbaImage top = layers.get(k);
			for (int i = 0; i < top.plane(0).length; i++) {
				if ((top.plane(RgbaImage.ALPHA)[i] & 255) < 128) continue;
				shown++;
				for (int below = 0; below < k; below++) if (same(top, layers.get(below), i)) {
					again++;
					break;
				}
			}
		}
		return shown == 0 ? 0 : (double) again / shown;
	}

	private static boolean same(final RgbaImage a, final RgbaImage b, final int i) {
		if ((b.plane(RgbaImage.ALPHA)[i] & 255) < 128) return false;
		for (int c = 0; c < 3; c++) if (Math.abs((a.plane(c)[i] & 255) - (b.plane(c)[i] & 255)) > SAME) return false;
		return true;
	}
}
