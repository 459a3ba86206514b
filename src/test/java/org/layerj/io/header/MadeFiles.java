package org.layerj.io.header;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Picture files made byte by byte, for what no writer at hand would write. */
public final class MadeFiles {

	private MadeFiles() {}

	/** A sound profile that says nothing new. */
	public static byte[] profile(final boolean grey) {
		return ICC_Profile.getInstance(grey ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB).getData();
	}

	/** A PNG from filterless rows of packed samples; {@code chunks} come before the pixels: name and data in turn. */
	public static byte[] png(final int width, final int height, final int bits, final int colours, final byte[] rows,
		final Object... chunks)
	{
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(new byte[] { (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10 });
		chunk(out, "IHDR",
			ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) bits).put((byte) colours).array());
		for (int i = 0; i < chunks.length; i += 2) chunk(out, (String) chunks[i], (byte[]) chunks[i + 1]);
		final ByteArrayOutputStream scan = new ByteArrayOutputStream();
		for (int y = 0, n = rows.length / height; y < height; y++) {
			scan.write(0);
			scan.write(rows, y * n, n);
		}
		chunk(out, "IDAT", deflated(scan.toByteArray()));
		chunk(out, "IEND", new byte[0]);
		return out.toByteArray();
	}

	/** A PNG with one more chunk behind its pixels. */
	static byte[] behindPixels(final byte[] png, final String name, final byte[] data) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(png, 0, png.length - 12);
		chunk(out, name, data);
		out.write(png, png.length - 12, 12);
		return out.toByteArray();
	}

	/** What goes into iCCP. */
	public static byte[] packedProfile(final byte[] profile) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes("any name\0\0".getBytes(StandardCharsets.ISO_8859_1));
		out.writeBytes(deflated(profile));
		return out.toByteArray();
	}

	static byte[] deflated(final byte[] bytes) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
			deflater.write(bytes);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return out.toByteArray();
	}

	private static void chunk(final ByteArrayOutputStream out, final String name, final byte[] data) {
		final byte[] type = name.getBytes(StandardCharsets.ISO_8859_1);
		final CRC32 crc = new CRC32();
		crc.update(type);
		crc.update(data);
		out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
		out.writeBytes(type);
		out.writeBytes(data);
		out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
	}

	/** An EXIF block (without the letters before it) that says how to turn the picture and has 300 dots per inch. */
	public static byte[] exif(final ByteOrder order, final int orientation) {
		return new Tiff(order, false).page(Map.of(274, new long[] { orientation }, 282, new long[] { 300, 1 }, 283,
			new long[] { 300, 1 }, 296, new long[] { 2 })).bytes();
	}

	/** A JPEG of the best quality with segments after its first: marker's low byte and data in turn. */
	public static byte[] jpeg(final BufferedImage image, final Object... segments) throws IOException {
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
			writer.setOutput(out);
			final ImageWriteParam how = writer.getDefaultWriteParam();
			how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			how.setCompressionQuality(1);
			writer.write(null, new IIOImage(image, null, null), how);
		}
		finally {
			writer.dispose();
		}
		final byte[] plain = bytes.toByteArray();
		final int first = 4 + (plain[4] << 8 | plain[5] & 0xff);
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(plain, 0, first);
		for (int i = 0; i < segments.length; i += 2) {
			final byte[] data = (byte[]) segments[i + 1];
			out.writeBytes(ByteBuffer.allocate(4)
				.put((byte) 0xff)
				.put((byte) (int) (Integer) segments[i])
				.putShort((short) (data.length + 2))
				.array());
			out.writeBytes(data);
		}
		out.write(plain, first, plain.length - first);
		return out.toByteArray();
	}

	/** Two byte arrays as one. */
	public static byte[] joined(final String first, final byte[] second) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(first.getBytes(StandardCharsets.ISO_8859_1));
		out.writeBytes(second);
		return out.toByteArray();
	}

	/** A TIFF in the making. Data of fields come before their directories. */
	public static final class Tiff {

		private final ByteOrder order;
		private final boolean big;
		private final ByteArrayOutputStream out = new ByteArrayOutputStream();
		private final List<Integer> links = new ArrayList<>();

		public Tiff(final ByteOrder order, final boolean big) {
			this.order = order;
			this.big = big;
			final ByteBuffer head = buffer(big ? 16 : 8)
				.put(order == ByteOrder.LITTLE_ENDIAN ? new byte[] { 'I', 'I' } : new byte[] { 'M', 'M' });
			if (big) head.putShort((short) 43).putShort((short) 8).putShort((short) 0);
			else head.putShort((short) 42);
			out.writeBytes(head.array());
			links.add(big ? 8 : 4);
		}

		private ByteBuffer buffer(final int n) {
			return ByteBuffer.allocate(n).order(order);
		}

		/** Samples of one size (8 or 16 bits) in the file's byte order, at the place that is returned. */
		public long samples(final int bits, final int... values) {
			final ByteBuffer b = buffer(values.length * bits / 8);
			for (final int v : values) {
				if (bits == 8) b.put((byte) v);
				else b.putShort((short) v);
			}
			return data(b.array());
		}

		public long data(final byte[] bytes) {
			final long at = out.size();
			out.writeBytes(bytes);
			if ((out.size() & 1) == 1) out.write(0);
			return at;
		}

		/** A page of one strip. */
		public Tiff page(final int width, final int height, final int bits, final int samples, final int photometric,
			final long at, final long length, final Map<Integer, long[]> more)
		{
			return page(fields(width, height, bits, samples, photometric, at, length, more));
		}

		/** Fields of a picture of one strip. */
		static Map<Integer, long[]> fields(final int width, final int height, final int bits, final int samples,
			final int photometric, final long at, final long length, final Map<Integer, long[]> more)
		{
			final long[] each = new long[samples];
			Arrays.fill(each, bits);
			final Map<Integer, long[]> fields =
				new TreeMap<>(Map.of(256, new long[] { width }, 257, new long[] { height }, 258, each, 259,
					new long[] { 1 }, 262, new long[] { photometric }, 273, new long[] { at }, 277,
					new long[] { samples }, 278, new long[] { height }, 279, new long[] { length }));
			fields.putAll(more);
			return fields;
		}

		/**
		 * A directory; fractions by their tags, bytes for the profile, addresses and lengths of 32 or 64 bits, all else
		 * of 16.
		 */
		public Tiff page(final Map<Integer, long[]> fields) {
			final int at = (int) beside(fields);
			final byte[] all = out.toByteArray();
			final ByteBuffer whole = ByteBuffer.wrap(all).order(order);
			final int link = links.get(links.size() - 1);
			if (big) whole.putLong(link, at);
			else whole.putInt(link, at);
			out.reset();
			out.writeBytes(all);
			links.add(all.length - (big ? 8 : 4));
			return this;
		}

		/** A directory that no other leads to, at the place that is returned. */
		long beside(final Map<Integer, long[]> fields) {
			final Map<Integer, byte[]> data = new TreeMap<>();
			final Map<Integer, int[]> kinds = new TreeMap<>();
			new TreeMap<>(fields).forEach((tag, values) -> {
				final boolean fraction = tag == 282 || tag == 283;
				final boolean bytes = tag == 34675 || tag == 700 || tag == 33723 || tag == 52545;
				final boolean wide = tag == 273 || tag == 279 || tag == 324 || tag == 325 || tag == 254 || tag == 330;
				final int type = fraction ? 5 : bytes ? 7 : !wide ? 3 : big ? 16 : 4;
				final ByteBuffer b = buffer(values.length * 8);
				for (final long v : values) {
					if (bytes) b.put((byte) v);
					else if (fraction || wide && !big) b.putInt((int) v);
					else if (wide) b.putLong(v);
					else b.putShort((short) v);
				}
				data.put(tag, Arrays.copyOf(b.array(), b.position()));
				kinds.put(tag, new int[] { type, fraction ? values.length / 2 : values.length });
			});
			final int address = big ? 8 : 4;
			final Map<Integer, Long> places = new TreeMap<>();
			data.forEach((tag, d) -> {
				if (d.length > address) places.put(tag, data(d));
			});
			final int at = out.size();
			final ByteBuffer b = buffer((big ? 8 : 2) + fields.size() * (big ? 20 : 12) + address);
			if (big) b.putLong(fields.size());
			else b.putShort((short) fields.size());
			data.forEach((tag, d) -> {
				b.putShort((short) (int) tag).putShort((short) kinds.get(tag)[0]);
				final int end = b.position() + 2 * address;
				if (big) b.putLong(kinds.get(tag)[1]);
				else b.putInt(kinds.get(tag)[1]);
				if (!places.containsKey(tag)) b.put(d);
				else if (big) b.putLong(places.get(tag));
				else b.putInt((int) (long) places.get(tag));
				b.position(end);
			});
			out.writeBytes(b.array());
			return at;
		}

		public byte[] bytes() {
			return out.toByteArray();
		}
	}
}
