package org.layerj.checkpoint;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code processor/preprocessor_config.json}: how a picture is prepared for the vision tower. The newer
 * {@code processor_config.json} is read too; without either, the values of Qwen2.5-VL hold.
 *
 * @param minPixels smallest area a picture is enlarged to
 * @param maxPixels largest area a picture is reduced to
 * @param patch pixels per patch and side
 * @param temporalPatch pictures per patch
 * @param merge patches per feature and side
 * @param rescale factor from bytes to 0…1
 * @param mean per channel, subtracted after rescaling
 * @param std per channel, divided by
 * @param resample Pillow's number of the interpolation filter: 1 Lanczos, 2 bilinear, 3 bicubic, 4 box
 */
public record ProcessorConfig(int minPixels, int maxPixels, int patch, int temporalPatch, int merge, double rescale,
	double[] mean, double[] std, int resample)
{

	private static final String FILE = "processor/preprocessor_config.json";
	private static final String NEWER = "processor/processor_config.json";

	private static final OtherKeys OTHERS =
		new OtherKeys().fixed("do_resize", "the vision tower needs sides that are multiples of its patches", "true")
			.fixed("do_convert_rgb", "the vision tower reads three channels", "true")
			.fixed("do_center_crop", "", "false")
			.fixed("do_pad", "", "false") //
			.unused("image_processor_type", "processor_class", "feature_extractor_type", "crop_size",
				"default_to_square", "disable_grouping", "device", "data_format", "input_data_format", "return_tensors",
				"pad_size", "image_seq_length", "auto_map");
	/** Largest area where the file names none: transformers' default, smaller than that of the released files. */
	private static final int DEFAULT_MAX_PIXELS = 28 * 28 * 1280;

	/** What the released Qwen2.5-VL checkpoints say. */
	public static final ProcessorConfig QWEN = new ProcessorConfig(3136, 12_845_056, 14, 2, 2, 1 / 255.0,
		new double[] { 0.48145466, 0.4578275, 0.40821073 }, new double[] { 0.26862954, 0.26130258, 0.27577711 }, 3);

	public static ProcessorConfig read(final ModelFiles files) {
		return read(files, note -> {});
	}

	/** @param notes receives the keys that are not used */
	static ProcessorConfig read(final ModelFiles files, final Consumer<String> notes) {
		if (files.has(FILE)) return of(ConfigFile.read(files, FILE), notes);
		if (files.has(NEWER))
			return ConfigFile.read(files, NEWER).child("image_processor").map(c -> of(c, notes)).orElse(QWEN);
		return QWEN;
	}

	private static ProcessorConfig of(final ConfigFile c, final Consumer<String> notes) {
		final boolean normalise = c.flag("do_normalize", true);
		// Read in any case, so that a wrong list is found.
		final double[] mean = c.has("image_mean") ? c.numbers("image_mean") : QWEN.mean;
		final double[] std = c.has("image_std") ? c.numbers("image_std") : QWEN.std;
		final Optional<ConfigFile> size = c.child("size");
		final ProcessorConfig p = new ProcessorConfig(
			area(c, "min_pixels", size.map(s -> area(s, "shortest_edge", QWEN.minPixels)).orElse(QWEN.minPixels)), //
			area(c, "max_pixels",
				size.map(s -> area(s, "longest_edge", DEFAULT_MAX_PIXELS)).orElse(DEFAULT_MAX_PIXELS)), //
			c.size("patch_size", QWEN.patch), //
			c.size("temporal_patch_size", QWEN.temporalPatch), //
			c.size("merge_size", QWEN.merge), //
			c.flag("do_rescale", true) ? c.number("rescale_factor", QWEN.rescale) : 1, //
			normalise ? mean : new double[3], //
			normalise ? std : new double[] { 1, 1, 1 }, //
			c.integer("resample", QWEN.resample));
		if (p.maxPixels < p.minPixels) throw c.wrong("max_pixels", "at least min_pixels = " + p.minPixels);
		if (mean.length != 3) throw c.wrong("image_mean", "three numbers");
		if (std.length != 3) throw c.wrong("image_std", "three numbers");
		for (final double s : std) if (!(s > 0)) throw c.wrong("image_std", "numbers above 0");
		if (p.resample < 1 || p.resample > 4)
			throw c.wrong("resample", "1, 2, 3 or 4 (Lanczos, bilinear, bicubic or box)");
		c.has("rescale_factor");
		c.rest(OTHERS, notes);
		return p;
	}

	/** A number of pixels; the "edges" of newer files are areas, too. */
	private static int area(final ConfigFile c, final String key, final int otherwise) {
		final int pixels = c.integer(key, otherwise);
		if (pixels < 1) throw c.wrong(key, "at least 1");
		return pixels;
	}
}
