package org.layerj.imagej.edit;

import ij.ImagePlus;
import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.layers.Compositor;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.ColourVision;

/**
 * Asks for an edit: first what to do with which layer, then for what that needs, with a preview. Records nothing;
 * whoever does the edit does.
 */
public final class EditDialog {

	/** Fields for words rather than numbers. */
	private static final Set<String> WIDE = Set.of("text", "name", "prompt", "negative", "model", "find", "with");

	/** Does what {@link EditAction#GENERATE} asks for, which is more than this package knows. */
	public interface Generator {

		/** The address the dialog begins with; may be empty. */
		String model();

		/** The layers after the edit; takes its time, and asks before a picture goes somewhere for the first time. */
		LayerStack edited(EditRequest request, LayerStack stack, String id);

		/** Stops work whose result is no longer needed. */
		void cancel();
	}

	private final OpenLayers open;
	private final Optional<ImagePlus> image;
	private final Generator generator;

	/**
	 * Asks about these layers.
	 *
	 * @param image the one the user is in, whose selection steers the edit
	 */
	public EditDialog(final OpenLayers open, final Optional<ImagePlus> image, final Generator generator) {
		this.open = open;
		this.image = image;
		this.generator = generator;
	}

	/** Empty if the user changed their mind. */
	public Optional<EditRequest> ask() {
		final LayerStack stack = open.layers();
		final List<String> called = IntStream.range(0, stack.size()).mapToObj(i -> EditField.called(stack, i)).toList();
		final GenericDialog dialog = new GenericDialog("Edit Layer");
		dialog.addChoice("Action", Arrays.stream(EditAction.values()).map(EditAction::key).toArray(String[]::new),
			EditAction.RECOLOUR.key());
		dialog.addChoice("Layer", called.toArray(String[]::new), called.get(stack.indexOf(open.selected())));
		final Map<String, String> values = new LinkedHashMap<>();
		dialog.showDialog();
		if (dialog.wasCanceled()) return Optional.empty();
		values.put("action", dialog.getNextChoice());
		values.put("layer", dialog.getNextChoice());
		return ask(EditAction.of(values.get("action")), values.get("layer"));
	}

	/** Asks for what an action needs; empty if the user changed their mind. */
	public Optional<EditRequest> ask(final EditAction action, final String layer) {
		final LayerStack stack = open.layers();
		final String id = LayerNames.id(stack, "layer", layer);
		final List<EditField> fields = fields(action, stack, id);
		final Map<String, String> base = new LinkedHashMap<>(Map.of("action", action.key()));
		if (action != EditAction.UNDO && action != EditAction.REDO) base.put("layer", layer);
		if (fields.isEmpty()) return Optional.of(new EditRequest(base));
		final GenericDialog dialog = new GenericDialog(action.title() + " " + stack.find(id).orElseThrow().name());
		for (final EditField field : fields) add(dialog, field);
		try (EditPreview preview = new EditPreview()) {
			if (action == EditAction.GENERATE) generated(dialog, preview, stack, id, base, fields);
			else if (action != EditAction.TEXT && action != EditAction.RENAME && action != EditAction.DUPLICATE) {
				dialog.addPanel(preview.panel());
				dialog.addDialogListener((d, event) -> {
					final Map<String, String> now = read(dialog, fields);
					preview.show(
						() -> shown(new EditRun(request(base, now), image).edited(stack, List.of(id)), seen(now)));
					return true;
				});
				final Map<String, String> first = new LinkedHashMap<>();
				fields.forEach(f -> first.put(f.key(), f.value()));
				preview.show(
					() -> shown(new EditRun(request(base, first), image).edited(stack, List.of(id)), Optional.empty()));
			}
			dialog.showDialog();
			if (!dialog.wasCanceled()) return Optional.of(request(base, read(dialog, fields)));
			generator.cancel();
			return Optional.empty();
		}
	}

