package org.layerj.eval;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.layerj.common.Progress;
import org.layerj.elements.Elements;
import org.layerj.elements.ElementsJson;
import org.layerj.elements.TextElements;
import org.layerj.io.PictureReader;
import org.layerj.io.formats.KnownText;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.formats.LayerMetadata;
import org.layerj.io.formats.LiveText;
import org.layerj.io.formats.ReadLine;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FoundText;
import org.layerj.text.LiftedText;
import org.layerj.text.TextFinder;
import org.layerj.text.TextMatte;
import org.layerj.text.TextStyles;
import org.layerj.text.WordMatte;

/**
 * Measures where live text stands when other programs draw the files: reads the pictures of a set, writes their text
 * alone, on magenta, as PPTX, SVG and PDF, has these drawn by LibreOffice, librsvg and PDFBox, and compares the box of
 * each line's letters with that in the picture (area in common over area together). <pre>{@code
 * mvn -q compile exec:java -Dexec.mainClass=org.layerj.eval.LiveTextEvaluation -Dexec.args="FOLDER OUT"
 * }</pre> Needs {@code soffice} and {@code rsvg-convert}.
 */
public final class LiveTextEvaluation {

	private static final int BACKGROUND = 0xff00ff;
	/** Levels by which letters differ from that. */
	private static final int DIFFERENT = 90;
	private static final double AIM = 0.8;

	private LiveTextEvaluation() {}

	public static void main(final String[] args) throws IOException, InterruptedException {
		final Path out = Files.createDirectories(Path.of(args[1]));
		final Map<String, List<Double>> overlaps = new HashMap<>();
		int lines = 0;
		int all = 0;
		try (TextFinder finder = new TextFinder()) {
			for (final Path file : pictures(Path.of(args[0]))) {
				final RgbaImage picture = PictureReader.read(file).image();
				final FoundText found = finder.find(picture, Progress.none());
				if (found.lines().isEmpty()) continue;
				final List<WordMatte> words = TextMatte.of(picture, found);
				final int[] labels = new int[picture.width() * picture.height()];
				final Elements elements = new Elements(picture.width(), picture.height(), labels,
					TextElements.of(picture, found, words, TextStyles.of(picture, found, words), labels, 1))
					.inLayers(id -> "text");
				final int[] background = new int[labels.length];
				Arrays.fill(background, 0xff000000 | BACKGROUND);
				final LayerStack stack = new LayerStack(picture.width(), picture.height(),
					List.of(
						Layer.of("background", "Background",
							RgbaImage.ofArgb(picture.width(), picture.height(), background)),
						Layer.of("text", "Text", LiftedText.of(picture, words).letters())));
				final LayerDocument pixels = new LayerDocument(stack,
					LayerMetadata.titled("t").withElements(Optional.of(ElementsJson.of(elements).toString())));
				final LayerDocument live = pixels.withReadText();
				// What is not sure stays pixels; here it would only be in the way.
				final LayerDocument alone = live.withTexts(live.texts()
					.entrySet()
					.stream()
					.collect(Collectors.toMap(Map.Entry::getKey,
						e -> new LiveText(e.getValue().lines(), e.getValue().letters(), Optional.empty()))));
				final List<KnownText> texts = live.texts().values().stream().flatMap(t -> t.lines().stream()).toList();
				all += found.lines().size();
				lines += texts.size();
				final String stem = file.getFileName().toString().replace(".png", "");
				final Map<String, BufferedImage> drawn = drawn(alone, out, stem, picture.width());
				// As they are in the record, rounded.
				final Elements kept = live.metadata().elements(live.layers()).orElseThrow();
				for (final ReadLine line : ReadLine.of(stack, kept)) {
					if (!texts.contains(line.text())) continue;
					final Optional<Bounds> was = elements.get(line.element()).area() < 4 ? Optional.empty()
						: Optional.of(elements.get(line.element()).bounds());
					if (was.isEmpty()) continue;
					drawn.forEach((program, image) -> overlaps.computeIfAbsent(program, k -> new ArrayList<>())
						.add(overlap(was.get(), shown(image, was.get()))));
				}
			}
		}
		System.out.printf("lines read %d, live %d%n", all, lines);
		overlaps.forEach((program, values) -> {
			final List<Double> sorted = values.stream().sorted().toList();
			System.out.printf(Locale.ROOT, "%-12s %d lines, %.1f %% overlap .8 or more, median %.3f, mean %.3f%n",
				program, sorted.size(), 100.0 * sorted.stream().filter(v -> v >= AIM).count() / sorted.size(),
				sorted.get(sorted.size() / 2), sorted.stream().mapToDouble(v -> v).average().orElse(0));
		});
	}

