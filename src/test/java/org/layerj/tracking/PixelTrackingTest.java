package org.layerj.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/** Pixels are found again after the canvas was cropped, enlarged, flipped and turned, and changed ones are reported. */
class PixelTrackingTest {

	private static final int W = 40, H = 30;

	/** Noise, every pixel of which has a provenance of its own. */
	private static Layer layer(final long seed) {
		final RgbaImage pixels =
			RgbaImage.ofArgb(W, H, new Random(seed).ints((long) W * H).map(p -> p | 0xff000000).toArray());
		final Provenance.Builder builder = new Provenance.Builder(W, H).models(List.of("m"));
		for (int i = 0; i < W * H; i++) builder.set(i, Kind.GENERATED, i % 251);
		return Layer.of("a", "", pixels).withProvenance(builder.build());
	}

	private static Provenance follow(final Layer before, final RgbaImage now) {
		return PixelTracking
			.of(List.of(Optional
				.of(new PixelTracking.Known(before.bounds(), before.provenance(), Fingerprints.of(before, W, H)))),
				List.of(new PixelTracking.Now(now, Optional.empty())), List.of(Bounds.all(now.width(), now.height())))
			.get(0);
	}

	private interface From {

		int index(int x, int y);
	}

	private static void check(final int width, final int height, final From from) {
		final Layer before = layer(1);
		final int[] argb = new int[width * height];
		for (int i = 0; i < argb.length; i++) {
			final int j = from.index(i % width, i / width);
			argb[i] = j < 0 ? 0 : before.pixels().argb(j % W, j / W);
		}
		final Provenance now = follow(before, RgbaImage.ofArgb(width, height, argb));
		for (int i = 0; i < argb.length; i++) {
			final int j = from.index(i % width, i / width);
			assertEquals(j < 0 ? 0 : j % 251, now.share(Kind.GENERATED, i), "pixel " + i);
			assertEquals(0, now.share(Kind.BY_HAND, i) + now.share(Kind.UNKNOWN, i));
		}
	}

	@Test
	void allWaysAreFound() {
		check(W, H, (x, y) -> y * W + x);
		check(12, 9, (x, y) -> (y + 7) * W + x + 11);
		check(50, 44, (x, y) -> x < 6 || y < 9 || x >= 46 || y >= 39 ? -1 : (y - 9) * W + x - 6);
		check(W, H, (x, y) -> y * W + W - 1 - x);
		check(W, H, (x, y) -> (H - 1 - y) * W + x);
		check(W, H, (x, y) -> (H - 1 - y) * W + W - 1 - x);
		check(H, W, (x, y) -> (H - 1 - x) * W + y);
		check(H, W, (x, y) -> x * W + W - 1 - y);
		check(10, 20, (x, y) -> (H - 1 - x - 3) * W + y + 8);
	}

	@Test
	void whatWasPaintedIsByHand() {
		final Layer before = layer(2);
		final RgbaImage now = before.pixels().copy();
		for (int i = 0; i < 200; i++) now.plane(0)[i] ^= 1;
		final Provenance p = follow(before, now);
		for (int i = 0; i < W * H; i++) {
			assertEquals(i % 251, p.share(Kind.GENERATED, i));
			assertEquals(i < 200 ? 255 - i % 251 : 0, p.share(Kind.BY_HAND, i));
		}
	}

	@Test
	void whatCannotBeFollowedIsUnknownAndNeverObserved() {
		final Layer before = layer(3);
		final RgbaImage scaled = PillowResize.picture(before.pixels(), 31, 23, PillowResize.Filter.BICUBIC);
		final Provenance p = follow(before, scaled);
		for (int i = 0; i < 31 * 23; i++) assertEquals(Provenance.ALL, p.share(Kind.UNKNOWN, i));
		assertEquals(Set.of("m"), p.models(), "which may have generated it");
		final Provenance stranger =
			PixelTracking
				.of(List.of(Optional.empty()), List.of(new PixelTracking.Now(scaled, Optional.empty())),
					List.of(Bounds.all(31, 23)))
				.get(0);
		assertEquals(Provenance.ALL, stranger.share(Kind.UNKNOWN, 5));
	}

	@Test
	void printsAreTextAndKnowDamage() {
		final Layer layer = layer(4).at(-5, 20);
		final String text = Fingerprints.text(layer, W, H);
		assertEquals(Optional.of(Fingerprints.of(layer, W, H)), Fingerprints.parse(text));
		assertEquals(new Bounds(0, 20, 35, 10), Fingerprints.parse(text).orElseThrow().part());
		for (int n = 0; n < text.length() - 16; n += 7) assertTrue(Fingerprints.parse(text.substring(0, n)).isEmpty());
	}
}
