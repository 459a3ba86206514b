package org.layerj.refine;

import java.util.Optional;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;

/**
 * The same annotation on another picture: layers found on one slice of a stack or one frame of a movie, put on the
 * next.
 */
public final class Reuse {

	private Reuse() {}

	/**
	 * Layers with the same alphas, places and names, compositing to another picture exactly. Where a layer shows it
	 * takes the colours of that picture; what is hidden, and so synthetic anyway, stays.
	 *
	 * @param found layers of a picture of the same size and, if alphas are to stay as they are, the same alpha
	 * @param picture the other picture
	 * @param samples its samples, if it has any
	 */
	public static LayerStack on(final LayerStack found, final RgbaImage picture, final Optional<Samples> samples) {
		final LayerStack colours = new LayerStack(found.width(), found.height(),
			found.layers().stream().map(l -> l.withPixels(l.bounds(), l.pixels(), l.provenance())).toList());
		final LayerStack exact = ExactRecomposition.of(picture, colours);
		return samples.map(v -> ExactSamples.of(v, exact)).orElse(exact);
	}
}
