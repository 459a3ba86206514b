package org.layerj.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The complete list of tensors a part of the model consists of, derived from its configuration alone. Names and shapes
 * are those of diffusers' {@code QwenImageTransformer2DModel} and {@code AutoencoderKLQwenImage} and of transformers'
 * {@code Qwen2_5_VLForConditionalGeneration}; with the official configurations the lists have 1934, 194 and 729
 * entries.
 */
public final class ExpectedTensors {

	/** The sinusoids that represent a timestep; fixed in the architecture. */
	static final int TIME_CHANNELS = 256;
	/** No sane configuration asks for more; the official one asks for 2857. */
	private static final int MAX_TENSORS = 200_000;

	/** How the text encoder's tensors are called: transformers changed its mind. */
	public enum TextNames {

		/** {@code model.layers…}, {@code visual…}: the released checkpoints. */
		FLAT("model.", "visual."),
		/** {@code model.language_model.layers…}, {@code model.visual…}: written by newer versions of transformers. */
		NESTED("model.language_model.", "model.visual.");

		private final String language;
		private final String vision;

		TextNames(final String language, final String vision) {
			this.language = language;
			this.vision = vision;
		}

		/** Prefix of the language model's tensors, {@code lm_head.weight} excepted. */
		public String language() {
			return language;
		}

		/** Prefix of the vision tower's tensors. */
		public String vision() {
			return vision;
		}

		/** The style in which a weight file is written. */
		public static TextNames of(final Component component) {
			return component.names().stream().anyMatch(n -> n.startsWith(NESTED.language)) ? NESTED : FLAT;
		}
	}

	private final String folder;
	private final Map<String, ExpectedTensor> tensors = new LinkedHashMap<>();

	private ExpectedTensors(final String folder) {
		this.folder = folder;
	}

	/** In the order of the network. */
	public List<ExpectedTensor> all() {
		return List.copyOf(tensors.values());
	}

	public Map<String, ExpectedTensor> byName() {
		return Collections.unmodifiableMap(tensors);
	}

	// -- Transformer --

	/** {@code transformer/}: 32 tensors per block and up to 14 around them. */
	public static ExpectedTensors transformer(final TransformerConfig c) {
		final ExpectedTensors e = new ExpectedTensors(TransformerConfig.FOLDER);
		final long d = c.dim();
		e.linear("img_in", d, c.inChannels());
		e.add("txt_norm.weight", c.textDim());
		e.linear("txt_in", d, c.textDim());
		e.linear("time_text_embed.timestep_embedder.linear_1", d, TIME_CHANNELS);
		e.linear("time_text_embed.timestep_embedder.linear_2", d, d);
		if (c.additionalTimeCondition()) e.add("time_text_embed.addition_t_embedding.weight", 2, d);
		for (int i = 0; i < c.layers(); i++) {
			final String block = "transformer_blocks." + i + ".";
			e.linear(block + "img_mod.1", 6 * d, d);
			e.linear(block + "txt_mod.1", 6 * d, d);
			for (final String projection : List.of("to_q", "to_k", "to_v", "add_q_proj", "add_k_proj", "add_v_proj",
				"to_out.0", "to_add_out")) e.linear(block + "attn." + projection, d, d);
			for (final String norm : List.of("norm_q", "norm_k", "norm_added_q", "norm_added_k"))
				e.add(block + "attn." + norm + ".weight", c.headDim());
			for (final String mlp : List.of("img_mlp", "txt_mlp")) {
				e.linear(block + mlp + ".net.0.proj", 4 * d, d);
				e.linear(block + mlp + ".net.2", d, 4 * d);
			}
		}
		e.linear("norm_out.linear", 2 * d, d);
		e.linear("proj_out", c.inChannels(), d);
		return e;
	}

	// -- VAE --

