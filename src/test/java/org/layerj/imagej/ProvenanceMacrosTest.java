package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageRoi;
import ij.measure.ResultsTable;
import ij.process.ColorProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.decompose.SegmentDecomposer;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.imagej.stack.StackProvenance;
import org.layerj.io.PictureReader;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.header.MarkedFiles;
import org.layerj.layers.LayerStack;
import org.layerj.layers.VisibleProvenance;
import org.layerj.layers.edit.Geometry;
import org.layerj.layers.edit.Recolour;
import org.layerj.layers.edit.Stacking;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Provenance;
import org.layerj.provenance.Terms;

/** What images and files say of provenance, as users and their macros get them. */
class ProvenanceMacrosTest {

	@TempDir
	Path dir;

	private static ImagePlus recomposite(final ImagePlus image, final String... background) {
		return new RecompositePlugIn()
			.call(Optional.of(image), background.length == 0 ? Map.of() : Map.of("background", background[0]))
			.orElseThrow();
	}

	/** A figure with shapes, which every method finds something in. */
	private static ImagePlus figure() {
		final ColorProcessor p = new ColorProcessor(64, 48);
		final Random random = new Random(1);
		for (int i = 0; i < 64 * 48; i++) p.set(i, 0xf0f0f0 + random.nextInt(8));
		p.setRoi(10, 10, 20, 20);
		p.setColor(0xc02030);
		p.fill();
		p.setRoi(22, 18, 30, 20);
		p.setColor(0x2040c0);
		p.fill();
		return new ImagePlus("figure.png", p);
	}

	private static ImagePlus decomposed(final Map<String, String> options) {
		return new DecomposeRun((model, device) -> new SegmentDecomposer()).run(Optional.of(figure()),
			DecomposeRequest.parse(options), Progress.none());
	}

	@Test
	void anUneditedRecompositeIsThePicture() {
		final ImagePlus back = recomposite(decomposed(Map.of("layers", "3")));
		assertNull(back.getProp(Declared.TERM));
		assertNull(back.getProp(Declared.SYNTHETIC));
		assertTrue(back.getProp(Declared.CAPTION).contains("every pixel shown is that of the original image"),
			back.getProp(Declared.CAPTION));
	}

	@Test
	void whatTheDefaultFillsIsComputedAndNotGenerated() {
		final ImagePlus layers = decomposed(Map.of("layers", "3"));
		OpenLayers.of(layers).orElseThrow().apply("Delete", s -> Stacking.delete(s, s.get(s.size() - 1).id()));
		final ImagePlus back = recomposite(layers);
		assertEquals(Terms.ENHANCED, back.getProp(Declared.TERM));
		assertTrue(back.getProp(Declared.CAPTION).contains("computed without a trained model"));
		assertFalse(back.getProp(Declared.CAPTION).contains("generated"));
	}

	@Test
	void rawLayersOfAModelAreNotThePicture() {
		final FakeDecomposer fake = new FakeDecomposer();
		final ImagePlus layers = new DecomposeRun(fake::open).run(Optional.of(figure()),
			DecomposeRequest.parse(Map.of("layers", "2", "raw", "true")), Progress.none());
		final ImagePlus back = recomposite(layers);
		assertEquals(Terms.TRAINED, back.getProp(Declared.TERM));
		assertEquals(100, Double.parseDouble(back.getProp(Declared.SYNTHETIC)), 1e-9);
		assertTrue(back.getProp(Declared.CAPTION).contains("fake sha256:f00d"));
	}

	@Test
	void aTransparentBackgroundSaysAsMuchAndKeepsRecords() {
		final ImagePlus layers = decomposed(Map.of("layers", "3"));
		OpenLayers.of(layers).orElseThrow().apply("Delete", s -> Stacking.delete(s, s.get(s.size() - 1).id()));
		final ImagePlus back = recomposite(layers, "transparent");
		assertEquals(Terms.ENHANCED, back.getProp(Declared.TERM));
		final LayerStack one = Hyperstacks.layers(back);
		assertEquals(Double.parseDouble(recomposite(layers).getProp(Declared.SYNTHETIC)),
			VisibleProvenance.declaration(one, PictureOrigin.NONE).percent(), 0.5);
	}

