package org.layerj.text;

import java.awt.Font;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The style of text.
 *
 * @param size of the font in pixels (the em square, as in CSS and SVG), above 0
 * @param rgb colour, 0xRRGGBB
 * @param bold whether its strokes are those of a bold face
 * @param italic whether it is slanted
 * @param family the kind of typeface
 */
public record TextStyle(double size, int rgb, boolean bold, boolean italic, Family family) {

	/** A kind of typeface. */
	public enum Family {

		/** With serifs, as Times or DejaVu Serif. */
		SERIF,
		/** Without, as Helvetica, Arial or DejaVu Sans. */
		SANS,
		/** All letters of one width, as Courier. */
		MONO;

		/** {@return the family as files name it} */
		public String key() {
			return name().toLowerCase(Locale.ROOT);
		}

		/**
		 * The family with this key.
		 *
		 * @param key as {@link #key}
		 * @return empty if there is none
		 */
		public static Optional<Family> of(final String key) {
			return Arrays.stream(values()).filter(f -> f.key().equals(key)).findFirst();
		}
	}

	/**
	 * An installed font of this style, preferably one with the widths of Arial, Times New Roman or Courier New, which
	 * other programs have.
	 *
	 * @return in this size, bold and italic as the style is; empty if Java has no fonts
	 */
	public Optional<Font> font() {
		return Typefaces.common(family)
			.map(f -> f.deriveFont((bold ? Font.BOLD : 0) | (italic ? Font.ITALIC : 0), (float) size));
	}

	public TextStyle {
		if (!(size > 0) || size > 1e6) throw new IllegalArgumentException("No font has a size of " + size + ".");
		if (rgb >>> 24 != 0) throw new IllegalArgumentException("A colour is 0xRRGGBB.");
	}
}
