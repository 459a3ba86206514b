package org.layerj.model;

import org.layerj.checkpoint.SchedulerConfig;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;

/**
 * Flow matching by Euler steps ({@code FlowMatchEulerDiscreteScheduler}): x_σ = (1−σ)·x₀ + σ·ε, and the network
 * predicts ε − x₀.
 * <p>
 * Arithmetic follows the original's float32, so that schedules agree to the last bits.
 */
public final class FlowMatch {

	private static final Program PROGRAM = Program.load(FlowMatch.class, "flow_match.py");

	/** Tokens of the picture size at which mu is 1. */
	private static final double BASE_TOKENS = 256;

	private FlowMatch() {}

	/** The shift of the schedule for a picture of this many tokens (one frame): √(tokens / 256). */
	public static double mu(final int tokens) {
		return Math.sqrt(tokens / BASE_TOKENS);
	}

	/**
	 * Noise levels from 1 down to 0.
	 *
	 * @param steps number of Euler steps
	 * @param mu {@link #mu}; used where the schedule depends on the picture's size
	 * @return {@code steps + 1} values, the last one 0
	 */
	public static float[] sigmas(final SchedulerConfig config, final int steps, final double mu) {
		final float[] sigmas = new float[steps + 1];
		for (int i = 0; i < steps; i++) {
			final float s = (float) (1 - (double) i / steps);
			sigmas[i] = config.dynamicShift() ? shifted(s, config.exponential() ? Math.exp(mu) : mu)
				: statically(s, config.shift());
		}
		config.terminal().ifPresent(end -> stretch(sigmas, steps, end));
		return sigmas;
	}

	/** Noise levels with a shift that does not depend on the picture, as few-step models are trained with. */
	static float[] shiftedSigmas(final int steps, final double shift) {
		final float[] sigmas = new float[steps + 1];
		for (int i = 0; i < steps; i++) sigmas[i] = shifted((float) (1 - (double) i / steps), shift);
		return sigmas;
	}

	private static float shifted(final float s, final double strength) {
		final float m = (float) strength;
		return m / (m + (1 / s - 1));
	}

	private static float statically(final float s, final double shift) {
		return (float) shift * s / (1 + (float) (shift - 1) * s);
	}

	/** Stretches the levels so that the last one before 0 is {@code end}. */
	private static void stretch(final float[] sigmas, final int steps, final double end) {
		if (sigmas[steps - 1] == 1) return; // a single step begins and ends at 1: there is nothing to stretch
		final float scale = (1 - sigmas[steps - 1]) / (float) (1 - end);
		for (int i = 0; i < steps; i++) sigmas[i] = 1 - (1 - sigmas[i]) / scale;
	}

	/**
	 * The timesteps as the network sees them, in 0…1.
	 *
	 * @param rounded with the original's rounding in a bfloat16 run: 1000·σ and its thousandth are both rounded
	 */
	public static float[] taus(final SchedulerConfig config, final float[] sigmas, final boolean rounded) {
		final float[] taus = new float[sigmas.length - 1];
		for (int i = 0; i < taus.length; i++) {
			final float t = sigmas[i] * config.trainTimesteps();
			taus[i] = rounded ? bfloat16(bfloat16(t) / 1000f) : t / 1000f;
		}
		return taus;
	}

	/** The nearest bfloat16, halves to even. */
	static float bfloat16(final float x) {
		final int bits = Float.floatToRawIntBits(x);
		return Float.intBitsToFloat(bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000);
	}

	/** Latents {@code (B, F, z, h, w)} to tokens {@code (B, F·h/2·w/2, 4z)}. */
	public static Tensor pack(final Scope scope, final Tensor latents) {
		return PROGRAM.tensor(scope, "pack", latents);
	}

	/** Tokens {@code (B, F·rows·columns, 4z)} to latents {@code (B, F, z, 2·rows, 2·columns)}. */
	public static Tensor unpack(final Scope scope, final Tensor tokens, final int rows, final int columns) {
		return PROGRAM.tensor(scope, "unpack", tokens, rows, columns);
	}

	/**
	 * Classifier-free guidance: away from the negative prompt's velocity.
	 *
	 * @param rescale keeps each token's velocity as long as the positive one, which the official application does
	 */
	public static Tensor guide(final Scope scope, final Tensor positive, final Tensor negative, final double scale,
		final boolean rescale)
	{
		return PROGRAM.tensor(scope, "guide", positive, negative, scale, rescale);
	}

	/** One Euler step from noise level {@code sigma} to {@code next}; float32. */
	public static Tensor euler(final Scope scope, final Tensor x, final Tensor velocity, final float sigma,
		final float next)
	{
		return PROGRAM.tensor(scope, "euler", x, velocity, (double) (next - sigma));
	}
}
