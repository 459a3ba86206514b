package org.layerj.io.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.layerj.decompose.Progress;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Writes a folder of files in every format, and the layers they hold as plain PNGs and text, for the check with other programs
 * ({@code src/test/python/check_formats.py}). Run by hand.
 */
public final class FormatSamples {

	private FormatSamples() {}

	public static void main(final String... args) throws IOException {
		final Path folder = Files.createDirectories(Path.of(args[0]));
		write(folder.resolve("rgb8"), Documents.document());
		write(folder.resolve("rgb16"), Documents.deep(3));
		write(folder.resolve("grey16"), Documents.deep(1));
	}

	private static void write(final Path folder, final LayerDocument document) throws IOException {
		Files.createDirectories(folder);
		for (final LayerFormat format : LayerFormat.values()) format.write(document, folder.resolve("picture" + format.suffix()), Progress.none());
		expectation(folder.resolve("expected.txt"), document.layers());
	}

	/** Per layer: x y width height opacity visible, then all samples in hexadecimal: colours and alpha, row by row. */
	private static void expectation(final Path file, final LayerStack stack) throws IOException {
		final Depth depth = Depth.of(stack);
		final StringBuilder out = new StringBuilder();
		out.append(stack.width()).append(' ').append(stack.height()).append(' ').append(depth).append('\n');
		for (final Layer l : stack.layers()) {
			out.append(l.bounds().x()).append(' ').append(l.bounds().y()).append(' ').append(l.bounds().width()).append(' ').append(l.bounds().height()).append(' ').append(l
				.opacity()).append(' ').append(l.visible()).append(' ').append(XmlText.clean(l.name())).append('\n');
			samples(out, l, depth);
			samples(out, l, Depth.RGB8);
		}
		samples(out, Layer.of("flat", "flat", Compositor.flatten(stack)), Depth.RGB8);
		Files.writeString(file, out);
	}

	private static void samples(final StringBuilder out, final Layer l, final Depth depth) {
		for (int i = 0; i < l.bounds().width() * l.bounds().height(); i++) {
			for (int c = 0; c <= depth.colours(); c++) out.append(String.format(depth.bytes() == 1 ? "%02x" : "%04x", depth.sample(l, c, i)));
		}
		out.append('\n');
	}
}
