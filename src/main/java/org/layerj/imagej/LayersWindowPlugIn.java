package org.layerj.imagej;

import ij.ImagePlus;
import java.util.Map;
import java.util.Optional;

/** <em>Plugins › Decompose Layers › Layers Window</em>. Without a screen there is no window, and nothing to do but to check that there are layers. */
public final class LayersWindowPlugIn extends LayerPlugIn {

	public LayersWindowPlugIn() {
		super("Layers Window");
	}

	@Override
	Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		if (Show.windows()) LayersWindow.open(open);
		return Optional.empty();
	}
}