	private static List<Path> pictures(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(f -> f.toString().endsWith(".png") && !f.toString().endsWith("-text.png"))
				.sorted()
				.toList();
		}
	}

	/** By program; scaled to the picture's size. */
	private static Map<String, BufferedImage> drawn(final LayerDocument document, final Path out, final String stem,
		final int width) throws IOException, InterruptedException
	{
		final Map<String, BufferedImage> drawn = new HashMap<>();
		final Path pdf = LayerFormat.PDF.write(document, out.resolve(stem + ".pdf"), Progress.none());
		try (PDDocument read = Loader.loadPDF(pdf.toFile())) {
			drawn.put("PDFBox", new PDFRenderer(read).renderImage(0, 96 / 72f));
		}
		final Path svg = LayerFormat.SVG.write(document, out.resolve(stem + ".svg"), Progress.none());
		run("rsvg-convert", "-w", "" + width, "-o", out.resolve(stem + "-svg.png").toString(), svg.toString());
		drawn.put("librsvg", ImageIO.read(out.resolve(stem + "-svg.png").toFile()));
		final Path pptx = LayerFormat.PPTX.write(document, out.resolve(stem + ".pptx"), Progress.none());
		Files.createDirectories(out.resolve("office"));
		run("soffice", "-env:UserInstallation=file://" + out.toAbsolutePath().resolve("profile"), "--headless",
			"--convert-to", "pdf", "--outdir", out.resolve("office").toString(), pptx.toString());
		try (PDDocument read = Loader.loadPDF(out.resolve("office").resolve(stem + ".pdf").toFile())) {
			drawn.put("LibreOffice", new PDFRenderer(read).renderImage(0, 96 / 72f));
		}
		return drawn;
	}

	private static void run(final String... command) throws IOException, InterruptedException {
		final int status = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
		if (status != 0) throw new IOException(String.join(" ", command) + " ended with " + status + ".");
	}

	/** Of letters in a place and a little around it. */
	private static Bounds shown(final BufferedImage image, final Bounds place) {
		final int around = Math.max(2, Math.min(place.width(), place.height()) / 3);
		int left = Integer.MAX_VALUE;
		int right = -1;
		int top = Integer.MAX_VALUE;
		int bottom = -1;
		for (int y = Math.max(0, place.y() - around); y < Math.min(image.getHeight(), place.bottom() + around); y++)
			for (int x = Math.max(0, place.x() - around); x < Math.min(image.getWidth(), place.right() + around); x++)
			{
				final int rgb = image.getRGB(x, y);
				int off = 0;
				for (int s = 0; s <= 16; s += 8)
					off = Math.max(off, Math.abs((rgb >> s & 255) - (BACKGROUND >> s & 255)));
				if (off < DIFFERENT) continue;
				left = Math.min(left, x);
				right = Math.max(right, x);
				top = Math.min(top, y);
				bottom = Math.max(bottom, y);
			}
		return right < 0 ? new Bounds(place.x(), place.y(), 1, 1)
			: new Bounds(left, top, right - left + 1, bottom - top + 1);
	}

	private static double overlap(final Bounds a, final Bounds b) {
		final double both = (double) Math.max(0, Math.min(a.right(), b.right()) - Math.max(a.x(), b.x()))
			* Math.max(0, Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y()));
		return both / (a.area() + b.area() - both);
	}
}
