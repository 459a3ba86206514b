package org.layerj.imagej.open;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.Roi;
import ij.gui.Toolbar;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.Arrays;
import java.util.Optional;

/**
 * A plain click in the view selects the topmost layer that can be seen there. ImageJ's own ways, double click, long
 * press and Alt-click, go on working; drags still draw selections, since a click on a layer as large as the canvas
 * selects nothing.
 */
final class ViewMouse extends MouseAdapter {

	private final ImagePlus view;
	private volatile boolean pressed;

	ViewMouse(final ImagePlus view) {
		this.view = view;
	}

	/** Whether a button is held down on a view. */
	static boolean presses(final ImagePlus view) {
		return view.getCanvas() != null && Arrays.stream(view.getCanvas().getMouseListeners())
			.anyMatch(l -> l instanceof ViewMouse mouse && mouse.pressed);
	}

	@Override
	public void mousePressed(final MouseEvent e) {
		pressed = true;
	}

	@Override
	public void mouseReleased(final MouseEvent e) {
		pressed = false;
	}

	@Override
	public void mouseClicked(final MouseEvent e) {
		final boolean plain = e.getButton() == MouseEvent.BUTTON1 && e.getClickCount() == 1 && !e.isShiftDown()
			&& !e.isAltDown() && !e.isControlDown() && !e.isMetaDown();
		if (!plain || !selects() || view.getHideOverlay()) return;
		final Roi before = view.getRoi();
		// A selection of the user's own that he clicked into.
		if (before != null && !(before instanceof LayerRoi)) return;
		final ImageCanvas canvas = (ImageCanvas) e.getSource();
		final Optional<LayerRoi> hit =
			LayerView.hit(view, canvas.offScreenX(e.getX()), canvas.offScreenY(e.getY())).filter(r -> !covers(r));
		if (hit.isEmpty()) {
			if (before != null) view.deleteRoi();
		}
		else if (hit.get() != before) view.setRoi(hit.get());
	}

	private boolean covers(final LayerRoi roi) {
		return roi.getBounds().width >= view.getWidth() && roi.getBounds().height >= view.getHeight();
	}

	/** Tools with which a click does nothing else. */
	private static boolean selects() {
		final int tool = Toolbar.getToolId();
		return tool == Toolbar.RECTANGLE || tool == Toolbar.OVAL || tool == Toolbar.FREEROI
			|| tool >= Toolbar.CUSTOM1 && "Arrow Tool".equals(Toolbar.getToolName());
	}
}
