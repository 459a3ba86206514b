package org.layerj.imagej.open;

import java.util.ArrayList;
import java.util.List;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/** Names what was done by hand, in the view or on the hyperstack, for the list of what can be undone. */
final class Changes {

	private Changes() {}

	/** For example {@code Move Scale bar} or {@code Edit 3 layers}. */
	static String name(final LayerStack before, final LayerStack after) {
		if (before.width() != after.width() || before.height() != after.height()) return "Resize canvas";
		final List<String> steps = new ArrayList<>();
		for (final Layer b : before.layers()) {
			if (after.find(b.id()).isEmpty()) steps.add("Delete " + b.name());
			else if (!after.find(b.id()).get().equals(b)) steps.add(verb(b, after.find(b.id()).get()) + " " + b.name());
		}
		for (final Layer a : after.layers()) if (before.find(a.id()).isEmpty()) steps.add("Add " + a.name());
		if (steps.size() == 1) return steps.get(0);
		return steps.isEmpty() ? "Reorder layers" : "Edit " + steps.size() + " layers";
	}

	private static String verb(final Layer before, final Layer after) {
		if (!after.pixels().equals(before.pixels())) return "Paint on";
		if (!after.bounds().equals(before.bounds())) return "Move";
		if (after.visible() != before.visible()) return after.visible() ? "Show" : "Hide";
		if (after.locked() != before.locked()) return after.locked() ? "Lock" : "Unlock";
		if (after.opacity() != before.opacity()) return "Opacity of";
		return "Rename";
	}
}
