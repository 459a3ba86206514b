package org.layerj.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Owns the tensors made in it and frees them all when closed.
 * <p>
 * Nothing depends on the garbage collector: libtorch memory is returned at the end of a {@code try} block. What should
 * outlive the block is handed to another scope with {@link #keep}. <pre>{@code
 * try (Scope scratch = Torch.scope()) {
 *   Tensor h = program.tensor(scratch, "first", x);
 *   return scratch.keep(program.tensor(scratch, "second", h), outer);
 * }
 * }</pre>
 */
public final class Scope implements AutoCloseable {

	private final Set<Tensor> owned = Collections.newSetFromMap(new IdentityHashMap<>());

	Scope() {}

	Tensor own(final Tensor tensor) {
		owned.add(tensor);
		return tensor;
	}

	/** Moves a tensor of this scope to another one, so that it survives this scope's end. Returns the same tensor. */
	public Tensor keep(final Tensor tensor, final Scope heir) {
		if (!owned.remove(tensor))
			throw new IllegalArgumentException("Tensor " + tensor + " does not belong to this scope");
		return heir.own(tensor);
	}

	/** Frees one tensor before the scope ends. */
	public void free(final Tensor tensor) {
		if (owned.remove(tensor)) tensor.close();
	}

	/** Bytes of all tensors held but those over Java's memory; views count as if they had memory of their own. */
	public long bytes() {
		return owned.stream().filter(Tensor::ownsMemory).mapToLong(Tensor::bytes).sum();
	}

	@Override
	public void close() {
		final List<Tensor> all = new ArrayList<>(owned);
		owned.clear();
		all.forEach(Tensor::close);
	}
}
