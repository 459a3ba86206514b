package org.layerj.imagej;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;
import java.awt.Point;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Hint;
import org.layerj.imagej.edit.Selection;
import org.layerj.imagej.open.LayerRoi;
import org.layerj.layers.Bounds;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;

/**
 * Where {@linkplain Hint what the user knows before decomposing} stands: selections in the ROI Manager or the overlay
 * whose names are layers' names. Areas and strokes mean their pixels, points the elements that they are on. They are
 * taken one after the other; so the last counts where two overlap.
 */
enum Hints {

	NONE, MANAGER, OVERLAY;

	/** The selections, checked before a model runs. */
	List<Hint> of(final ImagePlus image) {
		final List<Roi> all = switch (this) {
			case NONE -> List.<Roi> of();
			case MANAGER ->
				LayersToRoisPlugIn.openManager().map(m -> Arrays.asList(m.getRoisAsArray())).orElse(List.of());
			case OVERLAY ->
				Optional.ofNullable(image.getOverlay()).map(Overlay::toArray).map(Arrays::asList).orElse(List.of());
		};
		final List<Hint> named = new ArrayList<>();
		for (final Roi roi : all)
			if (!(roi instanceof LayerRoi) && roi.getName() != null && !roi.getName().isBlank())
				named.add(hint(roi, image));
		if (this != NONE && named.isEmpty()) throw new DecompositionException("The option hints is "
			+ name().toLowerCase(Locale.ROOT) + ", but no selection with a name is there; add selections to the "
			+ (this == MANAGER ? "ROI Manager" : "overlay") + ", named as the layers that they belong to.");
		return named;
	}

	/** Checked before a model runs, whose result would be lost. */
	private static Hint hint(final Roi roi, final ImagePlus image) {
		final String name = roi.getName().strip();
		final Rectangle all = new Rectangle(image.getWidth(), image.getHeight());
		if (roi instanceof PointRoi) {
			final Set<Point> points =
				Arrays.stream(roi.getContainedPoints()).filter(all::contains).collect(Collectors.toSet());
			if (points.isEmpty()) throw outside(name);
			final Bounds canvas = Bounds.all(all.width, all.height);
			return new Hint(name,
				new Region(canvas,
					Optional.of(
						Mask.of(all.width, all.height, i -> points.contains(new Point(i % all.width, i / all.width))))),
				true);
		}
		try {
			return new Hint(name, Selection.of(roi, all.width, all.height).orElseThrow(() -> outside(name)), false);
		}
		catch (final DecompositionException e) {
			throw outside(name);
		}
	}

	private static DecompositionException outside(final String name) {
		return new DecompositionException("The hint " + name + " lies outside of the picture; move it, or remove it.");
	}
}
