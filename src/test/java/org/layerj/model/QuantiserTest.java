package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.Fixtures;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelCheck;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Torch;

/** Our own 8-bit form, written and read again. */
class QuantiserTest {

	private static final Path MODEL = Fixtures.open("22-single-files").folder().resolve("model");

	@TempDir
	private Path temp;

	@Test
	void everyWeightIsWithinHalfAStepOfItsRow() {
		final Path folder = temp.resolve("new/eight");
		final long bytes = Quantiser.write(ModelFiles.folder(MODEL), folder, Progress.none());
		final ModelFiles eight = ModelFiles.folder(folder);
		final ModelCheck check = ModelCheck.of(eight);
		assertEquals(List.of(), check.problems());
		assertTrue(check.forecast().orElseThrow().stored().transformer() < 1.4,
			check.forecast().orElseThrow().stored().toString());
		assertTrue(bytes < ModelCheck.of(ModelFiles.folder(MODEL)).bytes());
		int quantised = 0;
		for (final String part : List.of("transformer", "text_encoder", "vae")) {
			final Component from = Component.open(ModelFiles.folder(MODEL), part);
			final Component to = Component.open(eight, part);
			assertEquals(from.names().stream().sorted().toList(), to.names().stream().sorted().toList());
			for (final String name : from.names()) try (Scope scope = Torch.scope()) {
				final TensorInfo info = from.info(name);
				final float[] expected =
					new Weights(from, Device.CPU, DType.F32).get(scope, name, info.shape()).toFloats();
				final float[] actual = new Weights(to, Device.CPU, DType.F32).get(scope, name, info.shape()).toFloats();
				if (!to.info(name).dtype().equals("I8")) {
					assertArrayEquals(expected, actual, name);
					continue;
				}
				quantised++;
				final int width = (int) info.shape()[1];
				for (int row = 0; row < expected.length / width; row++) {
					float largest = 0;
					for (int i = row * width; i < (row + 1) * width; i++)
						largest = Math.max(largest, Math.abs(expected[i]));
					for (int i = row * width; i < (row + 1) * width; i++)
						assertEquals(expected[i], actual[i], largest / 253, name);
				}
			}
		}
		assertTrue(quantised > 30, quantised + " matrices");
		assertEquals("BF16",
			Component.open(eight, "transformer").info("transformer_blocks.0.img_mod.1.weight").dtype());
		assertEquals("BF16", Component.open(eight, "text_encoder").info("model.embed_tokens.weight").dtype());
	}

	@Test
	void nothingHalfWrittenStays() throws IOException {
		final Path folder = temp.resolve("eight");
		final Progress half = new Progress() {

			private volatile double done;

			@Override
			public void update(final double fraction, final String message) {
				done = fraction;
			}

			@Override
			public boolean cancelled() {
				return done > 0.5;
			}
		};
		assertThrows(CancelledException.class, () -> Quantiser.write(ModelFiles.folder(MODEL), folder, half));
		try (Stream<Path> all = Files.list(temp)) {
			assertEquals(List.of(), all.toList());
		}
		Files.createDirectory(folder);
		Files.writeString(folder.resolve("mine.txt"), "x");
		assertTrue(
			assertThrows(ModelException.class, () -> Quantiser.write(ModelFiles.folder(MODEL), folder, Progress.none()))
				.getMessage()
				.contains("is not empty"));
		assertEquals("x", Files.readString(folder.resolve("mine.txt")));
	}

	@Test
	void whatIsSmallAlreadyIsRejected() {
		Quantiser.write(ModelFiles.folder(MODEL), temp.resolve("eight"), Progress.none());
		final String message = assertThrows(ModelException.class,
			() -> Quantiser.write(ModelFiles.folder(temp.resolve("eight")), temp.resolve("again"), Progress.none()))
			.getMessage();
		assertTrue(message.contains("as I8 already"), message);
		assertFalse(Files.exists(temp.resolve("again")) || Files.exists(temp.resolve("again.part")));
	}
}
