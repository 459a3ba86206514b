package org.layerj.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.layerj.checkpoint.ExpectedTensors.TextNames;

/**
 * Whether a model folder is complete and consistent, and what running it takes.
 * <p>
 * Reads headers and configurations only, so that 57 GB are checked in a second. All problems are collected; none is
 * thrown. Values of weights are not looked at.
 */
public final class ModelCheck {

	/** The stored embedding of the blank prompt, which a model may bring instead of a text encoder. */
	public static final String BLANK_PROMPT = "prompt_embeds/blank.safetensors";
	/** The tensor in it, {@code (tokens, joint_attention_dim)}. */
	public static final String BLANK_PROMPT_TENSOR = "prompt_embeds";

	static final String PIPELINE = "QwenImageLayeredPipeline";
	private static final String INDEX = "model_index.json";
	/** What PEFT and diffusers call the weights of a LoRA. */
	private static final List<String> ADAPTERS = List.of("adapter_model.safetensors",
		"pytorch_lora_weights.safetensors", "transformer/adapter_model.safetensors",
		"transformer/pytorch_lora_weights.safetensors", "text_encoder/adapter_model.safetensors");
	/** Classes we know how to run, by the part's name in model_index.json. */
	private static final Map<String, Set<String>> CLASSES = Map.of( //
		"transformer", Set.of("QwenImageTransformer2DModel"), //
		"vae", Set.of("AutoencoderKLQwenImage"), //
		"scheduler", Set.of("FlowMatchEulerDiscreteScheduler"), //
		"text_encoder", Set.of("Qwen2_5_VLForConditionalGeneration"), //
		"tokenizer", Set.of("Qwen2Tokenizer", "Qwen2TokenizerFast"), //
		"processor", Set.of("Qwen2VLProcessor", "Qwen2_5_VLProcessor"));

	/**
	 * One part of the model.
	 *
	 * @param folder for example {@code transformer}
	 * @param kind class name, or what the part is
	 * @param files number of weight files read
	 * @param tensors number of tensors in them
	 * @param parameters number of elements of all tensors
	 * @param bytes size of all tensors
	 * @param dtypes safetensors type names with the number of tensors of each
	 */
	public record Part(String folder, String kind, int files, long tensors, long parameters, long bytes,
		Map<String, Long> dtypes)
	{

		public Part {
			dtypes = Map.copyOf(dtypes);
		}

		private static Part of(final String folder, final String kind, final Component c) {
			final Map<String, Long> dtypes = new TreeMap<>();
			long parameters = 0;
			long bytes = 0;
			for (final String name : c.names()) {
				final TensorInfo t = c.info(name);
				dtypes.merge(t.dtype(), 1L, Long::sum);
				parameters += t.elements();
				bytes += t.bytes();
			}
			return new Part(folder, kind, c.shards(), c.names().size(), parameters, bytes, dtypes);
		}

		private static Part plain(final String folder, final String kind) {
			return new Part(folder, kind, 0, 0, 0, 0, Map.of());
		}
	}

	private final ModelFiles files;
	private final Machine machine;
	private final List<String> problems = new ArrayList<>();
	private final List<String> notes = new ArrayList<>();
	private final List<Part> parts = new ArrayList<>();
	private ModelDefaults defaults = ModelDefaults.OFFICIAL;
	private Optional<ModelId> id = Optional.empty();
	private Optional<ModelConfigs> configs = Optional.empty();
	private MemoryForecast.Stored stored = new MemoryForecast.Stored(2, 2);

	private ModelCheck(final ModelFiles files, final Machine machine) {
		this.files = files;
		this.machine = machine;
	}

	/** Checks a model against this computer without a graphics card. */
	public static ModelCheck of(final ModelFiles files) {
		return of(files, Machine.here());
	}

	/** Checks a model against a computer. */
	public static ModelCheck of(final ModelFiles files, final Machine machine) {
		final ModelCheck check = new ModelCheck(files, machine);
		check.run();
		return check;
	}

