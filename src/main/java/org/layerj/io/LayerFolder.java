package org.layerj.io;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.stream.FileImageOutputStream;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.RunJson;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * The result of a decomposition as a folder: {@code layer-00.png} … (bottom to top, RGBA, the canvas' size), {@code layers.tif} (the
 * ImageJ hyperstack), {@code recomposed.png} and {@code layers.json} (how it came about).
 *
 * <p>The folder may exist; then files of these names are replaced and others left alone. Everything is first written into a hidden
 * folder on the same disk and moved when complete, so an error, a full disk or Ctrl-C leaves the old state. Opening it before a long
 * job tells in time if the place cannot be written to.
 */
public final class LayerFolder implements AutoCloseable {

	private static final Pattern OURS = Pattern.compile("layer-\\d{2,}\\.png|layers\\.tif|recomposed\\.png|layers\\.json");

	private final Path folder;
	private final Path temporary;
	private final List<Path> created;
	private final Thread hook = new Thread(this::stop, "remove unfinished layers");
	private volatile boolean stopped;
	private boolean done;

	private LayerFolder(final Path folder, final Path temporary, final List<Path> created) {
		this.folder = folder;
		this.temporary = temporary;
		this.created = created;
		Runtime.getRuntime().addShutdownHook(hook);
	}

	/** Makes sure that the folder can be written to; throws {@link OutputException} if not. To be closed in any case. */
	public static LayerFolder open(final Path path) {
		final Path folder = path.toAbsolutePath().normalize();
		if (Files.exists(folder) && !Files.isDirectory(folder)) throw new OutputException("The output " + path + " is a file, not a folder; give another name.");
		final List<Path> created = new ArrayList<>();
		try {
			// Inside the folder if there is one, else beside it: a move within one disk is a rename.
			final Path place = Files.isDirectory(folder) || folder.getParent() == null ? folder : folder.getParent();
			Path there = place;
			for (; !Files.exists(there); there = there.getParent()) created.add(there);
			if (!Files.isDirectory(there)) throw new OutputException("The output folder " + path + " cannot be made because " + there + " is a file; give another name.");
			Files.createDirectories(place);
			final String unique = Long.toHexString(ProcessHandle.current().pid()) + Long.toHexString(System.nanoTime());
			final Path temporary = Files.createDirectory(place.resolve(".decompose-layers-" + unique));
			return new LayerFolder(folder, temporary, created);
		}
		catch (final IOException e) {
			remove(created);
			throw failure(path, e);
		}
	}

	/**
	 * Writes everything and moves it into place.
	 *
	 * @param decomposition what to write
	 * @param source the picture it was made from
	 * @param tiff writes {@code layers.tif}
	 * @throws OutputException if it cannot be written as a whole; then nothing is changed
	 */
	public synchronized void write(final Decomposition decomposition, final Source source, final TiffWriter tiff) {
		try {
			final LayerStack stack = decomposition.layers();
			final List<String> names = new ArrayList<>();
			for (int k = 0; k < stack.size(); k++) {
				final String name = String.format(Locale.ROOT, "layer-%02d.png", k);
				goOn();
				writePng(onCanvas(stack, stack.get(k)), temporary.resolve(name));
				names.add(name);
			}
			goOn();
			tiff.write(decomposition, source.stem() + "-layers", temporary.resolve("layers.tif"));
			names.add("layers.tif");
			goOn();
			writePng(Compositor.flatten(stack), temporary.resolve("recomposed.png"));
			names.add("recomposed.png");
			Files.writeString(temporary.resolve("layers.json"), json(decomposition, source));
			// Last, so that a folder with a layers.json is a complete one.
			names.add("layers.json");
			goOn();
			publish(names);
		}
		catch (final IOException e) {
			discard();
			throw failure(folder, e);
		}
	}

