package org.layerj.elements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** Whether elements are found where a picture that has been changed shows them. */
class PictureCellsTest {

	private static final int W = 70;
	private static final int H = 41;

	/** A white background with three patches of noise, each an element. */
	private static final Bounds[] PATCHES =
		{ new Bounds(4, 5, 20, 12), new Bounds(40, 3, 9, 30), new Bounds(12, 25, 22, 9) };

	private static int[] picture() {
		final Random random = new Random(3);
		final int[] argb = new int[W * H];
		for (int i = 0; i < argb.length; i++) argb[i] = label(i) == 0 ? -1 : random.nextInt() | 0xff000000;
		return argb;
	}

	private static int label(final int i) {
		for (int k = 0; k < PATCHES.length; k++) if (PATCHES[k].contains(i % W, i / W)) return k + 1;
		return 0;
	}

	private static Elements elements() {
		final int[] labels = new int[W * H];
		for (int i = 0; i < labels.length; i++) labels[i] = label(i);
		return Elements.counted(W, H, labels,
			List.of(1, 2, 3)
				.stream()
				.map(id -> new Element(id, 0, ElementKind.PART, Role.MARK, Optional.empty(), PATCHES[id - 1],
					PATCHES[id - 1].area(), id, Optional.empty()))
				.toList());
	}

	private static LayerStack stack(final int w, final int h, final int[] argb) {
		return new LayerStack(w, h, List.of(Layer.of("all", "All", RgbaImage.ofArgb(w, h, argb))));
	}

	private static Optional<Elements> read(final LayerStack now) {
		return ElementsJson.parse(ElementsJson.of(elements(), stack(W, H, picture())).toString(), now);
	}

	@Test
	void theSamePictureHasTheSameElements() {
		assertEquals(Optional.of(elements()), read(stack(W, H, picture())));
	}

	@Test
	void aLayerThatIsHiddenStillHasItsElements() {
		final LayerStack hidden = stack(W, H, picture());
		assertEquals(Optional.of(elements()), read(hidden.with(hidden.get(0).withVisible(false))));
	}

	@Test
	void elementsGoWithFlipsAndTurns() {
		final int[] before = picture();
		for (int turn = 1; turn < 8; turn++) {
			final boolean across = (turn & 4) != 0;
			final int w = across ? H : W;
			final int h = across ? W : H;
			final int[] now = new int[W * H];
			final int[] expected = new int[W * H];
			for (int i = 0; i < now.length; i++) {
				final int s = (turn & 1) != 0 ? W - 1 - i % W : i % W;
				final int t = (turn & 2) != 0 ? H - 1 - i / W : i / W;
				final int to = across ? s * w + t : t * w + s;
				now[to] = before[i];
				expected[to] = label(i);
			}
			final Elements found = read(stack(w, h, now)).orElseThrow();
			for (int i = 0; i < expected.length; i++)
				assertEquals(expected[i], found.at(i % w, i / w).map(Element::rgb).orElse(0), "turn " + turn);
		}
	}

	@Test
	void whatHasBeenPaintedOverIsNoElement() {
		final int[] now = picture();
		for (int y = 20; y < 36; y++) for (int x = 8; x < 36; x++) now[y * W + x] = 0xff00ff00;
		final Elements found = read(stack(W, H, now)).orElseThrow();
		assertEquals(List.of(1, 2), found.list().stream().map(Element::rgb).toList());
		assertTrue(found.at(20, 28).isEmpty());
		assertEquals(1, found.at(10, 10).orElseThrow().rgb());
	}

	@Test
	void anotherPictureHasNone() {
		final int[] moved = new int[W * H];
		final int[] before = picture();
		for (int i = 0; i < moved.length; i++) moved[i] = i % W == 0 ? -1 : before[i - 1];
		assertEquals(Optional.empty(), read(stack(W, H, moved)), "moved by a pixel");
		assertEquals(Optional.empty(), read(stack(W - 1, H, new int[(W - 1) * H])), "another canvas");
		assertEquals(Optional.of(elements()),
			ElementsJson.parse(ElementsJson.of(elements()).toString(), stack(W, H, moved)),
			"records of before do not say");
	}
}
