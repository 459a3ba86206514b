package org.layerj.decompose;

/** The user asked to stop. Nothing is wrong, and nothing was produced. */
public final class DecompositionCancelledException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public DecompositionCancelledException() {
		super("Cancelled.");
	}
}
