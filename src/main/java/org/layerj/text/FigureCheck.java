package org.layerj.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.layerj.common.Progress;
import org.layerj.layers.Bounds;
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
	public record Finding(Kind kind, String message, Optional<Quad> place) {

		Finding(final Kind kind, final String message) {
			this(kind, message, Optional.empty());
		}

		Finding(final Kind kind, final String message, final Quad place) {
			this(kind, message, Optional.of(place));
		}
	}

	private static final double MM_PER_INCH = 25.4;
	private static final double POINTS_PER_INCH = 72;
	/** Of a line's box that is a little larger than its letters, the font's size, where that is not known. */
	private static final double SIZE_OF_BOX = 0.85;
	/** Sizes are measured to about this. */
	private static final double MEASURED = 0.03;
	/**
	 * So many characters are hardly ever read by chance; where there are fewer, so many lines of one size within this
	 * ratio are.
	 */
	private static final int SURE = 3;
	private static final double SAME_SIZE = 1.15;
	/** How far beside a picture its letter may stand, in sizes of the font. */
	private static final double MARGIN = 1.5;
	/**
	 * Whose font's size is not known: a letter alone that has one form as capital and as small letter; two characters
	 * between which a wide gap was taken for a space, since sizes are measured along the line above all.
	 */
	private static final String NO_SIZE = "[CcOoSsUuVvWwXxZz]|\\S \\S";

	/**
	 * Reads the text of a picture and finds its faults. Where the letter of a panel is missing, photographs and
	 * micrographs without a letter are read again alone, then with what is above and on their left: on texture, letters
	 * are read at one size of the picture and not at another.
	 *
	 * @param picture any size; not changed
	 * @param finder reads the text
	 * @param watch receives the share that is done, 0 … 1; may throw to stop
	 * @return ordered by kind; empty if there are none
	 */
	public List<Finding> of(final RgbaImage picture, final TextFinder finder, final Progress watch) {
		final FoundText text = finder.find(picture, watch.part(0, 0.8));
		final List<Optional<TextStyle>> styles = styles(picture, text);
		PanelLetters letters = PanelLetters.of(text, sizes(text, styles));
		final List<Bounds> parts = letters.missing().isEmpty() ? List.of()
			: withMargins(PictureAreas.of(picture), (int) (MARGIN * letters.panels().get(0).size()));
		for (int k = 0; k < parts.size(); k++) {
			final Bounds part = parts.get(k);
			if (letters.missing().isEmpty() || letters.isAnyIn(part)) continue;
			final Progress progress = watch.part(0.8 + 0.2 * k / parts.size(), 0.8 + 0.2 * (k + 1) / parts.size());
			for (final TextLine line : finder.find(picture.crop(part), progress).lines()) {
				final Quad q = line.quad();
				letters = letters.with(line.text(),
					new Quad(q.x() + part.x(), q.y() + part.y(), q.width(), q.height(), q.angle()));
			}
		}
		return of(picture, text, styles, letters);
	}

	/** Areas as they are, and then larger by a margin on the left and above. */
	private static List<Bounds> withMargins(final List<Bounds> areas, final int margin) {
		final List<Bounds> out = new ArrayList<>(areas);
		for (final Bounds a : areas) {
			final int left = Math.max(0, a.x() - margin);
			final int top = Math.max(0, a.y() - margin);
			out.add(new Bounds(left, top, a.right() - left, a.bottom() - top));
		}
		return out;
	}

	/**
	 * The faults of a picture, ordered by kind.
	 *
	 * @param picture any size; not changed
	 * @param text read in that picture
	 * @return empty if there are none
	 */
	public List<Finding> of(final RgbaImage picture, final FoundText text) {
		final List<Optional<TextStyle>> styles = styles(picture, text);
		return of(picture, text, styles, PanelLetters.of(text, sizes(text, styles)));
	}

	private List<Finding> of(final RgbaImage picture, final FoundText text, final List<Optional<TextStyle>> styles,
		final PanelLetters letters)
	{
		final List<Finding> out = new ArrayList<>();
		small(picture, text, styles, out);
		resolution(picture, out);
		final List<Bounds> areas = PictureAreas.of(picture);
		for (final ColourPair pair : ColourPair.alike(without(picture, areas)))
			out.add(new Finding(Kind.COLOURS,
				String.format(Locale.ROOT, "#%06x and #%06x look alike to readers with %s colour vision", pair.first(),
					pair.second(), pair.vision().name().toLowerCase(Locale.ROOT))));
		final List<Bounds> micrographs = areas.stream().filter(a -> PictureAreas.isMicrograph(picture, a)).toList();
		if (!micrographs.isEmpty() && ScaleBars.of(picture, text).isEmpty()) {
			final Bounds first = micrographs.get(0);
			out.add(new Finding(Kind.SCALE,
				(micrographs.size() == 1 ? "What looks like a micrograph has"
					: micrographs.size() + " pictures look like micrographs and have")
					+ " no scale bar that could be read",
				new Quad(first.x() + first.width() / 2.0, first.y() + first.height() / 2.0, first.width(),
					first.height(), 0)));
		}
		out.addAll(letters.faults());
		return out;
	}

	private static List<Optional<TextStyle>> styles(final RgbaImage picture, final FoundText text) {
		return TextStyles.of(picture, text, TextMatte.of(picture, text)).lines();
	}

	/** Sizes of the fonts of lines, pixels. */
	private static double[] sizes(final FoundText text, final List<Optional<TextStyle>> styles) {
		final double[] sizes = new double[styles.size()];
		for (int k = 0; k < sizes.length; k++) {
			final double box = SIZE_OF_BOX * text.lines().get(k).quad().height();
			sizes[k] = styles.get(k).map(TextStyle::size).orElse(box);
		}
		return sizes;
	}

	private static RgbaImage without(final RgbaImage picture, final List<Bounds> areas) {
		final RgbaImage out = picture.copy();
		for (final Bounds a : areas)
			for (int y = a.y(); y < a.bottom(); y++)
				for (int x = a.x(); x < a.right(); x++) out.plane(RgbaImage.ALPHA)[y * picture.width() + x] = 0;
		return out;
	}

	/**
	 * Lines of few characters or no style only where there are several of a size: edges and marks are read as letters
	 * by chance, and numbers below one another as a line.
	 */
	private void small(final RgbaImage picture, final FoundText text, final List<Optional<TextStyle>> styles,
		final List<Finding> out)
	{
		final double perPixel = printWidth / MM_PER_INCH * POINTS_PER_INCH / picture.width();
		final double[] sizes = sizes(text, styles);
		final List<Integer> small = new ArrayList<>();
		for (int k = 0; k < sizes.length; k++)
			if (sizes[k] * perPixel < points * (1 - MEASURED) && !text.lines().get(k).text().matches(NO_SIZE))
				small.add(k);
		for (final int k : small) {
			final String said = text.lines().get(k).text();
			final boolean sure =
				styles.get(k).isPresent() && said.codePoints().filter(Character::isLetterOrDigit).count() >= SURE;
			final long alike =
				small.stream().filter(j -> Math.abs(Math.log(sizes[j] / sizes[k])) < Math.log(SAME_SIZE)).count();
			if (sure || alike >= SURE)
				out.add(new Finding(Kind.TEXT, String.format(Locale.ROOT, "\"%s\" has %.1f points; it should have %.4g",
					said, sizes[k] * perPixel, points), text.lines().get(k).quad()));
		}
	}

	/** A width in pixels is whole: one less than needed is as much as a printed width can have. */
	private void resolution(final RgbaImage picture, final List<Finding> out) {
		final double inches = printWidth / MM_PER_INCH;
		if (picture.width() + 1 <= dpi * inches) out.add(new Finding(Kind.RESOLUTION,
			String.format(Locale.ROOT, "%d pixels on %.4g mm are %.0f dpi; it should have %.4g", picture.width(),
				printWidth, picture.width() / inches, dpi)));
	}
}
