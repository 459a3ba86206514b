package org.layerj.torch;

import org.layerj.common.UserException;

/** libtorch could not be loaded; the message says why and what to do. */
public final class TorchUnavailableException extends UserException {

	private static final long serialVersionUID = 1L;

	public TorchUnavailableException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
