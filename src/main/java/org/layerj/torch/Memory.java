package org.layerj.torch;

import ai.djl.pytorch.jni.NativeTorch;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;

/** Memory of the devices. */
public final class Memory {

	private Memory() {}

	/** Bytes that can be allocated on a graphics card now; 0 where unknown. */
	public static long free(final Device device) {
		if (!device.isCuda()) return 0;
		Torch.start();
		try {
			final MemoryUsage usage = CudaUtils.getGpuMemory(
				ai.djl.Device.gpu(Integer.parseInt(device.name().substring(device.name().indexOf(':') + 1))));
			return Math.max(0, usage.getMax() - usage.getCommitted());
		}
		catch (final RuntimeException | LinkageError e) {
			return 0;
		}
	}

	/**
	 * Gives the memory of closed tensors back: to the driver of a graphics card, where until then libtorch keeps it and
	 * {@link #free} counts it as taken; or to the system, where on Linux the C library keeps it for the process.
	 */
	public static void release(final Device device) {
		if (device.isCuda()) NativeTorch.emptyGpuCache();
		else if (device.isCpu()) HostMemory.trim();
	}
}
