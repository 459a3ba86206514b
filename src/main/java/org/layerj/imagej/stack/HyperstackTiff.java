package org.layerj.imagej.stack;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;
import ij.measure.Calibration;
import java.io.IOException;
import java.io.OutputStream;
import org.layerj.decompose.Decomposition;

/**
 * Writes hyperstacks as ImageJ does, but says why if it cannot: ImageJ's own saver shows a dialog and forgets the
 * reason.
 */
public final class HyperstackTiff {

	private HyperstackTiff() {}

	/** The hyperstack of a decomposition, uncalibrated; the stream stays open. */
	public static void write(final Decomposition decomposition, final String title, final OutputStream out)
		throws IOException
	{
		write(Hyperstacks.of(decomposition, title, new Calibration()), out);
	}

	/** Any image in memory, with its labels, lookup tables and properties; the stream stays open. */
	public static void write(final ImagePlus image, final OutputStream out) throws IOException {
		final FileSaver saver = new FileSaver(image);
		final FileInfo info = image.getFileInfo();
		info.description = saver.getDescriptionString();
		info.info = image.getInfoProperty();
		info.sliceLabels = image.getStack().getSliceLabels();
		info.properties = image.getPropertiesAsArray();
		if (image.isComposite()) saver.saveDisplayRangesAndLuts(image, info);
		new TiffEncoder(info).write(out);
	}
}
