package org.layerj.elements;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.layerj.layers.Compositor;
import org.layerj.layers.LayerStack;
import org.layerj.layers.PixelHash;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.Samples;

/**
 * Hashes of a picture in squares: the sum of the hashes of a square's pixels. They identify the picture of a record of
 * elements, show where it has been changed, and whether it was flipped or rotated by quarters, which keeps the pixels
 * of a square together.
 *
 * @param width of the picture
 * @param height of the picture
 * @param sums by square, row by row; read only
 */
public record PictureCells(int width, int height, int[] sums) {

	/** Sides of squares: at least this, and so large that there are about {@value #CELLS_IN_A_ROW} in a row. */
	private static final int MIN_SIDE_PIXELS = 8, CELLS_IN_A_ROW = 256;
	private static final String KEY = "picture";
	private static final int MAX_RECORDS = 8;
	/** Share of the squares that must be the same for it to be the same picture. */
	private static final double MIN_SAME_SHARE = .5;
	/** Share from which no turn is looked for. */
	private static final double CERTAIN_SHARE = .95;

	/**
	 * The hashes of a stack's composite with all layers visible, since hiding a layer moves no element. Samples are
	 * hashed if there are any, not their display.
	 *
	 * @param stack not changed
	 * @return hashes to compare later stacks with
	 */
	public static PictureCells of(final LayerStack stack) {
		return of(Hashes.of(stack), stack.width(), stack.height(), 0);
	}

	/** The hashes of what is shown. */
	private record Hashes(RgbaImage colours, Optional<Samples> values) {

		static Hashes of(final LayerStack shown) {
			final LayerStack stack = new LayerStack(shown.width(), shown.height(),
				shown.layers().stream().map(l -> l.withVisible(true)).toList());
			return new Hashes(Compositor.flatten(stack), stack.format().map(f -> SampleCompositor.flatten(stack)));
		}

		int at(final int index) {
			return PixelHash.of(colours, values, index);
		}
	}

	private static int side(final int width, final int height) {
		return Math.max(MIN_SIDE_PIXELS, (Math.max(width, height) + CELLS_IN_A_ROW - 1) / CELLS_IN_A_ROW);
	}

	/**
	 * Of a picture that was of this size before it was turned.
	 *
	 * @param turn 0 … 7: bit 0 flips x, bit 1 flips y, bit 2 exchanges x and y after that
	 */
	private static PictureCells of(final Hashes now, final int width, final int height, final int turn) {
		final int side = side(width, height);
		final int columns = (width + side - 1) / side;
		final int rows = (height + side - 1) / side;
		final int[] sums = new int[columns * rows];
		IntStream.range(0, rows).parallel().forEach(row -> {
			for (int v = row * side; v < Math.min(height, row * side + side); v++)
				for (int u = 0; u < width; u++)
					sums[row * columns + u / side] += now.at(now(u, v, width, height, turn));
		});
		return new PictureCells(width, height, sums);
	}

	/** Index in the turned picture of a pixel of the one before. */
	private static int now(final int u, final int v, final int width, final int height, final int turn) {
		final int s = (turn & 1) != 0 ? width - 1 - u : u;
		final int t = (turn & 2) != 0 ? height - 1 - v : v;
		return (turn & 4) != 0 ? s * height + t : t * width + s;
	}

	/**
	 * The elements at their present places.
	 *
	 * @param known what their picture was, and what it has become by edits that left them where they are; all of the
	 * elements' size, at least one
	 * @param elements of the known picture
	 * @param stack the layers as they are now
	 * @return the elements in unchanged places; empty if it is another picture. Elements of a rotated picture have no
	 * text.
	 */
	public static Optional<Elements> follow(final List<PictureCells> known, final Elements elements,
		final LayerStack stack)
	{
		final Hashes now = Hashes.of(stack);
		final int width = elements.width();
		final int height = elements.height();
		PictureCells best = known.get(0);
		PictureCells then = best;
		int way = 0;
		double most = 0;
		for (int turn = 0; turn < 8 && most < CERTAIN_SHARE; turn++) {
			final boolean across = (turn & 4) != 0;
			if (stack.width() != (across ? height : width) || stack.height() != (across ? width : height)) continue;
			final PictureCells turned = of(now, width, height, turn);
			for (final PictureCells one : known) {
				final double share = one.share(turned);
				if (share <= most) continue;
				most = share;
				best = one;
				then = turned;
				way = turn;
			}
		}
		if (most < MIN_SAME_SHARE) return Optional.empty();
		return way == 0 && then.equals(best) ? Optional.of(elements) : best.left(elements, then.sums, way);
	}

