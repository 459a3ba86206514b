package org.layerj.imagej;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.filter.ThresholdToSelection;
import ij.plugin.frame.RoiManager;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import java.awt.HeadlessException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.open.LayerRoi;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Latin;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/**
 * <em>Plugins › Decompose Layers › Layers to ROI Manager</em>: the outline of every visible layer, around the pixels
 * that are at least half opaque, added to the ROI Manager under the layer's name. Layers without such pixels have none.
 */
public final class LayersToRoisPlugIn extends LayerPlugIn {

	private static final int HALF = 128;

	public LayersToRoisPlugIn() {
		super("Layers to ROI Manager");
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		final RoiManager manager = manager();
		for (final Layer layer : open.layers().layers()) if (layer.visible()) outline(layer).ifPresent(manager::addRoi);
		return Optional.empty();
	}

	/** Where a layer is at least half opaque, its own opacity aside; empty if it is nowhere. */
	static Optional<Roi> outline(final Layer layer) {
		final ImageProcessor alpha = new ByteProcessor(layer.bounds().width(), layer.bounds().height(),
			layer.pixels().plane(RgbaImage.ALPHA).clone());
		alpha.setThreshold(HALF, 255, ImageProcessor.NO_LUT_UPDATE);
		final Optional<Roi> outline = Optional.ofNullable(new ThresholdToSelection().convert(alpha));
		outline.ifPresent(roi -> {
			roi.setLocation(layer.bounds().x() + roi.getBounds().x, layer.bounds().y() + roi.getBounds().y);
			roi.setName(layer.name());
			roi.setProperty(LayerRoi.ID, Latin.escape(layer.id()));
		});
		return outline;
	}

	/** The one that is open, or that of a macro in batch mode, or a new one. */
	public static RoiManager manager() {
		return manager(() -> openManager().orElseGet(RoiManager::new));
	}

	/** The one that is open, or that of a macro in batch mode. */
	public static Optional<RoiManager> openManager() {
		return manager(() -> Optional.ofNullable(RoiManager.getInstance2()));
	}

	private static <T> T manager(final Supplier<T> asked) {
		try {
			return asked.get();
		}
		catch (final HeadlessException e) {
			// Fiji has one without a screen, plain ImageJ has not.
			throw new DecompositionException("ImageJ has no ROI Manager without a screen.", e);
		}
	}
}
