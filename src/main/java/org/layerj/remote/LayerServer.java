package org.layerj.remote;

import java.util.List;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;

/** A server that decomposes pictures. */
public interface LayerServer {

	/** What it is. */
	ServerInfo info();

	/**
	 * Has a picture decomposed. Whatever goes wrong, or if the progress stops it, nothing is left to be computed there,
	 * as far as the kind of server allows.
	 *
	 * @param request within what {@link #info} says
	 * @return as many layers as were asked for, bottom to top, all of one size, which is about the picture's
	 * @throws ServerException if it could not be done
	 */
	List<RgbaImage> layers(LayerRequest request, Progress progress);
}