	/** The folder, absolute. */
	public Path path() {
		return folder;
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

	/** Ctrl-C: waits for the file that is being written, then removes everything. */
	private void stop() {
		stopped = true;
		discard();
	}

	private void goOn() throws IOException {
		if (stopped) throw new IOException("interrupted");
	}

	private void publish(final List<String> names) throws IOException {
		if (!Files.exists(folder)) Files.move(temporary, folder);
		else {
			Files.deleteIfExists(folder.resolve("layers.json"));
			for (final String name : names) Files.move(temporary.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
			removeLeftOvers(names);
			Files.delete(temporary);
		}
		done = true;
	}

	/** Layers of an earlier run that had more of them. */
	private void removeLeftOvers(final List<String> names) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, f -> OURS.matcher(f.getFileName().toString()).matches())) {
			for (final Path file : files) if (!names.contains(file.getFileName().toString())) Files.delete(file);
		}
	}

	private synchronized void discard() {
		if (done) return;
		done = true;
		if (Files.exists(temporary)) try (Stream<Path> files = Files.walk(temporary)) {
			remove(files.sorted(Comparator.reverseOrder()).toList());
		}
		catch (final IOException e) {
			// Nothing to be done about it, and the error that brought us here is the one to tell.
		}
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

	private static RgbaImage onCanvas(final LayerStack stack, final Layer layer) {
		final Bounds b = layer.bounds();
		if (b.equals(Bounds.all(stack.width(), stack.height()))) return layer.pixels();
		final RgbaImage out = RgbaImage.blank(stack.width(), stack.height());
		final int left = Math.max(0, b.x());
		final int right = Math.min(stack.width(), b.right());
		for (int c = 0; c < RgbaImage.PLANES && left < right; c++) for (int y = Math.max(0, b.y()); y < Math.min(stack.height(), b.bottom()); y++) {
			System.arraycopy(layer.pixels().plane(c), (y - b.y()) * b.width() + left - b.x(), out.plane(c), y * stack.width() + left, right - left);
		}
		return out;
	}

	private static void writePng(final RgbaImage image, final Path file) throws IOException {
		// Not ImageIO.write(…, File), which hides why a file cannot be made.
		try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
			if (!ImageIO.write(Pixels.toBuffered(image), "png", out)) throw new IOException("no PNG writer in this Java");
		}
	}

	private static String json(final Decomposition decomposition, final Source source) {
		final JsonObject input = new JsonObject();
		input.addProperty("name", source.name());
		input.addProperty("sha256", source.sha256());
		input.addProperty("hashed", source.hashed());
		input.addProperty("width", source.width());
		input.addProperty("height", source.height());

		final JsonArray layers = new JsonArray();
		int k = 0;
		for (final Layer l : decomposition.layers().layers()) {
			final JsonObject bounds = new JsonObject();
			bounds.addProperty("x", l.bounds().x());
			bounds.addProperty("y", l.bounds().y());
			bounds.addProperty("width", l.bounds().width());
			bounds.addProperty("height", l.bounds().height());
			final JsonObject layer = new JsonObject();
			layer.addProperty("file", String.format(Locale.ROOT, "layer-%02d.png", k++));
			layer.addProperty("id", l.id());
			layer.addProperty("name", l.name());
			layer.add("bounds", bounds);
			layer.addProperty("opacity", l.opacity());
			layer.addProperty("visible", l.visible());
			l.parent().ifPresent(p -> layer.addProperty("parent", p));
			layer.addProperty("syntheticFraction", l.syntheticFraction());
			layers.add(layer);
		}

		final JsonObject all = new JsonObject();
		all.addProperty("format", "decompose-layers 1");
		all.add("input", input);
		RunJson.of(decomposition.run()).entrySet().forEach(e -> all.add(e.getKey(), e.getValue()));
		all.add("layers", layers);
		return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + "\n";
	}

	private static OutputException failure(final Path folder, final IOException e) {
		final StringBuilder all = new StringBuilder();
		for (Throwable t = e; t != null; t = t.getCause()) all.append(t.getMessage()).append(t instanceof AccessDeniedException ? " Permission denied " : " ");
		final String why = all.toString();
		// Java tells a full disk only by the operating system's text: Linux and macOS, Windows, and a user's share used up.
		if (why.contains("No space left") || why.contains("not enough space") || why.contains("quota exceeded")) return new OutputException(
			"There is not enough space on the disk for the layers in " + folder + "; free some or give another folder.", e);
		if (why.contains("Permission denied") || why.contains("not permitted") || why.contains("Read-only")) return new OutputException("The output folder " + folder
			+ " cannot be written to; give another folder.", e);
		return new OutputException("The layers cannot be written to " + folder + " (" + e.getMessage() + ").", e);
	}
}
