package org.layerj.decompose;

import java.util.Set;
import org.layerj.checkpoint.ModelException;
import org.layerj.torch.TorchUnavailableException;

/** Turns whatever was thrown into the one sentence a user is shown. */
public final class Problem {

	/** Exceptions of this program; their messages are sentences already. */
	private static final Set<Class<?>> SENTENCES = Set.of(DecompositionException.class, DecompositionCancelledException.class, InvalidOptionException.class,
		ModelException.class, TorchUnavailableException.class);

	private Problem() {}

	/** One line without line breaks, never empty. */
	public static String sentence(final Throwable thrown) {
		return text(thrown).replaceAll("\\s*\\R\\s*", " ").strip();
	}

	private static String text(final Throwable thrown) {
		if (thrown instanceof OutOfMemoryError) return "There is not enough memory for this run; give Java more (-Xmx) or choose fewer layers or a lower resolution.";
		if (thrown.getMessage() == null) return "Something unexpected went wrong (" + thrown.getClass().getSimpleName() + ").";
		return isExpected(thrown) ? thrown.getMessage() : "Something unexpected went wrong (" + thrown.getClass().getSimpleName() + ": " + thrown.getMessage() + ").";
	}

	/** Whether this is one of the failures the program foresees, rather than a mistake in it. */
	public static boolean isExpected(final Throwable thrown) {
		return thrown instanceof OutOfMemoryError || SENTENCES.stream().anyMatch(c -> c.isInstance(thrown));
	}
}
