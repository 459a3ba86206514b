package org.layerj.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.checkpoint.Adapters;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.StoredType;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * Brings the weights of one component to the device and in the type that a network computes with.
 * <p>
 * A weight already stored in that type is used where it lies in the mapped file, without a copy; otherwise the copy is
 * the only one. Weights stored in 8 bits or fewer are expanded on the device. Their bytes may stay there between uses
 * ({@link #keeping}), so that a network that fetches its blocks for every use needs the memory of the stored form and
 * of one block. What LoRAs add is added on the way.
 */
public final class Weights implements AutoCloseable {

	private static final Program PROGRAM = Program.load(Weights.class, "stored_weights.py");
	/** Largest part of a tensor that is mapped at once; the limit of a Java buffer is 2 GiB. */
	private static final long PIECE = 1L << 30;

	private final Component component;
	private final Device device;
	private final DType dtype;
	private final boolean keepStored;
	private final long piece;
	private final Map<String, List<Adapters.Change>> changes;
	private final Scope resident = Torch.scope();
	private final Map<String, Tensor> stored = new HashMap<>();
	private final Optional<ReadAhead> ahead;

	public Weights(final Component component, final Device device, final DType dtype) {
		this(component, device, dtype, Map.of());
	}

	/** @param changes what is added to weights, by their names, see {@link Adapters#of(String)} */
	public Weights(final Component component, final Device device, final DType dtype,
		final Map<String, List<Adapters.Change>> changes)
	{
		this(component, device, dtype, false, PIECE, changes, false);
	}

	/**
	 * The same weights, of which what is fetched stays on the device as it is stored until {@link #close}. On a CPU it
	 * is there already, in the mapped file.
	 */
	Weights keeping() {
		return new Weights(component, device, dtype, !device.isCpu(), piece, changes, false);
	}

	/**
	 * The same weights, of which {@link #readAhead} reads those to be fetched next. On a CPU there is nothing to do:
	 * they are used where they lie in the mapped file.
	 */
	Weights readingAhead() {
		return new Weights(component, device, dtype, keepStored, piece, changes, device.isCuda() || ahead.isPresent());
	}

	/**
	 * @param keepStored whether what is fetched stays on the device as it is stored
	 * @param piece bytes of a tensor that are read at once; tests take few
	 * @param reading whether weights are read ahead also for a CPU, for tests
	 */
	Weights(final Component component, final Device device, final DType dtype, final boolean keepStored,
		final long piece, final Map<String, List<Adapters.Change>> changes, final boolean reading)
	{
		this.changes = changes;
		this.component = component;
		this.device = device;
		this.dtype = dtype;
		this.keepStored = keepStored;
		this.piece = piece;
		ahead = reading ? Optional.of(new ReadAhead(this::read)) : Optional.empty();
	}

	public Device device() {
		return device;
	}

	public DType dtype() {
		return dtype;
	}

	public boolean has(final String name) {
		return component.has(name);
	}

	/** Number of axes of a stored weight. */
	public int rank(final String name) {
		return component.info(name).shape().length;
	}

	/** The weight, after checking that the file holds it in the shape the configuration asks for. */
	public Tensor get(final Scope scope, final String name, final long... shape) {
		final TensorInfo info = checked(name, shape);
		final List<Adapters.Change> added = changes.getOrDefault(name, List.of());
		if (added.isEmpty()) return get(scope, info, keepStored);
		try (Scope scratch = Torch.scope()) {
			Tensor w = get(scratch, info, keepStored);
			for (final Adapters.Change c : added) {
				final Tensor sum = PROGRAM.tensor(scratch, "adapt", w, factor(scratch, c.file(), c.up()),
					factor(scratch, c.file(), c.down()), c.scale());
				scratch.free(w);
				w = sum;
			}
			return scratch.keep(w, scope);
		}
	}

	/**
	 * Begins to read weights that are going to be fetched next, in a thread of their own; for a CUDA card into
	 * page-locked memory, from where it copies by itself. What was read before is freed.
	 */
	void readAhead(final List<String> names) {
		ahead.ifPresent(a -> a.begin(names.stream().map(component::info).flatMap(Weights::pieces).toList()));
	}

	private static Stream<TensorInfo> pieces(final TensorInfo info) {
		return info.parts().isEmpty() ? Stream.of(info) : info.parts().stream().flatMap(Weights::pieces);
	}

	/** A tensor as it is stored, in memory of its own. */
	private Optional<Tensor> read(final Scope scope, final TensorInfo info) {
		if (info.bytes() > piece) return Optional.empty();
		try (Scope scratch = Torch.scope()) {
			final Tensor copy = Tensors.copy(scope, mapped(scratch, info), device.isCuda());
			component.release(info);
			return Optional.of(copy);
		}
	}

	/** A tensor as it is stored, in main memory: read ahead, or where it lies in the mapped file. */
	private Tensor host(final Scope scope, final TensorInfo info) {
		return ahead.flatMap(a -> a.take(info)).orElseGet(() -> mapped(scope, info));
	}

	/** Floats in the tensor's shape; other types as bytes, {@code (blocks or rows, bytes of each)}. */
	private Tensor mapped(final Scope scope, final TensorInfo info) {
		final StoredType type = type(info);
		if (type.isPlain()) return Tensors.over(scope, component.data(info), plainType(type), info.shape());
		final long width = (long) rowElements(type, info) / type.elements() * type.bytes();
		return Tensors.over(scope, component.data(info), DType.U8, info.bytes() / width, width);
	}

	private Tensor factor(final Scope scope, final Component file, final TensorInfo info) {
		final DType type = plainType(info.stored().orElseThrow());
		return Tensors.to(scope, Tensors.over(scope, file.data(info), type, info.shape()), device, type);
	}

	/**
	 * Whether weights of this beginning would be a second copy if they were kept: unchanged they are used where they
	 * lie in the mapped file.
	 */
	boolean doubles(final String beginning) {
		return device.isCpu() && changes.keySet()
			.stream()
			.anyMatch(n -> n.startsWith(beginning) && component.info(n).parts().isEmpty()
				&& type(component.info(n)).name().equals(dtype.name()));
	}

	private Tensor get(final Scope scope, final TensorInfo info, final boolean keep) {
		if (info.parts().isEmpty())
			return type(info).isPlain() ? plain(scope, info, keep) : expanded(scope, info, keep);
		try (Scope scratch = Torch.scope()) {
			final List<Tensor> parts = new ArrayList<>();
			for (final TensorInfo part : info.parts()) parts.add(get(scratch, part, keep));
			return Tensors.cat(scope, parts, info.axis());
		}
	}

	private TensorInfo checked(final String name, final long... shape) {
		final TensorInfo info = component.info(name);
		if (!Arrays.equals(info.shape(), shape)) throw new ModelException(
			"The tensor " + info + " of model " + component.model() + " should have the shape " + Arrays.toString(shape)
				+ " by " + component.folder() + "/config.json; weights and configuration do not belong together.");
		return info;
	}

	private StoredType type(final TensorInfo info) {
		return info.stored()
			.orElseThrow(() -> new ModelException("The tensor " + info + " of model " + component.model()
				+ " has a type that is not supported; F32, F16, BF16, F8_E4M3, F8_E5M2 and GGUF's types are."));
	}

	private static DType plainType(final StoredType type) {
		return DType.ofSafetensors(type.name()).orElseThrow();
	}

	/** Floats: where they lie in the file, or cast and moved. */
	private Tensor plain(final Scope scope, final TensorInfo info, final boolean keep) {
		final DType type = plainType(type(info));
		final boolean asIs = type == dtype && device.isCpu();
		if (info.bytes() <= piece) {
			if (asIs) return mapped(scope, info);
			if (!keep) return cast(scope, info);
			return Tensors.reshape(scope, stored.computeIfAbsent(info.name(), n -> cast(resident, info)), info.shape());
		}
		// Larger than a Java buffer: row by row into memory of our own.
		final Tensor all = PROGRAM.tensor(scope, "room", info.shape(), device.name(), dtype);
		final long rows = info.shape()[0];
		final long row = info.bytes() / rows;
		final long step = Math.max(1, piece / row);
		for (long at = 0; at < rows; at += step) try (Scope scratch = Torch.scope()) {
			final long n = Math.min(step, rows - at);
			final long[] shape = info.shape().clone();
			shape[0] = n;
			PROGRAM.tensor(scratch, "put", all, at,
				Tensors.over(scratch, component.data(info, at * row, n * row), type, shape));
		}
		return all;
	}

	private Tensor cast(final Scope scope, final TensorInfo info) {
		try (Scope scratch = Torch.scope()) {
			final Tensor moved = Tensors.to(scope, host(scratch, info), device, dtype);
			component.release(info);
			return moved;
		}
	}

	/** Bytes that have to be expanded to floats. */
	private Tensor expanded(final Scope scope, final TensorInfo info, final boolean keep) {
		final StoredType type = type(info);
		try (Scope scratch = Torch.scope()) {
			final Tensor bytes =
				!keep ? bytes(scratch, info) : stored.computeIfAbsent(info.name(), n -> bytes(resident, info));
			return expand(scope, bytes, type, info, info.shape());
		}
	}

	private Tensor expand(final Scope scope, final Tensor bytes, final StoredType type, final TensorInfo info,
		final long[] shape)
	{
		try (Scope scratch = Torch.scope()) {
			final List<Tensor> scale = info.scale()
				.map(s -> List.of(Tensors.to(scratch,
					Tensors.over(scratch, component.data(s), plainType(type(s)), s.elements()), device, DType.F32)))
				.orElse(List.of());
			return PROGRAM.tensor(scope, "expand", bytes, type.name(), rowElements(type, info), shape, scale, dtype);
		}
	}

	/** Numbers in a row of the tensor of bytes: a block, or all of the last axis where blocks are single numbers. */
	private static int rowElements(final StoredType type, final TensorInfo info) {
		return type.elements() > 1 || info.shape().length == 0 ? type.elements()
			: Math.toIntExact(Math.max(1, info.shape()[info.shape().length - 1]));
	}

	private Tensor bytes(final Scope scope, final TensorInfo info) {
		if (device.isCpu()) return host(scope, info);
		try (Scope scratch = Torch.scope()) {
			final Tensor moved = Tensors.to(scope, host(scratch, info), device, DType.U8);
			component.release(info);
			return moved;
		}
	}

	/**
	 * A few rows of a table, of which no more than these is read.
	 *
	 * @param ids which rows; each below {@code rows}
	 * @return {@code (ids, width)}
	 */
	public Tensor rows(final Scope scope, final String name, final long[] ids, final long rows, final long width) {
		final TensorInfo info = checked(name, rows, width);
		final StoredType type = type(info);
		final long bytes = info.bytes() / rows;
		// Windows of the file, so that every row is not a mapping of its own.
		final long window = Math.max(1, piece / bytes);
		final Map<Long, ByteBuffer> windows = new HashMap<>();
		try (Scope scratch = Torch.scope()) {
			final List<Tensor> found = new ArrayList<>();
			for (final long id : ids) {
				final long first = id / window * window;
				final ByteBuffer all = windows.computeIfAbsent(first,
					f -> component.data(info, f * bytes, Math.min(window, rows - f) * bytes));
				final ByteBuffer row =
					all.slice(Math.toIntExact((id - first) * bytes), Math.toIntExact(bytes)).order(all.order());
				found.add(type.isPlain() ? Tensors.over(scratch, row, plainType(type), 1, width)
					: Tensors.over(scratch, row, DType.U8, type.elements() > 1 ? width / type.elements() : 1,
						type.elements() > 1 ? type.bytes() : bytes));
			}
			final Tensor joined =
				Tensors.to(scratch, Tensors.cat(scratch, found, 0), device, type.isPlain() ? dtype : DType.U8);
			if (type.isPlain()) return scratch.keep(joined, scope);
			if (type == StoredType.I8) throw new ModelException("The table " + name + " of model " + component.model()
				+ " is stored with a scale per row; keep it in 16 bits.");
			return expand(scope, joined, type, info, new long[] { ids.length, width });
		}
	}

	/**
	 * All weights by name, for programs that take them as a dictionary; kernels in the order in memory that
	 * convolutions compute fastest with.
	 */
	public Map<String, Tensor> all(final Scope scope) {
		final Map<String, Tensor> all = new LinkedHashMap<>();
		for (final String name : component.names()) {
			try (Scope scratch = Torch.scope()) {
				all.put(name, scratch
					.keep(Tensors.channelsLast(scratch, get(scratch, name, component.info(name).shape())), scope));
			}
		}
		return Collections.unmodifiableMap(all);
	}

	/** Says that a weight will not be read where it lies in the file again soon; its pages need not stay in memory. */
	public void release(final String name) {
		component.release(name);
	}

	/** Bytes that stay on the device between uses. */
	public long held() {
		return resident.bytes();
	}

	@Override
	public void close() {
		stored.clear();
		resident.close();
		ahead.ifPresent(ReadAhead::close);
	}
}
