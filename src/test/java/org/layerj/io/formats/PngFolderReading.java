package org.layerj.io.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks at result folders. */
public final class PngFolderReading {

	private PngFolderReading() {}

	/** Number of layers that the folder holds. */
	public static int layers(final Path folder) {
		return LayerFormat.read(folder).layers().size();
	}

	/** Number of files and folders that are not hidden. */
	public static long visible(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(f -> !f.getFileName().toString().startsWith(".")).count();
		}
	}
}
