package org.layerj.io.formats;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream for a part of a file that goes on after it: closing it only flushes. */
final class Unclosed extends FilterOutputStream {

	Unclosed(final OutputStream out) {
		super(out);
	}

	@Override
	public void write(final byte[] bytes, final int from, final int length) throws IOException {
		out.write(bytes, from, length);
	}

	@Override
	public void close() throws IOException {
		flush();
	}
}
