package org.layerj.io;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.ModelInfo;
import org.layerj.decompose.RunJson;
import org.layerj.layers.Layer;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.ProvenanceText;

/** {@code layers.json}: how the layers in a folder came about, and which files they are. */
final class LayersJson {

	static final String NAME = "layers.json";
	static final String TIFF = "layers.tif";
	static final String RECOMPOSED = "recomposed.png";

	private static final String EXPORTS = "exports";
	/** Names that exports have. */
	private static final Pattern EXPORT = Pattern.compile("layers(-[a-z0-9]+)*\\.[a-z]{3,4}");
	/** Those of the formats that there are, which a file may have that no record lists. */
	private static final Pattern LIKE_EXPORT =
		Pattern.compile("layers(-pages)?(-\\d+)?\\.(psd|pptx|ora|svg|tif|zip|pdf)");
	private static final String FORMAT = "decompose-layers ";
	/** Far beyond any of ours; what is larger is somebody else's. */
	private static final long LONGEST = 16 << 20;

	private LayersJson() {}

	/** File name of the layer at a height; 0 is the bottom. */
	static String layerFile(final int index) {
		return String.format(Locale.ROOT, "layer-%02d.png", index);
	}

	/**
	 * All files of a result with these, in the order in which they appear. The record last: a folder with a record is a
	 * complete one.
	 */
	static List<String> files(final List<String> layerFiles, final List<Export.Written> exports) {
		final List<String> files = new ArrayList<>(layerFiles);
		files.addAll(List.of(TIFF, RECOMPOSED));
		exports.forEach(e -> files.add(e.file()));
		files.add(NAME);
		return files;
	}

	/** The record. */
	static String text(final Decomposition decomposition, final Source source, final List<Export.Written> exports) {
		final JsonObject input = new JsonObject();
		input.addProperty("name", source.name());
		input.addProperty("sha256", source.sha256());
		input.addProperty("hashed", source.hashed());
		input.addProperty("width", source.width());
		input.addProperty("height", source.height());
		input.addProperty("origin", source.origin(decomposition).text());
		// Carried, not applied: the samples of all files are the picture's own.
		source.notes().profile().ifPresent(p -> input.addProperty("profile", p.name()));
		source.notes().pixelSize().ifPresent(p -> {
			final JsonArray dpi = new JsonArray();
			dpi.add(p.dpiX());
			dpi.add(p.dpiY());
			input.add("dpi", dpi);
		});

		final JsonArray layers = new JsonArray();
		for (final Layer l : decomposition.layers().layers()) {
			final JsonObject bounds = new JsonObject();
			bounds.addProperty("x", l.bounds().x());
			bounds.addProperty("y", l.bounds().y());
			bounds.addProperty("width", l.bounds().width());
			bounds.addProperty("height", l.bounds().height());
			final JsonObject layer = new JsonObject();
			layer.addProperty("file", layerFile(layers.size()));
			layer.addProperty("id", l.id());
			layer.addProperty("name", l.name());
			layer.add("bounds", bounds);
			layer.addProperty("opacity", l.opacity());
			layer.addProperty("visible", l.visible());
			if (l.locked()) layer.addProperty("locked", true);
			l.parent().ifPresent(p -> layer.addProperty("parent", p));
			layer.addProperty("syntheticFraction", l.syntheticFraction());
			layer.addProperty("provenance", VisibleProvenance.inside(List.of(l), PictureOrigin.NONE).table());
			layers.add(layer);
		}

		final JsonObject all = new JsonObject();
		all.addProperty("format", FORMAT + "1");
		// The version of the records in the layers' files.
		all.addProperty("provenance", ProvenanceText.VERSION);
		all.add("input", input);
		RunJson.of(decomposition.run()).entrySet().forEach(e -> all.add(e.getKey(), e.getValue()));
		// What the layers hold beyond 8-bit colours, if anything.
		decomposition.layers().format().ifPresent(f -> {
			final JsonObject samples = new JsonObject();
			samples.addProperty("bits", f.type().bits());
			samples.addProperty("channels", f.channels().size());
			all.add("samples", samples);
		});
		all.add("layers", layers);
		decomposition.elementsRecord().ifPresent(e -> all.add("elements", JsonParser.parseString(e)));
		if (!exports.isEmpty()) all.add(EXPORTS, exports(exports));
		return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + "\n";
	}

