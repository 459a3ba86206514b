package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.PlugIn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.common.CancelledException;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.Problem;
import org.layerj.imagej.macro.MacroOptions;
import org.layerj.imagej.macro.MacroRecord;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.Show;

/**
 * What all commands of the menu have in common, in ImageJ and Fiji alike: options from a macro, or from a dialog if
 * there are any; the result is shown and current; whatever goes wrong is one message, and ends a macro.
 * <p>
 * A macro's {@code image=[title]} names the image to work on, otherwise it is the current one of the thread that asks:
 * in batch mode and under {@code IJ.run(image, …)} that is no window's. ImageJ runs plugins in that very thread. Fiji
 * runs SciJava's commands in another one, where that image is not known, nor an error shown; so none of them is in the
 * menu.
 * <p>
 * Links without SciJava, which plain ImageJ lacks.
 */
public abstract class LayerPlugIn implements PlugIn {

	private static final Option IMAGE = Option.text("image", "");

	private final String label;
	private final List<Option> options;

	/**
	 * For a command of the menu.
	 *
	 * @param label as in the menu, and thus the name in macros
	 */
	protected LayerPlugIn(final String label, final Option... options) {
		this(label, List.of(options));
	}

	/**
	 * For a command of the menu.
	 *
	 * @param label as in the menu, and thus the name in macros
	 */
	protected LayerPlugIn(final String label, final List<Option> options) {
		this.label = label;
		this.options = List.copyOf(options);
	}

	/**
	 * Looks whether there is something to work on, before anybody is asked anything else.
	 *
	 * @param image the image to work on; empty if none is open
	 * @throws RuntimeException whose {@link Problem#message message} tells what is wrong
	 */
	protected void check(final Optional<ImagePlus> image) {}

	/**
	 * Does it, in a thread that may take its time.
	 *
	 * @param image the image to work on; empty if none is open
	 * @param values one for every option
	 * @return what is to be the current image now; empty to leave that as it is
	 * @throws RuntimeException whose {@link Problem#message message} tells what is wrong
	 */
	protected abstract Optional<ImagePlus> run(Optional<ImagePlus> image, Map<String, String> values);

	/** As a script does it: what is missing is the default. */
	public final Optional<ImagePlus> call(final Optional<ImagePlus> image, final Map<String, String> values) {
		check(image);
		return run(image, Option.checked(options, completed(values)));
	}

	@Override
	public final void run(final String arg) {
		final Optional<String> macro = MacroOptions.given();
		try {
			ModelChoice.apply();
			final Map<String, String> given =
				macro.map(text -> MacroOptions.parse(label, allowed(), text)).orElse(Map.of());
			final Optional<ImagePlus> image = image(given);
			check(image);
			final Optional<Map<String, String>> values =
				macro.isPresent() || options.isEmpty() ? Optional.of(given) : asked(image, arg);
			if (values.isEmpty()) return;
			run(image, Option.checked(options, completed(values.get()))).ifPresent(Show::current);
			if (macro.isEmpty() && !options.isEmpty()) MacroRecord.of(label, Option.changed(options, values.get()));
		}
		catch (final CancelledException e) {
			IJ.showStatus(title() + ": cancelled");
			// Not everything can be taken back.
			if (!e.getMessage().equals(new CancelledException().getMessage())) IJ.log(e.getMessage());
		}
		catch (RuntimeException | Error e) {
			// Errors too: that is what missing or foreign libraries are, and ImageJ would show their stack trace and
			// let the macro go on.
			if (!Problem.isExpected(e) && IJ.debugMode) IJ.handleException(e);
			// Aborts the macro, which an exception would not; from the menu it must not abort somebody else's.
			if (macro.isPresent()) end(Problem.message(e));
			else IJ.showMessage(Show.TITLE, Problem.message(e));
		}
	}

	/** Ends the macro or script that runs this command, with a message. */
	private static void end(final String message) {
		Macro.setOptions(null);
		// In a script of Fiji that a macro called with options, ImageJ takes those for ours, and even for those of its
		// own message, which it then does not show.
		if (Macro.getOptions() != null) IJ.showMessage(Show.TITLE, message);
		IJ.error(Show.TITLE, message);
	}

	/** What was given, with what that refers to; what is still missing is the default. */
	Map<String, String> completed(final Map<String, String> given) {
		return given;
	}

	/** For what a dialog shows besides its options. */
	void complete(final GenericDialog dialog) {}

	private List<Option> allowed() {
		final boolean own = options.stream().anyMatch(o -> o.key().equals(IMAGE.key()));
		return own ? options : Stream.concat(options.stream(), Stream.of(IMAGE)).toList();
	}

	private Optional<ImagePlus> image(final Map<String, String> given) {
		final Optional<ImagePlus> current = Optional.ofNullable(WindowManager.getCurrentImage());
		final String title = given.getOrDefault(IMAGE.key(), "");
		if (title.isEmpty() || options.stream().anyMatch(o -> o.key().equals(IMAGE.key()))
			|| current.filter(i -> i.getTitle().equals(title)).isPresent()) return current;
		return Optional.of(Optional.ofNullable(WindowManager.getImage(title))
			.orElseThrow(() -> new InvalidOptionException(IMAGE.key(),
				"The option image is " + title + ", but no image of that title is open.")));
	}

	private Optional<Map<String, String>> asked(final Optional<ImagePlus> image, final String arg) {
		MacroRecord.nothing();
		return MacroRecord.without(() -> ask(image, arg));
	}

	/**
	 * Asks a person for the options.
	 *
	 * @param arg what the menu's entry or the button says besides the command
	 * @return values for those that are to be recorded, if they are not the default; empty if the person changed their
	 * mind
	 */
	Optional<Map<String, String>> ask(final Optional<ImagePlus> image, final String arg) {
		final GenericDialog dialog = new GenericDialog(title());
		final List<Option> fields = options.stream().filter(this::isField).toList();
		for (final Option o : fields) {
			if (o.key().equals("model")) ModelChoice.addField(dialog, o.label(), initial(o));
			else if (o.key().equals("file")) dialog.addFileField(o.label(), initial(o));
			else if (o.choices().isEmpty()) dialog.addStringField(o.label(), initial(o), 16);
			else dialog.addChoice(o.label(), o.choices().toArray(String[]::new), initial(o));
		}
		complete(dialog);
		dialog.showDialog();
		if (dialog.wasCanceled()) return Optional.empty();
		final Map<String, String> values = new LinkedHashMap<>();
		for (final Option o : fields)
			values.put(o.key(), o.choices().isEmpty() ? dialog.getNextString() : dialog.getNextChoice());
		return Optional.of(values);
	}

	/** Whether the dialog asks for it; else it is for macros, and the dialog has another way to it. */
	boolean isField(final Option option) {
		return true;
	}

	/** What the dialog begins with; a macro that leaves the option out gets {@link Option#value} all the same. */
	String initial(final Option option) {
		return option.value();
	}

	/** Heads the dialog. */
	final String title() {
		return label.replace("...", "");
	}
}
