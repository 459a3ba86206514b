package org.layerj.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.layerj.exact.ExactRecomposition;
import org.layerj.io.PictureReader;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;
import org.layerj.model.SizeRule;
import org.layerj.refine.NativeSize;

/**
 * What is lost when true layers pass through the network's working size, and what {@link NativeSize} gets back: the
 * evaluation figures' layers are reduced, degraded, and brought back by plain bicubic resampling, by that with the
 * exact colour solve, and by refinement, as a run of a model does.
 * <p>
 * Columns: LayerD IoU and RGB L1 at 0 and 5 merges; over the pixels where the true alpha is neither 0 nor 1 the mean
 * |ΔRGB| (0 … 1) of the straight colours, and of the layer lifted off the picture and put on black, white and magenta,
 * which is what a fringe is; the share of pixels whose composite is not the picture. Arguments: {@code [odd|even|all]};
 * {@code only=name} restricts the proposals, {@code figures} prints every figure.
 */
final class NativeSizeNumbers {

	private static final Path FIGURES = Path.of("src/test/resources/org/layerj/evaluation");

	private NativeSizeNumbers() {}

	/** A figure with its true layers. */
	record Figure(String name, RgbaImage input, List<RgbaImage> layers) {

		static List<Figure> all() throws IOException {
			try (Stream<Path> folders = Files.list(FIGURES).filter(Files::isDirectory).sorted()) {
				final List<Figure> figures = new ArrayList<>();
				for (final Path folder : folders.toList()) {
					try (Stream<Path> files =
						Files.list(folder).filter(f -> f.getFileName().toString().startsWith("layer-")).sorted())
					{
						figures.add(new Figure(folder.getFileName().toString(),
							PictureReader.read(folder.resolve("input.png")).image(),
							files.map(f -> PictureReader.read(f).image()).toList()));
					}
				}
				return figures;
			}
		}

		/** The layers as the network would give them at this resolution if it made no mistake. */
		LayerStack reduced(final int resolution) {
			final SizeRule size = SizeRule.of(input.width(), input.height(), resolution);
			final List<Layer> small = new ArrayList<>();
			for (final RgbaImage l : layers)
				small.add(Layer.of("layer-" + small.size(), "", resize(l, size.width(), size.height())));
			return new LayerStack(size.width(), size.height(), small);
		}
	}

	private static RgbaImage resize(final RgbaImage p, final int w, final int h) {
		final byte[][] out = PillowResize.rgba(new byte[][] { p.plane(0), p.plane(1), p.plane(2), p.plane(3) },
			p.width(), p.height(), w, h, PillowResize.Filter.LANCZOS);
		return RgbaImage.ofPlanes(w, h, out[0], out[1], out[2], out[3]);
	}

	private record Degraded(String name, int resolution, UnaryOperator<RgbaImage> how) {}

	private static final List<Degraded> PROPOSALS = List.of( //
		new Degraded("256", 256, p -> p), //
		new Degraded("128", 128, p -> p), //
		new Degraded("256blur", 256, p -> resize(resize(p, p.width() / 2, p.height() / 2), p.width(), p.height())), //
		new Degraded("256noise", 256, NativeSizeNumbers::noisy), //
		new Degraded("256shift", 256, NativeSizeNumbers::shifted));

	/** Errors of ±6 levels everywhere, as a lossy codec makes them. */
	private static RgbaImage noisy(final RgbaImage p) {
		final Random random = new Random(1);
		final RgbaImage out = p.copy();
		for (int c = 0; c < 4; c++) for (int i = 0; i < out.plane(c).length; i++) {
			out.plane(c)[i] = (byte) Math.max(0, Math.min(255, (out.plane(c)[i] & 0xff) + random.nextInt(13) - 6));
		}
		return out;
	}

	/** Everything two pixels off: a wrong proposal. */
	private static RgbaImage shifted(final RgbaImage p) {
		final int w = p.width();
		return RgbaImage.ofArgb(w, p.height(),
			IntStream.range(0, w * p.height()).map(i -> p.argb(Math.max(0, i % w - 2), i / w)).toArray());
	}