	@Test
	void paintAndColourAreByHand() {
		final ImagePlus layers = decomposed(Map.of("layers", "3"));
		OpenLayers.of(layers).orElseThrow().layers();
		for (int x = 0; x < 8; x++) for (int c = 1; c <= 4; c++) LayeredPictures.paint(layers, c, 3, x, 0, 255);
		ImagePlus back = recomposite(layers);
		assertEquals(Terms.HUMAN, back.getProp(Declared.TERM));
		assertEquals(100.0 * 8 / (64 * 48), Double.parseDouble(back.getProp(Declared.SYNTHETIC)), 0.01);
		final ImagePlus other = decomposed(Map.of("layers", "3"));
		OpenLayers.of(other).orElseThrow().apply("Hue", s -> s.with(Recolour.hue(s.get(s.size() - 1), 100)));
		back = recomposite(other);
		assertEquals(Terms.HUMAN, back.getProp(Declared.TERM));
	}

	@Test
	void thePicturesOwnProvenanceArrives() throws IOException {
		final PictureOrigin own = new PictureOrigin("", "", "", Optional.of(Terms.TRAINED), List.of("A"),
			Optional.of("©"), Optional.of("C"), List.of("Model X"), Optional.of("C2PA"));
		final ImagePlus picture = figure();
		StackProvenance.keep(own, picture);
		final Path out = dir.resolve("result");
		final ImagePlus layers = new DecomposeRun((m, d) -> new SegmentDecomposer()).run(Optional.of(picture),
			DecomposeRequest.parse(Map.of("layers", "2", "output", out.toString())), Progress.none());
		assertEquals(Terms.TRAINED, recomposite(layers).getProp(Declared.TERM));
		final PictureOrigin read = PictureReader.read(out.resolve("recomposed.png")).source().notes().origin();
		assertEquals(Optional.of(Terms.TRAINED), read.term());
		assertEquals(List.of("A"), read.creators());
		assertEquals(List.of("Model X"), read.systems());
		assertTrue(Files.readString(out.resolve("recomposed.png"), StandardCharsets.ISO_8859_1)
			.contains("<layerj:BrokenManifest>C2PA"));
		// The folder, read again, has its records.
		final LayerStack back = LayerFormat.read(out).layers();
		assertEquals(Hyperstacks.layers(layers), back);
		assertEquals(Optional.of("C2PA"), LayerFormat.read(out).metadata().origin().manifest());
	}

	/** What is marked, against what the table says, and against the picture itself. */
	@Test
	void theOverlayCoversWhatIsSyntheticAndNothingElse() {
		final ImagePlus layers = decomposed(Map.of("layers", "3"));
		final int[] picture = (int[]) figure().getProcessor().convertToRGB().getPixels();
		for (int step = 0; step < 3; step++) {
			if (step == 1) OpenLayers.of(layers)
				.orElseThrow()
				.apply("Move", s -> s.with(Geometry.move(s.get(s.size() - 1), 7, 5)));
			if (step == 2)
				OpenLayers.of(layers).orElseThrow().apply("Delete", s -> Stacking.delete(s, s.get(s.size() - 1).id()));
			final ImagePlus shown =
				new CheckProvenancePlugIn().call(Optional.of(layers), Map.of("overlay", "yes")).orElseThrow();
			final int[] seen = (int[]) shown.getProcessor().getPixels();
			final int[] over = (int[]) ((ImageRoi) shown.getOverlay().get(0)).getProcessor().getPixels();
			final LayerStack now = OpenLayers.of(layers).orElseThrow().layers();
			final Provenance flat = VisibleProvenance.flat(now, p -> true);
			double marked = 0;
			double synthetic = 0;
			for (int i = 0; i < seen.length; i++) {
				final boolean here = over[i] >>> 24 != 0;
				assertEquals(flat.observed(i) < Provenance.ALL, here, "pixel " + i + ", step " + step);
				if (here) marked++;
				synthetic += 1 - flat.observed(i) / 255.0;
				// A layer that was moved shows the picture's pixels, but elsewhere.
				if (step != 1 && (seen[i] & 0xffffff) != (picture[i] & 0xffffff))
					assertTrue(here, "another pixel than the picture's");
			}
			final ResultsTable table = ResultsTable.getResultsTable();
			final double said = 100 - table.getValue("Observed", table.size() - 1);
			assertEquals(100 * synthetic / seen.length, said, 0.2, "step " + step);
			assertEquals(step > 0, marked > 0);
			assertTrue(100 * marked / seen.length >= said - 0.2);
		}
	}

