package org.layerj.checkpoint;

import org.layerj.common.UserException;

/** A model folder cannot be used. The message says what is wrong, where, and what to do. */
public final class ModelException extends UserException {

	private static final long serialVersionUID = 1L;

	public ModelException(final String message) {
		super(message);
	}

	public ModelException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
