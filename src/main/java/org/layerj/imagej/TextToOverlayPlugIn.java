package org.layerj.imagej;

import ij.ImagePlus;
import java.util.Map;
import java.util.Optional;
import org.layerj.imagej.edit.OverlayText;
import org.layerj.imagej.open.LayerWindows;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.open.Show;

/**
 * <em>Plugins › Decompose Layers › Text to Overlay</em>: the lines that were read as ImageJ's own text in the overlay
 * of the view, for its text tool and for macros; <em>Overlay to Layers</em> puts them back.
 */
public final class TextToOverlayPlugIn extends LayerPlugIn {

	public TextToOverlayPlugIn() {
		super("Text to Overlay");
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		final ImagePlus view = OverlayText.lift(open);
		if (Show.windows()) LayerWindows.view(open);
		return Optional.of(view);
	}
}
