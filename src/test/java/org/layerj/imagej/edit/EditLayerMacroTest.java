package org.layerj.imagej.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.TextRoi;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.layerj.imagej.macro.MacroRecord;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.Background;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** {@code Edit Layer...} as macros use it. */
public class EditLayerMacroTest {

	private static final String NOTE = "call('" + Macros.class.getName() + ".note', ";

	private final ImagePlus image = LayeredPictures.hyperstack();
	private final LayerStack stack = LayeredPictures.three();

	private Macros.Outcome run(final String macro) {
		return Macros.run(image, () -> {}, macro.replace("note(", NOTE));
	}

	private LayerStack layers() {
		return OpenLayers.of(image).orElseThrow().layers();
	}

	@Test
	void editsComeOneAfterTheOtherAndCanBeUndone() {
		assertEquals(Macros.Outcome.of("fig-layers"), run("""
			run('Edit Layer...', 'action=rename layer=Box name=[Red box]');
			run('Edit Layer...', 'action=move layer=[Red box] dx=4 dy=-1');
			d = 30;
			run('Edit Layer...', 'action=move layer=2 dx=&d');
			run('Edit Layer...', 'action=undo');
			run('Edit Layer...', 'action=opacity layer=Background value=0.5');
			note(getTitle());
			"""));
		assertEquals(stack.with(stack.get(0).withOpacity(0.5)).with(stack.get(1).withName("Red box").at(7, 3)),
			layers());
	}

	@Test
	void aLayerSelectedInTheViewIsTheOneEdited() {
		assertEquals(Macros.Outcome.of("fig-view"), run("""
			run('Layers to Overlay');
			Overlay.activateSelection(2);
			run('Edit Layer...', 'action=recolour tint=red');
			run('Edit Layer...', 'action=order to=bottom');
			note(getTitle());
			"""));
		assertEquals("title", layers().get(0).id());
		for (final int argb : layers().get(0).pixels().argb())
			if (argb >>> 24 == 255) assertTrue((argb >> 8 & 255) == (argb & 255), "shades of red");
	}

	@Test
	void selectionsMadeByTheMacroSteer() {
		assertEquals("", run("""
			makeRectangle(5, 6, 5, 8);
			run('Edit Layer...', 'action=split layer=Box name=[Left half]');
			run('Select None');
			run('Edit Layer...', 'action=delete layer=Box');
			""").error());
		assertEquals(Optional.of(new Bounds(5, 6, 5, 8)),
			layers().layers().stream().filter(l -> l.name().equals("Left half")).findFirst().flatMap(AlphaBounds::of));
		assertEquals(3, layers().size());
	}

	@Test
	void textIsReplacedWithoutAScreen() {
		assertEquals("",
			run("run('Edit Layer...', 'action=text layer=Box text=[x=3, y=4] font=SansSerif size=9');").error());
		final Layer box = layers().find("box").orElseThrow();
		assertTrue(box.bounds().width() > 20, "one line of nine letters: " + box.bounds());
		for (final int argb : box.pixels().argb()) if (argb >>> 24 != 0) assertEquals(0xc80000, argb & 0xffffff);
	}

