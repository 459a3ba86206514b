package org.layerj.common;

/** The user asked to stop. Nothing is wrong, and nothing was produced. */
public final class DecompositionCancelledException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public DecompositionCancelledException() {
		this("Cancelled.");
	}

	/** @param message what else there is to say: not everything can be taken back */
	public DecompositionCancelledException(final String message) {
		super(message);
	}
}
