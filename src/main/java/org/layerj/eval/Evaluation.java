package org.layerj.eval;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.ModelInfo;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.Problem;
import org.layerj.layers.RgbaImage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Decomposes figures whose layers are known ({@link TruthFigure} says how they lie on the disk), with a model and with
 * the {@link Baselines}, and writes how well that went: {@code evaluation.md}, {@code evaluation.json} and
 * {@code contact-sheet.png}.
 */
@Command(name = "evaluate", sortOptions = false,
	description = "Scores a model and classical methods on figures with known layers.")
public final class Evaluation implements Callable<Integer> {

	private static final String NONE = "none";
	private static final String TRUTH = "truth";
	private static final String AUTO = "auto";
	/** Layers asked for where neither the truth nor a model says how many. */
	private static final int USUAL_LAYERS = 4;

	@Option(names = "--truth", required = true, paramLabel = "FOLDER",
		description = "Figures, one sub-folder each: input.png, layer-00.png … bottom to top")
	private Path truth = Path.of("");

	@Option(names = "--model", paramLabel = "FOLDER|built-in|none",
		description = "The model; none: baselines only (default: ${DEFAULT-VALUE})")
	private String model = ModelInfo.BUILT_IN;

	@Option(names = "--methods", paramLabel = "all|baselines|model",
		description = "What to run (default: ${DEFAULT-VALUE})")
	private String methods = "all";

	@Option(names = "--layers", paramLabel = "truth|auto|N",
		description = { "Layers asked for: as many as there truly are (at most what the model can),",
			"as many as the model finds, or a number (default: ${DEFAULT-VALUE})" })
	private String layers = TRUTH;

	@Option(names = "--output", paramLabel = "DIR", description = "Where to write (default: ${DEFAULT-VALUE})")
	private Path output = Path.of("evaluation");

	@Option(names = "--sheet", paramLabel = "N",
		description = "Figures on the contact sheet (default: ${DEFAULT-VALUE})")
	private int sheet = 8;

	@Option(names = "--prompt", paramLabel = "T",
		description = "Prompt for every figure; if not given, the model writes its own caption")
	private String prompt = "";

	@Option(names = "--device", paramLabel = "D", description = "auto, cpu, cuda or cuda:n (default: ${DEFAULT-VALUE})")
	private String device = DecomposeOptions.AUTO;

	@Option(names = "--help", usageHelp = true, description = "Print this help")
	private boolean help;

	private final PrintStream err;

	Evaluation(final PrintStream err) {
		this.err = err;
	}

	public static void main(final String... args) {
		// In any case: under exec:java the JVM is Maven's, which would wait for libtorch's threads.
		System.exit(run(System.err, args));
	}

	/** Runs one command line; never throws. 0: everything was written, 1: it could not be done, 2: wrong usage. */
	static int run(final PrintStream err, final String... args) {
		final CommandLine line = new CommandLine(new Evaluation(err));
		line.setParameterExceptionHandler((e, wrong) -> {
			err.println(Problem.oneLine(e.getMessage()) + " (--help lists the options)");
			return 2;
		});
		line.setExecutionExceptionHandler((e, command, parsed) -> {
			err.println(Problem.message(e));
			return 1;
		});
		return line.execute(args);
	}

	@Override
	public Integer call() throws IOException {
		final List<Path> folders = TruthFigure.folders(truth);
		final List<TruthFigure> figures = folders.stream().map(TruthFigure::read).toList();
		final boolean withModel = !model.equals(NONE) && !methods.equals("baselines");
		final ModelName name = ModelName.of(model);
		try (Opened opened = withModel
			? new Opened(Optional.of(new ModelMethod(Decomposers.open(name, device), prompt, layers.equals(AUTO))))
			: new Opened(Optional.empty()))
		{
			final Map<String, List<List<RgbaImage>>> results = new LinkedHashMap<>();
			final List<MethodScore> scores = new ArrayList<>();
			for (final Method method : methods(opened.model)) scores.add(score(method, figures, opened.model, results));
			scores.add(0, truthScore(figures));
			Optional<VaeScore> vae = Optional.empty();
			if (withModel && !name.isBuiltIn() && name.server().isEmpty())
				try (VaeRoundTrip trip = new VaeRoundTrip(name.files()))
				{
					err.println("RGBA-VAE alone");
					vae = Optional.of(VaeScore.of(trip, figures));
				}
			final EvaluationReport report =
				new EvaluationReport(opened.describe(), describeLayers(opened.model), scores, vae);
			Files.createDirectories(output);
			Files.writeString(output.resolve("evaluation.json"), report.json());
			Files.writeString(output.resolve("evaluation.md"), report.markdown() + sheet(figures, results));
		}
		err.println("Wrote evaluation.md, evaluation.json and contact-sheet.png to " + output + ".");
		return 0;
	}

	/** The model, closed in the end. */
	private record Opened(Optional<ModelMethod> model) implements AutoCloseable {

