package org.layerj.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.ModelName;
import org.layerj.layers.RgbaImage;

/** Five development figures, so that the built-in default does not become worse unnoticed. */
class DefaultScoresTest {

	/** Mean alpha IoU at 0 and at 5 merges; .859 and .964 were measured. Easy figures, chosen for their small files. */
	private static final double FLOOR = 0.8;
	private static final double FLOOR_MERGED = 0.92;

	@Test
	void fiveFiguresComeApartAboutAsWellAsMeasured() throws URISyntaxException {
		final Path folder = Path.of(DefaultScoresTest.class.getResource("/org/layerj/development").toURI());
		final List<TruthFigure> figures = TruthFigure.folders(folder).stream().map(TruthFigure::read).toList();
		assertEquals(5, figures.size());
		double iou = 0;
		double merged = 0;
		try (ModelMethod model = new ModelMethod(Decomposers.open(ModelName.BUILT_IN, "cpu"), "", false)) {
			for (final TruthFigure figure : figures) {
				final int asked = figure.layers().size();
				final List<RgbaImage> found = model.decompose(figure.input(), asked);
				final FigureScore score = FigureScore.of(figure, asked, found, 0);
				iou += score.layerd().at(0).alphaIou() / figures.size();
				merged += score.layerd().at(LayerD.MERGES).alphaIou() / figures.size();
			}
		}
		assertTrue(iou > FLOOR && merged > FLOOR_MERGED, iou + ", " + merged);
	}
}
