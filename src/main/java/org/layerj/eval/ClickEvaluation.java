package org.layerj.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.ModelName;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.Elements;
import org.layerj.layers.RgbaImage;

/**
 * Measures how many clicks put a decomposition right: a simulated user picks an element and sends it to the layer that
 * it belongs to, again and again, until the mean IoU of the visible pixels of the true layers is .80, then .90. Every
 * step is the one that gains most pixels per click; a click takes the smallest element at a place, each further click
 * the next larger one around it. The same with the smallest elements only. <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=org.layerj.eval.ClickEvaluation -Dexec.args="TRUTH [FIRST LAST]"
 * }</pre> {@code TRUTH} holds figures as {@link TruthFigure} reads them.
 */
public final class ClickEvaluation {

	private static final int MOST = 400;
	private static final double[] GOALS = { .80, .90 };

	private ClickEvaluation() {}

	public static void main(final String[] args) throws IOException {
		final List<Path> all = TruthFigure.folders(Path.of(args[0]));
		final List<Path> some =
			args.length > 2 ? all.subList(Integer.parseInt(args[1]), Integer.parseInt(args[2])) : all;
		final List<int[]> leaves = new ArrayList<>();
		final List<int[]> hierarchy = new ArrayList<>();
		try (Decomposer model = Decomposers.open(ModelName.of("built-in"), "auto")) {
			for (final Path folder : some) {
				final TruthFigure figure = TruthFigure.read(folder);
				final Decomposition found = model.decompose(figure.input(),
					DecomposeOptions.defaults().withLayers(figure.layers().size()), Progress.none());
				final Elements elements = found.elements().orElseThrow();
				final int[] truth = top(figure.layers());
				final int[] now = matched(
					top(found.layers().layers().stream().map(l -> ModelMethod.onCanvas(found.layers(), l)).toList()),
					truth, found.layers().size(), figure.layers().size());
				final double start = iou(now, truth, figure.layers().size());
				final int[] with = clicks(elements, now, truth, figure.layers().size(), false);
				final int[] without = clicks(elements, now, truth, figure.layers().size(), true);
				hierarchy.add(with);
				leaves.add(without);
				System.out.printf(Locale.ROOT,
					"%s: %d elements, IoU %.3f, at best %.3f, clicks %s; smallest elements only %s%n", figure.name(),
					elements.list().size(), start, best(elements, truth, figure.layers().size()), text(with),
					text(without));
			}
		}
		print("elements", hierarchy);
		print("smallest elements only", leaves);
	}

	private static String text(final int[] clicks) {
		return Arrays.toString(Arrays.stream(clicks).mapToObj(c -> c > MOST ? "never" : String.valueOf(c)).toArray());
	}

	private static void print(final String what, final List<int[]> clicks) {
		for (int g = 0; g < GOALS.length; g++) {
			final int goal = g;
			final int[] sorted = clicks.stream().mapToInt(c -> c[goal]).sorted().toArray();
			System.out.printf(Locale.ROOT,
				"%s, mean IoU %.2f: median %d clicks (quartiles %d, %d), never in %d of %d%n", what, GOALS[g],
				sorted[sorted.length / 2], sorted[sorted.length / 4], sorted[3 * sorted.length / 4],
				Arrays.stream(sorted).filter(c -> c > MOST).count(), sorted.length);
		}
	}

	/** For every pixel the layer of which most is seen. */
	private static int[] top(final List<RgbaImage> layers) {
		final int[] top = new int[layers.get(0).plane(0).length];
		for (int i = 0; i < top.length; i++) {
			double through = 1;
			double most = 0;
			for (int k = layers.size() - 1; k >= 0; k--) {
				final double a = (layers.get(k).plane(RgbaImage.ALPHA)[i] & 0xff) / 255.0;
				if (a * through > most) {
					most = a * through;
					top[i] = k;
				}
				through *= 1 - a;
			}
		}
		return top;
	}

	/**
	 * The true layer of every pixel's layer: pairs of the largest overlap, one for one; what is left over is merged
	 * with the true layer that it overlaps most.
	 */
	private static int[] matched(final int[] found, final int[] truth, final int foundLayers, final int trueLayers) {
		final long[][] both = new long[foundLayers][trueLayers];
		final long[] ofFound = new long[foundLayers];
		final long[] ofTruth = new long[trueLayers];
		for (int i = 0; i < found.length; i++) {
			both[found[i]][truth[i]]++;
			ofFound[found[i]]++;
			ofTruth[truth[i]]++;
		}
		final int[] to = new int[foundLayers];
		Arrays.fill(to, -1);
		final boolean[] taken = new boolean[trueLayers];
		for (int n = 0; n < Math.min(foundLayers, trueLayers); n++) {
			double best = -1;
			int f = 0;
			int t = 0;
			for (int a = 0; a < foundLayers; a++) for (int b = 0; b < trueLayers; b++) {
				final double iou = (double) both[a][b] / Math.max(1, ofFound[a] + ofTruth[b] - both[a][b]);
				if (to[a] >= 0 || taken[b] || iou <= best) continue;
				best = iou;
				f = a;
				t = b;
			}
			to[f] = t;
			taken[t] = true;
		}
		for (int a = 0; a < foundLayers; a++) if (to[a] < 0) {
			to[a] = 0;
			for (int b = 1; b < trueLayers; b++) if (both[a][b] > both[a][to[a]]) to[a] = b;
		}
		return Arrays.stream(found).map(f -> to[f]).toArray();
	}

