package org.layerj.imagej.open;

import ij.ImagePlus;
import ij.measure.Calibration;
import java.util.Optional;
import java.util.Set;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.StackProvenance;

/**
 * What of a hyperstack is not in its layers and would be lost when somebody closes it: calibration, the records of
 * runs, notes of the picture.
 */
final class Closed {

	/** Those that {@link Hyperstacks} writes anew. */
	private static final Set<String> OF_LAYERS = Set.of(Hyperstacks.FORMAT, Hyperstacks.CANVAS, Hyperstacks.VALUES);

	private Optional<Object> info = Optional.empty();
	private Calibration calibration = new Calibration();

	Closed(final ImagePlus image) {
		remember(image);
	}

	/** Notes what an image forgets when it is closed; as long as it is open. */
	void remember(final ImagePlus image) {
		info = Optional.ofNullable(image.getProperty("Info"));
		calibration = image.getCalibration().copy();
	}

	/** Gives it to the image that takes the place of the closed one, which still knows its text properties. */
	ImagePlus restore(final ImagePlus closed, final ImagePlus image) {
		if (closed.getImageProperties() != null)
			for (final String key : closed.getImageProperties().stringPropertyNames())
			{
				if (!OF_LAYERS.contains(key) && !StackProvenance.isOf(key, 1) && !key.startsWith(Hyperstacks.FRAME))
					image.setProp(key, closed.getProp(key));
			}
		info.ifPresent(i -> image.setProperty("Info", i));
		image.setCalibration(calibration);
		return image;
	}
}
