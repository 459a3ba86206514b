package org.layerj.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.layerj.cluster.Batch;
import org.layerj.cluster.PictureRun;
import org.layerj.cluster.Pictures;
import org.layerj.cluster.RunOptions;
import org.layerj.cluster.RunPlan;
import org.layerj.cluster.Shard;
import org.layerj.common.CancelledException;
import org.layerj.common.ProcessExit;
import org.layerj.common.Progress;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Devices;
import org.layerj.decompose.Durations;
import org.layerj.decompose.Forecast;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelDownload;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.ModelReport;
import org.layerj.decompose.Problem;
import org.layerj.decompose.Settings;
import org.layerj.imagej.stack.HyperstackTiff;
import org.layerj.io.PageChoice;
import org.layerj.io.Picture;
import org.layerj.io.PictureReader;
import org.layerj.io.Repeat;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command line: decomposes a picture file and writes the layers into a folder.
 * <p>
 * What a program would want goes to standard output, everything else to standard error. An error is exactly one line.
 */
@Command(name = "decompose", sortOptions = false, description = { "Decomposes a picture into RGBA layers.", "" },
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
	private static final String CANCELLED_LINE = new CancelledException().getMessage();
	private static final String SAMPLE = "/org/layerj/sample/figure.png";

	@Parameters(arity = "0..1", paramLabel = "IMAGE",
		description = {
			"PNG, JPEG, TIFF, GIF, BMP or PDF; a folder of such, or a text file (.txt) with a path in each line;",
			"without one, the bundled sample figure" })
	private String picture = "";

	@Mixin
	private RunOptions run = new RunOptions();

	@Option(names = "--output", paramLabel = "DIR",
		description = "Where to write; layers-<name of the image> if not given")
	private String output = "";

	@Option(names = "--pytorch", paramLabel = "auto|bundled|FOLDER",
		description = "Which PyTorch: one for graphics cards if there is one (auto), the bundled one, or that of a folder")
	private String pytorch = "";

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
	private final BiFunction<ModelName, String, ModelReport> checker;
	private final PrintStream out;
	private final PrintStream err;
	private final ProgressBar progress;
	private final AtomicBoolean said = new AtomicBoolean();
	private final CountDownLatch finished = new CountDownLatch(1);

	/**
	 * @param models where models come from
	 * @param checker what --check reports of a model for a device
	 * @param out for results
	 * @param err for progress and errors
	 * @param terminal whether err is a screen that somebody looks at
	 */
	Main(final DecomposerFactory models, final BiFunction<ModelName, String, ModelReport> checker,
		final PrintStream out, final PrintStream err, final boolean terminal)
	{
		this.models = models;
		this.checker = checker;
		this.out = out;
		this.err = err;
		this.progress = new ProgressBar(err, terminal, System::nanoTime);
	}

	public static void main(final String... args) {
		final boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
		final Main main =
			new Main(Decomposers::open, ModelReport::of, readable(System.out), readable(System.err), terminal);
		// In any case: under exec:java the JVM is Maven's, which would wait for libtorch's threads and then complain
		// about them.
		System.exit(main.run(args));
	}

	/** Runs the command line, once; never throws. Returns the exit code. */
	int run(final String... args) {
		final CommandLine line = new CommandLine(this);
		try {
			line.parseArgs(args);
		}
		catch (final CommandLine.ParameterException e) {
			return error(e, USAGE, Problem.oneLine(e.getMessage()) + " (--help lists the options)");
		}
		final Thread hook = new Thread(this::interrupt, "stop decomposition");
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
			return error(e, USAGE, Problem.message(e));
		}
		catch (final CancelledException e) {
			return error(e, CANCELLED, Problem.message(e));
		}
		catch (RuntimeException | Error e) {
			// What ends while the program does ends for that reason.
			return progress.cancelled() ? error(e, CANCELLED, CANCELLED_LINE) : error(e, FAILED, Problem.message(e));
		}
		finally {
			finished.countDown();
			remove(hook);
		}
	}

	private int check() {
		final ModelName name = run.plan(Repeat.NONE).modelName();
		final ModelReport report = checker.apply(name, run.plan(Repeat.NONE).decomposeOptions().device());
		out.println(report.text().stripTrailing());
		return report.ok() ? OK : FAILED;
	}

	private void quantise() {
		final Path target = RunOptions.path("quantise", quantise).orElseThrow();
		final ModelName name = run.plan(Repeat.NONE).modelName();
		if (name.isBuiltIn() || name.server().isPresent())
			throw new InvalidOptionException("quantise", "Give the model to quantise as --model FOLDER.");
		progress.plan(List.of(new Progress.Phase("quantise", 1)));
		progress.phase("quantise");
		try {
			final long bytes = Decomposers.quantise(name, target, progress);
			progress.end();
			out.println("Wrote the model in 8 bits to " + target + ", " + Forecast.gigabytes(bytes) + ".");
		}
		finally {
			progress.end();
		}
	}

	/** Says what it would download; does so only if somebody agrees. */
	private int fetch() {
		final ModelDownload download = ModelDownload.of(fetch, hub, RunOptions.path("output", output));
		out.println(download.terms());
		if (!yes && !agreed()) {
			err.println("Nothing was downloaded; run this again with --yes to agree.");
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
		final Repeat repeat = run.repeat();
		final RunPlan plan = run.plan(repeat);
		final Optional<Path> image = RunOptions.path("image", picture);
		final PictureRun each = plan.run(HyperstackTiff::write).withHints(repeat.hints());
		final boolean many = image.filter(Pictures::are).isPresent();
		if (!many && (!shard.isBlank() || !retries.isBlank() || dryRun)) throw new InvalidOptionException("shard",
			"--shard, --retries and --dry-run are for many pictures; give a folder of pictures, or a text file (.txt) that "
				+ "lists them.");
		if (many) return batch(plan, image.get(), each);
		// The record may be that of a PDF, and this another picture.
		final boolean pdf = image.filter(PictureReader::isPdf).isPresent();
		final PageChoice page = PageChoice.parse(this.page.isEmpty() && pdf ? repeat.option("page") : this.page,
			dpi.isEmpty() && pdf ? repeat.option("dpi") : dpi);
		final Picture input = image.map(i -> PictureReader.read(i, page)).orElseGet(this::sample);
		final Path target = RunOptions.path("output", output)
			.or(() -> RunOptions.path("output", "layers-" + input.source().stem()))
			.orElseThrow();
		try (Decomposer decomposer = plan.open(models)) {
			repeat.differences(input.source(), decomposer.model().hash()).forEach(err::println);
			one(decomposer, input, target, each);
		}
		return OK;
	}

	/** One picture after the other, of the part that is ours. */
	private int batch(final RunPlan plan, final Path list, final PictureRun each) {
		final Path target = RunOptions.path("output", output)
			.or(() -> RunOptions.path("output", "layers-" + list.toAbsolutePath().normalize().getFileName()))
			.orElseThrow();
		final Batch batch = new Batch(Pictures.of(list, target), Shard.of(shard), target, retries());
		if (dryRun) {
			for (final Pictures.Item p : batch.pictures()) out.println(p.file() + " -> " + batch.target(p));
			return OK;
		}
		final Batch.Outcome outcome;
		try (Decomposer decomposer = plan.open(models)) {
			// What can work with no picture is said before the first.
			decomposer.model().settings(each.options());
			outcome = batch.run((p, folder) -> {
				final Picture input = PictureReader.read(p.file());
				if (each.isDone(decomposer, input, folder)) return false;
				one(decomposer, input, folder, each);
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
			err.println(p.name() + ": " + Problem.message(why));
			if (debug) why.printStackTrace(err);
		}
	}

	/** One picture into one folder. */
	private void one(final Decomposer decomposer, final Picture input, final Path target, final PictureRun each) {
		final Settings settings = decomposer.model().settings(each.options());
		err.println(announcement(input, decomposer, settings) + ": "
			+ decomposer.forecast(input.image().width(), input.image().height(), each.options()));
		if (!decomposer.model().readsPrompts() && run.hasPrompt()) err.println("The model " + decomposer.model().name()
			+ " does not read prompts; --prompt and --negative have no effect.");
		decomposer.notes().forEach(err::println);
		input.source().notes().origin().remarks().forEach(r -> err.println(input.source().name() + ": " + r));
		final long begun = System.nanoTime();
		try {
			final PictureRun.Written written = each.run(decomposer, input, target, progress);
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
	 * Ctrl-C. Lets the step that is being computed come to its end, and ends the process at once if that takes long;
	 * what was being written is removed by {@link LayerFolder} meanwhile.
	 */
	void interrupt() {
		progress.cancel();
		try {
			if (finished.await(PATIENCE_MS, TimeUnit.MILLISECONDS)) return;
			say(CANCELLED_LINE);
			ProcessExit.now(CANCELLED);
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
