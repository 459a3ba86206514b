package org.layerj.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.TextConfig;
import org.layerj.torch.DType;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * The language model of Qwen2.5-VL (section 3.2: text encoder). It has two uses: the hidden states of a text, which
 * condition the transformer, and writing captions token by token.
 * <p>
 * Sequences are {@code (1, n, hidden)}. A position is three numbers, time, row and column; they are equal for text and
 * differ for the pieces of a picture (mRoPE). Weights are read from the official files under their old names
 * ({@code model.layers…}) or the newer ones ({@code model.language_model.layers…}).
 */
public final class QwenText implements AutoCloseable {

	private static final Program PROGRAM = Program.load(QwenText.class, "qwen_text.py");

	private final TextConfig config;
	private final Weights weights;
	private final String prefix;
	private final Blocks layers;
	private final Residency<Tensor> norm;
	private final Residency<Tensor> head;

	/**
	 * @param keep which layers stay in memory between uses; the output layer goes with the last one
	 */
	public QwenText(final TextConfig config, final Weights weights, final Keep keep) {
		this.config = config;
		this.weights = weights;
		prefix = weights.has("model.language_model.embed_tokens.weight") ? "model.language_model." : "model.";
		layers = new Blocks(weights, keep, prefix + "layers.", config.layers(), this::ofLayer);
		norm = new Residency<>(true, scope -> weights.get(scope, prefix + "norm.weight", config.hidden()));
		// Models whose output layer is the embedding table itself store it once.
		final String headKey = weights.has("lm_head.weight") ? "lm_head.weight" : prefix + "embed_tokens.weight";
		final int last = config.layers() - 1;
		head = new Residency<>(keep.expanded(last),
			scope -> layers.source(last).get(scope, headKey, config.vocabulary(), config.hidden()));
	}

	public TextConfig config() {
		return config;
	}

	/**
	 * Keys and values of the tokens a model has read, so that each new token costs one pass over the weights and no
	 * more.
	 * <p>
	 * Its memory belongs to the scope it was made in: {@code 2 · layers · keyValueHeads · capacity · headDim} elements.
	 */
	public static final class Cache {

		private final List<Tensor> layers;
		private final int capacity;
		private int length;

		private Cache(final List<Tensor> layers, final int capacity) {
			this.layers = layers;
			this.capacity = capacity;
		}

		/** Tokens read so far. */
		public int length() {
			return length;
		}
	}

	/** An empty cache for that many tokens. */
	public Cache cache(final Scope scope, final int capacity) {
		try (Scope scratch = Torch.scope()) {
			final Tensor like = norm.get(scratch);
			final List<Tensor> tensors = new ArrayList<>();
			for (int i = 0; i < config.layers(); i++)
				tensors.add(PROGRAM.tensor(scope, "cache", like, config.keyValueHeads(), capacity, config.headDim()));
			return new Cache(tensors, capacity);
		}
	}

	/**
	 * What the model makes of a text: the hidden states after the last layer and the final norm.
	 *
	 * @param ids token ids; at least one
	 * @param check called before every layer; may throw to stop
	 * @return {@code (1, n, hidden)}
	 */
	public Tensor hidden(final Scope scope, final int[] ids, final Runnable check) {
		try (Scope scratch = Torch.scope()) {
			return run(scope, embed(scratch, ids), textPositions(ids.length), List.of(), 0, check);
		}
	}

	/** The rows of the embedding table, {@code (1, n, hidden)}. */
	public Tensor embed(final Scope scope, final int[] ids) {
		if (ids.length == 0) throw new IllegalArgumentException("A text has at least one token");
		final long[] rows = new long[ids.length];
		for (int i = 0; i < ids.length; i++) {
			if (ids[i] < 0 || ids[i] >= config.vocabulary()) throw new ModelException(
				"The tokenizer makes the token " + ids[i] + ", but the text encoder knows only " + config.vocabulary()
					+ "; tokenizer and text encoder do not belong together.");
			rows[i] = ids[i];
		}
		// A gigabyte of which a prompt reads a few rows: left where it lies.
		try (Scope scratch = Torch.scope()) {
			final Tensor x =
				weights.rows(scratch, prefix + "embed_tokens.weight", rows, config.vocabulary(), config.hidden());
			return Tensors.reshape(scope, x, 1, rows.length, config.hidden());
		}
	}

	/**
	 * Replaces embeddings, by those of a picture.
	 *
	 * @param features {@code (k, hidden)}
	 * @param at k places in the sequence
	 */
	public Tensor put(final Scope scope, final Tensor x, final Tensor features, final int[] at) {
		if (features.rank() != 2 || features.size(0) != at.length || features.size(1) != x.size(2))
			throw new IllegalArgumentException(features + " cannot fill " + at.length + " places of " + x);
		final long[] places = new long[at.length];
		for (int i = 0; i < at.length; i++) {
			if (at[i] < 0 || at[i] >= x.size(1))
				throw new IllegalArgumentException("There is no place " + at[i] + " in " + x);
			places[i] = at[i];
		}
		try (Scope scratch = Torch.scope()) {
			final Tensor index =
				Tensors.to(scratch, Tensors.of(scratch, places, places.length), weights.device(), DType.I64);
			return PROGRAM.tensor(scope, "put", x, features, index);
		}
	}

