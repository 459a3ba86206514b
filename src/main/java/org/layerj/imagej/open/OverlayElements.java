package org.layerj.imagej.open;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.measure.Calibration;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/** Elements of anybody's overlay as layers. */
public final class OverlayElements {

	private static final int LONGEST_NAME = 40;

	private OverlayElements() {}

	/** The elements that an image shows at its current position, the bottom one first. */
	public static List<Roi> shown(final ImagePlus image) {
		return LayerView.elements(image).stream().filter(r -> isShown(r, image)).toList();
	}

	/**
	 * An element as a layer with its own alpha: exactly if it is one of ours, otherwise as ImageJ draws it.
	 *
	 * @return empty if nothing of it can be seen
	 */
	public static Optional<Layer> layer(final Roi element, final ImagePlus image, final String id) {
		if (element instanceof LayerRoi layer) return Optional.of(layer.layer(id));
		final RgbaImage drawn = drawn(element, image);
		return AlphaBounds.of(drawn).map(b -> Layer.of(id, name(element), drawn.crop(b)).at(b.x(), b.y()));
	}

	/** A copy of what a calibration says of place, without that of densities, which layers have none of. */
	public static Calibration spatial(final Calibration calibration) {
		final Calibration copy = calibration.copy();
		copy.disableDensityCalibration();
		return copy;
	}

	/** This id, or with a number behind it if it is taken. */
	public static String free(final String id, final Set<String> taken) {
		String free = id;
		for (int n = 2; taken.contains(free); n++) free = id + "-" + n;
		return free;
	}

	private static RgbaImage drawn(final Roi element, final ImagePlus image) {
		final BufferedImage canvas =
			new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_ARGB);
		final Graphics2D g = canvas.createGraphics();
		final Roi copy = (Roi) element.clone();
		// Some ask their image for its size or calibration; this one has no window, so nothing is magnified.
		final ImagePlus still = new ImagePlus("", image.getProcessor());
		still.setCalibration(image.getCalibration());
		copy.setImage(still);
		if (copy.getStrokeColor() == null && copy.getFillColor() == null) copy.setStrokeColor(Roi.getColor());
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		copy.drawOverlay(g);
		g.dispose();
		return RgbaImage.ofArgb(image.getWidth(), image.getHeight(),
			canvas.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
	}

	private static String name(final Roi element) {
		if (element.getName() != null && !element.getName().isBlank()) return element.getName();
		if (element.getType() == Roi.COMPOSITE) return "Shape";
		if (!(element instanceof TextRoi text)) return element.getTypeAsString();
		final String words = text.getText().strip().replaceAll("\\s+", " ");
		return words.isEmpty() ? "Text" : words.substring(0, Math.min(LONGEST_NAME, words.length()));
	}

	/** As ImageJ decides it when it draws an overlay. */
	private static boolean isShown(final Roi element, final ImagePlus image) {
		if (image.isHyperStack() && element.getPosition() == 0) {
			return at(element.getCPosition(), image.getC()) && at(element.getZPosition(), image.getZ())
				&& at(element.getTPosition(), image.getT());
		}
		return image.getStackSize() == 1 || at(element.getPosition(), image.getCurrentSlice());
	}

	private static boolean at(final int position, final int current) {
		return position == 0 || position == current;
	}
}
