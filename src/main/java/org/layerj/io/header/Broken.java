package org.layerj.io.header;

import java.io.IOException;

/** A file is not what its format demands. The message is a few words without a full stop, to be put into a sentence. */
public final class Broken extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * Of a file of this format that is damaged.
	 *
	 * @param message what is wrong, human-readable
	 */
	public Broken(final String message) {
		super(message);
	}
}
