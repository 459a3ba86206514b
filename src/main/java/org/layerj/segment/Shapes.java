package org.layerj.segment;

import java.util.Arrays;

/** Size, place, extent and colour of every segment of a partition: arrays indexed by segment. */
final class Shapes {

	final int count;
	/** Pixels. */
	final double[] area;
	/** Bounding box in pixels, both ends inclusive. */
	final int[] left;
	final int[] right;
	final int[] top;
	final int[] bottom;
	/** Centre of mass, in pixels. */
	final double[] x;
	final double[] y;
	/** Second moments about the centre, pixels². */
	final double[] xx;
	final double[] yy;
	final double[] xy;
	/** Mean and standard deviation of the {@link RegionColours}, by channel. */
	final double[][] mean = new double[3][];
	final double[][] deviation = new double[3][];
	final double[] alpha;
	/** Share of each of the picture's four borders (top, bottom, left, right) that the segment takes. */
	final double[][] border = new double[4][];

	Shapes(final Segments segments, final RegionColours colours) {
		count = segments.count();
		final int w = segments.width();
		final int h = segments.height();
		final int[] labels = segments.labels();
		area = new double[count];
		left = filled(w);
		right = filled(-1);
		top = filled(h);
		bottom = filled(-1);
		x = new double[count];
		y = new double[count];
		xx = new double[count];
		yy = new double[count];
		xy = new double[count];
		alpha = new double[count];
		for (int c = 0; c < 3; c++) {
			mean[c] = new double[count];
			deviation[c] = new double[count];
		}
		for (int row = 0; row < h; row++) for (int column = 0; column < w; column++) {
			final int i = row * w + column;
			final int s = labels[i];
			area[s]++;
			left[s] = Math.min(left[s], column);
			right[s] = Math.max(right[s], column);
			top[s] = Math.min(top[s], row);
			bottom[s] = row;
			x[s] += column;
			y[s] += row;
			xx[s] += (double) column * column;
			yy[s] += (double) row * row;
			xy[s] += (double) row * column;
			alpha[s] += colours.alpha()[i];
			for (int c = 0; c < 3; c++) {
				final double v = colours.planes()[c][i];
				mean[c][s] += v;
				deviation[c][s] += v * v;
			}
		}
		for (int s = 0; s < count; s++) {
			final double n = area[s];
			x[s] /= n;
			y[s] /= n;
			xx[s] = Math.max(0, xx[s] / n - x[s] * x[s]);
			yy[s] = Math.max(0, yy[s] / n - y[s] * y[s]);
			xy[s] = xy[s] / n - x[s] * y[s];
			alpha[s] /= n;
			for (int c = 0; c < 3; c++) {
				mean[c][s] /= n;
				deviation[c][s] = Math.sqrt(Math.max(0, deviation[c][s] / n - mean[c][s] * mean[c][s]));
			}
		}
		for (int k = 0; k < 4; k++) border[k] = new double[count];
		for (int column = 0; column < w; column++) {
			border[0][labels[column]] += 1.0 / w;
			border[1][labels[(h - 1) * w + column]] += 1.0 / w;
		}
		for (int row = 0; row < h; row++) {
			border[2][labels[row * w]] += 1.0 / h;
			border[3][labels[row * w + w - 1]] += 1.0 / h;
		}
	}

	private int[] filled(final int value) {
		final int[] array = new int[count];
		Arrays.fill(array, value);
		return array;
	}

	int width(final int s) {
		return right[s] - left[s] + 1;
	}

	int height(final int s) {
		return bottom[s] - top[s] + 1;
	}

	/** Longer side of the bounding box. */
	int side(final int s) {
		return Math.max(width(s), height(s));
	}

	/** Distance of two segments' mean colours. */
	double colourDistance(final int s, final int t) {
		double sum = 0;
		for (int c = 0; c < 3; c++) sum += (mean[c][s] - mean[c][t]) * (mean[c][s] - mean[c][t]);
		return Math.sqrt(sum);
	}

	/** The segment that takes most of the picture's borders: in most figures its background. */
	int background() {
		int best = 0;
		double most = -1;
		for (int s = 0; s < count; s++) {
			final double share = border[0][s] + border[1][s] + border[2][s] + border[3][s];
			if (share > most) {
				most = share;
				best = s;
			}
		}
		return best;
	}
}
