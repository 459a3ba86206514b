package org.layerj.torch;

/** libtorch reported an error while running a program; the message is its first line. */
public final class TorchException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean outOfMemory;

	TorchException(final String where, final RuntimeException cause) {
		super(where + ": " + firstLine(cause), cause);
		final String message = String.valueOf(cause.getMessage());
		outOfMemory = message.contains("out of memory") || message.contains("can't allocate memory") || message.contains("not enough memory");
	}

	/** Whether main or graphics memory was exhausted. */
	public boolean outOfMemory() {
		return outOfMemory;
	}

	private static String firstLine(final RuntimeException e) {
		return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("unknown error");
	}
}
