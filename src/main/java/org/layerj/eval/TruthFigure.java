package org.layerj.eval;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.layerj.decompose.DecompositionException;
import org.layerj.io.PictureReader;
import org.layerj.layers.RgbaImage;

/**
 * A picture of which the true layers are known.
 * <p>
 * On disk it is a folder: {@code input.png}; {@code layer-00.png} … from bottom to top, of the input's size, straight
 * alpha; and, if there is something to say, {@code figure.json} with {@code family}, {@code split}, {@code caption}
 * (texts) and {@code layers} (their names). A ground-truth folder holds one such folder for each figure; they are taken
 * in the order of their names.
 *
 * @param name of its folder
 * @param family kind of figure; empty if not known
 * @param split for example {@code heldout} or {@code foreign}; empty if not known
 * @param layers bottom to top, at least one
 */
public record TruthFigure(String name, String family, String split, RgbaImage input, List<RgbaImage> layers) {

	public TruthFigure {
		layers = List.copyOf(layers);
		if (layers.isEmpty()) throw new IllegalArgumentException("The figure " + name + " has no true layers.");
		for (final RgbaImage layer : layers)
			if (layer.width() != input.width() || layer.height() != input.height())
				throw new IllegalArgumentException("The figure " + name + " has an input of " + input.width() + " × "
					+ input.height() + " pixels, but a layer of " + layer.width() + " × " + layer.height() + ".");
	}

	/** Reads one figure. */
	public static TruthFigure read(final Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			final List<RgbaImage> layers = files.filter(f -> f.getFileName().toString().matches("layer-\\d+\\.png"))
				.sorted()
				.map(f -> PictureReader.read(f).image())
				.toList();
			final Path facts = folder.resolve("figure.json");
			final JsonObject json = Files.exists(facts)
				? JsonParser.parseString(Files.readString(facts)).getAsJsonObject() : new JsonObject();
			return new TruthFigure(folder.getFileName().toString(), text(json, "family"), text(json, "split"),
				PictureReader.read(folder.resolve("input.png")).image(), layers);
		}
		catch (final IOException e) {
			throw new DecompositionException("The figure in " + folder + " cannot be read (" + e.getMessage() + ").",
				e);
		}
	}

	/** The figures' folders in a ground-truth folder; throws {@link DecompositionException} if there is none. */
	public static List<Path> folders(final Path truth) {
		if (!Files.isDirectory(truth)) throw new DecompositionException(
			"There is no folder " + truth + "; give one with a sub-folder for each figure.");
		try (Stream<Path> all = Files.list(truth)) {
			final List<Path> folders = all.filter(f -> Files.exists(f.resolve("input.png"))).sorted().toList();
			if (folders.isEmpty())
				throw new DecompositionException("The folder " + truth + " has no sub-folder with an input.png.");
			return folders;
		}
		catch (final IOException e) {
			throw new DecompositionException("The folder " + truth + " cannot be read (" + e.getMessage() + ").", e);
		}
	}

	private static String text(final JsonObject json, final String key) {
		return json.has(key) ? json.get(key).getAsString() : "";
	}
}
