package org.layerj.io;

import java.io.IOException;
import java.io.OutputStream;
import org.layerj.decompose.Decomposition;

/**
 * Writes the layers as one TIFF. The implementation uses ImageJ's writer, which only the package imagej may import.
 */
@FunctionalInterface
public interface TiffWriter {

	/**
	 * @param decomposition layers and record of a run
	 * @param title of the picture in the file
	 * @param out takes the file; stays open
	 * @throws IOException if it cannot be written
	 */
	void write(Decomposition decomposition, String title, OutputStream out) throws IOException;
}
