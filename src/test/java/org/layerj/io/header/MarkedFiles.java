package org.layerj.io.header;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Pictures of 4 × 3 pixels whose files say of themselves how they came about, other than in XMP. */
public final class MarkedFiles {

	private static final String TERM = "http://cv.iptc.org/newscodes/digitalsourcetype/";

	private MarkedFiles() {}

	/** The kinds of files that can carry a manifest, by suffix. */
	public static final List<String> WITH_MANIFESTS = List.of("png", "jpg", "tif");

	/** A file with a manifest store by which a program made the picture in this way. */
	public static byte[] manifest(final String suffix, final String term, final String agent) throws IOException {
		final byte[] store = store(term, agent);
		return switch (suffix) {
			case "png" -> MadeFiles.png(4, 3, 8, 2, new byte[36], "caBX", store);
			case "jpg" -> {
				// In parts so small that an address is torn apart.
				final List<Object> segments = new ArrayList<>();
				for (int at = 8, n = 1; at < store.length; at += 60, n++) {
					segments.add(0xeb);
					segments.add(ByteBuffer.allocate(16 + Math.min(60, store.length - at))
						.put(new byte[] { 'J', 'P', 0, 1 })
						.putInt(n)
						.put(store, 0, 8)
						.put(store, at, Math.min(60, store.length - at))
						.array());
				}
				yield MadeFiles.jpeg(new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB), segments.toArray());
			}
			default -> tiff(52545, store);
		};
	}

	/** A file with this credit line in IPTC-IIM; {@code jpg} or {@code tif}. */
	public static byte[] credit(final String suffix, final String credit) throws IOException {
		final byte[] line = credit.getBytes(StandardCharsets.ISO_8859_1);
		final byte[] records = ByteBuffer.allocate(5 + line.length)
			.put(new byte[] { 0x1c, 2, 110 })
			.putShort((short) line.length)
			.put(line)
			.array();
		if (suffix.equals("tif")) return tiff(33723, records);
		final ByteBuffer resource = ByteBuffer.allocate(12 + records.length + records.length % 2)
			.put("8BIM".getBytes(StandardCharsets.ISO_8859_1))
			.putShort((short) 0x0404)
			.putShort((short) 0)
			.putInt(records.length)
			.put(records);
		return MadeFiles.jpeg(new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB), 0xed,
			MadeFiles.joined("Photoshop 3.0\0", resource.array()));
	}

	private static byte[] tiff(final int tag, final byte[] bytes) {
		final MadeFiles.Tiff tiff = new MadeFiles.Tiff(ByteOrder.LITTLE_ENDIAN, false);
		final long at = tiff.samples(8, new int[36]);
		final long[] values = new long[bytes.length];
		Arrays.setAll(values, i -> bytes[i]);
		return tiff.page(4, 3, 8, 3, 2, at, 36, Map.of(tag, values)).bytes();
	}

	/** Boxes as in the specification, as far as they matter: the store's, and a map of CBOR with one action. */
	private static byte[] store(final String term, final String agent) {
		final ByteArrayOutputStream action = new ByteArrayOutputStream();
		action.write(0xa3);
		text(action, "action");
		text(action, "c2pa.created");
		text(action, "digitalSourceType");
		text(action, TERM + term);
		// As in version 2: a map; the next key begins with a byte that is a letter.
		text(action, "softwareAgent");
		action.write(0xa1);
		text(action, "name");
		text(action, agent);
		final ByteArrayOutputStream about = new ByteArrayOutputStream();
		about.writeBytes("c2pa".getBytes(StandardCharsets.ISO_8859_1));
		about
			.writeBytes(new byte[] { 0, 0x11, 0, 0x10, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71, 3 });
		about.writeBytes("c2pa\0".getBytes(StandardCharsets.ISO_8859_1));
		final ByteArrayOutputStream inner = new ByteArrayOutputStream();
		inner.writeBytes(box("jumd", about.toByteArray()));
		inner.writeBytes(box("cbor", action.toByteArray()));
		return box("jumb", inner.toByteArray());
	}

	private static byte[] box(final String kind, final byte[] content) {
		return ByteBuffer.allocate(8 + content.length)
			.putInt(8 + content.length)
			.put(kind.getBytes(StandardCharsets.ISO_8859_1))
			.put(content)
			.array();
	}

	private static void text(final ByteArrayOutputStream out, final String text) {
		final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (bytes.length < 24) out.write(0x60 + bytes.length);
		else {
			out.write(0x78);
			out.write(bytes.length);
		}
		out.writeBytes(bytes);
	}
}