	/**
	 * Reads more of a sequence: all of its beginning at once, then one token at a time.
	 *
	 * @param x embeddings {@code (1, n, hidden)}; n = 1 unless the cache is empty
	 * @param positions three rows of n: time, row, column
	 * @return hidden states after the final norm, {@code (1, n, hidden)}
	 */
	public Tensor read(final Scope scope, final Tensor x, final long[][] positions, final Cache cache,
		final Runnable check)
	{
		final int n = Math.toIntExact(x.size(1));
		if (cache.length > 0 && n != 1) throw new IllegalArgumentException(
			"After the beginning, tokens are read one by one, not " + n + " at once");
		if (cache.length + n > cache.capacity) throw new IllegalArgumentException(
			"The cache is full: " + cache.length + " + " + n + " > " + cache.capacity);
		final Tensor out = run(scope, x, positions, cache.layers, cache.length, check);
		cache.length += n;
		return out;
	}

	/**
	 * How likely each token is to come next, after the last position of hidden states {@code (1, n, hidden)}:
	 * {@code (vocabulary)}, float32.
	 */
	public Tensor logits(final Scope scope, final Tensor hidden) {
		try (Scope scratch = Torch.scope()) {
			return PROGRAM.tensor(scope, "logits", hidden, head.get(scratch));
		}
	}

	/**
	 * The likeliest next token.
	 *
	 * @param seen ids already in the text; duplicates do no harm
	 * @param penalty the scores of those are divided by this where positive and multiplied where negative; 1 for none
	 */
	public int best(final Tensor logits, final int[] seen, final double penalty) {
		try (Scope scratch = Torch.scope()) {
			final long[] ids =
				Arrays.stream(seen).filter(i -> i >= 0 && i < config.vocabulary()).distinct().asLongStream().toArray();
			final Tensor index = Tensors.to(scratch, Tensors.of(scratch, ids, ids.length), logits.device(), DType.I64);
			return (int) PROGRAM.tensor(scratch, "best", logits, index, penalty).toLongs()[0];
		}
	}

	private Tensor run(final Scope scope, final Tensor embedded, final long[][] positions, final List<Tensor> cache,
		final int past, final Runnable check)
	{
		final int n = Math.toIntExact(embedded.size(1));
		if (past + n > config.maxPositions()) throw new ModelException("The text encoder reads at most "
			+ config.maxPositions() + " tokens, not " + (past + n) + "; write a shorter prompt.");
		if (positions.length != 3)
			throw new IllegalArgumentException("A position has three rows, not " + positions.length);
		try (Scope scratch = Torch.scope()) {
			final long[] flat = new long[3 * n];
			for (int axis = 0; axis < 3; axis++) System.arraycopy(positions[axis], 0, flat, axis * n, n);
			final Tensor index = Tensors.to(scratch, Tensors.of(scratch, flat, 3, n), weights.device(), DType.I64);
			final long[] sections = Arrays.stream(config.ropeSections()).asLongStream().toArray();
			final Tensor[] rope =
				PROGRAM.tensors(scratch, "rope", index, sections, config.ropeTheta(), weights.dtype());
			Tensor x = embedded;
			for (int i = 0; i < layers.size(); i++) {
				check.run();
				final Tensor next = layer(scratch, i, x, rope, cache.isEmpty() ? cache : cache.subList(i, i + 1), past);
				if (x != embedded) scratch.free(x);
				x = next;
			}
			return PROGRAM.tensor(scope, "norm", x, norm.get(scratch), config.eps());
		}
	}

	private Tensor layer(final Scope scope, final int index, final Tensor x, final Tensor[] rope,
		final List<Tensor> cache, final int past)
	{
		try (Scope scratch = Torch.scope()) {
			return PROGRAM.tensor(scope, "layer", x, layers.get(scratch, index), rope[0], rope[1], config.eps(), cache,
				past);
		}
	}

	/** Positions of a text that begins a sequence. */
	static long[][] textPositions(final int length) {
		final long[] row = new long[length];
		for (int i = 0; i < length; i++) row[i] = i;
		return new long[][] { row, row, row };
	}

	private NamedWeights ofLayer(final NamedWeights w) {
		final int d = config.hidden();
		final int queries = config.heads() * config.headDim();
		final int keys = config.keyValueHeads() * config.headDim();
		return w //
			.tensor("input_layernorm.weight", d)
			.linear("self_attn.q_proj", queries, d)
			.linear("self_attn.k_proj", keys, d)
			.linear("self_attn.v_proj", keys, d)
			.matrix("self_attn.o_proj", d, queries)
			.tensor("post_attention_layernorm.weight", d)
			.matrix("mlp.gate_proj", config.intermediate(), d)
			.matrix("mlp.up_proj", config.intermediate(), d)
			.matrix("mlp.down_proj", d, config.intermediate());
	}

	@Override
	public void close() {
		layers.close();
		norm.close();
		head.close();
	}
}
