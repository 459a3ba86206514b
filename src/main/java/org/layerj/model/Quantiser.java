package org.layerj.model;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelCheck;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.ModelId;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.checkpoint.TextConfig;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.checkpoint.VaeConfig;
import org.layerj.common.Progress;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

/**
 * Writes a model in our own 8-bit form: a folder in diffusers layout in which the matrices of the repeated blocks are
 * signed bytes ({@code weight}, I8) with one scale per row ({@code weight_scale}, F32), so that a weight is byte ·
 * scale. Everything that is small or sensitive stays as it is: embeddings, norms, biases, what lies around the blocks,
 * the first block's modulation, and the VAE.
 */
public final class Quantiser {

	private static final Program PROGRAM = Program.load(Weights.class, "stored_weights.py");
	private static final Pattern BLOCKS = Pattern.compile(".*(transformer_blocks|layers|blocks)\\.\\d+\\..*\\.weight");
	private static final String FIRST_MODULATION = "transformer_blocks.0.img_mod.1.weight";
	private static final int ALIGNMENT = 8;
	private static final int CHUNK = 16 << 20;

	private final ModelFiles files;

	private Quantiser(final ModelFiles files) {
		this.files = files;
	}

	/**
	 * Writes the folder; all of it, or nothing.
	 *
	 * @param folder must not exist, or be empty
	 * @param progress receives the share that is done, 0 … 1; may stop it
	 * @return bytes written
	 * @throws ModelException if the model is not complete or small already, if the folder cannot be written, or the
	 * disk is too full
	 */
	public static long write(final ModelFiles files, final Path folder, final Progress progress) {
		ModelCheck.of(files).requireUsable();
		return new Quantiser(files).write(folder, progress);
	}

	private long write(final Path folder, final Progress progress) {
		final Path target = folder.toAbsolutePath().normalize();
		final Path part = target.resolveSibling(target.getFileName() + ".part");
		try {
			if (Files.exists(target) && !isEmpty(target))
				throw new ModelException("The folder " + folder + " is not empty; give a new one.");
			Files.createDirectories(target.getParent());
			Files.createDirectory(part);
		}
		catch (final FileAlreadyExistsException e) {
			throw new ModelException("The folder " + part + " is left from an attempt that did not finish; delete it.",
				e);
		}
		catch (final IOException e) {
			throw unwritable(folder, e);
		}
		try {
			final long bytes = all(part, folder, progress);
			Files.deleteIfExists(target);
			Files.move(part, target);
			return bytes;
		}
		catch (final IOException e) {
			throw unwritable(folder, e);
		}
		finally {
			delete(part);
		}
	}

	private static ModelException unwritable(final Path folder, final IOException e) {
		return new ModelException("The folder " + folder + " cannot be written: " + e.getMessage() + ".", e);
	}

	private static boolean isEmpty(final Path folder) throws IOException {
		if (!Files.isDirectory(folder)) return false;
		try (Stream<Path> all = Files.list(folder)) {
			return all.findAny().isEmpty();
		}
	}

	/** Nothing half-written stays. */
	private static void delete(final Path folder) {
		if (!Files.exists(folder)) return;
		try (Stream<Path> all = Files.walk(folder)) {
			for (final Path p : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) Files.delete(p);
		}
		catch (final IOException e) {
			throw unwritable(folder, e);
		}
	}

	private long all(final Path part, final Path folder, final Progress progress) throws IOException {
		final Map<String, Component> components = new LinkedHashMap<>();
		for (final String name : List.of(TransformerConfig.FOLDER, TextConfig.FOLDER, VaeConfig.FOLDER)) {
			if (files.has(name + "/config.json")) components.put(name, Component.open(files, name));
		}
		long expected = 0;
		for (final Component c : components.values())
			for (final String name : c.names()) expected += bytes(c.info(name));
		final long room = Files.getFileStore(part).getUsableSpace();
		if (expected > room) throw new ModelException("The quantised model takes " + expected / 1_000_000_000
			+ " GB, but only " + room / 1_000_000_000 + " GB are free where " + folder + " is; choose another disk.");
		for (final String path : ModelId.settings(files)) {
			Files.createDirectories(part.resolve(path).getParent());
			Files.write(part.resolve(path), files.read(path));
		}
		if (files.has(ModelCheck.BLANK_PROMPT)) {
			Files.createDirectories(part.resolve(ModelCheck.BLANK_PROMPT).getParent());
			Files.write(part.resolve(ModelCheck.BLANK_PROMPT), files.read(ModelCheck.BLANK_PROMPT));
		}
		long written = 0;
		for (final Map.Entry<String, Component> e : components.entrySet()) {
			final Path file = part.resolve(e.getKey())
				.resolve(
					e.getKey().equals(TextConfig.FOLDER) ? "model.safetensors" : "diffusion_pytorch_model.safetensors");
			Files.createDirectories(file.getParent());
			written = write(file, e.getValue(), written, expected, progress);
		}
		return written;
	}

