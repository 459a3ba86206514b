package org.layerj.imagej.edit;

import ij.IJ;
import ij.WindowManager;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.elements.LayerTitle;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.edit.ColourVision;
import org.layerj.layers.edit.LayerOnBackground;
import org.layerj.layers.edit.Palette;
import org.layerj.layers.edit.Replace;

/**
 * A field in the dialog of an action.
 *
 * @param key the option it fills in, or one of those of the dialog itself
 * @param label human-readable
 * @param value what it shows first
 * @param choices all that can be chosen; empty for free text
 * @param least left end of a slider; where it equals {@code most} there is no slider
 * @param most right end of a slider
 */
public record EditField(String key, String label, String value, List<String> choices, double least, double most) {

	/** Fields of the dialog itself: which of several options counts, and through whose eyes the preview is seen. */
	static final String WAY = "way", SEEN = "seen";
	/** What the field for an open image shows for a file. */
	static final String FROM_FILE = "file below";

	/** Whose shape a layer has that a model has edited. */
	public enum Matte {
		/** Its own. */
		KEEP,
		/** That of what the model has made, estimated from the background. */
		ESTIMATE
	}

	/** Those an action asks for, when it is about a layer. */
	static List<EditField> of(final EditAction action, final LayerStack stack, final Layer layer) {
		return switch (action) {
			case RENAME -> List.of(text("name", "Name", layer.name()));
			case REGION -> List.of(text("name", "Name", "Region"));
			case DUPLICATE -> List.of(text("name", "Name", layer.name() + " copy"));
			case MOVE -> List.of(text("dx", "To the right by", "0"), text("dy", "Down by", "0"));
			case RESIZE -> List.of(text("scale", "Scale", "1.5"), text("x", "About x (empty: middle)", ""),
				text("y", "About y", ""));
			case ROTATE -> List.of(slider("angle", "Angle (clockwise)", 0, -180, 180),
				text("x", "About x (empty: middle)", ""), text("y", "About y", ""));
			case FLIP -> List.of(choice("to", "Direction", List.of("horizontal", "vertical")));
			case OPACITY -> List.of(slider("value", "Opacity", layer.opacity(), 0, 1));
			case ORDER -> List.of(text("index", "Place (1 is the bottom, " + stack.size() + " the top)",
				String.valueOf(stack.indexOf(layer.id()) + 1)));
			case MERGE -> List.of(choice("to", "With", others(stack, layer)), text("name", "Name", ""));
			case SPLIT -> List.of(text("parts", "Connected parts (empty: by the selection)", ""),
				text("name", "Name of the selected part", ""));
			case RECOLOUR -> List.of(
				choice(WAY, "Recolour by",
					EditAction.RECOLOUR.keys()
						.stream()
						.sorted((a, b) -> a.equals("tint") ? -1 : b.equals("tint") ? 1 : 0)
						.toList()),
				text("tint", "Tint", "#0072b2"), slider("hue", "Hue", 0, -180, 180), choice("lut", "Lut", luts()),
				choice("palette", "Palette", Palette.titles()),
				choice(SEEN, "Preview for colour vision",
					Stream.concat(Stream.of("normally"), Arrays.stream(ColourVision.values()).map(EditRequest::word))
						.toList()));
			case REPLACE -> List.of(choice("image", "Image", images()), text("file", "File", ""),
				choice("fit", "Fit", words(Replace.Fit.class)), choice("alpha", "Alpha", words(Replace.Alpha.class)));
			case TEXT -> List.of(text("text", "Text (empty: lift it as a selection)", ""),
				choice("font", "Font", fonts()), text("size", "Size (empty: as it is)", ""),
				text("tint", "Colour (empty: as it is)", ""), text("find", "Or find, in all recognised text", ""),
				text("with", "and replace with", ""), choice("regex", "Regular expression", List.of("false", "true")));
			case GENERATE -> List.of(text("prompt", "Instruction in words", ""),
				text("negative", "Negative prompt", ""), text("model", "Server (address)", ""),
				text("seed", "Seed", "0"), text("steps", "Steps (empty: the model's)", ""),
				text("guidance", "Guidance (empty: the model's)", ""),
				choice("background", "Background", words(LayerOnBackground.Kind.class)),
				choice("alpha", "Alpha", words(Matte.class)));
			case DELETE, SHOW, HIDE, LOCK, UNLOCK, UNDO, REDO -> List.of();
		};
	}

	/** The text of a line; the new text keeps its style. */
	static EditField line(final String says) {
		return text("text", "Text of the line", says);
	}

	/** The same field with another first value. */
	EditField with(final String first) {
		return new EditField(key, label, first, choices, least, most);
	}

	boolean isSlider() {
		return least < most;
	}

	private static EditField text(final String key, final String label, final String value) {
		return new EditField(key, label, value, List.of(), 0, 0);
	}

	private static EditField choice(final String key, final String label, final List<String> choices) {
		return new EditField(key, label, choices.get(0), choices, 0, 0);
	}

	private static EditField slider(final String key, final String label, final double value, final double least,
		final double most)
	{
		return new EditField(key, label, String.valueOf(value), List.of(), least, most);
	}

	/** The layer below first, since that is merged most. */
	private static List<String> others(final LayerStack stack, final Layer layer) {
		final List<String> names = new ArrayList<>();
		final int own = stack.indexOf(layer.id());
		for (int i = own - 1; i >= 0; i--) names.add(called(stack, i));
		for (int i = own + 1; i < stack.size(); i++) names.add(called(stack, i));
		return names.isEmpty() ? List.of("") : names;
	}

	/**
	 * What means this layer and no other: the role that its name begins with, which is the same in other figures, its
	 * name, else its number, else, if another layer's name is that number, its id.
	 */
	public static String called(final LayerStack stack, final int index) {
		final Layer layer = stack.get(index);
		final boolean plain = !layer.name().contains(",") && stack.layers()
			.stream()
			.filter(l -> l.name().strip().equalsIgnoreCase(layer.name().strip()))
			.count() == 1;
		return Stream.of(LayerTitle.role(layer.name()).orElse(""), plain ? layer.name() : "", String.valueOf(index + 1))
			.filter(c -> means(stack, c, layer))
			.findFirst()
			.orElse(layer.id());
	}

	private static boolean means(final LayerStack stack, final String called, final Layer layer) {
		try {
			return LayerNames.ids(stack, "layer", called).equals(List.of(layer.id()));
		}
		catch (final InvalidOptionException e) {
			return false;
		}
	}

	private static List<String> luts() {
		final List<String> known = List.of("fire", "grays", "ice", "spectrum", "red", "green", "blue", "cyan",
			"magenta", "yellow", "red/green");
		return Stream.concat(known.stream(), Arrays.stream(IJ.getLuts() == null ? new String[0] : IJ.getLuts()))
			.distinct()
			.toList();
	}

	private static List<String> images() {
		return Stream.concat(Arrays.stream(WindowManager.getImageTitles()), Stream.of("clipboard", FROM_FILE)).toList();
	}

	private static List<String> fonts() {
		return Stream
			.concat(Stream.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED),
				Arrays.stream(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames()))
			.distinct()
			.toList();
	}

	private static <E extends Enum<E>> List<String> words(final Class<E> type) {
		return Arrays.stream(type.getEnumConstants()).map(EditRequest::word).toList();
	}
}
