package org.layerj.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;
import org.layerj.torch.Device;
import org.layerj.torch.Memory;

/**
 * Finds and reads the text in a picture of any size and kind.
 * <ol>
 * <li>{@link TextScales} finds lines at several sizes of the picture; where several sizes agree, the box is kept whose
 * letters had the size best suited for the detector.</li>
 * <li>{@link LineReader} crops and rotates each line and reads it; vertical lines are read in both directions. Readings
 * with low confidence are dropped, of overlapping ones the best is kept, and lines that are nothing but a scale bar are
 * none.</li>
 * <li>Lines are split into words and sorted in {@link ReadingOrder reading order}.</li>
 * </ol>
 * Deterministic. Calls from several threads run one after another.
 */
public final class TextFinder implements AutoCloseable {

	/** Heights of lines, in pixels of the size looked at, that the detector is at its best with. */
	private static final double LOW = 16;
	private static final double HIGH = 56;
	/** Boxes are the same if they share so much of what they cover together. */
	private static final double SAME = 0.6;
	/** Pictures narrower or lower than this hold no text. */
	private static final int LEAST = 4;
	/** Share of the work that is detection, for the progress; the rest is reading. */
	private static final double DETECTION = 0.7;

	private final Device device;
	private final TextDetector detector;
	private final TextRecogniser recogniser;

	/** Loads both networks for the CPU. */
	public TextFinder() {
		this(Device.CPU);
	}

	/**
	 * Loads both networks.
	 *
	 * @param device on which they compute
	 */
	public TextFinder(final Device device) {
		this.device = device;
		detector = new TextDetector(device);
		try {
			recogniser = new TextRecogniser(device);
		}
		catch (final RuntimeException e) {
			detector.close();
			throw e;
		}
	}

	/**
	 * Finds and reads the text of a picture.
	 *
	 * @param picture any size; straight alpha; not changed
	 * @param watch receives the share that is done, 0 … 1; may throw to stop
	 * @return in reading order; empty if there is none
	 */
	public synchronized FoundText find(final RgbaImage picture, final Progress watch) {
		final Rgb rgb = Rgb.of(picture);
		if (Math.min(picture.width(), picture.height()) < LEAST) return new FoundText(List.of());
		try {
			final List<Quad> boxes = distinct(TextScales.look(detector, rgb, watch.part(0, DETECTION)));
			final LineMattes mattes = new LineMattes(rgb);
			final List<TextLine> lines = new LineReader(recogniser, mattes).read(boxes, watch.part(DETECTION, 1));
			watch.update(1, "");
			return ReadingOrder.of(ScaleBars.withoutBars(mattes, withoutErrorBars(lines)));
		}
		finally {
			Memory.release(device);
		}
	}

	/** East Asian characters of such strokes are text where there is more text of that kind. */
	private static List<TextLine> withoutErrorBars(final List<TextLine> lines) {
		final boolean eastAsian = lines.stream()
			.filter(l -> !Characters.mayBeLines(l.text()))
			.anyMatch(l -> l.text().codePoints().anyMatch(Characters::isEastAsian));
		return lines.stream()
			.filter(l -> !Characters.mayBeLines(l.text())
				|| eastAsian && l.text().codePoints().anyMatch(Characters::isEastAsian))
			.toList();
	}

	/**
	 * The detector's probability map for the picture resized to another size.
	 *
	 * @param picture any size; straight alpha; not changed
	 * @param width of the resized picture and the map, pixels
	 * @param height of the resized picture and the map, pixels
	 * @param watch receives the share that is done, 0 … 1; may throw to stop
	 * @return of that size
	 */
	public synchronized ProbabilityMap probability(final RgbaImage picture, final int width, final int height,
		final Progress watch)
	{
		return TextScales.map(detector, Rgb.of(picture).resized(width, height), watch);
	}

	/**
	 * One box for each place where several sizes agree. Boxes of which one holds others are all kept: which is right is
	 * known only when they are read.
	 */
	private static List<Quad> distinct(final List<TextScales.Seen> seen) {
		final List<TextScales.Seen> order = new ArrayList<>(seen);
		order.sort(Comparator.comparingDouble(TextFinder::worth)
			.reversed()
			.thenComparingDouble(s -> s.quad().y())
			.thenComparingDouble(s -> s.quad().x()));
		final List<Quad> kept = new ArrayList<>();
		for (final TextScales.Seen s : order) {
			final Quad q = s.quad();
			if (kept.stream().noneMatch(k -> same(k, q))) kept.add(q);
		}
		return kept;
	}

	private static boolean same(final Quad a, final Quad b) {
		final double both = a.overlap(b);
		return both > SAME * (a.area() + b.area() - both);
	}

	/** How far a box is to be trusted: by its probability, and by the size its letters had. */
	private static double worth(final TextScales.Seen s) {
		final double height = s.scale() * Math.min(s.quad().width(), s.quad().height());
		final double off = height < LOW ? LOW / height : height > HIGH ? height / HIGH : 1;
		return s.score() / off;
	}

	@Override
	public synchronized void close() {
		detector.close();
		recogniser.close();
	}
}
