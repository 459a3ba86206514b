package org.layerj.checkpoint;

import java.util.Optional;

/**
 * How numbers are stored in weight files: plain floats, 8-bit floats, or blocks of small integers with their scales, as
 * GGUF names and lays them out.
 * <p>
 * Types of which a block holds several elements are cut along the last axis, whose length is a multiple of the block.
 */
public enum StoredType {

	F32(1, 4), F16(1, 2), BF16(1, 2), F8_E4M3(1, 1), F8_E5M2(1, 1),
	/** Signed bytes with one scale per row, our own form ({@code --quantise}). */
	I8(1, 1), Q4_0(32, 18), Q4_1(32, 20), Q5_0(32, 22), Q5_1(32, 24), Q8_0(32, 34), Q4_K(256, 144), Q5_K(256,
		176), Q6_K(256, 210);

	private final int elements;
	private final int bytes;

	StoredType(final int elements, final int bytes) {
		this.elements = elements;
		this.bytes = bytes;
	}

	/** Numbers in a block. */
	public int elements() {
		return elements;
	}

	/** Bytes of a block. */
	public int bytes() {
		return bytes;
	}

	/** Whether the numbers are floats that are computed with as they are. */
	public boolean isPlain() {
		return this == F32 || this == F16 || this == BF16;
	}

	/** Bytes that so many numbers take. */
	public long bytesOf(final long n) {
		return n / elements * bytes;
	}

	/** The type of this name; empty if weights stored so cannot be read. */
	public static Optional<StoredType> of(final String name) {
		for (final StoredType t : values()) if (t.name().equals(name)) return Optional.of(t);
		return Optional.empty();
	}
}
