package org.layerj.imagej.open;

import ij.ImageListener;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.gui.RoiListener;

/**
 * Has open layers look at their images soon after ImageJ says that something was done to one of them. Only for those
 * who watch: whoever asks for layers gets them as they are in any case.
 */
public final class LayerEvents implements ImageListener, RoiListener {

	/** Brush strokes and drags come as many events; after so many milliseconds without one it is time to look. */
	private static final long PAUSE = 150;

	/** Loaded, and thus registered, once. */
	private static final class Once {

		static final LayerEvents LISTENER = new LayerEvents();
		static {
			ImagePlus.addImageListener(LISTENER);
			Roi.addRoiListener(LISTENER);
		}
	}

	private LayerEvents() {}

	/** From now on events are heard. */
	public static LayerEvents install() {
		return Once.LISTENER;
	}

	@Override
	public void imageOpened(final ImagePlus image) {
		heard(image);
	}

	@Override
	public void imageUpdated(final ImagePlus image) {
		heard(image);
	}

	@Override
	public void imageClosed(final ImagePlus image) {}

	@Override
	public void roiModified(final ImagePlus image, final int id) {
		if (image != null) heard(image);
	}

	private static void heard(final ImagePlus image) {
		OpenLayers.known(image).ifPresent(LayerEvents::soon);
	}

	/**
	 * Whether a selection is being drawn or dragged. An element that ImageJ has taken for its long press, a moment
	 * after the button was let go, says that it is being moved until the next press, and is not.
	 */
	private static boolean busy(final ImagePlus view) {
		final Roi roi = view.getRoi();
		return roi != null && roi.getState() != Roi.NORMAL && (!(roi instanceof LayerRoi) || ViewMouse.presses(view));
	}

	private static void soon(final OpenLayers open) {
		final int number = open.heard().incrementAndGet();
		Background.later(PAUSE, () -> {
			if (open.heard().get() != number || open.hyperstack().getProcessor() == null) return;
			// Not in the middle of a drag, which would be two steps to undo.
			if (open.view().filter(LayerEvents::busy).isPresent()) soon(open);
			else Background.whileOpen(open, open::follow);
		});
	}
}
