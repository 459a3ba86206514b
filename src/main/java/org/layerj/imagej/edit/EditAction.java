package org.layerj.imagej.edit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.layerj.decompose.InvalidOptionException;

/**
 * What <em>Edit Layer...</em> can do, with the options each action looks at besides {@code action} and {@code layer}.
 * The words are macro API.
 */
public enum EditAction {

	RENAME("name"), DELETE(), DUPLICATE("name"),
	/** To (x, y), the upper left corner of what can be seen, or by (dx, dy). */
	MOVE("dx", "dy", "x", "y"),
	/** About (x, y), by default its middle. */
	RESIZE("scale", "width", "height", "x", "y"),
	/** Clockwise, about (x, y), by default its middle. */
	ROTATE("angle", "x", "y"),
	/** {@code to=horizontal} (left and right change places) or {@code to=vertical}. */
	FLIP("to"),
	/** {@code value} from 0 to 1. */
	OPACITY("value"), SHOW(), HIDE(),
	/** Keeps its pixels, place and opacity as they are, whatever is done, until it is unlocked. */
	LOCK(), UNLOCK(),
	/** {@code index} from 1 (the bottom), or {@code to=} top, bottom, up, down. */
	ORDER("index", "to"),
	/** With the layers named in {@code to}, separated by commas; by default the one below. */
	MERGE("to", "name"),
	/** By the selection, or into {@code parts} connected parts. */
	SPLIT("parts", "name"),
	/**
	 * Makes the selection a layer: of the {@code layer} named, or of all that is seen there; what it leaves behind is
	 * filled.
	 */
	REGION("name"),
	/** By one of these. */
	RECOLOUR("hue", "tint", "lut", "palette"),
	/** By an open {@code image} ({@code clipboard} is one) or a {@code file}. */
	REPLACE("image", "file", "fit", "alpha"),
	/**
	 * Writes {@code text} in its place; without, lifts what is written as a text selection, or puts that selection into
	 * the layer. Where the selection lies on a line that was read, {@code text} is written in its stead, in its look.
	 * {@code find} and {@code with}: wherever that was read, in all layers or the one named; {@code regex=true}: by a
	 * regular expression.
	 */
	TEXT("text", "font", "size", "tint", "x", "y", "find", "with", "regex"),
	/**
	 * Does what the words in {@code prompt} say, by the image-editing model of a server: {@code model} is its address.
	 * {@code background=plain} or {@code figure} is sent behind the layer; {@code alpha=keep} leaves its shape,
	 * {@code alpha=estimate} takes the answer's. A selection limits what becomes new.
	 */
	GENERATE("prompt", "negative", "model", "seed", "steps", "guidance", "background", "alpha"), UNDO(), REDO();

	private final List<String> keys;

	EditAction(final String... keys) {
		this.keys = List.of(keys);
	}

	/** The word for it in macros. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The options it looks at. */
	List<String> keys() {
		return keys;
	}

	/** For the list of what can be undone. */
	String title() {
		return name().charAt(0) + key().substring(1);
	}

	/** The action of this name, in capitals or not; throws {@link InvalidOptionException} if there is none. */
	public static EditAction of(final String word) {
		final String wanted = word.strip().toLowerCase(Locale.ROOT);
		if (wanted.equals("recolor")) return RECOLOUR;
		return Arrays.stream(values())
			.filter(a -> a.key().equals(wanted))
			.findFirst()
			.orElseThrow(() -> new InvalidOptionException("action",
				"The option action must be " + listed() + ", not " + word + "."));
	}

	static String listed() {
		return EditRequest.listed(Arrays.stream(values()).map(EditAction::key).toList());
	}
}
