package org.layerj;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.torch.DType;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;

/**
 * One golden fixture made with the original Python libraries (training/make_fixtures.py): {@code io.safetensors}, if it
 * has tensors, and its folder.
 */
public final class Fixtures {

	private final Path folder;
	private final Optional<Component> io;

	private Fixtures(final Path folder) {
		this.folder = folder;
		this.io = Files.exists(folder.resolve("io.safetensors"))
			? Optional.of(Component.openFile(ModelFiles.plain(folder), "io.safetensors")) : Optional.empty();
	}

	public static Fixtures open(final String name) {
		final URL url = Fixtures.class.getResource("/org/layerj/fixtures/" + name);
		if (url == null) throw new AssertionError("Fixture " + name + " is missing; run training/make_fixtures.py");
		try {
			return new Fixtures(Path.of(url.toURI()));
		}
		catch (final URISyntaxException e) {
			throw new AssertionError(e);
		}
	}

	private Component io() {
		return io.orElseThrow(() -> new AssertionError("The fixture in " + folder + " has no io.safetensors"));
	}

	public Path folder() {
		return folder;
	}

	/** The fixture's weights, or those of a model folder inside it. */
	public ModelFiles files(final String... path) {
		Path p = folder;
		for (final String s : path) p = p.resolve(s);
		return ModelFiles.plain(p);
	}

	public String text(final String file) {
		try {
			return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public boolean has(final String name) {
		return io().has(name);
	}

	public long[] shape(final String name) {
		return io().info(name).shape();
	}

	public float[] floats(final String name) {
		final float[] out = new float[count(name, "F32")];
		data(name).asFloatBuffer().get(out);
		return out;
	}

	public long[] longs(final String name) {
		final long[] out = new long[count(name, "I64")];
		data(name).asLongBuffer().get(out);
		return out;
	}

	public byte[] bytes(final String name) {
		final byte[] out = new byte[count(name, "U8")];
		data(name).get(out);
		return out;
	}

	/** The recorded tensor in its own type and shape. */
	public Tensor tensor(final Scope scope, final String name) {
		final TensorInfo info = io().info(name);
		return Tensors.over(scope, io().data(name), DType.ofSafetensors(info.dtype()).orElseThrow(), info.shape());
	}

	private ByteBuffer data(final String name) {
		return io().data(name).order(ByteOrder.LITTLE_ENDIAN);
	}

	private int count(final String name, final String dtype) {
		final TensorInfo info = io().info(name);
		if (!info.dtype().equals(dtype)) throw new AssertionError(name + " is " + info.dtype() + ", not " + dtype);
		return Math.toIntExact(info.elements());
	}
}
