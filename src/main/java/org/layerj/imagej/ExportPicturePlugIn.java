package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.HyperstackTiff;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.io.PictureFile;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.Xmp;
import org.layerj.layers.SampleFormat;
import org.layerj.provenance.Declaration;
import org.layerj.provenance.Kind;

/**
 * <em>Plugins › Decompose Layers › Export Picture...</em>: the picture as PNG, JPEG or TIFF that says where its pixels
 * come from, which ImageJ's own <em>Save As</em> writes into TIFF only. Of layers, it is what Recomposite makes of
 * them. The sentences for a figure's legend and a methods section go to the log.
 */
public final class ExportPicturePlugIn extends LayerPlugIn {

	public ExportPicturePlugIn() {
		super("Export Picture...", Option.text(ExportPlugIn.FILE, ""));
	}

	@Override
	protected void check(final Optional<ImagePlus> image) {
		if (image.isEmpty()) throw new DecompositionException(ImagePictures.NO_IMAGE);
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final Path file = ExportPlugIn.file(values.get(ExportPlugIn.FILE));
		final Optional<OpenLayers> layers = OpenLayers.of(image.orElseThrow());
		final ImagePlus shown =
			layers.isPresent() ? new RecompositePlugIn().call(image, Map.of()).orElseThrow() : image.get();
		final PictureNotes notes = FileNotes.picture(shown);
		final Declaration said = Declared.read(shown).orElseGet(() -> unknown(notes));
		final ImagePictures.Seen seen = ImagePictures.current(shown);
		PictureFile.write(file, seen.image(),
			seen.samples()
				.filter(v -> v.format().type() == SampleFormat.Type.U16 && (v.channels() == 1 || v.channels() == 3)),
			out -> HyperstackTiff.write(shown, out), Xmp.of(said, ""), notes.with(said.own()));
		final String how = layers.map(l -> Declared.model(l.hyperstack())).orElse(Declared.model(shown));
		IJ.log("Wrote " + file);
		IJ.log("For the legend: " + said.caption(how));
		IJ.log("For the methods section: " + said.methods(how));
		return Optional.empty();
	}

	/** An image that says nothing of itself: what its file says, and no more. */
	private static Declaration unknown(final PictureNotes notes) {
		final double[] weights = new double[Kind.values().length];
		weights[Kind.UNKNOWN.ordinal()] = 1;
		return Declaration.of(weights, List.of(), notes.origin(), false);
	}
}
