package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.GenerationConfig;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.ProcessorConfig;
import org.layerj.checkpoint.TextConfig;
import org.layerj.checkpoint.TokenizerFiles;
import org.layerj.checkpoint.VisionConfig;
import org.layerj.model.PromptTemplate.Form;
import org.layerj.model.PromptTemplate.Language;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

class CaptionerTest {

	private static final String FIXTURE = "10-captioner";
	private final Fixtures fixture = Fixtures.open(FIXTURE);
	private final ModelFiles files = Fixtures.open("08-language-model").files();
	private final Fixtures pipeline = Fixtures.open("14-pipeline");

	@Test
	void positionsAreTheReferences() {
		final long[][] positions = Captioner.positions(ids("input_ids"), 311, 5, 7);
		final long[] expected = fixture.longs("position_ids");
		for (int axis = 0; axis < 3; axis++)
			assertArrayEquals(Arrays.copyOfRange(expected, axis * 50, axis * 50 + 50), positions[axis]);
		Parity.exact(FIXTURE, "positions", expected.length);
		assertThrows(IllegalArgumentException.class, () -> Captioner.positions(ids("input_ids"), 311, 8, 7));
	}

	@Test
	void theRequestIsReadAsByTheReference() {
		try (Models models = new Models(); Scope scope = Torch.scope()) {
			final int[] ids = ids("input_ids");
			final int[] places = IntStream.range(0, ids.length).filter(i -> ids[i] == 311).toArray();
			final Tensor x = models.text.put(scope, models.text.embed(scope, ids), features(scope, models), places);
			final Tensor hidden =
				models.text.read(scope, x, Captioner.positions(ids, 311, 5, 7), models.text.cache(scope, 50), () -> {});
			Parity.check(FIXTURE, "hidden states of request and picture", hidden.toFloats(),
				fixture.floats("prefill.last_hidden_state"));
			Parity.check(FIXTURE, "first logits", models.text.logits(scope, hidden).toFloats(),
				fixture.floats("prefill.logits"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "generated, 1.05, 301", "sampled, 1.05, 301", "unpenalised, 1, 301", "stopped, 1.05, 152" })
	void tokensAreTheReferences(final String name, final double penalty, final int end) {
		try (Models models = new Models(); Scope scope = Torch.scope()) {
			final Captioner captioner =
				models.captioner(new GenerationConfig(new int[] { 300, end }, penalty), fixture11());
			final List<float[]> scores = new ArrayList<>();
			final List<Integer> progress = new ArrayList<>();
			final int[] written = captioner.write(ids("input_ids"), features(scope, models), 5, 7, 12, progress::add,
				s -> scores.add(s.toFloats()), () -> {});
			final int[] expected = ids(name);
			assertArrayEquals(end == 152 ? Arrays.copyOf(expected, expected.length - 1) : expected, written);
			for (int i = 0; i < progress.size(); i++) assertEquals(i + 1, progress.get(i));
			assertEquals(written.length, progress.size());
			Parity.exact(FIXTURE, name, written.length);
			if (name.equals("generated")) {
				final float[] all = fixture.floats("step_logits");
				for (int i = 0; i < scores.size(); i++)
					Parity.check(FIXTURE, "logits of every step", scores.get(i),
						Arrays.copyOfRange(all, i * 320, (i + 1) * 320));
			}
		}
	}

	/** The whole way from pixels to words, with a model folder of the released layout. */
	@ParameterizedTest
	@CsvSource({ "caption-en, EN", "caption-zh, ZH" })
	void captionsAreThePipelines(final String run, final Language language) {
		final JsonObject about = JsonParser.parseString(pipeline.text("expect.json"))
			.getAsJsonObject()
			.getAsJsonObject("runs")
			.getAsJsonObject(run);
		final byte[][] rgba = ImageProcessorTest.planes(pipeline, "resized.opaque");
		try (PromptEncoder encoder = PromptEncoder.open(pipeline.files("model"), 64, Device.CPU, DType.F32, Keep.all());
			Scope scope = Torch.scope())
		{
			final Captioner captioner = encoder.captioner().orElseThrow();
			final int limit = about.get("max_new_tokens").getAsInt();
			final String caption = captioner.caption(rgba, about.get("width").getAsInt(),
				about.get("height").getAsInt(), language, Form.PIPELINE, limit, n -> {}, () -> {});
			assertEquals(about.get("caption").getAsString(), caption);
			Parity.exact("14-pipeline", run + ", characters", caption.length());
			final long[] grid = pipeline.longs(run + ".image_grid_thw");
			final int[] request = captioner.request(PromptTemplate.captionRequest(language, Form.PIPELINE),
				(int) (grid[1] * grid[2] / 4));
			assertArrayEquals(pipeline.longs(run + ".caption_prompt_ids"),
				Arrays.stream(request).asLongStream().toArray());
			Parity.check("14-pipeline", run + ", embedding of the caption",
				encoder.encode(scope, caption, 512).toFloats(), pipeline.floats(run + ".prompt_embeds"));
		}
	}

	@Test
	void writingCanBeStoppedAtEveryToken() {
		try (Models models = new Models(); Scope scope = Torch.scope()) {
			final Captioner captioner = models.captioner(new GenerationConfig(new int[0], 1), fixture11());
			final Tensor features = features(scope, models);
			assertThrows(CancellationException.class, () -> captioner.write(ids("input_ids"), features, 5, 7, 12, n -> {
				if (n == 3) throw new CancellationException();
			}, s -> {}, () -> {}));
		}
	}

	@Test
	void theCaptionStopsWhereTheModelsSequenceEnds() {
		try (Models models = new Models(); Scope scope = Torch.scope()) {
			final Captioner captioner = models.captioner(new GenerationConfig(new int[0], 1), fixture11());
			final Tensor features = features(scope, models);
			final int[] request = Arrays.copyOf(ids("input_ids"), 2045);
			assertEquals(3, captioner.write(request, features, 5, 7, 12, n -> {}, s -> {}, () -> {}).length);
			assertThrows(ModelException.class,
				() -> captioner.write(Arrays.copyOf(request, 2048), features, 5, 7, 12, n -> {}, s -> {}, () -> {}));
		}
	}

	@Test
	void aTokenizerWithoutThePlaceholderIsRejected() {
		try (Models models = new Models()) {
			final Captioner captioner = models.captioner(new GenerationConfig(new int[0], 1), fixture11());
			assertTrue(assertThrows(ModelException.class, () -> captioner.request("<|image_pad|>", 4)).getMessage()
				.contains("image_token_id"));
		}
	}

	@Test
	void aProcessorForAnotherTowerIsRejected() {
		final ProcessorConfig q = ProcessorConfig.QWEN;
		final ImageProcessor other = new ImageProcessor(new ProcessorConfig(q.minPixels(), q.maxPixels(), 16,
			q.temporalPatch(), q.merge(), q.rescale(), q.mean(), q.std(), q.resample()));
		try (Models models = new Models()) {
			assertThrows(ModelException.class, () -> new Captioner(fixture11(), models.text, models.vision, other,
				new GenerationConfig(new int[0], 1)));
		}
	}

	private Tensor features(final Scope scope, final Models models) {
		final byte[][] planes = ImageProcessorTest.planes(Fixtures.open("09-vision"), "picture");
		return models.vision.features(scope, new ImageProcessor(ProcessorConfig.QWEN).patches(planes, 196, 140),
			() -> {});
	}

	private int[] ids(final String name) {
		return Arrays.stream(fixture.longs(name)).mapToInt(l -> (int) l).toArray();
	}

	private static QwenTokenizer fixture11() {
		return new QwenTokenizer(TokenizerFiles.read(Fixtures.open("11-tokenizer").files()));
	}

	/** Language model and vision tower of fixture 08. */
	private final class Models implements AutoCloseable {

		private final Weights weights = new Weights(Component.open(files, TextConfig.FOLDER), Device.CPU, DType.F32);
		private final QwenText text = new QwenText(TextConfig.read(files), weights, Keep.all());
		private final QwenVision vision = new QwenVision(VisionConfig.read(files), weights, Keep.all());

		Captioner captioner(final GenerationConfig generation, final QwenTokenizer tokenizer) {
			return new Captioner(tokenizer, text, vision, new ImageProcessor(ProcessorConfig.QWEN), generation);
		}

		@Override
		public void close() {
			vision.close();
			text.close();
		}
	}
}
