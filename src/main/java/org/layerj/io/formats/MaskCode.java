package org.layerj.io.formats;

import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.layerj.common.DeflatedText;
import org.layerj.io.header.Broken;
import org.layerj.layers.Mask;

/**
 * Bytes and masks as text: deflated, in Base64. A mask has eight pixels in a byte, the first in the highest bit, row
 * after row without gaps.
 */
final class MaskCode {

	private MaskCode() {}

	/** The mask of this size; throws {@link Broken} if the text is no such mask. */
	static Mask mask(final String text, final int width, final int height) throws Broken {
		final byte[] bits = bytes(text, ((long) width * height + 7) / 8);
		return Mask.of(width, height, i -> (bits[i >> 3] & 0x80 >> (i & 7)) != 0);
	}

	static String of(final byte[] bytes) {
		return DeflatedText.of(bytes, Deflater.BEST_SPEED);
	}

	/** Exactly so many bytes; throws {@link Broken} if the text stands for others. */
	static byte[] bytes(final String text, final long length) throws Broken {
		try {
			return DeflatedText.first(text, length);
		}
		catch (final DataFormatException e) {
			throw new Broken("a mask that is damaged or too short");
		}
	}
}
