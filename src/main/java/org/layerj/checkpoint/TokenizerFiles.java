package org.layerj.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code tokenizer/}: a byte-level BPE vocabulary, from {@code vocab.json} and {@code merges.txt}, or from {@code tokenizer.json}
 * where those are missing.
 *
 * @param vocabulary id of each token, whose bytes are written as printable characters
 * @param merges pairs of tokens to join, most frequent first
 * @param added tokens that are split out of the text before anything else, verbatim
 * @param special those of them that decoding leaves out
 */
public record TokenizerFiles(Map<String, Integer> vocabulary, List<Pair> merges, Map<String, Integer> added, Set<String> special) {

	/** Two tokens that are joined into one. */
	public record Pair(String left, String right) {}

	private static final String FOLDER = "tokenizer/";
	/** Ids beyond this are damage, not vocabulary. */
	private static final int MAX_ID = 10_000_000;

	public static TokenizerFiles read(final ModelFiles files) {
		final Map<String, Integer> vocabulary = new HashMap<>();
		final List<Pair> merges = new ArrayList<>();
		final Map<String, Integer> added = new HashMap<>();
		final Set<String> special = new HashSet<>();
		final String whole = FOLDER + "tokenizer.json";
		final boolean parts = files.has(FOLDER + "vocab.json") && files.has(FOLDER + "merges.txt");
		if (!parts && !files.has(whole)) throw new ModelException("The model " + files.name()
			+ " lacks tokenizer/vocab.json and tokenizer/merges.txt; the download is incomplete.");
		String reading = parts ? FOLDER + "vocab.json" : whole;
		try {
			if (parts) {
				addIds(vocabulary, Json.object(files, reading));
				reading = FOLDER + "merges.txt";
				for (final String line : new String(files.read(reading), StandardCharsets.UTF_8).split("\r?\n")) {
					if (!line.isEmpty() && !line.startsWith("#version")) merges.add(pair(line));
				}
			}
			else {
				final JsonObject model = Json.object(files, reading).getAsJsonObject("model");
				if (!"BPE".equals(model.get("type").getAsString())) throw new ModelException("The tokenizer of model " + files.name()
					+ " is of the kind " + model.get("type") + ", but only BPE is supported.");
				addIds(vocabulary, model.getAsJsonObject("vocab"));
				for (final JsonElement e : model.getAsJsonArray("merges")) {
					final JsonArray two = e.isJsonArray() ? e.getAsJsonArray() : null;
					merges.add(two == null ? pair(e.getAsString()) : new Pair(two.get(0).getAsString(), two.get(1).getAsString()));
				}
			}
			if (files.has(whole)) {
				reading = whole;
				final JsonObject root = Json.object(files, whole);
				if (root.has("added_tokens")) {
					for (final JsonElement e : root.getAsJsonArray("added_tokens")) {
						addToken(added, special, e.getAsJsonObject(), e.getAsJsonObject().get("id").getAsInt());
					}
				}
			}
			if (files.has(FOLDER + "tokenizer_config.json")) {
				reading = FOLDER + "tokenizer_config.json";
				final JsonObject config = Json.object(files, reading);
				if (config.has("added_tokens_decoder")) {
					for (final Map.Entry<String, JsonElement> e : config.getAsJsonObject("added_tokens_decoder").entrySet()) {
						addToken(added, special, e.getValue().getAsJsonObject(), Integer.parseInt(e.getKey()));
					}
				}
			}
			if (files.has(FOLDER + "added_tokens.json")) {
				reading = FOLDER + "added_tokens.json";
				final Map<String, Integer> more = new HashMap<>();
				addIds(more, Json.object(files, reading));
				// Which of these are special stands in the other files; a token of which they say nothing is taken for one.
				more.forEach((token, id) -> {
					if (added.putIfAbsent(token, id) == null) special.add(token);
				});
			}
		}
		catch (final NullPointerException | IllegalStateException | UnsupportedOperationException | NumberFormatException | ClassCastException
			| IndexOutOfBoundsException e)
		{
			throw new ModelException("The file " + reading + " of model " + files.name() + " is damaged; download it again.", e);
		}
		for (final Map<String, Integer> ids : List.of(vocabulary, added)) {
			for (final int id : ids.values()) if (id < 0 || id > MAX_ID) throw new ModelException("The tokenizer of model " + files.name()
				+ " uses the impossible id " + id + "; download it again.");
		}
		return new TokenizerFiles(Map.copyOf(vocabulary), List.copyOf(merges), Map.copyOf(added), Set.copyOf(special));
	}

	private static void addIds(final Map<String, Integer> ids, final JsonObject json) {
		json.entrySet().forEach(e -> ids.put(e.getKey(), e.getValue().getAsInt()));
	}

	private static void addToken(final Map<String, Integer> added, final Set<String> special, final JsonObject token, final int id) {
		final String content = token.get("content").getAsString();
		added.put(content, id);
		if (token.has("special") && token.get("special").getAsBoolean()) special.add(content);
	}

	private static Pair pair(final String line) {
		final int space = line.indexOf(' ');
		return new Pair(line.substring(0, space), line.substring(space + 1));
	}
}
