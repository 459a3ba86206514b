package org.layerj.io;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.Hint;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.RunJson;

/**
 * An earlier run, read from its {@code layers.json}, to be repeated.
 *
 * @param options by their keys, {@code model} among them
 * @param modelHash of the model that it used
 * @param input the picture's hash
 * @param hashed what was hashed, see {@link Source}
 * @param exports keys of the formats that its layers went out in
 * @param hints layer assignments of the run
 */
public record Repeat(Map<String, String> options, String modelHash, String input, String hashed, List<String> exports,
	List<Hint> hints)
{

	/** No run to repeat. */
	public static final Repeat NONE = new Repeat(Map.of(), "", "", "", List.of(), List.of());

	public Repeat {
		options = Map.copyOf(options);
		exports = List.copyOf(exports);
		hints = List.copyOf(hints);
	}

	/**
	 * Reads a record.
	 *
	 * @param record the file, or the result folder that it is in
	 * @return what the record says
	 * @throws InvalidOptionException if it is no such record
	 */
	public static Repeat of(final Path record) {
		final Path file = Files.isDirectory(record) ? record.resolve(LayersJson.NAME) : record;
		try {
			LayerFolder.recover(file.toAbsolutePath().getParent());
			final JsonObject all = LayersJson.read(file).orElseThrow();
			final JsonObject input = all.getAsJsonObject("input");
			final Map<String, String> options = RunJson.options(all);
			// A page of a PDF is drawn as finely.
			PdfPages.page(input.get("name").getAsString()).ifPresent(p -> options.put("page", String.valueOf(p)));
			if (input.get("name").getAsString().matches("(?i).*\\.pdf(#.*)?") && input.has("dpi"))
				options.put("dpi", input.getAsJsonArray("dpi").get(0).getAsString());
			return new Repeat(options, all.getAsJsonObject("model").get("hash").getAsString(),
				input.get("sha256").getAsString(), input.get("hashed").getAsString(),
				LayersJson.exports(file).stream().map(Export.Written::format).toList(), RunJson.hints(all));
		}
		catch (final RuntimeException e) {
			throw new InvalidOptionException("like",
				"The option like must name the layers.json of an earlier run, which " + record + " is not.");
		}
	}

	/**
	 * An option's value.
	 *
	 * @param key as for {@link org.layerj.decompose.DecomposeOptions#with}
	 * @return as text; empty if the record leaves it open
	 */
	public String option(final String key) {
		return options.getOrDefault(key, "");
	}

	/**
	 * Reasons why the result may differ, as sentences.
	 *
	 * @param source the picture now
	 * @param hash of the model now
	 * @return none, if picture and model are the record's
	 */
	public List<String> differences(final Source source, final String hash) {
		final Optional<String> picture = hashed.equals(source.hashed()) && !input.equals(source.sha256())
			? Optional.of("The picture is not the one that the record was made of.") : Optional.empty();
		final Optional<String> model = !modelHash.isEmpty() && !modelHash.equals(hash)
			? Optional.of("The model is not the one of the record.") : Optional.empty();
		return List.of(picture, model).stream().flatMap(Optional::stream).toList();
	}
}
