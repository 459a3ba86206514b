package org.layerj.imagej.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.plugin.Duplicator;
import ij.process.ByteProcessor;
import ij.process.LUT;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.RunRecord;
import org.layerj.decompose.Settings;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

class HyperstacksTest {

	private static final int WIDTH = 31;
	private static final int HEIGHT = 17;

	@TempDir
	Path dir;

	private static RgbaImage noise(final int width, final int height, final long seed) {
		return RgbaImage.ofArgb(width, height, new Random(seed).ints((long) width * height).toArray());
	}

	private static LayerStack stack() {
		return new LayerStack(WIDTH, HEIGHT,
			List.of(Layer.of("a1", "Background", noise(WIDTH, HEIGHT, 1)),
				Layer.of("b 2", "Scale bar: 10 µm", noise(5, 4, 2))
					.at(20, 3)
					.withOpacity(0.3)
					.withVisible(false)
					.withParent("a1")
					.withProvenance(Mask.of(5, 4, i -> i % 3 == 1).as(Kind.GENERATED)),
				Layer.of("c\\文\n", "文字 🙂", noise(WIDTH, HEIGHT, 3))
					.withProvenance(Mask.all(WIDTH, HEIGHT).as(Kind.GENERATED))));
	}

	private static Decomposition decomposition() {
		final RunRecord run = new RunRecord("tiny", "built-in", "cafe",
			new Settings(3, 256, 8, 2.5, 42, "a \"quoted\"\nprompt 文字 µ\\", " ", "auto", false), "cpu", "f32",
			Map.of("denoise", 1.5), 12345, 288, 224, "");
		return new Decomposition(stack(), run);
	}

	@Test
	void theContract() {
		final ImagePlus image = Hyperstacks.of(stack(), "x-layers");
		assertEquals("x-layers", image.getTitle());
		assertArrayEquals(new int[] { WIDTH, HEIGHT, 4, 3, 1 }, image.getDimensions());
		assertEquals(8, image.getBitDepth());
		assertTrue(image.isHyperStack());
		assertEquals(CompositeImage.COMPOSITE, ((CompositeImage) image).getMode());
		final LUT alpha = ((CompositeImage) image).getChannelLut(4);
		assertEquals(0, alpha.getRGB(255) & 0xffffff, "alpha stays out of the colours");
		assertEquals(0xff0000, ((CompositeImage) image).getChannelLut(1).getRGB(255) & 0xffffff);
		image.setPosition(4, 2, 1);
		assertEquals("Scale bar: 10 µm", image.getStack().getShortSliceLabel(image.getCurrentSlice()));
		assertEquals("b 2", image.getProp("id"));
		assertEquals("0.3", image.getProp("opacity"));
		assertEquals("a1", image.getProp("parent"));
	}

	@Test
	void backAgain() {
		assertEquals(stack(), Hyperstacks.layers(Hyperstacks.of(stack(), "")));
	}

	@Test
	void tiffKeepsEveryBit() throws IOException {
		final Calibration calibration = new Calibration();
		calibration.pixelWidth = 0.25;
		calibration.pixelHeight = 0.5;
		calibration.setUnit("µm");
		final ImagePlus before = Hyperstacks.of(decomposition(), "x-layers", calibration);
		final Path file = dir.resolve("layers.tif");
		SavedTiff.write(before, file);
		final ImagePlus after = IJ.openImage(file.toString());
		assertEquals(stack(), Hyperstacks.layers(after));
		assertEquals(CompositeImage.COMPOSITE, ((CompositeImage) after).getMode());
		for (int c = 1; c <= 4; c++) {
			assertArrayEquals(((CompositeImage) before).getChannelLut(c).getBytes(),
				((CompositeImage) after).getChannelLut(c).getBytes());
			assertEquals(255, ((CompositeImage) after).getChannelLut(c).max);
		}
		assertEquals(0.25, after.getCalibration().pixelWidth);
		assertEquals(0.5, after.getCalibration().pixelHeight);
		assertEquals("µm", after.getCalibration().getUnit());
		assertEquals(before.getProp(Hyperstacks.RUN), after.getProp(Hyperstacks.RUN));
		assertEquals("a \"quoted\"\nprompt 文字 µ\\",
			JsonParser.parseString(after.getProp(Hyperstacks.RUN))
				.getAsJsonObject()
				.getAsJsonObject("options")
				.get("prompt")
				.getAsString());
	}

