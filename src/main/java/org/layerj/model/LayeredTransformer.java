package org.layerj.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * VLD-MMDiT (section 3.2): predicts the flow velocity of composite and layers, given the picture and a caption.
 * <p>
 * Tokens are 2 × 2 latent pixels, {@code (B, frames·rows·columns, 4z)}: frame 0 is the composite, frames 1…N the layers
 * bottom to top. The condition picture is one more frame at the end that is never noised. Text tokens are
 * {@code (B, nt, textDim)}.
 * <p>
 * What does not change during a run is computed once: the modulation of all blocks at all timesteps ({@link Run}),
 * which leaves a third of the parameters out of memory while denoising; the embedded text and condition; the rotary
 * table.
 */
public final class LayeredTransformer implements AutoCloseable {

	private static final Program PROGRAM = Program.load(LayeredTransformer.class, "layered_transformer.py");
	private static final int SINUSOIDS = 256;
	private static final String BLOCKS = "transformer_blocks.";

	private final TransformerConfig config;
	private final Weights weights;
	private final Keep keep;
	private final Layer3dRope rope;
	private final Scope resident = Torch.scope();
	private final Map<String, Tensor> small = new HashMap<>();
	private final Blocks blocks;

	/**
	 * @param keep which blocks stay in memory between uses; a model larger than the memory keeps few, or keeps them as
	 * they are stored
	 */
	public LayeredTransformer(final TransformerConfig config, final Weights weights, final Keep keep) {
		this.config = config;
		this.weights = weights;
		this.keep = keep;
		this.rope = new Layer3dRope(config.ropeAxes());
		blocks = new Blocks(weights, keep, BLOCKS, config.layers(), this::ofBlock);
	}

	public TransformerConfig config() {
		return config;
	}

	/** Which blocks stay in memory. */
	public Keep keep() {
		return keep;
	}

	/**
	 * What stays constant while one picture is denoised.
	 *
	 * @param frames generated frames, composite included
	 * @param rows token rows of a frame
	 * @param columns token columns of a frame
	 * @param image per block, one modulation row of the image stream for every step, {@code (steps, 6D)}
	 * @param text the same of the text stream
	 * @param head scale and shift of the output norm, {@code (steps, 2D)}
	 * @param condition embedded condition picture, {@code (B, T, D)}
	 */
	public record Run(int frames, int rows, int columns, List<Tensor> image, List<Tensor> text, Tensor head,
		Tensor condition)
	{

		/** Tokens of one frame. */
		public int tokensPerFrame() {
			return rows * columns;
		}
	}

	/** An embedded prompt with the positions of the whole sequence; {@code mask} is empty or one key mask. */
	public record Prompt(Tensor tokens, Layer3dRope.Table rope, List<Tensor> mask) {}

	/**
	 * Prepares a run.
	 *
	 * @param taus timesteps in 0…1 of all steps, as the network shall see them
	 * @param flag row of the additional timestep condition; 0 for layers
	 * @param condition tokens of the clean picture, {@code (B, rows·columns, 4z)}
	 * @param check called before every block; may throw to stop
	 */
	public Run start(final Scope scope, final float[] taus, final int flag, final int frames, final int rows,
		final int columns, final Tensor condition, final Runnable check)
	{
		if (condition.size(1) != (long) rows * columns) throw new IllegalArgumentException(
			"The condition has " + condition.size(1) + " tokens, not " + rows + "×" + columns);
		try (Scope scratch = Torch.scope()) {
			final int d = config.dim();
			final Tensor temb = timeEmbedding(scratch, taus, flag);
			final List<Tensor> image = new ArrayList<>();
			final List<Tensor> text = new ArrayList<>();
			for (int i = 0; i < config.layers(); i++) {
				check.run();
				final String key = BLOCKS + i;
				image.add(modulation(scratch, scope, temb, key + ".img_mod.1", 6 * d));
				text.add(modulation(scratch, scope, temb, key + ".txt_mod.1", 6 * d));
			}
			final Tensor head = modulation(scratch, scope, temb, "norm_out.linear", 2 * d);
			final Tensor c = PROGRAM.tensor(scope, "linear", arrive(scratch, condition),
				resident("img_in.weight", d, config.inChannels()), resident("img_in.bias", d));
			return new Run(frames, rows, columns, image, text, head, c);
		}
	}

