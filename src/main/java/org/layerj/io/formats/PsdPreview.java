package org.layerj.io.formats;

import java.util.Locale;
import java.util.Optional;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * Compares layers with the picture that their file holds of itself: whether they look as the program that wrote it has
 * seen them.
 */
final class PsdPreview {

	/** Rounding of alpha and of blended colours, together, in levels of 255. */
	private static final int ROUNDING = 2;
	private static final int BAND = 64;

	private PsdPreview() {}

	/**
	 * A note on how they differ; none if they do not.
	 *
	 * @param preview the file's own picture, as large as the canvas. Where it is transparent, programs have mixed its
	 * colours with white, or not
	 */
	static Optional<String> difference(final LayerStack stack, final RgbaImage preview) {
		long differ = 0;
		int most = 0;
		int at = 0;
		for (int top = 0; top < stack.height(); top += BAND) {
			final int rows = Math.min(BAND, stack.height() - top);
			final RgbaImage band = RowImage.band(stack, top, rows);
			for (int i = 0; i < rows * stack.width(); i++) {
				final int p = top * stack.width() + i;
				final int difference =
					Math.min(difference(band, i, preview, p, false), difference(band, i, preview, p, true));
				if (difference > ROUNDING) differ++;
				if (difference > most) {
					most = difference;
					at = p;
				}
			}
		}
		if (differ == 0) return Optional.empty();
		return Optional.of(String.format(Locale.ROOT,
			"The layers together differ from the file's own preview in %.3g %% of the pixels, by up to %d of 255 levels at %d, %d.",
			100.0 * differ / ((double) stack.width() * stack.height()), most, at % stack.width(), at / stack.width()));
	}

	private static int difference(final RgbaImage ours, final int i, final RgbaImage theirs, final int k,
		final boolean mixed)
	{
		int most = Math.abs((ours.plane(RgbaImage.ALPHA)[i] & 0xff) - (theirs.plane(RgbaImage.ALPHA)[k] & 0xff));
		// Before a picture that is opaque because its alpha was not kept, only what is seen counts.
		if (theirs.plane(RgbaImage.ALPHA)[k] == -1) most = 0;
		for (int c = 0; c < 3; c++)
			most = Math.max(most,
				Math.abs(onWhite(ours, c, i) - (mixed ? theirs.plane(c)[k] & 0xff : onWhite(theirs, c, k))));
		return most;
	}

	private static int onWhite(final RgbaImage image, final int c, final int i) {
		final int a = image.plane(RgbaImage.ALPHA)[i] & 0xff;
		return ((image.plane(c)[i] & 0xff) * a + 255 * (255 - a) + 127) / 255;
	}
}
