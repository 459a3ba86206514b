package org.layerj.remote;

import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;

/** A server with a model that edits pictures by words. */
public interface EditServer {

	/** What it is; numbers of layers mean nothing here. */
	ServerInfo info();

	/**
	 * Whether it looks at {@link ImageEdit#mask}; otherwise all of the picture may come back changed, and it is the
	 * caller's part to keep what is outside.
	 */
	boolean masks();

	/**
	 * Has a picture edited. Whatever goes wrong, or if the progress stops it, nothing is left to be computed there, as
	 * far as the kind of server allows.
	 *
	 * @return the whole picture as the model made it, in about the proportions of the one sent
	 * @throws ServerException if it could not be done
	 */
	RgbaImage edit(ImageEdit request, Progress progress);
}
