package org.layerj.io;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java has. */
final class Hash {

	private Hash() {}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (final NoSuchAlgorithmException e) {
			throw new AssertionError(e);
		}
	}

	/** The hash of all bytes in hexadecimal; closes the stream. */
	static String of(final InputStream bytes) throws IOException {
		final MessageDigest digest = sha256();
		final byte[] buffer = new byte[1 << 16];
		try (InputStream in = bytes) {
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) digest.update(buffer, 0, n);
		}
		return HexFormat.of().formatHex(digest.digest());
	}
}
