package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Memory;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;

class ResidencyTest {

	private final List<Integer> loads = new ArrayList<>();
	private final List<Tensor> seen = new ArrayList<>();

	@Test
	void keepsWhatFitsAndStreamsTheRest() {
		try (Residency residency = new Residency(20)) {
			for (int round = 0; round < 2; round++) for (int block = 0; block < 3; block++) assertArrayEquals(new float[] { block, block }, use(residency, block));
			assertEquals(List.of(0, 1, 2, 2), loads);
			assertEquals(16, residency.bytes());
		}
		seen.forEach(t -> assertThrows(IllegalStateException.class, t::toFloats));
	}

	@Test
	void keepsMappedWeightsAtNoCost() {
		try (Residency residency = new Residency(0)) {
			for (int round = 0; round < 2; round++) {
				final long elements = residency.with("mapped", scope -> {
					loads.add(0);
					return List.of(Tensors.over(scope, ByteBuffer.allocateDirect(12), DType.F32, 3));
				}, w -> w.get(0).elements());
				assertEquals(3, elements);
			}
			assertEquals(List.of(0), loads);
			assertEquals(0, residency.bytes());
		}
	}

	@Test
	void aFailureInTheBlockLeavesNothingBehind() {
		try (Residency residency = new Residency(0)) {
			assertThrows(IllegalStateException.class, () -> residency.with(0, scope -> load(scope, 0), w -> {
				throw new IllegalStateException();
			}));
			assertThrows(IllegalStateException.class, () -> seen.get(0).toFloats());
		}
	}

	@Test
	void freeMemoryIsKnown() {
		assertTrue(Memory.free(Device.CPU) > 0);
	}

	private float[] use(final Residency residency, final int block) {
		return residency.with(block, scope -> load(scope, block), w -> w.get(0).toFloats());
	}

	private List<Tensor> load(final Scope scope, final int block) {
		loads.add(block);
		seen.add(Tensors.of(scope, new float[] { block, block }, 2));
		return List.of(seen.get(seen.size() - 1));
	}
}
