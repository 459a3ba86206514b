package org.layerj.imagej.pick;

import ij.ImagePlus;
import ij.gui.GenericDialog;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.layerj.elements.Pick;
import org.layerj.imagej.open.OpenLayers;

/**
 * Asks how alike elements must be to be selected with those that are chosen; with <em>Preview</em> the selection shows
 * it at once.
 */
final class SimilarDialog {

	private SimilarDialog() {}

	/**
	 * Asks; not on the event thread.
	 *
	 * @param image whose selection shows the preview
	 * @param before the tolerance to begin with, 0 … 1
	 * @return the tolerance, with nothing selected yet but what was before; empty if the person changed their mind
	 */
	static Optional<Double> ask(final ImagePlus image, final double before) {
		final Picked picked = Picked.of(OpenLayers.require(Optional.of(image)));
		final Pick chosen = picked.pick();
		// Said before anybody is asked, if there is nothing to be similar to.
		SelectElementsPlugIn.similar(picked, chosen, before, Pick.Mode.REPLACE);
		final ExecutorService worker = Executors.newSingleThreadExecutor();
		final AtomicInteger latest = new AtomicInteger();
		final GenericDialog dialog = new GenericDialog("Select Similar");
		dialog.addSlider("Tolerance", 0, 1, before, .05);
		// ImageJ's own one for previews is left out where the image is a composite.
		dialog.addCheckbox("Preview", false);
		dialog.addDialogListener((d, e) -> {
			final double tolerance = d.getNextNumber();
			final boolean valid = !d.invalidNumber() && tolerance >= 0 && tolerance <= 1;
			final boolean preview = d.getNextBoolean() && valid;
			final int now = latest.incrementAndGet();
			// Thousands of elements take a moment, and the slider must not wait for it.
			worker.execute(() -> {
				if (now == latest.get()) picked.choose(
					preview ? SelectElementsPlugIn.similar(picked, chosen, tolerance, Pick.Mode.REPLACE) : chosen,
					image);
			});
			return valid;
		});
		dialog.showDialog();
		worker.shutdown();
		try {
			worker.awaitTermination(1, TimeUnit.MINUTES);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		picked.choose(chosen, image);
		if (dialog.wasCanceled()) return Optional.empty();
		return Optional.of(dialog.getNextNumber());
	}
}
