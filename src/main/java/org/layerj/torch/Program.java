package org.layerj.torch;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.NativeTorch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript program: a text resource with one class of typed functions that take weights as inputs, like a shader.
 * <p>
 * The text is wrapped, in memory, into the archive that {@code torch.jit.load} reads, so the same file runs here, in
 * Python, on CPU and on CUDA, in any float type. Programs hold no state.
 */
public final class Program {

	private static final Pattern CLASS = Pattern.compile("^class (\\w+)\\(Module\\):", Pattern.MULTILINE);

	private final String name;
	private final long module;

	private Program(final String name, final long module) {
		this.name = name;
		this.module = module;
	}

	/**
	 * Compiles a program.
	 *
	 * @param owner the class beside which the resource lies
	 * @param resource file name, for example {@code rgba_vae.py}
	 */
	public static Program load(final Class<?> owner, final String resource) {
		Torch.start();
		try (InputStream in = owner.getResourceAsStream(resource)) {
			if (in == null) throw new IllegalArgumentException("No program " + resource + " beside " + owner.getName());
			final String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			return new Program(resource, NativeTorch.loadModule(archive(text)));
		}
		catch (final EngineException e) {
			throw new TorchException(resource, e);
		}
		catch (final IOException e) {
			throw new UncheckedIOException("Program " + resource + " could not be read", e);
		}
	}

	/** Runs a method that returns one tensor. */
	public Tensor tensor(final Scope scope, final String method, final Object... arguments) {
		return scope.own(Tensors.adopt(handle(method, arguments), null));
	}

	/** Runs a method that returns one tensor, as a bare handle. */
	long handle(final String method, final Object... arguments) {
		final long result = run(method, arguments);
		try {
			return NativeTorch.toTensor(result);
		}
		finally {
			NativeTorch.deleteValue(result);
		}
	}

	/** Runs a method that returns a tuple of tensors. */
	public Tensor[] tensors(final Scope scope, final String method, final Object... arguments) {
		final long result = run(method, arguments);
		final long[] parts;
		try {
			parts = NativeTorch.toTuple(result);
		}
		finally {
			NativeTorch.deleteValue(result);
		}
		final Tensor[] out = new Tensor[parts.length];
		for (int i = 0; i < parts.length; i++) {
			out[i] = scope.own(Tensors.adopt(NativeTorch.toTensor(parts[i]), null));
			NativeTorch.deleteValue(parts[i]);
		}
		return out;
	}

	/** Runs a method that takes one tensor, given as a bare handle, and returns an integer. */
	long integer(final String method, final long tensor) {
		final long argument = NativeTorch.tensorValue(tensor);
		final long result;
		try {
			result = NativeTorch.run(module, method, new long[] { argument });
		}
		catch (final EngineException e) {
			throw new TorchException(name + "." + method, e);
		}
		finally {
			NativeTorch.deleteValue(argument);
		}
		try {
			return NativeTorch.toLong(result);
		}
		finally {
			NativeTorch.deleteValue(result);
		}
	}

	/**
	 * Runs a method; errors of libtorch become {@link TorchException}. Arguments may be Tensor, List of Tensor, Map
	 * from String to Tensor, Integer, Long, Double, Boolean, String, DType (as its code) and long[].
	 */
	private long run(final String method, final Object... arguments) {
		final long[] values = new long[arguments.length];
		int filled = 0;
		try {
			for (; filled < values.length; filled++) values[filled] = value(arguments[filled], method, filled);
			return NativeTorch.run(module, method, values);
		}
		catch (final EngineException e) {
			throw new TorchException(name + "." + method, e);
		}
		finally {
			for (int i = 0; i < filled; i++) NativeTorch.deleteValue(values[i]);
		}
	}

	private long value(final Object argument, final String method, final int position) {
		if (argument instanceof Tensor t) return NativeTorch.tensorValue(t.handle());
		if (argument instanceof List<?> list)
			return NativeTorch.tensorListValue(list.stream().mapToLong(t -> ((Tensor) t).handle()).toArray());
		if (argument instanceof Map<?, ?> map) return NativeTorch.tensorMapValue(map.keySet().toArray(String[]::new),
			map.values().stream().mapToLong(t -> ((Tensor) t).handle()).toArray());
		if (argument instanceof Integer i) return NativeTorch.value(i.longValue());
		if (argument instanceof Long l) return NativeTorch.value(l.longValue());
		if (argument instanceof Double d) return NativeTorch.value(d.doubleValue());
		if (argument instanceof Boolean b) return NativeTorch.value(b.booleanValue());
		if (argument instanceof String s) return NativeTorch.value(s);
		if (argument instanceof DType type) return NativeTorch.value((long) type.code());
		if (argument instanceof long[] list) return NativeTorch.value(list);
		throw new IllegalArgumentException(
			name + "." + method + ": argument " + position + " has no TorchScript type: " + argument);
	}

	// -- The archive --

	/** The zip that torch.jit.load expects: the text, a pickle of one empty object of its class, and a version. */
	static byte[] archive(final String text) throws IOException {
		final Matcher m = CLASS.matcher(text);
		if (!m.find()) throw new IllegalArgumentException("A program starts with 'class Name(Module):'");
		final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
		pickle.writeBytes(new byte[] { (byte) 0x80, 2, 'c' }); // protocol 2, GLOBAL
		pickle.writeBytes(("__torch__\n" + m.group(1) + "\n").getBytes(StandardCharsets.US_ASCII));
		pickle.writeBytes(new byte[] { ')', (byte) 0x81, '}', 'X', 8, 0, 0, 0 }); // NEWOBJ(), then {"training": False}
		pickle.writeBytes("training".getBytes(StandardCharsets.US_ASCII));
		pickle.writeBytes(new byte[] { (byte) 0x89, 's', 'b', '.' });

		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			store(zip, "program/data.pkl", pickle.toByteArray());
			store(zip, "program/code/__torch__.py", text.getBytes(StandardCharsets.UTF_8));
			store(zip, "program/constants.pkl", new byte[] { (byte) 0x80, 2, ')', '.' });
			store(zip, "program/version", new byte[] { '1', '0' });
		}
		return bytes.toByteArray();
	}

	/** libtorch reads stored entries only. */
	private static void store(final ZipOutputStream zip, final String path, final byte[] data) throws IOException {
		final ZipEntry entry = new ZipEntry(path);
		final CRC32 crc = new CRC32();
		crc.update(data);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(data.length);
		entry.setCrc(crc.getValue());
		entry.setTime(0);
		zip.putNextEntry(entry);
		zip.write(data);
		zip.closeEntry();
	}
}
