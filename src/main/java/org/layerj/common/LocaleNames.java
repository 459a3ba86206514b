package org.layerj.common;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * File names that Java cannot name because the locale has only ASCII, as in many containers: {@code LC_ALL=C}. Here
 * because paths come in at many places.
 */
public final class LocaleNames {

	private LocaleNames() {}

	/** What to do about a name that is none here; nothing if the locale is not to blame. */
	public static Optional<String> unreadable(final String name) {
		return unreadable(name, System.getProperty("sun.jnu.encoding", "UTF-8"));
	}

	/** @param encoding of file names */
	public static Optional<String> unreadable(final String name, final String encoding) {
		final Charset charset = Charset.isSupported(encoding) ? Charset.forName(encoding) : StandardCharsets.US_ASCII;
		// What of the command line is beyond the locale arrives as question marks or worse.
		final boolean beyond = name.codePoints().anyMatch(c -> c > 127);
		if (!beyond || charset.equals(StandardCharsets.UTF_8)) return Optional.empty();
		return Optional
			.of("The name " + name + " cannot be used, because the locale (LC_ALL or LANG) has file names in "
				+ charset.displayName() + " only; set LC_ALL=C.UTF-8 and run this again.");
	}
}
