package org.layerj.eval;

import com.google.gson.Gson;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.ModelName;
import org.layerj.elements.Element;
import org.layerj.elements.Elements;

/**
 * Measures how well elements are found: COCO's average recall (AR), the share of the true elements that one found
 * element, small or large, matches with an IoU of at least .5, .55, … .95, mean over these; with the 100 largest found
 * elements of a figure and with 1000. Also the recall at .5, of thin ones (no more pixels than four times the longer
 * side of their box) at .5, and by role and size (below 32², below 96² pixels, larger). <pre>{@code
 * python training/make_elements.py TRUTH
 * mvn -q compile exec:java -Dexec.mainClass=org.layerj.eval.ElementEvaluation -Dexec.args=TRUTH
 * }</pre> {@code TRUTH} holds figures as {@link TruthFigure} reads them, with the files of that program.
 */
public final class ElementEvaluation {

	/** True elements with fewer visible pixels are left out. */
	private static final int LEAST = 12;
	private static final int SMALL = 32 * 32;
	private static final int MEDIUM = 96 * 96;
	private static final int THIN = 4;
	private static final int[] PROPOSALS = { 100, 1000 };

	/** Sums over true elements: their number, AR with few and with many proposals, recall at .5. */
	private static final class Sum {

		private int count;
		private final double[] recall = new double[PROPOSALS.length];
		private int half;

		void add(final double[] iou) {
			count++;
			for (int p = 0; p < iou.length; p++)
				for (int k = 0; k < 10; k++) if (iou[p] >= .5 + .05 * k - 1e-9) recall[p] += .1;
			if (iou[iou.length - 1] >= .5) half++;
		}
	}

	private ElementEvaluation() {}

	public static void main(final String[] args) throws IOException {
		final Map<String, Sum> sums = new TreeMap<>();
		try (Decomposer model = Decomposers.open(ModelName.of("built-in"), "auto")) {
			for (final Path folder : TruthFigure.folders(Path.of(args[0]))) {
				final TruthFigure figure = TruthFigure.read(folder);
				final Decomposition found =
					model.decompose(figure.input(), DecomposeOptions.defaults(), Progress.none());
				score(folder, found.elements().orElseThrow(), sums);
			}
		}
		System.out.println("| elements | number | AR, 100 | AR, 1000 | recall at .5 |\n|---|---|---|---|---|");
		sums.forEach((what, s) -> System.out.printf(Locale.ROOT, "| %s | %d | %.3f | %.3f | %.3f |%n", what, s.count,
			s.recall[0] / s.count, s.recall[1] / s.count, (double) s.half / s.count));
	}

	private static void score(final Path folder, final Elements found, final Map<String, Sum> sums) throws IOException {
		final String[] roles = new Gson().fromJson(Files.readString(folder.resolve("elements.json")), String[].class);
		final Raster labels = ImageIO.read(folder.resolve("elements.png").toFile()).getRaster();
		final int w = labels.getWidth();
		final int h = labels.getHeight();
		final int[] truth = labels.getSamples(0, 0, w, h, 0, (int[]) null);
		final int[][] box = new int[roles.length + 1][];
		final long[] area = new long[roles.length + 1];
		for (int i = 0; i < truth.length; i++) {
			final int t = truth[i];
			area[t]++;
			if (box[t] == null) box[t] = new int[] { i % w, i / w, i % w, i / w };
			box[t][0] = Math.min(box[t][0], i % w);
			box[t][2] = Math.max(box[t][2], i % w);
			box[t][3] = i / w;
		}
		final int[][] shared = shared(truth, found, roles.length + 1);
		final List<Element> largest = new ArrayList<>(found.list());
		largest.sort(Comparator.comparingLong(e -> -e.area()));
		for (int t = 1; t <= roles.length; t++) {
			if (area[t] < LEAST) continue;
			final double[] iou = new double[PROPOSALS.length];
			for (int p = 0; p < PROPOSALS.length; p++)
				for (final Element e : largest.subList(0, Math.min(PROPOSALS[p], largest.size())))
				{
					final int both = shared[e.id()][t];
					iou[p] = Math.max(iou[p], (double) both / (e.area() + area[t] - both));
				}
			final int side = Math.max(box[t][2] - box[t][0], box[t][3] - box[t][1]) + 1;
			final String size = area[t] < SMALL ? "small" : area[t] < MEDIUM ? "medium" : "large";
			final boolean thin = area[t] <= (long) THIN * side;
			for (final String what : List.of("all", roles[t - 1], size, thin ? "thin " + roles[t - 1] : "not thin"))
				sums.computeIfAbsent(what, k -> new Sum()).add(iou);
		}
	}

	/** For every found element by its id, and true one, the pixels that they share. */
	private static int[][] shared(final int[] truth, final Elements found, final int count) {
		final int[][] shared = new int[found.list().size() + 1][count];
		for (int i = 0; i < truth.length; i++) shared[found.labels()[i]][truth[i]]++;
		for (final Element e : found.list())
			if (e.parent() != 0) Arrays.setAll(shared[e.parent()], t -> shared[e.parent()][t] + shared[e.id()][t]);
		return shared;
	}
}
