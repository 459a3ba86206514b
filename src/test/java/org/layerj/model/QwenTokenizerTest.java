package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TokenizerFiles;

class QwenTokenizerTest {

	private static final String FIXTURE = "11-tokenizer";
	private final Fixtures fixture = Fixtures.open(FIXTURE);
	private final JsonObject expected = JsonParser.parseString(fixture.text("expect.json")).getAsJsonObject();
	private final QwenTokenizer tokenizer = new QwenTokenizer(TokenizerFiles.read(fixture.files()));

	@TempDir
	private Path folder;

	/** Which of the folder's files are there: the released set, or only the newer single file. */
	enum Source {

		ALL("vocab.json", "merges.txt", "added_tokens.json", "special_tokens_map.json", "tokenizer_config.json",
			"tokenizer.json"), PARTS("vocab.json", "merges.txt", "added_tokens.json", "special_tokens_map.json",
				"tokenizer_config.json"), SINGLE("tokenizer.json");

		private final List<String> files;

		Source(final String... files) {
			this.files = List.of(files);
		}
	}

	@ParameterizedTest
	@EnumSource
	void textsBecomeTheReferencesIds(final Source source) throws IOException {
		final Path target = Files.createDirectories(folder.resolve("tokenizer"));
		for (final String file : source.files)
			Files.copy(fixture.folder().resolve("tokenizer").resolve(file), target.resolve(file));
		final QwenTokenizer t = new QwenTokenizer(TokenizerFiles.read(ModelFiles.folder(folder)));
		int count = 0;
		for (final JsonElement e : expected.getAsJsonArray("texts")) {
			final JsonObject text = e.getAsJsonObject();
			final String name = text.get("name").getAsString();
			final int[] ids = ints(text.getAsJsonArray("ids"));
			assertArrayEquals(ids, t.encode(text.get("text").getAsString()), name);
			assertEquals(text.get("decoded").getAsString(), t.decode(ids, false), name);
			assertEquals(text.get("decoded_without_specials").getAsString(), t.decode(ids, true), name);
			count += ids.length;
		}
		Parity.exact(FIXTURE, "ids of texts, " + source, count);
	}

	/** The older files of another vocabulary beside it count for nothing, as in transformers. */
	@Test
	void theSingleFileIsReadBeforeTheOlderOnes() throws IOException {
		final Path target = Files.createDirectories(folder.resolve("tokenizer"));
		for (final String file : Source.ALL.files)
			Files.copy(fixture.folder().resolve("tokenizer").resolve(file), target.resolve(file));
		Files.writeString(target.resolve("vocab.json"), "{\"a\": 0, \"b\": 1}");
		Files.writeString(target.resolve("merges.txt"), "#version: 0.2\n");
		final QwenTokenizer t = new QwenTokenizer(TokenizerFiles.read(ModelFiles.folder(folder)));
		for (final JsonElement e : expected.getAsJsonArray("texts"))
			assertArrayEquals(ints(e.getAsJsonObject().getAsJsonArray("ids")),
				t.encode(e.getAsJsonObject().get("text").getAsString()));
	}

	@Test
	void idsThatAreNoTextAreDecodedAsByTheReference() {
		for (final JsonElement e : expected.getAsJsonArray("decodes")) {
			final JsonObject ids = e.getAsJsonObject();
			assertEquals(ids.get("decoded").getAsString(), tokenizer.decode(ints(ids.getAsJsonArray("ids")), false),
				ids.get("name").getAsString());
			assertEquals(ids.get("decoded_without_specials").getAsString(),
				tokenizer.decode(ints(ids.getAsJsonArray("ids")), true), ids.get("name").getAsString());
		}
	}

	@Test
	void thePromptTemplateHasThirtyFourTokensBeforeThePrompt() {
		assertEquals(expected.get("template").getAsString(), PromptTemplate.around("{}"));
		assertEquals(PromptTemplate.DROPPED_TOKENS,
			tokenizer.encode(expected.get("template").getAsString().split("\\{}")[0]).length);
		for (final JsonElement e : expected.getAsJsonArray("prompts")) {
			final String prompt = e.getAsJsonObject().get("prompt").getAsString();
			final int[] ids = ints(e.getAsJsonObject().getAsJsonArray("ids"));
			assertArrayEquals(ids, tokenizer.encode(PromptTemplate.around(prompt)), prompt);
			assertArrayEquals(Arrays.copyOf(ids, 40),
				Arrays.copyOf(tokenizer.encode(PromptTemplate.around(prompt), 40), 40));
		}
	}

