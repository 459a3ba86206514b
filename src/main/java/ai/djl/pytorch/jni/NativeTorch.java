package ai.djl.pytorch.jni;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The one window into DJL's package-private native library.
 * <p>
 * DJL's public NDArray API has no bfloat16: asking it to create, cast, move or print such a tensor ends the JVM. This
 * class therefore offers only calls that never look at a data type (running a TorchScript method, handing tensors over
 * as opaque handles, shapes, raw memory). Everything that does look at a type happens inside TorchScript programs.
 * <p>
 * Handles are owned by the caller: each one returned here must be freed exactly once. Calls throw
 * {@link ai.djl.engine.EngineException} when libtorch reports an error.
 */
public final class NativeTorch {

	private static final PyTorchLibrary LIB = PyTorchLibrary.LIB;
	private static final int STRIDED = 0;
	/** DJL's device type and index. */
	private static final int[] CPU = { 0, -1 };

	private NativeTorch() {}

	/** Loads a TorchScript archive held in memory; returns a module handle. */
	public static long loadModule(final byte[] archive) throws IOException {
		return JniUtils.loadModuleHandle(new ByteArrayInputStream(archive), Device.cpu(), false, false);
	}

	public static void deleteModule(final long module) {
		LIB.torchDeleteModule(module);
	}

	/**
	 * Runs a method of a module and returns a handle of its result value.
	 * <p>
	 * Asks for training mode because DJL's inference mode yields tensors that reject later in-place operations;
	 * gradients stay off through {@link #prepareThread()}.
	 */
	public static long run(final long module, final String method, final long[] values) {
		return LIB.moduleRunMethod(module, method, values, true, false);
	}

	/** Gradient recording and the graph fuser are per-thread switches of libtorch; both are off for inference. */
	public static void prepareThread() {
		LIB.torchSetGradMode(false);
		LIB.setGraphExecutorOptimize(false);
	}

	// -- Values --

	public static long value(final boolean b) {
		return LIB.iValueFromBool(b);
	}

	public static long value(final long l) {
		return LIB.iValueFromLong(l);
	}

	public static long value(final double d) {
		return LIB.iValueFromDouble(d);
	}

	public static long value(final String s) {
		return LIB.iValueFromString(s);
	}

	public static long value(final long[] list) {
		return LIB.iValueFromLongList(list);
	}

	public static long tensorValue(final long tensor) {
		return LIB.iValueFromTensor(tensor);
	}

	public static long tensorListValue(final long[] tensors) {
		return LIB.iValueFromTensorList(tensors);
	}

	/** A dictionary from names to tensors. */
	public static long tensorMapValue(final String[] names, final long[] tensors) {
		return LIB.iValueFromStringMap(names, tensors);
	}

	public static long toTensor(final long value) {
		return LIB.iValueToTensor(value);
	}

	public static long[] toTuple(final long value) {
		return LIB.iValueToIValueTuple(value);
	}

	public static long toLong(final long value) {
		return LIB.iValueToLong(value);
	}

	public static void deleteValue(final long value) {
		LIB.torchDeleteIValue(value);
	}

	// -- Tensors --

	public static long[] sizes(final long tensor) {
		return LIB.torchSizes(tensor);
	}

	/**
	 * A CPU tensor over the buffer's memory, for the types DJL knows; the caller keeps the buffer reachable while the
	 * tensor lives.
	 */
	public static long share(final ByteBuffer direct, final long[] shape, final DataType type) {
		return LIB.torchFromBlob(direct, shape, type.ordinal(), STRIDED, CPU, false);
	}

	/**
	 * Makes an existing CPU tensor, of any type, read and write the buffer's memory. libtorch calls the way DJL does
	 * this deprecated, once per process, on the error stream; {@link #share} avoids that.
	 */
	public static void alias(final long tensor, final ByteBuffer direct) {
		LIB.torchSet(tensor, direct);
	}

	/** The memory of a contiguous CPU tensor smaller than 2 GiB; valid only while the tensor lives. */
	public static ByteBuffer memory(final long tensor) {
		return LIB.torchDirectByteBuffer(tensor);
	}

	public static void deleteTensor(final long tensor) {
		LIB.torchDeleteTensor(tensor);
	}

	/** Gives cached GPU memory back to the driver. */
	public static void emptyGpuCache() {
		LIB.torchCudaEmptyCache();
	}
}
