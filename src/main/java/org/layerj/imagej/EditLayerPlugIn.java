package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.plugin.PlugIn;
import java.awt.GraphicsEnvironment;
import java.util.Optional;
import org.layerj.decompose.Problem;
import org.layerj.imagej.edit.EditAction;
import org.layerj.imagej.edit.EditDialog;
import org.layerj.imagej.edit.EditField;
import org.layerj.imagej.edit.EditRecord;
import org.layerj.imagej.edit.EditRequest;
import org.layerj.imagej.edit.EditRun;
import org.layerj.imagej.edit.RegionPicture;
import org.layerj.imagej.edit.Selection;
import org.layerj.imagej.macro.MacroOptions;
import org.layerj.imagej.macro.MacroThread;
import org.layerj.imagej.open.LayerWindows;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.open.Show;

/**
 * <em>Plugins › Decompose Layers › Edit Layer...</em>: changes one layer of the current hyperstack or its view, by mouse or by macro:
 *
 * <pre>run("Edit Layer...", "action=recolour layer=Curve tint=#0072b2");</pre>
 *
 * <p>The actions and their options are in {@link EditAction}; {@code layer} is a name, an id or a number (1 is the bottom), by default the selected
 * layer. {@code action=region} also works on a picture that has no layers yet, and gives it two. A macro never sees a dialog. Every edit is one step that can be undone; what cannot be done ends the macro with a sentence and changes
 * nothing.
 *
 * <p>In Fiji as in ImageJ this plugin is the command: it needs nothing that only SciJava has, and so macros behave the same in both.
 */
public final class EditLayerPlugIn implements PlugIn {

	static final String COMMAND = "Edit Layer...";

	/**
	 * @param arg an action to ask about by mouse, for buttons; blank to ask for the action first
	 */
	@Override
	public void run(final String arg) {
		final boolean silent = Macro.getOptions() != null || MacroThread.current().isPresent() || GraphicsEnvironment.isHeadless();
		try {
			final Optional<ImagePlus> image = Optional.ofNullable(WindowManager.getCurrentImage());
			final Optional<EditRequest> request = silent ? Optional.of(new EditRequest(MacroOptions.parse(COMMAND, EditRequest.KEYS, Macro.getOptions()))) : ask(image, arg);
			if (request.isEmpty()) return;
			edit(image, request.get()).ifPresent(Show::current);
			if (!silent) EditRecord.of(request.get());
		}
		catch (RuntimeException | Error e) {
			if (!Problem.isExpected(e) && IJ.debugMode) IJ.handleException(e);
			// Aborts the macro, which an exception would not; from the menu it must not abort somebody else's.
			if (silent) IJ.error(Show.TITLE, Problem.sentence(e));
			else IJ.showMessage(Show.TITLE, Problem.sentence(e));
		}
	}

	/**
	 * As a script or a button does it; throws what {@link EditRun#on} throws.
	 *
	 * @return what is to be the current image now; empty to leave that as it is
	 */
	static Optional<ImagePlus> edit(final Optional<ImagePlus> image, final EditRequest request) {
		if (request.action() == EditAction.REGION && RegionPicture.isPlain(image)) {
			final Optional<ImagePlus> layers = image.map(i -> RegionPicture.of(i, request.text("name").orElse("Region")));
			if (Show.windows()) layers.ifPresent(LayerWindows::show);
			return layers;
		}
		new EditRun(request, image).on(OpenLayers.require(image));
		return Optional.empty();
	}

	/** A picture without layers can only get some, by selection. */
	private static Optional<EditRequest> ask(final Optional<ImagePlus> image, final String arg) {
		if (RegionPicture.isPlain(image) && image.flatMap(Selection::of).isPresent()) return EditDialog.askRegion();
		final OpenLayers open = OpenLayers.require(image);
		final EditDialog dialog = new EditDialog(open, image);
		return arg.isBlank() ? dialog.ask() : dialog.ask(EditAction.of(arg), EditField.called(open.layers(), open.layers().indexOf(open.selected())));
	}
}
