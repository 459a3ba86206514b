package org.layerj.eval;

import java.util.List;
import org.layerj.layers.RgbaImage;

/**
 * How one method did on one figure.
 *
 * @param asked number of layers the method was asked for
 * @param layerd the LayerD protocol, at 0 … 5 merges
 * @param facts of the layers it made
 * @param seconds it took, without loading weights
 */
record FigureScore(TruthFigure figure, int asked, LayerD.Result layerd, StackFacts facts, double seconds) {

	static FigureScore of(final TruthFigure figure, final int asked, final List<RgbaImage> layers,
		final double seconds)
	{
		return new FigureScore(figure, asked, LayerD.evaluate(layers, figure.layers(), LayerD.MERGES),
			StackFacts.of(layers, figure.input()), seconds);
	}

	/** Whether the number of layers is the true one, or one more or less. */
	boolean countsNearly() {
		return Math.abs(facts.layers() - figure.layers().size()) <= 1;
	}

	/**
	 * Whether the published evaluation would leave this figure out. It is scored here, since leaving it out flatters
	 * methods that fail.
	 */
	boolean publishedSkips() {
		return facts.layers() < 2 || figure.layers().size() < 2;
	}
}
