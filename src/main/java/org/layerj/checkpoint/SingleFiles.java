package org.layerj.checkpoint;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Single weight files, as in ComfyUI's folder {@code models}, seen as a folder in diffusers layout: parts are found by
 * the headers of the files, whatever these are called; configurations follow from shapes; the tokenizer comes from a
 * GGUF's vocabulary, a folder {@code tokenizer} among the files, or a folder that is known.
 */
final class SingleFiles implements ModelFiles {

	/** How deep below the folder files are looked for: {@code models/diffusion_models/qwen/x.gguf}. */
	private static final int DEPTH = 3;
	private static final int MAX_FILES = 2000;
	private static final List<String> ENDINGS = List.of(".safetensors", ".sft", ".gguf");
	private static final String WHERE =
		"; it is published as part of Qwen/Qwen-Image-Layered on huggingface.co and modelscope.cn";

	private final Path folder;
	private final String name;
	private final FolderFiles files;
	private final Map<String, Map<String, TensorInfo>> weights = new LinkedHashMap<>();
	private final Map<String, List<String>> weightFiles = new LinkedHashMap<>();
	private final Map<String, byte[]> made = new LinkedHashMap<>();
	private final List<String> notes = new ArrayList<>();
	private final Optional<Path> tokenizer;

	private SingleFiles(final Path folder, final String name, final Optional<Path> tokenizer) {
		this.folder = folder;
		this.name = name;
		this.files = new FolderFiles(folder);
		this.tokenizer = tokenizer;
	}

	/** Whether there are files here that might be parts of a model. */
	static boolean isIn(final Path folder) {
		return !list(folder).isEmpty();
	}

	/**
	 * @param folder that is searched
	 * @param chosen the file that is the transformer, relative to the folder; empty if there is only one to choose
	 * @param tokenizer a folder with a tokenizer; empty if the model should have one
	 * @throws ModelException if a part is missing, or if it is not clear which file is meant
	 */
	static ModelFiles find(final Path folder, final Optional<String> chosen, final Optional<Path> tokenizer) {
		final SingleFiles all =
			new SingleFiles(folder, chosen.map(c -> folder.resolve(c).toString()).orElse(folder.toString()), tokenizer);
		all.find(chosen);
		return all;
	}

	private static List<String> list(final Path folder) {
		try (Stream<Path> all = Files.walk(folder, DEPTH, java.nio.file.FileVisitOption.FOLLOW_LINKS)) {
			return all
				.filter(p -> ENDINGS.stream()
					.anyMatch(e -> p.getFileName() != null
						&& p.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(e)))
				.filter(Files::isRegularFile)
				.map(p -> folder.relativize(p).toString().replace('\\', '/'))
				.sorted()
				.limit(MAX_FILES)
				.toList();
		}
		catch (final IOException | java.io.UncheckedIOException e) {
			throw new ModelException("The folder " + folder + " cannot be read: " + e.getMessage() + ".", e);
		}
	}

