package org.layerj.io.formats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.layers.Bounds;

/**
 * What groups and clipping do to their layers, worked into the layers themselves so that they composite to the same
 * without groups. All layers blend normally.
 * <p>
 * A group of layers that cover A together and of which a share g is shown lets more shine through where layers overlap
 * than its layers would, each at g. So a layer below others keeps {@code (1 - A) / (1 - g A)} of its alpha, A being
 * what those above it cover: then every layer has g times the weight in the picture that it had in the group. Passing
 * through or isolated makes no difference to layers that blend normally. Clipped layers are a group of which as much is
 * shown as their base covers.
 */
final class PsdGroups {

	private static final double NOTHING = 1e-9;

	private PsdGroups() {}

	/** Shows a share of some layers as a group; they are given from the bottom to the top. */
	static void show(final List<PsdPart> parts, final double opacity, final Optional<PsdMask> mask) {
		if (parts.isEmpty() || opacity == 1 && mask.isEmpty()) return;
		final Bounds all = all(parts);
		final double[] above = new double[all.width()];
		for (int y = all.y(); y < all.bottom(); y++) {
			Arrays.fill(above, 0);
			for (int k = parts.size() - 1; k >= 0; k--) {
				final PsdPart part = parts.get(k);
				final Bounds b = part.bounds();
				if (y < b.y() || y >= b.bottom()) continue;
				for (int x = b.x(); x < b.right(); x++) {
					final double shown = mask.isPresent() ? mask.get().at(x, y) / 255.0 : 1;
					final double over = above[x - all.x()];
					final double covers = part.alpha(x, y) * part.opacity;
					part.scale(x, y, part.visible ? shown * share(1 - over, 1 - opacity * shown * over) : shown);
					if (part.visible) above[x - all.x()] += covers * (1 - over);
				}
			}
		}
		parts.forEach(p -> p.opacity *= opacity);
	}

	/** Clips layers to those of a base, a layer or what was a group. */
	static void clip(final List<PsdPart> base, final List<PsdPart> clipped) {
		if (base.isEmpty() || clipped.isEmpty()) return;
		final boolean hidden = base.stream().noneMatch(p -> p.visible);
		if (hidden) clipped.forEach(p -> p.visible = false);
		final Bounds all = all(Stream.concat(base.stream(), clipped.stream()).toList());
		final double[] covered = new double[all.width()];
		final double[] above = new double[all.width()];
		final double[] inside = new double[all.width()];
		final double[] weight = new double[all.width()];
		for (int y = all.y(); y < all.bottom(); y++) {
			cover(base, y, all, hidden, covered);
			Arrays.fill(above, 0);
			for (int k = clipped.size() - 1; k >= 0; k--) {
				final PsdPart part = clipped.get(k);
				final Bounds b = part.bounds();
				if (y < b.y() || y >= b.bottom()) continue;
				for (int x = b.x(); x < b.right(); x++) {
					final int i = x - all.x();
					final double covers = part.alpha(x, y) * part.opacity;
					part.scale(x, y, covered[i] * (part.visible ? share(1 - above[i], 1 - covered[i] * above[i]) : 1));
					if (part.visible) above[i] += covers * (1 - above[i]);
				}
			}
			for (int i = 0; i < weight.length; i++) weight[i] = covered[i] * above[i];
			Arrays.fill(inside, 0);
			for (int k = base.size() - 1; k >= 0 && !hidden; k--) {
				final PsdPart part = base.get(k);
				final Bounds b = part.bounds();
				if (!part.visible || y < b.y() || y >= b.bottom()) continue;
				for (int x = b.x(); x < b.right(); x++) {
					final int i = x - all.x();
					final double own = part.alpha(x, y) * part.opacity * (1 - inside[i]);
					part.scale(x, y, share((1 - inside[i]) * (1 - above[i]), 1 - weight[i]));
					inside[i] += own;
					weight[i] += own * (1 - above[i]);
				}
			}
		}
	}

	/** What layers cover together in a row. */
	private static void cover(final List<PsdPart> parts, final int y, final Bounds all, final boolean hidden,
		final double[] out)
	{
		Arrays.fill(out, 0);
		for (final PsdPart part : parts) {
			final Bounds b = part.bounds();
			if (!part.visible && !hidden || y < b.y() || y >= b.bottom()) continue;
			for (int x = b.x(); x < b.right(); x++)
				out[x - all.x()] += part.alpha(x, y) * part.opacity * (1 - out[x - all.x()]);
		}
	}

	/** A quotient of at most 1; where nothing is left to be seen, a layer may as well stay whole. */
	private static double share(final double part, final double whole) {
		return whole < NOTHING ? 1 : Math.min(1, part / whole);
	}

	/** Where layers lie together. */
	static Bounds all(final List<PsdPart> parts) {
		int left = Integer.MAX_VALUE;
		int top = Integer.MAX_VALUE;
		int right = Integer.MIN_VALUE;
		int bottom = Integer.MIN_VALUE;
		for (final PsdPart part : parts) {
			left = Math.min(left, part.bounds().x());
			top = Math.min(top, part.bounds().y());
			right = Math.max(right, part.bounds().right());
			bottom = Math.max(bottom, part.bounds().bottom());
		}
		return new Bounds(left, top, right - left, bottom - top);
	}
}
