package org.layerj.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Hint;
import org.layerj.decompose.Task;
import org.layerj.io.Export;
import org.layerj.io.LayerFolder;
import org.layerj.io.Picture;
import org.layerj.io.Source;
import org.layerj.io.TiffWriter;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.formats.LayerMetadata;

/**
 * One picture decomposed into a folder: what every entry without a window does.
 *
 * @param options for the model
 * @param formats what else is written beside the layers
 * @param live whether text that was read is text in these, where they can hold it
 * @param tiff writes {@code layers.tif}
 * @param hints what is known of the layers of every picture
 */
public record PictureRun(DecomposeOptions options, List<LayerFormat> formats, boolean live, TiffWriter tiff,
	List<Hint> hints)
{

	public PictureRun {
		formats = List.copyOf(formats);
		hints = List.copyOf(hints);
	}

	/** The same with what is known of the layers. */
	public PictureRun withHints(final List<Hint> known) {
		return new PictureRun(options, formats, live, tiff, known);
	}

	/**
	 * What was written.
	 *
	 * @param layers number of layers
	 * @param exports the files for other programs
	 * @param notes sentences on files of an earlier run that were kept
	 */
	public record Written(int layers, List<Path> exports, List<String> notes) {}

	/**
	 * Decomposes a picture and writes the result, all or nothing.
	 *
	 * @param target the folder, which may exist
	 * @throws RuntimeException with one message for the user
	 */
	public Written run(final Decomposer model, final Picture picture, final Path target, final Progress progress) {
		model.forecast(picture.image().width(), picture.image().height(), options).rejection().ifPresent(r -> {
			throw new DecompositionException(r);
		});
		Hint.check(hints, picture.image().width(), picture.image().height());
		// Opened first: minutes of work should not be lost to a folder that cannot be written to.
		try (LayerFolder result = LayerFolder.open(target)) {
			progress.check();
			final Decomposition found =
				new Task(options, Optional.empty(), hints).run(model, picture.image(), picture.samples(), progress);
			final LayerFolder.Result written =
				result.write(found, picture.source(), tiff, exports(found, picture.source()), progress);
			return new Written(found.layers().size(),
				written.exports().stream().map(f -> target.resolve(f.getFileName())).toList(), written.notes());
		}
	}

	private List<Export> exports(final Decomposition found, final Source source) {
		if (formats.isEmpty()) return List.of();
		final LayerDocument pixels = new LayerDocument(found.layers(), LayerMetadata.of(found, source));
		final LayerDocument document = live ? pixels.withReadText() : pixels;
		return formats.stream().map(f -> f.export(document)).toList();
	}

	/** Whether a folder holds the result of just this already. */
	public boolean isDone(final Decomposer model, final Picture picture, final Path target) {
		return LayerFolder.holds(target, picture.source(), model.model(), options)
			&& formats.stream().allMatch(f -> Files.exists(target.resolve(f.fileName())));
	}
}
