package org.layerj.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

/**
 * Reads tensors of a file in a thread of its own, before the network asks for them: the next block is read while the
 * current one is computed.
 * <p>
 * One set of tensors at a time. What cannot be read ahead is left out: reading it again, the network gets the error in
 * its own thread. All methods are for the network's thread.
 */
final class ReadAhead implements AutoCloseable {

	/** What was read, and the scope that owns it. */
	private record Arrival(Scope scope, Map<String, Tensor> tensors) implements AutoCloseable {

		@Override
		public void close() {
			scope.close();
		}
	}

	private final BiFunction<Scope, TensorInfo, Optional<Tensor>> reader;
	private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
		final Thread t = new Thread(task, "layerj-read-ahead");
		t.setDaemon(true);
		return t;
	});
	private Optional<CompletableFuture<Arrival>> coming = Optional.empty();
	private List<String> names = List.of();

	/** @param reader reads a tensor, owned by the scope; empty for one that is not to be read ahead */
	ReadAhead(final BiFunction<Scope, TensorInfo, Optional<Tensor>> reader) {
		this.reader = reader;
	}

	/** Frees what was read before and begins to read these; keeps them if they are the same. */
	void begin(final List<TensorInfo> tensors) {
		final List<String> wanted = tensors.stream().map(TensorInfo::name).toList();
		if (wanted.equals(names)) return;
		free();
		names = wanted;
		coming = Optional.of(CompletableFuture.supplyAsync(() -> read(tensors), thread));
	}

	/** The tensor, if it is among those read ahead; waits for the reading. Valid until others begin. */
	Optional<Tensor> take(final TensorInfo tensor) {
		if (!names.contains(tensor.name())) return Optional.empty();
		return coming.map(c -> c.join().tensors.get(tensor.name()));
	}

	private Arrival read(final List<TensorInfo> tensors) {
		final Scope scope = Torch.scope();
		try {
			final Map<String, Tensor> read = new HashMap<>();
			for (final TensorInfo tensor : tensors)
				reader.apply(scope, tensor).ifPresent(t -> read.put(tensor.name(), t));
			return new Arrival(scope, read);
		}
		catch (final RuntimeException e) {
			scope.close();
			return new Arrival(scope, Map.of());
		}
	}

	private void free() {
		coming.ifPresent(c -> c.join().close());
		coming = Optional.empty();
		names = List.of();
	}

	@Override
	public void close() {
		free();
		thread.shutdown();
	}
}
