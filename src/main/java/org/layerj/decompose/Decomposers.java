package org.layerj.decompose;

import java.util.Optional;

/** Opens models. */
public final class Decomposers {

	private Decomposers() {}

	/** What there is to check of a method that has no model files: one line; empty for models that have some. */
	public static Optional<String> withoutFiles(final ModelName model) {
		return model.word().flatMap(n -> switch (n) {
			case ClassicalDecomposer.NAME -> Optional.of(n + ": the method without a network; it needs no model folder, no PyTorch and no graphics card.");
			case SegmentDecomposer.NAME -> SegmentDecomposer.available() ? Optional.of(n
				+ ": the built-in graph network on segments; it needs no model folder and no graphics card.") : Optional.empty();
			default -> Optional.empty();
		});
	}

	/**
	 * See {@link DecomposerFactory#open}. {@value ClassicalDecomposer#NAME} is the classical method and {@value
	 * SegmentDecomposer#NAME} the graph network on segments,
	 * once its weights are in the jar; an address is a server.
	 *
	 * @throws InvalidOptionException if one of these is asked for on a graphics card, too
	 */
	public static Decomposer open(final ModelName model, final String device) {
		return named(model, device).orElseGet(() -> ModelDecomposer.open(model.files(), device));
	}

	/**
	 * The same, to ask for {@link Decomposer#model} and {@link Decomposer#forecast} only: does not start PyTorch, so that a dialog can tell at once what a run will
	 * roughly cost.
	 */
	public static Decomposer outline(final ModelName model, final String device) {
		return named(model, device).orElseGet(() -> ModelDecomposer.outline(model.files(), device));
	}

	/** What is no model folder. */
	private static Optional<Decomposer> named(final ModelName model, final String device) {
		if (model.server().isPresent()) {
			onProcessor(RemoteDecomposer.refusal(device));
			return Optional.of(RemoteDecomposer.open(model.server().get()));
		}
		final Optional<String> name = model.word();
		if (name.filter(ClassicalDecomposer.NAME::equals).isPresent()) {
			onProcessor(ClassicalDecomposer.refusal(device));
			return Optional.of(new ClassicalDecomposer());
		}
		if (name.filter(SegmentDecomposer.NAME::equals).isPresent() && SegmentDecomposer.available()) {
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
