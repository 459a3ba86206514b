package org.layerj.refine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.layerj.common.Progress;
import org.layerj.eval.LayerD;
import org.layerj.eval.TruthFigure;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.provenance.Kind;
import org.layerj.segment.FoundLayers;
import org.layerj.segment.SegmentProposal;

/**
 * What the limit of {@link SmallOverlaps} does to the scores of the built-in default: IoU and L1 at 0 and 5 merges,
 * means over figures, and differences from no limit, with 95 % of their spread. <pre>{@code
 * java -cp "$CP" org.layerj.refine.OverlapEvaluation FIGURES
 * }</pre>
 */
final class OverlapEvaluation {

	private static final double[] TOUCH = { 0, .05, .1, .2, .4, .8 };

	private OverlapEvaluation() {}

	public static void main(final String[] args) throws IOException {
		final List<double[][]> all = new ArrayList<>();
		try (SegmentProposal proposal = new SegmentProposal()) {
			for (final Path folder : TruthFigure.folders(Path.of(args[0]))) {
				final TruthFigure figure = TruthFigure.read(folder);
				final FoundLayers found =
					proposal.of(figure.input(), OptionalInt.of(figure.layers().size()), Progress.none());
				final double[][] scores = new double[TOUCH.length][];
				for (int k = 0; k < TOUCH.length; k++) {
					final LayerStack stack =
						new Refinement(figure.input(), Kind.COMPUTED, Set.of(), false).of(found.background(),
							found.layers(), found.letters(), found.textLayer(), TOUCH[k], Progress.none());
					final LayerD.Result result = LayerD.evaluate(stack.layers().stream().map(Layer::pixels).toList(),
						figure.layers(), LayerD.MERGES);
					scores[k] = new double[] { result.at(0).alphaIou(), result.at(LayerD.MERGES).alphaIou(),
						result.at(0).rgbL1(), result.at(LayerD.MERGES).rgbL1() };
				}
				all.add(scores);
			}
		}
		for (int k = 0; k < TOUCH.length; k++) {
			final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "| %.2f |", TOUCH[k]));
			for (int m = 0; m < 4; m++) {
				double mean = 0;
				double change = 0;
				double square = 0;
				for (final double[][] s : all) {
					mean += s[k][m] / all.size();
					change += (s[k][m] - s[0][m]) / all.size();
					square += (s[k][m] - s[0][m]) * (s[k][m] - s[0][m]) / all.size();
				}
				line.append(String.format(Locale.ROOT, " %.3f (%+.3f ± %.3f) |", mean, change,
					1.96 * Math.sqrt((square - change * change) / all.size())));
			}
			System.out.println(line);
		}
	}
}
