package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.ProcessorConfig;
import org.layerj.checkpoint.TextConfig;
import org.layerj.checkpoint.VisionConfig;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

class QwenVisionTest {

	private static final String FIXTURE = "09-vision";
	private final Fixtures fixture = Fixtures.open(FIXTURE);

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everyStageEqualsTheReference(final boolean keep) {
		try (QwenVision vision = open(DType.F32, keep); Scope scope = Torch.scope()) {
			final ImageProcessor.Patches patches = patches();
			final QwenVision.Order order = vision.order(patches.rows(), patches.columns());
			final int[] theirs = Arrays.stream(fixture.longs("window_index")).mapToInt(l -> (int) l).toArray();
			final Tensor[] rope = vision.rope(scope, order);
			assertEquals(4, order.windows().length / 2);
			Parity.check(FIXTURE, "rope cos", raster(rope[0].toFloats(), order.units()), fixture.floats("rope.cos"));
			Parity.check(FIXTURE, "rope sin", raster(rope[1].toFloats(), order.units()), fixture.floats("rope.sin"));
			Tensor x = vision.embed(scope, patches, order);
			Parity.check(FIXTURE, "patch embedding", raster(x.toFloats(), order.units()),
				fixture.floats("patch_embed"));
			for (int i = 0; i < 2; i++) {
				x = vision.block(scope, i, x, rope, order);
				Parity.check(FIXTURE, i == 0 ? "block with windows" : "block over the picture",
					raster(x.toFloats(), order.units()), raster(fixture.floats("block" + i), theirs));
			}
			final Tensor features = vision.features(scope, patches, () -> {});
			assertArrayEquals(fixture.shape("features"), features.shape());
			Parity.check(FIXTURE, "features", features.toFloats(), fixture.floats("features"));
		}
	}

	@Test
	void bfloat16IsClose() {
		try (QwenVision vision = open(DType.BF16, true); Scope scope = Torch.scope()) {
			Parity.checkHalf(FIXTURE, "bfloat16, features", vision.features(scope, patches(), () -> {}).toFloats(),
				fixture.floats("features"));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 8, 10, 16, 46 })
	void everyFeatureIsInOneWindow(final int side) {
		try (QwenVision vision = open(DType.F32, false); Scope scope = Torch.scope()) {
			final QwenVision.Order order = vision.order(side, 2 * side);
			final boolean[] seen = new boolean[side * side / 2];
			for (final int unit : order.units()) seen[unit] = true;
			for (final boolean s : seen) assertTrue(s);
			long patches = 0;
			for (int i = 0; i < order.windows().length; i += 2) patches += order.windows()[i] * order.windows()[i + 1];
			assertEquals(2L * side * side, patches);
			final ImageProcessor.Patches grey =
				new ImageProcessor.Patches(side, 2 * side, new float[2 * side * side * 588]);
			assertArrayEquals(new long[] { side * side / 2, 64 }, vision.features(scope, grey, () -> {}).shape());
		}
	}

	/**
	 * As transformers computes axial positions: base to the power of −2j over half a head, rows before columns, twice.
	 */
	@Test
	void theBaseOfTheRotationIsTheConfigurations() {
		final ModelFiles files = Fixtures.open("08-language-model").files();
		final VisionConfig v = VisionConfig.read(files);
		final VisionConfig other = new VisionConfig(v.depth(), v.hidden(), v.intermediate(), v.heads(), v.channels(),
			v.out(), v.patch(), v.merge(), v.temporalPatch(), v.window(), v.fullAttention(), 500);
		try (
			QwenVision vision = new QwenVision(other,
				new Weights(Component.open(files, TextConfig.FOLDER), Device.CPU, DType.F32), Keep.none());
			Scope scope = Torch.scope())
		{
			final float[] cos = vision.rope(scope, vision.order(2, 2))[0].toFloats();
			final int quarter = v.headDim() / 4;
			for (int i = 0; i < cos.length; i++) {
				final int patch = i / v.headDim();
				final int k = i % (2 * quarter);
				final double f = Math.pow(500, -2.0 * (k % quarter) / (2 * quarter));
				assertEquals(Math.cos((k < quarter ? patch / 2 : patch % 2) * f), cos[i], 1e-6);
			}
		}
	}

	@Test
	void impossibleInputsAreRejected() {
		try (QwenVision vision = open(DType.F32, false); Scope scope = Torch.scope()) {
			assertThrows(IllegalArgumentException.class, () -> vision.order(3, 4));
			assertThrows(IllegalArgumentException.class,
				() -> vision.features(scope, new ImageProcessor.Patches(2, 2, new float[5]), () -> {}));
			assertThrows(CancellationException.class, () -> vision.features(scope, patches(), () -> {
				throw new CancellationException();
			}));
		}
	}

	private ImageProcessor.Patches patches() {
		return new ImageProcessor(ProcessorConfig.QWEN).patches(ImageProcessorTest.planes(fixture, "picture"), 196,
			140);
	}

	/** From one order of features to the picture's. */
	private static float[] raster(final float[] rows, final int[] units) {
		final float[] out = new float[rows.length];
		final int length = rows.length / units.length;
		for (int i = 0; i < units.length; i++) System.arraycopy(rows, i * length, out, units[i] * length, length);
		return out;
	}

	private static QwenVision open(final DType dtype, final boolean keep) {
		final ModelFiles files = Fixtures.open("08-language-model").files();
		return new QwenVision(VisionConfig.read(files),
			new Weights(Component.open(files, TextConfig.FOLDER), Device.CPU, dtype), keep ? Keep.all() : Keep.none());
	}
}
