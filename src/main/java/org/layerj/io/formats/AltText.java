package org.layerj.io.formats;

import java.util.Locale;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/** What is read to those who do not see a picture. */
final class AltText {

	private AltText() {}

	/** Of one layer: its height, its name, and how much of it was not in the picture. */
	static String of(final LayerStack stack, final Layer layer) {
		final double share = layer.syntheticFraction();
		return "Layer " + (stack.indexOf(layer.id()) + 1) + " of " + stack.size() + ": " + layer.name()
			+ (share > 0 ? String.format(Locale.ROOT, " (%.0f %% of it synthetic)", share * 100) : "");
	}
}
