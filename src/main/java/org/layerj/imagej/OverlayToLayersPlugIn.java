package org.layerj.imagej;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.edit.OverlayText;
import org.layerj.imagej.open.LayerRoi;
import org.layerj.imagej.open.LayerWindows;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.open.OverlayElements;
import org.layerj.imagej.open.Show;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * <em>Plugins › Decompose Layers › Overlay to Layers</em>: any image with an overlay becomes a stack of layers, the
 * image itself at the bottom and each element of the overlay a layer above it. In the view of layers that are open,
 * elements that are no layers become some, and text that came out of layers goes back into them.
 */
public final class OverlayToLayersPlugIn extends LayerPlugIn {

	public OverlayToLayersPlugIn() {
		super("Overlay to Layers");
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final ImagePlus some = image.filter(i -> i.getProcessor() != null)
			.orElseThrow(() -> new DecompositionException(ImagePictures.NO_IMAGE));
		final Optional<OpenLayers> open = OpenLayers.of(some);
		final ImagePlus hyperstack = open.isPresent() ? added(open.get(), some) : made(some);
		if (Show.windows()) LayerWindows.show(hyperstack);
		return Optional.of(hyperstack);
	}

	private static ImagePlus made(final ImagePlus image) {
		final List<Roi> elements = OverlayElements.shown(image);
		if (elements.isEmpty()) throw new DecompositionException(
			"The image " + image.getTitle() + " has no overlay; add selections, text or images to it first.");
		LayerStack layers = new LayerStack(image.getWidth(), image.getHeight(),
			List.of(Layer.of("background", "Background", ImagePictures.of(image))));
		for (final Layer l : layers(elements, image, layers)) layers = layers.with(l);
		final ImagePlus made = Hyperstacks.of(layers, image.getShortTitle() + "-layers");
		made.setCalibration(OverlayElements.spatial(image.getCalibration()));
		return made;
	}

	private static ImagePlus added(final OpenLayers open, final ImagePlus image) {
		open.view().ifPresent(view -> OverlayText.flatten(open, view));
		final List<Roi> elements = OverlayElements.shown(image).stream().filter(r -> !(r instanceof LayerRoi)).toList();
		if (elements.isEmpty()) return open.hyperstack();
		open.apply("Overlay to Layers", stack -> {
			LayerStack more = stack;
			for (final Layer l : layers(elements, image, stack)) more = more.with(l);
			return more;
		});
		// They are layers now, and would be seen twice.
		final Overlay overlay = image.getOverlay();
		elements.forEach(overlay::remove);
		image.draw();
		return open.hyperstack();
	}

	private static List<Layer> layers(final List<Roi> elements, final ImagePlus image, final LayerStack below) {
		final Set<String> taken = new HashSet<>();
		below.layers().forEach(l -> taken.add(l.id()));
		final List<Layer> layers = new ArrayList<>();
		for (final Roi element : elements) {
			OverlayElements
				.layer(element, image,
					OverlayElements.free(LayerRoi.idOf(element).orElse("element-" + (layers.size() + 1)), taken))
				.ifPresent(l -> {
					taken.add(l.id());
					layers.add(l);
				});
		}
		return layers;
	}
}
