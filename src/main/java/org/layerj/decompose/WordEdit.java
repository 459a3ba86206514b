package org.layerj.decompose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.layerj.common.Progress;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.DifferenceMatte;
import org.layerj.layers.edit.LayerOnBackground;
import org.layerj.layers.edit.Replace;
import org.layerj.model.SizeRule;
import org.layerj.remote.EditServer;
import org.layerj.remote.ImageEdit;
import org.layerj.remote.ServerAddress;
import org.layerj.remote.ServerInfo;
import org.layerj.remote.Servers;

/**
 * Edits one layer by words: the layer, on a background, goes to a server with an image-editing model, and the result is
 * put into the layer at its place. Other layers are not touched, and of this one only the pixels that may become new,
 * which are synthetic afterwards.
 */
public final class WordEdit {

	/** Message for when there is no such server. */
	public static final String NEEDED =
		"Editing by words needs a server with an image-editing model: give its address in the option model, such as "
			+ "http://localhost:8188 for ComfyUI with the weights of Qwen-Image-Edit, or http://localhost:8000 for "
			+ "vLLM-Omni or SGLang started with Qwen/Qwen-Image-Edit-2511 (docs/REMOTE.md).";

	private static final String MATTE = "matte";
	/** Working size, steps and guidance of Qwen-Image-Edit as released. */
	private static final int RESOLUTION = 1024, STEPS = 40;
	private static final double GUIDANCE = 4;
	private static final String NEGATIVE = " ";
	/** Planned seconds of a step, before anything was measured, and of a matte. */
	private static final double PER_STEP = 2, MATTING = 1;

	private final ServerAddress address;
	private final EditServer server;

	/**
	 * An edited layer and the record of the edit.
	 *
	 * @param layer with the id of the one that was edited
	 * @param run the model, its server and every option
	 */
	public record Result(Layer layer, RunRecord run) {}

	private WordEdit(final ServerAddress address, final EditServer server) {
		this.address = address;
		this.server = server;
	}

	/**
	 * Checks that a server has an editing model; sends no picture.
	 *
	 * @param model as a user writes it
	 * @return to be closed by the caller
	 * @throws InvalidOptionException if that is no server
	 * @throws org.layerj.remote.ServerException if it has no such model
	 */
	public static WordEdit open(final ModelName model) {
		return open(model, Servers::editor);
	}

	static WordEdit open(final ModelName model, final Function<ServerAddress, EditServer> servers) {
		final ServerAddress address = model.server().orElseThrow(() -> new InvalidOptionException("model", NEEDED));
		return new WordEdit(address, servers.apply(address));
	}

	/** {@return what the server is} */
	public ServerInfo server() {
		return server.info();
	}

	/**
	 * Edits a layer.
	 *
	 * @param stack whose other layers may be sent as the background
	 * @param id of the layer
	 * @param selection pixels of the canvas to which new ones are limited; empty for no limit
	 * @param options of these prompt (which must be given), negative, steps, guidance and seed
	 * @param background what is sent behind the layer
	 * @param keep whether the layer keeps its shape; otherwise its matte is estimated anew from what comes back
	 * @param progress receives what happens, and is asked whether to stop
	 * @return the stack with the edited layer, and what the server did
	 * @throws InvalidOptionException if there is no prompt, or the seed is below 0
	 * @throws org.layerj.layers.edit.EditException if there is nothing to edit
	 */
	public Result edit(final LayerStack stack, final String id, final Optional<Mask> selection,
		final DecomposeOptions options, final LayerOnBackground.Kind background, final boolean keep,
		final Progress progress)
	{
		final Settings s = settings(options);
		if (!server.info().obstacle().isEmpty()) throw new DecompositionException(server.info().obstacle());
		final Layer layer = stack.find(id).orElseThrow();
		final LayerOnBackground sent = LayerOnBackground.of(stack, layer, background, selection, !keep);
		final Bounds box = sent.box();
		final SizeRule size = SizeRule.of(box.width(), box.height(), s.resolution());
		final double planned = PER_STEP * s.steps();
		final List<Progress.Phase> phases = new ArrayList<>(ServerProgress.phases(planned));
		phases.add(new Progress.Phase(MATTE, MATTING));
		final Job job = new Job(progress, phases);
		final ImageEdit request = new ImageEdit(resized(sent.picture(), size.width(), size.height()), mask(sent, size),
			s.prompt(), s.negative(), s.steps(), s.guidance(), s.seed());
		final RgbaImage answer =
			ServerProgress.ask(server.info(), () -> server.edit(request, new ServerProgress(job, planned)));
		job.begin(MATTE);
		final RgbaImage back = sent.opaque(resized(answer, box.width(), box.height()));
		final Layer edited = keep ? sent.colours(layer, back, server.info().model())
			: Replace.part(layer, box, DifferenceMatte.of(back, sent.background()), sent.mask(), server.info().model());
		final Map<String, Double> seconds = job.end();
		return new Result(edited,
			new RunRecord(server.info().model(), address.toString(), "", s,
				server.info().kind() + " at " + address.origin(), server.info().precision(), seconds,
				ProcessMemory.peak(), size.width(), size.height(), s.prompt()));
	}

	private static Settings settings(final DecomposeOptions options) {
		final Settings s = new Settings(1, RESOLUTION, options.steps().orElse(STEPS),
			options.guidance().orElse(GUIDANCE), options.seed().orElse(0), options.prompt().orElse("").strip(),
			options.negative().orElse(NEGATIVE), DecomposeOptions.AUTO, false);
		if (s.prompt().isEmpty()) throw new InvalidOptionException("prompt",
			"The option prompt is missing; say in words what is to be done with the layer.");
		if (s.seed() < 0)
			throw new InvalidOptionException("seed", "A server takes seeds from 0 up, not " + s.seed() + ".");
		return s;
	}

	/** At the working size every pixel that touches one of the mask; empty if the server has no use for it. */
	private Optional<Mask> mask(final LayerOnBackground sent, final SizeRule size) {
		final long all = (long) sent.box().width() * sent.box().height();
		if (!server.masks() || sent.mask().count() == all) return Optional.empty();
		final int w = sent.box().width();
		final int h = sent.box().height();
		final boolean[] set = new boolean[size.width() * size.height()];
		for (int i = 0; i < w * h; i++) {
			if (!sent.mask().get(i)) continue;
			final int right = last(i % w, w, size.width());
			final int bottom = last(i / w, h, size.height());
			for (int y = (int) ((long) (i / w) * size.height() / h); y <= bottom; y++)
				for (int x = (int) ((long) (i % w) * size.width() / w); x <= right; x++)
					set[y * size.width() + x] = true;
		}
		return Optional.of(Mask.of(size.width(), size.height(), i -> set[i]));
	}

	/** The last of the working size's pixels that a pixel reaches into. */
	private static int last(final int at, final int from, final int to) {
		return (int) (((long) (at + 1) * to - 1) / from);
	}

	private static RgbaImage resized(final RgbaImage picture, final int width, final int height) {
		return picture.width() == width && picture.height() == height ? picture
			: PillowResize.picture(picture, width, height, PillowResize.Filter.LANCZOS);
	}
}