	/**
	 * {@code vae/}, with the kernels of the official causal 3-D network. A kernel without the temporal axis, which is
	 * all a still picture needs, is accepted too, and so is a file without {@code time_conv}, which only videos use.
	 */
	public static ExpectedTensors vae(final VaeConfig c) {
		final ExpectedTensors e = new ExpectedTensors(VaeConfig.FOLDER);
		final int[] mult = c.dimMult();
		final int last = mult.length - 1;
		final long z = c.latentChannels();

		long channels = c.baseDim();
		e.conv("encoder.conv_in", channels, c.pictureChannels(), 3);
		int block = 0;
		for (int level = 0; level <= last; level++) {
			final long out = (long) c.baseDim() * mult[level];
			for (int i = 0; i < c.resBlocks(); i++) {
				e.resBlock("encoder.down_blocks." + block++, channels, out);
				channels = out;
			}
			if (level < last) {
				final String key = "encoder.down_blocks." + block++;
				e.plane(key + ".resample.1", channels, channels, 3);
				if (c.temporalDownsample()[level]) e.timeConv(key, channels, channels);
			}
		}
		e.middle("encoder.mid_block", channels);
		e.add("encoder.norm_out.gamma", channels, 1, 1, 1);
		e.conv("encoder.conv_out", 2 * z, channels, 3);
		e.conv("quant_conv", 2 * z, 2 * z, 1);

		e.conv("post_quant_conv", z, z, 1);
		channels = (long) c.baseDim() * mult[last];
		e.conv("decoder.conv_in", channels, z, 3);
		e.middle("decoder.mid_block", channels);
		for (int level = 0; level <= last; level++) {
			final long out = (long) c.baseDim() * mult[last - level];
			final String key = "decoder.up_blocks." + level;
			for (int i = 0; i <= c.resBlocks(); i++) {
				e.resBlock(key + ".resnets." + i, channels, out);
				channels = out;
			}
			if (level < last) {
				e.plane(key + ".upsamplers.0.resample.1", channels / 2, channels, 3);
				if (c.temporalDownsample()[last - 1 - level]) e.timeConv(key + ".upsamplers.0", 2 * channels, channels);
				channels /= 2;
			}
		}
		e.add("decoder.norm_out.gamma", channels, 1, 1, 1);
		e.conv("decoder.conv_out", c.pictureChannels(), channels, 3);
		return e;
	}

	private void resBlock(final String key, final long in, final long out) {
		add(key + ".norm1.gamma", in, 1, 1, 1);
		conv(key + ".conv1", out, in, 3);
		add(key + ".norm2.gamma", out, 1, 1, 1);
		conv(key + ".conv2", out, out, 3);
		if (in != out) conv(key + ".conv_shortcut", out, in, 1);
	}

	private void middle(final String key, final long channels) {
		resBlock(key + ".resnets.0", channels, channels);
		add(key + ".attentions.0.norm.gamma", channels, 1, 1);
		plane(key + ".attentions.0.to_qkv", 3 * channels, channels, 1);
		plane(key + ".attentions.0.proj", channels, channels, 1);
		resBlock(key + ".resnets.1", channels, channels);
	}

	/** A causal 3-D convolution, or its last temporal slice. */
	private void conv(final String key, final long out, final long in, final int size) {
		put(new ExpectedTensor(key + ".weight", true,
			List.of(new long[] { out, in, size, size, size }, new long[] { out, in, size, size })));
		add(key + ".bias", out);
	}

	/** A convolution that is 2-D in the official network already. */
	private void plane(final String key, final long out, final long in, final int size) {
		add(key + ".weight", out, in, size, size);
		add(key + ".bias", out);
	}

	private void timeConv(final String key, final long out, final long in) {
		optional(key + ".time_conv.weight", out, in, 3, 1, 1);
		optional(key + ".time_conv.bias", out);
	}

	// -- Text encoder --

	/**
	 * {@code text_encoder/}: the language model, and the vision tower where the configuration has one.
	 *
	 * @param tied whether {@code lm_head.weight} may be missing because the token embedding serves for both
	 */
	public static ExpectedTensors text(final TextConfig c, final Optional<VisionConfig> vision, final TextNames names,
		final boolean tied)
	{
		final ExpectedTensors e = new ExpectedTensors(TextConfig.FOLDER);
		e.language(c, names.language(), tied);
		vision.ifPresent(v -> e.vision(v, names.vision()));
		return e;
	}

	private void language(final TextConfig c, final String prefix, final boolean tied) {
		final long d = c.hidden();
		final long queries = (long) c.heads() * c.headDim();
		final long keys = (long) c.keyValueHeads() * c.headDim();
		add(prefix + "embed_tokens.weight", c.vocabulary(), d);
		for (int i = 0; i < c.layers(); i++) {
			final String layer = prefix + "layers." + i + ".";
			add(layer + "input_layernorm.weight", d);
			linear(layer + "self_attn.q_proj", queries, d);
			linear(layer + "self_attn.k_proj", keys, d);
			linear(layer + "self_attn.v_proj", keys, d);
			add(layer + "self_attn.o_proj.weight", d, queries);
			add(layer + "post_attention_layernorm.weight", d);
			add(layer + "mlp.gate_proj.weight", c.intermediate(), d);
			add(layer + "mlp.up_proj.weight", c.intermediate(), d);
			add(layer + "mlp.down_proj.weight", d, c.intermediate());
		}
		add(prefix + "norm.weight", d);
		if (tied) optional("lm_head.weight", c.vocabulary(), d);
		else add("lm_head.weight", c.vocabulary(), d);
	}

