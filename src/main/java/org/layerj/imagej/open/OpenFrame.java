package org.layerj.imagej.open;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.layerj.imagej.stack.HyperstackState;
import org.layerj.imagej.stack.HyperstackWriter;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * One frame of a hyperstack that is open, as it was when image and layers were last in step, with what can be undone in
 * it. Most have only one frame.
 */
final class OpenFrame {

	private final int number;
	private final History history = new History();
	private LayerStack layers;
	private HyperstackState state;

	/**
	 * Reads a frame.
	 *
	 * @param number counted from 1
	 */
	OpenFrame(final ImagePlus image, final int number) {
		this.number = number;
		final LayerStack read = Hyperstacks.layers(image, number);
		adopt(image, new HyperstackState.Found(read, HyperstackState.of(image, number, read)));
	}

	int number() {
		return number;
	}

	History history() {
		return history;
	}

	LayerStack layers() {
		return layers;
	}

	/** What the image holds now. */
	HyperstackState.Found look(final ImagePlus image) {
		return number <= image.getNFrames() ? state.look(layers, image) : new HyperstackState.Found(layers, state);
	}

	/**
	 * Takes what was found in the image; labels may have been lost and slices duplicated, but from here on ids count.
	 */
	void adopt(final ImagePlus image, final HyperstackState.Found found) {
		HyperstackWriter.describe(image, number, found.layers());
		layers = found.layers();
		state = found.state().relabelled(image);
	}

	/**
	 * Puts other layers into the image; what is left to do {@linkplain HyperstackWriter#write afterwards} is handed on.
	 */
	void write(final ImagePlus image, final LayerStack next, final Consumer<Runnable> afterwards) {
		if (sameSlices(layers, next)) {
			adopt(image, new HyperstackState.Found(next, state));
			return;
		}
		layers = HyperstackWriter.write(image, number, next, afterwards);
		state = HyperstackState.of(image, number, layers);
	}

	/** Takes what was done to the image since as a step that can be undone; for frames that are not shown. */
	void catchUp(final ImagePlus image) {
		final HyperstackState.Found found = look(image);
		if (found.layers().equals(layers)) return;
		history.push(Changes.name(layers, found.layers()), layers, found.layers());
		adopt(image, found);
	}

	/**
	 * After another frame has got more layers: this one has the same as before, beyond the canvas too, and transparent
	 * ones on top.
	 */
	void refit(final ImagePlus image) {
		final LayerStack read = Hyperstacks.layers(image, number);
		final List<Layer> all = new ArrayList<>(read.layers());
		for (int z = 0; z < Math.min(layers.size(), all.size()); z++) all.set(z, layers.get(z));
		layers = new LayerStack(read.width(), read.height(), all);
		state = HyperstackState.of(image, number, layers);
	}

	/** Whether the stacks differ in nothing but what labels say: names, opacity, visibility, parents. */
	private static boolean sameSlices(final LayerStack a, final LayerStack b) {
		if (a.width() != b.width() || a.height() != b.height() || a.size() != b.size()) return false;
		return IntStream.range(0, a.size()).allMatch(i -> {
			final Layer l = a.get(i);
			final Layer m = b.get(i);
			return l.id().equals(m.id()) && l.pixels() == m.pixels() && l.bounds().equals(m.bounds())
				&& l.samples().equals(m.samples());
		});
	}
}
