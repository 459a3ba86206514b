package org.layerj.imagej.pick;

import ij.IJ;
import ij.ImagePlus;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.LayerStackPlugIn;
import org.layerj.imagej.open.LayerRoi;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.Assign;
import org.layerj.layers.edit.Stacking;

/**
 * <em>Plugins › Decompose Layers › Copy with Alpha</em>: the selection, such as a chosen element, with its soft edge
 * and without what lies around and behind it, goes to the system's clipboard; without a selection, the selected layer.
 */
public final class CopyAlphaPlugIn extends LayerStackPlugIn {

	public CopyAlphaPlugIn() {
		super("Copy with Alpha");
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final RgbaImage copy = copied(OpenLayers.require(image), image.orElseThrow());
		AlphaClipboard.put(copy);
		IJ.showStatus(copy.width() + " x " + copy.height() + " pixels with alpha are in the clipboard");
		return Optional.empty();
	}

	static RgbaImage copied(final OpenLayers open, final ImagePlus image) {
		final LayerStack stack = open.layers();
		final Optional<Region> region = image.getRoi() == null || image.getRoi() instanceof LayerRoi ? Optional.empty()
			: Optional.of(AssignPlugIn.selected(open, image));
		final Layer layer;
		if (region.isPresent()) {
			final String id = Stacking.freshId(stack, "copy");
			layer = Assign.toNew(stack, region.get(), id, "Copy", true, Picked.beside(open, region.get()), done -> {})
				.find(id)
				.orElseThrow();
		}
		else layer = stack.find(open.selected()).orElseThrow();
		final Region shown = AlphaBounds.of(layer)
			.flatMap(b -> Region.of(b).on(stack.width(), stack.height()))
			.orElseThrow(() -> new DecompositionException(region.isPresent()
				? "Nothing is seen in the selection, so there is nothing to copy; select something else." : "Layer "
					+ layer.name() + " has nothing on the canvas, so there is nothing to copy; choose another one."));
		return layer.onCanvas(stack.width(), stack.height()).crop(shown.bounds());
	}
}
