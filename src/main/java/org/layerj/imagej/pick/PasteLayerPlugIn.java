package org.layerj.imagej.pick;

import ij.ImagePlus;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.LayerStackPlugIn;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.Stacking;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * <em>Plugins › Decompose Layers › Paste as Layer</em>: the picture in the system's clipboard, with its alpha, becomes
 * a layer on top, in the middle of the canvas. Where it comes from is not known, and it is marked so.
 */
public final class PasteLayerPlugIn extends LayerStackPlugIn {

	public PasteLayerPlugIn() {
		super("Paste as Layer");
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		final RgbaImage picture = AlphaClipboard.get()
			.orElseThrow(() -> new DecompositionException(
				"There is no picture in the clipboard; copy one in another program first."));
		final String id = Stacking.freshId(open.layers(), "pasted");
		open.apply("Paste as layer", s -> pasted(s, picture, id));
		open.select(id);
		return Optional.empty();
	}

	static LayerStack pasted(final LayerStack stack, final RgbaImage picture, final String id) {
		final byte[] alpha = picture.plane(RgbaImage.ALPHA);
		final Layer layer = Layer.of(id, "Pasted", picture)
			.at((stack.width() - picture.width()) / 2, (stack.height() - picture.height()) / 2)
			.withProvenance(Provenance.of(picture.width(), picture.height(), Kind.UNKNOWN, i -> alpha[i] != 0));
		return stack.insert(stack.size(),
			stack.format().map(f -> layer.withSamples(Display.of(f).seenAs(picture))).orElse(layer));
	}
}
