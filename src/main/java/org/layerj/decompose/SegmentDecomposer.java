package org.layerj.decompose;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.layerj.checkpoint.Machine;
import org.layerj.common.Progress;
import org.layerj.elements.ElementFinder;
import org.layerj.elements.Elements;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.provenance.Kind;
import org.layerj.refine.Refinement;
import org.layerj.segment.FoundLayers;
import org.layerj.segment.SegmentProposal;

/**
 * The built-in default (docs/METHOD.md): text is read and removed, a graph network classifies the segments of the rest,
 * and segments are grouped to layers. Deterministic; prompt, steps, guidance and seed have no effect.
 */
public final class SegmentDecomposer implements Decomposer {

	static final String NAME = ModelInfo.BUILT_IN;

	/** Measured on two cores with pictures of 0.5 and 4.3 megapixels, most of it to read text; and for a pixel more. */
	private static final double SECONDS = 6.5;
	private static final double SECONDS_PER_PIXEL = 7.6e-6;
	/** Of the networks and of Java itself; the heap, and for a pixel more. */
	private static final long BYTES = 900L << 20;
	private static final long BYTES_PER_PIXEL = 110;
	private static final long HEAP = 150L << 20;

	private static final String FIND = "find";
	private static final String REFINE = "refine";

	private final SegmentProposal proposal = new SegmentProposal();
	private final ModelInfo info = new ModelInfo(NAME, NAME, SegmentProposal.hash(),
		new Settings(SegmentProposal.MOST_LAYERS, 1000, 1, 1, 0, "", "", DecomposeOptions.AUTO, false), false,
		DecomposeOptions.MAX_LAYERS, List.of());

	/**
	 * Why it cannot run there, as a message; empty if it can.
	 *
	 * @throws InvalidOptionException if that is no device at all
	 */
	static Optional<String> rejection(final String device) {
		final String wanted = DecomposeOptions.defaults().withDevice(device).device();
		return wanted.equals(DecomposeOptions.AUTO) || wanted.equals("cpu") ? Optional.empty()
			: Optional.of("The option device is " + wanted
				+ ", but the built-in default runs on the processor only; leave the option out, or choose another model.");
	}

	@Override
	public ModelInfo model() {
		return info;
	}

	@Override
	public Forecast forecast(final int width, final int height, final DecomposeOptions options) {
		info.settings(options);
		final long pixels = (long) width * height;
		final long heap = HEAP + pixels * BYTES_PER_PIXEL;
		return new Forecast(SECONDS + pixels * SECONDS_PER_PIXEL, BYTES + heap, 0, Machine.here().available(), 0, heap,
			JavaHeap.left(heap));
	}

	@Override
	public Decomposition decompose(final RgbaImage picture, final DecomposeOptions options, final Progress progress) {
		final Settings settings = info.settings(options);
		forecast(picture.width(), picture.height(), options).rejection().ifPresent(message -> {
			throw new DecompositionException(message);
		});
		final Job job = new Job(progress, List.of(new Progress.Phase(FIND, 0.7), new Progress.Phase(REFINE, 0.3)));
		job.begin(FIND);
		final FoundLayers found = proposal.of(picture,
			options.layers().isPresent() ? OptionalInt.of(settings.layers()) : OptionalInt.empty(), job);
		job.begin(REFINE);
		final LayerStack network = found.layers();
		final LayerStack layers = new Refinement(picture, Kind.COMPUTED, Set.of(), settings.raw())
			.of(found.background(), network, found.letters(), found.textLayer(), job);
		job.check();
		final Elements elements = ElementFinder.of(picture, layers, found.parts(), found.text(), found.textLayer());
		return new Decomposition(layers, new RunRecord(info.name(), info.folder(), info.hash(), settings, "cpu", "f32",
			job.end(), ProcessMemory.peak(), network.width(), network.height(), ""), Optional.of(elements));
	}

	@Override
	public void close() {
		proposal.close();
	}
}
