package org.layerj.imagej;

import ij.ImagePlus;
import java.util.Map;
import java.util.Optional;
import org.layerj.imagej.open.LayerWindows;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.open.Show;

/**
 * <em>Plugins › Decompose Layers › Layers to Overlay</em>: the composite view of layers, with each layer as an element
 * of its overlay.
 */
public final class LayersToOverlayPlugIn extends LayerPlugIn {

	public LayersToOverlayPlugIn() {
		super("Layers to Overlay");
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		if (Show.windows()) LayerWindows.view(open);
		return Optional.of(open.openView());
	}
}
