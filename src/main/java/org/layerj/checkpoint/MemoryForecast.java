package org.layerj.checkpoint;

import java.util.Locale;

/**
 * How much memory a run needs at its peak, before it is started.
 * <p>
 * The VAE leaves memory when the picture is encoded and comes back for the layers; the text encoder leaves it before
 * the transformer comes in, which stays. So for one picture: <pre>
 * peak      = runtime + pictures + max(describing, prompt, denoising, VAE weights and VAE at work beside the transformer)
 * weights   = every parameter a part computes with, in the precision it computes with; as stored: the file's bytes, and one block
 *             in the precision it computes with; streamed: two blocks (the transformer without its modulation, which is a table per run; the VAE always in float32, kernels without their
 *             unused temporal slices; token embeddings stay in the mapped file)
 * denoising = transformer weights + modulation table (steps · (12 blocks + 2) · D)
 *             + ALLOCATOR · (DENOISE_COPIES · S · D + rotary table (S · headDim, float32)),
 *             S = prompt + (layers + 2) frames; attention is fused and never stores S × S
 * VAE       = ALLOCATOR · VAE_COPIES · base_dim · W · H (of a tile at most), or the widest stage where that is more; layers are decoded one by one
 *             + with stepcache, for each prompt, what the first block and the others added to the generated tokens,
 *             and the picture's tokens after the first block
 * LoRA      = the factors, on a CPU, and the largest weight once more, while a product is added to it; on a card what
 *             of the factors is there at once is less than a rounding
 * prompt    = language weights + ALLOCATOR · tokens · (LANGUAGE_COPIES · hidden + 3 · intermediate + key/value cache)
 * describing= the same with the vocabulary's logits; or, where more, vision weights
 *             + ALLOCATOR · patches · (VISION_COPIES · hidden + 3 · intermediate)
 * pictures  = PICTURE_BYTES · pixels of the original · (layers + 2)
 * </pre>
 * <p>
 * Whoever keeps the transformer for the next picture has it in memory beside the text encoder; that is more than this
 * forecast. Weights in the precision they are stored in are used where the file is mapped; they are counted all the
 * same, because a run that has to read them again in every step is a streamed one. The constants are the only free
 * numbers; they are to be calibrated with measured peaks (docs/RESULTS.md).
 *
 * @param configs the sizes of the networks
 * @param stored what weights take in the file
 * @param transformerLora what LoRAs add to the transformer
 * @param textLora what they add to the text encoder
 */
