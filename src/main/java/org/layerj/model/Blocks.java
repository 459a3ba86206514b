package org.layerj.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

/**
 * The weights of a network's equal blocks, which it computes one after the other: some stay, ready to compute with or
 * as they are stored; the others are fetched for every use, and while a block is computed the next of these is read
 * from the file.
 */
final class Blocks implements AutoCloseable {

	private final Weights weights;
	/** Weights that stay in the form of the file. */
	private final Weights stored;
	/** Weights that do not stay. */
	private final Weights streamed;
	private final Keep keep;
	private final String stem;
	private final List<Residency<Map<String, Tensor>>> blocks = new ArrayList<>();

	/**
	 * @param stem what the names of all their weights begin with, {@code transformer_blocks.}; the block's number and a
	 * dot follow
	 * @param each asks for the weights of one block
	 */
	Blocks(final Weights weights, final Keep keep, final String stem, final int count,
		final UnaryOperator<NamedWeights> each)
	{
		this.weights = weights;
		this.keep = keep;
		this.stem = stem;
		stored = weights.keeping();
		streamed = weights.readingAhead();
		for (int i = 0; i < count; i++) {
			final String key = stem + i + ".";
			final Weights from = source(i);
			blocks.add(new Residency<>(keep.expanded(i) && !weights.doubles(key),
				scope -> each.apply(new NamedWeights(from, scope, key)).all()));
		}
	}

	/** Where a block's weights come from. */
	Weights source(final int block) {
		return keep.stored(block) ? stored : keep.expanded(block) ? weights : streamed;
	}

	int size() {
		return blocks.size();
	}

	/** The weights of a block by their names within it, valid as long as {@code scope}. */
	Map<String, Tensor> get(final Scope scope, final int block) {
		final Map<String, Tensor> found = blocks.get(block).get(scope);
		if (source(block) == streamed) {
			int next = (block + 1) % blocks.size();
			while (source(next) != streamed) next++;
			final String key = stem + next + ".";
			streamed.readAhead(found.keySet().stream().map(name -> key + name).toList());
		}
		return found;
	}

	/**
	 * Brings in the weights that are to stay, so that the first step is no slower than the others.
	 *
	 * @param check called before every block; may throw to stop
	 */
	void load(final Runnable check) {
		for (int i = 0; i < blocks.size(); i++) {
			check.run();
			blocks.get(i).load();
			if (keep.stored(i) && !weights.device().isCpu()) try (Scope scratch = Torch.scope()) {
				blocks.get(i).get(scratch);
			}
		}
	}

	/** Bytes of weights held now. */
	long held() {
		return stored.held() + blocks.stream().mapToLong(Residency::bytes).sum();
	}

	@Override
	public void close() {
		blocks.forEach(Residency::close);
		stored.close();
		streamed.close();
	}
}
