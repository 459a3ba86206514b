package org.layerj.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes safetensors files, good ones and any kind of bad one. */
final class WeightFile {

	private WeightFile() {}

	/** A file with this header and so many zero bytes behind it. */
	static void write(final Path file, final String header, final int data) throws IOException {
		final byte[] json = header.getBytes(StandardCharsets.UTF_8);
		write(file, json.length, json, data);
	}

	/** A file whose header length may lie. */
	static void write(final Path file, final long length, final byte[] json, final int data) throws IOException {
		Files.createDirectories(file.getParent());
		Files.write(file,
			ByteBuffer.allocate(8 + json.length + data)
				.order(ByteOrder.LITTLE_ENDIAN)
				.putLong(length)
				.put(json)
				.array());
	}

	/** A good file of zeros of one type. */
	static void write(final Path file, final String dtype, final int width, final Map<String, long[]> shapes)
		throws IOException
	{
		final StringBuilder header = new StringBuilder("{");
		long at = 0;
		for (final Map.Entry<String, long[]> e : shapes.entrySet()) {
			long bytes = width;
			for (final long s : e.getValue()) bytes *= s;
			if (at > 0) header.append(',');
			header.append('"')
				.append(e.getKey())
				.append("\":")
				.append(entry(dtype, java.util.Arrays.toString(e.getValue()), at, at + bytes));
			at += bytes;
		}
		write(file, header.append('}').toString(), Math.toIntExact(at));
	}

	static String entry(final String dtype, final String shape, final Object begin, final Object end) {
		return "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + "," + end + "]}";
	}
}
