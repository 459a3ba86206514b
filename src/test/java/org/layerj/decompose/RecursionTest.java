package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.layerj.common.Progress;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;

class RecursionTest {

	private final FakeDecomposer model = new FakeDecomposer();

	private static RgbaImage noise(final int w, final int h, final int seed) {
		return RgbaImage.ofArgb(w, h, new Random(seed).ints((long) w * h).toArray());
	}

	/** A layer of 8 × 6 pixels at (5, 4) of which only 3 × 2 show. */
	private static LayerStack stack() {
		final RgbaImage inside = noise(3, 2, 2);
		final int[] argb = new int[48];
		for (int y = 0; y < 2; y++)
			for (int x = 0; x < 3; x++) argb[(y + 3) * 8 + x + 4] = inside.argb(x, y) | 0x10000000;
		final Layer small = Layer.of("m", "Marks", RgbaImage.ofArgb(8, 6, argb))
			.at(5, 4)
			.withProvenance(Mask.of(8, 6, i -> i % 8 == 5).as(Kind.GENERATED));
		return new LayerStack(20, 12,
			List.of(Layer.of("b", "Background", noise(20, 12, 1)), small, Layer.of("t", "Text", noise(20, 12, 3))));
	}

	@Test
	void onlyWhatShowsIsSentAndNothingLooksDifferent() {
		final Decomposition split =
			Recursion.split(model, stack(), "m", DecomposeOptions.defaults().withLayers(3), Progress.none());
		assertEquals(stack().get(1).pixels().crop(new Bounds(4, 3, 3, 2)), model.pictures.get(0));
		assertEquals(List.of("b", "m.1", "m.2", "m.3", "t"), split.layers().layers().stream().map(Layer::id).toList());
		assertEquals(Compositor.flatten(stack()), Compositor.flatten(split.layers()));
		final Layer child = split.layers().get(1);
		assertEquals(new Bounds(9, 7, 3, 2), child.bounds());
		assertEquals(Optional.of("m"), child.parent());
		assertTrue(child.synthetic().get(1, 0), "what was synthetic stays so");
		assertEquals("fake", split.run().model());
	}

	@Test
	void deeperIsTheSame() {
		final LayerStack once =
			Recursion.split(model, stack(), "m", DecomposeOptions.defaults(), Progress.none()).layers();
		final LayerStack twice =
			Recursion.split(model, once, "m.1", DecomposeOptions.defaults(), Progress.none()).layers();
		assertEquals(Compositor.flatten(stack()), Compositor.flatten(twice));
		assertEquals(Optional.of("m.1"), twice.get(1).parent());
	}

	@Test
	void whatCannotBeSplitIsRejectedInOneMessage() {
		final LayerStack stack = stack().with(Layer.of("e", "Empty", RgbaImage.blank(4, 4)));
		assertEquals("The layer Empty is transparent everywhere; choose one that shows something.",
			assertThrows(DecompositionException.class,
				() -> Recursion.split(model, stack, "e", DecomposeOptions.defaults(), Progress.none())).getMessage());
		assertThrows(DecompositionException.class,
			() -> Recursion.split(model, stack, "nobody", DecomposeOptions.defaults(), Progress.none()));
		assertThrows(InvalidOptionException.class,
			() -> Recursion.split(model, stack, "b", DecomposeOptions.defaults().withRaw(true), Progress.none()));
		assertEquals(
			"The layer Marks has the opacity 0.5, so its parts would show through each other; set it to 1 before splitting the layer.",
			assertThrows(DecompositionException.class, () -> Recursion.split(model,
				stack.with(stack.get(1).withOpacity(0.5)), "m", DecomposeOptions.defaults(), Progress.none()))
				.getMessage());
	}
}
