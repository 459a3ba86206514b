package org.layerj.io.formats;

import java.awt.Color;
import java.awt.Font;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.layerj.common.Progress;
import org.layerj.elements.WrittenFigure;
import org.layerj.io.PictureReader;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;

/**
 * Writes a folder of files in every format, and the layers they hold as raw samples and text, for the check with other
 * programs ({@code src/test/python/check_formats.py}). Given a file too, it reads that and writes its layers for the
 * same purpose. Run by hand.
 */
public final class FormatSamples {

	private FormatSamples() {}

	/** Where to write, and optionally which file to read. */
	public static void main(final String... args) throws IOException {
		final Path folder = Files.createDirectories(Path.of(args[0]));
		if (args.length > 1) {
			final LayerDocument document = LayerFormat.read(Path.of(args[1]));
			document.notes().forEach(System.out::println);
			expectation(folder, document.layers());
			return;
		}
		write(folder.resolve("rgb8"), Documents.document());
		write(folder.resolve("rgb16"), Documents.deep(3));
		write(folder.resolve("grey16"), Documents.deep(1));
		write(folder.resolve("figure"), figure());
		text(folder.resolve("text"));
		final LayerStack rgb8 = Documents.stack();
		write(folder.resolve("wide"),
			new LayerDocument(new LayerStack(30_001, rgb8.height(), rgb8.layers()), Documents.document().metadata()));
	}

	/**
	 * The bundled figure with a round piece of the bundled photograph on it, half transparent, and a piece of it cut
	 * loose.
	 */
	private static LayerDocument figure() {
		final RgbaImage background =
			PictureReader.read(Path.of("src/main/resources/org/layerj/sample/figure.png")).image();
		final RgbaImage photo = PictureReader.read(Path.of("src/main/resources/org/layerj/sample/photo.jpg"))
			.image()
			.crop(new Bounds(20, 20, 160, 120));
		for (int i = 0; i < 160 * 120; i++) {
			final double r = Math.hypot((i % 160 - 79.5) / 80, (i / 160 - 59.5) / 60);
			photo.plane(RgbaImage.ALPHA)[i] = (byte) Math.max(0, Math.min(255, Math.round(255 * (1 - r) * 4)));
		}
		final Layer round = new Layer("round", "Foto – rund", new Bounds(150, 100, 160, 120), photo, 1, true,
			Optional.of("background"), Mask.all(160, 120).as(Kind.GENERATED));
		final Layer half = new Layer("half", "half", new Bounds(-40, 200, 160, 120), photo, 0.5, true,
			Optional.of("background"), Mask.none(160, 120).as(Kind.GENERATED));
		return new LayerDocument(
			new LayerStack(background.width(), background.height(),
				List.of(Layer.of("background", "Figure", background), round, half)),
			LayerMetadata.titled("Figure")
				.withRun(Documents.RUN)
				.withPixelSize(PixelSize.ofDpi(96))
				.withOrigin(Documents.ORIGIN));
	}

	/** {@code texts.txt}: text, PostScript name, size, colour, six numbers of the transform, of every type layer. */
	private static void text(final Path folder) throws IOException {
		final WrittenFigure figure = new WrittenFigure(400, 300);
		figure.write("Control", new Font(Font.SANS_SERIF, Font.BOLD, 24), Color.BLUE, 80, 40, 0, .95);
		figure.write("Größe (µm)", new Font(Font.SERIF, Font.PLAIN, 24), Color.RED, 20, 160, -90, .95);
		figure.write("p < 0.05 \\ 30°", new Font(Font.MONOSPACED, Font.ITALIC, 18), Color.BLACK, 200, 120, 30, .9);
		figure.write("mumble", new Font(Font.SANS_SERIF, Font.PLAIN, 24), Color.BLACK, 200, 240, 0, .5);
		final LayerDocument document =
			new LayerDocument(figure.layers(), LayerMetadata.titled("t").withPixelSize(PixelSize.ofDpi(300)))
				.withRead(ReadLine.of(figure.layers(), figure.elements()));
		write(folder, document);
		final StringBuilder out = new StringBuilder();
		for (final KnownText t : document.texts().get("text").lines()) {
			final double[] m = new double[6];
			t.baseline(0).getMatrix(m);
			out.append(t.text() + '\t' + FontNames.postScript(t.font(), t.bold(), t.italic()) + '\t' + t.size() + '\t'
				+ String.format("%06x", t.rgb()) + '\t'
				+ Arrays.stream(m).mapToObj(Double::toString).collect(Collectors.joining(" ")) + '\n');
		}
		Files.writeString(folder.resolve("texts.txt"), out);
	}

	private static void write(final Path folder, final LayerDocument document) throws IOException {
		Files.createDirectories(folder);
		for (final LayerFormat format : LayerFormat.values())
			format.write(document, folder.resolve("picture" + format.suffix()), Progress.none());
		expectation(folder, document.layers());
	}

	/**
	 * {@code layers.txt}: width, height, depth; then per layer x y width height opacity visible locked parent name, in
	 * tabs. {@code layer-0.bin} …: samples, colours and alpha of a pixel together, high bytes first; {@code seen-0.bin}
	 * …: the same as 8-bit RGBA; {@code flat.bin}: all together; {@code merged.bin}: the same by their values, if they
	 * have any.
	 */
	private static void expectation(final Path folder, final LayerStack stack) throws IOException {
		final Depth depth = Depth.of(stack);
		final StringBuilder out = new StringBuilder();
		out.append(stack.width()).append('\t').append(stack.height()).append('\t').append(depth).append('\n');
		for (int k = 0; k < stack.size(); k++) {
			final Layer l = stack.get(k);
			out.append(l.bounds().x())
				.append('\t')
				.append(l.bounds().y())
				.append('\t')
				.append(l.bounds().width())
				.append('\t')
				.append(l.bounds().height())
				.append('\t')
				.append(l.opacity())
				.append('\t')
				.append(l.visible())
				.append('\t')
				.append(l.locked())
				.append('\t')
				.append(l.parent().orElse(""))
				.append('\t')
				.append(XmlText.clean(l.name()))
				.append('\n');
			samples(folder.resolve("layer-" + k + ".bin"), l, depth);
			samples(folder.resolve("seen-" + k + ".bin"), l, Depth.RGB8);
		}
		samples(folder.resolve("merged.bin"), Layer.of("flat", "flat", Compositor.flatten(stack)), Depth.RGB8);
		// What programs without values make of the pixels.
		final LayerStack seen = new LayerStack(stack.width(), stack.height(),
			stack.layers().stream().map(l -> l.withPixels(l.bounds(), l.pixels(), l.provenance())).toList());
		samples(folder.resolve("flat.bin"), Layer.of("flat", "flat", Compositor.flatten(seen)), Depth.RGB8);
		Files.writeString(folder.resolve("layers.txt"), out);
	}

	private static void samples(final Path file, final Layer l, final Depth depth) throws IOException {
		final byte[] one = new byte[2];
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
			for (int i = 0; i < l.bounds().width() * l.bounds().height(); i++)
				for (int c = 0; c <= depth.colours(); c++)
				{
					depth.put(one, 0, depth.sample(l, c, i));
					out.write(one, 0, depth.bytes());
				}
		}
	}
}
