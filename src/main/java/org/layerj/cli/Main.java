package org.layerj.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.layerj.cluster.Batch;
import org.layerj.cluster.PictureRun;
import org.layerj.cluster.Pictures;
import org.layerj.cluster.Shard;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.DecompositionCancelledException;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Devices;
import org.layerj.decompose.Durations;
import org.layerj.decompose.Forecast;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelDownload;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.Problem;
import org.layerj.decompose.Progress;
import org.layerj.decompose.Settings;
import org.layerj.decompose.child.Isolation;
import org.layerj.imagej.stack.HyperstackTiff;
import org.layerj.io.PageChoice;
import org.layerj.io.Picture;
import org.layerj.io.PictureReader;
import org.layerj.io.Repeat;
import org.layerj.io.formats.LayerFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;

/**
 * The command line: takes a picture file apart and writes the layers into a folder.
 * <p>
 * What a program would want goes to standard output, everything else to standard error. An error is exactly one line.
 */
@Command(name = "decompose", sortOptions = false, description = { "Takes a picture apart into RGBA layers.", "" },
	footer = { "", "Exit codes: 0 everything was written, 1 it could not be done, 2 wrong usage, 130 interrupted." })
public final class Main {

	static final int OK = 0;
	static final int FAILED = 1;
	static final int USAGE = 2;
	static final int CANCELLED = 130;

	/** How long Ctrl-C waits for the step that is being computed. */
	private static final long PATIENCE_MS = 5000;
	/** How often a picture of many is tried again. */
	private static final int RETRIES = 1;
	private static final String CANCELLED_LINE = new DecompositionCancelledException().getMessage();
	private static final String SAMPLE = "/org/layerj/sample/figure.png";

	@Parameters(arity = "0..1", paramLabel = "IMAGE",
		description = {
			"PNG, JPEG, TIFF, GIF, BMP or PDF; a folder of such, or a text file (.txt) with a path in each line;",
			"without one, the bundled sample figure" })
	private String picture = "";

	@Option(names = "--layers", paramLabel = "N|auto",
		description = "Number of layers, 1 to 20; auto: as many as the picture needs, at most the model's default")
	private String layers = "";

	@Option(names = "--output", paramLabel = "DIR",
		description = "Where to write; layers-<name of the image> if not given")
	private String output = "";

	@Option(names = "--seed", paramLabel = "S",
		description = "Seed of the noise: the same seed gives the same layers on the same machine")
	private String seed = "";

	@Option(names = "--steps", paramLabel = "K", description = "Denoising steps")
	private String steps = "";

	@Option(names = "--model", paramLabel = "MODEL", description = {
		"Model folder in diffusers layout, one of single files such as ComfyUI's models, or the transformer's file in it;",
		"classical; built-in (or nothing) is the model of this program;",
		"http://host:port or https://host:port is a server, to which the picture is sent: ComfyUI, vLLM-Omni or SGLang" })
	private String model = "";

	@Option(names = "--tokenizer", paramLabel = "FOLDER",
		description = "Folder with the tokenizer, for single files that bring none")
	private String tokenizer = "";

	@Option(names = "--resolution", paramLabel = "R",
		description = "Side of the square with as many pixels as the model works on")
	private String resolution = "";

	@Option(names = "--guidance", paramLabel = "G", description = "Guidance scale; 1 is none")
	private String guidance = "";

	@Option(names = "--prompt", paramLabel = "T",
		description = "What the picture shows; if not given or blank, the model sees for itself")
	private String prompt = "";

	@Option(names = "--negative", paramLabel = "T",
		description = "What the layers should not show; an empty text leaves the model's default")
	private String negative = "";

	@Option(names = "--device", paramLabel = "D", description = "auto, cpu, cuda or cuda:n")
	private String device = "";

	@Option(names = "--pytorch", paramLabel = "auto|bundled|FOLDER",
		description = "Which PyTorch: one for graphics cards if there is one (auto), the bundled one, or that of a folder")
	private String pytorch = "";

