package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/**
 * Bounds, colour and size of the text in a layer, measured from its pixels without recognition. For horizontal lines.
 *
 * @param bounds the smallest bounds that hold the text
 * @param colour {@code 0xRRGGBB}, the commonest in it; of text with coloured fringes, that without them
 * @param lines from the top down
 */
public record TextLook(Bounds bounds, int colour, List<Line> lines) {

	/**
	 * Height of capitals and digits in sans-serif typefaces, as a share of the font size: 0.716 (Helvetica, Arial) to
	 * 0.729 (DejaVu).
	 */
	public static final double CAPITALS = 0.72;

	/**
	 * One line of text.
	 *
	 * @param left x where its pixels begin
	 * @param baseline the row below the letters without descenders, in canvas coordinates
	 * @param capitals height, in pixels, of its highest letter above the baseline; if the line has neither capitals nor
	 * digits nor ascenders, it is theirs that is taken, and the size comes out too small
	 */
	public record Line(int left, int baseline, int capitals) {}

	/** Alpha from which a pixel belongs to a letter rather than to its smooth edge. */
	private static final int SOLID = 96;
	/** Pixels around the text in which its background is seen. */
	private static final int AROUND = 3;

	/**
	 * Empty if the layer shows nothing.
	 *
	 * @param layer not changed
	 * @param picture of the canvas' size: what is seen where nothing lies above the layer; not changed
	 * @return colour, height and place of its text
	 */
	public static Optional<TextLook> of(final Layer layer, final RgbaImage picture) {
		return AlphaBounds.of(layer).map(bounds -> {
			final List<Line> lines = lines(layer);
			return new TextLook(bounds, colour(layer, bounds, picture),
				lines.isEmpty() ? List.of(new Line(bounds.x(), bounds.bottom(), bounds.height())) : lines);
		});
	}

	/** {@return the font size in pixels at which capitals are as high as in the line that is highest} */
	public double size() {
		return lines.stream().mapToInt(Line::capitals).max().orElseThrow() / CAPITALS;
	}

	private static int colour(final Layer layer, final Bounds text, final RgbaImage picture) {
		final Bounds at =
			new Bounds(text.x() - AROUND, text.y() - AROUND, text.width() + 2 * AROUND, text.height() + 2 * AROUND);
		final Bounds b = layer.bounds();
		final byte[] plane = layer.pixels().plane(RgbaImage.ALPHA);
		final int[] alpha = new int[at.width() * at.height()];
		for (int y = text.y(); y < text.bottom(); y++)
			for (int x = text.x(); x < text.right(); x++)
				alpha[(y - at.y()) * at.width() + x - at.x()] = plane[(y - b.y()) * b.width() + x - b.x()] & 0xff;
		return SubpixelText.colour(picture, at, i -> alpha[i] >= SOLID, i -> alpha[i] == 0)
			.orElseGet(() -> MainColours.dominant(layer));
	}

	private static List<Line> lines(final Layer layer) {
		final List<Bounds> glyphs = glyphs(layer);
		final List<List<Bounds>> rows = rows(glyphs);
		final List<Line> lines = new ArrayList<>();
		for (final List<Bounds> row : rows) {
			final int tallest = row.stream().mapToInt(Bounds::height).max().orElseThrow();
			// Dots, commas and hyphens do not stand on the baseline, or say nothing of the height.
			final List<Bounds> letters = row.stream().filter(g -> 2 * g.height() >= tallest).toList();
			final int baseline = commonest(letters.stream().map(Bounds::bottom).toList());
			final int top =
				letters.stream().filter(g -> g.y() < baseline).mapToInt(Bounds::y).min().orElse(baseline - tallest);
			lines.add(
				new Line(row.stream().mapToInt(Bounds::x).min().orElseThrow(), baseline, Math.max(1, baseline - top)));
		}
		return lines;
	}

	private static List<Bounds> glyphs(final Layer layer) {
		final int w = layer.bounds().width();
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		final RgbaImage solid = layer.pixels().copy();
		for (int i = 0; i < alpha.length; i++) if ((alpha[i] & 0xff) < SOLID) solid.plane(RgbaImage.ALPHA)[i] = 0;
		final Parts parts = Parts.of(layer.withPixels(layer.bounds(), solid, layer.provenance()));
		final int[][] box = new int[parts.sizes.size()][];
		for (int i = 0; i < parts.part.length; i++) {
			final int k = parts.part[i];
			if (k < 0) continue;
			if (box[k] == null) box[k] = new int[] { i % w, i / w, i % w, i / w };
			box[k][0] = Math.min(box[k][0], i % w);
			box[k][2] = Math.max(box[k][2], i % w);
			box[k][3] = i / w;
		}
		final List<Bounds> glyphs = new ArrayList<>();
		for (final int[] b : box)
			glyphs.add(
				new Bounds(layer.bounds().x() + b[0], layer.bounds().y() + b[1], b[2] - b[0] + 1, b[3] - b[1] + 1));
		return glyphs;
	}

	/** Glyphs that share rows of pixels, from the top down. */
	private static List<List<Bounds>> rows(final List<Bounds> glyphs) {
		final List<List<Bounds>> rows = new ArrayList<>();
		int bottom = Integer.MIN_VALUE;
		for (final Bounds glyph : glyphs.stream().sorted(Comparator.comparingInt(Bounds::y)).toList()) {
			if (rows.isEmpty() || glyph.y() >= bottom) rows.add(new ArrayList<>());
			rows.get(rows.size() - 1).add(glyph);
			bottom = Math.max(bottom, glyph.bottom());
		}
		return joined(rows);
	}

	/** The dot of an i may be a row of its own; it belongs to what lies right below. */
	private static List<List<Bounds>> joined(final List<List<Bounds>> rows) {
		final List<List<Bounds>> out = new ArrayList<>();
		for (final List<Bounds> row : rows) {
			final int height = bottom(row) - top(row);
			if (!out.isEmpty()) {
				final List<Bounds> above = out.get(out.size() - 1);
				final int before = bottom(above) - top(above);
				if (3 * before < height && 2 * (top(row) - bottom(above)) < height) {
					above.addAll(row);
					continue;
				}
				if (3 * height < before && 4 * (top(row) - bottom(above)) < before) {
					above.addAll(row);
					continue;
				}
			}
			out.add(new ArrayList<>(row));
		}
		return out;
	}

	private static int top(final List<Bounds> row) {
		return row.stream().mapToInt(Bounds::y).min().orElseThrow();
	}

	private static int bottom(final List<Bounds> row) {
		return row.stream().mapToInt(Bounds::bottom).max().orElseThrow();
	}

	/**
	 * The commonest number; of several the smallest, since round letters reach below the baseline rather than above it.
	 */
	private static int commonest(final List<Integer> numbers) {
		final Map<Integer, Long> counts =
			numbers.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		return Collections.max(counts.keySet(),
			Comparator.comparing((Integer n) -> counts.get(n)).thenComparing(n -> -n));
	}
}
