package org.layerj.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.layerj.io.PictureReader;
import org.layerj.layers.RgbaImage;

/**
 * Prints our LayerD numbers of the stacks that {@code training/check_layerd.py} wrote and scored with the published
 * code: one line per stack and number of merges, {@code stack merges rgb_l1 alpha_iou}.
 */
final class LayerDNumbers {

	private LayerDNumbers() {}

	public static void main(final String... args) throws IOException {
		try (Stream<Path> folders = Files.list(Path.of(args[0])).filter(Files::isDirectory).sorted()) {
			for (final Path folder : folders.toList()) {
				final LayerD.Result result =
					LayerD.evaluate(read(folder, "prediction"), read(folder, "truth"), LayerD.MERGES);
				for (int k = 0; k < result.levels().size(); k++) {
					System.out.printf(Locale.ROOT, "%s %d %.9f %.9f%n", folder.getFileName(), k, result.at(k).rgbL1(),
						result.at(k).alphaIou());
				}
			}
		}
	}

	private static List<RgbaImage> read(final Path folder, final String prefix) throws IOException {
		try (
			Stream<Path> files = Files.list(folder).filter(f -> f.getFileName().toString().startsWith(prefix)).sorted())
		{
			return files.map(f -> PictureReader.read(f).image()).toList();
		}
	}
}
