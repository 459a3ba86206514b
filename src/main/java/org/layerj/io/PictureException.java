package org.layerj.io;

import org.layerj.common.UserException;

/** A picture cannot be read. The message is one line that names the file. */
public final class PictureException extends UserException {

	private static final long serialVersionUID = 1L;

	public PictureException(final String message) {
		super(message);
	}

	public PictureException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
