package org.layerj.io.formats;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.stream.FileImageInputStream;

/**
 * Whether a TIFF's directories lead where they should. The Java library's reader follows circles for ever, and takes memory for whatever a file
 * says, so this comes before it.
 */
final class TiffCheck {

	private static final int STRIP_LENGTHS = 279, TILE_LENGTHS = 325;
	private static final int[] BYTES = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4 };
	private static final int MOST_PAGES = 10_000;

	private TiffCheck() {}

	/** Number of pages; throws {@link Broken} if something leads out of the file or in circles. */
	static int pages(final Path file) throws IOException {
		try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "r"); FileImageInputStream in = new FileImageInputStream(f)) {
			in.setByteOrder(in.read() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
			in.seek(4);
			final long size = in.length();
			final Set<Long> seen = new HashSet<>();
			for (long next = in.readUnsignedInt(); next != 0;) {
				if (!seen.add(next) || seen.size() > MOST_PAGES) throw new Broken("pages without end");
				if (next > size - 2) throw new Broken("a page beyond the end");
				in.seek(next);
				final int fields = in.readUnsignedShort();
				if (next + 6 + 12L * fields > size) throw new Broken("a page beyond the end");
				for (int i = 0; i < fields; i++) field(in, next + 2 + 12L * i, size);
				in.seek(next + 2 + 12L * fields);
				next = in.readUnsignedInt();
			}
			return seen.size();
		}
	}

	private static void field(final FileImageInputStream in, final long at, final long size) throws IOException {
		in.seek(at);
		final int tag = in.readUnsignedShort();
		final int type = in.readUnsignedShort();
		final long count = in.readUnsignedInt();
		if (type >= BYTES.length) return;
		final long bytes = BYTES[type] * count;
		if (bytes > size) throw new Broken("a field that is longer than the file");
		if (bytes > 4) {
			final long to = in.readUnsignedInt();
			if (to > size - bytes) throw new Broken("a field beyond the end");
			in.seek(to);
		}
		if (tag != STRIP_LENGTHS && tag != TILE_LENGTHS) return;
		for (long i = 0; i < count && (type == 3 || type == 4); i++) {
			if ((type == 3 ? in.readUnsignedShort() : in.readUnsignedInt()) > size) throw new Broken("pixels beyond the end");
		}
	}
}
