package org.layerj.imagej;

import ij.ImagePlus;
import ij.measure.Calibration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of a hyperstack is not in its layers and would be lost when somebody closes it: calibration, the record of the run, notes of the picture. */
final class Closed {

	private final Map<String, String> properties = new HashMap<>();
	private final Optional<Object> info;
	private Calibration calibration;

	Closed(final ImagePlus image) {
		for (final String key : image.getImageProperties().stringPropertyNames()) {
			if (!key.startsWith(Hyperstacks.SYNTHETIC) && !key.startsWith(Hyperstacks.FRAME)) properties.put(key, image.getProp(key));
		}
		properties.keySet().removeAll(Set.of(Hyperstacks.FORMAT, Hyperstacks.CANVAS, Hyperstacks.VALUES));
		info = Optional.ofNullable(image.getProperty("Info"));
		calibration = image.getCalibration().copy();
	}

	/** As long as it is open. */
	void remember(final ImagePlus image) {
		calibration = image.getCalibration().copy();
	}

	/** Gives it to the image that takes its place. */
	ImagePlus restore(final ImagePlus image) {
		properties.forEach(image::setProp);
		info.ifPresent(i -> image.setProperty("Info", i));
		image.setCalibration(calibration);
		return image;
	}
}
