package org.layerj.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Mattes by which the letters of lines are measured: a line that is taller than twice what the recogniser sees is
 * halved, once or more, since its letters are large enough then. {@link LineMatte} gives those at the picture's size.
 */
final class LineMattes {

	/** Mattes that are kept: one is asked for by each step in turn, and a figure has fewer lines. */
	private static final int KEPT = 256;

	/** The picture, its half, a quarter of it and so on, as far as they were needed. */
	private final List<Rgb> pictures = new ArrayList<>();
	private final Map<Quad, Measured> mattes = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(final Map.Entry<Quad, Measured> eldest) {
			return size() > KEPT;
		}
	};

	/**
	 * The matte of a line in a reduced copy of the picture.
	 *
	 * @param scale size of the copy / size of the picture: 1 or 1 / a power of two, so that lengths that are scaled to
	 * and fro stay equal
	 */
	record Measured(LineMatte matte, double scale) {

		/** The line in the copy. */
		Quad quad() {
			return matte.quad;
		}

		/** The line, in the picture's pixels, drawn tight around its letters, without bars. */
		Quad letters() {
			return LetterRuns.of(matte).tight(quad()).scaled(1 / scale);
		}

		boolean hasBar() {
			return LetterRuns.of(matte).hasBar(quad());
		}
	}

	LineMattes(final Rgb picture) {
		pictures.add(picture);
	}

	Rgb picture() {
		return pictures.get(0);
	}

	Measured of(final Quad line) {
		return mattes.computeIfAbsent(line, this::measured);
	}

	private Measured measured(final Quad line) {
		double scale = 1;
		int halved = 0;
		for (; scale * line.height() > 2 * TextRecogniser.HEIGHT; halved++) {
			scale /= 2;
			if (halved + 1 == pictures.size()) pictures.add(pictures.get(halved).halved());
		}
		return new Measured(LineMatte.of(pictures.get(halved), line.scaled(scale)), scale);
	}
}
