package org.layerj.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * What a model's makers recommend: our own optional file {@code decompose.json} beside {@code model_index.json}. The official
 * Qwen-Image-Layered folder has none; its published settings are the defaults.
 *
 * @param name short name for people
 * @param version of the weights
 * @param resolution working resolution: side of the square with as many pixels
 * @param resolutions all resolutions it was made for, in rising order
 * @param steps denoising steps
 * @param guidance classifier-free guidance scale; 1 is off
 * @param layers number of layers
 * @param maxLayers largest number of layers it was trained on
 */
public record ModelDefaults(String name, String version, int resolution, List<Integer> resolutions, int steps, double guidance, int layers, int maxLayers) {

	public static final String FILE = "decompose.json";

	/** The published settings of Qwen-Image-Layered. */
	public static final ModelDefaults OFFICIAL = new ModelDefaults("Qwen-Image-Layered", "", 640, List.of(640, 1024), 50, 4, 4, 20);

	public ModelDefaults {
		resolutions = List.copyOf(resolutions);
	}

	public static ModelDefaults read(final ModelFiles files) {
		if (!files.has(FILE)) return OFFICIAL;
		final ConfigFile c = ConfigFile.read(files, FILE);
		final int resolution = c.size("resolution", OFFICIAL.resolution);
		final List<Integer> resolutions = c.has("resolutions") ? Arrays.stream(c.integers("resolutions")).sorted().boxed().toList() : List.of(resolution);
		for (final int r : resolutions) if (r < 32 || r % 32 != 0) throw c.wrong("resolutions", "a list of multiples of 32");
		if (!resolutions.contains(resolution)) throw c.wrong("resolution", "one of resolutions, " + resolutions);
		final int maxLayers = c.size("max_layers", OFFICIAL.maxLayers);
		final int layers = c.size("layers", OFFICIAL.layers);
		if (layers > maxLayers) throw c.wrong("layers", "at most max_layers = " + maxLayers);
		return new ModelDefaults(c.text("name", OFFICIAL.name), c.text("version", ""), resolution, resolutions, c.size("steps", OFFICIAL.steps), c.number("guidance",
			1), layers, maxLayers);
	}
}
