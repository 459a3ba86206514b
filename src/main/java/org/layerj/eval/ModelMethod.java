package org.layerj.eval;

import java.util.List;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposition;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** A model as a method; everything but the number of layers and the prompt is its default. */
final class ModelMethod implements Method, AutoCloseable {

	private final Decomposer decomposer;
	private final String prompt;
	private final boolean auto;

	/**
	 * @param decomposer closed with this method
	 * @param prompt the same for every picture; blank lets the model describe them itself
	 * @param auto whether it finds the number of layers itself, whatever it is asked for
	 */
	ModelMethod(final Decomposer decomposer, final String prompt, final boolean auto) {
		this.decomposer = decomposer;
		this.prompt = prompt;
		this.auto = auto;
	}

	@Override
	public String name() {
		return decomposer.model().name();
	}

	Decomposer decomposer() {
		return decomposer;
	}

	@Override
	public List<RgbaImage> decompose(final RgbaImage picture, final int layers) {
		final int most = decomposer.model().maxLayers();
		final DecomposeOptions open = DecomposeOptions.defaults().withPrompt(prompt);
		final DecomposeOptions options = auto ? open : open.withLayers(Math.min(layers, most));
		final Decomposition result = decomposer.decompose(picture, options, Progress.none());
		return result.layers().layers().stream().filter(Layer::visible).map(l -> onCanvas(result.layers(), l)).toList();
	}

	/** The layer on the whole canvas, its opacity in its alpha. */
	static RgbaImage onCanvas(final LayerStack stack, final Layer layer) {
		final Bounds b = layer.bounds();
		if (layer.opacity() == 1 && b.equals(Bounds.all(stack.width(), stack.height()))) return layer.pixels();
		final RgbaImage out = RgbaImage.blank(stack.width(), stack.height());
		for (int y = Math.max(0, b.y()); y < Math.min(stack.height(), b.bottom()); y++) {
			for (int x = Math.max(0, b.x()); x < Math.min(stack.width(), b.right()); x++) {
				final int from = (y - b.y()) * b.width() + x - b.x();
				final int to = y * stack.width() + x;
				for (int c = 0; c < RgbaImage.ALPHA; c++) out.plane(c)[to] = layer.pixels().plane(c)[from];
				out.plane(RgbaImage.ALPHA)[to] =
					(byte) Math.round((layer.pixels().plane(RgbaImage.ALPHA)[from] & 255) * layer.opacity());
			}
		}
		return out;
	}

	@Override
	public void close() {
		decomposer.close();
	}
}
