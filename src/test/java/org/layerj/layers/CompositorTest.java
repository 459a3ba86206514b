package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.layerj.provenance.Kind;

class CompositorTest {

	private static RgbaImage pixel(final int argb) {
		return RgbaImage.ofArgb(1, 1, new int[] { argb });
	}

	private static LayerStack stack(final int... argb) {
		final List<Layer> layers = new ArrayList<>();
		for (final int p : argb) layers.add(Layer.of("l" + layers.size(), "", pixel(p)));
		return new LayerStack(1, 1, layers);
	}

	private static void assertPixel(final int expected, final RgbaImage image) {
		assertEquals(Integer.toHexString(expected), Integer.toHexString(image.argb(0, 0)));
	}

	@Test
	void handComputedCases() {
		assertPixel(0, Compositor.flatten(stack()));
		assertPixel(0xff102030, Compositor.flatten(stack(), 0xff102030));
		assertPixel(0xff102030, Compositor.flatten(stack(0xff102030)));
		assertPixel(0x80ff0010, Compositor.flatten(stack(0x80ff0010)), "one layer comes back as it is");
		// 128/255 · 255 = 128 red over blue: 127/255 · 255 = 127.
		assertPixel(0xff80007f, Compositor.flatten(stack(0xff0000ff, 0x80ff0000)));
		// a = 128/255 + 128/255 · 127/255 = 0.751972…; colour = red · 0.501961/0.751972 = 170.22, blue ·
		// 0.249996/0.751972 = 84.78.
		assertPixel(0xc0aa0055, Compositor.flatten(stack(0x800000ff, 0x80ff0000)));
		// White canvas seen through 10 % black: 255 · (1 − 26/255) = 229.
		assertPixel(0xffe5e5e5, Compositor.flatten(stack(0x1a000000), 0xffffffff));
	}

	private static void assertPixel(final int expected, final RgbaImage image, final String message) {
		assertEquals(Integer.toHexString(expected), Integer.toHexString(image.argb(0, 0)), message);
	}

	@Test
	void opacityAndVisibilityCount() {
		final LayerStack s = stack(0xff0000ff, 0xffff0000);
		assertPixel(0xff0000ff, Compositor.flatten(s.with(s.get(1).withVisible(false))));
		assertPixel(0xff0000ff, Compositor.flatten(s.with(s.get(1).withOpacity(0))));
		// 0.25 · 255 = 63.75 red, 191.25 blue.
		assertPixel(0xff4000bf, Compositor.flatten(s.with(s.get(1).withOpacity(0.25))));
	}

	@Test
	void layersReachingBeyondTheCanvasAreCut() {
		final RgbaImage square = RgbaImage.ofArgb(2, 2, new int[] { 0xff000001, 0xff000002, 0xff000003, 0xff000004 });
		for (final int[] at : new int[][] { { -1, -1, 0xff000004 }, { 0, -1, 0xff000003 }, { -1, 0, 0xff000002 },
			{ 0, 0, 0xff000001 }, { 1, 0, 0 }, { -2, -2, 0 } })
		{
			assertPixel(at[2],
				Compositor.flatten(new LayerStack(1, 1, List.of(Layer.of("l", "", square).at(at[0], at[1])))));
		}
	}

