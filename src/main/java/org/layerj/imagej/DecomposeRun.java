package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.layerj.common.Progress;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Hint;
import org.layerj.decompose.Forecast;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.JavaHeap;
import org.layerj.decompose.RunJson;
import org.layerj.decompose.RunRecord;
import org.layerj.decompose.SliceProgress;
import org.layerj.decompose.Task;
import org.layerj.elements.Elements;
import org.layerj.imagej.edit.Selection;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.ChannelFormat;
import org.layerj.imagej.stack.HyperstackBuilder;
import org.layerj.imagej.stack.HyperstackTiff;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.imagej.stack.Latin;
import org.layerj.imagej.stack.SourceNotes;
import org.layerj.imagej.stack.StackElements;
import org.layerj.io.LayerFolder;
import org.layerj.io.Source;
import org.layerj.io.TiffWriter;
import org.layerj.io.header.PictureNotes;
import org.layerj.layers.Bounds;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.provenance.PictureOrigin;
import org.layerj.refine.Refinement;

/**
 * One decomposition of an ImageJ image: what all entries (menu, macro, script) have in common. One slice after the
 * other; of those that are done only the pixels of the result are kept.
 */
final class DecomposeRun {

	private final DecomposerFactory models;

	DecomposeRun(final DecomposerFactory models) {
		this.models = models;
	}

	/**
	 * What can be decomposed.
	 *
	 * @param image empty if none is open
	 * @throws DecompositionException if it is no picture
	 */
	static ImagePlus require(final Optional<ImagePlus> image) {
		final ImagePlus source = image.filter(i -> i.getWidth() > 0 && i.getProcessor() != null)
			.orElseThrow(() -> new DecompositionException(ImagePictures.NO_IMAGE));
		// Its pixels are nothing but background for the layers.
		if (OpenLayers.known(source).flatMap(OpenLayers::view).filter(v -> v == source).isPresent())
			throw new DecompositionException("The image " + source.getTitle()
				+ " is the view of layers; run Recomposite and decompose its result, or Decompose Selected Layer.");
		return source;
	}

	/**
	 * Decomposes what the image shows, in the slices asked for and where something is selected.
	 *
	 * @param image the picture, empty if none is open
	 * @return the layers as a hyperstack named after the picture, one frame per slice
	 * @throws RuntimeException whose {@link org.layerj.decompose.Problem#message message} tells what is wrong
	 */
	ImagePlus run(final Optional<ImagePlus> image, final DecomposeRequest request, final Progress progress) {
		final ImagePlus source = require(image);
		final int count = ImagePictures.count(source);
		final List<Integer> slices = request.slices().of(count, ImagePictures.currentNumber(source));
		if (request.reuse() && request.options().raw()) throw new InvalidOptionException("reuse",
			"The option reuse needs refined layers, which the option raw switches off; leave one of them out.");
		final boolean hinted = request.hints() != Hints.NONE || !request.like().hints().isEmpty();
		if (hinted && request.options().raw()) throw new InvalidOptionException("hints",
			"Hints need refined layers, which the option raw switches off; leave one of them out.");
		// Those of a run that is repeated, unless others are named.
		final List<Hint> hints = request.hints() == Hints.NONE ? request.like().hints() : request.hints().of(source);
		Hint.check(hints, source.getWidth(), source.getHeight());
		final Optional<Region> region = Selection.of(source);
		final Task task = new Task(request.options(), region, hints);
		final SourceNotes notes = SourceNotes.of(source, slices);
		final Calibration calibration = source.getCalibration().copy();
		final PictureNotes said = FileNotes.picture(source);
		said.origin().remarks().forEach(r -> IJ.log(source.getTitle() + ": " + r));
		final String title = source.getShortTitle() + "-layers";
		final Bounds part = region.map(Region::bounds).orElse(Bounds.all(source.getWidth(), source.getHeight()));
		try (Decomposer model = request.isolation().of(models).open(request.model(), request.options().device())) {
			rejection(model, source, part, request, slices.size()).ifPresent(r -> {
				throw new DecompositionException(r);
			});
			ServerConsent.say(request.model());
			final SliceProgress all = new SliceProgress(progress, slices.size(), request.reuse());
			Optional<HyperstackBuilder> result = Optional.empty();
			Optional<Decomposition> first = Optional.empty();
			Optional<RunRecord> record = Optional.empty();
			final List<PictureOrigin> origins = new ArrayList<>();
			final Map<Integer, String> elements = new HashMap<>();
			for (int k = 0; k < slices.size(); k++) {
				all.slice(k + 1);
				final ImagePictures.Seen seen = ImagePictures.at(source, slices.get(k));
				final Optional<Path> folder = folder(request, slices, k);
				// Opened first: minutes of work should not be lost to a folder that cannot be written to.
				try (Target target = Target.open(folder)) {
					final Decomposition found = first.isPresent() ? reused(first.get(), seen)
						: task.run(model, seen.image(), seen.samples(), all);
					if (k == 0) result = Optional.of(new HyperstackBuilder(found.layers()));
					if (k == 0 && request.reuse()) first = Optional.of(found);
					result.orElseThrow().add(found.layers());
					final int frame = k + 1;
					found.elementsRecord().ifPresent(r -> elements.put(frame, r));
					if (k == 0) request.like()
						.differences(source(source.getTitle(), seen), found.run().modelHash())
						.forEach(IJ::log);
					if (record.isEmpty()) record = Optional.of(found.run());
					else if (first.isEmpty()) record = record.map(r -> r.and(found.run()));
					final Source from = source(source.getTitle(), seen).withNotes(said);
					origins.add(from.origin(found));
					target.write(found, from, (decomposition, name, out) -> {
						final ImagePlus layers = Hyperstacks.of(decomposition, title, calibration);
						if (slices.size() == 1) notes.write(layers);
						FileNotes.keep(said.with(from.origin(decomposition)), layers);
						HyperstackTiff.write(layers, out);
					}, progress);
				}
			}
			final ImagePlus layers = result.orElseThrow().image(title);
			elements.forEach((frame, r) -> StackElements.keep(r, layers, frame));
			layers.setProp(Hyperstacks.RUN, Latin.json(RunJson.of(record.orElseThrow()).toString()));
			Hyperstacks.calibrate(layers, calibration);
			notes.write(layers);
			FileNotes.keep(said.with(Declared.origin(origins)), layers);
			return layers;
		}
	}