	/** Opened by ImageJ, which hands on neither IPTC-IIM nor manifests. */
	@Test
	void whatAFileSaysOfItselfIsKnownInImageJ() throws IOException {
		for (final String suffix : List.of("png", "jpg", "tif", "credit.jpg", "credit.tif")) {
			final Path file = dir.resolve("marked." + suffix);
			final String kind = suffix.replaceFirst(".*\\.", "");
			Files.write(file, suffix.equals(kind) ? MarkedFiles.manifest(kind, "trainedAlgorithmicMedia", "Drawer 3")
				: MarkedFiles.credit(kind, "Made with Google AI"));
			final ImagePlus picture = IJ.openImage(file.toString());
			assertEquals(Optional.of(Terms.TRAINED), FileNotes.picture(picture).origin().term(), suffix);
			final ImagePlus layers = new DecomposeRun((m, d) -> new SegmentDecomposer()).run(Optional.of(picture),
				DecomposeRequest.parse(Map.of("layers", "2")), Progress.none());
			assertEquals(Terms.TRAINED, recomposite(layers).getProp(Declared.TERM), suffix);
			assertEquals(suffix.equals(kind) ? Optional.of("C2PA") : Optional.empty(),
				StackProvenance.origin(layers).manifest(), suffix);
		}
	}

	@Test
	void picturesAreExportedWithWhatHasToBeSaid() throws IOException {
		final ImagePlus layers = decomposed(Map.of("layers", "3"));
		for (final String suffix : List.of("png", "jpg", "tif")) {
			final Path file = dir.resolve("whole." + suffix);
			new ExportPicturePlugIn().call(Optional.of(layers), Map.of("file", file.toString()));
			assertEquals("", Macros.run(layers, () -> {}, "run('Export Picture...', 'file=[" + file + "]');").error());
			assertEquals(Optional.empty(), PictureReader.read(file).source().notes().origin().term());
		}
		OpenLayers.of(layers).orElseThrow().apply("Delete", s -> Stacking.delete(s, s.get(s.size() - 1).id()));
		for (final String suffix : List.of("png", "jpg", "tif")) {
			final Path file = dir.resolve("less." + suffix);
			assertEquals("", Macros.run(layers, () -> {}, "run('Export Picture...', 'file=[" + file + "]');").error());
			assertEquals(Optional.of(Terms.ENHANCED), PictureReader.read(file).source().notes().origin().term(),
				suffix);
			assertNotNull(IJ.openImage(file.toString()));
		}
		assertEquals("The name x.bmp does not say which format is wanted; end it with .png, .jpg or .tif.",
			Macros.run(layers, () -> {}, "run('Export Picture...', 'file=[" + dir.resolve("x.bmp") + "]');").error());
	}

	@Test
	void whatImageJSavesAsTiffIsKnownAgainAndPaintOnItIsByHand() {
		final ImagePlus layers = decomposed(Map.of("layers", "3"));
		OpenLayers.of(layers).orElseThrow().apply("Delete", s -> Stacking.delete(s, s.get(s.size() - 1).id()));
		final ImagePlus back = recomposite(layers);
		final String file = dir.resolve("back.tif").toString();
		IJ.saveAsTiff(back, file);
		final ImagePlus read = IJ.openImage(file);
		assertEquals(back.getProp(Declared.CAPTION), read.getProp(Declared.CAPTION));
		assertEquals(Declared.read(back), Declared.read(read));
		assertTrue(Declared.read(read).orElseThrow().share(Kind.OBSERVED) > 0.3);
		read.getProcessor().set(0, 0x123456);
		assertEquals(0, Declared.read(read).orElseThrow().share(Kind.OBSERVED));
		assertTrue(Declared.read(read).orElseThrow().terms().contains(Terms.HUMAN));
	}

	@Test
	void theTableSaysWhatIsVisible() {
		final ImagePlus layers = LayeredPictures.hyperstack();
		final String note = "call('" + Macros.class.getName() + ".note', ";
		final Macros.Outcome outcome = Macros.run(layers, () -> {},
			"run('Check Provenance...');\n" + note + "nResults);\n" + note + "getResultString('Layer', 0));\n" + note
				+ "d2s(getResult('Generated', 1), 1));\n" + note + "getResultString('Layer', 3));\n" + note
				+ "d2s(getResult('Observed', 3), 1));");
		assertEquals("", outcome.error());
		final LayerStack three = LayeredPictures.three();
		final VisibleProvenance shown = VisibleProvenance.of(three);
		final double[] box = shown.weights().get(1);
		assertEquals(
			List.of("4", "Title µ",
				String.format(Locale.ROOT, "%.1f", 100 * box[Kind.GENERATED.ordinal()] / Arrays.stream(box).sum()),
				"All",
				String.format(Locale.ROOT, "%.1f",
					100 * VisibleProvenance.declaration(three, PictureOrigin.NONE).share(Kind.OBSERVED))),
			outcome.notes());
	}
}