	/** A screenshot's letters have fringes; the new ones have the colour without them. */
	@Test
	void textOfAScreenshotIsReplacedInItsColour() {
		assumeTrue(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length > 0);
		final int colour = 0xc00000;
		final BufferedImage shot = new BufferedImage(160, 60, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = shot.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, 160, 60);
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_LCD_HRGB);
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 18));
		g.setColor(new Color(colour));
		g.drawString("Hello figure", 20, 40);
		g.dispose();
		final int[] argb = shot.getRGB(0, 0, 160, 60, null, 0, 160);
		final int[] white = new int[argb.length];
		Arrays.fill(white, -1);
		for (int i = 0; i < argb.length; i++) if (argb[i] == -1) argb[i] = 0;
		final ImagePlus layers =
			Hyperstacks.of(new LayerStack(160, 60, List.of(Layer.of("page", "Page", RgbaImage.ofArgb(160, 60, white)),
				Layer.of("text", "Text", RgbaImage.ofArgb(160, 60, argb)))), "shot");
		assertEquals("",
			Macros.run(layers, () -> {}, "run('Edit Layer...', 'action=text layer=Text text=World');").error());
		final Layer text = OpenLayers.of(layers).orElseThrow().layers().find("text").orElseThrow();
		assertTrue(AlphaBounds.of(text).isPresent());
		for (final int pixel : text.pixels().argb())
			if (pixel >>> 24 != 0) for (int shift = 0; shift < 24; shift += 8)
				assertEquals(colour >> shift & 255, pixel >> shift & 255, 10, Integer.toHexString(pixel));
	}

	@Test
	void liftedTextIsPutDownByRecomposite() {
		assertEquals(Macros.Outcome.of("text", "put down"), run("""
			run('Edit Layer...', 'action=text layer=Box text=50 size=14 tint=#0000ff');
			run('Edit Layer...', 'action=text layer=Box');
			note(call('org.layerj.imagej.edit.EditLayerMacroTest.selection'));
			run('Recomposite');
			note('put down');
			"""));
		assertEquals(null, image.getRoi());
		assertTrue(AlphaBounds.of(layers().find("box").orElseThrow()).isPresent());
	}

	/** For the macro. */
	public static String selection() {
		return IJ.getImage().getRoi() instanceof TextRoi ? "text" : "other";
	}

	@Test
	void anOpenImageReplacesContent() {
		assertEquals("", run("""
			newImage('new panel', 'RGB black', 20, 10, 1);
			selectImage('fig-layers');
			run('Edit Layer...', 'action=replace layer=Box image=[new panel] fit=stretch');
			""").error());
		final Layer box = layers().find("box").orElseThrow();
		assertEquals(new Bounds(5, 6, 10, 8), box.bounds());
		assertEquals(0xff000000, box.pixels().argb(9, 7));
		assertEquals(1, box.syntheticFraction());
	}

	@Test
	void mistakesEndTheMacroAndChangeNothing() {
		assertEquals(Macros.Outcome.error("There is no layer called Arrow; there are Background, Box, Title µ."),
			run("run('Edit Layer...', 'action=delete layer=Arrow');\nnote('went on');"));
		assertEquals(
			Macros.Outcome
				.error("Edit Layer... has no option colour; there are " + String.join(", ", EditRequest.KEYS) + "."),
			run("run('Edit Layer...', 'action=recolour colour=red');\nnote('went on');"));
		assertEquals(stack, layers());
		assertEquals(Compositor.flatten(stack), Compositor.flatten(Hyperstacks.layers(image)));
		assertEquals(Macros.Outcome.error(OpenLayers.NO_IMAGE),
			Macros.run(null, () -> {}, "run('Edit Layer...', 'action=undo');"));
	}

	@Test
	void whatTheDialogAsksForIsRecordedAsAMacroLine() {
		final Map<String, String> fields = Map.of(EditField.WAY, "palette", "tint", "#0072b2", "hue", "0", "lut",
			"fire", "palette", "okabe-ito", EditField.SEEN, "deutan");
		final EditRequest request = EditDialog.request(Map.of("action", "recolour", "layer", "Curve 1"), fields);
		assertEquals("run(\"Edit Layer...\", \"action=recolour layer=[Curve 1] palette=okabe-ito\");\n",
			line(request, false));
		assertEquals("IJ.run(imp, \"Edit Layer...\", \"action=replace file=[C:\\\\a b\\\\c.png] fit=none\");\n",
			line(EditDialog.request(Map.of("action", "replace"),
				Map.of("image", EditField.FROM_FILE, "file", "C:\\a b\\c.png", "fit", "none")), true));
		assertEquals("",
			run(line(EditRequest.of(EditAction.RENAME, "layer", "Title µ", "name", "a \"quoted\" [name]"), false))
				.error());
		assertEquals("a \"quoted\" [name]", layers().get(2).name());
	}

	private static String line(final EditRequest request, final boolean script) {
		return MacroRecord.line(EditRequest.COMMAND, request.values(), script);
	}

	@Test
	void everyActionHasADialogItsOptionsCanAnswer() {
		for (final EditAction action : EditAction.values()) {
			for (final EditField field : EditField.of(action, stack, stack.get(1))) {
				assertTrue(EditRequest.KEYS.contains(field.key()) || field.key().equals(EditField.WAY)
					|| field.key().equals(EditField.SEEN), action + " " + field.key());
			}
			assertTrue(EditRequest.KEYS.containsAll(action.keys()), action.key());
		}
	}
}
