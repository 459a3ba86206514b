package org.layerj.imagej.stack;

import ij.ImagePlus;
import java.util.Optional;
import org.layerj.elements.Elements;
import org.layerj.elements.ElementsJson;

/** The elements of a hyperstack's picture, in its properties. They are those of its canvas when it was made. */
public final class StackElements {

	/** Image property: the elements of the first frame ({@link ElementsJson}). */
	public static final String KEY = "decompose.elements";

	private StackElements() {}

	/** The property with a frame's record. */
	public static String key(final int frame) {
		return frame == 1 ? KEY : Hyperstacks.FRAME + frame + ".elements";
	}

	/** Gives a hyperstack the elements of one of its frames, counted from 1. */
	public static void keep(final Elements elements, final ImagePlus image, final int frame) {
		image.setProp(key(frame), Latin.json(ElementsJson.of(elements).toString()));
	}

	/** The elements of a frame, counted from 1; empty if none are known or the canvas has become another. */
	public static Optional<Elements> read(final ImagePlus image, final int frame) {
		return Optional.ofNullable(image.getProp(key(frame)))
			.filter(e -> Hyperstacks.canvas(image).equals(image.getProp(Hyperstacks.CANVAS)))
			.flatMap(e -> ElementsJson.parse(e, image.getWidth(), image.getHeight()));
	}
}
