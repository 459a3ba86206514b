package org.layerj.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.layers.RgbaImage;

class LayerDTest {

	private final Fixtures fixture = Fixtures.open("16-metrics");

	@ParameterizedTest
	@ValueSource(strings = { "identical", "shifted", "split", "other", "fewer", "more", "merged" })
	void scoresPathsAndMergesFollowTheProtocol(final String name) {
		final JsonObject expected = JsonParser.parseString(fixture.text("expect.json"))
			.getAsJsonObject()
			.getAsJsonObject("cases")
			.getAsJsonObject(name);
		final List<RgbaImage> prediction = stack(name + ".prediction");
		final List<RgbaImage> truth = stack(name + ".truth");
		assertEquals(expected.get("prediction_groups").toString().replace(" ", ""),
			LayerD.groups(prediction.stream().map(FloatLayer::of).toList()).toString().replace(" ", ""));
		assertEquals(expected.get("truth_groups").toString().replace(" ", ""),
			LayerD.groups(truth.stream().map(FloatLayer::of).toList()).toString().replace(" ", ""));

		final LayerD.Result result = LayerD.evaluate(prediction, truth, LayerD.MERGES);
		final JsonArray levels = expected.getAsJsonArray("levels");
		assertEquals(levels.size(), result.levels().size(), "levels");
		final float[] actual = new float[2 * levels.size()];
		final float[] wanted = new float[2 * levels.size()];
		for (int i = 0; i < levels.size(); i++) {
			final JsonObject level = levels.get(i).getAsJsonObject();
			assertEquals(level.get("path").toString(), path(result.levels().get(i).path()), "path of level " + i);
			actual[2 * i] = (float) result.levels().get(i).rgbL1();
			wanted[2 * i] = level.get("rgb_l1").getAsFloat();
			actual[2 * i + 1] = (float) result.levels().get(i).alphaIou();
			wanted[2 * i + 1] = level.get("alpha_iou").getAsFloat();
		}
		Parity.check("16-metrics", name + " RGB L1 and IoU per merge level", actual, wanted);
		final JsonArray edits = expected.getAsJsonArray("edits");
		assertEquals(edits.size(), result.edits().size());
		for (int i = 0; i < edits.size(); i++) {
			final JsonObject edit = edits.get(i).getAsJsonObject();
			assertEquals(edit.get("side").getAsString().equals("prediction"), result.edits().get(i).inPrediction());
			assertEquals(edit.get("index").getAsInt(), result.edits().get(i).index());
			assertEquals(edit.get("gain").getAsDouble(), result.edits().get(i).gain(), 1e-5);
		}
	}

	@Test
	void levelsNotReachedKeepTheLastScore() {
		final LayerD.Result result = LayerD.evaluate(stack("identical.prediction"), stack("identical.truth"), 5);
		assertEquals(1, result.levels().size());
		assertEquals(1, result.at(5).alphaIou(), 1e-9);
		assertEquals(0, result.at(5).rgbL1(), 1e-9);
	}

	@Test
	void oneOpaqueLayerAgainstBackgroundAndSquare() {
		// By hand: a 4 × 4 grey canvas with a 2 × 2 white square. The input as one layer matches both true layers.
		final int[] grey = new int[16];
		Arrays.fill(grey, 0xff808080);
		final int[] square = new int[16];
		final int[] both = grey.clone();
		for (final int i : new int[] { 5, 6, 9, 10 }) square[i] = both[i] = 0xffffffff;
		final LayerD.Result result = LayerD.evaluate(List.of(RgbaImage.ofArgb(4, 4, both)),
			List.of(RgbaImage.ofArgb(4, 4, grey), RgbaImage.ofArgb(4, 4, square)), 0);
		assertEquals((1 + 0.25) / 2, result.at(0).alphaIou(), 1e-6);
		assertEquals(0.25 * (127 / 255.0) / 2, result.at(0).rgbL1(), 1e-6);
	}

	private static String path(final List<int[]> path) {
		return path.stream().map(s -> "[" + s[0] + "," + s[1] + "]").toList().toString().replace(" ", "");
	}

	private List<RgbaImage> stack(final String name) {
		final long[] s = fixture.shape(name);
		final byte[] all = fixture.bytes(name);
		final int pixels = (int) (s[1] * s[2]);
		final List<RgbaImage> layers = new ArrayList<>();
		for (int n = 0; n < s[0]; n++) {
			final byte[][] planes = new byte[4][pixels];
			for (int i = 0; i < pixels * 4; i++) planes[i % 4][i / 4] = all[n * pixels * 4 + i];
			layers.add(RgbaImage.ofPlanes((int) s[2], (int) s[1], planes[0], planes[1], planes[2], planes[3]));
		}
		return layers;
	}
}
