package org.layerj.common;

/** The user asked to stop. Nothing is wrong, and nothing was produced. */
public final class CancelledException extends UserException {

	private static final long serialVersionUID = 1L;

	public CancelledException() {
		this("Cancelled.");
	}

	/** @param message what else there is to say: not everything can be taken back */
	public CancelledException(final String message) {
		super(message);
	}
}
