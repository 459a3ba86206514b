package org.layerj.io.header;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * An ICC colour profile as a file holds it: carried from picture to layers, never applied. ICC.1:2022, section 7.
 * <p>
 * Immutable: neither {@link #of} nor {@link #bytes} shares its array.
 */
public final class ColourProfile {

	private static final int HEADER = 128, ENTRY = 12, MOST_TAGS = 1000;
	/** Generous: profiles of printers have about 2 MB. */
	static final int LONGEST = 64 << 20;

	private final byte[] bytes;
	private final String name;

	private ColourProfile(final byte[] bytes) {
		this.bytes = bytes;
		this.name = description(ByteBuffer.wrap(bytes)).filter(n -> !n.isBlank()).orElse("unnamed");
	}

	/**
	 * The profile, or nothing if the bytes are none of grey or RGB pictures: a damaged profile is ignored.
	 *
	 * @param bytes of an ICC profile
	 * @return the profile
	 */
	public static Optional<ColourProfile> of(final byte[] bytes) {
		if (bytes.length < HEADER + 4 || bytes.length > LONGEST) return Optional.empty();
		final long size = ByteBuffer.wrap(bytes).getInt(0) & 0xffffffffL;
		if (size < HEADER + 4 || size > bytes.length || !ascii(bytes, 36).equals("acsp")) return Optional.empty();
		final String space = ascii(bytes, 16);
		if (!space.equals("RGB ") && !space.equals("GRAY")) return Optional.empty();
		// What follows is padding.
		return Optional.of(new ColourProfile(Arrays.copyOf(bytes, (int) size)));
	}

	/** {@return a copy of the profile's bytes} */
	public byte[] bytes() {
		return bytes.clone();
	}

	/** {@return what it calls itself, for example {@code Display P3}; never blank} */
	public String name() {
		return name;
	}

	/** {@return whether it is for grey pictures; else it is for RGB; files of the other kind cannot hold it} */
	public boolean grey() {
		return ascii(bytes, 16).equals("GRAY");
	}

	private static String ascii(final byte[] bytes, final int at) {
		return new String(bytes, at, 4, StandardCharsets.US_ASCII);
	}

	/** The description: text in ASCII (version 2) or in several languages (version 4), of which the first is taken. */
	private static Optional<String> description(final ByteBuffer b) {
		final long tags = b.getInt(HEADER) & 0xffffffffL;
		for (int i = 0; i < Math.min(tags, MOST_TAGS) && HEADER + 4 + (i + 1) * ENTRY <= b.limit(); i++) {
			final int at = HEADER + 4 + i * ENTRY;
			if (!ascii(b.array(), at).equals("desc")) continue;
			final long start = b.getInt(at + 4) & 0xffffffffL;
			if (start > b.limit() - 28) return Optional.empty();
			final int s = (int) start;
			final boolean languages = ascii(b.array(), s).equals("mluc");
			final long length = b.getInt(s + (languages ? 20 : 8)) & 0xffffffffL;
			final long from = languages ? s + (b.getInt(s + 24) & 0xffffffffL) : s + 12;
			if (length > 4096 || from + length > b.limit()) return Optional.empty();
			final String text = new String(b.array(), (int) from, (int) length,
				languages ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII);
			final int end = text.indexOf(0);
			return Optional.of((end < 0 ? text : text.substring(0, end)).strip().replaceAll("\\p{Cntrl}", " "));
		}
		return Optional.empty();
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof ColourProfile p && Arrays.equals(bytes, p.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(bytes);
	}

	@Override
	public String toString() {
		return name;
	}
}
