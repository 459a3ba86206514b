package org.layerj.decompose;

/**
 * Every option with the value a run uses: {@link DecomposeOptions} with the model's defaults filled in.
 *
 * @param layers number of layers
 * @param resolution see {@link DecomposeOptions#resolution}
 * @param steps denoising steps
 * @param guidance guidance scale
 * @param seed of the noise
 * @param prompt as the user gave it; empty lets the model describe the picture
 * @param negative negative prompt
 * @param device as the user gave it, for example {@code auto}
 * @param raw see {@link DecomposeOptions#raw}
 * @param rescale see {@link DecomposeOptions#rescale}
 * @param auto whether the number of layers was left open, and is the most there can be
 * @param shift see {@link DecomposeOptions#shift}; 0: by the size of the picture
 * @param stepcache see {@link DecomposeOptions#stepcache}
 * @param elements see {@link DecomposeOptions#elements}
 */
public record Settings(int layers, int resolution, int steps, double guidance, long seed, String prompt,
	String negative, String device, boolean raw, boolean rescale, boolean auto, double shift, double stepcache,
	boolean elements)
{

	/** Settings with the schedule that goes with the size of the picture, and every pass in full. */
	public Settings(final int layers, final int resolution, final int steps, final double guidance, final long seed,
		final String prompt, final String negative, final String device, final boolean raw, final boolean rescale,
		final boolean auto)
	{
		this(layers, resolution, steps, guidance, seed, prompt, negative, device, raw, rescale, auto, 0, 0, false);
	}

	/** Settings with rescaled guidance, which is the default, and a number of layers that was asked for. */
	public Settings(final int layers, final int resolution, final int steps, final double guidance, final long seed,
		final String prompt, final String negative, final String device, final boolean raw)
	{
		this(layers, resolution, steps, guidance, seed, prompt, negative, device, raw, true, false);
	}
}
