package org.layerj.io;

import org.layerj.common.UserException;

/** A picture cannot be read. The message is one line that names the file. */
public final class PictureException extends UserException {

	private static final long serialVersionUID = 1L;

	/** @param message for the user, one line: what is wrong and what to do */
	public PictureException(final String message) {
		super(message);
	}

	/**
	 * @param message for the user, one line: what is wrong and what to do
	 * @param cause the exception behind it
	 */
	public PictureException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
