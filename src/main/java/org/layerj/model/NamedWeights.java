package org.layerj.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;

/**
 * A part's weights under their names in the checkpoint, without the part's own: {@code attn.to_q.weight}. That is how
 * programs ask for them. Not for several threads.
 */
final class NamedWeights {

	private final Weights from;
	private final Scope scope;
	private final String part;
	private final Map<String, Tensor> tensors = new LinkedHashMap<>();

	/**
	 * @param from the model's weights
	 * @param scope owns what is fetched
	 * @param part what all names begin with, with a dot at its end
	 */
	NamedWeights(final Weights from, final Scope scope, final String part) {
		this.from = from;
		this.scope = scope;
		this.part = part;
	}

	/** A tensor of this shape. */
	NamedWeights tensor(final String name, final long... shape) {
		tensors.put(name, from.get(scope, part + name, shape));
		return this;
	}

	/** The matrix, {@code (out, in)}, of a linear map. */
	NamedWeights matrix(final String name, final long out, final long in) {
		return tensor(name + ".weight", out, in);
	}

	/** A linear map: its matrix, {@code (out, in)}, and its bias, {@code (out)}. */
	NamedWeights linear(final String name, final long out, final long in) {
		return matrix(name, out, in).tensor(name + ".bias", out);
	}

	Map<String, Tensor> all() {
		return Collections.unmodifiableMap(tensors);
	}
}
