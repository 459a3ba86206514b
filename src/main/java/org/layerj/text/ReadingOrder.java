package org.layerj.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Lines in the order in which one reads them. Lines of like height and direction that follow one another closely are a
 * block; blocks are ordered by the widest gaps between them (recursive XY cut; Nagy and Seth, ICPR 1984): rows of
 * blocks from top to bottom, within a row from left to right.
 */
final class ReadingOrder {

	/**
	 * Largest gap between two lines of a block in heights of the lower; largest quotient of their heights; least common
	 * width as a share of the shorter.
	 */
	private static final double GAP = 0.8;
	private static final double LIKE = 1.5;
	private static final double BESIDE = 0.5;

	private ReadingOrder() {}

	static FoundText of(final List<TextLine> lines) {
		final List<TextLine> sorted = new ArrayList<>(lines);
		sorted.sort(Comparator.comparingDouble(ReadingOrder::down)
			.thenComparingDouble(ReadingOrder::along)
			.thenComparing(TextLine::text));
		final List<List<TextLine>> blocks = new ArrayList<>();
		for (final TextLine line : sorted) {
			blocks.stream()
				.filter(b -> follows(b.get(b.size() - 1), line))
				.findFirst()
				.ifPresentOrElse(b -> b.add(line), () -> blocks.add(new ArrayList<>(List.of(line))));
		}
		final List<TextBlock> out = new ArrayList<>();
		cut(blocks.stream().map(TextBlock::new).toList(), true, false, out);
		return new FoundText(out);
	}

	/** Position along and across the line's own reading direction. */
	private static double along(final TextLine line) {
		final Quad q = line.quad();
		return q.x() * Math.cos(q.angle()) + q.y() * Math.sin(q.angle());
	}

	private static double down(final TextLine line) {
		final Quad q = line.quad();
		return q.y() * Math.cos(q.angle()) - q.x() * Math.sin(q.angle());
	}

	private static boolean follows(final TextLine upper, final TextLine lower) {
		final Quad a = upper.quad();
		final Quad b = lower.quad();
		if (Math.abs(Math.IEEEremainder(a.angle() - b.angle(), 2 * Math.PI)) > 0.1) return false;
		if (Math.max(a.height(), b.height()) > LIKE * Math.min(a.height(), b.height())) return false;
		final double step = down(lower) - down(upper);
		if (step < 0.4 * b.height() || step - (a.height() + b.height()) / 2 > GAP * b.height()) return false;
		final double shared = Math.min(along(upper) + a.width() / 2, along(lower) + b.width() / 2)
			- Math.max(along(upper) - a.width() / 2, along(lower) - b.width() / 2);
		return shared > BESIDE * Math.min(a.width(), b.width());
	}

	// -- Order of blocks --

	private static double[] box(final TextBlock block) {
		final double[] out = { Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE };
		for (final TextLine line : block.lines()) for (final double[] c : line.quad().corners()) {
			out[0] = Math.min(out[0], c[0]);
			out[1] = Math.min(out[1], c[1]);
			out[2] = Math.max(out[2], c[0]);
			out[3] = Math.max(out[3], c[1]);
		}
		return out;
	}

	/** Cuts along gaps, rows first; where there is no gap in either direction, what is higher comes first. */
	private static void cut(final List<TextBlock> blocks, final boolean rows, final boolean failed,
		final List<TextBlock> out)
	{
		if (blocks.size() < 2) {
			out.addAll(blocks);
			return;
		}
		final int axis = rows ? 1 : 0;
		final List<TextBlock> sorted = new ArrayList<>(blocks);
		final ToDoubleFunction<TextBlock> start = b -> box(b)[axis];
		sorted.sort(Comparator.comparingDouble(start).thenComparingDouble(b -> box(b)[1 - axis]));
		final List<List<TextBlock>> parts = new ArrayList<>();
		double end = -Double.MAX_VALUE;
		for (final TextBlock b : sorted) {
			final double[] box = box(b);
			// Boxes are a little larger than their letters and may touch.
			final double tolerance = 0.25 * Math.min(box[2] - box[0], box[3] - box[1]);
			if (parts.isEmpty() || box[axis] >= end - tolerance) parts.add(new ArrayList<>());
			parts.get(parts.size() - 1).add(b);
			end = Math.max(end, box[axis + 2]);
		}
		if (parts.size() > 1) for (final List<TextBlock> part : parts) cut(part, !rows, false, out);
		else if (!failed) cut(blocks, !rows, true, out);
		else {
			sorted.sort(Comparator.<TextBlock> comparingDouble(b -> box(b)[1]).thenComparingDouble(b -> box(b)[0]));
			out.addAll(sorted);
		}
	}
}
