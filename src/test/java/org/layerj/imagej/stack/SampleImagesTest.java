package org.layerj.imagej.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** Pictures that are more than 8-bit colours: into layers, through a file, and back. */
class SampleImagesTest {

	private static final int W = 23;
	private static final int H = 15;

	@TempDir
	Path dir;

	enum Kind {
		GREY16, FLOAT, LUT8, CALIBRATED8, COMPOSITE8, COMPOSITE16, COMPOSITE_FLOAT, GREY8, RGB
	}

	private static ImageProcessor pixels(final Kind kind, final Random random) {
		final int n = W * H;
		switch (kind) {
			case GREY16, COMPOSITE16:
				final short[] shorts = new short[n];
				for (int i = 0; i < n; i++) shorts[i] = (short) random.nextInt(65536);
				return new ShortProcessor(W, H, shorts, null);
			case FLOAT, COMPOSITE_FLOAT:
				final float[] floats = new float[n];
				for (int i = 0; i < n; i++) floats[i] = i % 17 == 0 ? Float.NaN : (float) random.nextGaussian();
				return new FloatProcessor(W, H, floats);
			case RGB:
				return new ColorProcessor(W, H, random.ints(n).toArray());
			default:
				final byte[] bytes = new byte[n];
				random.nextBytes(bytes);
				return new ByteProcessor(W, H, bytes);
		}
	}

	private static ImagePlus image(final Kind kind) {
		final Random random = new Random(kind.ordinal());
		final ImagePlus image;
		if (kind.name().startsWith("COMPOSITE")) {
			final ImageStack stack = new ImageStack(W, H);
			for (final String name : List.of("DAPI", "GFP µ", "Phase")) stack.addSlice(name, pixels(kind, random));
			final ImagePlus plain = new ImagePlus("cells.tif", stack);
			plain.setDimensions(3, 1, 1);
			final CompositeImage composite = new CompositeImage(plain, CompositeImage.COMPOSITE);
			final LUT[] luts = { LUT.createLutFromColor(Color.blue), LUT.createLutFromColor(new Color(20, 255, 90)),
				LUT.createLutFromColor(Color.white) };
			for (int c = 0; c < 3; c++) {
				luts[c].min = kind == Kind.COMPOSITE_FLOAT ? -1 : 10 * c;
				luts[c].max = kind == Kind.COMPOSITE_FLOAT ? 1.5 : kind == Kind.COMPOSITE8 ? 200 : 40000;
			}
			composite.setLuts(luts);
			composite.getActiveChannels()[2] = false;
			image = composite;
		}
		else {
			final ImageProcessor pixels = pixels(kind, random);
			if (kind == Kind.LUT8) pixels.setLut(fire());
			if (kind == Kind.GREY16) pixels.setMinAndMax(1000, 30000);
			if (kind == Kind.FLOAT) pixels.setMinAndMax(-1.25, 1.5);
			image = new ImagePlus("gel.tif", pixels);
		}
		final Calibration c = image.getCalibration();
		c.pixelWidth = 0.25;
		c.pixelHeight = 0.5;
		c.setUnit("µm");
		if (kind == Kind.CALIBRATED8 || kind == Kind.GREY16)
			c.setFunction(Calibration.STRAIGHT_LINE, new double[] { -3, 0.5 }, "OD");
		image.setProperty("Info", "Microscope: old\nObjective: 40x");
		return image;
	}

	/** Dark red to yellow and white, in steps. */
	private static LUT fire() {
		final byte[][] rgb = new byte[3][256];
		for (int i = 0; i < 256; i++)
			for (int c = 0; c < 3; c++) rgb[c][i] = (byte) Math.max(0, Math.min(255, 3 * i - 255 * c));
		return new LUT(8, 256, rgb[0], rgb[1], rgb[2]);
	}

