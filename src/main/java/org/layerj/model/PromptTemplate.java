package org.layerj.model;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The texts around a prompt, and those that ask the language model to describe a picture. They are data:
 * {@code prompts.json}.
 * <p>
 * Each caption request exists twice. The reference pipeline's source has line breaks in the middle of sentences, which
 * it sends to the model; {@link Form#PIPELINE} keeps them for parity, {@link Form#CLEAN} is the same text without them.
 */
public final class PromptTemplate {

	/** Tokens of the template before the prompt: not part of its embedding. */
	public static final int DROPPED_TOKENS = 34;
	/** Tokens of an embedding the reference allows at most. */
	public static final int TOKEN_LIMIT = 1024;
	/** Tokens of an embedding that are kept if no other number is asked for. */
	public static final int DEFAULT_TOKENS = 512;

	/** Language of the request, and with that of the caption. */
	public enum Language {
		EN, ZH
	}

	/** Which text of the request. */
	public enum Form {
		PIPELINE, CLEAN
	}

	private static final String HOLE = "{}";
	private static final JsonObject TEXTS = read();

	private PromptTemplate() {}

	/**
	 * The text whose tokens, after the first {@link #DROPPED_TOKENS}, embed a prompt; the same for negative prompts.
	 */
	public static String around(final String prompt) {
		return TEXTS.get("prompt").getAsString().replace(HOLE, prompt);
	}

	/** The request for a caption, with one {@code <|image_pad|>} in the picture's place. */
	public static String captionRequest(final Language language, final Form form) {
		return TEXTS.getAsJsonObject("captions")
			.getAsJsonObject(language.name().toLowerCase(Locale.ROOT))
			.get(form.name().toLowerCase(Locale.ROOT))
			.getAsString();
	}

	private static JsonObject read() {
		try (InputStream in = PromptTemplate.class.getResourceAsStream("prompts.json")) {
			return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
