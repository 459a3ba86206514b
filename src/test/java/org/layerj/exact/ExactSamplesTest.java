package org.layerj.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Lut;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;

/** Properties over random layers and samples; a failure names its seed. */
public class ExactSamplesTest {

	private static final float[] ODD = { Float.NaN, Float.intBitsToFloat(0x7fc12345), Float.POSITIVE_INFINITY,
		Float.NEGATIVE_INFINITY, -0f, 0f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE, 1e-30f, 16777217f };

	public static SampleFormat format(final Type type, final int channels, final Random random) {
		final List<Channel> all = new ArrayList<>();
		for (int c = 0; c < channels; c++) {
			final double min = type == Type.F32 ? random.nextDouble() - 0.5 : random.nextInt(20);
			final double max =
				min + (type == Type.F32 ? 1 + random.nextDouble() : type == Type.U8 ? 200 : 1 + random.nextInt(4000));
			all.add(
				new Channel("c" + c, channels == 1 ? Lut.GREY : Lut.ramp(random.nextInt(0x1000000)), min, max, c != 3));
		}
		return new SampleFormat(type, all);
	}

	public static Samples samples(final SampleFormat format, final int w, final int h, final DoubleSupplier sample) {
		final Samples out = Samples.blank(format, w, h);
		for (int c = 0; c < out.channels(); c++) for (int i = 0; i < w * h; i++) out.set(c, i, sample.getAsDouble());
		return out;
	}

