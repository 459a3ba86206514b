package org.layerj.decompose.child;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.InvalidOptionException;

/**
 * Whether a model runs in this Java, or in one of its own.
 *
 * @param process in one of its own
 * @param heap the most Java memory that may take, as {@code -Xmx} has it, for example {@code 4g}; empty: Java's default
 * @param threads of PyTorch in it; 0: PyTorch's default
 */
public record Isolation(boolean process, String heap, int threads) {

	/** In this Java. */
	public static final Isolation NONE = new Isolation(false, "", 0);

	private static final Pattern PROCESS =
		Pattern.compile("process(?::([1-9][0-9]{0,5}[mg])?(?::([1-9][0-9]{0,2}))?)?");

	/**
	 * Reads {@code none} (or nothing), {@code process}, {@code process:4g} or {@code process:4g:8}.
	 *
	 * @param text as a user writes it
	 * @return how models are run
	 * @throws InvalidOptionException if it is something else
	 */
	public static Isolation of(final String text) {
		final String value = text.strip().toLowerCase(Locale.ROOT);
		if (value.isEmpty() || value.equals("none")) return NONE;
		final Matcher m = PROCESS.matcher(value);
		if (!m.matches() || value.endsWith(":"))
			throw new InvalidOptionException("isolation", "The option isolation must be none, process,"
				+ " or process with Java memory and threads, such as process:4g or process:4g:8, not " + text + ".");
		return new Isolation(true, m.group(1) == null ? "" : m.group(1),
			m.group(2) == null ? 0 : Integer.parseInt(m.group(2)));
	}

	/**
	 * Opens models as asked for: in a process of their own instead, if that is wanted.
	 *
	 * @param here opens them in this process
	 * @return opens them as wanted
	 */
	public DecomposerFactory of(final DecomposerFactory here) {
		return process ? (model, device) -> ProcessDecomposer.open(model, device, this) : here;
	}
}