	private static Source source(final String title, final ImagePictures.Seen seen) {
		return seen.samples()
			.map(v -> Source.ofSamples(title, v))
			.orElseGet(() -> Source.ofPixels(title, seen.image()));
	}

	/** The one folder asked for, or one in it per slice. */
	private static Optional<Path> folder(final DecomposeRequest request, final List<Integer> slices, final int k) {
		return request.output()
			.map(o -> slices.size() == 1 ? o : o.resolve(String.format(Locale.ROOT, "slice-%04d", slices.get(k))));
	}

	private static Optional<String> rejection(final Decomposer model, final ImagePlus source, final Bounds part,
		final DecomposeRequest request, final int slices)
	{
		final Optional<String> one = model.forecast(part.width(), part.height(), request.options()).rejection();
		final Optional<SampleFormat> format = ChannelFormat.ofPicture(source).filter(f -> !request.options().raw());
		if (one.isPresent() || slices == 1 && format.isEmpty()) return one;
		final int channels = format.map(f -> (f.channels().size() + 1) * f.type().bits() / 8).orElse(RgbaImage.PLANES);
		// Samples are there twice while they are brought into the hyperstack.
		final long copies = slices + (format.isPresent() ? 1 : 0);
		final long needed = copies * model.model().settings(request.options()).layers() * source.getWidth()
			* source.getHeight() * channels;
		final long free = JavaHeap.left(needed);
		return needed <= free ? Optional.empty()
			: Optional.of("The layers of " + (slices == 1 ? "this picture" : slices + " slices") + " need about "
				+ Forecast.gigabytes(needed) + " of Java memory, but only " + Forecast.gigabytes(free)
				+ " are left; choose fewer slices or layers, or give Java more (-Xmx).");
	}

	private static Decomposition reused(final Decomposition first, final ImagePictures.Seen seen) {
		return new Decomposition(Refinement.onAnother(first.layers(), seen.image(), seen.samples()), first.run());
	}

	/** A folder to write to, or nowhere. */
	private record Target(Optional<LayerFolder> folder) implements AutoCloseable {

		static Target open(final Optional<Path> path) {
			return new Target(path.map(LayerFolder::open));
		}

		void write(final Decomposition decomposition, final Source source, final TiffWriter tiff,
			final Progress progress)
		{
			folder.ifPresent(f -> f.write(decomposition, source, tiff, List.of(), progress).notes().forEach(IJ::log));
		}

		@Override
		public void close() {
			folder.ifPresent(LayerFolder::close);
		}
	}
}
