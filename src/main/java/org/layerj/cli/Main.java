package org.layerj.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionCancelledException;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Durations;
import org.layerj.decompose.Forecast;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelInfo;
import org.layerj.decompose.Problem;
import org.layerj.decompose.Settings;
import org.layerj.imagej.stack.HyperstackTiff;
import org.layerj.io.LayerFolder;
import org.layerj.io.PageChoice;
import org.layerj.io.Picture;
import org.layerj.io.PictureReader;
import org.layerj.io.Repeat;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.formats.LayerMetadata;
import org.layerj.layers.ExactValues;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command line: takes a picture file apart and writes the layers into a folder.
 *
 * <p>What a program would want goes to standard output, everything else to standard error. An error is exactly one line.
 */
@Command(name = "decompose", sortOptions = false, description = { "Takes a picture apart into RGBA layers.", "" }, footer = { "", "Exit codes: 0 everything was written, 1 it could not be done, 2 wrong usage, 130 interrupted." })
public final class Main {

	static final int OK = 0;
	static final int FAILED = 1;
	static final int USAGE = 2;
	static final int CANCELLED = 130;

	/** How long Ctrl-C waits for the step that is being computed. */
	private static final long PATIENCE_MS = 5000;
	private static final String CANCELLED_LINE = new DecompositionCancelledException().getMessage();
	private static final String SAMPLE = "/org/layerj/sample/figure.png";

	@Parameters(arity = "0..1", paramLabel = "IMAGE", description = "PNG, JPEG, TIFF, GIF, BMP or PDF; without one, the bundled sample figure")
	private String picture = "";

	@Option(names = "--layers", paramLabel = "N|auto", description = "Number of layers, 1 to 20; auto: as many as the picture needs, at most the model's default")
	private String layers = "";

	@Option(names = "--output", paramLabel = "DIR", description = "Where to write; layers-<name of the image> if not given")
	private String output = "";

	@Option(names = "--seed", paramLabel = "S", description = "Seed of the noise: the same seed gives the same layers on the same machine")
	private String seed = "";

	@Option(names = "--steps", paramLabel = "K", description = "Denoising steps")
	private String steps = "";

	@Option(names = "--model", paramLabel = "FOLDER", description = "Model folder in diffusers layout; built-in (or nothing) is the model of this program")
	private String model = "";

	@Option(names = "--resolution", paramLabel = "R", description = "Side of the square with as many pixels as the model works on")
	private String resolution = "";

	@Option(names = "--guidance", paramLabel = "G", description = "Guidance scale; 1 is none")
	private String guidance = "";

	@Option(names = "--prompt", paramLabel = "T", description = "What the picture shows; if not given, the model sees for itself")
	private String prompt = "";

	@Option(names = "--negative", paramLabel = "T", description = "What the layers should not show")
	private String negative = "";

	@Option(names = "--device", paramLabel = "D", description = "auto, cpu, cuda or cuda:n")
	private String device = "";

	@Option(names = "--export", paramLabel = "F,…", description = "Also write the layers for other programs: psd, pptx, ora, svg, tiff, zip, pdf")
	private String export = "";

	@Option(names = "--page", paramLabel = "P", description = "Page of a PDF; 1 if not given")
	private String page = "";

	@Option(names = "--dpi", paramLabel = "D", description = "Pixels per inch at which a page of a PDF is drawn, 10 to 2400; 300 if not given")
	private String dpi = "";

	@Option(names = "--like", paramLabel = "RECORD", description = "Repeat a run: options and formats from its layers.json; what is given besides goes first")
	private String like = "";

	@Option(names = "--raw", description = "The network's own pixels, enlarged; else layers are refined and composite to the image exactly")
	private boolean raw;

	@Option(names = "--check", description = "Check the model folder and the memory it needs; decompose nothing")
	private boolean check;

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
	Main(final DecomposerFactory models, final ModelAudit audit, final PrintStream out, final PrintStream err, final boolean terminal) {
		this.models = models;
		this.audit = audit;
		this.out = out;
		this.err = err;
		this.progress = new ProgressBar(err, terminal, System::nanoTime);
	}

	public static void main(final String... args) {
		final boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
		final Main main = new Main(Decomposers::open, ModelAudit::check, readable(System.out), readable(System.err), terminal);
		// In any case: under exec:java the JVM is Maven's, which would wait for libtorch's threads and then complain about them.
		System.exit(main.run(args));
	}

