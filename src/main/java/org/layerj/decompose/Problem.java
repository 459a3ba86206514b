package org.layerj.decompose;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Predicate;
import org.layerj.common.UserException;
import org.layerj.torch.TorchException;

/** Converts an exception to the message that a user is shown. */
public final class Problem {

	private static final String MORE =
		"More is shown with --debug, in ImageJ in debug mode (Edit > Options > Misc...).";
	private static final String MEMORY = "There is not enough memory for this run; ";

	private Problem() {}

	/**
	 * One line without line breaks, never empty.
	 *
	 * @param thrown anything
	 * @return its message, or what kind of failure it is; without a stack trace
	 */
	public static String message(final Throwable thrown) {
		return oneLine(text(thrown));
	}

	/**
	 * A foreign message in one line.
	 *
	 * @param text any, of several lines
	 * @return its words on one line
	 */
	public static String oneLine(final String text) {
		return text.replaceAll("\\s*\\R\\s*", " ").strip();
	}

	private static String text(final Throwable thrown) {
		// Others wrap what they catch: class initialisers, thread pools, class loaders.
		final Optional<Throwable> known = find(thrown, Problem::isKnown);
		if (known.isPresent()) return known(known.get());
		final Optional<Throwable> link = find(thrown, e -> isLinkage(e) && !(e instanceof ExceptionInInitializerError));
		return link.isPresent()
			? "The libraries of Decompose Layers are incomplete or do not fit together; install it again. " + MORE
			: "Something unexpected went wrong in the program; please report it. " + MORE;
	}

	private static String known(final Throwable thrown) {
		if (thrown instanceof OutOfMemoryError)
			return MEMORY + "give Java more (-Xmx) or choose fewer layers or a lower resolution.";
		if (isGone(thrown))
			return "A file that is in use has been made shorter by another program, or its disk has failed;"
				+ " run again when it is complete.";
		if (thrown instanceof TorchException torch)
			return torch.outOfMemory() ? MEMORY + "close other programs, or choose fewer layers or a lower resolution."
				: "PyTorch failed in " + torch.where() + ". " + MORE;
		return thrown.getMessage();
	}

	/**
	 * Whether this is an expected failure rather than a bug.
	 *
	 * @param thrown anything
	 * @return false for what ought to be reported as a bug
	 */
	public static boolean isExpected(final Throwable thrown) {
		return find(thrown, Problem::isKnown).isPresent();
	}

	private static boolean isKnown(final Throwable thrown) {
		if (thrown instanceof OutOfMemoryError || thrown instanceof TorchException || isGone(thrown)) return true;
		return thrown instanceof UserException && thrown.getMessage() != null;
	}

	/** So Java says that pages of a mapped file are not there. */
	private static boolean isGone(final Throwable thrown) {
		return thrown instanceof InternalError && String.valueOf(thrown.getMessage()).contains("unsafe memory access");
	}

	private static boolean isLinkage(final Throwable thrown) {
		return thrown instanceof LinkageError || thrown instanceof ServiceConfigurationError
			|| thrown instanceof ClassNotFoundException;
	}

	private static Optional<Throwable> find(final Throwable thrown, final Predicate<Throwable> wanted) {
		final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		for (Throwable t = thrown; t != null && seen.add(t); t = t.getCause())
			if (wanted.test(t)) return Optional.of(t);
		return Optional.empty();
	}
}