public record MemoryForecast(ModelConfigs configs, Stored stored, Adapters.Cost transformerLora,
	Adapters.Cost textLora)
{

	/** A model whose weights are stored in 16 bits. */
	public MemoryForecast(final ModelConfigs configs) {
		this(configs, new Stored(2, 2));
	}

	/** A model as it is, without LoRAs. */
	public MemoryForecast(final ModelConfigs configs, final Stored stored) {
		this(configs, stored, Adapters.Cost.NONE, Adapters.Cost.NONE);
	}

	/** The same model with LoRAs. */
	public MemoryForecast with(final Adapters adapters) {
		return new MemoryForecast(configs, stored, adapters.cost(TransformerConfig.FOLDER),
			adapters.cost(TextConfig.FOLDER));
	}

	/**
	 * Bytes that a parameter of the repeated blocks takes in the weight files.
	 *
	 * @param transformer of the transformer, without its modulation
	 * @param text of the text encoder
	 */
	public record Stored(double transformer, double text) {}

	/** Number type of weights and activations. */
	public enum Precision {

		BF16(2), F32(4);

		private final int bytes;

		Precision(final int bytes) {
			this.bytes = bytes;
		}

		public int bytes() {
			return bytes;
		}
	}

	/** Where the networks compute. */
	public enum Processor {
		CPU, GPU
	}

	/** Whether weights stay where the networks compute. */
	public enum Weights {
		/** All weights of the part at work; needed for full speed. */
		RESIDENT,
		/**
		 * All weights as the file stores them; expanded block by block, which takes a little time and half or a quarter
		 * of the memory.
		 */
		STORED,
		/** Block by block from the mapped file, again in every step: the least memory a run is possible with. */
		STREAMED
	}

	/**
	 * How a run is carried out.
	 *
	 * @param kept share of the blocks that stay, 0 to 1; the others are streamed
	 */
	public record Plan(Processor processor, Precision precision, Weights weights, double kept) {

		public Plan(final Processor processor, final Precision precision, final Weights weights) {
			this(processor, precision, weights, weights == Weights.STREAMED ? 0 : 1);
		}

		@Override
		public String toString() {
			return processor + " " + precision.name().toLowerCase(Locale.ROOT)
				+ (weights == Weights.STREAMED ? " streamed" : weights == Weights.STORED ? " as stored" : "");
		}
	}

	// -- The constants to calibrate --

	/** The JVM and libtorch before any weight is loaded. */
	static final long RUNTIME = 500_000_000;
	/** The same with CUDA's libraries. */
	static final long CUDA_RUNTIME = 2_500_000_000L;
	/** Graphics memory taken by CUDA itself and its libraries' workspaces. */
	static final long CUDA_CONTEXT = 900_000_000;
	/** What allocators hold beyond what is asked of them. */
	static final double ALLOCATOR = 1.2;
	/**
	 * Copies of the image stream alive at the peak of a block: stream, norm, q, k, v before and after norm, rotation in
	 * float32.
	 */
	static final double DENOISE_COPIES = 18;
	/** Copies of a stage's feature map alive at the peak of a residual block: input, norm, convolution, result. */
	static final double VAE_COPIES = 4;
	/** Pixels that the VAE works on at once: larger pictures come in tiles. */
	static final double VAE_TILE = 1100 * 1100;
	/** Copies of the hidden states alive in a layer of the language model, its MLP apart. */
	static final double LANGUAGE_COPIES = 8;
	/** The same in a block of the vision tower. */
	static final double VISION_COPIES = 10;
	/** Blocks in memory at once while weights are streamed: one computes, one arrives. */
	static final int STREAMED_BLOCKS = 2;
	/**
	 * Blocks' bytes in page-locked memory while weights are streamed to a card: one block read, one copied, in pieces
	 * of which libtorch rounds the size up to a power of two.
	 */
	static final int READ_BLOCKS = 4;
	/**
	 * Bytes per pixel of an RGBA picture on the Java heap, with the copy that is being written or the map of what shows
	 * through.
	 */
	static final long PICTURE_BYTES = 8;

	/** Bytes of main memory at the peak. */
	public long ram(final RunSize run, final Plan plan) {
		return ram(run, plan, plan);
	}

	/** The same where the text encoder is handled in another way than the transformer. */
	public long ram(final RunSize run, final Plan plan, final Plan text) {
		if (plan.processor == Processor.CPU) return Math.max(denoisingPeak(run, plan), describingPeak(run, text));
		// Weights pass through main memory block by block on their way to the graphics card.
		final long passing = READ_BLOCKS * Math.max(blockParameters(configs.transformer()),
			configs.text().map(MemoryForecast::layerParameters).orElse(0L));
		return CUDA_RUNTIME + heap(run) + passing * plan.precision.bytes;
	}

	/** Bytes of graphics memory at the peak; 0 where the CPU computes. */
	public long gpu(final RunSize run, final Plan plan) {
		return gpu(run, plan, plan);
	}

	/** The same where the text encoder is handled in another way than the transformer. */
	public long gpu(final RunSize run, final Plan plan, final Plan text) {
		return plan.processor == Processor.CPU ? 0 : Math.max(denoisingPeak(run, plan), describingPeak(run, text));
	}

	/**
	 * Bytes of the computing device's memory while the transformer is in it: denoising, and the VAE at work beside it.
	 */
	public long denoisingPeak(final RunSize run, final Plan plan) {
		final double transformer = transformerWeights(run, plan);
		return base(run, plan) + bytes(
			Math.max(transformer + denoising(run, plan), transformer + vaeParameters() * Float.BYTES + vae(run)));
	}

	/** The same while the text encoder is in it. */
	public long describingPeak(final RunSize run, final Plan plan) {
		return base(run, plan) + bytes(Math.max(prompt(run, plan), describing(run, plan)));
	}

	/** Bytes that one block of the transformer takes less if it does not stay. */
	public double transformerBlock(final Plan plan) {
		return blockParameters(configs.transformer()) * keptBytes(plan, stored.transformer);
	}

	/** The same of one layer of the text encoder. */
	public double textLayer(final Plan plan) {
		return configs.text().map(t -> layerParameters(t) * keptBytes(plan, stored.text)).orElse(0.0);
	}

	private long base(final RunSize run, final Plan plan) {
		return plan.processor == Processor.CPU ? RUNTIME + heap(run) : CUDA_CONTEXT;
	}

	/** Bytes of the Java heap taken by the picture and its layers at their own size; part of {@link #ram}. */
	public long heap(final RunSize run) {
		return PICTURE_BYTES * run.picturePixels() * (run.layers() + 2);
	}

	// -- Bytes of the transformer and the VAE --

	private double transformerWeights(final RunSize run, final Plan plan) {
		final TransformerConfig c = configs.transformer();
		final double d = c.dim();
		final double around = d * (2.0 * c.inChannels() + c.textDim() + ExpectedTensors.TIME_CHANNELS + 2 * d);
		final double table = run.steps() * (12.0 * c.layers() + 2) * d;
		return kept(blockParameters(c), c.layers(), plan, stored.transformer) + lora(transformerLora, plan)
			+ (around + table) * plan.precision.bytes;
	}

	/** The sum is made beside the weight, and replaces it. */
	private static double lora(final Adapters.Cost cost, final Plan plan) {
		return (plan.processor == Processor.CPU ? cost.bytes() : 0) + cost.largest() * plan.precision.bytes;
	}

	private double denoising(final RunSize run, final Plan plan) {
		final TransformerConfig c = configs.transformer();
		final double tokens = run.tokens(configs);
		return ALLOCATOR * (DENOISE_COPIES * tokens * c.dim() * plan.precision.bytes
			+ tokens * c.headDim() * Float.BYTES + stepCache(run) * plan.precision.bytes);
	}

	/** Numbers that are kept from pass to pass so that some can be spared; the condition picture is not generated. */
	private double stepCache(final RunSize run) {
		if (!run.cached()) return 0;
		final double frame = (double) run.frameTokens(configs) * configs.transformer().dim();
		return (run.guided() ? 2 : 1) * 2 * (run.layers() + 1) * frame + (run.layers() + 2) * frame;
	}

	/** A block's parameters without its modulation: both streams' q, k, v, o and MLP. */
	private static long blockParameters(final TransformerConfig c) {
		return 24L * c.dim() * c.dim();
	}

	private double vaeParameters() {
		double sum = 0;
		for (final ExpectedTensor t : ExpectedTensors.vae(configs.vae()).all()) if (t.required()) {
			double n = 1;
			for (final long s : t.shapes().get(t.shapes().size() - 1)) n *= s;
			sum += n;
		}
		return sum;
	}

	private double vae(final RunSize run) {
		final VaeConfig c = configs.vae();
		double widest = 0;
		double pixels = Math.min(run.pixels(), VAE_TILE);
		for (int level = 0; level < c.dimMult().length; level++) {
			widest = Math.max(widest, VAE_COPIES * c.baseDim() * c.dimMult()[level] * pixels);
			pixels /= 4;
		}
		return ALLOCATOR * widest * Float.BYTES;
	}

	// -- Bytes held by the text encoder --

	private double prompt(final RunSize run, final Plan plan) {
		return configs.text()
			.map(c -> kept(layerParameters(c), c.layers(), plan, stored.text) + lora(textLora, plan)
				+ language(c, run.promptTokens()) * plan.precision.bytes)
			.orElse(0.0);
	}

	private double describing(final RunSize run, final Plan plan) {
		if (!run.captioned() || configs.text().isEmpty() || configs.vision().isEmpty()) return 0;
		final TextConfig t = configs.text().get();
		final VisionConfig v = configs.vision().get();
		final double patches = run.visionPatches(v);
		final double block = 4.0 * v.hidden() * v.hidden() + 3.0 * v.hidden() * v.intermediate();
		// The tower is read once, so it is expanded where there is room for it, whatever the plan says of the language
		// model.
		final double tower = (block * (plan.weights == Weights.RESIDENT ? v.depth() : STREAMED_BLOCKS)
			+ ALLOCATOR * patches * (VISION_COPIES * v.hidden() + 3.0 * v.intermediate())) * plan.precision.bytes;
		final double tokens = patches / (v.merge() * v.merge()) + 2 * RunSize.USUAL_PROMPT;
		final double head = (double) t.vocabulary() * t.hidden()
			* (keptBytes(plan, stored.text) + (plan.weights == Weights.RESIDENT ? 0 : plan.precision.bytes));
		return Math.max(tower, kept(layerParameters(t), t.layers(), plan, stored.text) + lora(textLora, plan) + head
			+ language(t, tokens) * plan.precision.bytes);
	}

	private static long layerParameters(final TextConfig c) {
		final long queries = (long) c.heads() * c.headDim();
		final long keys = (long) c.keyValueHeads() * c.headDim();
		return 2L * c.hidden() * (queries + keys) + 3L * c.hidden() * c.intermediate();
	}

	private static double language(final TextConfig c, final double tokens) {
		final double cache = 2.0 * c.layers() * c.keyValueHeads() * c.headDim();
		return ALLOCATOR * tokens * (LANGUAGE_COPIES * c.hidden() + 3.0 * c.intermediate() + cache);
	}

	/**
	 * Bytes of a stack of equal blocks: those that stay, and where some do not, or not as they are computed with, a few
	 * that pass.
	 */
	private static double kept(final double block, final int blocks, final Plan plan, final double stored) {
		final boolean all = plan.weights == Weights.RESIDENT && plan.kept >= 1;
		final double staying = block * blocks * Math.max(0, Math.min(1, plan.kept)) * keptBytes(plan, stored);
		final int passing = plan.weights == Weights.STORED && plan.kept >= 1 ? 1 : Math.min(blocks, STREAMED_BLOCKS);
		return staying + (all ? 0 : block * passing * plan.precision.bytes);
	}

	private static double keptBytes(final Plan plan, final double stored) {
		return plan.weights == Weights.RESIDENT ? plan.precision.bytes : stored;
	}

	/** Forecasts of absurd sizes end at the largest number instead of wrapping around. */
	private static long bytes(final double n) {
		return n < Long.MAX_VALUE / 4.0 ? (long) n : Long.MAX_VALUE / 4;
	}
}
