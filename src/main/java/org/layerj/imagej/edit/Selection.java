package org.layerj.imagej.edit;

import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import java.awt.Rectangle;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.layers.Bounds;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;

/** The selection of an ImageJ image as a region of the canvas. */
public final class Selection {

	private Selection() {}

	/**
	 * The area that is selected; empty if nothing is, or a line, a point, text or the whole image.
	 *
	 * @throws DecompositionException if what is selected lies outside of the image
	 */
	public static Optional<Region> of(final ImagePlus image) {
		final Roi roi = image.getRoi();
		// A picture that lies on the image, or text, is no area of it.
		if (roi == null || !roi.isArea() || roi instanceof ImageRoi || roi instanceof TextRoi) return Optional.empty();
		final Rectangle r = roi.getBounds();
		if (r.width < 1 || r.height < 1) return Optional.empty();
		final ImageProcessor mask = roi.getMask();
		final Bounds bounds = new Bounds(r.x, r.y, r.width, r.height);
		final Optional<Mask> inside = Optional.ofNullable(mask).map(m -> mask(m.convertToByteProcessor(false)));
		final Region region = new Region(bounds, inside).on(image.getWidth(), image.getHeight())
			.orElseThrow(() -> new DecompositionException(
				"The selection lies outside of the image; move it, or remove it (Edit › Selection › Select None)."));
		final boolean whole =
			region.mask().isEmpty() && region.bounds().equals(Bounds.all(image.getWidth(), image.getHeight()));
		return whole ? Optional.empty() : Optional.of(region);
	}

	/**
	 * The pixels of a selection that an image of this size has or might have: areas as they are, lines as wide as they
	 * are drawn. Empty for points, and for what lies beyond the image.
	 */
	public static Optional<Region> of(final Roi roi, final int width, final int height) {
		if (roi instanceof PointRoi) return Optional.empty();
		final ImagePlus canvas = new ImagePlus("", new ByteProcessor(width, height));
		canvas.setRoi(roi.isLine() ? Roi.convertLineToArea((Roi) roi.clone()) : (Roi) roi.clone());
		final Roi area = canvas.getRoi();
		final boolean all =
			area != null && area.getType() == Roi.RECTANGLE && area.getBounds().equals(new Rectangle(width, height));
		return all ? Optional.of(Region.of(Bounds.all(width, height))) : of(canvas);
	}

	private static Mask mask(final ByteProcessor pixels) {
		return Mask.of(pixels.getWidth(), pixels.getHeight(), i -> pixels.get(i) != 0);
	}
}
