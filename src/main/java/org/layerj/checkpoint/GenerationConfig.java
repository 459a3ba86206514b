package org.layerj.checkpoint;

import java.util.function.Consumer;

import java.util.stream.IntStream;

/**
 * {@code text_encoder/generation_config.json}: how captions are written. The released file samples among one candidate
 * (top_k 1), which is greedy decoding; only that is done here, and a file that asks for anything else is rejected.
 *
 * @param ends token ids that end a caption
 * @param repetitionPenalty factor by which ids already in the text are made less likely; 1 for none
 */
public record GenerationConfig(int[] ends, double repetitionPenalty) {

	private static final String FILE = TextConfig.FOLDER + "/generation_config.json";

	private static final String PLAIN = "captions are written greedily, without this rule";
	private static final OtherKeys OTHERS = new OtherKeys().fixed("num_beams", PLAIN, "1")
		.fixed("num_beam_groups", PLAIN, "1") //
		.fixed("no_repeat_ngram_size", PLAIN, "0")
		.fixed("encoder_no_repeat_ngram_size", PLAIN, "0")
		.fixed("encoder_repetition_penalty", PLAIN, "1") //
		.fixed("suppress_tokens", PLAIN, "[]")
		.fixed("begin_suppress_tokens", PLAIN, "[]")
		.fixed("bad_words_ids", PLAIN, "[]") //
		.fixed("force_words_ids", PLAIN, "[]")
		.fixed("constraints", PLAIN, "[]")
		.fixed("sequence_bias", PLAIN, "[]", "{}") //
		.fixed("min_length", PLAIN, "0")
		.fixed("min_new_tokens", PLAIN, "0")
		.fixed("forced_bos_token_id", PLAIN)
		.fixed("forced_eos_token_id", PLAIN) //
		.fixed("exponential_decay_length_penalty", PLAIN)
		.fixed("guidance_scale", PLAIN, "1")
		.fixed("penalty_alpha", PLAIN, "0") //
		.fixed("dola_layers", PLAIN)
		.fixed("stop_strings", PLAIN, "[]")
		.fixed("token_healing", PLAIN, "false")
		.fixed("watermarking_config", PLAIN) //
		.fixed("max_time", PLAIN)
		.fixed("num_return_sequences", PLAIN, "1") //
		// Beams and sampling only; or of how, not of what, is computed; or given by the pipeline.
		.unused("max_length", "max_new_tokens", "early_stopping", "length_penalty", "diversity_penalty", "temperature",
			"top_p", "min_p", "top_h", "typical_p", "epsilon_cutoff", "eta_cutoff", "renormalize_logits",
			"remove_invalid_values", "use_cache", "cache_implementation", "cache_config", "max_cache_len",
			"output_attentions", "output_hidden_states", "output_scores", "output_logits", "return_dict_in_generate",
			"return_legacy_cache", "pad_token_id", "bos_token_id", "decoder_start_token_id", "is_assistant",
			"num_assistant_tokens", "num_assistant_tokens_schedule", "assistant_confidence_threshold",
			"prompt_lookup_num_tokens", "max_matching_ngram_size", "assistant_early_exit", "assistant_lookbehind",
			"target_lookbehind", "compile_config", "disable_compile", "low_memory", "prefill_chunk_size",
			"transformers_version", "trust_remote_code");

	/** Where the file is missing, captions end with the text configuration's end token and nothing is penalised. */
	public static GenerationConfig read(final ModelFiles files, final TextConfig text) {
		return read(files, text, note -> {});
	}

	/** @param notes receives the keys that are not used */
	static GenerationConfig read(final ModelFiles files, final TextConfig text, final Consumer<String> notes) {
		final int[] otherwise = text.endToken() < 0 ? new int[0] : new int[] { text.endToken() };
		if (!files.has(FILE)) return new GenerationConfig(otherwise, 1);
		final ConfigFile c = ConfigFile.read(files, FILE);
		final GenerationConfig g = new GenerationConfig(
			c.has("eos_token_id") ? c.integersOrOne("eos_token_id") : otherwise, c.number("repetition_penalty", 1));
		if (!(g.repetitionPenalty > 0 && g.repetitionPenalty < 1e6))
			throw c.wrong("repetition_penalty", "a number above 0");
		// With one candidate sampling is greedy; where none is named, transformers takes 50.
		if (c.flag("do_sample", false) && c.integer("top_k", 50) != 1)
			throw c.wrong("top_k", "1, or do_sample false (" + PLAIN + ")");
		c.has("top_k");
		c.rest(OTHERS, notes);
		return g;
	}

	/** Whether a token ends the caption. */
	public boolean ends(final long token) {
		return IntStream.of(ends).anyMatch(e -> e == token);
	}
}
