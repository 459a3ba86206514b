package org.layerj.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the header of a safetensors file: 8 bytes length (little-endian), that much JSON, then the tensors' bytes.
 * <p>
 * Everything the header claims is checked against the file before anybody uses an offset, because a wrong offset handed
 * to native code would end the JVM. What the format's own reader rejects (gaps, overlaps, bytes of no tensor) is
 * rejected here too.
 */
final class Safetensors {

	/** The format's own limit in bytes. */
	private static final long MAX_HEADER = 100_000_000;
	/** Tensors in one file; the official model has 2857 in ten files. */
	private static final int MAX_TENSORS = 200_000;
	private static final int MAX_DIMENSIONS = 16;
	private static final int MAX_NAME = 512;

	private static final Map<String, Integer> BYTES = Map.ofEntries(Map.entry("BOOL", 1), Map.entry("U8", 1),
		Map.entry("I8", 1), Map.entry("F8_E4M3", 1), Map.entry("F8_E5M2", 1), Map.entry("F8_E8M0", 1),
		Map.entry("U16", 2), Map.entry("I16", 2), Map.entry("F16", 2), Map.entry("BF16", 2), Map.entry("U32", 4),
		Map.entry("I32", 4), Map.entry("F32", 4), Map.entry("U64", 8), Map.entry("I64", 8), Map.entry("F64", 8));

	private Safetensors() {}