		String describe() {
			// The folder is left out: where it lies on somebody's disk is of no interest to readers.
			return model.map(ModelMethod::decomposer)
				.map(Decomposer::model)
				.map(m -> m.name() + " (sha256 " + m.hash().substring(0, Math.min(12, m.hash().length())) + "…), "
					+ m.defaults().steps() + " steps, resolution " + m.defaults().resolution() + ", seed "
					+ m.defaults().seed())
				.orElse("none");
		}

		@Override
		public void close() {
			model.ifPresent(ModelMethod::close);
		}
	}

	private List<Method> methods(final Optional<ModelMethod> opened) {
		final List<Method> all = new ArrayList<>();
		switch (methods) {
			case "all", "baselines" -> all.addAll(Baselines.all());
			case "model" -> {}
			default -> throw new DecompositionException(
				"The option methods must be all, baselines or model, not " + methods + ".");
		}
		opened.ifPresent(all::add);
		if (all.isEmpty()) throw new DecompositionException("There is nothing to run: no baselines and no model.");
		return all;
	}

	private MethodScore score(final Method method, final List<TruthFigure> figures, final Optional<ModelMethod> opened,
		final Map<String, List<List<RgbaImage>>> results)
	{
		// The first run brings weights into memory and compiles; it is not what a figure takes.
		method.decompose(figures.get(0).input(), asked(figures.get(0), opened));
		PeakMemory.reset();
		final List<FigureScore> scores = new ArrayList<>();
		for (final TruthFigure figure : figures) {
			final int asked = asked(figure, opened);
			final long begun = System.nanoTime();
			final List<RgbaImage> found = method.decompose(figure.input(), asked);
			final double seconds = (System.nanoTime() - begun) / 1e9;
			final FigureScore score = FigureScore.of(figure, asked, found, seconds);
			scores.add(score);
			results.computeIfAbsent(method.name(), n -> new ArrayList<>()).add(found);
			err.printf(Locale.ROOT, "%s, %s: IoU %.3f, %.3f%n", method.name(), figure.name(),
				score.layerd().at(0).alphaIou(), score.layerd().at(LayerD.MERGES).alphaIou());
		}
		return new MethodScore(method.name(), scores, PeakMemory.bytes());
	}

	private static MethodScore truthScore(final List<TruthFigure> figures) {
		return new MethodScore("truth",
			figures.stream().map(f -> FigureScore.of(f, f.layers().size(), f.layers(), 0)).toList(),
			OptionalLong.empty());
	}

	private int asked(final TruthFigure figure, final Optional<ModelMethod> opened) {
		final int most = opened.map(m -> m.decomposer().model().maxLayers()).orElse(DecomposeOptions.MAX_LAYERS);
		return switch (layers) {
			case TRUTH -> Math.min(most, figure.layers().size());
			case AUTO -> opened.map(m -> m.decomposer().model().defaults().layers()).orElse(USUAL_LAYERS);
			default -> {
				if (!layers.matches("[1-9]\\d?")) throw new DecompositionException(
					"The option layers must be truth, auto or a number, not " + layers + ".");
				yield Math.min(most, Integer.parseInt(layers));
			}
		};
	}

	private String describeLayers(final Optional<ModelMethod> opened) {
		return switch (layers) {
			case TRUTH ->
				"the true number" + opened.map(m -> " (at most " + m.decomposer().model().maxLayers() + ")").orElse("")
					+ ", given to every method";
			case AUTO -> "as many as the model finds, up to "
				+ opened.map(m -> m.decomposer().model().defaults().layers()).orElse(USUAL_LAYERS)
				+ ", which the other methods are asked for";
			default -> layers;
		};
	}

	/** Draws the sheet; returns what its rows are. */
	private String sheet(final List<TruthFigure> figures, final Map<String, List<List<RgbaImage>>> results)
		throws IOException
	{
		// The model if there is one, else the most elaborate baseline: they run in this order.
		final List<String> names = List.copyOf(results.keySet());
		final String shown = names.get(names.size() - 1);
		final ContactSheet cells = new ContactSheet();
		final StringBuilder text = new StringBuilder(
			"\n## Contact sheet\n\n`contact-sheet.png`, two rows for each figure: the input and its true layers, bottom "
				+ "first; below, the composite of the layers of *" + shown + "*, and these layers. From the top:\n\n");
		final int count = Math.min(sheet, figures.size());
		for (int k = 0; k < count; k++) {
			// Spread over all figures, the last included.
			final int i = count == 1 ? 0 : Math.round((float) k * (figures.size() - 1) / (count - 1));
			final List<RgbaImage> above = new ArrayList<>(List.of(figures.get(i).input()));
			above.addAll(figures.get(i).layers());
			cells.row(above);
			final List<RgbaImage> found = results.get(shown).get(i);
			final List<RgbaImage> below = new ArrayList<>(List.of(StackFacts.flatten(found)));
			below.addAll(found);
			cells.row(below);
			text.append(k + 1).append(". ").append(figures.get(i).name()).append('\n');
		}
		cells.write(output.resolve("contact-sheet.png"));
		return text.toString();
	}
}
