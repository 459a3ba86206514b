package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ProcessorConfig;
import org.layerj.layers.PillowResize;
import org.layerj.layers.PillowResize.Filter;

class ImageProcessorTest {

	private static final String FIXTURE = "13-resize";
	private final Fixtures fixture = Fixtures.open(FIXTURE);
	private final ImageProcessor processor = new ImageProcessor(ProcessorConfig.QWEN);

	@ParameterizedTest
	@ValueSource(strings = { "up", "down", "anisotropic", "noise-down", "noise-up", "one-wide", "one-high", "one-pixel",
		"same", "one-side", "transparent" })
	void rgbaIsResizedToTheLastBit(final String name) {
		final long[] from = fixture.shape("lanczos." + name + ".input");
		final long[] to = fixture.shape("lanczos." + name + ".output");
		assertArrayEquals(planes(fixture, "lanczos." + name + ".output"),
			PillowResize.rgba(planes(fixture, "lanczos." + name + ".input"), (int) from[1], (int) from[0], (int) to[1],
				(int) to[0], Filter.LANCZOS));
		Parity.exact(FIXTURE, "Lanczos, " + name, to[0] * to[1] * 4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "up", "down", "noise", "same" })
	void rgbIsResizedToTheLastBit(final String name) {
		final long[] from = fixture.shape("bicubic." + name + ".input");
		final long[] to = fixture.shape("bicubic." + name + ".output");
		assertArrayEquals(planes(fixture, "bicubic." + name + ".output"),
			PillowResize.planes(planes(fixture, "bicubic." + name + ".input"), (int) from[1], (int) from[0],
				(int) to[1], (int) to[0], Filter.BICUBIC));
		Parity.exact(FIXTURE, "bicubic, " + name, to[0] * to[1] * 3);
	}

	@Test
	void sizesAreTheReferences() {
		final long[] rows = fixture.longs("smart_resize");
		for (int i = 0; i < rows.length; i += 6) {
			final ProcessorConfig q = ProcessorConfig.QWEN;
			final ProcessorConfig limits = new ProcessorConfig((int) rows[i + 2], (int) rows[i + 3], q.patch(),
				q.temporalPatch(), q.merge(), q.rescale(), q.mean(), q.std(), q.resample());
			assertArrayEquals(new int[] { (int) rows[i + 5], (int) rows[i + 4] },
				new ImageProcessor(limits).size((int) rows[i + 1], (int) rows[i]), rows[i + 1] + "×" + rows[i]);
		}
		Parity.exact(FIXTURE, "smart resize", rows.length / 3);
	}

	@Test
	void patchesAreTheReferences() {
		final long[] shape = fixture.shape("vision.input");
		final ImageProcessor.Patches patches =
			processor.patches(planes(fixture, "vision.input"), (int) shape[1], (int) shape[0]);
		assertArrayEquals(new long[] { 1, patches.rows(), patches.columns() }, fixture.longs("vision.image_grid_thw"));
		final float[] red = new float[patches.rows() * patches.columns() * 196];
		for (int i = 0; i < red.length / 196; i++) System.arraycopy(patches.values(), i * 588, red, i * 196, 196);
		Parity.check(FIXTURE, "patches", red, fixture.floats("vision.pixel_values"));
	}

	@Test
	void allColoursAreNormalisedAndOrdered() {
		final Fixtures vision = Fixtures.open("09-vision");
		final ImageProcessor.Patches patches = processor.patches(planes(vision, "picture"), 196, 140);
		final float[] theirs = vision.floats("pixel_values");
		final float[] stills = new float[theirs.length / 2];
		for (int i = 0; i < stills.length / 196; i++) System.arraycopy(theirs, i * 392, stills, i * 196, 196);
		Parity.check("09-vision", "patches", patches.values(), stills);
	}

	@Test
	void transparentPicturesArePutOnWhite() {
		assertArrayEquals(planes(fixture, "rgb.white"), ImageProcessor.overWhite(planes(fixture, "rgb.input")));
	}

	@Test
	void everyAlphaOfEveryColourIsRounded() {
		final byte[][] rgba = new byte[4][65536];
		for (int i = 0; i < 65536; i++) {
			rgba[0][i] = (byte) i;
			rgba[3][i] = (byte) (i >> 8);
		}
		final byte[] red = ImageProcessor.overWhite(rgba)[0];
		for (int i = 0; i < 65536; i++) {
			final int alpha = i >> 8;
			assertEquals(((i & 255) * alpha + 255 * (255 - alpha)) / 255.0, red[i] & 255, 0.502);
		}
	}

	@Test
	void verySlimPicturesAreRejectedInOneMessage() {
		assertArrayEquals(new int[] { 812, 28 }, processor.size(2000, 10));
		assertTrue(assertThrows(ModelException.class, () -> processor.size(2001, 10)).getMessage()
			.endsWith("type a prompt instead."));
		assertThrows(IllegalArgumentException.class, () -> processor.size(0, 10));
	}

	/** A recorded picture, height × width × channels, as planes. */
	static byte[][] planes(final Fixtures fixture, final String name) {
		final byte[] pixels = fixture.bytes(name);
		final long[] shape = fixture.shape(name);
		final int channels = (int) shape[2];
		final byte[][] planes = new byte[channels][pixels.length / channels];
		for (int i = 0; i < pixels.length; i++) planes[i % channels][i / channels] = pixels[i];
		return planes;
	}
}
