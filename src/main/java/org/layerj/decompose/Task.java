package org.layerj.decompose;

import java.util.List;
import java.util.Optional;
import org.layerj.common.Progress;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;
import org.layerj.layers.Visibility;
import org.layerj.layers.edit.RegionLayer;

/**
 * A decomposition independent of the model: restricted to a region, with the picture's samples in the layers, and with
 * hints.
 *
 * @param options for the model
 * @param region the part of the picture to decompose; the rest goes to the lowest layer; empty: the whole picture
 * @param hints layer assignments given by the user
 */
public record Task(DecomposeOptions options, Optional<Region> region, List<Hint> hints) {

	public Task {
		hints = List.copyOf(hints);
	}

	/**
	 * Decomposes a picture.
	 *
	 * @param model that decomposes
	 * @param picture any size and alpha
	 * @param samples those of the picture, of its size, if it has any; raw layers get none
	 * @param progress receives what happens, and is asked for cancellation
	 * @return layers of the picture's size
	 * @throws RuntimeException as {@link Decomposer#decompose}
	 */
	public Decomposition run(final Decomposer model, final RgbaImage picture, final Optional<Samples> samples,
		final Progress progress)
	{
		final Decomposition found = region.isEmpty() ? model.decompose(picture, options, progress).withSamples(samples)
			: part(model, picture, samples, region.get(), progress);
		final Decomposition hinted = Hint.apply(found, hints);
		final Decomposition done = options.elements() ? ElementLayers.split(hinted) : hinted;
		progress.check();
		return done.recorded();
	}

	private Decomposition part(final Decomposer model, final RgbaImage picture, final Optional<Samples> samples,
		final Region part, final Progress progress)
	{
		final Decomposition found = model.decompose(picture.crop(part.bounds()), options, progress)
			.withSamples(samples.map(s -> s.crop(part.bounds())));
		progress.check();
		final boolean raw = found.run().settings().raw();
		final LayerStack whole = RegionLayer.paste(picture, raw ? Optional.empty() : samples, part, found.layers());
		return new Decomposition(raw ? whole : Visibility.sealed(whole, p -> true), found.run(),
			found.elements().map(e -> e.on(whole.width(), whole.height(), part)));
	}
}