	@Test
	void imageJsOwnSavingKeepsEveryBitToo() {
		final ImagePlus image = Hyperstacks.of(decomposition(), "x-layers", new Calibration());
		final String file = dir.resolve("saved.tif").toString();
		assertTrue(IJ.saveAsTiff(image, file));
		assertEquals(stack(), Hyperstacks.layers(IJ.openImage(file)));
	}

	@Test
	void aRenamedLayerHasItsNewName() {
		final ImagePlus image = Hyperstacks.of(stack(), "");
		final String label = image.getStack().getSliceLabel(9);
		assertTrue(label.startsWith("文字 🙂\n"));
		for (int i = 9; i <= 12; i++) image.getStack().setSliceLabel("Text" + label.substring(label.indexOf('\n')), i);
		assertEquals("Text", Hyperstacks.layers(image).get(2).name());
	}

	@Test
	void aSingleLayerWorks() throws IOException {
		final LayerStack one = new LayerStack(3, 2, List.of(Layer.of("only", "Only", noise(3, 2, 5))));
		final Path file = dir.resolve("one.tif");
		SavedTiff.write(Hyperstacks.of(one, ""), file);
		assertEquals(one, Hyperstacks.layers(IJ.openImage(file.toString())));
	}

	@Test
	void paintingOnTheImageChangesNeitherTheOldLayersNorTheirSize() {
		final LayerStack stack = stack();
		final ImagePlus image = Hyperstacks.of(stack, "");
		// Inside the bounds of layer 2, and outside of them.
		image.getStack().setVoxel(21, 4, image.getStackIndex(1, 2, 1) - 1, 99);
		final Layer inside = Hyperstacks.layers(image).get(1);
		assertEquals(stack.get(1).bounds(), inside.bounds());
		assertEquals(99, inside.pixels().argb(1, 1) >> 16 & 0xff);
		image.getStack().setVoxel(18, 9, image.getStackIndex(4, 2, 1) - 1, 255);
		final Layer outside = Hyperstacks.layers(image).get(1);
		assertEquals(new Bounds(18, 3, 7, 7), outside.bounds());
		assertEquals(0xff000000, outside.pixels().argb(0, 6));
		assertTrue(outside.synthetic().get(2 + 1, 0), "the mask moves along");
		assertEquals(stack.get(1).synthetic().count() + 2, outside.synthetic().count(),
			"and what was painted is by hand");
		assertEquals(Provenance.ALL, outside.provenance().share(Kind.BY_HAND, 6 * 7));
		assertEquals(stack(), stack);
		assertNotSame(image.getStack().getPixels(1), stack.get(0).pixels().plane(0));
	}

	@Test
	void layersBeyondTheCanvasKeepTheirPlace() {
		final LayerStack stack = new LayerStack(10, 10,
			List.of(Layer.of("a", "A", noise(4, 4, 9)).at(-2, 8), Layer.of("b", "B", noise(2, 2, 9)).at(50, 50)));
		final LayerStack back = Hyperstacks.layers(Hyperstacks.of(stack, ""));
		assertEquals(new Bounds(-2, 8, 4, 4), back.get(0).bounds());
		assertEquals(stack.get(0).pixels().argb(3, 1), back.get(0).pixels().argb(3, 1));
		assertEquals(0, back.get(0).pixels().argb(0, 0), "what was outside is gone");
		assertEquals(new Bounds(50, 50, 2, 2), back.get(1).bounds());
	}

