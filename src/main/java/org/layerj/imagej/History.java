package org.layerj.imagej;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.layerj.layers.LayerStack;

/** What can be undone and redone. States share the layers they have in common, so a step costs what it changed. */
final class History {

	/** Steps kept. */
	static final int LIMIT = 50;

	private record Step(String what, LayerStack before, LayerStack after) {}

	private final Deque<Step> done = new ArrayDeque<>();
	private final Deque<Step> undone = new ArrayDeque<>();

	/** Notes a step; what had been undone can no longer be redone. */
	synchronized void push(final String what, final LayerStack before, final LayerStack after) {
		done.push(new Step(what, before, after));
		undone.clear();
		while (done.size() > LIMIT) done.removeLast();
	}

	/** What would be undone. */
	synchronized Optional<String> undoName() {
		return Optional.ofNullable(done.peek()).map(Step::what);
	}

	/** What would be redone. */
	synchronized Optional<String> redoName() {
		return Optional.ofNullable(undone.peek()).map(Step::what);
	}

	/** The layers before the last step; empty if there is none. */
	synchronized Optional<LayerStack> undo() {
		if (done.isEmpty()) return Optional.empty();
		undone.push(done.pop());
		return Optional.of(undone.peek().before);
	}

	/** The layers after the step that was undone last; empty if there is none. */
	synchronized Optional<LayerStack> redo() {
		if (undone.isEmpty()) return Optional.empty();
		done.push(undone.pop());
		return Optional.of(done.peek().after);
	}
}
