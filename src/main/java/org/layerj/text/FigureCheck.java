package org.layerj.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.ColourPair;

/**
 * Faults for which journals return figures, in a picture whose text has been read: small text, low resolution, colours
 * that colour-blind readers cannot distinguish, micrographs without a scale bar, panel letters that are missing,
 * repeated or out of order.
 *
 * @param printWidth of the figure, in millimetres
 * @param points smallest allowed size of text, in points (1/72 inch)
 * @param dpi lowest allowed resolution, pixels per inch
 */
public record FigureCheck(double printWidth, double points, double dpi) {

	/** Kinds of faults. */
	public enum Kind {

		/** Text smaller than it may be in print. */
		TEXT,
		/** Fewer pixels per inch than there must be. */
		RESOLUTION,
		/** Two colours that colour-blind readers cannot distinguish. */
		COLOURS,
		/** A micrograph without a scale bar. */
		SCALE,
		/** Panel letters that are missing, double or in disorder. */
		PANELS;

		/** {@return the kind as tables and macros name it} */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/**
	 * A fault.
	 *
	 * @param kind of fault
	 * @param message one line for the user
	 * @param place in the picture; empty if the fault concerns the whole figure
	 */
	public record Finding(Kind kind, String message, Optional<Quad> place) {}

	private static final double MM_PER_INCH = 25.4;
	private static final double POINTS_PER_INCH = 72;
	/** Of a line's box that is a little larger than its letters, the font's size, where that is not known. */
	private static final double SIZE_OF_BOX = 0.85;
	/** Sizes are measured to about this. */
	private static final double MEASURED = 0.03;
	/** Share of pixels that differ from their neighbours in a micrograph, and that are of its one colour or grey. */
	private static final double TEXTURED = 0.3;
	private static final double ONE_COLOUR = 0.9;
	/** Levels by which the channels of grey differ at most. */
	private static final int GREY = 12;
	/** A channel below this share of the strongest is dark: what fluoresces has one or two channels. */
	private static final double DARK = 0.35;
	private static final Pattern PANEL = Pattern.compile("[(\\[]?([A-Za-z])[)\\].]?");
	/** Panel letters are of one size within this ratio. */
	private static final double SAME_SIZE = 1.2;
	/** Letters that may be missing between the first and the last. */
	private static final int GAPS = 2;

	private record Panel(char letter, Quad quad, double size) {}

	/**
	 * The faults of a picture, ordered by kind.
	 *
	 * @param picture any size; not changed
	 * @param text read in that picture
	 * @return empty if there are none
	 */
	public List<Finding> of(final RgbaImage picture, final FoundText text) {
		final List<Optional<TextStyle>> styles = TextStyles.of(picture, text, TextMatte.of(picture, text)).lines();
		final double[] sizes = new double[styles.size()];
		for (int k = 0; k < sizes.length; k++) {
			final double box = SIZE_OF_BOX * text.lines().get(k).quad().height();
			sizes[k] = styles.get(k).map(TextStyle::size).orElse(box);
		}
		final List<Finding> out = new ArrayList<>();
		small(picture, text, sizes, out);
		resolution(picture, out);
		for (final ColourPair pair : ColourPair.alike(picture))
			out.add(new Finding(Kind.COLOURS,
				String.format(Locale.ROOT, "#%06x and #%06x look alike to readers with %s colour vision", pair.first(),
					pair.second(), pair.vision().name().toLowerCase(Locale.ROOT)),
				Optional.empty()));
		if (isMicrograph(picture) && ScaleBars.of(picture, text).isEmpty()) out.add(new Finding(Kind.SCALE,
			"It looks like a micrograph and has no scale bar that could be read", Optional.empty()));
		panels(text, sizes, out);
		return out;
	}

	private void small(final RgbaImage picture, final FoundText text, final double[] sizes, final List<Finding> out) {
		final double perPixel = printWidth / MM_PER_INCH * POINTS_PER_INCH / picture.width();
		for (int k = 0; k < sizes.length; k++) {
			final double size = sizes[k] * perPixel;
			if (size >= points * (1 - MEASURED)) continue;
			out.add(new Finding(Kind.TEXT, String.format(Locale.ROOT, "\"%s\" has %.1f points; it should have %.4g",
				text.lines().get(k).text(), size, points), Optional.of(text.lines().get(k).quad())));
		}
	}