	@Test
	void croppedImagesAndLostLabelsAreUnderstood() {
		final ImagePlus image = Hyperstacks.of(stack(), "");
		image.setRoi(19, 2, 8, 8);
		final LayerStack cropped = Hyperstacks.layers(new Duplicator().run(image, 1, 4, 1, 3, 1, 1));
		assertEquals(8, cropped.width());
		assertEquals("Scale bar: 10 µm", cropped.get(1).name());
		assertEquals(new Bounds(0, 0, 8, 8), cropped.get(1).bounds());
		assertEquals(0.3, cropped.get(1).opacity());
		assertEquals(stack().get(1).pixels().argb(0, 0), cropped.get(1).pixels().argb(1, 1));

		final ImagePlus bare = Hyperstacks.of(stack(), "");
		for (int i = 1; i <= bare.getStackSize(); i++)
			bare.getStack().setSliceLabel(i <= 4 ? null : "Mine\nopacity: lots", i);
		final LayerStack unlabelled = Hyperstacks.layers(bare);
		assertEquals("Layer 1", unlabelled.get(0).name());
		assertEquals("Mine", unlabelled.get(1).name());
		assertEquals(1, unlabelled.get(1).opacity());
		assertEquals(3, unlabelled.layers().stream().map(Layer::id).distinct().count());
	}

	@Test
	void duplicatedSlicesGetIdsOfTheirOwn() {
		final ImagePlus image = Hyperstacks.of(stack(), "");
		final String label = image.getStack().getSliceLabel(1);
		for (int c = 1; c <= 4; c++) image.getStack().setSliceLabel(label, image.getStackIndex(c, 3, 1));
		final LayerStack layers = Hyperstacks.layers(image);
		assertEquals(List.of("a1", "b 2", "a1-2"), layers.layers().stream().map(Layer::id).toList());
	}

	@Test
	void otherImagesAreRejectedInOneMessage() {
		final ImagePlus other = new ImagePlus("cells.tif", new ByteProcessor(4, 4));
		assertFalse(Hyperstacks.isLayers(other));
		assertEquals("The image cells.tif is not a stack of layers made by Decompose Layers.",
			assertThrows(DecompositionException.class, () -> Hyperstacks.layers(other)).getMessage());
	}

	/** As image properties held it before there were records. */
	private static String oneBit(final Mask mask) throws IOException {
		final byte[] bits = new byte[(mask.width() * mask.height() + 7) / 8];
		for (int i = 0; i < mask.width() * mask.height(); i++) if (mask.get(i)) bits[i / 8] |= (byte) (1 << i % 8);
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (DataOutputStream data = new DataOutputStream(new DeflaterOutputStream(out))) {
			data.writeInt(mask.width());
			data.writeInt(mask.height());
			data.write(bits);
		}
		return Base64.getEncoder().encodeToString(out.toByteArray());
	}

	@Test
	void masksOfOneBitMeanWhatTheyMeant() throws IOException {
		final Mask mask = Mask.of(130, 7, i -> i % 7 < 3);
		assertEquals(mask, MaskText.parse(oneBit(mask)).orElseThrow());
		assertTrue(MaskText.parse("no mask").isEmpty());
		assertTrue(MaskText.parse("").isEmpty());
		assertTrue(MaskText.parse(oneBit(mask).substring(0, 12)).isEmpty());

		final Mask marks = Mask.of(5, 4, i -> i % 3 == 1);
		for (final String model : List.of("", "classical", "built-in", "Qwen-Image-Layered")) {
			final ImagePlus image = Hyperstacks.of(stack(), "");
			for (final String key : image.getImageProperties().stringPropertyNames())
				if (key.startsWith("decompose.provenance") || key.startsWith("decompose.prints"))
					image.setProp(key, null);
			image.setProp("decompose.synthetic.b 2", oneBit(marks));
			if (!model.isEmpty()) image.setProp(Hyperstacks.RUN, "{\"model\":{\"name\":\"" + model
				+ "\",\"hash\":\"cafe\"},\"options\":{\"steps\":" + (model.equals("built-in") ? 1 : 50) + "}}");
			final LayerStack read = Hyperstacks.layers(image);
			final boolean computed = model.equals("classical") || model.equals("built-in");
			assertEquals(marks, read.get(1).synthetic());
			assertEquals(Provenance.ALL, read.get(1).provenance().share(computed ? Kind.COMPUTED : Kind.GENERATED, 1));
			assertTrue(read.get(2).provenance().isObserved(), "where there was no mask, all was observed");
			assertEquals(model.startsWith("Qwen") ? Set.of(model + " sha256:cafe") : Set.of(),
				read.get(1).provenance().models());
		}
	}
}
