package org.layerj.decompose;

import java.util.Set;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Visibility;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/** What decomposers say of where the pixels of their layers come from. */
final class Marks {

	private Marks() {}

	/** Layers of a method that uses no trained model for the pixels, whatever chose the layers' outlines. */
	static LayerStack computed(final LayerStack layers, final Settings settings) {
		return of(layers, settings, Kind.COMPUTED, Set.of());
	}

	/** Layers of a generative model. */
	static LayerStack generated(final LayerStack layers, final Settings settings, final ModelInfo model) {
		return of(layers, settings, Kind.GENERATED, Set.of(RunRecord.by(model.name(), model.hash())));
	}

	/** Raw layers do not composite to the picture, so no pixel of theirs is the picture's. */
	private static LayerStack of(final LayerStack layers, final Settings settings, final Kind kind,
		final Set<String> models)
	{
		return settings.raw() ? new LayerStack(layers.width(), layers.height(), layers.layers()
			.stream()
			.map(
				l -> l.withProvenance(Provenance.all(l.bounds().width(), l.bounds().height(), kind).withModels(models)))
			.toList()) : Visibility.markHidden(layers, kind, models);
	}
}
