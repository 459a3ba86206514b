package org.layerj.decompose;

import java.nio.file.Path;
import java.util.Optional;
import org.layerj.common.Progress;
import org.layerj.model.Quantiser;

/** Opens models. */
public final class Decomposers {

	private Decomposers() {}

	/**
	 * See {@link DecomposerFactory#open}. Without a name it is the built-in default; an address is a server.
	 *
	 * @param model as a user names it
	 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 * @return to be closed by the caller
	 * @throws InvalidOptionException if the built-in default or a server is asked for with a graphics card
	 * @throws org.layerj.checkpoint.ModelException if the files are no usable model
	 * @throws org.layerj.remote.ServerException if the server cannot be used
	 */
	public static Decomposer open(final ModelName model, final String device) {
		return named(model, device).orElseGet(() -> ModelDecomposer.open(model.files(), model.lora(), device));
	}

	/**
	 * Opens a model for {@link Decomposer#model} and {@link Decomposer#forecast} only: does not start PyTorch, so that
	 * a dialog can show a forecast at once.
	 *
	 * @param model as a user names it
	 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 * @return starts PyTorch when it first decomposes; to be closed by the caller
	 */
	public static Decomposer outline(final ModelName model, final String device) {
		return named(model, device).orElseGet(() -> ModelDecomposer.outline(model.files(), model.lora(), device));
	}

	/**
	 * Writes a model in 8 bits to a new folder.
	 *
	 * @param model a model folder or single files, in any precision
	 * @param folder that does not exist yet, or is empty
	 * @param progress receives the share that is done, 0 … 1; may stop it
	 * @return bytes written
	 * @throws org.layerj.checkpoint.ModelException if the model or the folder cannot be used
	 */
	public static long quantise(final ModelName model, final Path folder, final Progress progress) {
		return Quantiser.write(model.files(), folder, progress);
	}

	/** Why a model cannot be changed by the LoRAs that are named with it; empty if none are, or it can. */
	static Optional<String> rejectedLora(final ModelName model) {
		return model.lora().isEmpty() || !model.isBuiltIn() && model.server().isEmpty() ? Optional.empty()
			: Optional.of("The option lora is for diffusion models on this computer, which " + model
				+ " is not; give a model folder, or leave it out.");
	}

	/** What is no model folder. */
	private static Optional<Decomposer> named(final ModelName model, final String device) {
		rejectedLora(model).ifPresent(message -> {
			throw new InvalidOptionException("lora", message);
		});
		if (model.server().isPresent()) {
			onProcessor(RemoteDecomposer.rejection(device));
			return Optional.of(RemoteDecomposer.open(model.server().get()));
		}
		if (model.isBuiltIn()) {
			onProcessor(SegmentDecomposer.rejection(device));
			return Optional.of(new SegmentDecomposer());
		}
		return Optional.empty();
	}

	private static void onProcessor(final Optional<String> rejection) {
		rejection.ifPresent(message -> {
			throw new InvalidOptionException("device", message);
		});
	}
}