	public static DoubleSupplier samples(final Type type, final Random random, final int kind) {
		return switch (type) {
			case U8 -> () -> kind == 0 ? random.nextInt(256) : random.nextBoolean() ? 255 : 0;
			case U16 -> () -> kind == 0 ? random.nextInt(65536)
				: kind == 1 ? random.nextInt(4096) : random.nextBoolean() ? 65535 : random.nextInt(3);
			case F32 -> () -> switch (kind) {
				case 0 -> random.nextFloat();
				case 1 -> (float) (random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10));
				default -> random.nextInt(3) == 0 ? ODD[random.nextInt(ODD.length)] : (float) random.nextGaussian();
			};
		};
	}

	private static LayerStack layers(final Random random, final int w, final int h) {
		final List<Layer> layers = new ArrayList<>();
		final int kind = random.nextInt(5);
		for (int k = random.nextInt(7); k >= 0; k--) {
			final Bounds b = random.nextBoolean() ? Bounds.all(w, h) : new Bounds(random.nextInt(2 * w) - w,
				random.nextInt(2 * h) - h, 1 + random.nextInt(2 * w), 1 + random.nextInt(2 * h));
			final int[] argb = random.ints((long) b.width() * b.height()).map(p -> switch (kind) {
				case 0 -> p & 0xffffff;
				case 1 -> p | 0xff000000;
				case 2 -> (p >>> 24) % 4 << 24 | p & 0xffffff;
				default -> p;
			}).toArray();
			final Layer l = Layer.of("l" + k, "", RgbaImage.ofArgb(b.width(), b.height(), argb)).at(b.x(), b.y());
			layers.add(
				l.withOpacity(random.nextInt(3) == 0 ? random.nextDouble() : 1).withVisible(random.nextInt(5) > 0));
		}
		return new LayerStack(w, h, layers);
	}

	@ParameterizedTest
	@EnumSource(Type.class)
	void anyLayersCompositeToTheSamplesBitForBit(final Type type) {
		for (int seed = 0; seed < 200; seed++) {
			final Random random = new Random(seed);
			final int w = 1 + random.nextInt(24);
			final int h = 1 + random.nextInt(18);
			final SampleFormat format = format(type, 1 + random.nextInt(5), random);
			final Samples source = samples(format, w, h, samples(type, random, seed % 3));
			// As in a run: the 8-bit layers cover the picture first.
			final RgbaImage picture = Display.of(format).render(source, opaque(w, h));
			final LayerStack closed = ExactRecomposition.of(picture, layers(random, w, h));
			final LayerStack exact = ExactSamples.of(source, closed);
			assertTrue(source.sameSamples(SampleCompositor.flatten(exact)), type + " seed " + seed);
			assertEquals(picture, Compositor.flatten(exact),
				type + " seed " + seed + ": what is seen is the picture too");
			for (int k = 0; k < exact.size(); k++) {
				assertEquals(List.of(closed.get(k).bounds(), closed.get(k).opacity(), closed.get(k).synthetic()),
					List.of(exact.get(k).bounds(), exact.get(k).opacity(), exact.get(k).synthetic()));
				assertEquals(0, Arrays.compare(closed.get(k).pixels().plane(3), exact.get(k).pixels().plane(3)),
					"alphas stay");
			}
		}
	}

	@Test
	void anyAlphaOfThePictureWillDo() {
		for (int seed = 0; seed < 100; seed++) {
			final Random random = new Random(seed);
			final Type type = Type.values()[seed % 3];
			final Samples source = samples(format(type, 2, random), 9, 7, samples(type, random, 0));
			assertEquals(0, ExactSamples.mismatches(source, ExactSamples.of(source, layers(random, 9, 7))),
				"seed " + seed);
		}
	}

	public static byte[] opaque(final int w, final int h) {
		final byte[] alpha = new byte[w * h];
		Arrays.fill(alpha, (byte) -1);
		return alpha;
	}

	private static String solved(final double wanted, final double... falling) {
		final SampleSolver unmix = new SampleSolver(Type.U16, falling.length);
		unmix.count = falling.length;
		for (int i = 0; i < falling.length; i++) {
			unmix.over[i] = i == falling.length - 1 ? 1 : 0.5;
			unmix.value[i] = falling[i];
		}
		unmix.weigh();
		assertTrue(!unmix.solve(wanted, 0, 65535));
		return Arrays.toString(unmix.value);
	}

	@Test
	void changesAreTheLeastPossible() {
		assertEquals("[1000.0, 1000.0]", solved(1000, 1000, 1000));
		assertEquals("[1100.0, 1100.0]", solved(1100, 1000, 1000));
		assertEquals("[0.0, 2000.0]", solved(1000, 0, 2000), "right already");
		assertEquals("[65535.0, 65065.0]", solved(65300, 65535, 60000), "the upper one has no room");
	}

	@Test
	void hiddenSamplesDoNotComeThrough() {
		final SampleFormat format = format(Type.F32, 1, new Random(1));
		final Samples nan = samples(format, 2, 1, () -> Double.NaN);
		final Samples one = samples(format, 2, 1, () -> 1);
		final RgbaImage full = RgbaImage.ofArgb(2, 1, new int[] { 0xffffffff, 0x80ffffff });
		final LayerStack stack = new LayerStack(2, 1,
			List.of(Layer.of("a", "", RgbaImage.ofArgb(2, 1, new int[] { -1, -1 })).withSamples(nan),
				Layer.of("b", "", full).withSamples(one)));
		final Samples shown = SampleCompositor.flatten(stack);
		assertEquals(1, shown.get(0, 0));
		assertTrue(Double.isNaN(shown.get(0, 1)));
	}

	@Test
	void anEditElsewhereLeavesEveryOtherPixelAsItWas() {
		final Random random = new Random(3);
		for (final Type type : Type.values()) {
			final Samples source = samples(format(type, 2, random), 20, 10, samples(type, random, 1));
			final LayerStack exact = ExactSamples.of(source, ExactRecomposition
				.of(Display.of(source.format()).render(source, opaque(20, 10)), layers(random, 20, 10)));
			final Layer top = exact.get(exact.size() - 1);
			final Samples painted = top.samples().orElseThrow().copy();
			final int i = painted.width() * painted.height() / 2;
			for (int c = 0; c < 2; c++) painted.set(c, i, 3);
			final Samples shown = SampleCompositor.flatten(exact.with(Display.redraw(top.withSamples(painted))));
			final int x = top.bounds().x() + i % painted.width();
			final int y = top.bounds().y() + i / painted.width();
			for (int p = 0; p < 200; p++)
				for (int c = 0; c < 2; c++)
					if (p != y * 20 + x) assertTrue(source.same(c, p, shown, p), type + " at " + p);
		}
	}

	@Test
	void whatIsNotThePictureIsCounted() {
		for (final Type type : Type.values()) {
			final Random random = new Random(11);
			final Samples source = samples(format(type, 2, random), 6, 4, samples(type, random, 0));
			final int[] argb = random.ints(24).map(p -> p | 0xff000000).toArray();
			argb[20] = 0;
			final LayerStack exact =
				ExactSamples.of(source, new LayerStack(6, 4, List.of(Layer.of("a", "", RgbaImage.ofArgb(6, 4, argb)))));
			assertTrue(ExactSamples.holds(source, exact));
			source.set(1, 7, source.get(1, 7) == 0 ? 1 : 0);
			assertEquals(1, ExactSamples.mismatches(source, exact), "one channel of one pixel");
			assertFalse(ExactSamples.holds(source, exact));
			for (int c = 0; c < 2; c++) source.set(c, 9, source.get(c, 9) == 0 ? 1 : 0);
			source.set(0, 20, source.get(0, 20) == 0 ? 1 : 0);
			assertEquals(2, ExactSamples.mismatches(source, exact), "pixels, not samples, and none without alpha");
		}
	}

	@Test
	void rangesAreOfFiniteSamples() {
		final Samples source = samples(format(Type.F32, 2, new Random(1)), 5, 1, () -> 2);
		final double[] some = { Double.NaN, 7, Double.NEGATIVE_INFINITY, -3, Double.POSITIVE_INFINITY };
		for (int i = 0; i < some.length; i++) source.set(1, i, some[i]);
		assertEquals("[[2.0, 2.0], [-3.0, 7.0]]", Arrays.deepToString(ExactSamples.ranges(source)));
	}

	@Test
	void whatLooksLikeAColourIsShownSo() {
		final Random random = new Random(8);
		for (final Type type : Type.values()) {
			final Display grey = Display.of(new SampleFormat(type, List.of(new Channel("", Lut.GREY, 10, 200, true))));
			final RgbaImage ramp =
				RgbaImage.ofArgb(256, 1, IntStream.range(0, 256).map(i -> 0xff000000 | i * 0x10101).toArray());
			final RgbaImage back = grey.render(grey.seenAs(ramp), ramp.plane(3));
			for (int i = 0; i < 256; i++)
				assertEquals(i, back.argb(i, 0) & 0xff, type == Type.F32 ? 0 : 1, type + " " + i);
			final Display blend = Display.of(new SampleFormat(type,
				List.of(new Channel("", Lut.ramp(0xff0000), 0, 200, true),
					new Channel("", Lut.ramp(0x00ff00), 0, 200, true),
					new Channel("", Lut.ramp(0x0000ff), 0, 200, true))));
			final RgbaImage noise = RgbaImage.ofArgb(40, 5, random.ints(200).map(p -> p | 0xff000000).toArray());
			final RgbaImage seen = blend.render(blend.seenAs(noise), noise.plane(3));
			for (int i = 0; i < 200; i++)
				for (int c = 0; c < 3; c++)
					assertEquals(noise.plane(c)[i] & 0xff, seen.plane(c)[i] & 0xff, 4, type + " " + i);
		}
	}
}
