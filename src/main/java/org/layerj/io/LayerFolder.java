package org.layerj.io;

import com.google.gson.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.layerj.common.CancelledException;
import org.layerj.common.Hash;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.ModelInfo;
import org.layerj.decompose.RunJson;
import org.layerj.io.header.Xmp;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.PictureOrigin;

/**
 * The result of a decomposition as a folder: {@code layer-00.png} … (bottom to top, RGBA, the canvas' size),
 * {@code layers.tif} (the ImageJ hyperstack), {@code recomposed.png}, the layers for other programs that were asked for
 * ({@code layers.psd} …), and {@code layers.json} (the run record and a list of these files).
 * <p>
 * The folder may exist; then files of these names are replaced, further layers and exports that its {@code layers.json}
 * lists are removed, and all other files are kept, among them exports that were changed since they were written.
 * Everything is first written into a hidden folder on the same disk and moved when complete, so an error, a full disk
 * or Ctrl-C leaves the old state. Open it before a long job, to find out in time if the place cannot be written to.
 */
public final class LayerFolder implements AutoCloseable {

	/**
	 * What was written.
	 *
	 * @param exports files for other programs
	 * @param notes sentences for the user
	 */
	public record Result(List<Path> exports, List<String> notes) {

		public Result {
			exports = List.copyOf(exports);
			notes = List.copyOf(notes);
		}
	}

	private final Path folder;
	private final Staging staging;

	private LayerFolder(final Path folder, final Staging staging) {
		this.folder = folder;
		this.staging = staging;
	}

	/**
	 * Makes sure that the folder can be written to; throws {@link OutputException} if not. To be closed in any case.
	 *
	 * @param path of a folder that exists or can be made
	 * @return to be closed in any case
	 * @throws OutputException if it cannot be written to
	 */
	public static LayerFolder open(final Path path) {
		return open(path, Staging.SELF);
	}

	/** As another process would. */
	static LayerFolder open(final Path path, final Staging.Self self) {
		final Path folder = path.toAbsolutePath().normalize();
		obstacle(path, folder).ifPresent(message -> {
			throw new OutputException(message);
		});
		// Inside the folder if there is one, else beside it: a move within one disk is a rename.
		final Path place = Files.isDirectory(folder) || folder.getParent() == null ? folder : folder.getParent();
		final List<Path> created = new ArrayList<>();
		for (Path p = place; p != null && !Files.exists(p); p = p.getParent()) created.add(p);
		try {
			return new LayerFolder(folder, Staging.open(place, folder, created, self));
		}
		catch (final IOException e) {
			throw Staging.failureOf(e, "The layers cannot be written to " + path, space(path), permission(path));
		}
	}

	/**
	 * Whether a folder holds a complete result.
	 *
	 * @param folder that may not exist
	 * @return false also while a run writes into it
	 */
	public static boolean isResult(final Path folder) {
		return record(folder).isPresent();
	}

	/**
	 * Whether a folder has the complete result of a run with these inputs. Compares records only, not layers.
	 *
	 * @param folder that may not exist
	 * @param source the picture now
	 * @param model the model now
	 * @param options what is asked for now
	 * @return whether the run need not be repeated
	 * @throws org.layerj.decompose.InvalidOptionException if the model cannot do what the options ask for
	 */
	public static boolean holds(final Path folder, final Source source, final ModelInfo model,
		final DecomposeOptions options)
	{
		final JsonObject wanted = RunJson.options(model.settings(options));
		return record(folder).filter(r -> LayersJson.matches(r, source, model, wanted)).isPresent();
	}

	/** The record, for whoever does not write: that of the old result if a killed process had begun to replace it. */
	private static Optional<JsonObject> record(final Path folder) {
		recover(folder);
		return LayersJson.read(folder.resolve(LayersJson.NAME));
	}

	/**
	 * Undoes incomplete moves of a killed process into a folder. Does nothing if there are none, or if that fails.
	 *
	 * @param folder that may not exist
	 */
	public static void recover(final Path folder) {
		Staging.recover(folder.toAbsolutePath().normalize());
	}

