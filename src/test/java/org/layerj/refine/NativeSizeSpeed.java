package org.layerj.refine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Lut;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;

/**
 * What exact layers cost per megapixel: {@link NativeSize#refine}, and {@link ExactSamples#of} on 16-bit grey and on
 * three float channels, on a large synthetic figure. Arguments: {@code WIDTHxHEIGHT …}, {@code layers=6},
 * {@code side=256} (of the network's picture), {@code lines=4} (per layer), {@code runs=3}, {@code values=true}.
 * <p>
 * Processor time is that of all cores together, and does not depend on what else the machine does; peak heap is what
 * was used at most while the measured part ran, the picture and the network's layers included.
 */
final class NativeSizeSpeed {

	private NativeSizeSpeed() {}

	public static void main(final String... args) {
		final List<int[]> sizes = new ArrayList<>();
		int n = 6;
		int side = 256;
		int lines = 4;
		int runs = 3;
		boolean values = false;
		for (final String arg : args) {
			final String value = arg.substring(arg.indexOf('=') + 1);
			if (arg.startsWith("layers=")) n = Integer.parseInt(value);
			else if (arg.startsWith("side=")) side = Integer.parseInt(value);
			else if (arg.startsWith("lines=")) lines = Integer.parseInt(value);
			else if (arg.startsWith("runs=")) runs = Integer.parseInt(value);
			else if (arg.startsWith("values=")) values = Boolean.parseBoolean(value);
			else sizes.add(new int[] { Integer.parseInt(arg.substring(0, arg.indexOf('x'))),
				Integer.parseInt(arg.substring(arg.indexOf('x') + 1)) });
		}
		if (sizes.isEmpty()) sizes.add(new int[] { 4000, 3000 });
		System.out.println(
			"| what | megapixels | seconds | processor s | ms of processor per megapixel | ns per pixel and layer | peak heap GB | pixels wrong |");
		System.out.println("|---|---|---|---|---|---|---|---|");
		for (final int[] s : sizes) {
			final Figure figure = Figure.of(s[0], s[1], n, side, lines);
			LayerStack refined = figure.network;
			for (int k = 0; k < runs; k++) {
				refined = figure.network;
				final Clock clock = new Clock();
				refined = NativeSize.refine(figure.source, figure.network);
				clock.row("refine", figure, ExactRecomposition.mismatches(figure.source, refined));
			}
			if (!values) continue;
			for (final Type type : new Type[] { Type.U16, Type.F32 }) {
				final Samples samples = samples(figure.source, type);
				final Clock clock = new Clock();
				final LayerStack exact = ExactSamples.of(samples, refined);
				clock.row(type == Type.U16 ? "values, 16-bit grey" : "values, 3 float channels", figure,
					ExactSamples.mismatches(samples, exact));
			}
		}
	}

	/** Time and memory from its making on. */
	private static final class Clock {

		private final long before;
		private final long begun;

		Clock() {
			System.gc();
			heap().forEach(MemoryPoolMXBean::resetPeakUsage);
			before = processor().getProcessCpuTime();
			begun = System.nanoTime();
		}

		void row(final String what, final Figure figure, final long wrong) {
			final double seconds = (System.nanoTime() - begun) / 1e9;
			final double cpu = (processor().getProcessCpuTime() - before) / 1e9;
			final double pixels = (double) figure.source.width() * figure.source.height();
			final double peak = heap().stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum() / 1e9;
			System.out.printf(Locale.ROOT, "| %s | %.1f | %.2f | %.2f | %.0f | %.0f | %.2f | %d |%n", what,
				pixels / 1e6, seconds, cpu, cpu * 1e9 / pixels, cpu * 1e9 / (pixels * figure.network.size()), peak,
				wrong);
		}

		private static List<MemoryPoolMXBean> heap() {
			return ManagementFactory.getMemoryPoolMXBeans()
				.stream()
				.filter(p -> p.getType() == MemoryType.HEAP)
				.toList();
		}

		private static com.sun.management.OperatingSystemMXBean processor() {
			return (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		}
	}

	private static Samples samples(final RgbaImage source, final Type type) {
		final List<Channel> channels = new ArrayList<>();
		for (int c = 0; c < (type == Type.U16 ? 1 : 3); c++)
			channels.add(new Channel("", type == Type.U16 ? Lut.GREY : Lut.ramp(0xff0000 >> 8 * c), 0,
				type == Type.U16 ? 65535 : 1, true));
		final Samples out = Samples.blank(new SampleFormat(type, channels), source.width(), source.height());
		for (int c = 0; c < channels.size(); c++) for (int i = 0; i < source.plane(0).length; i++) {
			final int v = (source.plane(c)[i] & 0xff) * 257 ^ i & 0xff;
			out.set(c, i, type == Type.U16 ? v : v / 65535f);
		}
		return out;
	}

	/**
	 * A noisy background and, on each layer above, discs with soft edges and fine lines: about as much edge as a busy
	 * figure has.
	 *
	 * @param source the composite of the layers
	 * @param network the layers at the network's size
	 */
	private record Figure(RgbaImage source, LayerStack network) {

		/** One layer after the other, since all of 100 megapixels would not fit beside what is measured. */
		static Figure of(final int w, final int h, final int n, final int side, final int lines) {
			final Random random = new Random(1);
			final int sw = (int) (side * Math.sqrt((double) w / h));
			final int sh = (int) (side * Math.sqrt((double) h / w));
			RgbaImage source = RgbaImage.blank(w, h);
			final List<Layer> network = new ArrayList<>();
			for (int k = 0; k < n; k++) {
				final RgbaImage layer = k == 0 ? background(w, h) : marks(w, h, lines, random);
				final Layer full = Layer.of("l" + k, "", layer);
				source = k == 0 ? layer
					: Compositor.flatten(new LayerStack(w, h, List.of(Layer.of("below", "", source), full)));
				network.add(NativeSize.plain(new LayerStack(w, h, List.of(full)), sw, sh).get(0));
			}
			return new Figure(source, new LayerStack(sw, sh, network));
		}

		private static RgbaImage background(final int w, final int h) {
			final RgbaImage out = RgbaImage.blank(w, h);
			for (int i = 0; i < w * h; i++) set(out, i, 0xffd0d8e0 + (i * 31 >>> 7 & 7) * 0x010101);
			return out;
		}

		private static RgbaImage marks(final int w, final int h, final int lines, final Random random) {
			final RgbaImage out = RgbaImage.blank(w, h);
			for (int d = 0; d < 30; d++) {
				final int rgb = random.nextInt(0x1000000);
				final int r = 20 + random.nextInt(w / 12);
				final int cx = random.nextInt(w);
				final int cy = random.nextInt(h);
				for (int y = Math.max(0, cy - r); y < Math.min(h, cy + r); y++)
					for (int x = Math.max(0, cx - r); x < Math.min(w, cx + r); x++)
					{
						final double inside = r - Math.hypot(x - cx, y - cy);
						if (inside > 0) set(out, y * w + x, (int) (Math.min(1, inside / 1.5) * 255) << 24 | rgb);
					}
			}
			for (int l = 0; l < lines; l++) {
				final int y = random.nextInt(h - 2);
				for (int x = 0; x < w; x++) set(out, y * w + x, 0xff202020);
			}
			return out;
		}

		private static void set(final RgbaImage image, final int i, final int argb) {
			for (int c = 0; c < RgbaImage.PLANES; c++)
				image.plane(c)[i] = (byte) (argb >> (c == RgbaImage.ALPHA ? 24 : 16 - 8 * c));
		}
	}
}
