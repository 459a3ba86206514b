package org.layerj.io.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.layerj.io.header.Broken;

/** Files by name: a ZIP's, or a folder's. */
interface LayerSource {

	/** All names. */
	List<String> names();

	/** The content; none if there is no such file. */
	Optional<InputStream> open(String name) throws IOException;

	/**
	 * The content of a file that is text; throws {@link Broken} if that is longer than any can be. None if there is no
	 * such file.
	 */
	Optional<byte[]> text(String name) throws IOException;
}
