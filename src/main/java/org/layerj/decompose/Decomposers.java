package org.layerj.decompose;

import java.nio.file.Path;
import java.util.Optional;
import org.layerj.common.Progress;
import org.layerj.model.Quantiser;

/** Opens models. */
public final class Decomposers {

	private Decomposers() {}

	/** What there is to check of a method that has no model files: one line; empty for models that have some. */
	public static Optional<String> withoutFiles(final ModelName model) {
		return model.isBuiltIn() ? Optional.of(SegmentDecomposer.NAME
			+ ": the built-in default, small networks for text and segments; it needs no model folder and no graphics card.")
			: Optional.empty();
	}

	/**
	 * See {@link DecomposerFactory#open}. Without a name it is the built-in default; an address is a server.
	 *
	 * @throws InvalidOptionException if one of these is asked for on a graphics card, too
	 */
	public static Decomposer open(final ModelName model, final String device) {
		return named(model, device).orElseGet(() -> ModelDecomposer.open(model.files(), model.lora(), device));
	}

	/**
	 * The same, to ask for {@link Decomposer#model} and {@link Decomposer#forecast} only: does not start PyTorch, so
	 * that a dialog can tell at once what a run will roughly cost.
	 */
	public static Decomposer outline(final ModelName model, final String device) {
		return named(model, device).orElseGet(() -> ModelDecomposer.outline(model.files(), model.lora(), device));
	}

	/**
	 * Writes a model in 8 bits to a new folder.
	 *
	 * @param progress told the share that is done, 0 … 1; may stop it
	 * @return bytes written
	 * @throws org.layerj.checkpoint.ModelException if the model or the folder cannot be used
	 */
	public static long quantise(final ModelName model, final Path folder, final Progress progress) {
		return Quantiser.write(model.files(), folder, progress);
	}

	/** What is no model folder. */
	private static Optional<Decomposer> named(final ModelName model, final String device) {
		if ((model.server().isPresent() || model.isBuiltIn()) && !model.lora().isEmpty())
			throw new InvalidOptionException("lora",
				"The option lora is for " + "diffusion models on this computer, which " + model
					+ " is not; give a model folder, or leave it out.");
		if (model.server().isPresent()) {
			onProcessor(RemoteDecomposer.refusal(device));
			return Optional.of(RemoteDecomposer.open(model.server().get()));
		}
		if (model.isBuiltIn()) {
			onProcessor(SegmentDecomposer.refusal(device));
			return Optional.of(new SegmentDecomposer());
		}
		return Optional.empty();
	}

	private static void onProcessor(final Optional<String> refusal) {
		refusal.ifPresent(message -> {
			throw new InvalidOptionException("device", message);
		});
	}
}
