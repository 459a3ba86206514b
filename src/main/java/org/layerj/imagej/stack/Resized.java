package org.layerj.imagej.stack;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * Follows <em>Image › Adjust › Size...</em>: layers that are known are resized as ImageJ does it, in each of its ways,
 * and compared. If one of them gives the very samples that are there, shares are resampled alike: a pixel counts as
 * synthetic by the parts that synthetic pixels have in it. Otherwise nothing is known.
 */
final class Resized {

	/** How ImageJ resizes. */
	private record Way(int method, boolean averaging) {

		ImageProcessor of(final ImageProcessor ip, final int width, final int height) {
			ip.setInterpolationMethod(method);
			return ip.resize(width, height, averaging);
		}
	}

	private static final Way COPIES = new Way(ImageProcessor.NONE, false);
	private static final List<Way> WAYS = List.of(new Way(ImageProcessor.BILINEAR, true),
		new Way(ImageProcessor.BILINEAR, false), COPIES, new Way(ImageProcessor.BICUBIC, true),
		new Way(ImageProcessor.BICUBIC, false), new Way(ImageProcessor.NONE, true));
	/** What sums of products in single precision may lack. */
	private static final double ERROR = 1e-3;

	private Resized() {}

	/**
	 * The layers of a frame with the provenance that they have after resizing.
	 *
	 * @param known as they were
	 * @param parsed as they are, of unknown provenance, in the same order
	 * @return empty if something else was done, or more than that
	 */
	static Optional<LayerStack> of(final LayerStack known, final LayerStack parsed, final ImagePlus image,
		final int frame)
	{
		if (known.size() != parsed.size() || known.size() != image.getNSlices()) return Optional.empty();
		for (int k = 0; k < known.size(); k++)
			if (!known.get(k).id().equals(parsed.get(k).id())) return Optional.empty();
		final ImagePlus before = Hyperstacks.of(known, "");
		if (before.getNChannels() != image.getNChannels() || before.getBitDepth() != image.getBitDepth())
			return Optional.empty();
		return WAYS.stream().filter(w -> made(before, image, frame, w)).findFirst().map(way -> {
			final List<Layer> layers = new ArrayList<>();
			for (int k = 0; k < parsed.size(); k++)
				layers.add(
					parsed.get(k).withProvenance(resized(known, known.get(k), parsed, parsed.get(k).bounds(), way)));
			return new LayerStack(parsed.width(), parsed.height(), layers);
		});
	}

	private static boolean made(final ImagePlus before, final ImagePlus image, final int frame, final Way way) {
		for (int z = 1; z <= before.getNSlices(); z++) for (int c = 1; c <= before.getNChannels(); c++) {
			final ImageProcessor was = before.getStack().getProcessor(before.getStackIndex(c, z, 1));
			if (!same(way.of(was, image.getWidth(), image.getHeight()).getPixels(),
				image.getStack().getPixels(image.getStackIndex(c, z, frame)))) return false;
		}
		return true;
	}

	private static boolean same(final Object a, final Object b) {
		return Arrays.deepEquals(new Object[] { a }, new Object[] { b });
	}

	/** Every pixel is one that was, and keeps its seal. */
	private static Provenance copied(final LayerStack known, final Layer was, final LayerStack canvas, final Bounds b) {
		final int[] all = new int[known.width() * known.height()];
		Arrays.setAll(all, i -> i);
		final int[] from =
			(int[]) COPIES.of(new ColorProcessor(known.width(), known.height(), all), canvas.width(), canvas.height())
				.getPixels();
		return was.provenance().gather(b.width(), b.height(), i -> {
			final int p = from[(b.y() + i / b.width()) * canvas.width() + b.x() + i % b.width()];
			final int x = p % known.width() - was.bounds().x();
			final int y = p / known.width() - was.bounds().y();
			return x >= 0 && y >= 0 && x < was.bounds().width() && y < was.bounds().height()
				? y * was.bounds().width() + x : -1;
		});
	}

	private static Provenance resized(final LayerStack known, final Layer was, final LayerStack canvas, final Bounds b,
		final Way way)
	{
		final int width = known.width();
		final int height = known.height();
		final Provenance old = was.provenance();
		if (way.equals(COPIES)) return copied(known, was, canvas, b);
		final int n = b.width() * b.height();
		final int[] left = new int[n];
		Arrays.fill(left, Provenance.ALL);
		final Provenance.Builder out = new Provenance.Builder(b.width(), b.height()).models(old.models());
		for (final Kind kind : List.of(Kind.GENERATED, Kind.UNKNOWN, Kind.COMPUTED, Kind.BY_HAND)) {
			final FloatProcessor shares = new FloatProcessor(width, height);
			boolean any = false;
			for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
				if (!was.bounds().contains(x, y)) continue;
				final int share = old.share(kind, (y - was.bounds().y()) * was.bounds().width() + x - was.bounds().x());
				any |= share > 0;
				shares.setf(x, y, share);
			}
			if (!any) continue;
			final ImageProcessor now = way.of(shares, canvas.width(), canvas.height());
			// Cubic weights may be negative, and hide a part that is there.
			final ImageProcessor plain = way.method != ImageProcessor.BICUBIC ? now
				: new Way(ImageProcessor.BILINEAR, way.averaging).of(shares, canvas.width(), canvas.height());
			for (int i = 0; i < n; i++) {
				final int x = b.x() + i % b.width();
				final int y = b.y() + i / b.width();
				final double share = Math.max(now.getf(x, y), plain.getf(x, y));
				final int whole = Math.min(left[i], (int) Math.ceil(share - ERROR));
				if (whole <= 0) continue;
				left[i] -= whole;
				out.set(i, kind, whole);
			}
		}
		return out.build();
	}
}
