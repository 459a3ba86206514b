package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;

/**
 * Splits one layer into several: every pixel goes, unchanged, to exactly one of them. They take the place and the
 * opacity of the layer, so the picture stays the same bit for bit. Colour under transparent pixels is not kept.
 */
public final class Split {

	/** The largest number of parts. */
	public static final int MOST_PARTS = 100;

	private Split() {}

	/**
	 * What lies inside a selection becomes a layer of its own, right above the rest, which keeps the id and the name.
	 *
	 * @param stack not changed
	 * @param id of a layer of the stack
	 * @param selection as large as the canvas
	 * @param name of the new layer; blank is "… part"
	 * @return a stack with one layer more
	 * @throws EditException if nothing of the layer, or all of it, lies inside
	 */
	public static LayerStack bySelection(final LayerStack stack, final String id, final Mask selection,
		final String name)
	{
		final int index = stack.indexOf(id);
		final Layer layer = stack.get(index);
		final IntPredicate inside = inside(stack, layer, selection);
		final Optional<Layer> part = part(layer, inside);
		final Optional<Layer> rest = part(layer, i -> !inside.test(i));
		if (part.isEmpty()) throw new EditException(
			"The selection holds nothing of layer " + layer.name() + ", so there is nothing to split.");
		if (rest.isEmpty()) throw new EditException(
			"The selection holds all of layer " + layer.name() + ", so there is nothing to split.");
		final Layer above = Stacking.withId(part.get(), Stacking.freshId(stack, id))
			.withName(name.isBlank() ? layer.name() + " part" : name);
		return stack.with(rest.get()).insert(index + 1, above);
	}

	/**
	 * The largest connected parts become layers of their own, named "… 1", "… 2" from the largest on, above each other
	 * in this order; what remains, if anything, stays under them and keeps id and name. If nothing remains, the largest
	 * part keeps the id.
	 *
	 * @param stack not changed
	 * @param id of a layer of the stack
	 * @param parts how many, from 1 to {@value #MOST_PARTS}
	 * @return a stack with more layers that shows the same
	 * @throws EditException if that is no such number, or the layer is empty or in one part
	 */
	public static LayerStack byParts(final LayerStack stack, final String id, final int parts) {
		if (parts < 1 || parts > MOST_PARTS)
			throw new EditException("A layer is split into 1 to " + MOST_PARTS + " parts, not " + parts + ".");
		final int index = stack.indexOf(id);
		final Layer layer = stack.get(index);
		final Parts found = Parts.of(layer);
		if (found.sizes.size() < 2) throw new EditException("Layer " + layer.name()
			+ (found.sizes.isEmpty() ? " is empty" : " is one connected part") + ", so there is nothing to split.");
		final List<Layer> pieces = pieces(layer, found, Math.min(parts, found.sizes.size()));
		LayerStack out = stack.without(id);
		int at = index;
		boolean idTaken = false;
		final Optional<Layer> rest =
			found.sizes.size() > parts ? part(layer, i -> found.part[i] >= parts) : Optional.empty();
		if (rest.isPresent()) {
			out = out.insert(at++, rest.get());
			idTaken = true;
		}
		for (int k = 0; k < pieces.size(); k++) {
			final Layer piece = pieces.get(k).withName(layer.name() + " " + (k + 1));
			out = out.insert(at++, idTaken ? Stacking.withId(piece, Stacking.freshId(out, id)) : piece);
			idTaken = true;
		}
		return out;
	}

	/**
	 * The layer with everything inside a selection made transparent; its bounds stay.
	 *
	 * @param stack of whose canvas the selection is
	 * @param layer not changed
	 * @param selection as large as the canvas
	 * @return the layer with the same bounds
	 */
	public static Layer clear(final LayerStack stack, final Layer layer, final Mask selection) {
		final IntPredicate inside = inside(stack, layer, selection);
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		boolean any = false;
		for (int i = 0; i < alpha.length && !any; i++) any = alpha[i] != 0 && inside.test(i);
		if (!any) throw new EditException(
			"The selection holds nothing of layer " + layer.name() + ", so there is nothing to delete.");
		return Gather.cut(layer, layer.bounds(), i -> !inside.test(i));
	}

	/**
	 * A layer in parts, as small as their pixels; one that has none is a transparent pixel.
	 *
	 * @param layer not changed
	 * @param part for every pixel of the layer, row by row, the number of its part, from 0
	 * @param count how many parts
	 * @return by number
	 */
	public static List<Layer> into(final Layer layer, final int[] part, final int count) {
		final int w = layer.bounds().width();
		final int[][] box = new int[count][];
		for (int i = 0; i < part.length; i++) grow(box, part[i], i, w);
		final List<Layer> parts = new ArrayList<>();
		for (int k = 0; k < count; k++) {
			final int number = k;
			final int[] b = box[k] == null ? new int[4] : box[k];
			parts.add(Gather.cut(layer,
				new Bounds(layer.bounds().x() + b[0], layer.bounds().y() + b[1], b[2] - b[0] + 1, b[3] - b[1] + 1),
				i -> part[i] == number));
		}
		return parts;
	}

	private static void grow(final int[][] box, final int k, final int i, final int w) {
		if (box[k] == null) box[k] = new int[] { i % w, i / w, i % w, i / w };
		box[k][0] = Math.min(box[k][0], i % w);
		box[k][2] = Math.max(box[k][2], i % w);
		box[k][3] = i / w;
	}

	/** Parts in one walk over their own bounds each, since there may be many and layers large. */
	private static List<Layer> pieces(final Layer layer, final Parts found, final int count) {
		return into(layer, Arrays.stream(found.part).map(k -> k < 0 || k >= count ? count : k).toArray(), count + 1)
			.subList(0, count);
	}

	private static Optional<Layer> part(final Layer layer, final IntPredicate keep) {
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		final Layer cut = Gather.cut(layer, layer.bounds(), i -> alpha[i] != 0 && keep.test(i));
		return AlphaBounds.of(cut).map(b -> Gather.trim(cut));
	}

	/** Whether a pixel of the layer lies in the selection; beyond the canvas nothing does. */
	private static IntPredicate inside(final LayerStack stack, final Layer layer, final Mask selection) {
		if (selection.width() != stack.width() || selection.height() != stack.height())
			throw new IllegalArgumentException("The " + selection + " is not as large as the canvas.");
		final Bounds b = layer.bounds();
		final IntUnaryOperator onCanvas = i -> {
			final int x = b.x() + i % b.width();
			final int y = b.y() + i / b.width();
			return x < 0 || y < 0 || x >= stack.width() || y >= stack.height() ? -1 : y * stack.width() + x;
		};
		return i -> {
			final int p = onCanvas.applyAsInt(i);
			return p >= 0 && selection.get(p);
		};
	}
}
