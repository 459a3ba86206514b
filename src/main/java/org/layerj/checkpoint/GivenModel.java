package org.layerj.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a user has given as a model: which form it has, and where it has none, what it is instead. */
final class GivenModel {

	private static final List<String> PARTS = List.of("model_index.json", "transformer", "text_encoder", "scheduler",
		"processor", "prompt_embeds", "vae/config.json", "vae/diffusion_pytorch_model.safetensors");
	/** Folders in which ComfyUI keeps transformers; the folder above holds the other parts. */
	private static final List<String> HOLDERS = List.of("diffusion_models", "unet", "checkpoints", "unet_gguf");

	private GivenModel() {}

	static ModelFiles open(final Path model, final Optional<Path> tokenizer) {
		if (Files.isRegularFile(model)) return file(model.toAbsolutePath().normalize(), tokenizer);
		if (!Files.isDirectory(model)) throw new ModelException("The model folder " + model
			+ " does not exist; give the folder that holds model_index.json, or one with single files such as ComfyUI's models.");
		if (PARTS.stream().anyMatch(p -> Files.exists(model.resolve(p)))) return layout(model);
		final Optional<Path> snapshot = snapshot(model);
		if (snapshot.isPresent()) throw new ModelException("The folder " + model
			+ " is a download cache of the Hugging Face Hub; give the folder " + snapshot.get() + " in it.");
		if (Files.exists(model.resolve("adapter_config.json")))
			throw new ModelException("The folder " + model + " holds an adapter (LoRA, PEFT), not a model;"
				+ " give it as the option lora, together with the model that it was made for.");
		return SingleFiles.isIn(model) ? SingleFiles.find(model, Optional.empty(), tokenizer) : layout(model);
	}

	private static ModelFiles layout(final Path model) {
		if (SingleFiles.isTokenizer(model.resolve("tokenizer"))) KnownTokenizer.remember(model.resolve("tokenizer"));
		return new FolderFiles(model);
	}

	/** A transformer's file: the other parts lie around it. */
	private static ModelFiles file(final Path file, final Optional<Path> tokenizer) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		if (Stream.of(".safetensors", ".sft", ".gguf").noneMatch(name::endsWith)) throw new ModelException("The model "
			+ file + " is not a weight file (.safetensors or .gguf)" + (name.matches(".*\\.(ckpt|pt|pth|bin)")
				? " but a pickled one, which may run any program and is not read" : "")
			+ "; give the folder that holds model_index.json.");
		Path folder = file.getParent();
		for (int up = 0; up < 2 && folder.getParent() != null; up++) {
			if (folder.getFileName() != null && HOLDERS.contains(folder.getFileName().toString())) {
				folder = folder.getParent();
				break;
			}
			if (Files.isDirectory(folder.resolve("vae"))) break;
			if (folder.getParent().getFileName() != null
				&& HOLDERS.contains(folder.getParent().getFileName().toString())) folder = folder.getParent();
		}
		return SingleFiles.find(folder, Optional.of(folder.relativize(file).toString().replace('\\', '/')), tokenizer);
	}

	/** The newest download in a cache folder such as {@code models--Qwen--Qwen-Image-Layered}. */
	private static Optional<Path> snapshot(final Path model) {
		final Path snapshots = model.resolve("snapshots");
		if (!Files.isDirectory(snapshots)) return Optional.empty();
		try (Stream<Path> all = Files.list(snapshots)) {
			return all.filter(Files::isDirectory)
				.max((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()));
		}
		catch (final IOException e) {
			return Optional.empty();
		}
	}
}
