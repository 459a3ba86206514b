package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.PlugIn;
import java.awt.GraphicsEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecompositionCancelledException;
import org.layerj.decompose.Problem;
import org.layerj.imagej.macro.MacroThread;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.Show;

/**
 * What the commands that work on open layers have in common, in ImageJ and Fiji alike: options from a macro, or from a dialog if there are
 * any; the result is shown and current; whatever goes wrong is one sentence, and ends a macro.
 *
 * <p>Links without SciJava, which plain ImageJ lacks.
 */
public abstract class LayerPlugIn implements PlugIn {

	private final String name;
	private final List<Option> options;

	/**
	 * @param name the command's label in the menu, without dots
	 */
	protected LayerPlugIn(final String name, final Option... options) {
		this.name = name;
		this.options = List.of(options);
	}

	/**
	 * Does it, in a thread that may take its time.
	 *
	 * @param image the current image; empty if none is open
	 * @param values one for every option
	 * @return what is to be the current image now; empty to leave that as it is
	 * @throws RuntimeException whose {@link Problem#sentence sentence} tells what is wrong
	 */
	protected abstract Optional<ImagePlus> run(Optional<ImagePlus> image, Map<String, String> values);

	/** As a script does it: what is missing is the default. */
	final Optional<ImagePlus> call(final Optional<ImagePlus> image, final Map<String, String> values) {
		return run(image, Option.checked(options, values));
	}

	@Override
	public final void run(final String arg) {
		final boolean silent = Macro.getOptions() != null || MacroThread.current().isPresent() || GraphicsEnvironment.isHeadless();
		try {
			final Optional<ImagePlus> image = Optional.ofNullable(WindowManager.getCurrentImage());
			final Optional<Map<String, String>> values = silent || options.isEmpty() ? Optional.of(Option.parse(name, options, silent ? Macro.getOptions() : null)) : dialog();
			if (values.isPresent()) run(image, values.get()).ifPresent(Show::current);
		}
		catch (final DecompositionCancelledException e) {
			IJ.showStatus(name + ": cancelled");
		}
		catch (RuntimeException | Error e) {
			if (!Problem.isExpected(e) && IJ.debugMode) IJ.handleException(e);
			// Aborts the macro, which an exception would not; from the menu it must not abort somebody else's.
			if (silent) IJ.error(Show.TITLE, Problem.sentence(e));
			else IJ.showMessage(Show.TITLE, Problem.sentence(e));
		}
	}

	/** What the dialog begins with; a macro that leaves the option out gets {@link Option#value} all the same. */
	String initial(final Option option) {
		return option.value();
	}

	/** For what a dialog shows besides its options. */
	void complete(final GenericDialog dialog) {}

	/** ImageJ's own, which records what is chosen. */
	private Optional<Map<String, String>> dialog() {
		final GenericDialog dialog = new GenericDialog(name);
		for (final Option o : options) {
			if (o.key().equals("model")) ModelChoice.addField(dialog, o.label(), initial(o));
			else if (o.key().equals("file")) dialog.addFileField(o.label(), initial(o));
			else if (o.choices().isEmpty()) dialog.addStringField(o.label(), initial(o), 16);
			else dialog.addChoice(o.label(), o.choices().toArray(String[]::new), initial(o));
		}
		complete(dialog);
		dialog.showDialog();
		if (dialog.wasCanceled()) return Optional.empty();
		final Map<String, String> values = new LinkedHashMap<>();
		for (final Option o : options) values.put(o.key(), o.choices().isEmpty() ? dialog.getNextString() : dialog.getNextChoice());
		return Optional.of(Option.checked(options, values));
	}
}