	/**
	 * What makes it impossible to write, as far as can be checked beforehand.
	 *
	 * @param path the folder as the user calls it
	 * @param folder the same, absolute
	 * @return a message, or nothing
	 */
	static Optional<String> obstacle(final Path path, final Path folder) {
		Path there = folder;
		while (there != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) there = there.getParent();
		if (there == null) {
			// On Windows, a drive that is not there.
			final Path root = Optional.ofNullable(folder.getRoot()).orElse(folder);
			return Optional.of(
				"The output folder " + path + " cannot be made because there is no " + root + "; give another folder.");
		}
		if (!Files.isDirectory(there)) {
			final String what = Files.exists(there) ? "a file" : "a link that leads nowhere";
			return Optional.of(there.equals(folder)
				? "The output " + path + " is " + what + ", not a folder; give another name." : "The output folder "
					+ path + " cannot be made because " + there + " is " + what + "; give another name.");
		}
		return there.equals(folder) ? LayersJson.files(List.of(LayersJson.layerFile(0)), List.of())
			.stream()
			.filter(name -> Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
			.findFirst()
			.map(name -> "The output folder " + path + " has a folder " + name
				+ " in it, where a file would be written; give another name.")
			: Optional.empty();
	}

	/**
	 * Writes everything and moves it into place.
	 *
	 * @param decomposition what to write
	 * @param source the picture it was made from
	 * @param tiff writes {@code layers.tif}
	 * @param exports further files
	 * @param progress asked between files, and while exports are written, whether to stop
	 * @return what was written where
	 * @throws OutputException if it cannot be written completely; then the folder is unchanged
	 * @throws org.layerj.common.CancelledException if it is to stop, or the program ends; then the folder is unchanged
	 */
	public Result write(final Decomposition decomposition, final Source source, final TiffWriter tiff,
		final List<Export> exports, final Progress progress)
	{
		final Progress asked = new Stopping(progress, staging);
		try {
			final LayerStack stack = decomposition.layers();
			final PictureOrigin origin = source.origin(decomposition);
			final List<String> layers = new ArrayList<>();
			for (int k = 0; k < stack.size(); k++) {
				asked.check();
				layers.add(LayersJson.layerFile(k));
				final Layer l = stack.get(k);
				try (FileChannel out = staging.create(layers.get(k))) {
					PngFile.write(
						Pixels.toBuffered(l.onCanvas(stack.width(), stack.height()),
							l.samplesOnCanvas(stack.width(), stack.height())),
						PngFile.texts(l, Xmp.of(VisibleProvenance.inside(List.of(l), origin), LayersJson.NAME)),
						source.notes(), out);
				}
			}
			asked.check();
			try (OutputStream out =
				new BufferedOutputStream(Channels.newOutputStream(staging.create(LayersJson.TIFF)), 1 << 16))
			{
				tiff.write(decomposition, source.stem() + "-layers", out);
			}
			TiffNotes.add(staging.file(LayersJson.TIFF),
				Xmp.of(VisibleProvenance.inside(stack.layers(), origin), LayersJson.NAME), source.notes());
			asked.check();
			try (FileChannel out = staging.create(LayersJson.RECOMPOSED)) {
				PngFile.write(
					Pixels.toBuffered(Compositor.flatten(stack),
						stack.format().map(f -> SampleCompositor.flatten(stack))),
					PngFile.texts(Xmp.of(VisibleProvenance.declaration(stack, origin), LayersJson.NAME)),
					source.notes(), out);
			}
			final List<Export.Written> written = new ArrayList<>();
			for (final Export export : exports) {
				asked.check();
				written.add(written(export.format(), export.writer().write(staging, asked)));
			}
			asked.check();
			final List<Export.Written> placed = new ArrayList<>();
			final List<String> notes = new ArrayList<>();
			staging.publish(target -> {
				final Set<String> ours = untouched(target, notes);
				placed.clear();
				for (final Export.Written w : written) placed.add(placed(w, target, ours));
				try (FileChannel out = staging.create(LayersJson.NAME)) {
					final ByteBuffer record = ByteBuffer
						.wrap(LayersJson.text(decomposition, source, placed).getBytes(StandardCharsets.UTF_8));
					while (record.hasRemaining()) out.write(record);
				}
				final List<String> names = LayersJson.files(layers, placed);
				final List<String> obsolete = new ArrayList<>(LayersJson.layerFiles(target.resolve(LayersJson.NAME)));
				obsolete.addAll(ours);
				return new Staging.Moves(names, obsolete);
			}, asked::check);
			return new Result(placed.stream().map(w -> folder.resolve(w.file())).toList(), notes);
		}
		catch (IOException | RuntimeException e) {
			throw staging.failure(e, "The layers cannot be written to " + folder, space(folder), permission(folder));
		}
		finally {
			staging.close();
		}
	}

	private Export.Written written(final String format, final String name) throws IOException {
		final Path file = staging.file(name);
		return new Export.Written(format, name, Files.size(file), Hash.of(Files.newInputStream(file)));
	}

	/**
	 * The exports of an earlier run that are as it left them.
	 *
	 * @param notes gets a message about each of the others, and about each file that looks like one, since all of them
	 * stay beside new layers
	 */
	private static Set<String> untouched(final Path target, final List<String> notes) throws IOException {
		final Set<String> same = new HashSet<>();
		final Set<String> unlisted = likeExports(target);
		for (final Export.Written old : LayersJson.exports(target.resolve(LayersJson.NAME))) {
			unlisted.remove(old.file());
			final Path file = target.resolve(old.file());
			if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) continue;
			if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == old.bytes()
				&& Hash.of(Files.newInputStream(file)).equals(old.sha256())) same.add(old.file());
			else notes.add("The file " + file
				+ " has been changed since it was exported and is kept; it belongs to the layers before.");
		}
		for (final String name : unlisted)
			notes.add("The file " + target.resolve(name) + " is kept because no " + LayersJson.NAME
				+ " lists it; it does not belong to the new layers.");
		return same;
	}

	/** Files with names that exports have. */
	private static Set<String> likeExports(final Path target) throws IOException {
		if (!Files.isDirectory(target)) return new TreeSet<>();
		try (Stream<Path> files = Files.list(target)) {
			return files.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS))
				.map(f -> f.getFileName().toString())
				.filter(LayersJson::isLikeExport)
				.collect(Collectors.toCollection(TreeSet::new));
		}
	}

	/** The export under a name that no other file has; only then is it known to be ours. */
	private Export.Written placed(final Export.Written export, final Path target, final Set<String> ours)
		throws IOException
	{
		final int dot = export.file().lastIndexOf('.');
		String name = export.file();
		for (int k = 2; Files.exists(target.resolve(name), LinkOption.NOFOLLOW_LINKS) && !ours.contains(name); k++)
			name = export.file().substring(0, dot) + "-" + k + export.file().substring(dot);
		if (!name.equals(export.file())) staging.rename(export.file(), name);
		return new Export.Written(export.format(), name, export.bytes(), export.sha256());
	}

	/** Removes what was not finished. */
	@Override
	public void close() {
		staging.close();
	}

	private static String space(final Path folder) {
		return "There is not enough space on the disk for the layers in " + folder
			+ "; free some or give another folder.";
	}

	private static String permission(final Path folder) {
		return "The output folder " + folder + " cannot be written to; give another folder.";
	}

	/** Asks somebody else, and the program's end, whether to stop; what else a job tells stays here. */
	private record Stopping(Progress asked, Staging staging) implements Progress {

		@Override
		public void plan(final List<Phase> phases) {}

		@Override
		public void phase(final String name) {}

		@Override
		public void update(final double fraction, final String message) {}

		@Override
		public boolean cancelled() {
			return staging.stopped() || asked.cancelled();
		}
	}
}
