package org.layerj.remote;

import org.layerj.common.UserException;

/** A server did not do what it was asked for. The message says what went wrong, and what to do. */
public final class ServerException extends UserException {

	private static final long serialVersionUID = 1L;

	/** What kind of failure it is, as far as that decides whether asking again is of use. */
	enum Kind {
		/** The connection was rejected: nothing was asked, so that asking again is harmless. */
		UNREACHABLE,
		/** The connection broke, or the answer did: the server may have understood all the same. */
		DROPPED,
		/** There was no answer in time. */
		SILENT,
		/** Asking again would give the same. */
		FINAL
	}

	private final transient Kind kind;

	ServerException(final String message) {
		this(Kind.FINAL, message, null);
	}

	ServerException(final Kind kind, final String message, final Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	/** Whether the connection is to blame, rather than what was asked. */
	boolean passing() {
		return kind != Kind.FINAL;
	}

	/** Whether the server has heard nothing of what was asked. */
	boolean unheard() {
		return kind == Kind.UNREACHABLE;
	}
}
