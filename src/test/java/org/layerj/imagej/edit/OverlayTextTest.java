package org.layerj.imagej.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.gui.TextRoi;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.layerj.elements.Elements;
import org.layerj.elements.WrittenFigure;
import org.layerj.imagej.OverlayToLayersPlugIn;
import org.layerj.imagej.TextToOverlayPlugIn;
import org.layerj.imagej.open.LayerView;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.StackElements;
import org.layerj.io.formats.ReadLine;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.edit.EditException;

/** Words in the overlay as ImageJ's own text, and back in their layers. */
class OverlayTextTest {

	private static Elements elements;
	private static LayerStack layers;
	private OpenLayers open;
	private LayerStack before;

	@BeforeAll
	static void figure() {
		final WrittenFigure figure = new WrittenFigure(320, 240);
		figure.write("Mutant 1.5", new Font(Font.SANS_SERIF, Font.PLAIN, 20), Color.BLACK, 90, 40, 0, .95);
		figure.write("Control", new Font(Font.SANS_SERIF, Font.BOLD, 20), new Color(200, 0, 0), 90, 120, 30, .95);
		figure.write("Rate (Hz)", new Font(Font.SERIF, Font.PLAIN, 24), Color.BLUE, 250, 140, -90, .9);
		figure.write("mumble", new Font(Font.SANS_SERIF, Font.PLAIN, 20), Color.BLACK, 90, 210, 0, .5);
		elements = figure.elements();
		layers = figure.layers();
	}

	@BeforeEach
	void open() {
		final ImagePlus image = Hyperstacks.of(layers, "figure");
		StackElements.keep(elements, layers, image, 1);
		open = OpenLayers.of(image).orElseThrow();
		before = open.layers();
	}

	private ImagePlus lift() {
		return new TextToOverlayPlugIn().call(Optional.of(open.hyperstack()), Map.of()).orElseThrow();
	}

	private LayerStack flatten(final ImagePlus view) {
		new OverlayToLayersPlugIn().call(Optional.of(view), Map.of());
		assertEquals(List.of(), texts(view).toList());
		return open.layers();
	}

	private static Stream<TextRoi> texts(final ImagePlus view) {
		return LayerView.elements(view).stream().filter(TextRoi.class::isInstance).map(r -> (TextRoi) r);
	}

	private static TextRoi text(final ImagePlus view, final String says) {
		return texts(view).filter(r -> r.getText().strip().equals(says)).findFirst().orElseThrow();
	}

	private static TextRoi typed(final TextRoi old, final String text) {
		final TextRoi roi = new TextRoi(old.getXBase(), old.getYBase(), text, old.getCurrentFont());
		roi.setStrokeColor(old.getStrokeColor());
		roi.setAntialiased(true);
		roi.setAngle(old.getAngle());
		roi.setProperty(OverlayText.LINE, old.getProperty(OverlayText.LINE));
		return roi;
	}

	private static void replace(final ImagePlus view, final Roi old, final Roi by) {
		view.getOverlay().remove(old);
		view.getOverlay().add(by);
	}

	/** Where a text selection's letters are, as ImageJ draws it. */
	private static Bounds shown(final TextRoi roi) {
		final BufferedImage canvas = new BufferedImage(320, 240, BufferedImage.TYPE_INT_ARGB);
		final Graphics2D g = canvas.createGraphics();
		final TextRoi copy = (TextRoi) roi.clone();
		copy.setImage(null);
		copy.drawOverlay(g);
		g.dispose();
		int left = 320;
		int right = -1;
		int top = 240;
		int bottom = -1;
		for (int y = 0; y < 240; y++) for (int x = 0; x < 320; x++) {
			if (canvas.getRGB(x, y) >>> 24 < 100) continue;
			left = Math.min(left, x);
			right = Math.max(right, x);
			top = Math.min(top, y);
			bottom = Math.max(bottom, y);
		}
		return new Bounds(left, top, right - left + 1, bottom - top + 1);
	}

