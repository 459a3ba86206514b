package org.layerj.imagej;

import ij.ImagePlus;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposers;
import org.layerj.imagej.open.LayerWindows;

/**
 * <em>Plugins › Decompose Layers › Decompose...</em>: decomposes an image and shows the layers as a hyperstack, which
 * is the current image then.
 * <p>
 * The macro keys are in {@link DecomposeRequest}.
 */
public final class DecomposePlugIn extends LayerPlugIn {

	private final DecomposerFactory models;

	/** For ImageJ, which makes one by the name in {@code plugins.config}. */
	public DecomposePlugIn() {
		this(Decomposers::open);
	}

	/** With models from elsewhere. */
	DecomposePlugIn(final DecomposerFactory models) {
		super("Decompose...", DecomposeRequest.OPTIONS);
		this.models = models;
	}

	@Override
	protected void check(final Optional<ImagePlus> image) {
		DecomposeRun.require(image);
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final ImagePlus layers = ImageJProgress
			.during(progress -> new DecomposeRun(models).run(image, DecomposeRequest.parse(values), progress));
		LayerWindows.show(layers);
		return Optional.of(layers);
	}

	@Override
	Map<String, String> completed(final Map<String, String> given) {
		return DecomposeRequest.repeated(given);
	}

	@Override
	Optional<Map<String, String>> ask(final Optional<ImagePlus> image, final String arg) {
		return DecomposeDialog.of(title(), DecomposeRun.require(image)).ask();
	}
}
