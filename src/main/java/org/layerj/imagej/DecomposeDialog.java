package org.layerj.imagej;

import ij.ImagePlus;
import ij.gui.GenericDialog;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.EventQueue;
import java.awt.Label;
import java.awt.TextField;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.Forecast;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelInfo;
import org.layerj.decompose.Problem;
import org.layerj.imagej.edit.EditField;
import org.layerj.imagej.edit.EditPreview;
import org.layerj.imagej.edit.Selection;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.ImagePictures;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;

/**
 * Asks for a decomposition: how many layers by which model, and what that will take. What few need is folded away, and
 * only those fields are there that the chosen model takes. Begins with the defaults and with what <em>Models and
 * Devices...</em> has chosen, never with what a macro or an earlier dialog said.
 * <p>
 * Opens at once: what has to be read of a model is read meanwhile, and PyTorch is not started.
 */
final class DecomposeDialog {

	/** Longest wait for a preview that is worth offering, in seconds. */
	private static final double QUICK = 8;
	private static final int PREVIEW_SIDE = 240;
	/** Room for the longest forecast. */
	private static final String WIDE = " ".repeat(90);

	private final GenericDialog dialog;
	private final List<String> keys;
	private final List<DecomposeFields.Model> models = DecomposeFields.models(ModelChoice.model());
	private final List<Integer> size;
	private final boolean stack;
	private final Supplier<RgbaImage> picture;
	private final Map<String, List<Component>> rows = new LinkedHashMap<>();
	private final Map<String, Supplier<String>> values = new LinkedHashMap<>();
	private final Label forecast;
	private final Checkbox advanced;
	private final Checkbox preview;
	private final EditPreview shown = new EditPreview();
	private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
		final Thread thread = new Thread(task, "Decompose Layers forecast");
		thread.setDaemon(true);
		return thread;
	});
	private final AtomicLong latest = new AtomicLong();
	/** What is known of the chosen model; changed in the event thread only. */
	private Optional<ModelInfo> model = Optional.empty();
	private String previewed = "";

	private DecomposeDialog(final String title, final List<String> layers, final String selected,
		final List<String> keys, final int width, final int height, final boolean stack,
		final Supplier<RgbaImage> picture)
	{
		this.keys = keys;
		this.stack = stack;
		this.picture = picture;
		size = List.of(width, height);
		dialog = new GenericDialog(title);
		if (!layers.isEmpty()) choice("layer", "Layer", layers, selected);
		choice("layers", "Layers",
			Stream
				.concat(Stream.of(DecomposeOptions.AUTO),
					IntStream.rangeClosed(1, DecomposeOptions.MAX_LAYERS).mapToObj(String::valueOf))
				.toList(),
			DecomposeOptions.AUTO);
		models();
		if (keys.contains("slices")) {
			text("slices", "Slices (all, or such as 2-5 or 1,3)", "current", 10);
			flag("reuse", "Reuse the masks of the first slice");
		}
		dialog.addMessage(WIDE);
		forecast = (Label) dialog.getMessage();
		dialog.addCheckbox("Advanced", false);
		advanced = (Checkbox) dialog.getCheckboxes().lastElement();
		for (final String key : DecomposeFields.ADVANCED) if (keys.contains(key)) advancedField(key);
		dialog.addCheckbox("Preview", false);
		preview = (Checkbox) dialog.getCheckboxes().lastElement();
		row("panel", () -> dialog.addPanel(shown.panel()));
		dialog.addHelp(HelpPlugIn.page());
		dialog.addDialogListener((d, event) -> changed());
		arrange();
	}

	/** For a picture. */
	static DecomposeDialog of(final String title, final ImagePlus image) {
		final int[] area = Selection.of(image)
			.map(r -> new int[] { r.bounds().width(), r.bounds().height() })
			.orElse(new int[] { image.getWidth(), image.getHeight() });
		return new DecomposeDialog(title, List.of(), "", DecomposeRequest.FIELDS, area[0], area[1],
			ImagePictures.count(image) > 1,
			() -> Selection.of(image)
				.map(r -> ImagePictures.of(image).crop(r.bounds()))
				.orElseGet(() -> ImagePictures.of(image)));
	}

	/** For a layer of a picture. */
	static DecomposeDialog of(final String title, final OpenLayers open) {
		final LayerStack stack = open.layers();
		final List<String> called = IntStream.range(0, stack.size()).mapToObj(i -> EditField.called(stack, i)).toList();
		final Layer selected = stack.find(open.selected()).orElse(stack.get(0));
		return new DecomposeDialog(title, called, called.get(stack.indexOf(selected.id())), DecomposeLayerPlugIn.KEYS,
			selected.bounds().width(), selected.bounds().height(), false, selected::pixels);
	}

	/** Waits for the person; values of the options, or empty if nothing is to be done. */
	Optional<Map<String, String>> ask() {
		try {
			// Not before: the dialog should not have to share the processor with what reads the model.
			dialog.addWindowListener(new WindowAdapter() {

				@Override
				public void windowOpened(final WindowEvent e) {
					changed();
				}
			});
			dialog.showDialog();
			if (dialog.wasCanceled()) return Optional.empty();
			final Map<String, String> read = read();
			ServerConsent.ask(DecomposeRequest.parse(read).model());
			return Optional.of(read);
		}
		finally {
			latest.incrementAndGet();
			worker.shutdownNow();
			shown.close();
		}
	}

	// -- Fields --

	private void row(final String key, final Runnable add) {
		final List<Component> before = Arrays.asList(dialog.getComponents());
		add.run();
		final List<Component> added = new ArrayList<>(Arrays.asList(dialog.getComponents()));
		added.removeAll(before);
		rows.put(key, added);
	}

	private void choice(final String key, final String label, final List<String> choices, final String first) {
		row(key, () -> dialog.addChoice(label, choices.toArray(String[]::new), first));
		final Choice choice = (Choice) dialog.getChoices().lastElement();
		values.put(key, choice::getSelectedItem);
	}

	private TextField text(final String key, final String label, final String first, final int columns) {
		row(key, () -> dialog.addStringField(label, first, columns));
		final TextField field = (TextField) dialog.getStringFields().lastElement();
		values.put(key, field::getText);
		return field;
	}

	private void flag(final String key, final String label) {
		row(key, () -> dialog.addCheckbox(label, false));
		final Checkbox box = (Checkbox) dialog.getCheckboxes().lastElement();
		values.put(key, () -> String.valueOf(box.getState()));
	}

	private void models() {
		final String chosen = ModelChoice.model().strip();
		final DecomposeFields.Model first =
			models.stream().filter(m -> !chosen.isEmpty() && m.key().equals(chosen)).findFirst().orElse(models.get(0));
		choice("model", "Model", models.stream().map(DecomposeFields.Model::label).toList(), first.label());
		final Choice choice = (Choice) dialog.getChoices().lastElement();
		row(DecomposeFields.FOLDER, () -> dialog.addDirectoryField("Folder", ""));
		final TextField folder = (TextField) dialog.getStringFields().lastElement();
		values.put("model", () -> {
			final String key = models.get(choice.getSelectedIndex()).key();
			return key.isEmpty() ? folder.getText() : key;
		});
	}

	private void advancedField(final String key) {
		final String label = Character.toUpperCase(key.charAt(0)) + key.substring(1);
		switch (key) {
			case "raw" -> flag(key, "Raw (the network's own pixels, enlarged)");
			case "elements" -> flag(key, "Elements (each word, arrow, bar ... as a layer of its own)");
			case "rescale" -> choice(key, "Rescale guidance", List.of("true", "false"), "true");
			case "tokenizer", "output" -> {
				row(key, () -> dialog.addDirectoryField(label, ""));
				values.put(key, ((TextField) dialog.getStringFields().lastElement())::getText);
			}
			case "device" -> text(key, label + " (auto, cpu, cuda)", ModelChoice.device(), 8);
			case "isolation" -> text(key, label + " (none, process, process:4g)", "none", 8);
			case "hints" -> choice(key, "Hints (named selections)", List.of("none", "manager", "overlay"), "none");
			case "lora" -> text(key, "LoRA (file:weight;...)", "", 40);
			case "shift" -> text(key, label, DecomposeOptions.AUTO, 8);
			case "stepcache" -> text(key, label, "0", 8);
			case "prompt", "negative" -> text(key, label, "", 40);
			default -> text(key, label, "", 8);
		}
	}

	/** What the fields that are seen say; the others are left to their defaults. */
	private Map<String, String> read() {
		final Set<String> seen = seen(true);
		final Map<String, String> read = new LinkedHashMap<>();
		values.forEach((key, value) -> {
			if (seen.contains(key) || key.equals("layer")) read.put(key, value.get());
		});
		return read;
	}

	private Set<String> seen(final boolean unfolded) {
		return DecomposeFields.visible(keys, model, unfolded, stack);
	}

	/** Shows the fields that there are now. */
	private void arrange() {
		final Set<String> seen = seen(advanced.getState());
		boolean moved = false;
		for (final Map.Entry<String, List<Component>> row : rows.entrySet()) {
			final boolean visible = switch (row.getKey()) {
				case "layer" -> true;
				case "panel" -> preview.getState() && preview.isVisible();
				case DecomposeFields.FOLDER -> folderAsked();
				default -> seen.contains(row.getKey());
			};
			for (final Component c : row.getValue()) if (c.isVisible() != visible) {
				c.setVisible(visible);
				moved = true;
			}
		}
		if (moved && dialog.isShowing()) dialog.pack();
	}

	private boolean folderAsked() {
		return models.stream().noneMatch(m -> !m.key().isEmpty() && m.key().equals(values.get("model").get()));
	}

	// -- What changes with the choices --

	/** Whether what the fields say can be run, as far as is known at once. */
	private boolean changed() {
		final Map<String, String> read = read();
		final long mine = latest.incrementAndGet();
		final DecomposeRequest request;
		try {
			request = DecomposeRequest.parse(read);
			if (folderAsked() && read.get("model").isBlank()) throw new InvalidOptionException("model",
				"Choose the folder of a model, or write the address of a server.");
		}
		catch (final InvalidOptionException e) {
			say(e.getMessage());
			arrange();
			return false;
		}
		worker.execute(() -> {
			if (mine != latest.get()) return;
			final Outcome outcome = outcome(request);
			EventQueue.invokeLater(() -> {
				if (mine == latest.get()) known(outcome, request, read);
			});
		});
		arrange();
		return true;
	}

	/**
	 * What is known of a run.
	 *
	 * @param quick whether a small preview is a matter of moments
	 */
	private record Outcome(Optional<ModelInfo> model, String text, boolean quick) {}

	private Outcome outcome(final DecomposeRequest request) {
		Optional<ModelInfo> info = Optional.empty();
		// No server is asked while its address is still being typed.
		if (request.model().server().isPresent() && !request.model().text().equals(ModelChoice.model()))
			return new Outcome(info, "The server is asked when the run begins, and gets the picture.", false);
		try (Decomposer outline = Decomposers.outline(request.model(), request.options().device())) {
			info = Optional.of(outline.model());
			final Forecast whole = outline.forecast(size.get(0), size.get(1), request.options());
			final int[] small = small(size.get(0), size.get(1));
			final boolean quick = outline.forecast(small[0], small[1], request.options()).seconds() <= QUICK;
			return new Outcome(info, whole.rejection().orElse((stack ? "One slice: " : "") + whole), quick);
		}
		catch (RuntimeException | Error e) {
			return new Outcome(info, Problem.message(e), false);
		}
	}

	private void known(final Outcome outcome, final DecomposeRequest request, final Map<String, String> read) {
		final boolean otherFields = !model.equals(outcome.model());
		model = outcome.model();
		say(outcome.text());
		preview.setVisible(outcome.quick());
		if (otherFields) model.ifPresent(this::label);
		arrange();
		if (!preview.getState() || !outcome.quick()) previewed = "";
		else if (!previewed.equals(read.toString())) {
			previewed = read.toString();
			shown.show(() -> preview(request));
		}
	}

	/** The model's defaults beside the fields that may be left empty. */
	private void label(final ModelInfo info) {
		rows.forEach((key, row) -> {
			final String hint = DecomposeFields.hint(info, key);
			if (!hint.isEmpty() && row.get(0) instanceof Label label)
				label.setText(label.getText().replaceFirst(" \\(.*", "") + " (" + hint + ")");
		});
	}

	private void say(final String text) {
		forecast.setText(text);
		if (dialog.isShowing() && forecast.getPreferredSize().width > forecast.getWidth()) dialog.pack();
	}

	// -- Preview --

	private RgbaImage preview(final DecomposeRequest request) {
		final RgbaImage all = picture.get();
		final int[] small = small(all.width(), all.height());
		final RgbaImage seen =
			small[0] == all.width() ? all : PillowResize.picture(all, small[0], small[1], PillowResize.Filter.LANCZOS);
		try (Decomposer decomposer =
			request.isolation().of(Decomposers::open).open(request.model(), request.options().device()))
		{
			return sheet(decomposer.decompose(seen, request.options(), Progress.none()).layers());
		}
	}

	private static int[] small(final int width, final int height) {
		final double scale = Math.min(1, PREVIEW_SIDE / (double) Math.max(width, height));
		return new int[] { (int) Math.max(1, scale * width), (int) Math.max(1, scale * height) };
	}

	/** All layers side by side, the bottom first, on squares of grey. */
	static RgbaImage sheet(final LayerStack layers) {
		final int gap = 4;
		final int square = 8;
		final int w = layers.width();
		final int h = layers.height();
		final int across = IntStream.rangeClosed(1, layers.size())
			.boxed()
			.max(Comparator
				.comparingDouble(n -> EditPreview.scale(n * (w + gap), (layers.size() + n - 1) / n * (h + gap))))
			.orElseThrow();
		final int down = (layers.size() + across - 1) / across;
		final int width = across * (w + gap) - gap;
		final int[] argb = new int[width * (down * (h + gap) - gap)];
		Arrays.fill(argb, 0xff404040);
		for (int k = 0; k < layers.size(); k++) {
			final RgbaImage layer = layers.get(k).onCanvas(w, h);
			final int left = k % across * (w + gap);
			final int top = k / across * (h + gap);
			for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
				final int background = (x / square + y / square) % 2 == 0 ? 0xff : 0xcc;
				argb[(top + y) * width + left + x] = over(layer.argb(x, y), background);
			}
		}
		return RgbaImage.ofArgb(width, argb.length / width, argb);
	}

	private static int over(final int argb, final int grey) {
		final int a = argb >>> 24;
		int out = 0xff;
		for (int shift = 16; shift >= 0; shift -= 8)
			out = out << 8 | ((argb >> shift & 0xff) * a + grey * (255 - a) + 127) / 255;
		return out;
	}
}
