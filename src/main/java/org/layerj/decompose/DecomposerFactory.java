package org.layerj.decompose;

/** Opens models. User interfaces get one from outside, so that tests can replace it. */
@FunctionalInterface
public interface DecomposerFactory {

	/**
	 * Opens a model; reads headers, loads no weights. A server is asked what it is; no picture is sent.
	 *
	 * @param model as a user names it
	 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 * @return to be closed by the caller
	 * @throws RuntimeException with one message for the user if there is no usable model or no such device
	 */
	Decomposer open(ModelName model, String device);
}
