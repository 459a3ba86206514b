package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Progress;
import org.layerj.io.LayerFolder;
import org.layerj.io.Source;
import org.layerj.layers.ExactValues;
import org.layerj.layers.RgbaImage;

/** One decomposition of an ImageJ image: what all entries (menu, macro, script) have in common. */
final class DecomposeRun {

	static final String NO_IMAGE = "There is no image open; open a picture first.";

	private final DecomposerFactory models;

	DecomposeRun(final DecomposerFactory models) {
		this.models = models;
	}

	/**
	 * Takes apart what the image shows.
	 *
	 * @param image the picture, empty if none is open
	 * @return the layers as a hyperstack named after the picture
	 * @throws RuntimeException whose {@link org.layerj.decompose.Problem#sentence sentence} tells what is wrong
	 */
	ImagePlus run(final Optional<ImagePlus> image, final DecomposeRequest request, final Progress progress) {
		final ImagePlus source = image.orElseThrow(() -> new DecompositionException(NO_IMAGE));
		final ImagePictures.Seen seen = ImagePictures.current(source);
		final RgbaImage picture = seen.image();
		try (Decomposer decomposer = models.open(request.model(), request.options().device())) {
			decomposer.forecast(picture.width(), picture.height(), request.options()).refusal().ifPresent(r -> {
				throw new DecompositionException(r);
			});
			if (request.output().isEmpty()) return hyperstack(valued(decomposer.decompose(picture, request.options(), progress), seen),
				source);
			// Opened first: minutes of work should not be lost to a folder that cannot be written to.
			try (LayerFolder folder = LayerFolder.open(request.output().get())) {
				final Decomposition result = valued(decomposer.decompose(picture, request.options(), progress), seen);
				final ImagePlus layers = hyperstack(result, source);
				folder.write(result, Source.ofPixels(source.getTitle(), picture), (decomposition, title, file) -> save(layers, file));
				return layers;
			}
		}
	}

	/** Opens a window, or, in a macro without a screen, makes the image known to the macro. Scripts without a screen get it returned. */
	static void show(final ImagePlus layers) {
		if (!GraphicsEnvironment.isHeadless() || IJ.isMacro()) layers.show();
	}

	/** The layers with the picture's own samples; the network's own pixels are 8-bit colours and stay so. */
	private static Decomposition valued(final Decomposition result, final ImagePictures.Seen seen) {
		if (seen.values().isEmpty() || result.run().settings().raw()) return result;
		return new Decomposition(ExactValues.of(seen.values().get(), result.layers()), result.run());
	}

	private static ImagePlus hyperstack(final Decomposition result, final ImagePlus source) {
		final ImagePlus layers = Hyperstacks.of(result, source.getShortTitle() + "-layers", source.getCalibration());
		SourceNotes.of(source, List.of(ImagePictures.currentNumber(source))).write(layers);
		return layers;
	}

	private static void save(final ImagePlus layers, final Path file) throws IOException {
		HyperstackTiff.write(layers, file);
	}
}
