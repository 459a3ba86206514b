package org.layerj.imagej;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.WordEdit;
import org.layerj.imagej.edit.EditDialog;
import org.layerj.imagej.edit.EditField;
import org.layerj.imagej.edit.EditRequest;
import org.layerj.imagej.edit.EditRun;
import org.layerj.imagej.edit.LayerNames;
import org.layerj.imagej.edit.Reach;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.edit.EditException;
import org.layerj.layers.edit.LayerOnBackground;

/**
 * <em>Edit Layer...</em> with {@code action=generate}: one layer, edited by words on a server. One step that can be
 * undone; what a preview has fetched already is not asked for again.
 */
final class GenerateRun {

	/** Options that mean what they do for a decomposition. */
	private static final List<String> OPTIONS = List.of("prompt", "negative", "steps", "guidance", "seed");

	private final Function<ModelName, WordEdit> servers;
	private Optional<Answer> previewed = Optional.empty();

	/** What a server has made of a layer that has not changed since. */
	private record Answer(EditRequest request, LayerStack before, String id, WordEdit.Result result) {}

	GenerateRun() {
		this(WordEdit::open);
	}

	/** With servers from elsewhere. */
	GenerateRun(final Function<ModelName, WordEdit> servers) {
		this.servers = servers;
	}

	/** The server that is meant; nothing else can do it. */
	static ModelName model(final EditRequest request) {
		return ModelName.of(request.text("model").orElse(""));
	}

	/**
	 * Edits the layer that is meant, the selected one if none is. Others may be edited meanwhile.
	 *
	 * @throws RuntimeException whose {@link org.layerj.decompose.Problem#sentence sentence} tells what is wrong; then
	 * nothing has changed
	 */
	void on(final OpenLayers open, final EditRequest request, final Optional<ImagePlus> image) {
		final LayerStack before = open.layers();
		final String id = request.text("layer").map(l -> LayerNames.id(before, "layer", l)).orElseGet(open::selected);
		final Layer old = before.find(id).orElseThrow();
		final WordEdit.Result result = result(request, before, id, image);
		open.apply("Generate " + old.name(), now -> {
			if (now.find(id).filter(old::equals).isEmpty()) throw new EditException("Layer " + old.name()
				+ " has been changed while the server worked, so its answer was not used; run it again.");
			return Reach.checked(now, now.with(result.layer()));
		});
		Generated.keep(open, old, result.run());
	}

	/** For the dialog. */
	EditDialog.Generator in(final Optional<ImagePlus> image) {
		return new EditDialog.Generator() {

			@Override
			public String model() {
				final String chosen = ModelChoice.model();
				return chosen.isBlank() || ModelName.of(chosen).server().isEmpty() ? "" : chosen;
			}

			@Override
			public LayerStack edited(final EditRequest request, final LayerStack stack, final String id) {
				ServerConsent.ask(GenerateRun.model(request));
				final WordEdit.Result result = result(request, stack, id, image);
				synchronized (GenerateRun.this) {
					previewed = Optional.of(new Answer(request, stack, id, result));
				}
				return stack.with(result.layer());
			}
		};
	}

	private WordEdit.Result result(final EditRequest request, final LayerStack stack, final String id,
		final Optional<ImagePlus> image)
	{
		synchronized (this) {
			final Optional<Answer> fetched =
				previewed.filter(a -> a.request.equals(request) && a.id.equals(id) && a.before.equals(stack));
			previewed = Optional.empty();
			if (fetched.isPresent()) return fetched.get().result;
		}
		final ModelName model = model(request);
		DecomposeOptions options = DecomposeOptions.defaults();
		for (final String key : OPTIONS)
			if (request.text(key).isPresent()) options = options.with(key, request.text(key).get());
		final DecomposeOptions wanted = options;
		final LayerOnBackground.Kind background = request.choice("background", LayerOnBackground.Kind.class);
		final boolean keep = request.choice("alpha", EditField.Matte.class) == EditField.Matte.KEEP;
		final WordEdit edit = servers.apply(model);
		ServerConsent.say(model);
		return ImageJProgress.during(
			progress -> edit.edit(stack, id, EditRun.selected(image, stack), wanted, background, keep, progress));
	}
}
