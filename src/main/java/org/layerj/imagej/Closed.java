package org.layerj.imagej;

import ij.ImagePlus;
import ij.measure.Calibration;
import java.util.Optional;

/** What of a hyperstack is not in its layers and would be lost when somebody closes it: calibration and the record of the run. */
final class Closed {

	private final Optional<String> run;
	private Calibration calibration;

	Closed(final ImagePlus image) {
		run = Optional.ofNullable(image.getProp(Hyperstacks.RUN));
		calibration = image.getCalibration().copy();
	}

	/** As long as it is open. */
	void remember(final ImagePlus image) {
		calibration = image.getCalibration().copy();
	}

	/** Gives it to the image that takes its place. */
	ImagePlus restore(final ImagePlus image) {
		run.ifPresent(r -> image.setProp(Hyperstacks.RUN, r));
		image.setCalibration(calibration);
		return image;
	}
}
