package org.layerj.segment;

import java.util.stream.IntStream;
import org.layerj.layers.RgbaImage;

/**
 * Toggle mapping (Kramer and Bruckner 1975) for colours: a pixel whose colour lies between two of its neighbours'
 * becomes the nearer one of the two. So the mixed pixels of anti-aliased and blurred edges go to the one side or to the
 * other, and are no thin strips between them; lines, which are darker or lighter than what is on both sides, stay.
 */
final class EdgeSharpening {

	/** Squared distance of two neighbours' colours, 0 … 255 each, from which there is an edge between them. */
	private static final int EDGE_DISTANCE_SQUARED = 24 * 24;
	/** Squared distance from the line between two colours, as a share of theirs, up to which a colour is a mixture. */
	private static final double MAX_OFF_LINE_SQUARED = .15 * .15;
	private static final int[] DX = { -1, 0, 1, -1, 1, -1, 0, 1 };
	private static final int[] DY = { -1, -1, -1, 0, 0, 1, 1, 1 };

	private EdgeSharpening() {}

	/** Two passes over straight colours and alpha: what mixes over two or three pixels is sharp. */
	static int[][] of(final RgbaImage picture) {
		final int[][] planes = new int[RgbaImage.PLANES][picture.width() * picture.height()];
		for (int c = 0; c < planes.length; c++)
			for (int i = 0; i < planes[c].length; i++) planes[c][i] = picture.plane(c)[i] & 0xff;
		return of(of(planes, picture.width(), picture.height()), picture.width(), picture.height());
	}

	/**
	 * One pass, which moves edges by less than a pixel.
	 *
	 * @param planes any number of planes, 0 … 255, row by row; not changed
	 */
	static int[][] of(final int[][] planes, final int width, final int height) {
		final int[][] out = new int[planes.length][];
		for (int c = 0; c < planes.length; c++) out[c] = planes[c].clone();
		IntStream.range(0, height).parallel().forEach(y -> {
			final int[] near = new int[DX.length];
			for (int x = 0; x < width; x++) {
				int count = 0;
				for (int d = 0; d < DX.length; d++) {
					final int u = x + DX[d];
					final int v = y + DY[d];
					if (u >= 0 && u < width && v >= 0 && v < height) near[count++] = v * width + u;
				}
				final int to = nearer(planes, y * width + x, near, count);
				for (int c = 0; c < planes.length; c++) out[c][y * width + x] = planes[c][to];
			}
		});
		return out;
	}

	/** The one of its neighbours whose colour a pixel takes, or itself. */
	private static int nearer(final int[][] planes, final int i, final int[] near, final int count) {
		int most = EDGE_DISTANCE_SQUARED - 1;
		int a = -1;
		int b = -1;
		for (int k = 0; k < count; k++) for (int m = k + 1; m < count; m++) {
			final int distance = squared(planes, near[k], near[m]);
			if (distance <= most) continue;
			most = distance;
			a = near[k];
			b = near[m];
		}
		if (a < 0) return i;
		final int toA = squared(planes, i, a);
		final int toB = squared(planes, i, b);
		// By the cosine theorem: how far along from a to b, and how far beside.
		final double along = (toA + (double) most - toB) / (2.0 * most);
		if (along <= 0 || along >= 1 || toA - along * along * most > MAX_OFF_LINE_SQUARED * most) return i;
		return along < .5 ? a : b;
	}

	private static int squared(final int[][] planes, final int a, final int b) {
		int sum = 0;
		for (final int[] plane : planes) sum += (plane[a] - plane[b]) * (plane[a] - plane[b]);
		return sum;
	}
}
