package org.layerj.decompose;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import org.layerj.elements.Element;
import org.layerj.elements.Elements;
import org.layerj.elements.LayerTitle;
import org.layerj.elements.LayerElements;
import org.layerj.elements.Pick;
import org.layerj.elements.Runs;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.edit.Assign;
import org.layerj.layers.edit.Stacking;

/**
 * A layer assignment given before decomposing: the visible content of a region goes to the layer of this name, whatever
 * the model says. {@code background} is the lowest layer; an unknown name makes a new layer.
 *
 * @param layer name of the layer
 * @param region of the picture
 * @param points whether the region's pixels are points, which stand for the elements they are on
 */
public record Hint(String layer, Region region, boolean points) {

	/** The layers with what is seen in each region in the layer of its name, one after the other; they are recorded. */
	static Decomposition apply(final Decomposition found, final List<Hint> hints) {
		if (hints.isEmpty()) return found;
		LayerStack stack = found.layers();
		final Elements elements = found.elements().orElseGet(() -> LayerElements.of(found.layers()));
		for (final Hint hint : hints) {
			final Optional<Region> region = hint.points ? at(elements, hint.region) : Optional.of(hint.region);
			if (region.isEmpty()) continue;
			final Optional<Layer> layer = named(stack, hint.layer);
			stack = layer.isPresent() ? Assign.to(stack, region.get(), layer.get().id(), true)
				: Assign.toNew(stack, region.get(), Stacking.freshId(stack, "hint"), hint.layer, true);
		}
		final LayerStack hinted = stack;
		return new Decomposition(hinted, found.run().withHints(hints), found.elements().map(e -> e.inLayersOf(hinted)));
	}

	/**
	 * Checks hints before a run.
	 *
	 * @param hints to be checked
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @throws DecompositionException if one lies wholly outside of a picture of this size
	 */
	public static void check(final List<Hint> hints, final int width, final int height) {
		for (final Hint hint : hints)
			if (hint.region.on(width, height).isEmpty()) throw new DecompositionException(
				"The hint " + hint.layer + " lies outside of the picture; move it, or remove it.");
	}

	private static Optional<Layer> named(final LayerStack stack, final String name) {
		final Optional<Layer> named = stack.layers()
			.stream()
			.filter(l -> l.name().strip().equalsIgnoreCase(name))
			.findFirst()
			.or(() -> stack.layers()
				.stream()
				.filter(l -> LayerTitle.role(l.name()).filter(name::equalsIgnoreCase).isPresent())
				.findFirst());
		return named.isEmpty() && name.equalsIgnoreCase("background") ? Optional.of(stack.get(0)) : named;
	}

	private static Optional<Region> at(final Elements elements, final Region points) {
		final List<Element> some = new ArrayList<>();
		final Bounds b = points.bounds();
		for (int y = b.y(); y < b.bottom(); y++)
			for (int x = b.x(); x < b.right(); x++)
				if (points.contains(x, y)) elements.at(x, y).ifPresent(e -> some.add(Pick.first(elements, e)));
		return some.isEmpty() ? Optional.empty() : Optional.of(elements.region(some));
	}

	/** As a part of the run record. */
	static JsonArray json(final List<Hint> hints) {
		final JsonArray all = new JsonArray();
		for (final Hint hint : hints) {
			final JsonObject one = new JsonObject();
			one.addProperty("layer", hint.layer);
			if (hint.points) one.addProperty("points", true);
			final Bounds b = hint.region.bounds();
			final JsonArray bounds = new JsonArray();
			for (final int v : new int[] { b.x(), b.y(), b.width(), b.height() }) bounds.add(v);
			one.add("bounds", bounds);
			hint.region.mask()
				.ifPresent(m -> one.addProperty("mask",
					Runs.of(IntStream.range(0, m.width() * m.height()).map(i -> m.get(i) ? 1 : 0).toArray())));
			all.add(one);
		}
		return all;
	}

	/** What {@link #json} made; throws {@link IllegalArgumentException} or one of Gson's if it is something else. */
	static List<Hint> parse(final JsonArray all) {
		final List<Hint> hints = new ArrayList<>();
		for (final JsonElement e : all) {
			final JsonObject one = e.getAsJsonObject();
			final JsonArray b = one.getAsJsonArray("bounds");
			final Bounds bounds =
				new Bounds(b.get(0).getAsInt(), b.get(1).getAsInt(), b.get(2).getAsInt(), b.get(3).getAsInt());
			hints.add(new Hint(one.get("layer").getAsString(), new Region(bounds, mask(one, bounds)),
				one.has("points") && one.get("points").getAsBoolean()));
		}
		return hints;
	}

	private static Optional<Mask> mask(final JsonObject one, final Bounds bounds) {
		if (!one.has("mask")) return Optional.empty();
		try {
			final int[] set = Runs.parse(one.get("mask").getAsString(), Math.toIntExact(bounds.area()));
			return Optional.of(Mask.of(bounds.width(), bounds.height(), i -> set[i] != 0));
		}
		catch (final DataFormatException e) {
			throw new IllegalArgumentException("The mask of a hint is damaged.", e);
		}
	}
}
