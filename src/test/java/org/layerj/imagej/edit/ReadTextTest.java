package org.layerj.imagej.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.PointRoi;
import java.awt.Color;
import java.awt.Font;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.elements.WrittenFigure;
import org.layerj.imagej.macro.MacroOptions;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.StackElements;
import org.layerj.io.formats.ReadLine;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.edit.EditException;

/** What was read is found and written anew, in its look, and nothing else changes. */
class ReadTextTest {

	private static final Font SANS = new Font(Font.SANS_SERIF, Font.PLAIN, 20);

	private final WrittenFigure figure = new WrittenFigure(320, 240);
	private ImagePlus image;
	private OpenLayers open;

	@BeforeEach
	void figure() {
		figure.write("Mutant 1.5", SANS, Color.BLACK, 90, 40, 0, .95);
		figure.write("Control", SANS, new Color(200, 0, 0), 90, 120, 0, .95);
		figure.write("2.5", new Font(Font.SERIF, Font.BOLD, 24), Color.BLUE, 250, 140, -90, .6);
		image = Hyperstacks.of(figure.layers(), "figure");
		StackElements.keep(figure.elements(), Hyperstacks.layers(image, 1), image, 1);
		open = OpenLayers.of(image).orElseThrow();
	}

	private LayerStack edit(final String options) {
		return new EditRun(new EditRequest(MacroOptions.parse("Edit Layer...", EditRequest.OPTIONS, options)),
			Optional.of(image)).on(open);
	}

	private List<String> says() {
		return ReadLines.of(open).stream().map(l -> l.text().text()).toList();
	}

	@Test
	void findAndReplaceChangesWhatItFindsAndNothingElse() {
		final LayerStack before = open.layers();
		final LayerStack after = edit("action=text find=Mutant with=Mutante");
		assertEquals(List.of("Mutante 1.5", "Control", "2.5"), says());
		assertEquals(before.get(0), after.get(0));
		final ReadLine line = ReadLines.of(open).get(0);
		for (int y = 0; y < 240; y++) for (int x = 0; x < 320; x++) {
			if (x > 20 && x < 170 && y < 70) continue;
			assertEquals(before.get(1).pixels().argb(x, y), pixel(after.get(1), x, y), "at " + x + ", " + y);
		}
		assertEquals(1, line.confidence());
		assertEquals(90, line.text().x() + line.text().width() / 2, 2, "its middle stays");
		assertTrue(differs(before.get(1), after.get(1)));
		edit("action=undo");
		assertEquals(before, open.layers());
		assertEquals(List.of("Mutant 1.5", "Control", "2.5"), says());
		edit("action=redo");
		assertEquals(List.of("Mutante 1.5", "Control", "2.5"), says());
		edit("action=text find=Mutante with=Wild");
		assertEquals(List.of("Wild 1.5", "Control", "2.5"), says());
		edit("action=undo");
		edit("action=undo");
		assertEquals(List.of("Mutant 1.5", "Control", "2.5"), says());
	}

	private static int pixel(final Layer layer, final int x, final int y) {
		final int u = x - layer.bounds().x();
		final int v = y - layer.bounds().y();
		return u < 0 || v < 0 || u >= layer.bounds().width() || v >= layer.bounds().height() ? 0
			: layer.pixels().argb(u, v);
	}

	private static boolean differs(final Layer a, final Layer b) {
		for (int y = 20; y < 60; y++) for (int x = 20; x < 170; x++) if (pixel(a, x, y) != pixel(b, x, y)) return true;
		return false;
	}

	@Test
	void regularExpressionsReachAllLines() {
		edit("action=text find=(\\d)\\.(\\d) with=$1,$2 regex=true");
		assertEquals(List.of("Mutant 1,5", "Control", "2,5"), says());
		final ReadLine turned = ReadLines.of(open).get(2);
		assertEquals(-Math.PI / 2, turned.text().angle(), 0.02);
		assertTrue(turned.text().bold());
		assertEquals(0x0000ff, turned.text().rgb(), "its own colour");
		edit("action=text find=1.5 with=9");
		assertEquals("Mutant 1,5", says().get(0), "a point is a point");
		assertThrows(InvalidOptionException.class, () -> edit("action=text find=( with=x regex=true"));
		assertThrows(InvalidOptionException.class, () -> edit("action=text find=Control"));
	}

