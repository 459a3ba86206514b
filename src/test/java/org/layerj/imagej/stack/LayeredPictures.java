package org.layerj.imagej.stack;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;

/** Small layered pictures for tests. */
public final class LayeredPictures {

	public static final int WIDTH = 40;
	public static final int HEIGHT = 30;

	private LayeredPictures() {}

	public static RgbaImage noise(final int width, final int height, final long seed) {
		return RgbaImage.ofArgb(width, height, new Random(seed).ints((long) width * height).toArray());
	}

	public static RgbaImage opaque(final int width, final int height, final long seed) {
		return RgbaImage.ofArgb(width, height,
			new Random(seed).ints((long) width * height).map(p -> p | 0xff000000).toArray());
	}

	public static RgbaImage filled(final int width, final int height, final int argb) {
		return RgbaImage.ofArgb(width, height, new Random(0).ints((long) width * height).map(p -> argb).toArray());
	}

	/** An opaque background, a red box with a transparent border, a title of noisy alpha. */
	public static LayerStack three() {
		final RgbaImage box = RgbaImage.blank(14, 12);
		for (int y = 2; y < 10; y++) for (int x = 2; x < 12; x++) {
			box.plane(RgbaImage.RED)[y * 14 + x] = (byte) 200;
			box.plane(RgbaImage.ALPHA)[y * 14 + x] = (byte) 255;
		}
		return new LayerStack(WIDTH, HEIGHT, List.of(Layer.of("bg", "Background", opaque(WIDTH, HEIGHT, 1)), //
			new Layer("box", "Box", new Bounds(3, 4, 14, 12), box, 1, true, Optional.empty(),
				Mask.of(14, 12, i -> i % 3 == 0).as(Kind.GENERATED)), //
			new Layer("title", "Title µ", new Bounds(20, 5, 9, 6), noise(9, 6, 2), 0.75, true, Optional.of("bg"),
				Mask.none(9, 6).as(Kind.GENERATED))));
	}

	public static ImagePlus hyperstack() {
		return Hyperstacks.of(three(), "fig-layers");
	}

	/** Sets one sample of a layer as a tool would. */
	public static void paint(final ImagePlus image, final int channel, final int z, final int x, final int y,
		final int value)
	{
		image.getStack().getProcessor(image.getStackIndex(channel, z, 1)).set(x, y, value);
	}
}
