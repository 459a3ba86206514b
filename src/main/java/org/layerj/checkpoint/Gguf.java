package org.layerj.checkpoint;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header of a GGUF file (versions 2 and 3, little-endian): keys with values, and where which tensor lies. Nothing
 * of the tensors is read. As with {@link Safetensors}, what the header claims is checked against the file.
 *
 * @param keys values by key: Long, Double, Boolean, String, or a List of these
 * @param tensors by name, in the file's order; shapes outermost first, which is the reverse of GGUF's own
 */
record Gguf(Map<String, Object> keys, Map<String, TensorInfo> tensors) {

	/** {@code GGUF}, read as a number. */
	private static final int MAGIC = 0x4655_4747;
	/** Longest header; vocabularies take 10 MB. */
	private static final long MAX_HEADER = 512L << 20;
	private static final int MAX_ITEMS = 20_000_000;
	private static final int MAX_TEXT = 1 << 26;
	private static final int MAX_TENSORS = 200_000;
	private static final int MAX_DIMENSIONS = 8;
	private static final int ALIGNMENT = 32;
	/** Names of the tensor types by their numbers. */
	private static final Map<Integer, String> TYPES = Map.ofEntries(Map.entry(0, "F32"), Map.entry(1, "F16"),
		Map.entry(2, "Q4_0"), Map.entry(3, "Q4_1"), Map.entry(6, "Q5_0"), Map.entry(7, "Q5_1"), Map.entry(8, "Q8_0"),
		Map.entry(10, "Q2_K"), Map.entry(11, "Q3_K"), Map.entry(12, "Q4_K"), Map.entry(13, "Q5_K"),
		Map.entry(14, "Q6_K"), Map.entry(15, "Q8_K"), Map.entry(16, "IQ2_XXS"), Map.entry(17, "IQ2_XS"),
		Map.entry(18, "IQ3_XXS"), Map.entry(19, "IQ1_S"), Map.entry(20, "IQ4_NL"), Map.entry(21, "IQ3_S"),
		Map.entry(22, "IQ2_S"), Map.entry(23, "IQ4_XS"), Map.entry(30, "BF16"), Map.entry(39, "MXFP4"));

	/** Whether a file begins as GGUF files do. */
	static boolean is(final ModelFiles files, final String path) {
		return files.size(path) >= 4 && files.map(path, 0, 4).order(ByteOrder.LITTLE_ENDIAN).getInt() == MAGIC;
	}

	/** @throws ModelException if the file is damaged or its tensors are of a type that cannot be read */
	static Gguf read(final ModelFiles files, final String path) {
		final long size = files.size(path);
		final Reader in =
			new Reader(files, path, files.map(path, 0, Math.min(size, MAX_HEADER)).order(ByteOrder.LITTLE_ENDIAN));
		try {
			return in.header(size);
		}
		catch (final BufferUnderflowException e) {
			throw in.damaged("its header goes on behind its end, so it is cut short");
		}
	}

	/** A number; empty if the key is missing. */
	Optional<Long> integer(final String key) {
		return keys.get(key) instanceof Long l ? Optional.of(l) : Optional.empty();
	}

	Optional<Double> number(final String key) {
		return keys.get(key) instanceof Double d ? Optional.of(d) : integer(key).map(Long::doubleValue);
	}

	Optional<String> text(final String key) {
		return keys.get(key) instanceof String s ? Optional.of(s) : Optional.empty();
	}

	/** A list of texts; empty if the key is missing or something else. */
	List<String> texts(final String key) {
		return list(key).stream().filter(String.class::isInstance).map(String.class::cast).toList();
	}

	/** A list of whole numbers. */
	List<Long> integers(final String key) {
		return list(key).stream().filter(Long.class::isInstance).map(Long.class::cast).toList();
	}

	private List<?> list(final String key) {
		return keys.get(key) instanceof List<?> l ? l : List.of();
	}

	private static final class Reader {

		private final ModelFiles files;
		private final String path;
		private final ByteBuffer in;

		Reader(final ModelFiles files, final String path, final ByteBuffer in) {
			this.files = files;
			this.path = path;
			this.in = in;
		}

		private ModelException damaged(final String why) {
			return new ModelException(
				"The GGUF file " + path + " of model " + files.name() + " is damaged: " + why + "; download it again.");
		}

		Gguf header(final long size) {
			if (in.getInt() != MAGIC) throw damaged("it does not begin as GGUF");
			final int version = in.getInt();
			if (version != 2 && version != 3)
				throw new ModelException("The GGUF file " + path + " of model " + files.name() + " is of version "
					+ Integer.toUnsignedString(version) + ", but only 2 and 3 are supported (little-endian).");
			final int tensors = count(MAX_TENSORS, "tensors");
			final int pairs = count(MAX_TENSORS, "keys");
			final Map<String, Object> keys = new LinkedHashMap<>();
			for (int i = 0; i < pairs; i++) {
				final String key = text();
				keys.put(key, value(in.getInt(), 0));
			}
			final List<TensorInfo> found = new ArrayList<>();
			for (int i = 0; i < tensors; i++) found.add(tensor());
			final long alignment = keys.get("general.alignment") instanceof Long l ? l : ALIGNMENT;
			if (alignment < 8 || alignment > 1 << 20 || alignment % 8 != 0)
				throw damaged("its alignment is " + alignment);
			final long data = (in.position() + alignment - 1) / alignment * alignment;
			final Map<String, TensorInfo> out = new LinkedHashMap<>();
			for (final TensorInfo t : found) {
				if (t.offset() % alignment != 0)
					throw damaged("tensor " + t.name() + " does not begin at a multiple of " + alignment);
				final TensorInfo placed =
					new TensorInfo(t.name(), t.dtype(), t.shape(), path, data + t.offset(), t.bytes());
				if (out.put(t.name(), placed) != null) throw damaged("it lists the tensor " + t.name() + " twice");
			}
			place(out, data, size);
			return new Gguf(keys, out);
		}

