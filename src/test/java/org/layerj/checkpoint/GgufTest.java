package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.Fixtures;

/**
 * Headers of GGUF files, those the gguf package wrote and those that lie: a wrong offset must never reach native code.
 */
class GgufTest {

	@TempDir
	Path folder;

	private Gguf read(final byte[] bytes) throws IOException {
		Files.write(folder.resolve("x.gguf"), bytes);
		return Gguf.read(new FolderFiles(folder), "x.gguf");
	}

	private static byte[] good() throws IOException {
		return Files.readAllBytes(Fixtures.open("21-stored-types").folder().resolve("types.gguf"));
	}

	@Test
	void keysAndTensorsAsThePackageWroteThem() throws IOException {
		final Gguf gguf = read(good());
		assertEquals(Optional.of("qwen_image"), gguf.text("general.architecture"));
		assertEquals(Optional.of(7L), gguf.integer("test.number"));
		assertEquals(1e-6, gguf.number("test.epsilon").orElseThrow(), 1e-12);
		assertEquals(List.of("ä", "", "文"), gguf.texts("test.texts"));
		assertEquals(List.of(1L, -2L, 3L), gguf.integers("test.numbers"));
		assertEquals(Optional.empty(), gguf.integer("general.architecture"));
		assertEquals(11, gguf.tensors().size());
		final TensorInfo t = gguf.tensors().get("Q6_K");
		assertArrayEquals(new long[] { 3, 512 }, t.shape());
		assertEquals(3 * 2 * 210, t.bytes());
		assertEquals(0, t.offset() % 32);
	}

	/** A small header by hand. */
	private static byte[] header(final int version, final long tensors, final String name, final int type,
		final long rows, final long offset, final int data)
	{
		final ByteBuffer b = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
		b.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(version).putLong(tensors).putLong(0);
		b.putLong(name.length())
			.put(name.getBytes(StandardCharsets.US_ASCII))
			.putInt(2)
			.putLong(32)
			.putLong(rows)
			.putInt(type)
			.putLong(offset);
		final byte[] out = new byte[(b.position() + 31) / 32 * 32 + data];
		b.flip().get(out, 0, b.limit());
		return out;
	}

	@Test
	void whatLiesIsNamed() throws IOException {
		assertEquals(64, read(header(3, 1, "w", 8, 2, 0, 68)).tensors().get("w").elements());
		Sentence.of(() -> read(header(1, 1, "w", 8, 2, 0, 68)), "x.gguf", "of version 1");
		Sentence.of(() -> read(header(3, 1, "w", 8, 2, 0, 67)), "x.gguf", "cut short");
		Sentence.of(() -> read(header(3, 1, "w", 8, 2, 1L << 40, 68)), "cut short");
		Sentence.of(() -> read(header(3, 1, "w", 8, 2, 16, 99)), "does not begin at a multiple of 32");
		Sentence.of(() -> read(header(3, 1, "w", 8, 2, -32, 68)), "begins before the data");
		Sentence.of(() -> read(header(3, 1, "w", 8, Long.MAX_VALUE, 0, 68)), "impossibly large");
		Sentence.of(() -> read(header(3, 1, "w", 8, -1, 0, 68)), "negative size");
		Sentence.of(() -> read(header(3, 1, "w", 12, 2, 0, 999)), "no multiple of 256");
		Sentence.of(() -> read(header(3, 1, "w", 10, 2, 0, 999)), "as Q2_K", "take a Q4, Q5, Q6 or Q8 file");
		Sentence.of(() -> read(header(3, 1, "w", 77, 2, 0, 999)), "as type 77");
		Sentence.of(() -> read(header(3, -1, "w", 8, 2, 0, 68)), "tensors");
		Sentence.of(() -> read(header(3, 2, "w", 8, 2, 0, 0)), "x.gguf");
		Sentence.of(() -> read(new byte[] { 'G', 'G', 'U', 'F', 3, 0 }), "cut short");
	}

	/** Whatever the bytes, a message or a header whose tensors lie inside the file. */
	@Test
	void damagedHeadersEndInAMessage() throws IOException {
		final byte[] good = good();
		final Random random = new Random(1);
		int rejected = 0;
		for (int i = 0; i < 3000; i++) {
			final byte[] bad = i % 3 == 0 ? java.util.Arrays.copyOf(good, random.nextInt(1200)) : good.clone();
			for (int k = 0; k < 1 + i % 4 && bad.length > 0; k++)
				bad[random.nextInt(Math.min(bad.length, 1100))] = (byte) random.nextInt();
			try {
				for (final TensorInfo t : read(bad).tensors().values())
					assertTrue(t.offset() >= 0 && t.offset() + t.bytes() <= bad.length, t.toString());
			}
			catch (final ModelException e) {
				Sentence.check(e.getMessage(), "x.gguf");
				rejected++;
			}
		}
		assertTrue(rejected > 1500, rejected + " rejected");
	}
}
