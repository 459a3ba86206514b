package org.layerj.torch;

import ai.djl.pytorch.jni.NativeTorch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A libtorch tensor: shape, element type, device, and the Java buffer it borrows its memory from, if any.
 * <p>
 * Tensors are opaque here; all arithmetic happens in {@link Program}s. A tensor belongs to the {@link Scope} that made
 * it and is freed with it, or earlier by {@link #close()}. Use after that throws {@link IllegalStateException} instead
 * of touching freed memory.
 */
public final class Tensor implements AutoCloseable {

	private final long[] shape;
	private final DType dtype;
	private final Device device;
	/** Keeps mapped or direct memory reachable for as long as libtorch reads it. */
	private final ByteBuffer backing;
	private long handle;

	Tensor(final long handle, final DType dtype, final Device device, final ByteBuffer backing) {
		this.handle = handle;
		this.shape = NativeTorch.sizes(handle);
		this.dtype = dtype;
		this.device = device;
		this.backing = backing;
	}

	long handle() {
		if (handle == 0)
			throw new IllegalStateException("This tensor " + Arrays.toString(shape) + " is already closed");
		return handle;
	}

	public long[] shape() {
		return shape.clone();
	}

	/** Size along one axis; negative axes count from the end. */
	public long size(final int axis) {
		return shape[axis < 0 ? shape.length + axis : axis];
	}

	public int rank() {
		return shape.length;
	}

	public DType dtype() {
		return dtype;
	}

	public Device device() {
		return device;
	}

	/** Number of elements. */
	public long elements() {
		long n = 1;
		for (final long s : shape) n = Math.multiplyExact(n, s);
		return n;
	}

	/** Bytes of the elements. */
	public long bytes() {
		return elements() * dtype.bytes();
	}

	/** Memory of Java's that the elements may lie in; null if they lie in libtorch's own. */
	ByteBuffer backing() {
		return backing;
	}

	/** Whether the elements lie in memory of libtorch's own, not in a buffer or a mapped file. */
	boolean ownsMemory() {
		return backing == null;
	}

	/** The values of a tensor of any float type on any device, in row-major order. */
	public float[] toFloats() {
		final float[] out = new float[Math.toIntExact(elements())];
		if (out.length == 0) return out;
		try (Scope scope = Torch.scope()) {
			memory(scope, DType.F32).asFloatBuffer().get(out);
		}
		return out;
	}

	/** The values of an integer tensor. */
	public long[] toLongs() {
		final long[] out = new long[Math.toIntExact(elements())];
		if (out.length == 0) return out;
		try (Scope scope = Torch.scope()) {
			memory(scope, DType.I64).asLongBuffer().get(out);
		}
		return out;
	}

	/** The values of a tensor of bytes. */
	public byte[] toBytes() {
		final byte[] out = new byte[Math.toIntExact(elements())];
		if (out.length == 0) return out;
		try (Scope scope = Torch.scope()) {
			memory(scope, DType.U8).get(out);
		}
		return out;
	}

	private ByteBuffer memory(final Scope scope, final DType as) {
		final Tensor plain = Tensors.contiguous(scope, Tensors.to(scope, this, Device.CPU, as));
		return NativeTorch.memory(plain.handle()).order(ByteOrder.nativeOrder());
	}

	/** Frees the tensor; memory shared with views lives until the last of them is closed. */
	@Override
	public void close() {
		if (handle == 0) return;
		NativeTorch.deleteTensor(handle);
		handle = 0;
	}

	@Override
	public String toString() {
		return dtype + Arrays.toString(shape) + "@" + device;
	}
}
