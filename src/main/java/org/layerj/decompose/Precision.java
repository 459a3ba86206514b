package org.layerj.decompose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.layerj.torch.DType;
import org.layerj.torch.Device;

/** Which number format the networks compute in. */
final class Precision {

	/** From here on, a network is limited by arithmetic rather than by quality of its few weights. */
	private static final long LARGE = 1_000_000_000L;

	private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

	private Precision() {}

	/**
	 * bfloat16, in which the official weights are stored, where it is fast: on graphics cards, and for large networks
	 * on CPUs that multiply it in hardware (AVX512-BF16, AMX). float32 everywhere else.
	 *
	 * @param parameters of the transformer
	 */
	static DType choose(final Device device, final long parameters) {
		if (device.isCuda()) return DType.BF16;
		return device.isCpu() && parameters >= LARGE && cpuMultipliesBfloat16() ? DType.BF16 : DType.F32;
	}

	private static boolean cpuMultipliesBfloat16() {
		try {
			final String flags = Files.readString(CPU_INFO, StandardCharsets.ISO_8859_1);
			return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
		}
		catch (final IOException e) {
			return false;
		}
	}
}
