package org.layerj.model;

import java.util.Optional;
import java.util.function.Function;
import org.layerj.torch.Scope;
import org.layerj.torch.Torch;

/**
 * Keeps the weights of one repeated block where the network computes, or fetches them anew for every use.
 * <p>
 * Resident blocks cost memory once and no time later; streamed ones cost the time of a cast or a transfer per use and
 * the memory of a single block. One mechanism serves float32 on a CPU over a bfloat16 file and a graphics card smaller
 * than the model.
 *
 * @param <W> the weights, a tensor or tensors by their names
 */
final class Residency<W> implements AutoCloseable {

	private final Scope resident = Torch.scope();
	private final boolean keep;
	private final Function<Scope, W> loader;
	private Optional<W> kept = Optional.empty();

	/**
	 * @param keep whether to load once and hold
	 * @param loader brings the block's weights to the device and type of the network, owned by the scope it is given
	 */
	Residency(final boolean keep, final Function<Scope, W> loader) {
		this.keep = keep;
		this.loader = loader;
	}

	/** The block's weights; valid as long as {@code scope}. */
	W get(final Scope scope) {
		if (!keep) return loader.apply(scope);
		load();
		return kept.orElseThrow();
	}

	/** Fetches the weights now, if they are to be kept; does nothing otherwise. */
	void load() {
		if (!keep || kept.isPresent()) return;
		try {
			kept = Optional.of(loader.apply(resident));
		}
		catch (final RuntimeException e) {
			resident.close(); // half a block would otherwise be held until the model is closed
			throw e;
		}
	}

	/** Bytes held now; nothing for weights that are used where they lie in the file. */
	long bytes() {
		return resident.bytes();
	}

	@Override
	public void close() {
		kept = Optional.empty();
		resident.close();
	}
}
