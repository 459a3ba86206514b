package org.layerj.imagej;

import ij.ImagePlus;
import ij.plugin.Colors;
import ij.process.ColorProcessor;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * <em>Plugins › Decompose Layers › Recomposite</em>: the layers of a hyperstack or its view put together again, exactly.
 *
 * <p>The result is an RGB image on a {@code background}, white unless another colour is asked for; {@code background=transparent} gives a hyperstack
 * with one layer instead, since ImageJ's RGB images have no alpha. The picture's calibration is kept.
 */
public final class RecompositePlugIn extends LayerPlugIn {

	static final String BACKGROUND = "background";
	static final String TRANSPARENT = "transparent";

	/** Image property of the result: the colour that shows where the layers are not opaque. Missing where they are opaque all over. */
	static final String SHOWS = "decompose.background";

	public RecompositePlugIn() {
		super("Recomposite", Option.text(BACKGROUND, "white"));
	}

	@Override
	Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		final String background = values.get(BACKGROUND).strip();
		final LayerStack layers = open.layers();
		final String title = open.name() + "-recomposite";
		final ImagePlus result = background.equalsIgnoreCase(TRANSPARENT) ? withAlpha(layers, title) : onColour(layers, title, background);
		result.setCalibration(open.hyperstack().getCalibration().copy());
		return Optional.of(result);
	}

	private static ImagePlus withAlpha(final LayerStack layers, final String title) {
		return Hyperstacks.of(new LayerStack(layers.width(), layers.height(), List.of(Layer.of("recomposite", "Recomposite", Compositor.flatten(layers)))), title);
	}

	private static ImagePlus onColour(final LayerStack layers, final String title, final String background) {
		final Color colour = Colors.decode(background, null);
		if (colour == null) throw new InvalidOptionException(BACKGROUND, "The option background must be transparent or a colour such as white or #ff8000, not "
			+ background + ".");
		final RgbaImage flat = Compositor.flatten(layers, colour.getRGB() | 0xff000000);
		final ImagePlus result = new ImagePlus(title, new ColorProcessor(flat.width(), flat.height(), flat.argb()));
		if (!Compositor.flatten(layers).isOpaque()) result.setProp(SHOWS, background);
		return result;
	}
}
