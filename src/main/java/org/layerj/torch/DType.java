package org.layerj.torch;

import ai.djl.ndarray.types.DataType;
import java.util.Locale;
import java.util.Optional;

/** Element type of a {@link Tensor}, with libtorch's type code and the name used in safetensors headers. */
public enum DType {

	U8(0, 1, DataType.UINT8), I8(1, 1, DataType.INT8), I16(2, 2), I32(3, 4, DataType.INT32), I64(4, 8,
		DataType.INT64), F16(5, 2, DataType.FLOAT16), F32(6, 4,
			DataType.FLOAT32), F64(7, 8, DataType.FLOAT64), BOOL(11, 1, DataType.BOOLEAN), BF16(15, 2);

	private final int code;
	private final int bytes;
	private final Optional<DataType> djl;

	DType(final int code, final int bytes, final DataType djl) {
		this.code = code;
		this.bytes = bytes;
		this.djl = Optional.of(djl);
	}

	/** A type that DJL must never be shown. */
	DType(final int code, final int bytes) {
		this.code = code;
		this.bytes = bytes;
		this.djl = Optional.empty();
	}

	/** DJL's name of the type; empty where DJL has none and would end the JVM. */
	Optional<DataType> djl() {
		return djl;
	}

	/** libtorch's ScalarType number, as TorchScript programs take it. */
	public int code() {
		return code;
	}

	/** Bytes per element. */
	public int bytes() {
		return bytes;
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
