package org.layerj.decompose;

import org.layerj.common.UserException;

/** A decomposition could not be done. The message says what went wrong, and what to do. */
public class DecompositionException extends UserException {

	private static final long serialVersionUID = 1L;

	/** @param message for the user, one line: what is wrong and what to do */
	public DecompositionException(final String message) {
		super(message);
	}

	/**
	 * @param message for the user, one line: what is wrong and what to do
	 * @param cause the exception behind it
	 */
	public DecompositionException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
