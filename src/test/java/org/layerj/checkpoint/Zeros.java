package org.layerj.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weight files of zeros for tests in other packages. */
public final class Zeros {

	private Zeros() {}

	/** A safetensors file with all tensors of a part, in float32. */
	public static void write(final Path file, final ExpectedTensors part) throws IOException {
		final Map<String, long[]> shapes = new LinkedHashMap<>();
		part.all().forEach(t -> shapes.put(t.name(), t.shape()));
		WeightFile.write(file, "F32", 4, shapes);
	}
}