		private void place(final Map<String, TensorInfo> tensors, final long data, final long size) {
			final List<TensorInfo> sorted = new ArrayList<>(tensors.values());
			sorted.sort(Comparator.comparingLong(TensorInfo::offset).thenComparingLong(TensorInfo::bytes));
			long end = data;
			for (final TensorInfo t : sorted) {
				if (t.offset() < end) throw damaged("tensor " + t.name() + " overlaps another one");
				if (t.bytes() > size || t.offset() > size - t.bytes()) throw damaged("it has " + size
					+ " bytes, but its tensor " + t.name() + " would end behind them, so it is cut short");
				end = t.offset() + t.bytes();
			}
		}

		private TensorInfo tensor() {
			final String name = text();
			if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl))
				throw damaged("it has a tensor with the unusable name \"" + Json.show(name) + "\"");
			final int axes = in.getInt();
			if (axes < 0 || axes > MAX_DIMENSIONS)
				throw damaged("tensor " + Json.show(name) + " has " + Integer.toUnsignedString(axes) + " axes");
			final long[] shape = new long[axes];
			for (int i = axes - 1; i >= 0; i--) {
				shape[i] = in.getLong();
				if (shape[i] < 0) throw damaged("tensor " + Json.show(name) + " has a negative size");
			}
			final int code = in.getInt();
			final String dtype = TYPES.getOrDefault(code, "type " + code);
			final long offset = in.getLong();
			if (offset < 0) throw damaged("tensor " + Json.show(name) + " begins before the data");
			return new TensorInfo(name, dtype, shape, path, offset, bytes(name, dtype, shape));
		}

		private long bytes(final String name, final String dtype, final long[] shape) {
			long n = 1;
			try {
				for (final long s : shape) n = Math.multiplyExact(n, s);
				Math.multiplyExact(n, 8);
			}
			catch (final ArithmeticException e) {
				throw damaged("tensor " + Json.show(name) + " is impossibly large");
			}
			final StoredType type = StoredType.of(dtype)
				.filter(t -> t != StoredType.I8)
				.orElseThrow(() -> new ModelException("The GGUF file " + path + " of model " + files.name()
					+ " stores the tensor " + Json.show(name) + " as " + dtype
					+ "; F32, F16, BF16, Q8_0, Q6_K, Q5_K, Q5_0, Q5_1, Q4_K, Q4_0 and Q4_1 can be read, so take a Q4, Q5, Q6 or Q8 file."));
			if (shape.length > 0 && shape[shape.length - 1] % type.elements() != 0)
				throw damaged("tensor " + Json.show(name) + " has rows of " + shape[shape.length - 1]
					+ " numbers, no multiple of " + type.elements());
			return type.bytesOf(n);
		}

		private int count(final int most, final String what) {
			final long n = in.getLong();
			if (n < 0 || n > most) throw damaged("it claims to have " + Long.toUnsignedString(n) + " " + what);
			return (int) n;
		}

		private String text() {
			final byte[] bytes = new byte[sized(count(MAX_TEXT, "letters in a text"), 1)];
			in.get(bytes);
			return new String(bytes, StandardCharsets.UTF_8);
		}

		/** A number of items, which have to fit into what is left of the file. */
		private int sized(final int n, final int width) {
			if ((long) n * width > in.remaining()) throw new BufferUnderflowException();
			return n;
		}

		private Object value(final int type, final int depth) {
			return switch (type) {
				case 0 -> (long) (in.get() & 0xff);
				case 1 -> (long) in.get();
				case 2 -> (long) (in.getShort() & 0xffff);
				case 3 -> (long) in.getShort();
				case 4 -> in.getInt() & 0xffff_ffffL;
				case 5 -> (long) in.getInt();
				case 6 -> (double) in.getFloat();
				case 7 -> in.get() != 0;
				case 8 -> text();
				case 9 -> {
					if (depth > 0) throw damaged("it has a list of lists");
					final int kind = in.getInt();
					final int n = sized(count(MAX_ITEMS, "values in a list"), 1);
					final List<Object> list = new ArrayList<>(n);
					for (int i = 0; i < n; i++) list.add(value(kind, depth + 1));
					yield list;
				}
				case 10, 11 -> in.getLong();
				case 12 -> in.getDouble();
				default -> throw damaged("it has a value of the unknown type " + Integer.toUnsignedString(type));
			};
		}
	}
}
