package org.layerj.layers.edit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Colours that people with colour vision deficiencies can tell apart. The first: M. Okabe, K. Ito, "Color Universal
 * Design" (2008), without its black. The others: Paul Tol, "Colour Schemes", SRON/EPS/TN/09-002 issue 3.2 (2021),
 * without black and white.
 */
public enum Palette {

	/** Seven of Okabe and Ito's eight colours. */
	OKABE_ITO("okabe-ito", 0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7),
	/** Tol's bright scheme, for lines and labels. */
	TOL_BRIGHT("tol-bright", 0x4477aa, 0xee6677, 0x228833, 0xccbb44, 0x66ccee, 0xaa3377, 0xbbbbbb),
	/** Tol's high-contrast scheme, which also differs in grey. */
	TOL_HIGH_CONTRAST("tol-high-contrast", 0x004488, 0xddaa33, 0xbb5566),
	/** Tol's vibrant scheme. */
	TOL_VIBRANT("tol-vibrant", 0xee7733, 0x0077bb, 0x33bbee, 0xee3377, 0xcc3311, 0x009988, 0xbbbbbb),
	/** Tol's muted scheme, for more colours than the others have. */
	TOL_MUTED("tol-muted", 0xcc6677, 0x332288, 0xddcc77, 0x117733, 0x88ccee, 0x882255, 0x44aa99, 0x999933, 0xaa4499);

	private final String title;
	private final int[] colours;

	Palette(final String title, final int... colours) {
		this.title = title;
		this.colours = colours;
	}

	/** {@return what users call it, in lower case with hyphens} */
	public String title() {
		return title;
	}

	/** {@return its colours {@code 0xRRGGBB}, in the author's order} */
	public List<Integer> colours() {
		return Arrays.stream(colours).boxed().toList();
	}

	/**
	 * The palette with this title, whatever its capitals, spaces or underscores.
	 *
	 * @param title as users write it
	 * @return the palette; empty if there is none
	 */
	public static Optional<Palette> of(final String title) {
		final String wanted = title.strip().toLowerCase(Locale.ROOT).replaceAll("[ _]+", "-");
		return Arrays.stream(values()).filter(p -> p.title.equals(wanted)).findFirst();
	}

	/** {@return the titles of all, for choices, in their order} */
	public static List<String> titles() {
		return Arrays.stream(values()).map(Palette::title).toList();
	}
}
