package org.layerj.imagej.window;

import ij.ImagePlus;
import java.util.Map;
import java.util.Optional;
import org.layerj.imagej.LayerPlugIn;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.open.Show;

/**
 * <em>Plugins › Decompose Layers › Layers Window</em>. Without a screen there is no window, and nothing to do but to
 * check that there are layers.
 */
public final class LayersWindowPlugIn extends LayerPlugIn {

	/** For ImageJ, which makes one by the name in {@code plugins.config}. */
	public LayersWindowPlugIn() {
		super("Layers Window");
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		if (Show.windows()) LayersWindow.open(open);
		return Optional.empty();
	}
}
