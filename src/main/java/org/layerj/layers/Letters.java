package org.layerj.layers;

import java.util.Arrays;

/**
 * Which regions of a picture have the size of a letter, which of them stand side by side in one colour, as the letters
 * of a word do, and which are but the rim of another: letters are smoothed at their edges, and the mixed colours there
 * make regions of their own.
 */
final class Letters {

	/**
	 * Largest side of a letter as a share of the picture's shorter side; its least area in pixels; how far the next may
	 * be, in sides of the larger; largest difference of colour.
	 */
	private static final double LARGEST = 0.13;
	private static final int LEAST = 4;
	private static final double GAP = 1;
	private static final double LIKE = 0.12;
	/**
	 * Colours between which a rim lies are at least so different; it is at least so much of either; it is at most so
	 * far off their mixtures.
	 */
	private static final double APART = 0.15;
	private static final double ASIDE = 0.1;
	private static final double STRAIGHT = 0.08;
	/** From the faintest step of a rim to the letter. */
	private static final int HOPS = 4;
	/** Side of the squares by which neighbours are looked up, in pixels. */
	private static final int BUCKET = 16;

	private final Regions regions;
	private final int width;
	private final int height;
	private final int count;
	private final int[][] box;
	private final double[][] rgb;
	private final boolean[] small;
	private final int[] group;
	private final int[] leader;

	private Letters(final RgbaImage picture, final Regions regions) {
		this.regions = regions;
		width = picture.width();
		height = picture.height();
		count = regions.count();
		box = regions.boxes(width);
		rgb = new double[3][count];
		for (int i = 0; i < width * height; i++)
			for (int q = 0; q < 3; q++) rgb[q][regions.at(i)] += (picture.plane(q)[i] & 0xff) / 255.0;
		small = new boolean[count];
		group = new int[count];
		leader = new int[count];
		for (int r = 0; r < count; r++) {
			for (int q = 0; q < 3; q++) rgb[q][r] /= regions.size(r);
			small[r] = side(r) < LARGEST * Math.min(width, height);
			group[r] = r;
			leader[r] = r;
		}
	}

	static Letters of(final RgbaImage picture, final Regions regions) {
		final Letters letters = new Letters(picture, regions);
		letters.findGroups();
		letters.findRims();
		return letters;
	}

	/** Whether a region is as small as a letter. */
	boolean small(final int region) {
		return small[region];
	}

	/** One of the regions with which this one stands together, the same for all of them; itself if it stands alone. */
	int group(final int region) {
		int r = region;
		while (group[r] != r) {
			group[r] = group[group[r]];
			r = group[r];
		}
		return r;
	}

	/** The region whose rim this one is; itself if it is none. */
	int leader(final int region) {
		int led = region;
		for (int hop = 0; hop < HOPS && leader[led] != led; hop++) led = leader[led];
		return led;
	}

	private int side(final int r) {
		return Math.max(box[r][2] - box[r][0], box[r][3] - box[r][1]) + 1;
	}

	// -- Words --

	private void findGroups() {
		final int columns = width / BUCKET + 1;
		final int[] head = new int[columns * (height / BUCKET + 1)];
		final int[] next = new int[count];
		Arrays.fill(head, -1);
		for (int r = 0; r < count; r++) {
			if (!letter(r)) continue;
			final int at = (box[r][1] + box[r][3]) / 2 / BUCKET * columns + (box[r][0] + box[r][2]) / 2 / BUCKET;
			next[r] = head[at];
			head[at] = r;
		}
		for (int r = 0; r < count; r++) {
			if (!letter(r)) continue;
			// The larger of two looks for the smaller, whose middle is at most so far away.
			final int reach = (int) ((GAP + 0.5) * side(r)) + 1;
			for (int v = Math.max(0, box[r][1] - reach) / BUCKET; v <= Math.min(height - 1, box[r][3] + reach)
				/ BUCKET; v++)
			{
				for (int u = Math.max(0, box[r][0] - reach) / BUCKET; u <= Math.min(width - 1, box[r][2] + reach)
					/ BUCKET; u++)
				{
					for (int t = head[v * columns + u]; t >= 0; t = next[t]) {
						if (t != r && side(t) <= side(r) && near(box[r], box[t], GAP * side(r)) && like(r, t))
							group[group(r)] = group(t);
					}
				}
			}
		}
	}

	private boolean letter(final int r) {
		return small[r] && regions.size(r) >= LEAST;
	}

	private static boolean near(final int[] a, final int[] b, final double gap) {
		return Math.max(a[0], b[0]) - Math.min(a[2], b[2]) <= gap && Math.max(a[1], b[1]) - Math.min(a[3], b[3]) <= gap;
	}

	private boolean like(final int a, final int b) {
		return Math.abs(rgb[0][a] - rgb[0][b]) < LIKE && Math.abs(rgb[1][a] - rgb[1][b]) < LIKE
			&& Math.abs(rgb[2][a] - rgb[2][b]) < LIKE;
	}

	// -- Rims --

	/** Rims are small regions of a colour between those of the two that they touch most. */
	private void findRims() {
		final long[] contacts = new long[4 * width * height];
		int m = 0;
		for (int i = 0; i < width * height; i++) {
			if (i % width + 1 < width) m = contact(contacts, m, regions.at(i), regions.at(i + 1));
			if (i + width < width * height) m = contact(contacts, m, regions.at(i), regions.at(i + width));
		}
		Arrays.sort(contacts, 0, m);
		for (int k = 0; k < m;) {
			final int r = (int) (contacts[k] >> 32);
			int a = r;
			int b = r;
			int most = 0;
			int second = 0;
			while (k < m && contacts[k] >> 32 == r) {
				final long pair = contacts[k];
				final int start = k;
				while (k < m && contacts[k] == pair) k++;
				if (k - start > most) {
					b = a;
					second = most;
					a = (int) pair;
					most = k - start;
				}
				else if (k - start > second) {
					b = (int) pair;
					second = k - start;
				}
			}
			if (b == r || !small[a] && !small[b] || !between(a, r, b)) continue;
			leader[r] = small[a] && (!small[b] || regions.size(a) >= regions.size(b)) ? a : b;
		}
	}

	/** Notes down that two regions touch, once from the side of each small one. */
	private int contact(final long[] contacts, final int m, final int a, final int b) {
		int k = m;
		if (a != b && small[a]) contacts[k++] = (long) a << 32 | b;
		if (a != b && small[b]) contacts[k++] = (long) b << 32 | a;
		return k;
	}

	private boolean between(final int a, final int r, final int b) {
		double along = 0;
		double length = 0;
		for (int q = 0; q < 3; q++) {
			along += (rgb[q][r] - rgb[q][a]) * (rgb[q][b] - rgb[q][a]);
			length += (rgb[q][b] - rgb[q][a]) * (rgb[q][b] - rgb[q][a]);
		}
		final double t = along / length;
		double off = 0;
		for (int q = 0; q < 3; q++) off += Math.pow(rgb[q][r] - rgb[q][a] - t * (rgb[q][b] - rgb[q][a]), 2);
		return length > APART * APART && t > ASIDE && t < 1 - ASIDE && off < STRAIGHT * STRAIGHT;
	}
}
