package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

class WeightsTest {

	private static final String TYPES = "21-stored-types";
	private static final String TABLE = "model.embed_tokens.weight";
	private final Component component = Component.open(Fixtures.open("08-language-model").files(), "text_encoder");

	@Test
	void weightsInTheFilesOwnTypeTakeNoMemory() {
		try (Scope scope = Torch.scope()) {
			weights(DType.F32).get(scope, "model.norm.weight", 64);
			assertEquals(0, scope.bytes());
			weights(DType.BF16).get(scope, "model.norm.weight", 64);
			assertEquals(2 * 64, scope.bytes());
		}
	}

	@Test
	void wrongShapesAndNamesAreRejected() {
		try (Scope scope = Torch.scope()) {
			assertEquals(DType.BF16, weights(DType.BF16).get(scope, "model.norm.weight", 64).dtype());
			assertThrows(ModelException.class, () -> weights(DType.F32).get(scope, "model.norm.weight", 65));
			assertThrows(ModelException.class, () -> weights(DType.F32).get(scope, "no such tensor", 64));
		}
	}

	/**
	 * A float32 vocabulary of the official size is larger than a Java buffer; here the pieces are made small instead.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 256, 1000, 50_000 })
	void tensorsLargerThanABufferAreReadInPieces(final long piece) {
		final Weights pieces = new Weights(component, Device.CPU, DType.F32, false, piece, Map.of(), false);
		try (Scope scope = Torch.scope()) {
			final float[] whole = weights(DType.F32).get(scope, TABLE, 320, 64).toFloats();
			assertArrayEquals(whole, pieces.get(scope, TABLE, 320, 64).toFloats());
			final float[] rows = pieces.rows(scope, TABLE, new long[] { 319, 0, 7, 7 }, 320, 64).toFloats();
			final int[] at = { 319, 0, 7, 7 };
			for (int i = 0; i < rows.length; i++) assertEquals(whole[at[i / 64] * 64 + i % 64], rows[i]);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "F32", "F16", "BF16", "Q8_0", "Q6_K", "Q5_K", "Q5_1", "Q5_0", "Q4_K", "Q4_1", "Q4_0" })
	void everyTypeOfGgufHasTheValuesOfTheGgufPackage(final String type) {
		final Fixtures fixture = Fixtures.open(TYPES);
		final Component file = Component.openFile(fixture.files(), "types.gguf");
		for (final boolean keep : new boolean[] { false, true })
			try (Weights plain = new Weights(file, Device.CPU, DType.F32);
				Weights weights =
					keep ? new Weights(file, Device.CPU, DType.F32, true, 1 << 20, Map.of(), false) : plain;
				Scope scope = Torch.scope())
			{
				final float[] expected = fixture.floats(type);
				Parity.check(TYPES, type, weights.get(scope, type, 3, 512).toFloats(), expected, 1e-6, 1e-6);
				final float[] rows = weights.rows(scope, type, new long[] { 2, 0 }, 3, 512).toFloats();
				for (int i = 0; i < 512; i++) {
					assertEquals(expected[1024 + i], rows[i], 1e-6);
					assertEquals(expected[i], rows[512 + i], 1e-6);
				}
				final Tensor half = new Weights(file, Device.CPU, DType.BF16).get(scope, type, 3, 512);
				assertEquals(DType.BF16, half.dtype());
				assertEquals(expected[5], half.toFloats()[5], Math.abs(expected[5]) / 128);
			}
	}

	@Test
	void whatIsKeptIsKeptAsItIsStored() {
		final Component file = Component.openFile(Fixtures.open(TYPES).files(), "types.gguf");
		try (Weights kept = new Weights(file, Device.CPU, DType.BF16, true, 1 << 20, Map.of(), false)) {
			for (int i = 0; i < 2; i++) try (Scope scope = Torch.scope()) {
				kept.get(scope, "Q4_K", 3, 512);
				kept.get(scope, "F32", 3, 512);
				assertEquals(2 * 3 * 512, scope.bytes() / 2);
				// The mapped bytes cost nothing here; of floats, those are kept that the network computes with.
				assertEquals(2 * 3 * 512, kept.held());
			}
			kept.close();
			assertEquals(0, kept.held());
		}
	}

	/** As for a card, which needs them in memory of their own; larger than a piece they are not read ahead. */
	@ParameterizedTest
	@ValueSource(strings = { "F32", "F16", "BF16", "Q8_0", "Q6_K", "Q5_K", "Q5_1", "Q5_0", "Q4_K", "Q4_1", "Q4_0" })
	void whatIsReadAheadHasTheSameValues(final String type) {
		final Component file = Component.openFile(Fixtures.open(TYPES).files(), "types.gguf");
		for (final long piece : new long[] { 1 << 20, 100 })
			try (Weights plain = new Weights(file, Device.CPU, DType.BF16);
				Weights ahead = new Weights(file, Device.CPU, DType.BF16, false, piece, Map.of(), true).readingAhead();
				Scope scope = Torch.scope())
			{
				final float[] expected = plain.get(scope, type, 3, 512).toFloats();
				for (int i = 0; i < 3; i++) {
					ahead.readAhead(i < 2 ? List.of(type) : List.of("F32", type));
					assertArrayEquals(expected, ahead.get(scope, type, 3, 512).toFloats());
					assertArrayEquals(expected, ahead.get(scope, type, 3, 512).toFloats());
				}
			}
	}

	@Test
	void aFileThatChangedWhileItWasReadAheadIsReported(@TempDir final Path folder) throws IOException {
		final Path from = Fixtures.open("08-language-model").folder().resolve("text_encoder");
		final Path to = Files.createDirectory(folder.resolve("text_encoder"));
		for (final String f : List.of("config.json", "model.safetensors")) Files.copy(from.resolve(f), to.resolve(f));
		final Component file = Component.open(ModelFiles.folder(folder), "text_encoder");
		try (Weights ahead = new Weights(file, Device.CPU, DType.BF16, false, 1 << 20, Map.of(), true);
			Scope scope = Torch.scope())
		{
			ahead.get(scope, "model.norm.weight", 64);
			Files.write(to.resolve("model.safetensors"), new byte[] { 0 }, StandardOpenOption.APPEND);
			ahead.readAhead(List.of("model.norm.weight"));
			final ModelException e =
				assertThrows(ModelException.class, () -> ahead.get(scope, "model.norm.weight", 64));
			assertTrue(e.getMessage().contains("has been changed"), e.getMessage());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "F8_E4M3", "F8_E5M2" })
	void everyEightBitFloatHasTorchsValue(final String type) {
		final Fixtures fixture = Fixtures.open(TYPES);
		final Component file = Component.openFile(fixture.files(), type + ".safetensors");
		try (Scope scope = Torch.scope()) {
			final float[] expected = fixture.floats(type);
			assertTrue(expected.length > 240);
			Parity.check(TYPES, type,
				new Weights(file, Device.CPU, DType.F32).get(scope, "w", expected.length).toFloats(), expected, 0, 0);
		}
	}

	private Weights weights(final DType dtype) {
		return new Weights(component, Device.CPU, dtype);
	}
}
