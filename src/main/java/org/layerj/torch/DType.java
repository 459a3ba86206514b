package org.layerj.torch;

import java.util.Locale;
import java.util.Optional;

/** Element type of a {@link Tensor}, with libtorch's type code and the name used in safetensors headers. */
public enum DType {
	U8(0, 1), I8(1, 1), I16(2, 2), I32(3, 4), I64(4, 8), F16(5, 2), F32(6, 4), F64(7, 8), BOOL(11, 1), BF16(15, 2);

	private final int code;
	private final int bytes;

	DType(final int code, final int bytes) {
		this.code = code;
		this.bytes = bytes;
	}

	/** libtorch's ScalarType number, as TorchScript programs take it. */
	public int code() {
		return code;
	}

	/** Bytes per element. */
	public int bytes() {
		return bytes;
	}

	public boolean isFloat() {
		return this == F16 || this == F32 || this == F64 || this == BF16;
	}

	static DType ofCode(final long code) {
		for (final DType t : values()) if (t.code == code) return t;
		throw new IllegalStateException("libtorch type code " + code + " is not used by any program");
	}

	/** The type with this safetensors name, for example {@code BF16}; empty if it is none we compute with. */
	public static Optional<DType> ofSafetensors(final String name) {
		for (final DType t : values()) if (t.name().equals(name.toUpperCase(Locale.ROOT))) return Optional.of(t);
		return Optional.empty();
	}
}
