package org.layerj.classic;

import java.util.List;
import org.layerj.layers.RgbaImage;

/** The backdrop, filled in behind everything that is drawn on it, and all of that in one layer with soft rims. */
public final class BackgroundForeground implements Method {

	@Override
	public String name() {
		return "background + foreground";
	}

	@Override
	public List<RgbaImage> decompose(final RgbaImage input, final int layers) {
		final ColourImage picture = ColourImage.of(input);
		final Backdrop backdrop = Backdrop.of(picture);
		if (layers < 2 || Masks.count(backdrop.ink()) == 0) return List.of(input);
		final Matte matte = Matte.of(picture, backdrop);
		return List.of(backdrop.colours().toOpaque(), matte.colours().toLayer(matte.alpha()));
	}
}
