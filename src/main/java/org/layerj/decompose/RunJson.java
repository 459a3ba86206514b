package org.layerj.decompose;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.layerj.checkpoint.Adapters;
import org.layerj.checkpoint.LoraChoice;
import org.layerj.remote.ServerAddress;

/** The run record as JSON: a part of {@code layers.json}, and a property of the ImageJ hyperstack. */
public final class RunJson {

	private static final String HINTS = "hints";

	private RunJson() {}

	/**
	 * The hints of a run.
	 *
	 * @param record what {@link #of} makes
	 * @return in the order of the record
	 * @throws RuntimeException of Gson, or {@link IllegalArgumentException}, if it is no such record
	 */
	public static List<Hint> hints(final JsonObject record) {
		return record.has(HINTS) ? Hint.parse(record.getAsJsonArray(HINTS)) : List.of();
	}

	/**
	 * The options by which a run is repeated, as {@link DecomposeOptions#with} reads them, and {@code model}.
	 *
	 * @param record what {@link #of} makes
	 * @return text by key
	 * @throws RuntimeException of Gson if it is no such record
	 */
	public static Map<String, String> options(final JsonObject record) {
		final JsonObject options = record.getAsJsonObject("options");
		final Map<String, String> values = new LinkedHashMap<>();
		for (final String key : List.of("layers", "resolution", "steps", "guidance", "seed", "prompt", "negative",
			"device", "raw"))
		{
			final String value = options.get(key).getAsString();
			// What cannot be asked for is the model's own.
			if (possible(key, value)) values.put(key, value);
		}
		for (final String key : List.of("rescale", "shift", "stepcache"))
			if (options.has(key)) values.put(key, options.get(key).getAsString());
		if (options.has("auto") && options.get("auto").getAsBoolean()) values.put("layers", DecomposeOptions.AUTO);
		final JsonObject model = record.getAsJsonObject("model");
		values.put("model", model.get("folder").getAsString());
		if (model.has("lora")) {
			final List<LoraChoice> lora = new ArrayList<>();
			for (final JsonElement e : model.getAsJsonArray("lora")) {
				final JsonObject l = e.getAsJsonObject();
				lora.add(new LoraChoice(Path.of(l.get("file").getAsString()), l.get("weight").getAsDouble()));
			}
			values.put("lora", LoraChoice.text(lora));
		}
		return values;
	}

	private static boolean possible(final String key, final String value) {
		try {
			DecomposeOptions.defaults().with(key, value);
			return true;
		}
		catch (final InvalidOptionException e) {
			return false;
		}
	}

	/**
	 * {@code model}, {@code options} (every option as used) and {@code run} (what happened).
	 *
	 * @param run that has ended
	 * @return a new JSON object
	 */
	public static JsonObject of(final RunRecord run) {
		final JsonObject model = new JsonObject();
		model.addProperty("name", run.model());
		model.addProperty("folder", run.modelFolder());
		model.addProperty("hash", run.modelHash());
		if (!run.adapters().isEmpty()) {
			final JsonArray lora = new JsonArray();
			for (final Adapters.Used u : run.adapters()) {
				final JsonObject one = new JsonObject();
				one.addProperty("file", u.file());
				one.addProperty("weight", u.weight());
				one.addProperty("sha256", u.sha256());
				lora.add(one);
			}
			model.add("lora", lora);
		}

		final JsonObject options = options(run.settings());
		final JsonObject seconds = new JsonObject();
		run.seconds().forEach((phase, t) -> seconds.addProperty(phase, Math.round(t * 1000) / 1000.0));
		final JsonObject happened = new JsonObject();
		happened.addProperty("device", run.device());
		// The picture has left this computer.
		if (ServerAddress.is(run.modelFolder()))
			happened.addProperty("sentTo", ServerAddress.of(run.modelFolder()).origin());
		happened.addProperty("precision", run.precision());
		happened.addProperty("workingWidth", run.workingWidth());
		happened.addProperty("workingHeight", run.workingHeight());
		if (run.settings().stepcache() > 0) happened.addProperty("sparedPasses", run.sparedPasses());
		happened.addProperty("prompt", run.prompt());
		happened.add("seconds", seconds);
		happened.addProperty("peakMemoryBytes", run.peakMemory());

		final JsonObject all = new JsonObject();
		all.add("model", model);
		all.add("options", options);
		all.add("run", happened);
		if (!run.hints().isEmpty()) all.add(HINTS, Hint.json(run.hints()));
		return all;
	}

	/**
	 * Every option of a run.
	 *
	 * @param s every option has a value
	 * @return value by the option's key
	 */
	public static JsonObject options(final Settings s) {
		final JsonObject options = new JsonObject();
		options.addProperty("layers", s.layers());
		options.addProperty("resolution", s.resolution());
		options.addProperty("steps", s.steps());
		options.addProperty("guidance", s.guidance());
		options.addProperty("seed", s.seed());
		options.addProperty("prompt", s.prompt());
		options.addProperty("negative", s.negative());
		options.addProperty("device", s.device());
		options.addProperty("raw", s.raw());
		options.addProperty("rescale", s.rescale());
		if (s.shift() > 0) options.addProperty("shift", s.shift());
		if (s.stepcache() > 0) options.addProperty("stepcache", s.stepcache());
		if (s.elements()) options.addProperty("elements", true);
		// Then the number is the most there could be.
		if (s.auto()) options.addProperty("auto", true);
		return options;
	}
}
