package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ExpectedTensors;
import org.layerj.checkpoint.Machine;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.checkpoint.VaeConfig;
import org.layerj.checkpoint.Zeros;
import org.layerj.common.CancelledException;
import org.layerj.common.Hash;
import org.layerj.common.Progress;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;
import org.layerj.model.Denoiser;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;
import org.layerj.torch.Device;

/**
 * The whole job on a complete tiny model folder with text encoder, as large as the network is small: 64 × 64 pixels.
 */
class ModelDecomposerTest {

	@TempDir
	private Path temp;
	private Path folder;

	@BeforeEach
	void copyModel() throws IOException {
		folder = temp.resolve("model");
		final Path source = Fixtures.open("14-pipeline").folder().resolve("model");
		try (Stream<Path> all = Files.walk(source)) {
			for (final Path p : all.toList()) Files.copy(p, folder.resolve(source.relativize(p).toString()));
		}
		Files.writeString(folder.resolve("decompose.json"),
			"{\"name\": \"tiny\", \"resolution\": 64, \"resolutions\": [64], \"steps\": 2, \"guidance\": 4, \"layers\": 2, \"max_layers\": 20}");
	}

	private Decomposer open() {
		return ModelDecomposer.open(ModelFiles.folder(folder), "cpu");
	}

	private static DecomposeOptions options() {
		return DecomposeOptions.defaults().withPrompt("A red circle.");
	}

	private static RgbaImage picture(final int width, final int height) {
		final Random random = new Random(3);
		final int[] argb = new int[width * height];
		for (int i = 0; i < argb.length; i++) argb[i] = 0xff000000 | random.nextInt(0x1000000);
		return RgbaImage.ofArgb(width, height, argb);
	}

	@ParameterizedTest
	@CsvSource({ "100, 60", "33, 47", "1, 1", "300, 20" })
	void layersHaveThePicturesOwnSize(final int width, final int height) {
		try (Decomposer d = open()) {
			final Decomposition result = d.decompose(picture(width, height), options(), Progress.none());
			assertEquals(width, result.layers().width());
			assertEquals(height, result.layers().height());
			assertEquals(2, result.layers().size());
			for (final Layer layer : result.layers().layers())
				assertEquals(width * height, layer.pixels().plane(0).length);
			assertEquals("tiny", result.run().model());
			assertEquals("A red circle.", result.run().prompt());
			assertEquals(List.of("encode", "prompt", "load", "denoise", "decode", "refine"),
				List.copyOf(result.run().seconds().keySet()));
			assertTrue(result.run().peakMemory() > 50_000_000, "peak memory " + result.run().peakMemory());
		}
	}

	@Test
	void theSameSeedGivesTheSameLayersAndAnotherSeedOthers() {
		try (Decomposer d = open(); Decomposer other = open()) {
			final RgbaImage p = picture(64, 64);
			final List<Layer> first = d.decompose(p, options().withSeed(5), Progress.none()).layers().layers();
			assertEquals(pixels(first),
				pixels(d.decompose(p, options().withSeed(5), Progress.none()).layers().layers()));
			assertEquals(pixels(first),
				pixels(other.decompose(p, options().withSeed(5), Progress.none()).layers().layers()));
			assertNotEquals(pixels(first),
				pixels(d.decompose(p, options().withSeed(6), Progress.none()).layers().layers()));
		}
	}

	private static List<RgbaImage> pixels(final List<Layer> layers) {
		return layers.stream().map(Layer::pixels).toList();
	}

	@Test
	void promptGuidanceAndNegativePromptMatter() {
		try (Decomposer d = open()) {
			final RgbaImage p = picture(64, 64);
			final List<RgbaImage> first = pixels(d.decompose(p, options(), Progress.none()).layers().layers());
			assertNotEquals(first,
				pixels(d.decompose(p, options().withPrompt("Something else."), Progress.none()).layers().layers()));
			assertNotEquals(first,
				pixels(d.decompose(p, options().withGuidance(1), Progress.none()).layers().layers()));
			assertNotEquals(first,
				pixels(d.decompose(p, options().withNegative("blue"), Progress.none()).layers().layers()));
		}
	}