	/** Timestep embedding with the additional condition, {@code (n, D)}. */
	Tensor timeEmbedding(final Scope scope, final float[] taus, final int flag) {
		final int d = config.dim();
		final Map<String, Tensor> w =
			new NamedWeights(weights, scope, "time_text_embed.timestep_embedder.").linear("linear_1", d, SINUSOIDS)
				.linear("linear_2", d, d)
				.all();
		final List<Tensor> row = config.additionalTimeCondition() ? List.of(Tensors.slice(scope,
			weights.get(scope, "time_text_embed.addition_t_embedding.weight", 2, d), 0, flag, flag + 1)) : List.of();
		final Tensor tau = Tensors.of(scope, taus, taus.length);
		return PROGRAM.tensor(scope, "time_embedding", Tensors.to(scope, tau, weights.device(), tau.dtype()), w, row);
	}

	private Tensor modulation(final Scope scratch, final Scope scope, final Tensor temb, final String key,
		final int width)
	{
		final Tensor w = weights.get(scratch, key + ".weight", width, config.dim());
		final Tensor b = weights.get(scratch, key + ".bias", width);
		final Tensor rows = PROGRAM.tensor(scope, "modulation", temb, w, b);
		scratch.free(w);
		scratch.free(b);
		weights.release(key + ".weight");
		return rows;
	}

	/**
	 * Embeds a prompt for a run.
	 *
	 * @param embedding {@code (B, nt, textDim)}
	 * @param mask empty, or {@code (B, nt)} of 1 and 0 where the batch's prompts were padded
	 */
	public Prompt prompt(final Scope scope, final Run run, final Tensor embedding, final List<Tensor> mask) {
		if (embedding.size(2) != config.textDim()) throw new IllegalArgumentException(
			"The prompt embedding has " + embedding.size(2) + " channels, not " + config.textDim());
		final int d = config.dim();
		final int tokens = Math.toIntExact(embedding.size(1));
		try (Scope scratch = Torch.scope()) {
			final Tensor y = PROGRAM.tensor(scope, "embed_text", arrive(scratch, embedding),
				resident("txt_norm.weight", config.textDim()), resident("txt_in.weight", d, config.textDim()),
				resident("txt_in.bias", d));
			final Layer3dRope.Table cpu = rope.table(scratch, run.frames(), run.rows(), run.columns(), tokens);
			final Layer3dRope.Table table =
				new Layer3dRope.Table(Tensors.to(scope, cpu.cos(), weights.device(), cpu.cos().dtype()),
					Tensors.to(scope, cpu.sin(), weights.device(), cpu.sin().dtype()));
			final List<Tensor> keys = mask.isEmpty() ? List.of()
				: List.of(PROGRAM.tensor(scope, "key_mask",
					Tensors.to(scratch, mask.get(0), weights.device(), mask.get(0).dtype()),
					(run.frames() + 1) * run.tokensPerFrame()));
			return new Prompt(y, table, keys);
		}
	}

	/**
	 * Flow velocity ε − x₀ of all generated tokens.
	 *
	 * @param latents {@code (B, frames·rows·columns, 4z)}
	 * @param step which of the run's timesteps
	 * @param check called before every block; may throw to stop
	 * @return the same shape as {@code latents}
	 */
	public Tensor velocity(final Scope scope, final Run run, final Prompt prompt, final Tensor latents, final int step,
		final Runnable check)
	{
		return velocity(scope, run, prompt, latents, step, Optional.empty(), check);
	}

