package org.layerj.eval;

import java.util.List;

/** The methods without a network that a model has to beat, the simplest first. */
final class Baselines {

	private Baselines() {}

	static List<Method> all() {
		return List.of(new OneLayer(), new ColourLayers(), new BackgroundForeground(), new ClassicalLayers());
	}
}
