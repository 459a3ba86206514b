package org.layerj.imagej.stack;

import ij.ImagePlus;
import java.util.Optional;
import org.layerj.elements.Elements;
import org.layerj.elements.ElementsJson;
import org.layerj.layers.LayerStack;

/** The elements of a hyperstack's picture, in its properties: those of what it showed when it was made. */
public final class StackElements {

	/** Image property: the elements of the first frame ({@link ElementsJson}). */
	public static final String KEY = "decompose.elements";

	private StackElements() {}

	/** The property with a frame's record. */
	public static String key(final int frame) {
		return frame == 1 ? KEY : Hyperstacks.FRAME + frame + ".elements";
	}

	/**
	 * Gives a hyperstack the record of the elements of one of its frames.
	 *
	 * @param record as JSON
	 * @param frame counted from 1
	 */
	public static void keep(final String record, final ImagePlus image, final int frame) {
		image.setProp(key(frame), Latin.json(record));
	}

	/**
	 * Gives a hyperstack the elements of one of its frames.
	 *
	 * @param layers that show them
	 * @param frame counted from 1
	 */
	public static void keep(final Elements elements, final LayerStack layers, final ImagePlus image, final int frame) {
		keep(ElementsJson.of(elements, layers).toString(), image, frame);
	}

	/**
	 * To be called after an edit that left elements where they are, though they look otherwise: of colours, of what is
	 * written.
	 *
	 * @param before the layers of the frame before it
	 * @param after the layers of the frame after it
	 */
	public static void edited(final ImagePlus image, final int frame, final LayerStack before, final LayerStack after) {
		final String record = image.getProp(key(frame));
		if (record != null && before != after) image.setProp(key(frame), ElementsJson.edited(record, before, after));
	}

	/** Whether there is a record for a frame, be it of another picture. */
	public static boolean has(final ImagePlus image, final int frame) {
		return image.getProp(key(frame)) != null;
	}

	/**
	 * The elements of a frame, counted from 1, where its layers show them now; empty if none are known, or the layers
	 * show another picture.
	 */
	public static Optional<Elements> read(final ImagePlus image, final int frame, final LayerStack layers) {
		return Optional.ofNullable(image.getProp(key(frame))).flatMap(e -> ElementsJson.parse(e, layers));
	}
}
