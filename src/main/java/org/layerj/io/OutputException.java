package org.layerj.io;

import org.layerj.common.UserException;

/** The result cannot be written. The message is one line that names the place. */
public final class OutputException extends UserException {

	private static final long serialVersionUID = 1L;

	public OutputException(final String message) {
		super(message);
	}

	public OutputException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
