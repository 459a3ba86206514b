package org.layerj.elements;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.layerj.common.DeflatedText;

/**
 * Run-length encoding of numbers as text: pairs of number and length as variable length integers (LEB128), deflated, in
 * Base64.
 */
public final class Runs {

	private Runs() {}

	/**
	 * Numbers of at least 0 as text.
	 *
	 * @param labels 0 or more
	 * @return Base64 of deflated runs
	 */
	public static String of(final int[] labels) {
		final ByteArrayOutputStream runs = new ByteArrayOutputStream();
		for (int i = 0; i < labels.length;) {
			int end = i + 1;
			while (end < labels.length && labels[end] == labels[i]) end++;
			leb128(runs, labels[i]);
			leb128(runs, end - i);
			i = end;
		}
		return DeflatedText.of(runs.toByteArray(), Deflater.DEFAULT_COMPRESSION);
	}

	private static void leb128(final ByteArrayOutputStream out, final int value) {
		int rest = value;
		for (; rest >= 0x80; rest >>>= 7) out.write(rest & 0x7f | 0x80);
		out.write(rest);
	}

	/**
	 * Decodes numbers.
	 *
	 * @param text as {@link #of} writes it
	 * @param pixels how many numbers
	 * @return as many
	 * @throws DataFormatException if the text is damaged
	 * @throws IllegalArgumentException if it is not Base64, or of another number of pixels
	 */
	public static int[] parse(final String text, final int pixels) throws DataFormatException {
		final int[] labels = new int[pixels];
		try (InputStream runs = DeflatedText.open(text)) {
			final byte[] buffer = new byte[1 << 14];
			int at = 0;
			int label = -1;
			int value = 0;
			int shift = 0;
			while (at < pixels) {
				final int n = runs.read(buffer);
				if (n < 0) throw new DataFormatException("too short");
				for (int k = 0; k < n; k++) {
					if (shift > 28) throw new DataFormatException("a number that is too long");
					value |= (buffer[k] & 0x7f) << shift;
					shift += 7;
					if (buffer[k] < 0) continue;
					if (label < 0) {
						label = value;
						if (label < 0) throw new DataFormatException("a label below 0");
					}
					else {
						if (value < 1 || value > pixels - at) throw new DataFormatException("a run that is too long");
						Arrays.fill(labels, at, at + value, label);
						at += value;
						label = -1;
					}
					value = 0;
					shift = 0;
				}
			}
			return labels;
		}
		catch (final IOException e) {
			throw new DataFormatException(String.valueOf(e.getMessage()));
		}
	}
}
