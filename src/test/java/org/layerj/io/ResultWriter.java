package org.layerj.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.RunRecord;
import org.layerj.decompose.Settings;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.formats.LayerMetadata;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** Writes results, always the same for the same number of layers, and is killed meanwhile. */
public final class ResultWriter {

	private static final int SIDE = 24;
	/** Those without large libraries. */
	static final LayerFormat[] QUICK = { LayerFormat.PSD, LayerFormat.ORA, LayerFormat.SVG, LayerFormat.TIFF };

	private ResultWriter() {}

	/** Writes one of them after the other into a folder, for ever. Arguments: the folder and numbers of layers. */
	public static void main(final String... args) {
		try {
			for (int k = 1; true; k = k % (args.length - 1) + 1) {
				write(Path.of(args[0]), Integer.parseInt(args[k]), Staging.SELF, QUICK);
				System.out.println("written");
			}
		}
		catch (final CancelledException e) {
			System.out.println(e.getMessage());
		}
	}

	/** A result with a number of layers. */
	static LayerFolder.Result write(final Path folder, final int layers, final Staging.Self self,
		final LayerFormat... formats)
	{
		final Decomposition decomposition = decomposition(layers);
		final Source source = new Source("cells.png", "00ff", "file", SIDE, SIDE);
		final LayerDocument document =
			new LayerDocument(decomposition.layers(), LayerMetadata.of(decomposition, source));
		try (LayerFolder output = LayerFolder.open(folder, self)) {
			return output.write(decomposition, source, (d, title, out) -> out.write(new byte[1 << 14]),
				Arrays.stream(formats).map(f -> f.export(document)).toList(), Progress.none());
		}
	}

	private static Decomposition decomposition(final int layers) {
		final Random random = new Random(layers);
		final List<Layer> all = new ArrayList<>();
		for (int k = 0; k < layers; k++)
			all.add(Layer.of("l" + k, "Layer " + k, RgbaImage.ofArgb(SIDE, SIDE, random.ints(SIDE * SIDE).toArray())));
		return new Decomposition(new LayerStack(SIDE, SIDE, all),
			new RunRecord("tiny", "built-in", "cafe", new Settings(layers, 256, 8, 2.5, 42, "", " ", "auto", false),
				"cpu", "f32", Map.of("denoise", 1.0), 1, SIDE, SIDE, ""));
	}

	/** Every file and folder with its content, hidden ones included. */
	static String state(final Path folder) throws IOException {
		final StringBuilder all = new StringBuilder();
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path f : files.sorted().toList()) {
				all.append(folder.relativize(f))
					.append(Files.isRegularFile(f) ? " " + Arrays.hashCode(Files.readAllBytes(f)) : "")
					.append('\n');
			}
		}
		return all.toString();
	}
}
