package org.layerj.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class TensorTest {

	@Test
	void floatsComeBackUnchanged() {
		try (Scope scope = Torch.scope()) {
			final float[] values = { 1, -2.5f, 3e-8f, 0, 7, 9 };
			final Tensor x = Tensors.of(scope, values, 2, 3);
			assertArrayEquals(new long[] { 2, 3 }, x.shape());
			assertEquals(DType.F32, x.dtype());
			assertArrayEquals(values, x.toFloats());
		}
	}

	@Test
	void bfloat16RoundsToEightBitsAndNeverAborts() {
		try (Scope scope = Torch.scope()) {
			final Tensor half =
				Tensors.to(scope, Tensors.of(scope, new float[] { 1.00390625f, -3.14159f }, 2), Device.CPU, DType.BF16);
			assertEquals(DType.BF16, half.dtype());
			assertEquals(4, half.bytes());
			assertArrayEquals(new float[] { 1f, -3.140625f }, half.toFloats());
			assertEquals("BF16[2]@cpu", half.toString());
		}
	}

	@Test
	void aTensorOverABufferSeesTheBuffersChanges() {
		final ByteBuffer memory = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
		try (Scope scope = Torch.scope()) {
			final Tensor x = Tensors.over(scope, memory, DType.F32, 2);
			memory.putFloat(4, 5f);
			assertArrayEquals(new float[] { 0, 5 }, x.toFloats());
		}
	}

	/** Else the garbage collector frees or unmaps memory that libtorch still reads. */
	@Test
	void viewsKeepTheBufferThatTheyShow() {
		final Map<String, BinaryOperator<Object>> views = Map.of( //
			"to", (s, x) -> Tensors.to((Scope) s, (Tensor) x, Device.CPU, DType.F32), //
			"contiguous", (s, x) -> Tensors.contiguous((Scope) s, (Tensor) x), //
			"channelsLast", (s, x) -> Tensors.channelsLast((Scope) s, (Tensor) x), //
			"reshape", (s, x) -> Tensors.reshape((Scope) s, (Tensor) x, 4), //
			"slice", (s, x) -> Tensors.slice((Scope) s, (Tensor) x, 1, 0, 2));
		views.forEach((name, view) -> {
			try (Scope scope = Torch.scope(); Scope scratch = Torch.scope()) {
				ByteBuffer memory = ByteBuffer.allocateDirect(16);
				final WeakReference<ByteBuffer> seen = new WeakReference<>(memory);
				final Tensor shown = (Tensor) view.apply(scope, Tensors.over(scratch, memory, DType.F32, 1, 4, 1, 1));
				memory = null;
				scratch.close();
				System.gc();
				assertNotNull(seen.get(), name);
				Reference.reachabilityFence(shown);
			}
		});
	}

	@Test
	void emptyTensorsAndViewsWork() {
		try (Scope scope = Torch.scope()) {
			assertEquals(0, Tensors.of(scope, new float[0], 0, 4).toFloats().length);
			final Tensor x = Tensors.of(scope, new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3);
			assertArrayEquals(new float[] { 2, 3, 5, 6 }, Tensors.slice(scope, x, 1, 1, 3).toFloats());
			assertArrayEquals(new float[] { 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6 },
				Tensors.cat(scope, List.of(x, x), 0).toFloats());
		}
	}

	@Test
	void aScopeFreesWhatItMadeAndKeepsWhatWasHandedOn() {
		try (Scope outer = Torch.scope()) {
			final Tensor kept;
			final Tensor lost;
			try (Scope inner = Torch.scope()) {
				lost = Tensors.of(inner, new float[] { 1 }, 1);
				kept = inner.keep(Tensors.of(inner, new float[] { 2 }, 1), outer);
			}
			assertArrayEquals(new float[] { 2 }, kept.toFloats());
			assertThrows(IllegalStateException.class, lost::toFloats);
			assertEquals(4, outer.bytes());
		}
	}

	@Test
	void shapeErrorsAreExceptions() {
		try (Scope scope = Torch.scope()) {
			final Tensor x = Tensors.of(scope, new float[6], 2, 3);
			assertThrows(RuntimeException.class, () -> Tensors.reshape(scope, x, 4, 4));
			assertThrows(IllegalArgumentException.class,
				() -> Tensors.over(scope, ByteBuffer.allocateDirect(4), DType.F32, 3));
		}
	}

	@Test
	void notANumberIsSeen() {
		try (Scope scope = Torch.scope()) {
			assertTrue(Tensors.allFinite(Tensors.of(scope, new float[] { 1, 2 }, 2)));
			assertFalse(Tensors.allFinite(Tensors.of(scope, new float[] { 1, Float.NaN }, 2)));
			assertFalse(Tensors.allFinite(Tensors.of(scope, new float[] { 1, Float.POSITIVE_INFINITY }, 2)));
		}
	}
}
