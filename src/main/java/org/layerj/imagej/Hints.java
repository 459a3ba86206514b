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
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionException;
import org.layerj.elements.LayerTitle;
import org.layerj.elements.Element;
import org.layerj.elements.Elements;
import org.layerj.elements.LayerElements;
import org.layerj.elements.Pick;
import org.layerj.imagej.edit.Selection;
import org.layerj.imagej.open.LayerRoi;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Region;
import org.layerj.layers.edit.Assign;
import org.layerj.layers.edit.Stacking;

/**
 * What the user knows before decomposing: selections in the ROI Manager or the overlay whose names are layers' names.
 * What is seen in a selection ends in the layer of its name, whatever the model says; {@code background} is the lowest;
 * a name that no layer has makes one. Areas and strokes mean their pixels, points the elements that they are on. They
 * are taken one after the other; so the last counts where two overlap.
 */
enum Hints {

	NONE, MANAGER, OVERLAY;

	/** The selections, checked before a model runs. */
	List<Roi> of(final ImagePlus image) {
		final List<Roi> all = switch (this) {
			case NONE -> List.<Roi> of();
			case MANAGER ->
				LayersToRoisPlugIn.openManager().map(m -> Arrays.asList(m.getRoisAsArray())).orElse(List.of());
			case OVERLAY ->
				Optional.ofNullable(image.getOverlay()).map(Overlay::toArray).map(Arrays::asList).orElse(List.of());
		};
		final List<Roi> named = new ArrayList<>();
		for (final Roi roi : all) if (!(roi instanceof LayerRoi) && roi.getName() != null && !roi.getName().isBlank()) {
			// Said before a model runs, whose result would be lost by it.
			if (!isOn(roi, image)) throw new DecompositionException(
				"The hint " + roi.getName().strip() + " lies outside of the picture; move it, or remove it.");
			named.add((Roi) roi.clone());
		}
		if (this != NONE && named.isEmpty()) throw new DecompositionException("The option hints is "
			+ name().toLowerCase(Locale.ROOT) + ", but no selection with a name is there; add selections to the "
			+ (this == MANAGER ? "ROI Manager" : "overlay") + ", named as the layers that they belong to.");
		return named;
	}

	private static boolean isOn(final Roi roi, final ImagePlus image) {
		final Rectangle all = new Rectangle(image.getWidth(), image.getHeight());
		if (roi instanceof PointRoi) return Arrays.stream(roi.getContainedPoints()).anyMatch(all::contains);
		try {
			Selection.of(roi, all.width, all.height);
			return true;
		}
		catch (final DecompositionException e) {
			return false;
		}
	}

	/** The layers with what is seen in each selection in the layer of its name. */
	static Decomposition apply(final Decomposition found, final List<Roi> hints) {
		if (hints.isEmpty()) return found;
		LayerStack stack = found.layers();
		final Elements elements = found.elements().orElseGet(() -> LayerElements.of(found.layers()));
		for (final Roi hint : hints) {
			final Optional<Region> region = hint instanceof PointRoi points ? at(elements, points)
				: Selection.of(hint, stack.width(), stack.height());
			if (region.isEmpty()) continue;
			final String name = hint.getName().strip();
			final Optional<Layer> layer = layer(stack, name);
			stack = layer.isPresent() ? Assign.to(stack, region.get(), layer.get().id(), true)
				: Assign.toNew(stack, region.get(), Stacking.freshId(stack, "hint"), name, true);
		}
		final LayerStack hinted = stack;
		return new Decomposition(hinted, found.run(), found.elements().map(e -> e.inLayersOf(hinted)));
	}

	private static Optional<Layer> layer(final LayerStack stack, final String name) {
		final Optional<Layer> named = stack.layers()
			.stream()
			.filter(l -> l.name().strip().equalsIgnoreCase(name))
			.findFirst()
			.or(() -> stack.layers()
				.stream()
				.filter(l -> LayerTitle.role(l.name()).filter(name::equalsIgnoreCase).isPresent())
				.findFirst());
		return named.isEmpty() && name.equalsIgnoreCase("background") ? Optional.of(stack.get(0)) : named;
	}

	private static Optional<Region> at(final Elements elements, final PointRoi points) {
		final List<Element> some = new ArrayList<>();
		for (final Point p : points.getContainedPoints())
			elements.at(p.x, p.y).ifPresent(e -> some.add(Pick.first(elements, e)));
		return some.isEmpty() ? Optional.empty() : Optional.of(elements.region(some));
	}
}
