package org.layerj.io.formats;

import java.io.IOException;

/** A file is not what its format demands. The message is a few words without a full stop, to be put into a sentence. */
final class Broken extends IOException {

	private static final long serialVersionUID = 1L;

	Broken(final String message) {
		super(message);
	}
}