	private static double overlap(final Bounds a, final Bounds b) {
		final double w = Math.min(a.right(), b.right()) - Math.max(a.x(), b.x());
		final double h = Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y());
		final double both = Math.max(0, w) * Math.max(0, h);
		return both / (a.area() + b.area() - both);
	}

	@Test
	void linesThatWereReadForSureAreTextWhereTheyStood() {
		final List<ReadLine> lines = ReadLines.of(open);
		final ImagePlus view = lift();
		assertEquals(List.of("Mutant 1.5", "Control", "Rate (Hz)"), texts(view).map(r -> r.getText().strip()).toList());
		for (final ReadLine line : lines) {
			if (line.confidence() < .8) continue;
			final TextRoi roi = text(view, line.text().text());
			assertTrue(overlap(elements.get(line.element()).bounds(), shown(roi)) > .8,
				line.text().text() + ": " + elements.get(line.element()).bounds() + " is " + shown(roi));
			assertEquals(new Color(line.text().rgb()), roi.getStrokeColor());
			assertEquals(-Math.toDegrees(line.text().angle()), roi.getAngle(), 1e-9);
			assertEquals(line.text().bold(), roi.getCurrentFont().isBold());
		}
		final LayerStack now = open.layers();
		assertEquals(List.of("Background", "Text", "Text without text"),
			now.layers().stream().map(Layer::name).toList());
		assertFalse(now.get(1).visible(), "what stands in the overlay is not seen twice");
		assertTrue(AlphaBounds.of(now.get(2)).isPresent(), "what was not sure stays seen, and pixels");
		assertThrows(EditException.class, this::lift, "all is there already");
	}

	@Test
	void uneditedTextComesBackBitForBit() {
		final LayerStack after = flatten(lift());
		assertEquals(2, after.size());
		assertEquals(Compositor.flatten(before), Compositor.flatten(after));
		assertEquals(before.get(1).onCanvas(320, 240), after.get(1).onCanvas(320, 240));
		open.undo();
		open.undo();
		assertEquals(before, open.layers());
	}

	@Test
	void whatWasTypedIsWrittenInItsOwnLookAndWhatWasDeletedIsGone() {
		final ImagePlus view = lift();
		replace(view, text(view, "Control"), typed(text(view, "Control"), "Controls"));
		view.getOverlay().remove(text(view, "Rate (Hz)"));
		final LayerStack after = flatten(view);
		assertEquals(List.of("Mutant 1.5", "Controls", "mumble"),
			ReadLines.of(open).stream().map(l -> l.text().text()).toList());
		assertEquals(0, after.get(1).onCanvas(320, 240).argb(250, 140) >>> 24);
		for (int y = 0; y < 70; y++)
			for (int x = 0; x < 200; x++)
				assertEquals(before.get(1).onCanvas(320, 240).argb(x, y), after.get(1).onCanvas(320, 240).argb(x, y));
		assertEquals(before.get(0), after.get(0));
	}

	@Test
	void textThatWasMovedOrColouredIsWrittenAsItIsSeen() {
		final ImagePlus view = lift();
		final TextRoi control = text(view, "Control");
		control.setLocation(control.getXBase() + 100, control.getYBase() + 40);
		control.setStrokeColor(Color.GREEN);
		final Bounds seen = shown(control);
		final LayerStack after = flatten(view);
		final ReadLine line = ReadLines.of(open).get(1);
		assertEquals(0x00ff00, line.text().rgb());
		assertTrue(overlap(line.text().drawn("x").bounds(), seen) > .75, line.text().drawn("x").bounds() + " " + seen);
		assertEquals(0, after.get(1).onCanvas(320, 240).argb(90, 120) >>> 24);
	}

	@Test
	void anOverlayThatIsGoneAsAWholeDeletesNothing() {
		final ImagePlus view = lift();
		view.setOverlay(null);
		assertEquals(Compositor.flatten(before), Compositor.flatten(flatten(view)));
	}

	@Test
	void figuresOfWhichNothingWasReadSaySo() {
		final ImagePlus image = Hyperstacks.of(layers, "plain");
		assertTrue(assertThrows(EditException.class, () -> new TextToOverlayPlugIn().call(Optional.of(image), Map.of()))
			.getMessage()
			.contains("built-in model"));
	}
}
