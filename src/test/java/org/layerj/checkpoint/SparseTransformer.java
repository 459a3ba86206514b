package org.layerj.checkpoint;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a transformer of the official width in a form of choice, all zeros: files that take no space where holes are
 * kept.
 */
public final class SparseTransformer {

	private static final List<String> TYPES =
		List.of("F32", "F16", "Q4_0", "Q4_1", "", "", "Q5_0", "Q5_1", "Q8_0", "", "", "", "Q4_K", "Q5_K", "Q6_K");

	private SparseTransformer() {}

	/** The official configuration with fewer blocks. */
	public static TransformerConfig config(final int blocks) {
		return new TransformerConfig(2, 64, 16, blocks, 128, 24, 3584, new int[] { 16, 56, 56 }, true, true);
	}

	/**
	 * Writes the tensors into a folder and opens them.
	 *
	 * @param form {@code BF16}; {@code F8_E4M3} or {@code I8}, with a scale per row for the latter; or a type of GGUF
	 */
	public static Component write(final Path folder, final int blocks, final String form) throws IOException {
		final List<ExpectedTensor> tensors = ExpectedTensors.transformer(config(blocks)).all();
		final ModelFiles files = ModelFiles.plain(folder);
		if (TYPES.contains(form)) {
			gguf(folder.resolve("x.gguf"), tensors, form);
			return Component.openFile(files, "x.gguf");
		}
		final StringBuilder json = new StringBuilder("{");
		long at = 0;
		for (final ExpectedTensor t : tensors) {
			final boolean small = matrix(t) && !form.equals("BF16");
			final long end = at + t.elements() * (small ? 1 : 2);
			json.append(json.length() > 1 ? "," : "")
				.append('"')
				.append(t.name())
				.append("\":")
				.append(WeightFile.entry(small ? form : "BF16", Arrays.toString(t.shape()), at, end));
			at = end;
			if (small && form.equals("I8")) {
				json.append(",\"")
					.append(t.name())
					.append("_scale\":")
					.append(WeightFile.entry("F32", "[" + t.shape()[0] + "]", at, at + 4 * t.shape()[0]));
				at += 4 * t.shape()[0];
			}
		}
		final byte[] header = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
		final Path file = folder.resolve("transformer/diffusion_pytorch_model.safetensors");
		Files.createDirectories(file.getParent());
		try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
			out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
			out.write(header);
			out.setLength(8 + header.length + at);
		}
		return Component.open(files, "transformer");
	}

	private static boolean matrix(final ExpectedTensor t) {
		return t.shape().length == 2 && t.name().startsWith("transformer_blocks.");
	}

	private static void gguf(final Path file, final List<ExpectedTensor> tensors, final String form)
		throws IOException
	{
		final StoredType type = StoredType.of(form).orElseThrow();
		final ByteBuffer b = ByteBuffer.allocate(1 << 22).order(ByteOrder.LITTLE_ENDIAN);
		b.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(tensors.size()).putLong(0);
		long at = 0;
		for (final ExpectedTensor t : tensors) {
			final byte[] name = t.name().getBytes(StandardCharsets.US_ASCII);
			b.putLong(name.length).put(name).putInt(t.shape().length);
			for (int i = t.shape().length - 1; i >= 0; i--) b.putLong(t.shape()[i]);
			b.putInt(matrix(t) ? TYPES.indexOf(form) : 0).putLong(at);
			at += ((matrix(t) ? type.bytesOf(t.elements()) : 4 * t.elements()) + 31) / 32 * 32;
		}
		final long data = (b.position() + 31) / 32 * 32;
		try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
			out.write(b.array(), 0, b.position());
			out.setLength(data + at);
		}
	}
}
