package org.layerj.classic;

import java.util.List;
import org.layerj.layers.RgbaImage;

/** A way to take pictures apart, as the evaluation sees it: a network or a classical algorithm. */
public interface Method {

	/** What tables call it. */
	String name();

	/**
	 * Takes a picture apart.
	 *
	 * @param picture any size
	 * @param layers number of layers wanted, at least 1; a method may return fewer or more
	 * @return layers of the picture's size, bottom to top, straight alpha; at least one
	 */
	List<RgbaImage> decompose(RgbaImage picture, int layers);
}
