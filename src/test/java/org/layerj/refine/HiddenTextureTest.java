package org.layerj.refine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.exact.ExactRecomposition;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;

class HiddenTextureTest {

	private static final int W = 120;
	private static final int H = 90;
	/** The mark: opaque, with an edge of half alpha. */
	private static final int X0 = 50, X1 = 74, Y0 = 35, Y1 = 55;

	private static boolean inside(final int i, final int more) {
		return i % W >= X0 - more && i % W < X1 + more && i / W >= Y0 - more && i / W < Y1 + more;
	}

	private static RgbaImage grey(final IntUnaryOperator value) {
		final RgbaImage p = RgbaImage.blank(W, H);
		for (int i = 0; i < W * H; i++) {
			for (int c = 0; c < 3; c++) p.plane(c)[i] = (byte) value.applyAsInt(i);
			p.plane(RgbaImage.ALPHA)[i] = -1;
		}
		return p;
	}

	/** The background with its hidden pixels at a level of their own, and a red mark over them. */
	private static LayerStack stack(final RgbaImage background, final int guess) {
		final RgbaImage below = background.copy();
		final RgbaImage mark = RgbaImage.blank(W, H);
		for (int i = 0; i < W * H; i++) {
			if (!inside(i, 1)) continue;
			for (int c = 0; c < 3; c++) if (inside(i, 0)) below.plane(c)[i] = (byte) guess;
			mark.plane(0)[i] = -1;
			mark.plane(RgbaImage.ALPHA)[i] = (byte) (inside(i, 0) ? 255 : 128);
		}
		return new LayerStack(W, H, List.of(Layer.of("a", "background", below), Layer.of("b", "mark", mark)));
	}

	private static RgbaImage grain() {
		final Random random = new Random(1);
		return grey(i -> 120 + (int) Math.round(12 * random.nextGaussian()));
	}

	private static double spread(final RgbaImage p) {
		double sum = 0;
		int n = 0;
		for (int i = 0; i < W * H; i++) {
			if (!inside(i, -2)) continue;
			sum += Math.pow((p.plane(1)[i] & 0xff) - 120, 2);
			n++;
		}
		return Math.sqrt(sum / n);
	}

	@Test
	void grainGoesOnBeneath() {
		final LayerStack found = HiddenTexture.of(stack(grain(), 120), Progress.none());
		final double spread = spread(found.get(0).pixels());
		assertEquals(12, spread, 4);
	}

	/** Stripes go through the hole, in their own place. */
	@Test
	void structureGoesOn() {
		final Random random = new Random(2);
		final RgbaImage background =
			grey(i -> (i / W % 8 < 4 ? 60 : 180) + (int) Math.round(4 * random.nextGaussian()));
		final RgbaImage found = HiddenTexture.of(stack(background, 120), Progress.none()).get(0).pixels();
		double off = 0;
		int n = 0;
		for (int i = 0; i < W * H; i++) {
			if (!inside(i, 0)) continue;
			off += Math.abs((found.plane(1)[i] & 0xff) - (i / W % 8 < 4 ? 60 : 180));
			n++;
		}
		assertTrue(off / n < 12, "mean difference " + off / n + ", 60 with a smooth fill");
	}

	@Test
	void plainAndSmoothGroundStaysAsItIs() {
		for (final IntUnaryOperator background : List.<IntUnaryOperator> of(i -> 200, i -> 50 + i % W,
			i -> i / W + i % W))
		{
			final LayerStack stack = stack(grey(background), 90);
			assertEquals(stack, HiddenTexture.of(stack, Progress.none()));
		}
	}

	/** What lies apart is another panel, though near. */
	@Test
	void onlyTheSamePanelLends() {
		final RgbaImage noise = grain();
		final RgbaImage background = grey(i -> i % W < 85 ? 200 : noise.plane(0)[i] & 0xff);
		for (int y = 0; y < H; y++) for (int x = 85; x < 88; x++) background.plane(RgbaImage.ALPHA)[y * W + x] = 0;
		final LayerStack stack = stack(background, 190);
		assertEquals(stack, HiddenTexture.of(stack, Progress.none()));
	}

	@Test
	void theSameEveryTimeAndOnlyWhereHidden() {
		final LayerStack stack = stack(grain(), 120);
		final RgbaImage once = HiddenTexture.of(stack, Progress.none()).get(0).pixels();
		final RgbaImage twice = HiddenTexture.of(stack, Progress.none()).get(0).pixels();
		boolean changed = false;
		for (int c = 0; c < 3; c++) {
			assertArrayEquals(once.plane(c), twice.plane(c));
			for (int i = 0; i < W * H; i++) {
				final boolean same = once.plane(c)[i] == stack.get(0).pixels().plane(c)[i];
				changed |= !same;
				if (!inside(i, 1)) assertTrue(same);
			}
		}
		assertTrue(changed);
		assertEquals(stack.get(1), HiddenTexture.of(stack, Progress.none()).get(1));
	}

	@Test
	void theCompositeStaysThePicture() {
		final LayerStack stack = stack(grain(), 120);
		final RgbaImage picture = Compositor.flatten(stack);
		final LayerStack refined = new Refinement(picture, Kind.COMPUTED, Set.of(), false).of(picture, stack,
			RgbaImage.blank(picture.width(), picture.height()), OptionalInt.empty(), Progress.none());
		assertTrue(ExactRecomposition.holds(picture, refined));
		assertEquals(12, spread(refined.get(0).pixels()), 4);
	}

	@Test
	void whoeverWaitsMayStopIt() {
		assertThrows(CancelledException.class, () -> HiddenTexture.of(stack(grain(), 120), new Progress() {

			@Override
			public boolean cancelled() {
				return true;
			}
		}));
	}

	@Test
	void tooLittleToCopyFrom() {
		final byte[] kinds = new byte[20 * 20];
		for (int i = 0; i < kinds.length; i++) kinds[i] = i % 20 < 8 ? PatchFill.KNOWN : PatchFill.HOLE;
		final float[][] colour = new float[3][400];
		assertFalse(PatchFill.fill(20, 20, colour, kinds, 0));
		for (final float[] plane : colour) assertArrayEquals(new float[400], plane);
	}
}
