package org.layerj.eval;

import java.util.Arrays;
import java.util.List;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.ColourImage;
import org.layerj.layers.edit.Masks;
import org.layerj.layers.edit.Matte;

/**
 * The backdrop, filled in behind everything that is before it, and all of that in one layer with anti-aliased edges.
 */
final class BackgroundForeground implements Method {

	@Override
	public String name() {
		return "background + foreground";
	}

	@Override
	public List<RgbaImage> decompose(final RgbaImage input, final int layers) {
		final ColourImage picture = ColourImage.of(input);
		final Backdrop backdrop = Backdrop.of(picture);
		if (layers < 2 || Masks.count(backdrop.foreground()) == 0) return List.of(input);
		final boolean[] all = new boolean[picture.pixels()];
		Arrays.fill(all, true);
		final Matte matte = Matte.of(picture, backdrop.colours(), backdrop.foreground(), all);
		return List.of(backdrop.colours().toOpaque(), matte.colours().toLayer(matte.alpha()));
	}
}
