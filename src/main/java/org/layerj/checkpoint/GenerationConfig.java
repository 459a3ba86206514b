package org.layerj.checkpoint;

import java.util.stream.IntStream;

/**
 * {@code text_encoder/generation_config.json}: how captions are written. The released file samples among one candidate (top_k 1),
 * which is greedy decoding; only that is done here.
 *
 * @param ends token ids that end a caption
 * @param repetitionPenalty factor by which ids already in the text are made less likely; 1 for none
 */
public record GenerationConfig(int[] ends, double repetitionPenalty) {

	private static final String FILE = TextConfig.FOLDER + "/generation_config.json";

	/** Where the file is missing, captions end with the text configuration's end token and nothing is penalised. */
	public static GenerationConfig read(final ModelFiles files, final TextConfig text) {
		final int[] otherwise = text.endToken() < 0 ? new int[0] : new int[] { text.endToken() };
		if (!files.has(FILE)) return new GenerationConfig(otherwise, 1);
		final ConfigFile c = ConfigFile.read(files, FILE);
		final GenerationConfig g = new GenerationConfig(c.has("eos_token_id") ? c.integersOrOne("eos_token_id") : otherwise, c.number("repetition_penalty", 1));
		if (!(g.repetitionPenalty > 0 && g.repetitionPenalty < 1e6)) throw c.wrong("repetition_penalty", "a number above 0");
		return g;
	}

	/** Whether a token ends the caption. */
	public boolean ends(final long token) {
		return IntStream.of(ends).anyMatch(e -> e == token);
	}
}
