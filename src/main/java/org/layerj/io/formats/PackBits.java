package org.layerj.io.formats;

import java.util.Arrays;
import org.layerj.io.header.Broken;

/** Apple's run-length code, as PSD files use it: a count, then either one byte to repeat or that many bytes to copy. */
final class PackBits {

	private PackBits() {}

	/** The most bytes that so many can become. */
	static int most(final int length) {
		return length + length / 128 + 1;
	}

	/** Encodes the first bytes of a row; returns the length of the code. */
	static int encode(final byte[] row, final int length, final byte[] out) {
		int n = 0;
		int i = 0;
		while (i < length) {
			int run = 1;
			while (run < 128 && i + run < length && row[i + run] == row[i]) run++;
			if (run > 1) {
				out[n++] = (byte) (1 - run);
				out[n++] = row[i];
				i += run;
				continue;
			}
			final int start = i++;
			// Runs of two are not worth a break.
			while (i < length && i - start < 128 && !(i + 2 < length && row[i] == row[i + 1] && row[i] == row[i + 2]))
				i++;
			out[n++] = (byte) (i - start - 1);
			System.arraycopy(row, start, out, n, i - start);
			n += i - start;
		}
		return n;
	}

	/** Decodes so many bytes of code into a row, which they must fill. Surplus code is ignored, as everybody does. */
	static void decode(final byte[] code, final int length, final byte[] row) throws Broken {
		int n = 0;
		int i = 0;
		while (n < row.length) {
			if (i >= length) throw new Broken("a row of pixels that ends too early");
			final int count = code[i++];
			if (count == -128) continue;
			final int bytes = count >= 0 ? count + 1 : 1 - count;
			if (bytes > row.length - n || i + (count >= 0 ? bytes : 1) > length)
				throw new Broken("a row of pixels of another length");
			if (count >= 0) {
				System.arraycopy(code, i, row, n, bytes);
				i += bytes;
			}
			else Arrays.fill(row, n, n + bytes, code[i++]);
			n += bytes;
		}
	}
}
