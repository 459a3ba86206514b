package org.layerj.imagej.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.ModelName;
import org.layerj.common.Progress;
import org.layerj.elements.Elements;
import org.layerj.elements.WrittenFigure;
import org.layerj.imagej.macro.MacroOptions;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.StackElements;
import org.layerj.io.PictureReader;
import org.layerj.io.formats.ReadLine;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;

/**
 * After find and replace every pixel of the picture is what it was, except those of the line before and after. On
 * figures of a folder: {@code mvn test -Dtest=ReplacedTextTest -Dwords.figures=FOLDER}.
 */
class ReplacedTextTest {

	private static void put(final boolean[] may, final int width, final int height, final Region region) {
		final Bounds b = region.bounds();
		for (int y = Math.max(0, b.y()); y < Math.min(height, b.bottom()); y++)
			for (int x = Math.max(0, b.x()); x < Math.min(width, b.right()); x++)
				may[y * width + x] |= region.contains(x, y);
	}

	/** Replaces a word and returns how many pixels have changed. */
	private static int replaced(final String name, final LayerStack stack, final Elements elements, final String find,
		final String with)
	{
		final ImagePlus image = Hyperstacks.of(stack, name);
		StackElements.keep(elements, stack, image, 1);
		final OpenLayers open = OpenLayers.of(image).orElseThrow();
		final List<ReadLine> before = ReadLines.of(open);
		final RgbaImage was = Compositor.flatten(open.layers());
		new EditRun(new EditRequest(MacroOptions.parse("Edit Layer...", EditRequest.OPTIONS,
			"action=text find=[" + find + "] with=[" + with + "]")), Optional.of(image)).on(open);
		final List<ReadLine> after = ReadLines.of(open);
		final RgbaImage now = Compositor.flatten(open.layers());
		final int w = stack.width();
		final boolean[] may = new boolean[w * stack.height()];
		int lines = 0;
		for (final ReadLine line : before) {
			final Optional<ReadLine> other = after.stream().filter(l -> l.element() == line.element()).findFirst();
			if (other.map(o -> o.text().equals(line.text())).orElse(false)) continue;
			lines++;
			put(may, w, stack.height(), line.letters());
			other.ifPresent(o -> put(may, w, stack.height(), o.letters()));
		}
		assertTrue(lines > 0, name + ": no line says " + find);
		int changed = 0;
		int elsewhere = 0;
		for (int i = 0; i < may.length; i++) {
			if (was.argb(i % w, i / w) == now.argb(i % w, i / w)) continue;
			changed++;
			if (!may[i]) elsewhere++;
		}
		assertEquals(0, elsewhere, name + ": pixels that are no text have changed");
		assertTrue(changed > 0, name + ": nothing has changed");
		return changed;
	}

	@Test
	void whatIsNoTextStaysBitForBit() {
		for (final double degrees : new double[] { 0, -90 }) {
			final WrittenFigure figure = new WrittenFigure(240, 180);
			final Graphics2D g = figure.graphics();
			g.setPaint(new GradientPaint(0, 0, new Color(220, 240, 255), 240, 180, new Color(255, 230, 220)));
			g.fillRect(0, 0, 240, 180);
			g.setColor(new Color(40, 110, 70));
			g.fillOval(150, 100, 60, 50);
			figure.write("Mutant 1.5", new Font(Font.SANS_SERIF, Font.BOLD, 18), Color.BLACK, 100, 70, degrees, .95);
			figure.write("Control", new Font(Font.SERIF, Font.PLAIN, 18), new Color(150, 0, 0), 190, 30, 0, .95);
			replaced("figure", figure.layers(), figure.elements(), "Mutant", "Wild type");
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "words.figures", matches = ".+")
	void whatIsNoTextStaysBitForBitInFiguresOfAFolder() throws IOException {
		final List<Path> files;
		try (Stream<Path> all = Files.list(Path.of(System.getProperty("words.figures")))) {
			files = all.filter(f -> f.toString().endsWith(".png")).sorted().limit(20).toList();
		}
		int done = 0;
		try (Decomposer model = Decomposers.open(ModelName.BUILT_IN, "auto")) {
			for (final Path file : files) {
				final Decomposition found =
					model.decompose(PictureReader.read(file).image(), DecomposeOptions.defaults(), Progress.none());
				final LayerStack stack = found.layers();
				final Optional<String> word = found.elements()
					.flatMap(e -> ReadLine.of(stack, e)
						.stream()
						.flatMap(l -> Pattern.compile("\\p{L}{3,}").matcher(l.text().text()).results())
						.map(m -> m.group())
						.findFirst());
				if (word.isEmpty()) {
					System.out.println(file.getFileName() + ": no word was read");
					continue;
				}
				final int changed = replaced(file.getFileName().toString(), stack, found.elements().orElseThrow(),
					word.get(), word.get() + "s");
				System.out.println(file.getFileName() + ": " + word.get() + ", " + changed + " of "
					+ stack.width() * stack.height() + " pixels changed, all of text");
				done++;
			}
		}
		System.out.println(done + " of " + files.size() + " figures");
		assertTrue(done > 0);
	}
}
