package org.layerj.eval;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The outcome of an evaluation as text.
 *
 * @param model what was evaluated, human-readable
 * @param layers how many layers were asked for, human-readable
 * @param methods in the order of the table
 * @param vae of the model, if there is one
 */
record EvaluationReport(String model, String layers, List<MethodScore> methods, Optional<VaeScore> vae) {

	/** What the numbers mean. */
	private static final String LEGEND =
		"""

			IoU (soft alpha IoU, higher is better) and L1 (RGB, 0…1, lower is better) follow the LayerD protocol at 0 and at up to 5 merges.
			Every figure is scored; *skipped* counts those the published evaluation would leave out, because a side has fewer than two layers.
			*Recomposition*: mean and largest difference, in 8-bit levels, between the composite of the layers and the input.
			*Empty*: share of the layers with fewer than 4 pixels of alpha above 1/5. *Duplicate*: share of what layers above the bottom show that a
			layer below shows again, in the same place and colour; the truth's own rate is what a perfect answer has.
			*±1*: share of the figures with the true number of layers, or one more or less.
			*Seconds* are per figure and without loading weights; *GB* is the peak of the whole process; what Java has
			taken from the system it keeps, so for one method's own peak run it alone.
			*truth* scores the true layers themselves, to check the measures.
			""";

	String markdown() {
		final int figures = methods.get(0).figures().size();
		final StringBuilder text = new StringBuilder();
		text.append(String.format(Locale.ROOT,
			"# Evaluation%n%n%d figures, %.2f true layers each. Model: %s. Layers asked for: %s.%n%n", figures,
			methods.get(0).mean(f -> f.figure().layers().size()), model, layers));
		text.append(
			"| method | IoU@0 | IoU@5 | L1@0 | L1@5 | recomposition mean / max | empty | duplicate | layers | ±1 | skipped | seconds | GB |\n");
		text.append("|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
		for (final MethodScore m : methods) text.append(row(m));
		text.append(columns("split", TruthFigure::split)).append(rows("family", TruthFigure::family));
		vae.ifPresent(v -> text.append(String.format(Locale.ROOT,
			"""

				RGBA-VAE alone, on the same figures (PSNR and SSIM over nine solid colours, as AlphaVAE does; %.0f dB at most):

				| | blended PSNR | blended SSIM |
				|---|---|---|
				| true layers | %.2f dB | %.4f |
				| inputs | %.2f dB | %.4f |

				Thin layers (%d): alpha IoU %.3f. Saturation kept: %.3f. Encoding and decoding: %.2f s per layer.
				""",
			(double) BlendedReconstruction.CAP, v.layerPsnr(), v.layerSsim(), v.inputPsnr(), v.inputSsim(),
			v.thinLayers(), v.thinAlphaIou(), v.saturationKept(), v.secondsPerLayer())));
		return text.append(LEGEND).toString();
	}

	/** A table with a column for each kind of figure, if there are several kinds; otherwise nothing. */
	private String columns(final String of, final Function<TruthFigure, String> kind) {
		final List<String> kinds = kinds(kind);
		if (kinds.size() < 2) return "";
		final StringBuilder text = new StringBuilder("\nBy " + of + ", IoU@0 / IoU@5 and L1@0 / L1@5:\n\n| method |");
		for (final String k : kinds)
			text.append(String.format(Locale.ROOT, " %s (%d) |", named(k, of),
				methods.get(0).of(f -> kind.apply(f).equals(k)).figures().size()));
		text.append("\n|---").append("|---".repeat(kinds.size())).append("|\n");
		for (final MethodScore all : methods) {
			text.append("| ").append(all.method()).append(" |");
			for (final String k : kinds) {
				final MethodScore m = all.of(f -> kind.apply(f).equals(k));
				text.append(
					String.format(Locale.ROOT, " %.3f / %.3f, %.3f / %.3f |", m.iou(0), m.iou(5), m.l1(0), m.l1(5)));
			}
			text.append('\n');
		}
		return text.toString();
	}

	/** The same turned: kinds can be many, so each has a row, with IoU alone. */
	private String rows(final String of, final Function<TruthFigure, String> kind) {
		final List<String> kinds = kinds(kind);
		if (kinds.size() < 2) return "";
		final StringBuilder text = new StringBuilder("\nBy " + of + ", IoU@0 / IoU@5:\n\n| " + of + " | layers |");
		for (final MethodScore m : methods) text.append(' ').append(m.method()).append(" |");
		text.append("\n|---|---").append("|---".repeat(methods.size())).append("|\n");
		for (final String k : kinds) {
			final List<MethodScore> own = methods.stream().map(m -> m.of(f -> kind.apply(f).equals(k))).toList();
			text.append(String.format(Locale.ROOT, "| %s (%d) | %.2f |", named(k, of), own.get(0).figures().size(),
				own.get(0).mean(f -> f.figure().layers().size())));
			for (final MethodScore m : own)
				text.append(String.format(Locale.ROOT, " %.3f / %.3f |", m.iou(0), m.iou(5)));
			text.append('\n');
		}
		return text.toString();
	}

	private List<String> kinds(final Function<TruthFigure, String> kind) {
		return methods.get(0).figures().stream().map(f -> kind.apply(f.figure())).distinct().sorted().toList();
	}

	private static String named(final String kind, final String of) {
		return kind.isEmpty() ? "no " + of : kind;
	}

	private static String row(final MethodScore m) {
		final String memory =
			m.peakMemory().isPresent() ? String.format(Locale.ROOT, "%.2f", m.peakMemory().getAsLong() / 1e9) : "–";
		return String.format(Locale.ROOT,
			"| %s | %.3f | %.3f | %.3f | %.3f | %.2f / %d | %.3f | %.3f | %.2f | %.2f | %d | %.2f | %s |%n", m.method(),
			m.iou(0), m.iou(5), m.l1(0), m.l1(5), m.mean(f -> f.facts().meanError()),
			m.figures().stream().mapToInt(f -> f.facts().maxError()).max().orElse(0),
			m.mean(f -> f.facts().emptyRate()), m.mean(f -> f.facts().duplicateRate()), m.mean(f -> f.facts().layers()),
			m.mean(f -> f.countsNearly() ? 1 : 0), m.figures().stream().filter(FigureScore::publishedSkips).count(),
			m.mean(FigureScore::seconds), memory);
	}

	/** All of it, figure by figure. */
	String json() {
		final JsonObject all = new JsonObject();
		all.addProperty("format", "decompose-layers evaluation 1");
		all.addProperty("model", model);
		all.addProperty("layers", layers);
		vae.ifPresent(v -> {
			final JsonObject json = new JsonObject();
			json.addProperty("layerPsnr", v.layerPsnr());
			json.addProperty("layerSsim", v.layerSsim());
			json.addProperty("inputPsnr", v.inputPsnr());
			json.addProperty("inputSsim", v.inputSsim());
			// JSON has no NaN: no thin layer, no number.
			if (v.thinLayers() > 0) json.addProperty("thinAlphaIou", v.thinAlphaIou());
			json.addProperty("thinLayers", v.thinLayers());
			if (Double.isFinite(v.saturationKept())) json.addProperty("saturationKept", v.saturationKept());
			json.addProperty("secondsPerLayer", v.secondsPerLayer());
			all.add("vae", json);
		});
		final JsonArray array = new JsonArray();
		for (final MethodScore m : methods) array.add(json(m));
		all.add("methods", array);
		return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all) + "\n";
	}

