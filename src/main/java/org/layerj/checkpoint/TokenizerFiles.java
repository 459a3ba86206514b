package org.layerj.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code tokenizer/}: a byte-level BPE vocabulary, from {@code tokenizer.json}, or from {@code vocab.json} and
 * {@code merges.txt} where that is missing.
 *
 * @param vocabulary id of each token, whose bytes are written as printable characters
 * @param merges pairs of tokens to join, most frequent first
 * @param added tokens that are split out of the text before anything else, verbatim
 * @param special those of them that decoding leaves out
 */
public record TokenizerFiles(Map<String, Integer> vocabulary, List<Pair> merges, Map<String, Integer> added,
	Set<String> special)
{

	/** Two tokens that are joined into one. */
	public record Pair(String left, String right) {}

	private static final String FOLDER = "tokenizer/";
	/** Ids beyond this are damage, not vocabulary. */
	private static final int MAX_ID = 10_000_000;

	private static final String WHOLE = FOLDER + "tokenizer.json";
	private static final String VOCABULARY = FOLDER + "vocab.json";
	private static final String MERGES = FOLDER + "merges.txt";
	private static final String SETTINGS = FOLDER + "tokenizer_config.json";
	/** Words of Qwen2, as tokenizer.json spells the rule. */
	private static final String WORDS =
		"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
	private static final OtherKeys OTHERS = new OtherKeys().fixed("add_prefix_space", "", "false")
		.fixed("split_special_tokens", "", "false") //
		.fixed("add_bos_token", "", "false")
		.fixed("add_eos_token", "", "false")
		.fixed("tokenizer_class", "", "\"Qwen2Tokenizer\"", "\"Qwen2TokenizerFast\"") //
		.unused("clean_up_tokenization_spaces", "errors", "model_max_length", "chat_template", "padding_side",
			"truncation_side", "processor_class", "extra_special_tokens", "auto_map", "return_token_type_ids",
			"max_length", "stride", "truncation", "padding", "backend", "is_local", "legacy", "local_files_only",
			"special_tokens_map_file", "name_or_path", "use_fast");
	/** Settings that name tokens of special meaning, which are split out of texts verbatim. */
	private static final List<String> NAMED = List.of("bos_token", "eos_token", "pad_token", "unk_token");
	/** Settings of an added token that are not implemented. */
	private static final List<String> FLAGS = List.of("lstrip", "rstrip", "single_word", "normalized");

	public static TokenizerFiles read(final ModelFiles files) {
		return read(files, note -> {});
	}

	/**
	 * Reads {@code tokenizer.json} where it is, as transformers does.
	 *
	 * @param notes receives the keys and files that are not used
	 */
	static TokenizerFiles read(final ModelFiles files, final Consumer<String> notes) {
		if (!files.has(WHOLE) && !(files.has(VOCABULARY) && files.has(MERGES))) throw new ModelException("The model "
			+ files.name() + " lacks tokenizer/vocab.json and tokenizer/merges.txt; the download is incomplete.");
		final Reading r = new Reading(files);
		try {
			if (files.has(WHOLE)) r.whole(notes);
			else r.parts();
			if (files.has(SETTINGS)) r.settings(notes);
			if (files.has(FOLDER + "added_tokens.json")) r.added();
		}
		catch (final NullPointerException | IllegalStateException | UnsupportedOperationException
			| NumberFormatException | ClassCastException | IndexOutOfBoundsException e)
		{
			throw new ModelException(
				"The file " + r.reading + " of model " + files.name() + " is damaged; download it again.", e);
		}
		for (final Map<String, Integer> ids : List.of(r.vocabulary, r.added)) {
			for (final int id : ids.values())
				if (id < 0 || id > MAX_ID) throw new ModelException("The tokenizer of model " + files.name()
					+ " uses the impossible id " + id + "; download it again.");
		}
		return new TokenizerFiles(Map.copyOf(r.vocabulary), List.copyOf(r.merges), Map.copyOf(r.added),
			Set.copyOf(r.special));
	}

	/** What was read so far, and from which file. */
	private static final class Reading {

		private final ModelFiles files;
		private final Map<String, Integer> vocabulary = new HashMap<>();
		private final List<Pair> merges = new ArrayList<>();
		private final Map<String, Integer> added = new HashMap<>();
		private final Set<String> special = new HashSet<>();
		private String reading = "";

		Reading(final ModelFiles files) {
			this.files = files;
		}

		private JsonObject json(final String path) {
			reading = path;
			return Json.object(files, path);
		}

		private void parts() {
			addIds(vocabulary, json(VOCABULARY));
			reading = MERGES;
			for (final String line : new String(files.read(MERGES), StandardCharsets.UTF_8).split("\r?\n")) {
				if (!line.isEmpty() && !line.startsWith("#version")) merges.add(pair(line));
			}
		}

		private void whole(final Consumer<String> notes) {
			final JsonObject root = json(WHOLE);
			final JsonObject model = root.getAsJsonObject("model");
			if (!"BPE".equals(model.get("type").getAsString())) throw new ModelException("The tokenizer of model "
				+ files.name() + " is of the kind " + model.get("type") + ", but only BPE is supported.");
			addIds(vocabulary, model.getAsJsonObject("vocab"));
			for (final JsonElement e : model.getAsJsonArray("merges")) {
				final JsonArray two = e.isJsonArray() ? e.getAsJsonArray() : null;
				merges.add(
					two == null ? pair(e.getAsString()) : new Pair(two.get(0).getAsString(), two.get(1).getAsString()));
			}
			for (final String key : List.of("dropout", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk",
				"byte_fallback", "ignore_merges"))
			{
				if (isSet(model.get(key)))
					throw unsupported("its model has " + key + " " + Json.show(model.get(key).toString()));
			}
			if (isSet(root.get("normalizer"))
				&& !root.get("normalizer").equals(JsonParser.parseString("{\"type\":\"NFC\"}")))
				throw unsupported(
					"its normalizer is " + Json.show(root.get("normalizer").toString()) + " instead of NFC");
			if (isSet(root.get("pre_tokenizer"))) words(root.getAsJsonObject("pre_tokenizer"));
			if (root.has("added_tokens") && !root.get("added_tokens").isJsonNull()) {
				for (final JsonElement e : root.getAsJsonArray("added_tokens"))
					add(e.getAsJsonObject(), e.getAsJsonObject().get("id").getAsInt());
			}
			compare(notes);
		}

		/** The rule by which texts are cut into words has to be Qwen2's. */
		private void words(final JsonObject rule) {
			String pattern = "";
			for (final JsonElement e : rule.has("pretokenizers") ? rule.getAsJsonArray("pretokenizers")
				: single(rule))
			{
				final JsonObject step = e.getAsJsonObject();
				switch (step.get("type").getAsString()) {
					case "Split" -> pattern = step.getAsJsonObject("pattern").get("Regex").getAsString();
					case "ByteLevel" -> {
						if (isSet(step.get("add_prefix_space")))
							throw unsupported("it puts a space in front (add_prefix_space)");
						if (pattern.isEmpty() && (!step.has("use_regex") || step.get("use_regex").getAsBoolean()))
							throw unsupported("it cuts words as GPT-2 does");
					}
					default -> throw unsupported("it cuts words by " + Json.show(step.get("type").getAsString()));
				}
			}
			if (!pattern.isEmpty() && !pattern.equals(WORDS))
				throw unsupported("it cuts words by another rule than Qwen2: " + Json.show(pattern));
		}

		private static JsonArray single(final JsonElement e) {
			final JsonArray list = new JsonArray();
			list.add(e);
			return list;
		}

		/** Says so where the older files hold another vocabulary than the one that was read. */
		private void compare(final Consumer<String> notes) {
			if (!files.has(VOCABULARY) || !files.has(MERGES)) return;
			final Reading older = new Reading(files);
			try {
				older.parts();
			}
			finally {
				reading = older.reading;
			}
			if (!older.vocabulary.equals(vocabulary) || !older.merges.equals(merges))
				notes.accept("The files " + VOCABULARY + " and " + MERGES + " say something else than " + WHOLE
					+ ", which is read, as in transformers.");
		}

		private void settings(final Consumer<String> notes) {
			final JsonObject config = json(SETTINGS);
			if (config.has("added_tokens_decoder")) {
				for (final Map.Entry<String, JsonElement> e : config.getAsJsonObject("added_tokens_decoder")
					.entrySet())
				{
					add(e.getValue().getAsJsonObject(), Integer.parseInt(e.getKey()));
				}
			}
			final ConfigFile c = ConfigFile.read(files, SETTINGS);
			for (final String key : NAMED) if (c.has(key)) named(config.get(key));
			if (c.has("additional_special_tokens"))
				config.getAsJsonArray("additional_special_tokens").forEach(this::named);
			c.has("added_tokens_decoder");
			c.rest(OTHERS, notes);
		}

		/** A token with a name is special, even where it is an ordinary one of the vocabulary. */
		private void named(final JsonElement e) {
			final String token = e.isJsonObject() ? e.getAsJsonObject().get("content").getAsString() : e.getAsString();
			if (!added.containsKey(token) && vocabulary.containsKey(token)) {
				added.put(token, vocabulary.get(token));
				special.add(token);
			}
		}

		private void added() {
			final Map<String, Integer> more = new HashMap<>();
			addIds(more, json(FOLDER + "added_tokens.json"));
			// Which of these are special stands in the other files; a token of which they say nothing is taken for one.
			more.forEach((token, id) -> {
				if (added.putIfAbsent(token, id) == null) special.add(token);
			});
		}

		private void add(final JsonObject token, final int id) {
			final String content = token.get("content").getAsString();
			for (final String flag : FLAGS)
				if (isSet(token.get(flag)))
					throw unsupported("its added token " + Json.show(content) + " has " + flag + " true");
			added.put(content, id);
			if (isSet(token.get("special"))) special.add(content);
		}

		private ModelException unsupported(final String what) {
			return new ModelException("The tokenizer of model " + files.name() + " is not supported, because in "
				+ reading + " " + what + ".");
		}

		/** Whether a value is anything but missing, null, false or empty. */
		private static boolean isSet(final JsonElement e) {
			if (e == null || e.isJsonNull()) return false;
			return !e.isJsonPrimitive() || !(e.getAsJsonPrimitive().isBoolean() && !e.getAsBoolean()
				|| e.getAsJsonPrimitive().isString() && e.getAsString().isEmpty());
		}
	}

	private static void addIds(final Map<String, Integer> ids, final JsonObject json) {
		json.entrySet().forEach(e -> ids.put(e.getKey(), e.getValue().getAsInt()));
	}

	private static Pair pair(final String line) {
		final int space = line.indexOf(' ');
		return new Pair(line.substring(0, space), line.substring(space + 1));
	}
}
