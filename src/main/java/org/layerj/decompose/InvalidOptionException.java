package org.layerj.decompose;

import org.layerj.common.UserException;

/**
 * An option has a value that cannot work. The message is one line for the user that names the option, the value and
 * what is allowed.
 */
public final class InvalidOptionException extends UserException {

	private static final long serialVersionUID = 1L;

	private final String option;

	/**
	 * @param option key of the option, as macros and the command line write it
	 * @param message for the user, one line: what is wrong and what to do
	 */
	public InvalidOptionException(final String option, final String message) {
		super(message);
		this.option = option;
	}

	/** {@return the option's key, for example {@code layers}} */
	public String option() {
		return option;
	}
}
