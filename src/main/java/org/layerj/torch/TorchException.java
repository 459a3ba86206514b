package org.layerj.torch;

import java.util.List;

/** libtorch reported an error while running a program; the message is the place and its reason. */
public final class TorchException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** What libtorch, oneDNN and CUDA say when memory is exhausted. */
	private static final List<String> OUT_OF_MEMORY = List.of("out of memory", "can't allocate memory",
		"not enough memory", "bad_alloc", "ALLOC_FAILED", "could not create a primitive");

	private final String where;
	private final boolean outOfMemory;

	TorchException(final String where, final RuntimeException cause) {
		super(where + ": " + reason(cause), cause);
		this.where = where;
		final String message = String.valueOf(cause.getMessage());
		outOfMemory = OUT_OF_MEMORY.stream().anyMatch(message::contains);
	}

	/** What was being run, without libtorch's own text. */
	public String where() {
		return where;
	}

	/** Whether main or graphics memory was exhausted. */
	public boolean outOfMemory() {
		return outOfMemory;
	}

	/** libtorch wraps the reason into a listing of the program; the reason itself stands behind the last "Error:". */
	private static String reason(final RuntimeException e) {
		final List<String> lines =
			String.valueOf(e.getMessage()).strip().lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
		final String first = lines.isEmpty() ? "unknown error" : lines.get(0);
		final String last = lines.stream()
			.filter(l -> l.contains("Error: "))
			.reduce((a, b) -> b)
			.map(l -> l.substring(l.indexOf("Error: ") + 7))
			.orElse(first);
		return last.replaceAll("\\.+$", "");
	}
}