	@Test
	void captionRequestsAreThePipelines() {
		for (final JsonElement e : expected.getAsJsonArray("captions")) {
			final JsonObject caption = e.getAsJsonObject();
			final PromptTemplate.Language language = caption.get("language").getAsString().equals("en")
				? PromptTemplate.Language.EN : PromptTemplate.Language.ZH;
			final String request = PromptTemplate.captionRequest(language, PromptTemplate.Form.PIPELINE);
			assertEquals(caption.get("text").getAsString(), request);
			final String expanded =
				request.replace("<|image_pad|>", "<|image_pad|>".repeat(caption.get("image_pads").getAsInt()));
			assertArrayEquals(ints(caption.getAsJsonArray("ids")), tokenizer.encode(expanded));
		}
	}

	@Test
	void cleanCaptionRequestsHaveNoLineBreaksInSentences() {
		for (final PromptTemplate.Language language : PromptTemplate.Language.values()) {
			final String pipeline = PromptTemplate.captionRequest(language, PromptTemplate.Form.PIPELINE);
			final String clean = PromptTemplate.captionRequest(language, PromptTemplate.Form.CLEAN);
			assertTrue(clean.lines().count() < pipeline.lines().count());
			assertEquals(pipeline.replaceAll("\\s", ""), clean.replaceAll("\\s", ""));
		}
	}

	@Test
	void addedTokensAreKnownByName() {
		assertEquals(OptionalInt.of(expected.getAsJsonObject("added").get("<|image_pad|>").getAsInt()),
			tokenizer.added("<|image_pad|>"));
		assertEquals(OptionalInt.empty(), tokenizer.added("<|no such token|>"));
		assertEquals(expected.get("vocabulary").getAsInt(), tokenizer.size());
	}

	@Test
	void halfSurrogatePairsBecomeReplacementCharacters() {
		assertArrayEquals(tokenizer.encode("a\uFFFDb\uFFFD\uFFFD"), tokenizer.encode("a\uD800b\uDC00\uD83D"));
		assertEquals("a\uFFFDb", tokenizer.decode(tokenizer.encode("a\uDFFFb"), false));
	}

	@Test
	void everyTextSurvivesTheWayThereAndBack() {
		final Random random = new Random(5);
		for (int round = 0; round < 200; round++) {
			final StringBuilder text = new StringBuilder();
			for (int i = random.nextInt(60); i > 0; i--) {
				final int kind = random.nextInt(4);
				text.appendCodePoint(kind == 0 ? random.nextInt(128)
					: kind == 1 ? 0x4E00 + random.nextInt(0x5000) : kind == 2 ? 0x1F600 + random.nextInt(80) : ' ');
			}
			assertEquals(text.toString(), tokenizer.decode(tokenizer.encode(text.toString()), false));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", " ", "\n", " \n", "\u0301\u0323", "\uD834\uDD65\uD834\uDD6D", "\uD800", "!", "7",
		"<|im_end", "<|im_end|>", "'s", "\uD83D\uDE00", "ab", "\u4E00", "\u0000", "a\u0301" })
	void timeDoesNotGrowWithTheSquareOfTheLength(final String part) {
		// No measurement: what grows with the square of this length takes hours.
		final String text = part.repeat(500_000 / part.length());
		final int[] ids = assertTimeout(Duration.ofMinutes(2), () -> tokenizer.encode(text));
		assertTrue(ids.length > 0);
		assertTimeout(Duration.ofMinutes(2), () -> tokenizer.encode(text, 1000));
	}

	@Test
	void brokenVocabulariesAreRejected() {
		final TokenizerFiles none = new TokenizerFiles(Map.of(), List.of(), Map.of(), Set.of());
		assertThrows(ModelException.class, () -> new QwenTokenizer(none));
		final TokenizerFiles whole = TokenizerFiles.read(fixture.files());
		final TokenizerFiles dangling =
			new TokenizerFiles(whole.vocabulary(), List.of(new TokenizerFiles.Pair("zz", "zz")), Map.of(), Set.of());
		assertThrows(ModelException.class, () -> new QwenTokenizer(dangling));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\": \"x\"}", "[1]", "{\"a\": -1}", "{\"a\": 2000000000}", "{" })
	void brokenFilesAreNamed(final String vocabulary) throws IOException {
		Files.createDirectories(folder.resolve("tokenizer"));
		Files.writeString(folder.resolve("tokenizer/vocab.json"), vocabulary);
		Files.writeString(folder.resolve("tokenizer/merges.txt"), "#version: 0.2\n");
		assertThrows(ModelException.class, () -> TokenizerFiles.read(ModelFiles.folder(folder)));
	}

	@Test
	void aMissingTokenizerIsNamed() {
		assertTrue(assertThrows(ModelException.class, () -> TokenizerFiles.read(ModelFiles.folder(folder))).getMessage()
			.contains("tokenizer/vocab.json"));
	}

	private static int[] ints(final JsonArray array) {
		final int[] out = new int[array.size()];
		for (int i = 0; i < out.length; i++) out[i] = array.get(i).getAsInt();
		return out;
	}
}
