package org.layerj.imagej;

import ij.ImagePlus;
import ij.gui.TextRoi;
import ij.plugin.Colors;
import ij.process.ColorProcessor;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.imagej.edit.EditAction;
import org.layerj.imagej.edit.EditRequest;
import org.layerj.imagej.edit.EditRun;
import org.layerj.imagej.edit.LayerText;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.Recomposed;
import org.layerj.imagej.stack.StackProvenance;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.Declaration;

/**
 * <em>Plugins › Decompose Layers › Recomposite</em>: the layers of a hyperstack or its view composited again, exactly.
 * <p>
 * The result is what {@link Recomposed} makes of the layers: the picture in its own bit depth and channels, all frames,
 * its calibration, on white where the layers are not opaque. Another {@code background} colour gives an RGB image of
 * the current frame, and {@code background=transparent} a hyperstack with one layer, since ImageJ's RGB images have no
 * alpha.
 * <p>
 * The result says where its pixels come from: see {@link Declared}.
 */
public final class RecompositePlugIn extends LayerStackPlugIn {

	static final String BACKGROUND = "background";
	static final String WHITE = "white";
	static final String TRANSPARENT = "transparent";

	/**
	 * Image property of the result: the colour that shows where the layers are not opaque. Missing where they are
	 * opaque all over.
	 */
	static final String SHOWS = "decompose.background";

	public RecompositePlugIn() {
		super("Recomposite", Option.text(BACKGROUND, WHITE));
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		putDownText(open);
		final String background = values.get(BACKGROUND).strip();
		final LayerStack layers = open.layers();
		final boolean white = background.equalsIgnoreCase(WHITE);
		final ImagePlus result = white ? Recomposed.of(open.hyperstack())
			: background.equalsIgnoreCase(TRANSPARENT) ? withAlpha(layers) : onColour(layers, background);
		result.setTitle(open.name() + "-recomposite");
		if (!white) Hyperstacks.calibrate(result, open.hyperstack().getCalibration());
		if (!Compositor.flatten(layers).isOpaque()) result.setProp(SHOWS, background);
		FileNotes.keep(FileNotes.picture(open.hyperstack()), result);
		final Declaration declaration = white ? Declared.of(open.hyperstack(), layers)
			: VisibleProvenance.declaration(layers, StackProvenance.origin(open.hyperstack()));
		Declared.note(result, open.hyperstack(), declaration);
		return Optional.of(result);
	}

	/** Text that was lifted out of a layer and is still a selection belongs to what is seen. */
	private static void putDownText(final OpenLayers open) {
		Stream.concat(Stream.of(open.hyperstack()), open.view().stream())
			.filter(i -> i.getRoi() instanceof TextRoi t && LayerText.liftedFrom(t).isPresent())
			.forEach(i -> new EditRun(EditRequest.of(EditAction.TEXT), Optional.of(i)).on(open));
	}

	private static ImagePlus withAlpha(final LayerStack layers) {
		return Hyperstacks.of(one(layers), "");
	}

	private static LayerStack one(final LayerStack layers) {
		return new LayerStack(layers.width(), layers.height(),
			List.of(Layer.of("recomposite", "Recomposite", Compositor.flatten(layers))
				.withProvenance(VisibleProvenance.flat(layers, p -> true))));
	}

	private static ImagePlus onColour(final LayerStack layers, final String background) {
		final Color colour = Colors.decode(background, null);
		if (colour == null) throw new InvalidOptionException(BACKGROUND,
			"The option background must be transparent or a colour such as white or #ff8000, not " + background + ".");
		// Rounded to 8 bits first, as in Recomposed: pixels that are opaque then show nothing of the background.
		final RgbaImage flat = Compositor.flatten(one(layers), colour.getRGB() | 0xff000000);
		return new ImagePlus("", new ColorProcessor(flat.width(), flat.height(), flat.argb()));
	}
}