	private void vision(final VisionConfig c, final String prefix) {
		final long d = c.hidden();
		add(prefix + "patch_embed.proj.weight", d, c.channels(), c.temporalPatch(), c.patch(), c.patch());
		for (int i = 0; i < c.depth(); i++) {
			final String block = prefix + "blocks." + i + ".";
			add(block + "norm1.weight", d);
			add(block + "norm2.weight", d);
			linear(block + "attn.qkv", 3 * d, d);
			linear(block + "attn.proj", d, d);
			linear(block + "mlp.gate_proj", c.intermediate(), d);
			linear(block + "mlp.up_proj", c.intermediate(), d);
			linear(block + "mlp.down_proj", d, c.intermediate());
		}
		final long merged = d * c.merge() * c.merge();
		add(prefix + "merger.ln_q.weight", d);
		linear(prefix + "merger.mlp.0", merged, merged);
		linear(prefix + "merger.mlp.2", c.out(), merged);
	}

	// -- Collecting --

	private void linear(final String key, final long out, final long in) {
		add(key + ".weight", out, in);
		add(key + ".bias", out);
	}

	private void add(final String name, final long... shape) {
		put(new ExpectedTensor(name, true, List.of(shape)));
	}

	private void optional(final String name, final long... shape) {
		put(new ExpectedTensor(name, false, List.of(shape)));
	}

	private void put(final ExpectedTensor tensor) {
		tensors.put(tensor.name(), tensor);
		if (tensors.size() > MAX_TENSORS) throw new ModelException("The configuration " + folder
			+ "/config.json asks for more than " + MAX_TENSORS + " tensors; it is damaged.");
	}

	/** What a part lacks, has in another shape, and has unexpectedly. */
	record Difference(List<String> missing, List<String> misshapen, List<String> unexpected) {}

	/**
	 * Compares with what is stored. Names lost with an unreadable shard are left out: that shard is reported already.
	 * <p>
	 * {@code rotary_emb.inv_freq} is a table that old versions of transformers saved although it is computed; it is
	 * ignored.
	 */
	Difference compare(final Component stored) {
		final Difference d = new Difference(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		for (final ExpectedTensor t : tensors.values()) {
			if (!stored.has(t.name())) {
				if (t.required() && !stored.lost().contains(t.name())) d.missing.add(t.name());
			}
			else if (!t.fits(stored.info(t.name()))) d.misshapen.add(t.name());
		}
		for (final String name : stored.names())
			if (!tensors.containsKey(name) && !name.endsWith("rotary_emb.inv_freq")) d.unexpected.add(name);
		return d;
	}

	/** What is wrong with the stored part, one message for each kind of fault; empty if it fits its configuration. */
	List<String> problems(final Component stored) {
		final Difference d = compare(stored);
		final List<String> problems = new ArrayList<>(faults(stored, d));
		if (!d.unexpected().isEmpty())
			problems.add("The model " + stored.model() + " has " + Names.of(d.unexpected()) + " in " + stored.folder()
				+ "/ that " + config(stored) + " knows nothing of; weights and configuration do not belong together.");
		return problems;
	}

	/**
	 * Makes sure that a part can be computed with. Unexpected tensors do no harm here.
	 *
	 * @throws ModelException if a tensor is missing or has another shape than the configuration asks for
	 */
	public void require(final Component stored) {
		final List<String> faults = faults(stored, compare(stored));
		if (!faults.isEmpty()) throw new ModelException(faults.get(0));
	}

	private List<String> faults(final Component stored, final Difference d) {
		final List<String> faults = new ArrayList<>();
		if (!d.missing().isEmpty()) faults.add("The model " + stored.model() + " lacks " + Names.of(d.missing())
			+ " in " + stored.folder() + "/ that " + config(stored) + " asks for.");
		if (!d.misshapen().isEmpty()) {
			final String first = d.misshapen().get(0);
			faults.add("The model " + stored.model() + " has " + Names.of(d.misshapen()) + " in " + stored.folder()
				+ "/ in another shape than " + config(stored) + " asks for: " + first + " is "
				+ Arrays.toString(stored.info(first).shape()) + " instead of "
				+ Arrays.toString(byName().get(first).shape()) + ".");
		}
		return faults;
	}

	private static String config(final Component stored) {
		return stored.folder() + "/config.json";
	}
}