	private static final int IOU0 = 0, IOU5 = 1, L0 = 2, L5 = 3, BAND = 4, LIFTED = 5, WRONG = 6, COLUMNS = 7;
	private static final int[] CANVASES = { 0, 0xffffff, 0xff00ff };

	private static double[] score(final Figure figure, final LayerStack stack) {
		final List<RgbaImage> layers = stack.layers().stream().map(Layer::pixels).toList();
		final LayerD.Result result = LayerD.evaluate(layers, figure.layers, LayerD.MERGES);
		final double[] row = new double[COLUMNS];
		row[IOU0] = result.at(0).alphaIou();
		row[IOU5] = result.at(5).alphaIou();
		row[L0] = result.at(0).rgbL1();
		row[L5] = result.at(5).rgbL1();
		long band = 0;
		for (int k = 0; k < layers.size(); k++) {
			final RgbaImage t = figure.layers.get(k);
			for (int i = 0; i < t.plane(3).length; i++) {
				final int a = t.plane(3)[i] & 0xff;
				if (a == 0 || a == 255) continue;
				band++;
				final int b = layers.get(k).plane(3)[i] & 0xff;
				for (int c = 0; c < 3; c++) {
					final int wanted = t.plane(c)[i] & 0xff;
					final int got = layers.get(k).plane(c)[i] & 0xff;
					row[BAND] += Math.abs(wanted - got) / 765.0;
					for (final int canvas : CANVASES) {
						final int under = canvas >> 16 - 8 * c & 0xff;
						row[LIFTED] +=
							Math.abs(a * (wanted - under) - b * (got - under)) / (255.0 * 765 * CANVASES.length);
					}
				}
			}
		}
		row[BAND] /= Math.max(1, band);
		row[LIFTED] /= Math.max(1, band);
		row[WRONG] = (double) ExactRecomposition.mismatches(figure.input, stack)
			/ (figure.input.width() * figure.input.height());
		return row;
	}

	public static void main(final String... args) throws IOException {
		String half = "all";
		String only = "";
		boolean each = false;
		for (final String arg : args) {
			if (arg.equals("figures")) each = true;
			else if (arg.startsWith("only=")) only = arg.substring(5);
			else half = arg;
		}
		final List<Figure> all = Figure.all();
		final String wanted = half;
		final List<Figure> figures = IntStream.range(0, all.size())
			.filter(i -> wanted.equals("all") || wanted.equals("odd") == (i % 2 == 1))
			.mapToObj(all::get)
			.toList();
		System.out.println(half + " (" + figures.size() + " figures)");
		System.out.println("proposal                   method  IoU@0  IoU@5   L1@0   L1@5    band   lifted  inexact");
		for (final Degraded degraded : PROPOSALS) {
			if (!only.isEmpty() && !only.equals(degraded.name)) continue;
			final double[][] sum = new double[3][COLUMNS];
			for (final Figure f : figures) {
				final LayerStack exactSize = f.reduced(degraded.resolution);
				final LayerStack network = new LayerStack(exactSize.width(), exactSize.height(),
					exactSize.layers()
						.stream()
						.map(l -> l.withPixels(l.bounds(), degraded.how.apply(l.pixels()), l.provenance()))
						.toList());
				final LayerStack plain = NativeSize.plain(network, f.input.width(), f.input.height());
				final double[][] rows = { score(f, plain), score(f, ExactRecomposition.of(f.input, plain)),
					score(f, NativeSize.refine(f.input, network)) };
				for (int m = 0; m < 3; m++) for (int c = 0; c < COLUMNS; c++) sum[m][c] += rows[m][c] / figures.size();
				if (each) for (int m = 0; m < 3; m += 2) print(f.name, m, rows[m]);
			}
			for (int m = 0; m < 3; m++) print(degraded.name, m, sum[m]);
		}
	}

	private static void print(final String name, final int method, final double[] r) {
		System.out.printf(Locale.ROOT, "%-26s %-7s %.4f %.4f  %.4f %.4f  %.4f %.4f  %.4f%n", name,
			List.of("plain", "closed", "refined").get(method), r[IOU0], r[IOU5], r[L0], r[L5], r[BAND], r[LIFTED],
			r[WRONG]);
	}
}
