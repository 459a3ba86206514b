package org.layerj.decompose;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.checkpoint.LoraChoice;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.common.LocaleNames;
import org.layerj.remote.ServerAddress;

/**
 * What a user writes for a model: a folder, a server's address, or a word, {@value ModelInfo#BUILT_IN} or one of
 * {@link ModelDownload}.
 *
 * @param text as it is written in macros and records: without spaces and slashes at the end, never blank, and never
 * with a password in it
 * @param tokenizer a folder with a tokenizer, for a model in single files that bring none
 * @param lora LoRAs that change it
 */
public record ModelName(String text, Optional<Path> tokenizer, List<LoraChoice> lora) {

	/**
	 * A model that brings its tokenizer, if it needs one.
	 *
	 * @param text a path, a server's address or {@value ModelInfo#BUILT_IN}
	 */
	public ModelName(final String text) {
		this(text, Optional.empty(), List.of());
	}

	/** What is said of models that had a word once. */
	private static final Map<String, String> GONE = Map.of("classical",
		"The model classical, the method without a network, is no longer in the plugin. Leave the option model out "
			+ "for the built-in default, which needs no graphics card either, or give a model folder or the address of a "
			+ "server.",
		"compact",
		"The model compact, the small diffusion model that was the default before, is no longer in the plugin; it is "
			+ "in the folder training/compact of the sources, which opens as any model folder. Leave the option model "
			+ "out for the built-in default.");

	/** The built-in default. */
	public static final ModelName BUILT_IN = new ModelName(ModelInfo.BUILT_IN);

	/**
	 * Reads what a user has written; blank is the built-in default.
	 *
	 * @param written a path, a server's address, {@value ModelInfo#BUILT_IN}, or nothing
	 * @return the name
	 * @throws InvalidOptionException if it is neither a path nor an address
	 */
	public static ModelName of(final String written) {
		final String text = written.strip().replaceFirst("(?<=[^/\\\\:])[/\\\\]+$", "");
		if (text.isEmpty()) return BUILT_IN;
		try {
			if (ServerAddress.is(text)) ServerAddress.of(text);
			else Path.of(text);
			return new ModelName(text);
		}
		catch (final InvalidPathException e) {
			throw new InvalidOptionException("model", LocaleNames.unreadable(text)
				.orElse("The option model must be a folder or an address, not " + text + "."));
		}
		catch (final IllegalArgumentException e) {
			throw new InvalidOptionException("model", e.getMessage());
		}
	}

	/**
	 * A model folder.
	 *
	 * @param folder with a model's files
	 * @return the name
	 */
	public static ModelName of(final Path folder) {
		return new ModelName(folder.toString());
	}

	/**
	 * The same model with a tokenizer from elsewhere.
	 *
	 * @param folder with the tokenizer's files; empty if the model brings it
	 * @return the name
	 */
	public ModelName withTokenizer(final Optional<Path> folder) {
		return new ModelName(text, folder, lora);
	}

	/**
	 * The same model with LoRAs.
	 *
	 * @param written what {@link LoraChoice#parse} reads; blank for none
	 * @return the name
	 * @throws InvalidOptionException if it is something else
	 */
	public ModelName withLora(final String written) {
		try {
			return new ModelName(text, tokenizer, LoraChoice.parse(written));
		}
		catch (final IllegalArgumentException e) {
			throw new InvalidOptionException("lora", e.getMessage());
		}
	}

	/** {@return whether it is the built-in default} */
	public boolean isBuiltIn() {
		return text.equals(ModelInfo.BUILT_IN);
	}

	/** {@return where the model is, if it is on another machine} */
	public Optional<ServerAddress> server() {
		return ServerAddress.is(text) ? Optional.of(ServerAddress.of(text)) : Optional.empty();
	}

	/** The word that stands for a model; a folder of that name hides it. */
	Optional<String> word() {
		return isBuiltIn() || ServerAddress.is(text) || Files.isDirectory(Path.of(text)) ? Optional.empty()
			: Optional.of(text);
	}

	/**
	 * The files of a diffusion model; none of a server and of the built-in default.
	 *
	 * @return open for reading headers; weights are read when they are needed
	 * @throws ModelException if there is no such model
	 */
	public ModelFiles files() {
		final Optional<String> word = word();
		word.map(GONE::get).ifPresent(message -> {
			throw new ModelException(message);
		});
		return ModelFiles.folder(word.flatMap(ModelDownload::fetched).orElseGet(() -> Path.of(text)), tokenizer);
	}

	@Override
	public String toString() {
		return text;
	}
}