	private void find(final Optional<String> chosen) {
		final List<SingleFile> found = new ArrayList<>();
		final List<ModelException> faults = new ArrayList<>();
		for (final String path : list(folder)) {
			try {
				found.add(SingleFile.read(this, path));
			}
			catch (final ModelException e) {
				// Of another program, or damaged; it matters only if a part is missing or if it was chosen.
				if (chosen.equals(Optional.of(path))) throw e;
				faults.add(e);
			}
		}
		final SingleFile transformer = transformer(found, chosen, faults);
		final SingleFile vae = smallest(found, SingleFile.Kind.VAE, f -> true, "VAE")
			.orElseThrow(() -> missing("an RGBA autoencoder (VAE with four channels)",
				"qwen_image_layered_vae.safetensors of Comfy-Org/Qwen-Image-Layered_ComfyUI", faults));
		final long width = transformer.tensors().get("txt_norm.weight").shape()[0];
		final SingleFile text = smallest(found, SingleFile.Kind.TEXT, f -> width(f) == width, "text encoder")
			.orElseThrow(() -> missing("a text encoder (Qwen2.5-VL with a width of " + width + ")",
				"qwen_2.5_vl_7b_fp8_scaled.safetensors of Comfy-Org/Qwen-Image_ComfyUI, or a GGUF of Qwen2.5-VL-7B",
				faults));
		final Optional<SingleFile> vision =
			text.sees() ? Optional.empty() : smallest(found, SingleFile.Kind.VISION, f -> {
				final TensorInfo out = f.tensors().get("visual.merger.mlp.2.weight");
				return out != null && out.shape()[0] == width;
			}, "vision tower");
		if (!text.sees() && vision.isEmpty()) notes.add("There is no vision tower (mmproj) beside the text encoder "
			+ text.path()
			+ ", so the model cannot describe pictures; put the mmproj file of the same GGUF repository beside it, or type a prompt.");
		put(TransformerConfig.FOLDER, transformer, Optional.empty(), ShapeConfigs.transformer(transformer.tensors()));
		put(VaeConfig.FOLDER, vae, Optional.empty(), ShapeConfigs.vae(vae.tensors()));
		put(TextConfig.FOLDER, text, vision, ShapeConfigs.text(text, vision));
		ShapeConfigs.generation(text.tensors()).ifPresent(g -> make(TextConfig.FOLDER + "/generation_config.json", g));
		make("scheduler/scheduler_config.json", ShapeConfigs.scheduler());
		make("model_index.json", ShapeConfigs.index(true));
		tokenizer(text, found);
		notes.add(0,
			"Found by their headers: transformer " + transformer.path() + " (" + transformer.types()
				+ "), text encoder " + text.path() + " (" + text.types() + ")"
				+ vision.map(v -> ", vision tower " + v.path() + " (" + v.types() + ")").orElse("") + ", VAE "
				+ vae.path() + " (" + vae.types() + ").");
	}

	private SingleFile transformer(final List<SingleFile> found, final Optional<String> chosen,
		final List<ModelException> faults)
	{
		if (chosen.isPresent()) {
			final SingleFile file = found.stream()
				.filter(f -> f.path().equals(chosen.get()))
				.findFirst()
				.orElseThrow(() -> new ModelException(
					"The file " + name + " is no weight file that can be read (.safetensors or .gguf)."));
			if (file.kind() == SingleFile.Kind.TRANSFORMER) return file;
			throw new ModelException("The file " + name + (switch (file.kind()) {
				case PLAIN_TRANSFORMER ->
					" is a Qwen-Image transformer, but not a layered one (it has no addition_t_embedding)";
				case TEXT -> " is a text encoder";
				case VISION -> " is a vision tower (mmproj)";
				case VAE -> " is an autoencoder";
				default -> " is no part of Qwen-Image-Layered";
			}) + "; give the file of the transformer, or the folder that holds all parts.");
		}
		final List<SingleFile> all = found.stream().filter(f -> f.kind() == SingleFile.Kind.TRANSFORMER).toList();
		if (all.size() > 1) throw new ModelException("The folder " + folder + " holds " + all.size()
			+ " layered transformers (" + all.stream().limit(4).map(SingleFile::path).collect(Collectors.joining(", "))
			+ (all.size() > 4 ? ", …" : "") + "); give the file that is meant as the model.");
		return all.stream()
			.findFirst()
			.orElseThrow(() -> missing(
				"a transformer of Qwen-Image-Layered" + found.stream()
					.filter(f -> f.kind() == SingleFile.Kind.PLAIN_TRANSFORMER)
					.findFirst()
					.map(f -> " (" + f.path() + " is a Qwen-Image without layers)")
					.orElse(""),
				"qwen_image_layered_fp8mixed.safetensors of Comfy-Org/Qwen-Image-Layered_ComfyUI, or a GGUF of Qwen-Image-Layered",
				faults));
	}

	private static long width(final SingleFile text) {
		final TensorInfo table = text.tensors().get("model.embed_tokens.weight");
		return table == null || table.shape().length != 2 ? 0 : table.shape()[1];
	}

	/**
	 * Of several files that serve alike, the one that needs the least memory; of those with and without a vision tower,
	 * one with.
	 */
	private Optional<SingleFile> smallest(final List<SingleFile> found, final SingleFile.Kind kind,
		final java.util.function.Predicate<SingleFile> fits, final String what)
	{
		final List<SingleFile> all = found.stream()
			.filter(f -> f.kind() == kind && fits.test(f))
			.sorted(Comparator.comparing((SingleFile f) -> kind == SingleFile.Kind.TEXT && !f.sees())
				.thenComparingLong(SingleFile::bytes)
				.thenComparing(SingleFile::path))
			.toList();
		if (all.size() > 1)
			notes.add("There are " + all.size() + " files with a " + what + "; " + all.get(0).path() + " is taken.");
		return all.stream().findFirst();
	}

