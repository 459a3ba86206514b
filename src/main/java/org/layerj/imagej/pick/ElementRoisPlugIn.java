package org.layerj.imagej.pick;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.ElementText;
import org.layerj.elements.LayerTitle;
import org.layerj.imagej.LayerStackPlugIn;
import org.layerj.imagej.LayersToRoisPlugIn;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.layers.Layer;

/**
 * <em>Plugins › Decompose Layers › Elements to ROI Manager</em>: the outlines of elements, added to the ROI Manager
 * under the name of their layer and what they say or are. {@code kind} says which; by default words and parts.
 */
public final class ElementRoisPlugIn extends LayerStackPlugIn {

	private static final String EACH = "words and parts";

	public ElementRoisPlugIn() {
		super("Elements to ROI Manager",
			Option.choice("kind", EACH, "letter", "word", "line", "block", "part", "series", "group"));
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		final Map<String, String> names = open.layers()
			.layers()
			.stream()
			.collect(Collectors.toMap(Layer::id, l -> LayerTitle.role(l.name()).orElse(l.name())));
		final Optional<ElementKind> kind = ElementKind.of(values.get("kind"));
		final RoiManager manager = LayersToRoisPlugIn.manager();
		final Picked picked = Picked.of(open);
		for (final Element e : Picked.current(open).list()) {
			if (kind.map(k -> k != e.kind()).orElse(e.kind() != ElementKind.WORD && e.kind() != ElementKind.PART))
				continue;
			final Roi roi = picked.outline(e);
			final String layer = e.layer().map(l -> names.getOrDefault(l, l)).orElse("");
			roi.setName(layer + ": "
				+ e.text()
					.map(ElementText::string)
					.filter(t -> !t.isBlank())
					.orElse(e.kind().key() + " " + e.id())
					.replace('\n', ' '));
			manager.addRoi(roi);
		}
		return Optional.empty();
	}
}
