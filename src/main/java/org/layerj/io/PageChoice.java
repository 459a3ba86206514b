package org.layerj.io;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.layerj.decompose.InvalidOptionException;

/**
 * The page of a PDF and its resolution. By default the first page at {@value #DPI} dots per inch, which journals
 * require for figures.
 *
 * @param page counted from 1
 * @param dpi pixels per inch, 10 … 2400
 */
public record PageChoice(OptionalInt page, OptionalDouble dpi) {

	/** The default. */
	public static final PageChoice OPEN = new PageChoice(OptionalInt.empty(), OptionalDouble.empty());

	private static final double DPI = 300;
	private static final double LEAST = 10, MOST = 2400;

	/**
	 * Reads options.
	 *
	 * @param page a whole number from 1; blank for the first
	 * @param dpi a number; blank for the default
	 * @return the choice
	 * @throws InvalidOptionException if one of them is not of this kind
	 */
	public static PageChoice parse(final String page, final String dpi) {
		return new PageChoice(page.isBlank() ? OptionalInt.empty() : OptionalInt.of(page(page.strip())),
			dpi.isBlank() ? OptionalDouble.empty() : OptionalDouble.of(dpi(dpi.strip())));
	}

	private static int page(final String text) {
		if (text.matches("[1-9]\\d{0,6}")) return Integer.parseInt(text);
		throw new InvalidOptionException("page", "The option page must be the number of a page, not " + text + ".");
	}

	private static double dpi(final String text) {
		try {
			final double dpi = Double.parseDouble(text);
			if (dpi >= LEAST && dpi <= MOST) return dpi;
		}
		catch (final NumberFormatException e) {
			// Said below.
		}
		throw new InvalidOptionException("dpi", "The option dpi must be a number from 10 to 2400, not " + text + ".");
	}

	/**
	 * Rejects a choice for a file without pages.
	 *
	 * @param file name of the file, for the message
	 * @throws InvalidOptionException if this is not the default
	 */
	public void requireOpen(final String file) {
		if (!equals(OPEN)) throw new InvalidOptionException("page",
			"The options page and dpi are for PDF files, which " + file + " is not; leave them out.");
	}

	int number() {
		return page.orElse(1);
	}

	double resolution() {
		return dpi.orElse(DPI);
	}
}
