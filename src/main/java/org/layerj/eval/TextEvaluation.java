package org.layerj.eval;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.layerj.common.Progress;
import org.layerj.io.PictureReader;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FoundText;
import org.layerj.text.Quad;
import org.layerj.text.TextFinder;
import org.layerj.text.TextMatte;
import org.layerj.text.TextWord;
import org.layerj.text.WordMatte;
import org.layerj.torch.Device;

/**
 * Measures how well text is found and read, on a set made by {@code training/make_text_set.py}. <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=org.layerj.eval.TextEvaluation -Dexec.args="SET [plain picture figure foreign empty]"
 * }</pre>
 * <p>
 * <em>Characters right</em>: of each true line the words found within its place are joined in reading order; 1 − (edit
 * distance / true characters), summed over lines, an edit distance counting for at most the line's length. <em>Words
 * found</em>: true words that stand in the right place to the last character. By font size in pixels; letters are
 * smaller than their font, capitals by a third and an x by half. <em>Beside</em>: words found in pictures with text
 * that have no true line where they are. <em>Text pixels IoU</em>: Σ min / Σ max over all pixels of the mattes and of
 * what the set says is text.
 */
public final class TextEvaluation {

	private record Word(String text, double x, double y, double w, double h, double angle) {

		Quad quad() {
			return new Quad(x, y, Math.max(1, w), Math.max(1, h), angle);
		}
	}

	private record Line(String text, double size, double x, double y, double w, double h, double angle,
		List<Word> words)
	{

		Quad quad() {
			return new Quad(x, y, Math.max(1, w), Math.max(1, h), angle);
		}
	}

	private record Truth(List<Line> lines) {}

	/** What was right of how many. */
	private static final class Score {

		private int characters;
		private int charactersRight;
		private int words;
		private int wordsRight;

