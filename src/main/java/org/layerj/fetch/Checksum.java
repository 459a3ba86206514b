package org.layerj.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * What a file's bytes must hash to.
 *
 * @param kind how the hash is made
 * @param hex its hexadecimal digits, lower case
 */
public record Checksum(Kind kind, String hex) {

	/** How hubs identify files. */
	public enum Kind {

		/** SHA-256 of the bytes: large files. */
		SHA_256("SHA-256", 64),
		/** Git's SHA-1 of a header with the length, and the bytes: small files, which lie in the repository itself. */
		GIT_BLOB("SHA-1", 40);

		private final String algorithm;
		private final int digits;

		Kind(final String algorithm, final int digits) {
			this.algorithm = algorithm;
			this.digits = digits;
		}
	}

	/** @throws IllegalArgumentException if these are no digits of such a hash */
	public Checksum {
		hex = hex.toLowerCase(Locale.ROOT);
		if (!hex.matches("[0-9a-f]{" + kind.digits + "}"))
			throw new IllegalArgumentException(hex + " is no " + kind.algorithm);
	}

	/**
	 * Whether a file has these bytes.
	 *
	 * @param read receives the number of bytes read since its last call; may throw to stop
	 */
	boolean matches(final Path file, final LongConsumer read) throws IOException {
		final MessageDigest digest = digest();
		if (kind == Kind.GIT_BLOB)
			digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
		final byte[] buffer = new byte[1 << 20];
		try (InputStream in = Files.newInputStream(file)) {
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				digest.update(buffer, 0, n);
				read.accept(n);
			}
		}
		return HexFormat.of().formatHex(digest.digest()).equals(hex);
	}

	private MessageDigest digest() {
		try {
			return MessageDigest.getInstance(kind.algorithm);
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has " + kind.algorithm, e);
		}
	}

	@Override
	public String toString() {
		return kind + ":" + hex;
	}
}
