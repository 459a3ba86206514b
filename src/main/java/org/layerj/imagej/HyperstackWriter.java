package org.layerj.imagej;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Undo;
import ij.WindowManager;
import ij.gui.ImageWindow;
import java.awt.EventQueue;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.layerj.layers.LayerStack;

/**
 * Brings a hyperstack that is open into the state of other layers, in place: its window, title, calibration, run record, display and position
 * stay. Slices that are right already are not touched, so that what ImageJ remembers of them stays valid.
 */
final class HyperstackWriter {

	/** Beginnings of the properties that describe the layers; others tell of the run and of the picture, which no edit changes. */
	private static final List<String> OF_LAYERS = List.of(Hyperstacks.FORMAT, Hyperstacks.CANVAS, Hyperstacks.VALUES, Hyperstacks.SYNTHETIC);

	private HyperstackWriter() {}

	/** Tells whether anything had to be changed. */
	static boolean write(final ImagePlus image, final LayerStack layers) {
		final ImagePlus wanted = Hyperstacks.of(layers, image.getTitle());
		final boolean pixels = sameShape(image, wanted) ? pixels(image, wanted) : replace(image, wanted);
		final boolean labels = labels(image.getStack(), wanted.getStack());
		final boolean properties = properties(image, wanted);
		// What ImageJ could undo is no longer what it undoes to.
		if (pixels) Undo.reset();
		if (pixels) refresh(image);
		else if (labels && image.getWindow() != null) image.getWindow().repaint();
		return pixels || labels || properties;
	}

	/** Has ImageJ show pixels that were changed behind its back. */
	static void refresh(final ImagePlus image) {
		if (image instanceof CompositeImage composite) composite.updateAllChannelsAndDraw();
		else image.updateAndDraw();
	}

	private static boolean sameShape(final ImagePlus image, final ImagePlus wanted) {
		return image.getBitDepth() == wanted.getBitDepth() && image.getWidth() == wanted.getWidth() && image.getHeight() == wanted.getHeight() && image
			.getNChannels() == wanted.getNChannels() && image.getNSlices() == wanted.getNSlices() && image.getNFrames() == wanted.getNFrames();
	}

	private static boolean pixels(final ImagePlus image, final ImagePlus wanted) {
		boolean changed = false;
		for (int i = 1; i <= image.getStackSize(); i++) {
			final Object old = image.getStack().getPixels(i);
			final Object next = wanted.getStack().getPixels(i);
			if (Objects.deepEquals(old, next)) continue;
			System.arraycopy(next, 0, old, 0, java.lang.reflect.Array.getLength(next));
			changed = true;
		}
		return changed;
	}

	private static boolean replace(final ImagePlus image, final ImagePlus wanted) {
		final int channel = Math.min(image.getC(), wanted.getNChannels());
		final int slice = Math.min(image.getZ(), wanted.getNSlices());
		final int frame = Math.min(image.getT(), wanted.getNFrames());
		final boolean otherChannels = image.getNChannels() != wanted.getNChannels() || image.getBitDepth() != wanted.getBitDepth();
		final ImageWindow window = image.getWindow();
		final Window active = KeyboardFocusManager.getCurrentKeyboardFocusManager().getActiveWindow();
		image.setDeactivated();
		image.setStack(wanted.getStack(), wanted.getNChannels(), wanted.getNSlices(), wanted.getNFrames());
		if (image instanceof CompositeImage composite) {
			if (otherChannels) composite.setLuts(wanted.getLuts());
			composite.reset();
		}
		image.setPosition(channel, slice, frame);
		// ImageJ opens another window for another number of slices, which must not take the keyboard away from whoever is working.
		if (window != null && image.getWindow() != window && active != null && active != window) giveBack(active, image);
		return true;
	}

	private static void giveBack(final Window active, final ImagePlus image) {
		image.waitTillActivated();
		EventQueue.invokeLater(() -> {
			if (active instanceof ImageWindow other) WindowManager.setCurrentWindow(other);
			active.toFront();
			Objects.requireNonNullElse(active.getMostRecentFocusOwner(), active).requestFocus();
		});
	}

	private static boolean labels(final ImageStack stack, final ImageStack wanted) {
		boolean changed = false;
		for (int i = 1; i <= stack.size(); i++) {
			if (Objects.equals(stack.getSliceLabel(i), wanted.getSliceLabel(i))) continue;
			stack.setSliceLabel(wanted.getSliceLabel(i), i);
			changed = true;
		}
		return changed;
	}

	private static boolean properties(final ImagePlus image, final ImagePlus wanted) {
		final TreeSet<String> keys = new TreeSet<>(wanted.getImageProperties().stringPropertyNames());
		if (image.getImageProperties() != null) keys.addAll(image.getImageProperties().stringPropertyNames());
		boolean changed = false;
		for (final String key : keys) {
			if (OF_LAYERS.stream().noneMatch(key::startsWith) || Objects.equals(image.getProp(key), wanted.getProp(key))) continue;
			image.setProp(key, wanted.getProp(key));
			changed = true;
		}
		return changed;
	}
}
