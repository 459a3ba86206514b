package org.layerj.eval;

import java.util.List;
import org.layerj.layers.RgbaImage;

/** A way to decompose pictures, as the evaluation sees it: a network or a classical algorithm. */
interface Method {

	/** What tables call it. */
	String name();

	/**
	 * Decomposes a picture.
	 *
	 * @param picture any size
	 * @param layers number of layers wanted, at least 1; a method may return fewer or more
	 * @return layers of the picture's size, bottom to top, straight alpha; at least one
	 */
	List<RgbaImage> decompose(RgbaImage picture, int layers);
}
