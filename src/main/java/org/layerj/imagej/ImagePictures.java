package org.layerj.imagej;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.util.Arrays;
import org.layerj.decompose.DecompositionException;
import org.layerj.layers.RgbaImage;

/**
 * What an ImageJ window shows, as a picture: the current slice with its lookup table and display range; of a composite image the
 * channels as they are blended; without overlays. Of a stack of layers, the current layer with its alpha.
 */
final class ImagePictures {

	private ImagePictures() {}

	/** Throws {@link DecompositionException} if there is nothing to see. */
	static RgbaImage of(final ImagePlus image) {
		if (image.getWidth() < 1 || image.getHeight() < 1 || image.getProcessor() == null) throw new DecompositionException(DecomposeRun.NO_IMAGE);
		if (Hyperstacks.isLayers(image)) return Hyperstacks.current(image);
		final int[] rgb = (int[]) (image.isComposite() ? new ColorProcessor(image.getImage()) : rgb(image.getProcessor())).getPixels();
		// ImageJ does not care what is in the alpha byte of its RGB images.
		return RgbaImage.ofArgb(image.getWidth(), image.getHeight(), Arrays.stream(rgb).map(p -> p | 0xff000000).toArray());
	}

	private static ImageProcessor rgb(final ImageProcessor pixels) {
		return pixels instanceof ColorProcessor ? pixels : pixels.convertToRGB();
	}
}