	@Test
	void aBlankPromptIsWrittenByTheModel() {
		try (Decomposer d = open()) {
			final Decomposition result = d.decompose(picture(64, 64), DecomposeOptions.defaults(), Progress.none());
			assertFalse(result.run().prompt().isBlank());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 20 })
	void anyNumberOfLayers(final int layers) {
		try (Decomposer d = open()) {
			assertEquals(layers,
				d.decompose(picture(64, 64), options().withLayers(layers).withSteps(1), Progress.none())
					.layers()
					.size());
		}
	}

	@Test
	void cancellingStopsWithinAStepAndLeavesTheModelUsable() {
		try (Decomposer d = open()) {
			final List<String> messages = new ArrayList<>();
			final Progress cancelling = new Progress() {

				@Override
				public void plan(final List<Phase> phases) {}

				@Override
				public void phase(final String name) {}

				@Override
				public void update(final double fraction, final String message) {
					messages.add(message);
				}

				@Override
				public boolean cancelled() {
					return messages.stream().anyMatch(m -> m.startsWith("step 2"));
				}
			};
			assertThrows(CancelledException.class,
				() -> d.decompose(picture(64, 64), options().withSteps(50), cancelling));
			assertTrue(messages.size() < 12, messages.toString());
			assertEquals(2, d.decompose(picture(64, 64), options(), Progress.none()).layers().size());
		}
	}

	/** Reading on would end the process where a page of the file is gone. */
	@Test
	void weightsThatAreChangedDuringARunEndItByAMessage() throws IOException {
		final Path weights;
		try (Stream<Path> all = Files.list(folder.resolve("transformer"))) {
			weights = all.filter(p -> p.toString().endsWith(".safetensors")).findFirst().orElseThrow();
		}
		for (final int asked : new int[] { 3, 40 }) {
			final AtomicInteger times = new AtomicInteger();
			try (Decomposer d = open()) {
				final String message =
					assertThrows(ModelException.class, () -> d.decompose(picture(40, 30), options(), new Progress()
					{

						@Override
						public boolean cancelled() {
							if (times.incrementAndGet() == asked) try {
								Files.setLastModifiedTime(weights, FileTime.fromMillis(asked));
							}
							catch (final IOException e) {
								throw new UncheckedIOException(e);
							}
							return false;
						}
					})).getMessage();
				assertEquals("The model file " + weights
					+ " has been changed while it was in use; run again when it is complete.", message);
				assertEquals(asked, times.get(), "at once");
			}
		}
	}

	@Test
	void aRefinementCanBeCancelledToo() {
		try (Decomposer d = open()) {
			final AtomicBoolean refining = new AtomicBoolean();
			assertThrows(CancelledException.class, () -> d.decompose(picture(64, 64), options(), new Progress() {

				@Override
				public void plan(final List<Phase> phases) {}

				@Override
				public void phase(final String name) {}

				@Override
				public void update(final double fraction, final String message) {
					// Asked for while pixels are refined, not when the phase begins.
					refining.compareAndSet(false, message.isEmpty() && fraction > 0);
				}

				@Override
				public boolean cancelled() {
					return refining.get();
				}
			}));
		}
	}

	@Test
	void progressRisesToTheEnd() {
		final PhaseClock clock = new PhaseClock();
		final List<Double> done = new ArrayList<>();
		try (Decomposer d = open()) {
			d.decompose(picture(64, 64), options(), new Progress() {

				@Override
				public void plan(final List<Phase> phases) {
					clock.plan(phases);
				}

				@Override
				public void phase(final String name) {
					clock.phase(name);
					done.add(clock.done());
				}

				@Override
				public void update(final double fraction, final String message) {
					clock.update(fraction);
					done.add(clock.done());
				}

				@Override
				public boolean cancelled() {
					return false;
				}
			});
		}
		for (int i = 1; i < done.size(); i++) assertTrue(done.get(i) >= done.get(i - 1) - 1e-9, done.toString());
		assertTrue(done.size() > 10 && done.get(done.size() - 1) > 0.5, done.toString());
	}

	@Test
	void weightsOfAnotherShapeAreRejectedWhenTheModelIsOpened() throws IOException {
		final Path config = folder.resolve("transformer/config.json");
		Files.writeString(config, Files.readString(config).replaceAll("\"num_layers\": \\d+", "\"num_layers\": 3"));
		final ModelException e = assertThrows(ModelException.class, this::open);
		assertTrue(e.getMessage().contains("transformer_blocks.2"), e.getMessage());
	}

