package org.layerj.layers.edit;

import org.layerj.common.UserException;

/** An edit could not be done. The message says what is wrong, and what to do. */
public final class EditException extends UserException {

	private static final long serialVersionUID = 1L;

	/** @param message for the user, one line: what is wrong and what to do */
	public EditException(final String message) {
		super(message);
	}
}
