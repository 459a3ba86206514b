package org.layerj.eval;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.layerj.common.Progress;
import org.layerj.io.PictureReader;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FigureCheck;
import org.layerj.text.FigureCheck.Finding;
import org.layerj.text.FigureCheck.Kind;
import org.layerj.text.TextFinder;
import org.layerj.torch.Device;

/**
 * Measures how well faults of figures are found, on a set with planted faults made by
 * {@code training/make_check_set.py}. <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=org.layerj.eval.FigureCheckEvaluation -Dexec.args="SET/tune|SET/test [PART OF A NAME]"
 * }</pre> For each figure what was planted and what was found, with the messages where they differ; then for each kind
 * of fault and each program that rendered figures, in how many figures it was planted and found, missed, and found
 * where it was not planted.
 */
public final class FigureCheckEvaluation {

	/** Points and dpi that the set's figures are made for. */
	private static final double POINTS = 6, DPI = 300;
	private static final String ALL = "all";

	private record Truth(double width, double dpi, String renderer, List<String> panels, Map<String, String> planted) {}

	/** Numbers of figures. */
	private static final class Score {

		private int found;
		private int missed;
		private int beside;

		void add(final boolean is, final boolean was) {
			if (is && was) found++;
			if (is && !was) missed++;
			if (!is && was) beside++;
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "planted %2d, found %2d, missed %2d, found where not planted %2d",
				found + missed, found, missed, beside);
		}
	}

	private FigureCheckEvaluation() {}

	public static void main(final String[] args) throws IOException {
		final Map<Kind, Map<String, Score>> scores = new TreeMap<>();
		int figures = 0;
		try (TextFinder finder = new TextFinder(Device.CPU)) {
			for (final Path file : TextEvaluation.pictures(Path.of(args[0]))) {
				if (args.length > 1 && !file.getFileName().toString().contains(args[1])) continue;
				final Truth truth = new Gson()
					.fromJson(Files.readString(Path.of(file.toString().replaceAll("png$", "json"))), Truth.class);
				final RgbaImage picture = PictureReader.read(file).image();
				final List<Finding> findings =
					new FigureCheck(truth.width, POINTS, DPI).of(picture, finder, Progress.none());
				final Set<String> found =
					findings.stream().map(f -> f.kind().key()).collect(Collectors.toCollection(TreeSet::new));
				for (final Kind kind : Kind.values())
					for (final String group : List.of(truth.renderer, ALL))
						scores.computeIfAbsent(kind, k -> new TreeMap<>())
							.computeIfAbsent(group, g -> new Score())
							.add(truth.planted.containsKey(kind.key()), found.contains(kind.key()));
				figures++;
				final boolean right = found.equals(truth.planted.keySet());
				System.out.printf("%-20s %s planted %s found %s %s%n", file.getFileName(), truth.panels, truth.planted,
					found, right ? "" : "WRONG");
				if (!right) findings.stream()
					.filter(f -> !truth.planted.containsKey(f.kind().key()))
					.forEach(f -> System.out.println("    not planted: " + f.message()));
			}
		}
		System.out.println(figures + " figures");
		for (final Kind kind : Kind.values())
			scores.getOrDefault(kind, Map.of())
				.forEach((group, score) -> System.out.printf("%-10s %-11s %s%n", kind.key(), group, score));
	}
}