	private ModelException missing(final String what, final String offer, final List<ModelException> faults) {
		return new ModelException("The folder " + folder + " lacks " + what + "; get " + offer
			+ (faults.isEmpty() ? "." : ". " + faults.size() + " weight files there cannot be read, the first because: "
				+ faults.get(0).getMessage()));
	}

	private void put(final String part, final SingleFile file, final Optional<SingleFile> more,
		final JsonObject config)
	{
		final Map<String, TensorInfo> tensors = new LinkedHashMap<>(file.tensors());
		more.ifPresent(m -> m.tensors().forEach(tensors::putIfAbsent));
		weights.put(part, tensors);
		final List<String> paths = new ArrayList<>(List.of(file.path()));
		more.ifPresent(m -> paths.add(m.path()));
		weightFiles.put(part, List.copyOf(paths));
		make(part + "/config.json", config);
	}

	private void make(final String path, final JsonObject json) {
		made.put(path, json.toString().getBytes(StandardCharsets.UTF_8));
	}

	private void tokenizer(final SingleFile text, final List<SingleFile> found) {
		final Optional<Path> given = tokenizer.or(() -> Stream.of("tokenizer", "text_encoders/tokenizer")
			.map(folder::resolve)
			.filter(SingleFiles::isTokenizer)
			.findFirst());
		if (given.isPresent()) {
			copy(given.get());
			return;
		}
		final Optional<JsonObject> own =
			Stream.concat(Stream.of(text), found.stream().filter(f -> f.kind() == SingleFile.Kind.TEXT))
				.flatMap(f -> f.gguf().stream())
				.map(ShapeConfigs::tokenizer)
				.flatMap(Optional::stream)
				.findFirst();
		if (own.isPresent()) {
			make("tokenizer/tokenizer.json", own.get());
			return;
		}
		final Optional<Path> known = KnownTokenizer.path().filter(SingleFiles::isTokenizer);
		if (known.isEmpty()) throw new ModelException("The folder " + folder
			+ " holds no tokenizer; give its folder as the option tokenizer, or put it there as the folder tokenizer"
			+ WHERE + ".");
		notes.add("The tokenizer is that of " + known.get() + ".");
		copy(known.get());
	}

	private void copy(final Path from) {
		if (!isTokenizer(from)) throw new ModelException(
			"The folder " + from + " holds no tokenizer (tokenizer.json, or vocab.json and merges.txt)" + WHERE + ".");
		final FolderFiles there = new FolderFiles(from);
		for (final String file : List.of("tokenizer.json", "vocab.json", "merges.txt", "added_tokens.json",
			"tokenizer_config.json"))
		{
			if (there.has(file)) made.put("tokenizer/" + file, there.read(file));
		}
	}

	/** Whether a folder holds a tokenizer's files. */
	static boolean isTokenizer(final Path folder) {
		return Files.exists(folder.resolve("tokenizer.json"))
			|| Files.exists(folder.resolve("vocab.json")) && Files.exists(folder.resolve("merges.txt"));
	}

	@Override
	public Optional<Map<String, TensorInfo>> weights(final String part) {
		return Optional.ofNullable(weights.get(part));
	}

	@Override
	public List<String> weightFiles(final String part) {
		return weightFiles.getOrDefault(part, List.of());
	}

	@Override
	public List<String> notes() {
		return List.copyOf(notes);
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public boolean has(final String path) {
		return made.containsKey(path) || path.equals(ModelDefaults.FILE) && files.has(path);
	}

	@Override
	public long size(final String path) {
		return made.containsKey(path) ? made.get(path).length : files.size(path);
	}

	@Override
	public byte[] read(final String path) {
		return made.containsKey(path) ? made.get(path).clone() : files.read(path);
	}

	@Override
	public ByteBuffer map(final String path, final long offset, final long length) {
		return files.map(path, offset, length);
	}

	@Override
	public void checkUnchanged() {
		files.checkUnchanged();
	}

	@Override
	public void release(final String path, final long offset, final long length) {
		files.release(path, offset, length);
	}
}
