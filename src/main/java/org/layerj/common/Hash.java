package org.layerj.common;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, by which pictures and models are distinguished. Here because every other package may know this one. */
public final class Hash {

	private Hash() {}

	/** A new digest; every Java has it. */
	public static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}

	/** What was digested, as 64 hexadecimal digits; the digest starts anew. */
	public static String hex(final MessageDigest digest) {
		return HexFormat.of().formatHex(digest.digest());
	}

	/** The hash of all bytes as 64 hexadecimal digits; closes the stream. */
	public static String of(final InputStream bytes) throws IOException {
		final MessageDigest digest = sha256();
		final byte[] buffer = new byte[1 << 16];
		try (InputStream in = bytes) {
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) digest.update(buffer, 0, n);
		}
		return hex(digest);
	}
}
