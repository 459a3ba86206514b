package org.layerj.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.exact.ExactRecomposition;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.refine.NativeSize;

/** A few of the figures of docs/RESULTS.md, so that the numbers there do not fall unnoticed. */
class NativeSizeScoresTest {

	@Test
	void trueLayersComeBackFromTheWorkingSize() throws IOException {
		final List<String> names =
			List.of("foreign-gnuplot-lines", "heldout-00-inset", "heldout-19-chain", "heldout-25-sticker");
		final List<NativeSizeNumbers.Figure> figures =
			NativeSizeNumbers.Figure.all().stream().filter(f -> names.contains(f.name())).toList();
		assertEquals(names, figures.stream().map(NativeSizeNumbers.Figure::name).toList());
		for (final NativeSizeNumbers.Figure f : figures) {
			final LayerStack network = f.reduced(256);
			final LayerStack refined = NativeSize.refine(f.input(), network);
			assertEquals(0, ExactRecomposition.mismatches(f.input(), refined), f.name());
			final double after = iou(refined, f);
			final double before = iou(NativeSize.plain(network, f.input().width(), f.input().height()), f);
			assertTrue(after >= 0.975 && after > before, f.name() + ": " + before + " to " + after);
		}
	}

	private static double iou(final LayerStack stack, final NativeSizeNumbers.Figure f) {
		return LayerD.evaluate(stack.layers().stream().map(Layer::pixels).toList(), f.layers(), 0).at(0).alphaIou();
	}
}
