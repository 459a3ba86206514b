package org.layerj.checkpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One tensor as the header of a weight file describes it.
 *
 * @param name key, for example {@code transformer_blocks.0.attn.to_q.weight}
 * @param dtype type name of safetensors or GGUF, for example {@code BF16} or {@code Q4_K}
 * @param shape sizes, outermost first
 * @param file the file that holds it, relative to the model folder
 * @param offset first byte in that file
 * @param bytes length in bytes
 * @param scale the number, or the number per row, that the stored values are multiplied with
 * @param parts where the file holds the tensor in pieces: these, to be joined; offset and bytes then say nothing
 * @param axis along which they are joined
 */
public record TensorInfo(String name, String dtype, long[] shape, String file, long offset, long bytes,
	Optional<TensorInfo> scale, List<TensorInfo> parts, int axis)
{

	/** A tensor in one piece, without a scale. */
	public TensorInfo(final String name, final String dtype, final long[] shape, final String file, final long offset,
		final long bytes)
	{
		this(name, dtype, shape, file, offset, bytes, Optional.empty(), List.of(), 0);
	}

	/** Tensors of one type, joined along an axis. */
	static TensorInfo joined(final String name, final List<TensorInfo> parts, final int axis) {
		final long[] shape = parts.get(0).shape.clone();
		shape[axis] = parts.stream().mapToLong(p -> p.shape[axis]).sum();
		return new TensorInfo(name, parts.get(0).dtype, shape, parts.get(0).file, parts.get(0).offset,
			parts.stream().mapToLong(TensorInfo::bytes).sum(), Optional.empty(), List.copyOf(parts), axis);
	}

	TensorInfo named(final String other) {
		return new TensorInfo(other, dtype, shape, file, offset, bytes, scale, parts, axis);
	}

	/** The same bytes as another shape of as many numbers. */
	TensorInfo shaped(final long... other) {
		return new TensorInfo(name, dtype, other, file, offset, bytes, scale, parts, axis);
	}

	TensorInfo scaled(final TensorInfo by) {
		return new TensorInfo(name, dtype, shape, file, offset, bytes, Optional.of(by), parts, axis);
	}

	/** How it is stored; empty if such weights cannot be read. Integers can only with their scales. */
	public Optional<StoredType> stored() {
		return StoredType.of(dtype).filter(t -> t != StoredType.I8 || scale.isPresent());
	}

	/** Number of elements. */
	public long elements() {
		long n = 1;
		for (final long s : shape) n *= s;
		return n;
	}

	@Override
	public String toString() {
		return name + " " + dtype + Arrays.toString(shape);
	}
}
