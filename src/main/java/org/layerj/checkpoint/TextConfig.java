package org.layerj.checkpoint;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code text_encoder/config.json}: the language model of Qwen2.5-VL. Read from the flat form of the released
 * checkpoints and from the newer one with {@code text_config} and {@code rope_parameters}.
 *
 * @param hidden width of the network and of a prompt's embedding
 * @param intermediate width inside the gated MLP
 * @param layers number of decoder layers
 * @param heads attention heads
 * @param keyValueHeads heads of keys and values, each shared by {@code heads / keyValueHeads} query heads
 * @param headDim channels per head
 * @param vocabulary number of token ids
 * @param maxPositions longest sequence
 * @param eps epsilon of the RMS norms
 * @param ropeTheta base of the rotary frequencies
 * @param ropeSections how many of the {@code headDim / 2} frequencies turn with time, row and column
 * @param imageToken id that stands for one piece of a picture; −1 if the file names none
 * @param endToken id that ends an answer where {@link GenerationConfig} names none; −1 if the file names none either
 */
public record TextConfig(int hidden, int intermediate, int layers, int heads, int keyValueHeads, int headDim,
	int vocabulary, int maxPositions, double eps, double ropeTheta, int[] ropeSections, int imageToken, int endToken)
{

	public static final String FOLDER = "text_encoder";

	private static final OtherKeys OTHERS =
		new OtherKeys().unused("architectures", "model_type", "dtype", "torch_dtype", "transformers_version",
			"use_cache", "initializer_range", "attention_dropout", "bos_token_id", "pad_token_id", "video_token_id",
			"vision_start_token_id", "vision_end_token_id", "vision_token_id", "sliding_window", "max_window_layers",
			"tie_word_embeddings", "vision_config", "auto_map", "text_config", "image_token_id");
	/** Token of a picture's place and end of a text where the configuration names none. */
	private static final int USUAL_IMAGE = 151_655, USUAL_END = 151_645;
	private static final int USUAL_KEY_HEADS = 8;

	public static TextConfig read(final ModelFiles files) {
		return read(files, FOLDER + "/config.json", note -> {});
	}

	/**
	 * Reads as transformers does: where there is a {@code text_config}, keys of the language model beside it count for
	 * nothing.
	 *
	 * @param notes receives the keys that are not used
	 */
	static TextConfig read(final ModelFiles files, final String path, final Consumer<String> notes) {
		final ConfigFile top = ConfigFile.read(files, path);
		final String kind = top.text("model_type", "qwen2_5_vl");
		if (!kind.equals("qwen2_5_vl")) throw new ModelException("The text encoder of model " + files.name() + " is a "
			+ Json.show(kind) + ", but only Qwen2.5-VL (qwen2_5_vl) is supported.");
		final ConfigFile c = top.child("text_config").orElse(top);
		if (!c.text("hidden_act", "silu").equals("silu")) throw c.wrong("hidden_act", "\"silu\"");
		if (c.flag("use_sliding_window", false))
			throw c.wrong("use_sliding_window", "false; attention in a sliding window is not supported");
		for (final String type : c.texts("layer_types"))
			if (!type.equals("full_attention")) throw c.wrong("layer_types", "\"full_attention\" for every layer");
		final Optional<ConfigFile> parameters = c.child("rope_parameters");
		final ConfigFile rope = c.child("rope_scaling").or(() -> parameters).orElse(c);
		final String type = rope.text("rope_type", rope.text("type", "default"));
		if (!type.equals("default") && !type.equals("mrope"))
			throw rope.wrong(rope.has("rope_type") ? "rope_type" : "type", "\"default\" or \"mrope\"");
		final int hidden = c.size("hidden_size");
		final int heads = c.size("num_attention_heads");
		if (hidden % heads != 0 && !c.has("head_dim"))
			throw c.wrong("hidden_size", "a multiple of num_attention_heads");
		final TextConfig t = new TextConfig(hidden, //
			c.size("intermediate_size"), //
			c.size("num_hidden_layers"), //
			heads, //
			c.size("num_key_value_heads", c.keys().contains("num_key_value_heads") ? heads : USUAL_KEY_HEADS), //
			c.size("head_dim", hidden / heads), //
			c.size("vocab_size"), //
			c.size("max_position_embeddings", 32_768), //
			c.number("rms_norm_eps", 1e-5), //
			rope.number("rope_theta", c.number("rope_theta", 1e6)), //
			rope.has("mrope_section") ? rope.integers("mrope_section") : new int[] { 16, 24, 24 }, //
			top.integer("image_token_id",
				c.integer("image_token_id", c.size("vocab_size") > USUAL_IMAGE ? USUAL_IMAGE : -1)), //
			c.has("eos_token_id") ? c.integersOrOne("eos_token_id")[0]
				: c.size("vocab_size") > USUAL_END ? USUAL_END : -1);
		if (t.layers > ConfigFile.MAX_BLOCKS) throw c.wrong("num_hidden_layers", "at most " + ConfigFile.MAX_BLOCKS);
		if (t.heads % t.keyValueHeads != 0)
			throw c.wrong("num_key_value_heads", "a divisor of num_attention_heads = " + t.heads);
		if (t.headDim % 2 != 0) throw c.wrong(c.has("head_dim") ? "head_dim" : "hidden_size",
			"such that a head has an even number of channels");
		if (!(t.eps >= 0)) throw c.wrong("rms_norm_eps", "a number of at least 0");
		if (!(t.ropeTheta > 0)) throw rope.wrong("rope_theta", "a number above 0");
		if (t.ropeSections.length != 3) throw rope.wrong("mrope_section", "three sizes");
		int sum = 0;
		for (final int section : t.ropeSections) {
			if (section < 0) throw rope.wrong("mrope_section", "three sizes of at least 0");
			sum += section;
		}
		if (sum != t.headDim / 2) throw rope.wrong("mrope_section",
			"three sizes with the sum " + t.headDim / 2 + ", half the channels of a head");
		if (t.imageToken >= t.vocabulary) throw c.wrong("image_token_id", "below vocab_size = " + t.vocabulary);
		if (rope != c) rope.rest(new OtherKeys().unused("type", "rope_type"), notes);
		if (c != top) c.rest(OTHERS, notes);
		top.rest(OTHERS, notes);
		return t;
	}
}
