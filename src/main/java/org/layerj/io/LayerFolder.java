package org.layerj.io;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionCancelledException;
import org.layerj.decompose.ModelInfo;
import org.layerj.decompose.RunJson;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.ValueCompositor;

/**
 * The result of a decomposition as a folder: {@code layer-00.png} … (bottom to top, RGBA, the canvas' size), {@code layers.tif} (the
 * ImageJ hyperstack), {@code recomposed.png} and {@code layers.json} (how it came about).
 *
 * <p>The folder may exist; then files of these names are replaced, further layers that its {@code layers.json} lists are removed, and all
 * else is left alone. Everything is first written into a hidden folder on the same disk and moved when complete, so an error, a
 * full disk or Ctrl-C leaves the old state. Opening it before a long job tells in time if the place cannot be written to.
 */
public final class LayerFolder implements AutoCloseable {

	private final Path folder;
	private final Staging staging;
	private final List<Path> created;
	private final Thread hook = new Thread(this::stop, "remove unfinished layers");
	private volatile boolean stopped;
	private boolean done;

	private LayerFolder(final Path folder, final Staging staging, final List<Path> created) {
		this.folder = folder;
		this.staging = staging;
		this.created = created;
	}

	/** Makes sure that the folder can be written to; throws {@link OutputException} if not. To be closed in any case. */
	public static LayerFolder open(final Path path) {
		final Path folder = path.toAbsolutePath().normalize();
		obstacle(path, folder).ifPresent(sentence -> {
			throw new OutputException(sentence);
		});
		// Inside the folder if there is one, else beside it: a move within one disk is a rename.
		final Path place = Files.isDirectory(folder) || folder.getParent() == null ? folder : folder.getParent();
		final List<Path> created = new ArrayList<>();
		for (Path p = place; p != null && !Files.exists(p); p = p.getParent()) created.add(p);
		try {
			Files.createDirectories(place);
			final LayerFolder opened = new LayerFolder(folder, Staging.open(place, folder), created);
			opened.guard();
			return opened;
		}
		catch (final IOException e) {
			remove(created);
			throw failure(path, e);
		}
	}

	/** Whether a folder holds a complete result. */
	public static boolean isResult(final Path folder) {
		return LayersJson.read(folder.resolve(LayersJson.NAME)).isPresent();
	}

	/**
	 * Whether a folder holds the complete result of just such a run. The layers themselves are not looked at.
	 *
	 * @throws org.layerj.decompose.InvalidOptionException if the model cannot do what the options ask for
	 */
	public static boolean holds(final Path folder, final Source source, final ModelInfo model,
		final DecomposeOptions options) {
		final JsonObject wanted = RunJson.options(model.settings(options));
		return LayersJson.read(folder.resolve(LayersJson.NAME)).filter(r ->
			LayersJson.matches(r, source, model, wanted)).isPresent();
	}

	/**
	 * What makes it impossible to write, as far as can be told by looking.
	 *
	 * @param path the folder as the user calls it
	 * @param folder the same, absolute
	 * @return a sentence, or nothing
	 */
	static Optional<String> obstacle(final Path path, final Path folder) {
		Path there = folder;
		while (there != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) there = there.getParent();
		if (there == null) {
			// On Windows, a drive that is not there.
			final Path root = Optional.ofNullable(folder.getRoot()).orElse(folder);
			return Optional.of("The output folder " + path + " cannot be made because there is no " + root + "; give another folder.");
		}
		if (!Files.isDirectory(there)) {
			final String what = Files.exists(there) ? "a file" : "a link that leads nowhere";
			return Optional.of(there.equals(folder) ? "The output " + path + " is " + what + ", not a folder; give another name." : "The output folder " + path
				+ " cannot be made because " + there + " is " + what + "; give another name.");
		}
		return there.equals(folder) ? LayersJson.files(List.of(LayersJson.layerFile(0))).stream().filter(name -> Files.isDirectory(folder.resolve(name),
			LinkOption.NOFOLLOW_LINKS)).findFirst().map(name -> "The output folder " + path + " has a folder " + name
				+ " in it, where a file would be written; give another name.") : Optional.empty();
	}

