package org.layerj.imagej;

import ij.ImagePlus;
import ij.gui.TextRoi;
import ij.plugin.Colors;
import ij.process.ColorProcessor;
import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.layers.Compositor;
import org.layerj.layers.Exposed;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * <em>Plugins › Decompose Layers › Recomposite</em>: the layers of a hyperstack or its view put together again, exactly.
 *
 * <p>The result is an RGB image on a {@code background}, white unless another colour is asked for; {@code background=transparent} gives a hyperstack
 * with one layer instead, since ImageJ's RGB images have no alpha. The picture's calibration is kept. Layers that hold a picture's own samples, of a grey
 * picture, or of several slices, become an image of the picture's kind ({@link Recomposed}).
 *
 * <p>If an edit has uncovered pixels that were made up, the result says so: see {@link Disclosure}.
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
		// Slice by slice, as the stack was before it was taken apart.
		if (image.filter(i -> Hyperstacks.isLayers(i) && i.getNFrames() > 1).isPresent()) return image.map(RecompositePlugIn::frames);
		final OpenLayers open = OpenLayers.require(image);
		putDownText(open);
		final String background = values.get(BACKGROUND).strip();
		final LayerStack layers = open.layers();
		final ImagePlus result = result(open, layers, background);
		result.setTitle(open.name() + "-recomposite");
		Disclosure.note(result, open.hyperstack(), Exposed.of(layers));
		return Optional.of(result);
	}

	/** Text that was lifted out of a layer and is still a selection belongs to what is seen. */
	private static void putDownText(final OpenLayers open) {
		Stream.concat(Stream.of(open.hyperstack()), open.view().stream()).filter(i -> i.getRoi() instanceof TextRoi t && LayerText.liftedFrom(t).isPresent()).forEach(
			i -> new EditRun(EditRequest.of(EditAction.TEXT), Optional.of(i)).on(open));
	}

	private static ImagePlus result(final OpenLayers open, final LayerStack layers, final String background) {
		final boolean grey = background.equalsIgnoreCase("white") && SourceNotes.read(open.hyperstack()).grey();
		if (layers.format().isPresent() || grey) return Recomposed.of(open.hyperstack());
		final String title = open.hyperstack().getShortTitle();
		final ImagePlus result = background.equalsIgnoreCase(TRANSPARENT) ? withAlpha(layers, title) : onColour(layers, title, background);
		result.setCalibration(open.hyperstack().getCalibration().copy());
		return result;
	}

	private static ImagePlus frames(final ImagePlus hyperstack) {
		final ImagePlus result = Recomposed.of(hyperstack);
		result.setTitle(hyperstack.getShortTitle().replaceFirst("-layers$", "") + "-recomposite");
		final List<Exposed> exposed = IntStream.rangeClosed(1, hyperstack.getNFrames()).mapToObj(f -> Exposed.of(Hyperstacks.layers(hyperstack, f))).toList();
		exposed.stream().max(Comparator.comparingDouble(Exposed::percent)).ifPresent(most -> Disclosure.note(result, hyperstack, most));
		return result;
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