	private static JsonObject json(final MethodScore m) {
		final JsonObject method = new JsonObject();
		method.addProperty("method", m.method());
		final JsonArray iou = new JsonArray();
		final JsonArray l1 = new JsonArray();
		for (int k = 0; k <= LayerD.MERGES; k++) {
			iou.add(m.iou(k));
			l1.add(m.l1(k));
		}
		method.add("alphaIou", iou);
		method.add("rgbL1", l1);
		m.peakMemory().ifPresent(b -> method.addProperty("peakMemory", b));
		final JsonArray figures = new JsonArray();
		for (final FigureScore f : m.figures()) figures.add(json(f));
		method.add("figures", figures);
		return method;
	}

	private static JsonObject json(final FigureScore f) {
		final JsonObject figure = new JsonObject();
		figure.addProperty("figure", f.figure().name());
		figure.addProperty("family", f.figure().family());
		figure.addProperty("split", f.figure().split());
		figure.addProperty("trueLayers", f.figure().layers().size());
		figure.addProperty("asked", f.asked());
		figure.addProperty("layers", f.facts().layers());
		final JsonArray levels = new JsonArray();
		for (final LayerD.Level level : f.layerd().levels()) {
			final JsonObject json = new JsonObject();
			json.addProperty("alphaIou", level.alphaIou());
			json.addProperty("rgbL1", level.rgbL1());
			levels.add(json);
		}
		figure.add("merges", levels);
		figure.addProperty("meanError", f.facts().meanError());
		figure.addProperty("maxError", f.facts().maxError());
		figure.addProperty("emptyRate", f.facts().emptyRate());
		figure.addProperty("duplicateRate", f.facts().duplicateRate());
		figure.addProperty("skippedByPublished", f.publishedSkips());
		figure.addProperty("seconds", f.seconds());
		return figure;
	}
}
