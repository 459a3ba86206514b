package org.layerj.imagej.stack;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.OneBitMarks;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.Mask;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Provenance;
import org.layerj.provenance.ProvenanceText;
import org.layerj.tracking.Fingerprints;
import org.layerj.tracking.PixelTracking;

/**
 * What a hyperstack's properties say of where pixels come from: a record and prints per layer and frame, and the
 * picture's own. Properties survive TIFF and most of ImageJ's commands, but commands do not know them: so what is read
 * is {@linkplain PixelTracking followed} through what was done to the pixels since.
 */
public final class StackProvenance {

	/** Image property: that there are records, and of which version. */
	static final String KEY = "decompose.provenance";
	static final String VERSION = "1";
	/** Image property: the picture's own provenance. */
	static final String ORIGIN = "decompose.origin";

	private static final String RECORD = "provenance.";
	private static final String PRINTS = "prints.";
	/** Of files written before there were records: one bit for each pixel that was not observed. */
	private static final String ONE_BIT = "synthetic.";

	private StackProvenance() {}

	/** Properties for one layer of a frame, counted from 1. */
	static Map<String, String> of(final Layer layer, final int frame, final int width, final int height) {
		final Map<String, String> properties = new LinkedHashMap<>();
		properties.put(key(RECORD, layer.id(), frame), ProvenanceText.of(layer.provenance()));
		properties.put(key(PRINTS, layer.id(), frame), Fingerprints.text(layer, width, height));
		return properties;
	}

	/** Whether a property is one of a frame's layers, of whatever version. */
	public static boolean isOf(final String key, final int frame) {
		return List.of(RECORD, PRINTS, ONE_BIT).stream().anyMatch(name -> key.startsWith(key(name, "", frame)));
	}

	/** Where the picture itself comes from. */
	public static PictureOrigin origin(final ImagePlus image) {
		return Optional.ofNullable(image.getProp(ORIGIN)).map(PictureOrigin::parse).orElse(PictureOrigin.NONE);
	}

	/** Notes where the picture itself comes from. */
	public static void keep(final PictureOrigin origin, final ImagePlus image) {
		image.setProp(ORIGIN, origin.text());
	}

	/**
	 * The provenance of the layers of a frame as it is now.
	 *
	 * @param labels of the slices
	 * @param now what they hold
	 * @param to the bounds of the layers
	 */
	static List<Provenance> read(final ImagePlus image, final int frame, final List<LayerLabel> labels,
		final List<PixelTracking.Now> now, final List<Bounds> to)
	{
		if (image.getProp(KEY) == null) return oneBit(image, frame, labels, to);
		final List<Optional<PixelTracking.Known>> known = new ArrayList<>();
		for (final LayerLabel label : labels) known.add(known(image, frame, label));
		return PixelTracking.of(known, now, to);
	}

	private static Optional<PixelTracking.Known> known(final ImagePlus image, final int frame, final LayerLabel label) {
		if (label.id().isEmpty() || label.bounds().isEmpty()) return Optional.empty();
		final Bounds b = label.bounds().get();
		final Optional<Provenance> record =
			property(image, RECORD, label, frame).flatMap(t -> ProvenanceText.parse(t, b.width(), b.height()));
		final Optional<Fingerprints> prints = property(image, PRINTS, label, frame).flatMap(Fingerprints::parse);
		return record.isEmpty() || prints.isEmpty() ? Optional.empty()
			: Optional.of(new PixelTracking.Known(b, record.get(), prints.get()));
	}

	private static Optional<String> property(final ImagePlus image, final String name, final LayerLabel label,
		final int frame)
	{
		return Optional.ofNullable(image.getProp(key(name, label.id().orElse(""), frame)));
	}

	/** Files of before hold no more than which pixels were not observed, and nothing where all were. */
	private static List<Provenance> oneBit(final ImagePlus image, final int frame, final List<LayerLabel> labels,
		final List<Bounds> to)
	{
		final boolean sameCanvas = Hyperstacks.canvas(image).equals(image.getProp(Hyperstacks.CANVAS));
		final Optional<String> run = Optional.ofNullable(image.getProp(Hyperstacks.RUN));
		final List<Provenance> out = new ArrayList<>();
		for (int k = 0; k < labels.size(); k++) {
			final LayerLabel label = labels.get(k);
			final Bounds t = to.get(k);
			final Optional<Mask> mask = label.bounds()
				.filter(b -> sameCanvas)
				.flatMap(b -> property(image, ONE_BIT, label, frame).flatMap(MaskText::parse)
					.filter(m -> m.width() == b.width() && m.height() == b.height()));
			out.add(mask.map(m -> {
				final Bounds b = label.bounds().get();
				return OneBitMarks.of(m, run).gather(t.width(), t.height(), i -> {
					final int x = t.x() + i % t.width();
					final int y = t.y() + i / t.width();
					return b.contains(x, y) ? (y - b.y()) * b.width() + x - b.x() : -1;
				});
			}).orElse(Provenance.observed(t.width(), t.height())));
		}
		return out;
	}

	/** The key of a property of a layer in a frame. */
	static String key(final String name, final String id, final int frame) {
		return (frame == 1 ? "decompose." : Hyperstacks.FRAME + frame + ".") + name + Latin.escape(id);
	}
}
