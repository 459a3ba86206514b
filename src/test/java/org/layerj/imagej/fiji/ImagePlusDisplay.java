package org.layerj.imagej.fiji;

import ij.ImagePlus;
import org.scijava.display.AbstractDisplay;
import org.scijava.display.Display;
import org.scijava.plugin.Plugin;

/**
 * Stands for imagej-legacy's {@code DefaultImagePlusDisplay}: what becomes of a command's image outputs in Fiji, and is
 * kept by the object service.
 */
@Plugin(type = Display.class)
public final class ImagePlusDisplay extends AbstractDisplay<ImagePlus> {

	/** For SciJava. */
	public ImagePlusDisplay() {
		super(ImagePlus.class);
	}
}