	/**
	 * Writes everything and moves it into place.
	 *
	 * @param decomposition what to write
	 * @param source the picture it was made from
	 * @param tiff writes {@code layers.tif}
	 * @throws OutputException if it cannot be written as a whole; then the folder is as it was
	 */
	public synchronized void write(final Decomposition decomposition, final Source source, final TiffWriter tiff) {
		try {
			final LayerStack stack = decomposition.layers();
			final List<String> layers = new ArrayList<>();
			for (int k = 0; k < stack.size(); k++) {
				goOn();
				layers.add(LayersJson.layerFile(k));
				final Layer l = stack.get(k);
				PngFile.write(Pixels.toBuffered(l.onCanvas(stack.width(), stack.height()), l.valuesOnCanvas(stack.width(), stack.height())), Optional.of(Provenance.ofLayer(
					decomposition, source, l).xmp()), source.notes(), staging.file(layers.get(k)));
			}
			goOn();
			tiff.write(decomposition, source.stem() + "-layers", staging.file(LayersJson.TIFF));
			TiffNotes.add(staging.file(LayersJson.TIFF), Provenance.ofLayers(decomposition, source).xmp(), source.notes());
			goOn();
			PngFile.write(Pixels.toBuffered(Compositor.flatten(stack), stack.format().map(f -> ValueCompositor.flatten(stack))), Optional.of(Provenance.ofComposite(
				decomposition, source).xmp()), source.notes(), staging.file(LayersJson.RECOMPOSED));
			Files.writeString(staging.file(LayersJson.NAME), LayersJson.text(decomposition, source));
			goOn();
			staging.publish(LayersJson.files(layers), LayersJson.layerFiles(folder.resolve(LayersJson.NAME)));
			done = true;
			staging.close();
		}
		catch (final IOException e) {
			throw failure(folder, e);
		}
		finally {
			discard();
		}
	}

	/** Removes what was not finished. */
	@Override
	public void close() {
		discard();
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (final IllegalStateException e) {
			// The JVM is going down; the hook does the same thing.
		}
	}

	private void guard() {
		try {
			Runtime.getRuntime().addShutdownHook(hook);
		}
		catch (final IllegalStateException e) {
			// Too late for a hook: Java is going down already.
			discard();
			throw new DecompositionCancelledException();
		}
	}

	/** Ctrl-C: waits for the file that is being written, then removes everything. */
	private void stop() {
		stopped = true;
		discard();
	}

	private void goOn() throws IOException {
		if (stopped) throw new IOException("interrupted");
	}

	private synchronized void discard() {
		if (done) return;
		done = true;
		staging.close();
		remove(created);
	}

	private static void remove(final List<Path> paths) {
		for (final Path p : paths) {
			try {
				Files.deleteIfExists(p);
			}
			catch (final IOException e) {
				// A folder that others have put something into meanwhile stays.
			}
		}
	}

	private static OutputException failure(final Path folder, final IOException e) {
		final StringBuilder all = new StringBuilder();
		for (Throwable t = e; t != null; t = t.getCause()) all.append(t.getMessage()).append(t instanceof AccessDeniedException ? " Permission denied " : " ");
		final String why = all.toString();
		// Java tells a full disk only by the operating system's text: Linux and macOS, Windows, and a user's share used up.
		if (why.contains("No space left") || why.contains("not enough space") || why.contains("quota exceeded")) return new OutputException(
			"There is not enough space on the disk for the layers in " + folder + "; free some or give another folder.", e);
		if (why.contains("Permission denied") || why.contains("not permitted") || why.contains("Read-only")) return new OutputException(
			"The output folder " + folder + " cannot be written to; give another folder.", e);
		return new OutputException("The layers cannot be written to " + folder + " (" + Reason.of(e) + ").", e);
	}
}