	/** Whether the model can be run, memory aside. */
	public boolean ok() {
		return problems.isEmpty();
	}

	/** What is wrong, one message each, in the order of the parts. */
	public List<String> problems() {
		return List.copyOf(problems);
	}

	/** What is unusual but not wrong. */
	public List<String> notes() {
		return List.copyOf(notes);
	}

	/** The parts found. */
	public List<Part> parts() {
		return List.copyOf(parts);
	}

	/** Number of tensors of all parts. */
	public long tensors() {
		return parts.stream().mapToLong(Part::tensors).sum();
	}

	/** Number of parameters of all parts. */
	public long parameters() {
		return parts.stream().mapToLong(Part::parameters).sum();
	}

	/** Bytes of the tensors of all parts. */
	public long bytes() {
		return parts.stream().mapToLong(Part::bytes).sum();
	}

	public ModelDefaults defaults() {
		return defaults;
	}

	/** Empty if a file it is made of cannot be read. */
	public Optional<ModelId> id() {
		return id;
	}

	/** What a run needs; empty if the configurations cannot be trusted. */
	public Optional<MemoryForecast> forecast() {
		return configs.filter(c -> ok()).map(c -> new MemoryForecast(c, stored));
	}

	/** The computer the model was checked against. */
	public Machine machine() {
		return machine;
	}

	/**
	 * Makes sure that the model can be run: a run begins with this, so that it says what the check says.
	 *
	 * @throws ModelException with the first problem
	 */
	public void requireUsable() {
		if (!ok()) throw new ModelException(problems.get(0));
	}

	/** Everything above as plain text of at most about forty lines. */
	public String report() {
		return new CheckReport(this, files.name()).text();
	}

	/** The sizes of the networks; empty if a configuration cannot be read. */
	public Optional<ModelConfigs> configs() {
		return configs;
	}

	// -- Checking --

	private void run() {
		files.notes().forEach(this::note);
		final Set<String> listed = index();
		read(() -> ModelDefaults.read(files)).ifPresent(d -> defaults = d);

		final Optional<TransformerConfig> transformer = read(() -> TransformerConfig.read(files, this::note));
		transformer.ifPresent(
			c -> weights(TransformerConfig.FOLDER, "QwenImageTransformer2DModel", s -> ExpectedTensors.transformer(c)));
		final Optional<VaeConfig> vae = read(() -> VaeConfig.read(files, this::note));
		vae.ifPresent(c -> weights(VaeConfig.FOLDER, "AutoencoderKLQwenImage", s -> ExpectedTensors.vae(c)));
		final Optional<TextConfig> text;
		final Optional<VisionConfig> vision;
		if (listed.contains("text_encoder") || files.has("text_encoder/config.json")) {
			final String path = TextConfig.FOLDER + "/config.json";
			text = read(() -> TextConfig.read(files, path, this::note));
			final boolean sees = text.isPresent() && read(() -> ModelConfigs.hasVision(files)).orElse(false);
			vision = sees ? read(() -> VisionConfig.read(files, path, this::note)) : Optional.empty();
			// A vision tower whose configuration is wrong is reported as that, not as unexpected tensors.
			if (sees == vision.isPresent()) text.ifPresent(c -> weights(TextConfig.FOLDER,
				"Qwen2_5_VLForConditionalGeneration", s -> ExpectedTensors.text(c, vision, TextNames.of(s), tied())));
			tokenizer(text);
			if (text.isPresent() && vision.isEmpty())
				notes.add("The text encoder has no vision tower, so the model cannot describe pictures itself.");
			else processor(listed);
		}
		else {
			text = Optional.empty();
			vision = Optional.empty();
			if (files.has(BLANK_PROMPT)) notes.add("The model has no text encoder; prompts have no effect.");
			else problem("The model " + files.name() + " has neither a text_encoder nor " + BLANK_PROMPT
				+ "; the download is incomplete.");
		}
		blankPrompt(transformer);
		scheduler();
		adapters();
		if (transformer.isPresent() && vae.isPresent()) {
			configs = Optional.of(new ModelConfigs(transformer.get(), vae.get(), text, vision));
			agree(configs.get());
		}
		if (ok()) id = read(() -> ModelId.of(files));
	}

