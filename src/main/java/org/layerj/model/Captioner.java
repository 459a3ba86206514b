package org.layerj.model;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.layerj.checkpoint.GenerationConfig;
import org.layerj.checkpoint.ModelException;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

/**
 * Describes a picture in words, for use as its prompt (section 4.1: captions come from Qwen2.5-VL). The request and the
 * picture are read at once, then the likeliest token is written again and again; tokens already in the text are
 * penalised a little.
 */
public final class Captioner implements AutoCloseable {

	/** Tokens after which the reference stops. */
	public static final int DEFAULT_TOKENS = 512;

	private static final String PICTURE = "<|image_pad|>";

	private final QwenTokenizer tokenizer;
	private final QwenText text;
	private final QwenVision vision;
	private final ImageProcessor processor;
	private final GenerationConfig generation;

	/** Closes only the vision tower when closed itself: the language model also serves prompts. */
	public Captioner(final QwenTokenizer tokenizer, final QwenText text, final QwenVision vision,
		final ImageProcessor processor, final GenerationConfig generation)
	{
		if (vision.config().out() != text.config().hidden()) throw new ModelException(
			"The vision tower makes features of " + vision.config().out() + " numbers, but the language model reads "
				+ text.config().hidden() + "; vision_config and text_config do not belong together.");
		if (processor.config().patch() != vision.config().patch()
			|| processor.config().merge() != vision.config().merge())
			throw new ModelException("The picture processor cuts features of " + processor.config().patch() + "×"
				+ processor.config().merge() + " pixels, the vision tower reads " + vision.config().patch() + "×"
				+ vision.config().merge() + "; processor/ and text_encoder/ do not belong together.");
		this.tokenizer = tokenizer;
		this.text = text;
		this.vision = vision;
		this.processor = processor;
		this.generation = generation;
	}

	/**
	 * Writes a caption.
	 *
	 * @param rgba four planes of {@code width · height} bytes; transparent pictures are put on white
	 * @param maxTokens longest caption; {@link #DEFAULT_TOKENS} as in the reference
	 * @param progress receives the number of tokens written so far; may throw to stop
	 * @param check called between the parts of the networks; may throw to stop
	 */
	public String caption(final byte[][] rgba, final int width, final int height,
		final PromptTemplate.Language language, final PromptTemplate.Form form, final int maxTokens,
		final IntConsumer progress, final Runnable check)
	{
		final ImageProcessor.Patches patches = processor.patches(ImageProcessor.overWhite(rgba), width, height);
		final int merge = vision.config().merge();
		final int rows = patches.rows() / merge;
		final int columns = patches.columns() / merge;
		final int[] request = request(PromptTemplate.captionRequest(language, form), rows * columns);
		try (Scope scope = Torch.scope()) {
			final Tensor features = vision.features(scope, patches, check);
			return tokenizer
				.decode(write(request, features, rows, columns, maxTokens, progress, logits -> {}, check), true)
				.strip();
		}
	}

	/** Ids of the request, with the picture's placeholder repeated once per feature. */
	int[] request(final String request, final int features) {
		final int pad = tokenizer.added(PICTURE).orElse(-1);
		if (pad < 0 || pad != text.config().imageToken()) throw new ModelException("The tokenizer has no " + PICTURE
			+ " with the id image_token_id of text_encoder/config.json, so pictures cannot be described; type a prompt instead.");
		return Arrays.stream(tokenizer.encode(request))
			.flatMap(id -> Arrays.stream(new int[id == pad ? features : 1]).map(i -> id))
			.toArray();
	}

	/**
	 * Greedy decoding.
	 *
	 * @param request ids with one placeholder per feature
	 * @param features {@code (rows · columns, hidden)}
	 * @param scores sees the raw scores of every step
	 * @return the new ids, without the one that ended the text
	 */
	int[] write(final int[] request, final Tensor features, final int rows, final int columns, final int maxTokens,
		final IntConsumer progress, final Consumer<Tensor> scores, final Runnable check)
	{
		final long[][] positions = positions(request, text.config().imageToken(), rows, columns);
		final int room = Math.min(maxTokens, text.config().maxPositions() - request.length);
		if (room < 1) throw new ModelException("The picture fills all " + text.config().maxPositions()
			+ " tokens the text encoder can read; type a prompt instead.");
		// All text after the picture is counted from the picture's longest side on, not from its number of features.
		long position = 1 + Math.max(positions[0][request.length - 1],
			Math.max(positions[1][request.length - 1], positions[2][request.length - 1]));
		final int[] all = Arrays.copyOf(request, request.length + room);
		int written = 0;
		try (Scope scope = Torch.scope()) {
			final QwenText.Cache cache = text.cache(scope, all.length);
			Tensor hidden;
			try (Scope scratch = Torch.scope()) {
				final Tensor x = text.put(scratch, text.embed(scratch, request), features, places(request));
				hidden = text.read(scope, x, positions, cache, check);
			}
			while (true) {
				final int next;
				try (Scope scratch = Torch.scope()) {
					final Tensor logits = text.logits(scratch, hidden);
					scores.accept(logits);
					next =
						text.best(logits, Arrays.copyOf(all, request.length + written), generation.repetitionPenalty());
				}
				if (generation.ends(next)) break;
				all[request.length + written++] = next;
				progress.accept(written);
				if (written == room) break;
				scope.free(hidden);
				try (Scope scratch = Torch.scope()) {
					hidden = text.read(scope, text.embed(scratch, new int[] { next }),
						new long[][] { { position }, { position }, { position } }, cache, check);
				}
				position++;
			}
		}
		return Arrays.copyOfRange(all, request.length, request.length + written);
	}

	private int[] places(final int[] request) {
		final int pad = text.config().imageToken();
		int count = 0;
		final int[] places = new int[request.length];
		for (int i = 0; i < request.length; i++) if (request[i] == pad) places[count++] = i;
		return Arrays.copyOf(places, count);
	}

	/**
	 * Positions of a request with one picture (mRoPE): time, row and column. Text counts on in all three; the picture's
	 * features share one time and spread over rows and columns; text goes on after the larger of the two.
	 */
	static long[][] positions(final int[] request, final int pad, final int rows, final int columns) {
		final long[][] out = new long[3][request.length];
		long next = 0;
		for (int i = 0; i < request.length;) {
			if (request[i] != pad) {
				for (final long[] axis : out) axis[i] = next;
				next++;
				i++;
				continue;
			}
			if (i + rows * columns > request.length) throw new IllegalArgumentException(
				"The request has no place for " + rows + "×" + columns + " features");
			for (int f = 0; f < rows * columns; f++, i++) {
				out[0][i] = next;
				out[1][i] = next + f / columns;
				out[2][i] = next + f % columns;
			}
			next += Math.max(rows, columns);
		}
		return out;
	}

	@Override
	public void close() {
		vision.close();
	}
}
