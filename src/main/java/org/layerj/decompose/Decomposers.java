package org.layerj.decompose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.model.Quantiser;

/** Opens models. */
public final class Decomposers {

	private Decomposers() {}

	/** What there is to check of a method that has no model files: one line; empty for models that have some. */
	public static Optional<String> withoutFiles(final Optional<Path> folder) {
		return name(folder).flatMap(n -> switch (n) {
			case ClassicalDecomposer.NAME -> Optional.of(n + ": the method without a network; it needs no model folder, no PyTorch and no graphics card.");
			case SegmentDecomposer.NAME -> SegmentDecomposer.available() ? Optional.of(n
				+ ": the built-in graph network on segments; it needs no model folder and no graphics card.") : Optional.empty();
			default -> Optional.empty();
		});
	}

	/**
	 * See {@link DecomposerFactory#open}; in the place of a folder, {@value ClassicalDecomposer#NAME} is the classical method and
	 * {@value SegmentDecomposer#NAME} the graph network on segments, once its weights are in the jar.
	 *
	 * @throws InvalidOptionException if one of these is asked for on a graphics card, too
	 */
	public static Decomposer open(final Optional<Path> folder, final Optional<Path> tokenizer, final String device) {
		return named(folder, device).orElseGet(() -> ModelDecomposer.open(files(folder, tokenizer), device));
	}

	/** The same for models that have a tokenizer. */
	public static Decomposer open(final Optional<Path> folder, final String device) {
		return open(folder, Optional.empty(), device);
	}

	/**
	 * The same, to ask for {@link Decomposer#model} and {@link Decomposer#forecast} only: does not start PyTorch, so that a dialog can tell at once what a run will
	 * roughly cost.
	 */
	public static Decomposer outline(final Optional<Path> folder, final Optional<Path> tokenizer, final String device) {
		return named(folder, device).orElseGet(() -> ModelDecomposer.outline(files(folder, tokenizer), device));
	}

	/**
	 * Writes a model in 8 bits to a new folder.
	 *
	 * @param progress told the share that is done; may throw to stop
	 * @return bytes written
	 * @throws org.layerj.checkpoint.ModelException if the model or the folder cannot be used
	 */
	public static long quantise(final Path model, final Optional<Path> tokenizer, final Path folder, final DoubleConsumer progress) {
		return Quantiser.write(ModelFiles.folder(model, tokenizer), folder, progress);
	}

	/** The methods that have a name in the place of a folder, which a folder of that name hides. */
	private static Optional<Decomposer> named(final Optional<Path> folder, final String device) {
		final Optional<String> name = name(folder);
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

	private static Optional<String> name(final Optional<Path> folder) {
		return folder.filter(f -> !Files.isDirectory(f)).map(Path::toString);
	}

	private static void onProcessor(final Optional<String> refusal) {
		refusal.ifPresent(message -> {
			throw new InvalidOptionException("device", message);
		});
	}

	private static ModelFiles files(final Optional<Path> folder, final Optional<Path> tokenizer) {
		return folder.map(f -> ModelFiles.folder(f, tokenizer)).orElseGet(ModelFiles::builtIn);
	}
}