	@Test
	void anAutoencoderOfMoreStagesNeedsSidesOfItsOwnMultiples() throws IOException {
		final Path config = folder.resolve("vae/config.json");
		Files.writeString(config,
			Files.readString(config)
				.replaceAll("(?s)\"dim_mult\": \\[.*?\\]", "\"dim_mult\": [1, 2, 2, 2, 2, 2]")
				.replaceAll("(?s)\"temperal_downsample\": \\[.*?\\]",
					"\"temperal_downsample\": [false, false, false, false, false]"));
		Zeros.write(folder.resolve("vae/diffusion_pytorch_model.safetensors"),
			ExpectedTensors.vae(VaeConfig.read(ModelFiles.folder(folder))));
		Files.writeString(folder.resolve("decompose.json"), "{\"resolution\": 96, \"steps\": 1, \"layers\": 1}");
		try (Decomposer d = open()) {
			final Decomposition result = d.decompose(picture(90, 90), options(), Progress.none());
			assertEquals(64, result.run().workingWidth());
			assertEquals(90, result.layers().width());
			assertThrows(DecompositionException.class, () -> d.decompose(picture(200, 40), options(), Progress.none()));
		}
	}

	@Test
	void guidanceIsRescaledUnlessAskedNotTo() {
		try (Decomposer d = open()) {
			final RgbaImage p = picture(64, 64);
			final DecomposeOptions raw = options().withRaw(true);
			final Decomposition rescaled = d.decompose(p, raw, Progress.none());
			assertTrue(rescaled.run().settings().rescale());
			assertEquals(pixels(rescaled.layers().layers()),
				pixels(d.decompose(p, raw.with("rescale", "true"), Progress.none()).layers().layers()));
			assertNotEquals(pixels(rescaled.layers().layers()),
				pixels(d.decompose(p, raw.with("rescale", "false"), Progress.none()).layers().layers()));
		}
	}

	@Test
	void aLoraChangesTheLayersAndIsInTheRecord() throws IOException {
		final Path lora = temp.resolve("style:1.safetensors");
		lora(lora);
		final RgbaImage p = picture(64, 64);
		final ModelName plain = ModelName.of(folder);
		try (Decomposer without = Decomposers.open(plain, "cpu");
			Decomposer with = Decomposers.open(plain.withLora(lora + ":0.5"), "cpu");
			Decomposer none = Decomposers.open(plain.withLora(lora + ":0"), "cpu"))
		{
			final Decomposition before = without.decompose(p, options().withRaw(true), Progress.none());
			final Decomposition after = with.decompose(p, options().withRaw(true), Progress.none());
			assertNotEquals(pixels(before.layers().layers()), pixels(after.layers().layers()));
			assertNotEquals(without.model().hash(), with.model().hash());
			assertNotEquals(none.model().hash(), with.model().hash());
			final JsonObject record = RunJson.of(after.run());
			final JsonObject named = record.getAsJsonObject("model").getAsJsonArray("lora").get(0).getAsJsonObject();
			assertEquals(lora.toString(), named.get("file").getAsString());
			assertEquals(0.5, named.get("weight").getAsDouble());
			assertEquals(Hash.of(Files.newInputStream(lora)), named.get("sha256").getAsString());
			assertEquals(lora + ":0.5", RunJson.options(record).get("lora"), "and is repeated");
			assertTrue(RunJson.of(before.run()).getAsJsonObject("model").get("lora") == null);
		}
		for (final String other : List.of("built-in", "http://127.0.0.1:9"))
			assertTrue(assertThrows(InvalidOptionException.class,
				() -> Decomposers.open(ModelName.of(other).withLora(lora.toString()), "auto")).getMessage()
				.contains("The option lora is for diffusion models"), other);
	}

