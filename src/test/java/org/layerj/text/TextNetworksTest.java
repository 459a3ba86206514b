package org.layerj.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.torch.Device;

/** Detector and recogniser against ONNX Runtime, which ran the original files with the same weights, rounded to f16. */
class TextNetworksTest {

	private static final double TOLERANCE = 1e-3;

	@ParameterizedTest
	@ValueSource(
		strings = { "32x32", "32x64", "64x32", "64x64", "96x96", "64x160", "160x64", "32x256", "128x96", "128x160" })
	void detectorEqualsTheOriginal(final String size) {
		final Fixtures fixture = Fixtures.open("17-text-detector");
		final long[] shape = fixture.shape(size + ".picture");
		try (TextDetector detector = new TextDetector(Device.CPU)) {
			Parity.check("17-text-detector", size,
				detector.probability(fixture.bytes(size + ".picture"), (int) shape[2], (int) shape[1]),
				fixture.floats(size + ".probability"), TOLERANCE, 0);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })
	void recogniserEqualsTheOriginal(final int line) {
		final Fixtures fixture = Fixtures.open("18-text-recogniser");
		final String name = "line" + line;
		final int width = (int) fixture.shape(name + ".picture")[2];
		final List<byte[]> picture = List.of(fixture.bytes(name + ".picture"));
		try (TextRecogniser recogniser = new TextRecogniser(Device.CPU)) {
			final float[] all = recogniser.probabilities(picture, width);
			final int columns = width / TextRecogniser.STEP;
			final int classes = all.length / columns;
			final float[] some = new float[fixture.floats(name + ".classes").length];
			for (int i = 0, k = 0; i < columns; i++)
				for (int c = 0; c < classes; c += 97) some[k++] = all[i * classes + c];
			Parity.check("18-text-recogniser", name + " some classes", some, fixture.floats(name + ".classes"),
				TOLERANCE, 0);
			final float[] top = new float[columns];
			final long[] which = new long[columns];
			for (int i = 0; i < columns; i++) for (int c = 0; c < classes; c++) if (all[i * classes + c] > top[i]) {
				top[i] = all[i * classes + c];
				which[i] = c;
			}
			assertArrayEquals(fixture.longs(name + ".best"), which);
			Parity.check("18-text-recogniser", name + " likeliest class", top, fixture.floats(name + ".probability"),
				TOLERANCE, 0);
			final JsonObject strings =
				JsonParser.parseString(fixture.text("expect.json")).getAsJsonObject().getAsJsonObject("strings");
			assertEquals(strings.get(name).getAsString(),
				recogniser.read(picture, width)
					.get(0)
					.stream()
					.map(TextRecogniser.Glyph::text)
					.collect(Collectors.joining()));
		}
	}

	@Test
	void linesOfABatchAreReadAsIfAlone() {
		final Fixtures fixture = Fixtures.open("18-text-recogniser");
		try (TextRecogniser recogniser = new TextRecogniser(Device.CPU)) {
			final byte[] a = fixture.bytes("line0.picture");
			final byte[] b = fixture.bytes("line1.picture");
			final int width = (int) fixture.shape("line0.picture")[2];
			assertEquals(width, fixture.shape("line1.picture")[2]);
			final List<List<TextRecogniser.Glyph>> both = recogniser.read(List.of(a, b), width);
			assertEquals("A", both.get(0).get(0).text());
			assertEquals("b", both.get(1).get(0).text());
			assertEquals(recogniser.read(List.of(b), width).get(0).get(0).confidence(), both.get(1).get(0).confidence(),
				1e-5);
		}
	}

	@Test
	void sizesOffTheGridAreRejected() {
		try (TextDetector detector = new TextDetector(Device.CPU);
			TextRecogniser recogniser = new TextRecogniser(Device.CPU))
		{
			assertThrows(IllegalArgumentException.class, () -> detector.probability(new byte[3 * 33 * 32], 33, 32));
			assertThrows(IllegalArgumentException.class, () -> recogniser.read(List.of(new byte[3 * 48 * 20]), 20));
			assertThrows(IllegalArgumentException.class, () -> recogniser.read(List.of(new byte[3 * 48 * 8]), 8));
		}
	}
}
