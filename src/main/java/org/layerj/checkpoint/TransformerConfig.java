package org.layerj.checkpoint;

import java.util.function.Consumer;

/**
 * {@code transformer/config.json}: the layered diffusion transformer (VLD-MMDiT).
 *
 * @param patchSize latent pixels per token side; 2
 * @param inChannels features of a token: latent channels × patchSize²
 * @param outChannels latent channels
 * @param layers number of blocks
 * @param headDim channels per attention head
 * @param heads attention heads
 * @param textDim channels of the prompt embedding
 * @param ropeAxes channels of a head given to layer, row and column
 * @param additionalTimeCondition whether {@code addition_t_embedding} exists
 * @param layer3dRope whether positions carry a layer index
 */
public record TransformerConfig(int patchSize, int inChannels, int outChannels, int layers, int headDim, int heads,
	int textDim, int[] ropeAxes, boolean additionalTimeCondition, boolean layer3dRope)
{

	public static final String FOLDER = "transformer";

	private static final OtherKeys OTHERS = new OtherKeys().unused("pooled_projection_dim", "dtype", "torch_dtype");

	public static TransformerConfig read(final ModelFiles files) {
		return read(files, note -> {});
	}

	/** @param notes receives the keys that are not used */
	static TransformerConfig read(final ModelFiles files, final Consumer<String> notes) {
		final ConfigFile c = ConfigFile.read(files, FOLDER + "/config.json");
		final String kind = c.text("_class_name", "QwenImageTransformer2DModel");
		if (!kind.equals("QwenImageTransformer2DModel")) throw new ModelException("The transformer of model "
			+ files.name() + " is a " + Json.show(kind) + ", but only QwenImageTransformer2DModel is supported.");
		if (c.flag("guidance_embeds", false))
			throw c.wrong("guidance_embeds", "false; models with embedded guidance are not layered models");
		if (c.flag("zero_cond_t", false))
			throw c.wrong("zero_cond_t", "false; this is an editing model, not a layered one");
		final TransformerConfig t = new TransformerConfig(c.size("patch_size", 2), c.size("in_channels"),
			c.size("out_channels"), c.size("num_layers"), c.size("attention_head_dim"), c.size("num_attention_heads"),
			c.size("joint_attention_dim"), c.integers("axes_dims_rope"), c.flag("use_additional_t_cond", false),
			c.flag("use_layer3d_rope", false));
		if (t.layers > ConfigFile.MAX_BLOCKS) throw c.wrong("num_layers", "at most " + ConfigFile.MAX_BLOCKS);
		if ((long) t.heads * t.headDim > ConfigFile.MAX_SIZE)
			throw c.wrong("num_attention_heads", "at most " + ConfigFile.MAX_SIZE + " / attention_head_dim");
		if (t.patchSize > 64) throw c.wrong("patch_size", "at most 64");
		if (t.patchSize != 2) throw c.wrong("patch_size", "2, as in every Qwen-Image model");
		if (t.ropeAxes.length != 3) throw c.wrong("axes_dims_rope", "three sizes");
		long sum = 0;
		for (final int axis : t.ropeAxes) {
			if (axis < 2 || axis % 2 != 0) throw c.wrong("axes_dims_rope", "three even sizes");
			sum += axis;
		}
		if (sum != t.headDim)
			throw c.wrong("axes_dims_rope", "three sizes with the sum attention_head_dim = " + t.headDim);
		if (t.inChannels != (long) t.outChannels * t.patchSize * t.patchSize) throw c.wrong("in_channels",
			"out_channels · patch_size² = " + (long) t.outChannels * t.patchSize * t.patchSize);
		if (!t.layer3dRope)
			throw c.wrong("use_layer3d_rope", "true; this is a Qwen-Image model, but not a layered one");
		c.rest(OTHERS, notes);
		return t;
	}

	/** Width of the network: heads × headDim. */
	public int dim() {
		return heads * headDim;
	}
}
