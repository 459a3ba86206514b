package org.layerj.imagej.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.StackProcessor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Visibility;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/** Image › Adjust › Size... on layers, in all of ImageJ's ways. */
class ResizedTest {

	private static final int W = 40, H = 30;
	private static final int[] METHODS = { ImageProcessor.NONE, ImageProcessor.BILINEAR, ImageProcessor.BICUBIC };

	/** Red is how much of a pixel was generated, green how much was computed, so both are resized before our eyes. */
	private static LayerStack layers() {
		final Random random = new Random(5);
		final int[] top = new int[W * H];
		final int[] bottom = new int[W * H];
		final Provenance.Builder known = new Provenance.Builder(W, H).models(List.of("model"));
		for (int i = 0; i < W * H; i++) {
			bottom[i] = random.nextInt() | 0xff000000;
			final int generated = i % W > 25 ? 255 : i % W > 20 ? 100 : 0;
			final int computed = i / W > 20 ? 255 - generated : 0;
			known.set(i, Kind.GENERATED, generated).set(i, Kind.COMPUTED, computed);
			top[i] = 0xff000000 | generated << 16 | computed << 8 | random.nextInt(256);
		}
		return new LayerStack(W, H, List.of(Layer.of("a", "A", RgbaImage.ofArgb(W, H, bottom)),
			Layer.of("b", "B", RgbaImage.ofArgb(W, H, top)).withProvenance(known.build())));
	}

	private static LayerStack resized(final int method, final boolean averaging, final int w, final int h) {
		final ImagePlus image = Hyperstacks.of(layers(), "layers");
		final OpenLayers open = OpenLayers.require(Optional.of(image));
		open.layers();
		final ImageProcessor ip = image.getProcessor();
		ip.setInterpolationMethod(method);
		image.setStack(null, new StackProcessor(image.getStack(), ip).resize(w, h, averaging));
		return open.layers();
	}

	@Test
	void sharesAreResampledAsThePixelsAre() {
		for (final int[] size : new int[][] { { 20, 15 }, { 33, 21 }, { 80, 60 }, { 50, 30 }, { 13, 40 } }) {
			for (final int method : METHODS) {
				for (final boolean averaging : new boolean[] { false, true }) {
					final LayerStack now = resized(method, averaging, size[0], size[1]);
					final String what = size[0] + " × " + size[1] + ", method " + method + ", " + averaging;
					assertEquals(size[0], now.width());
					assertTrue(now.get(0).provenance().isObserved(), what);
					final Layer l = now.get(1);
					assertEquals(List.of("model"), List.copyOf(l.provenance().models()));
					for (int i = 0; i < size[0] * size[1]; i++) {
						final int argb = l.pixels().argb(i % size[0], i / size[0]);
						final int generated = l.provenance().share(Kind.GENERATED, i);
						final int computed = l.provenance().share(Kind.COMPUTED, i);
						// Cubic weights overshoot; of the rest only rounding differs.
						assertTrue(generated >= Math.min(255, argb >> 16 & 255) - 1, what + " at " + i);
						assertTrue(computed >= Math.min(255 - generated, argb >> 8 & 255) - 1, what + " at " + i);
						if (method == ImageProcessor.BICUBIC) continue;
						assertTrue(generated <= (argb >> 16 & 255) + 1, what + " at " + i);
						assertTrue(computed <= (argb >> 8 & 255) + 1, what + " at " + i);
						assertEquals(0, l.provenance().share(Kind.UNKNOWN, i));
					}
				}
			}
		}
	}

	@Test
	void moreThanResizingIsUnknown() {
		final ImagePlus image = Hyperstacks.of(layers(), "layers");
		final OpenLayers open = OpenLayers.require(Optional.of(image));
		open.layers();
		final ImageProcessor ip = image.getProcessor();
		ip.setInterpolationMethod(ImageProcessor.BILINEAR);
		image.setStack(null, new StackProcessor(image.getStack(), ip).resize(33, 21, true));
		((ByteProcessor) image.getStack().getProcessor(1)).set(3, 3, image.getStack().getProcessor(1).get(3, 3) ^ 255);
		assertEquals(Provenance.ALL, open.layers().get(0).provenance().share(Kind.UNKNOWN, 0));
	}

	/** Turned by an odd angle, or scaled within the canvas: the origin of pixels is unknown. */
	@Test
	void whatCannotBeFollowedIsNotObserved() {
		final Map<String, Consumer<ImageProcessor>> edits = Map.of("rotate 13", ip -> ip.rotate(13), "rotate -7",
			ip -> ip.rotate(-7), "scale", ip -> ip.scale(0.7, 0.7), "translate", ip -> ip.translate(1.5, 0.5));
		for (final String command : edits.keySet()) for (final int method : METHODS) {
			if (command.equals("translate") && method == ImageProcessor.NONE) continue;
			final LayerStack before = layers();
			final ImagePlus image = Hyperstacks.of(before, "layers");
			final OpenLayers open = OpenLayers.require(Optional.of(image));
			open.layers();
			// What the commands do when their dialogs are closed; there are none without a screen.
			for (int i = 1; i <= image.getStackSize(); i++) {
				final ImageProcessor ip = image.getStack().getProcessor(i);
				ip.setInterpolationMethod(method);
				ip.setBackgroundValue(0);
				edits.get(command).accept(ip);
			}
			final LayerStack after = open.layers();
			int changed = 0;
			for (int k = 0; k < 2; k++) for (int i = 0; i < W * H; i++) {
				final Layer l = after.get(k);
				if (l.pixels().argb(i % W, i / W) >>> 24 == 0
					|| l.pixels().argb(i % W, i / W) == before.get(k).pixels().argb(i % W, i / W)) continue;
				changed++;
				assertEquals(0, l.provenance().observed(i), command);
			}
			assertTrue(changed > W * H / 2, command + " changed " + changed);
		}
	}

	/** As <em>Scale...</em> makes it, which has a dialog: ImageJ gives a new image the properties of the old one. */
	@Test
	void scaledIntoANewImageItIsUnknown() {
		final Random random = new Random(2);
		// Black letters on a white background; what they cover was not observed.
		final int[] white = new int[W * H];
		Arrays.fill(white, 0xffffffff);
		final int[] specks = new int[W * H];
		for (int i = 0; i < specks.length; i++)
			if (i % W > 8 && i % W < 30 && i / W > 5 && random.nextInt(3) == 0) specks[i] = 0xff000000;
		final LayerStack page = new LayerStack(W, H, List.of(Layer.of("a", "A", RgbaImage.ofArgb(W, H, white)),
			Layer.of("b", "B", RgbaImage.ofArgb(W, H, specks))));
		final ImagePlus image = Hyperstacks.of(Visibility.markHidden(page), "layers");
		final ImagePlus half = image.createImagePlus();
		final ImageStack stack = new ImageStack(20, 15);
		for (int i = 1; i <= image.getStackSize(); i++) {
			final ImageProcessor ip = image.getStack().getProcessor(i);
			ip.setInterpolationMethod(ImageProcessor.BILINEAR);
			stack.addSlice(image.getStack().getSliceLabel(i), ip.resize(20, 15, true));
		}
		half.setStack("half", stack);
		half.setDimensions(4, 2, 1);
		assertTrue(Hyperstacks.isLayers(half));
		for (final Layer l : OpenLayers.require(Optional.of(half)).layers().layers())
			for (int i = 0; i < 300; i++)
				if (l.pixels().argb(i % 20, i / 20) >>> 24 != 0) assertEquals(0, l.provenance().observed(i), l.name());
	}
}
