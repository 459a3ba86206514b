package org.layerj.io.formats;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.layerj.io.header.Broken;

/** One channel of a PSD layer, in any of the four codes there are. */
final class PsdPlane {

	private static final int RAW = 0, PACKED = 1, ZIP = 2, PREDICTED = 3;

	private PsdPlane() {}

	/** What to do with a row of samples, high bytes first. */
	interface Sink {

		void row(int y, byte[] row);
	}

	/**
	 * Throws {@link Broken} if that many pixels cannot be in so many bytes of file. To be asked before memory is taken
	 * for them.
	 */
	static void check(final PsdIn in, final int code, final long bytes, final long end) throws Broken {
		final long length = end - in.position();
		final boolean possible = switch (code) {
			case RAW -> bytes <= length;
			case PACKED -> bytes <= Room.PACK_BITS * length;
			case ZIP, PREDICTED -> bytes <= Room.DEFLATE * length;
			default -> throw new Broken("pixels in an unknown compression");
		};
		if (!possible) throw new Broken("fewer pixels than it declares");
	}

	/** Reads the rows from here, behind the number that says the code. */
	static void read(final PsdIn in, final int code, final int width, final int height, final int bytes, final long end,
		final Sink sink) throws IOException
	{
		check(in, code, (long) width * height * bytes, end);
		final byte[] row = new byte[Math.multiplyExact(width, bytes)];
		switch (code) {
			case RAW -> {
				for (int y = 0; y < height; y++) {
					in.bytes(row, row.length);
					sink.row(y, row);
				}
			}
			case PACKED -> packed(in, lengths(in, height, end), row, end, sink);
			default -> inflated(in, code == PREDICTED, row, bytes, height, end, sink);
		}
	}

	/** The lengths of packed rows. */
	static int[] lengths(final PsdIn in, final int rows, final long end) throws IOException {
		in.end((long) rows * (in.large() ? 4 : 2), end);
		final int[] lengths = new int[rows];
		for (int y = 0; y < rows; y++) lengths[y] = in.large() ? in.i32() : in.u16();
		return lengths;
	}

	static void packed(final PsdIn in, final int[] lengths, final byte[] row, final long end, final Sink sink)
		throws IOException
	{
		// Twice the row is more than any writer makes of it, and a row of a few bytes may be padded.
		final byte[] code = new byte[2 * row.length + 16];
		for (int y = 0; y < lengths.length; y++) {
			in.end(lengths[y], end);
			if (lengths[y] > code.length) throw new Broken("a row of pixels that is too long");
			in.bytes(code, lengths[y]);
			PackBits.decode(code, lengths[y], row);
			sink.row(y, row);
		}
	}

	private static void inflated(final PsdIn in, final boolean predicted, final byte[] row, final int bytes,
		final int height, final long end, final Sink sink) throws IOException
	{
		final Inflater inflater = new Inflater();
		final byte[] chunk = new byte[1 << 14];
		try {
			for (int y = 0; y < height; y++) {
				for (int n = 0; n < row.length;) {
					if (inflater.needsInput()) {
						final int next = (int) Math.min(chunk.length, end - in.position());
						if (next <= 0) throw new Broken("pixels that end too early");
						in.bytes(chunk, next);
						inflater.setInput(chunk, 0, next);
					}
					n += inflater.inflate(row, n, row.length - n);
					if (inflater.finished() && n < row.length || inflater.needsDictionary())
						throw new Broken("pixels that end too early");
				}
				if (predicted) undo(row, bytes);
				sink.row(y, row);
			}
		}
		catch (final DataFormatException e) {
			throw new Broken("damaged pixels");
		}
		finally {
			inflater.end();
		}
	}

	/** Every sample is the difference to the one before. */
	private static void undo(final byte[] row, final int bytes) {
		if (bytes == 1) for (int x = 1; x < row.length; x++) row[x] += row[x - 1];
		else {
			int sample = 0;
			for (int x = 0; x < row.length; x += 2) {
				sample += (row[x] & 0xff) << 8 | row[x + 1] & 0xff;
				row[x] = (byte) (sample >> 8);
				row[x + 1] = (byte) sample;
			}
		}
	}
}