	@Test
	void equalsTheExactResultRoundedOnce() {
		final Random random = new Random(7);
		final int width = 37;
		final int height = 23;
		for (int run = 0; run < 4; run++) {
			final List<Layer> layers = new ArrayList<>();
			for (int k = 0; k < 4; k++) {
				final Bounds b = new Bounds(random.nextInt(20) - 5, random.nextInt(20) - 5, 1 + random.nextInt(40),
					1 + random.nextInt(40));
				final int[] argb = random.ints((long) b.width() * b.height())
					.map(p -> random.nextInt(4) == 0 ? p | 0xff000000 : random.nextInt(4) == 0 ? p & 0xffffff : p)
					.toArray();
				layers.add(
					new Layer("l" + k, "", b, RgbaImage.ofArgb(b.width(), b.height(), argb), random.nextInt(3) / 2.0,
						random.nextInt(5) > 0, Optional.empty(), Mask.none(b.width(), b.height()).as(Kind.GENERATED)));
			}
			final LayerStack stack = new LayerStack(width, height, layers);
			for (final int canvas : new int[] { 0, 0xffffffff, 0x40c08020 }) {
				final RgbaImage fast = Compositor.flatten(stack, canvas);
				for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
					assertEquals(Integer.toHexString(exact(stack, canvas, x, y)), Integer.toHexString(fast.argb(x, y)),
						"(" + x + ", " + y + ")");
				}
			}
		}
	}

	/** The slow way: 60 decimal digits, pixel by pixel, the formula of the book. */
	private static int exact(final LayerStack stack, final int canvas, final int x, final int y) {
		BigDecimal[] p = straight(canvas);
		for (final Layer layer : stack.layers()) {
			if (!layer.visible() || !layer.bounds().contains(x, y)) continue;
			final BigDecimal[] s = straight(layer.pixels().argb(x - layer.bounds().x(), y - layer.bounds().y()));
			final BigDecimal as = s[3].multiply(BigDecimal.valueOf(layer.opacity()));
			final BigDecimal rest = p[3].multiply(BigDecimal.ONE.subtract(as));
			final BigDecimal a = as.add(rest);
			final BigDecimal[] q = { BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, a };
			if (a.signum() > 0)
				for (int c = 0; c < 3; c++) q[c] = s[c].multiply(as).add(p[c].multiply(rest)).divide(a, DIGITS);
			p = q;
		}
		if (p[3].signum() == 0) return 0;
		return round(p[3].multiply(BigDecimal.valueOf(255))) << 24 | round(p[0]) << 16 | round(p[1]) << 8 | round(p[2]);
	}

	private static final MathContext DIGITS = new MathContext(60);

	private static BigDecimal[] straight(final int argb) {
		return new BigDecimal[] { BigDecimal.valueOf(argb >> 16 & 0xff), BigDecimal.valueOf(argb >> 8 & 0xff),
			BigDecimal.valueOf(argb & 0xff), BigDecimal.valueOf(argb >>> 24).divide(BigDecimal.valueOf(255), DIGITS) };
	}

	private static int round(final BigDecimal value) {
		return value.round(new MathContext(40)).setScale(0, RoundingMode.HALF_UP).intValue();
	}

	/** Samples are mixed among themselves, what they look like with the canvas. */
	@Test
	void samplesLieOnACanvasAsTheirColours() {
		final SampleFormat format = new SampleFormat(SampleFormat.Type.U16,
			List.of(new SampleFormat.Channel("", Lut.ramp(0xff0000), 0, 65535, true)));
		final Samples samples = Samples.blank(format, 3, 1);
		for (int i = 0; i < 3; i++) samples.set(0, i, 65535);
		final Layer layer = Display.redraw(
			Layer.of("l", "", RgbaImage.ofArgb(3, 1, new int[] { 0xff000000, 0x80000000, 0 })).withSamples(samples));
		final LayerStack stack = new LayerStack(3, 1, List.of(layer));
		final RgbaImage white = Compositor.flatten(stack, 0xffffffff);
		assertEquals(0xffff0000, white.argb(0, 0));
		assertEquals(0xffff7f7f, white.argb(1, 0));
		assertEquals(-1, white.argb(2, 0), "the canvas alone");
		assertEquals(0x80ff0000, Compositor.flatten(stack).argb(1, 0));
		assertEquals(0, Compositor.flatten(stack).argb(2, 0) >>> 24);
		assertEquals(0x40000000, Compositor.flatten(stack.with(layer.withVisible(false)), 0x40000000).argb(0, 0));
	}
}
