package org.layerj.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * JSON of strangers: the files of a model folder, the answers of a server, with errors a user understands.
 * <p>
 * Stricter than Gson's own tree reader, which accepts comments, unquoted names, {@code NaN} and repeated keys, and
 * recurses as deep as the file says: a model folder comes from the internet, and what two readers understand
 * differently is not data.
 */
public final class Json {

	/** Nesting in real files stays below 10. */
	private static final int MAX_DEPTH = 64;
	/** Digits of a number; reading a million digits takes minutes. */
	private static final int MAX_NUMBER = 400;
	/** Characters of a stranger's text in a message. */
	private static final int SHOWN = 80;
	/** The largest real file is {@code tokenizer.json} with 11 MB. */
	private static final long MAX_FILE = 64L << 20;

	private Json() {}

	static JsonObject object(final ModelFiles files, final String path) {
		if (!files.has(path)) throw new ModelException("The model " + files.name() + " lacks " + path
			+ "; the download is incomplete or this is another kind of model.");
		if (files.size(path) > MAX_FILE) throw new ModelException("The file " + path + " of model " + files.name()
			+ " has " + files.size(path) + " bytes, too many for a configuration; download it again.");
		try {
			final JsonElement root = read(files.read(path));
			if (!root.isJsonObject()) throw new MalformedJsonException("it is no object");
			return root.getAsJsonObject();
		}
		catch (final IOException | IllegalStateException | NumberFormatException e) {
			throw new ModelException("The file " + path + " of model " + files.name() + " is not valid JSON ("
				+ reason(e) + "); download it again.", e);
		}
	}

	/**
	 * Reads a document.
	 *
	 * @param utf8 of a length that the caller has bounded: the tree takes some tens of times as much memory
	 * @throws IOException if it is not valid, nested too deep, or says something twice; {@link IllegalStateException}
	 * and {@link NumberFormatException} likewise
	 */
	public static JsonElement read(final byte[] utf8) throws IOException {
		try (JsonReader in = reader(utf8)) {
			final JsonElement root = element(in, 0);
			if (in.peek() != JsonToken.END_DOCUMENT) throw new MalformedJsonException("there is more after its end");
			return root;
		}
	}

	/**
	 * A reader of the JSON standard, without Gson's extensions; bytes that are not UTF-8 are an error, not a question
	 * mark.
	 */
	public static JsonReader reader(final byte[] utf8) {
		final JsonReader in = new JsonReader(new InputStreamReader(new ByteArrayInputStream(utf8),
			StandardCharsets.UTF_8.newDecoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)));
		in.setLenient(false);
		return in;
	}

	/** One clause on why a {@link JsonReader} gave up. */
	static String reason(final Exception e) {
		if (e instanceof EOFException) return "it ends too early";
		if (e instanceof CharacterCodingException) return "it is not UTF-8 text";
		final String text = String.valueOf(e.getMessage());
		// Gson's own messages have a second line with a web address.
		final String first = text.lines().findFirst().orElse("unreadable");
		return text.lines().count() > 1 || first.startsWith("Use JsonReader.set") || first.startsWith("Expected ")
			? "its syntax is wrong" : show(first);
	}

	/** Text from a file, made fit for a message: one line, not long, no control characters. */
	static String show(final String text) {
		return show(text, SHOWN);
	}

	/** The same with so many characters at most. */
	public static String show(final String text, final int most) {
		final StringBuilder out = new StringBuilder();
		text.codePoints()
			.limit(most)
			.forEach(c -> out.appendCodePoint(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
				|| Character.getType(c) == Character.LINE_SEPARATOR || Character.getType(c) == Character.SURROGATE
					? '\uFFFD' : c));
		if (text.codePointCount(0, text.length()) > most) out.append('\u2026');
		return out.toString();
	}

	private static JsonElement element(final JsonReader in, final int depth) throws IOException {
		if (depth > MAX_DEPTH) throw new MalformedJsonException("it is nested more than " + MAX_DEPTH + " levels deep");
		switch (in.peek()) {
			case BEGIN_OBJECT:
				final JsonObject object = new JsonObject();
				in.beginObject();
				while (in.hasNext()) {
					final String key = in.nextName();
					if (object.has(key)) throw new MalformedJsonException("the key " + show(key) + " occurs twice");
					object.add(key, element(in, depth + 1));
				}
				in.endObject();
				return object;
			case BEGIN_ARRAY:
				final JsonArray array = new JsonArray();
				in.beginArray();
				while (in.hasNext()) array.add(element(in, depth + 1));
				in.endArray();
				return array;
			case STRING:
				return new JsonPrimitive(in.nextString());
			case NUMBER:
				final String digits = in.nextString();
				if (digits.length() > MAX_NUMBER)
					throw new MalformedJsonException("a number has " + digits.length() + " digits");
				return new JsonPrimitive(new BigDecimal(digits));
			case BOOLEAN:
				return new JsonPrimitive(in.nextBoolean());
			case NULL:
				in.nextNull();
				return JsonNull.INSTANCE;
			default:
				throw new MalformedJsonException("its syntax is wrong");
		}
	}
}
