package org.layerj.io.formats;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.layerj.common.Progress;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;

/**
 * How long large exports take. All layers share their pixels, so that what Java may use (-Xmx) shows how much the
 * export takes besides: 10,000 × 10,000 pixels are 400 MB. Run by hand; arguments: side, layers, formats, folder.
 */
public final class FormatBench {

	private FormatBench() {}

	public static void main(final String... args) throws IOException {
		final int side = Integer.parseInt(args[0]);
		final byte[][] planes = new byte[4][side * side];
		long seed = 1;
		for (int i = 0; i < side * side; i++) {
			// Smooth shading with the noise of a camera; opaque in the middle.
			final int x = i % side;
			final int y = i / side;
			for (int c = 0; c < 3; c++) {
				seed = seed * 6364136223846793005L + 1442695040888963407L;
				planes[c][i] = (byte) ((x + y * (c + 1)) * 200L / (4L * side) + (seed >>> 61));
			}
			planes[3][i] = (byte) (Math.abs(x - side / 2) < side / 3 && Math.abs(y - side / 2) < side / 3 ? 255 : 0);
		}
		final RgbaImage pixels = RgbaImage.ofPlanes(side, side, planes[0], planes[1], planes[2], planes[3]);
		final Mask mask = Mask.of(side, side, i -> i % side > side / 2);
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < Integer.parseInt(args[1]); k++)
			layers.add(new Layer("l" + k, "Layer " + k, Bounds.all(side, side), pixels, 1, true, Optional.empty(),
				mask.as(Kind.GENERATED)));
		final LayerDocument document =
			new LayerDocument(new LayerStack(side, side, layers), LayerMetadata.titled("large"));
		for (final LayerFormat format : LayerFormat.parse(args[2])) {
			final long begun = System.nanoTime();
			final long worked = cpu();
			final Path file = format.write(document, Path.of(args[3]).resolve(format.fileName()), Progress.none());
			System.out.printf(Locale.ROOT,
				"%s: %d × %d × %d in %.0f s (%.0f s of processor), %.2f GB, Java may use %.2f GB%n", file.getFileName(),
				side, side, layers.size(), (System.nanoTime() - begun) / 1e9, (cpu() - worked) / 1e9,
				Files.size(file) / 1e9, Runtime.getRuntime().maxMemory() / 1e9);
			Files.delete(file);
		}
	}

	private static long cpu() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}
}