	/** The one of these that is most like this. */
	PictureCells nearest(final List<PictureCells> known) {
		return known.stream().max(Comparator.comparingDouble(this::share)).orElseThrow();
	}

	/**
	 * The hashes after an edit that does not move elements, such as recolouring: squares that were valid before get
	 * their new hash.
	 *
	 * @param before the edit
	 * @param after the edit, of the same canvas
	 * @return of the same canvas
	 */
	public PictureCells edited(final PictureCells before, final PictureCells after) {
		return new PictureCells(width, height,
			IntStream.range(0, sums.length).map(i -> sums[i] == before.sums[i] ? after.sums[i] : sums[i]).toArray());
	}

	/** Share of the same squares among those that tell something: of a figure on white most are alike. */
	private double share(final PictureCells other) {
		final Map<Integer, Integer> count = new HashMap<>();
		for (final int s : sums) count.merge(s, 1, Integer::sum);
		final int common =
			count.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElseThrow();
		int telling = 0;
		int same = 0;
		for (int i = 0; i < sums.length; i++) {
			if (sums[i] == common && other.sums[i] == common) continue;
			telling++;
			if (sums[i] == other.sums[i]) same++;
		}
		return telling == 0 ? 1 : (double) same / telling;
	}

	private Optional<Elements> left(final Elements elements, final int[] then, final int turn) {
		final int side = side(width, height);
		final int columns = (width + side - 1) / side;
		final long[] area = new long[elements.list().size() + 1];
		final long[] lost = new long[area.length];
		final int[] labels = elements.labels();
		final boolean[] changed = new boolean[labels.length];
		for (int v = 0; v < height; v++) for (int u = 0; u < width; u++) {
			final int i = v * width + u;
			final int cell = v / side * columns + u / side;
			changed[i] = sums[cell] != then[cell];
			area[labels[i]]++;
			if (changed[i]) lost[labels[i]]++;
		}
		final int[] moved = new int[labels.length];
		for (int v = 0; v < height; v++) for (int u = 0; u < width; u++) {
			final int i = v * width + u;
			// Half a word is none.
			if (!changed[i] && 2 * lost[labels[i]] < area[labels[i]]) moved[now(u, v, width, height, turn)] = labels[i];
		}
		if (Arrays.stream(moved).allMatch(l -> l == 0)) return Optional.empty();
		final List<Element> list = new ArrayList<>();
		for (final Element e : elements.list())
			list.add(turn == 0 ? e : new Element(e.id(), e.parent(), e.kind(), e.role(), e.layer(), e.bounds(),
				e.area(), e.rgb(), Optional.empty()));
		final boolean across = (turn & 4) != 0;
		return Optional.of(Elements.counted(across ? height : width, across ? width : height, moved, list));
	}

	/** As a part of a record, besides those that are there. Of many, the first and the latest are kept. */
	void addTo(final JsonObject record) {
		final ByteBuffer bytes = ByteBuffer.allocate(4 * sums.length);
		for (final int s : sums) bytes.putInt(s);
		if (!record.has(KEY)) record.add(KEY, new JsonArray());
		final JsonArray all = record.getAsJsonArray(KEY);
		all.add(Base64.getEncoder().encodeToString(bytes.array()));
		if (all.size() > MAX_RECORDS) all.remove(1);
	}

	/** What {@link #addTo} wrote; none in records of before. */
	static List<PictureCells> in(final JsonObject record, final int width, final int height) {
		final List<PictureCells> all = new ArrayList<>();
		if (!record.has(KEY)) return all;
		for (final JsonElement text : record.getAsJsonArray(KEY)) {
			final ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text.getAsString()));
			final int side = side(width, height);
			final int[] sums = new int[(width + side - 1) / side * ((height + side - 1) / side)];
			if (bytes.capacity() != 4 * sums.length)
				throw new IllegalArgumentException("Not the squares of a picture of " + width + " × " + height + ".");
			for (int i = 0; i < sums.length; i++) sums[i] = bytes.getInt();
			all.add(new PictureCells(width, height, sums));
		}
		return all;
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof PictureCells c && width == c.width && height == c.height && Arrays.equals(sums, c.sums);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(sums);
	}
}
