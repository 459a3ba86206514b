package org.layerj.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the header of a safetensors file: 8 bytes length (little-endian), that much JSON, then the tensors' bytes.
 *
 * <p>Everything the header claims is checked against the file before anybody uses an offset, because a wrong offset handed to
 * native code would end the JVM.
 */
final class Safetensors {

	/** The format's own limit. */
	private static final long MAX_HEADER = 100_000_000;

	private static final Map<String, Integer> BYTES = Map.ofEntries(Map.entry("BOOL", 1), Map.entry("U8", 1), Map.entry("I8", 1), Map.entry("F8_E4M3", 1),
		Map.entry("F8_E5M2", 1), Map.entry("U16", 2), Map.entry("I16", 2), Map.entry("F16", 2), Map.entry("BF16", 2), Map.entry("U32", 4), Map.entry("I32", 4),
		Map.entry("F32", 4), Map.entry("U64", 8), Map.entry("I64", 8), Map.entry("F64", 8));

	private Safetensors() {}

	/** The tensors of one file, by name, in header order. */
	static Map<String, TensorInfo> header(final ModelFiles files, final String path) {
		final long size = files.size(path);
		if (size < 8) throw damaged(files, path, "it has only " + size + " bytes");
		final long length = files.map(path, 0, 8).getLong();
		if (length < 2 || length > MAX_HEADER || length > size - 8) throw damaged(files, path, "its header claims " + length + " bytes of a file of " + size);
		final ByteBuffer raw = files.map(path, 8, length);
		final byte[] json = new byte[(int) length];
		raw.get(json);
		final JsonObject header;
		try {
			header = JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
		}
		catch (final JsonParseException | IllegalStateException e) {
			throw damaged(files, path, "its header is not JSON");
		}
		final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
		for (final Map.Entry<String, JsonElement> e : header.entrySet()) {
			if (e.getKey().equals("__metadata__")) continue;
			tensors.put(e.getKey(), tensor(files, path, e.getKey(), e.getValue(), 8 + length, size));
		}
		refuseOverlaps(files, path, tensors);
		return tensors;
	}

	private static TensorInfo tensor(final ModelFiles files, final String path, final String name, final JsonElement value, final long data, final long size) {
		try {
			final JsonObject o = value.getAsJsonObject();
			final String dtype = o.get("dtype").getAsString();
			final JsonArray dims = o.getAsJsonArray("shape");
			final long[] shape = new long[dims.size()];
			long elements = 1;
			for (int i = 0; i < shape.length; i++) {
				shape[i] = dims.get(i).getAsLong();
				if (shape[i] < 0) throw damaged(files, path, "tensor " + name + " has a negative size");
				elements = Math.multiplyExact(elements, shape[i]);
			}
			final JsonArray offsets = o.getAsJsonArray("data_offsets");
			final long begin = offsets.get(0).getAsLong();
			final long end = offsets.get(1).getAsLong();
			if (begin < 0 || end < begin || end > size - data) throw damaged(files, path, "tensor " + name + " lies outside the file, which may be cut short");
			final Integer width = BYTES.get(dtype);
			if (width == null) throw damaged(files, path, "tensor " + name + " has the unknown type " + dtype);
			if (Math.multiplyExact(elements, (long) width) != end - begin) throw damaged(files, path, "tensor " + name + " has " + (end - begin)
				+ " bytes where its shape needs " + elements * width);
			return new TensorInfo(name, dtype, shape, path, data + begin, end - begin);
		}
		catch (final NullPointerException | IllegalStateException | UnsupportedOperationException | NumberFormatException | ClassCastException
			| IndexOutOfBoundsException | ArithmeticException e)
		{
			throw damaged(files, path, "the header entry of tensor " + name + " cannot be read");
		}
	}

	private static void refuseOverlaps(final ModelFiles files, final String path, final Map<String, TensorInfo> tensors) {
		final List<TensorInfo> sorted = new ArrayList<>(tensors.values());
		sorted.sort(Comparator.comparingLong(TensorInfo::offset).thenComparingLong(TensorInfo::bytes));
		for (int i = 1; i < sorted.size(); i++) {
			final TensorInfo a = sorted.get(i - 1);
			final TensorInfo b = sorted.get(i);
			if (b.offset() < a.offset() + a.bytes()) throw damaged(files, path, "tensors " + a.name() + " and " + b.name() + " overlap");
		}
	}

	private static ModelException damaged(final ModelFiles files, final String path, final String why) {
		return new ModelException("The weight file " + path + " of model " + files.name() + " is damaged: " + why + "; download it again.");
	}
}
