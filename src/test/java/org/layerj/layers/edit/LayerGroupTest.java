package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.exact.ExactSamplesTest;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.provenance.Kind;

/** Properties over random stacks; a failure names its seed. */
class LayerGroupTest {

	private static RgbaImage noise(final Random random, final int w, final int h, final boolean soft) {
		return RgbaImage.ofArgb(w, h,
			random.ints((long) w * h)
				.map(p -> soft ? p : random.nextBoolean() ? p | 0xff000000 : p & 0xffffff)
				.toArray());
	}

	private static LayerStack stack(final Random random, final int w, final int h) {
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < 3; k++) {
			final Bounds b = k == 0 ? Bounds.all(w, h) : new Bounds(random.nextInt(9) - 4, random.nextInt(9) - 4,
				1 + random.nextInt(w), 1 + random.nextInt(h));
			layers.add(new Layer("l" + k, "Layer " + k, b, noise(random, b.width(), b.height(), random.nextBoolean()),
				k == 1 ? 1 : random.nextInt(2) == 0 ? 1 : random.nextDouble(), k == 1 ? random.nextInt(4) > 0 : true,
				Optional.empty(), Mask.of(b.width(), b.height(), i -> i % 7 == 0).as(Kind.GENERATED)));
		}
		return new LayerStack(w, h, layers);
	}

	private static LayerStack children(final Random random, final RgbaImage picture) {
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < 1 + random.nextInt(4); k++)
			layers.add(Layer.of("c" + k, "", noise(random, picture.width(), picture.height(), random.nextBoolean())));
		return ExactRecomposition.of(picture, new LayerStack(picture.width(), picture.height(), layers));
	}

	@Test
	void theWholeAndTheGroupStayWhatTheyWere() {
		for (int seed = 0; seed < 300; seed++) {
			final Random random = new Random(seed);
			final int w = 8 + random.nextInt(20);
			final int h = 8 + random.nextInt(20);
			LayerStack before = stack(random, w, h);
			final boolean valued = seed % 3 == 0;
			if (valued) {
				final Type type = Type.values()[random.nextInt(3)];
				final SampleFormat format = ExactSamplesTest.format(type, 2, random);
				before = new LayerStack(w, h,
					before.layers()
						.stream()
						.map(l -> Display.redraw(l.withSamples(ExactSamplesTest.samples(format, l.bounds().width(),
							l.bounds().height(), ExactSamplesTest.samples(type, random, 0)))))
						.toList());
			}
			final Layer parent = before.get(1);
			final Optional<Bounds> part = AlphaBounds.of(parent.pixels());
			if (part.isEmpty()) continue;
			final RgbaImage picture = parent.pixels().crop(part.get());
			LayerStack children = children(random, picture);
			if (valued) children = ExactSamples.of(parent.samples().orElseThrow().crop(part.get()), children);
			final LayerStack after = LayerGroup.split(before, "l1", part.get(), children);

			final String which = "seed " + seed;
			assertEquals(Compositor.flatten(before), Compositor.flatten(after), which);
			final LayerStack group = new LayerStack(w, h,
				after.layers().stream().filter(l -> l.parent().isPresent()).map(l -> l.withVisible(true)).toList());
			final LayerStack alone = new LayerStack(w, h, List.of(parent.withVisible(true)));
			assertEquals(Compositor.flatten(alone), Compositor.flatten(group), which + ": the children are the parent");
			if (valued) {
				assertTrue(SampleCompositor.flatten(before).sameSamples(SampleCompositor.flatten(after)), which);
				assertTrue(SampleCompositor.flatten(alone).sameSamples(SampleCompositor.flatten(group)), which);
				final LayerStack shown = before.with(parent.withVisible(true));
				final LayerStack all = new LayerStack(w, h,
					after.layers().stream().map(l -> l.parent().isPresent() ? l.withVisible(true) : l).toList());
				assertTrue(SampleCompositor.flatten(shown).sameSamples(SampleCompositor.flatten(all)), which);
			}
			for (final Layer child : group.layers()) {
				assertEquals(Optional.of("l1"), child.parent());
				for (int i = 0; i < picture.width() * picture.height(); i++) {
					final int x = part.get().x() + i % picture.width();
					final int y = part.get().y() + i / picture.width();
					if (parent.synthetic().get(x, y)) assertTrue(child.synthetic().get(i), which);
				}
			}
			assertEquals(parent.visible(), after.get(1).visible());
		}
	}

	@Test
	void idsAreNew() {
		final Layer parent = Layer.of("a", "Cell", RgbaImage.ofArgb(2, 1, new int[] { -1, -1 }));
		final LayerStack stack = new LayerStack(2, 1, List.of(parent, Layer.of("a.1", "", RgbaImage.blank(2, 1))));
		final LayerStack split = LayerGroup.split(stack, "a", Bounds.all(2, 1), new LayerStack(2, 1, List.of(parent)));
		assertEquals(List.of("a.1'", "a.1"), split.layers().stream().map(Layer::id).toList());
		assertEquals("Cell.1", split.get(0).name());
		assertThrows(IllegalArgumentException.class,
			() -> LayerGroup.split(stack.with(parent.withOpacity(0.5)), "a", Bounds.all(2, 1), stack));
	}

	@Test
	void childrenThatReachBeyondTheirPartDoNotComeIntoSight() {
		final Layer parent = Layer.of("a", "Cell", RgbaImage.ofArgb(4, 1, new int[] { 0, -1, -1, 0 }));
		final LayerStack stack = new LayerStack(4, 1, List.of(parent));
		final LayerStack children = new LayerStack(2, 1, List
			.of(Layer.of("wide", "", RgbaImage.ofArgb(4, 1, new int[] { 0xffff0000, -1, -1, 0xffff0000 })).at(-1, 0)));
		assertEquals(Compositor.flatten(stack),
			Compositor.flatten(LayerGroup.split(stack, "a", new Bounds(1, 0, 2, 1), children)));
	}
}
