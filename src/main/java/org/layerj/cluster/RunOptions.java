package org.layerj.cluster;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.common.LocaleNames;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.io.Repeat;
import picocli.CommandLine.Option;

/** Options of every command line that say how pictures are decomposed, not which, nor where results go. */
public final class RunOptions {

	@Option(names = "--layers", paramLabel = "N|auto",
		description = "Number of layers, 1 to 20; auto: as many as the picture needs, at most the model's default")
	private String layers = "";

	@Option(names = "--seed", paramLabel = "S",
		description = "Seed of the noise: the same seed gives the same layers on the same machine")
	private String seed = "";

	@Option(names = "--steps", paramLabel = "K", description = "Denoising steps")
	private String steps = "";

	@Option(names = "--model", paramLabel = "MODEL", description = {
		"Model folder in diffusers layout, one of single files such as ComfyUI's models, or the transformer's file in it;",
		"built-in, the default, needs no download;",
		"http://host:port or https://host:port is a server, to which the picture is sent: ComfyUI, vLLM-Omni or SGLang" })
	private String model = "";

	@Option(names = "--tokenizer", paramLabel = "FOLDER",
		description = "Folder with the tokenizer, for a model in single files without one")
	private String tokenizer = "";

	@Option(names = "--resolution", paramLabel = "R",
		description = "Side of the square with as many pixels as the model works on")
	private String resolution = "";

	@Option(names = "--guidance", paramLabel = "G", description = "Guidance scale; 1 is none")
	private String guidance = "";

	@Option(names = "--prompt", paramLabel = "T",
		description = "What the picture shows; if not given or blank, the model writes its own caption")
	private String prompt = "";

	@Option(names = "--negative", paramLabel = "T",
		description = "What the layers should not show; the model's default if empty")
	private String negative = "";

	@Option(names = "--device", paramLabel = "D", description = "auto, cpu, cuda or cuda:n")
	private String device = "";

	@Option(names = "--isolation", paramLabel = "none|process[:HEAP[:THREADS]]",
		description = "process: the model runs in a Java process of its own; process:4g:8: with 4 GB of Java memory and 8 threads")
	private String isolation = "";

	@Option(names = "--rescale", paramLabel = "true|false",
		description = "Whether guidance keeps the strength of the prompt's own prediction; true, as in the official application")
	private String rescale = "";

	@Option(names = "--lora", paramLabel = "FILE[:WEIGHT]",
		description = "Change the model with a LoRA; may be given several times, or several with ; between")
	private List<String> lora = new ArrayList<>();

	@Option(names = "--shift", paramLabel = "X|auto",
		description = "Shift of the schedule towards noise, for few-step LoRAs; auto: by the size of the picture")
	private String shift = "";

	@Option(names = "--stepcache", paramLabel = "X",
		description = "Skip the rest of a pass through the network that would change less than this share; 0 (off) to 1")
	private String stepcache = "";

	@Option(names = "--export", paramLabel = "F,…",
		description = "Also write the layers for other programs: psd, pptx, ora, svg, tiff, zip, pdf")
	private String export = "";

	@Option(names = "--text", paramLabel = "live|pixels",
		description = "live, the default: recognised text is text in pptx, svg, pdf and psd; pixels: it is part of the picture")
	private String text = "";

	@Option(names = "--like", paramLabel = "RECORD",
		description = "Repeat a run: options and formats from its layers.json; other options given here override it")
	private String like = "";

	@Option(names = "--raw",
		description = "The network's own pixels, enlarged; else layers are refined and composite to the image exactly")
	private boolean raw;

	@Option(names = "--elements", description = "Every line of text, arrow, bar and panel is a layer of its own")
	private boolean elements;

	/** The earlier run that is to be repeated, if there is one. */
	public Repeat repeat() {
		return path("like", like).map(Repeat::of).orElse(Repeat.NONE);
	}

	/** Whether a prompt or a negative prompt was given. */
	public boolean hasPrompt() {
		return !(prompt.isBlank() && negative.isBlank());
	}

	/**
	 * What is to be done with every picture; what is left open here is taken from an earlier run.
	 *
	 * @throws InvalidOptionException if an option is not valid
	 */
	public RunPlan plan(final Repeat repeat) {
		final Map<String, String> options = new LinkedHashMap<>();
		final Map<String, String> given =
			new LinkedHashMap<>(Map.of("layers", layers, "resolution", resolution, "steps", steps, "guidance", guidance,
				"seed", seed, "prompt", prompt, "negative", negative, "device", device));
		given.putAll(Map.of("rescale", rescale, "shift", shift, "stepcache", stepcache));
		given.forEach((key, value) -> options.put(key, value.isEmpty() ? repeat.option(key) : value));
		options.put("elements", String.valueOf(elements || Boolean.parseBoolean(repeat.option("elements"))));
		options.put("raw", String.valueOf(raw || Boolean.parseBoolean(repeat.option("raw"))));
		path("tokenizer", tokenizer.strip());
		final RunPlan plan = new RunPlan(options, model.isBlank() ? repeat.option("model") : model, tokenizer.strip(),
			lora.isEmpty() ? repeat.option("lora") : String.join(";", lora),
			export.isBlank() ? String.join(",", repeat.exports()) : export, text, isolation);
		plan.decomposeOptions();
		return plan;
	}

	/**
	 * An option's value as a path; empty if it is blank.
	 *
	 * @throws InvalidOptionException if it is none
	 */
	public static Optional<Path> path(final String option, final String text) {
		try {
			return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
		}
		catch (final InvalidPathException e) {
			throw new InvalidOptionException(option,
				LocaleNames.unreadable(text).orElse("The option " + option + " must be a path, not " + text + "."));
		}
	}
}
