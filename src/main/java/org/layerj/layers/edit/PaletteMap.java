package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.layerj.layers.Layer;
import org.layerj.layers.edit.MainColours.MainColour;

/**
 * Replaces the main colours of layers by those of a palette.
 * <p>
 * From the commonest colour on, each takes the palette's nearest colour that is still free; when all are taken, the
 * nearest. Greys, black and white stay: they tell nothing by hue, and axes and text should not become coloured. A pixel
 * that has a main colour gets the palette's exactly; a mixture of two, as at antialiased edges, becomes the same
 * mixture of their new colours; and anything else moves as its nearest main colour does.
 */
public final class PaletteMap implements IntUnaryOperator {

	/** Chroma, in {@link OkLab}, below which a colour is a grey. */
	private static final double GREY = 0.04;
	/** Levels by which a pixel may differ from a main colour and still be of that colour. */
	private static final double SAME = 6;

	private final List<Integer> from = new ArrayList<>();
	private final List<Integer> to = new ArrayList<>();

	private PaletteMap() {}

	/**
	 * A map for these layers together, so that different main colours stay different.
	 *
	 * @param layers whose colours are exchanged
	 * @param palette of the new ones
	 * @return a map of colours {@code 0xRRGGBB}
	 */
	public static PaletteMap of(final Collection<Layer> layers, final Palette palette) {
		final PaletteMap map = new PaletteMap();
		final List<Integer> free = new ArrayList<>();
		for (final MainColour main : MainColours.of(layers)) {
			final OkLab lab = OkLab.of(main.rgb());
			map.from.add(main.rgb());
			if (lab.chroma() < GREY) {
				map.to.add(main.rgb());
				continue;
			}
			if (free.isEmpty()) free.addAll(palette.colours());
			int nearest = 0;
			for (int i = 1; i < free.size(); i++)
				if (OkLab.of(free.get(i)).distance(lab) < OkLab.of(free.get(nearest)).distance(lab)) nearest = i;
			map.to.add(free.remove(nearest));
		}
		return map;
	}

	/** The new colour {@code 0xRRGGBB} of a colour. */
	@Override
	public int applyAsInt(final int rgb) {
		if (from.isEmpty()) return rgb;
		int nearest = 0;
		for (int i = 1; i < from.size(); i++)
			if (MainColours.distance2(rgb, from.get(i)) < MainColours.distance2(rgb, from.get(nearest))) nearest = i;
		if (MainColours.distance2(rgb, from.get(nearest)) <= SAME * SAME) return to.get(nearest);
		double best = Double.MAX_VALUE;
		int mixed = 0;
		for (int i = 0; i < from.size(); i++) {
			for (int k = 0; k < i; k++) {
				final double share = MainColours.share(rgb, from.get(i), from.get(k));
				final double off = MainColours.distance2(rgb, MainColours.mix(from.get(i), from.get(k), share));
				if (off >= best) continue;
				best = off;
				mixed = MainColours.mix(to.get(i), to.get(k), share);
			}
		}
		return best <= 4 * SAME * SAME ? mixed : shifted(rgb, from.get(nearest), to.get(nearest));
	}

	/** A colour that is away from its main colour in lightness and colour stays as far away from the new one. */
	private static int shifted(final int rgb, final int from, final int to) {
		if (from == to) return rgb;
		final OkLab p = OkLab.of(rgb);
		final OkLab a = OkLab.of(from);
		final OkLab b = OkLab.of(to);
		return new OkLab(p.l() + b.l() - a.l(), p.a() + b.a() - a.a(), p.b() + b.b() - a.b()).rgb();
	}
}
