package org.layerj.layers.edit;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Visibility;

/**
 * What it costs to send a background, all of a canvas but what lies on it, to another layer: seconds, and the memory
 * taken on top of the layers themselves. A program, with width, height and number of layers as arguments: <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.layers.edit.AssignSpeed \
 *   -Dexec.args="8000 6000 6"
 * </pre>
 */
final class AssignSpeed {

	private AssignSpeed() {}

	public static void main(final String[] args) {
		final int w = Integer.parseInt(args[0]);
		final int h = Integer.parseInt(args[1]);
		final LayerStack stack = stack(w, h, Integer.parseInt(args[2]));
		final RgbaImage picture = Compositor.flatten(stack);
		final Region region = background(stack);
		for (final String id : List.of("l1", "new")) {
			System.gc();
			final List<MemoryPoolMXBean> heap =
				ManagementFactory.getMemoryPoolMXBeans().stream().filter(p -> p.getType() == MemoryType.HEAP).toList();
			final long before = heap.stream().mapToLong(p -> p.getUsage().getUsed()).sum();
			heap.forEach(MemoryPoolMXBean::resetPeakUsage);
			final long begun = System.nanoTime();
			final long cpu = cpu();
			final LayerStack after =
				id.equals("new") ? Assign.toNew(stack, region, "new", "New", true) : Assign.to(stack, region, id, true);
			final double seconds = (System.nanoTime() - begun) / 1e9;
			final double work = (cpu() - cpu) / 1e9;
			final long peak = heap.stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum();
			System.out.printf(Locale.ROOT,
				"%d x %d, %d layers, to %s: %.1f s, of processors %.1f s, peak %d MB above %d MB, result %08x%n", w, h,
				stack.size(), id, seconds, work, (peak - before) >> 20, before >> 20, digest(after));
			if (!Compositor.flatten(after).equals(picture)) throw new AssertionError("The picture has changed.");
		}
	}

	/** Nanoseconds of all processors that this program has used. */
	private static long cpu() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}

	/** Of all that the layers are, to compare ways to compute them. */
	private static int digest(final LayerStack stack) {
		int all = 0;
		for (final Layer l : stack.layers())
			all = 31 * all + (31 * (31 * l.bounds().hashCode() + l.pixels().hashCode()) + l.provenance().hashCode());
		return all;
	}

	/** A ramp, and on it layers of discs with soft edges; what they hide is marked. */
	private static LayerStack stack(final int w, final int h, final int layers) {
		final Random random = new Random(5);
		final RgbaImage background = RgbaImage.blank(w, h);
		for (int i = 0; i < w * h; i++) {
			for (int c = 0; c < 3; c++) background.plane(c)[i] = (byte) (200 + i % w * 30 / w + (i * 31 + c >> 4 & 3));
			background.plane(RgbaImage.ALPHA)[i] = -1;
		}
		final List<Layer> all = new ArrayList<>(List.of(Layer.of("l0", "Layer 0", background)));
		for (int k = 1; k < layers; k++) {
			final RgbaImage pixels = RgbaImage.blank(w, h);
			for (int n = 0; n < 60; n++) {
				final double r = 5 + random.nextInt(Math.min(w, h) / 20);
				final int cx = random.nextInt(w);
				final int cy = random.nextInt(h);
				final int rgb = random.nextInt();
				for (int y = Math.max(0, (int) (cy - r - 1)); y < Math.min(h, cy + r + 2); y++)
					for (int x = Math.max(0, (int) (cx - r - 1)); x < Math.min(w, cx + r + 2); x++)
					{
						final double a = Math.max(0, Math.min(1, r + .5 - Math.hypot(x - cx, y - cy)));
						if (a == 0) continue;
						for (int c = 0; c < 3; c++) pixels.plane(c)[y * w + x] = (byte) (rgb >> 8 * c);
						pixels.plane(RgbaImage.ALPHA)[y * w + x] = (byte) Math.round(255 * a);
					}
			}
			all.add(Layer.of("l" + k, "Layer " + k, pixels));
		}
		return Visibility.markHidden(new LayerStack(w, h, all));
	}

	/** Where the lowest layer is seen. */
	private static Region background(final LayerStack stack) {
		return new Region(Bounds.all(stack.width(), stack.height()),
			Optional.of(Mask.of(stack.width(), stack.height(), i -> {
				for (int k = 1; k < stack.size(); k++)
					if ((stack.get(k).pixels().plane(RgbaImage.ALPHA)[i] & 0xff) >= 128) return false;
				return true;
			})));
	}
}