	/** A LoRA of rank 1 for one matrix, of ones. */
	private void lora(final Path file) throws IOException {
		final Component transformer = Component.open(ModelFiles.folder(folder), "transformer");
		final long[] w = transformer.info("transformer_blocks.0.img_mlp.net.2.weight").shape();
		final String key = "\"diffusion_model.transformer_blocks.0.img_mlp.net.2.lora_";
		final byte[] header = ("{" + key + "A.weight\":{\"dtype\":\"F32\",\"shape\":[1," + w[1]
			+ "],\"data_offsets\":[0," + 4 * w[1] + "]}," + key + "B.weight\":{\"dtype\":\"F32\",\"shape\":[" + w[0]
			+ ",1],\"data_offsets\":[" + 4 * w[1] + "," + 4 * (w[0] + w[1]) + "]}}").getBytes(StandardCharsets.UTF_8);
		final ByteBuffer all =
			ByteBuffer.allocate((int) (8 + header.length + 4 * (w[0] + w[1]))).order(ByteOrder.LITTLE_ENDIAN);
		all.putLong(header.length).put(header);
		while (all.hasRemaining()) all.putFloat(1);
		Files.write(file, all.array());
	}

	@Test
	void theShareOfSparedPassesIsInTheRecord() {
		try (Decomposer d = open()) {
			final RgbaImage p = picture(64, 64);
			final DecomposeOptions ten = options().withSteps(10).withRaw(true).with("guidance", "1");
			final Decomposition full = d.decompose(p, ten, Progress.none());
			assertFalse(RunJson.of(full.run()).getAsJsonObject("run").has("sparedPasses"));
			final Decomposition fast = d.decompose(p, ten.with("stepcache", "1").with("shift", "2"), Progress.none());
			final JsonObject record = RunJson.of(fast.run());
			assertTrue(fast.run().sparedPasses() > 0 && fast.run().sparedPasses() <= 8);
			assertEquals(fast.run().sparedPasses(), record.getAsJsonObject("run").get("sparedPasses").getAsInt());
			assertEquals("1.0", RunJson.options(record).get("stepcache"));
			assertEquals("2.0", RunJson.options(record).get("shift"));
		}
	}

	@Test
	void aClosedModelSaysSo() {
		final Decomposer d = open();
		d.close();
		assertThrows(IllegalStateException.class, () -> d.decompose(picture(64, 64), options(), Progress.none()));
	}

	@Test
	void tooNarrowPicturesAreRejectedWithOneMessage() {
		try (Decomposer d = open()) {
			final DecompositionException e = assertThrows(DecompositionException.class,
				() -> d.decompose(picture(20000, 20), options(), Progress.none()));
			assertEquals(
				"The picture is 20000 × 20 pixels, too narrow for resolution 64, which takes aspect ratios up to 16 : 1; crop it or decompose it in parts.",
				e.getMessage());
		}
	}

	@Test
	void optionsTheModelCannotDoAreRejected() {
		try (Decomposer d = open()) {
			assertThrows(InvalidOptionException.class,
				() -> d.decompose(picture(64, 64), options().withResolution(640), Progress.none()));
		}
		final InvalidOptionException e =
			assertThrows(InvalidOptionException.class, () -> ModelDecomposer.open(ModelFiles.folder(folder), "cuda:7"));
		assertTrue(e.getMessage().contains("graphics card"), e.getMessage());
	}

	@ParameterizedTest
	@CsvSource({ "vae, encoder.conv_in.weight", "vae, decoder.conv_in.weight", "transformer, proj_out.weight",
		"text_encoder, model.norm.weight" })
	void weightsThatAreNotNumbersAreNoticed(final String part, final String tensor) throws IOException {
		final Component component = Component.open(ModelFiles.folder(folder), part);
		final TensorInfo conv = component.info(tensor);
		final byte[] nan = new byte[(int) conv.bytes()];
		Arrays.fill(nan, (byte) 0xff);
		try (RandomAccessFile file = new RandomAccessFile(folder.resolve(conv.file()).toFile(), "rw")) {
			file.seek(conv.offset());
			file.write(nan);
		}
		try (Decomposer d = open()) {
			final DecompositionException e = assertThrows(DecompositionException.class,
				() -> d.decompose(picture(64, 64), options(), Progress.none()));
			assertTrue(e.getMessage().contains("The " + part + " of") && e.getMessage().contains("not numbers"),
				e.getMessage());
		}
	}

	@Test
	void runsThatCannotFitAreRejectedBeforeTheyStart() {
		final Machine small = new Machine(1_000_000_000, 100_000_000, 2, OptionalLong.empty());
		try (Decomposer d = new ModelDecomposer(ModelFiles.folder(folder), Device.CPU, () -> small, Denoiser::noise)) {
			final DecompositionException e = assertThrows(DecompositionException.class,
				() -> d.decompose(picture(64, 64), options(), Progress.none()));
			assertTrue(
				e.getMessage()
					.matches("This run needs about 0.5 GB of memory, but only 0.1 GB are free; choose fewer layers.*"),
				e.getMessage());
		}
	}

