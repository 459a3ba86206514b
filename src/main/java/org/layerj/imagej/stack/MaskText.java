package org.layerj.imagej.stack;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.layerj.common.DeflatedText;
import org.layerj.layers.Mask;

/** Reads masks as they were written into image properties before: width, height and bits, deflated, in Base64. */
final class MaskText {

	private static final int HEADER = 8;

	private MaskText() {}

	/** Empty if the text is no mask. */
	static Optional<Mask> parse(final String text) {
		try {
			final ByteBuffer header = ByteBuffer.wrap(DeflatedText.first(text, HEADER));
			final int width = header.getInt();
			final int height = header.getInt();
			if (width < 1 || height < 1) return Optional.empty();
			final byte[] all = DeflatedText.first(text, HEADER + Math.toIntExact(((long) width * height + 7) / 8));
			return Optional.of(Mask.of(width, height, i -> (all[HEADER + i / 8] >> i % 8 & 1) != 0));
		}
		catch (IllegalArgumentException | ArithmeticException | DataFormatException e) {
			return Optional.empty();
		}
	}
}