	private static LayerStack layers(final ImagePlus image) {
		final ImagePictures.Seen seen = ImagePictures.current(image);
		final Random random = new Random(7);
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < 3; k++)
			layers.add(Layer.of("l" + k, "Layer " + k, RgbaImage.ofArgb(W, H,
				random.ints((long) W * H).map(p -> random.nextInt(3) == 0 ? p | 0xff000000 : p).toArray())));
		final LayerStack closed = ExactRecomposition.of(seen.image(), new LayerStack(W, H, layers));
		return seen.samples().map(v -> ExactSamples.of(v, closed)).orElse(closed);
	}

	private static ImagePlus hyperstack(final ImagePlus image) {
		final ImagePlus out = Hyperstacks.of(layers(image), "x-layers");
		Hyperstacks.calibrate(out, image.getCalibration());
		SourceNotes.of(image, List.of(1)).write(out);
		return out;
	}

	private static int[] shown(final ImagePlus image) {
		return (int[]) new ColorProcessor(image.getImage()).getPixels();
	}

	private static void assertSameImage(final ImagePlus wanted, final ImagePlus is) {
		assertArrayEquals(wanted.getDimensions(), is.getDimensions());
		assertEquals(wanted.getBitDepth(), is.getBitDepth());
		for (int i = 1; i <= wanted.getStackSize(); i++) {
			if (wanted.getBitDepth() == 24) assertArrayEquals(
				Arrays.stream((int[]) wanted.getStack().getPixels(i)).map(p -> p & 0xffffff).toArray(),
				Arrays.stream((int[]) is.getStack().getPixels(i)).map(p -> p & 0xffffff).toArray());
			else assertTrue(Objects.deepEquals(wanted.getStack().getPixels(i), is.getStack().getPixels(i)),
				"slice " + i);
			assertEquals(wanted.getStack().getSliceLabel(i), is.getStack().getSliceLabel(i));
		}
		assertEquals(wanted.getCalibration().toString(), is.getCalibration().toString());
		assertEquals(wanted.getCalibration().getFunction(), is.getCalibration().getFunction());
		assertArrayEquals(wanted.getCalibration().getCoefficients(), is.getCalibration().getCoefficients());
		assertEquals(wanted.getInfoProperty(), is.getInfoProperty());
		assertArrayEquals(Arrays.stream(shown(wanted)).map(p -> p & 0xffffff).toArray(),
			Arrays.stream(shown(is)).map(p -> p & 0xffffff).toArray(), "it looks the same");
		for (int c = 0; c < wanted.getLuts().length; c++) {
			assertArrayEquals(wanted.getLuts()[c].getBytes(), is.getLuts()[c].getBytes());
			assertEquals(wanted.getLuts()[c].min, is.getLuts()[c].min, 1e-6);
			assertEquals(wanted.getLuts()[c].max, is.getLuts()[c].max, 1e-6);
		}
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void theRecompositeIsTheImageItWas(final Kind kind) throws IOException {
		final ImagePlus image = image(kind);
		final ImagePlus layers = hyperstack(image);
		assertSameImage(image, Recomposed.of(layers));
		final Path file = dir.resolve("layers.tif");
		SavedTiff.write(layers, file);
		assertSameImage(image, Recomposed.of(IJ.openImage(file.toString())));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void layersComeBackAsTheyWere(final Kind kind) throws IOException {
		final LayerStack layers = layers(image(kind));
		final ImagePlus hyperstack = Hyperstacks.of(layers, "x-layers");
		assertEquals(layers, Hyperstacks.layers(hyperstack));
		final Path file = dir.resolve("layers.tif");
		SavedTiff.write(hyperstack, file);
		assertEquals(layers, Hyperstacks.layers(IJ.openImage(file.toString())));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void samplesAreSeenAsImageJShowsThem(final Kind kind) {
		final ImagePlus image = image(kind);
		final int[] imagej = shown(image);
		final int[] ours = ImagePictures.of(image).argb();
		for (int i = 0; i < imagej.length; i++)
			assertEquals(Integer.toHexString(imagej[i] | 0xff000000), Integer.toHexString(ours[i]), kind + " at " + i);
	}

	@Test
	void theContract() {
		final ImagePlus layers = hyperstack(image(Kind.COMPOSITE16));
		assertArrayEquals(new int[] { W, H, 4, 3, 1 }, layers.getDimensions());
		assertEquals(16, layers.getBitDepth());
		assertEquals("110", layers.getProp(Hyperstacks.VALUES));
		final LUT alpha = ((CompositeImage) layers).getChannelLut(4);
		assertEquals(0, alpha.getRGB(255) & 0xffffff);
		assertEquals(255, alpha.max);
		assertEquals(40000, ((CompositeImage) layers).getChannelLut(2).max);
		layers.setPosition(2, 2, 1);
		assertEquals("GFP µ", layers.getProp("channel"));
		assertEquals("Layer 1", layers.getStack().getShortSliceLabel(layers.getCurrentSlice()));
		assertArrayEquals(new int[] { W, H, 4, 3, 1 }, hyperstack(image(Kind.RGB)).getDimensions());
		assertArrayEquals(new int[] { W, H, 2, 3, 1 }, hyperstack(image(Kind.FLOAT)).getDimensions());
	}

	@Test
	void paintedSamplesAreTheTruth() {
		final ImagePlus layers = hyperstack(image(Kind.GREY16));
		final short[] top = (short[]) layers.getStack().getPixels(layers.getStackIndex(1, 3, 1));
		final short[] alpha = (short[]) layers.getStack().getPixels(layers.getStackIndex(2, 3, 1));
		top[40] = 30000;
		alpha[40] = 700;
		final ImagePlus recomposed = Recomposed.of(layers);
		final short[] before = (short[]) image(Kind.GREY16).getProcessor().getPixels();
		final short[] after = (short[]) recomposed.getProcessor().getPixels();
		assertEquals(30000, after[40]);
		before[40] = 30000;
		assertArrayEquals(before, after, "and nothing else has changed");
		assertEquals(0xffffffff, Hyperstacks.layers(layers).get(2).pixels().argb(40 % W, 40 / W));
	}
}
