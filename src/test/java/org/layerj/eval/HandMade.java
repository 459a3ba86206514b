package org.layerj.eval;

import java.util.List;
import org.layerj.layers.RgbaImage;

/** Figures small enough to know by heart, drawn with soft edges. */
final class HandMade {

	static final int WIDTH = 96;
	static final int HEIGHT = 80;

	/** Tells the alpha 0…1 at a place. */
	interface Cover {

		double at(double x, double y);
	}

	private HandMade() {}

	/** A shape in one colour {@code 0xRRGGBB}. Colour under alpha 0 is the same. */
	static RgbaImage layer(final int rgb, final Cover cover) {
		final int[] argb = new int[WIDTH * HEIGHT];
		for (int i = 0; i < argb.length; i++) {
			argb[i] = (int) Math.round(255 * Math.max(0, Math.min(1, cover.at(i % WIDTH, i / WIDTH)))) << 24 | rgb;
		}
		return RgbaImage.ofArgb(WIDTH, HEIGHT, argb);
	}

	static Cover disc(final double x0, final double y0, final double radius) {
		return (x, y) -> radius + .5 - Math.hypot(x - x0, y - y0);
	}

	static Cover box(final int left, final int top, final int right, final int bottom) {
		return (x, y) -> x >= left && x < right && y >= top && y < bottom ? 1 : 0;
	}

	/** A white page, a blue plate on it, and a small orange disc on the plate. */
	static List<RgbaImage> pagePlateMark() {
		return List.of(layer(0xffffff, (x, y) -> 1), layer(0x2850a0, box(20, 16, 76, 64)),
			layer(0xf08020, disc(48, 40, 4)));
	}

	/** A page that darkens from left to right, and a green disc. */
	static List<RgbaImage> gradientDisc() {
		final int[] page = new int[WIDTH * HEIGHT];
		for (int i = 0; i < page.length; i++) page[i] = 0xff000000 | (250 - i % WIDTH) * 0x010101;
		return List.of(RgbaImage.ofArgb(WIDTH, HEIGHT, page), layer(0x109030, disc(50, 40, 15)));
	}

	static RgbaImage flat(final List<RgbaImage> layers) {
		return StackFacts.flatten(layers);
	}

	static TruthFigure figure(final String name, final List<RgbaImage> layers) {
		return new TruthFigure(name, "hand-made", "", flat(layers), layers);
	}
}
