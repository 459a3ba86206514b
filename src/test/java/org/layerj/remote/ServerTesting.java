package org.layerj.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;

/** What tests of servers have in common. */
final class ServerTesting {

	private ServerTesting() {}

	static LayerServer open(final String address) {
		return Servers.open(ServerAddress.of(address), Map.of());
	}

	/** 64 × 48, opaque, no two pixels alike. */
	static RgbaImage picture() {
		final int[] argb = new int[64 * 48];
		for (int i = 0; i < argb.length; i++) argb[i] = 0xff000000 | i * 5461 & 0xffffff;
		return RgbaImage.ofArgb(64, 48, argb);
	}

	static LayerRequest request(final int layers) {
		return new LayerRequest(picture(), layers, 640, 7, 2.5, 42, "two cells", " ");
	}

	static List<RgbaImage> run(final String address, final int layers) {
		return open(address).layers(request(layers), Progress.none());
	}

	static void same(final List<RgbaImage> expected, final List<RgbaImage> actual) {
		assertEquals(expected.size(), actual.size());
		for (int k = 0; k < expected.size(); k++)
			assertTrue(Arrays.equals(expected.get(k).argb(), actual.get(k).argb()), "layer " + k);
	}

	/** The one message of what fails. */
	static String message(final Runnable work) {
		final String message = assertThrows(ServerException.class, work::run).getMessage();
		assertTrue(message.endsWith(".") && !message.contains("\n"), message);
		return message;
	}

	/** Records progress. */
	static class Noted implements Progress {

		final List<String> reported = new ArrayList<>();
		volatile boolean stopped;
		private String stage = "";

		/** Not one of ours: whatever the watch throws comes out. */
		static final class Stopped extends RuntimeException {

			private static final long serialVersionUID = 1L;
		}

		@Override
		public void check() {
			if (stopped) throw new Stopped();
		}

		@Override
		public void phase(final String name) {
			stage = name;
		}

		@Override
		public void update(final double fraction, final String message) {
			reported.add(stage + " " + Math.round(fraction * 100) + " " + message);
		}
	}
}
