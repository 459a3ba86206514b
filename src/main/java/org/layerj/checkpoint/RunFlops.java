package org.layerj.checkpoint;

/**
 * How many floating-point operations a run takes (a multiplication and an addition are two), so that its time is
 * {@code total() / measured rate}.
 * <p>
 * Counted are matrix products, convolutions and attention; everything else is some percent of them. The transformer is
 * counted as 24·D² per token and block, and 4·S²·D per block for attention over S tokens; the VAE in its 2-D form.
 *
 * @param caption vision tower, prompt and generated tokens
 * @param prompt embedding of one prompt, or two where the run is guided
 * @param encode VAE encoder, one picture
 * @param denoise all steps
 * @param decode VAE decoder, all layers
 */
public record RunFlops(double caption, double prompt, double encode, double denoise, double decode) {

	/** Tokens of a usual caption, and of the instruction that asks for it. */
	private static final int CAPTION_TOKENS = 150;
	private static final int INSTRUCTION_TOKENS = 230;
	/** Tokens of the negative prompt " " with its template. */
	private static final int NEGATIVE_TOKENS = 40;

	public static RunFlops of(final ModelConfigs c, final RunSize run) {
		final double caption = run.captioned() && c.text().isPresent() && c.vision().isPresent()
			? caption(c.text().get(), c.vision().get(), run) : 0;
		final double prompt = c.text()
			.map(t -> language(t, run.promptTokens()) + (run.guided() ? language(t, NEGATIVE_TOKENS) : 0))
			.orElse(0.0);
		final double denoise = run.steps() * step(c, run) + modulation(c.transformer(), run.steps());
		final double encode = encoder(c.vae(), run);
		final double decode = run.layers() * decoder(c.vae(), run);
		return new RunFlops(caption, prompt, encode, denoise, decode);
	}

	/** All parts together. */
	public double total() {
		return caption + prompt + encode + denoise + decode;
	}

	/** Expected duration at this many operations per second. */
	public double seconds(final double flopsPerSecond) {
		return total() / flopsPerSecond;
	}

	/** One denoising step. */
	public static double step(final ModelConfigs c, final RunSize run) {
		final double forward = forward(c.transformer(), run.tokens(c));
		return run.guided() ? 2 * forward : forward;
	}

	/** The transformer once over a sequence of this length. */
	static double forward(final TransformerConfig c, final double tokens) {
		final double d = c.dim();
		return c.layers() * (24 * d * d * tokens + 4 * tokens * tokens * d) + 4 * c.inChannels() * d * tokens;
	}

	private static double modulation(final TransformerConfig c, final int steps) {
		final double d = c.dim();
		return 2 * steps * d * d * (12.0 * c.layers() + 2);
	}

	private static double encoder(final VaeConfig c, final RunSize run) {
		final int last = c.dimMult().length - 1;
		double pixels = run.pixels();
		double channels = c.baseDim();
		double sum = conv(c.pictureChannels(), channels, 9, pixels);
		for (int level = 0; level <= last; level++) {
			final double out = (double) c.baseDim() * c.dimMult()[level];
			for (int i = 0; i < c.resBlocks(); i++) {
				sum += resBlock(channels, out, pixels);
				channels = out;
			}
			if (level < last) {
				pixels /= 4;
				sum += conv(channels, channels, 9, pixels);
			}
		}
		return sum + middle(channels, pixels) + conv(channels, 2.0 * c.latentChannels(), 9, pixels);
	}

	private static double decoder(final VaeConfig c, final RunSize run) {
		final int last = c.dimMult().length - 1;
		double pixels = (double) run.pixels() / c.scale() / c.scale();
		double channels = (double) c.baseDim() * c.dimMult()[last];
		double sum = conv(c.latentChannels(), channels, 9, pixels) + middle(channels, pixels);
		for (int level = 0; level <= last; level++) {
			final double out = (double) c.baseDim() * c.dimMult()[last - level];
			for (int i = 0; i <= c.resBlocks(); i++) {
				sum += resBlock(channels, out, pixels);
				channels = out;
			}
			if (level < last) {
				pixels *= 4;
				sum += conv(channels, channels / 2, 9, pixels);
				channels /= 2;
			}
		}
		return sum + conv(channels, c.pictureChannels(), 9, pixels);
	}

	private static double middle(final double channels, final double pixels) {
		return 2 * resBlock(channels, channels, pixels) + conv(channels, 4 * channels, 1, pixels)
			+ 4 * pixels * pixels * channels;
	}

	private static double resBlock(final double in, final double out, final double pixels) {
		return conv(in, out, 9, pixels) + conv(out, out, 9, pixels) + (in == out ? 0 : conv(in, out, 1, pixels));
	}

	private static double conv(final double in, final double out, final int taps, final double pixels) {
		return 2 * in * out * taps * pixels;
	}

	/** The language model once over a prompt, without the vocabulary's logits. */
	static double language(final TextConfig c, final double tokens) {
		final double queries = (double) c.heads() * c.headDim();
		final double keys = (double) c.keyValueHeads() * c.headDim();
		final double matrices = 2 * c.hidden() * (queries + keys) + 3.0 * c.hidden() * c.intermediate();
		return c.layers() * (2 * matrices * tokens + 2 * tokens * tokens * queries);
	}

	/** The vision tower once over a picture. */
	static double vision(final VisionConfig c, final double patches) {
		final double d = c.hidden();
		final double window = Math.min(patches, (double) c.window() / c.patch() * c.window() / c.patch());
		double sum = 2 * patches * d * c.channels() * c.patch() * c.patch();
		for (int i = 0; i < c.depth(); i++)
			sum += 2 * patches * (4 * d * d + 3 * d * c.intermediate())
				+ 4 * patches * (c.isFull(i) ? patches : window) * d;
		final double merged = d * c.merge() * c.merge();
		return sum + 2 * patches / (c.merge() * c.merge()) * merged * (merged + c.out());
	}

	private static double caption(final TextConfig text, final VisionConfig vision, final RunSize run) {
		final double patches = run.visionPatches(vision);
		final double prefix = INSTRUCTION_TOKENS + patches / (vision.merge() * vision.merge());
		final double logits = 2.0 * text.vocabulary() * text.hidden();
		return vision(vision, patches) + language(text, prefix) + CAPTION_TOKENS * (language(text, 1) + logits);
	}
}
