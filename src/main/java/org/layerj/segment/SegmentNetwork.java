package org.layerj.segment;

import java.util.ArrayList;
import java.util.List;
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
 * The graph network: says of every segment what it is, which layers cover it though hidden, and of pairs of segments whether they show one element and how
 * far one extends beneath the other. Attention along the edges of the {@link SegmentGraph} (transformer convolution, Shi et al. 2021), with a summary of the
 * whole picture in every layer.
 *
 * <p>Trained by {@code training/train_segments.py}; the same computation as {@code training/segment/network.py}.
 */
public final class SegmentNetwork implements AutoCloseable {

	private static final Program PROGRAM = Program.load(SegmentNetwork.class, "segment_network.py");

	/** Folder of the weights in {@link ModelFiles}. */
	static final String FOLDER = "weights";

	private record Layer(List<Tensor> norm1, List<Tensor> qkv, List<Tensor> edgeBias, Tensor edgeValue, List<Tensor> out, List<Tensor> norm2, List<Tensor> summary,
		List<Tensor> up, List<Tensor> down)
	{}

	/**
	 * What the network says.
	 *
	 * @param visible for each segment the probability of each {@link SegmentClass} to be what shows there, row by row
	 * @param alpha for each segment the mean alpha, 0 … 1, of each class, also where it is hidden, row by row
	 * @param same for each edge of the graph the probability that both ends show the same element
	 * @param beneath for each edge how far, 0 … 1, the element that the second end shows extends beneath or over the first
	 */
	public record Answer(float[] visible, float[] alpha, float[] same, float[] beneath) {}

	private final Scope resident = Torch.scope();
	private final Weights weights;
	private final List<Layer> layers = new ArrayList<>();
	private final List<Tensor> statistics;
	private final List<List<Tensor>> embed;
	private final List<List<Tensor>> classes;
	private final List<Tensor> pairFirst;
	private final List<Tensor> pair;
	private final Tensor pairSecond;
	private final Tensor pairEdge;

	/** Loads the network from the jar. */
	public static SegmentNetwork builtIn() {
		return new SegmentNetwork(ModelFiles.segments());
	}

	SegmentNetwork(final ModelFiles files) {
		final Component component = Component.open(files, FOLDER);
		weights = new Weights(component, Device.CPU, DType.F32);
		try {
			final int width = Math.toIntExact(component.info("norm.weight").shape()[0]);
			final int heads = Math.toIntExact(component.info("layers.0.edge_bias.weight").shape()[0]);
			final int patch = Math.toIntExact(component.info("patch1.weight").shape()[0]);
			final int between = Math.toIntExact(component.info("pair_edge.weight").shape()[0]);
			final int kinds = SegmentClass.values().length;
			statistics = List.of(get("node_mean", SegmentGraph.NODE), get("node_std", SegmentGraph.NODE), get("edge_mean", SegmentGraph.EDGE), get("edge_std",
				SegmentGraph.EDGE));
			embed = List.of(linear("node", width, SegmentGraph.NODE), linear("patch1", patch, Patches.BYTES), linear("patch2", width, patch));
			for (int k = 0; component.has("layers." + k + ".qkv.weight"); k++) {
				final String at = "layers." + k + ".";
				layers.add(new Layer(norm(at + "norm1", width), linear(at + "qkv", 3 * width, width), linear(at + "edge_bias", heads, SegmentGraph.EDGE), get(at
					+ "edge_value.weight", width, SegmentGraph.EDGE), linear(at + "out", width, width), norm(at + "norm2", width), linear(at + "summary", width, 2 * width),
					linear(at + "up", 3 * width, width), linear(at + "down", width, 3 * width)));
			}
			classes = List.of(norm("norm", width), linear("visible", kinds, width), linear("alpha", kinds, width));
			pairFirst = linear("pair_first", between, width);
			pairSecond = get("pair_second.weight", between, width);
			pairEdge = get("pair_edge.weight", between, SegmentGraph.EDGE);
			pair = linear("pair", 2, between);
		}
		catch (final RuntimeException e) {
			resident.close();
			throw e;
		}
	}

	/** Runs the network on the graph of one picture. */
	public Answer run(final SegmentGraph graph, final Runnable check) {
		final int n = graph.size();
		final int count = graph.from().length;
		try (Scope scope = Torch.scope()) {
			final Tensor nodes = PROGRAM.tensor(scope, "normalise", Tensors.of(scope, graph.nodes(), n, SegmentGraph.NODE), statistics.get(0), statistics.get(1));
			final Tensor edges = PROGRAM.tensor(scope, "normalise", Tensors.of(scope, graph.edges(), count, SegmentGraph.EDGE), statistics.get(2), statistics.get(3));
			final Tensor patches = Tensors.of(scope, graph.patches(), n, Patches.BYTES);
			final Tensor first = Tensors.of(scope, longs(graph.from()), count);
			final Tensor second = Tensors.of(scope, longs(graph.to()), count);
			final Tensor share = Tensors.of(scope, shares(graph), n, 1);
			Tensor h = PROGRAM.tensor(scope, "embed", nodes, patches, embed.get(0), embed.get(1), embed.get(2));
			for (final Layer l : layers) {
				check.run();
				final Tensor told = PROGRAM.tensor(scope, "attend", h, edges, first, second, l.norm1, l.qkv, l.edgeBias, l.edgeValue, l.out);
				h = PROGRAM.tensor(scope, "think", told, share, l.norm2, l.summary, l.up, l.down);
			}
			final Tensor[] found = PROGRAM.tensors(scope, "classes", h, classes.get(0), classes.get(1), classes.get(2));
			final float[] pairs = PROGRAM.tensor(scope, "pairs", found[0], edges, first, second, pairFirst, pairSecond, pairEdge, pair).toFloats();
			return new Answer(found[1].toFloats(), found[2].toFloats(), column(pairs, 0), column(pairs, 1));
		}
	}

	/** Each of the three levels of nodes covers the picture once; together they sum to 1. */
	private static float[] shares(final SegmentGraph graph) {
		final float[] share = graph.area().clone();
		final float all = 3f * graph.segments().width() * graph.segments().height();
		for (int i = 0; i < share.length; i++) share[i] /= all;
		return share;
	}

	private static float[] column(final float[] pairs, final int column) {
		final float[] out = new float[pairs.length / 2];
		for (int i = 0; i < out.length; i++) out[i] = pairs[2 * i + column];
		return out;
	}

	private static long[] longs(final int[] values) {
		return IntStream.of(values).asLongStream().toArray();
	}

	private Tensor get(final String name, final long... shape) {
		return weights.get(resident, name, shape);
	}

	private List<Tensor> linear(final String name, final int out, final int in) {
		return List.of(get(name + ".weight", out, in), get(name + ".bias", out));
	}

	private List<Tensor> norm(final String name, final int width) {
		return List.of(get(name + ".weight", width), get(name + ".bias", width));
	}

	@Override
	public void close() {
		resident.close();
	}
}
