package org.layerj.segment;

import java.util.Optional;
import java.util.OptionalInt;
import org.layerj.checkpoint.ModelId;
import org.layerj.layers.LayerStack;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;

/** From a picture to a proposal of its layers, in the size that segments are found in. Weights come in with the first picture. */
public final class SegmentProposal implements AutoCloseable {

	/** Layers of the finest cut, at most. */
	public static final int MOST_LAYERS = SegmentClass.values().length;

	/** Larger pictures are reduced to so many pixels; the training figures go up to that (training/segment/targets.py). */
	private static final double MOST_PIXELS = 140_000;

	private Optional<SegmentNetwork> network = Optional.empty();

	/** Whether the network's weights are in the jar. */
	public static boolean available() {
		return SegmentNetwork.files().has(SegmentNetwork.FILE);
	}

	/** Identifies the weights. */
	public String hash() {
		return ModelId.ofFile(SegmentNetwork.files(), SegmentNetwork.FILE).sha256();
	}

	/**
	 * The layers that a picture probably has.
	 *
	 * @param picture any size; straight alpha
	 * @param layers at most so many; empty: as many as there are
	 * @param check called between parts; may throw to stop
	 * @return layers of the working size, bottom to top
	 */
	public synchronized LayerStack of(final RgbaImage picture, final OptionalInt layers, final Runnable check) {
		final double scale = Math.min(1, Math.sqrt(MOST_PIXELS / ((double) picture.width() * picture.height())));
		final int w = Math.max(1, (int) Math.round(picture.width() * scale));
		final int h = Math.max(1, (int) Math.round(picture.height() * scale));
		final RgbaImage small = PillowResize.picture(picture, w, h, PillowResize.Filter.LANCZOS);
		check.run();
		final SegmentGraph graph = SegmentGraph.of(small);
		check.run();
		if (network.isEmpty()) network = Optional.of(SegmentNetwork.builtIn());
		return LayerGrouping.of(small, graph, network.get().run(graph, check), layers);
	}

	@Override
	public synchronized void close() {
		network.ifPresent(SegmentNetwork::close);
		network = Optional.empty();
	}
}