	@Option(names = "--isolation", paramLabel = "none|process[:HEAP[:THREADS]]",
		description = "process: the model runs in a Java of its own, such as process:4g:8")
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
		description = "Spare passes through the network that would bring less new than this share; 0 (off) to 1")
	private String stepcache = "";

	@Option(names = "--export", paramLabel = "F,…",
		description = "Also write the layers for other programs: psd, pptx, ora, svg, tiff, zip, pdf")
	private String export = "";

	@Option(names = "--shard", paramLabel = "I/N",
		description = "Of a folder or list, the I-th of N parts: for job arrays")
	private String shard = "";

	@Option(names = "--retries", paramLabel = "N",
		description = "Of a folder or list, how often a picture that fails is tried again; 1 if not given")
	private String retries = "";

	@Option(names = "--dry-run",
		description = "Of a folder or list, only print which pictures would be decomposed, and to where")
	private boolean dryRun;

	@Option(names = "--page", paramLabel = "P", description = "Page of a PDF; 1 if not given")
	private String page = "";

	@Option(names = "--dpi", paramLabel = "D",
		description = "Pixels per inch at which a page of a PDF is drawn, 10 to 2400; 300 if not given")
	private String dpi = "";

	@Option(names = "--like", paramLabel = "RECORD",
		description = "Repeat a run: options and formats from its layers.json; what is given besides goes first")
	private String like = "";

	@Option(names = "--raw",
		description = "The network's own pixels, enlarged; else layers are refined and composite to the image exactly")
	private boolean raw;

	@Option(names = "--check",
		description = "Check the model and the memory it needs, ask the server what it is; decompose and send nothing")
	private boolean check;

	@Option(names = "--quantise", paramLabel = "FOLDER",
		description = "Write the model in 8 bits to a new folder, half as large; decompose nothing")
	private String quantise = "";

	@Option(names = "--fetch", paramLabel = "MODEL", description = {
		"Download a model (qwen-image-layered, or owner/name), or pytorch-cuda, and decompose nothing: size and licence first,",
		"then, when you have agreed, into --output or a folder of yours; goes on where it was interrupted" })
	private String fetch = "";

	@Option(names = "--hub", paramLabel = "ADDRESS",
		description = "Where --fetch downloads from: Hugging Face if not given, or a mirror of it")
	private String hub = "";

	@Option(names = "--yes", description = "Agree to what --fetch says; without it, you are asked")
	private boolean yes;

	@Option(names = "--debug", description = "Print where in the program an error happened")
	private boolean debug;

	@Option(names = "--version", versionHelp = true, description = "Print the version")
	private boolean version;

	@Option(names = "--help", usageHelp = true, description = "Print this help")
	private boolean help;

	private final DecomposerFactory models;
	private final ModelAudit audit;
	private final PrintStream out;
	private final PrintStream err;
	private final ProgressBar progress;
	private final AtomicBoolean said = new AtomicBoolean();

	/**
	 * @param models where models come from
	 * @param audit what --check does
	 * @param out for results
	 * @param err for progress and errors
	 * @param terminal whether err is a screen that somebody looks at
	 */
	Main(final DecomposerFactory models, final ModelAudit audit, final PrintStream out, final PrintStream err,
		final boolean terminal)
	{
		this.models = models;
		this.audit = audit;
		this.out = out;
		this.err = err;
		this.progress = new ProgressBar(err, terminal, System::nanoTime);
	}

	public static void main(final String... args) {
		final boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
		final Main main =
			new Main(Decomposers::open, ModelAudit::check, readable(System.out), readable(System.err), terminal);
		// In any case: under exec:java the JVM is Maven's, which would wait for libtorch's threads and then complain
		// about them.
		System.exit(main.run(args));
	}

	/** Runs one command line; never throws. Returns the exit code. */
	int run(final String... args) {
		final CommandLine line = new CommandLine(this);
		try {
			line.parseArgs(args);
		}
		catch (final CommandLine.ParameterException e) {
			return error(e, USAGE,
				Problem.sentence(new DecompositionException(e.getMessage())) + " (--help lists the options)");
		}
		final CountDownLatch finished = new CountDownLatch(1);
		final Thread hook = new Thread(() -> interrupt(finished), "stop decomposition");
		try {
			Runtime.getRuntime().addShutdownHook(hook);
			if (!pytorch.isBlank()) Devices.choose(pytorch);
			if (help) line.usage(out);
			else if (version) out.println("Decompose Layers " + versionNumber());
			else if (check) return check();
			else if (!quantise.isBlank()) quantise();
			else if (!fetch.isBlank()) return fetch();
			else return decompose();
			return OK;
		}
		catch (final InvalidOptionException e) {
			return error(e, USAGE, Problem.sentence(e));
		}
		catch (final DecompositionCancelledException e) {
			return error(e, CANCELLED, Problem.sentence(e));
		}
		catch (RuntimeException | Error e) {
			// What ends while the program does ends for that reason.
			return progress.cancelled() ? error(e, CANCELLED, CANCELLED_LINE) : error(e, FAILED, Problem.sentence(e));
		}
		finally {
			finished.countDown();
			remove(hook);
		}
	}

	private int check() {
		final ModelName name = modelName(Repeat.NONE);
		final Optional<String> always = Decomposers.withoutFiles(name);
		if (always.isPresent()) {
			out.println(always.get());
			return OK;
		}
		final ModelAudit.Report report = audit.of(name, options(Repeat.NONE).device());
		out.println(report.text().stripTrailing());
		return report.ok() ? OK : FAILED;
	}

	private void quantise() {
		final Path target = folder("quantise", quantise).orElseThrow();
		final ModelName name = modelName(Repeat.NONE);
		if (name.isBuiltIn() || name.server().isPresent())
			throw new InvalidOptionException("quantise", "Give the model to quantise as --model FOLDER.");
		progress.plan(List.of(new Progress.Phase("quantise", 1)));
		progress.phase("quantise");
		try {
			final long bytes = Decomposers.quantise(name, target, fraction -> progress.update(fraction, ""));
			progress.end();
			out.println("Wrote the model in 8 bits to " + target + ", " + Forecast.gigabytes(bytes) + ".");
		}
		finally {
			progress.end();
		}
	}

	/** Says what it would download; does so only if somebody agrees. */
	private int fetch() {
		final ModelDownload download = ModelDownload.of(fetch, hub, folder("output", output));
		out.println(download.terms());
		if (!yes && !agreed()) {
			err.println("Nothing was downloaded; --yes agrees.");
			return FAILED;
		}
		try {
			download.run(progress);
			progress.end();
			out.println("Downloaded and checked " + download.folder()
				+ (fetch.strip().equals(ModelDownload.PYTORCH) ? "; it is used from the next start."
					: "; decompose with --model " + (output.isBlank() && ModelDownload.words().contains(fetch.strip())
						? fetch.strip() : download.folder()) + "."));
			return OK;
		}
		finally {
			progress.end();
		}
	}

	/** Asks a person, if there is one. */
	private boolean agreed() {
		final Console console = System.console();
		if (console == null) return false;
		final String answer = console.readLine("Download? [y/N] ");
		return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
	}

	private int decompose() {
		final Repeat repeat = folder("like", like).map(Repeat::of).orElse(Repeat.NONE);
		final ModelName name = modelName(repeat);
		final Optional<Path> image = folder("image", picture);
		final PictureRun run = new PictureRun(options(repeat),
			LayerFormat.parse(export.isBlank() ? String.join(",", repeat.exports()) : export), HyperstackTiff::write);
		final boolean many = image.filter(Pictures::are).isPresent();
		if (!many && (!shard.isBlank() || !retries.isBlank() || dryRun)) throw new InvalidOptionException("shard",
			"--shard, --retries and --dry-run are for many pictures; give a folder of pictures, or a text file (.txt) that "
				+ "lists them.");
		if (many) return batch(name, image.get(), run);
		final PageChoice page = PageChoice.parse(this.page.isEmpty() ? repeat.option("page") : this.page,
			dpi.isEmpty() ? repeat.option("dpi") : dpi);
		final Picture input = image.map(i -> PictureReader.read(i, page)).orElseGet(this::sample);
		final Path target = folder("output", output).orElse(Path.of("layers-" + input.source().stem()));
		try (Decomposer decomposer = Isolation.of(isolation).of(models).open(name, run.options().device())) {
			repeat.differences(input.source(), decomposer.model().hash()).forEach(err::println);
			one(decomposer, input, target, run);
		}
		return OK;
	}

	/** One picture after the other, of the part that is ours. */
	private int batch(final ModelName name, final Path list, final PictureRun run) {
		final Path target =
			folder("output", output).orElse(Path.of("layers-" + list.toAbsolutePath().normalize().getFileName()));
		final Batch batch = new Batch(Pictures.of(list, target), Shard.of(shard), target, retries());
		if (dryRun) {
			for (final Pictures.Item p : batch.pictures()) out.println(p.file() + " -> " + batch.target(p));
			return OK;
		}
		final Batch.Outcome outcome;
		try (Decomposer decomposer = Isolation.of(isolation).of(models).open(name, run.options().device())) {
			// What can work with no picture is said before the first.
			decomposer.model().settings(run.options());
			outcome = batch.run((p, folder) -> {
				final Picture input = PictureReader.read(p.file());
				if (run.isDone(decomposer, input, folder)) return false;
				one(decomposer, input, folder, run);
				return true;
			}, new Told());
		}
		out.println("Decomposed " + outcome.done() + " pictures into " + target + ", " + outcome.skipped()
			+ " were there, " + outcome.failed() + " failed.");
		if (outcome.failed() > 0) err.println(outcome.failed() + " of " + batch.pictures().size() + " pictures failed; "
			+ outcome.record() + " says why.");
		return outcome.failed() > 0 ? FAILED : OK;
	}

	private int retries() {
		if (retries.isBlank()) return RETRIES;
		if (retries.strip().matches("[0-9]{1,2}")) return Integer.parseInt(retries.strip());
		throw new InvalidOptionException("retries",
			"The option retries must be a whole number from 0 to 99, not " + retries + ".");
	}

	/** Tells of a batch. */
	private final class Told implements Batch.Listener {

		@Override
		public void begins(final int number, final int of, final Pictures.Item p, final int attempt) {
			err.print("[" + number + "/" + of + (attempt == 1 ? "" : ", attempt " + attempt) + "] ");
		}

		@Override
		public void skipped(final Pictures.Item p) {
			err.println(p.name() + " is there already.");
		}

		@Override
		public void failed(final Pictures.Item p, final Throwable why) {
			err.println(p.name() + ": " + Problem.sentence(why));
			if (debug) why.printStackTrace(err);
		}
	}

	/** One picture into one folder. */
	private void one(final Decomposer decomposer, final Picture input, final Path target, final PictureRun run) {
		final Settings settings = decomposer.model().settings(run.options());
		err.println(announcement(input, decomposer, settings) + ": "
			+ decomposer.forecast(input.image().width(), input.image().height(), run.options()));
		if (!decomposer.model().readsPrompts() && !(prompt.isBlank() && negative.isBlank())) err.println("The model "
			+ decomposer.model().name() + " does not read prompts; --prompt and --negative have no effect.");
		decomposer.notes().forEach(err::println);
		final long begun = System.nanoTime();
		try {
			final PictureRun.Written written = run.run(decomposer, input, target, progress);
			progress.end();
			out.println("Wrote " + written.layers() + " layers to " + target + " in "
				+ Durations.text((System.nanoTime() - begun) / 1e9) + ".");
			for (final Path file : written.exports()) out.println("Wrote " + file + ".");
			written.notes().forEach(err::println);
		}
		finally {
			progress.end();
		}
	}

	private String announcement(final Picture input, final Decomposer decomposer, final Settings settings) {
		return String.format(Locale.ROOT, "%s, %d × %d pixels, into %s%d layers with the model %s",
			input.source().name(), input.image().width(), input.image().height(), settings.auto() ? "up to " : "",
			settings.layers(), decomposer.model().name());
	}

	private DecomposeOptions options(final Repeat repeat) {
		final BiFunction<String, String, String> first = (key, given) -> given.isEmpty() ? repeat.option(key) : given;
		DecomposeOptions all = DecomposeOptions.defaults().withRaw(raw || Boolean.parseBoolean(repeat.option("raw")));
		final Map<String, String> given =
			new LinkedHashMap<>(Map.of("layers", layers, "resolution", resolution, "steps", steps, "guidance", guidance,
				"seed", seed, "prompt", prompt, "negative", negative, "device", device));
		given.putAll(Map.of("rescale", rescale, "shift", shift, "stepcache", stepcache));
		for (final Map.Entry<String, String> e : given.entrySet())
			all = all.with(e.getKey(), first.apply(e.getKey(), e.getValue()));
		return all;
	}

	private ModelName modelName(final Repeat repeat) {
		return ModelName.of(model.isBlank() ? repeat.option("model") : model)
			.withTokenizer(folder("tokenizer", tokenizer.strip()))
			.withLora(lora.isEmpty() ? repeat.option("lora") : String.join(";", lora));
	}

	private static Optional<Path> folder(final String option, final String text) {
		try {
			return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
		}
		catch (final InvalidPathException e) {
			throw new InvalidOptionException(option,
				LocaleNames.unreadable(text).orElse("The option " + option + " must be a path, not " + text + "."));
		}
	}

	private Picture sample() {
		err.println("No image given; taking the bundled sample figure.");
		try (InputStream in = Main.class.getResourceAsStream(SAMPLE)) {
			if (in == null) throw new DecompositionException(
				"The bundled sample figure is missing from this build; give an image.");
			return PictureReader.read(SAMPLE.substring(SAMPLE.lastIndexOf('/') + 1), in.readAllBytes());
		}
		catch (final IOException e) {
			throw new DecompositionException(
				"The bundled sample figure cannot be read; the program's jar is damaged, install it again.", e);
		}
	}

	/**
	 * Ctrl-C. Lets the step that is being computed come to its end, because libtorch does not like the process to go
	 * away under it; what was being written is removed by {@link LayerFolder} meanwhile.
	 */
	private void interrupt(final CountDownLatch finished) {
		progress.cancel();
		try {
			// What cannot be stopped is left to the end of Java, which has no words for it.
			if (!finished.await(PATIENCE_MS, TimeUnit.MILLISECONDS)) say(CANCELLED_LINE);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static void remove(final Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (final IllegalStateException e) {
			// Going down already.
		}
	}

	private int error(final Throwable thrown, final int code, final String line) {
		say(line);
		if (debug) thrown.printStackTrace(err);
		return code;
	}

	/** The last line, which is one. */
	private void say(final String line) {
		if (said.compareAndSet(false, true)) err.println(line);
	}

	private static String versionNumber() {
		try (InputStream in =
			Main.class.getResourceAsStream("/META-INF/maven/org.layerj/Decompose_Layers/pom.properties"))
		{
			if (in == null) return "(development build)";
			final Properties pom = new Properties();
			pom.load(in);
			return pom.getProperty("version", "(unknown version)");
		}
		catch (final IOException e) {
			return "(unknown version)";
		}
	}

	/**
	 * Where no locale is set, Java would print ? for × and the like; such places are containers with UTF-8 terminals.
	 */
	private static PrintStream readable(final PrintStream stream) {
		final Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
		return charset.newEncoder().canEncode('×') ? stream : new PrintStream(stream, true, StandardCharsets.UTF_8);
	}
}