	/** Runs one command line; never throws. Returns the exit code. */
	int run(final String... args) {
		final CommandLine line = new CommandLine(this);
		try {
			line.parseArgs(args);
		}
		catch (final CommandLine.ParameterException e) {
			return error(e, USAGE, Problem.sentence(new DecompositionException(e.getMessage())) + " (--help lists the options)");
		}
		final CountDownLatch finished = new CountDownLatch(1);
		final Thread hook = new Thread(() -> interrupt(finished), "stop decomposition");
		try {
			Runtime.getRuntime().addShutdownHook(hook);
			if (help) line.usage(out);
			else if (version) out.println("Decompose Layers " + versionNumber());
			else if (check) return check();
			else decompose();
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
		final Optional<String> always = Decomposers.withoutFiles(modelFolder(Repeat.NONE));
		if (always.isPresent()) {
			out.println(always.get());
			return OK;
		}
		final ModelAudit.Report report = audit.of(modelFolder(Repeat.NONE).map(ModelFiles::folder).orElseGet(ModelFiles::builtIn), options(Repeat.NONE).device());
		out.println(report.text().stripTrailing());
		return report.ok() ? OK : FAILED;
	}

	private void decompose() {
		final Repeat repeat = folder("like", like).map(Repeat::of).orElse(Repeat.NONE);
		final DecomposeOptions options = options(repeat);
		final Optional<Path> folder = modelFolder(repeat);
		final Picture input = picture.isEmpty() ? sample() : PictureReader.read(folder("image", picture).orElseThrow(), PageChoice.parse(page
			.isEmpty() ? repeat.option("page") : page, dpi.isEmpty() ? repeat.option("dpi") : dpi));
		final List<LayerFormat> formats = LayerFormat.parse(export.isBlank() ? String.join(",", repeat.exports()) : export);
		final Path target = folder("output", output).orElse(Path.of("layers-" + input.source().stem()));
		try (Decomposer decomposer = models.open(folder, options.device())) {
			final Settings settings = decomposer.model().settings(options);
			final Forecast forecast = decomposer.forecast(input.image().width(), input.image().height(), options);
			err.println(announcement(input, decomposer, settings) + ": " + forecast);
			if (!decomposer.model().readsPrompts() && !(prompt.isBlank() && negative.isBlank())) err.println("The model " + decomposer.model().name()
				+ " does not read prompts; --prompt and --negative have no effect.");
			forecast.refusal().ifPresent(r -> {
				throw new DecompositionException(r);
			});
			repeat.differences(input.source(), decomposer.model().hash()).forEach(err::println);
			try (LayerFolder result = LayerFolder.open(target)) {
				progress.check();
				final long begun = System.nanoTime();
				final Decomposition decomposition = valued(decomposer.decompose(input.image(), options, progress), input);
				progress.end();
				final LayerDocument document = new LayerDocument(decomposition.layers(), LayerMetadata.of(decomposition, input.source()));
				final LayerFolder.Result written = result.write(decomposition, input.source(), HyperstackTiff::write, formats.stream().map(f -> f.export(document)).toList(),
					progress);
				out.println("Wrote " + decomposition.layers().size() + " layers to " + target + " in " + Durations.text((System.nanoTime() - begun) / 1e9) + ".");
				written.exports().forEach(file -> out.println("Wrote " + target.resolve(file.getFileName()) + "."));
				written.notes().forEach(err::println);
			}
			finally {
				progress.end();
			}
		}
	}

	/** With the picture's own samples, if it has more than 8-bit colours; the network's own pixels are 8-bit and stay so. */
	private static Decomposition valued(final Decomposition found, final Picture input) {
		if (input.values().isEmpty() || found.run().settings().raw()) return found;
		return new Decomposition(ExactValues.of(input.values().get(), found.layers()), found.run());
	}

	private String announcement(final Picture input, final Decomposer decomposer, final Settings settings) {
		return String.format(Locale.ROOT, "%s, %d × %d pixels, into %s%d layers with the model %s", input.source().name(), input.image().width(), input.image()
			.height(), settings.auto() ? "up to " : "", settings.layers(), decomposer.model().name());
	}

	private DecomposeOptions options(final Repeat repeat) {
		final BiFunction<String, String, String> first = (key, given) -> given.isEmpty() ? repeat.option(key) : given;
		DecomposeOptions all = DecomposeOptions.defaults().withRaw(raw || Boolean.parseBoolean(repeat.option("raw")));
		for (final Map.Entry<String, String> e : Map.of("layers", layers, "resolution", resolution, "steps", steps, "guidance", guidance, "seed", seed, "prompt", prompt,
			"negative", negative, "device", device).entrySet()) all = all.with(e.getKey(), first.apply(e.getKey(), e.getValue()));
		return all;
	}

	/** As in macros and records, the built-in model has a name. */
	private Optional<Path> modelFolder(final Repeat repeat) {
		return folder("model", model.isBlank() ? repeat.option("model") : model.strip()).filter(p -> !p.equals(Path.of(ModelInfo.BUILT_IN)));
	}

	private static Optional<Path> folder(final String option, final String text) {
		try {
			return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
		}
		catch (final InvalidPathException e) {
			throw new InvalidOptionException(option, LocaleNames.unreadable(text).orElse("The option " + option + " must be a path, not " + text + "."));
		}
	}

	private Picture sample() {
		err.println("No image given; taking the bundled sample figure.");
		try (InputStream in = Main.class.getResourceAsStream(SAMPLE)) {
			if (in == null) throw new DecompositionException("The bundled sample figure is missing from this build; give an image.");
			return PictureReader.read(SAMPLE.substring(SAMPLE.lastIndexOf('/') + 1), in.readAllBytes());
		}
		catch (final IOException e) {
			throw new DecompositionException("The bundled sample figure cannot be read; the program's jar is damaged, install it again.", e);
		}
	}

	/**
	 * Ctrl-C. Lets the step that is being computed come to its end, because libtorch does not like the process to go away under it; what was being
	 * written is removed by {@link LayerFolder} meanwhile.
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
		try (InputStream in = Main.class.getResourceAsStream("/META-INF/maven/org.layerj/Decompose_Layers/pom.properties")) {
			if (in == null) return "(development build)";
			final Properties pom = new Properties();
			pom.load(in);
			return pom.getProperty("version", "(unknown version)");
		}
		catch (final IOException e) {
			return "(unknown version)";
		}
	}

	/** Where no locale is set, Java would print ? for × and the like; such places are containers with UTF-8 terminals. */
	private static PrintStream readable(final PrintStream stream) {
		final Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
		return charset.newEncoder().canEncode('×') ? stream : new PrintStream(stream, true, StandardCharsets.UTF_8);
	}
}
