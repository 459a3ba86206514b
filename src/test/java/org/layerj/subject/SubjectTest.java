package org.layerj.subject;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.common.Progress;
import org.layerj.io.PictureReader;
import org.layerj.layers.RgbaImage;
import org.layerj.torch.Device;

class SubjectTest {

	@ParameterizedTest
	@ValueSource(
		strings = { "32x32", "32x64", "64x32", "64x64", "96x96", "64x160", "160x64", "32x256", "128x96", "128x160" })
	void networkEqualsTheOriginal(final String size) {
		final Fixtures fixture = Fixtures.open("19-subject");
		final long[] shape = fixture.shape(size + ".picture");
		try (SubjectNetwork network = new SubjectNetwork(Device.CPU)) {
			Parity.check("19-subject", size,
				network.subject(fixture.bytes(size + ".picture"), (int) shape[2], (int) shape[1]),
				fixture.floats(size + ".subject"), 1e-3, 0);
		}
	}

	/** A red disc with a sharp edge, well off the middle, before soft green background. */
	private static RgbaImage disc(final int width, final int height, final double cx, final double cy,
		final double radius)
	{
		final RgbaImage out = RgbaImage.blank(width, height);
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			final boolean inside = Math.hypot(x - cx, y - cy) < radius;
			final int i = y * width + x;
			out.plane(0)[i] = (byte) (inside ? 200 - 40 * (y - cy) / radius : 60 + 30 * x / width);
			out.plane(1)[i] = (byte) (inside ? 40 : 120 + 60 * y / height);
			out.plane(2)[i] = (byte) (inside ? 50 : 70);
			out.plane(3)[i] = (byte) 255;
		}
		return out;
	}

	@Test
	void theMaskHasThePicturesSizeAndItsEdges() {
		final RgbaImage picture = disc(700, 460, 300, 210, 120);
		try (SubjectFinder finder = new SubjectFinder(Device.CPU)) {
			final FoundSubject found = finder.find(picture, Progress.none()).orElseThrow();
			assertEquals(700, found.width());
			assertEquals(460, found.height());
			double both = 0;
			double either = 0;
			for (int y = 0; y < 460; y++) for (int x = 0; x < 700; x++) {
				final double truth = Math.hypot(x - 300, y - 210) < 120 ? 1 : 0;
				final double a = (found.alpha()[y * 700 + x] & 0xff) / 255.0;
				both += Math.min(truth, a);
				either += Math.max(truth, a);
			}
			assertTrue(both / either > 0.95, "IoU " + both / either);
			assertArrayEquals(found.alpha(), finder.find(picture, Progress.none()).orElseThrow().alpha());
		}
	}

	@Test
	void theBundledPhotographIsLookedAt() {
		final RgbaImage photo = PictureReader.read(Path.of("src/main/resources/org/layerj/sample/photo.jpg")).image();
		try (SubjectFinder finder = new SubjectFinder(Device.CPU)) {
			final FoundSubject seen = finder.look(photo, Progress.none());
			assertEquals(photo.width() * photo.height(), seen.alpha().length);
			assertTrue(seen.certainty() >= 0 && seen.certainty() <= 1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "1, 20000", "300, 2", "90, 70" })
	void thereIsNoSubjectWhereThereIsNothing(final int width, final int height) {
		final RgbaImage grey = RgbaImage.blank(width, height);
		for (int c = 0; c < RgbaImage.PLANES; c++) Arrays.fill(grey.plane(c), (byte) (c == RgbaImage.ALPHA ? 255 : 90));
		try (SubjectFinder finder = new SubjectFinder(Device.CPU)) {
			assertEquals(Optional.empty(), finder.find(RgbaImage.blank(width, height), Progress.none()));
			assertEquals(Optional.empty(), finder.find(grey, Progress.none()));
		}
	}
}
