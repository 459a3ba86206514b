package org.layerj.fetch;

import org.layerj.common.UserException;

/**
 * A download could not be begun or finished. The message says what is wrong and what to do. What has arrived stays.
 */
public final class FetchException extends UserException {

	private static final long serialVersionUID = 1L;

	public FetchException(final String message) {
		super(message);
	}

	public FetchException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