	private List<EditField> fields(final EditAction action, final LayerStack stack, final String id) {
		final Optional<String> line = action == EditAction.TEXT ? ReadLines.at(open, image, id) : Optional.empty();
		if (line.isPresent()) return List.of(EditField.line(line.get()));
		return EditField.of(action, stack, stack.find(id).orElseThrow())
			.stream()
			.map(f -> f.key().equals("model") ? f.with(generator.model()) : f)
			.toList();
	}

	/** A preview only when it is asked for: it takes a server's time, and the layer goes there. */
	private void generated(final GenericDialog dialog, final EditPreview preview, final LayerStack stack,
		final String id, final Map<String, String> base, final List<EditField> fields)
	{
		dialog.addCheckbox("Preview (the layer is sent to the server)", false);
		final Checkbox now = (Checkbox) dialog.getCheckboxes().lastElement();
		dialog.addPanel(preview.panel());
		dialog.addDialogListener((d, event) -> {
			final Map<String, String> values = read(dialog, fields);
			if (event == null || event.getSource() != now) now.setState(false);
			else if (now.getState())
				preview.show(() -> shown(generator.edited(request(base, values), stack, id), Optional.empty()));
			return true;
		});
		preview.show(() -> shown(stack, Optional.empty()));
	}

	private static RgbaImage shown(final LayerStack layers, final Optional<ColourVision> seen) {
		final RgbaImage flat = Compositor.flatten(layers, 0xffffffff);
		return seen.map(v -> v.simulate(flat)).orElse(flat);
	}

	/** Asks for the name of the layer that the selection in a picture becomes. */
	public static Optional<EditRequest> askRegion() {
		final GenericDialog dialog = new GenericDialog("Selection to Layer");
		dialog.addMessage("The selection becomes a layer above the picture, which is filled behind it.");
		dialog.addStringField("Name", "Region", 24);
		dialog.showDialog();
		return dialog.wasCanceled() ? Optional.empty()
			: Optional.of(EditRequest.of(EditAction.REGION, "name", dialog.getNextString()));
	}

	private static void add(final GenericDialog dialog, final EditField field) {
		if (field.isSlider())
			dialog.addSlider(field.label(), field.least(), field.most(), Double.parseDouble(field.value()));
		else if (!field.choices().isEmpty())
			dialog.addChoice(field.label(), field.choices().toArray(String[]::new), field.value());
		else if (field.key().equals("file")) dialog.addFileField(field.label(), field.value());
		else dialog.addStringField(field.label(), field.value(), WIDE.contains(field.key()) ? 24 : 8);
	}

	private static Map<String, String> read(final GenericDialog dialog, final List<EditField> fields) {
		final Map<String, String> values = new LinkedHashMap<>();
		for (final EditField field : fields) {
			values.put(field.key(), field.isSlider() ? number(dialog.getNextNumber())
				: field.choices().isEmpty() ? dialog.getNextString() : dialog.getNextChoice());
		}
		return values;
	}

	private static String number(final double value) {
		return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
	}

	/** Only what counts: of several ways the chosen one, and of image and file one. */
	static EditRequest request(final Map<String, String> base, final Map<String, String> fields) {
		final Map<String, String> values = new LinkedHashMap<>(base);
		values.putAll(fields);
		final String way = values.remove(EditField.WAY);
		if (way != null) EditAction.RECOLOUR.keys().stream().filter(k -> !k.equals(way)).forEach(values::remove);
		if (fields.containsKey("image"))
			values.remove(EditField.FROM_FILE.equals(values.get("image")) ? "image" : "file");
		values.remove(EditField.SEEN);
		// In the whole figure, in the style of the existing text.
		if (!values.getOrDefault("find", "").isBlank())
			List.of("text", "font", "size", "tint", "layer").forEach(values::remove);
		else List.of("find", "with", "regex").forEach(values::remove);
		values.remove("regex", "false");
		return new EditRequest(values);
	}

	private static Optional<ColourVision> seen(final Map<String, String> fields) {
		return Arrays.stream(ColourVision.values())
			.filter(v -> EditRequest.word(v).equals(fields.get(EditField.SEEN)))
			.findFirst();
	}
}
