package org.layerj.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.NativeTorch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Making, casting, moving and joining tensors: the few operations that belong to no part of a network. */
public final class Tensors {

	private static final Program OPS = Program.load(Tensors.class, "tensors.py");

	private Tensors() {}

	/**
	 * A CPU tensor over memory that Java owns: no copy is made, and changes of the buffer show in the tensor.
	 * <p>
	 * The tensor keeps the buffer reachable, and so does every tensor that the methods of this class make from it. A
	 * program's result does not: a program that returns a view of an argument would be left with freed memory.
	 */
	public static Tensor over(final Scope scope, final ByteBuffer direct, final DType dtype, final long... shape) {
		if (!direct.isDirect())
			throw new IllegalArgumentException("Only direct or mapped buffers can be shared with libtorch");
		final long elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
		if (elements * dtype.bytes() != direct.remaining()) throw new IllegalArgumentException(
			"A buffer of " + direct.remaining() + " bytes cannot hold " + dtype + Arrays.toString(shape));
		final ByteBuffer memory = direct.slice();
		final Optional<DataType> known = dtype.djl();
		if (known.isPresent() && elements > 0)
			return scope.own(adopt(NativeTorch.share(memory, shape, known.get()), memory));
		final long handle = OPS.handle("empty", shape, dtype);
		if (elements > 0) NativeTorch.alias(handle, memory);
		return scope.own(adopt(handle, memory));
	}

	public static Tensor of(final Scope scope, final float[] values, final long... shape) {
		final Tensor out = empty(scope, DType.F32, values.length, shape);
		if (values.length > 0) memory(out).asFloatBuffer().put(values);
		return out;
	}

	public static Tensor of(final Scope scope, final long[] values, final long... shape) {
		final Tensor out = empty(scope, DType.I64, values.length, shape);
		if (values.length > 0) memory(out).asLongBuffer().put(values);
		return out;
	}

	public static Tensor of(final Scope scope, final byte[] values, final long... shape) {
		final Tensor out = empty(scope, DType.U8, values.length, shape);
		if (values.length > 0) memory(out).put(values);
		return out;
	}

	/** Memory of libtorch's own, so that views may outlive the tensor. */
	private static Tensor empty(final Scope scope, final DType dtype, final int values, final long... shape) {
		if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != values)
			throw new IllegalArgumentException(values + " values cannot fill " + dtype + Arrays.toString(shape));
		return OPS.tensor(scope, "empty", shape, dtype);
	}

	private static ByteBuffer memory(final Tensor tensor) {
		return NativeTorch.memory(tensor.handle()).order(ByteOrder.nativeOrder());
	}

	/** The tensor on another device or in another type; a second view of the same memory where neither changes. */
	public static Tensor to(final Scope scope, final Tensor x, final Device device, final DType dtype) {
		final boolean copied = !device.equals(x.device()) || dtype != x.dtype();
		return scope.own(adopt(OPS.handle("to", x, device.name(), dtype), copied ? null : x.backing()));
	}

	/**
	 * A copy in main memory, dense and row-major.
	 *
	 * @param locked in pages that stay where they are, so that a CUDA card copies them by itself ({@link #to} does not
	 * wait for it then); needs a libtorch with CUDA and a card
	 */
	public static Tensor copy(final Scope scope, final Tensor x, final boolean locked) {
		return OPS.tensor(scope, locked ? "locked" : "copy", x);
	}

	/** Row-major memory; a second view if it is already so. */
	public static Tensor contiguous(final Scope scope, final Tensor x) {
		return view(scope, x, "contiguous", x);
	}

	/**
	 * The memory of a kernel or picture (4 axes) in the order that convolutions compute fastest with; another tensor as
	 * it is.
	 */
	public static Tensor channelsLast(final Scope scope, final Tensor x) {
		return view(scope, x, "channels_last", x);
	}

	public static Tensor reshape(final Scope scope, final Tensor x, final long... shape) {
		return view(scope, x, "reshape", x, shape);
	}

	public static Tensor cat(final Scope scope, final List<Tensor> parts, final int axis) {
		return OPS.tensor(scope, "cat", parts, axis);
	}

	/** Elements {@code from} to {@code to} (exclusive) along one axis; a view. */
	public static Tensor slice(final Scope scope, final Tensor x, final int axis, final long from, final long to) {
		return view(scope, x, "slice", x, axis, from, to);
	}

	/** Matrix product of {@code (n, k)} and {@code (m, k)}: {@code (n, m)}. */
	public static Tensor product(final Scope scope, final Tensor a, final Tensor b) {
		return OPS.tensor(scope, "product", a, b);
	}

	/** Largest absolute value; NaN if any element is NaN. */
	public static float maxAbs(final Tensor x) {
		try (Scope scope = Torch.scope()) {
			return OPS.tensor(scope, "max_abs", x).toFloats()[0];
		}
	}

	/** Whether every element is a finite number. */
	public static boolean allFinite(final Tensor x) {
		try (Scope scope = Torch.scope()) {
			return OPS.tensor(scope, "all_finite", x).toLongs()[0] != 0;
		}
	}

	/** The result of an operation that may show the memory of {@code x}, which has to stay for as long as it does. */
	private static Tensor view(final Scope scope, final Tensor x, final String method, final Object... arguments) {
		return scope.own(adopt(OPS.handle(method, arguments), x.backing()));
	}

	/** Wraps a handle fresh from libtorch; asks a program for type and device because DJL does not know every type. */
	static Tensor adopt(final long handle, final ByteBuffer backing) {
		final long kind = OPS.integer("kind", handle);
		final int place = (int) (kind >> 8);
		return new Tensor(handle, DType.ofCode(kind & 255),
			place == 0 ? Device.CPU : place < 256 ? Device.cuda(place - 1) : new Device("mps"), backing);
	}
}
