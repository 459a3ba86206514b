package org.layerj.checkpoint;

/**
 * How much work one picture is.
 *
 * @param width working width in pixels, a multiple of 32
 * @param height working height in pixels, a multiple of 32
 * @param layers number of layers asked for
 * @param steps denoising steps
 * @param guided whether every step runs the network twice, for classifier-free guidance
 * @param promptTokens tokens of the prompt, template included
 * @param captioned whether the model first describes the picture itself
 * @param cached whether passes may be spared by what the blocks added before (stepcache)
 * @param picturePixels pixels of the picture as it came in; layers are given back at that size
 */
public record RunSize(int width, int height, int layers, int steps, boolean guided, int promptTokens, boolean captioned,
	boolean cached, long picturePixels)
{

	/** Tokens of the template around a prompt (34 in front, 5 behind) and of a caption of usual length. */
	public static final int USUAL_PROMPT = 39 + 150;

	private static final int GRID = 32;

	/** A square picture at the working size. */
	public static RunSize square(final int resolution, final int layers, final int steps, final boolean guided,
		final boolean captioned)
	{
		final int side = Math.max(GRID, Math.round((float) resolution / GRID) * GRID);
		return new RunSize(side, side, layers, steps, guided, USUAL_PROMPT, captioned, false, (long) side * side);
	}

	/** Pixels at the working size. */
	public long pixels() {
		return (long) width * height;
	}

	/** Tokens of one frame: latent pixels in patches. */
	public long frameTokens(final ModelConfigs c) {
		final long side = (long) c.vae().scale() * c.transformer().patchSize();
		return width / side * (height / side);
	}

	/** Length of the sequence the transformer works on: prompt, composite, layers, condition picture. */
	public long tokens(final ModelConfigs c) {
		return promptTokens + (layers + 2) * frameTokens(c);
	}

	/** Patches of the picture in the vision tower, which rounds sides to whole features. */
	long visionPatches(final VisionConfig v) {
		final long unit = v.unit();
		return Math.max(1, Math.round((double) width / unit)) * Math.max(1, Math.round((double) height / unit))
			* v.merge() * v.merge();
	}
}
