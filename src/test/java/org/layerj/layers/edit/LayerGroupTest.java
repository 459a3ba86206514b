package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.exact.ExactSamplesTest;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Lut;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

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

	/** Rows of random colours, from below, each of one alpha. */
	private static LayerStack children(final Random random, final int w, final int... alphas) {
		final List<Layer> layers = new ArrayList<>();
		for (final int alpha : alphas)
			layers.add(Layer.of("c" + layers.size(), "",
				RgbaImage.ofArgb(w, 1, random.ints(w).map(p -> alpha << 24 | p & 0xffffff).toArray())));
		return new LayerStack(w, 1, layers);
	}

	/** The stack with the children in place of their parent, which lies between two others; it shows the same. */
	private static LayerStack splitBetween(final Random random, final RgbaImage parent, final LayerStack children) {
		final int w = parent.width();
		final LayerStack before = new LayerStack(w, 1, List.of(
			Layer.of("low", "", RgbaImage.ofArgb(w, 1, random.ints(w).map(p -> p | 0xff000000).toArray())),
			Layer.of("p", "Parent", parent),
			Layer.of("high", "", RgbaImage.ofArgb(w, 1, random.ints(w).map(p -> 100 << 24 | p & 0xffffff).toArray()))));
		final LayerStack after = LayerGroup.split(before, "p", Bounds.all(w, 1), children);
		assertEquals(Compositor.flatten(before), Compositor.flatten(after));
		return after;
	}

	/** Alphas from below. What is seen of them from above: .302, .315, .364; .302, .490, .197; .4, .301, .09. */
	@ParameterizedTest
	@CsvSource({ "242,115,77,0", "242,179,77,1", "77,128,102,2" })
	void wherePartsWouldShowSomethingElseTheLargestTakesThePixel(final int low, final int middle, final int high,
		final int largest)
	{
		final Random random = new Random(1);
		final int w = 2000;
		final LayerStack children = children(random, w, low, middle, high);
		final RgbaImage parent = Compositor.flatten(children);
		final LayerStack after = splitBetween(random, parent, children);
		int taken = 0;
		for (int i = 0; i < w; i++) {
			if (after.get(1).pixels().argb(i, 0) == children.get(0).pixels().argb(i, 0)) continue;
			taken++;
			for (int k = 0; k < 3; k++) {
				final int argb = after.get(1 + k).pixels().argb(i, 0);
				if (k == largest) assertEquals(parent.argb(i, 0), argb, "pixel " + i);
				else assertEquals(0, argb >>> 24, "pixel " + i + " of " + k);
			}
		}
		assertTrue(taken > 0 && taken < w, taken + " pixels");
	}

	@Test
	void opaquePartsTakeTheColourAndKeepTheirAlpha() {
		final Random random = new Random(2);
		final int w = 2000;
		final LayerStack children = children(random, w, 255, 128);
		final RgbaImage parent = Compositor.flatten(children);
		final LayerStack after = splitBetween(random, parent, children);
		int taken = 0;
		for (int i = 0; i < w; i++) {
			final int low = after.get(1).pixels().argb(i, 0);
			final int high = after.get(2).pixels().argb(i, 0);
			assertEquals(255, low >>> 24);
			assertEquals(128, high >>> 24);
			if (low == children.get(0).pixels().argb(i, 0) && high == children.get(1).pixels().argb(i, 0)) continue;
			taken++;
			assertEquals(parent.argb(i, 0) & 0xffffff, low & 0xffffff, "pixel " + i);
			assertEquals(parent.argb(i, 0) & 0xffffff, high & 0xffffff, "pixel " + i);
		}
		assertTrue(taken > 0 && taken < w / 2, taken + " pixels");
	}

	@Test
	void ofWhatThePartHasOnlyWhatWasObservedInTheWholeIsObserved() {
		final RgbaImage pixels = RgbaImage.ofArgb(4, 1, new int[] { -1, -1, -1, -1 });
		final Layer parent = Layer.of("p", "Parent", pixels)
			.withProvenance(new Provenance.Builder(4, 1).set(1, Kind.COMPUTED, 102).set(2, Kind.COMPUTED, 102).build());
		final LayerStack children = new LayerStack(2, 1, List.of(Layer.of("c", "", pixels.crop(Bounds.all(2, 1)))
			.withProvenance(new Provenance.Builder(2, 1).models(List.of("m")).set(1, Kind.GENERATED, 51).build())));
		final Layer child =
			LayerGroup.split(new LayerStack(4, 1, List.of(parent)), "p", new Bounds(1, 0, 2, 1), children).get(0);
		assertEquals(102, child.provenance().share(Kind.COMPUTED, 0));
		assertEquals(153, child.provenance().observed(0));
		assertEquals(51, child.provenance().share(Kind.GENERATED, 1));
		assertEquals(Math.round(204 * .4), child.provenance().share(Kind.COMPUTED, 1));
		assertEquals(255 - 51 - 82, child.provenance().observed(1));
		assertEquals(java.util.Set.of("m"), child.provenance().models());
	}

	/** Levels of 256 samples each: the colours agree where the samples do not. */
	@Test
	void samplesStayWhereColoursHideADifference() {
		final SampleFormat format = new SampleFormat(Type.U16, List.of(new Channel("", Lut.GREY, 0, 65535, true)));
		final int w = 50;
		final RgbaImage half =
			RgbaImage.ofArgb(w, 1, java.util.stream.IntStream.generate(() -> 0x80000000).limit(w).toArray());
		final Samples whole = Samples.blank(format, w, 1);
		final Samples own = Samples.blank(format, w, 1);
		for (int i = 0; i < w; i++) {
			whole.set(0, i, 20000 + 256 * i);
			own.set(0, i, 20000 + 256 * i + i % 2);
		}
		final Layer parent = Display.redraw(Layer.of("p", "Parent", half).withSamples(whole));
		final Layer part = Display.redraw(Layer.of("c", "", half).withSamples(own));
		assertEquals(parent.pixels(), part.pixels(), "same colours");
		final LayerStack after = LayerGroup.split(new LayerStack(w, 1, List.of(parent)), "p", Bounds.all(w, 1),
			new LayerStack(w, 1, List.of(part)));
		for (int i = 0; i < w; i++) assertEquals(20000 + 256 * i, after.get(0).samples().get().get(0, i));
		assertEquals(parent.pixels(), after.get(0).pixels());
	}

	@Test
	void partsThatShowTheSameSamplesKeepTheirOwn() {
		final SampleFormat format = new SampleFormat(Type.U8, List.of(new Channel("", Lut.GREY, 0, 255, true)));
		final List<Layer> layers = new ArrayList<>();
		// .8 · 100 + .2 · 200 = 120.
		for (final int[] l : new int[][] { { 120, 0xff }, { 100, 0xff }, { 200, 51 } }) {
			final Samples samples = Samples.blank(format, 1, 1);
			samples.set(0, 0, l[0]);
			layers.add(Display.redraw(
				Layer.of("l" + l[0], "", RgbaImage.ofArgb(1, 1, new int[] { l[1] << 24 })).withSamples(samples)));
		}
		final LayerStack after = LayerGroup.split(new LayerStack(1, 1, layers.subList(0, 1)), "l120", Bounds.all(1, 1),
			new LayerStack(1, 1, layers.subList(1, 3)));
		assertEquals(List.of(100., 200.), after.layers().stream().map(l -> l.samples().get().get(0, 0)).toList());
	}
}
