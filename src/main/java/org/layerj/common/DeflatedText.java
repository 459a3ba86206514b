package org.layerj.common;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Bytes as text: deflated, in Base64. What is read may come from anybody, and takes no more memory than it is given.
 */
public final class DeflatedText {

	/** What deflate can make of one byte. */
	private static final long MOST_RATIO = 1032;

	private DeflatedText() {}

	/**
	 * The bytes as ASCII, padded.
	 *
	 * @param level of {@link Deflater}
	 */
	public static String of(final byte[] bytes, final int level) {
		final Deflater deflater = new Deflater(level);
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater, 1 << 14)) {
			packed.write(bytes);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		finally {
			deflater.end();
		}
		return Base64.getEncoder().encodeToString(out.toByteArray());
	}

	/**
	 * The bytes from their beginning on; reading them throws an {@link IOException} where they are damaged or break
	 * off.
	 *
	 * @param text padded or not
	 * @throws DataFormatException if it is no Base64
	 */
	public static InputStream open(final String text) throws DataFormatException {
		return new InflaterInputStream(new ByteArrayInputStream(decoded(text)));
	}

	/** The first bytes, exactly so many. */
	public static byte[] first(final String text, final long length) throws DataFormatException {
		if (length > limit(text)) throw new DataFormatException("too short");
		final byte[] out = read(text, (int) length);
		if (out.length < length) throw new DataFormatException("too short");
		return out;
	}

	/** All bytes, at most so many. */
	public static byte[] all(final String text, final long most) throws DataFormatException {
		final int limit = (int) Math.min(most, limit(text));
		final byte[] out = read(text, limit + 1);
		if (out.length > limit) throw new DataFormatException("too long");
		return out;
	}

	private static long limit(final String text) {
		return Math.min(Integer.MAX_VALUE - 9, MOST_RATIO * (text.length() + 1L));
	}

	private static byte[] read(final String text, final int length) throws DataFormatException {
		try (InputStream in = open(text)) {
			return in.readNBytes(length);
		}
		catch (final IOException e) {
			throw new DataFormatException(String.valueOf(e.getMessage()));
		}
	}

	private static byte[] decoded(final String text) throws DataFormatException {
		try {
			return Base64.getDecoder().decode(text);
		}
		catch (final IllegalArgumentException e) {
			throw new DataFormatException("no Base64");
		}
	}
}