	/** Those of the parts we know that model_index.json lists and does not switch off. */
	private Set<String> index() {
		if (!files.has(INDEX)) {
			notes.add("There is no " + INDEX + "; the parts are judged by their own configurations.");
			return Set.of();
		}
		return this.<Set<String>> read(() -> {
			final ConfigFile c = ConfigFile.read(files, INDEX);
			final String pipeline = c.text("_class_name", "");
			if (pipeline.isEmpty())
				notes.add(INDEX + " names no pipeline class; the parts are judged by their own configurations.");
			else if (!pipeline.equals(PIPELINE)) problem("The model " + files.name() + " is made for "
				+ Json.show(pipeline) + ", but only " + PIPELINE + " is supported.");
			final Set<String> listed = new HashSet<>();
			final List<String> unused = new ArrayList<>();
			for (final String part : c.keys()) {
				if (part.startsWith("_")) continue;
				if (!CLASSES.containsKey(part)) unused.add(Json.show(part));
				else c.className(part).ifPresent(kind -> {
					listed.add(part);
					if (!CLASSES.get(part).contains(kind)) problem("The " + part.replace('_', ' ') + " of model "
						+ files.name() + " is a " + Json.show(kind) + ", but only "
						+ String.join(" or ", CLASSES.get(part).stream().sorted().toList()) + " is supported.");
				});
			}
			if (!unused.isEmpty()) notes.add(ConfigFile.unused(INDEX, unused));
			return listed;
		}).orElse(Set.of());
	}

	private void weights(final String folder, final String kind, final Function<Component, ExpectedTensors> expected) {
		Component.open(files, folder, e -> problem(e.getMessage()), this::note).ifPresent(c -> {
			parts.add(Part.of(folder, kind, c));
			if (folder.equals(TransformerConfig.FOLDER))
				stored = new MemoryForecast.Stored(bytesPerParameter(c, "transformer_blocks."), stored.text());
			if (folder.equals(TextConfig.FOLDER))
				stored = new MemoryForecast.Stored(stored.transformer(), bytesPerParameter(c, "layers."));
			read(() -> expected.apply(c)).ifPresent(e -> e.problems(c).forEach(this::problem));
			readable(c);
		});
	}

	/** Of the matrices of repeated blocks; those of the modulation are used once per run and do not stay. */
	private static double bytesPerParameter(final Component c, final String blocks) {
		long bytes = 0;
		long parameters = 0;
		for (final String name : c.names()) if (name.contains(blocks) && !name.contains("_mod.")) {
			bytes += c.info(name).bytes();
			parameters += c.info(name).elements();
		}
		return parameters == 0 ? 2 : (double) bytes / parameters;
	}

	private void readable(final Component c) {
		final List<String> others = c.names().stream().filter(n -> c.info(n).stored().isEmpty()).toList();
		if (!others.isEmpty())
			problem("The model " + files.name() + " stores " + Names.of(others) + " in " + c.folder() + "/ as "
				+ c.info(others.get(0)).dtype() + "; F32, F16, BF16, F8_E4M3, F8_E5M2 and GGUF's types can be read.");
	}

	private boolean tied() {
		return read(() -> {
			final ConfigFile c = ConfigFile.read(files, TextConfig.FOLDER + "/config.json");
			return c.flag("tie_word_embeddings",
				c.child("text_config").map(t -> t.flag("tie_word_embeddings", false)).orElse(false));
		}).orElse(false);
	}

