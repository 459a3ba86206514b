package org.layerj.io;

import org.layerj.common.UserException;

/** The result cannot be written. The message is one line that names the place. */
public final class OutputException extends UserException {

	private static final long serialVersionUID = 1L;

	/** @param message for the user, one line: what is wrong and what to do */
	public OutputException(final String message) {
		super(message);
	}

	/**
	 * @param message for the user, one line: what is wrong and what to do
	 * @param cause the exception behind it
	 */
	public OutputException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
