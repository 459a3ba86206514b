package org.layerj.io.formats;

import java.io.IOException;
import java.nio.file.Path;

final class PptxWriter {

	static void write(final LayerDocument document, final Path file, final Steps steps) throws IOException {
		throw new IOException("not there yet");
	}

	static LayerDocument read(final Path file) throws IOException {
		throw new Broken("not there yet");
	}
}
