package org.layerj.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;

/** Properties over random proposals; a failure names its seed. */
class ExactRecompositionTest {

	/** Ways in which a proposal can be bad. */
	enum Kind {

		EMPTY, OPAQUE, NOISE, THIN, BINARY, NEARLY_OPAQUE, COVERED, TRUE_BUT_ROUNDED;

		IntUnaryOperator alpha(final Random random, final int layer) {
			return switch (this) {
				case EMPTY -> i -> 0;
				case OPAQUE -> i -> 255;
				case NOISE, TRUE_BUT_ROUNDED -> i -> random.nextInt(256);
				case THIN -> i -> random.nextInt(4);
				case BINARY -> i -> random.nextBoolean() ? 255 : 0;
				case NEARLY_OPAQUE -> i -> 252 + random.nextInt(4);
				case COVERED -> i -> layer == 0 ? 255 : random.nextInt(3) * 127;
			};
		}
	}

	private enum Source {
		OPAQUE, ANY_ALPHA, EXTREME, TRANSPARENT
	}

	private static RgbaImage picture(final Random random, final int w, final int h, final Source kind) {
		return RgbaImage.ofArgb(w, h, IntStream.range(0, w * h).map(i -> switch (kind) {
			case OPAQUE -> 0xff000000 | random.nextInt();
			case ANY_ALPHA -> random.nextInt();
			// Corners of the cube leave the colours no room on one side.
			case EXTREME ->
				(random.nextInt(3) == 0 ? random.nextInt(256) : 255) << 24 | (random.nextBoolean() ? 0xff0000 : 0)
					| (random.nextBoolean() ? 0xff00 : 0) | (random.nextBoolean() ? 0xff : 0);
			case TRANSPARENT -> random.nextInt() & (random.nextInt(4) == 0 ? -1 : 0xffffff);
		}).toArray());
	}

	private static Layer layer(final Random random, final int number, final Bounds b, final Kind kind) {
		final IntUnaryOperator alpha = kind.alpha(random, number);
		final boolean corners = random.nextBoolean();
		final int[] argb = new int[b.width() * b.height()];
		for (int i = 0; i < argb.length; i++) {
			final int rgb = corners ? (random.nextBoolean() ? 0xff0000 : 0) | (random.nextBoolean() ? 0xff00 : 0)
				| (random.nextBoolean() ? 0xff : 0) : random.nextInt(0x1000000);
			argb[i] = alpha.applyAsInt(i) << 24 | rgb;
		}
		return Layer.of("l" + number, "", RgbaImage.ofArgb(b.width(), b.height(), argb)).at(b.x(), b.y());
	}

	private static void assertExact(final RgbaImage source, final LayerStack proposal, final String seed) {
		final LayerStack exact = ExactRecomposition.of(source, proposal);
		final RgbaImage shown = Compositor.flatten(exact);
		for (int y = 0; y < source.height(); y++) for (int x = 0; x < source.width(); x++) {
			final int wanted = source.argb(x, y) >>> 24 == 0 ? 0 : source.argb(x, y);
			if (wanted != shown.argb(x, y)) assertEquals(Integer.toHexString(wanted),
				Integer.toHexString(shown.argb(x, y)), seed + " at " + x + ", " + y);
		}
		assertTrue(ExactRecomposition.holds(source, exact));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void anyLayersOfTheCanvasCompositeToThePicture(final Kind kind) {
		for (int seed = 0; seed < 40; seed++) {
			final Random random = new Random(seed * 31L + kind.ordinal());
			final int w = seed == 0 ? 1 : 1 + random.nextInt(60);
			final int h = seed == 0 ? 1 : 1 + random.nextInt(40);
			final int n = 1 + random.nextInt(20);
			final List<Layer> layers = new ArrayList<>();
			for (int k = 0; k < n; k++) layers.add(layer(random, k, Bounds.all(w, h), kind));
			final LayerStack stack = new LayerStack(w, h, layers);
			final RgbaImage source = kind == Kind.TRUE_BUT_ROUNDED ? Compositor.flatten(stack)
				: picture(random, w, h, Source.values()[seed % 4]);
			assertExact(source, stack, kind + " seed " + seed + ", " + n + " layers");
		}
	}

	@Test
	void layersOfAnyBoundsOpacityAndVisibilityCompositeToThePicture() {
		for (int seed = 0; seed < 300; seed++) {
			final Random random = new Random(seed);
			final int w = 1 + random.nextInt(30);
			final int h = 1 + random.nextInt(20);
			final List<Layer> layers = new ArrayList<>();
			for (int k = random.nextInt(8); k > 0; k--) {
				final Bounds b = new Bounds(random.nextInt(2 * w) - w, random.nextInt(2 * h) - h,
					1 + random.nextInt(2 * w), 1 + random.nextInt(2 * h));
				final Layer l = layer(random, k, b, Kind.values()[random.nextInt(7)]);
				final double opacity = random.nextInt(3) == 0 ? 1 : random.nextInt(5) == 0 ? 0 : random.nextDouble();
				layers.add(l.withOpacity(opacity).withVisible(random.nextInt(4) > 0));
			}
			assertExact(picture(random, w, h, Source.values()[seed % 4]), new LayerStack(w, h, layers), "seed " + seed);
		}
	}

	@Test
	void aLargePictureOfManyThinLayers() {
		final Random random = new Random(1);
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < 12; k++) layers.add(layer(random, k, Bounds.all(300, 200), Kind.values()[k % 7]));
		assertExact(picture(random, 300, 200, Source.ANY_ALPHA), new LayerStack(300, 200, layers), "large");
	}