	private void resolution(final RgbaImage picture, final List<Finding> out) {
		final double has = picture.width() / (printWidth / MM_PER_INCH);
		if (has < dpi) out.add(new Finding(Kind.RESOLUTION, String.format(Locale.ROOT,
			"%d pixels on %.4g mm are %.0f dpi; it should have %.4g", picture.width(), printWidth, has, dpi),
			Optional.empty()));
	}

	/** Texture all over, in grey or in few glowing colours on black. */
	private static boolean isMicrograph(final RgbaImage picture) {
		long textured = 0;
		long plain = 0;
		final int w = picture.width();
		for (int y = 0; y < picture.height(); y++) for (int x = 0; x < w; x++) {
			if (ColourPair.isFlat(picture, x, y)) continue;
			textured++;
			final int r = picture.plane(0)[y * w + x] & 0xff;
			final int g = picture.plane(1)[y * w + x] & 0xff;
			final int b = picture.plane(2)[y * w + x] & 0xff;
			final int most = Math.max(r, Math.max(g, b));
			final int least = Math.min(r, Math.min(g, b));
			if (most - least <= GREY || least <= DARK * most) plain++;
		}
		return textured > TEXTURED * w * picture.height() && plain > ONE_COLOUR * textured;
	}

	private static void panels(final FoundText text, final double[] sizes, final List<Finding> out) {
		for (final boolean capitals : new boolean[] { true, false }) {
			final List<Panel> panels = new ArrayList<>();
			for (int k = 0; k < sizes.length; k++) {
				final Matcher m = PANEL.matcher(text.lines().get(k).text());
				if (!m.matches() || Character.isUpperCase(m.group(1).charAt(0)) != capitals) continue;
				panels
					.add(new Panel(Character.toUpperCase(m.group(1).charAt(0)), text.lines().get(k).quad(), sizes[k]));
			}
			final List<Panel> alike = alike(panels);
			if (alike.size() >= 2) disorder(alike, out);
		}
	}

	/** The most of one size whose letters are the first of the alphabet, but for a few. */
	private static List<Panel> alike(final List<Panel> panels) {
		List<Panel> best = List.of();
		for (final Panel p : panels) {
			final List<Panel> same =
				panels.stream().filter(q -> Math.abs(Math.log(q.size / p.size)) < Math.log(SAME_SIZE)).toList();
			final int last = same.stream().mapToInt(Panel::letter).max().orElse(0) - 'A' + 1;
			final long letters = same.stream().map(Panel::letter).distinct().count();
			if (last - letters <= GAPS && same.size() > best.size()) best = same;
		}
		return best;
	}

	private static void disorder(final List<Panel> panels, final List<Finding> out) {
		final char last = (char) panels.stream().mapToInt(Panel::letter).max().orElseThrow();
		for (char c = 'A'; c < last; c++) {
			final char letter = c;
			if (panels.stream().noneMatch(p -> p.letter == letter))
				out.add(new Finding(Kind.PANELS, "There is no panel " + letter, Optional.empty()));
		}
		for (int k = 0; k < panels.size(); k++) {
			final Panel p = panels.get(k);
			if (panels.subList(0, k).stream().anyMatch(q -> q.letter == p.letter))
				out.add(new Finding(Kind.PANELS, "There are two panels " + p.letter, Optional.of(p.quad)));
		}
		if (!ascending(panels, true) && !ascending(panels, false)) out.add(new Finding(Kind.PANELS,
			"Panels are in the order "
				+ rows(panels, true).stream().map(p -> String.valueOf(p.letter)).collect(Collectors.joining(", ")),
			Optional.empty()));
	}

	private static boolean ascending(final List<Panel> panels, final boolean rows) {
		final List<Panel> order = rows(panels, rows);
		for (int k = 1; k < order.size(); k++) if (order.get(k).letter < order.get(k - 1).letter) return false;
		return true;
	}

	/** Row by row from the left, or column by column from the top; what lies less than two sizes apart is one row. */
	private static List<Panel> rows(final List<Panel> panels, final boolean rows) {
		final List<Panel> left = new ArrayList<>(panels);
		final List<Panel> order = new ArrayList<>();
		while (!left.isEmpty()) {
			final double first = left.stream().mapToDouble(p -> rows ? p.quad.y() : p.quad.x()).min().orElseThrow();
			final List<Panel> row = left.stream()
				.filter(p -> (rows ? p.quad.y() : p.quad.x()) - first < 2 * p.size)
				.sorted(Comparator.comparingDouble(p -> rows ? p.quad.x() : p.quad.y()))
				.toList();
			order.addAll(row);
			left.removeAll(row);
		}
		return order;
	}
}