	private static boolean quantised(final TensorInfo t) {
		return t.shape().length == 2 && t.shape()[1] >= 32 && BLOCKS.matcher(t.name()).matches()
			&& !t.name().equals(FIRST_MODULATION);
	}

	private static long bytes(final TensorInfo t) {
		return quantised(t) ? t.elements() + t.shape()[0] * Float.BYTES : t.bytes();
	}

	private long write(final Path file, final Component c, final long before, final long expected,
		final Progress progress) throws IOException
	{
		for (final String name : c.names()) {
			final TensorInfo t = c.info(name);
			if (!t.stored().orElseThrow().isPlain() || !t.parts().isEmpty())
				throw new ModelException("The model " + files.name() + " stores " + name + " as " + t.dtype()
					+ " already; only models in 16 or 32 bits can be quantised.");
		}
		long done = before;
		try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
			OutputStream stream = Channels.newOutputStream(out))
		{
			final byte[] header = header(c);
			stream.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
			stream.write(header);
			for (final String name : c.names()) {
				progress.check();
				progress.update((double) done / expected, "");
				final TensorInfo t = c.info(name);
				if (quantised(t)) matrix(stream, c, t);
				else for (long at = 0; at < t.bytes(); at += CHUNK) {
					final ByteBuffer piece = c.data(t, at, Math.min(CHUNK, t.bytes() - at));
					while (piece.hasRemaining()) out.write(piece);
				}
				c.release(name);
				done += bytes(t);
			}
		}
		return done;
	}

	private static void matrix(final OutputStream out, final Component c, final TensorInfo t) throws IOException {
		try (Scope scope = Torch.scope()) {
			final Tensor x = new Weights(c, Device.CPU, DType.F32).get(scope, t.name(), t.shape());
			final Tensor[] q = PROGRAM.tensors(scope, "quantise", x);
			out.write(q[0].toBytes());
			final float[] scales = q[1].toFloats();
			final ByteBuffer bytes = ByteBuffer.allocate(scales.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
			bytes.asFloatBuffer().put(scales);
			out.write(bytes.array());
		}
	}

	/** In the order in which the tensors are written. */
	private static byte[] header(final Component c) throws IOException {
		final StringWriter text = new StringWriter();
		long at = 0;
		try (JsonWriter json = new JsonWriter(text)) {
			json.beginObject();
			for (final String name : c.names()) {
				final TensorInfo t = c.info(name);
				if (quantised(t)) {
					at = entry(json, name, "I8", t.shape(), at, t.elements());
					at = entry(json, name + "_scale", "F32", new long[] { t.shape()[0] }, at,
						t.shape()[0] * Float.BYTES);
				}
				else at = entry(json, name, t.dtype(), t.shape(), at, t.bytes());
			}
			json.endObject();
		}
		final String header = text.toString();
		return (header + " ".repeat((ALIGNMENT - header.length() % ALIGNMENT) % ALIGNMENT))
			.getBytes(StandardCharsets.US_ASCII);
	}

	private static long entry(final JsonWriter json, final String name, final String dtype, final long[] shape,
		final long from, final long bytes) throws IOException
	{
		json.name(name).beginObject().name("dtype").value(dtype).name("shape").beginArray();
		for (final long s : shape) json.value(s);
		json.endArray().name("data_offsets").beginArray().value(from).value(from + bytes).endArray().endObject();
		return from + bytes;
	}
}
