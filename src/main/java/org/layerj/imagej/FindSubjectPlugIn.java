package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.layers.RgbaImage;
import org.layerj.subject.FoundSubject;
import org.layerj.subject.SubjectFinder;

/**
 * <em>Plugins › Decompose Layers › Find Subject</em>: selects the salient subject of a photograph, where it is at least
 * half of a pixel, or with {@code output=mask} shows how much of each pixel it is, as an 8-bit image. Where there is no
 * subject, nothing is selected, and the mask is black.
 */
public final class FindSubjectPlugIn extends LayerPlugIn {

	/** Image property: how clearly there is a subject, 0 to 1; absent if none was found. */
	static final String CERTAINTY = "subject.certainty";
	private static final int HALF = 128;
	private static final String OUTPUT = "output";
	private static final String MASK = "mask";

	public FindSubjectPlugIn() {
		super("Find Subject", Option.choice(OUTPUT, "selection", MASK));
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final ImagePlus shown = image.orElseThrow(() -> new DecompositionException(ImagePictures.NO_IMAGE));
		final RgbaImage picture = ImagePictures.of(shown);
		final Optional<FoundSubject> found = ImageJProgress.finding(progress -> {
			try (SubjectFinder finder = new SubjectFinder()) {
				return finder.find(picture, progress);
			}
		});
		final ImageProcessor mask = new ByteProcessor(picture.width(), picture.height(),
			found.map(FoundSubject::alpha).orElseGet(() -> new byte[picture.width() * picture.height()]));
		final boolean asMask = values.get(OUTPUT).equals(MASK);
		final ImagePlus result = asMask ? new ImagePlus(shown.getShortTitle() + "-subject", mask) : shown;
		if (asMask) result.setCalibration(shown.getCalibration().copy());
		else select(shown, mask);
		result.setProp(CERTAINTY, found.map(s -> String.format(Locale.ROOT, "%.3f", s.certainty())).orElse(null));
		if (found.isEmpty()) IJ.showStatus("Find Subject: none found");
		return Optional.of(result);
	}

	private static void select(final ImagePlus image, final ImageProcessor mask) {
		image.deleteRoi();
		if (mask.getStats().max < HALF) return;
		mask.setThreshold(HALF, 255, ImageProcessor.NO_LUT_UPDATE);
		Optional.ofNullable(new ThresholdToSelection().convert(mask)).ifPresent(image::setRoi);
	}
}
