package org.layerj.decompose;

import java.util.Locale;

/** Durations as human-readable text. */
public final class Durations {

	private Durations() {}

	/**
	 * For example {@code 45 s}, {@code 3 min 20 s}, {@code 2 h 05 min}; rounded to whole seconds.
	 *
	 * @param seconds 0 or more
	 * @return human-readable text
	 */
	public static String text(final double seconds) {
		final long s = Math.max(0, Math.round(seconds));
		if (s < 60) return s + " s";
		if (s < 3600) return String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60);
		return String.format(Locale.ROOT, "%d h %02d min", s / 3600, s % 3600 / 60);
	}
}
