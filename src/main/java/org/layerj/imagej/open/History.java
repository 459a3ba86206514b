package org.layerj.imagej.open;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;

/**
 * What can be undone and redone. States share the layers they have in common, so a step costs what it changed. The
 * oldest steps are forgotten when there are too many or all together take too much memory; the last one stays.
 */
final class History {

	/** Steps kept. */
	static final int LIMIT = 50;

	private record Step(String what, LayerStack before, LayerStack after) {}

	private final Deque<Step> done = new ArrayDeque<>();
	private final Deque<Step> undone = new ArrayDeque<>();
	private final long mostBytes;

	History() {
		// Of a very large picture, fifty strokes of a brush would be fifty large layers.
		this(Runtime.getRuntime().maxMemory() / 4);
	}

	History(final long mostBytes) {
		this.mostBytes = mostBytes;
	}

	/** Notes a step; what had been undone can no longer be redone. */
	synchronized void push(final String what, final LayerStack before, final LayerStack after) {
		done.push(new Step(what, before, after));
		undone.clear();
		while (done.size() > LIMIT || done.size() > 1 && bytes() > mostBytes) done.removeLast();
	}

	/** Pixels and samples of all states, each counted once. */
	private long bytes() {
		final Set<Object> counted = Collections.newSetFromMap(new IdentityHashMap<>());
		long bytes = 0;
		for (final Step step : done) bytes += bytes(step.before, counted) + bytes(step.after, counted);
		return bytes;
	}

	private static long bytes(final LayerStack stack, final Set<Object> counted) {
		long bytes = 0;
		for (final Layer l : stack.layers()) {
			final long n = (long) l.bounds().width() * l.bounds().height();
			if (counted.add(l.pixels())) bytes += n * RgbaImage.PLANES;
			if (l.samples().isPresent() && counted.add(l.samples().get()))
				bytes += n * sampleBytes(l.samples().get().format());
		}
		return bytes;
	}

	private static long sampleBytes(final SampleFormat format) {
		return (long) format.channels().size() * format.type().bits() / 8;
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
