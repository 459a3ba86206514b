package org.layerj.decompose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.layerj.checkpoint.Machine;
import org.layerj.classic.ClassicalLayers;
import org.layerj.layers.ExactRecomposition;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.NativeSize;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;

/**
 * The classical method in the place of a model: no weights, no PyTorch, the same layers every time. Good on drawings,
 * plots and annotations on an even ground; it cannot tell apart what touches in the same colour, and fills in smoothly.
 * <p>
 * It knows two, three or four layers: the backdrop, and what lies on it in one, or apart by panels, shapes and marks.
 * Asked for more it gives four. Prompt, steps, guidance and seed mean nothing to it.
 */
public final class ClassicalDecomposer implements Decomposer {

	/** What users write in the place of a model folder. */
	public static final String NAME = "classical";

	/** Larger pictures are decomposed in a smaller size and brought back to theirs, as a network's layers are. */
	private static final long MOST_PIXELS = 1_000_000;
	/** Measured on two cores, rounded up. */
	private static final double SECONDS_PER_PIXEL = 2e-6;
	private static final double REFINING_PER_PIXEL = 5e-7;
	/** Working arrays of a pixel that is looked at, and the layers of one of the picture. */
	private static final long BYTES_PER_PIXEL = 400;
	private static final long LAYER_BYTES_PER_PIXEL = 60;

	private static final String FIND = "find";
	private static final String REFINE = "refine";
	private static final ModelInfo INFO =
		new ModelInfo(NAME, NAME, "classical-1", new Settings(4, 1000, 1, 1, 0, "", "", DecomposeOptions.AUTO, false),
			false, DecomposeOptions.MAX_LAYERS, List.of());

	/**
	 * Why it cannot run there, as a sentence; empty if it can.
	 *
	 * @throws InvalidOptionException if that is no device at all
	 */
	static Optional<String> refusal(final String device) {
		final String wanted = DecomposeOptions.defaults().withDevice(device).device();
		return wanted.equals(DecomposeOptions.AUTO) || wanted.equals("cpu") ? Optional.empty()
			: Optional.of("The option device is " + wanted
				+ ", but the classical method runs on the processor only; leave the option out, or choose another model.");
	}

	@Override
	public ModelInfo model() {
		return INFO;
	}

	@Override
	public Forecast forecast(final int width, final int height, final DecomposeOptions options) {
		INFO.settings(options);
		final long all = (long) width * height;
		final long seen = Math.min(all, MOST_PIXELS);
		final Machine machine = Machine.here();
		final long heap = seen * BYTES_PER_PIXEL + all * LAYER_BYTES_PER_PIXEL;
		return new Forecast(seen * SECONDS_PER_PIXEL + all * REFINING_PER_PIXEL, heap, 0, machine.available(), 0, heap,
			JavaHeap.left(heap));
	}

	@Override
	public Decomposition decompose(final RgbaImage picture, final DecomposeOptions options, final Progress progress) {
		final Settings settings = INFO.settings(options);
		final Forecast forecast = forecast(picture.width(), picture.height(), options);
		forecast.refusal().ifPresent(sentence -> {
			throw new DecompositionException(sentence);
		});
		final Job job = new Job(progress, List.of(new Progress.Phase(FIND, 0.8), new Progress.Phase(REFINE, 0.2)));
		job.begin(FIND);
		final double scale = Math.min(1, Math.sqrt((double) MOST_PIXELS / ((long) picture.width() * picture.height())));
		final RgbaImage seen = scale == 1 ? picture : reduced(picture, scale);
		final LayerStack found = stack(seen, new ClassicalLayers().decompose(seen, settings.layers()));
		job.begin(REFINE);
		final LayerStack layers;
		if (seen == picture) layers = settings.raw() ? found : ExactRecomposition.of(picture, found);
		else layers = settings.raw() ? NativeSize.plain(found, picture.width(), picture.height())
			: NativeSize.refine(picture, found, job);
		job.check();
		return new Decomposition(Marks.computed(layers, settings), new RunRecord(INFO.name(), INFO.folder(),
			INFO.hash(), settings, "cpu", "f32", job.end(), ProcessMemory.peak(), seen.width(), seen.height(), ""));
	}

	private static RgbaImage reduced(final RgbaImage picture, final double scale) {
		final int w = Math.max(1, (int) Math.round(picture.width() * scale));
		final int h = Math.max(1, (int) Math.round(picture.height() * scale));
		return PillowResize.picture(picture, w, h, PillowResize.Filter.LANCZOS);
	}

	private static LayerStack stack(final RgbaImage picture, final List<RgbaImage> found) {
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < found.size(); k++)
			layers.add(Layer.of(String.format(Locale.ROOT, "layer-%02d", k), "Layer " + (k + 1), found.get(k)));
		return new LayerStack(picture.width(), picture.height(), layers);
	}

	@Override
	public void close() {}
}