	@Test
	void theLineUnderTheSelectionIsWrittenAnew() {
		image.setRoi(new PointRoi(90, 120));
		edit("action=text text=Kontrolle");
		assertEquals(List.of("Mutant 1.5", "Kontrolle", "2.5"), says());
		assertEquals(Optional.of("Kontrolle"), ReadLines.at(open, Optional.of(image), "text"));
		image.setRoi(new PointRoi(300, 20));
		assertEquals(Optional.empty(), ReadLines.at(open, Optional.of(image), "text"));
	}

	@ParameterizedTest
	@CsvSource({ "000000, 14", "000000, 18", "c00000, 18", "000080, 24", "006400, 16", "808080, 18" })
	void theLineOfAScreenshotIsWrittenInItsColour(final String colour, final int size) {
		final WrittenFigure shot = new WrittenFigure(200, 80);
		shot.writeOnScreen("Rate (Hz) again", new Font(Font.SANS_SERIF, Font.PLAIN, size),
			new Color(Integer.parseInt(colour, 16)), 20, 50);
		image = Hyperstacks.of(shot.layers(), "shot");
		StackElements.keep(shot.elements(), Hyperstacks.layers(image, 1), image, 1);
		open = OpenLayers.of(image).orElseThrow();
		final List<ReadLine> lines = ReadLines.of(open);
		assertEquals(1, lines.size());
		image.setRoi(new PointRoi(40, 45));
		edit("action=text text=World");
		assertEquals(List.of("World"), says());
		for (int shift = 0; shift < 24; shift += 8)
			assertEquals(Integer.parseInt(colour, 16) >> shift & 0xff, lines.get(0).text().rgb() >> shift & 0xff, 10,
				Integer.toHexString(lines.get(0).text().rgb()));
	}

	@Test
	void aLineThatWasPaintedHasItsNewColour() {
		edit("action=recolour layer=Text tint=#00a000");
		for (final ReadLine line : ReadLines.of(open)) {
			final Color now = new Color(line.text().rgb());
			assertTrue(now.getGreen() > now.getRed() + 40 && now.getGreen() > now.getBlue() + 40, now.toString());
		}
	}

	@Test
	void whatIsPaintedOverIsNotKnownAnyMore() {
		image.setRoi(40, 20, 60, 40);
		edit("action=delete layer=Text");
		assertEquals(List.of("Control", "2.5"), says());
		image.deleteRoi();
		edit("action=move layer=Text dx=30");
		assertEquals(List.of(), says(), "elsewhere they are no longer where they were read");
		assertThrows(EditException.class, () -> edit("action=text find=Control with=x"));
	}

	@Test
	void whatIsNotThereChangesNothing() {
		final LayerStack before = open.layers();
		assertEquals(before, edit("action=text find=Mutation with=x"));
		assertTrue(AlphaBounds.of(before.get(1)).isPresent());
	}

	@Test
	void theDialogAsksForOneThing() {
		final Map<String, String> base = Map.of("action", "text", "layer", "Text");
		final Map<String, String> fields = new LinkedHashMap<>(Map.of("text", "", "font", "SansSerif", "size", "",
			"tint", "", "find", "a", "with", "b", "regex", "false"));
		assertEquals(Map.of("action", "text", "find", "a", "with", "b"), EditDialog.request(base, fields).values());
		fields.put("find", "");
		fields.put("text", "New");
		assertEquals(Map.of("action", "text", "layer", "Text", "text", "New", "font", "SansSerif"),
			EditDialog.request(base, fields).values());
	}
}
