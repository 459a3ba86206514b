package org.layerj.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.layerj.torch.Device;
import org.layerj.torch.Memory;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

/**
 * Decides which blocks of a network stay on the device and which are brought there each time their turn comes.
 *
 * <p>Blocks are kept in the order of their first use for as long as their bytes fit the budget; the others are dropped as soon as
 * they have computed. A network larger than memory therefore still runs, only slower. Weights that are used where they lie in the
 * mapped file cost nothing and are always kept: the operating system drops and re-reads their pages by itself.
 *
 * <pre>{@code
 * y = residency.with(i, scope -> layerWeights(scope, i), w -> PROGRAM.tensor(scratch, "layer", x, w));
 * }</pre>
 */
public final class Residency implements AutoCloseable {

	/** Brings the weights of one block to the device, into the scope given. */
	public interface Loader {

		List<Tensor> load(Scope scope);
	}

	private final long budget;
	private final Scope resident = Torch.scope();
	private final Map<Object, List<Tensor>> kept = new HashMap<>();
	private long used;

	/** @param budget bytes that may stay on the device between calls */
	public Residency(final long budget) {
		this.budget = budget;
	}

	/** On a CPU a quarter of the free memory may be filled, on a graphics card three quarters: the rest is for the computation itself. */
	public static Residency on(final Device device) {
		final long free = Memory.free(device);
		return new Residency(device.isCpu() ? free / 4 : free / 4 * 3);
	}

	/**
	 * Computes with the weights of a block.
	 *
	 * @param block any key that tells the blocks of this network apart
	 * @param loader called the first time, and each time for a block that is not kept
	 * @param body gets the loader's list; the tensors may be gone when it has returned
	 */
	public <R> R with(final Object block, final Loader loader, final Function<List<Tensor>, R> body) {
		final List<Tensor> there = kept.get(block);
		if (there != null) return body.apply(there);
		try (Scope scratch = Torch.scope()) {
			final List<Tensor> loaded = loader.load(scratch);
			final long bytes = loaded.stream().filter(t -> !t.isBorrowed()).mapToLong(Tensor::bytes).sum();
			if (bytes <= budget - used) {
				loaded.forEach(t -> scratch.keep(t, resident));
				kept.put(block, loaded);
				used += bytes;
			}
			return body.apply(loaded);
		}
	}

	/** Bytes kept on the device. */
	public long bytes() {
		return used;
	}

	/** Drops everything kept. */
	@Override
	public void close() {
		kept.clear();
		used = 0;
		resident.close();
	}
}
