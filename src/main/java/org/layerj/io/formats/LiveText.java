package org.layerj.io.formats;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.Split;

/**
 * The text of a layer, for formats with live text.
 *
 * @param lines in reading order; at least one
 * @param letters pixels of each line on the canvas; empty if the layer is one text and nothing else
 * @param rest the layer without these pixels; empty if nothing is left
 */
public record LiveText(List<KnownText> lines, List<Region> letters, Optional<Layer> rest) {

	/** A reading less sure than this, 0 … 1, stays pixels: it may be wrong. */
	public static final double SURE = 0.8;

	public LiveText {
		lines = List.copyOf(lines);
		letters = List.copyOf(letters);
	}

	/**
	 * A layer that shows this text and nothing else.
	 *
	 * @param text what the layer shows
	 * @return to be written as text, with the layer's pixels as what it looks like
	 */
	public static LiveText all(final KnownText text) {
		return new LiveText(List.of(text), List.of(), Optional.empty());
	}

	/**
	 * The lines that were read for sure, by the layers that hold them.
	 *
	 * @param except ids of layers of which the text is known otherwise
	 */
	static Map<String, LiveText> of(final LayerStack stack, final List<ReadLine> read, final Set<String> except) {
		final Map<String, List<ReadLine>> byLayer = new LinkedHashMap<>();
		for (final ReadLine line : read)
			if (line.confidence() >= SURE && !except.contains(line.layer()))
				byLayer.computeIfAbsent(line.layer(), k -> new ArrayList<>()).add(line);
		final Map<String, LiveText> out = new LinkedHashMap<>();
		byLayer.forEach((id, lines) -> {
			final boolean[] letters = new boolean[stack.width() * stack.height()];
			for (final ReadLine line : lines) mark(letters, line.letters(), stack);
			final Layer rest = Split.clear(stack, stack.find(id).orElseThrow(),
				Mask.of(stack.width(), stack.height(), i -> letters[i]));
			out.put(id, new LiveText(lines.stream().map(ReadLine::text).toList(),
				lines.stream().map(ReadLine::letters).toList(), AlphaBounds.of(rest).map(b -> rest)));
		});
		return out;
	}

	/**
	 * The layer in parts that lie in each other's place without overlapping: what is no text, if anything is, and above
	 * it each line. The lowest part has what is transparent, too.
	 */
	List<Layer> parts(final Layer layer) {
		if (letters.isEmpty()) return List.of(layer);
		final int under = rest.isPresent() ? 1 : 0;
		final Bounds b = layer.bounds();
		final int[] part = new int[b.width() * b.height()];
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		for (int k = letters.size() - 1; k >= 0; k--) {
			final Bounds r = letters.get(k).bounds();
			for (int y = Math.max(b.y(), r.y()); y < Math.min(b.bottom(), r.bottom()); y++)
				for (int x = Math.max(b.x(), r.x()); x < Math.min(b.right(), r.right()); x++)
				{
					final int i = (y - b.y()) * b.width() + x - b.x();
					if (alpha[i] != 0 && letters.get(k).contains(x, y)) part[i] = k + under;
				}
		}
		return Split.into(layer, part, lines.size() + under);
	}

	private static void mark(final boolean[] letters, final Region region, final LayerStack stack) {
		final Bounds b = region.bounds();
		for (int y = Math.max(0, b.y()); y < Math.min(stack.height(), b.bottom()); y++)
			for (int x = Math.max(0, b.x()); x < Math.min(stack.width(), b.right()); x++)
				letters[y * stack.width() + x] |= region.contains(x, y);
	}
}
