package org.layerj.imagej.open;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.GUI;
import ij.gui.ImageWindow;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.Optional;

/** The windows of layers that are open. */
public final class LayerWindows {

	private static final int GAP = 8;
	/** About as high as a title. */
	private static final int STEP = 28;

	private LayerWindows() {}

	/**
	 * Opens the composite view beside a hyperstack's window, and keeps both in step from now on. The hyperstack stays
	 * the current image. Does nothing without a screen, in batch mode, or for images without layers.
	 */
	public static void show(final ImagePlus hyperstack) {
		if (!Show.windows()) return;
		final Optional<OpenLayers> open = OpenLayers.of(hyperstack);
		if (open.isEmpty()) return;
		// First, so that the view finds its place beside it.
		if (hyperstack.getWindow() == null) hyperstack.show();
		view(open.get());
		if (hyperstack.getWindow() != null) IJ.selectWindow(hyperstack.getID());
	}

	/** Opens the window of the view, which may become the current image by that. */
	public static void view(final OpenLayers open) {
		LayerEvents.install();
		final ImagePlus view = open.openView();
		if (view.getWindow() == null) {
			view.show();
			beside(view, open.hyperstack());
		}
		if (Arrays.stream(view.getCanvas().getMouseListeners()).noneMatch(ViewMouse.class::isInstance)) {
			view.getCanvas().addMouseListener(new ViewMouse(view));
		}
	}

	/**
	 * To the right of the other window if there is room, else to the left, else so that the titles of both can be seen.
	 */
	private static void beside(final ImagePlus image, final ImagePlus other) {
		final ImageWindow window = image.getWindow();
		if (other.getWindow() == null) return;
		final Rectangle o = other.getWindow().getBounds();
		final Rectangle screen = GUI.getMaxWindowBounds(other.getWindow());
		if (o.x + o.width + GAP + window.getWidth() <= screen.x + screen.width)
			window.setLocation(o.x + o.width + GAP, o.y);
		else if (o.x - GAP - window.getWidth() >= screen.x) window.setLocation(o.x - GAP - window.getWidth(), o.y);
		else window.setLocation(Math.max(screen.x, o.x - STEP),
			Math.max(screen.y, Math.min(o.y + STEP, screen.y + screen.height - window.getHeight())));
	}
}