		void add(final Score s) {
			characters += s.characters;
			charactersRight += s.charactersRight;
			words += s.words;
			wordsRight += s.wordsRight;
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "characters right %5.1f %% of %5d   words found %5.1f %% of %4d",
				100.0 * charactersRight / Math.max(1, characters), characters, 100.0 * wordsRight / Math.max(1, words),
				words);
		}
	}

	private final TextFinder finder = new TextFinder(Device.CPU);
	private final List<String> mistakes = new ArrayList<>();

	private TextEvaluation() {}

	public static void main(final String[] args) throws IOException {
		final Path set = Path.of(args[0]);
		final List<String> kinds = args.length > 1 ? List.of(args).subList(1, args.length)
			: List.of("plain", "picture", "figure", "foreign", "empty");
		final TextEvaluation evaluation = new TextEvaluation();
		for (final String kind : kinds) evaluation.kind(set.resolve(kind), kind);
		System.out.println();
		evaluation.mistakes.forEach(System.out::println);
		evaluation.finder.close();
	}

	/** The pictures of a folder of the set, without what is known of them. */
	static List<Path> pictures(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(f -> f.toString().endsWith(".png") && !f.toString().endsWith("-text.png")
				&& !f.toString().endsWith("-mask.png")).sorted().toList();
		}
	}

	private void kind(final Path folder, final String kind) throws IOException {
		final Map<Double, Score> bySize = new TreeMap<>();
		final Score all = new Score();
		final Score readable = new Score();
		int boxes = 0;
		int beside = 0;
		double seconds = 0;
		double megapixels = 0;
		double both = 0;
		double either = 0;
		for (final Path file : pictures(folder)) {
			final RgbaImage picture = PictureReader.read(file).image();
			final long start = System.nanoTime();
			final FoundText found = finder.find(picture, Progress.none());
			seconds += (System.nanoTime() - start) / 1e9;
			megapixels += picture.width() * picture.height() / 1e6;
			final String name = kind + "/" + file.getFileName();
			if (kind.equals("empty")) {
				boxes += found.words().size();
				found.lines()
					.forEach(l -> mistakes.add(String.format(Locale.ROOT,
						"%s: nothing there, read \"%s\" (%.2f) at %.0f, %.0f, %.0f x %.0f", name, l.text(),
						l.confidence(), l.quad().x(), l.quad().y(), l.quad().width(), l.quad().height())));
				continue;
			}
			final Truth truth =
				new Gson().fromJson(Files.readString(Path.of(file.toString().replaceAll("png$", "json"))), Truth.class);
			final Path pixels = Path.of(file.toString().replaceAll("\\.png$", "-text.png"));
			if (Files.exists(pixels)) {
				final double[] shared = overlap(picture, found, PictureReader.read(pixels).image());
				both += shared[0];
				either += shared[1];
				System.out.printf(Locale.ROOT, "  %s text pixels IoU %.3f%n", name, shared[0] / shared[1]);
			}
			for (final TextWord w : found.words()) {
				if (truth.lines().stream().anyMatch(l -> within(w.quad(), place(l)))) continue;
				beside++;
				mistakes.add(String.format(Locale.ROOT, "%s: beside \"%s\" at %.0f, %.0f", name, w.text(), w.quad().x(),
					w.quad().y()));
			}
			for (final Line line : truth.lines()) {
				final Score score = line(line, found, name);
				bySize.computeIfAbsent(line.size(), s -> new Score()).add(score);
				all.add(score);
				if (line.size() >= 12) readable.add(score);
			}
		}
		System.out.printf(Locale.ROOT, "%s: %.1f s, %.2f megapixels%n", kind, seconds, megapixels);
		if (kind.equals("empty")) System.out.println("  words found where there are none: " + boxes);
		else System.out.println("  all      " + all + "   beside " + beside);
		if (either > 0) System.out.printf(Locale.ROOT, "  text pixels IoU %.3f%n", both / either);
		if (bySize.size() > 1) System.out.println("  12 px up " + readable);
		if (kind.equals("plain") || kind.equals("picture"))
			bySize.forEach((size, score) -> System.out.printf(Locale.ROOT, "  %3.0f px   %s%n", size, score));
	}

	/** Σ min and Σ max of what the mattes of all words cover and what is text. */
	private static double[] overlap(final RgbaImage picture, final FoundText found, final RgbaImage truth) {
		final float[] covered = new float[picture.width() * picture.height()];
		for (final WordMatte m : TextMatte.of(picture, found)) {
			for (int y = 0, k = 0; y < m.bounds().height(); y++) for (int x = 0; x < m.bounds().width(); x++, k++) {
				final int at = (m.bounds().y() + y) * picture.width() + m.bounds().x() + x;
				covered[at] = Math.max(covered[at], m.alpha()[k]);
			}
		}
		final double[] out = new double[2];
		for (int i = 0; i < covered.length; i++) {
			final double t = (truth.plane(RgbaImage.RED)[i] & 0xff) / 255.0;
			out[0] += Math.min(t, covered[i]);
			out[1] += Math.max(t, covered[i]);
		}
		return out;
	}

	private Score line(final Line line, final FoundText found, final String name) {
		final Quad place = place(line);
		final List<TextWord> inside = found.words()
			.stream()
			.filter(w -> within(w.quad(), place))
			.sorted(Comparator
				.comparingDouble(w -> w.quad().x() * Math.cos(line.angle()) + w.quad().y() * Math.sin(line.angle())))
			.toList();
		final String wanted = plain(line.text());
		final String read = plain(inside.stream().map(TextWord::text).collect(Collectors.joining(" ")));
		final Score score = new Score();
		score.characters = wanted.length();
		score.charactersRight = wanted.length() - Math.min(wanted.length(), distance(wanted, read));
		for (final Word w : line.words()) {
			score.words++;
			if (inside.stream()
				.anyMatch(f -> plain(f.text()).equals(plain(w.text()))
					&& within(f.quad(), w.quad().grown(0.3 * line.size()))))
				score.wordsRight++;
		}
		if (!wanted.equals(read))
			mistakes.add(String.format(Locale.ROOT, "%s: %.0f px \"%s\" read \"%s\" at %.0f, %.0f, %.0f°", name,
				line.size(), wanted, read, line.x(), line.y(), Math.toDegrees(line.angle())));
		return score;
	}

	/** Where words of a line may have their middle. */
	private static Quad place(final Line line) {
		return line.quad().grown(0.15 * line.size());
	}

	private static boolean within(final Quad q, final Quad place) {
		final double dx = q.x() - place.x();
		final double dy = q.y() - place.y();
		final double c = Math.cos(place.angle());
		final double s = Math.sin(place.angle());
		return Math.abs(dx * c + dy * s) <= place.width() / 2 && Math.abs(dy * c - dx * s) <= place.height() / 2;
	}

	/**
	 * What cannot be distinguished by sight counts as the same: hyphen and minus, micro sign and mu, Greek and Latin
	 * capitals are not folded.
	 */
	private static String plain(final String text) {
		return text.strip().replaceAll("\\s+", " ").replace('−', '-').replace('–', '-').replace('μ', 'µ');
	}

	/** Levenshtein. */
	private static int distance(final String a, final String b) {
		int[] row = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) row[j] = j;
		for (int i = 1; i <= a.length(); i++) {
			final int[] next = new int[b.length() + 1];
			next[0] = i;
			for (int j = 1; j <= b.length(); j++)
				next[j] = Math.min(Math.min(next[j - 1], row[j]) + 1,
					row[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
			row = next;
		}
		return row[b.length()];
	}
}