	private static double iou(final int[] now, final int[] truth, final int layers) {
		final long[] both = new long[layers];
		final long[] either = new long[layers];
		for (int i = 0; i < now.length; i++) {
			either[now[i]]++;
			if (now[i] == truth[i]) both[now[i]]++;
			else either[truth[i]]++;
		}
		double sum = 0;
		int n = 0;
		for (int k = 0; k < layers; k++) if (either[k] > 0) {
			sum += (double) both[k] / either[k];
			n++;
		}
		return sum / n;
	}

	/** Mean IoU when every smallest element is in the layer that most of it belongs to. */
	private static double best(final Elements elements, final int[] truth, final int layers) {
		final long[][] count = new long[elements.list().size() + 1][layers];
		for (int i = 0; i < truth.length; i++) count[elements.labels()[i]][truth[i]]++;
		final int[] to = new int[count.length];
		for (int id = 0; id < to.length; id++)
			for (int k = 1; k < layers; k++) if (count[id][k] > count[id][to[id]]) to[id] = k;
		return iou(Arrays.stream(elements.labels()).map(id -> to[id]).toArray(), truth, layers);
	}

	/** Clicks until each goal; more than {@link #MOST} if it is not reached. */
	private static int[] clicks(final Elements elements, final int[] start, final int[] truth, final int layers,
		final boolean smallest)
	{
		final int n = elements.list().size();
		// Pixels by smallest element, layer now and true layer.
		final long[][][] count = new long[n + 1][layers][layers];
		for (int i = 0; i < start.length; i++) count[elements.labels()[i]][start[i]][truth[i]]++;
		final boolean[] leaf = new boolean[n + 1];
		final int[] cost = new int[n + 1];
		for (final Element e : elements.smallest()) {
			leaf[e.id()] = true;
			// A click takes a part or word; its pieces are one click farther, and so is each larger element.
			int clicks = e.kind() == ElementKind.PIECE ? 2 : 1;
			cost[e.id()] = clicks;
			for (Element x = e; x.parent() != 0;) {
				x = elements.get(x.parent());
				clicks =
					clicks == 2 && x.kind() == ElementKind.PART && e.kind() == ElementKind.PIECE && x.id() == e.parent()
						? 1 : clicks + 1;
				cost[x.id()] = cost[x.id()] == 0 ? clicks : Math.min(cost[x.id()], clicks);
			}
		}
		final int[] out = { MOST + 1, MOST + 1 };
		int clicks = 0;
		while (clicks <= MOST) {
			final double iou = iou(count, layers);
			for (int g = 0; g < GOALS.length; g++) if (iou >= GOALS[g]) out[g] = Math.min(out[g], clicks);
			if (out[GOALS.length - 1] <= MOST) break;
			double best = 0;
			int element = 0;
			int target = 0;
			for (int id = 1; id <= n; id++) {
				if (smallest && !leaf[id]) continue;
				for (int t = 0; t < layers; t++) {
					final double gain = (double) gain(elements, count, id, t, layers) / cost[id];
					if (gain <= best) continue;
					best = gain;
					element = id;
					target = t;
				}
			}
			if (element == 0) break;
			clicks += cost[element];
			for (int id = 1; id <= n; id++) {
				if (!leaf[id] || !elements.isPart(elements.get(id), elements.get(element))) continue;
				for (int s = 0; s < layers; s++) for (int k = 0; k < layers && s != target; k++) {
					count[id][target][k] += count[id][s][k];
					count[id][s][k] = 0;
				}
			}
		}
		return out;
	}

	private static long gain(final Elements elements, final long[][][] count, final int id, final int target,
		final int layers)
	{
		long gain = 0;
		for (int leaf = 1; leaf <= id; leaf++) {
			if (!elements.isPart(elements.get(leaf), elements.get(id))) continue;
			for (int s = 0; s < layers; s++) if (s != target) gain += count[leaf][s][target] - count[leaf][s][s];
		}
		return gain;
	}

	private static double iou(final long[][][] count, final int layers) {
		double sum = 0;
		int n = 0;
		for (int k = 0; k < layers; k++) {
			long both = 0;
			long either = 0;
			for (final long[][] one : count) {
				both += one[k][k];
				for (int j = 0; j < layers; j++) either += one[k][j] + (j == k ? 0 : one[j][k]);
			}
			if (either == 0) continue;
			sum += (double) both / either;
			n++;
		}
		return sum / n;
	}
}
