package org.layerj.cluster;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.child.Isolation;
import org.layerj.io.TiffWriter;
import org.layerj.io.formats.LayerFormat;

/**
 * What is to be done with every picture, as text: the same on every machine that it is sent to.
 *
 * @param options for {@link DecomposeOptions#with}, by key; blank ones are the model's own
 * @param model as a user writes it
 * @param tokenizer folder, or blank
 * @param lora files with weights, separated by semicolons, or blank
 * @param formats what else is written, separated by commas
 * @param text how text goes out in those, {@code live} or {@code pixels}; blank is live
 * @param isolation whether the model runs in a process of its own
 */
public record RunPlan(Map<String, String> options, String model, String tokenizer, String lora, String formats,
	String text, String isolation) implements Serializable
{

	private static final String LIVE = "live", PIXELS = "pixels";

	public RunPlan {
		options = new LinkedHashMap<>(options);
	}

	/** The options; throws {@link InvalidOptionException} if one is not valid. */
	public DecomposeOptions decomposeOptions() {
		DecomposeOptions all = DecomposeOptions.defaults();
		for (final Map.Entry<String, String> e : options.entrySet())
			if (!e.getValue().isEmpty()) all = all.with(e.getKey(), e.getValue());
		return all;
	}

	private boolean isLive() {
		if (text.isBlank() || text.strip().equalsIgnoreCase(LIVE)) return true;
		if (text.strip().equalsIgnoreCase(PIXELS)) return false;
		throw new InvalidOptionException("text",
			"The option text must be " + LIVE + " or " + PIXELS + ", not " + text + ".");
	}

	/** The model. */
	public ModelName modelName() {
		return ModelName.of(model).withTokenizer(RunOptions.path("tokenizer", tokenizer)).withLora(lora);
	}

	/** What is done with one picture. */
	public PictureRun run(final TiffWriter tiff) {
		return new PictureRun(decomposeOptions(), LayerFormat.parse(formats), isLive(), tiff, List.of());
	}

	/** Opens the model. */
	public Decomposer open(final DecomposerFactory models) {
		return Isolation.of(isolation).of(models).open(modelName(), decomposeOptions().device());
	}
}