	@Test
	void everyPairOfAlphasUnderEveryPictureAlpha() {
		// All 256 pictures' alphas by all alphas of the upper layer, for a few of the lower one.
		final int[] source = new int[256 * 256];
		final int[] upper = new int[256 * 256];
		for (int i = 0; i < source.length; i++) {
			source[i] = i / 256 << 24 | 0x40c0ff;
			upper[i] = i % 256 << 24 | 0xff8000;
		}
		for (final int a : new int[] { 0, 1, 2, 127, 128, 253, 254, 255 })
			for (final double opacity : new double[] { 1, 0.5, 1 / 3.0 })
			{
				final int[] lower = IntStream.generate(() -> a << 24 | 0x0000ff).limit(256 * 256).toArray();
				assertExact(RgbaImage.ofArgb(256, 256, source),
					new LayerStack(256, 256,
						List.of(Layer.of("a", "", RgbaImage.ofArgb(256, 256, lower)),
							Layer.of("b", "", RgbaImage.ofArgb(256, 256, upper)).withOpacity(opacity))),
					"lower " + a + ", opacity " + opacity);
			}
	}

	@Test
	void layersThatAreRightAlreadyStayBitForBit() {
		final Random random = new Random(5);
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < 5; k++) layers.add(layer(random, k, Bounds.all(40, 30), k == 0 ? Kind.OPAQUE : Kind.NOISE));
		final LayerStack stack = new LayerStack(40, 30, layers);
		final LayerStack exact = ExactRecomposition.of(Compositor.flatten(stack), stack);
		for (int k = 0; k < 5; k++) assertEquals(stack.get(k).pixels(), exact.get(k).pixels());
	}

	private static LayerStack pixel(final int... argb) {
		final List<Layer> layers = new ArrayList<>();
		for (final int p : argb) layers.add(Layer.of("l" + layers.size(), "", RgbaImage.ofArgb(1, 1, new int[] { p })));
		return new LayerStack(1, 1, layers);
	}

	private static String solved(final int source, final int... argb) {
		final LayerStack exact = ExactRecomposition.of(RgbaImage.ofArgb(1, 1, new int[] { source }), pixel(argb));
		final List<String> out = new ArrayList<>();
		for (final Layer l : exact.layers()) out.add(Integer.toHexString(l.pixels().argb(0, 0)));
		return String.join(" ", out);
	}

	@Test
	void changesAreTheLeastPossible() {
		assertEquals("ff102030", solved(0xff102030, 0xff000000), "one layer takes the picture");
		assertEquals("ff010203 ff102030", solved(0xff102030, 0xff010203, 0xff000000), "what is hidden stays");
		assertEquals("ff102030 405060", solved(0xff102030, 0xff000000, 0x00405060), "what is transparent stays");
		// Weights 127/255 and 128/255: a change of about r/2 · (w/Σw²) = 20 in both, which makes 20 together.
		assertEquals("ff141414 80141414", solved(0xff141414, 0xff000000, 0x80000000));
		// The upper one can give 5 only; the rest comes from below.
		assertEquals("ff242424 80ffffff", solved(0xff929292, 0xff000000, 0x80fafafa));
		assertEquals("ffff0000 0", solved(0xffff0000, 0, 0), "where nothing covers, the bottom does");
		assertEquals("0 ffff0000", solved(0xffff0000, 0, 0xc8ff0000), "the fullest layer is made opaque");
		assertEquals("0 0", solved(0, 0, 0));
		assertEquals("112233 445566", solved(0x00ffffff, 0xff112233, 0x80445566),
			"nothing is shown where the picture has nothing; colours stay");
		assertEquals("80ff0000", solved(0x80ff0000, 0xffff0000));
	}

	@Test
	void whatTakesNoPartIsNotTouched() {
		final LayerStack stack = pixel(0xff000000, 0xffffffff, 0xffffffff);
		final LayerStack mixed = stack.with(stack.get(1).withVisible(false)).with(stack.get(2).withOpacity(0));
		final LayerStack exact = ExactRecomposition.of(RgbaImage.ofArgb(1, 1, new int[] { 0xff102030 }), mixed);
		assertSame(mixed.get(1), exact.get(1));
		assertSame(mixed.get(2), exact.get(2));
		assertEquals(0xff000000, stack.get(0).pixels().argb(0, 0), "the proposal is not changed");
	}

	@Test
	void aStackThatCannotCoverIsGivenTheMeans() {
		final RgbaImage source = RgbaImage.ofArgb(2, 1, new int[] { 0xff102030, 0xff405060 });
		final LayerStack none = ExactRecomposition.of(source, new LayerStack(2, 1, List.of()));
		assertEquals(source, none.get(0).pixels());
		final Layer small =
			new Layer("s", "small", new Bounds(1, 0, 1, 1), RgbaImage.ofArgb(1, 1, new int[] { 0x80000000 }), 0.5, true,
				Optional.empty(), Mask.all(1, 1).as(org.layerj.provenance.Kind.GENERATED));
		final Layer grown = ExactRecomposition.of(source, new LayerStack(2, 1, List.of(small))).get(0);
		assertEquals(Bounds.all(2, 1), grown.bounds());
		assertEquals(1, grown.opacity());
		assertEquals(source, grown.pixels());
		assertTrue(grown.synthetic().get(1) && !grown.synthetic().get(0));
	}

	@Test
	void otherSizesAreRejected() {
		assertThrows(IllegalArgumentException.class, () -> ExactRecomposition.of(RgbaImage.blank(2, 2), pixel(0)));
	}
}