	@ParameterizedTest
	@CsvSource({ "100, 60", "33, 47", "1, 1", "64, 64" })
	void theLayersCompositeToThePictureUnlessTheNetworksOwnPixelsAreAskedFor(final int width, final int height) {
		try (Decomposer d = open()) {
			final RgbaImage p = picture(width, height);
			assertEquals(p, Compositor.flatten(d.decompose(p, options(), Progress.none()).layers()));
			final Decomposition raw = d.decompose(p, options().withRaw(true), Progress.none());
			assertTrue(raw.run().settings().raw());
			assertNotEquals(p, Compositor.flatten(raw.layers()));
		}
	}

	@Test
	void picturesTooLargeForJavasMemoryAreRejectedByTheForecast() {
		try (Decomposer d = open()) {
			final String message = d.forecast(40_000, 40_000, options()).rejection().orElseThrow();
			assertTrue(message.contains("memory"), message);
			assertTrue(
				new Forecast(1, 1, 0, 2, 0, 5_000_000_000L, 4_000_000_000L).rejection().orElseThrow().contains("-Xmx"));
		}
	}

	/**
	 * Guards the wiring: frame 0 dropped, guidance rescaled, the negative prompt of one space, steps, order of layers.
	 */
	@Test
	void theJobGivesTheOriginalsLayersForTheOriginalsNoise() {
		final Fixtures fixture = Fixtures.open("14-pipeline");
		final long[] s = fixture.shape("picture.soft");
		final RgbaImage soft = image(fixture.bytes("picture.soft"), 0, (int) s[1], (int) s[0]);
		final ModelDecomposer.Noise recorded =
			(scope, seed, frames, channels, height, width) -> fixture.tensor(scope, "noise.2x96x64");
		try (Decomposer d = new ModelDecomposer(ModelFiles.folder(folder), Device.CPU, Machine::here, recorded)) {
			final List<Layer> layers = d.decompose(soft,
				DecomposeOptions.defaults()
					.withPrompt("A red circle with soft edges lies above a blue square.")
					.withSteps(3)
					.withRaw(true),
				Progress.none()).layers().layers();
			assertEquals(2, layers.size());
			for (int i = 0; i < 2; i++) {
				final RgbaImage original = image(fixture.bytes("cfgnorm.layer_pixels"), i, 96, 64);
				final byte[][] expected = PillowResize.rgba(
					new byte[][] { original.plane(0), original.plane(1), original.plane(2), original.plane(3) }, 96, 64,
					soft.width(), soft.height(), PillowResize.Filter.BICUBIC);
				int off = 0;
				for (int p = 0; p < expected[3].length; p++)
					if (Math.abs((expected[3][p] & 255) - (layers.get(i).pixels().plane(3)[p] & 255)) > 2) off++;
				assertEquals(0, off, "alpha of layer " + i);
			}
		}
	}

	/** Picture {@code index} of a stack stored as (n, height, width, 4). */
	private static RgbaImage image(final byte[] all, final int index, final int width, final int height) {
		final byte[][] planes = new byte[4][width * height];
		for (int i = 0; i < 4 * width * height; i++) planes[i % 4][i / 4] = all[index * 4 * width * height + i];
		return RgbaImage.ofPlanes(width, height, planes[0], planes[1], planes[2], planes[3]);
	}

	@Test
	void nothingOfHiddenPixelsIsObserved() {
		try (Decomposer d = open()) {
			final List<Layer> layers = d.decompose(picture(64, 64), options(), Progress.none()).layers().layers();
			final byte[] above = layers.get(1).pixels().plane(RgbaImage.ALPHA);
			final byte[] below = layers.get(0).pixels().plane(RgbaImage.ALPHA);
			final boolean[] expected = new boolean[above.length];
			final boolean[] actual = new boolean[above.length];
			for (int i = 0; i < above.length; i++) {
				expected[i] = below[i] != 0 && (below[i] & 255) * (255 - (above[i] & 255)) < 0.5 * 255;
				actual[i] = layers.get(0).provenance().share(Kind.GENERATED, i) == Provenance.ALL;
			}
			assertArrayEquals(expected, actual);
		}
	}
}
