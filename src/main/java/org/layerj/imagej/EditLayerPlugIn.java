package org.layerj.imagej;

import ij.ImagePlus;
import java.util.Map;
import java.util.Optional;
import org.layerj.imagej.edit.EditAction;
import org.layerj.imagej.edit.EditDialog;
import org.layerj.imagej.edit.EditField;
import org.layerj.imagej.edit.EditRequest;
import org.layerj.imagej.edit.EditRun;
import org.layerj.imagej.edit.RegionPicture;
import org.layerj.imagej.edit.Selection;
import org.layerj.imagej.open.LayerWindows;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.open.Show;

/**
 * <em>Plugins › Decompose Layers › Edit Layer...</em>: changes one layer of the current hyperstack or its view, by
 * mouse or by macro: <pre>run("Edit Layer...", "action=recolour layer=Curve tint=#0072b2");</pre>
 * <p>
 * The actions and their options are in {@link EditAction}; {@code layer} is a name, an id or a number (1 is the
 * bottom), by default the selected layer. {@code action=region} also works on a picture that has no layers yet, and
 * gives it two. A macro never sees a dialog. Every edit is one step that can be undone; what cannot be done ends the
 * macro with a message and changes nothing.
 */
public final class EditLayerPlugIn extends LayerPlugIn {

	private final GenerateRun generate;

	/** For ImageJ, which makes one by the name in {@code plugins.config}. */
	public EditLayerPlugIn() {
		this(new GenerateRun());
	}

	/** With servers from elsewhere. */
	EditLayerPlugIn(final GenerateRun generate) {
		super(EditRequest.COMMAND, EditRequest.OPTIONS);
		this.generate = generate;
	}

	@Override
	protected void check(final Optional<ImagePlus> image) {
		if (!RegionPicture.isPlain(image)) OpenLayers.require(image);
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		return edit(image, new EditRequest(values));
	}

	/**
	 * As a script or a button does it; throws what {@link EditRun#on} throws.
	 *
	 * @return what is to be the current image now; empty to leave that as it is
	 */
	Optional<ImagePlus> edit(final Optional<ImagePlus> image, final EditRequest request) {
		if (request.action() == EditAction.REGION && RegionPicture.isPlain(image)) {
			final Optional<ImagePlus> layers =
				image.map(i -> RegionPicture.of(i, request.text("name").orElse("Region")));
			if (Show.windows()) layers.ifPresent(LayerWindows::show);
			return layers;
		}
		final OpenLayers open = OpenLayers.require(image);
		if (request.action() == EditAction.GENERATE) generate.on(open, request, image);
		else {
			Generated.forgetUndone(open, request.action());
			new EditRun(request, image).on(open);
		}
		return Optional.empty();
	}

	/**
	 * A picture without layers can only get some, by selection.
	 *
	 * @param arg an action to ask about, for buttons; blank to ask for the action first
	 */
	@Override
	Optional<Map<String, String>> ask(final Optional<ImagePlus> image, final String arg) {
		return request(image, arg).map(EditRequest::values);
	}

	private Optional<EditRequest> request(final Optional<ImagePlus> image, final String arg) {
		if (RegionPicture.isPlain(image) && image.flatMap(Selection::of).isPresent()) return EditDialog.askRegion();
		final OpenLayers open = OpenLayers.require(image);
		final EditDialog dialog = new EditDialog(open, image, generate.in(image));
		final Optional<EditRequest> request = arg.isBlank() ? dialog.ask()
			: dialog.ask(EditAction.of(arg), EditField.called(open.layers(), open.layers().indexOf(open.selected())));
		request.filter(r -> r.action() == EditAction.GENERATE).ifPresent(r -> ServerConsent.ask(GenerateRun.model(r)));
		return request;
	}
}
