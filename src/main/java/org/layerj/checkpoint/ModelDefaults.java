package org.layerj.checkpoint;

import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code decompose.json}: what a model is called and how it is meant to be run. The file is ours and optional; the
 * official checkpoint has none, and then its recommended settings hold.
 *
 * @param name what people call the model
 * @param version empty if unknown
 * @param resolution the working resolution if no other is asked for: side in pixels of a square with as many pixels
 * @param resolutions the resolutions the model was trained for
 * @param steps denoising steps
 * @param guidance classifier-free guidance scale; 1 and below is off
 * @param layers number of layers if no other is asked for
 * @param maxLayers largest number of layers the model was trained for
 * @param license SPDX identifier; empty if unknown
 */
public record ModelDefaults(String name, String version, int resolution, List<Integer> resolutions, int steps,
	double guidance, int layers, int maxLayers, String license)
{

	public static final String FILE = "decompose.json";

	/** Qwen-Image-Layered as released; values of its README and demo. */
	public static final ModelDefaults OFFICIAL =
		new ModelDefaults("Qwen-Image-Layered", "", 640, List.of(640, 1024), 50, 4, 4, 20, "Apache-2.0");

	/** The network's grid: working sizes are multiples of it. */
	private static final int GRID = 32;
	private static final int MAX_RESOLUTION = 4096;
	private static final int MAX_STEPS = 1000;
	/** Keys of former versions, for a model whose layers had soft (ambiguous) mattes. */
	private static final List<String> GONE = List.of("region_vote", "revise");

	public ModelDefaults {
		resolutions = List.copyOf(resolutions);
	}

	/**
	 * Reads the model's own defaults. A key that is missing has the official value, except that a model which names
	 * only its resolution has no other one, and one which names no guidance uses none.
	 *
	 * @throws ModelException if the file is there but wrong
	 */
	public static ModelDefaults read(final ModelFiles files) {
		if (!files.has(FILE)) return OFFICIAL;
		final ConfigFile c = ConfigFile.read(files, FILE);
		final int resolution = c.size("resolution", OFFICIAL.resolution);
		final List<Integer> resolutions =
			c.has("resolutions") ? IntStream.of(c.integers("resolutions")).sorted().distinct().boxed().toList() //
				: c.has("resolution") ? List.of(resolution) : OFFICIAL.resolutions;
		final boolean usable = resolutions.stream().allMatch(r -> r >= GRID && r <= MAX_RESOLUTION && r % GRID == 0);
		if (!usable) throw c.wrong(c.has("resolutions") ? "resolutions" : "resolution",
			"made of multiples of " + GRID + " up to " + MAX_RESOLUTION);
		if (!resolutions.contains(resolution)) throw c.wrong(c.has("resolution") ? "resolution" : "resolutions",
			"such that resolution " + resolution + " is one of the resolutions");
		final int max = c.size("max_layers", OFFICIAL.maxLayers);
		if (max > OFFICIAL.maxLayers) throw c.wrong("max_layers", "at most " + OFFICIAL.maxLayers);
		final int layers = c.size("layers", Math.min(OFFICIAL.layers, max));
		if (layers > max) throw c.wrong("layers", "at most max_layers = " + max);
		final int steps = c.size("steps", OFFICIAL.steps);
		if (steps > MAX_STEPS) throw c.wrong("steps", "at most " + MAX_STEPS);
		final double guidance = c.number("guidance", 1);
		if (guidance < 0 || guidance > 100) throw c.wrong("guidance", "from 0 to 100");
		for (final String gone : GONE)
			if (c.has(gone)) throw c.wrong(gone,
				"missing (layers are no longer assigned to regions after the network; remove that key)");
		final String name = c.text("name", OFFICIAL.name).strip();
		return new ModelDefaults(name.isEmpty() ? OFFICIAL.name : Json.show(name), Json.show(c.text("version", "")),
			resolution, resolutions, steps, guidance, layers, max, Json.show(c.text("license", "")));
	}
}
