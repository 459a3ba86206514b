package org.layerj.decompose;

import java.util.List;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;

/**
 * Decomposes pictures with one model. The model may run in this process, in another one or on another machine.
 * <p>
 * One decomposition at a time; a second call waits or is rejected by the implementation, never corrupts the first.
 */
public interface Decomposer extends AutoCloseable {

	/** {@return what this decomposer works with} */
	ModelInfo model();

	/**
	 * What is unusual about the model and a user should know, one line each; the check of a model says the same.
	 *
	 * @return none, if there is nothing unusual
	 */
	default List<String> notes() {
		return List.of();
	}

	/**
	 * What a run on a picture of this size would cost on this machine, from headers, arithmetic and a short measurement
	 * of the machine's speed; no weights are loaded.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param options what is left open is the model's default
	 * @return time and memory, and what is free
	 * @throws InvalidOptionException if the model cannot do what the options ask for
	 */
	Forecast forecast(int width, int height, DecomposeOptions options);

	/**
	 * Decomposes a picture.
	 * <p>
	 * The stack has the picture's size; its layers are ordered bottom to top.
	 *
	 * @param picture any size and alpha
	 * @param options what to do; what is left open is the model's default
	 * @param progress receives what happens, and is asked for cancellation at least once per denoising step
	 * @return the layers and the record of the run
	 * @throws InvalidOptionException if the model cannot do what the options ask for
	 * @throws CancelledException if progress said so
	 * @throws DecompositionException if it failed otherwise; the message is for the user
	 */
	Decomposition decompose(RgbaImage picture, DecomposeOptions options, Progress progress);

	/** Frees the model's memory. */
	@Override
	void close();
}