	/**
	 * The same, with most of the pass spared where it would bring little new.
	 *
	 * @param cache of the passes with this prompt before; empty: every pass is made in full
	 */
	Tensor velocity(final Scope scope, final Run run, final Prompt prompt, final Tensor latents, final int step,
		final Optional<StepCache> cache, final Runnable check)
	{
		try (Scope scratch = Torch.scope()) {
			final int d = config.dim();
			final long kept = latents.size(1);
			final boolean cached = cache.isPresent() && blocks.size() > 1;
			Tensor afterFirst = latents;
			Tensor x = PROGRAM.tensor(scratch, "embed_frames", arrive(scratch, latents), run.condition(),
				resident("img_in.weight", d, config.inChannels()), resident("img_in.bias", d));
			Tensor y = prompt.tokens();
			for (int i = 0; i < blocks.size() - 1; i++) {
				check.run();
				final Tensor[] xy = block(scratch, i, run, prompt, x, y, step);
				if (cached && i == 0) {
					final Tensor change = PROGRAM.tensor(scratch, "difference", xy[0], x, kept);
					if (cache.get().near(change, step)) {
						for (int spared = 1; spared < blocks.size(); spared++) check.run();
						return head(scope, cache.get().added(scratch, xy[0]), run, step);
					}
					afterFirst = Tensors.slice(scratch, xy[0], 1, 0, kept);
				}
				scratch.free(x);
				scratch.free(y);
				x = xy[0];
				y = xy[1];
			}
			check.run();
			final int last = blocks.size() - 1;
			final Tensor out = PROGRAM.tensor(scratch, "last_block", x, y, row(scratch, run.image().get(last), step),
				row(scratch, run.text().get(last), step), blocks.get(scratch, last), prompt.rope().cos(),
				prompt.rope().sin(), prompt.mask(), kept);
			if (cached) cache.get().remember(out, afterFirst);
			return head(scope, out, run, step);
		}
	}

	private Tensor head(final Scope scope, final Tensor out, final Run run, final int step) {
		final int d = config.dim();
		try (Scope scratch = Torch.scope()) {
			return PROGRAM.tensor(scope, "head", out, row(scratch, run.head(), step),
				resident("proj_out.weight", config.inChannels(), d), resident("proj_out.bias", config.inChannels()));
		}
	}

	/** One block; returns the image and the text stream. */
	Tensor[] block(final Scope scope, final int index, final Run run, final Prompt prompt, final Tensor x,
		final Tensor y, final int step)
	{
		try (Scope scratch = Torch.scope()) {
			return PROGRAM.tensors(scope, "block", x, y, row(scratch, run.image().get(index), step),
				row(scratch, run.text().get(index), step), blocks.get(scratch, index), prompt.rope().cos(),
				prompt.rope().sin(), prompt.mask());
		}
	}

	/** Row {@code step} of a modulation table, as a vector. */
	private static Tensor row(final Scope scope, final Tensor table, final int step) {
		return Tensors.reshape(scope, Tensors.slice(scope, table, 0, step, step + 1L), table.size(1));
	}

	private Tensor arrive(final Scope scope, final Tensor x) {
		return Tensors.to(scope, x, weights.device(), weights.dtype());
	}

	// -- Weights --

	private NamedWeights ofBlock(final NamedWeights w) {
		final int d = config.dim();
		for (final String linear : List.of("to_q", "to_k", "to_v", "add_q_proj", "add_k_proj", "add_v_proj", "to_out.0",
			"to_add_out")) w.linear("attn." + linear, d, d);
		for (final String norm : List.of("norm_q", "norm_k", "norm_added_q", "norm_added_k"))
			w.tensor("attn." + norm + ".weight", config.headDim());
		for (final String mlp : List.of("img_mlp", "txt_mlp"))
			w.linear(mlp + ".net.0.proj", 4 * d, d).linear(mlp + ".net.2", d, 4 * d);
		return w;
	}

	/** The few weights outside the blocks; always kept. */
	private Tensor resident(final String key, final long... shape) {
		return small.computeIfAbsent(key, k -> weights.get(resident, k, shape));
	}

	/**
	 * Brings in the weights that are to stay, so that the first step is no slower than the others; does nothing where
	 * blocks are fetched anew.
	 */
	public void load(final Runnable check) {
		blocks.load(check);
	}

	/** Bytes of weights held now on the device. */
	public long held() {
		return resident.bytes() + blocks.held();
	}

	@Override
	public void close() {
		small.clear();
		blocks.close();
		resident.close();
	}
}
