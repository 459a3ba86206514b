package org.layerj.imagej.pick;

import ij.ImagePlus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.ModelName;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.ElementText;
import org.layerj.elements.Elements;
import org.layerj.elements.Letters;
import org.layerj.elements.Pick;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.StackElements;
import org.layerj.io.PictureReader;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.text.Quad;

/**
 * What a click of the Layer Picker costs on the elements of a picture, and of the same enlarged: milliseconds until the
 * selection is there, the first time and again, and the same with Ctrl on text, which takes a letter; and what reading
 * the elements costs when the tool is used first. A program, with a picture and a side as arguments.
 */
final class PickSpeed {

	private PickSpeed() {}

	public static void main(final String[] args) {
		final RgbaImage picture = PictureReader.read(java.nio.file.Path.of(args[0])).image();
		final Elements small;
		try (Decomposer model = Decomposers.open(ModelName.of("built-in"), "auto")) {
			small = model.decompose(picture, DecomposeOptions.defaults(), Progress.none()).elements().orElseThrow();
		}
		final int k = Math.max(1, Integer.parseInt(args[1]) / Math.max(small.width(), small.height()));
		measure(small, picture);
		measure(enlarged(small, k), enlarged(picture, k));
	}

	private static RgbaImage enlarged(final RgbaImage p, final int k) {
		final RgbaImage large = RgbaImage.blank(p.width() * k, p.height() * k);
		for (int c = 0; c < 4; c++)
			for (int i = 0; i < large.plane(c).length; i++)
				large.plane(c)[i] = p.plane(c)[i / large.width() / k * p.width() + i % large.width() / k];
		return large;
	}

	private static Elements enlarged(final Elements e, final int k) {
		final int w = e.width() * k;
		final int h = e.height() * k;
		final int[] labels =
			IntStream.range(0, w * h).map(i -> e.labels()[i / w / k * e.width() + i % w / k]).toArray();
		return new Elements(w, h, labels,
			e.list()
				.stream()
				.map(x -> new Element(x.id(), x.parent(), x.kind(), x.role(), x.layer(),
					new Bounds(x.bounds().x() * k, x.bounds().y() * k, x.bounds().width() * k, x.bounds().height() * k),
					x.area() * k * k, x.rgb(),
					x.text()
						.map(t -> new ElementText(t.string(), t.confidence(),
							new Quad(t.quad().x() * k, t.quad().y() * k, t.quad().width() * k, t.quad().height() * k,
								t.quad().angle()),
							t.style()))))
				.toList());
	}

	private static void measure(final Elements record, final RgbaImage picture) {
		final LayerStack layers =
			new LayerStack(picture.width(), picture.height(), List.of(Layer.of("picture", "Picture", picture)));
		final ImagePlus image = Hyperstacks.of(layers, "");
		StackElements.keep(record, layers, image, 1);
		final OpenLayers open = OpenLayers.of(image).orElseThrow();
		final long start = System.nanoTime();
		final LayerStack read = open.layers();
		final Elements found = StackElements.read(image, 1, read).orElseThrow();
		final long reading = System.nanoTime();
		final Elements e = Letters.in(found, read);
		System.out.printf(Locale.ROOT, "%d x %d: elements read in %.0f ms, their letters found in %.0f ms%n", e.width(),
			e.height(), (reading - start) / 1e6, (System.nanoTime() - reading) / 1e6);
		final Picked picked = Picked.of(open);
		final List<Element> letters = e.list().stream().filter(x -> x.kind() == ElementKind.LETTER).toList();
		for (final String round : new String[] { "first", "again", "first Ctrl", "again Ctrl" }) {
			final boolean letter = round.endsWith("Ctrl");
			final double[] ms = new double[40];
			for (int n = 0; n < ms.length; n++) {
				final Element on = letters.get(n * 7 % letters.size());
				int at = on.bounds().y() * e.width() + on.bounds().x();
				while (e.labels()[at] != on.id()) at++;
				final int x = letter ? at % e.width() : (n * 7919 + 13) % e.width();
				final int y = letter ? at / e.width() : (n * 104729 + 7) % e.height();
				final long begun = System.nanoTime();
				Pick pick = Pick.NONE.click(e, x, y, Pick.Mode.REPLACE, true);
				picked.choose(pick, image);
				pick = pick.click(e, x, y, Pick.Mode.REPLACE, !letter);
				picked.choose(pick, image);
				ms[n] = (System.nanoTime() - begun) / 2e6;
			}
			Arrays.sort(ms);
			System.out.printf(Locale.ROOT, "%d x %d, %s click: median %.1f ms, most %.0f ms%n", e.width(), e.height(),
				round, ms[ms.length / 2], ms[ms.length - 1]);
		}
	}
}
