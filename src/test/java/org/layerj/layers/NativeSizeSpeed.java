package org.layerj.layers;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Seconds and Java heap of {@link NativeSize#refine} on a large made-up figure. Arguments: width, height, layers, working side, lines per layer. */
final class NativeSizeSpeed {

	private NativeSizeSpeed() {}

	public static void main(final String... args) {
		final int w = args.length > 0 ? Integer.parseInt(args[0]) : 4000;
		final int h = args.length > 1 ? Integer.parseInt(args[1]) : 3000;
		final int n = args.length > 2 ? Integer.parseInt(args[2]) : 6;
		final int side = args.length > 3 ? Integer.parseInt(args[3]) : 256;
		final int lines = args.length > 4 ? Integer.parseInt(args[4]) : 4;
		final LayerStack truth = figure(w, h, n, lines);
		final RgbaImage source = Compositor.flatten(truth);
		final LayerStack network = NativeSize.plain(truth, (int) (side * Math.sqrt((double) w / h)), (int) (side * Math.sqrt((double) h / w)));
		for (int k = 0; k < 3; k++) {
			System.gc();
			final long before = processor().getProcessCpuTime();
			final long begun = System.nanoTime();
			final LayerStack refined = NativeSize.refine(source, network);
			final double seconds = (System.nanoTime() - begun) / 1e9;
			final double cpu = (processor().getProcessCpuTime() - before) / 1e9;
			System.out.printf(Locale.ROOT, "%d × %d, %d layers with %d lines from %d²: %.2f s, of the processor %.2f s, %.0f ns per pixel and layer, %d pixels wrong, heap limit %.1f GB%n",
				w, h, n, lines, side, seconds, cpu, cpu * 1e9 / ((double) w * h * n), ExactRecomposition.mismatches(source, refined), Runtime.getRuntime().maxMemory() / 1e9);
		}
	}

	/** Seconds of all cores together do not depend on what else the machine does. */
	private static com.sun.management.OperatingSystemMXBean processor() {
		return (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
	}

	/** A noisy ground and, on each layer above, discs with soft rims and fine lines: about as much edge as a busy figure has. */
	private static LayerStack figure(final int w, final int h, final int n, final int lines) {
		final Random random = new Random(1);
		final List<Layer> layers = new ArrayList<>();
		final int[] ground = new int[w * h];
		for (int i = 0; i < ground.length; i++) ground[i] = 0xffd0d8e0 + (i * 31 >>> 7 & 7) * 0x010101;
		layers.add(Layer.of("ground", "", RgbaImage.ofArgb(w, h, ground)));
		for (int k = 1; k < n; k++) {
			final int[] argb = new int[w * h];
			for (int d = 0; d < 30; d++) {
				final int rgb = random.nextInt(0x1000000);
				final int r = 20 + random.nextInt(w / 12);
				final int cx = random.nextInt(w);
				final int cy = random.nextInt(h);
				for (int y = Math.max(0, cy - r); y < Math.min(h, cy + r); y++) for (int x = Math.max(0, cx - r); x < Math.min(w, cx + r); x++) {
					final double inside = r - Math.hypot(x - cx, y - cy);
					if (inside > 0) argb[y * w + x] = (int) (Math.min(1, inside / 1.5) * 255) << 24 | rgb;
				}
			}
			for (int l = 0; l < lines; l++) {
				final int y = random.nextInt(h - 2);
				for (int x = 0; x < w; x++) argb[y * w + x] = 0xff202020;
			}
			layers.add(Layer.of("l" + k, "", RgbaImage.ofArgb(w, h, argb)));
		}
		return new LayerStack(w, h, layers);
	}
}
