package org.layerj.imagej;

import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.layerj.common.CancelledException;
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
import org.layerj.layers.edit.Locks;

/**
 * <em>Edit Layer...</em> with {@code action=generate}: one layer, edited by words on a server. One step that can be
 * undone; what a preview has fetched, or is fetching, is not asked for again.
 */
final class GenerateRun {

	/** Options that mean what they do for a decomposition. */
	private static final List<String> OPTIONS = List.of("prompt", "negative", "steps", "guidance", "seed");

	private final Function<ModelName, WordEdit> servers;
	private final Consumer<ModelName> consent;
	private Optional<Answer> previewed = Optional.empty();

	/** What a server makes, or has made, of a layer for a preview. */
	private record Answer(EditRequest request, LayerStack before, String id, CompletableFuture<WordEdit.Result> result,
		AtomicBoolean stop)
	{

		boolean is(final EditRequest wanted, final LayerStack stack, final String layer) {
			return request.equals(wanted) && id.equals(layer) && before.equals(stack);
		}
	}

	GenerateRun() {
		this(WordEdit::open, ServerConsent::ask);
	}

	/** With servers from elsewhere, and another way to ask whether a layer may go there. */
	GenerateRun(final Function<ModelName, WordEdit> servers, final Consumer<ModelName> consent) {
		this.servers = servers;
		this.consent = consent;
	}

	/** The server that is meant; nothing else can do it. */
	static ModelName model(final EditRequest request) {
		return ModelName.of(request.text("model").orElse(""));
	}

	/**
	 * Edits the layer that is meant, the selected one if none is. Others may be edited meanwhile.
	 *
	 * @throws RuntimeException whose {@link org.layerj.decompose.Problem#message message} tells what is wrong; then
	 * nothing has changed
	 */
	void on(final OpenLayers open, final EditRequest request, final Optional<ImagePlus> image) {
		final LayerStack before = open.layers();
		final String id = request.text("layer").map(l -> LayerNames.id(before, "layer", l)).orElseGet(open::selected);
		final Layer old = Locks.free(before.find(id).orElseThrow());
		final WordEdit.Result result =
			taken(request, before, id).orElseGet(() -> ask(request, before, id, image, () -> false));
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
				consent.accept(GenerateRun.model(request));
				return stack.with(waitFor(begun(request, stack, id, image)).layer());
			}

			@Override
			public void cancel() {
				stop();
			}
		};
	}

	/** Begins with a preview; one that is under way and about the same goes on, any other ends. */
	private synchronized CompletableFuture<WordEdit.Result> begun(final EditRequest request, final LayerStack stack,
		final String id, final Optional<ImagePlus> image)
	{
		final Optional<Answer> same =
			previewed.filter(a -> a.is(request, stack, id) && !a.result.isCompletedExceptionally());
		if (same.isPresent()) return same.get().result;
		stop();
		final AtomicBoolean stop = new AtomicBoolean();
		final CompletableFuture<WordEdit.Result> result =
			CompletableFuture.supplyAsync(() -> ask(request, stack, id, image, stop::get), work -> {
				final Thread thread = new Thread(work, "Decompose Layers edit by words");
				thread.setDaemon(true);
				thread.start();
			});
		previewed = Optional.of(new Answer(request, stack, id, result, stop));
		return result;
	}

	private synchronized void stop() {
		previewed.ifPresent(a -> a.stop.set(true));
		previewed = Optional.empty();
	}

	/** What a preview has fetched, or is fetching, if it is about just this; it is not used twice. */
	private Optional<WordEdit.Result> taken(final EditRequest request, final LayerStack stack, final String id) {
		final Optional<Answer> same;
		synchronized (this) {
			same = previewed.filter(a -> a.is(request, stack, id));
			if (same.isEmpty()) stop();
			previewed = Optional.empty();
		}
		return same.map(a -> waitFor(a.result));
	}

	private static WordEdit.Result waitFor(final CompletableFuture<WordEdit.Result> result) {
		try {
			return result.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancelledException();
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof RuntimeException known) throw known;
			throw new IllegalStateException(e.getCause());
		}
	}

	private WordEdit.Result ask(final EditRequest request, final LayerStack stack, final String id,
		final Optional<ImagePlus> image, final BooleanSupplier stopped)
	{
		final ModelName model = model(request);
		DecomposeOptions options = DecomposeOptions.defaults();
		for (final String key : OPTIONS)
			if (request.text(key).isPresent()) options = options.with(key, request.text(key).get());
		final DecomposeOptions wanted = options;
		final LayerOnBackground.Kind background = request.choice("background", LayerOnBackground.Kind.class);
		final boolean keep = request.choice("alpha", EditField.Matte.class) == EditField.Matte.KEEP;
		final WordEdit edit = servers.apply(model);
		ServerConsent.say(model);
		final ImageJProgress progress = new ImageJProgress(stopped);
		try {
			return edit.edit(stack, id, EditRun.selected(image, stack), wanted, background, keep, progress);
		}
		finally {
			progress.end("");
		}
	}
}
