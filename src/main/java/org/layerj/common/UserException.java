package org.layerj.common;

/**
 * A message to the user, and the root of all of them: the message is one line that says what is wrong and what to do.
 * It is shown as it is; any other exception is a mistake in the program. Each package that has something of its own to
 * say has one kind.
 */
public abstract class UserException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** @param message what is wrong and what to do, in one line */
	protected UserException(final String message) {
		super(message);
	}

	/**
	 * @param message what is wrong and what to do, in one line
	 * @param cause for those who look into the program; may be null
	 */
	protected UserException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
