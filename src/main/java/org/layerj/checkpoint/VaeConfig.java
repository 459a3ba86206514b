package org.layerj.checkpoint;

import java.util.function.Consumer;

/**
 * {@code vae/config.json}: the RGBA autoencoder.
 *
 * @param baseDim channels at full resolution
 * @param latentChannels channels of a latent (z_dim)
 * @param dimMult channel multipliers, one per resolution
 * @param resBlocks residual blocks per resolution in the encoder; the decoder has one more
 * @param temporalDownsample per down-sampling step, whether the official video model also halves time; still pictures
 * never use it
 * @param pictureChannels 4 for RGBA
 * @param mean per latent channel, subtracted before diffusion
 * @param std per latent channel, divided by before diffusion
 */
public record VaeConfig(int baseDim, int latentChannels, int[] dimMult, int resBlocks, boolean[] temporalDownsample,
	int pictureChannels, double[] mean, double[] std)
{

	public static final String FOLDER = "vae";

	private static final OtherKeys OTHERS =
		new OtherKeys().fixed("nonlinearity", "", "\"silu\"").unused("dropout", "dtype", "torch_dtype");

	public static VaeConfig read(final ModelFiles files) {
		return read(files, note -> {});
	}

	/** @param notes receives the keys that are not used */
	static VaeConfig read(final ModelFiles files, final Consumer<String> notes) {
		final ConfigFile c = ConfigFile.read(files, FOLDER + "/config.json");
		final String kind = c.text("_class_name", "AutoencoderKLQwenImage");
		if (!kind.equals("AutoencoderKLQwenImage")) throw new ModelException("The VAE of model " + files.name()
			+ " is a " + Json.show(kind) + ", but only AutoencoderKLQwenImage is supported.");
		final VaeConfig v = new VaeConfig(c.size("base_dim"), c.size("z_dim"), c.integers("dim_mult"),
			c.size("num_res_blocks"), c.flags("temperal_downsample"), c.size("input_channels", 3),
			c.numbers("latents_mean"), c.numbers("latents_std"));
		if (v.pictureChannels != 4) throw new ModelException("The VAE of model " + files.name() + " works on "
			+ v.pictureChannels + " channels, but layers need RGBA (input_channels 4); this is not a layered model.");
		if (v.dimMult.length < 2 || v.dimMult.length > 8)
			throw c.wrong("dim_mult", "a list of two to eight multipliers");
		for (final int m : v.dimMult)
			if (m < 1 || (long) m * v.baseDim > ConfigFile.MAX_SIZE)
				throw c.wrong("dim_mult", "a list of multipliers of at least 1");
		for (int i = 1; i < v.dimMult.length; i++)
			if (v.dimMult[i] * v.baseDim % 2 != 0) throw c.wrong("dim_mult", "a list with even numbers of channels");
		if (v.resBlocks > ConfigFile.MAX_BLOCKS) throw c.wrong("num_res_blocks", "at most " + ConfigFile.MAX_BLOCKS);
		if (c.has("attn_scales") && c.numbers("attn_scales").length > 0)
			throw c.wrong("attn_scales", "an empty list; attention between the stages is not supported");
		if (v.temporalDownsample.length != v.dimMult.length - 1)
			throw c.wrong("temperal_downsample", "one flag fewer than dim_mult");
		if (v.mean.length != v.latentChannels) throw c.wrong("latents_mean", v.latentChannels + " numbers");
		if (v.std.length != v.latentChannels) throw c.wrong("latents_std", v.latentChannels + " numbers");
		for (final double s : v.std) if (!(s > 0)) throw c.wrong("latents_std", "numbers above 0");
		c.rest(OTHERS, notes);
		return v;
	}

	/** Picture pixels per latent pixel and side, for example 8. */
	public int scale() {
		return 1 << dimMult.length - 1;
	}
}