	private static JsonArray exports(final List<Export.Written> exports) {
		final JsonArray list = new JsonArray();
		for (final Export.Written e : exports) {
			final JsonObject export = new JsonObject();
			export.addProperty("format", e.format());
			export.addProperty("file", e.file());
			export.addProperty("bytes", e.bytes());
			export.addProperty("sha256", e.sha256());
			list.add(export);
		}
		return list;
	}

	/**
	 * The layer files that a record of ours lists; none if there is no such record, or if it is not one of ours. Only
	 * plain names of the kind we give: whoever deletes these files deletes nothing else, whatever the record says.
	 */
	static List<String> layerFiles(final Path record) {
		final List<String> files = new ArrayList<>();
		try {
			for (final JsonElement layer : read(record).map(r -> r.getAsJsonArray("layers"))
				.orElseGet(JsonArray::new))
			{
				final String file = layer.getAsJsonObject().get("file").getAsString();
				if (file.matches("layer-\\d{2,}\\.png")) files.add(file);
			}
			return files;
		}
		catch (final RuntimeException e) {
			// Not ours, or damaged: Gson throws half a dozen kinds of exceptions at surprises.
			return List.of();
		}
	}

	/** The exports that a record of ours lists; plain names only, see {@link #layerFiles}. */
	static List<Export.Written> exports(final Path record) {
		final List<Export.Written> exports = new ArrayList<>();
		try {
			for (final JsonElement e : read(record).map(r -> r.getAsJsonArray(EXPORTS)).orElseGet(JsonArray::new)) {
				final JsonObject export = e.getAsJsonObject();
				final String file = export.get("file").getAsString();
				if (EXPORT.matcher(file).matches() && !file.equals(NAME) && !file.equals(TIFF))
					exports.add(new Export.Written(export.get("format").getAsString(), file,
						export.get("bytes").getAsLong(), export.get("sha256").getAsString()));
			}
			return exports;
		}
		catch (final RuntimeException e) {
			return List.of();
		}
	}

	/** Whether a file has a name that our exports have, whoever wrote it. */
	static boolean isLikeExport(final String file) {
		return LIKE_EXPORT.matcher(file).matches() && !file.equals(TIFF);
	}

	/** All files that a record lists, itself last. */
	static List<String> listed(final Path record) {
		return files(layerFiles(record), exports(record));
	}

	/** A record of ours. */
	static Optional<JsonObject> read(final Path record) {
		try {
			if (!Files.isRegularFile(record) || Files.size(record) > LONGEST) return Optional.empty();
			final JsonObject all = JsonParser.parseString(Files.readString(record)).getAsJsonObject();
			return Optional.of(all).filter(a -> a.get("format").getAsString().startsWith(FORMAT));
		}
		catch (IOException | RuntimeException e) {
			return Optional.empty();
		}
	}

	/**
	 * Whether a record is that of such a run: of the same picture, model and options, whatever number of layers was
	 * found.
	 */
	static boolean matches(final JsonObject record, final Source source, final ModelInfo model,
		final JsonObject options)
	{
		try {
			final JsonObject input = record.getAsJsonObject("input");
			final JsonObject by = record.getAsJsonObject("model");
			return input.get("sha256").getAsString().equals(source.sha256())
				&& input.get("hashed").getAsString().equals(source.hashed())
				&& by.get("hash").getAsString().equals(model.hash())
				&& by.get("name").getAsString().equals(model.name())
				&& by.get("folder").getAsString().equals(model.folder())
				&& record.get("options").toString().equals(options.toString());
		}
		catch (final RuntimeException e) {
			// As above.
			return false;
		}
	}
}
