package org.layerj.io.header;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What is in front of a GIF's first frame. The frame has its place on a screen, which is the picture; where it does not
 * reach, there is nothing.
 */
final class GifHeader {

	private static final int EXTENSION = 0x21, FRAME = 0x2c, TABLE = 0x80;

	private GifHeader() {}

	static PictureHeader read(final PictureBytes bytes) throws IOException {
		final ByteBuffer screen = bytes.at(0, 13, ByteOrder.LITTLE_ENDIAN);
		long at = 13 + table(screen.get(10));
		while ((bytes.at(at, 1).get() & 0xff) == EXTENSION) {
			at += 2;
			// Blocks until an empty one.
			for (int length = bytes.at(at, 1).get() & 0xff; length > 0; length = bytes.at(at, 1).get() & 0xff)
				at += 1 + length;
			at++;
		}
		if ((bytes.at(at, 1).get() & 0xff) != FRAME) throw new Broken("no picture in it");
		final ByteBuffer frame = bytes.at(at, 10, ByteOrder.LITTLE_ENDIAN);
		final int x = frame.getShort(1) & 0xffff;
		final int y = frame.getShort(3) & 0xffff;
		// Frames that reach beyond the screen make it larger, as everywhere.
		final int width = Math.max(screen.getShort(6) & 0xffff, x + (frame.getShort(5) & 0xffff));
		final int height = Math.max(screen.getShort(8) & 0xffff, y + (frame.getShort(7) & 0xffff));
		if (width < 1 || height < 1) throw new Broken("a picture of " + width + " × " + height + " pixels");
		return new PictureHeader("gif", width, height, Orientation.UPRIGHT, PictureNotes.NONE, Optional.empty(),
			Pieces.all(bytes), decoded -> place(decoded, x, y, width, height));
	}

	private static int table(final byte flags) {
		return (flags & TABLE) == 0 ? 0 : 3 << (flags & 7) + 1;
	}

	private static BufferedImage place(final BufferedImage frame, final int x, final int y, final int width,
		final int height)
	{
		if (frame.getWidth() == width && frame.getHeight() == height) return frame;
		final BufferedImage screen = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
		screen.setRGB(x, y, frame.getWidth(), frame.getHeight(),
			frame.getRGB(0, 0, frame.getWidth(), frame.getHeight(), null, 0, frame.getWidth()), 0, frame.getWidth());
		return screen;
	}
}
