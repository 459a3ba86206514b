package org.layerj.imagej.pick;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.ModelName;
import org.layerj.elements.Element;
import org.layerj.elements.Elements;
import org.layerj.elements.Pick;
import org.layerj.io.PictureReader;
import org.layerj.layers.Bounds;

/**
 * What a click of the Layer Picker costs on the elements of a picture, and of the same enlarged: milliseconds until the
 * selection is there, the first time and again. A program, with a picture and a side as arguments.
 */
final class PickSpeed {

	private PickSpeed() {}

	public static void main(final String[] args) {
		final Elements small;
		try (Decomposer model = Decomposers.open(ModelName.of("built-in"), "auto")) {
			small =
				model
					.decompose(PictureReader.read(java.nio.file.Path.of(args[0])).image(), DecomposeOptions.defaults(),
						Progress.none())
					.elements()
					.orElseThrow();
		}
		measure(small);
		measure(enlarged(small, Integer.parseInt(args[1])));
	}

	private static Elements enlarged(final Elements e, final int side) {
		final int k = Math.max(1, side / Math.max(e.width(), e.height()));
		final int w = e.width() * k;
		final int h = e.height() * k;
		final int[] labels =
			IntStream.range(0, w * h).map(i -> e.labels()[i / w / k * e.width() + i % w / k]).toArray();
		return new Elements(w, h, labels, e.list()
			.stream()
			.map(x -> new Element(x.id(), x.parent(), x.kind(), x.role(), x.layer(),
				new Bounds(x.bounds().x() * k, x.bounds().y() * k, x.bounds().width() * k, x.bounds().height() * k),
				x.area() * k * k, x.rgb(), Optional.empty()))
			.toList());
	}

	private static void measure(final Elements e) {
		final ImagePlus image = new ImagePlus("", new ByteProcessor(e.width(), e.height()));
		final Picked picked = Picked.of(e);
		for (final String round : new String[] { "first", "again" }) {
			final double[] ms = new double[40];
			for (int n = 0; n < ms.length; n++) {
				final int x = (n * 7919 + 13) % e.width();
				final int y = (n * 104729 + 7) % e.height();
				final long begun = System.nanoTime();
				Pick pick = Pick.NONE.click(e, x, y, Pick.Mode.REPLACE, true);
				picked.choose(pick, image);
				pick = pick.click(e, x, y, Pick.Mode.REPLACE, true);
				picked.choose(pick, image);
				ms[n] = (System.nanoTime() - begun) / 2e6;
			}
			Arrays.sort(ms);
			System.out.printf(Locale.ROOT, "%d x %d, %s click: median %.1f ms, most %.0f ms%n", e.width(), e.height(),
				round, ms[ms.length / 2], ms[ms.length - 1]);
		}
	}
}
