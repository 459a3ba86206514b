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
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
import org.layerj.decompose.Progress;
import org.layerj.decompose.Settings;
import org.layerj.imagej.stack.HyperstackTiff;
import org.layerj.io.LayerFolder;
import org.layerj.io.Picture;
import org.layerj.io.PictureReader;
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
	private static final String SAMPLE = "/org/layerj/sample/figure.png";

	@Parameters(arity = "0..1", paramLabel = "IMAGE", description = "PNG, JPEG, TIFF, GIF or BMP; without one, the bundled sample figure")
	private String picture = "";

	@Option(names = "--layers", paramLabel = "N|auto", description = "Number of layers, 1 to 20; auto: as many as the picture needs, at most the model's default")
	private String layers = "";

	@Option(names = "--output", paramLabel = "DIR", description = "Where to write; layers-<name of the image> if not given")
	private String output = "";

	@Option(names = "--seed", paramLabel = "S", description = "Seed of the noise: the same seed gives the same layers on the same machine")
	private String seed = "";

	@Option(names = "--steps", paramLabel = "K", description = "Denoising steps")
	private String steps = "";

	@Option(names = "--model", paramLabel = "FOLDER", description = "Model folder in diffusers layout, or one of single files such as ComfyUI's models, or the transformer's file in it; built-in (or nothing) is the model of this program")
	private String model = "";

	@Option(names = "--tokenizer", paramLabel = "FOLDER", description = "Folder with the tokenizer, for single files that bring none")
	private String tokenizer = "";

	@Option(names = "--resolution", paramLabel = "R", description = "Side of the square with as many pixels as the model works on")
	private String resolution = "";

	@Option(names = "--guidance", paramLabel = "G", description = "Guidance scale; 1 is none")
	private String guidance = "";

	@Option(names = "--prompt", paramLabel = "T", description = "What the picture shows; if not given or blank, the model sees for itself")
	private String prompt = "";

	@Option(names = "--negative", paramLabel = "T", description = "What the layers should not show; an empty text leaves the model's default")
	private String negative = "";

	@Option(names = "--device", paramLabel = "D", description = "auto, cpu, cuda or cuda:n")
	private String device = "";

	@Option(names = "--rescale", paramLabel = "true|false", description = "Whether guidance keeps the strength of the prompt's own prediction; true, as in the official application")
	private String rescale = "";

	@Option(names = "--export", paramLabel = "F,…", description = "Also write the layers for other programs: psd, pptx, ora, svg, tiff, zip")
	private String export = "";

	@Option(names = "--raw", description = "The network's own pixels, enlarged; else layers are refined and composite to the image exactly")
	private boolean raw;

	@Option(names = "--check", description = "Check the model folder and the memory it needs; decompose nothing")
	private boolean check;

	@Option(names = "--quantise", paramLabel = "FOLDER", description = "Write the model in 8 bits to a new folder, half as large; decompose nothing")
	private String quantise = "";

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
	private final boolean terminal;

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
		this.terminal = terminal;
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
		try {
			if (help) line.usage(out);
			else if (version) out.println("Decompose Layers " + versionNumber());
			else if (check) return check();
			else if (!quantise.isBlank()) quantise();
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
			return error(e, FAILED, Problem.sentence(e));
		}
	}

	private int check() {
		final Optional<String> always = Decomposers.withoutFiles(modelFolder());
		if (always.isPresent()) {
			out.println(always.get());
			return OK;
		}
		final ModelAudit.Report report = audit.of(modelFolder().map(f -> ModelFiles.folder(f, tokenizerFolder())).orElseGet(ModelFiles::builtIn), options().device());
		out.println(report.text().stripTrailing());
		return report.ok() ? OK : FAILED;
	}

	private void quantise() {
		final Path target = folder("quantise", quantise).orElseThrow();
		final Path source = modelFolder().orElseThrow(() -> new InvalidOptionException("quantise",
			"The built-in model is small already; give the model to quantise as --model FOLDER."));
		final ProgressBar progress = new ProgressBar(err, terminal, System::nanoTime);
		progress.plan(List.of(new Progress.Phase("quantise", 1)));
		progress.phase("quantise");
		try {
			final long bytes = Decomposers.quantise(source, tokenizerFolder(), target, fraction -> progress.update(fraction, ""));
			progress.end();
			out.println("Wrote the model in 8 bits to " + target + ", " + Forecast.gigabytes(bytes) + ".");
		}
		finally {
			progress.end();
		}
	}

	private void decompose() {
		final DecomposeOptions options = options();
		final Optional<Path> folder = modelFolder();
		final Picture input = picture.isEmpty() ? sample() : PictureReader.read(folder("image", picture).orElseThrow());
		final List<LayerFormat> formats = LayerFormat.parse(export);
		final Path target = folder("output", output).orElse(Path.of("layers-" + input.source().stem()));
		try (Decomposer decomposer = models.open(folder, tokenizerFolder(), options.device())) {
			final Settings settings = decomposer.model().settings(options);
			final Forecast forecast = decomposer.forecast(input.image().width(), input.image().height(), options);
			err.println(announcement(input, decomposer, settings) + ": " + forecast);
			if (!decomposer.model().readsPrompts() && !(prompt.isBlank() && negative.isBlank())) err.println("The model " + decomposer.model().name()
				+ " does not read prompts; --prompt and --negative have no effect.");
			decomposer.notes().forEach(err::println);
			forecast.refusal().ifPresent(r -> {
				throw new DecompositionException(r);
			});
			final ProgressBar progress = new ProgressBar(err, terminal, System::nanoTime);
			final CountDownLatch finished = new CountDownLatch(1);
			final Thread hook = new Thread(() -> interrupt(progress, finished), "stop decomposition");
			try (LayerFolder result = LayerFolder.open(target)) {
				Runtime.getRuntime().addShutdownHook(hook);
				final long begun = System.nanoTime();
				final Decomposition decomposition = valued(decomposer.decompose(input.image(), options, progress), input);
				progress.end();
				result.write(decomposition, input.source(), HyperstackTiff::write);
				out.println("Wrote " + decomposition.layers().size() + " layers to " + target + " in " + Durations.text((System.nanoTime() - begun) / 1e9) + ".");
				export(decomposition, input, formats, target);
			}
			finally {
				progress.end();
				finished.countDown();
				remove(hook);
			}
		}
	}

	/** What else was asked for, into the folder that is there by now. */
	private void export(final Decomposition decomposition, final Picture input, final List<LayerFormat> formats, final Path target) {
		final LayerDocument document = new LayerDocument(decomposition.layers(), LayerMetadata.of(decomposition, input.source()));
		for (final LayerFormat format : formats) out.println("Wrote " + format.write(document, target.resolve(format.fileName()), Progress.none()) + ".");
	}

	/** With the picture's own samples, if it has more than 8-bit colours; the network's own pixels are 8-bit and stay so. */
	private static Decomposition valued(final Decomposition found, final Picture input) {
		if (input.values().isEmpty() || found.run().settings().raw()) return found;
		return new Decomposition(ExactValues.of(input.values().get(), found.layers()), found.run());
	}

	private String announcement(final Picture input, final Decomposer decomposer, final Settings settings) {
		return String.format(Locale.ROOT, "%s, %d × %d pixels, into %s%d layers with the model %s", input.source().name(), input.image().width(), input.image()
			.height(), options().layers().isPresent() ? "" : "up to ", settings.layers(), decomposer.model().name());
	}

	private DecomposeOptions options() {
		return DecomposeOptions.defaults().with("layers", layers).with("resolution", resolution).with("steps", steps).with("guidance", guidance).with("seed", seed)
			.with("prompt", prompt).with("negative", negative).with("device", device).with("rescale", rescale).withRaw(raw);
	}

	/** As in macros and records, the built-in model has a name. */
	private Optional<Path> modelFolder() {
		return folder("model", model.strip()).filter(p -> !p.equals(Path.of(ModelInfo.BUILT_IN)));
	}

	private Optional<Path> tokenizerFolder() {
		return folder("tokenizer", tokenizer.strip());
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
	private static void interrupt(final ProgressBar progress, final CountDownLatch finished) {
		progress.cancel();
		try {
			finished.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
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
		err.println(line);
		if (debug) thrown.printStackTrace(err);
		return code;
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
