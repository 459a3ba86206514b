package org.layerj.io.formats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.Bounds;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Lut;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Terms;

/** Layered pictures that have everything a file format may lose. */
public final class Documents {

	/** A run record with quotes and letters that not every format has. */
	public static final String RUN =
		"{\"model\":{\"name\":\"built-in\"},\"options\":{\"prompt\":\"zwei „Zellen“ – 細胞 & <b>\"}}";
	public static final PictureOrigin ORIGIN =
		new PictureOrigin("cells & co.tif", "sha256:00ff", "", Optional.of(Terms.BASE + "digitalCapture"),
			List.of("A. Müller", "B"), Optional.of("© <2026>"), Optional.of("Institute"), List.of(), Optional.empty());

	private Documents() {}

	/** Noise with soft edges: nothing two pixels have in common, colour under alpha 0 included. */
	public static RgbaImage noise(final int width, final int height, final long seed) {
		final Random random = new Random(seed);
		final byte[][] planes = new byte[4][width * height];
		for (final byte[] plane : planes) random.nextBytes(plane);
		for (int i = 0; i < planes[3].length; i++) if (i % 3 == 0) planes[3][i] = (byte) (i % 2 == 0 ? 255 : 0);
		return RgbaImage.ofPlanes(width, height, planes[0], planes[1], planes[2], planes[3]);
	}

	private static Layer layer(final String id, final String name, final Bounds b, final double opacity,
		final boolean visible, final String parent, final long seed)
	{
		final Mask synthetic = Mask.of(b.width(), b.height(), i -> (i * 7 + seed) % 5 == 0 && seed % 2 == 0);
		return new Layer(id, name, b, noise(b.width(), b.height(), seed), opacity, visible, Optional.ofNullable(parent),
			synthetic.as(Kind.GENERATED).withModels(synthetic.count() == 0 ? Set.of() : Set.of("built-in")));
	}

	/**
	 * Odd sizes, bounds beyond the canvas, odd names, opacities that 8 bits cannot hold, lineage three deep, hidden,
	 * locked and empty layers.
	 */
	public static LayerStack stack() {
		final List<Layer> layers = new ArrayList<>();
		layers.add(Layer.of("ground", "Background", opaque(67, 45)));
		layers.add(layer("a", "Zellkörper – 細胞 \"1\" & <2>", new Bounds(-7, 3, 31, 18), 1, true, null, 2));
		layers.add(layer("b", "split", new Bounds(40, 20, 40, 40), 0.1234567890123, true, "gone", 3));
		layers.add(layer("c", "split", new Bounds(2, 2, 1, 1), 1.0 / 3, false, "gone", 4));
		layers.add(layer("d", "deeper", new Bounds(10, 30, 13, 7), 0.5, true, "b", 6).withLocked(true));
		layers.add(layer("e", "outside", new Bounds(100, -50, 5, 3), 0.999, true, "d", 8));
		layers.add(new Layer("f", "\ud83d\ude80 empty", new Bounds(66, 44, 1, 1), RgbaImage.blank(1, 1), 0, true,
			Optional.of("ground"), Mask.all(1, 1).as(Kind.GENERATED).withModels(Set.of("built-in"))));
		layers.add(
			layer("id \"<&>\" ü", "half \ud83d character,\u0001\ttab", new Bounds(0, 0, 67, 45), 0.7, true, null, 9));
		return new LayerStack(67, 45, layers);
	}

	private static RgbaImage opaque(final int width, final int height) {
		final RgbaImage image = noise(width, height, 1);
		Arrays.fill(image.plane(RgbaImage.ALPHA), (byte) 255);
		return image;
	}

	public static LayerDocument document() {
		return new LayerDocument(stack(),
			LayerMetadata.titled("Figur 1 „a“")
				.withRun(RUN)
				.withPixelSize(PixelSize.ofDpi(299.97))
				.withCalibration("unit=µm\nx=0.1")
				.withOrigin(ORIGIN));
	}

	/** The same with 16-bit values, of which the pixels are another view than the usual one. */
	public static LayerDocument deep(final int channels) {
		final List<Channel> all = IntStream.range(0, channels)
			.mapToObj(
				c -> new Channel("c" + c, channels == 1 ? Lut.GREY : Lut.ramp(0xff0000 >> 8 * c), 100 + c, 4000, true))
			.toList();
		final SampleFormat format = new SampleFormat(Type.U16, all);
		final LayerStack plain = stack();
		final Random random = new Random(5);
		final List<Layer> layers = new ArrayList<>();
		for (final Layer l : plain.layers()) {
			final Samples samples = Samples.blank(format, l.bounds().width(), l.bounds().height());
			for (int c = 0; c < channels; c++) {
				final short[] plane = (short[]) samples.plane(c);
				for (int i = 0; i < plane.length; i++) plane[i] = (short) random.nextInt(65536);
			}
			// Every other layer shows what its values look like; the others show something else.
			final boolean shown = layers.size() % 2 == 0;
			layers.add((shown
				? l.withPixels(l.bounds(),
					Display.of(samples.format()).render(samples, l.pixels().plane(RgbaImage.ALPHA)), l.provenance())
				: l).withSamples(samples));
		}
		return new LayerDocument(new LayerStack(plain.width(), plain.height(), layers), document().metadata());
	}
}
