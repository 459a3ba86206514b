package org.layerj.imagej;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.OpenLayers;

/** A command that works on layers, and says so before anybody is asked anything else if there are none. */
public abstract class LayerStackPlugIn extends LayerPlugIn {

	/**
	 * @param label of the menu entry
	 * @param options in their order
	 */
	protected LayerStackPlugIn(final String label, final Option... options) {
		super(label, options);
	}

	/**
	 * @param label of the menu entry
	 * @param options in their order
	 */
	protected LayerStackPlugIn(final String label, final List<Option> options) {
		super(label, options);
	}

	@Override
	protected final void check(final Optional<ImagePlus> image) {
		OpenLayers.require(image);
	}
}
