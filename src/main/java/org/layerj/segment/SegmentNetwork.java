package org.layerj.segment;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.model.Weights;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * The graph network: predicts for every segment its class and the alpha of each class there, also where it is hidden,
 * and for every edge whether both ends show one element or one class, and how far one extends beneath the other.
 * Attention along the edges of the {@link SegmentGraph} (transformer convolution, Shi et al. 2021), with a summary of
 * the whole picture in every layer.
 * <p>
 * Trained by {@code training/train_segments.py}; the same computation as {@code training/segment/network.py}.
 */
public final class SegmentNetwork implements AutoCloseable {

	private static final Program PROGRAM = Program.load(SegmentNetwork.class, "segment_network.py");

	/**
	 * The network's output.
	 *
	 * @param visible for each segment the probability of each {@link SegmentClass} to be what shows there, row by row
	 * @param alpha for each segment the mean alpha, 0 … 1, of each class, also where it is hidden, row by row
	 * @param same for each edge of the graph the probability that both ends show the same element
	 * @param beneath for each edge how far, 0 … 1, the element that the second end shows extends beneath or over the
	 * first
	 * @param together for each edge the probability that both ends show elements of one class, and so of one layer
	 */
	public record Answer(float[] visible, float[] alpha, float[] same, float[] beneath, float[] together) {}

	private final Scope resident = Torch.scope();
	private final Map<String, Tensor> weights;
	private final int layers;

	/** Loads the weights, which are one file. */
	SegmentNetwork(final ModelFiles files) {
		try {
			weights = new Weights(Component.openFile(files, SegmentProposal.FILE), Device.CPU, DType.F32).all(resident);
		}
		catch (final RuntimeException e) {
			resident.close();
			throw e;
		}
		layers = (int) IntStream.iterate(0, k -> k + 1)
			.takeWhile(k -> weights.containsKey("layers." + k + ".qkv.weight"))
			.count();
	}

	/** {@return the network with the weights from the jar; to be closed by the caller} */
	public static SegmentNetwork builtIn() {
		return new SegmentNetwork(SegmentProposal.files());
	}

	/**
	 * Runs the network on the graph of one picture.
	 *
	 * @param graph of the picture
	 * @param check called between layers; may throw to stop
	 * @return probabilities of nodes and edges
	 */
	public Answer run(final SegmentGraph graph, final Runnable check) {
		final int n = graph.size();
		final int count = graph.from().length;
		try (Scope scope = Torch.scope()) {
			final Tensor nodes = Tensors.of(scope, graph.nodes(), n, SegmentGraph.NODE);
			final Tensor edges =
				PROGRAM.tensor(scope, "edges", Tensors.of(scope, graph.edges(), count, SegmentGraph.EDGE), weights);
			final Tensor patches = Tensors.of(scope, graph.patches(), n, Patches.BYTES);
			final Tensor first = Tensors.of(scope, longs(graph.from()), count);
			final Tensor second = Tensors.of(scope, longs(graph.to()), count);
			final Tensor share = Tensors.of(scope, shares(graph), n, 1);
			Tensor h = PROGRAM.tensor(scope, "embed", nodes, patches, weights);
			for (int k = 0; k < layers; k++) {
				check.run();
				h = PROGRAM.tensor(scope, "layer", h, edges, first, second, share, weights, k);
			}
			final Tensor[] found = PROGRAM.tensors(scope, "classes", h, weights);
			final float[] pairs = PROGRAM.tensor(scope, "pairs", found[0], edges, first, second, weights).toFloats();
			return new Answer(found[1].toFloats(), found[2].toFloats(), Arrays.copyOf(pairs, count),
				Arrays.copyOfRange(pairs, count, 2 * count), Arrays.copyOfRange(pairs, 2 * count, 3 * count));
		}
	}

	/** Each of the three levels of nodes covers the picture once; together they sum to 1. */
	private static float[] shares(final SegmentGraph graph) {
		final float[] share = graph.area().clone();
		final float all = 3f * graph.segments().width() * graph.segments().height();
		for (int i = 0; i < share.length; i++) share[i] /= all;
		return share;
	}

	private static long[] longs(final int[] values) {
		return IntStream.of(values).asLongStream().toArray();
	}

	@Override
	public void close() {
		resident.close();
	}
}
