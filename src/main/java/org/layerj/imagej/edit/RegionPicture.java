package org.layerj.imagej.edit;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.imagej.stack.SourceNotes;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Region;
import org.layerj.layers.edit.RegionLayer;

/**
 * A picture that has no layers yet, made into two without any model: what is selected, and the rest, filled behind it.
 * In the picture's own samples; the two composite to the picture, bit for bit.
 */
public final class RegionPicture {

	private RegionPicture() {}

	/**
	 * @param image a picture; of a stack the current slice
	 * @param name of the layer made of the selection
	 * @return the layers as a hyperstack named after the picture, not shown
	 * @throws DecompositionException if nothing is selected
	 */
	public static ImagePlus of(final ImagePlus image, final String name) {
		final Region region = Selection.of(image)
			.orElseThrow(() -> new DecompositionException("There is no selection in the image " + image.getTitle()
				+ "; mark the region that is to become a layer."));
		final int slice = ImagePictures.currentNumber(image);
		final ImagePictures.Seen seen = ImagePictures.at(image, slice);
		final LayerStack whole = RegionLayer.whole(seen.image(), seen.samples());
		final ImagePlus layers = Hyperstacks.of(RegionLayer.lift(whole, whole.get(0).id(), region, "region", name),
			image.getShortTitle() + "-layers");
		Hyperstacks.calibrate(layers, image.getCalibration());
		SourceNotes.of(image, List.of(slice)).write(layers);
		return layers;
	}

	/** Whether an image is a picture without layers. */
	public static boolean isPlain(final Optional<ImagePlus> image) {
		return image.filter(i -> i.getProcessor() != null && !Hyperstacks.isLayers(i) && OpenLayers.known(i).isEmpty())
			.isPresent();
	}
}