	/** The tensors of one file, by name, in header order. */
	static Map<String, TensorInfo> header(final ModelFiles files, final String path) {
		final byte[] json = headerBytes(files, path);
		final long data = 8L + json.length;
		final long size = files.size(path);
		final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
		try (JsonReader in = Json.reader(json)) {
			in.beginObject();
			while (in.hasNext()) {
				final String name = in.nextName();
				if (name.equals("__metadata__")) {
					skipTexts(in);
					continue;
				}
				if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl))
					throw damaged(files, path, "it has a tensor with the unusable name \"" + Json.show(name) + "\"");
				if (tensors.put(name, tensor(files, path, name, in, data)) != null)
					throw damaged(files, path, "it lists the tensor " + name + " twice");
				if (tensors.size() > MAX_TENSORS)
					throw damaged(files, path, "it lists more than " + MAX_TENSORS + " tensors");
			}
			in.endObject();
			if (in.peek() != JsonToken.END_DOCUMENT) throw new MalformedJsonException("there is more after its end");
		}
		catch (final IOException | IllegalStateException | NumberFormatException e) {
			throw damaged(files, path, "its header is not valid JSON (" + Json.reason(e) + ")");
		}
		rejectHoles(files, path, tensors, data, size);
		return tensors;
	}

	/** How the pointers begin that Git leaves where Git LFS is not installed: {@code version }, read as a number. */
	private static final long GIT_LFS = 0x206e_6f69_7372_6576L;

	/** The header's JSON as it stands in the file; its length is checked against the file. */
	static byte[] headerBytes(final ModelFiles files, final String path) {
		final long size = files.size(path);
		if (size == 0) throw damaged(files, path, "it is empty");
		if (size < 8) throw damaged(files, path, "it has only " + size + " bytes");
		final long length = files.map(path, 0, 8).getLong();
		if (length == GIT_LFS) throw new ModelException("The file " + path + " of model " + files.name()
			+ " is a Git LFS pointer in place of the weights; fetch them with git lfs pull in the model folder.");
		if (length < 2 || length > MAX_HEADER)
			throw damaged(files, path, "its header claims to have " + Long.toUnsignedString(length) + " bytes");
		if (length > size - 8) throw damaged(files, path,
			"it has " + size + " bytes, fewer than its header of " + length + " bytes needs");
		final byte[] json = new byte[(int) length];
		files.map(path, 8, length).get(json);
		return json;
	}

	/** A text that the header carries besides the tensors; empty if it has none of that name. */
	static Optional<String> metadata(final ModelFiles files, final String path, final String key) {
		try {
			final JsonElement texts = Json.read(headerBytes(files, path)).getAsJsonObject().get("__metadata__");
			return Optional.ofNullable(texts == null ? null : texts.getAsJsonObject().get(key))
				.map(JsonElement::getAsString);
		}
		catch (final IOException | IllegalStateException | NumberFormatException e) {
			throw damaged(files, path, "its header is not valid JSON (" + Json.reason(e) + ")");
		}
	}

	private static TensorInfo tensor(final ModelFiles files, final String path, final String name, final JsonReader in,
		final long data) throws IOException
	{
		String dtype = null;
		long[] shape = null;
		long[] offsets = null;
		try {
			in.beginObject();
			while (in.hasNext()) switch (in.nextName()) {
				case "dtype":
					if (dtype != null || in.peek() != JsonToken.STRING) throw new IllegalStateException();
					dtype = in.nextString();
					break;
				case "shape":
					if (shape != null) throw new IllegalStateException();
					shape = numbers(in);
					break;
				case "data_offsets":
					if (offsets != null) throw new IllegalStateException();
					offsets = numbers(in);
					break;
				default:
					skipScalar(in);
			}
			in.endObject();
			if (dtype == null || shape == null || offsets == null || offsets.length != 2)
				throw new IllegalStateException();
			final Integer width = BYTES.get(dtype);
			if (width == null) throw new ModelException("The tensor " + name + " in " + path + " of model "
				+ files.name() + " has the unknown type " + Json.show(dtype) + "; F32, F16 and BF16 are supported.");
			long bytes = width;
			for (final long s : shape) bytes = Math.multiplyExact(bytes, s);
			if (offsets[1] < offsets[0])
				throw damaged(files, path, "tensor " + name + " ends at byte " + offsets[1] + ", before it begins");
			if (bytes != offsets[1] - offsets[0]) throw damaged(files, path, "tensor " + name + " has "
				+ (offsets[1] - offsets[0]) + " bytes where its shape and type " + dtype + " need " + bytes);
			return new TensorInfo(name, dtype, shape, path, Math.addExact(data, offsets[0]), bytes);
		}
		catch (final IllegalStateException | NumberFormatException | ArithmeticException e) {
			throw damaged(files, path, "the header entry of tensor " + name + " cannot be read");
		}
	}

	/**
	 * The free text of a header; by the format an object of strings. Not JsonReader.skipValue, whose memory grows with
	 * the nesting.
	 */
	private static void skipTexts(final JsonReader in) throws IOException {
		in.beginObject();
		while (in.hasNext()) {
			in.nextName();
			skipScalar(in);
		}
		in.endObject();
	}

	private static void skipScalar(final JsonReader in) throws IOException {
		if (in.peek() == JsonToken.BEGIN_OBJECT || in.peek() == JsonToken.BEGIN_ARRAY)
			throw new IllegalStateException("Expected text");
		in.skipValue();
	}

	/** A list of whole numbers from 0. */
	private static long[] numbers(final JsonReader in) throws IOException {
		final long[] out = new long[MAX_DIMENSIONS];
		int n = 0;
		in.beginArray();
		while (in.hasNext()) {
			if (in.peek() != JsonToken.NUMBER || n == MAX_DIMENSIONS) throw new IllegalStateException();
			out[n] = in.nextLong();
			if (out[n++] < 0) throw new IllegalStateException();
		}
		in.endArray();
		return Arrays.copyOf(out, n);
	}

	private static void rejectHoles(final ModelFiles files, final String path, final Map<String, TensorInfo> tensors,
		final long data, final long size)
	{
		final List<TensorInfo> sorted = new ArrayList<>(tensors.values());
		sorted.sort(Comparator.comparingLong(TensorInfo::offset).thenComparingLong(TensorInfo::bytes));
		long end = data;
		String before = "the header";
		for (final TensorInfo t : sorted) {
			if (t.offset() < end) throw damaged(files, path, "tensors " + before + " and " + t.name() + " overlap");
			if (t.offset() > size - t.bytes()) throw damaged(files, path,
				"it has " + size + " bytes, but its tensor " + t.name() + " would end at byte "
					+ (t.offset() < Long.MAX_VALUE - t.bytes() ? t.offset() + t.bytes() : Long.MAX_VALUE)
					+ ", so it is cut short");
			if (t.offset() > end) throw damaged(files, path,
				"there is a hole of " + (t.offset() - end) + " bytes before tensor " + t.name());
			end = t.offset() + t.bytes();
			before = t.name();
		}
		if (end != size) throw damaged(files, path, "it has " + size + " bytes, but its tensors end at byte " + end);
	}

	private static ModelException damaged(final ModelFiles files, final String path, final String why) {
		return new ModelException(
			"The weight file " + path + " of model " + files.name() + " is damaged: " + why + "; download it again.");
	}
}