	private void tokenizer(final Optional<TextConfig> text) {
		read(() -> TokenizerFiles.read(files, this::note)).ifPresent(t -> {
			parts.add(Part.plain("tokenizer", "byte-level BPE"));
			final int last = Stream.of(t.vocabulary(), t.added())
				.flatMap(m -> m.values().stream())
				.mapToInt(i -> i)
				.max()
				.orElse(-1);
			text.ifPresent(c -> {
				if (last >= c.vocabulary()) problem("The tokenizer of model " + files.name() + " uses the id " + last
					+ ", but its text encoder knows only " + c.vocabulary() + "; the parts do not belong together.");
			});
		});
		text.ifPresent(c -> read(() -> GenerationConfig.read(files, c, this::note)));
	}

	private void processor(final Set<String> listed) {
		final boolean there =
			files.has("processor/preprocessor_config.json") || files.has("processor/processor_config.json");
		if (!there && listed.contains("processor")) problem(
			"The model " + files.name() + " lacks processor/preprocessor_config.json; the download is incomplete.");
		else if (!there) notes.add(
			"There is no processor/preprocessor_config.json; pictures are described with the standard settings of Qwen2.5-VL.");
		else if (read(() -> ProcessorConfig.read(files, this::note)).isPresent())
			parts.add(Part.plain("processor", "picture preparation"));
	}

	private void scheduler() {
		if (read(() -> SchedulerConfig.read(files, this::note)).isPresent())
			parts.add(Part.plain("scheduler", "FlowMatchEulerDiscreteScheduler"));
	}

	private void blankPrompt(final Optional<TransformerConfig> transformer) {
		if (!files.has(BLANK_PROMPT)) return;
		read(() -> Component.openFile(files, BLANK_PROMPT)).ifPresent(c -> {
			parts.add(Part.of("prompt_embeds", "blank prompt", c));
			readable(c);
			if (!c.has(BLANK_PROMPT_TENSOR)) problem("The file " + BLANK_PROMPT + " of model " + files.name()
				+ " lacks the tensor " + BLANK_PROMPT_TENSOR + ".");
			else transformer.ifPresent(t -> {
				final long[] shape = c.info(BLANK_PROMPT_TENSOR).shape();
				if (shape.length == 2 && shape[0] >= 1 && shape[1] == t.textDim()) return;
				problem("The tensor " + BLANK_PROMPT_TENSOR + " in " + BLANK_PROMPT + " of model " + files.name()
					+ " is " + Arrays.toString(shape) + " instead of [tokens, " + t.textDim() + "].");
			});
		});
	}

	/** Each part may be right and yet not fit the others. */
	private void agree(final ModelConfigs c) {
		final String model = " of model " + files.name();
		final String apart = "; the parts do not belong together.";
		final int latents = c.transformer().outChannels();
		final int prompts = c.transformer().textDim();
		if (latents != c.vae().latentChannels()) problem("The transformer" + model + " works on latents of " + latents
			+ " channels, but its VAE makes " + c.vae().latentChannels() + apart);
		c.text().ifPresent(t -> {
			if (t.hidden() != prompts) problem("The transformer" + model + " expects prompts of " + prompts
				+ " channels, but its text encoder makes " + t.hidden() + apart);
			c.vision().ifPresent(v -> {
				if (v.out() != t.hidden()) problem("The vision tower" + model + " makes features of " + v.out()
					+ " channels, but the language model expects " + t.hidden() + apart);
			});
		});
	}

	private void note(final String message) {
		if (!notes.contains(message)) notes.add(message);
	}

	/** Files that people put beside a model and that change nothing here. */
	private void adapters() {
		for (final String file : ADAPTERS)
			if (files.has(file)) note(
				"The adapter " + file + " beside the model (LoRA) is not applied unless the option lora names it.");
	}

	private void problem(final String message) {
		if (!problems.contains(message)) problems.add(message);
	}

	private <T> Optional<T> read(final Supplier<T> reader) {
		try {
			return Optional.of(reader.get());
		}
		catch (final ModelException e) {
			problem(e.getMessage());
			return Optional.empty();
		}
	}
}
