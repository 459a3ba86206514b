package org.layerj.eval;

import java.util.List;
import org.layerj.layers.RgbaImage;

/** Everything in the bottom layer: what a picture scores that is not decomposed at all. */
final class OneLayer implements Method {

	@Override
	public String name() {
		return "one opaque layer";
	}

	@Override
	public List<RgbaImage> decompose(final RgbaImage picture, final int layers) {
		return List.of(picture);
	}
}
