package org.layerj.eval;

import com.google.gson.Gson;
import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.layerj.common.Progress;
import org.layerj.io.PictureReader;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FoundText;
import org.layerj.text.Quad;
import org.layerj.text.TextBlock;
import org.layerj.text.TextFinder;
import org.layerj.text.TextLine;
import org.layerj.text.TextMatte;
import org.layerj.text.TextStyle;
import org.layerj.text.TextStyle.Family;
import org.layerj.text.TextStyles;
import org.layerj.text.TextWord;

/**
 * Measures how well the style of text is estimated, on a set made by {@code training/make_text_set.py}: of the folders
 * {@code plain} and {@code picture}, where fonts and colours are known. <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=org.layerj.eval.TextStyleEvaluation -Dexec.args="SET [known]"
 * }</pre>
 * <p>
 * Counted are lines of 8 pixels and more that were read right to the last character; with {@code known} text and place
 * are taken from the set and nothing is read. Size: within 5 % of the font's. Colour: no channel is off by more than 10
 * levels; outlined lines included. Family: serif, sans or mono.
 */
public final class TextStyleEvaluation {

	private record Line(String text, double size, double x, double y, double w, double h, double angle, String face,
		int[] colour)
	{

		Family family() {
			if (face.matches("(?i).*(hack|mono|courier|cmuntt).*")) return Family.MONO;
			return face.matches("(?i).*(stix|cmunbx|cmunrm|cmunti|caladea|serif|roman|times).*") ? Family.SERIF
				: Family.SANS;
		}

		boolean bold() {
			return face.matches(".*(Bold|cmunbx).*");
		}

		boolean italic() {
			return face.matches(".*(Italic|cmunti).*");
		}
	}

	private record Truth(List<Line> lines) {}

	/** How many lines were right in what. */
	private static final class Score {

		private int lines;
		private int styled;
		private int size;
		private int colour;
		private int family;
		private int bold;
		private int italic;
		private final List<Double> ratios = new ArrayList<>();

		void add(final Line line, final Optional<TextStyle> style) {
			lines++;
			if (style.isEmpty()) return;
			final TextStyle s = style.get();
			styled++;
			final double ratio = s.size() / line.size();
			ratios.add(ratio);
			if (Math.abs(ratio - 1) <= 0.05) size++;
			int off = 0;
			for (int c = 0; c < 3; c++) off = Math.max(off, Math.abs((s.rgb() >> 16 - 8 * c & 0xff) - line.colour[c]));
			if (off <= 10) colour++;
			if (s.family() == line.family()) family++;
			if (s.bold() == line.bold()) bold++;
			if (s.italic() == line.italic()) italic++;
		}

		@Override
		public String toString() {
			final List<Double> sorted = ratios.stream().sorted().toList();
			return String.format(Locale.ROOT,
				"%4d lines, with a style %4d: size %5.1f %% (median ratio %.3f)  colour %5.1f %%  family %5.1f %%  bold %5.1f %%  italic %5.1f %%",
				lines, styled, 100.0 * size / lines, sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2),
				100.0 * colour / lines, 100.0 * family / lines, 100.0 * bold / lines, 100.0 * italic / lines);
		}
	}

	private static final double LEAST = 8;

	private TextStyleEvaluation() {}

	public static void main(final String[] args) throws IOException {
		final boolean known = args.length > 1 && args[1].equals("known");
		final Score all = new Score();
		final Map<String, Score> by = new TreeMap<>();
		double seconds = 0;
		try (TextFinder finder = new TextFinder()) {
			for (final String kind : List.of("plain", "picture"))
				for (final Path file : files(Path.of(args[0], kind)))
				{
					final Truth truth = new Gson().fromJson(Files.readString(file), Truth.class);
					final RgbaImage picture =
						PictureReader.read(Path.of(file.toString().replaceAll("json$", "png"))).image();
					final FoundText found = known ? given(truth) : finder.find(picture, Progress.none());
					final long start = System.nanoTime();
					final TextStyles.Styles styles = TextStyles.of(picture, found, TextMatte.of(picture, found));
					seconds += (System.nanoTime() - start) / 1e9;
					for (final Line line : truth.lines()) {
						if (line.size() < LEAST) continue;
						final List<TextLine> lines = found.lines();
						for (int k = 0; k < lines.size(); k++) {
							if (!lines.get(k).text().equals(line.text())
								|| Math.hypot(lines.get(k).quad().x() - line.x(),
									lines.get(k).quad().y() - line.y()) > line.size())
								continue;
							all.add(line, styles.lines().get(k));
							by.computeIfAbsent(kind, s -> new Score()).add(line, styles.lines().get(k));
							by.computeIfAbsent("font " + line.face(), s -> new Score())
								.add(line, styles.lines().get(k));
							by.computeIfAbsent(line.size() < 12 ? "size  8-11 px"
								: line.size() < 24 ? "size 12-23 px" : "size 24 px up", s -> new Score())
								.add(line, styles.lines().get(k));
							break;
						}
					}
				}
		}
		by.forEach((name, score) -> System.out.printf("%-24s %s%n", name, score));
		System.out.printf(Locale.ROOT, "%-24s %s%n%.1f s%n", "all", all, seconds);
	}

	private static List<Path> files(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
		}
	}

	private static FoundText given(final Truth truth) {
		final List<TextLine> lines = new ArrayList<>();
		for (final Line l : truth.lines()) {
			final Quad quad =
				new Quad(l.x(), l.y(), Math.max(1, l.w()), Math.max(1, l.h()), l.angle()).grown(0.12 * l.size());
			lines.add(new TextLine(l.text(), 1, quad, UnicodeScript.LATIN,
				List.of(new TextWord(l.text(), 1, quad, UnicodeScript.LATIN))));
		}
		return new FoundText(List.of(new TextBlock(lines)));
	}
}
