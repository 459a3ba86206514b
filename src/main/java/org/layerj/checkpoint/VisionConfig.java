package org.layerj.checkpoint;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code vision_config} in {@code text_encoder/config.json}: the vision tower of Qwen2.5-VL, with which pictures are
 * captioned.
 *
 * @param depth number of blocks
 * @param hidden width of the tower
 * @param intermediate width inside the gated MLP
 * @param heads attention heads
 * @param channels picture channels; 3
 * @param out width of a feature, the language model's width
 * @param patch pixels per patch and side
 * @param merge patches per feature and side
 * @param temporalPatch pictures per patch; a still picture stands for all of them
 * @param window pixels per attention window and side
 * @param fullAttention the blocks that look at the whole picture instead of one window
 * @param ropeTheta base of the rotary frequencies
 */
public record VisionConfig(int depth, int hidden, int intermediate, int heads, int channels, int out, int patch,
	int merge, int temporalPatch, int window, int[] fullAttention, double ropeTheta)
{

	private static final OtherKeys OTHERS = new OtherKeys().unused("in_chans", "model_type", "spatial_patch_size",
		"tokens_per_second", "initializer_range", "dtype", "torch_dtype", "transformers_version");
	/** The base where the configuration names none. */
	private static final double USUAL_THETA = 10_000;

	public static VisionConfig read(final ModelFiles files) {
		return read(files, TextConfig.FOLDER + "/config.json", note -> {});
	}

	static VisionConfig read(final ModelFiles files, final String path, final Consumer<String> notes) {
		final ConfigFile c = ConfigFile.read(files, path)
			.child("vision_config")
			.orElseThrow(() -> new ModelException("The key vision_config is missing in " + path + " of model "
				+ files.name() + ", so it cannot describe pictures; type a prompt instead."));
		if (!c.text("hidden_act", "silu").equals("silu")) throw c.wrong("hidden_act", "\"silu\"");
		final Optional<ConfigFile> rope = c.child("rope_parameters").or(() -> c.child("rope_scaling"));
		rope.ifPresent(r -> {
			final String type = r.text("rope_type", r.text("type", "axial"));
			if (!type.equals("axial") && !type.equals("default"))
				throw r.wrong(r.has("rope_type") ? "rope_type" : "type", "\"axial\" or \"default\"");
		});
		final double theta = c.number("rope_theta", USUAL_THETA);
		final VisionConfig v = new VisionConfig(c.size("depth"), //
			c.size("hidden_size"), //
			c.size("intermediate_size"), //
			c.size("num_heads"), //
			c.size("in_channels", c.size("in_chans", 3)), //
			c.size("out_hidden_size"), //
			c.size("patch_size", 14), //
			c.size("spatial_merge_size", 2), //
			c.size("temporal_patch_size", 2), //
			c.size("window_size", 112), //
			c.has("fullatt_block_indexes") ? c.integers("fullatt_block_indexes") : new int[] { 7, 15, 23, 31 }, //
			rope.map(r -> r.number("rope_theta", theta)).orElse(theta));
		if (!(v.ropeTheta > 0))
			throw rope.filter(r -> r.has("rope_theta")).orElse(c).wrong("rope_theta", "a number above 0");
		rope.ifPresent(r -> r.rest(new OtherKeys().unused("type"), notes));
		if (v.depth > ConfigFile.MAX_BLOCKS) throw c.wrong("depth", "at most " + ConfigFile.MAX_BLOCKS);
		if (v.channels != 3) throw c.wrong("in_channels", "3");
		if (v.hidden % v.heads != 0 || v.headDim() % 4 != 0)
			throw c.wrong("hidden_size", "num_heads = " + v.heads + " times a multiple of 4");
		if (v.window < v.patch * v.merge)
			throw c.wrong("window_size", "at least patch_size · spatial_merge_size = " + v.patch * v.merge);
		for (final int block : v.fullAttention)
			if (block < 0 || block >= v.depth)
				throw c.wrong("fullatt_block_indexes", "block numbers below depth = " + v.depth);
		c.rest(OTHERS, notes);
		return v;
	}

	/** Channels per attention head. */
	public int headDim() {
		return hidden / heads;
	}

	/** Pixels per feature and side. */
	public int unit() {
		return patch * merge;
	}

	/** Features per attention window and side. */
	public int windowUnits() {
		return window / unit();
	}

	/** Whether a block looks at the whole picture. */
	public boolean isFull(final int block) {
		for (final int full : fullAttention) if (full == block) return true;
		return false;
	}
}
