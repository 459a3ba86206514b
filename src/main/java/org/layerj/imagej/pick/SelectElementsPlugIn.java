package org.layerj.imagej.pick;

import ij.ImagePlus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.elements.Element;
import org.layerj.elements.ElementQuery;
import org.layerj.elements.Elements;
import org.layerj.elements.Likeness;
import org.layerj.elements.Pick;
import org.layerj.imagej.LayerStackPlugIn;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.OpenLayers;

/**
 * <em>Plugins › Decompose Layers › Select Elements...</em>: chooses elements of the current layers, which become
 * ImageJ's selection. <pre>
 * run("Select Elements...", "x=120 y=80 clicks=2");          // as the Layer Picker does by clicks
 * run("Select Elements...", "x=10 y=10 width=90 height=50"); // all that is wholly inside
 * run("Select Elements...", "words=[red curve left]");       // by role, colour, place, "number", "containing ..."
 * run("Select Elements...", "similar tolerance=0.25");       // like what is chosen
 * run("Select Elements...", "like=[kind=part role=mark colour=#d02020 size=7x25] tolerance=0.25"); // in any picture
 * </pre> {@code mode} is replace, add or subtract; {@code clicks} below 0 takes the letter or smallest piece there.
 */
public final class SelectElementsPlugIn extends LayerStackPlugIn {

	/** Name in menu and macros. */
	static final String COMMAND = "Select Elements...";

	public SelectElementsPlugIn() {
		super(COMMAND, Option.text("words", ""), Option.text("x", ""), Option.text("y", ""), Option.text("clicks", "1"),
			Option.text("width", ""), Option.text("height", ""), Option.choice("mode", "replace", "add", "subtract"),
			Option.flag("similar"), Likenesses.LIKE, Likenesses.TOLERANCE);
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final Picked picked = Picked.of(OpenLayers.require(image));
		final Elements elements = picked.elements();
		final Pick.Mode mode = Pick.Mode.valueOf(values.get("mode").toUpperCase(Locale.ROOT));
		final boolean place = !values.get("x").isEmpty() || !values.get("y").isEmpty();
		final boolean similar = Boolean.parseBoolean(values.get("similar"));
		final String words = values.get("words");
		final String like = values.get("like");
		if ((place ? 1 : 0) + (similar ? 1 : 0) + (words.isBlank() ? 0 : 1) + (like.isBlank() ? 0 : 1) != 1)
			throw new InvalidOptionException("words",
				"Say which elements by one of: words, a point x and y, like, or similar.");
		final Pick chosen;
		if (!values.get("width").isEmpty() || !values.get("height").isEmpty()) chosen = boxed(picked, values, mode);
		else if (place) chosen = clicked(picked, values, mode);
		else if (similar) chosen = similar(picked, picked.pick(), number(values, "tolerance", 0, 1), mode);
		else if (!like.isBlank()) chosen = all(elements, picked.pick(), like(elements, values), mode);
		else chosen = all(elements, picked.pick(), found(elements, words), mode);
		picked.choose(chosen, image.orElseThrow());
		return Optional.empty();
	}

	private static List<Element> found(final Elements elements, final String words) {
		final List<Element> found;
		try {
			found = ElementQuery.find(elements, words);
		}
		catch (final ElementQuery.UnknownWordException e) {
			throw new InvalidOptionException("words", e.getMessage());
		}
		if (found.isEmpty()) throw new DecompositionException(
			"No element matches \"" + words.strip() + "\"; leave a word out, or give a point x and y.");
		return found;
	}

	private static Pick boxed(final Picked picked, final Map<String, String> values, final Pick.Mode mode) {
		final Elements elements = picked.elements();
		final int x = (int) number(values, "x", 0, elements.width() - 1);
		final int y = (int) number(values, "y", 0, elements.height() - 1);
		return picked.pick()
			.box(elements, x, y, x + (int) number(values, "width", 1, elements.width()),
				y + (int) number(values, "height", 1, elements.height()), mode);
	}

	private static Pick clicked(final Picked picked, final Map<String, String> values, final Pick.Mode mode) {
		final Elements elements = picked.elements();
		final int x = (int) number(values, "x", 0, elements.width() - 1);
		final int y = (int) number(values, "y", 0, elements.height() - 1);
		final int clicks = (int) number(values, "clicks", -1, 100);
		if (elements.at(x, y).isEmpty()) throw new DecompositionException(
			"There is no element at " + x + ", " + y + "; give a point that lies on one.");
		// As if nothing had been clicked before: a macro says the same whatever came before it.
		Pick pick = mode == Pick.Mode.REPLACE ? Pick.NONE : picked.pick().ended();
		if (clicks < 0) return pick.click(elements, x, y, mode, false);
		for (int k = 0; k < Math.max(1, clicks); k++) pick = pick.click(elements, x, y, mode, true);
		return pick;
	}

	/** What is like what was chosen before. */
	static Pick similar(final Picked picked, final Pick before, final double tolerance, final Pick.Mode mode) {
		final Elements elements = picked.elements();
		final List<Element> chosen = before.chosen(elements);
		if (chosen.isEmpty()) throw new DecompositionException(
			"No element is chosen, so there is nothing to be similar to; click one with the Layer Picker first.");
		Pick pick = mode == Pick.Mode.REPLACE ? Pick.NONE : before;
		for (final Element e : chosen)
			pick = all(elements, pick, ElementQuery.like(elements, Likeness.to(e), tolerance),
				mode == Pick.Mode.SUBTRACT ? mode : Pick.Mode.ADD);
		return pick.ended();
	}

	/** The elements that the options {@code like} and {@code tolerance} mean. */
	static List<Element> like(final Elements elements, final Map<String, String> values) {
		final List<Element> found = Likenesses.find(elements, Likenesses.of(values.get("like")),
			number(values, Likenesses.TOLERANCE.key(), 0, 1));
		if (found.isEmpty()) throw new NothingLikeItException();
		return found;
	}

	/** A picture may have nothing of the kind, as one of many does. */
	static final class NothingLikeItException extends DecompositionException {

		private static final long serialVersionUID = 1L;

		NothingLikeItException() {
			super("There is no element like that; try a larger tolerance.");
		}
	}

	private static Pick all(final Elements elements, final Pick before, final List<Element> found,
		final Pick.Mode mode)
	{
		Pick pick = mode == Pick.Mode.REPLACE ? Pick.NONE : before;
		for (final Element e : found) pick = pick.with(elements, e, mode == Pick.Mode.SUBTRACT ? mode : Pick.Mode.ADD);
		return pick.ended();
	}

	private static double number(final Map<String, String> values, final String key, final double least,
		final double most)
	{
		try {
			final double v = Double.parseDouble(values.get(key).strip());
			if (v >= least && v <= most) return v;
		}
		catch (final NumberFormatException e) {
			// As if it were out of range.
		}
		throw new InvalidOptionException(key, "The option " + key + " must be a number from " + (int) least + " to "
			+ (int) most + ", not " + values.get(key) + ".");
	}
}
