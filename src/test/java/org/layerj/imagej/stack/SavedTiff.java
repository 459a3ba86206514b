package org.layerj.imagej.stack;

import ij.ImagePlus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Hyperstacks as files. */
public final class SavedTiff {

	private SavedTiff() {}

	/** Writes a file of its own. */
	public static void write(final ImagePlus image, final Path file) throws IOException {
		try (OutputStream out = Files.newOutputStream(file)) {
			HyperstackTiff.write(image, out);
		}
	}
}
